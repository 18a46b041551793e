//! `wdffdo.h`: what a function driver asks of its device before it makes the device object.

use wdk_portable::{
    ACCESS_MASK, DEVICE_REGISTRY_PROPERTY, NTSTATUS, PDEVPROPTYPE, POOL_TYPE, PULONG, PVOID,
    PWDF_DEVICE_PROPERTY_DATA, PWDF_OBJECT_ATTRIBUTES, PWDFDEVICE_INIT, STATUS_SUCCESS, ULONG,
    WDFDEVICE_INIT, WDFKEY, WDFMEMORY,
};

use super::attributes::{self, Allowed};
use super::device::{self, DeviceInit, property};
use super::{Pointer, Stop};
use crate::host::{Host, State};

/// Where the device that a device init is for sits.
fn slot_of_init(host: &Host, state: &State, init: Pointer<WDFDEVICE_INIT>) -> Result<u16, Stop> {
    let init = state.objects.resolve::<DeviceInit>(host, init, "DeviceInit")?;
    Ok(state.objects.get::<DeviceInit>(init).ok_or(Stop::NoEffect)?.slot)
}

ddi! {
    /// Opens the device's hardware key or its driver key.
    fn WdfFdoInitOpenRegistryKey(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceInstanceKeyType: ULONG,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS {
        let mut state = host.state();
        let slot = slot_of_init(host, &state, DeviceInit)?;
        Key.write(host, "Key", std::ptr::null_mut())?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, KeyAttributes, allowed)?;
        let body = device::key(slot, DeviceInstanceKeyType, DesiredAccess)?;
        // There is no device yet to be the parent.
        let driver = state.driver;
        let key = state.objects.create(host, body, driver, attributes);
        Key.write(host, "Key", key.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Makes the driver a filter: it does not own the power policy unless it says so, its queues are
    /// not power-managed unless they say so, and what it does not handle goes to the driver below.
    fn WdfFdoInitSetFilter(host, DeviceInit: PWDFDEVICE_INIT) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        state.objects.get_mut::<DeviceInit>(init).ok_or(Stop::NoEffect)?.filter = true;
        Ok(())
    }

    /// Reads a property of the device by its old number.
    fn WdfFdoInitQueryProperty(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceProperty: DEVICE_REGISTRY_PROPERTY::Type,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        ResultLength: PULONG,
    ) -> NTSTATUS {
        let state = host.state();
        let slot = slot_of_init(host, &state, DeviceInit)?;
        property::query(host, &state, slot, DeviceProperty, BufferLength, PropertyBuffer, ResultLength)
    }

    /// Reads a property of the device by its old number into a new memory object.
    fn WdfFdoInitAllocAndQueryProperty(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceProperty: DEVICE_REGISTRY_PROPERTY::Type,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
    ) -> NTSTATUS {
        let mut state = host.state();
        let slot = slot_of_init(host, &state, DeviceInit)?;
        PropertyMemory.write(host, "PropertyMemory", std::ptr::null_mut())?;
        let attributes = property::memory_attributes(host, &state, PropertyMemoryAttributes)?;
        property::query_memory(host, &mut state, slot, DeviceProperty, attributes, PropertyMemory)
    }

    /// Reads a property of the device by its key into a new memory object.
    fn WdfFdoInitAllocAndQueryPropertyEx(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS {
        let mut state = host.state();
        let slot = slot_of_init(host, &state, DeviceInit)?;
        let data = DeviceProperty.read_sized(host, "DeviceProperty")?;
        PropertyMemory.write(host, "PropertyMemory", std::ptr::null_mut())?;
        let attributes = property::memory_attributes(host, &state, PropertyMemoryAttributes)?;
        Type.require(host, "Type")?;
        let value = property::value_ex(host, &state, slot, &data)?;
        property::answer_memory(host, &mut state, value, attributes, PropertyMemory, Type)
    }

    /// Reads a property of the device by its key.
    fn WdfFdoInitQueryPropertyEx(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        ResultLength: PULONG,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS {
        let state = host.state();
        let slot = slot_of_init(host, &state, DeviceInit)?;
        let data = DeviceProperty.read_sized(host, "DeviceProperty")?;
        ResultLength.require(host, "ResultLength")?;
        // Unlike WdfDeviceQueryPropertyEx, which answers with a status.
        if BufferLength > 0 {
            PropertyBuffer.require(host, "PropertyBuffer")?;
        }
        Type.require(host, "Type")?;
        let value = property::value_ex(host, &state, slot, &data)?;
        property::answer(value, BufferLength, PropertyBuffer, ResultLength, Type)
    }
}
