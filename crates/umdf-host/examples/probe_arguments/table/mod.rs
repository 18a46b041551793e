//! Framework functions and their arguments, header by header. Driver and tests share these files.
//!
//! To add a function, write it under its header with its arguments in order, each with its name in the host's
//! function, its kind and a good value (`crate::good` makes them):
//!
//! - `handle`: NULL, a handle of another type and a stale one end the host;
//! - `handle_pointer`: as `handle`, but NULL is a missing pointer;
//! - `object`: as `handle`, of any type;
//! - `optional`: as `handle`, but NULL is fine;
//! - `pointer`, `function`: NULL ends the host;
//! - `text`: a `UNICODE_STRING`: NULL ends the host, one that is not well-formed is refused;
//! - `optional_text`: as `text`, but NULL is fine;
//! - `attributes`: a `WDF_OBJECT_ATTRIBUTES`, wrong in each way that the function does not take;
//!   `=> allows [..]` says what it takes: `parent` or, if there must be one, `required`, `level`, `scope`;
//! - `given`: nothing is wrong with it but what follows it.
//!
//! `=> allows [reports]` behind a text or attributes: the function returns no status, it reports what is wrong.
//! `=> ["what is wrong": VALUE => OUTCOME, ..]` names mistakes of one argument, with the host's outcome:
//! `R(ANSWER)`, or `B("RULE")` for a report after which the call has no effect, `B("RULE", ANSWER)` if it answers
//! with a status, `T("RULE")` for the end.
//!
//! The framework looks at the arguments that may not be NULL in their order, or in the one that `order [..]`
//! gives. `= VALUE` is the answer to good arguments; otherwise a status must be a success, and everything else
//! is fine. `never good` means that no good call can be made here. `at PLACE` says where the driver calls
//! ([`super::rows::Place`]), if not in EvtIoDeviceControl.
//!
//! The kinds make the rows ([`super::rows`]): the tests run the driver once for each.

#[macro_use]
mod wdfcollection;
#[macro_use]
mod wdfdevice;
#[macro_use]
mod wdfdevice_init;
#[macro_use]
mod wdfdriver;
#[macro_use]
mod wdffdo;
#[macro_use]
mod wdffileobject;
#[macro_use]
mod wdfhwaccess;
#[macro_use]
mod wdfinterrupt;
#[macro_use]
mod wdfio;
#[macro_use]
mod wdfiotarget;
#[macro_use]
mod wdfmemory;
#[macro_use]
mod wdfobject;
#[macro_use]
mod wdfregistry;
#[macro_use]
mod wdfrequest;
#[macro_use]
mod wdfresource;
#[macro_use]
mod wdfstring;
#[macro_use]
mod wdfsync;
#[macro_use]
mod wdftimer;
#[macro_use]
mod wdfworkitem;

/// A list of what a macro makes of the functions of each header.
macro_rules! for_each_header {
    ($then:ident) => {
        [
            wdfcollection!($then),
            wdfdevice!($then),
            wdfdevice_init!($then),
            wdfdriver!($then),
            wdffdo!($then),
            wdffileobject!($then),
            wdfhwaccess!($then),
            wdfinterrupt!($then),
            wdfio!($then),
            wdfiotarget!($then),
            wdfmemory!($then),
            wdfobject!($then),
            wdfregistry!($then),
            wdfrequest!($then),
            wdfresource!($then),
            wdfstring!($then),
            wdfsync!($then),
            wdftimer!($then),
            wdfworkitem!($then),
        ]
    };
}
