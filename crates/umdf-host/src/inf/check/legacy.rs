//! Sections and directives that drivers of Windows 10 and later do without.

use super::references::{References, Used};
use super::{Findings, InfRule};
use crate::inf::parse::same;

/// Sections that only old systems read.
const IGNORED: &[&str] = &["LogConfigOverride", "FactDef"];
/// Directives that change what the package does not own, or that old systems needed.
const OPERATIONS: &[&str] = &[
    "LogConfig",
    "BitReg",
    "Ini2Reg",
    "ProfileItems",
    "RegisterDlls",
    "UnregisterDlls",
    "UpdateInis",
    "UpdateIniFields",
    "Reboot",
    "Restart",
];
/// Directives that delete or rename.
const DELETIONS: &[&str] = &["DelFiles", "DelReg", "DelService", "RenFiles", "DelProperty"];

pub(super) fn check(references: &References, findings: &mut Findings) {
    for Used { section, .. } in &references.used {
        let ending = section.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let undoes = section.name.split('.').next().is_some_and(|name| same(name, "DefaultUninstall"));
        if same(ending, "CoInstallers") {
            findings.add(section.line, InfRule::LegacySection, format!("[{}]", section.name));
        }
        if IGNORED.iter().any(|name| same(name, ending)) {
            findings.add(section.line, InfRule::Ignored, format!("[{}]", section.name));
        }
        for entry in &section.entries {
            let is_one_of = |keys: &[&str]| keys.iter().any(|key| entry.is(key));
            if is_one_of(OPERATIONS) {
                findings.add(entry.line, InfRule::LegacyOperation, entry.to_string());
            }
            // What undoes an installation deletes.
            if is_one_of(DELETIONS) && !undoes {
                findings.add(entry.line, InfRule::Deletes, entry.to_string());
            }
        }
    }
}
