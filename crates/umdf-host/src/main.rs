//! `umdf-host`: runs a UMDF 2 driver without Windows.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use umdf_host::report::{Outcome, Report};
use umdf_host::rules::{Rule, RuleText};
use umdf_host::scenario::Scenario;
use umdf_host::{Run, run_worker_if_asked};

/// Everything as expected.
const PASS: u8 = 0;
/// A rule broken or an expectation missed.
const FAIL: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;

#[derive(Parser)]
#[command(
    version,
    about = "Runs a UMDF 2 driver without Windows: framework, PnP, PCI bus and contract rules"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs a driver through a scenario and tells what happened
    Run {
        /// The driver's library
        #[arg(long)]
        driver: PathBuf,
        /// The INF or INX that installs it
        #[arg(long)]
        inf: PathBuf,
        /// The scenario (TOML)
        #[arg(long)]
        scenario: PathBuf,
        /// Switches a rule off; may be repeated
        #[arg(long, value_name = "NAME")]
        without_rule: Vec<Rule>,
        /// Longest time without progress, in seconds
        #[arg(long, default_value_t = 60.0, value_name = "SECONDS")]
        deadline: f64,
        /// Prints one JSON document instead of the story
        #[arg(long)]
        json: bool,
    },
    /// Lists the contract rules
    Rules {
        /// Prints one JSON document
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    run_worker_if_asked();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            error.exit()
        }
        Err(error) => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or("error: wrong usage");
            return usage(line.trim_start_matches("error: "));
        }
    };
    match cli.command {
        Command::Run { driver, inf, scenario, without_rule, deadline, json } => {
            let Ok(deadline) = Duration::try_from_secs_f64(deadline) else {
                return usage("--deadline takes a positive number of seconds");
            };
            match run(driver, inf, scenario, without_rule, deadline) {
                Ok(report) => tell(&report, json),
                Err(error) => usage(&error.to_string()),
            }
        }
        Command::Rules { json } => rules(json),
    }
}

fn usage(message: &str) -> ExitCode {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    eprintln!("umdf-host: {line} (umdf-host --help shows the usage)");
    ExitCode::from(USAGE)
}

fn run(
    driver: PathBuf,
    inf: PathBuf,
    scenario: PathBuf,
    without_rules: Vec<Rule>,
    deadline: Duration,
) -> anyhow::Result<Report> {
    let run = Run::new(driver, inf, Scenario::load(&scenario)?).deadline(deadline);
    Ok(without_rules.into_iter().fold(run, Run::without_rule).run()?)
}

fn tell(report: &Report, json: bool) -> ExitCode {
    if json {
        println!("{}", serde_json::to_string_pretty(report).expect("a report is plain data"));
    } else {
        print!("{report}");
    }
    ExitCode::from(match report.result {
        Outcome::Pass => PASS,
        Outcome::Fail => FAIL,
    })
}

fn rules(json: bool) -> ExitCode {
    let rules: Vec<RuleText> = Rule::ALL.iter().map(|rule| rule.text()).collect();
    if json {
        println!("{}", serde_json::to_string_pretty(&rules).expect("rules are plain data"));
    } else {
        for rule in rules {
            println!(
                "{}\n  the driver: {}\n  Windows:    {}\n  mend it:    {}",
                rule.name, rule.meaning, rule.windows, rule.mend
            );
        }
    }
    ExitCode::from(PASS)
}
