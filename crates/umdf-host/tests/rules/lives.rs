//! Whole lives: which callbacks a driver sees, in which order, when all goes well and when it fails somewhere.

use libtest_mimic::Trial;
use umdf_host::report::{Outcome, Report};
use umdf_host::rules::Rule;

use crate::fixture::driver::misbehave;
use crate::fixture::misbehaviour::Misbehaviour as M;
use crate::run::{Fixture, GENEROUS, SHORT, assert_pass, run};
use crate::scenarios::{
    AFTER_FOUR, AFTER_ONE, CLOSE, KEEP, LATER, LIFE, OPEN, OPEN_FAILS, PENDING, REMOVE, START, START_FAILS,
    START_FAILS_IN_POWER_UP, START_WITHOUT_DEVICE, SURPRISE_REMOVE, UNKNOWN, WRITE_AND_READ,
    WRITE_AND_READ_FAILS, WRITE_AND_READ_WITHOUT_INPUT, WRITE_AND_READ_WITHOUT_OUTPUT, on_device,
};
use crate::test;

const LOAD: [&str; 2] = ["DriverEntry(misbehave)", "EvtDriverDeviceAdd(driver0)"];
const PREPARE: &str = "EvtDevicePrepareHardware(device0)";
const D0_ENTRY: &str = "EvtDeviceD0Entry(device0)";
const POST_INTERRUPTS_ENABLED: &str = "EvtDeviceD0EntryPostInterruptsEnabled(device0)";
const INIT: &str = "EvtDeviceSelfManagedIoInit(device0)";
const PRE_INTERRUPTS_DISABLED: &str = "EvtDeviceD0ExitPreInterruptsDisabled(device0)";
const D0_EXIT: &str = "EvtDeviceD0Exit(device0)";
const SUSPEND: &str = "EvtDeviceSelfManagedIoSuspend(device0)";
const RELEASE: &str = "EvtDeviceReleaseHardware(device0)";
const FLUSH: &str = "EvtDeviceSelfManagedIoFlush(device0)";
const CLEANUP: &str = "EvtDeviceSelfManagedIoCleanup(device0)";
const DEVICE_GOES: [&str; 2] = ["EvtCleanupCallback(device0)", "EvtDestroyCallback(device0)"];
const UNLOAD: [&str; 2] = ["EvtDriverUnload(driver0)", "EvtCleanupCallback(driver0)"];

pub fn trials() -> Vec<Trial> {
    vec![
        test("a good driver's whole life", a_good_drivers_whole_life),
        test("registers beyond 32 bits", registers_beyond_32_bits),
        test("surprise removal with an open handle", surprise_removal),
        test("DriverEntry fails", driver_entry_fails),
        test("EvtDriverDeviceAdd fails", device_add_fails),
        test("EvtDriverDeviceAdd makes no device", device_add_makes_no_device),
        test("EvtDevicePrepareHardware fails", prepare_hardware_fails),
        test("EvtDeviceD0Entry fails", d0_entry_fails),
        test("EvtDeviceD0EntryPostInterruptsEnabled fails", post_interrupts_enabled_fails),
        test("EvtDeviceSelfManagedIoInit fails", self_managed_io_init_fails),
        test("EvtDeviceFileCreate fails", file_create_fails),
        test("a failed request may carry any information", a_failed_request_may_carry_any_information),
        test("buffers of no bytes are too small", buffers_of_no_bytes_are_too_small),
        test("a request answered after its file is closed", a_request_answered_after_its_file_is_closed),
        test("a request forwarded late ends before its file", a_request_forwarded_late_ends_before_its_file),
        test("the device waits for a callback that returns late", the_device_waits_for_a_late_callback),
        test("EvtIoStop gets a request back", evt_io_stop_gets_a_request_back),
        test("an object deleted in its own destruction", an_object_deleted_in_its_own_destruction),
    ]
}

/// `Callback(object)` in the order in which they began.
fn callbacks(report: &Report) -> Vec<String> {
    let callbacks = report.callback_results.iter();
    callbacks.map(|callback| format!("{}({})", callback.name, callback.object)).collect()
}

/// Starts of a device that fails in each: the framework has it found again five times in a minute.
const STARTS: usize = 6;

