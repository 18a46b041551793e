//! What the driver exports and imports, and how it may be loaded.

use anyhow::{Context, Result, ensure};
use object::LittleEndian;
use object::pe::{
    IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE, IMAGE_DLLCHARACTERISTICS_HIGH_ENTROPY_VA,
    IMAGE_DLLCHARACTERISTICS_NX_COMPAT, IMAGE_FILE_MACHINE_AMD64, ImageNtHeaders64,
};
use object::read::pe::{Import, PeFile64};

/// All that the driver exports.
const EXPORTS: &[&str] = &["DriverEntry", "FxDriverEntryUm"];
/// What a host process looks for.
const ENTRY_POINT: &str = "FxDriverEntryUm";
/// The libraries that it may import from. They are those of the portable build by the GNU toolchain, every one of
/// which comes with Windows: Rust's std and the C runtime want all but RPCRT4, which makes UUIDs for ETW. The WDK's
/// build has others.
const IMPORTS: &[&str] =
    &["ADVAPI32.dll", "KERNEL32.dll", "msvcrt.dll", "ntdll.dll", "RPCRT4.dll", "USERENV.dll", "WS2_32.dll"];
/// How the image must be made to be loaded (Microsoft Learn, "PE Format", "DLL Characteristics").
const CHARACTERISTICS: &[(u16, &str)] = &[
    (IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE, "DYNAMIC_BASE: it cannot be moved"),
    (IMAGE_DLLCHARACTERISTICS_HIGH_ENTROPY_VA, "HIGH_ENTROPY_VA: it can be moved in the low 4 GB only"),
    (IMAGE_DLLCHARACTERISTICS_NX_COMPAT, "NX_COMPAT: its data can be run"),
];

/// Checks that it is for x64.
pub fn check_machine(file: &PeFile64) -> Result<()> {
    let machine = file.nt_headers().file_header.machine.get(LittleEndian);
    ensure!(machine == IMAGE_FILE_MACHINE_AMD64, "it is for machine {machine:#x}, not for x64");
    Ok(())
}

/// Checks that the driver exports its two entry points and nothing else.
pub fn check_exports(file: &PeFile64) -> Result<()> {
    let exports = exports(file).context("its export table is damaged")?;
    ensure!(exports == EXPORTS, "it exports {exports:?} instead of {EXPORTS:?}");
    Ok(())
}

/// Checks that the driver exports what the framework looks for in it. What the WDK's build exports besides is its own.
pub fn check_entry_point(file: &PeFile64) -> Result<()> {
    let exports = exports(file).context("its export table is damaged")?;
    ensure!(exports.iter().any(|name| name == ENTRY_POINT), "it exports {exports:?} and no {ENTRY_POINT}");
    Ok(())
}

/// The names of a DLL's exports, in order. One without a name is told by its number.
fn exports(file: &PeFile64) -> Result<Vec<String>> {
    let Some(table) = file.export_table()? else { return Ok(Vec::new()) };
    let exports = table.exports()?;
    let mut names: Vec<String> = exports
        .iter()
        .map(|export| {
            let number = || format!("#{}", export.ordinal);
            export.name.map_or_else(number, |name| String::from_utf8_lossy(name).into_owned())
        })
        .collect();
    names.sort();
    Ok(names)
}

/// Checks that it imports from the libraries on the list, and by names: a number may mean another function in
/// another version of a library.
pub fn check_imports(file: &PeFile64) -> Result<()> {
    let libraries = imports(file).context("its import table is damaged")?;
    ensure!(!libraries.is_empty(), "it imports nothing, so it is not what was built");
    for (library, by_number) in libraries {
        let known = IMPORTS.iter().any(|known| known.eq_ignore_ascii_case(&library));
        ensure!(known, "it imports from {library}, which is not one of {IMPORTS:?}");
        ensure!(!by_number, "it imports from {library} by number");
    }
    Ok(())
}

/// The libraries, each with whether a function is imported by its number.
fn imports(file: &PeFile64) -> Result<Vec<(String, bool)>> {
    let Some(table) = file.import_table()? else { return Ok(Vec::new()) };
    let mut libraries = Vec::new();
    let mut descriptors = table.descriptors()?;
    while let Some(descriptor) = descriptors.next()? {
        let name = table.name(descriptor.name.get(LittleEndian))?;
        let mut thunks = table.thunks(descriptor.original_first_thunk.get(LittleEndian))?;
        let mut by_number = false;
        while let Some(thunk) = thunks.next::<ImageNtHeaders64>()? {
            by_number |= matches!(table.import::<ImageNtHeaders64>(thunk)?, Import::Ordinal(_));
        }
        libraries.push((String::from_utf8_lossy(name).into_owned(), by_number));
    }
    Ok(libraries)
}

/// Checks that the image may lie anywhere, and that its data is not run.
pub fn check_characteristics(file: &PeFile64) -> Result<()> {
    let characteristics = file.nt_headers().optional_header.dll_characteristics.get(LittleEndian);
    for (flag, meaning) in CHARACTERISTICS {
        ensure!(characteristics & flag != 0, "it lacks {meaning}");
    }
    Ok(())
}
