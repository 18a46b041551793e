//! Where files come from and go to (Microsoft Learn, "INF CopyFiles Directive", "INF DestinationDirs Section", "INF
//! SourceDisksFiles Section", "Using Dirids").

use std::collections::BTreeMap;

use super::references::{Kind, Reference, References};
use super::{Findings, InfRule};
use crate::inf::parse::{Entry, Inf, Section, same};
use crate::inf::target::number;

/// The driver store.
const DRIVER_STORE: u32 = 13;
/// The folders of the Windows folder: itself, its System32 with drivers, INF files, Help, fonts, viewers, color
/// profiles, the folder of shared programs, System, the spooler's folders.
const IN_SYSTEM_ROOT: &[u32] = &[10, 11, 12, 13, 17, 18, 20, 21, 23, 25, 50, 51, 52, 55];

/// A file that is copied.
struct Copy<'a> {
    /// Line that says so.
    line: usize,
    /// Name of the list; None for `@file`.
    list: Option<&'a str>,
    target: &'a str,
    source: &'a str,
}

/// Where a list of files goes.
struct Destination<'a> {
    line: usize,
    /// None: no number, or none at all.
    directory: Option<u32>,
    folder: &'a str,
}

pub(super) fn check(inf: &Inf, references: &References, findings: &mut Findings) {
    for copy in copies(inf, references) {
        let to = destination(inf, copy.list);
        check_destination(&copy, &to, findings);
        let Some(origin) = origin(inf, copy.source) else {
            findings.add(copy.line, InfRule::MissingFile, copy.source);
            continue;
        };
        let folder = origin.value(1).unwrap_or_default();
        if to.directory == Some(DRIVER_STORE) && !(same(copy.source, copy.target) && same(folder, to.folder))
        {
            let text = format!("{} becomes {}", joined(folder, copy.source), joined(to.folder, copy.target));
            findings.add(copy.line, InfRule::StoreName, text);
        }
        if !has_disk(inf, origin) {
            let text = format!("{}: its disk is not in [SourceDisksNames]", copy.source);
            findings.add(origin.line, InfRule::MissingFile, text);
        }
    }
    for used in references.used.iter().filter(|used| used.kind == Kind::UmdfService) {
        check_binary(used.section, findings);
    }
}

/// Files that one system is to have twice in one place.
pub(super) fn check_together(inf: &Inf, system: &References, findings: &mut Findings) {
    let mut first = BTreeMap::new();
    for copy in copies(inf, system) {
        let to = destination(inf, copy.list);
        let place = (to.directory, to.folder.to_lowercase(), copy.target.to_lowercase());
        let source = first.entry(place).or_insert(copy.source);
        if !same(source, copy.source) {
            let text = format!("{} comes from {source} and from {}", copy.target, copy.source);
            findings.add(copy.line, InfRule::TwoSources, text);
        }
    }
}

fn copies<'a>(inf: &'a Inf, references: &References<'a>) -> Vec<Copy<'a>> {
    let mut copies = Vec::new();
    for Reference { name, .. } in references.directives("CopyFiles") {
        let entries = inf.section(name).map_or(&[][..], |section| &section.entries);
        copies.extend(entries.iter().filter_map(|entry| {
            let target = entry.value(0)?;
            Some(Copy {
                line: entry.line,
                list: Some(name),
                target,
                source: entry.value(1).unwrap_or(target),
            })
        }));
    }
    for used in &references.used {
        for entry in used.section.all("CopyFiles") {
            let files = entry.values.iter().filter_map(|value| value.strip_prefix('@'));
            copies.extend(files.map(|file| Copy {
                line: entry.line,
                list: None,
                target: file,
                source: file,
            }));
        }
    }
    copies
}

fn destination<'a>(inf: &'a Inf, list: Option<&str>) -> Destination<'a> {
    let directories = inf.section("DestinationDirs");
    let entry = directories.and_then(|section| {
        let own = list.and_then(|list| section.all(list).next());
        own.or_else(|| section.all("DefaultDestDir").next())
    });
    Destination {
        line: entry.or(directories.and_then(|section| section.entries.first())).map_or(0, |entry| entry.line),
        directory: entry.and_then(|entry| entry.value(0)).and_then(number),
        folder: entry.and_then(|entry| entry.value(1)).unwrap_or_default(),
    }
}

fn check_destination(copy: &Copy, to: &Destination, findings: &mut Findings) {
    let line = if to.line == 0 { copy.line } else { to.line };
    match to.directory {
        Some(DRIVER_STORE) => {}
        Some(directory) if IN_SYSTEM_ROOT.contains(&directory) => {
            findings.add(
                line,
                InfRule::NotIsolated,
                format!("{} goes to directory {directory}", copy.target),
            );
        }
        Some(directory) => {
            let text = format!("{} goes to directory {directory}", copy.target);
            findings.add(line, InfRule::OutsideSystemRoot, text);
        }
        None => findings.add(line, InfRule::NotIsolated, format!("{} goes nowhere", copy.target)),
    }
}

/// The entry of `[SourceDisksFiles]`, of any architecture.
fn origin<'a>(inf: &'a Inf, file: &str) -> Option<&'a Entry> {
    named(inf, "SourceDisksFiles").find_map(|section| section.all(file).next())
}

fn has_disk(inf: &Inf, origin: &Entry) -> bool {
    let disk = origin.value(0).unwrap_or_default();
    named(inf, "SourceDisksNames").any(|section| section.all(disk).next().is_some())
}

fn named<'a>(inf: &'a Inf, base: &'static str) -> impl Iterator<Item = &'a Section> {
    let sections = inf.sections().iter();
    sections.filter(move |section| section.name.split('.').next().is_some_and(|name| same(name, base)))
}

fn joined(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!(r"{folder}\{file}") }
}

/// A driver that runs from the driver store.
fn check_binary(service: &Section, findings: &mut Findings) {
    for entry in service.all("ServiceBinary") {
        let path = entry.value(0).unwrap_or_default();
        if !path.starts_with(r"%13%\") {
            findings.add(entry.line, InfRule::NotIsolated, entry.to_string());
        }
    }
}
