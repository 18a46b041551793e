//! `umdf-host`: runs a UMDF 2 driver without Windows.

use std::fmt::{self, Display};
use std::fs;
use std::io::{self, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::anyhow;
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use serde::Serialize;
use umdf_host::coverage::Coverage as FunctionCoverage;
use umdf_host::machines::coverage::Coverage as StateCoverage;
use umdf_host::report::{Outcome, Report};
use umdf_host::rules::{NOT_TESTABLE, NotTestable, Rule, RuleText};
use umdf_host::scenario::{Replacement, Scenario};
#[cfg(target_os = "linux")]
use umdf_host::{Plan, explore::draw};
use umdf_host::{Run, RunError, run_worker_if_asked};

use inf_command::InfCommand;

#[cfg(target_os = "linux")]
mod explore_command;
mod faults_command;
mod inf_command;
mod serve;

/// Everything as expected.
const PASS: u8 = 0;
/// A rule broken, an expectation missed, or a run whose result cannot be told.
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
    Run(RunOptions),
    /// Starts devices, and has them there for programs such as eductl that connect to a socket
    Serve(serve::Options),
    /// Plays many lives of a driver, each drawn from the next seed, and looks for what goes wrong
    #[cfg(target_os = "linux")]
    Explore(explore_command::Options),
    /// Plays a scenario with one thing going wrong after the other: each framework call that may fail, and the
    /// device at each register access
    Faults(faults_command::Options),
    /// Lists the functions of the framework: which this host has, and why it lacks the others
    Coverage {
        /// Tells instead which state transitions runs took: files that runs added to, because
        /// UMDF_HOST_STATES named them
        #[arg(long, num_args = 1.., value_name = "FILE")]
        states: Vec<PathBuf>,
        /// Fails if fewer of the transitions were taken
        #[arg(long, value_name = "PERCENT", requires = "states")]
        at_least: Option<usize>,
        /// Prints one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Looks at INF files
    Inf {
        #[command(subcommand)]
        command: InfCommand,
    },
    /// Lists the contract rules
    Rules {
        /// Prints one JSON document
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
struct RunOptions {
    /// Restarts devices whose host process ended before its time, as Windows does outside its debug mode
    #[arg(long)]
    restart: bool,
    /// Makes the run deterministic: the same seed has the same history
    #[arg(long)]
    seed: Option<u64>,
    /// How often, at most, a thread that could go on waits for another
    #[arg(long, requires = "seed", value_name = "N")]
    preemptions: Option<u32>,
    /// Plays the life that explore draws from the seed, not the scenario's own steps
    #[cfg(target_os = "linux")]
    #[arg(long, requires = "seed")]
    drawn: bool,
    /// Stops the host process behind the event of this number, for a debugger. In --perfetto an event's number is
    /// its time in microseconds
    #[arg(long, requires = "seed", value_name = "EVENT", value_parser = clap::value_parser!(u64).range(1..))]
    until: Option<u64>,
    /// Draws the run as a sequence diagram
    #[arg(long, value_name = "FILE.svg")]
    diagram: Option<PathBuf>,
    /// Writes the run as a timeline for ui.perfetto.dev; an event takes a microsecond in it
    #[arg(long, value_name = "FILE.json")]
    perfetto: Option<PathBuf>,
    #[command(flatten)]
    what: WhatOptions,
}

/// What is run.
#[derive(Args)]
struct WhatOptions {
    /// The driver's library
    #[arg(long)]
    driver: PathBuf,
    /// The INF or INX that installs it
    #[arg(long)]
    inf: PathBuf,
    /// The scenario (TOML)
    #[arg(long)]
    scenario: PathBuf,
    /// Another model in the place of the scenario's devices: for example qemu:edu, the real one in QEMU, or
    /// qemu:edu@127.0.0.1:4444 in a QEMU whose qtest socket listens there
    #[arg(long, value_name = "MODEL")]
    device: Option<Replacement>,
    /// Switches a rule off; may be repeated
    #[arg(long, value_name = "NAME")]
    without_rule: Vec<Rule>,
    /// Longest time without progress
    #[arg(long, default_value = "60", value_name = "SECONDS", value_parser = seconds)]
    deadline: Duration,
    /// Prints one JSON document instead of the story
    #[arg(long)]
    json: bool,
}

/// A time that a wait can have.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds
        .filter(|time| !time.is_zero() && *time <= Duration::from_hours(24))
        .ok_or_else(|| "takes a positive number of seconds, at most a day".into())
}

fn main() -> ExitCode {
    run_worker_if_asked();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            error.exit()
        }
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return usage("say what to do: run, serve, explore, faults, coverage, inf or rules");
        }
        Err(error) => {
            // What is wrong stands before the first empty line, the usage behind it.
            let text = error.to_string();
            let message = text.split("\n\n").next().unwrap_or_default();
            return usage(message.trim_start_matches("error: "));
        }
    };
    match cli.command {
        Command::Serve(options) => match serve::serve(&options) {
            Ok(report) => tell(&report, options.json),
            Err(error) => complain_of(&error),
        },
        Command::Run(options) => match run(&options) {
            Ok(report) => tell(&report, options.what.json),
            Err(error) => complain_of(&error),
        },
        #[cfg(target_os = "linux")]
        Command::Explore(options) => match explore_command::run(&options) {
            Ok(found) => {
                let code = if found.exploration.failures.is_empty() { PASS } else { FAIL };
                print(&found, options.what.json, code)
            }
            Err(error) => complain_of(&error),
        },
        Command::Faults(options) => match faults_command::run(&options) {
            Ok(sweep) => {
                print(&sweep, options.what.json, if sweep.failures.is_empty() { PASS } else { FAIL })
            }
            Err(error) => complain_of(&error),
        },
        Command::Coverage { states, json, .. } if states.is_empty() => {
            print(&FunctionCoverage::of_table(), json, PASS)
        }
        Command::Coverage { states, at_least, json } => match StateCoverage::from_files(&states) {
            Ok(coverage) => {
                let code = if coverage.percent() < at_least.unwrap_or(0) { FAIL } else { PASS };
                print(&coverage, json, code)
            }
            Err(error) => usage(&error.to_string()),
        },
        Command::Inf { command: InfCommand::Check { file, json } } => match inf_command::check(&file) {
            Ok(findings) => print(&findings, json, if findings.is_clean() { PASS } else { FAIL }),
            Err(error) => usage(&error.to_string()),
        },
        Command::Inf { command: InfCommand::Stamp { inx, inf, driver_ver } } => {
            match inf_command::stamp(&inx, &inf, &driver_ver) {
                Ok(()) => ExitCode::from(PASS),
                Err(error) => usage(&error.to_string()),
            }
        }
        Command::Rules { json } => print(&RuleList::new(), json, PASS),
    }
}

