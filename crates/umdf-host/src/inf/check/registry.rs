//! What the INF writes to the registry (Microsoft Learn, "INF AddReg Directive").

use std::collections::BTreeMap;

use super::references::{Reference, References};
use super::{Findings, InfRule};
use crate::inf::parse::{Entry, Inf, same};
use crate::inf::target::number;

/// `FLG_ADDREG_APPEND`.
const APPEND: u32 = 0x8;
/// Where all services are, below HKLM.
const SERVICES: &str = r"system\currentcontrolset\services";
/// What starts with Windows or with a session.
const RUN_KEYS: &[&str] = &[r"currentversion\run", r"currentversion\runonce"];

/// An entry of an AddReg list, and what names the list.
pub(super) struct Write<'a> {
    pub by: Reference<'a>,
    pub entry: &'a Entry,
}

impl Write<'_> {
    pub fn root(&self) -> &str {
        self.entry.value(0).unwrap_or_default()
    }

    /// The key, in lower case.
    pub fn key(&self) -> String {
        self.entry.value(1).unwrap_or_default().to_lowercase()
    }

    /// Root, key and value, to be compared.
    pub fn place(&self) -> String {
        let name = self.entry.value(2).unwrap_or_default();
        format!(r"{}\{}\{}", self.root(), self.key(), name).to_lowercase()
    }

    /// Flags and data, to be compared.
    pub fn data(&self) -> String {
        let flags = self.entry.value(3).and_then(number).unwrap_or(0);
        format!("{flags:#x} {}", self.entry.values.get(4..).unwrap_or_default().join(","))
    }
}

/// Everything that the sections in use write.
pub(super) fn writes<'a>(inf: &'a Inf, references: &References<'a>) -> Vec<Write<'a>> {
    let lists = references.directives("AddReg");
    let writes = lists.flat_map(|by| {
        let entries = inf.section(by.name).map_or(&[][..], |section| &section.entries);
        entries.iter().map(move |entry| Write { by, entry })
    });
    writes.collect()
}

pub(super) fn check(inf: &Inf, references: &References, findings: &mut Findings) {
    for write in writes(inf, references) {
        check_write(&write, findings);
    }
}

/// Global values that one system is to have twice.
pub(super) fn check_together(inf: &Inf, system: &References, findings: &mut Findings) {
    let mut first = BTreeMap::new();
    for write in writes(inf, system).iter().filter(|write| !same(write.root(), "HKR")) {
        let data = first.entry(write.place()).or_insert_with(|| write.data());
        if *data != write.data() {
            findings.add(write.entry.line, InfRule::TwoValues, write.entry.to_string());
        }
    }
}

fn check_write(write: &Write, findings: &mut Findings) {
    let line = write.entry.line;
    let mut add = |rule| findings.add(line, rule, write.entry.to_string());
    let (key, value) = (write.key(), write.entry.value(2).unwrap_or_default());
    if !same(write.root(), "HKR") {
        add(InfRule::RegistryRoot);
    }
    if same(write.root(), "HKLM") && (key == SERVICES || key.starts_with(&format!(r"{SERVICES}\"))) {
        add(InfRule::ServicesKey);
    }
    if RUN_KEYS.iter().any(|run| key.ends_with(run) || key.contains(&format!(r"{run}\"))) {
        add(InfRule::RunKey);
    }
    if same(value, "CoInstallers32") {
        add(InfRule::CoInstallers);
    }
    if write.entry.value(3).and_then(number).is_some_and(|flags| flags & APPEND != 0) {
        add(InfRule::Append);
    }
}
