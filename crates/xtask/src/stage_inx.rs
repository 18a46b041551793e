//! `cargo xtask stage-inx`: puts the INX where cargo-wdk looks for it.
//!
//! `cargo wdk build` takes the INX from one place, the folder of the package, under the package's name. Here it
//! lies in `inf/`, where the host reads it too; the copy is not kept in the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::{INF, root};

/// Copies the INX to the root and says where it is.
pub fn run() -> Result<ExitCode> {
    let copy = stage(&root()?.join(INF), root()?)?;
    println!("{}: `cargo wdk build --features wdk` finds it now", copy.display());
    Ok(ExitCode::SUCCESS)
}

/// Copies `inx`, byte by byte, into `folder`.
fn stage(inx: &Path, folder: &Path) -> Result<PathBuf> {
    let name = inx.file_name().with_context(|| format!("{} names no file", inx.display()))?;
    let copy = folder.join(name);
    fs::copy(inx, &copy).with_context(|| format!("copy {} to {}", inx.display(), copy.display()))?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_has_the_name_that_cargo_wdk_expects_and_the_same_bytes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let inx = root().expect("a root").join(INF);
        let copy = stage(&inx, folder.path()).expect("a copy");
        assert_eq!(copy.file_name().and_then(|name| name.to_str()), Some("edu_umdf.inx"));
        assert_eq!(fs::read(copy).expect("the copy"), fs::read(inx).expect("the INX"));
    }

    #[test]
    fn a_missing_inx_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let error = stage(&folder.path().join("missing.inx"), folder.path()).expect_err("nothing to copy");
        assert!(format!("{error:#}").contains("missing.inx"), "{error:#}");
    }
}
