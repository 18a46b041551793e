//! The driver on the real edu, in QEMU. Without QEMU these tests are ignored, and say so.

use libtest_mimic::Trial;
use umdf_host::report::Report;

use crate::in_qemu::Tests;
use crate::run::{
    CLOSE_AND_REMOVE, Change, LINE, PATIENT, RAISE, START_AND_OPEN, assert_clean, file, file_in_qemu,
    steps_in_qemu,
};

/// Scenarios that end here as with the embedded model.
const FILES: [(&str, &[Change]); 12] = [
    ("cancel.toml", &[PATIENT]),
    ("close-with-requests.toml", &[PATIENT]),
    // The driver finds out by its deadline, so this one stays short.
    ("gone-while-computing.toml", &[]),
    ("interrupt-storm.toml", &[PATIENT]),
    ("interrupt-storm.toml", &[LINE, PATIENT]),
    ("rebalance-with-requests.toml", &[PATIENT]),
    ("sleep-with-requests.toml", &[PATIENT]),
    ("stop-cancelled.toml", &[PATIENT]),
    ("surprise-with-requests.toml", &[PATIENT]),
    ("two-devices.toml", &[PATIENT]),
    ("wait-interrupt.toml", &[RAISE, PATIENT]),
    ("wait-interrupt.toml", &[LINE, RAISE, PATIENT]),
];

pub fn tests() -> Vec<Trial> {
    let tests = Tests::new();
    let mut trials = vec![
        tests.test("qemu::the_first_life_is_that_with_the_embedded_model", first_life),
        tests.test("qemu::the_first_life_by_line", by_line),
        tests.test("qemu::a_long_factorial_by_message", || long_factorial(&[])),
        tests.test("qemu::a_long_factorial_by_line", || long_factorial(&[LINE])),
        tests.test("qemu::a_device_that_nobody_touches_by_message", || untouched(&[])),
        tests.test("qemu::a_device_that_nobody_touches_by_line", || untouched(&[LINE])),
    ];
    trials.extend(FILES.map(|(file, inf)| {
        let how = if inf.contains(&LINE) { "by line" } else { "by message" };
        tests.test(format!("qemu::{file}, {how}"), move || passes(inf, file))
    }));
    trials
}

fn passes(inf: &[Change], file: &str) {
    let mut report = file_in_qemu(inf, file);
    // Two devices unmap in their own order.
    report.mapped.sort_by_key(|mapping| mapping.physical);
    report.unmapped.sort_by_key(|mapping| mapping.physical);
    assert_clean(&report);
}

fn first_life() {
    let (real, embedded) = (file_in_qemu(&[PATIENT], "first-life.toml"), file("first-life.toml"));
    assert_clean(&real);
    // Callbacks, resources, registers, requests and their outputs, PnP.
    assert_eq!(real.to_string(), embedded.to_string());
}

fn isr_answers(report: &Report) -> usize {
    let isr = report.callback_results.iter().filter(|callback| callback.name == "EvtInterruptIsr");
    isr.filter(|callback| callback.result.as_deref() == Some("TRUE")).count()
}

fn by_line() {
    let report = file_in_qemu(&[LINE, PATIENT], "first-life.toml");
    // The scenario asks for one message.
    assert_eq!(report.missed.len(), 1, "{report}");
    assert!(report.missed[0].contains("get info"), "{report}");
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!(isr_answers(&report), 2, "{report}");
}

/// The hardware begins a factorial by itself, and its interrupt comes 0.2 s later. Nobody looks at the device
/// meanwhile: it has to make itself heard.
fn untouched(inf: &[Change]) {
    let steps = "
        [[step]]
        do = 'ioctl'
        name = 'wait for an interrupt'
        code = 0x226010
        output-length = 8
        wait = false
        expect-output = '0100 0000 01000000'
        [[step]]
        do = 'poke'
        offset = 0x20
        value = 0x80
        [[step]]
        do = 'poke'
        offset = 0x08
        value = 100000000
        [[step]]
        do = 'wait'
        timeout-ms = 20000";
    interrupted_once(inf, steps);
}

/// The driver waits for the interrupt of a long computation.
fn long_factorial(inf: &[Change]) {
    let steps = "
        [[step]]
        do = 'ioctl'
        name = 'factorial of 10^8'
        code = 0x22a008
        input = '0100 0000 00e1f505'
        output-length = 8
        expect-output = '0100 0000 00000000'";
    interrupted_once(inf, steps);
}

/// With the device open, these steps come to their end by one interrupt.
fn interrupted_once(inf: &[Change], steps: &str) {
    let steps = [START_AND_OPEN, steps, CLOSE_AND_REMOVE].concat();
    let report = steps_in_qemu(&[inf, &[PATIENT]].concat(), &steps);
    assert_clean(&report);
    assert_eq!(isr_answers(&report), 1, "{report}");
}
