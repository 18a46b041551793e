//! Build-and-run commands of this repository: `cargo sim` and `cargo xtask ...`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

mod binary;
mod build;
mod compare;
mod package;
mod sim;
mod sim_all;
mod stage_inx;
mod stress;
mod tools;
mod windows;
mod wine;

/// A build failed, a program could not be run, or what came out is not as it should be.
const FAILED: u8 = 1;
/// Wrong usage, or a machine that lacks what the task needs.
const USAGE: u8 = 2;

/// This repository's INF, from the root.
const INF: &str = "inf/edu_umdf.inx";
/// The scenario that is played if none is named, from the root.
const FIRST_LIFE: &str = "tests/scenarios/first-life.toml";

/// The scenarios that `cargo sim --all` plays, from the root.
const DEVICE_FUNDAMENTALS: &str = "tests/scenarios/hlk";

/// The folder of the checkout.
fn root() -> Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("this checkout has no root")
}

#[derive(Parser)]
#[command(about = "Build-and-run commands of this repository")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Sim(Box<sim::Options>),
    Stress(stress::Options),
    Windows(windows::Options),
    Wine(wine::Options),
    CheckPackage(package::Options),
    /// Copies inf/edu_umdf.inx to the root, where `cargo wdk build` looks for it
    StageInx,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            error.exit()
        }
        Err(error) => {
            eprintln!("xtask: {}", usage_line(&error));
            return ExitCode::from(USAGE);
        }
    };
    let done = match cli.task {
        Task::Sim(options) => sim::run(&options),
        Task::Windows(options) => windows::run(&options),
        Task::Wine(options) => wine::run(&options),
        Task::Stress(options) => stress::run(&options),
        Task::CheckPackage(options) => package::run(&options),
        Task::StageInx => stage_inx::run(),
    };
    done.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::from(if error.is::<tools::Missing>() { USAGE } else { FAILED })
    })
}

/// One line that says what is wrong with the arguments and what to do.
fn usage_line(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "name a task (cargo xtask --help lists them)".to_owned();
    }
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    format!("{line} (cargo sim --help and cargo xtask --help show the usage)")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(arguments: &[&str]) -> String {
        let Err(error) = Cli::try_parse_from(["xtask"].iter().chain(arguments)) else {
            panic!("{arguments:?} was accepted")
        };
        usage_line(&error)
    }

    #[test]
    fn wrong_usage_is_one_line_that_names_the_argument_and_the_help() {
        for (arguments, named) in [
            (&["sim", "--drivr", "x"][..], "--drivr"),
            (&["sim", "--inf"], "--inf"),
            (&["simm"], "simm"),
            (&[], "task"),
        ] {
            let line = usage(arguments);
            assert!(line.contains(named) && line.contains("--help"), "{line}");
            assert_eq!(line.lines().count(), 1, "{line}");
        }
    }
}
