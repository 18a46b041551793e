//! What installing an INF on a device sets up.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::directives::{WdfDirectives, read_wdf_section};
use super::error::InfError;
use super::files::{check_copied, driver_store_file};
use super::models::{Match, best_match};
use super::parse::{Entry, Inf, Section, same};
use super::reflector::{check_services, needs_reflector};
use super::registry::{RegistryData, RegistryValue, Written, add_reg};
use super::target::{TargetOs, models_sections};
use crate::guid::Guid;

/// What stampinf writes for `$UMDFVERSION$`: the framework version that this host offers.
pub(super) const STAMPED_VERSION: &str = "2.15.0";
/// Where Windows looks for a device's wish for messages (Microsoft Learn, "Enabling Message-Signaled
/// Interrupts in the Registry").
const MESSAGE_KEY: &str = r"Interrupt Management\MessageSignaledInterruptProperties";
/// Most messages that MSI-X can have.
const MAX_MESSAGES: u32 = 2048;
/// Subkey of a UMDF service that belongs to its driver.
const PARAMETERS: &str = "Parameters";

/// A device with its driver installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installation {
    /// Description of the device.
    pub description: String,
    /// Name of the manufacturer.
    pub manufacturer: String,
    /// Setup class of the device.
    pub class: String,
    /// GUID of the setup class.
    pub class_guid: Guid,
    /// The device's ID that the INF names.
    pub matched_id: String,
    /// Name of the install section, decoration included.
    pub install_section: String,
    /// Name of the UMDF service, at most 31 characters.
    pub service: String,
    /// Framework version that the driver was built for.
    pub library_version: UmdfVersion,
    /// File name of the driver in the driver store.
    pub driver_file: String,
    /// WDF directives of the device.
    pub directives: WdfDirectives,
    /// Values of the device's hardware key.
    pub hardware_key: Vec<RegistryValue>,
    /// Values of the device's software (driver) key.
    pub software_key: Vec<RegistryValue>,
    /// Values of the service's `Parameters` key; subkeys are relative to it.
    pub parameters: Vec<RegistryValue>,
    /// Security descriptor of the device in SDDL; None is the class default.
    pub security: Option<String>,
    /// `FILE_DEVICE_XXX` characteristics of the device.
    pub device_characteristics: u32,
    /// The device may use message-signaled interrupts.
    pub message_signaled: bool,
    /// Most messages it may get, 1 to 2048.
    pub message_number_limit: Option<u32>,
}

/// `UmdfLibraryVersion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UmdfVersion {
    /// Always 2.
    pub major: u32,
    /// Such as 15.
    pub minor: u32,
    /// Such as 0.
    pub service: u32,
}

impl fmt::Display for UmdfVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.service)
    }
}

impl Installation {
    /// Most messages that the device may get instead of an interrupt line; 0: none.
    pub fn messages(&self) -> u32 {
        if self.message_signaled { self.message_number_limit.unwrap_or(MAX_MESSAGES) } else { 0 }
    }

    /// Installs `inf` on a device with these IDs, each list most specific first.
    ///
    /// `$ARCH$` and `$UMDFVERSION$` of an INX are replaced first.
    ///
    /// # Errors
    /// [`InfError`] names the line that is wrong, or what is missing: no model fits, or an entry is not as it must be.
    pub fn plan(
        inf: &Inf,
        hardware_ids: &[String],
        compatible_ids: &[String],
        os: TargetOs,
    ) -> Result<Self, InfError> {
        let inf = &inf.clone().stamped(os.architecture.name(), STAMPED_VERSION);
        let (class, class_guid) = read_version_section(inf)?;
        let models = models_sections(inf, os)?;
        let matched = best_match(&models, hardware_ids, compatible_ids)?;

        let install = install_section(inf, &matched, os)?;
        needs_reflector(install, "WUDFRD.NT", os)?;
        let services = part(inf, install, "Services", "it installs the reflector")?;
        check_services(inf, services, os)?;

        let wdf = part(inf, install, "Wdf", "it names the UMDF service")?;
        let wdf = read_wdf_section(wdf)?;
        let service = inf.section(wdf.service_section).ok_or_else(|| InfError::MissingSection {
            line: wdf.service_entry.line,
            section: wdf.service_section.to_owned(),
        })?;
        let service = read_service_section(inf, service)?;
        check_copied(inf, install, service.driver_file, os)?;

        let hardware = match inf.section(&format!("{}.HW", install.name)) {
            Some(section) => read_hardware_section(inf, section, os)?,
            None => Hardware::default(),
        };
        Ok(Self {
            description: matched.description.to_owned(),
            manufacturer: matched.manufacturer.to_owned(),
            class,
            class_guid,
            matched_id: matched.id.to_owned(),
            install_section: install.name.clone(),
            service: wdf.service.to_owned(),
            library_version: service.library_version,
            driver_file: service.driver_file.to_owned(),
            directives: wdf.directives,
            hardware_key: hardware.values,
            software_key: add_reg(inf, install)?.into_iter().map(|written| written.value).collect(),
            parameters: service.parameters,
            security: hardware.security,
            device_characteristics: hardware.device_characteristics,
            message_signaled: hardware.message_signaled,
            message_number_limit: hardware.message_number_limit,
        })
    }
}

