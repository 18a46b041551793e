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

use super::prefix::{RUN, finish};
use super::{Bench, Found};
use crate::INF;

/// What `eductl` answers where there is no device.
const NO_DEVICE: i32 = 3;
/// What it answers where the configuration manager refuses: that of Wine 8 keeps no list of interfaces, and says
/// CR_FAILURE.
const REFUSED: (i32, &str) = (1, "CM_Get_Device_Interface_List_Size failed with CONFIGRET 0x13");
/// Pause between two looks at what the host has printed.
const PAUSE: Duration = Duration::from_millis(20);

/// Runs `eductl` under Wine: without a device, and against a native host.
pub fn talks(bench: &Bench) -> Found {
    let files = bench.folder.join("eductl");
    let mut list = bench.prefix.command(&bench.windows.eductl);
    let listed = finish(list.arg("list"), &files, RUN)?;
    let (refused, why) = REFUSED;
    ensure!(
        listed.status.code() == Some(NO_DEVICE)
            || (listed.status.code() == Some(refused) && listed.errors.contains(why)),
        "eductl finds a device under Wine, or does not say that there is none ({}):\n{}{}",
        listed.status,
        listed.output,
        listed.errors
    );
    let native = &bench.native;
    let mut served =
        Served::new(&native.host, &native.driver, &bench.root.join(INF), &bench.folder.join("served"))?;
    let mut command = bench.prefix.command(&bench.windows.eductl);
    command.args(["--connect", &served.address()?, "--json", "self-test"]);
    let tested = finish(&mut command, &files, RUN)?;
    ensure!(
        tested.status.success(),
        "the self-test fails under Wine ({}):\n{}{}",
        tested.status,
        tested.output,
        tested.errors
    );
    served.end()?;
    let told: Value = serde_json::from_str(&tested.output).context("eductl printed no document")?;
    let checks = told["checks"].as_array().map_or(0, Vec::len);
    Ok(Ok(format!("The client under Wine talks to a host that serves natively: {checks} checks")))
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
        let end = Instant::now() + RUN;
        loop {
            let printed = self.printed()?;
            if let Some((line, _)) = printed.split_once('\n') {
                let address = line.strip_prefix("serving on ");
                return Ok(address
                    .with_context(|| format!("the host does not serve:\n{printed}"))?
                    .to_owned());
            }
            ensure!(Instant::now() < end, "the host does not serve within {RUN:?}");
            thread::sleep(PAUSE);
        }
    }

    /// Has it end; nothing was wrong.
    fn end(&mut self) -> Result<()> {
        self.child.stdin.take().context("the host that serves hears nobody")?.write_all(b"quit\n")?;
        let status = self.child.wait_timeout(RUN)?.context("the host that serves does not end")?;
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
