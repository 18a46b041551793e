//! Requests: good ones in every shape, and bad ones.

use libtest_mimic::Trial;

use crate::interface::{IOCTL_ABACUS_ADD, IOCTL_ABACUS_GET_INFO, IOCTL_ABACUS_SET_LABEL};
use crate::run::{TWO_MESSAGES, assert_clean, board, objects};
use crate::steps::{failing, ioctl, label, read, read_back, step, write};
use crate::test;

const TOO_SMALL: &str = "STATUS_BUFFER_TOO_SMALL";
const INVALID: &str = "STATUS_INVALID_PARAMETER";

pub fn trials() -> Vec<Trial> {
    vec![
        test("bad I/O control requests", bad_controls),
        test("reads and writes use the widest accesses", widths),
        test("reads and writes stay in the memory", range),
        test("empty reads and writes do not reach the driver", empty),
    ]
}

/// The steps between start and end.
fn with_open_board(steps: Vec<String>) -> umdf_host::report::Report {
    let report = board(TWO_MESSAGES, &[vec![step("start"), step("open")], steps].concat());
    assert_clean(&report);
    report
}

fn bad_controls() {
    let access = |handle: &str, access: &str| {
        format!("[[step]]\ndo = 'open'\nhandle = '{handle}'\naccess = '{access}'\n")
    };
    let by = |handle: &str, step: String| step + &format!("handle = '{handle}'\n");
    let denied = "STATUS_ACCESS_DENIED";
    with_open_board(vec![
        failing(ioctl(0x0022_600c, &[], 32), "STATUS_INVALID_DEVICE_REQUEST"),
        failing(ioctl(IOCTL_ABACUS_GET_INFO, &[], 31), TOO_SMALL),
        failing(ioctl(IOCTL_ABACUS_GET_INFO, &[], 0), TOO_SMALL),
        failing(ioctl(IOCTL_ABACUS_SET_LABEL, &[1; 15], 0), TOO_SMALL),
        failing(ioctl(IOCTL_ABACUS_SET_LABEL, &[], 16), TOO_SMALL),
        failing(ioctl(IOCTL_ABACUS_ADD, &[1; 7], 4), TOO_SMALL),
        failing(ioctl(IOCTL_ABACUS_ADD, &[1; 8], 3), TOO_SMALL),
        // More is no mistake.
        ioctl(IOCTL_ABACUS_GET_INFO, &[1], 40) + "expect-information = 32\n",
        ioctl(IOCTL_ABACUS_SET_LABEL, &[1; 17], 5) + "expect-information = 0\n",
        ioctl(IOCTL_ABACUS_ADD, &[1; 9], 5) + "expect-information = 4\n",
        access("reader", "read"),
        by("reader", failing(label(&[2; 16]), denied)),
        access("writer", "write"),
        by("writer", failing(ioctl(IOCTL_ABACUS_GET_INFO, &[], 32), denied)),
        by("writer", label(&[3; 16])),
    ]);
}

fn widths() {
    let accesses = |steps: Vec<String>| {
        let report = with_open_board(steps);
        (report.register_reads, report.register_writes)
    };
    let (reads, writes) = accesses(vec![]);
    for (offset, length, expected) in
        [(0, 16, 2), (8, 24, 3), (4, 8, 2), (4, 4, 1), (2, 6, 3), (16, 2, 1), (1, 8, 8), (8, 7, 7)]
    {
        let bytes: Vec<u8> = (1..=length).collect();
        let (more_reads, more_writes) = accesses(vec![write(offset, &bytes), read_back(offset, &bytes)]);
        let found = (more_reads - reads, more_writes - writes);
        assert_eq!(found, (expected, expected), "{length} bytes at {offset}");
    }
}

fn range() {
    let end = 1_i64 << 32;
    with_open_board(vec![
        write(end - 3, &[7; 3]) + "expect-information = 3\n",
        read_back(end - 4, &[0, 7, 7, 7]),
        failing(write(end - 3, &[7; 4]), INVALID),
        failing(read(end - 3, 4), INVALID),
        failing(read(end, 1), INVALID),
        failing(read(i64::MAX, 1), INVALID),
        failing(read(-1, 1), INVALID),
        failing(write(i64::MIN, &[1]), INVALID),
    ]);
}

fn empty() {
    let report = with_open_board(vec![read(0, 0), write(0, &[])]);
    assert!(objects(&report, "EvtIoRead").is_empty() && objects(&report, "EvtIoWrite").is_empty());
}