/// What `umdf-host rules` prints.
#[derive(Serialize)]
struct RuleList {
    rules: Vec<RuleText>,
    not_testable_here: &'static [NotTestable],
}

impl RuleList {
    fn new() -> Self {
        Self { rules: Rule::ALL.iter().map(|rule| rule.text()).collect(), not_testable_here: NOT_TESTABLE }
    }
}

impl Display for RuleList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for rule in &self.rules {
            writeln!(f, "{}\n  the driver: {}", rule.name, rule.meaning)?;
            writeln!(f, "  Windows:    {}\n  mend it:    {}", rule.windows, rule.mend)?;
        }
        writeln!(f, "\nNot testable here")?;
        for NotTestable { name, reason } in self.not_testable_here {
            writeln!(f, "{name}\n  {reason}")?;
        }
        Ok(())
    }
}

fn usage(message: &str) -> ExitCode {
    complain(&format!("{message} (umdf-host --help shows the usage)"));
    ExitCode::from(USAGE)
}

/// Why nothing was run, or the result cannot be told.
fn complain_of(error: &anyhow::Error) -> ExitCode {
    match error.downcast_ref() {
        Some(error @ (RunError::History(_) | RunError::Worker(_))) => failure(&error.to_string()),
        // It has the words of what is behind it.
        Some(error) => usage(&error.to_string()),
        None => usage(&format!("{error:#}")),
    }
}

