//! The worker: the process that holds the driver.
//!
//! The supervisor starts the same executable again with one environment variable set, sends the
//! [`Orders`] as one line of JSON to its standard input and keeps that pipe open. When it closes,
//! the supervisor is gone and the worker ends too.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, stdin};
use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs, panic, process, thread};

use serde::{Deserialize, Serialize};

use crate::framework::driver::Driver;
use crate::framework::{callbacks, hwaccess, image, object};
use crate::gate;
use crate::history::{Actor, Event, HistoryFile};
use crate::host::{Host, exit};
use crate::inf::Installation;
use crate::platform;
use crate::play;
use crate::rules::Rule;
use crate::scenario::Scenario;
use crate::status;

/// Set in the environment of a worker.
pub const ASKED: &str = "UMDF_HOST_WORKER";

/// What the supervisor wants done.
#[derive(Serialize, Deserialize)]
pub struct Orders {
    /// The driver's library.
    pub driver: PathBuf,
    /// What the INF installs for the device in each slot.
    pub installations: BTreeMap<u16, Installation>,
    /// What happens to the device.
    pub scenario: Scenario,
    /// Rules that are switched off.
    pub disabled: BTreeSet<Rule>,
    /// Longest wait for the driver.
    pub deadline: Duration,
    /// The history file.
    pub history: PathBuf,
}

/// Runs this process as a worker, and does not return, if a supervisor started it as one. Call it
/// first in the `main` of everything that starts runs.
pub fn run_worker_if_asked() {
    if env::var_os(ASKED).is_none() {
        return;
    }
    // A panic on any thread of the host is a bug of the host: it must not look like the driver's.
    let default = panic::take_hook();
    panic::set_hook(Box::new(move |information| {
        default(information);
        process::abort();
    }));
    let mut input = BufReader::new(stdin());
    let mut line = String::new();
    let orders = input
        .read_line(&mut line)
        .map_err(anyhow::Error::from)
        .and_then(|_| Ok(serde_json::from_str(&line)?));
    let orders: Orders = match orders {
        Ok(orders) => orders,
        Err(error) => {
            eprintln!("umdf-host: a worker is started by `umdf-host run` only ({error}); unset {ASKED}");
            process::exit(exit::ENDED);
        }
    };
    let history = orders.history.clone();
    thread::spawn(move || {
        // Nothing more is ever sent: this returns when the supervisor is gone. Nobody else is left to
        // clean up, and nobody would hear what fails.
        let _ = input.read(&mut [0]);
        let _ = fs::remove_file(history);
        platform::end_own_group();
        platform::exit_now(exit::ENDED);
    });
    live(orders)
}

/// One life of the driver: load, add, the steps of the scenario, unload.
fn live(orders: Orders) -> ! {
    let history = HistoryFile::open(&orders.history).expect("the supervisor made the history");
    let bus = orders.scenario.bus().expect("the supervisor checked the scenario");
    let ioctls = orders.scenario.ioctls.clone();
    let host = Host::install(orders.installations, orders.disabled, orders.deadline, history, bus, ioctls);
    gate::act_as(Actor::Host);
    hwaccess::catch_accesses();
    let entry = image::load(host, &orders.driver);
    let status = host.pool.run(Actor::Pnp, move || image::driver_entry(host, entry));
    host.record(Event::Pnp { device: None, request: "load".into(), status: status::describe(status) });
    if status >= 0 {
        play::scenario(host, &orders.scenario);
        unload(host);
    } else {
        let message = format!("the driver did not load: {}", status::describe(status));
        host.record(Event::Missed { number: 1, message });
    }
    host.record(Event::Finished);
    platform::exit_now(exit::FINISHED)
}

/// The last device is gone: EvtDriverUnload, then the driver object goes.
fn unload(host: &'static Host) {
    let (driver, function) = {
        let mut state = host.state();
        let Some(driver) = state.driver.take() else { return };
        let function = state.objects.get::<Driver>(driver).and_then(|driver| driver.unload);
        (driver, function)
    };
    host.pool.run(Actor::Pnp, move || {
        callbacks::driver_unload(function, driver);
        object::delete(host, driver);
        object::report_leaks(host);
    });
}
