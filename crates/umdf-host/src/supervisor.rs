//! The supervisor: starts the worker, owns the deadline, and tells what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use thiserror::Error;

use crate::bus::PciBus;
use crate::framework::hwaccess::MAPS_REGISTERS;
use crate::history::{Event, HistoryError, HistoryFile, Reader, Record};
use crate::host::exit;
use crate::inf::directives::RegisterAccessMode;
use crate::inf::{Inf, InfError, Installation, TargetOs, UmdfVersion};
use crate::platform;
use crate::report::{End, Report};
use crate::rules::Rule;
use crate::scenario::{DeviceError, Scenario};
use crate::silence::{Patience, Silence};
use crate::worker::{ASKED, Orders};

/// The reflector's limit for a request without progress (Microsoft Learn, "How UMDF Enforces Time-Outs").
const DEADLINE: Duration = Duration::from_mins(1);
/// The version of UMDF that the framework of this host is.
pub const MAJOR: u32 = 2;
/// As `MAJOR`.
pub const MINOR: u32 = 15;
/// How often the supervisor looks at its worker.
const LOOK: Duration = Duration::from_millis(1);

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
pub struct Run {
    driver: PathBuf,
    inf: PathBuf,
    scenario: Scenario,
    disabled: BTreeSet<Rule>,
    deadline: Duration,
}

