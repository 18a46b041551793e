//! Where interrupts come in the life of a device.

use libtest_mimic::Trial;
use umdf_host::report::Report;
use umdf_host::rules::Rule;

use crate::fixture::outcome::assert_pass;
use crate::fixture::test;
use crate::mode::Mode;
use crate::run::{Life, NEIGHBOUR, REMOVE, START, START_FAILS, START_FAILS_IN_DRIVER, SURPRISE_REMOVE};

pub fn trials() -> Vec<Trial> {
    vec![
        test("enabled after D0 entry, disabled before D0 exit", good_life),
        test("surprise removal disables too", surprise_removal),
        test("enabled in order, disabled in reverse order", two_interrupts),
        test("a failed enable undoes the ones before", second_enable_fails),
        test("a failed D0EntryPostInterruptsEnabled disables", post_interrupts_enabled_fails),
        test("a failed D0Entry connects nothing", d0_entry_fails),
        test("a failed PrepareHardware deletes its interrupts", prepare_fails),
        test("a failed DeviceAdd deletes everything", add_fails),
        test("a neighbour on the line is asked after us", neighbour),
        test("the neighbour's line stays high when its driver is not asked", neighbour_taken),
    ]
}

/// The callbacks that began, each with its object, without those of no interest here.
fn callbacks(report: &Report) -> Vec<String> {
    let of_interest = |name: &str| name.starts_with("EvtInterrupt") || name.starts_with("EvtDevice");
    // A device that fails is added again; its later lives are as the first one.
    let adds = report.callback_results.iter().enumerate().filter(|(_, it)| it.name == "EvtDriverDeviceAdd");
    let end = adds.map(|(index, _)| index).nth(1).unwrap_or(report.callback_results.len());
    let seen = report.callback_results[..end].iter().filter(|callback| of_interest(&callback.name));
    seen.map(|callback| format!("{} {}", callback.name, callback.object)).collect()
}

const PREPARE: &str = "EvtDevicePrepareHardware device0";
const RELEASE: &str = "EvtDeviceReleaseHardware device0";
const ENTRY: &str = "EvtDeviceD0Entry device0";
const POST: &str = "EvtDeviceD0EntryPostInterruptsEnabled device0";
const INIT: &str = "EvtDeviceSelfManagedIoInit device0";
const PRE: &str = "EvtDeviceD0ExitPreInterruptsDisabled device0";
const EXIT: &str = "EvtDeviceD0Exit device0";
const ENABLE: [&str; 2] = ["EvtInterruptEnable interrupt0", "EvtInterruptEnable interrupt1"];
const DISABLE: [&str; 2] = ["EvtInterruptDisable interrupt0", "EvtInterruptDisable interrupt1"];

const GOOD: &[&str] = &[PREPARE, ENTRY, ENABLE[0], POST, INIT, PRE, DISABLE[0], EXIT, RELEASE];

fn good_life() {
    let report = Life::new(Mode::Good).run();
    assert_pass(&report);
    assert_eq!(callbacks(&report), GOOD);
}

fn surprise_removal() {
    let report = Life::new(Mode::Good).steps(&[START, SURPRISE_REMOVE, REMOVE]).run();
    assert_pass(&report);
    assert_eq!(callbacks(&report), GOOD);
}

fn two_interrupts() {
    let report = Life::new(Mode::TwoOnALine).run();
    assert_pass(&report);
    let (isr0, isr1) = ("EvtInterruptIsr interrupt0", "EvtInterruptIsr interrupt1");
    let mut expected = vec![PREPARE, ENTRY, ENABLE[0], ENABLE[1], POST, INIT, isr0, isr1];
    expected.extend([PRE, DISABLE[1], DISABLE[0], EXIT, RELEASE]);
    assert_eq!(callbacks(&report), expected);
}

fn second_enable_fails() {
    let report = Life::new(Mode::SecondEnableFails).steps(&[START_FAILS, REMOVE]).run();
    assert_pass(&report);
    let expected = [PREPARE, ENTRY, ENABLE[0], ENABLE[1], DISABLE[0], EXIT, RELEASE];
    assert_eq!(callbacks(&report), expected);
}

fn post_interrupts_enabled_fails() {
    let report = Life::new(Mode::PostInterruptsEnabledFails).steps(&[START_FAILS, REMOVE]).run();
    assert_pass(&report);
    assert_eq!(callbacks(&report), [PREPARE, ENTRY, ENABLE[0], POST, DISABLE[0], EXIT, RELEASE]);
}

fn d0_entry_fails() {
    let report = Life::new(Mode::D0EntryFails).steps(&[START_FAILS, REMOVE]).run();
    assert_pass(&report);
    assert_eq!(callbacks(&report), [PREPARE, ENTRY, RELEASE]);
}

fn prepare_fails() {
    let report = Life::new(Mode::PrepareFails).steps(&[START_FAILS_IN_DRIVER, REMOVE]).run();
    assert_pass(&report);
    assert_eq!(callbacks(&report), [PREPARE, RELEASE]);
}

fn add_fails() {
    assert_pass(&Life::new(Mode::AddFails).steps(&[START_FAILS_IN_DRIVER]).run());
}

fn neighbour() {
    let report = Life::new(Mode::Good).steps(&[START, NEIGHBOUR, REMOVE]).run();
    assert_pass(&report);
    let answers = report.callback_results.iter().filter(|callback| callback.name == "EvtInterruptIsr");
    let answers: Vec<_> = answers.filter_map(|callback| callback.result.as_deref()).collect();
    assert_eq!(answers, ["FALSE"]);
}

fn neighbour_taken() {
    let life = Life::new(Mode::NotSilenced).steps(&[START, NEIGHBOUR, REMOVE]);
    let report = life.run();
    assert_eq!(report.violations[0].rule, Rule::IntLevelClaimedNotSilenced.name(), "{report}");
}