/// The command is right, and yet there is nothing to tell.
fn failure(message: &str) -> ExitCode {
    complain(message);
    ExitCode::from(FAIL)
}

fn complain(message: &str) {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    // Nobody is left to hear that this fails.
    let _ = writeln!(stderr(), "umdf-host: {line}");
}

fn run(options: &RunOptions) -> anyhow::Result<Report> {
    let scenario = options.what.scenario()?;
    #[cfg(target_os = "linux")]
    let scenario = match options.seed.filter(|_| options.drawn) {
        Some(seed) => draw(&scenario, Plan { seed, preemptions: options.preemptions }),
        None => scenario,
    };
    let run = options.what.run(scenario).restarts(options.restart);
    let run = options.seed.into_iter().fold(run, Run::seed);
    let run = options.preemptions.into_iter().fold(run, Run::preemptions);
    let run = options.until.into_iter().fold(run, Run::until);
    let (report, recording) = run.record()?;
    if let Some(path) = &options.diagram {
        save(path, &recording.diagram())?;
    }
    if let Some(path) = &options.perfetto {
        save(path, &document(&recording.perfetto()))?;
    }
    Ok(report)
}

fn save(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text)
        .map_err(|error| anyhow!("cannot write {}: {error}; name another file", path.display()))
}

impl WhatOptions {
    fn scenario(&self) -> anyhow::Result<Scenario> {
        let scenario = Scenario::load(&self.scenario)?;
        Ok(self.device.into_iter().fold(scenario, Scenario::with_model))
    }

    fn run(&self, scenario: Scenario) -> Run {
        let run = Run::new(&self.driver, &self.inf, scenario).deadline(self.deadline);
        self.without_rule.iter().copied().fold(run, Run::without_rule)
    }

    /// What stands on the command line for these, for a shell.
    #[cfg(target_os = "linux")]
    fn words(&self) -> Vec<String> {
        let files = [("--driver", &self.driver), ("--inf", &self.inf), ("--scenario", &self.scenario)];
        let files =
            files.into_iter().flat_map(|(option, path)| [option.into(), quoted(&path.to_string_lossy())]);
        let rules = self.without_rule.iter().flat_map(|rule| ["--without-rule".into(), rule.name().into()]);
        let device = self.device.iter().flat_map(|model| ["--device".into(), model.to_string()]);
        let deadline = ["--deadline".into(), self.deadline.as_secs_f64().to_string()];
        files.chain(device).chain(rules).chain(deadline).collect()
    }
}

/// A word as a shell takes it.
#[cfg(target_os = "linux")]
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+=:,".contains(letter);
    if word.chars().all(plain) { word.into() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

fn print(data: &(impl Serialize + Display), json: bool, code: u8) -> ExitCode {
    write(&if json { document(data) } else { data.to_string() }, code)
}

fn document(data: &impl Serialize) -> String {
    serde_json::to_string_pretty(data).expect("it is plain data") + "\n"
}

/// Writes to standard output; the answer is `code`. A reader that has left wants no more of it, which
/// is no failure.
fn write(text: &str, code: u8) -> ExitCode {
    let mut output = stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            failure(&format!("standard output: {error}; say where else to write"))
        }
        _ => ExitCode::from(code),
    }
}

fn tell(report: &Report, json: bool) -> ExitCode {
    let code = match report.result {
        Outcome::Pass => PASS,
        Outcome::Fail => FAIL,
    };
    print(report, json, code)
}
