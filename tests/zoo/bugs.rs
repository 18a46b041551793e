//! The bugs of `bugs.toml`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::{Outcome, ROOT};

/// The zoo.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zoo {
    pub bug: Vec<Bug>,
}

/// A bug.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bug {
    pub name: String,
    /// What is wrong.
    pub wrong: String,
    /// Where it can be found: a scenario, by its path from `tests/`.
    pub scenario: String,
    /// Another INF: what stands there, and what is to stand there.
    #[serde(default)]
    pub inf: Vec<[String; 2]>,
    /// In lives that are drawn from the scenario, as `umdf-host explore` does; else in its steps.
    #[serde(default)]
    pub drawn: bool,
    /// Seeds in which it must be found.
    #[serde(default = "seeds")]
    pub seeds: u64,
    /// Part of what is told: a rule, or a symptom.
    pub told: String,
    /// The gate looks for it.
    #[serde(default)]
    pub sample: bool,
    /// What makes the bug.
    change: Vec<Change>,
}

fn seeds() -> u64 {
    500
}

/// Text of a source file that is replaced.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    old: String,
    new: String,
}

impl Zoo {
    /// Reads the zoo.
    pub fn load() -> Outcome<Self> {
        Ok(toml::from_str(&fs::read_to_string(Path::new(ROOT).join("tests/zoo/bugs.toml"))?)?)
    }

    /// One bug for each scenario and its INF.
    pub fn lives(&self) -> impl Iterator<Item = &Bug> {
        let mut seen = BTreeSet::new();
        self.bug.iter().filter(move |bug| seen.insert((&bug.scenario, &bug.inf, bug.drawn)))
    }
}

impl Bug {
    /// The text of a source file, with the bug.
    pub fn plant(&self, path: &Path, text: String) -> String {
        let changes = self.change.iter().filter(|change| path.ends_with(&change.file));
        changes.fold(text, |text, change| text.replacen(&change.old, &change.new, 1))
    }

    /// Fails if a change no longer fits the source.
    pub fn check_planted(&self, copy: &Path) -> Outcome<()> {
        for Change { file, old, new } in &self.change {
            let source = fs::read_to_string(Path::new(ROOT).join(file))?;
            let (fits, planted) = (source.matches(old).count(), fs::read_to_string(copy.join(file))?);
            if fits != 1 || !planted.contains(new) {
                return Err(format!("{file} has {fits} places for the change: {old}").into());
            }
        }
        Ok(())
    }
}
