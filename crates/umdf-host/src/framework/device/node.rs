//! The properties that a device has of itself: from the bus, the installation and the capabilities that
//! its driver reports (`devpkey.h`; Microsoft Learn, "Unified Device Property Model").

use wdk_portable::{
    _WDF_TRI_STATE as Tri, DEVICE_REGISTRY_PROPERTY as Old, DEVPROPTYPE, WDF_DEVICE_PNP_CAPABILITIES,
    WDF_TRI_STATE,
};

use super::property::{Property, Value};
use super::{Device, power_data};
use crate::bus::SLOTS_OF_BUS;
use crate::guid::Guid;
use crate::host::{Host, State};
use crate::inf::{Installation, RegistryData};

const DEVPROP_TYPE_UINT32: DEVPROPTYPE = 0x07;
const DEVPROP_TYPE_GUID: DEVPROPTYPE = 0x0d;
const DEVPROP_TYPE_STRING: DEVPROPTYPE = 0x12;
const DEVPROP_TYPE_STRING_LIST: DEVPROPTYPE = 0x2012;
const DEVPROP_TYPE_BINARY: DEVPROPTYPE = 0x1003;

/// The format of most `DEVPKEY_Device_XXX`; its numbers follow.
const DEVICE: Guid = Guid::new(0xa45c_254e, 0xdf1c, 0x4efd, [0x80, 0x20, 0x67, 0xd1, 0x46, 0xa8, 0x50, 0xe0]);
const DEVICE_DESC: u32 = 2;
const HARDWARE_IDS: u32 = 3;
const COMPATIBLE_IDS: u32 = 4;
const SERVICE: u32 = 6;
const CLASS: u32 = 9;
const CLASS_GUID: u32 = 10;
const MANUFACTURER: u32 = 13;
const FRIENDLY_NAME: u32 = 14;
const LOCATION_INFO: u32 = 15;
const PDO_NAME: u32 = 16;
const CAPABILITIES: u32 = 17;
const UI_NUMBER: u32 = 18;
const BUS_TYPE_GUID: u32 = 21;
const LEGACY_BUS_TYPE: u32 = 22;
const BUS_NUMBER: u32 = 23;
const ENUMERATOR_NAME: u32 = 24;
const SECURITY_SDS: u32 = 26;
const CHARACTERISTICS: u32 = 29;
const ADDRESS: u32 = 30;
const POWER_DATA: u32 = 32;
const REMOVAL_POLICY: u32 = 33;
const INSTALL_STATE: u32 = 36;
/// `DEVPKEY_NAME`.
const NAME: (Guid, u32) =
    (Guid::new(0xb725_f130, 0x47ef, 0x101a, [0xa5, 0xf1, 0x02, 0x60, 0x8c, 0x9e, 0xeb, 0xac]), 10);
/// `DEVPKEY_Device_ContainerId`.
const CONTAINER_ID: (Guid, u32) =
    (Guid::new(0x8c7e_d206, 0x3f8a, 0x4827, [0xb3, 0xab, 0xae, 0x9e, 0x1f, 0xae, 0xfc, 0x6c]), 2);

/// `GUID_BUS_TYPE_PCI`.
const PCI_BUS: Guid =
    Guid::new(0xc8eb_dfb0, 0xb510, 0x11d0, [0x80, 0xe5, 0x00, 0xa0, 0xc9, 0x25, 0x42, 0xe3]);
/// `GUID_CONTAINER_ID_INTERNALLY_CONNECTED_DEVICE`: part of the computer.
const INTERNAL: Guid = Guid::new(0, 0, 0, [0xff; 8]);
/// `PCIBus` of `INTERFACE_TYPE`.
const INTERFACE_TYPE_PCI: u32 = 5;
/// `CM_REMOVAL_POLICY_EXPECT_NO_REMOVAL`, `..._ORDERLY_REMOVAL` and `..._SURPRISE_REMOVAL`.
const EXPECT_NO_REMOVAL: u32 = 1;
const EXPECT_ORDERLY_REMOVAL: u32 = 2;
const EXPECT_SURPRISE_REMOVAL: u32 = 3;

