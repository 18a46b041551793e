//! `wdfdevice.h`: device state, capabilities and what else a driver tells and asks of its device.

use wdk_portable::{
    _DEVICE_POWER_STATE as Dx, _SYSTEM_POWER_STATE as Sx, _WDF_EVENT_TYPE as EventType,
    _WDF_REQUEST_TYPE as RequestType, _WDF_TRI_STATE as Tri, ACCESS_MASK, BOOLEAN, BYTE, GUID, NTSTATUS,
    PCUNICODE_STRING, PFILE_OBJECT, PVOID, PWDF_DEVICE_PNP_CAPABILITIES, PWDF_DEVICE_POWER_CAPABILITIES,
    PWDF_DEVICE_STATE, PWDF_OBJECT_ATTRIBUTES, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, ULONG, WDF_DEVICE_IO_TYPE, WDF_DEVICE_PNP_CAPABILITIES,
    WDF_DEVICE_POWER_CAPABILITIES, WDF_DEVICE_STATE, WDF_EVENT_TYPE, WDF_REQUEST_TYPE, WDF_TRI_STATE,
    WDFDEVICE, WDFFILEOBJECT, WDFKEY, WDFQUEUE,
};

use super::super::attributes::{self, Allowed};
use super::super::io::Queue;
use super::super::pointer::native;
use super::super::registry::Key;
use super::super::{Handle, Stop};
use super::text::text;
use super::{Device, stack_of, structure};
use crate::host::{Host, State};
use crate::rules::Rule;
use crate::status::STATUS_WDF_BUSY;

/// What a driver says about its device.
#[derive(Default)]
pub struct Reported {
    /// It has a symbolic link.
    has_symbolic_link: bool,
    /// `WdfDeviceSetDeviceState`.
    pub state: DeviceState,
    /// `WdfDeviceSetPnpCapabilities`.
    pub pnp_capabilities: Option<WDF_DEVICE_PNP_CAPABILITIES>,
    /// `WdfDeviceSetPowerCapabilities`.
    pub power_capabilities: Option<WDF_DEVICE_POWER_CAPABILITIES>,
}

/// `WDF_DEVICE_STATE` without its size.
#[derive(Clone, Copy)]
pub struct DeviceState {
    tri_states: [WDF_TRI_STATE; 6],
}

impl Default for DeviceState {
    fn default() -> Self {
        Self { tri_states: [Tri::WdfUseDefault; 6] }
    }
}

impl DeviceState {
    fn of(given: &WDF_DEVICE_STATE) -> Self {
        Self { tri_states: named_states(given).map(|(_, state)| state) }
    }

    /// `PNP_DEVICE_DISABLED`: the hardware is disabled.
    pub fn is_disabled(self) -> bool {
        self.tri_states[0] == Tri::WdfTrue
    }

    /// `PNP_DEVICE_FAILED`: the device does not work.
    pub fn is_failed(self) -> bool {
        self.tri_states[2] == Tri::WdfTrue
    }

    /// `PNP_DEVICE_REMOVED`: the device is not there.
    pub fn is_removed(self) -> bool {
        self.tri_states[4] == Tri::WdfTrue
    }

    /// `PNP_DEVICE_RESOURCE_REQUIREMENTS_CHANGED`: the device wants other resources.
    pub fn has_other_resources(self) -> bool {
        self.tri_states[5] == Tri::WdfTrue
    }
}

