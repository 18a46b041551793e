//! `umdf-host explore`.

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::Serialize;
use umdf_host::explore::{Exploration, Failure, Lives};
use umdf_host::{Plan, Run};

use crate::WhatOptions;

/// What stands on the command line.
#[derive(Args)]
pub struct Options {
    /// How many lives to play
    #[arg(long, default_value = "1000", value_name = "N")]
    runs: u64,
    /// The first seed
    #[arg(long, default_value = "0", value_name = "SEED")]
    seed_from: u64,
    /// How often, at most, a thread that could go on waits for another
    #[arg(long, value_name = "N")]
    preemptions: Option<u32>,
    /// Plays the scenario's own steps; else the seed draws the steps, and takes codes, inputs and pokes from the
    /// scenario
    #[arg(long)]
    keep_steps: bool,
    /// Writes the smallest life that fails, as a scenario: one for each thing that goes wrong
    #[arg(long, value_name = "FOLDER")]
    save: Option<PathBuf>,
    #[command(flatten)]
    pub what: WhatOptions,
}

/// What exploring came to, and how to go on from there.
#[derive(Serialize)]
pub struct Found {
    /// What it came to.
    #[serde(flatten)]
    pub exploration: Exploration,
    /// The command that repeats the first life that failed.
    replay: Option<String>,
    /// The scenarios that were written.
    saved: Vec<PathBuf>,
}

/// Plays the lives.
pub fn run(options: &Options) -> anyhow::Result<Found> {
    let run = options.what.run(options.what.scenario()?).seed(options.seed_from);
    let run = options.preemptions.into_iter().fold(run, Run::preemptions);
    let lives = if options.keep_steps { Lives::Written } else { Lives::Drawn };
    let exploration = run.clone().explore(options.runs, lives)?;
    let replay = exploration.failures.first().map(|failure| replay(options, failure));
    let mut saved = Vec::new();
    if let Some(folder) = &options.save {
        let mut seen = BTreeSet::new();
        for failure in &exploration.failures {
            if seen.insert(failure.symptom()) {
                saved.extend(save(&run, options, failure, lives, folder)?);
            }
        }
    }
    Ok(Found { exploration, replay, saved })
}

/// The command that repeats a life.
fn replay(options: &Options, failure: &Failure) -> String {
    let mut words = options.what.words();
    words.extend(["--seed".into(), failure.seed.to_string()]);
    words.extend(options.preemptions.iter().flat_map(|most| ["--preemptions".into(), most.to_string()]));
    words.extend((!options.keep_steps).then(|| "--drawn".into()));
    format!("umdf-host run {}", words.join(" "))
}

/// Writes the smallest life that fails as this one does.
fn save(
    run: &Run,
    options: &Options,
    failure: &Failure,
    lives: Lives,
    folder: &Path,
) -> anyhow::Result<Option<PathBuf>> {
    let plan = Plan { seed: failure.seed, preemptions: options.preemptions };
    let Some(life) = run.clone().smallest(failure, plan, lives)? else { return Ok(None) };
    let words: Vec<_> = failure
        .symptom()
        .to_lowercase()
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
        .map(str::to_owned)
        .collect();
    let path = folder.join(format!("{}-{}.toml", words.join("-"), failure.seed));
    let text = format!("# {}\n\n{}", failure.what.replace('\n', " "), life.to_toml()?);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
    written.with_context(|| format!("cannot write {}: name another folder", path.display()))?;
    Ok(Some(path))
}

impl Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.exploration.fmt(f)?;
        for path in &self.saved {
            writeln!(f, "saved: {}", path.display())?;
        }
        self.replay.as_ref().map_or(Ok(()), |replay| writeln!(f, "replay: {replay}"))
    }
}
