//! The reflector, WUDFRd: the kernel driver below every UMDF driver (Microsoft Learn, "Adding the
//! Reflector").

use super::error::InfError;
use super::parse::{Entry, Inf, Section, same};
use super::target::{TargetOs, number};

/// The inbox INF of the reflector.
const REFLECTOR_INF: &str = "WUDFRD.inf";
/// First build whose reflector INF can be included: Windows 11.
const INCLUDABLE_FROM: u32 = 22000;
/// Name of the reflector's service.
const SERVICE: &str = "WUDFRd";
/// `SPSVCINST_ASSOCSERVICE`: the service is the function driver of the device.
const FUNCTION_DRIVER: u32 = 0x2;

/// Checks `Include` and `Needs` of a section. `needed` is the reflector's section that fits it. Says
/// whether that section is asked for.
pub(super) fn needs_reflector(section: &Section, needed: &str, os: TargetOs) -> Result<bool, InfError> {
    let mut included = false;
    for entry in section.all("Include") {
        if entry.values.is_empty() || !entry.values.iter().all(|file| same(file, REFLECTOR_INF)) {
            return Err(InfError::bad(entry, format!("only {REFLECTOR_INF} is known here")));
        }
        if os.build < INCLUDABLE_FROM {
            let advice = format!(
                "{REFLECTOR_INF} can be included from build {INCLUDABLE_FROM} on: add a models section for build {} with an AddService of its own",
                os.build
            );
            return Err(InfError::bad(entry, advice));
        }
        included = true;
    }
    let mut needs = false;
    for entry in section.all("Needs") {
        if !included {
            return Err(InfError::bad(entry, format!("add Include = {REFLECTOR_INF} to this section")));
        }
        if entry.values.is_empty() || !entry.values.iter().all(|name| same(name, needed)) {
            return Err(InfError::bad(entry, format!("what fits this section is {needed}")));
        }
        needs = true;
    }
    Ok(needs)
}

/// Checks that the services section makes the reflector the function driver of the device.
pub(super) fn check_services(inf: &Inf, services: &Section, os: TargetOs) -> Result<(), InfError> {
    let mut installed = needs_reflector(services, "WUDFRD.NT.Services", os)?;
    for entry in services.all("AddService") {
        check_own_service(inf, entry)?;
        installed = true;
    }
    if installed {
        return Ok(());
    }
    Err(InfError::MissingEntry {
        line: services.line,
        section: services.name.clone(),
        key: "Needs",
        advice: "add Include = WUDFRD.inf and Needs = WUDFRD.NT.Services, without them no reflector is installed",
    })
}

/// `AddService = WUDFRd, 0x000001fa, section`, the form for systems before Windows 11.
fn check_own_service(inf: &Inf, entry: &Entry) -> Result<(), InfError> {
    let (Some(name), flags, Some(section)) = (entry.value(0), entry.value(1), entry.value(2)) else {
        return Err(InfError::bad(entry, "write AddService = WUDFRd, 0x000001fa, section"));
    };
    let flags = flags.and_then(number).unwrap_or(0);
    if !same(name, SERVICE) || flags & FUNCTION_DRIVER == 0 {
        let advice = "the one service of a UMDF device is WUDFRd, with flag 0x2 for the function driver";
        return Err(InfError::bad(entry, advice));
    }
    let install = inf
        .section(section)
        .ok_or_else(|| InfError::MissingSection { line: entry.line, section: section.to_owned() })?;
    for (key, advice, expected) in [
        ("ServiceType", "add ServiceType = 1", "1"),
        ("StartType", "add StartType = 3", "3"),
        ("ErrorControl", "add ErrorControl = 1", "1"),
    ] {
        let entry = install.require(key, advice)?;
        if number(entry.single()?) != number(expected) {
            return Err(InfError::bad(entry, format!("the reflector needs {key} = {expected}")));
        }
    }
    let binary = install.require("ServiceBinary", r"add ServiceBinary = %12%\WUDFRd.sys")?;
    if !same(binary.single()?, r"%12%\WUDFRd.sys") {
        return Err(InfError::bad(binary, r"the reflector is %12%\WUDFRd.sys"));
    }
    Ok(())
}
