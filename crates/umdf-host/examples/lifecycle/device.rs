//! The device: how it is made, and every callback of PnP and power.

use std::ptr::{null, null_mut};

use wdk_sys::{
    _WDF_DEVICE_FAILED_ACTION as Action, _WDF_FILEOBJECT_CLASS,
    _WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE as Order, _WDF_TRI_STATE as Tri, BOOLEAN, GUID, NTSTATUS,
    PWDFDEVICE_INIT, STATUS_SUCCESS, WDF_FILEOBJECT_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_DEVICE_STATE, WDFCMRESLIST, WDFDEVICE, WDFDRIVER, WDFFILEOBJECT,
    WDFOBJECT, WDFREQUEST,
};

use crate::plan::{Fallible, option};
use crate::wdf::{attributes, check, size_field, status_of, wdf};
use crate::{has, interrupts, outcome, power, requests};

pub unsafe extern "C" fn evt_driver_device_add(_driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    status_of(add(init))
}

fn add(mut init: PWDFDEVICE_INIT) -> Result<(), NTSTATUS> {
    let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
        Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
        EvtDevicePrepareHardware: Some(evt_device_prepare_hardware),
        EvtDeviceReleaseHardware: Some(evt_device_release_hardware),
        EvtDeviceD0Entry: Some(evt_device_d0_entry),
        EvtDeviceD0EntryPostInterruptsEnabled: Some(evt_device_d0_entry_post_interrupts_enabled),
        EvtDeviceD0ExitPreInterruptsDisabled: Some(evt_device_d0_exit_pre_interrupts_disabled),
        EvtDeviceD0Exit: Some(evt_device_d0_exit),
        EvtDeviceSelfManagedIoInit: Some(evt_device_self_managed_io_init),
        EvtDeviceSelfManagedIoRestart: Some(evt_device_self_managed_io_restart),
        EvtDeviceSelfManagedIoSuspend: Some(evt_device_self_managed_io_suspend),
        EvtDeviceSelfManagedIoFlush: Some(evt_device_notified),
        EvtDeviceSelfManagedIoCleanup: Some(evt_device_notified),
        EvtDeviceQueryStop: Some(evt_device_query_stop),
        EvtDeviceQueryRemove: Some(evt_device_query_remove),
        EvtDeviceSurpriseRemoval: Some(evt_device_notified),
        ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
    };
    wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks);
    choose_role(init);
    let mut attributes =
        WDF_OBJECT_ATTRIBUTES { EvtCleanupCallback: Some(evt_device_cleanup), ..attributes(null_mut()) };
    let mut device: WDFDEVICE = null_mut();
    check(wdf!(WdfDeviceCreate, &raw mut init, &raw mut attributes, &raw mut device))?;
    // {b1e5f4a0-5f0e-4c79-9f7c-2a0d6a1d9c13}, this fixture's own.
    let class = GUID {
        Data1: 0xb1e5_f4a0,
        Data2: 0x5f0e,
        Data3: 0x4c79,
        Data4: [0x9f, 0x7c, 0x2a, 0x0d, 0x6a, 0x1d, 0x9c, 0x13],
    };
    check(wdf!(WdfDeviceCreateDeviceInterface, device, &raw const class, null()))?;
    requests::create_queues(device)?;
    interrupts::in_device_add(device)?;
    if has(option::IDLE) {
        let enabled = if has(option::BY_DEFAULT) { Tri::WdfUseDefault } else { Tri::WdfTrue };
        check(power::assign_idle(device, enabled))?;
    }
    if has(option::NOT_STOPPABLE) {
        wdf!(WdfDeviceSetStaticStopRemove, device, BOOLEAN::from(false));
    }
    Ok(())
}

