//! `wdfdevice.h`: device properties. What a device has of itself is in `node.rs`.

use std::collections::BTreeMap;
use std::ffi::c_void;

use wdk_portable::{
    DEVICE_REGISTRY_PROPERTY, DEVPROPKEY, DEVPROPTYPE, NTSTATUS, PDEVPROPTYPE, POOL_TYPE, PULONG, PVOID,
    PWDF_DEVICE_PROPERTY_DATA, PWDF_OBJECT_ATTRIBUTES, STATUS_ACCESS_DENIED, STATUS_BUFFER_TOO_SMALL,
    STATUS_INVALID_PARAMETER, STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, ULONG,
    WDF_DEVICE_PROPERTY_DATA, WDF_OBJECT_ATTRIBUTES, WDFDEVICE, WDFDEVICE__, WDFMEMORY,
};

use super::super::attributes::{self, Allowed, Attributes};
use super::super::memory::MemoryObject;
use super::super::pointer::native;
use super::super::{Pointer, Stop, object};
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

/// Where the device behind a handle sits.
fn slot_of_device(host: &Host, state: &State, device: Pointer<WDFDEVICE__>) -> Result<u16, Stop> {
    let device = state.objects.resolve::<Device>(host, device, "Device")?;
    Ok(state.objects.get::<Device>(device).ok_or(Stop::NoEffect)?.slot)
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

/// A property of the device in a slot: what the driver stored, else what the device has of itself.
fn device_value(host: &Host, state: &State, slot: u16, property: &Property) -> Option<Value> {
    let stored = state.nodes.get(&slot).and_then(|node| node.properties.get(property));
    stored.cloned().or_else(|| node::value(host, state, slot, property))
}

/// What an Ex query asks for, after the checks that its functions do differently.
pub fn value_ex(
    host: &Host,
    state: &State,
    slot: u16,
    data: &WDF_DEVICE_PROPERTY_DATA,
) -> Result<Option<Value>, Stop> {
    let property = Property::named(host, data.PropertyKey, data.Lcid)?;
    Ok(device_value(host, state, slot, &property))
}

/// The query with a `DEVICE_REGISTRY_PROPERTY` (`_GetDeviceProperty` in `fxdeviceum.cpp`). GUIDs come
/// as text.
pub fn query(
    host: &Host,
    state: &State,
    slot: u16,
    property: DEVICE_REGISTRY_PROPERTY::Type,
    length: u32,
    buffer: Pointer<c_void>,
    result_length: Pointer<u32>,
) -> Result<NTSTATUS, Stop> {
    result_length.require(host, "ResultLength")?;
    if length > 0 {
        buffer.require(host, "PropertyBuffer")?;
    }
    let bytes = old_bytes(host, state, slot, property)?;
    result_length.write_if_any(bytes.as_ref().map_or(0, |bytes| length_of(bytes)));
    // Whatever keeps the host from finding it has this one status.
    let bytes = bytes.ok_or(Stop::Status(STATUS_UNSUCCESSFUL))?;
    Ok(give(&bytes, length, buffer))
}

/// The bytes of an old property; `None` if the device does not have it.
fn old_bytes(
    host: &Host,
    state: &State,
    slot: u16,
    property: DEVICE_REGISTRY_PROPERTY::Type,
) -> Result<Option<Vec<u8>>, Stop> {
    let Some((key, as_text)) = node::key_of(property) else {
        let message = format!("device property {property} does not exist in UMDF");
        return Err(host.violation(Rule::ApiUnavailable, message));
    };
    let value = device_value(host, state, slot, &key);
    Ok(value.map(|value| if as_text { node::guid_text(&value.bytes) } else { value.bytes }))
}

/// Attributes of the memory object for a property.
pub fn memory_attributes(
    host: &Host,
    state: &State,
    given: Pointer<WDF_OBJECT_ATTRIBUTES>,
) -> Result<Attributes, Stop> {
    attributes::check(host, &state.objects, given, Allowed { parent: true, ..Allowed::default() })
}

/// An old property in a new memory object.
pub fn query_memory(
    host: &Host,
    state: &mut State,
    slot: u16,
    property: DEVICE_REGISTRY_PROPERTY::Type,
    attributes: Attributes,
    memory: Pointer<WDFMEMORY>,
) -> Result<NTSTATUS, Stop> {
    let bytes = old_bytes(host, state, slot, property)?.ok_or(Stop::Status(STATUS_UNSUCCESSFUL))?;
    in_memory(host, state, &bytes, attributes, memory)
}

/// A value in a new memory object, and its type.
pub fn answer_memory(
    host: &Host,
    state: &mut State,
    value: Option<Value>,
    attributes: Attributes,
    memory: Pointer<WDFMEMORY>,
    kind: Pointer<u32>,
) -> Result<NTSTATUS, Stop> {
    let value = value.ok_or(Stop::Status(STATUS_OBJECT_NAME_NOT_FOUND))?;
    kind.write_if_any(value.kind);
    in_memory(host, state, &value.bytes, attributes, memory)
}

/// A memory object without bytes does not exist: an empty value makes none.
fn in_memory(
    host: &Host,
    state: &mut State,
    bytes: &[u8],
    attributes: Attributes,
    memory: Pointer<WDFMEMORY>,
) -> Result<NTSTATUS, Stop> {
    if !bytes.is_empty() {
        let made = object::create_below_driver(host, state, MemoryObject::with(bytes)?, attributes)?;
        memory.write(host, "PropertyMemory", made.raw())?;
    }
    Ok(STATUS_SUCCESS)
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
        let slot = slot_of_device(host, &state, Device)?;
        query(host, &state, slot, DeviceProperty, BufferLength, PropertyBuffer, ResultLength)
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
        let slot = slot_of_device(host, &state, Device)?;
        let data = DeviceProperty.read_sized(host, "DeviceProperty")?;
        RequiredSize.require(host, "RequiredSize")?;
        Type.require(host, "Type")?;
        check_buffer(BufferLength, PropertyBuffer)?;
        let value = value_ex(host, &state, slot, &data)?;
        answer(value, BufferLength, PropertyBuffer, RequiredSize, Type)
    }

    /// Reads a property of the device by its old number into a new memory object.
    fn WdfDeviceAllocAndQueryProperty(
        host,
        Device: WDFDEVICE,
        DeviceProperty: DEVICE_REGISTRY_PROPERTY::Type,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
    ) -> NTSTATUS {
        let mut state = host.state();
        let slot = slot_of_device(host, &state, Device)?;
        PropertyMemory.write(host, "PropertyMemory", std::ptr::null_mut())?;
        let attributes = memory_attributes(host, &state, PropertyMemoryAttributes)?;
        query_memory(host, &mut state, slot, DeviceProperty, attributes, PropertyMemory)
    }

    /// Reads a property of the device by its key into a new memory object.
    fn WdfDeviceAllocAndQueryPropertyEx(
        host,
        Device: WDFDEVICE,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS {
        let mut state = host.state();
        let slot = slot_of_device(host, &state, Device)?;
        let data = DeviceProperty.read_sized(host, "DeviceProperty")?;
        PropertyMemory.require(host, "PropertyMemory")?;
        Type.require(host, "Type")?;
        PropertyMemory.write(host, "PropertyMemory", std::ptr::null_mut())?;
        let attributes = memory_attributes(host, &state, PropertyMemoryAttributes)?;
        let value = value_ex(host, &state, slot, &data)?;
        answer_memory(host, &mut state, value, attributes, PropertyMemory, Type)
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
        let slot = slot_of_device(host, &state, Device)?;
        let data = DeviceProperty.read_sized(host, "DeviceProperty")?;
        let property = Property::named(host, data.PropertyKey, data.Lcid)?;
        if node::owns(&property) {
            return Err(Stop::Status(STATUS_ACCESS_DENIED));
        }
        let node = state.nodes.get_mut(&slot).ok_or(Stop::NoEffect)?;
        node.properties.assign(property, Type, Size, Data)
    }
}
