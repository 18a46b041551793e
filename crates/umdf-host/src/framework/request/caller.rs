//! Who asks, and what for: parameters, information, the calling process.

use wdk_portable::{
    _SECURITY_IMPERSONATION_LEVEL as Level, _WDF_DEVICE_IO_TYPE, _WDF_REQUEST_PARAMETERS__bindgen_ty_1,
    _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_1 as CreateParameters,
    _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_2 as ReadParameters,
    _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_3 as WriteParameters,
    _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_4 as ControlParameters, BOOLEAN, GUID, KPROCESSOR_MODE,
    LPGUID, NTSTATUS, PFN_WDF_REQUEST_IMPERSONATE, PVOID, PWDF_REQUEST_PARAMETERS,
    SECURITY_IMPERSONATION_LEVEL, STATUS_ACCESS_DENIED, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, ULONG, ULONG_PTR, WDF_DEVICE_IO_TYPE, WDF_REQUEST_PARAMETERS,
    WDFFILEOBJECT, WDFQUEUE, WDFREQUEST,
};

use super::checks::{has_irp, is_in_hand, is_owned, name_of, not_completed, owned};
use super::{Kind, Request};
use crate::framework::device::Device;
use crate::framework::{Handle, Pointer, Stop, callbacks};
use crate::host::{Host, State};
use crate::inf::directives::ImpersonationLevel as Grant;
use crate::own;
use crate::rules::Rule;

/// The process id of the application in a scenario; no real one, because runs must compare equal.
pub const APPLICATION: ULONG = 0x1000;
/// `UserMode` of `MODE` (`wdm.h`).
const USER_MODE: KPROCESSOR_MODE = 1;
/// FILE_ATTRIBUTE_NORMAL (`ntifs.h`).
const FILE_ATTRIBUTE_NORMAL: u16 = 0x80;

/// Functions that may be called while the thread acts as the application: those that begin with
/// `DDI_ENTRY_IMPERSONATION_OK` in the framework's source, and those that begin with no check at all.
/// [`OF_REQUESTS`] are among the latter.
const HARMLESS: &[&str] = &[
    "WdfCmResourceListGetCount",
    "WdfDeviceGetFileObject",
    "WdfDriverOpenParametersRegistryKey",
    "WdfIoTargetWdmGetTargetFileHandle",
    "WdfObjectAllocateContext",
    "WdfObjectGetTypedContextWorker",
    "WdfObjectContextGetObject",
    "WdfVerifierDbgBreakPoint",
    "WdfVerifierKeBugCheck",
    "WdfIoTargetOpen",
];
/// How the names of those begin that `fxrequestapi.cpp` and `fxrequestapium.cpp` have.
const OF_REQUESTS: &str = "WdfRequest";

/// Whether the framework refuses `function` now, because the thread acts as the application.
pub fn impersonation_forbids(function: &str) -> bool {
    own::get().impersonates && !function.starts_with(OF_REQUESTS) && !HARMLESS.contains(&function)
}

/// What a request asks for, as `WDF_REQUEST_PARAMETERS`.
pub fn parameters(state: &State, request: Handle) -> Option<WDF_REQUEST_PARAMETERS> {
    let request = state.objects.get::<Request>(request)?;
    let parameters = match &request.kind {
        Kind::None => return None,
        Kind::Create => _WDF_REQUEST_PARAMETERS__bindgen_ty_1 {
            Create: CreateParameters { FileAttributes: FILE_ATTRIBUTE_NORMAL, ..CreateParameters::default() },
        },
        Kind::Read { output, offset } => _WDF_REQUEST_PARAMETERS__bindgen_ty_1 {
            Read: ReadParameters { Length: output.length, Key: 0, DeviceOffset: *offset },
        },
        Kind::Write { input, offset } => _WDF_REQUEST_PARAMETERS__bindgen_ty_1 {
            Write: WriteParameters { Length: input.length, Key: 0, DeviceOffset: *offset },
        },
        Kind::DeviceControl { code, input, output } => _WDF_REQUEST_PARAMETERS__bindgen_ty_1 {
            DeviceIoControl: ControlParameters {
                OutputBufferLength: output.length,
                InputBufferLength: input.length,
                IoControlCode: *code,
                ..ControlParameters::default()
            },
        },
    };
    Some(WDF_REQUEST_PARAMETERS {
        Size: SIZE,
        MinorFunction: 0,
        Type: request.kind.request_type(),
        Parameters: parameters,
    })
}

