//! Services: the reflector, the UMDF service, and those that are not the package's to touch.

use std::collections::BTreeMap;

use super::references::{Kind, Reference, References};
use super::registry::{Write, writes};
use super::{Findings, InfRule};
use crate::inf::parse::{Inf, Section, same};

/// The reflector's service.
const REFLECTOR: &str = "WUDFRd";

pub(super) fn check(inf: &Inf, references: &References, findings: &mut Findings) {
    for install in &references.installs {
        if inf.section(&format!("{}.Services", install.name)).is_none() {
            findings.add(install.line, InfRule::NoServices, format!("[{}]", install.name));
        }
    }
    check_versions(references, findings);
    check_names(inf, references, findings);
    check_values(inf, references, findings);
}

fn check_versions(references: &References, findings: &mut Findings) {
    let services = references.used.iter().filter(|used| used.kind == Kind::UmdfService);
    for entry in services.flat_map(|used| used.section.all("UmdfLibraryVersion")) {
        let text = entry.value(0).unwrap_or_default();
        let parts: Option<Vec<u16>> = text.split('.').map(|part| part.parse().ok()).collect();
        if parts.is_none_or(|parts| parts.len() != 3) {
            findings.add(entry.line, InfRule::LibraryVersion, entry.to_string());
        }
    }
}

/// The service that a directive sets up; in lower case, because services are found so.
fn service_of(reference: Reference) -> Option<String> {
    let sets_up = ["AddService", "UmdfService"].iter().any(|key| reference.entry.is(key));
    reference.entry.value(0).filter(|_| sets_up).map(str::to_lowercase)
}

fn check_names(inf: &Inf, references: &References, findings: &mut Findings) {
    let mut first: BTreeMap<String, &Section> = BTreeMap::new();
    for reference in &references.named {
        let (Some(service), Some(section)) = (service_of(*reference), inf.section(reference.name)) else {
            continue;
        };
        // The event log of a service comes behind its own section.
        if reference.entry.is("AddService") && reference.entry.value(2) != Some(reference.name) {
            continue;
        }
        let before = first.entry(service).or_insert(section);
        if settings(before) != settings(section) {
            let text = format!("{}: [{}] and [{}]", reference.entry, before.name, section.name);
            findings.add(reference.entry.line, InfRule::TwoServices, text);
        }
        let name = reference.entry.value(0).unwrap_or_default();
        if reference.entry.is("AddService") && !same(name, REFLECTOR) && !is_in_package(inf, section) {
            findings.add(reference.entry.line, InfRule::ForeignService, reference.entry.to_string());
        }
    }
}

/// What a section sets, to be compared.
fn settings(section: &Section) -> Vec<String> {
    let mut settings: Vec<String> =
        section.entries.iter().map(|entry| entry.to_string().to_lowercase()).collect();
    settings.sort();
    settings
}

/// The service's program is one of the package's files.
fn is_in_package(inf: &Inf, service: &Section) -> bool {
    let binary = service.all("ServiceBinary").next().and_then(|entry| entry.value(0)).unwrap_or_default();
    let file = binary.rsplit('\\').next().unwrap_or_default();
    inf.section("SourceDisksFiles").is_some_and(|files| files.all(file).next().is_some())
}

fn check_values(inf: &Inf, references: &References, findings: &mut Findings) {
    let mut first = BTreeMap::new();
    for write in writes(inf, references) {
        let services = references.named.iter().filter(|named| same(named.name, &write.by.from.name));
        let Some(service) = services.copied().find_map(service_of) else { continue };
        if !same(write.root(), "HKR") {
            continue;
        }
        if !is_below_parameters(&write) {
            findings.add(write.entry.line, InfRule::OutsideParameters, write.entry.to_string());
        }
        let data = first.entry((service, write.place())).or_insert_with(|| write.data());
        if *data != write.data() {
            findings.add(write.entry.line, InfRule::TwoServiceValues, write.entry.to_string());
        }
    }
}

fn is_below_parameters(write: &Write) -> bool {
    let key = write.key();
    key == "parameters" || key.starts_with(r"parameters\")
}
