//! What a Windows binary must and must not contain.
//!
//! - `image`: what the driver exports and imports, and how it may be loaded;
//! - `version`: its version resource;
//! - `paths`: folders of the build machine, in any binary.

mod image;
#[cfg(test)]
mod made;
mod paths;
mod version;

use anyhow::{Context, Result};
use object::read::pe::PeFile64;

pub use paths::BuildPaths;

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

#[cfg(test)]
mod tests {
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
}
