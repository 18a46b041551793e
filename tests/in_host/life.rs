//! Whole lives.

use edu_interface::{IOCTL_EDU_FACTORIAL, IOCTL_EDU_GET_INFO, IOCTL_EDU_LIVENESS};
use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome, Report};

use crate::run::{POOLED, START_AND_OPEN, assert_clean, file, file_with, file_with_allocations, steps, test};

pub fn tests() -> Vec<Trial> {
    vec![
        test("life::the_first_life_is_complete_and_in_order", first_life),
        test("life::pulled_out_while_open", pulled_out),
        test("life::factorials_queue_up_for_the_one_engine", queued_factorials),
        test("life::closed_with_a_factorial_pending", closed_while_pending),
        test("life::no_memory_for_one_object_after_the_other", no_memory),
        test("life::two_devices_in_one_process", two_devices_in_one_process),
        test("life::two_devices_in_two_processes", two_devices_in_two_processes),
    ]
}

/// Each object and context that the driver makes is refused once, and with it all later ones.
fn no_memory() {
    let enough = (0..100).find(|count| {
        let report = file_with_allocations("first-life.toml", *count);
        assert_eq!((&report.end, report.violations.as_slice()), (&End::Finished, [].as_slice()), "{report}");
        assert_eq!(report.mapped, report.unmapped, "{report}");
        let passed = report.result == Outcome::Pass;
        let told = report.traces.iter().any(|line| line.contains("ERROR"));
        assert!(passed != told, "{count} allocations\n{report}");
        passed
    });
    // Driver, device, its two contexts or queues at least.
    assert!(enough.is_some_and(|enough| enough > 4), "{enough:?} allocations are enough");
}