/// The key of an old property number, and whether its GUID is told as text. None: not in UMDF.
pub fn key_of(property: Old::Type) -> Option<(Property, bool)> {
    let (format, number) = match property {
        Old::DevicePropertyDeviceDescription => (DEVICE, DEVICE_DESC),
        Old::DevicePropertyHardwareID => (DEVICE, HARDWARE_IDS),
        Old::DevicePropertyCompatibleIDs => (DEVICE, COMPATIBLE_IDS),
        Old::DevicePropertyClassName => (DEVICE, CLASS),
        Old::DevicePropertyClassGuid => (DEVICE, CLASS_GUID),
        // In UMDF this is the device's name, not its driver key.
        Old::DevicePropertyDriverKeyName => NAME,
        Old::DevicePropertyManufacturer => (DEVICE, MANUFACTURER),
        Old::DevicePropertyFriendlyName => (DEVICE, FRIENDLY_NAME),
        Old::DevicePropertyLocationInformation => (DEVICE, LOCATION_INFO),
        Old::DevicePropertyPhysicalDeviceObjectName => (DEVICE, PDO_NAME),
        Old::DevicePropertyBusTypeGuid => (DEVICE, BUS_TYPE_GUID),
        Old::DevicePropertyLegacyBusType => (DEVICE, LEGACY_BUS_TYPE),
        Old::DevicePropertyBusNumber => (DEVICE, BUS_NUMBER),
        Old::DevicePropertyEnumeratorName => (DEVICE, ENUMERATOR_NAME),
        Old::DevicePropertyAddress => (DEVICE, ADDRESS),
        Old::DevicePropertyUINumber => (DEVICE, UI_NUMBER),
        Old::DevicePropertyInstallState => (DEVICE, INSTALL_STATE),
        Old::DevicePropertyRemovalPolicy => (DEVICE, REMOVAL_POLICY),
        Old::DevicePropertyContainerID => CONTAINER_ID,
        _ => return None,
    };
    let as_text = [Old::DevicePropertyClassGuid, Old::DevicePropertyContainerID].contains(&property);
    Some((Property { format, number, locale: 0 }, as_text))
}

/// The system keeps it, a driver cannot store it.
pub fn owns(property: &Property) -> bool {
    let of_device = property.format == DEVICE && property.number != FRIENDLY_NAME;
    of_device || [NAME, CONTAINER_ID].contains(&(property.format, property.number))
}

/// The symbolic link of an interface: the device's instance path, the class and the reference string.
pub fn interface_link(host: &Host, slot: u16, class: Guid, reference: &str) -> String {
    let ids = host.bus().hardware_ids(slot).unwrap_or_default();
    let id = ids.first().map(|id| id.replace('\\', "#")).unwrap_or_default();
    let separator = if reference.is_empty() { "" } else { "\\" };
    let (bus, device) = (slot / SLOTS_OF_BUS, slot % SLOTS_OF_BUS);
    // The instance of a PCI function ends with its device and function number.
    format!("\\\\?\\{id}#3&11583659&{bus:X}&{:02X}#{class}{separator}{reference}", device << 3)
}

/// A GUID's bytes as text with its terminator; empty if they are none.
pub fn guid_text(bytes: &[u8]) -> Vec<u8> {
    <[u8; 16]>::try_from(bytes)
        .map_or_else(|_| Vec::new(), |bytes| terminated(&Guid::from_bytes(bytes).to_string()))
}

