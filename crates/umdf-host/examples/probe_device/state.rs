//! Device state, capabilities, routing, and what else `wdfdevice.h` has.

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicPtr, Ordering};

use wdk_sys::{
    _DEVICE_POWER_STATE as Dx, _SYSTEM_POWER_STATE as Sx, _WDF_DEVICE_IO_TYPE as IoType,
    _WDF_EVENT_TYPE as EventType, _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch, _WDF_REQUEST_TYPE as RequestType,
    _WDF_TRI_STATE as Tri, BOOLEAN, GUID, NTSTATUS, PFN_WDF_IO_QUEUE_IO_DEFAULT,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER,
    STATUS_OBJECT_PATH_INVALID, STATUS_SUCCESS, WDF_DEVICE_PNP_CAPABILITIES, WDF_DEVICE_POWER_CAPABILITIES,
    WDF_DEVICE_STATE, WDF_IO_QUEUE_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDF_REQUEST_TYPE, WDFDEVICE, WDFQUEUE,
};

use crate::trip::Trip;
use crate::wdf::{KEY_READ, Text, attributes, expect, malformed, size_field, wdf};
use crate::{asked, evt_io_default, evt_io_device_control};

/// `STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED` (`wdfstatus.h`).
const PARENT_NOT_ALLOWED: NTSTATUS = u32::cast_signed(0xC020_020F);
/// `STATUS_WDF_BUSY`.
const BUSY: NTSTATUS = u32::cast_signed(0xC020_0204);

static EVENT: GUID = GUID { Data1: 9, Data2: 9, Data3: 9, Data4: [9; 8] };
/// The queue that I/O control requests are routed to.
static ROUTED: AtomicPtr<wdk_sys::WDFQUEUE__> = AtomicPtr::new(null_mut());

/// The queue that I/O control requests are routed to.
pub fn routed() -> WDFQUEUE {
    ROUTED.load(Ordering::Relaxed)
}

fn device_state() -> WDF_DEVICE_STATE {
    WDF_DEVICE_STATE {
        Size: size_field::<WDF_DEVICE_STATE>(),
        Disabled: Tri::WdfUseDefault,
        DontDisplayInUI: Tri::WdfUseDefault,
        Failed: Tri::WdfUseDefault,
        NotDisableable: Tri::WdfUseDefault,
        Removed: Tri::WdfUseDefault,
        ResourcesChanged: Tri::WdfUseDefault,
    }
}

fn tri_states(state: &WDF_DEVICE_STATE) -> [i32; 6] {
    [
        state.Disabled,
        state.DontDisplayInUI,
        state.Failed,
        state.NotDisableable,
        state.Removed,
        state.ResourcesChanged,
    ]
}

/// What WDF_DEVICE_PNP_CAPABILITIES_INIT gives.
fn pnp_capabilities() -> WDF_DEVICE_PNP_CAPABILITIES {
    let default = Tri::WdfUseDefault;
    WDF_DEVICE_PNP_CAPABILITIES {
        Size: size_field::<WDF_DEVICE_PNP_CAPABILITIES>(),
        LockSupported: default,
        EjectSupported: default,
        Removable: default,
        DockDevice: default,
        UniqueID: default,
        SilentInstall: default,
        SurpriseRemovalOK: default,
        HardwareDisabled: default,
        NoDisplayInUI: default,
        Address: u32::MAX,
        UINumber: u32::MAX,
    }
}

/// What WDF_DEVICE_POWER_CAPABILITIES_INIT gives.
fn power_capabilities() -> WDF_DEVICE_POWER_CAPABILITIES {
    let default = Tri::WdfUseDefault;
    WDF_DEVICE_POWER_CAPABILITIES {
        Size: size_field::<WDF_DEVICE_POWER_CAPABILITIES>(),
        DeviceD1: default,
        DeviceD2: default,
        WakeFromD0: default,
        WakeFromD1: default,
        WakeFromD2: default,
        WakeFromD3: default,
        DeviceState: [Dx::PowerDeviceMaximum; 7],
        DeviceWake: Dx::PowerDeviceMaximum,
        SystemWake: Sx::PowerSystemMaximum,
        D1Latency: u32::MAX,
        D2Latency: u32::MAX,
        D3Latency: u32::MAX,
        IdealDxStateForSx: Dx::PowerDeviceMaximum,
    }
}