/// The size of `WDF_REQUEST_PARAMETERS`, whose own field has 16 bits.
#[expect(clippy::cast_possible_truncation, reason = "the structure is smaller than 64 KiB")]
const SIZE: u16 = size_of::<WDF_REQUEST_PARAMETERS>() as u16;

/// The `Size` of the structure that the driver passed.
fn given_size(parameters: Pointer<WDF_REQUEST_PARAMETERS>) -> u16 {
    // SAFETY: the callers refuse NULL first; the structure begins with its size.
    unsafe { parameters.raw().cast::<u16>().read_unaligned() }
}

/// Whether the structure that the driver passed has no place for everything.
pub fn is_too_short(parameters: Pointer<WDF_REQUEST_PARAMETERS>) -> bool {
    given_size(parameters) < SIZE
}

fn with<R>(
    host: &Host,
    request: Pointer<wdk_portable::WDFREQUEST__>,
    answer: impl FnOnce(&mut Request) -> R,
) -> Result<R, Stop> {
    let mut state = host.state();
    let handle = state.objects.resolve::<Request>(host, request, "Request")?;
    not_completed(host, &state, handle)?;
    state.objects.get_mut::<Request>(handle).map(answer).ok_or(Stop::NoEffect)
}

ddi! {
    /// What the request asks for. Allowed for requests that `WdfIoQueueFindRequest` found, too.
    fn WdfRequestGetParameters(host, Request: WDFREQUEST, Parameters: PWDF_REQUEST_PARAMETERS) {
        let state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        Parameters.require(host, "Parameters")?;
        if given_size(Parameters) != SIZE {
            let message = format!("Parameters->Size is {}, not {SIZE}", given_size(Parameters));
            return Err(host.violation(Rule::ArgumentInvalid, message));
        }
        not_completed(host, &state, handle)?;
        let Some(parameters) = parameters(&state, handle) else {
            is_owned(host, &state, handle)?;
            return Err(Stop::NoEffect);
        };
        Parameters.write(host, "Parameters", parameters)
    }

    /// Sets the information that a later `WdfRequestComplete` reports.
    fn WdfRequestSetInformation(host, Request: WDFREQUEST, Information: ULONG_PTR) {
        let mut state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        not_completed(host, &state, handle)?;
        is_in_hand(host, &state, handle)?;
        state.objects.get_mut::<Request>(handle).ok_or(Stop::NoEffect)?.information = Information;
        Ok(())
    }

    /// The information that was set.
    fn WdfRequestGetInformation(host, Request: WDFREQUEST) -> ULONG_PTR {
        with(host, Request, |request| request.information)
    }

    /// The status that the request came back with from where it was sent, or that it could not be sent with.
    fn WdfRequestGetStatus(host, Request: WDFREQUEST) -> NTSTATUS {
        let state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        has_irp(host, &state, handle)?;
        not_completed(host, &state, handle)?;
        Ok(state.objects.get::<Request>(handle).ok_or(Stop::NoEffect)?.outgoing.status)
    }

    /// The file object of the request; NULL if the driver wants no file objects.
    fn WdfRequestGetFileObject(host, Request: WDFREQUEST) -> WDFFILEOBJECT {
        let state = host.state();
        let request = owned(host, &state, Request)?;
        let request = state.objects.get::<Request>(request).ok_or(Stop::NoEffect)?;
        Ok(request.file.map_or(std::ptr::null_mut(), Handle::raw))
    }

    /// The queue that the request came from; NULL for a request that the driver made. Not for an open that
    /// EvtDeviceFileCreate got.
    fn WdfRequestGetIoQueue(host, Request: WDFREQUEST) -> WDFQUEUE {
        let state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        let request = state.objects.get::<Request>(handle).ok_or(Stop::NoEffect)?;
        let queue = request.queue.filter(|_| !request.completed);
        let creates = state.objects.device_above(handle).and_then(|it| state.objects.get::<Device>(it)?.creates);
        if queue.is_some() && queue == creates {
            let message = format!("{} came to EvtDeviceFileCreate, its queue is asked for", name_of(&state, handle));
            return Err(host.violation(Rule::ReqWrongQueue, message));
        }
        Ok(queue.map_or(std::ptr::null_mut(), Handle::raw))
    }

    /// Applications run in user mode.
    fn WdfRequestGetRequestorMode(host, Request: WDFREQUEST) -> KPROCESSOR_MODE {
        with(host, Request, |_| USER_MODE)
    }

    /// The applications of this host are 64-bit programs.
    fn WdfRequestIsFrom32BitProcess(host, Request: WDFREQUEST) -> BOOLEAN {
        with(host, Request, |_| BOOLEAN::from(false))
    }

    /// The process that sent the request.
    fn WdfRequestGetRequestorProcessId(host, Request: WDFREQUEST) -> ULONG {
        with(host, Request, |_| APPLICATION)
    }

    /// Whether a user-mode driver made the request: only this one does in this host.
    fn WdfRequestIsFromUserModeDriver(host, Request: WDFREQUEST) -> BOOLEAN {
        with(host, Request, |request| (!request.is_from_queue()).into())
    }

    /// Says that a user-mode driver is where the request comes from.
    fn WdfRequestSetUserModeDriverInitiatedIo(host, Request: WDFREQUEST, IsUserModeDriverInitiated: BOOLEAN) {
        with(host, Request, |request| request.from_driver = IsUserModeDriverInitiated != 0)
    }

    /// What was said by `WdfRequestSetUserModeDriverInitiatedIo`.
    fn WdfRequestGetUserModeDriverInitiatedIo(host, Request: WDFREQUEST) -> BOOLEAN {
        with(host, Request, |request| request.from_driver.into())
    }

    /// Names the activity that the request belongs to.
    fn WdfRequestSetActivityId(host, Request: WDFREQUEST, ActivityId: LPGUID) {
        let mut state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        not_completed(host, &state, handle)?;
        let activity: GUID = ActivityId.read(host, "ActivityId")?;
        state.objects.get_mut::<Request>(handle).ok_or(Stop::NoEffect)?.activity = Some(activity);
        Ok(())
    }

    /// The activity that the request belongs to, if one was named.
    fn WdfRequestRetrieveActivityId(host, Request: WDFREQUEST, ActivityId: LPGUID) -> NTSTATUS {
        let state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        ActivityId.require(host, "ActivityId")?;
        not_completed(host, &state, handle)?;
        let activity = state.objects.get::<Request>(handle).and_then(|request| request.activity);
        let activity = activity.ok_or(Stop::Status(STATUS_INVALID_DEVICE_REQUEST))?;
        ActivityId.write(host, "ActivityId", activity)?;
        Ok(STATUS_SUCCESS)
    }

    /// How the buffers really came: always copied, because this host has no direct access.
    fn WdfRequestGetEffectiveIoType(host, Request: WDFREQUEST) -> WDF_DEVICE_IO_TYPE {
        with(host, Request, |_| _WDF_DEVICE_IO_TYPE::WdfDeviceIoBuffered)
    }

    /// Runs a callback as the application, on this thread. The INF says how far that may go.
    fn WdfRequestImpersonate(
        host,
        Request: WDFREQUEST,
        ImpersonationLevel: SECURITY_IMPERSONATION_LEVEL,
        EvtRequestImpersonate: PFN_WDF_REQUEST_IMPERSONATE,
        Context: PVOID,
    ) -> NTSTATUS {
        let (handle, slot) = {
            let state = host.state();
            let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
            let device = state.objects.device_above(handle);
            (handle, device.and_then(|device| state.objects.get::<Device>(device)).map(|device| device.slot))
        };
        let slot = slot.ok_or(Stop::NoEffect)?;
        let refuse = |message: &str| {
            Err(host.refusal(Rule::ArgumentInvalid, STATUS_INVALID_PARAMETER, message))
        };
        if !(Level::SecurityAnonymous..=Level::SecurityDelegation).contains(&ImpersonationLevel) {
            return refuse("ImpersonationLevel is none of SECURITY_IMPERSONATION_LEVEL");
        }
        if EvtRequestImpersonate.is_none() {
            return refuse("EvtRequestImpersonate is NULL");
        }
        if own::get().impersonates {
            let message = "WdfRequestImpersonate is called while the thread acts as the application";
            return Err(host.violation(Rule::ImpersonatedDdi, message));
        }
        not_completed(host, &host.state(), handle)?;
        let allowed = match host.installation(slot).directives.impersonation_level {
            Grant::Anonymous => Level::SecurityAnonymous,
            Grant::Identification => Level::SecurityIdentification,
            // What an application grants unless it says otherwise.
            Grant::Impersonation | Grant::Delegation => Level::SecurityImpersonation,
        };
        if ImpersonationLevel > allowed {
            return Err(Stop::Status(STATUS_ACCESS_DENIED));
        }
        let before = own::change(|own| own.impersonates = true).impersonates;
        callbacks::io::request_impersonate(EvtRequestImpersonate, handle, Context.raw());
        own::change(|own| own.impersonates = before);
        Ok(STATUS_SUCCESS)
    }
}
