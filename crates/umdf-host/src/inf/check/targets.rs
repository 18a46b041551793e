//! For which devices and systems the INF is, and whether it installs there.

use super::{Findings, InfRule};
use crate::inf::install::Installation;
use crate::inf::parse::{Inf, same};
use crate::inf::target::{Architecture, TargetOs};

/// The first build of Windows 10. Older ones are not installed on.
const FIRST_BUILD: u32 = 10240;
/// What the IDs of PCI devices begin with.
const PCI: &str = r"PCI\";
/// Position of the build number in a decoration, after the platform.
const BUILD: usize = 5;

/// A models section, and a system that it is for.
struct Target {
    section: String,
    os: TargetOs,
}

pub(super) fn check(inf: &Inf, findings: &mut Findings) {
    let default = inf
        .sections()
        .iter()
        .find(|section| section.name.split('.').next().is_some_and(|name| same(name, "DefaultInstall")));
    let Some(manufacturer) = inf.section("Manufacturer") else {
        // A package that is not for devices says so.
        if default.is_none() {
            findings.add(1, InfRule::NoDevices, "there is no [Manufacturer] section");
        }
        return;
    };
    if let Some(default) = default {
        findings.add(default.line, InfRule::DefaultInstall, format!("[{}]", default.name));
    }
    let named = manufacturer.entries.iter().flat_map(|entry| {
        let base = entry.value(0).unwrap_or_default().to_owned();
        let decorations = entry.values.iter().skip(1).map(|decoration| format!("{base}.{decoration}"));
        decorations.collect::<Vec<_>>().into_iter().chain([base.clone()])
    });
    let mut models = named.filter_map(|name| inf.section(&name));
    if !models.any(|section| section.entries.iter().any(|entry| entry.value(1).is_some())) {
        findings.add(manufacturer.line, InfRule::NoDevices, "no models section names a hardware ID");
    }
}

/// Installs the INF as the host does, for each PCI device and system that it names. For an INF without errors so far,
/// with a UMDF service: the host knows no others.
pub(super) fn try_to_install(inf: &Inf, findings: &mut Findings) {
    if !inf.sections().iter().any(|section| section.all("UmdfService").next().is_some()) {
        return;
    }
    for target in targets(inf) {
        let entries = inf.section(&target.section).map_or(&[][..], |section| &section.entries);
        for id in entries.iter().flat_map(|entry| entry.values.iter().skip(1)).filter(|id| is_pci(id)) {
            if let Err(error) = Installation::plan(inf, std::slice::from_ref(id), &[], target.os) {
                findings.add(error.line(), InfRule::NotInstallable, error.what());
            }
        }
    }
}

fn is_pci(id: &str) -> bool {
    id.split_at_checked(PCI.len()).is_some_and(|(bus, _)| same(bus, PCI))
}

fn targets(inf: &Inf) -> Vec<Target> {
    let entries = inf.section("Manufacturer").map_or(&[][..], |section| &section.entries);
    let decorations = entries.iter().flat_map(|entry| {
        let base = entry.value(0).unwrap_or_default();
        entry.values.iter().skip(1).filter_map(move |decoration| {
            Some(Target { section: format!("{base}.{decoration}"), os: system(decoration)? })
        })
    });
    decorations.collect()
}

/// The oldest system that a decoration is for; None for an architecture that this host does not know.
fn system(decoration: &str) -> Option<TargetOs> {
    let (platform, version) = decoration.split_once('.').unwrap_or((decoration, ""));
    let known = [Architecture::Amd64, Architecture::Arm64];
    let architecture = known.into_iter().find(|known| same(platform, &format!("NT{}", known.name())))?;
    let build = version.split('.').nth(BUILD - 1).and_then(|build| build.parse().ok()).unwrap_or(0);
    Some(TargetOs { architecture, build: FIRST_BUILD.max(build) })
}