/// A queue: the default one, or one with EvtIoDeviceControl or with EvtIoDefault.
fn queue(device: WDFDEVICE, default: bool, io_default: PFN_WDF_IO_QUEUE_IO_DEFAULT) -> WDFQUEUE {
    let mut config = WDF_IO_QUEUE_CONFIG {
        Size: size_field::<WDF_IO_QUEUE_CONFIG>(),
        DispatchType: Dispatch::WdfIoQueueDispatchSequential,
        PowerManaged: Tri::WdfFalse,
        DefaultQueue: BOOLEAN::from(default),
        EvtIoDefault: io_default,
        EvtIoDeviceControl: if io_default.is_none() { Some(evt_io_device_control) } else { None },
        ..WDF_IO_QUEUE_CONFIG::default()
    };
    let mut queue = null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    expect("queue", wdf!(WdfIoQueueCreate, device, &raw mut config, none, &raw mut queue), STATUS_SUCCESS);
    queue
}

fn route(device: WDFDEVICE, queue: WDFQUEUE, kind: WDF_REQUEST_TYPE) -> NTSTATUS {
    wdf!(WdfDeviceConfigureRequestDispatching, device, queue, kind)
}

/// After WdfDeviceCreate.
pub fn check(device: WDFDEVICE) {
    check_state(device);
    check_routes(device);
    check_names(device);
    let mut capabilities = WDF_DEVICE_PNP_CAPABILITIES {
        Removable: Tri::WdfTrue,
        SurpriseRemovalOK: Tri::WdfTrue,
        UniqueID: Tri::WdfTrue,
        EjectSupported: Tri::WdfFalse,
        UINumber: 7,
        ..pnp_capabilities()
    };
    wdf!(WdfDeviceSetPnpCapabilities, device, &raw mut capabilities);
    let mut capabilities = WDF_DEVICE_POWER_CAPABILITIES {
        DeviceD1: Tri::WdfTrue,
        D1Latency: 10,
        // The driver is the power policy owner and may say so.
        IdealDxStateForSx: Dx::PowerDeviceD1,
        ..power_capabilities()
    };
    capabilities.DeviceState[2] = Dx::PowerDeviceD1;
    wdf!(WdfDeviceSetPowerCapabilities, device, &raw mut capabilities);
}

fn check_state(device: WDFDEVICE) {
    let mut state = WDF_DEVICE_STATE { Disabled: 7, ..device_state() };
    wdf!(WdfDeviceGetDeviceState, device, &raw mut state);
    expect("device state by default", tri_states(&state), [Tri::WdfUseDefault; 6]);
    let mut given = WDF_DEVICE_STATE {
        DontDisplayInUI: Tri::WdfTrue,
        Failed: Tri::WdfFalse,
        NotDisableable: Tri::WdfTrue,
        ..device_state()
    };
    wdf!(WdfDeviceSetDeviceState, device, &raw mut given);
    wdf!(WdfDeviceGetDeviceState, device, &raw mut state);
    expect("device state", tri_states(&state), tri_states(&given));
    // They nest.
    for stoppable in [false, false, true, true] {
        wdf!(WdfDeviceSetStaticStopRemove, device, BOOLEAN::from(stoppable));
    }
    let (mut read_write, mut control) = (0, 0);
    wdf!(WdfDeviceGetDeviceStackIoType, device, &raw mut read_write, &raw mut control);
    let buffered = IoType::WdfDeviceIoBuffered;
    expect("a pooled device has buffers", (read_write, control), (buffered, buffered));
}

fn check_routes(device: WDFDEVICE) {
    expect("no default queue", wdf!(WdfDeviceGetDefaultQueue, device).is_null(), true);
    let default = queue(device, true, None);
    expect("default queue", wdf!(WdfDeviceGetDefaultQueue, device) == default, true);
    let controls = queue(device, false, None);
    let creates = queue(device, false, Some(evt_io_default));
    let close = RequestType::WdfRequestTypeClose;
    expect("route: type", route(device, controls, close), STATUS_INVALID_PARAMETER);
    let control = RequestType::WdfRequestTypeDeviceControl;
    expect("route: I/O control", route(device, controls, control), STATUS_SUCCESS);
    ROUTED.store(controls, Ordering::Relaxed);
    let create = RequestType::WdfRequestTypeCreate;
    expect("route: create", route(device, creates, create), STATUS_SUCCESS);
    let read = RequestType::WdfRequestTypeRead;
    expect("route: EvtIoDefault takes everything", route(device, creates, read), STATUS_SUCCESS);
}

