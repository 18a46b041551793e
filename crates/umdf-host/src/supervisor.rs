//! The supervisor: starts host processes, owns the deadline, and tells what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;

use crate::bus::PciBus;
use crate::framework::hwaccess::MAPS_REGISTERS;
use crate::history::HistoryError;
use crate::inf::directives::RegisterAccessMode;
use crate::inf::{Inf, InfError, Installation, TargetOs, UmdfVersion};
use crate::picture::Recording;
use crate::report::Report;
use crate::rules::Rule;
use crate::scenario::{DeviceError, Model, Scenario};
use crate::schedule::Plan;

#[cfg(target_os = "linux")]
use crate::inf::directives::HostProcessSharing;
#[cfg(target_os = "linux")]
use crate::worker::Orders;

use hosting::{Hosting, Played, Setup};
pub use serving::{Remote, Service, Told};

mod clients;
mod hosting;
mod process;
mod restarts;
mod routes;
mod serving;

/// The reflector's limit for a request without progress (Microsoft Learn, "How UMDF Enforces Time-Outs").
pub const DEADLINE: Duration = Duration::from_mins(1);
/// The version of UMDF that the framework of this host is.
pub const MAJOR: u32 = 2;
/// As `MAJOR`.
pub const MINOR: u32 = 15;

