//! Builds the driver and the host, and finds out where cargo put them.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use cargo_metadata::{Artifact, Message};

/// What to build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The host alone.
    Host,
    /// The host and this repository's driver.
    HostAndDriver,
}

/// A test program.
#[derive(Debug, PartialEq, Eq)]
pub struct Test {
    /// The name of what is tested, or of the test beside it.
    pub name: String,
    /// It has the tests in the modules of a library.
    pub of_library: bool,
    pub program: PathBuf,
    /// The folder of its package, in which cargo runs it.
    pub package: PathBuf,
}

/// Where the built files are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// The program `umdf-host`.
    pub host: Option<PathBuf>,
    /// The driver's dynamic library.
    pub driver: Option<PathBuf>,
    /// The program `eductl`, for Windows.
    pub eductl: Option<PathBuf>,
    /// The program `reload`, for Windows.
    pub reload: Option<PathBuf>,
    /// The program `setup`, for Windows.
    pub setup: Option<PathBuf>,
    /// Test programs.
    pub tests: Vec<Test>,
}

/// Builds for this system and returns the paths that cargo reports; `None` if the build failed, which cargo
/// has then explained on standard error.
///
/// Cargo's own progress is off, because it would print a line even with nothing to do: each crate is named
/// here when it has been compiled (build scripts go without saying).
pub fn build(root: &Path, goal: Goal) -> Result<Option<Built>> {
    let mut cargo = cargo_build(root, goal);
    cargo.arg("--quiet");
    run(cargo, env::consts::DLL_EXTENSION, |artifact| {
        if !artifact.fresh && !artifact.target.is_custom_build() {
            eprintln!("    Compiled {}", artifact.target.name);
        }
    })
}

/// `cargo build` for a goal; [`run`] takes it.
pub fn cargo_build(root: &Path, goal: Goal) -> Command {
    let mut cargo = cargo("build", root);
    // The same packages for either goal: the features of their dependencies, and so what is built, stay the same.
    cargo.args(["--package", "edu-umdf", "--package", "umdf-host", "--bin", "umdf-host"]);
    if goal == Goal::HostAndDriver {
        cargo.arg("--lib");
    }
    cargo
}

/// A command of cargo whose messages [`run`] reads.
pub fn cargo(command: &str, root: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.arg(command).arg("--message-format=json-render-diagnostics");
    cargo.arg("--manifest-path").arg(root.join("Cargo.toml"));
    cargo
}

/// Runs a command that builds once. Tells `seen` of each artifact; a dynamic library is known by its file's extension.
pub fn run(mut cargo: Command, library: &str, seen: impl Fn(&Artifact)) -> Result<Option<Built>> {
    let mut child = cargo.stdout(Stdio::piped()).spawn().context("could not start cargo")?;
    let messages = BufReader::new(child.stdout.take().context("cargo has no standard output")?);
    let built = follow(messages, library, seen)?;
    Ok(child.wait().context("could not wait for cargo")?.success().then_some(built))
}

/// Reads cargo's messages to their end and keeps the two paths.
fn follow(messages: impl BufRead, library: &str, seen: impl Fn(&Artifact)) -> Result<Built> {
    let mut built = Built::default();
    for message in Message::parse_stream(messages) {
        if let Message::CompilerArtifact(artifact) = message.context("could not read cargo's messages")? {
            seen(&artifact);
            built.keep(&artifact, library);
        }
    }
    Ok(built)
}

impl Built {
    fn keep(&mut self, artifact: &Artifact, library: &str) {
        let target = &artifact.target;
        let executable = || artifact.executable.as_deref().map(Into::into);
        if artifact.profile.test {
            let package = artifact.manifest_path.parent().map(Into::into).unwrap_or_default();
            let (name, of_library) = (target.name.clone(), !target.is_test() && !target.is_bin());
            self.tests.extend(executable().map(|program| Test { name, of_library, program, package }));
            return;
        }
        if target.name == "umdf-host" && target.is_bin() {
            self.host = executable();
        }
        if target.name == "eductl" && target.is_bin() {
            self.eductl = executable();
        }
        if target.name == "reload" && target.is_bin() {
            self.reload = executable();
        }
        if target.name == "setup" && target.is_bin() {
            self.setup = executable();
        }
        // The target has several crate types, and a library comes with further files: import library, debug symbols.
        if target.name == "edu_umdf" && target.is_cdylib() {
            self.driver =
                artifact.filenames.iter().find(|file| file.extension() == Some(library)).map(Into::into);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// One `compiler-artifact` message of cargo.
    fn message(name: &str, kind: &str, filenames: &[&str], executable: Option<&str>) -> String {
        let executable = executable.map_or("null".to_owned(), |path| format!("{path:?}"));
        format!(
            r#"{{"reason":"compiler-artifact","package_id":"path+file:///x#0.1.0","manifest_path":"/x/Cargo.toml",
            "target":{{"kind":{kind},"crate_types":{kind},"name":"{name}","src_path":"/x/src/lib.rs","edition":"2024",
            "doc":true,"doctest":true,"test":true}},"profile":{{"opt_level":"0","debuginfo":2,"debug_assertions":true,
            "overflow_checks":true,"test":false}},"features":[],"filenames":{filenames:?},"executable":{executable},
            "fresh":true}}"#
        )
        .replace('\n', "")
    }

    #[test]
    fn the_paths_are_those_that_cargo_reports() {
        for (library, driver, import) in
            [("so", "libedu_umdf.so", "edu_umdf.lib"), ("dll", "edu_umdf.dll", "libedu_umdf.dll.a")]
        {
            let files = ["libedu_umdf.rlib", import, driver].map(|file| format!("/t/debug/{file}"));
            let files: Vec<&str> = files.iter().map(String::as_str).collect();
            let messages = [
                message("umdf_host", r#"["lib"]"#, &["/t/debug/libumdf_host.rlib"], None),
                message("edu_umdf", r#"["cdylib","rlib"]"#, &files, None),
                message("umdf-host", r#"["bin"]"#, &["/t/debug/umdf-host"], Some("/t/debug/umdf-host")),
                r#"{"reason":"build-finished","success":true}"#.to_owned(),
            ];
            let seen = Cell::new(0);
            let built =
                follow(messages.join("\n").as_bytes(), library, |_| seen.set(seen.get() + 1)).unwrap();
            let driver = Some(files[2].into());
            assert_eq!(built, Built { host: Some("/t/debug/umdf-host".into()), driver, ..Built::default() });
            assert_eq!(seen.get(), 3);
        }
    }

    #[test]
    fn tests_run_in_their_packages_folder() {
        let test = message("umdf-host", r#"["bin"]"#, &["/t/deps/a.exe"], Some("/t/deps/a.exe"));
        let test = test.replace(r#""test":false"#, r#""test":true"#);
        let built = follow(test.as_bytes(), "dll", |_| {}).unwrap();
        let (name, program) = ("umdf-host".into(), "/t/deps/a.exe".into());
        let expected = Test { name, of_library: false, program, package: "/x".into() };
        assert_eq!(built, Built { tests: vec![expected], ..Built::default() });
    }
}
