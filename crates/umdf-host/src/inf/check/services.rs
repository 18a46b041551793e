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
        if !is_extension(inf) && inf.section(&format!("{}.Services", install.name)).is_none() {
            findings.add(install.line, InfRule::NoServices, format!("[{}]", install.name));
        }
    }
    check_versions(references, findings);
    for (named, section) in set_up(inf, references) {
        let name = named.entry.value(0).unwrap_or_default();
        if named.entry.is("AddService") && !same(name, REFLECTOR) && !is_in_package(inf, section) {
            findings.add(named.entry.line, InfRule::ForeignService, named.entry.to_string());
        }
    }
    for (_, write) in service_writes(inf, references) {
        if !is_below_parameters(&write) {
            findings.add(write.entry.line, InfRule::OutsideParameters, write.entry.to_string());
        }
    }
}

/// Services that one system is to have set up in two ways.
pub(super) fn check_together(inf: &Inf, system: &References, findings: &mut Findings) {
    let mut first: BTreeMap<String, &Section> = BTreeMap::new();
    for (named, section) in set_up(inf, system) {
        let Some(service) = service_of(named) else { continue };
        let before = first.entry(service).or_insert(section);
        if settings(before) != settings(section) {
            let text = format!("{}: [{}] and [{}]", named.entry, before.name, section.name);
            findings.add(named.entry.line, InfRule::TwoServices, text);
        }
    }
    let mut first = BTreeMap::new();
    for (service, write) in service_writes(inf, system) {
        let data = first.entry((service, write.place())).or_insert_with(|| write.data());
        if *data != write.data() {
            findings.add(write.entry.line, InfRule::TwoServiceValues, write.entry.to_string());
        }
    }
}

/// An extension INF adds to a device that has its services by another one.
fn is_extension(inf: &Inf) -> bool {
    let class = inf.section("Version").and_then(|version| version.all("Class").next());
    class.is_some_and(|class| class.value(0).is_some_and(|name| same(name, "Extension")))
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

/// The service that a directive sets up; in lower case, because services are found so. The section of a service's
/// event log, which stands behind its own one, sets nothing up.
fn service_of(reference: Reference) -> Option<String> {
    let entry = reference.entry;
    let own = if entry.is("AddService") { entry.value(2) } else { entry.value(1) };
    let sets_up = ["AddService", "UmdfService"].iter().any(|key| entry.is(key));
    entry.value(0).filter(|_| sets_up && own == Some(reference.name)).map(str::to_lowercase)
}

/// The directives that set services up, with the sections that say how.
fn set_up<'a>(
    inf: &'a Inf,
    references: &References<'a>,
) -> impl Iterator<Item = (Reference<'a>, &'a Section)> {
    let named: Vec<_> =
        references.named.iter().copied().filter(|named| service_of(*named).is_some()).collect();
    named.into_iter().filter_map(|named| Some((named, inf.section(named.name)?)))
}

/// What is written to the keys of services, with their names.
fn service_writes<'a>(inf: &'a Inf, references: &References<'a>) -> Vec<(String, Write<'a>)> {
    let below_hkr = writes(inf, references).into_iter().filter(|write| same(write.root(), "HKR"));
    let of_service = below_hkr.filter_map(|write| {
        let mut named = references.named.iter().filter(|named| same(named.name, &write.by.from.name));
        Some((named.find_map(|named| service_of(*named))?, write))
    });
    of_service.collect()
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

fn is_below_parameters(write: &Write) -> bool {
    let key = write.key();
    key == "parameters" || key.starts_with(r"parameters\")
}
