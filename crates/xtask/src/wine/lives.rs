//! The first life: natively and under Wine, in folders of any name, with QEMU's device.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::inf::{PATIENT, changed};
use super::prefix::{RUN, finish, windows_path};
use super::qemu::Qemus;
use super::{Bench, Found, Pair, file_name};
use crate::compare::{Run, differences};
use crate::{FIRST_LIFE, INF};

/// Name of a folder with letters that no code page has all of, one of them beyond 16 bits.
const FOLDER: &str = "prøve 驱动 😀";
/// The files of a run.
struct Files {
    driver: PathBuf,
    inf: PathBuf,
    scenario: PathBuf,
}

impl Files {
    fn first_life(root: &Path, driver: &Path) -> Self {
        Self { driver: driver.into(), inf: root.join(INF), scenario: root.join(FIRST_LIFE) }
    }

    /// `umdf-host run` with these files; `named` is how it is told the path of one.
    fn run(&self, host: &mut Command, named: fn(&Path) -> OsString) {
        host.args(["run", "--json", "--driver"]).arg(named(&self.driver));
        host.arg("--inf").arg(named(&self.inf)).arg("--scenario").arg(named(&self.scenario));
    }
}

/// The report of a run natively.
fn native(bench: &Bench, files: &Files, name: &str) -> Result<Value> {
    let mut host = Command::new(&bench.native.host);
    files.run(&mut host, |path| path.into());
    report(&mut host, &bench.folder.join(name))
}

/// The report of a run under Wine.
fn wine(bench: &Bench, files: &Files, options: &[String], name: &str) -> Result<Value> {
    let mut host = bench.prefix.command(&bench.windows.host);
    files.run(&mut host, windows_path);
    report(host.args(options), &bench.folder.join(name))
}

/// Runs a host to its end and reads its report.
fn report(host: &mut Command, files: &Path) -> Result<Value> {
    let finished = finish(host, files, RUN)?;
    serde_json::from_str(&finished.output).ok().with_context(|| {
        format!(
            "{} printed no report ({}):\n{}",
            host.get_program().display(),
            finished.status,
            finished.errors
        )
    })
}

/// Compares a run natively with one under Wine.
fn compare(bench: &Bench, native: Value, wine: Value, driver: &Path) -> Vec<String> {
    let Pair { driver: native_driver, .. } = &bench.native;
    differences(
        Run { name: "natively", report: native, library: &file_name(native_driver) },
        Run { name: "under Wine", report: wine, library: &file_name(driver) },
    )
}

/// A sentence with what happened in a run, or what is wrong.
fn verdict(wrong: Vec<String>, told: String) -> Result<String, Vec<String>> {
    if wrong.is_empty() { Ok(told) } else { Err(wrong) }
}

pub fn first_life(bench: &Bench) -> Found {
    let driver = &bench.windows.driver;
    let native = native(bench, &Files::first_life(bench.root, &bench.native.driver), "native")?;
    let wine = wine(bench, &Files::first_life(bench.root, driver), &[], "wine")?;
    let told = summary(&wine);
    let wrong = compare(bench, native, wine, driver);
    Ok(verdict(wrong, format!("The first life is the same natively and under Wine: {told}")))
}

/// Driver, INF and scenario in a folder whose name Windows must get in UTF-16.
pub fn any_path(bench: &Bench) -> Found {
    let folder = bench.folder.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let copy = |from: &Path, name: &str| {
        let to = folder.join(name);
        fs::copy(from, &to).with_context(|| to.display().to_string()).map(|_| to)
    };
    let files = Files {
        driver: copy(&bench.windows.driver, "драйвер 驱动.dll")?,
        inf: copy(&bench.root.join(INF), "инф é.inx")?,
        scenario: copy(&bench.root.join(FIRST_LIFE), "生活.toml")?,
    };
    let native = native(bench, &Files::first_life(bench.root, &bench.native.driver), "native")?;
    let wine = wine(bench, &files, &[], "paths")?;
    let wrong = compare(bench, native, wine, &files.driver);
    Ok(verdict(
        wrong,
        format!("Driver, INF and scenario may lie anywhere: {FOLDER}, {}", file_name(&files.driver)),
    ))
}

/// The real edu, in a QEMU of this system, which the host under Wine reaches over a loopback socket.
pub fn in_qemu(bench: &Bench) -> Found {
    let driver = &bench.windows.driver;
    let qemus = Qemus::with_edu(&bench.qemu)?;
    let files = Files {
        inf: changed(bench.root, &[PATIENT], &bench.folder, "qemu")?,
        ..Files::first_life(bench.root, driver)
    };
    let options = [format!("--device=qemu:edu@{}", qemus.address()), "--deadline=100".into()];
    let native = native(bench, &Files::first_life(bench.root, &bench.native.driver), "native")?;
    let life = wine(bench, &files, &options, "qemu")?;
    let told = summary(&life);
    let wrong = compare(bench, native, life, driver);
    Ok(verdict(wrong, format!("The first life with QEMU's edu is that with the embedded one: {told}")))
}

/// What happened, in numbers.
fn summary(report: &Value) -> String {
    let count = |key: &str| report[key].as_array().map_or(0, Vec::len);
    format!(
        "{} callbacks, {} PnP requests, {} I/O control requests, {} register accesses",
        count("callbacks"),
        count("pnp"),
        count("ioctls"),
        report["register_reads"].as_u64().unwrap_or(0) + report["register_writes"].as_u64().unwrap_or(0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_under_wine_is_told_windows_paths() {
        let mut command = Command::new("host");
        Files::first_life(Path::new("/r"), Path::new("/r/target/edu_umdf.dll"))
            .run(&mut command, windows_path);
        let arguments: Vec<_> = command.get_args().collect();
        assert_eq!(
            arguments,
            [
                "run",
                "--json",
                "--driver",
                r"Z:\r\target\edu_umdf.dll",
                "--inf",
                r"Z:\r\inf\edu_umdf.inx",
                "--scenario",
                r"Z:\r\tests\scenarios\first-life.toml",
            ]
        );
    }
}
