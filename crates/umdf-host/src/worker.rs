//! The worker: the process that holds the driver.
//!
//! The supervisor starts the same executable again with one environment variable set and sends lines of
//! JSON to its standard input: first the [`Orders`], then [`Command`]s, which the worker answers in its
//! history. When that pipe closes, the supervisor is gone and the worker ends too.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use std::{env, fs, panic, process, thread};

use serde::{Deserialize, Serialize};
use wdk_portable::NTSTATUS;
use wdk_portable::loader::FxDriverEntryUm;

use crate::framework::driver::Driver;
use crate::framework::{callbacks, hwaccess, image, object};
use crate::gate;
use crate::history::{Actor, Event, HistoryFile, Record};
use crate::host::{Host, exit};
use crate::inf::Installation;
use crate::own;
use crate::platform;
use crate::play::Player;
use crate::rules::Rule;
use crate::scenario::{Scenario, Step};
use crate::schedule::{self, Plan};
use crate::served::{Happening, Operation, Serving};
use crate::status;
#[cfg(target_os = "linux")]
use crate::{explore, keeper};

/// Set in the environment of a worker, to the path of its history.
pub const ASKED: &str = "UMDF_HOST_WORKER";

/// What the supervisor wants done.
#[derive(Serialize, Deserialize)]
pub struct Orders {
    /// The driver's library.
    pub driver: PathBuf,
    /// What the INF installs for the devices of this host process, by their slots.
    pub installations: BTreeMap<u16, Installation>,
    /// What happens to the devices.
    pub scenario: Scenario,
    /// Rules that are switched off.
    pub disabled: BTreeSet<Rule>,
    /// Longest wait for the driver.
    pub deadline: Duration,
    /// What makes the worker deterministic.
    pub plan: Option<Plan>,
    /// Number of the event behind which the worker stops for a debugger, from 1.
    pub until: Option<u64>,
    /// Number of the step that needs the worker, from 1.
    pub step: usize,
    /// It serves clients too. Then it may run for long: the supervisor reads the history while it grows, and what
    /// was read makes room.
    pub serves: bool,
}

/// What the worker does next.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Plays steps, by their places in the scenario.
    Play(Range<usize>),
    /// Plays a step that stands in no scenario.
    Act {
        /// Its number.
        number: usize,
        /// The step.
        step: Step,
    },
    /// Does something for a client, beside the steps. It is answered with [`Event::Answered`].
    Client {
        /// The number of the operation.
        operation: u64,
        /// What.
        what: Operation,
    },
    /// Starts devices, by their numbers, that another host process held until its end.
    StartAgain(Vec<usize>),
    /// Closes what is open, removes what is present, unloads the driver and ends.
    Finish,
}

/// Runs this process as a worker, and does not return, if a supervisor started it as one. Call it
/// first in the `main` of everything that starts runs.
pub fn run_worker_if_asked() {
    #[cfg(target_os = "linux")]
    explore::explore_if_asked();
    let Some(history) = env::var_os(ASKED).map(PathBuf::from) else { return };
    #[cfg(target_os = "linux")]
    keeper::put_between(&history);
    abort_on_panic();
    let (orders, input) = match read_orders() {
        Ok(read) => read,
        Err(error) => {
            eprintln!("umdf-host: a worker is started by `umdf-host run` only ({error}); unset {ASKED}");
            process::exit(exit::ENDED);
        }
    };
    let path = history.clone();
    let (send, commands) = channel();
    let (happens, happenings) = channel();
    let asks = happens.clone();
    thread::spawn(move || {
        for line in input.lines().map_while(Result::ok) {
            // What is no command comes from nobody who could be answered; nobody listens once the worker is
            // on its way out.
            let Ok(command) = serde_json::from_str::<Command>(&line) else { break };
            match command {
                Command::Client { operation, what } => {
                    let _ = asks.send(Happening::Asked(operation, what));
                }
                command => {
                    let _ = send.send(command);
                }
            }
        }
        // The supervisor is gone. Nobody else is left to clean up, and nobody would hear what fails.
        let _ = fs::remove_file(path);
        platform::end_own_group();
        platform::exit_now(exit::ENDED);
    });
    // Not on the first thread, whose stack is whatever the shell allows: the driver's recursion shall end.
    thread::spawn(move || -> () { live(&orders, &history, &commands, (happens, happenings)) });
    loop {
        thread::park();
    }
}

