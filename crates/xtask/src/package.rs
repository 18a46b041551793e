//! `cargo xtask check-package`: looks at a driver package that the WDK's flow has made.
//!
//! What InfVerif and signtool check while a package is made is not checked here again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};

use crate::binary::check_packaged;
use crate::root;

/// The driver, its symbols, and what Windows installs them by.
const DRIVER: &str = "edu_umdf.dll";
const SYMBOLS: &str = "edu_umdf.pdb";
const OTHERS: &[&str] = &["edu_umdf.inf", "edu_umdf.cat"];
/// The version of all packages here.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Looks at a driver package that `cargo make` or `cargo wdk build` has made: files, control-flow guard, symbols
///
/// Exit code: 0 it is as it should be, 1 it is not.
#[derive(clap::Args)]
pub struct Options {
    /// The folder, from the root, such as target/release/edu_umdf_package
    folder: PathBuf,
}

/// Checks the package and says what is in it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let folder = root()?.join(&options.folder);
    check(&folder)?;
    println!("{}: control-flow guard on, symbols with lines, version {VERSION}", folder.display());
    Ok(ExitCode::SUCCESS)
}

fn check(folder: &Path) -> Result<()> {
    for name in OTHERS {
        read(folder, name)?;
    }
    let driver = read(folder, DRIVER)?;
    check_packaged(&driver, &read(folder, SYMBOLS)?, VERSION)
        .with_context(|| format!("{DRIVER} is not as it should be"))
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    let content = fs::read(&path).with_context(|| path.display().to_string())?;
    ensure!(!content.is_empty(), "{} is empty", path.display());
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binary::{GUARDED_DRIVER, GUARDED_SYMBOLS};

    #[test]
    fn a_package_has_all_of_its_files() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let put =
            |name: &str, content: &[u8]| fs::write(folder.path().join(name), content).expect("writable");
        put(DRIVER, GUARDED_DRIVER);
        put(SYMBOLS, GUARDED_SYMBOLS);
        for name in OTHERS {
            put(name, b"x");
        }
        check(folder.path()).expect("it is whole");
        for name in [DRIVER, SYMBOLS, OTHERS[0], OTHERS[1]] {
            let path = folder.path().join(name);
            let content = fs::read(&path).expect("it is there");
            fs::write(&path, b"").expect("writable");
            assert!(format!("{:#}", check(folder.path()).expect_err("it is empty")).contains("is empty"));
            fs::remove_file(&path).expect("it is there");
            assert!(format!("{:#}", check(folder.path()).expect_err("it is gone")).contains(name));
            put(name, &content);
        }
        put(SYMBOLS, GUARDED_DRIVER);
        let error = format!("{:#}", check(folder.path()).expect_err("it is no PDB"));
        assert!(error.contains("edu_umdf.dll") && error.contains("PDB"), "{error}");
    }
}
