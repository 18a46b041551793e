//! `umdf-host faults`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use umdf_host::Run;
use umdf_host::faults::Sweep;
use umdf_host::scenario::Status;

use crate::WhatOptions;

/// What stands on the command line.
#[derive(Args)]
pub struct Options {
    /// Decides about the turns of threads, and draws the pairs
    #[arg(long, default_value = "0")]
    seed: u64,
    /// How many lives to play with two faults
    #[arg(long, default_value = "200", value_name = "N")]
    pairs: usize,
    /// A status that the driver may make of any fault; may be repeated
    #[arg(long, value_name = "STATUS")]
    allow: Vec<Status>,
    /// Writes each life that does not come out right as a scenario
    #[arg(long, value_name = "FOLDER")]
    save: Option<PathBuf>,
    #[command(flatten)]
    pub what: WhatOptions,
}

/// Plays the lives.
pub fn run(options: &Options) -> anyhow::Result<Sweep> {
    let run: Run = options.what.run(options.what.scenario()?).seed(options.seed);
    let sweep = run.sweep_faults(options.pairs, &options.allow)?;
    if let Some(folder) = options.save.as_ref().filter(|_| !sweep.failures.is_empty()) {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}: name another folder", folder.display()))?;
        for (number, failure) in sweep.failures.iter().enumerate() {
            let path = folder.join(format!("fault-{number}.toml"));
            let text = format!("# {}\n\n{}", failure.what.join("; "), failure.scenario.to_toml()?);
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(sweep)
}
