//! A worker without a supervisor: the program that links the driver holds it itself.

// UNSAFETY: nobody but the caller can vouch for a function that is a driver's entry point.
#![expect(unsafe_code, reason = "the caller vouches for the driver's entry point")]

use std::collections::BTreeSet;
use std::path::Path;

use tempfile::NamedTempFile;
use thiserror::Error;
use wdk_portable::loader::FxDriverEntryUm;

use crate::history::{HistoryError, HistoryFile, Record};
use crate::host::Host;
use crate::play::Player;
use crate::scenario::{Scenario, Step};
use crate::supervisor::{DEADLINE, RunError, installations};
use crate::{status, worker};

/// Why a driver cannot be held in this process.
#[derive(Debug, Error)]
pub enum InProcessError {
    /// The INF, the scenario's devices or the history.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A process holds one driver, once.
    #[error("this process has held a driver already: start another process")]
    Again,
    /// The driver's entry point failed.
    #[error("the driver did not load: {status}")]
    Driver {
        /// What it returned.
        status: String,
    },
}

/// A driver that is linked into this program, in the host: for measurements, and whatever else needs many
/// device lives in one process. The events go to a history file, as in a worker.
///
/// There is no supervisor. A driver that breaks a rule for which Windows ends the host process ends this
/// program, with exit code 70; one that crashes or hangs takes it along. [`Run`](crate::Run) the same
/// scenario to be told why.
pub struct InProcess {
    host: &'static Host,
    player: Player,
    /// Steps that were played.
    played: usize,
    history: HistoryFile,
}

impl InProcess {
    /// Installs the driver for the scenario's devices and calls its entry point; no device is there yet,
    /// and no step is played. Once in a process, which a panic on any thread ends from here on.
    ///
    /// # Safety
    /// `entry` is what `wdk_portable::export_fx_driver_entry_um!` made of a driver.
    pub unsafe fn load(
        entry: FxDriverEntryUm,
        inf: &Path,
        scenario: &Scenario,
    ) -> Result<Self, InProcessError> {
        let installations = installations(inf, scenario)?;
        let bus = scenario.bus().map_err(RunError::from)?;
        let file = NamedTempFile::with_prefix("umdf-host-").map_err(RunError::from)?;
        let history = HistoryFile::create(file.as_file()).map_err(RunError::from)?;
        let written = HistoryFile::open(file.path()).map_err(RunError::from)?;
        // Both mappings stay. With its name gone the file goes with them, however this process ends. Where a
        // file keeps its name as long as it is mapped it is left in the folder for temporary files.
        let _ = file.close();
        let host = Host::install(
            installations,
            scenario,
            BTreeSet::new(),
            DEADLINE,
            Box::leak(Box::new(written)),
            bus,
        )
        .ok_or(InProcessError::Again)?;
        worker::abort_on_panic();
        worker::prepare();
        let status = worker::enter(host, entry);
        if status < 0 {
            return Err(InProcessError::Driver { status: status::describe(status) });
        }
        let player = Player::new(host, scenario);
        Ok(Self { host, player, played: 0, history })
    }

    /// Plays some steps. Devices and handles are what earlier steps left; the history begins anew, so any
    /// number of calls has room in it.
    pub fn play(&mut self, steps: &[Step]) {
        self.host.begin_history_anew();
        self.player.play(self.played + 1, steps);
        self.played += steps.len();
    }

    /// What has happened since the last [`play`](Self::play) began.
    pub fn records(&self) -> Result<Vec<Record>, HistoryError> {
        self.history.records()
    }

    /// Closes and removes what is left, and lets the driver go.
    pub fn unload(self) {
        self.player.finish();
        worker::unload(self.host);
    }
}