/// Lives whose starts failed with `status`: the callbacks from EvtDevicePrepareHardware on, the end.
#[track_caller]
fn assert_failed_starts(report: &Report, status: &str, from_prepare: &[&str]) {
    assert_pass(report);
    let starts = report.pnp.iter().filter(|pnp| pnp.request == "start").map(|pnp| pnp.status.as_str());
    assert_eq!(starts.collect::<Vec<_>>(), [status; STARTS]);
    let mut expected = vec![LOAD[0].to_owned()];
    for life in 0..STARTS {
        let name = |callback: &&str| callback.replace("device0", &format!("device{life}"));
        expected.extend([&LOAD[1..], from_prepare, &DEVICE_GOES].concat().iter().map(name));
    }
    expected.extend(UNLOAD.map(str::to_owned));
    assert_eq!(callbacks(report), expected);
    assert_eq!(report.mapped, report.unmapped);
    let [device] = report.devices.as_slice() else { panic!("one device expected\n{report}") };
    let problem = device.problem.as_ref().expect("it has a problem");
    assert_eq!((problem.code, problem.status.as_deref()), (10, Some(status)), "{report}");
}

fn a_good_drivers_whole_life() {
    let requests = [WRITE_AND_READ, LATER, UNKNOWN, KEEP, AFTER_FOUR];
    let report = run(M::None, &[&[START, OPEN], &requests[..], &[CLOSE, REMOVE]].concat());
    assert_pass(&report);
    let control = "EvtIoDeviceControl(queue0)";
    let expected = [
        &LOAD[..],
        &[PREPARE, D0_ENTRY, POST_INTERRUPTS_ENABLED, INIT, "EvtDeviceFileCreate(device0)"],
        &[control, control, "EvtTimerFunc(timer0)", control, control, control],
        &["EvtFileCleanup(file0)", "EvtCleanupCallback(request4)", "EvtFileClose(file0)"],
        &[SUSPEND, PRE_INTERRUPTS_DISABLED, D0_EXIT, RELEASE, FLUSH, CLEANUP],
        &DEVICE_GOES,
        &UNLOAD,
    ];
    assert_eq!(callbacks(&report), expected.concat());
    assert_eq!(report.mapped, report.unmapped);
    assert_eq!((report.mapped.len(), report.register_reads, report.register_writes), (1, 1, 1));
}

/// BARs that lie in the 64-bit window: one that is still plain memory, and a `MemoryLarge` one.
fn registers_beyond_32_bits() {
    for (length, first) in [(1_u64 << 28, 0x4100_0000_0000), (1 << 33, 0x4100_0000_0000)] {
        let device =
            format!("title = \"A long BAR\"\ndevice = {{ model = \"scratch\", bars = [{length}] }}\n");
        let report = misbehave(M::None).play(&on_device(&device, LIFE), GENEROUS, &[]);
        assert_pass(&report);
        assert_eq!(report.mapped[0].physical, first, "{report}");
        assert_eq!((report.register_reads, report.register_writes), (1, 1));
    }
}

fn surprise_removal() {
    let report = run(M::None, &[START, OPEN, SURPRISE_REMOVE, CLOSE, REMOVE]);
    assert_pass(&report);
    let expected = [
        &LOAD[..],
        &[PREPARE, D0_ENTRY, POST_INTERRUPTS_ENABLED, INIT, "EvtDeviceFileCreate(device0)"],
        &["EvtDeviceSurpriseRemoval(device0)", SUSPEND, PRE_INTERRUPTS_DISABLED, D0_EXIT, RELEASE, FLUSH],
        &["EvtFileCleanup(file0)", "EvtFileClose(file0)", CLEANUP],
        &DEVICE_GOES,
        &UNLOAD,
    ];
    assert_eq!(callbacks(&report), expected.concat());
}

fn driver_entry_fails() {
    let report = run(M::FailDriverEntry, &[START]);
    assert_eq!(report.result, Outcome::Fail);
    assert_eq!(report.pnp_status("load"), Some("STATUS_UNSUCCESSFUL"));
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!(callbacks(&report), ["DriverEntry(misbehave)", "EvtCleanupCallback(driver0)"]);
    // The callback called the framework, which was still bound.
    assert_eq!(report.traces, ["EvtCleanupCallback of the driver"]);
}

fn device_add_fails() {
    let report = run(M::FailDeviceAdd, &[START_FAILS]);
    assert_pass(&report);
    assert_eq!(report.pnp_status("add"), Some("STATUS_UNSUCCESSFUL"));
    assert_eq!(callbacks(&report), [&LOAD[..], &DEVICE_GOES, &UNLOAD].concat());
}

fn device_add_makes_no_device() {
    let report = run(M::AddNoDevice, &[START_WITHOUT_DEVICE]);
    assert_pass(&report);
    assert_eq!(report.pnp_status("add"), Some("STATUS_INVALID_DEVICE_STATE"));
    assert_eq!(callbacks(&report), [LOAD, UNLOAD].concat());
}

