//! Where the driver's file comes from and goes to (Microsoft Learn, "INF CopyFiles Directive", "INF
//! DestinationDirs Section", "INF SourceDisksFiles Section").

use super::error::InfError;
use super::parse::{Entry, Inf, Section, same};
use super::target::{TargetOs, number};

/// Directory number of the driver store: the package stays where it was staged.
const DRIVER_STORE: u32 = 13;

/// File name in `ServiceBinary = %13%\name.dll`.
pub(super) fn driver_store_file(binary: &Entry) -> Result<&str, InfError> {
    let path = binary.single()?;
    let name = path.strip_prefix(r"%13%\").unwrap_or_default();
    if name.is_empty() || name.contains(['\\', '/']) {
        let advice = r"the driver runs from the driver store: write ServiceBinary = %13%\name.dll";
        return Err(InfError::bad(binary, advice));
    }
    Ok(name)
}

/// Checks that the install section copies `file` to the driver store and that the package has it.
pub(super) fn check_copied(inf: &Inf, install: &Section, file: &str, os: TargetOs) -> Result<(), InfError> {
    let directive = install.all("CopyFiles").next().ok_or_else(|| InfError::MissingEntry {
        line: install.line,
        section: install.name.clone(),
        key: "CopyFiles",
        advice: "add CopyFiles = section, and name the driver's DLL in that section",
    })?;
    for entry in install.all("CopyFiles") {
        for list in &entry.values {
            if let Some((source, listed_by)) = source_of(inf, entry, list, file)? {
                check_destination(inf, list)?;
                return check_source(inf, &source, listed_by, os);
            }
        }
    }
    Err(InfError::bad(directive, format!("no section named here copies {file}, the driver's ServiceBinary")))
}

/// Name of `file` in the package, and its line, if the copy list has it. `list` is a section or
/// `@file`.
fn source_of(
    inf: &Inf,
    directive: &Entry,
    list: &str,
    file: &str,
) -> Result<Option<(String, usize)>, InfError> {
    if let Some(name) = list.strip_prefix('@') {
        return Ok(same(name, file).then(|| (name.to_owned(), directive.line)));
    }
    let section = inf
        .section(list)
        .ok_or_else(|| InfError::MissingSection { line: directive.line, section: list.to_owned() })?;
    // Each entry is destination, source; the source defaults to the destination.
    let entry = section.entries.iter().find(|entry| entry.value(0).is_some_and(|name| same(name, file)));
    Ok(entry.map(|entry| (entry.value(1).unwrap_or(file).to_owned(), entry.line)))
}

fn check_destination(inf: &Inf, list: &str) -> Result<(), InfError> {
    let directories = inf.section("DestinationDirs").ok_or(InfError::NoSuchSection {
        section: "DestinationDirs".into(),
        advice: "add it with DefaultDestDir = 13",
    })?;
    let directory = match directories.one(list)? {
        Some(directory) => directory,
        None => directories.require("DefaultDestDir", "add DefaultDestDir = 13")?,
    };
    if directory.values.len() != 1 || directory.value(0).and_then(number) != Some(DRIVER_STORE) {
        return Err(InfError::bad(directory, "the driver store is directory 13"));
    }
    Ok(())
}

fn check_source(inf: &Inf, source: &str, line: usize, os: TargetOs) -> Result<(), InfError> {
    let architecture = os.architecture.name();
    let sections = [format!("SourceDisksFiles.{architecture}"), "SourceDisksFiles".to_owned()];
    let entry = sections.iter().find_map(|name| inf.section(name)?.all(source).next());
    let Some(entry) = entry else {
        return Err(InfError::BadEntry {
            line,
            text: source.to_owned(),
            advice: "add the file to [SourceDisksFiles]".into(),
        });
    };
    let disk = entry.value(0).ok_or_else(|| InfError::bad(entry, "name its disk, such as 1"))?;
    let disks = [format!("SourceDisksNames.{architecture}"), "SourceDisksNames".to_owned()];
    if !disks.iter().filter_map(|name| inf.section(name)).any(|section| section.all(disk).next().is_some()) {
        return Err(InfError::bad(entry, format!("disk {disk} is not in [SourceDisksNames]: add it")));
    }
    Ok(())
}