/// Why a run cannot begin, or its result cannot be told.
#[derive(Debug, Error)]
pub enum RunError {
    /// The driver's library is missing.
    #[error("driver {path}: {source}; build it first, or name the library with --driver")]
    Driver {
        /// The path that was given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The INF cannot be read.
    #[error("INF {path}: {source}")]
    ReadInf {
        /// The path that was given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The INF does not install the device.
    #[error("INF {path}: {source}")]
    Inf {
        /// The path that was given.
        path: PathBuf,
        /// What is wrong, and where.
        source: InfError,
    },
    /// The driver was built for a newer framework.
    #[error(
        "INF {path}: the driver needs UMDF {needed}, this host offers {MAJOR}.{MINOR}: build the driver for that version"
    )]
    Version {
        /// The path that was given.
        path: PathBuf,
        /// `UmdfLibraryVersion`.
        needed: UmdfVersion,
    },
    /// The INF installs different drivers for the devices.
    #[error(
        "INF {path}: it installs another driver, {other}, for one of the devices: a host process holds one driver"
    )]
    TwoDrivers {
        /// The path that was given.
        path: PathBuf,
        /// The other driver's UMDF service.
        other: String,
    },
    /// The INF wants registers mapped into the process, and this machine is none of those on which that
    /// is possible.
    #[error(
        "INF {path}: only on x86-64, with Linux (GNU) or Windows, can this host map registers into the process: \
         set UmdfRegisterAccessMode = RegisterAccessUsingSystemCall"
    )]
    UserModeMapping {
        /// The path that was given.
        path: PathBuf,
    },
    /// A device of QEMU lives in real time.
    #[error(
        "scenario: {model} lives in the time of the machine, which no seed repeats: leave --seed out, or take a \
         device model of the host's own with --device"
    )]
    RealTime {
        /// The model.
        model: Model,
    },
    /// Nothing can be said of a driver with faults that fails without.
    #[error("the life fails although nothing goes wrong in it: {why}; mend that first")]
    Sick {
        /// What is wrong.
        why: String,
    },
    /// Lives are explored in one process.
    #[error(
        "INF {path}: each of the scenario's devices has a host process of its own, and lives are explored in one: \
         set UmdfHostProcessSharing = ProcessSharingEnabled, or take one device"
    )]
    Apart {
        /// The path that was given.
        path: PathBuf,
    },
    /// As above, and the scenario wants more than one process.
    #[error(
        "scenario: step {number} installs the driver anew, in another host process, and lives are explored in one: \
         leave --keep-steps out, or the step"
    )]
    Reinstalls {
        /// Number of the step, from 1.
        number: usize,
    },
    /// The device of the scenario cannot be built.
    #[error("scenario: {0}")]
    Scenario(#[from] DeviceError),
    /// The history is unusable.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The worker cannot be started or watched.
    #[error("worker process: {0}")]
    Worker(#[from] io::Error),
}

/// One run: a driver, its INF and a scenario.
#[derive(Clone)]
pub struct Run {
    driver: PathBuf,
    inf: PathBuf,
    scenario: Scenario,
    disabled: BTreeSet<Rule>,
    deadline: Duration,
    serves: bool,
    restarts: bool,
    plan: Option<Plan>,
    until: Option<u64>,
}

impl Run {
    /// A run with every rule in force and the deadline of Windows, 60 s, in which no device is restarted:
    /// so Windows does it with the flag 1 of `DebugModeFlags`.
    pub fn new(driver: impl Into<PathBuf>, inf: impl Into<PathBuf>, scenario: Scenario) -> Self {
        Self {
            driver: driver.into(),
            inf: inf.into(),
            plan: scenario.plan,
            scenario,
            disabled: BTreeSet::new(),
            deadline: DEADLINE,
            serves: false,
            restarts: false,
            until: None,
        }
    }

    /// Switches a rule off.
    #[must_use]
    pub fn without_rule(mut self, rule: Rule) -> Self {
        self.disabled.insert(rule);
        self
    }

    /// Changes the longest time without progress.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Says whether devices are restarted when their host process ended before its time.
    #[must_use]
    pub fn restarts(mut self, restarts: bool) -> Self {
        self.restarts = restarts;
        self
    }

    /// Makes the run deterministic: one thread runs at a time, the seed chooses which, and time is virtual.
    /// The same seed, driver and scenario have the same history.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.plan.get_or_insert_default().seed = seed;
        self
    }

    /// Makes the run deterministic, as [`seed`](Self::seed) does, and limits how often a thread that could go
    /// on is made to wait for another. Without this there is no limit.
    #[must_use]
    pub fn preemptions(mut self, most: u32) -> Self {
        self.plan.get_or_insert_default().preemptions = Some(most);
        self
    }

    /// The scenario that it plays.
    pub(crate) fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// What makes it deterministic; the plan of seed 0, if nothing else was said.
    pub(crate) fn plan(&self) -> Plan {
        self.plan.unwrap_or_default()
    }

    /// Plays another scenario, with its plan.
    #[must_use]
    pub(crate) fn with_scenario(self, scenario: Scenario) -> Self {
        Self { plan: scenario.plan, scenario, ..self }
    }

    /// Stops each host process behind the event of this number, from 1, for a debugger. How long it stands still
    /// does not matter: nobody watches the time then.
    #[must_use]
    pub fn until(mut self, event: u64) -> Self {
        self.until = Some(event);
        self
    }

    /// Runs the driver's life in host processes and waits for its end.
    ///
    /// # Errors
    /// [`RunError`] if no run came about, or it cannot be told: driver, INF or scenario are not what they must be, or the
    /// system refused something. What the driver does wrong is in the report.
    pub fn run(self) -> Result<Report, RunError> {
        Ok(self.record()?.0)
    }

    /// As [`run`](Self::run), and keeps what happened for pictures of it.
    ///
    /// # Errors
    /// As those of [`run`](Self::run).
    pub fn record(self) -> Result<(Report, Recording), RunError> {
        self.play(Hosting::play)
    }

    /// Runs the driver's life as far as the scenario goes, and has the devices there for clients until one who
    /// has a [`Remote`] wants an end, or no host process is left. `tell` hears what happens meanwhile.
    ///
    /// # Errors
    /// As those of [`run`](Self::run), and what the socket refuses.
    pub fn serve(self, service: Service, tell: &mut dyn FnMut(&Told<'_>)) -> Result<Report, RunError> {
        // Clients do not come by a seed.
        let serving = Self { serves: true, plan: None, ..self };
        Ok(serving.play(|hosting| hosting.serve(service, tell))?.0)
    }

    fn play(
        self,
        play: impl FnOnce(Hosting) -> Result<Played, RunError>,
    ) -> Result<(Report, Recording), RunError> {
        self.check_time()?;
        let driver = self.driver_file()?;
        let installations = installations(&self.inf, &self.scenario)?;
        let driver_name = driver.file_name().unwrap_or_default().to_string_lossy();
        let installed =
            installations.values().map(|installation| words(installation, &driver_name)).collect();
        let scenario = self.scenario.clone();
        let hosting = Hosting::new(Setup {
            driver,
            installations,
            scenario: self.scenario,
            disabled: self.disabled,
            deadline: self.deadline,
            serves: self.serves,
            restarts: self.restarts,
            plan: self.plan,
            until: self.until,
        });
        let played = play(hosting)?;
        let title = scenario.title.clone();
        let report = Report::new(title, installed, &played.log, played.hosts, played.devices);
        Ok((report, Recording::new(scenario, played.log)))
    }

    /// Orders for a process that holds every device, and the first plan.
    ///
    /// # Errors
    /// As [`Run::run`], and where the devices must not share one process.
    #[cfg(target_os = "linux")]
    pub(crate) fn orders_of_one(self) -> Result<(Orders, Plan), RunError> {
        self.check_time()?;
        let driver = self.driver_file()?;
        let installations = installations(&self.inf, &self.scenario)?;
        let mut sharing = installations.values().map(|it| it.directives.host_process_sharing);
        if installations.len() > 1 && !sharing.all(|sharing| sharing == HostProcessSharing::Enabled) {
            return Err(RunError::Apart { path: self.inf });
        }
        let Self { scenario, disabled, deadline, plan, .. } = self;
        let orders = Orders {
            driver,
            installations,
            scenario,
            disabled,
            deadline,
            plan: None,
            until: None,
            step: 1,
            serves: false,
        };
        Ok((orders, plan.unwrap_or_default()))
    }

    /// What a seed repeats has no device in real time.
    fn check_time(&self) -> Result<(), RunError> {
        let in_qemu =
            self.scenario.devices.iter().map(|device| device.model).find(|model| model.is_in_qemu());
        match in_qemu.filter(|_| self.plan.is_some()) {
            Some(model) => Err(RunError::RealTime { model }),
            None => Ok(()),
        }
    }

    fn driver_file(&self) -> Result<PathBuf, RunError> {
        fs::canonicalize(&self.driver)
            .map_err(|source| RunError::Driver { path: self.driver.clone(), source })
    }
}

/// Reads the INF as installations for the scenario's devices would.
pub fn installations(path: &Path, scenario: &Scenario) -> Result<BTreeMap<u16, Installation>, RunError> {
    let bytes = fs::read(path).map_err(|source| RunError::ReadInf { path: path.into(), source })?;
    let inf = Inf::parse(&bytes).map_err(|source| RunError::Inf { path: path.into(), source })?;
    let bus = scenario.bus()?;
    let installed = scenario.slots().map(|slot| Ok((slot, install(path, &inf, &bus, slot)?)));
    let installations = installed.collect::<Result<BTreeMap<_, _>, RunError>>()?;
    let mut services = installations.values().map(|installation| &installation.service);
    let first = services.next();
    match services.find(|other| Some(*other) != first) {
        Some(other) => Err(RunError::TwoDrivers { path: path.into(), other: other.clone() }),
        None => Ok(installations),
    }
}

/// Installs the device in a slot.
fn install(path: &Path, inf: &Inf, bus: &PciBus, slot: u16) -> Result<Installation, RunError> {
    let hardware = bus.hardware_ids(slot).unwrap_or_default();
    let compatible = bus.compatible_ids(slot).unwrap_or_default();
    let installation = Installation::plan(inf, &hardware, &compatible, TargetOs::WINDOWS_11)
        .map_err(|source| RunError::Inf { path: path.into(), source })?;
    let needed = installation.library_version;
    if (needed.major, needed.minor) > (MAJOR, MINOR) {
        return Err(RunError::Version { path: path.into(), needed });
    }
    let mode = installation.directives.register_access_mode;
    if mode == RegisterAccessMode::UserModeMapping && !MAPS_REGISTERS {
        return Err(RunError::UserModeMapping { path: path.into() });
    }
    Ok(installation)
}

/// What was installed, in words.
fn words(installation: &Installation, driver: &str) -> String {
    format!(
        "{}: service {}, {driver} in the place of {}, {} matched",
        installation.description, installation.service, installation.driver_file, installation.matched_id
    )
}
