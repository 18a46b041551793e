//! `wdfdevice.h`: device interfaces (`fxdeviceinterfaceapi.cpp`) and their properties
//! (`fxdeviceapium.cpp`).

use wdk_portable::{
    BOOLEAN, DEVPROPTYPE, GUID, NTSTATUS, PCUNICODE_STRING, PDEVPROPTYPE, POOL_TYPE, PULONG, PVOID,
    PWDF_DEVICE_INTERFACE_PROPERTY_DATA, PWDF_OBJECT_ATTRIBUTES, STATUS_INVALID_PARAMETER,
    STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS, ULONG, WDF_DEVICE_INTERFACE_PROPERTY_DATA, WDFDEVICE,
    WDFMEMORY, WDFSTRING,
};

use super::super::string::StringObject;
use super::super::{Handle, Pointer, Stop};
use super::property::{self, Properties, Property};
use super::text::optional_text;
use super::{Device, node};
use crate::guid::Guid;
use crate::host::{Host, State};
use crate::rules::Rule;

/// One registered interface.
struct Interface {
    class: Guid,
    reference: String,
    enabled: bool,
    properties: Properties,
}

/// The interfaces of a device.
#[derive(Default)]
pub struct Interfaces {
    registered: Vec<Interface>,
}

impl Interfaces {
    /// The end of the first start: every interface that is registered now is enabled.
    pub fn enable_all(&mut self) {
        self.registered.iter_mut().for_each(|interface| interface.enabled = true);
    }

    /// The device goes away.
    pub fn disable_all(&mut self) {
        self.registered.iter_mut().for_each(|interface| interface.enabled = false);
    }

    /// Applications can find the device.
    pub fn any_enabled(&self) -> bool {
        self.registered.iter().any(|interface| interface.enabled)
    }

    /// Those that applications can find, each with its class and its reference string.
    pub fn enabled(&self) -> impl Iterator<Item = (Guid, &str)> {
        let enabled = self.registered.iter().filter(|interface| interface.enabled);
        enabled.map(|interface| (interface.class, interface.reference.as_str()))
    }

    /// Class and reference string are compared exactly, as the framework does.
    fn find(&mut self, class: Guid, reference: &str) -> Option<&mut Interface> {
        self.registered.iter_mut().find(|known| known.class == class && known.reference == reference)
    }
}

fn interface<'a>(
    state: &'a mut State,
    device: Handle,
    class: Guid,
    reference: &str,
) -> Option<&'a mut Interface> {
    state.objects.get_mut::<Device>(device)?.interfaces.find(class, reference)
}

/// The interface that the property data name and the property of it: size, class, reference string,
/// then whether it is registered.
fn named<'a>(
    host: &Host,
    state: &'a mut State,
    device: Handle,
    data: Pointer<WDF_DEVICE_INTERFACE_PROPERTY_DATA>,
) -> Result<(&'a mut Interface, Property), Stop> {
    let data = data.read_sized(host, "PropertyData")?;
    // SAFETY: the driver's structure holds NULL or a pointer that is valid until the call returns.
    let class: Pointer<GUID> = unsafe { Pointer::new(data.InterfaceClassGUID) };
    let class = Guid::from(class.read(host, "PropertyData->InterfaceClassGUID")?);
    // SAFETY: as above.
    let reference = unsafe { Pointer::new(data.ReferenceString) };
    let reference = match optional_text(host, reference, "ReferenceString") {
        Err(Stop::Status(status)) => {
            let message = "PropertyData->ReferenceString is no well-formed UNICODE_STRING";
            return Err(host.refusal(Rule::ArgumentInvalid, status, message));
        }
        text => text?,
    };
    let interface =
        interface(state, device, class, &reference).ok_or(Stop::Status(STATUS_INVALID_PARAMETER))?;
    Ok((interface, Property::named(host, data.PropertyKey, data.Lcid)?))
}