/// Filter or not, owner of the power policy or not.
fn choose_role(init: PWDFDEVICE_INIT) {
    if has(option::FILTER) {
        wdf!(WdfFdoInitSetFilter, init);
    }
    if has(option::OPENS) {
        let mut files = WDF_FILEOBJECT_CONFIG {
            Size: size_field::<WDF_FILEOBJECT_CONFIG>(),
            EvtDeviceFileCreate: Some(evt_device_file_create),
            AutoForwardCleanupClose: Tri::WdfUseDefault,
            FileObjectClass: _WDF_FILEOBJECT_CLASS::WdfFileObjectWdfCannotUseFsContexts,
            ..WDF_FILEOBJECT_CONFIG::default()
        };
        wdf!(WdfDeviceInitSetFileObjectConfig, init, &raw mut files, WDF_NO_OBJECT_ATTRIBUTES);
    }
    if has(option::NOT_OWNER) || has(option::OWNER) {
        wdf!(WdfDeviceInitSetPowerPolicyOwnership, init, BOOLEAN::from(has(option::OWNER)));
    }
    if has(option::AFTER_DESCENDANTS) {
        let order = Order::WdfReleaseHardwareOrderOnFailureAfterDescendants;
        wdf!(WdfDeviceInitSetReleaseHardwareOrderOnFailure, init, order);
    }
}

/// What a callback of the device returns. Before it fails, the driver may fail the device too.
pub fn end(device: WDFDEVICE, callback: Fallible) -> NTSTATUS {
    let status = outcome(callback);
    if status < 0 && has(option::FOR_GOOD) {
        wdf!(WdfDeviceSetFailed, device, Action::WdfDeviceFailedNoRestart);
    }
    if status < 0 && has(option::RESTART) {
        wdf!(WdfDeviceSetFailed, device, Action::WdfDeviceFailedAttemptRestart);
    }
    status
}

unsafe extern "C" fn evt_device_prepare_hardware(
    device: WDFDEVICE,
    raw: WDFCMRESLIST,
    translated: WDFCMRESLIST,
) -> NTSTATUS {
    match interrupts::in_prepare(device, raw, translated) {
        Ok(()) => end(device, Fallible::PrepareHardware),
        Err(status) => status,
    }
}

unsafe extern "C" fn evt_device_release_hardware(device: WDFDEVICE, _translated: WDFCMRESLIST) -> NTSTATUS {
    end(device, Fallible::ReleaseHardware)
}

unsafe extern "C" fn evt_device_d0_entry(device: WDFDEVICE, _previous: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    power::trace_action("EvtDeviceD0Entry", device);
    end(device, Fallible::D0Entry)
}

unsafe extern "C" fn evt_device_d0_entry_post_interrupts_enabled(
    device: WDFDEVICE,
    _previous: WDF_POWER_DEVICE_STATE,
) -> NTSTATUS {
    end(device, Fallible::PostInterruptsEnabled)
}

unsafe extern "C" fn evt_device_d0_exit_pre_interrupts_disabled(
    device: WDFDEVICE,
    _target: WDF_POWER_DEVICE_STATE,
) -> NTSTATUS {
    end(device, Fallible::PreInterruptsDisabled)
}

unsafe extern "C" fn evt_device_d0_exit(device: WDFDEVICE, _target: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    power::trace_action("EvtDeviceD0Exit", device);
    end(device, Fallible::D0Exit)
}

unsafe extern "C" fn evt_device_self_managed_io_init(device: WDFDEVICE) -> NTSTATUS {
    if has(option::FAILED_WHILE_STARTING) {
        wdf!(WdfDeviceSetFailed, device, Action::WdfDeviceFailedNoRestart);
    }
    end(device, Fallible::SmioInit)
}

unsafe extern "C" fn evt_device_self_managed_io_restart(device: WDFDEVICE) -> NTSTATUS {
    power::trace_action("EvtDeviceSelfManagedIoRestart", device);
    end(device, Fallible::SmioRestart)
}

unsafe extern "C" fn evt_device_self_managed_io_suspend(device: WDFDEVICE) -> NTSTATUS {
    end(device, Fallible::SmioSuspend)
}

unsafe extern "C" fn evt_device_query_stop(device: WDFDEVICE) -> NTSTATUS {
    end(device, Fallible::QueryStop)
}

unsafe extern "C" fn evt_device_query_remove(device: WDFDEVICE) -> NTSTATUS {
    end(device, Fallible::QueryRemove)
}

unsafe extern "C" fn evt_device_notified(_device: WDFDEVICE) {}

unsafe extern "C" fn evt_device_cleanup(_device: WDFOBJECT) {}

unsafe extern "C" fn evt_device_file_create(_device: WDFDEVICE, request: WDFREQUEST, _file: WDFFILEOBJECT) {
    wdf!(WdfRequestComplete, request, STATUS_SUCCESS);
}
