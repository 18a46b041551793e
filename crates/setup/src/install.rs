//! What an installation does with an INF: the models that fit a device, their sections, and their files.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::setupapi::InfFile;

/// Sections that stand beside an install section.
const PARTS: &[&str] = &["HW", "Services", "Wdf"];

/// Goes the way of an installation for each model with this ID; the answer is what there was.
pub fn install(file: &InfFile, path: &Path, id: &str) -> Result<String> {
    let package = path.parent().context("the INF lies in no folder")?;
    let (mut models, mut referred, mut copied) = (0, 0, 0);
    for section in models_sections(file)? {
        for model in file.lines(&section)? {
            let values = model.values();
            if !values.iter().skip(1).any(|value| value.eq_ignore_ascii_case(id)) {
                continue;
            }
            let base = values.first().with_context(|| format!("[{section}]: a model without a section"))?;
            let install = file.decorated(base)?;
            models += 1;
            referred += follow(file, &install)?;
            for part in PARTS {
                referred += follow(file, &format!("{install}.{part}"))?;
            }
            let files = copy(file, &install, package)?;
            ensure!(!files.is_empty(), "[{install}] has no file copied");
            copied += files.len();
            let driver = binary(file, &install)?;
            ensure!(
                files.contains(&driver),
                "[{install}]: {driver} is the driver, and is not copied: {files:?}"
            );
        }
    }
    ensure!(models > 0, "no model has the ID {id}");
    ensure!(referred > 0, "the models for {id} name no section");
    Ok(format!("{models} models for {id}, {referred} sections named, {copied} files copied"))
}

/// The models sections of all manufacturers, for any system.
fn models_sections(file: &InfFile) -> Result<Vec<String>> {
    let mut sections = Vec::new();
    for manufacturer in file.lines("Manufacturer")? {
        let values = manufacturer.values();
        let [base, decorations @ ..] = &values[..] else { continue };
        sections.extend(decorations.iter().map(|decoration| format!("{base}.{decoration}")));
    }
    Ok(sections)
}

/// How many sections the directives of one name. Each of them must be there, and have lines.
fn follow(file: &InfFile, section: &str) -> Result<usize> {
    // The position of the name; CopyFiles and AddReg have nothing but names.
    let directives =
        [("CopyFiles", None), ("AddReg", None), ("AddService", Some(2)), ("UmdfService", Some(1))];
    let mut count = 0;
    file.lines(section)?;
    for (directive, position) in directives {
        for line in file.find(section, directive) {
            let values = line.values();
            let names = position.map_or(&values[..], |at: usize| values.get(at..=at).unwrap_or_default());
            for name in names {
                let lines = file.lines(name).with_context(|| format!("[{section}], {directive}"))?;
                ensure!(!lines.is_empty(), "[{name}] is empty");
                count += 1;
            }
        }
    }
    Ok(count)
}

/// The file that the UMDF service of an install section runs.
fn binary(file: &InfFile, install: &str) -> Result<String> {
    let only = |section: &str, directive: &str, at: usize| {
        let lines = file.find(section, directive);
        let value = lines.first().and_then(|line| line.values().get(at).cloned());
        value.with_context(|| format!("[{section}] has no {directive} of that form"))
    };
    let service = only(&format!("{install}.Wdf"), "UmdfService", 1)?;
    let path = only(&service, "ServiceBinary", 0)?;
    Ok(path.rsplit('\\').next().unwrap_or(&path).to_owned())
}

/// Has the files of an install section copied, and compares them with those of the package; the answer is their names.
fn copy(file: &InfFile, install: &str, package: &Path) -> Result<Vec<String>> {
    let lists =
        file.find(install, "CopyFiles").iter().flat_map(crate::setupapi::Line::values).collect::<Vec<_>>();
    let mut files = Vec::new();
    for list in lists {
        let target = file.target(&list)?;
        for line in file.lines(&list)? {
            let name =
                line.values().first().cloned().with_context(|| format!("[{list}]: a line without a file"))?;
            let (folder, disk) = file.source(&name)?;
            ensure!(!disk.is_empty(), "the disk of {name} has no name");
            files.push((package.join(folder).join(&name), Path::new(&target).join(&name), name));
        }
    }
    for (_, target, _) in &files {
        // A file of an earlier run.
        let _ = fs::remove_file(target);
    }
    file.copy_files(install, package)?;
    for (source, target, _) in &files {
        let read = |path: &Path| fs::read(path).with_context(|| path.display().to_string());
        ensure!(read(source)? == read(target)?, "{} is not what was copied", target.display());
    }
    Ok(files.into_iter().map(|(.., name)| name).collect())
}
