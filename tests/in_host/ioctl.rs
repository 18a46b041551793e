//! Bad requests: each has its status and one error trace.

use libtest_mimic::Trial;

use crate::run::{RAISE, START_AND_OPEN, assert_clean, assert_one_error, steps_with, test};

struct Bad {
    name: &'static str,
    code: u32,
    input: &'static str,
    output_length: u32,
    status: &'static str,
    cause: &'static str,
}

const GET_INFO: u32 = edu_interface::IOCTL_EDU_GET_INFO;
const LIVENESS: u32 = edu_interface::IOCTL_EDU_LIVENESS;
const FACTORIAL: u32 = edu_interface::IOCTL_EDU_FACTORIAL;

const fn bad(
    name: &'static str,
    code: u32,
    input: &'static str,
    output_length: u32,
    status: &'static str,
    cause: &'static str,
) -> Bad {
    Bad { name, code, input, output_length, status, cause }
}

const STATISTICS: u32 = edu_interface::IOCTL_EDU_GET_STATISTICS;
const WAIT: u32 = edu_interface::IOCTL_EDU_WAIT_INTERRUPT;
const RAISE_INTERRUPT: u32 = edu_interface::IOCTL_EDU_RAISE_INTERRUPT;

const TOO_SMALL: &str = "STATUS_BUFFER_TOO_SMALL";
const PARAMETER: &str = "STATUS_INVALID_PARAMETER";

const BAD: &[Bad] = &[
    bad("unknown_code", 0x0022_2000, "", 16, "STATUS_INVALID_DEVICE_REQUEST", "unknown I/O control code"),
    bad("get_info_output_short", GET_INFO, "", 19, TOO_SMALL, "output"),
    bad("get_info_output_missing", GET_INFO, "", 0, TOO_SMALL, "output"),
    bad("get_info_input_given", GET_INFO, "00", 20, PARAMETER, "input"),
    bad("liveness_input_short", LIVENESS, "0100 0000 000000", 8, TOO_SMALL, "input"),
    bad("liveness_input_missing", LIVENESS, "", 8, TOO_SMALL, "input"),
    bad("liveness_input_long", LIVENESS, "0100 0000 00000000 00", 8, PARAMETER, "input"),
    bad("liveness_reserved_set", LIVENESS, "0100 0100 00000000", 8, PARAMETER, "reserved"),
    bad("liveness_wrong_version", LIVENESS, "0200 0000 00000000", 8, PARAMETER, "version"),
    bad("liveness_output_short", LIVENESS, "0100 0000 00000000", 7, TOO_SMALL, "output"),
    bad("factorial_input_short", FACTORIAL, "01", 8, TOO_SMALL, "input"),
    bad("factorial_input_missing", FACTORIAL, "", 8, TOO_SMALL, "input"),
    bad("factorial_input_long", FACTORIAL, "0100 0000 00000000 00", 8, PARAMETER, "input"),
    bad("factorial_reserved_set", FACTORIAL, "0100 0100 00000000", 8, PARAMETER, "reserved"),
    bad("factorial_wrong_version", FACTORIAL, "0200 0000 00000000", 8, PARAMETER, "version"),
    bad("factorial_output_short", FACTORIAL, "0100 0000 00000000", 7, TOO_SMALL, "output"),
    bad("factorial_output_missing", FACTORIAL, "0100 0000 00000000", 0, TOO_SMALL, "output"),
    bad("statistics_input_given", STATISTICS, "00", 40, PARAMETER, "input"),
    bad("statistics_output_short", STATISTICS, "", 39, TOO_SMALL, "output"),
    bad("statistics_output_missing", STATISTICS, "", 0, TOO_SMALL, "output"),
    bad("wait_input_given", WAIT, "00", 8, PARAMETER, "input"),
    bad("wait_output_short", WAIT, "", 7, TOO_SMALL, "output"),
    bad("wait_output_missing", WAIT, "", 0, TOO_SMALL, "output"),
    bad("raise_input_short", RAISE_INTERRUPT, "0100 0000 010000", 0, TOO_SMALL, "input"),
    bad("raise_input_missing", RAISE_INTERRUPT, "", 0, TOO_SMALL, "input"),
    bad("raise_input_long", RAISE_INTERRUPT, "0100 0000 01000000 00", 0, PARAMETER, "input"),
    bad("raise_reserved_set", RAISE_INTERRUPT, "0100 0100 01000000", 0, PARAMETER, "reserved"),
    bad("raise_wrong_version", RAISE_INTERRUPT, "0200 0000 01000000", 0, PARAMETER, "version"),
    bad("raise_nothing", RAISE_INTERRUPT, "0100 0000 00000000", 0, PARAMETER, "no interrupt bits"),
];

pub fn tests() -> Vec<Trial> {
    BAD.iter().map(|bad| test(format!("ioctl::{}", bad.name), || refused(bad))).collect()
}

fn refused(bad: &Bad) {
    let report = steps_with(
        // Else nothing else would be looked at in a request to raise interrupts.
        &[RAISE],
        "model = 'edu'",
        &format!(
            "{START_AND_OPEN}
            [[step]]
            do = 'ioctl'
            name = '{}'
            code = {}
            input = '{}'
            output-length = {}
            expect = '{}'
            expect-information = 0
            # The driver goes on working.
            [[step]]
            do = 'ioctl'
            name = 'liveness'
            code = {LIVENESS}
            input = '0100 0000 ffffffff'
            output-length = 8
            expect-output = '0100 0000 00000000'",
            bad.name, bad.code, bad.input, bad.output_length, bad.status
        ),
    );
    assert_clean(&report);
    assert_one_error(&report, bad.cause);
}
