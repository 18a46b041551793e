//! This repository's INF with changes, as `tests/in_host/run.rs` makes them for the same scenarios.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::INF;

/// A change to the INF: what it says, and what it is to say.
pub type Change = (&'static str, &'static str);
/// The device has much time: a machine that is short of processors needs it.
pub const PATIENT: Change = ("FactorialTimeoutMs,0x10001,2000", "FactorialTimeoutMs,0x10001,60000");
/// Callers may let the device raise interrupts.
pub const RAISE: Change = ("EnableRaiseInterrupt,0x10001,0", "EnableRaiseInterrupt,0x10001,1");
/// The device gets an interrupt line, no message.
pub const LINE: Change = ("MSISupported,0x10001,1", "MSISupported,0x10001,0");

/// The changed INF of the checkout in `root`, as a file of that name in `folder`.
pub fn changed(root: &Path, changes: &[Change], folder: &Path, name: &str) -> Result<PathBuf> {
    let mut text = fs::read_to_string(root.join(INF)).context(INF)?;
    for (old, new) in changes {
        ensure!(text.contains(old), "{INF} has no {old}");
        text = text.replace(old, new);
    }
    let inf = folder.join(format!("{name}.inx"));
    fs::write(&inf, text).with_context(|| inf.display().to_string())?;
    Ok(inf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inf_has_what_is_to_be_changed() {
        let folder = tempfile::tempdir().unwrap();
        let root = crate::root().unwrap();
        let inf = changed(root, &[PATIENT, RAISE, LINE], folder.path(), "a").unwrap();
        assert_eq!(inf, folder.path().join("a.inx"));
        let text = fs::read_to_string(inf).unwrap();
        for (old, new) in [PATIENT, RAISE, LINE] {
            assert!(text.contains(new) && !text.contains(&format!("{old}\r")), "{old}");
        }
        assert!(changed(root, &[("nothing of the kind", "")], folder.path(), "b").is_err());
    }
}