fn named_states(given: &WDF_DEVICE_STATE) -> [(&'static str, WDF_TRI_STATE); 6] {
    [
        ("Disabled", given.Disabled),
        ("DontDisplayInUI", given.DontDisplayInUI),
        ("Failed", given.Failed),
        ("NotDisableable", given.NotDisableable),
        ("Removed", given.Removed),
        ("ResourcesChanged", given.ResourcesChanged),
    ]
}

fn invalid(host: &Host, message: impl Into<String>) -> Stop {
    host.violation(Rule::ArgumentInvalid, message)
}

fn check_tri_states(host: &Host, states: &[(&'static str, WDF_TRI_STATE)]) -> Result<(), Stop> {
    let known = [Tri::WdfFalse, Tri::WdfTrue, Tri::WdfUseDefault];
    match states.iter().find(|(_, state)| !known.contains(state)) {
        Some((name, state)) => Err(invalid(host, format!("{name} is {state}, no WDF_TRI_STATE"))),
        None => Ok(()),
    }
}

fn check_power_states(
    host: &Host,
    given: &WDF_DEVICE_POWER_CAPABILITIES,
    owns_power_policy: bool,
) -> Result<(), Stop> {
    let device_states = Dx::PowerDeviceUnspecified..=Dx::PowerDeviceMaximum;
    let system_states = Sx::PowerSystemUnspecified..=Sx::PowerSystemMaximum;
    let ideal = given.IdealDxStateForSx;
    let what = if given.DeviceState.iter().any(|state| !device_states.contains(state)) {
        "DeviceState is out of range"
    } else if !device_states.contains(&given.DeviceWake) {
        "DeviceWake is out of range"
    } else if !system_states.contains(&given.SystemWake) {
        "SystemWake is out of range"
    } else if !owns_power_policy && ideal != Dx::PowerDeviceMaximum {
        "IdealDxStateForSx is for the power policy owner"
    } else if !(Dx::PowerDeviceD1..=Dx::PowerDeviceMaximum).contains(&ideal) {
        "IdealDxStateForSx is D0 or out of range"
    } else {
        return Ok(());
    };
    Err(invalid(host, what))
}

/// Routes requests of one type to a queue (`fxpkgio.cpp`, `fxpkggeneral.cpp`). Each failure also breaks
/// into the debugger.
fn route(host: &Host, state: &mut State, device: Handle, queue: Handle, kind: WDF_REQUEST_TYPE) -> NTSTATUS {
    let name = state.objects.name(queue);
    let (Some(target), Some(device)) =
        (state.objects.get::<Queue>(queue), state.objects.get::<Device>(device))
    else {
        return STATUS_INVALID_DEVICE_REQUEST;
    };
    let create = kind == RequestType::WdfRequestTypeCreate;
    let (status, message) = if !target.handles(kind) {
        (STATUS_INVALID_DEVICE_REQUEST, format!("{name} has no callback for requests of type {kind}"))
    } else if !create && device.default_queue == Some(queue) {
        (STATUS_INVALID_DEVICE_REQUEST, format!("{name} is the default queue"))
    } else if let Some(other) = device.routes.get(&kind) {
        let other = state.objects.name(*other);
        let status = if create { STATUS_INVALID_PARAMETER } else { STATUS_WDF_BUSY };
        (status, format!("requests of type {kind} go to {other} already"))
    } else {
        return STATUS_SUCCESS;
    };
    host.violation(Rule::ArgumentInvalid, message);
    status
}

fn with_device(state: &mut State, device: Handle, change: impl FnOnce(&mut Device)) -> Result<(), Stop> {
    state.objects.get_mut::<Device>(device).map(change).ok_or(Stop::NoEffect)
}

ddi! {
    /// What the driver said last of its device's PnP state.
    fn WdfDeviceGetDeviceState(host, Device: WDFDEVICE, DeviceState: PWDF_DEVICE_STATE) {
        let state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let mut answer = structure(host, DeviceState, "DeviceState")?;
        let device = state.objects.get::<Device>(device).ok_or(Stop::NoEffect)?;
        [
            answer.Disabled,
            answer.DontDisplayInUI,
            answer.Failed,
            answer.NotDisableable,
            answer.Removed,
            answer.ResourcesChanged,
        ] = device.reported.state.tri_states;
        DeviceState.write(host, "DeviceState", answer)
    }

    /// Tells PnP of a changed device state. PnP asks for it and acts on it later.
    fn WdfDeviceSetDeviceState(host, Device: WDFDEVICE, DeviceState: PWDF_DEVICE_STATE) {
        let mut state = host.state();
        let (device, stack) = stack_of(host, &state, Device)?;
        let given = structure(host, DeviceState, "DeviceState")?;
        check_tri_states(host, &named_states(&given))?;
        with_device(&mut state, device, |device| device.reported.state = DeviceState::of(&given))?;
        drop(state);
        stack.ask_for_a_look();
        Ok(())
    }

    /// Forbids or allows to stop and remove the device; calls nest.
    fn WdfDeviceSetStaticStopRemove(host, Device: WDFDEVICE, Stoppable: BOOLEAN) {
        let (_, stack) = stack_of(host, &host.state(), Device)?;
        if stack.machines.set_static_stop_remove(Stoppable != 0) {
            Ok(())
        } else {
            Err(invalid(host, "Stoppable is TRUE, but the device is stoppable already"))
        }
    }

    /// Says what PnP is to show and allow; it asks while it starts the device.
    fn WdfDeviceSetPnpCapabilities(
        host,
        Device: WDFDEVICE,
        PnpCapabilities: PWDF_DEVICE_PNP_CAPABILITIES,
    ) {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let given = structure(host, PnpCapabilities, "PnpCapabilities")?;
        check_tri_states(host, &[
            ("LockSupported", given.LockSupported),
            ("EjectSupported", given.EjectSupported),
            ("Removable", given.Removable),
            ("DockDevice", given.DockDevice),
            ("UniqueID", given.UniqueID),
            ("SilentInstall", given.SilentInstall),
            ("SurpriseRemovalOK", given.SurpriseRemovalOK),
            ("HardwareDisabled", given.HardwareDisabled),
            ("NoDisplayInUI", given.NoDisplayInUI),
        ])?;
        with_device(&mut state, device, |device| device.reported.pnp_capabilities = Some(given))
    }

    /// Says which power states the device has; PnP asks while it starts the device.
    fn WdfDeviceSetPowerCapabilities(
        host,
        Device: WDFDEVICE,
        PowerCapabilities: PWDF_DEVICE_POWER_CAPABILITIES,
    ) {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let given = structure(host, PowerCapabilities, "PowerCapabilities")?;
        check_tri_states(host, &[
            ("DeviceD1", given.DeviceD1),
            ("DeviceD2", given.DeviceD2),
            ("WakeFromD0", given.WakeFromD0),
            ("WakeFromD1", given.WakeFromD1),
            ("WakeFromD2", given.WakeFromD2),
            ("WakeFromD3", given.WakeFromD3),
        ])?;
        let stack = state.objects.get::<Device>(device).and_then(|device| device.stack.clone());
        let owner = stack.is_some_and(|stack| stack.machines.is_policy_owner());
        check_power_states(host, &given, owner)?;
        with_device(&mut state, device, |device| device.reported.power_capabilities = Some(given))
    }

    /// Names the device for applications; once a device. The reflector deletes the link with it.
    fn WdfDeviceCreateSymbolicLink(host, Device: WDFDEVICE, SymbolicLinkName: PCUNICODE_STRING) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        if SymbolicLinkName.read(host, "SymbolicLinkName")?.Length == 0 {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
        }
        text(host, SymbolicLinkName, "SymbolicLinkName")?;
        let Some(device) = state.objects.get_mut::<Device>(device) else { return Err(Stop::NoEffect) };
        if std::mem::replace(&mut device.reported.has_symbolic_link, true) {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
        }
        Ok(STATUS_SUCCESS)
    }

    /// Tells applications that wait for the event; none of a scenario's does.
    fn WdfDevicePostEvent(
        host,
        Device: WDFDEVICE,
        EventGuid: *const GUID,
        WdfEventType: WDF_EVENT_TYPE,
        Data: *mut BYTE,
        DataSizeCb: ULONG,
    ) -> NTSTATUS {
        host.state().objects.resolve::<Device>(host, Device, "Device")?;
        if DataSizeCb > 0 {
            Data.require(host, "Data")?;
        }
        if WdfEventType != EventType::WdfEventBroadcast {
            invalid(host, format!("WdfEventType is {WdfEventType}, UMDF posts WdfEventBroadcast only"));
            return Ok(STATUS_INVALID_PARAMETER);
        }
        EventGuid.require(host, "EventGuid")?;
        Ok(STATUS_SUCCESS)
    }

    /// For kernel-mode drivers only.
    fn WdfDeviceGetFileObject(host, Device: WDFDEVICE, FileObject: PFILE_OBJECT) -> WDFFILEOBJECT {
        Err(host.violation(Rule::ApiUnavailable, "WdfDeviceGetFileObject is not supported in UMDF"))
    }

    /// The default queue; NULL if there is none.
    fn WdfDeviceGetDefaultQueue(host, Device: WDFDEVICE) -> WDFQUEUE {
        let state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let queue = state.objects.get::<Device>(device).and_then(|device| device.default_queue);
        Ok(queue.map_or(std::ptr::null_mut(), Handle::raw))
    }

    /// Sends requests of one type to a queue of their own.
    fn WdfDeviceConfigureRequestDispatching(
        host,
        Device: WDFDEVICE,
        Queue: WDFQUEUE,
        RequestType: WDF_REQUEST_TYPE,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let known = [
            RequestType::WdfRequestTypeCreate,
            RequestType::WdfRequestTypeRead,
            RequestType::WdfRequestTypeWrite,
            RequestType::WdfRequestTypeDeviceControl,
            RequestType::WdfRequestTypeDeviceControlInternal,
        ];
        if !known.contains(&RequestType) {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let queue = state.objects.resolve::<Queue>(host, Queue, "Queue")?;
        if state.objects.get::<Queue>(queue).is_none_or(|queue| queue.device != device) {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
        }
        if state.objects.get::<Device>(device).is_some_and(|device| device.started) {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_STATE));
        }
        let status = route(host, &mut state, device, queue, RequestType);
        if status == STATUS_SUCCESS {
            with_device(&mut state, device, |device| {
                device.routes.insert(RequestType, queue);
            })?;
        }
        Ok(status)
    }

    /// How the buffers of the stack's requests arrive.
    fn WdfDeviceGetDeviceStackIoType(
        host,
        Device: WDFDEVICE,
        ReadWriteIoType: *mut WDF_DEVICE_IO_TYPE,
        IoControlIoType: *mut WDF_DEVICE_IO_TYPE,
    ) {
        let state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        ReadWriteIoType.require(host, "ReadWriteIoType")?;
        IoControlIoType.require(host, "IoControlIoType")?;
        let device = state.objects.get::<Device>(device).ok_or(Stop::NoEffect)?;
        let sharing = host.installation(device.slot).directives.host_process_sharing;
        let [read_write, io_control] = device.io_types.of_stack(sharing);
        ReadWriteIoType.write(host, "ReadWriteIoType", read_write)?;
        IoControlIoType.write(host, "IoControlIoType", io_control)
    }

    /// Opens a key below `DEVICEMAP`, which lives as long as the system.
    fn WdfDeviceOpenDevicemapKey(
        host,
        Device: WDFDEVICE,
        KeyName: PCUNICODE_STRING,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        Key.write(host, "Key", std::ptr::null_mut())?;
        let name = text(host, KeyName, "KeyName")?;
        if name.is_empty() {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let attributes = attributes::check(host, &state.objects, KeyAttributes, Allowed::default())?;
        let body = Key::device_map(&mut state, &name, DesiredAccess)?;
        let key = state.objects.create(host, body, Some(device), attributes);
        Key.write(host, "Key", key.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Where the registers of a mapping are in this process.
    fn WdfDeviceGetHardwareRegisterMappedAddress(
        host,
        Device: WDFDEVICE,
        PseudoBaseAddress: PVOID,
    ) -> PVOID {
        let state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let device = state.objects.get::<Device>(device).ok_or(Stop::NoEffect)?;
        device.registers.check_allowed(host)?;
        device.registers.check_mapped_mode(host)?;
        let base = PseudoBaseAddress.require(host, "PseudoBaseAddress")?;
        let address = device.registers.mapped_address(host, base.address())?;
        Ok(std::ptr::without_provenance_mut(native(address)))
    }
}