/// From here on a panic on any thread ends the process: it is a bug of the host and must not look like
/// the driver's.
pub fn abort_on_panic() {
    let default = panic::take_hook();
    panic::set_hook(Box::new(move |information| {
        default(information);
        process::abort();
    }));
}

/// The orders, and where the commands come from.
fn read_orders() -> anyhow::Result<(Orders, impl BufRead + Send + 'static)> {
    let mut input = BufReader::new(platform::enter_worker()?);
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok((serde_json::from_str(&line)?, input))
}

/// One life of the driver: load, what the supervisor asks for, unload.
fn live(
    orders: &Orders,
    history: &Path,
    commands: &Receiver<Command>,
    (happens, happenings): (Sender<Happening>, Receiver<Happening>),
) -> ! {
    if let Some(plan) = orders.plan {
        schedule::begin(plan, orders.deadline);
    }
    let history = HistoryFile::open(history).expect("the supervisor made the history");
    let history = if orders.serves { history.used_again() } else { history };
    let host = install(orders, Box::leak(Box::new(history)));
    host.stop_behind(orders.until);
    prepare();
    let entry = image::load(host, &orders.driver);
    if orders.serves {
        let scenario = orders.scenario.clone();
        thread::spawn(move || Serving::serve(host, &scenario, happens, happenings));
    }
    // The thread that sends the commands takes this process along when it ends.
    life(&orders.scenario, orders.step, host, entry, commands);
    platform::exit_now(exit::FINISHED)
}

/// Makes the host of this process.
pub fn install(orders: &Orders, history: &'static HistoryFile) -> &'static Host {
    let mut bus = orders.scenario.bus().unwrap_or_else(|error| {
        // The supervisor checked the scenario: this is a QEMU that did its part then and does not now.
        let event = Event::Ended { reason: format!("a device cannot be had again: {error}") };
        let _ = history.append(own::thread(), &Record { actor: Actor::Host, event });
        platform::exit_now(exit::ENDED)
    });
    bus.place_all();
    let Orders { installations, scenario, disabled, deadline, .. } = orders;
    Host::install(installations.clone(), scenario, disabled.clone(), *deadline, history, bus)
        .expect("a worker has one host")
}

/// The life of a driver that was loaded, to its last event. It is loaded for the step of this number.
pub fn life(
    scenario: &Scenario,
    step: usize,
    host: &'static Host,
    entry: FxDriverEntryUm,
    commands: impl IntoIterator<Item = Command>,
) {
    host.failing.set(&scenario.failing);
    let status = enter(host, entry);
    if status >= 0 {
        obey(host, scenario, commands);
        if !host.pnp.is_off() {
            unload(host);
        }
    } else if !scenario.any_status {
        let message = format!("the driver did not load: {}", status::describe(status));
        host.record(Event::Missed { number: step, message });
    }
    host.record(Event::Finished);
}

/// Makes this thread the host's, and has faults at registers come to it.
pub fn prepare() {
    gate::act_as(Actor::Host);
    hwaccess::catch_accesses();
}

/// Calls the driver's entry point.
pub fn enter(host: &'static Host, entry: FxDriverEntryUm) -> NTSTATUS {
    let status = gate::run_as(Actor::Pnp, || image::driver_entry(host, entry));
    host.record(Event::Pnp { device: None, request: "load".into(), status: status::describe(status) });
    status
}

/// Does what the supervisor asks for, until it asks for the end.
fn obey(host: &'static Host, scenario: &Scenario, commands: impl IntoIterator<Item = Command>) {
    let mut player = Player::new(host, scenario);
    for command in commands {
        match command {
            Command::Play(steps) => player.play(steps.start + 1, &scenario.steps[steps]),
            Command::Act { number, step } => player.play(number, &[step]),
            // Those went another way.
            Command::Client { .. } => continue,
            Command::StartAgain(devices) => player.start_again(&devices),
            Command::Finish => break,
        }
        host.record(Event::Done);
    }
    player.finish();
}

/// The last device is gone: EvtDriverUnload, then the driver object goes.
pub fn unload(host: &'static Host) {
    let (driver, function) = {
        let mut state = host.state();
        let Some(driver) = state.driver.take() else { return };
        let function = state.objects.get::<Driver>(driver).and_then(|driver| driver.unload);
        (driver, function)
    };
    gate::run_as(Actor::Pnp, || {
        callbacks::driver_unload(function, driver);
        object::delete(host, driver);
        object::report_leaks(host);
    });
}
