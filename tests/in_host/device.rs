//! Bad devices: each has its status and one error trace, and nothing stays mapped.

use libtest_mimic::Trial;
use umdf_host::report::Report;

use crate::paths::happened;
use crate::run::{START_AND_OPEN, assert_clean, assert_errors, assert_one_error, steps, test};

/// A device that does not start.
struct Dead {
    name: &'static str,
    device: &'static str,
    status: &'static str,
    cause: &'static str,
    /// How often registers are mapped before the driver gives up.
    mapped: usize,
    /// How often it is started: the framework has a device that failed found again, if it is there.
    starts: usize,
}

const CONFIGURATION: &str = "STATUS_DEVICE_CONFIGURATION_ERROR";

const DEAD: &[Dead] = &[
    Dead {
        name: "no_memory_descriptor",
        device: "model = 'scratch'",
        status: CONFIGURATION,
        cause: "no memory descriptor",
        mapped: 0,
        starts: 6,
    },
    Dead {
        name: "bar0_short",
        device: "model = 'scratch'\nbars = [0x40]",
        status: CONFIGURATION,
        cause: "memory 0 is 0x40 bytes long",
        mapped: 0,
        starts: 6,
    },
    Dead {
        name: "wrong_identification",
        device: "model = 'edu'\nfaults = [{ offset = 0, reads = 0xdeadbeef }]",
        status: CONFIGURATION,
        cause: "identification 0xdeadbeef",
        mapped: 1,
        starts: 6,
    },
    Dead {
        name: "reserved_identification_bits",
        device: "model = 'edu'\nfaults = [{ offset = 0, reads = 0x010001ed }]",
        status: CONFIGURATION,
        cause: "identification 0x010001ed",
        mapped: 1,
        starts: 6,
    },
    Dead {
        name: "unknown_major_version",
        device: "model = 'edu'\nfaults = [{ offset = 0, reads = 0x020000ed }]",
        status: CONFIGURATION,
        cause: "identification 0x020000ed",
        mapped: 1,
        starts: 6,
    },
    Dead {
        name: "liveness_fails",
        device: "model = 'edu'\nfaults = [{ offset = 4, reads = 0x12345678 }]",
        status: CONFIGURATION,
        cause: "liveness check failed",
        mapped: 1,
        starts: 6,
    },
    Dead {
        name: "gone_before_the_start",
        device: "model = 'edu'\ngone = true",
        status: "STATUS_DEVICE_DOES_NOT_EXIST",
        cause: "device is gone",
        mapped: 1,
        starts: 1,
    },
];

pub fn tests() -> Vec<Trial> {
    let mut tests: Vec<_> =
        DEAD.iter().map(|dead| test(format!("device::{}", dead.name), || does_not_start(dead))).collect();
    tests.push(test("device::silenced_at_power_on", silenced_at_power_on));
    tests.push(test("device::gone_at_the_first_power_on", gone_at_the_first_power_on));
    tests.push(test("device::unknown_status", unknown_status));
    tests.push(test("device::never_finishes", never_finishes));
    tests.push(test("device::gone_in_the_middle", gone_in_the_middle));
    tests
}

fn does_not_start(dead: &Dead) {
    let report = steps(dead.device, &format!("[[step]]\ndo = 'start'\nexpect = '{}'", dead.status));
    assert_clean(&report);
    assert_errors(&report, dead.starts, dead.cause);
    assert_eq!(report.mapped.len(), dead.mapped * dead.starts, "{report}");
    // A failed prepare is followed by the release; the device never reaches D0.
    let called = |name: &str| report.callbacks.iter().any(|callback| callback == name);
    assert!(called("EvtDeviceReleaseHardware") && !called("EvtDeviceD0Entry"), "{report}");
}

fn with_open_device(device: &str, rest: &str) -> Report {
    steps(device, &[START_AND_OPEN, "\n", rest].concat())
}

/// A device that comes with interrupts pending raises none when it has power.
fn silenced_at_power_on() {
    let report =
        steps("model = 'edu'\nfaults = [{ offset = 0x24, reads = 0x101 }]", "[[step]]\ndo = 'start'");
    assert_clean(&report);
    let in_d0 = report.traces.iter().skip_while(|line| !line.contains("EvtDeviceD0Entry"));
    let writes =
        in_d0.filter_map(|line| line.split_once("write register=").map(|(_, access)| access.trim_end()));
    let quiet = [r#""Status" offset=0x20 value=0x0"#, r#""InterruptAcknowledge" offset=0x64 value=0x101"#];
    let enable = r#""Status" offset=0x20 value=0x80"#;
    let expected = [&quiet[..], &[enable], &quiet[..1], &quiet].concat();
    assert_eq!(writes.collect::<Vec<_>>(), expected, "{report}");
}

/// What D0Entry reads first finds the device gone. It never was in D0, so it does not leave it either, and no interrupt
/// was connected; what was mapped is unmapped. There is nobody left to start it for once more.
fn gone_at_the_first_power_on() {
    let report = steps(
        "model = 'edu'\nfaults = [{ offset = 0x24, vanishes = true }]",
        "[[step]]\ndo = 'start'\nexpect = 'STATUS_DEVICE_POWER_FAILURE'",
    );
    assert_clean(&report);
    let expected = ["PrepareHardware", "D0Entry", "ReleaseHardware"];
    assert_eq!(happened(&report), expected, "{report}");
    assert_eq!(report.mapped.len(), 1, "{report}");
    assert_one_error(&report, "device is gone");
}

/// A status bit that is not in the data sheet: whoever asks for the state gets no answer.
fn unknown_status() {
    let report = with_open_device(
        "model = 'edu'\nfaults = [{ offset = 0x20, reads = 0x41 }]",
        "[[step]]
        do = 'ioctl'
        name = 'get info'
        code = 0x226000
        output-length = 20
        expect = 'STATUS_DEVICE_PROTOCOL_ERROR'
        expect-information = 0",
    );
    assert_clean(&report);
    assert_one_error(&report, "Status holds 0x41");
}

fn never_finishes() {
    // The status register says COMPUTING for ever.
    let report = with_open_device(
        "model = 'edu'\nfaults = [{ offset = 0x20, reads = 1 }]",
        "[[step]]
        do = 'ioctl'
        name = 'factorial of 5'
        code = 0x22a008
        input = '0100 0000 05000000'
        output-length = 8
        timeout-ms = 20000
        expect = 'STATUS_IO_TIMEOUT'
        expect-information = 0",
    );
    assert_clean(&report);
    assert_one_error(&report, "did not finish the factorial of 5");
}

fn gone_in_the_middle() {
    let report = with_open_device(
        "model = 'edu'",
        "[[step]]
        do = 'device-gone'
        [[step]]
        do = 'ioctl'
        name = 'liveness'
        code = 0x226004
        input = '0100 0000 05000000'
        output-length = 8
        expect = 'STATUS_DEVICE_DOES_NOT_EXIST'
        expect-information = 0",
    );
    assert_clean(&report);
    assert_one_error(&report, "device is gone");
}
