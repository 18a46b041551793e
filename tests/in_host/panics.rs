//! The panic policy: a driver with a bug in it (`tests/planted_panic`). Its request fails, its device fails, its process
//! stays, and so do the other devices.

use libtest_mimic::Trial;
use umdf_host::report::Report;

use crate::run::{Change, LINE, POOLED, assert_clean, assert_one_error, planted_panic, test};

pub fn tests() -> Vec<Trial> {
    vec![
        test("panics::in_a_queue_with_a_request", in_a_queue),
        test("panics::in_a_timer_with_a_pending_request", in_a_timer),
        test("panics::in_an_interrupt", in_an_interrupt),
    ]
}

/// Two devices in one process, both open. The first one panics in `step`; then the second one is used.
fn beside_another(changes: &[Change], first: &str, step: &str) -> Report {
    planted_panic(
        &[&[POOLED], changes].concat(),
        &format!(
            "title = 'a bug'
            [[device]]
            model = 'edu'
            {first}
            [[device]]
            model = 'edu'
            slot = 9
            [[step]]
            do = 'start'
            [[step]]
            do = 'start'
            device = 1
            [[step]]
            do = 'open'
            handle = 'first'
            [[step]]
            do = 'open'
            handle = 'second'
            device = 1
            {step}
            # The request may be back before the callback that panics is over.
            [[step]]
            do = 'settle'
            [[step]]
            do = 'ioctl'
            handle = 'second'
            name = 'beside it'
            code = 0x22a008
            input = '0100 0000 05000000'
            output-length = 8
            expect-output = '0100 0000 78000000'"
        ),
    )
}

/// One trace; one device is pulled out from under the driver, in order, and the process ends in order.
fn assert_policy(report: &mut Report, message: &str) {
    report.mapped.sort_by_key(|mapping| mapping.physical);
    report.unmapped.sort_by_key(|mapping| mapping.physical);
    assert_clean(report);
    assert_one_error(report, &format!("panicked: {message}"));
    let of = |name: &str, object: &str| {
        let callbacks = report.callback_results.iter();
        callbacks.filter(|callback| callback.name == name && callback.object == object).count()
    };
    let removed = ["device0", "device1"].map(|object| of("EvtDeviceSurpriseRemoval", object));
    assert_eq!(removed, [1, 0], "{report}");
    assert_eq!(of("EvtDeviceReleaseHardware", "device0"), 1, "{report}");
    assert_eq!(report.callbacks.iter().filter(|name| *name == "EvtDriverUnload").count(), 1, "{report}");
}

fn in_a_queue() {
    let mut report = beside_another(
        &[],
        "",
        "[[step]]
        do = 'ioctl'
        handle = 'first'
        name = 'statistics'
        code = 0x22600c
        output-length = 40
        expect = 'STATUS_INTERNAL_ERROR'
        expect-information = 0",
    );
    assert_policy(&mut report, "planted in the request");
}

fn in_a_timer() {
    let mut report = beside_another(
        &[],
        "faults = [{ offset = 0x20, reads = 1 }]",
        "[[step]]
        do = 'ioctl'
        handle = 'first'
        name = 'factorial of 5'
        code = 0x22a008
        input = '0100 0000 05000000'
        output-length = 8
        timeout-ms = 20000
        expect = 'STATUS_INTERNAL_ERROR'
        expect-information = 0",
    );
    assert_policy(&mut report, "planted in the count");
}

fn in_an_interrupt() {
    let mut report = beside_another(
        &[LINE],
        "",
        "[[step]]
        do = 'neighbour-interrupts'",
    );
    assert_policy(&mut report, "planted in the count");
}