/// UTF-16 with its terminator.
fn terminated(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

fn string(text: impl AsRef<str>) -> Value {
    Value { kind: DEVPROP_TYPE_STRING, bytes: terminated(text.as_ref()) }
}

fn list(texts: &[String]) -> Value {
    let mut bytes: Vec<u8> = texts.iter().flat_map(|text| terminated(text)).collect();
    bytes.extend([0, 0]);
    Value { kind: DEVPROP_TYPE_STRING_LIST, bytes }
}

fn number(number: u32) -> Value {
    Value { kind: DEVPROP_TYPE_UINT32, bytes: number.to_le_bytes().to_vec() }
}

fn guid(guid: Guid) -> Value {
    Value { kind: DEVPROP_TYPE_GUID, bytes: guid.bytes() }
}

/// A property that the device has of itself.
pub fn value(host: &Host, state: &State, slot: u16, property: &Property) -> Option<Value> {
    let installation = host.installation(slot);
    if property.locale != 0 {
        return None;
    }
    match (property.format, property.number) {
        NAME => Some(friendly_name(installation).unwrap_or_else(|| string(&installation.description))),
        CONTAINER_ID => Some(guid(INTERNAL)),
        (DEVICE, number) => device_property(host, state, slot, number),
        _ => None,
    }
}

/// What the INF writes into the hardware key under this name.
fn friendly_name(installation: &Installation) -> Option<Value> {
    let written = installation.hardware_key.iter().find(|value| value.is("", "FriendlyName"))?;
    if let RegistryData::Sz(text) = &written.data { Some(string(text)) } else { None }
}

fn device_property(host: &Host, state: &State, slot: u16, key: u32) -> Option<Value> {
    let installation = host.installation(slot);
    // PnP asks for the capabilities while it starts the device.
    let device = state.nodes.get(&slot).and_then(|node| state.objects.get::<Device>(node.device?));
    let started = device.filter(|device| device.started);
    let capabilities = started.and_then(|device| device.reported.pnp_capabilities);
    let (bus, function) = (slot / SLOTS_OF_BUS, slot % SLOTS_OF_BUS);
    let address = u32::from(function) << 16;
    Some(match key {
        DEVICE_DESC => string(&installation.description),
        HARDWARE_IDS => list(&host.bus().hardware_ids(slot).ok()?),
        COMPATIBLE_IDS => list(&host.bus().compatible_ids(slot).ok()?),
        SERVICE => string("WUDFRd"),
        CLASS => string(&installation.class),
        CLASS_GUID => guid(installation.class_guid),
        MANUFACTURER => string(&installation.manufacturer),
        FRIENDLY_NAME => friendly_name(installation)?,
        LOCATION_INFO => string(format!("PCI bus {bus}, device {function}, function 0")),
        PDO_NAME => string(format!("\\Device\\NTPNP_PCI{slot:04}")),
        CAPABILITIES => number(capability_bits(capabilities)),
        UI_NUMBER => number(given(capabilities.map(|given| given.UINumber))?),
        BUS_TYPE_GUID => guid(PCI_BUS),
        LEGACY_BUS_TYPE => number(INTERFACE_TYPE_PCI),
        BUS_NUMBER => number(bus.into()),
        INSTALL_STATE => number(0),
        ENUMERATOR_NAME => string("PCI"),
        SECURITY_SDS => string(installation.security.as_ref()?),
        CHARACTERISTICS => number(installation.device_characteristics),
        ADDRESS => number(given(capabilities.map(|given| given.Address)).unwrap_or(address)),
        POWER_DATA => Value {
            kind: DEVPROP_TYPE_BINARY,
            bytes: power_data::bytes(started.and_then(|device| device.reported.power_capabilities), device),
        },
        REMOVAL_POLICY => number(removal_policy(capabilities)),
        _ => return None,
    })
}

/// A number of the capabilities; all ones leaves the bus driver's.
fn given(number: Option<u32>) -> Option<u32> {
    number.filter(|number| *number != u32::MAX)
}

/// `CM_DEVCAP_XXX` (`cfgmgr32.h`). The PCI bus driver sets none of them for a plain function; a function
/// driver has no word in `UniqueID`, `SilentInstall` and `HardwareDisabled`.
fn capability_bits(capabilities: Option<WDF_DEVICE_PNP_CAPABILITIES>) -> u32 {
    let Some(given) = capabilities else { return 0 };
    let bits = [
        (given.LockSupported, 0x001),
        (given.EjectSupported, 0x002),
        (given.Removable, 0x004),
        (given.DockDevice, 0x008),
        (given.SurpriseRemovalOK, 0x080),
    ];
    bits.into_iter().filter(|(state, _)| set(*state)).map(|(_, bit)| bit).sum()
}

fn removal_policy(capabilities: Option<WDF_DEVICE_PNP_CAPABILITIES>) -> u32 {
    let Some(given) = capabilities.filter(|given| set(given.Removable)) else { return EXPECT_NO_REMOVAL };
    if set(given.SurpriseRemovalOK) { EXPECT_SURPRISE_REMOVAL } else { EXPECT_ORDERLY_REMOVAL }
}

fn set(state: WDF_TRI_STATE) -> bool {
    state == Tri::WdfTrue
}