/// Checks the section; the answer is the setup class and its GUID.
fn read_version_section(inf: &Inf) -> Result<(String, Guid), InfError> {
    let version = inf.section("Version").ok_or(InfError::NoSuchSection {
        section: "Version".into(),
        advice: "add it with Signature, Class, ClassGuid and Provider",
    })?;
    let signature = version.require("Signature", "add Signature = \"$Windows NT$\"")?;
    if !["$Windows NT$", "$CHICAGO$"].iter().any(|known| signature.value(0).is_some_and(|s| same(s, known))) {
        return Err(InfError::bad(signature, "write Signature = \"$Windows NT$\""));
    }
    let class = version.require("Class", "add the setup class of the device")?.single()?;
    let guid = version.require("ClassGuid", "add the GUID of the setup class")?;
    version.require("Provider", "add Provider = %name%")?.single()?;
    let class_guid = guid.single()?.parse().map_err(|error: String| InfError::bad(guid, error))?;
    Ok((class.to_owned(), class_guid))
}

/// The matched install section with the most specific decoration.
fn install_section<'a>(inf: &'a Inf, matched: &Match<'_>, os: TargetOs) -> Result<&'a Section, InfError> {
    let base = matched.install_section;
    let names = [format!("{base}.NT{}", os.architecture.name()), format!("{base}.NT"), base.to_owned()];
    names
        .iter()
        .find_map(|name| inf.section(name))
        .ok_or_else(|| InfError::MissingSection { line: matched.entry.line, section: names[1].clone() })
}

/// `[install section.suffix]`.
fn part<'a>(
    inf: &'a Inf,
    install: &Section,
    suffix: &str,
    advice: &'static str,
) -> Result<&'a Section, InfError> {
    let name = format!("{}.{suffix}", install.name);
    inf.section(&name).ok_or(InfError::NoSuchSection { section: name, advice })
}

/// What the install section of a UMDF service says.
struct Service<'a> {
    library_version: UmdfVersion,
    driver_file: &'a str,
    parameters: Vec<RegistryValue>,
}

fn read_service_section<'a>(inf: &Inf, section: &'a Section) -> Result<Service<'a>, InfError> {
    const KNOWN: [&str; 3] = ["UmdfLibraryVersion", "ServiceBinary", "AddReg"];
    let unknown = section.entries.iter().find(|entry| !KNOWN.iter().any(|key| entry.is(key)));
    if let Some(entry) = unknown {
        return Err(InfError::UnknownDirective {
            line: entry.line,
            key: entry.to_string(),
            section: section.name.clone(),
        });
    }
    let version = section.require("UmdfLibraryVersion", "add UmdfLibraryVersion = $UMDFVERSION$")?;
    let binary = section.require("ServiceBinary", r"add ServiceBinary = %13%\name.dll")?;
    Ok(Service {
        library_version: read_version(version)?,
        driver_file: driver_store_file(binary)?,
        parameters: add_reg(inf, section)?.into_iter().map(below_parameters).collect::<Result<_, _>>()?,
    })
}

/// `major.minor.service`.
fn read_version(entry: &Entry) -> Result<UmdfVersion, InfError> {
    let parts: Option<Vec<u32>> = entry.single()?.split('.').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some(&[2, minor, service]) => Ok(UmdfVersion { major: 2, minor, service }),
        _ => Err(InfError::bad(entry, "write a UMDF 2 version such as 2.15.0, or $UMDFVERSION$")),
    }
}

/// Makes the subkey relative to `Parameters`, outside of which a driver package may not write.
fn below_parameters(written: Written<'_>) -> Result<RegistryValue, InfError> {
    let (first, rest) = written.value.subkey.split_once('\\').unwrap_or((&written.value.subkey, ""));
    if !same(first, PARAMETERS) {
        return Err(InfError::bad(written.entry, "a driver's own values stand below HKR, Parameters"));
    }
    Ok(RegistryValue { subkey: rest.to_owned(), ..written.value })
}

/// What the hardware section says.
#[derive(Default)]
struct Hardware {
    values: Vec<RegistryValue>,
    security: Option<String>,
    device_characteristics: u32,
    message_signaled: bool,
    message_number_limit: Option<u32>,
}

fn read_hardware_section(inf: &Inf, section: &Section, os: TargetOs) -> Result<Hardware, InfError> {
    needs_reflector(section, "WUDFRD.NT.HW", os)?;
    let mut hardware = Hardware::default();
    for Written { value, entry } in add_reg(inf, section)? {
        // These two are properties of the device, no values of its key.
        if value.is("", "Security") {
            hardware.security = Some(sddl(value, entry)?);
            continue;
        }
        if value.is("", "DeviceCharacteristics") {
            hardware.device_characteristics = dword(&value, entry)?;
            continue;
        }
        if value.is(MESSAGE_KEY, "MSISupported") {
            hardware.message_signaled = match dword(&value, entry)? {
                0 => false,
                1 => true,
                _ => return Err(InfError::bad(entry, "MSISupported is 0 or 1")),
            };
        }
        if value.is(MESSAGE_KEY, "MessageNumberLimit") {
            let limit = dword(&value, entry)?;
            if !(1..=MAX_MESSAGES).contains(&limit) {
                return Err(InfError::bad(entry, format!("the limit is 1 to {MAX_MESSAGES}")));
            }
            hardware.message_number_limit = Some(limit);
        }
        hardware.values.push(value);
    }
    Ok(hardware)
}

fn sddl(value: RegistryValue, entry: &Entry) -> Result<String, InfError> {
    match value.data {
        RegistryData::Sz(text) if ["O:", "G:", "D:", "S:"].iter().any(|part| text.starts_with(part)) => {
            Ok(text)
        }
        _ => Err(InfError::bad(entry, "Security is a string in SDDL, such as \"D:P(A;;GA;;;SY)\"")),
    }
}

fn dword(value: &RegistryValue, entry: &Entry) -> Result<u32, InfError> {
    match value.data {
        RegistryData::Dword(number) => Ok(number),
        _ => Err(InfError::bad(entry, format!("{} is a REG_DWORD: use flags 0x10001", value.name))),
    }
}
