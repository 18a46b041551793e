//! `eductl`: talks to the edu driver.

use std::io::{Write, stderr};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use eductl::commands::{Which, bench, factorial, info, list, live, self_test, stats, watch};
use eductl::error::{Document, Error};
use eductl::output::Output;
use eductl::remote::Remote;
use eductl::transport::Transport;

/// A check of the self-test failed.
const FAILED: u8 = 1;
/// Most requests at a time: `umdf-host serve` takes no more of a client.
const MOST_OUTSTANDING: u64 = serve_wire::MAX_OUTSTANDING as u64;

#[derive(Parser)]
#[command(
    version,
    about = "Talks to the edu driver: on Windows, or where `umdf-host serve` has a device",
    after_help = "Exit code: 0 done, 1 a request or a check failed, 2 wrong usage, 3 no such device, 4 the device was \
                  unplugged, 5 the device is to be removed and was closed, 6 no connection to umdf-host serve"
)]
struct Cli {
    /// Where `umdf-host serve` listens; Windows itself has devices without
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    connect: Option<SocketAddr>,
    /// Which device: its number in `eductl list`, or its path
    #[arg(long, global = true, default_value = "0", value_name = "INDEX|PATH")]
    device: String,
    /// Prints JSON documents, one a line
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the devices
    List,
    /// Tells what the driver found
    Info,
    /// Has the device answer a value with its complement
    Live {
        /// The value, also in hexadecimal (0x...)
        #[arg(default_value = "0x12345678", value_parser = number)]
        value: u32,
    },
    /// Has the device compute factorials, modulo 2^32; all are asked for at once
    Factorial {
        /// n
        #[arg(required = true, value_parser = number)]
        n: Vec<u32>,
    },
    /// Tells of each interrupt, until Ctrl-C
    Watch {
        /// Ends after so many
        #[arg(long)]
        count: Option<u64>,
    },
    /// Tells how often what has happened
    Stats,
    /// Checks every request, wrong ones and cancellation
    SelfTest,
    /// Measures how long requests take
    Bench {
        /// How many
        #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..))]
        requests: u64,
        /// How many at a time
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=MOST_OUTSTANDING))]
        outstanding: u64,
    },
}

/// A number, in hexadecimal behind `0x`.
fn number(text: &str) -> Result<u32, String> {
    let parsed = match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => text.parse(),
    };
    parsed.map_err(|error| format!("{error}: a number of 32 bits is needed"))
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            error.exit()
        }
        Err(error) => {
            let text = error.to_string();
            let message = text.split("\n\n").next().unwrap_or_default();
            let message = match error.kind() {
                ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
                    "say what to do"
                }
                _ => message.trim_start_matches("error: "),
            };
            let message = one_line(&format!("{message} (eductl --help shows the usage)"));
            return fail(
                Output { json: std::env::args().any(|word| word == "--json") },
                &Error::Usage(message),
            );
        }
    };
    let output = Output { json: cli.json };
    run(&cli, output).unwrap_or_else(|error| fail(output, &error))
}

/// Tells an error, as a document on standard output or as a line on standard error.
fn fail(output: Output, error: &Error) -> ExitCode {
    if !output.json || output.print(&Document::from(error)).is_err() {
        // Nobody is left to hear that this fails.
        let _ = writeln!(stderr(), "eductl: {}", one_line(&error.to_string()));
    }
    error.exit_code()
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn transport(cli: &Cli) -> Result<Box<dyn Transport>, Error> {
    match cli.connect {
        Some(address) => Ok(Box::new(Remote::new(address))),
        #[cfg(windows)]
        None => Ok(Box::new(eductl::win32::Windows)),
        #[cfg(not(windows))]
        None => Err(Error::Usage(
            "this is not Windows: start `umdf-host serve`, and name its address with --connect".into(),
        )),
    }
}

fn run(cli: &Cli, output: Output) -> Result<ExitCode, Error> {
    let mut transport = transport(cli)?;
    let transport = transport.as_mut();
    let which = Which::parse(&cli.device);
    match &cli.command {
        Command::List => output.print(&list::list(transport)?)?,
        Command::Info => output.print(&info::info(&mut which.open(transport)?)?)?,
        Command::Live { value } => output.print(&live::live(&mut which.open(transport)?, *value)?)?,
        Command::Factorial { n } => output.print(&factorial::factorials(&mut which.open(transport)?, n)?)?,
        Command::Stats => output.print(&stats::stats(&mut which.open(transport)?)?)?,
        Command::Watch { count } => {
            let stop = Arc::new(AtomicBool::new(false));
            let stopped = Arc::clone(&stop);
            ctrlc::set_handler(move || stopped.store(true, Ordering::Relaxed))
                .map_err(|error| Error::System(format!("Ctrl-C cannot be waited for: {error}")))?;
            watch::watch(&mut which.open(transport)?, output, *count, &stop)?;
        }
        Command::SelfTest => {
            let path = which.path(transport)?;
            let tested = self_test::self_test(transport, &path)?;
            output.print(&tested)?;
            if !tested.passed() {
                return Ok(ExitCode::from(FAILED));
            }
        }
        Command::Bench { requests, outstanding } => {
            let outstanding = usize::try_from(*outstanding).unwrap_or(1);
            let mut device = which.open(transport)?;
            output.print(&bench::bench(&mut device, *requests, outstanding, cli.json)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
