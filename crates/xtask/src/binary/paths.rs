//! Folders of the machine that built a binary.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use memchr::memmem;

/// Folders of the build machine that the compiler would write into a binary.
pub struct BuildPaths<'a> {
    root: &'a Path,
    registry: PathBuf,
    rust: &'a Path,
}

impl<'a> BuildPaths<'a> {
    /// The checkout, the registry of cargo, and the sources of Rust's own libraries.
    pub fn new(root: &'a Path, rust: &'a Path) -> Result<Self> {
        let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
        let cargo = cargo.or_else(|| Some(env::home_dir()?.join(".cargo")));
        let cargo = cargo.context("set CARGO_HOME: where does cargo keep its registry?")?;
        Ok(Self { root, registry: cargo.join("registry/src"), rust })
    }

    /// The compiler's flags that put other names in their place, as `CARGO_ENCODED_RUSTFLAGS` takes them.
    pub fn compiler_flags(&self) -> OsString {
        let names = [(self.root, "/edu-umdf"), (&self.registry, "/registry"), (self.rust, "/rust")];
        let flags = names.map(|(folder, name)| {
            let mut flag = OsString::from("--remap-path-prefix=");
            flag.push(folder);
            flag.push("=");
            flag.push(name);
            flag
        });
        flags.join("\x1f".as_ref())
    }

    /// Checks that a binary names none of them.
    pub fn check_absent(&self, binary: &[u8]) -> Result<()> {
        // Not the root itself: that may be a short word which other paths contain.
        let in_root = ["src", "crates", "target"].map(|folder| self.root.join(folder));
        for folder in in_root.iter().map(PathBuf::as_path).chain([self.registry.as_path(), self.rust]) {
            let name = format!("{}/", folder.display());
            ensure!(
                memmem::find(binary, name.as_bytes()).is_none(),
                "it names {name}, a folder of the machine that built it"
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_the_build_machine_are_replaced_and_looked_for() {
        let (root, rust) = (Path::new("/src"), Path::new("/usr/lib/rustlib/src/rust"));
        let paths = BuildPaths { root, registry: "/home/me/.cargo/registry/src".into(), rust };
        let flags = paths.compiler_flags().into_string().unwrap();
        let flags: Vec<&str> = flags.split('\x1f').collect();
        assert_eq!(
            flags,
            [
                "--remap-path-prefix=/src=/edu-umdf",
                "--remap-path-prefix=/home/me/.cargo/registry/src=/registry",
                "--remap-path-prefix=/usr/lib/rustlib/src/rust=/rust",
            ]
        );
        assert!(paths.check_absent(b"\0/rust/library/core/src/str.rs/registry/clap/src/lib.rs\0").is_ok());
        for named in
            ["/src/crates/x/src/lib.rs", "/home/me/.cargo/registry/src/x", "/usr/lib/rustlib/src/rust/y"]
        {
            let error = paths.check_absent(format!("\0{named}\0").as_bytes()).unwrap_err().to_string();
            assert!(error.contains("a folder of the machine"), "{error}");
        }
    }
}