fn check_names(device: WDFDEVICE) {
    let (name, empty, odd) = (Text::new("\\DosDevices\\Global\\Probe"), Text::new(""), malformed());
    let link = |name: &Text| wdf!(WdfDeviceCreateSymbolicLink, device, &raw const name.string);
    expect("link: empty", link(&empty), STATUS_INVALID_DEVICE_REQUEST);
    expect("link: malformed", link(&odd), STATUS_INVALID_PARAMETER);
    expect("link", link(&name), STATUS_SUCCESS);
    expect("link: a second one", link(&name), STATUS_INVALID_DEVICE_REQUEST);

    let (event, broadcast) = (&raw const EVENT, EventType::WdfEventBroadcast);
    let found = wdf!(WdfDevicePostEvent, device, event, broadcast, null_mut(), 0);
    expect("event", found, STATUS_SUCCESS);

    let mut key = null_mut();
    let mut open = |name: &Text, attributes| {
        let name = &raw const name.string;
        wdf!(WdfDeviceOpenDevicemapKey, device, name, KEY_READ, attributes, &raw mut key)
    };
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    expect("devicemap: empty name", open(&empty, none), STATUS_INVALID_PARAMETER);
    expect("devicemap: malformed name", open(&odd, none), STATUS_INVALID_PARAMETER);
    let mut parent = attributes(device.cast());
    expect("devicemap: parent", open(&name, &raw mut parent), PARENT_NOT_ALLOWED);
    expect("devicemap: absolute name", open(&name, none), STATUS_OBJECT_PATH_INVALID);
    expect("devicemap", open(&Text::new("Probe"), none), STATUS_SUCCESS);
    wdf!(WdfRegistryClose, key);
}

/// In EvtDeviceD0Entry.
pub fn check_started(device: WDFDEVICE) {
    let control = RequestType::WdfRequestTypeDeviceControl;
    expect("route: too late", route(device, routed(), control), STATUS_INVALID_DEVICE_STATE);
}

/// The mistakes.
pub fn trip(device: WDFDEVICE) {
    trip_state(device);
    trip_capabilities(device);
    trip_names(device);
    trip_routes(device);
}

fn trip_state(device: WDFDEVICE) {
    let mut wrong_size = WDF_DEVICE_STATE { Size: 32, ..device_state() };
    let mut wrong_value = WDF_DEVICE_STATE { NotDisableable: 3, ..device_state() };
    if asked(Trip::StateNull) {
        wdf!(WdfDeviceGetDeviceState, device, null_mut());
    }
    if asked(Trip::GetStateSize) {
        wdf!(WdfDeviceGetDeviceState, device, &raw mut wrong_size);
    }
    if asked(Trip::SetStateSize) {
        wdf!(WdfDeviceSetDeviceState, device, &raw mut wrong_size);
    }
    if asked(Trip::SetStateTriState) {
        wdf!(WdfDeviceSetDeviceState, device, &raw mut wrong_value);
    }
    if asked(Trip::StoppableTwice) {
        wdf!(WdfDeviceSetStaticStopRemove, device, BOOLEAN::from(true));
    }
    if asked(Trip::StackTypeNull) {
        let mut read_write = 0;
        wdf!(WdfDeviceGetDeviceStackIoType, device, &raw mut read_write, null_mut());
    }
}

