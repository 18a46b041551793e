//! Which section names which.

use std::collections::{BTreeMap, BTreeSet};

use super::{Findings, InfRule};
use crate::inf::parse::{Entry, Inf, Section, same};

/// Sections that Windows looks for by name, without what may stand behind a full stop.
const FIXED: &[&str] = &[
    "Version",
    "Strings",
    "Manufacturer",
    "SourceDisksNames",
    "SourceDisksFiles",
    "DestinationDirs",
    "ControlFlags",
    "ClassInstall32",
    "InterfaceInstall32",
    "DefaultInstall",
    "DefaultUninstall",
    "SignatureAttributes",
];
/// Endings of the sections that belong to an install section, and what they are for.
const PARTS: &[(&str, Kind)] = &[
    ("HW", Kind::Install),
    ("Services", Kind::Services),
    ("Wdf", Kind::Wdf),
    ("Interfaces", Kind::Interfaces),
    ("CoInstallers", Kind::Install),
    ("Events", Kind::Leaf),
    ("Components", Kind::Components),
    ("Software", Kind::Components),
    ("Filters", Kind::Services),
    ("FactDef", Kind::Leaf),
    ("LogConfigOverride", Kind::Install),
];
/// Directives whose values are names of sections.
const LISTS: &[&str] = &[
    "CopyFiles",
    "DelFiles",
    "RenFiles",
    "AddReg",
    "DelReg",
    "BitReg",
    "AddProperty",
    "DelProperty",
    "UpdateInis",
    "UpdateIniFields",
    "Ini2Reg",
    "LogConfig",
    "ProfileItems",
    "RegisterDlls",
    "UnregisterDlls",
    "AddTrigger",
];
/// What the sections of Microsoft's INF for the reflector begin with.
const REFLECTOR: &str = "WUDFRD";
/// That INF.
const REFLECTOR_INF: &str = "WUDFRD.inf";

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An install section, its hardware section, or one like them: directives that name lists.
    Install,
    /// `AddService = name, flags, section`.
    Services,
    /// The set-up of a kernel service or a program.
    Service,
    /// `UmdfService = name, section`.
    Wdf,
    /// The set-up of a UMDF service.
    UmdfService,
    /// `AddInterface = GUID, reference, section`.
    Interfaces,
    /// `AddComponent = name, flags, section`.
    Components,
    /// Names no other.
    Leaf,
}

/// A section with what it is for.
#[derive(Clone, Copy)]
pub(super) struct Used<'a> {
    pub section: &'a Section,
    pub kind: Kind,
}

/// A directive that names a section.
#[derive(Clone, Copy)]
pub(super) struct Reference<'a> {
    /// The section that it stands in.
    pub from: &'a Section,
    pub entry: &'a Entry,
    pub name: &'a str,
}

/// All sections that are used, and all directives that name one.
pub(super) struct References<'a> {
    inf: &'a Inf,
    pub used: Vec<Used<'a>>,
    /// In file order.
    pub named: Vec<Reference<'a>>,
    /// Install sections that models name, decoration included.
    pub installs: Vec<&'a Section>,
}

impl<'a> References<'a> {
    /// Follows the names from `[Manufacturer]` and the other sections with fixed names.
    pub fn collect(inf: &'a Inf, findings: &mut Findings) -> Self {
        let mut all = Self::empty(inf);
        for section in inf.sections() {
            let base = section.name.split('.').next().unwrap_or_default();
            if FIXED.iter().any(|name| same(name, base)) {
                let installs = ["ClassInstall32", "DefaultInstall", "DefaultUninstall", "InterfaceInstall32"];
                let install = installs.iter().any(|name| same(name, base));
                all.visit(section, if install { kind_of(section) } else { Kind::Leaf });
            }
        }
        for entry in inf.section("Manufacturer").map_or(&[][..], |section| &section.entries) {
            all.visit_models(entry, findings);
        }
        all.follow(findings);
        all
    }

    /// What one system may read, for each: of the models sections that have different decorations, it takes one.
    pub fn by_system(inf: &'a Inf) -> Vec<Self> {
        // All of it has been looked at.
        let mut known = Findings(BTreeSet::new());
        let manufacturers = inf.section("Manufacturer").map_or(&[][..], |section| &section.entries);
        let names = manufacturers.iter().flat_map(|entry| {
            let base = entry.value(0).unwrap_or_default();
            entry.values.iter().skip(1).map(move |decoration| format!("{base}.{decoration}"))
        });
        let models = names.filter_map(|name| inf.section(&name));
        let systems = models.map(|models| {
            let mut system = Self::empty(inf);
            for entry in &models.entries {
                system.visit_install(entry, &mut known);
            }
            system.follow(&mut known);
            system
        });
        systems.collect()
    }

