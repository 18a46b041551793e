//! Wine, and programs that are run to their end.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use wait_timeout::ChildExt;

use crate::tools::Wine;

/// Longest time for a run of the host. The first one under Wine makes its Windows, which takes some seconds.
pub const RUN: Duration = Duration::from_mins(2);
/// Longest time for a program with many runs in it.
pub const MANY_RUNS: Duration = Duration::from_mins(15);

/// Wine with a Windows of its own. Dropping it ends everything that runs there.
pub struct Prefix {
    wine: Wine,
    windows: PathBuf,
    temporary: PathBuf,
}

impl Prefix {
    /// In this folder.
    pub fn new(wine: Wine, folder: &Path) -> Result<Self> {
        let prefix = Self { wine, windows: folder.join("prefix"), temporary: folder.join("temporary") };
        fs::create_dir_all(&prefix.temporary).with_context(|| prefix.temporary.display().to_string())?;
        Ok(prefix)
    }

    /// Where Windows keeps its INFs. It is there once a program has run.
    pub fn infs(&self) -> PathBuf {
        self.windows.join("drive_c/windows/inf")
    }

    /// What every program of Wine must know to find the others.
    fn surroundings(&self, command: &mut Command) {
        // Debian's Wine makes a folder for its server among the temporary files when it makes a new Windows, and never
        // removes it: here it is not left behind when this one is removed.
        command.env("WINEPREFIX", &self.windows).env("TMPDIR", &self.temporary);
    }

    /// A Windows program, run by Wine.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(&self.wine.loader);
        command.arg(program);
        self.surroundings(&mut command);
        command.env("WINEDEBUG", "-all");
        // No browser, no .NET, nothing in the user's menus: what asks questions when a new Windows is made. No debugger
        // either, which takes seconds for each process that dies, and there are hundreds.
        command.env("WINEDLLOVERRIDES", "mshtml,mscoree,winemenubuilder.exe,winedbg.exe=");
        // No windows either; and names of files are UTF-8.
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env("LC_ALL", "C.UTF-8");
        command
    }
}

impl Drop for Prefix {
    fn drop(&mut self) {
        let mut server = Command::new(&self.wine.server);
        self.surroundings(server.arg("-k"));
        // Fails if nothing runs any more.
        let _ = server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

/// A path of this system as Windows programs see it under Wine.
pub fn windows_path(path: &Path) -> OsString {
    let mut text = OsString::from("Z:");
    text.push(path);
    // Names of files here have no backslash.
    text.to_string_lossy().replace('/', "\\").into()
}

/// How a program ended, and what it printed.
pub struct Finished {
    pub status: ExitStatus,
    pub output: String,
    pub errors: String,
}

/// Runs a program to its end, until the deadline. What it prints goes to files: Wine's own processes keep a pipe open
/// long after the program has ended.
pub fn finish(program: &mut Command, files: &Path, deadline: Duration) -> Result<Finished> {
    let paths = ["out", "log"].map(|ending| {
        let mut path = files.as_os_str().to_owned();
        path.push(format!(".{ending}"));
        PathBuf::from(path)
    });
    let create = |path: &Path| File::create(path).with_context(|| path.display().to_string());
    program.stdin(Stdio::null()).stdout(create(&paths[0])?).stderr(create(&paths[1])?);
    let status = wait(program, deadline)?;
    let [output, errors] = paths.map(|path| {
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        Ok::<_, anyhow::Error>(String::from_utf8_lossy(&bytes).into_owned())
    });
    Ok(Finished { status, output: output?, errors: errors? })
}

/// Starts a program and waits for its end, until the deadline.
fn wait(command: &mut Command, deadline: Duration) -> Result<ExitStatus> {
    let program = command.get_program().display().to_string();
    let mut child = command.spawn().with_context(|| format!("could not start {program}"))?;
    if let Some(status) =
        child.wait_timeout(deadline).with_context(|| format!("could not wait for {program}"))?
    {
        return Ok(status);
    }
    // Both fail only if it has just ended.
    let _ = child.kill();
    let _ = child.wait();
    bail!("{program} has not ended within {deadline:?}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_programs_are_told_windows_paths() {
        assert_eq!(windows_path(Path::new("/r/é 驱/a.dll")), r"Z:\r\é 驱\a.dll");
    }

    // `sh` and `sleep` are there on Linux, where `cargo xtask wine` runs.
    #[cfg(unix)]
    #[test]
    fn what_a_program_prints_is_read_from_files_of_that_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Command::new("sh");
        program.args(["-c", "echo told; echo wrong >&2; exit 3"]);
        let finished = finish(&mut program, &folder.path().join("a.b"), RUN).unwrap();
        assert_eq!((finished.status.code(), finished.output.as_str()), (Some(3), "told\n"));
        assert_eq!(finished.errors, "wrong\n");
        assert!(folder.path().join("a.b.out").is_file());
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Command::new("sleep");
        let hung = finish(program.arg("1000"), &folder.path().join("x"), Duration::from_millis(10));
        assert!(hung.is_err_and(|error| error.to_string().contains("has not ended")));
    }
}
