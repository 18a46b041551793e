//! `[Version]` (Microsoft Learn, "INF Version Section").

use super::{Findings, InfRule, Stage};
use crate::guid::Guid;
use crate::inf::parse::{Inf, Section, same};

/// What begins the GUIDs of the classes that Windows NT brought.
const FIRST_CLASSES: std::ops::RangeInclusive<u32> = 0x4d36_e964..=0x4d36_e980;
/// What is behind it in them.
const FIRST_CLASSES_REST: &str = "-e325-11ce-bfc1-08002be10318";
/// The setup classes that came later ("System-Defined Device Setup Classes Available to Vendors", "System-Defined
/// Device Setup Classes Reserved for System Use").
const LATER_CLASSES: &[&str] = &[
    // Battery, biometric, Bluetooth, camera.
    "72631e54-78a4-11d0-bcf7-00aa00b7b32a",
    "53d29ef7-377c-4d14-864b-eb3a85769359",
    "e0cbf06c-cd8b-4647-bb8a-263b43f0f974",
    "ca3e7ab9-b4c3-4ae6-8251-579ef933890f",
    // Compute accelerator, extension, firmware, HID.
    "f01a9d53-3ff6-48d2-9f97-c8a7004be10c",
    "e2f84ce7-8efa-411c-aa69-97454ca4cb57",
    "f2e7dd72-6468-4e36-b6f1-6488f42c1b52",
    "745a17a0-74d3-11d0-b6fe-00a0c90f57da",
    // Image, infrared, IEEE 1394, IEEE 1284.4.
    "6bdd1fc6-810f-11d0-bec7-08002be2092f",
    "6bdd1fc5-810f-11d0-bec7-08002be2092f",
    "6bdd1fc1-810f-11d0-bec7-08002be2092f",
    "48721b56-6795-11d2-b1a8-0080c72e74a2",
    // Processor, proximity, security devices, sensor.
    "50127dc3-0f36-415e-a6cc-4cb3be910b65",
    "5630831c-06c9-4856-b327-f5d32586e060",
    "d94ee5d8-d189-4994-83d2-f68d7d41b0e6",
    "5175d334-c371-4806-b3ba-71fd53c9258d",
    // Smart card reader, smart card filter, software component, software device.
    "50dd5230-ba8a-11d1-bf5d-0000f805f530",
    "db4f6ddd-9c0e-45e4-9597-78dbbad0f412",
    "5c4c3332-344d-483c-8739-259e934c9cc8",
    "62f9c741-b25a-46ce-b54c-9bccce08b6f2",
    // USB host, USB device, volume, portable device.
    "36fc9e60-c465-11cf-8056-444553540000",
    "88bae032-5a81-49f0-bc3d-a4ff138216d6",
    "71a27cdd-812a-11d0-bec7-08002be2092f",
    "eec5ad98-8080-425f-922a-dabf3de3f69a",
    // AVC, SBP-2, 61883, side show.
    "c06ff265-ae09-48f0-812c-16753d7cba83",
    "d48179be-ec20-11d1-b6b8-00c04fa372a7",
    "7ebefbc0-3200-11d2-b4c2-00a0c9697d07",
    "997b5d8d-c442-4f2e-baf3-9c8e671e9e21",
];
/// Highest number in a driver's version.
const MAX_VERSION: u32 = 65535;

pub(super) fn check(inf: &Inf, stage: Stage, findings: &mut Findings) {
    let Some(version) = inf.section("Version") else {
        findings.add(1, InfRule::Signature, "there is no [Version] section");
        return;
    };
    let first = |key: &'static str| version.all(key).next();
    let signatures = ["$Windows NT$", "$CHICAGO$"];
    let signature = first("Signature");
    if !signature
        .is_some_and(|entry| signatures.iter().any(|known| same(entry.value(0).unwrap_or_default(), known)))
    {
        let line = signature.map_or(version.line, |entry| entry.line);
        findings.add(line, InfRule::Signature, "the signature is missing or unknown");
    }
    if let Some(provider) = first("Provider")
        && provider.value(0).is_some_and(|name| same(name.trim(), "Microsoft"))
    {
        findings.add(provider.line, InfRule::ProviderMicrosoft, provider.to_string());
    }
    if first("PnpLockdown").and_then(|entry| entry.value(0)) != Some("1") {
        let line = first("PnpLockdown").map_or(version.line, |entry| entry.line);
        findings.add(line, InfRule::PnpLockdown, "PnpLockdown is not 1");
    }
    // One may stand for one architecture: CatalogFile.NTamd64.
    let catalog = version.entries.iter().any(|entry| {
        let key = entry.key.as_deref().unwrap_or_default();
        key.split('.').next().is_some_and(|name| same(name, "CatalogFile")) && entry.value(0).is_some()
    });
    if !catalog {
        findings.add(version.line, InfRule::NotSignable, "CatalogFile is missing");
    }
    check_driver_ver(version, stage, findings);
    check_class(inf, version, findings);
}

fn check_driver_ver(version: &Section, stage: Stage, findings: &mut Findings) {
    // An INX may leave it empty for stampinf.
    let found = version.all("DriverVer").find(|entry| stage == Stage::Inf || entry.value(0).is_some());
    match found {
        Some(entry)
            if !(1..=2).contains(&entry.values.len()) || !is_driver_ver(entry.value(0), entry.value(1)) =>
        {
            findings.add(entry.line, InfRule::DriverVer, entry.to_string());
        }
        Some(_) => {}
        None if stage == Stage::Inx => {}
        None => findings.add(version.line, InfRule::NotSignable, "DriverVer is missing"),
    }
}

/// `mm/dd/yyyy,w.x.y.z`.
pub(in crate::inf) fn is_driver_ver(date: Option<&str>, version: Option<&str>) -> bool {
    let numbers = |text: &str, separator| {
        text.split(separator)
            .map(|part| part.parse::<u32>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit())))
            .collect::<Option<Vec<_>>>()
    };
    let date = date.and_then(|date| numbers(date, ['/', '-'].as_slice()));
    let version = version.and_then(|version| numbers(version, ['.'].as_slice()));
    let day = match date.as_deref() {
        Some(&[month, day, year]) => (1..=days(month, year)).contains(&day) && (1601..=9999).contains(&year),
        _ => false,
    };
    day && version.is_some_and(|parts| parts.len() == 4 && parts.iter().all(|part| *part <= MAX_VERSION))
}

/// How many days the month has; 0 if there is no such month.
const fn days(month: u32, year: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

fn check_class(inf: &Inf, version: &Section, findings: &mut Findings) {
    let class = version.all("ClassGuid").next().and_then(|entry| entry.value(0)).unwrap_or_default();
    let install = inf
        .sections()
        .iter()
        .find(|section| section.name.split('.').next().is_some_and(|name| same(name, "ClassInstall32")));
    if let Some(install) = install
        && is_of_microsoft(class)
    {
        findings.add(install.line, InfRule::ClassInstall, format!("[{}] for {class}", install.name));
    }
}

fn is_of_microsoft(class: &str) -> bool {
    let Ok(class) = class.parse::<Guid>() else { return false };
    let class = class.to_string();
    let class = class.trim_matches(['{', '}']);
    let first = class.split_at_checked(8).is_some_and(|(first, rest)| {
        rest == FIRST_CLASSES_REST
            && u32::from_str_radix(first, 16).is_ok_and(|number| FIRST_CLASSES.contains(&number))
    });
    first || LATER_CLASSES.contains(&class)
}
