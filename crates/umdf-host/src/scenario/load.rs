//! Reads and checks scenario files.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;
use toml::{Spanned, Table};

use super::{Device, Ioctl, Read, Scenario, Step, Write};

/// Why a scenario cannot be used.
#[derive(Debug, Error)]
pub enum ScenarioError {
    /// The file cannot be read.
    #[error("cannot read the scenario {}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The text is no scenario.
    #[error("{}, line {line}: {message}", path.display())]
    Text {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong and what to do.
        message: String,
    },
}

/// The file, with places for messages. Steps stay raw at first: an error in a tagged enum has no place
/// of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    device: Spanned<Device>,
    #[serde(default)]
    step: Vec<Spanned<Table>>,
}

impl Scenario {
    /// Reads a scenario file.
    pub fn load(path: &Path) -> Result<Self, ScenarioError> {
        let text =
            fs::read_to_string(path).map_err(|error| ScenarioError::Read { path: path.to_owned(), error })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a scenario. `path` is for messages only.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ScenarioError> {
        let fail = |(span, message): Problem| ScenarioError::Text {
            path: path.to_owned(),
            line: 1 + text.get(..span.start).map_or(0, |before| before.matches('\n').count()),
            message,
        };
        let file: File = toml::from_str(text)
            .map_err(|error| fail((error.span().unwrap_or_default(), error.message().to_owned())))?;
        if let Err(error) = file.device.get_ref().build() {
            return Err(fail((file.device.span(), error.to_string())));
        }
        let steps = read_steps(file.step).map_err(fail)?;
        Ok(Self { title: file.title, device: file.device.into_inner(), steps })
    }
}

/// Where in the text, and what.
type Problem = (Range<usize>, String);

fn read_steps(tables: Vec<Spanned<Table>>) -> Result<Vec<Step>, Problem> {
    let mut open = BTreeSet::new();
    let mut steps = Vec::new();
    for table in tables {
        let span = table.span();
        let step = Step::deserialize(table.into_inner())
            .map_err(|error| (span.clone(), error.message().to_owned()))?;
        check_handle(&step, &mut open).map_err(|message| (span, message))?;
        steps.push(step);
    }
    Ok(steps)
}

/// Every handle is opened before it is used, and closed once.
fn check_handle(step: &Step, open: &mut BTreeSet<String>) -> Result<(), String> {
    let not_open = |handle: &str| format!("no step before this one opens the handle {handle}: add one");
    match step {
        Step::Open { handle, expect, .. } if expect.0 >= 0 && !open.insert(handle.clone()) => {
            Err(format!("the handle {handle} is open already: use another name"))
        }
        Step::Ioctl(Ioctl { handle, .. })
        | Step::Read(Read { handle, .. })
        | Step::Write(Write { handle, .. })
            if !open.contains(handle) =>
        {
            Err(not_open(handle))
        }
        Step::Close { handle } if !open.remove(handle) => Err(not_open(handle)),
        _ => Ok(()),
    }
}
