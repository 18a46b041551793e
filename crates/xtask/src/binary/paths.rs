//! Folders of the machine that built a binary.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use memchr::memmem;

/// Where compilers say that the sources of Rust's own libraries lay: those that came built, and Debian's.
const OF_RUST: &[&str] = &["/rustc/", "/usr/src/rustc-"];

/// Folders of the build machine that the compiler would write into a binary.
pub struct BuildPaths {
    /// Folders in whose place the compiler puts these names.
    replaced: Vec<(PathBuf, &'static str)>,
    /// How names begin that no binary has.
    forbidden: Vec<String>,
}

impl BuildPaths {
    /// For a build of the checkout in `root`, with the sources of Rust's own libraries in `rust`.
    pub fn new(root: &Path, rust: &Path) -> Result<Self> {
        let home = env::home_dir();
        let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
        let cargo = cargo.or_else(|| Some(home.as_ref()?.join(".cargo")));
        let cargo = cargo.context("set CARGO_HOME: where does cargo keep its registry?")?;
        Ok(Self::of(root, home.as_deref(), &cargo, rust))
    }

    fn of(root: &Path, home: Option<&Path>, cargo: &Path, rust: &Path) -> Self {
        let replaced = [
            (root.into(), "/edu-umdf"),
            (cargo.join("registry/src"), "/registry"),
            (cargo.join("git/checkouts"), "/git"),
            (rust.into(), "/rust"),
        ];
        let replaced: Vec<(PathBuf, _)> = replaced
            .iter()
            .flat_map(|(folder, name)| names_of(folder).into_iter().map(move |folder| (folder, *name)))
            .collect();

        let mut folders: Vec<PathBuf> = [cargo.join("registry"), cargo.join("git"), rust.into()]
            .iter()
            .flat_map(|at| names_of(at))
            .collect();
        folders.extend(["src", "crates", "target"].iter().flat_map(|part| names_of(&root.join(part))));
        // A single short word, such as `/src`, is part of other paths.
        folders
            .extend([Some(root), home].into_iter().flatten().flat_map(names_of).filter(|at| is_distinct(at)));
        let folders = folders.iter().map(|folder| format!("{}/", folder.display()));
        Self { replaced, forbidden: folders.chain(OF_RUST.iter().copied().map(str::to_owned)).collect() }
    }

    /// The compiler's flags that put other names in their place, as `CARGO_ENCODED_RUSTFLAGS` takes them.
    pub fn compiler_flags(&self) -> OsString {
        let flags = self.replaced.iter().map(|(folder, name)| {
            let mut flag = OsString::from("--remap-path-prefix=");
            flag.push(folder);
            flag.push("=");
            flag.push(name);
            flag
        });
        flags.collect::<Vec<_>>().join("\x1f".as_ref())
    }

    /// Checks that a binary names none of them, with slashes of either kind, in UTF-8 or UTF-16.
    pub fn check_absent(&self, binary: &[u8]) -> Result<()> {
        for name in &self.forbidden {
            for name in [name.clone(), name.replace('/', "\\")] {
                let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
                let found = [name.as_bytes(), &wide].iter().any(|text| memmem::find(binary, text).is_some());
                ensure!(!found, "it names {name}, a folder of the machine that built it");
            }
        }
        Ok(())
    }
}

/// A folder's name, and the one that it has when all links in it are followed.
fn names_of(folder: &Path) -> Vec<PathBuf> {
    let mut names = vec![folder.to_path_buf()];
    // What is not there has no other name.
    names.extend(fs::canonicalize(folder).ok().filter(|followed| followed != folder));
    names
}

/// Whether a folder's name will hardly be part of another one: `/root` is the home of one user only.
fn is_distinct(folder: &Path) -> bool {
    folder.components().count() > 2 || folder == Path::new("/root")
}

// These paths are those of Linux, where `cargo xtask windows` runs.
#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn paths(root: &str, home: &str) -> BuildPaths {
        BuildPaths::of(
            Path::new(root),
            Some(Path::new(home)),
            Path::new("/cargo"),
            Path::new("/opt/lib/rustlib/src/rust"),
        )
    }

    #[test]
    fn folders_of_the_build_machine_are_replaced() {
        let flags = paths("/src", "/home/me").compiler_flags().into_string().unwrap();
        let flags: Vec<&str> = flags.split('\x1f').collect();
        assert_eq!(
            flags,
            [
                "--remap-path-prefix=/src=/edu-umdf",
                "--remap-path-prefix=/cargo/registry/src=/registry",
                "--remap-path-prefix=/cargo/git/checkouts=/git",
                "--remap-path-prefix=/opt/lib/rustlib/src/rust=/rust",
            ]
        );
    }

    /// Every way to write a path.
    fn written(path: &str) -> [Vec<u8>; 4] {
        let [there, back] = [path.to_owned(), path.replace('/', "\\")];
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        [wide(&there), wide(&back), there.into_bytes(), back.into_bytes()]
    }

    #[track_caller]
    fn is_found(paths: &BuildPaths, path: &str) {
        for planted in written(path) {
            let error = paths.check_absent(&[b"MZ\x90", &planted[..], b"\0\0"].concat()).unwrap_err();
            assert!(error.to_string().contains("a folder of the machine"), "{error}");
        }
    }

    #[test]
    fn each_kind_is_found_however_it_is_written() {
        let paths = paths("/source/edu", "/home/me");
        for path in [
            // The checkout, and what is built in it.
            "/source/edu/build.rs",
            "/source/edu/crates/x/src/lib.rs",
            "/source/edu/target/windows/release/build/x/out/x.rs",
            // The home of whoever built it.
            "/home/me/notes.txt",
            "/cargo/registry/src/index/clap-4/src/lib.rs",
            "/cargo/git/checkouts/x/src/lib.rs",
            "/opt/lib/rustlib/src/rust/library/core/src/str.rs",
            "/rustc/ac68faa20c58cbccd01ee7208bf3b6e93a7d7f96/library/core/src/str.rs",
            "/usr/src/rustc-1.96.0/library/core/src/str.rs",
        ] {
            is_found(&paths, path);
        }
        for fine in [
            "/rust/library/core/src/str.rs/registry/clap/src/lib.rs/git/x/src/lib.rs/edu-umdf/src/lib.rs",
            "crates/umdf-host/src/worker.rs",
            "/source/education",
        ] {
            for binary in written(fine) {
                paths.check_absent(&binary).unwrap();
            }
        }
    }

    #[test]
    fn short_words_are_looked_for_with_what_is_in_them() {
        let paths = paths("/src", "/root");
        for path in ["/src/src/lib.rs", "/src/crates/x/src/lib.rs", "/src/target/x", "/root/x"] {
            is_found(&paths, path);
        }
        paths.check_absent(b"/registry/clap/src/lib.rs").unwrap();
    }

    #[test]
    fn links_are_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (there, link) = (folder.path().join("rustc-1"), folder.path().join("rust"));
        fs::create_dir(&there).unwrap();
        std::os::unix::fs::symlink(&there, &link).unwrap();
        let paths = BuildPaths::of(Path::new("/src"), None, Path::new("/cargo"), &link);
        is_found(&paths, &format!("{}/library", link.display()));
        is_found(&paths, &format!("{}/library", there.display()));
        let flags = paths.compiler_flags().into_string().unwrap();
        assert!(flags.contains(&format!("{}=/rust", link.display())), "{flags}");
        assert!(flags.ends_with(&format!("{}=/rust", there.display())), "{flags}");
    }
}
