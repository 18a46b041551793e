//! Deterministic mode: one seed has one history, natively and under Wine.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::inf::{Change, LINE, RAISE, changed};
use super::prefix::{RUN, finish, windows_path};
use super::{Bench, Found, Pair, file_name};
use crate::sim::scenarios;
use crate::{DEVICE_FUNDAMENTALS, FIRST_LIFE, INF};

/// Folders with scenarios, from the root.
const FOLDERS: &[&str] = &["tests/scenarios", "tests/scenarios/found", DEVICE_FUNDAMENTALS];
/// Scenarios that want another INF.
const OTHER_INF: &[(&str, Change)] = &[("neighbour-on-the-line.toml", LINE), ("wait-interrupt.toml", RAISE)];
/// Seeds of the first life.
const SEEDS: u64 = 5;
/// The seed of every other scenario.
const SEED: u64 = 1;

/// Plays every scenario with a seed in both systems, and compares the histories event by event: threads, calls,
/// callbacks, register accesses, and what the driver traced. Each ends as the scenario expects.
pub fn same_events(bench: &Bench) -> Found {
    let windows = Pair::of(&bench.tests)?;
    let mut all = Vec::new();
    for folder in FOLDERS {
        all.extend(scenarios(&bench.root.join(folder))?);
    }
    let first_life = bench.root.join(FIRST_LIFE);
    let lives = all.into_iter().map(|scenario| (scenario, SEED));
    let lives = lives.chain((SEED + 1..=SEEDS).map(|seed| (first_life.clone(), seed)));
    let (mut count, mut runs, mut wrong) = (0, 0, Vec::new());
    for (scenario, seed) in lives {
        let name = format!("seed-{seed}-{}", file_name(&scenario));
        let inf = &inf_of(bench, &file_name(&scenario))?;
        let native = Life { scenario: &scenario, inf, seed, driver: &bench.native.driver };
        let native = native.play(
            Command::new(&bench.native.host),
            |path| path.into(),
            &bench.folder.join(format!("native-{name}")),
        )?;
        let wine = Life { scenario: &scenario, inf, seed, driver: &windows.driver };
        let wine = wine.play(
            bench.prefix.command(&windows.host),
            windows_path,
            &bench.folder.join(format!("wine-{name}")),
        )?;
        runs += 1;
        count += native.len();
        if let Some(difference) = difference(&native, &wine) {
            wrong.push(format!("{} with seed {seed}: {difference}", file_name(&scenario)));
        }
    }
    ensure!(count > 1000, "there were {count} events only");
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    Ok(Ok(format!(
        "A seed has one history natively and under Wine: {runs} lives, {count} events, each the same"
    )))
}

/// The INF that a scenario is for.
fn inf_of(bench: &Bench, scenario: &str) -> Result<PathBuf> {
    match OTHER_INF.iter().find(|(name, _)| *name == scenario) {
        Some((_, change)) => changed(bench.root, &[*change], &bench.folder, scenario),
        None => Ok(bench.root.join(INF)),
    }
}

/// One run.
struct Life<'a> {
    scenario: &'a Path,
    inf: &'a Path,
    seed: u64,
    driver: &'a Path,
}

impl Life<'_> {
    /// Plays it to the end that it expects; the answer is its events.
    fn play(&self, mut host: Command, named: fn(&Path) -> OsString, files: &Path) -> Result<Vec<String>> {
        let timeline = files.with_extension("json");
        host.arg("run").arg("--driver").arg(named(self.driver)).arg("--inf").arg(named(self.inf));
        host.arg("--scenario").arg(named(self.scenario)).arg(format!("--seed={}", self.seed));
        host.arg("--perfetto").arg(named(&timeline));
        // One of an earlier run.
        let _ = fs::remove_file(&timeline);
        let finished = finish(&mut host, files, RUN)?;
        ensure!(
            finished.status.success(),
            "{} ({}):\n{}{}",
            files.display(),
            finished.status,
            finished.output,
            finished.errors
        );
        let text =
            fs::read_to_string(&timeline).with_context(|| format!("{} has no history", files.display()))?;
        let library = file_name(self.driver);
        events(&serde_json::from_str(&text)?, &library)
    }
}

/// The events of a timeline as text; the name of the library is not part of it.
fn events(timeline: &Value, library: &str) -> Result<Vec<String>> {
    let events = timeline["traceEvents"].as_array().context("the timeline has no events")?;
    Ok(events.iter().map(|event| event.to_string().replace(library, "LIBRARY")).collect())
}

/// The first event that is not the same.
fn difference(native: &[String], wine: &[String]) -> Option<String> {
    let place = (0..native.len().max(wine.len())).find(|index| native.get(*index) != wine.get(*index))?;
    let at = |events: &[String]| events.get(place).cloned().unwrap_or_else(|| "no more".into());
    Some(format!("event {place}: natively {}, under Wine {}", at(native), at(wine)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn timeline(library: &str, names: &[&str]) -> Vec<String> {
        let events: Vec<Value> = names.iter().map(|name| json!({ "name": name, "lib": library })).collect();
        events_of(&json!({ "traceEvents": events }), library)
    }

    fn events_of(timeline: &Value, library: &str) -> Vec<String> {
        events(timeline, library).unwrap()
    }

    #[test]
    fn the_first_difference_is_told() {
        let native = timeline("libx.so", &["a", "b"]);
        assert_eq!(difference(&native, &timeline("x.dll", &["a", "b"])), None);
        let other = difference(&native, &timeline("x.dll", &["a", "c"])).unwrap();
        assert!(other.starts_with("event 1: natively ") && other.contains("\"c\""), "{other}");
        let shorter = difference(&native, &timeline("x.dll", &["a"])).unwrap();
        assert!(shorter.ends_with("under Wine no more"), "{shorter}");
        let longer = difference(&timeline("x.dll", &["a"]), &native).unwrap();
        assert!(longer.contains("natively no more"), "{longer}");
    }

    #[test]
    fn what_is_no_timeline_is_refused() {
        assert!(events(&json!({}), "x").is_err());
    }
}
