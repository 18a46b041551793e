//! `wdfverifier.h`: what a driver says about itself.

use wdk_portable::{ULONG, ULONG_PTR};

use crate::rules::Rule;

ddi! {
    /// The driver found something that should stop a debugger.
    fn WdfVerifierDbgBreakPoint(host) {
        Err(host.violation(Rule::DriverBreakPoint, "the driver wants to be looked at"))
    }

    /// The driver found something that it cannot go on with.
    fn WdfVerifierKeBugCheck(
        host,
        BugCheckCode: ULONG,
        BugCheckParameter1: ULONG_PTR,
        BugCheckParameter2: ULONG_PTR,
        BugCheckParameter3: ULONG_PTR,
        BugCheckParameter4: ULONG_PTR,
    ) {
        let parameters = [BugCheckParameter1, BugCheckParameter2, BugCheckParameter3, BugCheckParameter4];
        let message = format!("the driver gives up: code {BugCheckCode:#x}, parameters {parameters:x?}");
        Err(host.violation(Rule::DriverBugCheck, message))
    }
}
