//! A host under Wine and a QEMU that is not there, is none, or ends in the middle: a clear error or a device that is
//! gone, never a hang.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::prefix::{Finished, RUN, finish, windows_path};
use super::qemu::Qemus;
use super::{Bench, Found};
use crate::{FIRST_LIFE, INF};

/// A life in which a request waits for an interrupt that nobody raises.
const WAITING: &str = "
title = \"A request that waits\"
device = { model = \"edu\" }
step = [
    { do = \"start\" },
    { do = \"open\" },
    { do = \"ioctl\", name = \"wait\", code = 0x226010, output-length = 8, wait = false },
    { do = \"wait\", timeout-ms = 60000 },
    { do = \"close\" },
    { do = \"remove\" },
]
";
/// When QEMU ends: by then the request waits.
const UNTIL: Duration = Duration::from_secs(8);

/// What the host answers to each.
pub fn answers(bench: &Bench) -> Found {
    let first_life = bench.root.join(FIRST_LIFE);
    let mut wrong = Vec::new();
    let mut hold = |what: &str, finished: &Finished, code: i32, words: &str| {
        let told = format!("{}{}", finished.output, finished.errors);
        if finished.status.code() != Some(code) || !told.contains(words) {
            wrong.push(format!("{what}: not {code} and \"{words}\", but {}: {told}", finished.status));
        }
    };

    let nobody = listen()?.local_addr().context("there is no free port")?;
    hold("nobody listens", &run(bench, nobody, &first_life, "qemu-nobody")?, 2, "QEMU");

    let listener = listen()?;
    let address = listener.local_addr().context("there is no free port")?;
    thread::spawn(move || {
        let Ok((mut socket, _)) = listener.accept() else { return };
        // The host hangs up when it has read that.
        let _ = socket.write_all(b"HTTP/1.1 400\n");
        let _ = socket.read_to_end(&mut Vec::new());
    });
    hold("another server", &run(bench, address, &first_life, "qemu-other")?, 2, "qtest protocol");

    let scenario = bench.folder.join("waiting.toml");
    fs::write(&scenario, WAITING).with_context(|| scenario.display().to_string())?;
    let qemu = Qemus::with_edu(&bench.qemu)?;
    let address = qemu.address();
    thread::spawn(move || {
        thread::sleep(UNTIL);
        drop(qemu);
    });
    hold("QEMU ends", &run(bench, address, &scenario, "qemu-ends")?, 1, "of device 0 is lost");

    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    Ok(
        Ok("A QEMU that is not there, is none, or ends in the middle is told, and ends no run too late"
            .into()),
    )
}

fn listen() -> Result<TcpListener> {
    TcpListener::bind("127.0.0.1:0").context("there is no free port")
}

fn run(bench: &Bench, address: SocketAddr, scenario: &Path, name: &str) -> Result<Finished> {
    ensure!(address.ip().is_loopback(), "{address} is not on this machine");
    let mut host = bench.prefix.command(&bench.windows.host);
    host.arg("run").arg("--driver").arg(windows_path(&bench.windows.driver));
    host.arg("--inf").arg(windows_path(&bench.root.join(INF))).arg("--scenario").arg(windows_path(scenario));
    host.arg(format!("--device=qemu:edu@{address}"));
    finish(&mut host, &bench.folder.join(name), RUN)
}
