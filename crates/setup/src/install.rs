//! What an installation does with an INF: the models that fit a device, their sections, and their files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::setupapi::{InfFile, Line};

/// Sections that stand beside an install section.
const PARTS: &[&str] = &["HW", "Services", "Wdf"];

/// INFs of the system that Wine has none of: what is included from them cannot be followed there.
const SYSTEM: &[&str] = &["WUDFRD.inf"];

/// What the directives of a model lead to.
#[derive(Default)]
struct Followed {
    /// Sections that were named.
    sections: usize,
    /// INFs that were included: once more, and their lines would be there twice.
    included: BTreeSet<String>,
    /// INFs of the system that are not here.
    absent: BTreeSet<String>,
    /// The sections that need the one that is looked at, from the outermost on.
    above: Vec<String>,
}

/// Goes the way of an installation for each model with this ID; the answer is what there was.
pub fn install(file: &InfFile, path: &Path, id: &str) -> Result<String> {
    let package = path.parent().context("the INF lies in no folder")?;
    let (mut models, mut copied) = (0, 0);
    let mut followed = Followed::default();
    for section in models_sections(file)? {
        for model in file.lines(&section)? {
            let values = model.values();
            if !values.iter().skip(1).any(|value| value.eq_ignore_ascii_case(id)) {
                continue;
            }
            let base = values.first().with_context(|| format!("[{section}]: a model without a section"))?;
            let install = file.decorated(base)?;
            models += 1;
            followed.follow(file, &install)?;
            for part in PARTS {
                followed.follow(file, &format!("{install}.{part}"))?;
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
    let Followed { sections, absent, .. } = followed;
    ensure!(sections > 0, "the models for {id} name no section");
    let absent = absent.iter().map(|inf| format!(", {inf} not here to be followed")).collect::<String>();
    Ok(format!("{models} models for {id}, {sections} sections named, {copied} files copied{absent}"))
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

impl Followed {
    /// Goes to the sections that the directives of one name. Each of them must be there, and have lines.
    fn follow(&mut self, file: &InfFile, section: &str) -> Result<()> {
        // The position of the name; CopyFiles and AddReg have nothing but names.
        let directives =
            [("CopyFiles", None), ("AddReg", None), ("AddService", Some(2)), ("UmdfService", Some(1))];
        file.lines(section)?;
        for (directive, position) in directives {
            for line in file.find(section, directive) {
                let values = line.values();
                let names = position.map_or(&values[..], |at: usize| values.get(at..=at).unwrap_or_default());
                for name in names {
                    let lines = file.lines(name).with_context(|| format!("[{section}], {directive}"))?;
                    ensure!(!lines.is_empty(), "[{name}] is empty");
                    self.sections += 1;
                }
            }
        }
        self.follow_needs(file, section)
    }

    /// Goes on with the sections that one needs, from the INFs that it includes.
    fn follow_needs(&mut self, file: &InfFile, section: &str) -> Result<()> {
        let values =
            |directive| file.find(section, directive).iter().flat_map(Line::values).collect::<Vec<_>>();
        let mut whole = true;
        for inf in values("Include") {
            let name = inf.to_lowercase();
            if self.included.contains(&name) {
                continue;
            }
            if file.include(&inf)? {
                self.included.insert(name);
                continue;
            }
            let of_system = SYSTEM.iter().any(|system| system.eq_ignore_ascii_case(&inf));
            ensure!(of_system, "[{section}] includes {inf}, which is not there");
            self.absent.insert(inf);
            whole = false;
        }
        // Which of them would have come from an INF that is not here, nobody knows.
        for needed in values("Needs").iter().filter(|_| whole) {
            self.sections += 1;
            self.above.push(section.to_owned());
            let needs_itself = self.above.iter().any(|above| above.eq_ignore_ascii_case(needed));
            ensure!(!needs_itself, "[{needed}] needs itself");
            self.follow(file, needed).with_context(|| format!("[{section}], Needs"))?;
            self.above.pop();
        }
        Ok(())
    }
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
    let lists = file.find(install, "CopyFiles").iter().flat_map(Line::values).collect::<Vec<_>>();
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
    for (source, target, _) in &files {
        // The queue would ask somebody for the disk.
        ensure!(source.is_file(), "{} is not there", source.display());
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
