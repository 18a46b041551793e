//! `wdfdevice.h`: device init, the device object, and the mapping of its registers.

use std::mem::offset_of;

use wdk_portable::{
    _MEMORY_CACHING_TYPE, _WDF_SYNCHRONIZATION_SCOPE, ACCESS_MASK, MEMORY_CACHING_TYPE, NTSTATUS,
    PHYSICAL_ADDRESS, PVOID, PWDF_OBJECT_ATTRIBUTES, PWDF_PNPPOWER_EVENT_CALLBACKS, PWDFDEVICE_INIT, SIZE_T,
    STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_SUCCESS, ULONG,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDFDEVICE, WDFDEVICE__, WDFDRIVER, WDFKEY,
};

use self::files::FileConfig;
use self::init::IoTypes;
use self::interface::Interfaces;
use self::power::IdlePolicy;
use self::state::Reported;
use super::attributes::{self, Allowed, Attributes};
use super::hwaccess::{Range, Registers};
use super::io::{Queue, Routes};
use super::iotarget::IoTarget;
use super::pointer::quad_part;
use super::registry::Key;
use super::{Handle, Pointer, Stop};
use crate::history::Event;
use crate::hive::Root;
use crate::host::{Host, State};
use crate::machines::Settings;
use crate::pnp::Stack;
use crate::rules::Rule;

pub mod files;
pub mod init;
pub mod interface;
pub mod node;
pub mod power;
mod power_data;
pub mod property;
pub mod state;
pub mod text;

/// `DeviceInstanceKeyType` of `WdfDeviceOpenRegistryKey` (`wdm.h`): the hardware key.
const PLUGPLAY_REGKEY_DEVICE: u32 = 1;
/// The driver's software key.
const PLUGPLAY_REGKEY_DRIVER: u32 = 2;
/// Size of WDF_PNPPOWER_EVENT_CALLBACKS before it had its last member (framework 1.9).
const OLDER_CALLBACKS: usize = offset_of!(WDF_PNPPOWER_EVENT_CALLBACKS, EvtDeviceUsageNotificationEx);

/// What EvtDriverDeviceAdd fills before the device exists.
#[derive(Default)]
pub struct DeviceInit {
    /// Where the device sits.
    pub slot: u16,
    callbacks: WDF_PNPPOWER_EVENT_CALLBACKS,
    files: Option<FileConfig>,
    io_types: IoTypes,
    requests: RequestConfig,
    /// The driver is a filter.
    pub filter: bool,
    /// The driver said whether it owns the power policy.
    owns_power_policy: Option<bool>,
    /// `ReleaseHardwareOrderOnFailure` is `AfterDescendants`.
    release_after_descendants: bool,
}

impl DeviceInit {
    /// For the device in a slot.
    pub fn new(slot: u16) -> Self {
        Self { slot, ..Self::default() }
    }

    /// What the machines must know.
    fn settings(&self, client_minor: u32) -> Settings {
        Settings {
            owner: self.owns_power_policy.unwrap_or(!self.filter),
            release_after_descendants: self.release_after_descendants,
            client_minor,
        }
    }
}

/// `WdfDeviceInitSetRequestAttributes`: read anew for each request.
#[derive(Default)]
pub struct RequestConfig(Option<wdk_portable::WDF_OBJECT_ATTRIBUTES>);

// SAFETY: the attributes point at the driver's context type information, a static of its image.
unsafe impl Send for RequestConfig {}

/// The device object.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one device")]
pub struct Device {
    /// Where it sits.
    pub slot: u16,
    /// Its state machines.
    pub stack: Option<Stack>,
    /// The driver is a filter: it forwards what it does not handle.
    pub filter: bool,
    /// When it idles out.
    pub idle: IdlePolicy,
    /// What the driver wants to know of files; `None`: nothing, and no file objects.
    pub files: Option<FileConfig>,
    /// Where requests go that no other queue takes.
    pub default_queue: Option<Handle>,
    /// Where requests of some types go instead.
    pub routes: Routes,
    /// The framework's own queue for opens that go to EvtDeviceFileCreate.
    pub creates: Option<Handle>,
    /// The next lower driver.
    pub io_target: Option<Handle>,
    /// How applications find it.
    pub interfaces: Interfaces,
    /// What the driver said about it.
    pub reported: Box<Reported>,
    /// How the driver wants its buffers.
    pub io_types: IoTypes,
    /// Attributes of its requests.
    pub requests: RequestConfig,
    /// The register and port tables.
    pub registers: Registers,
    /// The PnP state is not Init any more.
    pub started: bool,
    /// Power-managed queues may present requests.
    pub presenting: bool,
    /// No new request is taken.
    pub removed: bool,
    /// How many applications have it open.
    pub opens: usize,
    /// I/O callbacks of it that are about to begin or have not returned.
    pub dispatching: usize,
}

