//! `wdfdevice.h`: the device init functions beside PnP callbacks and file objects.

use std::mem::offset_of;

use wdk_portable::{
    _WDF_DEVICE_IO_TYPE as IoType, _WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE as Order, BOOLEAN,
    PWDF_IO_TYPE_CONFIG, PWDF_OBJECT_ATTRIBUTES, PWDF_POWER_POLICY_EVENT_CALLBACKS, PWDFDEVICE_INIT,
    WDF_DEVICE_IO_TYPE, WDF_POWER_POLICY_EVENT_CALLBACKS, WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE,
};

use super::super::attributes::Allowed;
use super::super::{Handle, Stop};
use super::{DeviceInit, check_attributes, structure_of};
use crate::host::{Host, State};
use crate::inf::directives::HostProcessSharing;
use crate::rules::Rule;

/// Size of WDF_POWER_POLICY_EVENT_CALLBACKS before it had its last member (framework 1.5).
const OLDER_POLICY_CALLBACKS: usize =
    offset_of!(WDF_POWER_POLICY_EVENT_CALLBACKS, EvtDeviceArmWakeFromSxWithReason);

/// How the driver wants its buffers.
#[derive(Clone, Copy)]
pub struct IoTypes {
    read_write: WDF_DEVICE_IO_TYPE,
    io_control: WDF_DEVICE_IO_TYPE,
}

impl Default for IoTypes {
    fn default() -> Self {
        Self { read_write: IoType::WdfDeviceIoBuffered, io_control: IoType::WdfDeviceIoBuffered }
    }
}

impl IoTypes {
    /// What the stack of this one driver gets, for reads and writes and for I/O control requests
    /// (Microsoft Learn, "Managing Buffer Access Methods in UMDF Drivers"): direct access needs a
    /// host process of its own.
    pub fn of_stack(self, sharing: HostProcessSharing) -> [WDF_DEVICE_IO_TYPE; 2] {
        [self.read_write, self.io_control].map(|preferred| {
            if preferred == IoType::WdfDeviceIoBuffered || sharing == HostProcessSharing::Enabled {
                IoType::WdfDeviceIoBuffered
            } else {
                IoType::WdfDeviceIoDirect
            }
        })
    }
}

/// The types that UMDF knows.
fn check_type(host: &Host, name: &str, given: WDF_DEVICE_IO_TYPE) -> Result<(), Stop> {
    let known = [IoType::WdfDeviceIoBuffered, IoType::WdfDeviceIoDirect, IoType::WdfDeviceIoBufferedOrDirect];
    if known.contains(&given) {
        return Ok(());
    }
    let message = if given == IoType::WdfDeviceIoNeither {
        format!("{name} is WdfDeviceIoNeither, which UMDF does not support")
    } else {
        format!("{name} is {given}, no WDF_DEVICE_IO_TYPE")
    };
    Err(host.violation(Rule::ArgumentInvalid, message))
}

fn with_init(state: &mut State, init: Handle, change: impl FnOnce(&mut DeviceInit)) -> Result<(), Stop> {
    state.objects.get_mut::<DeviceInit>(init).map(change).ok_or(Stop::NoEffect)
}

ddi! {
    /// Chooses one way for all buffers. Requests are buffered here all the same: direct access is a
    /// wish, which Windows grants for whole pages only.
    fn WdfDeviceInitSetIoType(host, DeviceInit: PWDFDEVICE_INIT, IoType: WDF_DEVICE_IO_TYPE) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        check_type(host, "IoType", IoType)?;
        with_init(&mut state, init, |init| {
            init.io_types = IoTypes { read_write: IoType, io_control: IoType };
        })
    }

    /// Chooses the way for reads and writes, and for I/O control requests.
    fn WdfDeviceInitSetIoTypeEx(host, DeviceInit: PWDFDEVICE_INIT, IoTypeConfig: PWDF_IO_TYPE_CONFIG) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        let config = IoTypeConfig.read_sized(host, "IoTypeConfig")?;
        check_type(host, "ReadWriteIoType", config.ReadWriteIoType)?;
        check_type(host, "DeviceControlIoType", config.DeviceControlIoType)?;
        with_init(&mut state, init, |init| {
            init.io_types =
                IoTypes { read_write: config.ReadWriteIoType, io_control: config.DeviceControlIoType };
        })
    }

    /// Gives every request of the device a context.
    fn WdfDeviceInitSetRequestAttributes(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        RequestAttributes: PWDF_OBJECT_ATTRIBUTES,
    ) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        RequestAttributes.require(host, "RequestAttributes")?;
        check_attributes(host, &state, RequestAttributes, "RequestAttributes", Allowed::default())?;
        let given = RequestAttributes.read(host, "RequestAttributes")?;
        with_init(&mut state, init, |init| init.requests.0 = Some(given))
    }

    /// Says whether the driver owns the power policy; unless it says so, a function driver does and a
    /// filter does not.
    fn WdfDeviceInitSetPowerPolicyOwnership(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        IsPowerPolicyOwner: BOOLEAN,
    ) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        with_init(&mut state, init, |init| init.owns_power_policy = Some(IsPowerPolicyOwner != 0))
    }

    /// Takes the callbacks that arm a device for wake. A PCI function without power management cannot
    /// wake the system or itself, and its driver cannot change that, so they are never called.
    fn WdfDeviceInitSetPowerPolicyEventCallbacks(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        PowerPolicyEventCallbacks: PWDF_POWER_POLICY_EVENT_CALLBACKS,
    ) {
        let state = host.state();
        state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        let name = "PowerPolicyEventCallbacks";
        let callbacks = structure_of(host, PowerPolicyEventCallbacks, name, &[OLDER_POLICY_CALLBACKS])?;
        if callbacks.EvtDeviceArmWakeFromSx.is_some() && callbacks.EvtDeviceArmWakeFromSxWithReason.is_some() {
            let message = "EvtDeviceArmWakeFromSx and EvtDeviceArmWakeFromSxWithReason are both set";
            return Err(host.violation(Rule::ArgumentInvalid, message));
        }
        Ok(())
    }

    /// Says when EvtDeviceReleaseHardware is called for a device that failed.
    fn WdfDeviceInitSetReleaseHardwareOrderOnFailure(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        ReleaseHardwareOrderOnFailure: WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE,
    ) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        let order = ReleaseHardwareOrderOnFailure;
        // Numbers below zero pass, as in the framework, and mean nothing.
        if order == Order::WdfReleaseHardwareOrderOnFailureInvalid
            || order > Order::WdfReleaseHardwareOrderOnFailureAfterDescendants
        {
            let message =
                format!("ReleaseHardwareOrderOnFailure is {order}, no WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE");
            return Err(host.violation(Rule::ArgumentInvalid, message));
        }
        let after = order == Order::WdfReleaseHardwareOrderOnFailureAfterDescendants;
        with_init(&mut state, init, |init| init.release_after_descendants = after)
    }
}
