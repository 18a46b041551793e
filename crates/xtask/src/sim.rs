//! `cargo sim`: builds the driver and the host, and runs the one in the other.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};

use anyhow::{Context, Result};

use crate::build::{Goal, build};
use crate::{FAILED, FIRST_LIFE, INF, root};

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
    /// Another device model in the place of the scenario's: qemu:edu is the real one, in QEMU
    #[arg(long, value_name = "MODEL")]
    device: Option<String>,
    /// Switches a contract rule off; may be repeated
    #[arg(long, value_name = "NAME")]
    without_rule: Vec<String>,
    /// Longest time without progress, in seconds
    #[arg(long, value_name = "SECONDS")]
    deadline: Option<String>,
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

    let status = host_command(&host, &driver, root, options)
        .status()
        .with_context(|| format!("could not start {}", host.display()))?;
    exit_code(status)
}

/// `umdf-host run` with this repository's files for all that `options` leave open.
fn host_command(host: &Path, driver: &Path, root: &Path, options: &Options) -> Command {
    let inf = options.inf.clone().unwrap_or_else(|| root.join(INF));
    let scenario = options.scenario.clone().unwrap_or_else(|| root.join(FIRST_LIFE));

    let mut command = Command::new(host);
    command.arg("run").arg("--driver").arg(driver).arg("--inf").arg(inf).arg("--scenario").arg(scenario);
    command.args(options.without_rule.iter().map(|rule| format!("--without-rule={rule}")));
    command.args(options.device.iter().map(|model| format!("--device={model}")));
    command.args(options.deadline.iter().map(|seconds| format!("--deadline={seconds}")));
    if options.json {
        command.arg("--json");
    }
    command
}

fn exit_code(status: ExitStatus) -> Result<ExitCode> {
    let code = status.code().with_context(|| format!("umdf-host was ended from outside: {status}"))?;
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(FAILED)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(options: &Options) -> Vec<String> {
        host_command(Path::new("host"), Path::new("driver"), Path::new("root"), options)
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
            device: None,
            without_rule: vec![],
            deadline: None,
            json: false,
        };
        let expected = ["run", "--driver", "driver", "--inf", "root/inf/edu_umdf.inx"];
        let expected = [&expected[..], &["--scenario", "root/tests/scenarios/first-life.toml"]].concat();
        assert_eq!(arguments(&options), expected);
    }

    #[test]
    fn the_host_gets_what_the_user_names() {
        let options = Options {
            driver: None,
            inf: Some("my.inf".into()),
            scenario: Some("my.toml".into()),
            device: Some("qemu:edu".into()),
            without_rule: vec!["A".into(), "B".into()],
            deadline: Some("-2".into()),
            json: true,
        };
        let expected = ["run", "--driver", "driver", "--inf", "my.inf", "--scenario", "my.toml"];
        let expected = [
            &expected[..],
            &["--without-rule=A", "--without-rule=B", "--device=qemu:edu", "--deadline=-2", "--json"],
        ]
        .concat();
        assert_eq!(arguments(&options), expected);
    }
}
