//! Wrong arguments that are no violation: the framework answers with a status (outcome R).

use libtest_mimic::Trial;
use umdf_host::rules::Rule;
use umdf_host::status;
use wdk_portable::{
    NTSTATUS, STATUS_INFO_LENGTH_MISMATCH, STATUS_INSUFFICIENT_RESOURCES, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER_4, STATUS_NO_SUCH_FILE,
    STATUS_NOT_IMPLEMENTED, STATUS_NOT_SUPPORTED, STATUS_OBJECT_NAME_EXISTS, STATUS_OBJECT_NAME_INVALID,
    STATUS_OBJECT_TYPE_MISMATCH, STATUS_SUCCESS, STATUS_TIMEOUT, STATUS_UNSUCCESSFUL,
};

use crate::fixture::misbehaviour::Misbehaviour;
use crate::run::{Fixture, assert_pass, run};
use crate::scenarios::{CLOSE, LIFE, OPEN, REMOVE, START};
use crate::test;

/// What `examples/misbehave/statuses.rs` tries, and what the framework answers (`fxdriverapi.cpp`,
/// `fxvalidatefunctions.cpp`, `fxobjectapi.cpp`, `fxioqueueapi.cpp`, `fxioqueue.cpp`, `fxtimerapi.cpp`).
const ANSWERS: &[(&str, NTSTATUS)] = &[
    ("driver config size", STATUS_INFO_LENGTH_MISMATCH),
    ("driver flags", STATUS_INVALID_PARAMETER),
    ("device of a used init", STATUS_INVALID_DEVICE_STATE),
    ("attributes size", STATUS_INFO_LENGTH_MISMATCH),
    ("context type size", STATUS_INFO_LENGTH_MISMATCH),
    ("context without name", status::STATUS_WDF_OBJECT_ATTRIBUTES_INVALID),
    ("override without type", status::STATUS_WDF_OBJECT_ATTRIBUTES_INVALID),
    ("override too small", status::STATUS_WDF_OBJECT_ATTRIBUTES_INVALID),
    ("override too large", STATUS_INSUFFICIENT_RESOURCES),
    ("level 0", status::STATUS_WDF_OBJECT_ATTRIBUTES_INVALID),
    ("level 4", status::STATUS_WDF_OBJECT_ATTRIBUTES_INVALID),
    ("scope 0", status::STATUS_WDF_OBJECT_ATTRIBUTES_INVALID),
    ("scope 5", status::STATUS_WDF_OBJECT_ATTRIBUTES_INVALID),
    ("scope not allowed", status::STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID),
    ("level allowed", STATUS_SUCCESS),
    ("attributes", STATUS_SUCCESS),
    ("context without attributes", status::STATUS_WDF_PARENT_NOT_SPECIFIED),
    ("context with parent", status::STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED),
    ("context without type", STATUS_OBJECT_NAME_INVALID),
    ("context", STATUS_SUCCESS),
    ("context again", STATUS_OBJECT_NAME_EXISTS),
    ("queue config size", STATUS_INFO_LENGTH_MISMATCH),
    ("dispatch type 0", STATUS_INVALID_PARAMETER),
    ("dispatch type 4", STATUS_INVALID_PARAMETER),
    ("queue without callback", status::STATUS_WDF_NO_CALLBACK),
    ("manual queue with callback", STATUS_INVALID_PARAMETER),
    ("sequential queue with limit", STATUS_INVALID_PARAMETER),
    ("second default queue", STATUS_UNSUCCESSFUL),
    ("queue without handle", STATUS_INVALID_PARAMETER_4),
    ("timer without attributes", status::STATUS_WDF_PARENT_NOT_SPECIFIED),
    ("timer without parent", status::STATUS_WDF_PARENT_NOT_SPECIFIED),
    ("timer config size", STATUS_INFO_LENGTH_MISMATCH),
    ("timer period", STATUS_INVALID_PARAMETER),
    ("high resolution timer", STATUS_NOT_IMPLEMENTED),
    ("passive periodic timer", STATUS_NOT_SUPPORTED),
    ("timer below driver", STATUS_INVALID_DEVICE_REQUEST),
    ("registry key 3", STATUS_INVALID_PARAMETER),
    ("registry key with parent", status::STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED),
    ("no registry key", STATUS_SUCCESS),
    ("absent value", STATUS_NO_SUCH_FILE),
    ("text value", STATUS_OBJECT_TYPE_MISMATCH),
    ("value in other case", STATUS_SUCCESS),
    ("name of half a unit", STATUS_INVALID_PARAMETER),
    ("name longer than its buffer", STATUS_INVALID_PARAMETER),
    ("name without buffer", STATUS_INVALID_PARAMETER),
    ("empty name", STATUS_NO_SUCH_FILE),
    ("value of other key", STATUS_NO_SUCH_FILE),
    ("default queue after start", STATUS_INVALID_DEVICE_STATE),
    ("lock held elsewhere", STATUS_TIMEOUT),
    ("longest wait for a free lock", STATUS_SUCCESS),
];

pub fn trials() -> Vec<Trial> {
    vec![
        test("wrong arguments get the framework's statuses", wrong_arguments_get_statuses),
        test("PnP callbacks of a wrong size are ignored", pnp_callbacks_of_a_wrong_size_are_ignored),
        test("a file object config of a wrong size is ignored", a_file_config_of_a_wrong_size_is_ignored),
    ]
}

fn wrong_arguments_get_statuses() {
    let report = run(Misbehaviour::WrongArguments, LIFE);
    assert_pass(&report);
    let mut expected: Vec<String> =
        ANSWERS.iter().map(|(what, status)| format!("{what}: {status:#010x}")).collect();
    expected.push("timer started: [0, 1, 1, 0]".into());
    expected.push("object of no context: 0x0".into());
    expected.push("context of other type: 0x0".into());
    expected.push("EvtDriverUnload".into());
    expected.push("EvtCleanupCallback of the driver".into());
    assert_eq!(report.traces, expected);
}

fn pnp_callbacks_of_a_wrong_size_are_ignored() {
    let fixture = Fixture::new(Misbehaviour::WrongPnpCallbacksSize, &[START, OPEN, CLOSE, REMOVE]);
    let report = fixture.run_without(&[Rule::ArgumentInvalid]);
    assert_pass(&report);
    let expected = [
        "DriverEntry",
        "EvtDriverDeviceAdd",
        "EvtDeviceFileCreate",
        "EvtFileCleanup",
        "EvtFileClose",
        "EvtCleanupCallback",
        "EvtDestroyCallback",
        "EvtDriverUnload",
        "EvtCleanupCallback",
    ];
    assert_eq!(report.callbacks, expected);
}

fn a_file_config_of_a_wrong_size_is_ignored() {
    let fixture = Fixture::new(Misbehaviour::WrongFileObjectConfigSize, LIFE);
    let report = fixture.run_without(&[Rule::ArgumentInvalid]);
    assert_pass(&report);
    let of_files = ["EvtDeviceFileCreate", "EvtFileCleanup", "EvtFileClose"];
    assert!(!report.callbacks.iter().any(|name| of_files.contains(&name.as_str())), "{report}");
}