ddi! {
    /// Registers a device interface; it is enabled at the end of the first start.
    fn WdfDeviceCreateDeviceInterface(
        host,
        Device: WDFDEVICE,
        InterfaceClassGUID: *const GUID,
        ReferenceString: PCUNICODE_STRING,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let class = Guid::from(InterfaceClassGUID.read(host, "InterfaceClassGUID")?);
        let reference = optional_text(host, ReferenceString, "ReferenceString")?;
        let Some(device) = state.objects.get_mut::<Device>(device) else { return Err(Stop::NoEffect) };
        if device.interfaces.find(class, &reference).is_none() {
            let interface = Interface { class, reference, enabled: false, properties: Properties::default() };
            device.interfaces.registered.push(interface);
        }
        Ok(STATUS_SUCCESS)
    }

    /// Enables or disables a registered interface; one that is not registered is passed over. It does
    /// not keep an interface from being enabled by the first start.
    fn WdfDeviceSetDeviceInterfaceState(
        host,
        Device: WDFDEVICE,
        InterfaceClassGUID: *const GUID,
        ReferenceString: PCUNICODE_STRING,
        IsInterfaceEnabled: BOOLEAN,
    ) {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let class = Guid::from(InterfaceClassGUID.read(host, "InterfaceClassGUID")?);
        let reference = match optional_text(host, ReferenceString, "ReferenceString") {
            Err(Stop::Status(_)) => {
                let message = "ReferenceString is no well-formed UNICODE_STRING";
                return Err(host.violation(Rule::ArgumentInvalid, message));
            }
            text => text?,
        };
        if let Some(interface) = interface(&mut state, device, class, &reference) {
            interface.enabled = IsInterfaceEnabled != 0;
        }
        Ok(())
    }

    /// Sets or, without a buffer, deletes a property of a registered interface.
    fn WdfDeviceAssignInterfaceProperty(
        host,
        Device: WDFDEVICE,
        PropertyData: PWDF_DEVICE_INTERFACE_PROPERTY_DATA,
        Type: DEVPROPTYPE,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let (interface, property) = named(host, &mut state, device, PropertyData)?;
        interface.properties.assign(property, Type, BufferLength, PropertyBuffer)
    }

    /// Reads a property of a registered interface into a new memory object.
    fn WdfDeviceAllocAndQueryInterfaceProperty(
        host,
        Device: WDFDEVICE,
        PropertyData: PWDF_DEVICE_INTERFACE_PROPERTY_DATA,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let (interface, property) = named(host, &mut state, device, PropertyData)?;
        let value = interface.properties.get(&property).cloned();
        PropertyMemory.require(host, "PropertyMemory")?;
        Type.require(host, "Type")?;
        PropertyMemory.write(host, "PropertyMemory", std::ptr::null_mut())?;
        let attributes = property::memory_attributes(host, &state, PropertyMemoryAttributes)?;
        property::answer_memory(host, &mut state, value, attributes, PropertyMemory, Type)
    }

    /// The name by which applications open a registered interface.
    fn WdfDeviceRetrieveDeviceInterfaceString(
        host,
        Device: WDFDEVICE,
        InterfaceClassGUID: *const GUID,
        ReferenceString: PCUNICODE_STRING,
        String: WDFSTRING,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let class = Guid::from(InterfaceClassGUID.read(host, "InterfaceClassGUID")?);
        let reference = optional_text(host, ReferenceString, "ReferenceString")?;
        let string = state.objects.resolve::<StringObject>(host, String, "String")?;
        if interface(&mut state, device, class, &reference).is_none() {
            return Err(Stop::Status(STATUS_OBJECT_NAME_NOT_FOUND));
        }
        let slot = state.objects.get::<Device>(device).ok_or(Stop::NoEffect)?.slot;
        let link: Vec<u16> = node::interface_link(host, slot, class, &reference).encode_utf16().collect();
        state.objects.get_mut::<StringObject>(string).ok_or(Stop::NoEffect)?.assign(&link)?;
        Ok(STATUS_SUCCESS)
    }

    /// Reads a property of a registered interface.
    fn WdfDeviceQueryInterfaceProperty(
        host,
        Device: WDFDEVICE,
        PropertyData: PWDF_DEVICE_INTERFACE_PROPERTY_DATA,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        ResultLength: PULONG,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let (interface, property) = named(host, &mut state, device, PropertyData)?;
        ResultLength.require(host, "ResultLength")?;
        Type.require(host, "Type")?;
        property::check_buffer(BufferLength, PropertyBuffer)?;
        let value = interface.properties.get(&property).cloned();
        property::answer(value, BufferLength, PropertyBuffer, ResultLength, Type)
    }
}
