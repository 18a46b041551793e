//! Which models section fits the system (Microsoft Learn, "INF Manufacturer Section", "Combining
//! Platform Extensions with Operating System Versions").

use super::error::InfError;
use super::parse::{Entry, Inf, Section, same};

/// Version of every Windows since 10, as INF decorations count it.
const OS_VERSION: (u32, u32) = (10, 0);
/// `VER_NT_WORKSTATION`.
const WORKSTATION: u32 = 1;

/// Processor architecture of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// x64.
    Amd64,
    /// ARM64.
    Arm64,
}

impl Architecture {
    /// As INF decorations and stampinf spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Amd64 => "amd64",
            Self::Arm64 => "arm64",
        }
    }
}

/// The Windows on which the INF is installed: a workstation of version 10.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetOs {
    /// Processor architecture.
    pub architecture: Architecture,
    /// Build number, such as 22631.
    pub build: u32,
}

impl TargetOs {
    /// Windows 11, version 23H2, on x64.
    pub const WINDOWS_11: Self = Self { architecture: Architecture::Amd64, build: 22631 };
}

/// A models section and whose models they are.
pub(super) struct Models<'a> {
    /// Name of the manufacturer.
    pub manufacturer: &'a str,
    /// The section.
    pub section: &'a Section,
}

/// The models section of each manufacturer that fits the system best.
pub(super) fn models_sections(inf: &Inf, os: TargetOs) -> Result<Vec<Models<'_>>, InfError> {
    let manufacturers = inf.section("Manufacturer").ok_or(InfError::NoSuchSection {
        section: "Manufacturer".into(),
        advice: "without it the INF installs nothing",
    })?;
    let mut found = Vec::new();
    for entry in &manufacturers.entries {
        if let Some(name) = best_models_section(entry, os)? {
            let section = inf.section(&name);
            let section = section.ok_or(InfError::MissingSection { line: entry.line, section: name })?;
            found.push(Models { manufacturer: entry.key.as_deref().unwrap_or_default(), section });
        }
    }
    if found.is_empty() {
        let offered: Vec<String> = manufacturers.entries.iter().map(Entry::to_string).collect();
        return Err(InfError::SystemNotSupported {
            system: format!("{} build {}", os.architecture.name(), os.build),
            architecture: os.architecture.name(),
            offered: offered.join("; "),
        });
    }
    Ok(found)
}

/// Name of the decorated section with the highest version that is not above the system's. Sections
/// without decoration are for x86 only.
fn best_models_section(entry: &Entry, os: TargetOs) -> Result<Option<String>, InfError> {
    let base = entry.value(0).ok_or_else(|| InfError::bad(entry, "name a models section"))?;
    let mut best: Option<(Version, &str)> = None;
    for decoration in &entry.values[1..] {
        let Some(version) = fitting_version(entry, decoration, os)? else { continue };
        if best.is_none_or(|(highest, _)| version > highest) {
            best = Some((version, decoration));
        }
    }
    Ok(best.map(|(_, decoration)| format!("{base}.{decoration}")))
}

/// Major, minor, build, and whether the product type was named: a closer fit ranks higher.
type Version = (u32, u32, u32, bool);

/// Version of `NT[architecture][.[major][.[minor][.[product][.[suite][.[build]]]]]]`, if it fits.
fn fitting_version(entry: &Entry, decoration: &str, os: TargetOs) -> Result<Option<Version>, InfError> {
    let malformed = || {
        let advice = format!("{decoration} is no target system: write it like NTamd64.10.0...22000");
        InfError::bad(entry, advice)
    };
    let mut fields = decoration.split('.');
    let platform = fields.next().unwrap_or_default();
    let (Some(nt), Some(architecture)) = (platform.get(..2), platform.get(2..)) else {
        return Err(malformed());
    };
    if !same(nt, "NT") {
        return Err(malformed());
    }
    if !same(architecture, os.architecture.name()) {
        return Ok(None);
    }
    let mut numbers = [None; 5];
    for (index, field) in fields.enumerate() {
        let slot = numbers.get_mut(index).ok_or_else(malformed)?;
        if !field.is_empty() {
            *slot = Some(number(field).ok_or_else(malformed)?);
        }
    }
    let [major, minor, product, suite, build] = numbers;
    if suite.is_some() {
        return Err(InfError::bad(
            entry,
            format!("{decoration} asks for a product suite: leave that field empty"),
        ));
    }
    let version = (major.unwrap_or(0), minor.unwrap_or(0));
    let build = build.unwrap_or(0);
    let fits =
        version <= OS_VERSION && build <= os.build && product.is_none_or(|product| product == WORKSTATION);
    Ok(fits.then_some((version.0, version.1, build, product.is_some())))
}

/// A number as INF files write it: decimal, or hexadecimal with 0x.
pub(super) fn number(text: &str) -> Option<u32> {
    match text.get(..2) {
        Some("0x" | "0X") => u32::from_str_radix(&text[2..], 16).ok(),
        _ => text.parse().ok(),
    }
}
