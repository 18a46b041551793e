//! Remote targets (`fxiotargetremote.cpp`). None can be opened: nothing but the device's own stack exists.

use wdk_portable::{
    _WDF_IO_TARGET_OPEN_TYPE as OpenType, _WDF_IO_TARGET_STATE as TargetState, HANDLE, NTSTATUS,
    PWDF_IO_TARGET_OPEN_PARAMS, STATUS_INFO_LENGTH_MISMATCH, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_INVALID_PARAMETER, STATUS_OBJECT_NAME_NOT_FOUND, UNICODE_STRING, WDF_IO_TARGET_OPEN_PARAMS,
    WDFIOTARGET, WDFIOTARGET__,
};

use super::IoTarget;
use crate::framework::device::text::text;
use crate::framework::{Handle, Pointer, Stop};
use crate::host::{Host, State, host};
use crate::io::target;
use crate::rules::Rule;

/// What an open of the device's own stack fails with.
const BUS_DRIVER_ANSWER: NTSTATUS = STATUS_INVALID_DEVICE_REQUEST;
/// `WDF_IO_TARGET_OPEN_PARAMS` before it had a `FileName` (framework 1.11).
const OPEN_PARAMS_V1_11: usize = size_of::<WDF_IO_TARGET_OPEN_PARAMS>() - size_of::<UNICODE_STRING>();

/// A remote target.
fn remote(host: &Host, state: &State, target: Pointer<WDFIOTARGET__>) -> Result<Handle, Stop> {
    let handle = state.objects.resolve::<IoTarget>(host, target, "IoTarget")?;
    if state.objects.get::<IoTarget>(handle).is_some_and(|target| target.local) {
        let message = format!("IoTarget is {}, the device's own target", state.objects.name(handle));
        return Err(host.violation(Rule::HandleNullOrType, message));
    }
    Ok(handle)
}

/// Closes a remote target, which is never open; what it has comes back.
fn close(host: &Host, target: Pointer<WDFIOTARGET__>) -> Result<(), Stop> {
    let target = remote(host, &host.state(), target)?;
    target::remove(self::host(), target, TargetState::WdfIoTargetClosed);
    Ok(())
}

/// The checks of an open, which then fails: nothing but the device's own stack exists here.
fn open(host: &Host, given: &WDF_IO_TARGET_OPEN_PARAMS) -> Result<NTSTATUS, Stop> {
    let invalid = Err(Stop::Status(STATUS_INVALID_PARAMETER));
    match given.Type {
        OpenType::WdfIoTargetOpenByName => {
            let name = &given.TargetDeviceName;
            if name.Buffer.is_null() || name.Length == 0 || name.MaximumLength == 0 {
                return invalid;
            }
            Ok(STATUS_OBJECT_NAME_NOT_FOUND)
        }
        OpenType::WdfIoTargetOpenLocalTargetByFile => {
            let notices = given.EvtIoTargetQueryRemove.is_some()
                || given.EvtIoTargetRemoveCanceled.is_some()
                || given.EvtIoTargetRemoveComplete.is_some();
            if notices {
                return invalid;
            }
            let name = &given.FileName;
            if !name.Buffer.is_null() || name.Length != 0 || name.MaximumLength != 0 {
                // SAFETY: a copy of the driver's string, whose buffer lives until the call returns.
                text(host, unsafe { Pointer::new(&raw const given.FileName) }, "FileName")?;
            }
            Ok(BUS_DRIVER_ANSWER)
        }
        // No open by name has succeeded that could be repeated.
        OpenType::WdfIoTargetOpenReopen => Ok(STATUS_INVALID_DEVICE_REQUEST),
        _ => invalid,
    }
}

ddi! {
    /// Opens a remote target, which fails: there is no other device.
    fn WdfIoTargetOpen(host, IoTarget: WDFIOTARGET, OpenParams: PWDF_IO_TARGET_OPEN_PARAMS) -> NTSTATUS {
        remote(host, &host.state(), IoTarget)?;
        // SAFETY: a pointer to the first member of the driver's structure.
        let size: Pointer<u32> = unsafe { Pointer::new(OpenParams.raw().cast()) };
        let size = size.read(host, "OpenParams")? as usize;
        let mut params = WDF_IO_TARGET_OPEN_PARAMS::default();
        if size != OPEN_PARAMS_V1_11 && size != size_of_val(&params) {
            return Err(Stop::Status(STATUS_INFO_LENGTH_MISMATCH));
        }
        let source = OpenParams.raw().cast::<u8>();
        // SAFETY: the driver's structure has `size` bytes, which are at most those of `params`; any bits
        // are valid for its members, which are numbers, pointers and optional functions of the driver.
        unsafe { source.copy_to_nonoverlapping((&raw mut params).cast(), size) };
        open(host, &params)
    }

    /// Closes a remote target, whether it is open or not.
    fn WdfIoTargetClose(host, IoTarget: WDFIOTARGET) {
        close(host, IoTarget)
    }

    /// Closes a remote target that asks for it; one that is not open is closed for good.
    fn WdfIoTargetCloseForQueryRemove(host, IoTarget: WDFIOTARGET) {
        close(host, IoTarget)
    }

    /// The file handle behind a remote target; NULL as long as it is not open.
    fn WdfIoTargetWdmGetTargetFileHandle(host, IoTarget: WDFIOTARGET) -> HANDLE {
        remote(host, &host.state(), IoTarget)?;
        Ok(std::ptr::null_mut())
    }
}
