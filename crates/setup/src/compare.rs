//! Every section, line and field, as the set-up API and the host's reader see them.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, ensure};
use umdf_host::inf::Inf;

use crate::setupapi::InfFile;

/// Compares; the answer is how much there was.
pub fn compare(file: &InfFile, bytes: &[u8]) -> Result<String> {
    let inf = Inf::parse(bytes)?;
    let names = |names: Vec<String>| names.iter().map(|name| name.to_lowercase()).collect::<BTreeSet<_>>();
    let theirs = names(file.sections());
    let ours = names(inf.sections().iter().map(|section| section.name.clone()).collect());
    ensure!(theirs == ours, "sections: the set-up API has {theirs:?}, the host {ours:?}");

    let (mut lines, mut fields) = (0, 0);
    for section in inf.sections() {
        let theirs = file.lines(&section.name)?;
        ensure!(
            theirs.len() == section.entries.len(),
            "[{}]: the set-up API has {} lines, the host {}",
            section.name,
            theirs.len(),
            section.entries.len()
        );
        for (line, entry) in theirs.iter().zip(&section.entries) {
            let theirs = (line.key().filter(|_| entry.key.is_some()), line.values());
            let ours = (entry.key.clone(), entry.values.clone());
            let same = theirs.0 == ours.0
                && theirs.1.len() == ours.1.len()
                && theirs.1.iter().zip(&ours.1).all(|(theirs, ours)| is_same(theirs, ours));
            ensure!(same, "line {}: the set-up API has {theirs:?}, the host {ours:?}", entry.line);
            lines += 1;
            fields += theirs.1.len();
        }
    }
    ensure!(fields > lines, "an INF with so little in it proves nothing");
    Ok(format!("{} sections, {lines} lines, {fields} fields", ours.len()))
}

/// The set-up API has a folder where the host leaves its number: `%12%`.
fn is_same(theirs: &str, ours: &str) -> bool {
    let number = ours.strip_prefix('%').and_then(|rest| rest.split_once('%'));
    match number {
        Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            theirs.strip_suffix(rest).is_some_and(|folder| Path::new(folder).is_absolute())
        }
        _ => theirs == ours,
    }
}
