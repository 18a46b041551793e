//! `umdf-host serve`: the command line of it.

use std::io::{BufRead, Write, stdin, stdout};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde::Serialize;
use umdf_host::report::Report;
use umdf_host::rules::Rule;
use umdf_host::scenario::{Model, Scenario};
use umdf_host::{Remote, Run, Service, Told};

use crate::seconds;

/// Name and version of the JSON documents that come before the report.
const SCHEMA: &str = "umdf-host.serve.1";
/// Most devices.
const MOST_DEVICES: usize = 16;

#[derive(Args)]
pub struct Options {
    /// The driver's library
    #[arg(long)]
    driver: PathBuf,
    /// The INF or INX that installs it
    #[arg(long)]
    inf: PathBuf,
    /// A device model, such as edu; may be repeated: so many devices
    #[arg(long, value_name = "MODEL", required = true)]
    device: Vec<Model>,
    /// Where clients connect: an address of this machine; port 0 is any that is free
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Reads lines from the standard input: surprise-remove [DEVICE], query-remove [DEVICE], sleep, resume, quit. Its
    /// end is the end
    #[arg(long)]
    control: bool,
    /// Restarts devices whose host process ended before its time, once their handles are closed, as Windows does
    /// outside its debug mode
    #[arg(long)]
    restart: bool,
    /// Switches a rule off; may be repeated
    #[arg(long, value_name = "NAME")]
    without_rule: Vec<Rule>,
    /// Longest time without progress
    #[arg(long, default_value = "60", value_name = "SECONDS", value_parser = seconds)]
    deadline: Duration,
    /// Prints JSON: a line for each thing that happens, then the report
    #[arg(long)]
    pub json: bool,
}

/// What happens before the report, as a JSON document.
#[derive(Serialize)]
struct News<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    serving: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<&'a str>,
}

/// Serves until Ctrl-C or `quit`.
pub fn serve(options: &Options) -> Result<Report> {
    ensure!(options.device.len() <= MOST_DEVICES, "there is room for {MOST_DEVICES} devices");
    let service =
        Service::listen(options.listen).with_context(|| format!("cannot listen at {}", options.listen))?;
    let remote = service.remote();
    ctrlc::set_handler(move || remote.quit()).context("Ctrl-C cannot be waited for")?;
    if options.control {
        let remote = service.remote();
        thread::spawn(move || follow(stdin().lock(), &remote));
    }
    let run = Run::new(&options.driver, &options.inf, scenario(&options.device)?).deadline(options.deadline);
    let run = run.restarts(options.restart);
    let run = options.without_rule.iter().copied().fold(run, Run::without_rule);
    let json = options.json;
    Ok(run.serve(service, &mut |told| tell(told, json))?)
}

/// Every device is started.
fn scenario(devices: &[Model]) -> Result<Scenario> {
    #[derive(Serialize)]
    struct Text {
        title: &'static str,
        device: Vec<Device>,
        step: Vec<Start>,
    }
    #[derive(Serialize)]
    struct Device {
        model: Model,
    }
    #[derive(Serialize)]
    struct Start {
        r#do: &'static str,
        device: usize,
    }
    let text = Text {
        title: "Served",
        device: devices.iter().map(|model| Device { model: *model }).collect(),
        step: (0..devices.len()).map(|device| Start { r#do: "start", device }).collect(),
    };
    let text = toml::to_string(&text).context("the devices make no scenario")?;
    Ok(Scenario::parse(&text, Path::new("--device"))?)
}

/// Passes lines on until there are no more of them, which is the end.
fn follow(lines: impl BufRead, remote: &Remote) {
    for line in lines.lines().map_while(Result::ok) {
        if !remote.line(&line) {
            return;
        }
    }
    remote.quit();
}

fn tell(told: &Told<'_>, json: bool) {
    let text = if json { document(told) } else { told.to_string() };
    let mut output = stdout().lock();
    // A reader that has left wants no more of it.
    let _ = writeln!(output, "{text}").and_then(|()| output.flush());
}

fn document(told: &Told<'_>) -> String {
    let nothing = News { schema: SCHEMA, serving: None, line: None, refusal: None };
    let line = match told {
        Told::Ready(address) => News { serving: Some(*address), ..nothing },
        Told::Line { line, refusal } => News { line: Some(line), refusal: *refusal, ..nothing },
    };
    serde_json::to_string(&line).expect("it is plain data")
}