fn trip_capabilities(device: WDFDEVICE) {
    type Power = WDF_DEVICE_POWER_CAPABILITIES;
    if asked(Trip::PnpCapabilitiesNull) {
        wdf!(WdfDeviceSetPnpCapabilities, device, null_mut());
    }
    let (pnp, power) = (pnp_capabilities(), power_capabilities());
    for (trip, mut given) in [
        (Trip::PnpCapabilitiesSize, WDF_DEVICE_PNP_CAPABILITIES { Size: 1, ..pnp }),
        (Trip::PnpCapabilitiesTriState, WDF_DEVICE_PNP_CAPABILITIES { UniqueID: 3, ..pnp }),
    ] {
        if asked(trip) {
            wdf!(WdfDeviceSetPnpCapabilities, device, &raw mut given);
        }
    }
    if asked(Trip::PowerCapabilitiesNull) {
        wdf!(WdfDeviceSetPowerCapabilities, device, null_mut());
    }
    for (trip, mut given) in [
        (Trip::PowerCapabilitiesSize, Power { Size: 1, ..power }),
        (Trip::PowerCapabilitiesTriState, Power { WakeFromD3: -1, ..power }),
        (Trip::PowerCapabilitiesDevice, Power { DeviceState: [6; 7], ..power }),
        (Trip::PowerCapabilitiesDeviceWake, Power { DeviceWake: -1, ..power }),
        (Trip::PowerCapabilitiesSystemWake, Power { SystemWake: 8, ..power }),
        (Trip::PowerCapabilitiesIdealD0, Power { IdealDxStateForSx: Dx::PowerDeviceD0, ..power }),
        (Trip::PowerCapabilitiesNotOwner, Power { IdealDxStateForSx: Dx::PowerDeviceD3, ..power }),
    ] {
        if asked(trip) {
            wdf!(WdfDeviceSetPowerCapabilities, device, &raw mut given);
        }
    }
}

fn trip_names(device: WDFDEVICE) {
    let (event, broadcast, name) = (&raw const EVENT, EventType::WdfEventBroadcast, Text::new("name"));
    let (mut key, none) = (null_mut(), WDF_NO_OBJECT_ATTRIBUTES);
    let _ = match () {
        () if asked(Trip::LinkNull) => wdf!(WdfDeviceCreateSymbolicLink, device, null()),
        () if asked(Trip::EventNoData) => {
            wdf!(WdfDevicePostEvent, device, event, broadcast, null_mut(), 1)
        }
        () if asked(Trip::EventNoGuid) => {
            wdf!(WdfDevicePostEvent, device, null(), broadcast, null_mut(), 0)
        }
        () if asked(Trip::DevicemapNowhere) => {
            let name = &raw const name.string;
            wdf!(WdfDeviceOpenDevicemapKey, device, name, KEY_READ, none, null_mut())
        }
        () if asked(Trip::DevicemapNoName) => {
            wdf!(WdfDeviceOpenDevicemapKey, device, null(), KEY_READ, none, &raw mut key)
        }
        () => STATUS_SUCCESS,
    };
    if asked(Trip::EventType) {
        let found = wdf!(WdfDevicePostEvent, device, event, EventType::WdfEventReserved, null_mut(), 0);
        expect("event type", found, STATUS_INVALID_PARAMETER);
    }
    if asked(Trip::FileObjectOfDevice) {
        let file = wdf!(WdfDeviceGetFileObject, device, null_mut());
        expect("no file object", file.is_null(), true);
    }
}

fn trip_routes(device: WDFDEVICE) {
    let control = RequestType::WdfRequestTypeDeviceControl;
    let create = RequestType::WdfRequestTypeCreate;
    if asked(Trip::RouteNoQueue) {
        expect("no queue", route(device, null_mut(), control), STATUS_SUCCESS);
    }
    let routing = [
        Trip::RouteToDefault,
        Trip::RouteTwice,
        Trip::RouteCreateTwice,
        Trip::RouteWithoutCallback,
        Trip::DeleteRoutedQueue,
    ];
    if !routing.into_iter().any(asked) {
        return;
    }
    let (default, controls) = (queue(device, true, None), queue(device, false, None));
    let creates = queue(device, false, Some(evt_io_default));
    expect("route", route(device, controls, control), STATUS_SUCCESS);
    expect("route", route(device, creates, create), STATUS_SUCCESS);
    if asked(Trip::RouteToDefault) {
        expect("default", route(device, default, control), STATUS_INVALID_DEVICE_REQUEST);
    }
    if asked(Trip::RouteTwice) {
        expect("twice", route(device, creates, control), BUSY);
    }
    if asked(Trip::RouteCreateTwice) {
        expect("create twice", route(device, creates, create), STATUS_INVALID_PARAMETER);
    }
    if asked(Trip::RouteWithoutCallback) {
        let found = route(device, controls, RequestType::WdfRequestTypeRead);
        expect("no callback", found, STATUS_INVALID_DEVICE_REQUEST);
    }
    if asked(Trip::DeleteRoutedQueue) {
        wdf!(WdfObjectDelete, controls.cast());
    }
}
