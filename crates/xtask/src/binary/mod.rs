//! What a Windows binary must and must not contain.
//!
//! - `image`: what the driver exports and imports, and how it may be loaded;
//! - `guard`, `symbols`: what the WDK's build has besides: control-flow guard, a PDB with lines of code;
//! - `version`: its version resource;
//! - `paths`: folders of the build machine, in any binary.

mod guard;
mod image;
#[cfg(test)]
mod made;
mod paths;
mod symbols;
mod version;

use anyhow::{Context, Result};
use object::read::pe::PeFile64;

pub use paths::BuildPaths;

/// A source file of the driver, of which the PDB has lines.
const SOURCE: &str = "src/device.rs";

/// Checks the driver's DLL: a 64-bit image whose exports, imports, load options and version are as they should be.
/// `version` is the package's, such as `0.1.0`.
pub fn check_driver(library: &[u8], version: &str) -> Result<()> {
    let file = PeFile64::parse(library).context("it is no 64-bit PE file")?;
    image::check_machine(&file)?;
    image::check_exports(&file)?;
    image::check_imports(&file)?;
    image::check_characteristics(&file)?;
    version::check(&file, version)
}

/// Checks the DLL and the PDB of a package that the WDK's flow made.
pub fn check_packaged(library: &[u8], pdb: &[u8], version: &str) -> Result<()> {
    let file = PeFile64::parse(library).context("it is no 64-bit PE file")?;
    image::check_entry_point(&file)?;
    image::check_characteristics(&file)?;
    guard::check_guard(&file)?;
    guard::check_integrity(&file)?;
    version::check(&file, version)?;
    symbols::check_symbols(&file, pdb, SOURCE)
}

/// What a linker for Windows makes, with its PDB: `data/guarded.c` says how.
#[cfg(test)]
pub const GUARDED_DRIVER: &[u8] = include_bytes!("data/guarded.dll");
#[cfg(test)]
pub const GUARDED_SYMBOLS: &[u8] = include_bytes!("data/guarded.pdb");

#[cfg(test)]
mod tests {
    use object::Object;
    use object::pe::{IMAGE_DIRECTORY_ENTRY_LOAD_CONFIG, IMAGE_FILE_MACHINE_ARM64};

    use super::made::Made;
    use super::*;

    #[track_caller]
    fn refused(made: &Made, words: &str) {
        let error = format!("{:#}", check_driver(&made.bytes(), "0.1.0").unwrap_err());
        assert!(error.contains(words), "{error}");
    }

    fn with(change: impl FnOnce(&mut Made)) -> Made {
        let mut made = Made::good();
        change(&mut made);
        made
    }

    #[test]
    fn a_good_driver_passes() {
        check_driver(&Made::good().bytes(), "0.1.0").unwrap();
    }