impl Run {
    /// A run with every rule in force and the deadline of Windows, 60 s.
    pub fn new(driver: impl Into<PathBuf>, inf: impl Into<PathBuf>, scenario: Scenario) -> Self {
        Self {
            driver: driver.into(),
            inf: inf.into(),
            scenario,
            disabled: BTreeSet::new(),
            deadline: DEADLINE,
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

    /// Runs the driver's life in a worker process and waits for its end.
    pub fn run(self) -> Result<Report, RunError> {
        let driver = self.driver_file()?;
        let installations = self.installations()?;
        let driver_name = driver.file_name().unwrap_or_default().to_string_lossy();
        let installed =
            installations.values().map(|installation| words(installation, &driver_name)).collect();
        let file = tempfile::Builder::new().prefix("umdf-host-").suffix(".history").tempfile()?;
        let history = HistoryFile::create(file.as_file())?;
        let title = self.scenario.title.clone();
        let patience = Patience::new(self.deadline, self.scenario.longest_wait());
        let orders = Orders {
            driver,
            installations,
            scenario: self.scenario,
            disabled: self.disabled,
            deadline: self.deadline,
            history: file.path().into(),
        };
        let mut worker = Worker::start(&orders)?;
        let watched = worker.watch(&history, patience)?;
        drop(worker);
        let records = history.records()?;
        Ok(match watched {
            Watched::Ended(status) => Report::new(title, installed, &records, end(status, &records)),
            Watched::Hung(what) => {
                let message = format!("{what} made no progress for {:?}", self.deadline);
                let mut report = Report::new(title, installed, &records, End::Hung { what });
                report.add_violation(Rule::CallbackTimeout.name(), message);
                report
            }
            // No callback is to blame, so no rule is broken.
            Watched::Silent(time) => {
                let what = format!("no callback is open, and nothing has happened for {time:.1?}");
                Report::new(title, installed, &records, End::Hung { what })
            }
        })
    }

    fn driver_file(&self) -> Result<PathBuf, RunError> {
        fs::canonicalize(&self.driver)
            .map_err(|source| RunError::Driver { path: self.driver.clone(), source })
    }

    /// Reads the INF as installations for the scenario's devices would.
    fn installations(&self) -> Result<BTreeMap<u16, Installation>, RunError> {
        let bytes =
            fs::read(&self.inf).map_err(|source| RunError::ReadInf { path: self.inf.clone(), source })?;
        let inf = Inf::parse(&bytes).map_err(|source| RunError::Inf { path: self.inf.clone(), source })?;
        let bus = self.scenario.bus()?;
        let installed = self.scenario.slots().map(|slot| Ok((slot, self.install(&inf, &bus, slot)?)));
        let installations = installed.collect::<Result<BTreeMap<_, _>, RunError>>()?;
        let mut services = installations.values().map(|installation| &installation.service);
        let first = services.next();
        match services.find(|other| Some(*other) != first) {
            Some(other) => Err(RunError::TwoDrivers { path: self.inf.clone(), other: other.clone() }),
            None => Ok(installations),
        }
    }

    /// Installs the device in a slot.
    fn install(&self, inf: &Inf, bus: &PciBus, slot: u16) -> Result<Installation, RunError> {
        let hardware = bus.hardware_ids(slot).unwrap_or_default();
        let compatible = bus.compatible_ids(slot).unwrap_or_default();
        let installation = Installation::plan(inf, &hardware, &compatible, TargetOs::WINDOWS_11)
            .map_err(|source| RunError::Inf { path: self.inf.clone(), source })?;
        let needed = installation.library_version;
        if (needed.major, needed.minor) > (MAJOR, MINOR) {
            return Err(RunError::Version { path: self.inf.clone(), needed });
        }
        let mode = installation.directives.register_access_mode;
        if mode == RegisterAccessMode::UserModeMapping && !MAPS_REGISTERS {
            return Err(RunError::UserModeMapping { path: self.inf.clone() });
        }
        Ok(installation)
    }
}

/// What was installed, in words.
fn words(installation: &Installation, driver: &str) -> String {
    format!(
        "{}: service {}, {driver} in the place of {}, {} matched",
        installation.description, installation.service, installation.driver_file, installation.matched_id
    )
}

/// How the worker's end looks from its exit status and its history. A driver that leaves with one of
/// the host's own exit codes has not recorded the event that goes with it.
fn end(status: ExitStatus, records: &[Record]) -> End {
    let last = records.last().map(|record| &record.event);
    match (status.code(), last) {
        (Some(exit::FINISHED), Some(Event::Finished)) => End::Finished,
        (Some(exit::VIOLATION), Some(_))
            if records.iter().any(|r| matches!(r.event, Event::Violation { .. })) =>
        {
            End::Violation
        }
        (Some(exit::ENDED), Some(Event::Ended { reason })) => End::Ended { reason: reason.clone() },
        (Some(exit::HISTORY_FULL), _) => End::Ended { reason: HistoryError::Full.to_string() },
        _ => End::Died { how: platform::describe_exit(status) },
    }
}

/// What watching a worker came to.
enum Watched {
    /// It ended by itself.
    Ended(ExitStatus),
    /// These callbacks, or the library's initialiser, do not return.
    Hung(String),
    /// Nothing has happened for this long, and no callback is open.
    Silent(Duration),
}

/// The worker process. Dropping it ends it and everything that it started.
struct Worker {
    child: Child,
}

impl Worker {
    fn start(orders: &Orders) -> Result<Self, RunError> {
        let mut command = Command::new(env::current_exe()?);
        // What the driver prints must not disturb the report on standard output.
        command.env(ASKED, "1").stdin(Stdio::piped()).stdout(Stdio::from(io::stderr()));
        platform::lead_a_group(&mut command);
        let mut worker = Self { child: command.spawn()? };
        let mut orders = serde_json::to_vec(orders).map_err(io::Error::from)?;
        orders.push(b'\n');
        // The pipe stays open: its end tells the worker that the supervisor is gone.
        if let Some(input) = &mut worker.child.stdin {
            input.write_all(&orders)?;
        }
        Ok(worker)
    }

    /// Waits for the end of the worker, or until it or a callback in it has been silent for too long.
    fn watch(&mut self, history: &HistoryFile, patience: Patience) -> Result<Watched, RunError> {
        let mut reader = Reader::default();
        let mut silence = Silence::new(patience, Instant::now());
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Watched::Ended(status));
            }
            let now = Instant::now();
            while let Some((thread, record)) = reader.next(history)? {
                silence.heard(thread, &record.event, now);
            }
            let hanging = silence.hanging(now);
            if !hanging.is_empty() {
                return Ok(Watched::Hung(hanging.join(", ")));
            }
            if let Some(time) = silence.too_long(now) {
                return Ok(Watched::Silent(time));
            }
            thread::sleep(LOOK);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        platform::end_group(&self.child);
        // Both fail only if the worker is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
