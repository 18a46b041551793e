//! The driver calls only functions that UMDF 2.0 has, although it is built for 2.15.
//!
//! The function table of UMDF only ever grew at its end; 2.0 had 248 entries (`wdffuncenum.h`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

/// Entries of the UMDF 2.0 function table.
const UMDF_2_0_FUNCTIONS: usize = 248;

macro_rules! name_to_index {
    ($($index:literal $name:ident,)*) => { BTreeMap::from([$((stringify!($name), $index)),*]) };
}

/// Puts the text of every `.rs` file below `folder` into `sources`.
fn collect(folder: &Path, sources: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(fs::read_to_string(path)?);
        }
    }
    Ok(())
}

/// The names that stand first in the two macros that call the framework; `call!` is the driver's own.
fn called(source: &str) -> impl Iterator<Item = &str> {
    ["call_unsafe_wdf_function_binding!(", "call!("].into_iter().flat_map(|call| {
        source
            .split(call)
            .skip(1)
            .map(|rest| rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
    })
}

#[test]
fn every_function_that_the_driver_calls_is_in_the_umdf_2_0_table() {
    let table: BTreeMap<&str, usize> = wdk_portable::for_each_wdf_function!(name_to_index);
    let mut sources = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources).unwrap();

    let called: BTreeSet<&str> = sources.iter().flat_map(|source| called(source)).collect();
    assert!(called.contains("WdfDeviceMapIoSpace"), "the scan finds nothing: {called:?}");
    for name in called.into_iter().filter(|name| name.starts_with("Wdf")) {
        let index = table.get(name).unwrap_or_else(|| panic!("no function is called {name}"));
        assert!(*index < UMDF_2_0_FUNCTIONS, "{name} has index {index}: it came after UMDF 2.0");
    }
}

#[test]
fn the_scan_reads_a_call_on_one_line_and_on_many() {
    let source =
        "call_unsafe_wdf_function_binding!(WdfA, 1); call_unsafe_wdf_function_binding!(\n    WdfB,\n 2);
        call!(WdfC(1)); call!(\n    WdfD(2)\n)";
    assert_eq!(called(source).collect::<Vec<_>>(), ["WdfA", "WdfB", "WdfC", "WdfD"]);
}
