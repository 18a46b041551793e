//! `WDF_REQUEST_SEND_OPTIONS` (`wdfrequest.h`), as `FxValidateRequestOptions` checks them.

use std::time::Duration;

use wdk_portable::{
    _WDF_REQUEST_SEND_OPTIONS_FLAGS as Flags, STATUS_INVALID_PARAMETER, WDF_REQUEST_SEND_OPTIONS,
};

use crate::framework::{Pointer, Stop};
use crate::host::Host;
use crate::timer::relative;

const IMPERSONATE: i32 = Flags::WDF_REQUEST_SEND_OPTION_IMPERSONATE_CLIENT;
const IMPERSONATION: i32 = IMPERSONATE | Flags::WDF_REQUEST_SEND_OPTION_IMPERSONATION_IGNORE_FAILURE;
const FORGET: i32 = Flags::WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
const KNOWN: i32 = Flags::WDF_REQUEST_SEND_OPTION_TIMEOUT
    | Flags::WDF_REQUEST_SEND_OPTION_SYNCHRONOUS
    | Flags::WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE
    | FORGET
    | IMPERSONATION;

/// How a request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Its completion routine is called later.
    Asynchronous,
    /// The call returns when it has come back.
    Synchronous,
    /// It does not come back to the driver.
    Forget,
}

/// Checked options.
pub struct SendOptions {
    /// How.
    pub manner: Manner,
    /// It goes to a stopped or purged target, too.
    pub ignores_state: bool,
    /// When it is cancelled.
    pub timeout: Option<Duration>,
}

impl SendOptions {
    /// The options that the driver gave; none for NULL. Only a request that `creates` a file object may
    /// impersonate its application.
    pub fn read(
        host: &Host,
        options: Pointer<WDF_REQUEST_SEND_OPTIONS>,
        creates: bool,
    ) -> Result<Self, Stop> {
        let given = if options.is_null() {
            WDF_REQUEST_SEND_OPTIONS::default()
        } else {
            options.read_sized(host, "RequestOptions")?
        };
        let flags = given.Flags.cast_signed();
        let has = |flag: i32| flags & flag != 0;
        let impersonates_wrongly = has(IMPERSONATION) && !(creates && has(IMPERSONATE));
        if flags & !KNOWN != 0
            || (has(FORGET) && flags & !(FORGET | IMPERSONATION) != 0)
            || impersonates_wrongly
        {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let timed = has(Flags::WDF_REQUEST_SEND_OPTION_TIMEOUT) && given.Timeout != 0;
        Ok(Self {
            manner: if has(Flags::WDF_REQUEST_SEND_OPTION_SYNCHRONOUS) {
                Manner::Synchronous
            } else if has(FORGET) {
                Manner::Forget
            } else {
                Manner::Asynchronous
            },
            ignores_state: has(Flags::WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE),
            timeout: timed.then(|| relative(given.Timeout)),
        })
    }
}
