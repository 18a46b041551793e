//! `wdfiotarget.h`: the local target, which is the bus driver below, and remote targets
//! (`fxiotargetapi.cpp`, `fxiotarget.cpp`). How requests move is in [`crate::io::send`].

pub mod format;
pub mod options;
pub mod remote;
pub mod synchronous;

use wdk_portable::{
    _WDF_IO_TARGET_PURGE_IO_ACTION as PurgeAction, _WDF_IO_TARGET_SENT_IO_ACTION as SentAction,
    _WDF_IO_TARGET_STATE as TargetState, NTSTATUS, PWDF_OBJECT_ATTRIBUTES, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_SUCCESS, WDF_IO_TARGET_PURGE_IO_ACTION, WDF_IO_TARGET_SENT_IO_ACTION, WDF_IO_TARGET_STATE,
    WDFDEVICE, WDFIOTARGET,
};

use super::attributes::{self, Allowed};
use super::device::Device;
use super::{Handle, Stop};
use crate::host::{Host, host};
use crate::io::target;

/// An I/O target.
pub struct IoTarget {
    /// The device that it belongs to.
    pub device: Handle,
    /// It is the next lower driver, not something that the driver opens.
    pub local: bool,
    /// What it does with requests.
    pub state: WDF_IO_TARGET_STATE,
    /// A stop or a purge waits for what has left it.
    pub waiting: bool,
    /// It is closed or deleted and waits for what has left it.
    pub removing: bool,
    /// Completion routines that are running and that such a wait is for.
    pub awaited: usize,
    /// Requests that were sent to it and whose completion routines have not returned.
    pub outstanding: usize,
}

impl IoTarget {
    /// The target of a device: its next lower driver, or one that is still to be opened.
    pub fn new(device: Handle, local: bool) -> Self {
        Self {
            device,
            local,
            // A remote target counts as started even before it is opened.
            state: TargetState::WdfIoTargetStarted,
            waiting: false,
            removing: false,
            awaited: 0,
            outstanding: 0,
        }
    }
}

/// A target that is deleted takes its requests along.
pub fn remove_before_deletion(host: &Host, handle: Handle) {
    let is_target = host.state().objects.get::<IoTarget>(handle).is_some();
    if is_target {
        target::remove(self::host(), handle, TargetState::WdfIoTargetDeleted);
    }
}

ddi! {
    /// The target that is the next lower driver.
    fn WdfDeviceGetIoTarget(host, Device: WDFDEVICE) -> WDFIOTARGET {
        let state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let device = state.objects.get::<Device>(device).ok_or(Stop::NoEffect)?;
        Ok(device.io_target.map_or(std::ptr::null_mut(), Handle::raw))
    }

    /// Makes a remote target, still to be opened.
    fn WdfIoTargetCreate(
        host,
        Device: WDFDEVICE,
        IoTargetAttributes: PWDF_OBJECT_ATTRIBUTES,
        IoTarget: *mut WDFIOTARGET,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        IoTarget.require(host, "IoTarget")?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, IoTargetAttributes, allowed)?;
        if attributes.parent.is_some_and(|parent| state.objects.device_above(parent) != Some(device)) {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
        }
        let target = state.objects.create(host, IoTarget::new(device, false), Some(device), attributes);
        IoTarget.write(host, "IoTarget", target.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Starts a target; what waits in it is sent.
    fn WdfIoTargetStart(host, IoTarget: WDFIOTARGET) -> NTSTATUS {
        let target = host.state().objects.resolve::<IoTarget>(host, IoTarget, "IoTarget")?;
        Ok(target::start(self::host(), target))
    }

    /// Stops a target: what is sent from now on waits.
    fn WdfIoTargetStop(host, IoTarget: WDFIOTARGET, Action: WDF_IO_TARGET_SENT_IO_ACTION) {
        let target = host.state().objects.resolve::<IoTarget>(host, IoTarget, "IoTarget")?;
        let known = SentAction::WdfIoTargetCancelSentIo..=SentAction::WdfIoTargetLeaveSentIoPending;
        // An unknown action is traced and ignored.
        if !known.contains(&Action) {
            return Err(Stop::NoEffect);
        }
        target::stop(self::host(), target, Action);
        Ok(())
    }

    /// Purges a target: what waits in it fails, what is sent from now on is refused.
    fn WdfIoTargetPurge(host, IoTarget: WDFIOTARGET, Action: WDF_IO_TARGET_PURGE_IO_ACTION) {
        let target = host.state().objects.resolve::<IoTarget>(host, IoTarget, "IoTarget")?;
        if ![PurgeAction::WdfIoTargetPurgeIoAndWait, PurgeAction::WdfIoTargetPurgeIo].contains(&Action) {
            return Err(Stop::NoEffect);
        }
        target::purge(self::host(), target, Action == PurgeAction::WdfIoTargetPurgeIoAndWait);
        Ok(())
    }

    /// The state of a target.
    fn WdfIoTargetGetState(host, IoTarget: WDFIOTARGET) -> WDF_IO_TARGET_STATE {
        let state = host.state();
        let target = state.objects.resolve::<IoTarget>(host, IoTarget, "IoTarget")?;
        Ok(state.objects.get::<IoTarget>(target).ok_or(Stop::NoEffect)?.state)
    }

    /// The device that a target belongs to.
    fn WdfIoTargetGetDevice(host, IoTarget: WDFIOTARGET) -> WDFDEVICE {
        let state = host.state();
        let target = state.objects.resolve::<IoTarget>(host, IoTarget, "IoTarget")?;
        Ok(state.objects.get::<IoTarget>(target).ok_or(Stop::NoEffect)?.device.raw())
    }
}