    fn empty(inf: &'a Inf) -> Self {
        Self { inf, used: Vec::new(), named: Vec::new(), installs: Vec::new() }
    }

    /// Follows the names from the sections that are known to be used.
    fn follow(&mut self, findings: &mut Findings) {
        // The list grows while it is walked.
        let mut next = 0;
        while let Some(used) = self.used.get(next).copied() {
            next += 1;
            self.visit_named(used, findings);
        }
        // Of two that do not fit together, the later one in the file is told.
        self.named.sort_by_key(|reference| reference.entry.line);
    }

    /// The directives of that name in the sections in use.
    pub fn directives(&self, key: &'static str) -> impl Iterator<Item = Reference<'a>> {
        self.named.iter().copied().filter(move |reference| reference.entry.is(key))
    }

    /// Names that do not fit, and sections that nobody names.
    pub fn check(&self, inf: &Inf, findings: &mut Findings) {
        let mut first: BTreeMap<String, &Reference> = BTreeMap::new();
        for reference in &self.named {
            let before = first.entry(reference.name.to_lowercase()).or_insert(reference);
            let keys = [before, reference].map(|of| of.entry.key.as_deref().unwrap_or_default());
            if !same(keys[0], keys[1]) {
                let text = format!("[{}] is named by {} and {}", reference.name, keys[0], keys[1]);
                findings.add(reference.entry.line, InfRule::TwoDirectives, text);
            }
        }
        for section in inf.sections() {
            if !self.is_used(section) {
                findings.add(section.line, InfRule::Unreferenced, format!("[{}]", section.name));
            }
        }
        for used in &self.used {
            check_needs(inf, used.section, findings);
        }
    }

    fn is_used(&self, section: &Section) -> bool {
        self.used.iter().any(|used| same(&used.section.name, &section.name))
    }

    fn visit(&mut self, section: &'a Section, kind: Kind) {
        if !self.is_used(section) {
            self.used.push(Used { section, kind });
        }
    }

    /// The models sections of an entry of `[Manufacturer]`, and the install sections that they name.
    fn visit_models(&mut self, manufacturer: &'a Entry, findings: &mut Findings) {
        let Some(base) = manufacturer.value(0) else { return };
        let decorations = manufacturer.values[1..].iter();
        let mut names: Vec<String> = decorations.map(|decoration| format!("{base}.{decoration}")).collect();
        if names.is_empty() {
            let text = format!("[{base}] has no decoration");
            findings.add(manufacturer.line, InfRule::NoArchitecture, text);
            names.push(base.to_owned());
        }
        for name in names {
            let Some(models) = self.inf.section(&name) else {
                findings.add(manufacturer.line, InfRule::MissingSection, format!("[{name}]"));
                continue;
            };
            self.visit(models, Kind::Leaf);
            for entry in &models.entries {
                self.visit_install(entry, findings);
            }
        }
    }

    /// An install section in each decoration, with its parts.
    fn visit_install(&mut self, model: &'a Entry, findings: &mut Findings) {
        let Some(base) = model.value(0) else {
            findings.add(model.line, InfRule::NoSectionName, model.to_string());
            return;
        };
        let names = [base.to_owned()].into_iter().chain(
            ["NT", "NTx86", "NTamd64", "NTarm", "NTarm64"]
                .iter()
                .map(|platform| format!("{base}.{platform}")),
        );
        let mut found = Vec::new();
        for name in names {
            for (part, kind) in PARTS {
                if let Some(section) = self.inf.section(&format!("{name}.{part}")) {
                    self.visit(section, *kind);
                }
            }
            let Some(section) = self.inf.section(&name) else { continue };
            self.visit(section, Kind::Install);
            found.push(section);
        }
        // With a decorated one beside it, no Windows since 2000 takes the plain one.
        let decorated = found.iter().any(|section| !same(&section.name, base));
        for section in found.iter().filter(|section| !decorated || !same(&section.name, base)) {
            if !self.installs.iter().any(|known| same(&known.name, &section.name)) {
                self.installs.push(section);
            }
        }
        if found.is_empty() {
            findings.add(model.line, InfRule::MissingSection, format!("[{base}.NT]"));
        }
    }

    /// The sections that the directives of a section name.
    fn visit_named(&mut self, Used { section, kind }: Used<'a>, findings: &mut Findings) {
        for entry in &section.entries {
            let key = entry.key.as_deref().unwrap_or_default();
            if same(key, "Needs") {
                // Sections of this file; the others are Windows' own.
                for name in &entry.values {
                    if let Some(section) = self.inf.section(name) {
                        self.visit(section, kind);
                    }
                }
                continue;
            }
            let lists = LISTS.iter().any(|list| same(list, key));
            let names: &[(usize, Kind, bool)] = match (kind, key.to_ascii_lowercase().as_str()) {
                (Kind::Install | Kind::Service | Kind::UmdfService | Kind::Leaf, _) if lists => {
                    if entry.values.iter().all(String::is_empty) {
                        findings.add(entry.line, InfRule::NoSectionName, entry.to_string());
                    }
                    for name in entry.values.iter().filter(|name| !name.is_empty() && !name.starts_with('@'))
                    {
                        self.name(section, entry, name, Kind::Leaf, findings);
                    }
                    continue;
                }
                // The last one is the service's event log. A service without a name is the one that does nothing.
                (Kind::Services, "addservice") if entry.value(0).is_some() => {
                    &[(2, Kind::Service, true), (3, Kind::Install, false)]
                }
                (Kind::Services, "addfilter") => &[(2, Kind::Leaf, true)],
                (Kind::Wdf, "umdfservice") => &[(1, Kind::UmdfService, true)],
                (Kind::Wdf, "kmdfservice") => &[(1, Kind::Leaf, true)],
                (Kind::Interfaces, "addinterface") => &[(2, Kind::Install, false)],
                (Kind::Components, "addcomponent" | "addsoftware") => &[(2, Kind::Install, true)],
                _ => &[],
            };
            for (index, kind, needed) in names {
                match entry.value(*index) {
                    Some(name) => self.name(section, entry, name, *kind, findings),
                    None if *needed => findings.add(entry.line, InfRule::NoSectionName, entry.to_string()),
                    None => {}
                }
            }
        }
    }

    fn name(
        &mut self,
        from: &'a Section,
        entry: &'a Entry,
        name: &'a str,
        kind: Kind,
        findings: &mut Findings,
    ) {
        match self.inf.section(name) {
            Some(section) => {
                self.visit(section, kind);
                self.named.push(Reference { from, entry, name });
            }
            None if is_included(from, name) => {
                findings.add(entry.line, InfRule::IncludedSection, entry.to_string());
            }
            None => findings.add(entry.line, InfRule::MissingSection, format!("[{name}]")),
        }
    }
}

fn kind_of(section: &Section) -> Kind {
    PARTS.iter().find(|(part, _)| same(part, ending(&section.name))).map_or(Kind::Install, |(_, kind)| *kind)
}

/// Whether a section that is not in this file may be one of an included file: what those of the reflector's are called
/// is known.
fn is_included(from: &Section, name: &str) -> bool {
    let reflectors = name.split_at_checked(REFLECTOR.len()).is_some_and(|(start, _)| same(start, REFLECTOR));
    let mut included = from.all("Include").flat_map(|entry| &entry.values);
    included.any(|file| !same(file, REFLECTOR_INF) || reflectors)
}

/// Which part of an install section the name stands for; empty for the install section itself.
fn ending(name: &str) -> &str {
    let last = name.rsplit_once('.').map_or("", |(_, last)| last);
    if PARTS.iter().any(|(part, _)| same(part, last)) { last } else { "" }
}

fn check_needs(inf: &Inf, section: &Section, findings: &mut Findings) {
    for entry in section.all("Needs") {
        for name in &entry.values {
            if !same(ending(name), ending(&section.name)) {
                let text = format!("[{}] needs {name}", section.name);
                findings.add(entry.line, InfRule::NeedsOtherKind, text);
            }
            if inf.section(name).is_none() && section.all("Include").next().is_none() {
                let text = format!("[{}] needs {name}", section.name);
                findings.add(entry.line, InfRule::NeedsWithoutInclude, text);
            }
        }
    }
}
