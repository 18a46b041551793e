//! What InfVerif finds wrong with an INF, as far as its rules are published.
//!
//! - `rules`: the rules, by number;
//! - `references`: which section names which, and what nobody names;
//! - `version`, `targets`, `legacy`, `registry`, `files`, `services`: the rules, by subject.
//!
//! Sources: Microsoft Learn, "INF Validation Errors and Warnings", "InfVerif Error 1330 - 1333", "Driver Package
//! Isolation". What is held is a driver package with an isolated driver (InfVerif's mode `/w`). It is no proof that
//! InfVerif is content: it knows more rules than it publishes.

mod files;
mod legacy;
mod references;
mod registry;
mod rules;
mod services;
mod targets;
#[cfg(test)]
mod tests;
mod version;

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use serde::Serialize;

use super::error::InfError;
use super::install::STAMPED_VERSION;
use super::parse::Inf;
use super::target::Architecture;
use references::References;
pub use rules::{InfRule, Level};
pub(super) use version::is_driver_ver;

/// The number from which on rules are warnings (the same page).
const WARNINGS_FROM: u16 = 2000;

/// Whether stampinf has been there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// An INX: `$ARCH$`, `$UMDFVERSION$` and DriverVer come later.
    Inx,
    /// An INF, as it is installed.
    Inf,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Line of the file, from 1.
    pub line: usize,
    /// The rule.
    #[serde(flatten)]
    pub rule: InfRule,
    /// What it is about.
    pub text: String,
}

impl Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, rule, text } = self;
        write!(f, "line {line}: {} {}: {text}: {}", rule.level(), rule.number(), rule.mend())
    }
}

/// What is collected; the same thing is told once.
struct Findings(BTreeSet<Finding>);

impl Findings {
    fn add(&mut self, line: usize, rule: InfRule, text: impl Into<String>) {
        self.0.insert(Finding { line, rule, text: text.into() });
    }

    fn have_errors(&self) -> bool {
        self.0.iter().any(|finding| finding.rule.level() == Level::Error)
    }
}

/// Everything that is wrong with a file, by line. What cannot be read is one finding, and the only one.
pub fn check(bytes: &[u8], stage: Stage) -> Vec<Finding> {
    let mut findings = Findings(BTreeSet::new());
    match Inf::parse(bytes) {
        Ok(inf) => check_parsed(inf, stage, &mut findings),
        Err(error) => findings.add(error.line(), rules::of_syntax(&error), error.what()),
    }
    findings.0.into_iter().collect()
}

fn check_parsed(inf: Inf, stage: Stage, findings: &mut Findings) {
    let inf = match stage {
        Stage::Inx => inf.stamped(Architecture::Amd64.name(), STAMPED_VERSION),
        Stage::Inf => inf,
    };
    version::check(&inf, stage, findings);
    let references = References::collect(&inf, findings);
    references.check(&inf, findings);
    targets::check(&inf, findings);
    legacy::check(&references, findings);
    registry::check(&inf, &references, findings);
    files::check(&inf, &references, findings);
    services::check(&inf, &references, findings);
    for system in References::by_system(&inf) {
        registry::check_together(&inf, &system, findings);
        files::check_together(&inf, &system, findings);
        services::check_together(&inf, &system, findings);
    }
    if !findings.have_errors() {
        targets::try_to_install(&inf, findings);
    }
}
