//! The WDF section, the UMDF service and the reflector.

use super::{edited, install, install_on, refusal, refused_at};
use crate::inf::TargetOs;

const ACCESS: &str = "UmdfDirectHardwareAccess = AllowDirectHardwareAccess";
const SERVICES: &str = "[Edu.NT.Services]\nInclude = WUDFRD.inf\nNeeds = WUDFRD.NT.Services";
/// The reflector as systems before Windows 11 want it.
const OWN_SERVICE: &str = r"[Edu.NT.Services]
AddService = WUDFRd,0x000001fa,Reflector
[Reflector]
ServiceType = 1
StartType = 3
ErrorControl = 1
ServiceBinary = %12%\WUDFRd.sys";

#[test]
fn the_wdf_section_is_strict() {
    for (line, advice) in [
        ("UmdfDirectHardwareAccess = Allow", "RejectDirectHardwareAccess or AllowDirectHardwareAccess"),
        ("UmdfDirectHardwareAcess = AllowDirectHardwareAccess", "no directive of [Edu.NT.Wdf]"),
        ("UmdfDispatcher = WinUsb", "remove this line"),
        ("UmdfMethodNeitherAction = Copy, Reject", "exactly one value"),
        ("UmdfMethodNeitherAction =", "exactly one value"),
        ("plain", "no directive"),
    ] {
        refused_at(&[(ACCESS, line)], line, advice);
    }
    refused_at(&[(ACCESS, &format!("{ACCESS}\n{ACCESS}"))], ACCESS, "given before on line");
}

#[test]
fn the_service_needs_its_name_its_order_and_its_section() {
    let service = "UmdfService = edu_umdf, Edu_Install";
    let order = "UmdfServiceOrder = edu_umdf\n";
    for (line, key) in [(service, "UmdfService"), (order, "UmdfServiceOrder")] {
        let message = refusal(&[(line, "")]);
        assert!(
            message.starts_with("[Edu.NT.Wdf], line") && message.contains(&format!("`{key}`")),
            "{message}"
        );
    }
    refused_at(&[(service, "UmdfService = edu_umdf")], "UmdfService ", "name, section");
    refused_at(&[(service, "UmdfService = edu_umdf, a, b")], "UmdfService ", "name, section");
    refused_at(&[(order, "UmdfServiceOrder = other\n")], "UmdfServiceOrder", "is edu_umdf");
    refused_at(&[("[Edu_Install]", "[Else]")], "UmdfService ", "[Edu_Install] is named here");
    assert!(refusal(&[("[Edu.NT.Wdf]", "[Else]")]).contains("no [Edu.NT.Wdf] section"));
}

#[test]
fn a_service_name_has_31_characters_at_most() {
    let [fits, too_long] = [31, 32].map(|length| "x".repeat(length));
    let named = |name: &str| [format!("= {name}, Edu"), format!("Order = {name}")];
    let [service, order] = named(&fits);
    let installed = install(&[("= edu_umdf, Edu", &service), ("Order = edu_umdf", &order)]);
    assert_eq!(installed.unwrap().service, fits);
    let [service, order] = named(&too_long);
    refused_at(
        &[("= edu_umdf, Edu", &service), ("Order = edu_umdf", &order)],
        "UmdfService ",
        "31 characters",
    );
}

#[test]
fn the_service_section_names_version_and_binary() {
    for version in ["1.11.0", "2.15", "2.15.0.0", "2.x.0", "$KMDFVERSION$"] {
        refused_at(&[("$UMDFVERSION$", version)], "UmdfLibraryVersion", "UMDF 2 version");
    }
    assert_eq!(install(&[("$UMDFVERSION$", "2.33.0")]).unwrap().library_version.to_string(), "2.33.0");
    for path in [r"%12%\UMDF\edu_umdf.dll", r"%13%\", r"%13%\sub\edu_umdf.dll", "edu_umdf.dll"] {
        refused_at(&[(r"%13%\edu_umdf.dll", path)], "ServiceBinary", "driver store");
    }
    refused_at(&[("ServiceBinary", "DriverCLSID = 1\nServiceBinary")], "DriverCLSID", "no directive");
    for key in ["UmdfLibraryVersion", "ServiceBinary"] {
        let text = edited(&[]);
        let line = text.lines().find(|line| line.starts_with(key)).unwrap();
        assert!(refusal(&[(line, "")]).contains(&format!("`{key}` entry is missing")));
    }
}

#[test]
fn only_the_reflector_may_be_included() {
    let both = "Include = WUDFRD.inf\nNeeds = WUDFRD.NT\n";
    refused_at(&[(both, "Include = other.inf\n")], "Include = other", "only WUDFRD.inf");
    refused_at(&[(both, "Include = WUDFRD.inf, other.inf\n")], "Include = WUDFRD.inf, ", "only WUDFRD.inf");
    refused_at(&[(both, "Include =\n")], "Include =\n".trim_end(), "only WUDFRD.inf");
}

#[test]
fn each_section_needs_its_own_part_of_the_reflector() {
    for name in ["WUDFRD.NT", "WUDFRD.NT.HW", "WUDFRD.NT.Services"] {
        let both = format!("Include = WUDFRD.inf\nNeeds = {name}\n");
        let needs = format!("Needs = {name}\n");
        refused_at(&[(&both, &needs)], needs.trim_end(), "add Include = WUDFRD.inf");
        refused_at(&[(&needs, "Needs = WUDFRD.NT.Wdf\n")], "Needs = WUDFRD.NT.Wdf", &format!("is {name}"));
    }
}

#[test]
fn the_reflector_must_be_installed() {
    let message = refusal(&[("Needs = WUDFRD.NT.Services", "")]);
    assert!(message.starts_with("[Edu.NT.Services], line") && message.contains("no reflector"), "{message}");
    assert!(refusal(&[("[Edu.NT.Services]", "[Else]")]).contains("no [Edu.NT.Services] section"));
}

#[test]
fn older_systems_need_a_service_of_their_own() {
    let os = TargetOs { build: 19045, ..TargetOs::WINDOWS_11 };
    let mut edits = vec![("...22000", "...17763")];
    let message = install_on(&edited(&edits), os).unwrap_err().to_string();
    assert!(message.contains("from build 22000"), "{message}");

    edits.extend([
        ("Include = WUDFRD.inf\nNeeds = WUDFRD.NT\n", ""),
        ("Include = WUDFRD.inf\nNeeds = WUDFRD.NT.HW", ""),
        (SERVICES, OWN_SERVICE),
    ]);
    assert!(install_on(&edited(&edits), os).is_ok());
}

#[test]
fn the_own_service_is_checked() {
    for (old, new, advice) in [
        ("WUDFRd,0x000001fa", "Other,0x000001fa", "is WUDFRd"),
        ("0x000001fa", "0x000001f8", "flag 0x2"),
        (",Reflector", "", "AddService = WUDFRd"),
        ("[Reflector]", "[Else]", "[Reflector] is named here"),
        ("ServiceType = 1", "", "ServiceType = 1"),
        ("StartType = 3", "StartType = 2", "StartType = 3"),
        ("ErrorControl = 1", "ErrorControl = x", "ErrorControl = 1"),
        ("%12%", "%13%", r"%12%\WUDFRd.sys"),
    ] {
        assert!(OWN_SERVICE.contains(old));
        let message = refusal(&[(SERVICES, &OWN_SERVICE.replace(old, new))]);
        assert!(message.contains(advice), "{message}");
    }
}
