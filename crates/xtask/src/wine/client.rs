//! `eductl` under Wine: it asks for devices in vain, and talks to a host that serves natively.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use wait_timeout::ChildExt;

use super::{DEADLINE, Prefix, finish};
use crate::INF;

/// What `eductl` answers where there is no device.
const NO_DEVICE: i32 = 3;
/// What it answers where the configuration manager refuses: that of Wine 8 keeps no list of interfaces, and says
/// CR_FAILURE.
const REFUSED: (i32, &str) = (1, "CM_Get_Device_Interface_List_Size failed with CONFIGRET 0x13");
/// Pause between two looks at what the host has printed.
const PAUSE: Duration = Duration::from_millis(20);

/// Runs `eductl` under Wine, without a device and against a native host; the answer is what its self-test tells.
pub fn run(
    prefix: &Prefix,
    eductl: &Path,
    root: &Path,
    (host, driver): (&Path, &Path),
    folder: &Path,
) -> Result<String> {
    let (status, output, errors) = finish(prefix.command(eductl).arg("list"), &folder.join("eductl"))?;
    let (refused, why) = REFUSED;
    ensure!(
        status.code() == Some(NO_DEVICE) || (status.code() == Some(refused) && errors.contains(why)),
        "eductl finds a device under Wine, or does not say that there is none ({status}):\n{output}{errors}"
    );
    let mut served = Served::new(host, driver, &root.join(INF), &folder.join("served"))?;
    let mut command = prefix.command(eductl);
    command.args(["--connect", &served.address()?, "--json", "self-test"]);
    let (status, output, errors) = finish(&mut command, &folder.join("eductl"))?;
    ensure!(status.success(), "the self-test fails under Wine ({status}):\n{output}{errors}");
    served.end()?;
    let told: Value = serde_json::from_str(&output).context("eductl printed no document")?;
    Ok(format!("{} checks", told["checks"].as_array().map_or(0, Vec::len)))
}

/// A host that serves. Dropping it ends it.
struct Served {
    child: Child,
    /// What it prints.
    output: PathBuf,
}

impl Served {
    fn new(host: &Path, driver: &Path, inf: &Path, files: &Path) -> Result<Self> {
        let create = |path: &Path| File::create(path).with_context(|| path.display().to_string());
        let output = files.with_extension("out");
        let mut command = Command::new(host);
        command
            .arg("serve")
            .arg("--driver")
            .arg(driver)
            .arg("--inf")
            .arg(inf)
            .args(["--device=edu", "--control"]);
        command.stdin(Stdio::piped()).stdout(create(&output)?).stderr(create(&files.with_extension("log"))?);
        let child = command.spawn().with_context(|| format!("could not start {}", host.display()))?;
        Ok(Self { child, output })
    }

    fn printed(&self) -> Result<String> {
        fs::read_to_string(&self.output).with_context(|| self.output.display().to_string())
    }

    /// Where it serves.
    fn address(&self) -> Result<String> {
        let end = Instant::now() + DEADLINE;
        loop {
            let printed = self.printed()?;
            if let Some((line, _)) = printed.split_once('\n') {
                let address = line.strip_prefix("serving on ");
                return Ok(address
                    .with_context(|| format!("the host does not serve:\n{printed}"))?
                    .to_owned());
            }
            ensure!(Instant::now() < end, "the host does not serve within {DEADLINE:?}");
            thread::sleep(PAUSE);
        }
    }

    /// Has it end; nothing was wrong.
    fn end(&mut self) -> Result<()> {
        self.child.stdin.take().context("the host that serves hears nobody")?.write_all(b"quit\n")?;
        let status = self.child.wait_timeout(DEADLINE)?.context("the host that serves does not end")?;
        ensure!(status.success(), "the host that serves fails ({status}):\n{}", self.printed()?);
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Both fail only if it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
