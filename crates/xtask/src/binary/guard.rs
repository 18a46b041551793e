//! Whether indirect calls of an image are checked, and whether its signature is.
//!
//! Sources: Microsoft Learn, "PE Format", "Load Configuration Layout", "DLL Characteristics".

use anyhow::{Context, Result, ensure};
use object::LittleEndian;
use object::pe::{
    IMAGE_DIRECTORY_ENTRY_LOAD_CONFIG, IMAGE_DLLCHARACTERISTICS_FORCE_INTEGRITY,
    IMAGE_DLLCHARACTERISTICS_GUARD_CF, IMAGE_GUARD_CF_FUNCTION_TABLE_PRESENT, IMAGE_GUARD_CF_INSTRUMENTED,
    ImageDataDirectory,
};
use object::read::pe::PeFile64;

/// Where the load configuration has the number of functions that may be called indirectly, and the flags. An older
/// linker writes a shorter one than is known today, so that it is not read as a whole.
const FUNCTION_COUNT: usize = 0x88;
const GUARD_FLAGS: usize = 0x90;

/// Checks that the control-flow guard is on: the loader is told so, calls are checked, and there is a table of what
/// may be called.
pub fn check_guard(file: &PeFile64) -> Result<()> {
    let characteristics = file.nt_headers().optional_header.dll_characteristics.get(LittleEndian);
    ensure!(
        characteristics & IMAGE_DLLCHARACTERISTICS_GUARD_CF != 0,
        "it lacks GUARD_CF: its indirect calls are not checked"
    );
    let directory = file.data_directory(IMAGE_DIRECTORY_ENTRY_LOAD_CONFIG);
    let configuration = directory.map(|directory| bytes(file, *directory)).transpose()?.unwrap_or_default();
    let word = |at: usize| {
        let word = configuration.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        word.map(u32::from_le_bytes).context("its load configuration says nothing of a control-flow guard")
    };
    let flags = word(GUARD_FLAGS)?;
    for (flag, name) in [
        (IMAGE_GUARD_CF_INSTRUMENTED, "CF_INSTRUMENTED"),
        (IMAGE_GUARD_CF_FUNCTION_TABLE_PRESENT, "CF_FUNCTION_TABLE_PRESENT"),
    ] {
        ensure!(flags & flag != 0, "its guard flags {flags:#x} lack {name}");
    }
    ensure!(word(FUNCTION_COUNT)? != 0, "its control-flow guard lets nothing be called");
    Ok(())
}

fn bytes<'a>(file: &PeFile64<'a>, directory: ImageDataDirectory) -> Result<&'a [u8]> {
    directory.data(file.data(), &file.section_table()).context("its load configuration is damaged")
}

/// Checks that the system loads it with a good signature only, as it does every driver that the WDK links.
pub fn check_integrity(file: &PeFile64) -> Result<()> {
    let characteristics = file.nt_headers().optional_header.dll_characteristics.get(LittleEndian);
    ensure!(
        characteristics & IMAGE_DLLCHARACTERISTICS_FORCE_INTEGRITY != 0,
        "it lacks FORCE_INTEGRITY: it was not linked as the WDK does it (/INTEGRITYCHECK)"
    );
    Ok(())
}
