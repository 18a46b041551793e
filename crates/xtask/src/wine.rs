//! `cargo xtask wine`: plays the first life in the Windows host under Wine and in the native one, and compares; and has
//! the driver loaded and unloaded many times; and has the client talk to a host that serves.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use wait_timeout::ChildExt;

use crate::build::{self, Goal};
use crate::compare::{Run, differences};
use crate::tools::{self, Wine};
use crate::windows::{self, Artifacts};
use crate::{FAILED, FIRST_LIFE, INF, root};

mod client;

/// Where Wine keeps its Windows and the hosts' output goes, from the root.
const FOLDER: &str = "target/wine";
/// Longest time for a host. The first one under Wine makes its Windows, which takes some seconds.
const DEADLINE: Duration = Duration::from_mins(2);
/// How the line ends that `reload` prints if all went well.
const RELOADED: &str = "no provider left";
/// Differences that are told.
const MOST_TOLD: usize = 20;

/// Builds, plays, compares.
pub fn run() -> Result<ExitCode> {
    let root = root()?;
    let (toolchain, wine) = tools::toolchain_and_wine()?;
    let Some(windows) = windows::build(root, &toolchain)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let Some(native) = build::build(root, Goal::HostAndDriver)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let native_host = native.host.context("cargo built no program umdf-host")?;
    let native_driver = native.driver.context("cargo built no library edu_umdf")?;

    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let mut command = Command::new(&native_host);
    first_life(&mut command, root, &native_driver, |path| path.into());
    let native_report = report(&mut command, &folder.join("native"))?;

    let prefix = Prefix { wine, folder: folder.join("prefix") };
    let mut command = prefix.command(&windows.host);
    first_life(&mut command, root, &windows.driver, windows_path);
    let wine_report = report(&mut command, &folder.join("wine"))?;
    let reloaded = reload(&prefix, &windows, &folder)?;
    let asked = client::run(&prefix, &windows.eductl, root, (&native_host, &native_driver), &folder)?;
    drop(prefix);

    let told = summary(&wine_report);
    let wrong = differences(
        Run { name: "natively", report: native_report, library: &file_name(&native_driver) },
        Run { name: "under Wine", report: wine_report, library: &file_name(&windows.driver) },
    );
    if wrong.is_empty() {
        println!("The first life is the same natively and under Wine: {told}");
        println!("The driver can be unloaded and loaded again: {reloaded}");
        println!("The client under Wine talks to a host that serves natively: {asked}");
        return Ok(ExitCode::SUCCESS);
    }
    println!("The first life is not the same natively and under Wine ({} has both):", folder.display());
    for line in wrong.iter().take(MOST_TOLD) {
        println!("  {line}");
    }
    if wrong.len() > MOST_TOLD {
        println!("  and {} more", wrong.len() - MOST_TOLD);
    }
    Ok(ExitCode::from(FAILED))
}

/// Lets a host play the first life; `named` is how it is told the path of a file.
fn first_life(host: &mut Command, root: &Path, driver: &Path, named: fn(&Path) -> OsString) {
    host.args(["run", "--json", "--driver"]).arg(named(driver));
    host.arg("--inf").arg(named(&root.join(INF)));
    host.arg("--scenario").arg(named(&root.join(FIRST_LIFE)));
}

/// Has the driver loaded and unloaded in one process; the answer is what that tells.
fn reload(prefix: &Prefix, windows: &Artifacts, folder: &Path) -> Result<String> {
    let mut command = prefix.command(&windows.reload);
    command.arg(windows_path(&windows.driver));
    let (status, output, errors) = finish(&mut command, &folder.join("reload"))?;
    let told = output.trim_end();
    // Wine's debugger may end a program that crashes with success, and then has told about it.
    ensure!(
        status.success() && told.lines().count() == 1 && told.ends_with(RELOADED),
        "the driver does not survive being unloaded and loaded again ({status}):\n{output}{errors}"
    );
    Ok(told.to_owned())
}

/// A path of this system as Windows programs see it under Wine.
fn windows_path(path: &Path) -> OsString {
    format!("Z:{}", path.display()).replace('/', "\\").into()
}

fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

/// Runs a host to its end and reads its report.
fn report(host: &mut Command, files: &Path) -> Result<Value> {
    let (status, text, errors) = finish(host, files)?;
    serde_json::from_str(&text)
        .ok()
        .with_context(|| format!("{} printed no report ({status}):\n{errors}", host.get_program().display()))
}

/// Runs a program to its end; the answer is how it ended, and what it printed. That goes to files: Wine's own
/// processes keep a pipe open long after the program has ended.
fn finish(program: &mut Command, files: &Path) -> Result<(ExitStatus, String, String)> {
    let paths = [files.with_extension("out"), files.with_extension("log")];
    let create = |path: &Path| File::create(path).with_context(|| path.display().to_string());
    program.stdin(Stdio::null()).stdout(create(&paths[0])?).stderr(create(&paths[1])?);
    let status = wait(program)?;
    let [output, errors] =
        paths.map(|path| fs::read_to_string(&path).with_context(|| path.display().to_string()));
    Ok((status, output?, errors?))
}

/// Starts a program and waits for its end, until the deadline.
fn wait(command: &mut Command) -> Result<ExitStatus> {
    let program = command.get_program().display().to_string();
    let mut child = command.spawn().with_context(|| format!("could not start {program}"))?;
    if let Some(status) =
        child.wait_timeout(DEADLINE).with_context(|| format!("could not wait for {program}"))?
    {
        return Ok(status);
    }
    // Both fail only if it has just ended.
    let _ = child.kill();
    let _ = child.wait();
    bail!("{program} has not ended within {DEADLINE:?}");
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

/// Wine with a Windows of its own. Dropping it ends everything that runs there.
struct Prefix {
    wine: Wine,
    folder: PathBuf,
}

impl Prefix {
    /// A Windows program, run by Wine.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(&self.wine.loader);
        command.arg(program);
        command.env("WINEPREFIX", &self.folder).env("WINEDEBUG", "-all");
        // No browser, no .NET, nothing in the user's menus: what asks questions when a new Windows is made.
        command.env("WINEDLLOVERRIDES", "mshtml,mscoree,winemenubuilder.exe=");
        // No windows either; and names of files are UTF-8.
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env("LC_ALL", "C.UTF-8");
        command
    }
}

impl Drop for Prefix {
    fn drop(&mut self) {
        let mut server = Command::new(&self.wine.server);
        server.arg("-k").env("WINEPREFIX", &self.folder);
        // Fails if nothing runs any more.
        let _ = server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_under_wine_is_told_windows_paths() {
        let mut command = Command::new("host");
        first_life(&mut command, Path::new("/r"), Path::new("/r/target/edu_umdf.dll"), windows_path);
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
