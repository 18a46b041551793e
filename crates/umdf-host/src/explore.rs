//! Many lives of one driver, each with the next seed: `umdf-host explore`.
//!
//! The supervisor starts one process, the explorer (`explorer`), which loads the driver once. Copies of it play
//! the lives, some hundred each, on fibers instead of threads. Each life has a host of its own and finds the driver's
//! library as it was right after loading, as the first one in a fresh worker does, so [`Run::seed`] repeats it;
//! one that crashes or hangs ends its copy alone.

use std::env;
use std::fmt::{self, Display};
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use shrink::{shrink, symptom};

use crate::platform::Group;
use crate::scenario::{Scenario, Step};
use crate::schedule::Plan;
use crate::supervisor::{Run, RunError};
use crate::worker::Orders;

mod draw;
mod explorer;
mod shrink;

pub use draw::draw;
pub use explorer::explore_if_asked;

/// Set in the environment of an explorer, to the path of its history.
const ASKED: &str = "UMDF_HOST_EXPLORER";

/// Which lives are played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lives {
    /// What the seed [draws](draw).
    Drawn,
    /// The steps of the scenario, as they stand there.
    Written,
}

/// What the explorer does.
#[derive(Serialize, Deserialize)]
struct Task {
    orders: Orders,
    /// The first seed and the bound of all of them.
    first: Plan,
    count: u64,
    lives: Lives,
}

/// A line of the explorer.
#[derive(Serialize, Deserialize)]
enum Line {
    Failed(Failure),
    Done { seconds: f64, switches: u64, digest: u64 },
}

/// A life that went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Its seed.
    pub seed: u64,
    /// What went wrong.
    pub what: String,
}

impl Failure {
    /// In what way it went wrong: where in the life, and with which numbers, does not matter.
    pub fn symptom(&self) -> String {
        symptom(&self.what)
    }
}

/// What exploring came to. Serialises to the document that `--json` prints.
#[derive(Clone, Debug, Serialize)]
pub struct Exploration {
    /// Lives that were played.
    pub runs: u64,
    /// Lives in which a rule was broken, an expectation missed, or the driver died or hung.
    pub violations: usize,
    /// Lives in a second of real time, one after the other.
    pub lives_per_second: f64,
    /// How often another thread got its turn, in the average life that came to its end.
    pub switches_per_life: f64,
    /// The same twice, if the same happened in every life: the sum of what
    /// [`Recording::digest`](crate::picture::Recording::digest) is for each of them, in hexadecimal.
    pub digest: String,
    /// The lives that went wrong, by their seeds.
    pub failures: Vec<Failure>,
}

impl Run {
    /// Plays so many whole lives, each with the next seed: the first is that of [`seed`](Run::seed), or 0.
    ///
    /// # Errors
    /// As [`Run::run`]; also where the devices do not share one host process, or the steps end it.
    pub fn explore(self, count: u64, lives: Lives) -> Result<Exploration, RunError> {
        let reinstalls = self.scenario().steps.iter().position(|step| matches!(step, Step::Reinstall(_)));
        if let Some(place) = reinstalls.filter(|_| lives == Lives::Written) {
            return Err(RunError::Reinstalls { number: place + 1 });
        }
        let (orders, first) = self.orders_of_one()?;
        let task = Task { orders, first, count, lives };
        let file = tempfile::NamedTempFile::with_prefix("umdf-host-")?;
        let mut command = Command::new(env::current_exe()?);
        command.env(ASKED, file.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let (mut child, group) = Group::start(&mut command)?;
        let told = child.stdin.take().map_or(Ok(()), |mut input| {
            input.write_all(&[serde_json::to_vec(&task).map_err(io::Error::from)?, b"\n".to_vec()].concat())
        });
        let heard = told.and_then(|()| {
            let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
            hear(BufReader::new(output), count)
        });
        group.end(&mut child);
        Ok(heard?)
    }

    /// Makes a life that fails small: fewer steps, requests and preemptions, as long as it fails in the same way.
    /// `plan` is its own. `None`: it does not fail alone as it did among others, or no file can say it.
    ///
    /// # Errors
    /// As [`Run::run`].
    pub fn smallest(self, failure: &Failure, plan: Plan, lives: Lives) -> Result<Option<Scenario>, RunError> {
        let life = match lives {
            Lives::Drawn => draw(self.scenario(), plan),
            Lives::Written => Scenario { plan: Some(plan), ..self.scenario().clone() },
        };
        shrink(self, life, &failure.symptom())
    }
}

/// Reads what the explorer tells, to its end.
fn hear(output: impl BufRead, lives: u64) -> io::Result<Exploration> {
    let mut failures = Vec::new();
    for line in output.lines() {
        match serde_json::from_str(&line?)? {
            Line::Failed(failure) => failures.push(failure),
            Line::Done { seconds, switches, digest } => {
                let ended = lives.saturating_sub(failures.len() as u64).max(1);
                return Ok(Exploration {
                    runs: lives,
                    violations: failures.len(),
                    lives_per_second: rate(lives, seconds),
                    switches_per_life: rate(switches, rate(ended, 1.0)),
                    digest: format!("{digest:016x}"),
                    failures,
                });
            }
        }
    }
    Err(io::Error::other("the explorer ended before its time: run one life to be told why"))
}

#[expect(clippy::cast_precision_loss, reason = "these are figures for people")]
fn rate(count: u64, of: f64) -> f64 {
    count as f64 / of
}

impl Display for Exploration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Failure { seed, what } in &self.failures {
            writeln!(f, "seed {seed}: {what}")?;
        }
        writeln!(
            f,
            "{} lives, {} of them with violations; {:.0} lives a second, {:.1} switches a life; digest {}",
            self.runs, self.violations, self.lives_per_second, self.switches_per_life, self.digest
        )
    }
}
