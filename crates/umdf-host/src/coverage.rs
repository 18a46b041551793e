//! Which functions of the UMDF 2.15 table this host has.
//!
//! Sources: `wdffuncenum.h`.

use std::fmt;

use serde::Serialize;

use crate::framework;

/// Why functions are missing: the name, or with `*` how the names begin. The first that fits counts.
const REASONS: &[(&str, &str)] = &[
    ("WdfUsb*", "the devices of this host are PCI devices, not USB devices"),
    ("WdfCx*", "for class extensions, not for function drivers"),
    ("WdfDeviceInitEnableHidInterface", "for HID drivers"),
    ("WdfDeviceHidNotifyPresence", "for HID drivers"),
    ("WdfDeviceGetSelfIoTarget", "the public headers of UMDF 2.15 do not declare it"),
    ("WdfDeviceInitAllowSelfIoTarget", "the public headers of UMDF 2.15 do not declare it"),
    ("WdfIoTargetSelfAssignDefaultIoQueue", "the public headers of UMDF 2.15 do not declare it"),
];

/// The functions of the table, in its order.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// Those that the host has.
    pub implemented: Vec<&'static str>,
    /// Those that end a run by name when a driver calls them.
    pub missing: Vec<Missing>,
}

/// A function that the host lacks.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Missing {
    /// Its name.
    pub name: &'static str,
    /// Why it is missing.
    pub reason: &'static str,
}

impl Coverage {
    /// What the table itself says.
    pub fn of_table() -> Self {
        let (implemented, missing): (Vec<_>, Vec<_>) =
            framework::functions().partition(|(_, implemented)| *implemented);
        Self {
            implemented: implemented.into_iter().map(|(name, _)| name).collect(),
            missing: missing.into_iter().map(|(name, _)| Missing { name, reason: reason(name) }).collect(),
        }
    }
}

fn fits(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |beginning| name.starts_with(beginning))
}

fn reason(name: &str) -> &'static str {
    let found = REASONS.iter().find(|(pattern, _)| fits(pattern, name));
    found.map(|(_, reason)| *reason).expect("each missing function has a reason, which a test sees")
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.implemented.len() + self.missing.len();
        writeln!(f, "{} of {all} functions implemented", self.implemented.len())?;
        for name in &self.implemented {
            writeln!(f, "  {name}")?;
        }
        writeln!(f, "{} missing", self.missing.len())?;
        for Missing { name, reason } in &self.missing {
            writeln!(f, "  {name:<50} {reason}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_is_told_once() {
        let coverage = Coverage::of_table();
        let mut names = coverage.implemented.clone();
        names.extend(coverage.missing.iter().map(|missing| missing.name));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 257);
    }

    #[test]
    fn the_table_decides() {
        let coverage = Coverage::of_table();
        assert!(coverage.implemented.contains(&"WdfDriverCreate"));
        assert!(coverage.implemented.contains(&"WdfDeviceQueryProperty"));
        let missing = coverage.missing.iter().find(|missing| missing.name == "WdfUsbTargetDeviceCreate");
        assert!(missing.is_some_and(|missing| missing.reason.contains("USB")));
        assert!(!coverage.implemented.contains(&"WdfUsbTargetDeviceCreate"));
    }

    #[test]
    fn every_reason_is_needed() {
        let missing = Coverage::of_table().missing;
        for (pattern, _) in REASONS {
            assert!(missing.iter().any(|missing| fits(pattern, missing.name)), "{pattern} is implemented");
        }
    }
}
