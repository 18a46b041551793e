//! Interrupts: by message and by line, in bursts, and one that never comes.

use libtest_mimic::Trial;
use umdf_host::report::{End, Report};

use crate::run::{
    Change, IMPATIENT, LINE, RAISE, assert_clean, assert_errors, assert_one_error, file_with, steps_with,
    test,
};

pub fn tests() -> Vec<Trial> {
    vec![
        test("interrupts::the_first_life_by_line", by_line),
        test("interrupts::waiting_by_line", waiting_by_line),
        test("interrupts::raising_is_refused_unless_enabled", raising_refused),
        test("interrupts::a_storm_of_messages", || storm(&[])),
        test("interrupts::a_storm_on_the_line", || storm(&[LINE])),
        test("interrupts::the_engine_recovers_from_a_timeout", recovers),
        test("interrupts::cancelled_at_any_moment", || collide("cancel", "", 200)),
        test("interrupts::asleep_at_any_moment", || collide("sleep", "[[step]]\ndo = 'resume'", 60)),
    ]
}

fn by_line() {
    let report = file_with(&[LINE], "first-life.toml");
    // The scenario asks for one message.
    assert_eq!(report.missed.len(), 1, "{report}");
    assert!(report.missed[0].contains("get info"), "{report}");
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!(isr_answers(&report), ["TRUE", "TRUE"]);
}

fn waiting_by_line() {
    let report = file_with(&[LINE, RAISE], "wait-interrupt.toml");
    assert_clean(&report);
}

fn raising_refused() {
    let report = file_with(&[], "raise-refused.toml");
    assert_clean(&report);
    assert_one_error(&report, "EnableRaiseInterrupt");
}

fn isr_answers(report: &Report) -> Vec<&str> {
    let isr = report.callback_results.iter().filter(|callback| callback.name == "EvtInterruptIsr");
    isr.filter_map(|callback| callback.result.as_deref()).collect()
}

/// Most ISR runs from the arrival of a liveness request to its completion, in a storm. The request needs the
/// device's lock twice, and the ISR has it for a few register accesses at a time.
const ISR_RUNS_MEANWHILE: u64 = 200;
const RAISES: u64 = 10_000;

/// The device raises one bit 10,000 times, and others in between.
fn storm(inf: &'static [Change<'static>]) {
    let report = file_with(inf, "interrupt-storm.toml");
    assert_clean(&report);
    let statistics: Vec<_> = report.ioctls.iter().filter(|ioctl| ioctl.name == "statistics").collect();
    // Runs of the ISR that found a bit raised, and that found none.
    let runs = |index: usize| -> u64 {
        let field = |at: usize| {
            let digits = &statistics[index].output[at..at + 16];
            u64::from_str_radix(digits, 16).expect("hex").swap_bytes()
        };
        field(16) + field(32)
    };
    let meanwhile = runs(1) - runs(0);
    println!("{meanwhile} ISR runs meanwhile, {} in all", runs(2));
    assert!(runs(0) > 0, "the storm has not begun: {report}");
    assert!(runs(1) < runs(2), "the storm was over: {report}");
    assert!(meanwhile <= ISR_RUNS_MEANWHILE, "{meanwhile} ISR runs meanwhile");
    assert!(runs(2) <= RAISES + 6, "more interrupts than the device raised");
    // No cause is lost: all who waited were told together of every bit.
    let told = report.ioctls.iter().filter(|ioctl| ioctl.name == "wait");
    let bits = told.map(|wait| u32::from_str_radix(&wait.output[8..16], 16).expect("hex").swap_bytes());
    assert_eq!(bits.fold(0, |all, bits| all | bits), 0x3f1, "{report}");
}

/// The engine computes for a second, and every request has 0.1 s. The first ones run out of time; as soon as the
/// engine has come to rest, it answers the next.
fn recovers() {
    let factorial = |n: u32, rest: &str| {
        let [a, b, c, d] = n.to_le_bytes();
        format!(
            "
            [[step]]
            do = 'ioctl'
            name = 'factorial of {n}'
            code = 0x22a008
            input = '0100 0000 {a:02x}{b:02x}{c:02x}{d:02x}'
            output-length = 8
            wait = false
            {rest}"
        )
    };
    let list = [
        "[[step]]\ndo = 'start'\n[[step]]\ndo = 'open'".to_owned(),
        factorial(1_000_000_000, "expect = 'STATUS_IO_TIMEOUT'\nexpect-information = 0"),
        "[[step]]\ndo = 'settle'".to_owned(),
        factorial(5, "").repeat(20),
        "[[step]]\ndo = 'wait'\ntimeout-ms = 60000".to_owned(),
    ];
    let report = steps_with(&[IMPATIENT], "model = 'edu'", &list.join("\n"));
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!(report.ioctls.len(), 21, "{report}");
    let answered = report.ioctls.last().expect("there are 21");
    assert_eq!((&*answered.status, &*answered.output), ("STATUS_SUCCESS", "0100000078000000"), "{report}");
    let timeouts = report.ioctls.iter().filter(|ioctl| ioctl.status == "STATUS_IO_TIMEOUT").count();
    assert!(timeouts > 1, "{report}");
    assert_errors(&report, timeouts, "within 100ms");
}

/// Factorials, each of which something happens to while it is on its way: it is completed once, and the next one works.
fn collide(event: &str, after: &str, times: usize) {
    let one = |time: usize| {
        let name = format!("factorial {time}");
        let named = if event == "cancel" { format!("name = '{name}'") } else { String::new() };
        format!(
            "
            [[step]]
            do = 'ioctl'
            name = '{name}'
            code = 0x22a008
            input = '0100 0000 05000000'
            output-length = 8
            wait = false
            [[step]]
            do = '{event}'
            {named}
            {after}"
        )
    };
    let before = "[[step]]\ndo = 'start'\n[[step]]\ndo = 'open'";
    let end = "
        [[step]]
        do = 'wait'
        [[step]]
        do = 'ioctl'
        name = 'the last one'
        code = 0x22a008
        input = '0100 0000 06000000'
        output-length = 8
        expect-output = '0100 0000 d0020000'
        [[step]]
        do = 'close'
        [[step]]
        do = 'remove'";
    let middle: String = (0..times).map(one).collect();
    let report = steps_with(&[], "model = 'edu'", &[before, &middle, end].concat());
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!((&report.end, &report.mapped), (&End::Finished, &report.unmapped), "{report}");
    assert_eq!(report.ioctls.len(), times + 1, "{report}");
    let known = |status: &str| ["STATUS_SUCCESS", "STATUS_CANCELLED"].contains(&status);
    assert!(report.ioctls.iter().all(|ioctl| known(&ioctl.status)), "{report}");
    assert_eq!(report.ioctls.last().map(|ioctl| &*ioctl.output), Some("01000000d0020000"), "{report}");
}