    #[test]
    fn it_exports_its_two_entry_points() {
        for (names, told) in [
            (&["DriverEntry", "FxDriverEntryUm", "rust_eh_personality"][..], "rust_eh_personality"),
            (&["DriverEntry"], r#"["DriverEntry"]"#),
            (&["DriverEntri", "FxDriverEntryUm"], "DriverEntri"),
            (&[], "[]"),
        ] {
            refused(&with(|made| made.exports = names.to_vec()), told);
        }
    }

    #[test]
    fn it_imports_from_known_libraries_by_name() {
        let other = [("KERNEL32.dll", Some("ExitProcess")), ("libgcc_s_seh-1.dll", Some("_Unwind_Resume"))];
        refused(&with(|made| made.imports = other.to_vec()), "libgcc_s_seh-1.dll");
        refused(&with(|made| made.imports = vec![("WS2_32.dll", None)]), "by number");
        refused(&with(|made| made.imports.clear()), "imports nothing");
        check_driver(&with(|made| made.imports = vec![("kernel32.DLL", Some("Sleep"))]).bytes(), "0.1.0")
            .unwrap();
    }

    #[test]
    fn it_may_lie_anywhere_and_its_data_is_not_run() {
        for (flag, name) in [(0x40, "DYNAMIC_BASE"), (0x20, "HIGH_ENTROPY_VA"), (0x100, "NX_COMPAT")] {
            refused(&with(|made| made.characteristics &= !flag), name);
        }
    }

    #[test]
    fn it_is_for_x64() {
        refused(&with(|made| made.machine = 0xaa64), "0xaa64");
        refused(&with(|made| made.magic = 0x10b), "64-bit");
    }

    #[test]
    fn its_version_is_the_packages() {
        refused(&with(|made| made.version = None), "no version resource");
        refused(&with(|made| made.version = Some([0, 2, 0, 0])), "0.2.0.0");
        refused(&with(|made| made.version = Some([0, 1, 0, 1])), "0.1.0.1");
        refused(&with(|made| made.signature = 0), "VS_FIXEDFILEINFO");
    }

    #[test]
    fn what_is_no_whole_pe_file_is_refused() {
        let whole = Made::good().bytes();
        assert!(check_driver(b"\x7fELF", "0.1.0").is_err());
        assert!((0..whole.len()).all(|length| check_driver(&whole[..length], "0.1.0").is_err()));
    }

    /// With these bytes there the package is refused.
    #[track_caller]
    fn refused_package(at: usize, bytes: &[u8], words: &str) {
        let mut driver = GUARDED_DRIVER.to_vec();
        driver[at..at + bytes.len()].copy_from_slice(bytes);
        let error = format!("{:#}", check_packaged(&driver, GUARDED_SYMBOLS, "0.1.0").unwrap_err());
        assert!(error.contains(words), "{error}");
    }

    /// Where the PE header begins.
    fn header() -> usize {
        usize::from(GUARDED_DRIVER[0x3C])
    }

    /// Where the load configuration lies in the file.
    fn load_configuration() -> usize {
        let file = PeFile64::parse(GUARDED_DRIVER).unwrap();
        let directory = file.data_directory(IMAGE_DIRECTORY_ENTRY_LOAD_CONFIG).unwrap();
        directory.file_range(&file.section_table()).unwrap().0 as usize
    }

    #[test]
    fn a_good_package_passes() {
        check_packaged(GUARDED_DRIVER, GUARDED_SYMBOLS, "0.1.0").unwrap();
        // ARM64 too.
        let mut driver = GUARDED_DRIVER.to_vec();
        driver[header() + 4..][..2].copy_from_slice(&IMAGE_FILE_MACHINE_ARM64.to_le_bytes());
        check_packaged(&driver, GUARDED_SYMBOLS, "0.1.0").unwrap();
    }

    #[test]
    fn a_package_without_a_control_flow_guard_is_refused() {
        let characteristics = header() + 0x5E;
        assert_eq!(GUARDED_DRIVER[characteristics..][..2], [0xE0, 0x41]);
        refused_package(characteristics, &[0xE0, 0x01], "GUARD_CF");
        refused_package(characteristics, &[0x60, 0x41], "FORCE_INTEGRITY");
        let (count, flags) = (load_configuration() + 0x88, load_configuration() + 0x90);
        refused_package(flags, &[0, 0x01], "CF_FUNCTION_TABLE_PRESENT");
        refused_package(flags, &[0, 0x04], "CF_INSTRUMENTED");
        refused_package(count, &[0; 8], "lets nothing be called");
        // The load configuration is not there, or shorter.
        let directory = header() + 0x88 + 8 * IMAGE_DIRECTORY_ENTRY_LOAD_CONFIG;
        refused_package(directory, &[0; 8], "says nothing of");
        refused_package(directory + 4, &[0x80], "says nothing of");
    }

    #[test]
    fn a_package_without_its_own_symbols_is_refused() {
        let guid = PeFile64::parse(GUARDED_DRIVER).unwrap().pdb_info().unwrap().unwrap().guid();
        let at = memchr::memmem::find(GUARDED_DRIVER, &guid).unwrap();
        refused_package(at, &[guid[0] ^ 1], "of another build");
        let file = PeFile64::parse(GUARDED_DRIVER).unwrap();
        let error = symbols::check_symbols(&file, GUARDED_SYMBOLS, "src/queue.rs").unwrap_err();
        assert!(error.to_string().contains("no lines of src/queue.rs"), "{error}");
        // Its last blocks are for nobody here.
        for length in (0..0xF000).step_by(509) {
            assert!(check_packaged(GUARDED_DRIVER, &GUARDED_SYMBOLS[..length], "0.1.0").is_err(), "{length}");
        }
        let made = Made::good().bytes();
        let error =
            symbols::check_symbols(&PeFile64::parse(&*made).unwrap(), GUARDED_SYMBOLS, SOURCE).unwrap_err();
        assert!(error.to_string().contains("names no PDB"), "{error}");
    }

    #[test]
    fn a_package_has_an_entry_point_and_a_version() {
        let at = memchr::memmem::find(GUARDED_DRIVER, b"FxDriverEntryUm").unwrap();
        refused_package(at, b"f", "FxDriverEntryUm");
        let error = check_packaged(GUARDED_DRIVER, GUARDED_SYMBOLS, "0.2.0").unwrap_err();
        assert!(error.to_string().contains("0.1.0.0"), "{error}");
    }
}