fn first_life() {
    let report = file("first-life.toml");
    assert_clean(&report);
    let readme = include_str!("../../README.md");
    // README has the story that a Linux system tells.
    let library = format!("{}edu_umdf{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let story = report.to_string().replacen(&format!(", {library} "), ", libedu_umdf.so ", 1);
    assert!(readme.contains(story.trim_end()), "README.md shows another story than this:\n{report}");
    let pnp_and_power: Vec<_> = report
        .callbacks
        .iter()
        .map(String::as_str)
        .filter(|name| !name.starts_with("EvtIo") && !name.starts_with("EvtInterrupt"))
        .collect();
    assert_eq!(
        pnp_and_power,
        [
            "DriverEntry",
            "EvtDriverDeviceAdd",
            "EvtDevicePrepareHardware",
            "EvtDeviceD0Entry",
            "EvtDeviceD0Exit",
            "EvtDeviceReleaseHardware",
            "EvtDestroyCallback",
            "EvtDriverUnload",
        ]
    );
    assert_eq!(report.mapped.len(), 1);
    assert_eq!(report.mapped[0].length, 0x80, "only the registers that the driver needs");
    assert!(report.register_reads > 0 && report.register_writes > 0);
    assert!(report.traces.iter().all(|line| !line.contains("ERROR")), "{report}");
    for step in [
        "DriverEntry",
        "EvtDriverDeviceAdd",
        "EvtDevicePrepareHardware",
        "EvtDeviceD0Entry",
        "EvtDeviceD0Exit",
    ] {
        assert!(
            report.traces.iter().any(|line| line.contains("INFO") && line.contains(step)),
            "no trace of {step}"
        );
    }
    // Every descriptor has its verdict, the ones that the driver does not use too.
    let verdicts = report.traces.iter().filter(|line| line.contains("assigned resource"));
    let verdicts: Vec<_> =
        verdicts.filter_map(|line| Some(line.split_once("verdict=")?.1.trim_end())).collect();
    assert_eq!(verdicts, [r#""memory""#, r#""not used""#, r#""interrupt""#]);
    assert_eq!(report.resources.len(), 3, "BAR0, the bus driver's private data, the interrupt");
    // What happens to a device is told in its span, what happens to a request in that one's.
    let outside = report.traces.iter().filter(|line| !line.contains(" device{index=0}:"));
    assert!(
        outside.clone().all(|line| line.contains(" edu_umdf::driver: ")) && outside.count() == 2,
        "{report}"
    );
    // A factorial comes by two queues. It is completed in the work item, and says itself what it is.
    let (before, factorials) = ([IOCTL_EDU_GET_INFO, IOCTL_EDU_LIVENESS], [IOCTL_EDU_FACTORIAL; 4]);
    for (line, before, after, expected) in [
        ("EvtIoDeviceControl", ":request{ioctl=", '}', [&before[..], &factorials].concat()),
        ("request completed", "request completed ioctl=", ' ', [&before[..], &factorials[2..]].concat()),
    ] {
        let lines = report.traces.iter().filter(|text| text.contains(line));
        let codes: Vec<_> =
            lines.filter_map(|text| Some(text.split_once(before)?.1.split_once(after)?.0)).collect();
        let expected: Vec<_> = expected.iter().map(|code| format!("{code:#010x}")).collect();
        assert_eq!(codes, expected, "{line}: {report}");
    }
    // One trace for each register access, with the register's name.
    let accesses = report.traces.iter().filter(|line| line.contains("TRACE")).count() as u64;
    assert_eq!(accesses, report.register_reads + report.register_writes);
    assert!(
        report.traces.iter().any(|line| line.contains("TRACE") && line.to_lowercase().contains("liveness"))
    );
}

const SETTLE: &str = "
        [[step]]
        do = 'settle'";

fn factorial(n: u32, wait: bool, rest: &str) -> String {
    let input = n.swap_bytes();
    format!(
        "
        [[step]]
        do = 'ioctl'
        name = 'factorial of {n}'
        code = 0x22a008
        input = '0100 0000 {input:08x}'
        output-length = 8
        wait = {wait}
        {rest}"
    )
}

fn pulled_out() {
    let report = steps(
        "model = 'edu'",
        &format!(
            "{START_AND_OPEN}
            [[step]]
            do = 'device-gone'
            [[step]]
            do = 'surprise-remove'
            {}
            [[step]]
            do = 'close'
            [[step]]
            do = 'remove'",
            factorial(5, true, "expect = 'STATUS_INVALID_DEVICE_STATE'")
        ),
    );
    assert_clean(&report);
    assert_eq!(report.mapped.len(), 1);
    // Who reads the traces sees why the device went.
    let told = report.traces.iter().filter(|line| line.contains("EvtDeviceSurpriseRemoval"));
    assert_eq!(told.map(|line| line.contains("INFO")).collect::<Vec<_>>(), [true], "{report}");
}

/// A long one has the engine. The others wait for it, first come, first served. The default queue is parallel, so each is
/// sent when the one before is in the driver; else which comes first is the framework's choice.
fn queued_factorials() {
    const LONG: u32 = 400_000_000;
    let list = [
        factorial(LONG, false, "expect-output = '0100 0000 00000000'"),
        SETTLE.to_owned(),
        factorial(5, false, "expect-output = '0100 0000 78000000'"),
        SETTLE.to_owned(),
        factorial(3, false, "expect-output = '0100 0000 06000000'"),
        SETTLE.to_owned(),
        factorial(4, false, "expect-output = '0100 0000 18000000'"),
        "
        [[step]]
        do = 'wait'"
            .to_owned(),
    ];
    let report = steps("model = 'edu'", &(START_AND_OPEN.to_owned() + &list.concat()));
    assert_clean(&report);
    assert_eq!(report.ioctls.len(), 4, "{report}");
    let written =
        |line: &String| Some(line.split_once(r#"write register="Factorial" "#)?.1.trim_end().to_owned());
    let numbers: Vec<_> = report.traces.iter().filter_map(written).collect();
    assert_eq!(numbers, [LONG, 5, 3, 4].map(|n| format!("offset=0x8 value={n:#x}")), "{report}");
}

/// The engine never finishes. Of two factorials one may have got the engine, and then runs into the driver's
/// deadline; one that still waits for the engine is cancelled. Both come back, and nothing hangs.
fn closed_while_pending() {
    let close = "
        [[step]]
        do = 'close'"
        .to_owned();
    let list = [factorial(3, false, ""), factorial(3, false, ""), close];
    let report = steps(
        "model = 'edu'\nfaults = [{ offset = 0x20, reads = 1 }]",
        &(START_AND_OPEN.to_owned() + &list.concat()),
    );
    let statuses: Vec<_> = report.ioctls.iter().map(|ioctl| ioctl.status.as_str()).collect();
    assert_eq!(statuses.len(), 2, "{report}");
    assert!(
        statuses.iter().all(|status| ["STATUS_CANCELLED", "STATUS_IO_TIMEOUT"].contains(status)),
        "{report}"
    );
    assert!(statuses.contains(&"STATUS_CANCELLED"), "the engine has room for one: {report}");
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!(report.mapped, report.unmapped);
}

/// What happened to two devices: each has its callbacks and its registers.
fn assert_two_lives(report: &mut Report, devices: [(&str, &str); 2]) {
    report.mapped.sort_by_key(|mapping| mapping.physical);
    report.unmapped.sort_by_key(|mapping| mapping.physical);
    assert_clean(report);
    report.mapped.dedup();
    assert_eq!(report.mapped.len(), 3, "each range belongs to one device: {report}");
    let of = |(host, device): (&str, &str)| -> Vec<_> {
        let callbacks = report.callback_results.iter();
        let callbacks = callbacks.filter(|callback| (&*callback.host, &*callback.object) == (host, device));
        callbacks.map(|callback| callback.name.as_str()).collect()
    };
    let up = ["EvtDevicePrepareHardware", "EvtDeviceD0Entry"];
    let down = ["EvtDeviceD0Exit", "EvtDeviceReleaseHardware"];
    let pulled = ["EvtDeviceSurpriseRemoval"];
    let nap = ["EvtDeviceD0Exit", "EvtDeviceD0Entry"];
    let end = ["EvtDestroyCallback"];
    assert_eq!(of(devices[0]), [&up[..], &down, &up, &nap, &pulled, &down, &end].concat(), "{report}");
    assert_eq!(of(devices[1]), [&up[..], &nap, &down, &end].concat(), "{report}");
}

fn loads(report: &Report) -> usize {
    report.callbacks.iter().filter(|callback| *callback == "DriverEntry").count()
}

/// The driver keeps what belongs to a device with the device.
fn two_devices_in_one_process() {
    let mut report = file_with(&[POOLED], "two-devices.toml");
    assert_two_lives(&mut report, [("host0", "device0"), ("host0", "device1")]);
    assert_eq!(loads(&report), 1, "{report}");
    for index in 0..2 {
        let mapped = format!(" device{{index={index}}}: edu_umdf::wdf::mapping: mapped ");
        assert!(report.traces.iter().any(|line| line.contains(&mapped)), "{report}");
    }
}

fn two_devices_in_two_processes() {
    let mut report = file("two-devices.toml");
    assert_two_lives(&mut report, [("host0", "device0"), ("host1", "device0")]);
    assert_eq!(loads(&report), 2, "{report}");
}