ddi! {
    /// Registers the PnP and power callbacks.
    fn WdfDeviceInitSetPnpPowerEventCallbacks(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        PnpPowerEventCallbacks: PWDF_PNPPOWER_EVENT_CALLBACKS,
    ) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        let name = "PnpPowerEventCallbacks";
        let callbacks = structure_of(host, PnpPowerEventCallbacks, name, &[OLDER_CALLBACKS])?;
        if callbacks.EvtDeviceUsageNotification.is_some() && callbacks.EvtDeviceUsageNotificationEx.is_some() {
            let message = "EvtDeviceUsageNotification and EvtDeviceUsageNotificationEx are both set";
            return Err(host.violation(Rule::ArgumentInvalid, message));
        }
        if let Some(init) = state.objects.get_mut::<DeviceInit>(init) {
            init.callbacks = callbacks;
        }
        Ok(())
    }

    /// Makes the device object and uses the device init up.
    fn WdfDeviceCreate(
        host,
        DeviceInit: *mut PWDFDEVICE_INIT,
        DeviceAttributes: PWDF_OBJECT_ATTRIBUTES,
        Device: *mut WDFDEVICE,
    ) -> NTSTATUS {
        let mut state = host.state();
        let given = DeviceInit.read(host, "DeviceInit")?;
        // SAFETY: a handle is never dereferenced.
        let given = unsafe { Pointer::new(given) };
        given.require(host, "*DeviceInit")?;
        if state.objects.former(given).is_some_and(|name| name.starts_with("init")) {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_STATE));
        }
        let init = state.objects.resolve::<DeviceInit>(host, given, "*DeviceInit")?;
        Device.require(host, "Device")?;
        let allowed = Allowed { level: true, scope: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, DeviceAttributes, allowed)?;
        let Some(given) = state.objects.get_mut::<DeviceInit>(init).map(std::mem::take) else {
            return Err(Stop::NoEffect);
        };
        // Used up: a handle that the driver kept is stale from here on, and only this function
        // answers it with a status.
        state.objects.remove(host, init);
        let settings = given.settings(state.client_minor);
        let body = Device {
            slot: given.slot,
            filter: given.filter,
            files: given.files,
            io_types: given.io_types,
            requests: given.requests,
            registers: Registers::new(host.installation(given.slot)),
            ..Device::default()
        };
        let driver = state.driver;
        let device = state.objects.create(host, body, driver, attributes);
        if let Some(node) = state.nodes.get_mut(&given.slot) {
            node.device = Some(device);
        }
        // The first child: what was sent to it comes back before the driver's objects go.
        let target = IoTarget::new(device, true);
        let target = state.objects.create(host, target, Some(device), Attributes::default());
        let creates = queue_of_creates(host, &mut state, device);
        if let Some(device) = state.objects.get_mut::<Device>(device) {
            device.io_target = Some(target);
            device.creates = creates;
        }
        let stack = Stack::new(crate::host::host(), given.slot, device, given.callbacks, settings);
        if let Some(device) = state.objects.get_mut::<Device>(device) {
            device.stack = Some(stack.clone());
        }
        drop(state);
        stack.machines.added();
        DeviceInit.write(host, "DeviceInit", std::ptr::null_mut())?;
        Device.write(host, "Device", device.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// The driver object.
    fn WdfDeviceGetDriver(host, Device: WDFDEVICE) -> WDFDRIVER {
        let state = host.state();
        state.objects.resolve::<Device>(host, Device, "Device")?;
        Ok(state.driver.map_or(std::ptr::null_mut(), Handle::raw))
    }

    /// Opens the device's hardware key or its driver key.
    fn WdfDeviceOpenRegistryKey(
        host,
        Device: WDFDEVICE,
        DeviceInstanceKeyType: ULONG,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        Key.write(host, "Key", std::ptr::null_mut())?;
        let attributes = attributes::check(host, &state.objects, KeyAttributes, Allowed::default())?;
        let slot = state.objects.get::<Device>(device).ok_or(Stop::NoEffect)?.slot;
        let body = key(slot, DeviceInstanceKeyType, DesiredAccess)?;
        let key = state.objects.create(host, body, Some(device), attributes);
        Key.write(host, "Key", key.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Maps a part of one assigned memory resource.
    fn WdfDeviceMapIoSpace(
        host,
        Device: WDFDEVICE,
        PhysicalAddress: PHYSICAL_ADDRESS,
        NumberOfBytes: SIZE_T,
        CacheType: MEMORY_CACHING_TYPE,
        PseudoBaseAddress: *mut PVOID,
    ) -> NTSTATUS {
        let mut state = host.state();
        let handle = state.objects.resolve::<Device>(host, Device, "Device")?;
        let Some(device) = state.objects.get_mut::<Device>(handle) else { return Err(Stop::NoEffect) };
        let physical = quad_part(PhysicalAddress);
        let range = Range { start: physical, length: NumberOfBytes };
        let cached = _MEMORY_CACHING_TYPE::MmNonCached.._MEMORY_CACHING_TYPE::MmMaximumCacheType;
        let pseudo = device.registers.map(host, handle, range, cached.contains(&CacheType), || {
            PseudoBaseAddress.write(host, "PseudoBaseAddress", std::ptr::null_mut())
        })?;
        PseudoBaseAddress.write(host, "PseudoBaseAddress", std::ptr::without_provenance_mut(pseudo))?;
        host.record(Event::Mapped { physical, length: NumberOfBytes });
        Ok(STATUS_SUCCESS)
    }

    /// Unmaps what `WdfDeviceMapIoSpace` mapped, with the same base and length.
    fn WdfDeviceUnmapIoSpace(host, Device: WDFDEVICE, PseudoBaseAddress: PVOID, NumberOfBytes: SIZE_T) {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let Some(device) = state.objects.get_mut::<Device>(device) else { return Err(Stop::NoEffect) };
        let physical = device.registers.unmap(host, PseudoBaseAddress.address(), NumberOfBytes)?;
        host.record(Event::Unmapped { physical, length: NumberOfBytes });
        Ok(())
    }
}

/// A structure of a function that returns no status: another size breaks into the debugger.
pub fn structure<T: Copy + Default>(host: &Host, pointer: Pointer<T>, name: &str) -> Result<T, Stop> {
    structure_of(host, pointer, name, &[])
}

/// As [`structure`], for one that grew: also takes the sizes of its `older` versions.
pub fn structure_of<T: Copy + Default>(
    host: &Host,
    pointer: Pointer<T>,
    name: &str,
    older: &[usize],
) -> Result<T, Stop> {
    match pointer.read_any_version(host, name, older, T::default()) {
        Err(Stop::Status(_)) => {
            let message = format!("{name}->Size is not {}", size_of::<T>());
            Err(host.violation(Rule::ArgumentInvalid, message))
        }
        read => read,
    }
}

/// Attributes in a call of a function that returns no status: what is wrong breaks into the debugger.
fn check_attributes(
    host: &Host,
    state: &State,
    pointer: Pointer<wdk_portable::WDF_OBJECT_ATTRIBUTES>,
    name: &str,
    allowed: Allowed,
) -> Result<(), Stop> {
    match attributes::validate(host, &state.objects, pointer, allowed) {
        Err(Stop::Status(status)) => {
            let message = format!("{name}: {}", crate::status::describe(status));
            Err(host.violation(Rule::ArgumentInvalid, message))
        }
        checked => checked.map(|_| ()),
    }
}

/// The state machines of a device that the driver names.
fn stack_of(host: &Host, state: &State, device: Pointer<WDFDEVICE__>) -> Result<(Handle, Stack), Stop> {
    let handle = state.objects.resolve::<Device>(host, device, "Device")?;
    let stack = state.objects.get::<Device>(handle).and_then(|device| device.stack.clone());
    Ok((handle, stack.ok_or(Stop::NoEffect)?))
}

/// The hardware key or the driver key of the device in a slot.
pub fn key(slot: u16, kind: u32, access: ACCESS_MASK) -> Result<Key, Stop> {
    match kind {
        PLUGPLAY_REGKEY_DEVICE => Key::of_device(Root::Hardware(slot), access),
        PLUGPLAY_REGKEY_DRIVER => Key::of_device(Root::Driver(slot), access),
        _ => Err(Stop::Status(STATUS_INVALID_PARAMETER)),
    }
}

/// The framework's own queue for opens, if the driver wants to see them; it has the level and the scope of the files.
fn queue_of_creates(host: &Host, state: &mut State, device: Handle) -> Option<Handle> {
    state.objects.get::<Device>(device)?.files.as_ref()?.config.EvtDeviceFileCreate?;
    let Attributes { level, scope, .. } = file_attributes(host, state, device).ok()?;
    let attributes = Attributes { level, scope, ..Attributes::default() };
    let queue = Queue::of_creates(device);
    Some(state.objects.create_as("creates", host, queue, Some(device), attributes))
}

/// Attributes for a new file object.
pub fn file_attributes(host: &Host, state: &State, device: Handle) -> Result<Attributes, Stop> {
    let given = state.objects.get::<Device>(device).and_then(|device| device.files.as_ref()?.attributes);
    if given.is_none() {
        // Without attributes files do not inherit the scope of the device (`fxpkggeneral.cpp`).
        let scope = Some(_WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeNone);
        return Ok(Attributes { scope, ..Attributes::default() });
    }
    checked(host, state, given, files::ALLOWED)
}

/// Attributes for a new request of the device.
pub fn request_attributes(host: &Host, state: &State, device: Handle) -> Result<Attributes, Stop> {
    let given = state.objects.get::<Device>(device).and_then(|device| device.requests.0);
    checked(host, state, given, Allowed::default())
}

fn checked(
    host: &Host,
    state: &State,
    given: Option<wdk_portable::WDF_OBJECT_ATTRIBUTES>,
    allowed: Allowed,
) -> Result<Attributes, Stop> {
    let Some(given) = given else { return Ok(Attributes::default()) };
    // SAFETY: points at a live copy of what the driver registered.
    let pointer = unsafe { Pointer::new(&raw const given) };
    attributes::validate(host, &state.objects, pointer, allowed)
}