fn prepare_hardware_fails() {
    let report = run(M::FailPrepare, &[START_FAILS, REMOVE]);
    assert_failed_starts(&report, "STATUS_UNSUCCESSFUL", &[PREPARE, RELEASE]);
    assert!(report.mapped.is_empty());
}

fn d0_entry_fails() {
    let report = run(M::FailD0Entry, &[START_FAILS_IN_POWER_UP, REMOVE]);
    assert_failed_starts(&report, "STATUS_DEVICE_POWER_FAILURE", &[PREPARE, D0_ENTRY, RELEASE]);
    assert_eq!(report.mapped.len(), STARTS);
}

fn post_interrupts_enabled_fails() {
    let report = run(M::FailPostInterruptsEnabled, &[START_FAILS_IN_POWER_UP, REMOVE]);
    let from_prepare = [PREPARE, D0_ENTRY, POST_INTERRUPTS_ENABLED, D0_EXIT, RELEASE];
    assert_failed_starts(&report, "STATUS_DEVICE_POWER_FAILURE", &from_prepare);
}

fn self_managed_io_init_fails() {
    let report = run(M::FailSelfManagedIoInit, &[START_FAILS_IN_POWER_UP, REMOVE]);
    let from_prepare = [
        [PREPARE, D0_ENTRY, POST_INTERRUPTS_ENABLED, INIT],
        [PRE_INTERRUPTS_DISABLED, D0_EXIT, RELEASE, FLUSH],
    ];
    assert_failed_starts(
        &report,
        "STATUS_DEVICE_POWER_FAILURE",
        &[&from_prepare.concat()[..], &[CLEANUP]].concat(),
    );
}

fn file_create_fails() {
    let report = run(M::FailFileCreate, &[START, OPEN_FAILS, REMOVE]);
    assert_pass(&report);
    let of_files = report.callbacks.iter().filter(|name| name.contains("File"));
    assert_eq!(of_files.collect::<Vec<_>>(), ["EvtDeviceFileCreate"]);
}

fn a_failed_request_may_carry_any_information() {
    assert_pass(&run(M::InformationTooLargeOfFailure, &[START, OPEN, WRITE_AND_READ_FAILS, CLOSE, REMOVE]));
}

fn buffers_of_no_bytes_are_too_small() {
    let requests = [WRITE_AND_READ_WITHOUT_INPUT, WRITE_AND_READ_WITHOUT_OUTPUT];
    assert_pass(&run(M::None, &[&[START, OPEN], &requests[..], &[CLOSE, REMOVE]].concat()));
}

fn a_request_forwarded_late_ends_before_its_file() {
    let report = run(M::ForwardLate, &[START, OPEN, KEEP, CLOSE, REMOVE]);
    assert_pass(&report);
    assert_eq!(report.traces[..2], ["the request is cleaned up", "the file is closed"]);
}

fn the_device_waits_for_a_late_callback() {
    let report = run(M::ReturnLate, &[START, OPEN, WRITE_AND_READ, CLOSE, REMOVE]);
    assert_pass(&report);
    assert!(report.callback_results.iter().all(|callback| callback.result.is_some()), "{report}");
}

fn evt_io_stop_gets_a_request_back() {
    let report = run(M::CompleteOnStop, &[START, OPEN, PENDING, AFTER_ONE, SURPRISE_REMOVE, CLOSE, REMOVE]);
    assert_pass(&report);
    let callbacks = callbacks(&report);
    let stop = callbacks.iter().position(|callback| callback == "EvtIoStop(queue0)").expect("it is called");
    assert_eq!((&*callbacks[stop - 1], &*callbacks[stop + 1]), (SUSPEND, PRE_INTERRUPTS_DISABLED));
}

fn an_object_deleted_in_its_own_destruction() {
    let report = run(M::DeleteInDestroy, &[START, REMOVE]);
    assert_pass(&report);
    let destroyed = callbacks(&report).iter().filter(|name| *name == "EvtDestroyCallback(object0)").count();
    assert_eq!(destroyed, 1, "{report}");
}

/// With the rule switched off the host lets go of a request that the driver keeps, and the driver may still
/// write into its buffer and complete it: when a request of another file comes.
fn a_request_answered_after_its_file_is_closed() {
    let steps = [START, OPEN, PENDING, AFTER_ONE, CLOSE, OPEN, WRITE_AND_READ, CLOSE, REMOVE];
    let fixture = Fixture { deadline: SHORT, ..Fixture::new(M::AnswerLate, &steps) };
    let report = fixture.run_without(&[Rule::ReqNotCompleted]);
    assert_pass(&report);
    assert!(report.traces.contains(&"answered late".to_owned()), "{report}");
}
