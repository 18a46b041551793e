//! What the tasks for Windows need from Debian: a compiler with the sources of std, a linker, and Wine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use find_qemu::Unusable;
use thiserror::Error;

/// Debian's compiler. The one beside cargo comes without the sources of std.
const RUSTC: &str = "/usr/bin/rustc";
/// How the names of the tools begin that link for Windows; they are found on PATH.
pub const TOOL_PREFIX: &str = "x86_64-w64-mingw32-";
/// What links.
const LINKER: &str = "x86_64-w64-mingw32-gcc";
/// What makes import libraries; comes with the linker.
pub const DLLTOOL: &str = "x86_64-w64-mingw32-dlltool";

const RUSTC_PACKAGE: &str = "rustc-web";
const SOURCES_PACKAGE: &str = "rust-web-src";
const LINKER_PACKAGE: &str = "gcc-mingw-w64-x86-64";
const WINE_PACKAGE: &str = "wine64";

/// Debian packages that are not there, or that something older stands in the place of.
#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "this needs Debian packages that are missing: {}{}; as root, run: apt-get install --no-install-recommends {}",
    .packages.join(", "),
    .unusable.as_ref().map_or_else(String::new, |why| format!(" ({why})")),
    .packages.join(" ")
)]
pub struct Missing {
    packages: Vec<&'static str>,
    /// What is wrong with QEMU, if that is among them.
    unusable: Option<Unusable>,
}

