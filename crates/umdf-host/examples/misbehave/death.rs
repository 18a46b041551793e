//! Ways to hang and to die.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{Seek, SeekFrom, Write};
use std::process::{Command, Stdio};
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use wdk_sys::{BOOLEAN, WDF_TIMER_CONFIG, WDFDEVICE, WDFTIMER};

use crate::misbehaviour::{Death, Misbehaviour};
use crate::wdf::{attributes, check, timer_config, wdf};
use crate::{asked, trace};

/// Counts this life in the file that the environment names: how many were before.
pub fn lives_before() -> usize {
    let path = std::env::var_os("MISBEHAVE_LIVES").expect("who asks for it names a file");
    let before = fs::read(&path).map_or(0, |lives| lives.len());
    fs::write(path, vec![b'.'; before + 1]).expect("the file can be written");
    before
}

/// In EvtDeviceD0Entry.
pub fn misbehave(device: WDFDEVICE) {
    if asked(Misbehaviour::HangInD0Entry) {
        hang();
    }
    if asked(Misbehaviour::HangBesideTimer) {
        start_ticking(device);
        hang();
    }
    if asked(Misbehaviour::DamageHistory) {
        damage_history();
        hang();
    }
    if asked(Misbehaviour::HangWithChild) {
        start_child();
        // For whoever waits for the moment to end the host.
        eprintln!("misbehave hangs");
        hang();
    }
    if asked(Misbehaviour::StartChild) {
        start_child();
    }
    if asked(Misbehaviour::TraceForEver) {
        let line = "x".repeat(1 << 20);
        loop {
            trace!("{line}");
        }
    }
    if asked(Misbehaviour::StartDaemon) {
        start_daemon();
    }
    if asked(Misbehaviour::DieWithDaemon) {
        start_daemon();
        crash();
    }
    if asked(Misbehaviour::StopWithDaemon) {
        start_daemon();
        // The shell knows its parent before it tells whoever waits for the moment to end the host.
        let command = "echo misbehave hangs >&2; kill -STOP $PPID";
        Command::new("sh").args(["-c", command]).status().expect("it can be started");
        // The signal is on its way to some thread of the process: this one may go on until it is there.
        hang();
    }
    if asked(Misbehaviour::ReadInput) {
        let read = std::io::read_to_string(std::io::stdin());
        trace!("standard input: {read:?}");
    }
    die_if(Misbehaviour::WriteNearNull);
    if asked(Misbehaviour::DereferenceHandle) {
        // SAFETY: none: a handle is no address, and this must end the process.
        unsafe { device.cast::<u8>().read_volatile() };
    }
    if asked(Misbehaviour::Abort) {
        std::process::abort();
    }
    if asked(Misbehaviour::ExitThree) {
        std::process::exit(3);
    }
    if asked(Misbehaviour::ExitZero) {
        std::process::exit(0);
    }
    if asked(Misbehaviour::OverflowStack) {
        overflow_stack();
    }
    assert!(!asked(Misbehaviour::Panic), "this panic leaves a callback");
}

/// Dies if the INF asks for this.
pub fn die_if(misbehaviour: Misbehaviour) {
    if asked(misbehaviour) {
        crash();
    }
}

/// Dies as a request asks for it. Comes back from what is no death, or none yet.
pub fn die(how: u32) {
    let deaths =
        [Death::Crash, Death::Abort, Death::OverflowStack, Death::Hang, Death::Exit, Death::BreakRule];
    match deaths.into_iter().chain([Death::CrashLater]).find(|death| *death as u32 == how) {
        Some(Death::Crash) => crash(),
        Some(Death::Abort) => std::process::abort(),
        Some(Death::OverflowStack) => overflow_stack(),
        Some(Death::Hang) => hang(),
        Some(Death::Exit) => std::process::exit(3),
        Some(Death::BreakRule) => {
            let _none = wdf!(WdfDeviceGetDriver, null_mut());
        }
        Some(Death::CrashLater) => {
            thread::spawn(|| {
                thread::sleep(Duration::from_millis(50));
                crash();
            });
        }
        None => {}
    }
}

/// Writes where nothing is.
fn crash() {
    let near_null: *mut u32 = black_box(without_provenance_mut(16));
    // SAFETY: none: nothing is there, and this must end the process.
    unsafe { near_null.write_volatile(1) };
}

fn overflow_stack() {
    let depth = recurse(0);
    trace!("the stack is {depth} calls deep");
}

/// In EvtDriverUnload.
pub fn misbehave_in_unload() {
    die_if(Misbehaviour::DieInUnload);
    if asked(Misbehaviour::TraceAfterUnload) {
        let (traced, first) = channel();
        thread::spawn(move || {
            loop {
                trace!("still here");
                // Only the first one is waited for.
                let _ = traced.send(());
            }
        });
        first.recv().expect("the thread traces");
    }
}

/// Ticks after which [`start_ticking`]'s timer stops: whoever takes them for progress waits for 10 s.
const LAST_TICK: u32 = 200;

static TICKS: AtomicU32 = AtomicU32::new(0);

/// Starts a timer whose callback does nothing, every 50 ms.
fn start_ticking(device: WDFDEVICE) {
    let mut config = WDF_TIMER_CONFIG { Period: 50, ..timer_config(Some(evt_tick)) };
    let mut attributes = attributes(device.cast());
    let mut timer: WDFTIMER = null_mut();
    check(wdf!(WdfTimerCreate, &raw mut config, &raw mut attributes, &raw mut timer))
        .expect("a timer can be made");
    let _was_started = wdf!(WdfTimerStart, timer, -1);
}

unsafe extern "C" fn evt_tick(timer: WDFTIMER) {
    if TICKS.fetch_add(1, Ordering::Relaxed) >= LAST_TICK {
        let _was_started = wdf!(WdfTimerStop, timer, BOOLEAN::from(false));
    }
}

/// As a driver could that writes where it should not: the host has the file in this process.
fn damage_history() {
    let maps = fs::read_to_string("/proc/self/maps").expect("the system tells what is mapped");
    let history = maps.split_whitespace().find(|word| word.ends_with(".history")).expect("it is mapped");
    let mut file = File::options().write(true).open(history).expect("the host's user may write it");
    // The second word of the header says how far the host wrote.
    file.seek(SeekFrom::Start(8)).expect("the file is longer");
    file.write_all(&u64::MAX.to_le_bytes()).expect("the file is writable");
}

/// Waits for ever, without a call to the framework.
pub fn hang() {
    loop {
        thread::sleep(Duration::from_secs(1));
    }
}

/// Starts a process that would outlive everybody here. Nobody waits for it.
fn start_child() {
    let command: &[&str] =
        if cfg!(windows) { &["ping", "-n", "1000", "127.0.0.1"] } else { &["sleep", "1000"] };
    let child = Command::new(command[0]).args(&command[1..]).stdin(Stdio::null()).spawn();
    trace!("the child is process {}", child.expect("it can be started").id());
    // A driver's standard output is nobody's report.
    println!("misbehave has a child");
}

/// As [`start_child`], but the process leaves its session and its parent too.
fn start_daemon() {
    let command = "(setsid sleep 1000 < /dev/null & echo misbehave has a daemon)";
    let status = Command::new("sh").args(["-c", command]).status();
    trace!("the shell ended: {status:?}");
}

/// Never comes back: each call needs stack of its own.
#[expect(unconditional_recursion, reason = "that is the point")]
fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    black_box(recurse(depth + 1)) + frame[63]
}
