//! What the driver takes of the bindings: functions that UMDF 2.0 has, although it is built for 2.15, and no name that
//! only the portable bindings have.
//!
//! The function table of UMDF only ever grew at its end; 2.0 had 248 entries (`wdffuncenum.h`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

/// Entries of the UMDF 2.0 function table.
const UMDF_2_0_FUNCTIONS: usize = 248;

/// What wdk-portable offers and genuine wdk-sys lacks (`crates/wdk-portable/tests/names.rs` has the list of both).
const PORTABLE_ONLY: [&str; 4] = ["loader", "wdk", "export_fx_driver_entry_um", "for_each_wdf_function"];

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

/// The names that stand first in the macros that call the framework; `call!` and `try_call!` are the driver's own.
fn called(source: &str) -> impl Iterator<Item = &str> {
    ["call_unsafe_wdf_function_binding!(", "call!("].into_iter().flat_map(|call| {
        source
            .split(call)
            .skip(1)
            .map(|rest| rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
    })
}

/// The names that stand behind `wdk_sys::`, one level deep; those of a braced list each.
fn taken(source: &str) -> impl Iterator<Item = &str> {
    source.split("wdk_sys::").skip(1).flat_map(|rest| {
        let (list, _) = match rest.strip_prefix('{') {
            Some(braced) => braced.split_once('}').unwrap_or((braced, "")),
            None => {
                rest.split_at(rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()))
            }
        };
        list.split(',').map(|name| name.trim().split("::").next().unwrap_or_default())
    })
}

#[test]
fn the_driver_takes_nothing_that_only_the_portable_bindings_have() {
    let mut sources = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources).unwrap();
    let taken: BTreeSet<&str> = sources.iter().flat_map(|source| taken(source)).collect();
    assert!(
        taken.contains("NTSTATUS") && taken.contains("PHYSICAL_ADDRESS"),
        "the scan finds nothing: {taken:?}"
    );
    let portable_only: Vec<_> = taken.iter().filter(|name| PORTABLE_ONLY.contains(name)).collect();
    assert!(portable_only.is_empty(), "genuine wdk-sys has no {portable_only:?}");
    // lib.rs alone names the portable crate; a program of rustdoc's tests does what lib.rs does.
    let strays =
        sources.iter().filter(|source| source.contains("wdk_portable") && !source.contains("compile_fail"));
    assert_eq!(strays.count(), 1, "files that name wdk_portable");
}

#[test]
fn the_scan_of_names_reads_paths_and_lists() {
    let source = "use wdk_sys::{A, _B::C,\n D}; x(wdk_sys::E { f: 1 }); wdk_sys::F::G";
    assert_eq!(taken(source).collect::<Vec<_>>(), ["A", "_B", "D", "E", "F"]);
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
