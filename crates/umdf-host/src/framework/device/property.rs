//! `wdfdevice.h`: device properties. What a device has of itself is in `node.rs`.

use std::collections::BTreeMap;
use std::ffi::c_void;

use wdk_portable::{
    DEVICE_REGISTRY_PROPERTY, DEVPROPKEY, DEVPROPTYPE, NTSTATUS, PDEVPROPTYPE, PULONG, PVOID,
    PWDF_DEVICE_PROPERTY_DATA, STATUS_ACCESS_DENIED, STATUS_BUFFER_TOO_SMALL, STATUS_INVALID_PARAMETER,
    STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, ULONG, WDF_DEVICE_PROPERTY_DATA,
    WDFDEVICE,
};

use super::super::pointer::native;
use super::super::{Pointer, Stop};
use super::{Device, node};
use crate::guid::Guid;
use crate::host::{Host, State};
use crate::rules::Rule;

/// The key of a property: format and number of its `DEVPROPKEY`, and the locale.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Property {
    /// `fmtid`.
    pub format: Guid,
    /// `pid`.
    pub number: u32,
    /// 0 is neutral.
    pub locale: u32,
}

impl Property {
    /// The property that the driver names. The framework does not check the key, so NULL ends the real
    /// host with a fault.
    pub fn named(host: &Host, key: *const DEVPROPKEY, locale: u32) -> Result<Self, Stop> {
        // SAFETY: the driver's structure holds NULL or a key that is valid until the call returns.
        let key = unsafe { Pointer::new(key) }.read(host, "PropertyKey")?;
        Ok(Self { format: key.fmtid.into(), number: key.pid, locale })
    }
}

/// Type and bytes of a property.
#[derive(Clone)]
pub struct Value {
    /// `DEVPROP_TYPE_XXX`.
    pub kind: DEVPROPTYPE,
    /// As they lie in the driver's buffer.
    pub bytes: Vec<u8>,
}

/// What a driver stored.
#[derive(Default)]
pub struct Properties {
    values: BTreeMap<Property, Value>,
}

impl Properties {
    /// What is stored under that key.
    pub fn get(&self, property: &Property) -> Option<&Value> {
        self.values.get(property)
    }

