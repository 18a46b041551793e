//! `wdfiotarget.h`: the local target, which is the bus driver below, and remote targets
//! (`fxiotargetapi.cpp`, `fxiotarget.cpp`, `fxiotargetremote.cpp`).

use std::time::Duration;

use wdk_portable::{
    _WDF_IO_TARGET_OPEN_TYPE as OpenType, _WDF_IO_TARGET_PURGE_IO_ACTION as PurgeAction,
    _WDF_IO_TARGET_SENT_IO_ACTION as SentAction, _WDF_IO_TARGET_STATE as TargetState,
    _WDF_MEMORY_DESCRIPTOR_TYPE as DescriptorType, _WDF_REQUEST_SEND_OPTIONS_FLAGS as SendFlags, HANDLE,
    NTSTATUS, PLONGLONG, PULONG_PTR, PWDF_IO_TARGET_OPEN_PARAMS, PWDF_MEMORY_DESCRIPTOR,
    PWDF_OBJECT_ATTRIBUTES, PWDF_REQUEST_SEND_OPTIONS, STATUS_CANCELLED, STATUS_INFO_LENGTH_MISMATCH,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_IO_TIMEOUT,
    STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS, ULONG, UNICODE_STRING, WDF_IO_TARGET_OPEN_PARAMS,
    WDF_IO_TARGET_PURGE_IO_ACTION, WDF_IO_TARGET_SENT_IO_ACTION, WDF_IO_TARGET_STATE, WDF_MEMORY_DESCRIPTOR,
    WDF_REQUEST_SEND_OPTIONS, WDFDEVICE, WDFIOTARGET, WDFIOTARGET__, WDFREQUEST, WDFREQUEST__,
};

use super::attributes::{self, Allowed, Attributes};
use super::device::Device;
use super::device::text::text;
use super::request::Request;
use super::{Handle, Pointer, Stop, memory};
use crate::host::{Host, State};
use crate::rules::Rule;
use crate::timer::relative;

/// What the bus driver answers to reads, writes and I/O control requests: it has none of its own.
pub const BUS_DRIVER_ANSWER: NTSTATUS = STATUS_INVALID_DEVICE_REQUEST;
/// `WDF_IO_TARGET_OPEN_PARAMS` before it had a `FileName` (framework 1.11).
const OPEN_PARAMS_V1_11: usize = size_of::<WDF_IO_TARGET_OPEN_PARAMS>() - size_of::<UNICODE_STRING>();
const KNOWN_FLAGS: i32 = SendFlags::WDF_REQUEST_SEND_OPTION_TIMEOUT
    | SendFlags::WDF_REQUEST_SEND_OPTION_SYNCHRONOUS
    | SendFlags::WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE
    | SendFlags::WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET
    | IMPERSONATION_FLAGS;
const IMPERSONATION_FLAGS: i32 = SendFlags::WDF_REQUEST_SEND_OPTION_IMPERSONATE_CLIENT
    | SendFlags::WDF_REQUEST_SEND_OPTION_IMPERSONATION_IGNORE_FAILURE;

/// An I/O target.
pub struct IoTarget {
    /// The device that it belongs to.
    pub device: Handle,
    /// It is the next lower driver, not something that the driver opens.
    pub local: bool,
    state: WDF_IO_TARGET_STATE,
}

impl IoTarget {
    fn new(device: Handle, local: bool) -> Self {
        // A remote target counts as started even before it is opened.
        Self { device, local, state: TargetState::WdfIoTargetStarted }
    }
}

/// A remote target.
fn remote<'a>(
    host: &Host,
    state: &'a mut State,
    target: Pointer<WDFIOTARGET__>,
) -> Result<&'a mut IoTarget, Stop> {
    let handle = state.objects.resolve::<IoTarget>(host, target, "IoTarget")?;
    if state.objects.get::<IoTarget>(handle).is_some_and(|target| target.local) {
        let message = format!("IoTarget is {}, the device's own target", state.objects.name(handle));
        return Err(host.violation(Rule::HandleNullOrType, message));
    }
    state.objects.get_mut::<IoTarget>(handle).ok_or(Stop::NoEffect)
}

