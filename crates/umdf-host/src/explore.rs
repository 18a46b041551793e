//! Many lives of one driver, each with the next seed: `umdf-host explore`.
//!
//! The supervisor starts one process, the explorer (`explorer`), which loads the driver once. Copies of it play
//! the lives, some hundred each, on fibers instead of threads. Each life has a host of its own and finds the driver's
//! library as it was right after loading, as the first one in a fresh worker does, so [`Run::seed`] repeats it;
//! one that crashes or hangs ends its copy alone.

use std::fmt::{self, Display};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use std::{env, thread};

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
/// How much longer than a life the explorer may be silent.
const PATIENCE: Duration = Duration::from_secs(10);

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
    /// The driver is loaded, and lives begin.
    Loaded,
    /// Lives go on.
    GoesOn,
    Failed(Failure),
    /// `ended` lives came to their end, in so many switches.
    Done {
        seconds: f64,
        ended: u64,
        switches: u64,
        digest: u64,
    },
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
        let limit = orders.deadline.saturating_add(PATIENCE);
        let line = serde_json::to_vec(&Task { orders, first, count, lives }).map_err(io::Error::from)?;
        let file = tempfile::NamedTempFile::with_prefix("umdf-host-")?;
        let mut command = Command::new(env::current_exe()?);
        command.env(ASKED, file.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let (mut child, group) = Group::start(&mut command)?;
        let heard = child
            .stdin
            .take()
            .zip(child.stdout.take())
            .map_or(Err(ErrorKind::BrokenPipe.into()), |(input, output)| {
                hear(&talk(input, [line, b"\n".to_vec()].concat(), output), count, limit)
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

/// Says to the explorer what to do; the answer is what it tells. Not on this thread: it would keep that if it did
/// neither.
fn talk(
    mut input: impl Write + Send + 'static,
    task: Vec<u8>,
    output: impl Read + Send + 'static,
) -> Receiver<io::Result<Line>> {
    // Fails only if the explorer is gone, and then it tells nothing.
    thread::spawn(move || input.write_all(&task));
    let (send, lines) = channel();
    thread::spawn(move || {
        let lines = BufReader::new(output).lines();
        let mut lines = lines.map(|line| line.and_then(|line| Ok(serde_json::from_str(&line)?)));
        // Fails only if nobody listens any more.
        lines.try_for_each(|line| send.send(line))
    });
    lines
}

/// Hears what the explorer tells, to its end.
fn hear(told: &Receiver<io::Result<Line>>, lives: u64, limit: Duration) -> io::Result<Exploration> {
    let (mut is_loaded, mut failures) = (false, Vec::new());
    loop {
        let line = told.recv_timeout(limit).map_err(|error| match error {
            RecvTimeoutError::Disconnected => {
                io::Error::other("the explorer ended before its time: run one life to be told why")
            }
            RecvTimeoutError::Timeout => {
                let what =
                    if is_loaded { "lives do not go on" } else { "the driver's library is not loaded" };
                let what = format!("{what} after {limit:?}: run one life to be told more");
                io::Error::new(ErrorKind::TimedOut, what)
            }
        })?;
        match line? {
            Line::Loaded => is_loaded = true,
            Line::GoesOn => {}
            Line::Failed(failure) => failures.push(failure),
            Line::Done { seconds, ended, switches, digest } => {
                return Ok(Exploration {
                    runs: lives,
                    violations: failures.len(),
                    lives_per_second: rate(lives, seconds),
                    switches_per_life: rate(switches, rate(ended.max(1), 1.0)),
                    digest: format!("{digest:016x}"),
                    failures,
                });
            }
        }
    }
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
