//! `umdf-host inf`: looks at INF files, and stamps them.

use std::fmt::{self, Display};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::Subcommand;
use serde::Serialize;
use umdf_host::inf::check::{Finding, Stage, check as check_inf};
use umdf_host::inf::{Architecture, stamp as stamp_inx};

/// Name and version of the JSON document.
const SCHEMA: &str = "umdf-host.inf-check.1";

#[derive(Subcommand)]
pub enum InfCommand {
    /// Tells what InfVerif would find wrong with an INF
    ///
    /// The rules are those of Microsoft Learn, "INF Validation Errors and Warnings", by their numbers; from 9000 on
    /// numbers are this program's. An INX (by its name's ending) is looked at as stampinf leaves it. Exit code: 0
    /// nothing found, 1 something found, 2 wrong usage.
    Check {
        /// The INF or INX
        file: PathBuf,
        /// Prints one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Makes an INF of an INX, as stampinf does, for x64 and the framework of this host
    Stamp {
        /// The INX
        inx: PathBuf,
        /// The INF that is written
        inf: PathBuf,
        /// Date and version of the driver
        #[arg(long, value_name = "mm/dd/yyyy,w.x.y.z")]
        driver_ver: String,
    },
}

/// What was found in a file.
#[derive(Serialize)]
pub struct Findings {
    schema: &'static str,
    findings: Vec<Finding>,
}

impl Findings {
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.findings.iter().try_for_each(|finding| writeln!(f, "{finding}"))?;
        match self.findings.len() {
            0 => writeln!(f, "PASS: nothing found"),
            count => writeln!(f, "FAIL: {count} finding(s)"),
        }
    }
}

pub fn check(file: &Path) -> Result<Findings> {
    let inx = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("inx"));
    let stage = if inx { Stage::Inx } else { Stage::Inf };
    Ok(Findings { schema: SCHEMA, findings: check_inf(&read(file)?, stage) })
}

pub fn stamp(inx: &Path, inf: &Path, driver_ver: &str) -> Result<()> {
    let stamped = stamp_inx(&read(inx)?, Architecture::Amd64, driver_ver)
        .map_err(|error| anyhow!("{}: {error}", inx.display()))?;
    fs::write(inf, stamped)
        .map_err(|error| anyhow!("cannot write {}: {error}; name another file", inf.display()))
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).map_err(|error| anyhow!("cannot read {}: {error}; name an INF or INX", file.display()))
}
