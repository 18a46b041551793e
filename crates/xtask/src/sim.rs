//! `cargo sim`: builds the driver and the host, and runs the one in the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};

use anyhow::{Context, Result, ensure};

use crate::build::{Goal, build};
use crate::{DEVICE_FUNDAMENTALS, FAILED, FIRST_LIFE, INF, root, sim_all};

/// Builds the driver and the host and runs the driver's life in the host
///
/// Exit code: 0 all as expected, 1 a rule broken, an expectation missed or a failed build, 2 wrong usage.
#[derive(clap::Args)]
pub struct Options {
    /// Another driver's library; this repository's driver is then not built
    #[arg(long)]
    driver: Option<PathBuf>,
    /// The INF or INX that installs the driver [default: inf/edu_umdf.inx]
    #[arg(long)]
    inf: Option<PathBuf>,
    /// What to do with the device (TOML) [default: tests/scenarios/first-life.toml]
    #[arg(long)]
    scenario: Option<PathBuf>,
    /// Plays the scenarios named after the device fundamentals tests, all in tests/scenarios/hlk, and sums up
    #[arg(long, conflicts_with_all = ["scenario", "diagram", "perfetto", "json"])]
    all: bool,
    /// Writes the results as JUnit XML
    #[arg(long, value_name = "FILE.xml", requires = "all")]
    junit: Option<PathBuf>,
    /// Another device model in the place of the scenario's: qemu:edu is the real one, in QEMU
    #[arg(long, value_name = "MODEL")]
    device: Option<String>,
    /// Switches a contract rule off; may be repeated
    #[arg(long, value_name = "NAME")]
    without_rule: Vec<String>,
    /// Longest time without progress, in seconds
    #[arg(long, value_name = "SECONDS")]
    deadline: Option<String>,
    /// Makes the run deterministic: the same seed has the same history
    #[arg(long)]
    seed: Option<u64>,
    /// Draws the run as a sequence diagram
    #[arg(long, value_name = "FILE.svg")]
    diagram: Option<PathBuf>,
    /// Writes the run as a timeline for ui.perfetto.dev; an event takes a microsecond in it
    #[arg(long, value_name = "FILE.json")]
    perfetto: Option<PathBuf>,
    /// Prints one JSON document instead of the story
    #[arg(long)]
    json: bool,
}

/// Builds, runs, and returns the host's exit code.
pub fn run(options: &Options) -> Result<ExitCode> {
    let root = root()?;
    let goal = if options.driver.is_some() { Goal::Host } else { Goal::HostAndDriver };
    let Some(built) = build(root, goal)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let host = built.host.context("cargo built no program umdf-host")?;
    let driver = options.driver.clone().or(built.driver).context("cargo built no library edu_umdf")?;

    if options.all {
        let commands = scenarios(&root.join(DEVICE_FUNDAMENTALS))?.into_iter().map(|scenario| {
            let mut command = host_command(&host, &driver, root, &scenario, options);
            command.arg("--json");
            (scenario, command)
        });
        return sim_all::run(commands.collect(), options.junit.as_deref());
    }
    let scenario = options.scenario.clone().unwrap_or_else(|| root.join(FIRST_LIFE));
    let status = host_command(&host, &driver, root, &scenario, options)
        .status()
        .with_context(|| format!("could not start {}", host.display()))?;
    exit_code(status)
}

/// `umdf-host run` with this repository's files for all that `options` leave open.
fn host_command(host: &Path, driver: &Path, root: &Path, scenario: &Path, options: &Options) -> Command {
    let inf = options.inf.clone().unwrap_or_else(|| root.join(INF));

    let mut command = Command::new(host);
    command.arg("run").arg("--driver").arg(driver).arg("--inf").arg(inf).arg("--scenario").arg(scenario);
    command.args(options.without_rule.iter().map(|rule| format!("--without-rule={rule}")));
    command.args(options.device.iter().map(|model| format!("--device={model}")));
    command.args(options.deadline.iter().map(|seconds| format!("--deadline={seconds}")));
    command.args(options.seed.iter().map(|seed| format!("--seed={seed}")));
    for (option, file) in [("--diagram", &options.diagram), ("--perfetto", &options.perfetto)] {
        if let Some(file) = file {
            command.arg(option).arg(file);
        }
    }
    if options.json {
        command.arg("--json");
    }
    command
}

/// The scenarios in a folder, by name.
pub fn scenarios(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut scenarios: Vec<_> = paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    scenarios.sort();
    ensure!(!scenarios.is_empty(), "there is no scenario in {}", folder.display());
    Ok(scenarios)
}

fn exit_code(status: ExitStatus) -> Result<ExitCode> {
    let code = status.code().with_context(|| format!("umdf-host was ended from outside: {status}"))?;
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(FAILED)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(options: &Options) -> Vec<String> {
        let scenario = options.scenario.clone().unwrap_or_else(|| "life.toml".into());
        host_command(Path::new("host"), Path::new("driver"), Path::new("root"), &scenario, options)
            .get_args()
            .map(|argument| argument.to_string_lossy().replace('\\', "/"))
            .collect()
    }

    #[test]
    fn the_host_gets_this_repositorys_files() {
        let options = Options {
            driver: None,
            inf: None,
            scenario: None,
            all: false,
            junit: None,
            device: None,
            without_rule: vec![],
            deadline: None,
            seed: None,
            diagram: None,
            perfetto: None,
            json: false,
        };
        let expected = ["run", "--driver", "driver", "--inf", "root/inf/edu_umdf.inx"];
        let expected = [&expected[..], &["--scenario", "life.toml"]].concat();
        assert_eq!(arguments(&options), expected);
    }

    #[test]
    fn the_host_gets_what_the_user_names() {
        let options = Options {
            driver: None,
            inf: Some("my.inf".into()),
            scenario: Some("my.toml".into()),
            all: false,
            junit: None,
            device: Some("qemu:edu".into()),
            without_rule: vec!["A".into(), "B".into()],
            deadline: Some("-2".into()),
            seed: Some(7),
            diagram: Some("life.svg".into()),
            perfetto: Some("life.json".into()),
            json: true,
        };
        let expected = ["run", "--driver", "driver", "--inf", "my.inf", "--scenario", "my.toml"];
        let rest = ["--without-rule=A", "--without-rule=B", "--device=qemu:edu", "--deadline=-2", "--seed=7"];
        let pictures = ["--diagram", "life.svg", "--perfetto", "life.json", "--json"];
        let expected = [&expected[..], &rest, &pictures].concat();
        assert_eq!(arguments(&options), expected);
    }
}
