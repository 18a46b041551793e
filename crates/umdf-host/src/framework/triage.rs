//! `wdftriage.h`: what a debugger extension finds the framework's objects with.

use std::ptr::null;

use wdk_portable::{PVOID, ULONG};

use crate::supervisor::{MAJOR, MINOR};

/// Longest of the tables, `WDFOBJECT_TRIAGE_INFO` and others, in numbers.
const LONGEST: usize = 7;

/// `WDF_TRIAGE_INFO`: major and minor versions, and where each kind of object keeps its parts.
#[repr(C)]
struct TriageInfo {
    framework: [ULONG; 2],
    structure: [ULONG; 2],
    reserved: *const ULONG,
    tables: [*const ULONG; 9],
}

// SAFETY: nothing in it is ever written.
unsafe impl Sync for TriageInfo {}

/// Sizes and offsets: in user mode the framework fills none of its tables.
static EMPTY: [ULONG; LONGEST] = [0; LONGEST];

static INFO: TriageInfo = TriageInfo {
    framework: [MAJOR, MINOR],
    // WDF_01_TRIAGE_INFO_MAJOR_VERSION, WDF_01_TRIAGE_INFO_MINOR_VERSION.
    structure: [1, 0],
    reserved: null(),
    tables: [EMPTY.as_ptr(); 9],
};

ddi! {
    /// The triage information, which lives as long as the host.
    fn WdfGetTriageInfo(host) -> PVOID {
        Ok((&raw const INFO).cast_mut().cast())
    }
}