/// Changes the state from one of `from`; in any other state nothing happens.
fn change(
    host: &Host,
    target: Pointer<WDFIOTARGET__>,
    from: &[WDF_IO_TARGET_STATE],
    to: WDF_IO_TARGET_STATE,
) -> Result<(), Stop> {
    let mut state = host.state();
    let handle = state.objects.resolve::<IoTarget>(host, target, "IoTarget")?;
    if let Some(target) = state.objects.get_mut::<IoTarget>(handle).filter(|it| from.contains(&it.state)) {
        target.state = to;
    }
    drop(state);
    host.notify();
    Ok(())
}

/// The checks of an open, which then fails: nothing but the device's own stack exists here.
fn open(host: &Host, given: &WDF_IO_TARGET_OPEN_PARAMS, has_file_name: bool) -> Result<NTSTATUS, Stop> {
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
            if has_file_name {
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

/// Send options: flags that exist, and only together if they may be. The answer is whether the state of
/// the target counts, and the timeout.
fn options(
    host: &Host,
    options: Pointer<WDF_REQUEST_SEND_OPTIONS>,
) -> Result<(bool, Option<Duration>), Stop> {
    if options.is_null() {
        return Ok((true, None));
    }
    let options = options.read_sized(host, "RequestOptions")?;
    let flags = options.Flags.cast_signed();
    let has = |flag: i32| flags & flag != 0;
    let forget = SendFlags::WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
    // Impersonation is for create requests, which are not sent synchronously.
    if flags & !KNOWN_FLAGS != 0
        || (has(forget) && flags & !(forget | IMPERSONATION_FLAGS) != 0)
        || has(IMPERSONATION_FLAGS)
    {
        return Err(Stop::Status(STATUS_INVALID_PARAMETER));
    }
    let timed = has(SendFlags::WDF_REQUEST_SEND_OPTION_TIMEOUT) && options.Timeout != 0;
    let heeds = !has(SendFlags::WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE);
    Ok((heeds, timed.then(|| relative(options.Timeout))))
}

/// A buffer description; NULL means no buffer.
fn check_descriptor(
    host: &Host,
    state: &State,
    descriptor: Pointer<WDF_MEMORY_DESCRIPTOR>,
) -> Result<(), Stop> {
    if descriptor.is_null() {
        return Ok(());
    }
    let descriptor = descriptor.read(host, "MemoryDescriptor")?;
    let given = match descriptor.Type {
        // SAFETY: the type says which member it is.
        DescriptorType::WdfMemoryDescriptorTypeBuffer => unsafe { descriptor.u.BufferType }.Buffer,
        // SAFETY: as above.
        DescriptorType::WdfMemoryDescriptorTypeMdl => unsafe { descriptor.u.MdlType }.Mdl,
        // SAFETY: as above.
        DescriptorType::WdfMemoryDescriptorTypeHandle => unsafe { descriptor.u.HandleType }.Memory.cast(),
        _ => std::ptr::null_mut(),
    };
    if given.is_null() {
        return Err(Stop::Status(STATUS_INVALID_PARAMETER));
    }
    if descriptor.Type == DescriptorType::WdfMemoryDescriptorTypeHandle {
        // SAFETY: a handle is never dereferenced.
        let memory = memory::resolve(host, &state.objects, unsafe { Pointer::new(given) }, "Memory")?;
        // SAFETY: as above.
        let offsets = unsafe { descriptor.u.HandleType }.Offsets;
        // SAFETY: NULL, or the driver's offsets, which live until the call returns.
        let offsets = unsafe { Pointer::new(offsets) };
        memory.bytes(if offsets.is_null() { None } else { Some(offsets.read(host, "Offsets")?) })?;
    }
    Ok(())
}

/// Sends a request and waits for its answer. A stopped target keeps it until it is started or purged.
fn send(
    host: &Host,
    target: Pointer<WDFIOTARGET__>,
    request: Pointer<WDFREQUEST__>,
    buffers: [Pointer<WDF_MEMORY_DESCRIPTOR>; 2],
    send_options: Pointer<WDF_REQUEST_SEND_OPTIONS>,
    bytes: Pointer<u64>,
) -> Result<NTSTATUS, Stop> {
    let (target, name, heeds_state, timeout) = {
        let state = host.state();
        let handle = state.objects.resolve::<IoTarget>(host, target, "IoTarget")?;
        if !request.is_null() {
            state.objects.resolve::<Request>(host, request, "Request")?;
        }
        let (heeds_state, timeout) = options(host, send_options)?;
        for buffer in buffers {
            check_descriptor(host, &state, buffer)?;
        }
        (handle, state.objects.name(handle), heeds_state, timeout)
    };
    let mut kept = false;
    let answer = host.wait(timeout.unwrap_or(host.hang_limit()), |state| {
        let target = state.objects.get::<IoTarget>(target);
        let status = match target.map(|target| (target.state, target.local)) {
            // Nothing is open behind a remote target.
            Some((TargetState::WdfIoTargetStarted, false)) => STATUS_INVALID_DEVICE_STATE,
            Some((TargetState::WdfIoTargetStarted, true)) => BUS_DRIVER_ANSWER,
            Some((TargetState::WdfIoTargetStopped | TargetState::WdfIoTargetPurged, true))
                if !heeds_state =>
            {
                BUS_DRIVER_ANSWER
            }
            Some((TargetState::WdfIoTargetStopped, _)) => {
                kept = true;
                return None;
            }
            // What waited in the target is cancelled, what comes now is refused.
            _ if kept => STATUS_CANCELLED,
            _ => STATUS_INVALID_DEVICE_STATE,
        };
        Some(status)
    });
    bytes.write_if_any(0);
    match answer {
        Some(status) => Ok(status),
        None if timeout.is_some() => Ok(STATUS_IO_TIMEOUT),
        None => host.end(format!("{name} was stopped and not started before the deadline")),
    }
}

ddi! {
    /// The target that is the next lower driver.
    fn WdfDeviceGetIoTarget(host, Device: WDFDEVICE) -> WDFIOTARGET {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        if let Some(target) = state.objects.get::<Device>(device).and_then(|device| device.io_target) {
            return Ok(target.raw());
        }
        let body = IoTarget::new(device, true);
        let target = state.objects.create(host, body, Some(device), Attributes::default());
        if let Some(device) = state.objects.get_mut::<Device>(device) {
            device.io_target = Some(target);
        }
        Ok(target.raw())
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

    /// Opens a remote target, which fails: there is no other device.
    fn WdfIoTargetOpen(host, IoTarget: WDFIOTARGET, OpenParams: PWDF_IO_TARGET_OPEN_PARAMS) -> NTSTATUS {
        remote(host, &mut host.state(), IoTarget)?;
        OpenParams.require(host, "OpenParams")?;
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
        open(host, &params, !params.FileName.Buffer.is_null() || params.FileName.Length != 0 || params.FileName.MaximumLength != 0)
    }

    /// Closes a remote target, whether it is open or not.
    fn WdfIoTargetClose(host, IoTarget: WDFIOTARGET) {
        remote(host, &mut host.state(), IoTarget)?.state = TargetState::WdfIoTargetClosed;
        host.notify();
        Ok(())
    }

    /// Closes a remote target that asks for it; one that is not open is closed for good.
    fn WdfIoTargetCloseForQueryRemove(host, IoTarget: WDFIOTARGET) {
        remote(host, &mut host.state(), IoTarget)?.state = TargetState::WdfIoTargetClosed;
        host.notify();
        Ok(())
    }

    /// The file handle behind a remote target; NULL as long as it is not open.
    fn WdfIoTargetWdmGetTargetFileHandle(host, IoTarget: WDFIOTARGET) -> HANDLE {
        remote(host, &mut host.state(), IoTarget)?;
        Ok(std::ptr::null_mut())
    }

    /// Starts a target; what waits in it is sent.
    fn WdfIoTargetStart(host, IoTarget: WDFIOTARGET) -> NTSTATUS {
        use TargetState as T;
        let all = [T::WdfIoTargetStarted, T::WdfIoTargetStopped, T::WdfIoTargetPurged, T::WdfIoTargetClosed];
        change(host, IoTarget, &all, T::WdfIoTargetStarted)?;
        Ok(STATUS_SUCCESS)
    }

    /// Stops a target: what is sent from now on waits. Nothing sent is ever pending below.
    fn WdfIoTargetStop(host, IoTarget: WDFIOTARGET, Action: WDF_IO_TARGET_SENT_IO_ACTION) {
        use TargetState as T;
        host.state().objects.resolve::<IoTarget>(host, IoTarget, "IoTarget")?;
        // An unknown action is traced and ignored.
        if !(SentAction::WdfIoTargetCancelSentIo..=SentAction::WdfIoTargetLeaveSentIoPending).contains(&Action) {
            return Err(Stop::NoEffect);
        }
        change(host, IoTarget, &[T::WdfIoTargetStarted, T::WdfIoTargetPurged], T::WdfIoTargetStopped)
    }

    /// Purges a target: what waits in it is cancelled, what is sent from now on is refused.
    fn WdfIoTargetPurge(host, IoTarget: WDFIOTARGET, Action: WDF_IO_TARGET_PURGE_IO_ACTION) {
        use TargetState as T;
        host.state().objects.resolve::<IoTarget>(host, IoTarget, "IoTarget")?;
        if ![PurgeAction::WdfIoTargetPurgeIoAndWait, PurgeAction::WdfIoTargetPurgeIo].contains(&Action) {
            return Err(Stop::NoEffect);
        }
        change(host, IoTarget, &[T::WdfIoTargetStarted, T::WdfIoTargetStopped], T::WdfIoTargetPurged)
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

    /// Sends a read and waits for its end.
    fn WdfIoTargetSendReadSynchronously(
        host,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        OutputBuffer: PWDF_MEMORY_DESCRIPTOR,
        DeviceOffset: PLONGLONG,
        RequestOptions: PWDF_REQUEST_SEND_OPTIONS,
        BytesRead: PULONG_PTR,
    ) -> NTSTATUS {
        send(host, IoTarget, Request, [OutputBuffer; 2], RequestOptions, BytesRead)
    }

    /// Sends a write and waits for its end.
    fn WdfIoTargetSendWriteSynchronously(
        host,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        InputBuffer: PWDF_MEMORY_DESCRIPTOR,
        DeviceOffset: PLONGLONG,
        RequestOptions: PWDF_REQUEST_SEND_OPTIONS,
        BytesWritten: PULONG_PTR,
    ) -> NTSTATUS {
        send(host, IoTarget, Request, [InputBuffer; 2], RequestOptions, BytesWritten)
    }

    /// Sends an I/O control request and waits for its end.
    fn WdfIoTargetSendIoctlSynchronously(
        host,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        IoctlCode: ULONG,
        InputBuffer: PWDF_MEMORY_DESCRIPTOR,
        OutputBuffer: PWDF_MEMORY_DESCRIPTOR,
        RequestOptions: PWDF_REQUEST_SEND_OPTIONS,
        BytesReturned: PULONG_PTR,
    ) -> NTSTATUS {
        send(host, IoTarget, Request, [InputBuffer, OutputBuffer], RequestOptions, BytesReturned)
    }
}