    /// Stores a value, or deletes it if there is no buffer.
    pub fn assign(
        &mut self,
        property: Property,
        kind: DEVPROPTYPE,
        length: u32,
        buffer: Pointer<c_void>,
    ) -> Result<NTSTATUS, Stop> {
        if length == 0 && !buffer.is_null() {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        if buffer.is_null() {
            self.values.remove(&property);
            return Ok(STATUS_SUCCESS);
        }
        let mut bytes = vec![0; native(length.into())];
        let source = buffer.raw().cast::<u8>();
        // SAFETY: the driver's buffer is not NULL and has `length` bytes; `bytes` is as long.
        unsafe { source.copy_to_nonoverlapping(bytes.as_mut_ptr(), bytes.len()) };
        self.values.insert(property, Value { kind, bytes });
        Ok(STATUS_SUCCESS)
    }
}

/// The Ex functions want a buffer exactly if it has a length.
pub fn check_buffer(length: u32, buffer: Pointer<c_void>) -> Result<(), Stop> {
    if (length == 0) == buffer.is_null() { Ok(()) } else { Err(Stop::Status(STATUS_INVALID_PARAMETER)) }
}

/// Copies `bytes` to the driver if its buffer takes them all.
fn give(bytes: &[u8], length: u32, buffer: Pointer<c_void>) -> NTSTATUS {
    if native(length.into()) < bytes.len() {
        return STATUS_BUFFER_TOO_SMALL;
    }
    let place = buffer.raw().cast::<u8>();
    if !bytes.is_empty() {
        // SAFETY: the driver's buffer has `length` bytes, which are enough; with a length it is not
        // NULL, which every caller checked.
        unsafe { place.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    }
    STATUS_SUCCESS
}

fn length_of(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// Answers a query of an Ex function. What is not there has no length and no type; its status is the
/// one documented for `IoGetDevicePropertyData`.
pub fn answer(
    value: Option<Value>,
    length: u32,
    buffer: Pointer<c_void>,
    required: Pointer<u32>,
    kind: Pointer<u32>,
) -> Result<NTSTATUS, Stop> {
    required.write_if_any(value.as_ref().map_or(0, |value| length_of(&value.bytes)));
    kind.write_if_any(value.as_ref().map_or(0, |value| value.kind));
    let value = value.ok_or(Stop::Status(STATUS_OBJECT_NAME_NOT_FOUND))?;
    Ok(give(&value.bytes, length, buffer))
}

/// A property of the device: what the driver stored, else what the device has of itself.
fn device_value(host: &Host, state: &State, property: &Property) -> Option<Value> {
    state.properties.get(property).cloned().or_else(|| node::value(host, state, property))
}

/// The Ex query after the checks that its two functions do differently.
pub fn query_ex(
    host: &Host,
    state: &State,
    data: &WDF_DEVICE_PROPERTY_DATA,
    length: u32,
    buffer: Pointer<c_void>,
    required: Pointer<u32>,
    kind: Pointer<u32>,
) -> Result<NTSTATUS, Stop> {
    let property = Property::named(host, data.PropertyKey, data.Lcid)?;
    answer(device_value(host, state, &property), length, buffer, required, kind)
}

/// The query with a `DEVICE_REGISTRY_PROPERTY` (`_GetDeviceProperty` in `fxdeviceum.cpp`). GUIDs come
/// as text.
pub fn query(
    host: &Host,
    state: &State,
    property: DEVICE_REGISTRY_PROPERTY::Type,
    length: u32,
    buffer: Pointer<c_void>,
    result_length: Pointer<u32>,
) -> Result<NTSTATUS, Stop> {
    result_length.require(host, "ResultLength")?;
    if length > 0 {
        buffer.require(host, "PropertyBuffer")?;
    }
    let Some((key, as_text)) = node::key_of(property) else {
        let message = format!("device property {property} does not exist in UMDF");
        return Err(host.violation(Rule::ApiUnavailable, message));
    };
    let value = device_value(host, state, &key);
    let bytes = match &value {
        Some(value) if as_text => node::guid_text(&value.bytes),
        Some(value) => value.bytes.clone(),
        None => Vec::new(),
    };
    result_length.write_if_any(length_of(&bytes));
    // Whatever keeps the host from finding it has this one status.
    if value.is_none() { Ok(STATUS_UNSUCCESSFUL) } else { Ok(give(&bytes, length, buffer)) }
}

ddi! {
    /// Reads a property of the device by its old number.
    fn WdfDeviceQueryProperty(
        host,
        Device: WDFDEVICE,
        DeviceProperty: DEVICE_REGISTRY_PROPERTY::Type,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        ResultLength: PULONG,
    ) -> NTSTATUS {
        let state = host.state();
        state.objects.resolve::<Device>(host, Device, "Device")?;
        query(host, &state, DeviceProperty, BufferLength, PropertyBuffer, ResultLength)
    }

    /// Reads a property of the device by its key.
    fn WdfDeviceQueryPropertyEx(
        host,
        Device: WDFDEVICE,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        RequiredSize: PULONG,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS {
        let state = host.state();
        state.objects.resolve::<Device>(host, Device, "Device")?;
        let data = DeviceProperty.read_sized(host, "DeviceProperty")?;
        RequiredSize.require(host, "RequiredSize")?;
        Type.require(host, "Type")?;
        check_buffer(BufferLength, PropertyBuffer)?;
        query_ex(host, &state, &data, BufferLength, PropertyBuffer, RequiredSize, Type)
    }

    /// Sets or, without a buffer, deletes a property of the device. Those that the device has of
    /// itself are not the driver's to change, but for its friendly name.
    fn WdfDeviceAssignProperty(
        host,
        Device: WDFDEVICE,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        Type: DEVPROPTYPE,
        Size: ULONG,
        Data: PVOID,
    ) -> NTSTATUS {
        let mut state = host.state();
        state.objects.resolve::<Device>(host, Device, "Device")?;
        let data = DeviceProperty.read_sized(host, "DeviceProperty")?;
        let property = Property::named(host, data.PropertyKey, data.Lcid)?;
        if node::owns(&property) {
            return Err(Stop::Status(STATUS_ACCESS_DENIED));
        }
        state.properties.assign(property, Type, Size, Data)
    }
}
