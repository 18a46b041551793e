//! Looks for what is wrong with a driver: seed after seed of a scenario, until one fails.

use std::fmt::{self, Display};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use umdf_host::Run;
use umdf_host::explore::Lives;
use umdf_host::scenario::Scenario;

use super::bugs::Bug;
use super::{Outcome, ROOT};

/// Longest time in which nothing moves: in the virtual time of a seed only a bug takes that.
const DEADLINE: Duration = Duration::from_secs(20);

/// What was found.
pub struct Find {
    /// Seeds that were played, the one that failed included.
    seeds: u64,
    seconds: f64,
    /// The first thing that went wrong.
    pub what: String,
}

impl Display for Find {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>3} seeds, {:>4.1} s: {}", self.seeds, self.seconds, self.what)
    }
}

impl Find {
    /// Cells of the page.
    pub fn row(&self) -> String {
        let what = self.what.replace('|', "\\|");
        let what = what.lines().next().unwrap_or_default();
        format!("{} | {:.1} | {what}", self.seeds, self.seconds)
    }
}

/// Plays up to so many seeds of the scenario in which the bug is to be found. `None`: none of them failed.
pub fn hunt(driver: &Path, bug: &Bug, most: u64) -> Outcome<Option<Find>> {
    let root = Path::new(ROOT);
    let mut inf = fs::read_to_string(root.join("inf/edu_umdf.inx"))?;
    for [old, new] in &bug.inf {
        if !inf.contains(old) {
            return Err(format!("the INF does not say {old}").into());
        }
        inf = inf.replace(old, new);
    }
    let file = tempfile::Builder::new().suffix(".inx").tempfile()?;
    fs::write(file.path(), inf)?;
    let scenario = Scenario::load(&root.join("tests").join(&bug.scenario))?;
    let lives = if bug.drawn { Lives::Drawn } else { Lives::Written };
    let begin = Instant::now();
    // Each crowd is larger than the one before.
    let (mut first, mut crowd) = (0, 1);
    while first < most {
        crowd = (4 * crowd).min(most - first);
        let run = Run::new(driver, file.path(), scenario.clone()).deadline(DEADLINE).seed(first);
        let failures = run.explore(crowd, lives)?.failures;
        if let Some(failure) = failures.into_iter().min_by_key(|failure| failure.seed) {
            let seconds = begin.elapsed().as_secs_f64();
            return Ok(Some(Find { seeds: failure.seed + 1, seconds, what: failure.what }));
        }
        first += crowd;
    }
    Ok(None)
}