impl Missing {
    /// These packages.
    pub fn of(packages: &[&'static str]) -> Self {
        Self { packages: packages.to_vec(), unusable: None }
    }

    fn qemu(unusable: Unusable) -> Self {
        Self { packages: find_qemu::PACKAGES.to_vec(), unusable: Some(unusable) }
    }
}

/// What builds for Windows.
#[derive(Debug)]
pub struct Toolchain {
    /// The compiler.
    pub rustc: PathBuf,
    /// The sources of Rust's own libraries: the folder that has `library`.
    pub sources: PathBuf,
}

/// What runs Windows programs.
#[derive(Debug, PartialEq, Eq)]
pub struct Wine {
    /// The loader of 64-bit programs.
    pub loader: PathBuf,
    /// The server of all the programs of one prefix.
    pub server: PathBuf,
}

/// Finds what builds for Windows.
pub fn toolchain() -> Result<Toolchain, Missing> {
    find_toolchain().map_err(|packages| Missing { packages, unusable: None })
}

/// Finds what builds for Windows, what runs it, and QEMU.
pub fn toolchain_wine_and_qemu() -> Result<(Toolchain, Wine, PathBuf), Missing> {
    let mut missing = Missing::of(&[]);
    let toolchain = find_toolchain().map_err(|packages| missing.packages.extend(packages)).ok();
    let wine = find_wine(&program_folders());
    if wine.is_none() {
        missing.packages.push(WINE_PACKAGE);
    }
    let qemu = qemu()
        .map_err(|Missing { packages, unusable }| {
            missing.packages.extend(packages);
            missing.unusable = unusable;
        })
        .ok();
    match (toolchain, wine, qemu) {
        (Some(toolchain), Some(wine), Some(qemu)) => Ok((toolchain, wine, qemu)),
        _ => Err(missing),
    }
}

/// Whether this is a build that skips nothing and ignores nothing without being asked.
pub fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Finds a QEMU that makes the machine of the tests.
pub fn qemu() -> Result<PathBuf, Missing> {
    find_qemu::find().map_err(Missing::qemu)
}

/// The toolchain, or the packages that it lacks.
fn find_toolchain() -> Result<Toolchain, Vec<&'static str>> {
    let rustc = Path::new(RUSTC);
    let sources = output(rustc, &["--print", "sysroot"])
        .map(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib/src/rust"))
        .filter(|sources| sources.join("library/std").is_dir());
    let new_enough = output(rustc, &["--version"]).is_some_and(|version| is_new_enough(&version));

    let mut missing = Vec::new();
    if !new_enough {
        missing.push(RUSTC_PACKAGE);
    }
    if sources.is_none() {
        missing.push(SOURCES_PACKAGE);
    }
    if [LINKER, DLLTOOL].iter().any(|program| output(Path::new(program), &["--version"]).is_none()) {
        missing.push(LINKER_PACKAGE);
    }
    match sources {
        Some(sources) if missing.is_empty() => Ok(Toolchain { rustc: rustc.into(), sources }),
        _ => Err(missing),
    }
}

/// What a program prints; `None` if it does not run or fails.
fn output(program: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a compiler that calls itself `rustc 1.96.0 (...)` builds this repository.
fn is_new_enough(version: &str) -> bool {
    let found = version.strip_prefix("rustc ").and_then(major_and_minor);
    found.is_some() && found >= major_and_minor(env!("CARGO_PKG_RUST_VERSION"))
}

fn major_and_minor(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Where Wine may be: Debian keeps the 64-bit loader off PATH, in a folder `wine` of its libraries.
fn program_folders() -> Vec<PathBuf> {
    let on_path = env::var_os("PATH").unwrap_or_default();
    let libraries = Path::new("/usr/lib");
    let by_architecture = fs::read_dir(libraries).into_iter().flatten().flatten().map(|entry| entry.path());
    let in_libraries =
        [libraries.to_path_buf()].into_iter().chain(by_architecture).map(|folder| folder.join("wine"));
    env::split_paths(&on_path).chain(in_libraries).collect()
}

/// Wine in the first folder that has both its programs.
fn find_wine(folders: &[PathBuf]) -> Option<Wine> {
    folders.iter().find_map(|folder| {
        let loader = Some(folder.join("wine64")).filter(|file| file.is_file())?;
        let servers = ["wineserver64", "wineserver"];
        let server = servers.iter().map(|name| folder.join(name)).find(|file| file.is_file())?;
        Some(Wine { loader, server })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_the_one_command() {
        assert_eq!(
            Missing::of(&["a", "b"]).to_string(),
            "this needs Debian packages that are missing: a, b; as root, run: apt-get install \
             --no-install-recommends a b"
        );
    }

    #[test]
    fn the_gate_installs_what_the_tasks_need() {
        let gate = include_str!("../../../.ci/run");
        let windows = [RUSTC_PACKAGE, SOURCES_PACKAGE, LINKER_PACKAGE, WINE_PACKAGE];
        for package in windows.iter().chain(find_qemu::PACKAGES).copied() {
            assert!(gate.split_whitespace().any(|word| word == package), "{package}");
        }
    }

    #[test]
    fn what_is_wrong_with_qemu_is_told_with_its_packages() {
        let told = Missing::qemu(Unusable::Missing).to_string();
        for words in ["qemu-system-x86, seabios (there is no qemu-system-x86_64);", find_qemu::INSTALL] {
            assert!(told.contains(words), "{told}");
        }
    }

    #[test]
    fn an_old_compiler_counts_as_missing() {
        for (version, new_enough) in [
            ("rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)", true),
            (concat!("rustc ", env!("CARGO_PKG_RUST_VERSION"), ".0"), true),
            ("rustc 2.0.0", true),
            ("rustc 1.85.1 (4eb161250 2025-03-15)", false),
            ("rustc 1.9.0", false),
            ("gcc 12.2.0", false),
            ("rustc", false),
            ("", false),
        ] {
            assert_eq!(is_new_enough(version), new_enough, "{version}");
        }
    }

    #[test]
    fn wine_is_loader_and_server_in_one_folder() {
        let folder = tempfile::tempdir().unwrap();
        let [without, with] = ["bin", "lib"].map(|name| folder.path().join(name));
        for folder in [&without, &with] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("wine64"), "").unwrap();
        }
        let folders = [folder.path().join("none"), without, with.clone()];
        assert_eq!(find_wine(&folders), None);
        fs::write(with.join("wineserver"), "").unwrap();
        let found = Wine { loader: with.join("wine64"), server: with.join("wineserver") };
        assert_eq!(find_wine(&folders), Some(found));
        fs::write(with.join("wineserver64"), "").unwrap();
        assert_eq!(find_wine(&folders).unwrap().server, with.join("wineserver64"));
    }
}
