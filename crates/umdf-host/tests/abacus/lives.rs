//! Whole lives, most of them with every way in which the device can interrupt.

use std::path::Path;

use libtest_mimic::Trial;
use umdf_host::report::Report;
use umdf_host::scenario::Scenario;

use crate::run::{
    SHARED_LINE, TWO_MESSAGES, WIRINGS, Wiring, assert_clean, board, device, file, objects, play,
};
use crate::steps::{add, failing, info, label, read_back, step, steps, total, unwaited, write};
use crate::test;

const LABEL: &[u8; 16] = b"a good abacus...";
/// A board that begins no addition: commands do not reach it.
const HUNG: &str = "model = 'abacus'\nfaults = [{ bar = 2, offset = 0, ignores-writes = true }]";

pub fn trials() -> Vec<Trial> {
    let lives = WIRINGS.into_iter().flat_map(|wiring| {
        [
            test(format!("start, work, remove, {wiring:?}"), move || whole_life(wiring)),
            test(format!("other addresses, {wiring:?}"), move || rebalance(wiring)),
            test(format!("sleep and resume, {wiring:?}"), move || sleep(wiring)),
            test(format!("pulled out, {wiring:?}"), move || pulled_out(wiring)),
        ]
    });
    let others = [
        test("the scenario beside the driver", own_scenario),
        test("a neighbour on the line is not the board", neighbour),
        test("two boards on a line", two_on_a_line),
        test("a neighbour of a board that is gone", neighbour_of_a_gone_board),
        test("pulled out in the middle of an addition", pulled_out_while_adding),
        test("closed in the middle of an addition", closed_while_adding),
        test("an addition that never ends", hung),
    ];
    lives.chain(others).collect()
}

/// The Plug and Play, power and interrupt callbacks, without those that come when they like.
#[track_caller]
fn assert_life(report: &Report, wiring: Wiring, expected: &[&str]) {
    let steady = |name: &str| {
        name.starts_with("EvtDevice") || name == "EvtInterruptEnable" || name == "EvtInterruptDisable"
    };
    let called = report.callback_results.iter().filter(|called| steady(&called.name));
    let called: Vec<_> = called.map(|called| format!("{} {}", called.name, called.object)).collect();
    // Without its own message the second interrupt is never connected.
    let connected = |call: &&&str| wiring == TWO_MESSAGES || !call.ends_with("interrupt1");
    let expected: Vec<_> = expected.iter().filter(connected).copied().collect();
    assert_eq!(called, expected, "{report}");
}

const POWER_UP: [&str; 3] =
    ["EvtDeviceD0Entry device0", "EvtInterruptEnable interrupt0", "EvtInterruptEnable interrupt1"];
const POWER_DOWN: [&str; 3] =
    ["EvtInterruptDisable interrupt1", "EvtInterruptDisable interrupt0", "EvtDeviceD0Exit device0"];
const START: [&str; 4] = ["EvtDevicePrepareHardware device0", POWER_UP[0], POWER_UP[1], POWER_UP[2]];
const STOP: [&str; 4] = [POWER_DOWN[0], POWER_DOWN[1], POWER_DOWN[2], "EvtDeviceReleaseHardware device0"];

fn own_scenario() {
    let scenario = Scenario::load(&file("life.toml")).unwrap_or_else(|error| panic!("{error}"));
    let report = play(TWO_MESSAGES, scenario);
    assert_clean(&report);
    assert_life(&report, TWO_MESSAGES, &[START, STOP].concat());
}

fn whole_life(wiring: Wiring) {
    let work = [
        step("start"),
        step("open"),
        info(wiring.messages(), &[0; 16]),
        label(LABEL),
        info(wiring.messages(), LABEL),
        write(0x1000, &[1, 2, 3, 4, 255]),
        read_back(0x0fff, &[0, 1, 2, 3, 4, 255, 0]),
        total(0x1001, 4, 2 + 3 + 4 + 255),
        failing(add(0x1001, 0), "STATUS_INVALID_PARAMETER"),
        total(0, 0xffff_ffff, 1 + 2 + 3 + 4 + 255),
        failing(add(0xffff_ffff, 2), "STATUS_INVALID_PARAMETER"),
        step("close"),
        step("remove"),
    ];
    let report = board(wiring, &work);
    assert_clean(&report);
    assert_life(&report, wiring, &[START, STOP].concat());
    // What is done and what went wrong have their own interrupts, if there are two.
    let error = if wiring == TWO_MESSAGES { "interrupt1" } else { "interrupt0" };
    let expected = ["interrupt0", error, "interrupt0", error];
    assert_eq!(objects(&report, "EvtInterruptIsr"), expected, "{report}");
    assert_eq!(objects(&report, "EvtInterruptWorkItem"), expected, "{report}");
    assert_eq!(report.mapped.len(), 2, "{report}");
    // The translated addresses of BAR 0, as far as the driver needs it, and of all of BAR 1.
    assert_eq!((report.mapped[0].physical, report.mapped[0].length), (0x8_c000_0000, 0x2c), "{report}");
    assert_eq!((report.mapped[1].physical, report.mapped[1].length), (0x4100_0000_0000, 1 << 32), "{report}");
}

fn rebalance(wiring: Wiring) {
    let mut life = steps(&["start", "open"]);
    life.extend([label(LABEL), write(8, &[1; 24]), total(0, 100, 24)]);
    life.extend(steps(&["query-stop", "stop"]));
    // Waits for the device to be there again.
    life.push(unwaited(total(8, 23, 23)));
    life.extend(steps(&["restart", "wait"]));
    life.extend([info(wiring.messages(), LABEL), read_back(30, &[1, 1, 0]), total(8, 2, 2)]);
    life.extend(steps(&["query-stop", "cancel-stop"]));
    life.push(total(31, 10, 1));
    life.extend(steps(&["close", "query-remove", "cancel-remove", "query-remove", "remove"]));
    let report = board(wiring, &life);
    assert_clean(&report);
    assert_life(&report, wiring, &[START, STOP, START, STOP].concat());
    let mut addresses: Vec<_> = report.mapped.iter().map(|range| range.physical).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!((report.mapped.len(), addresses.len()), (4, 4), "{report}");
    let ports: Vec<_> = report.resources.iter().filter(|line| line.starts_with("ports")).collect();
    assert!(ports.len() == 2 && ports[0] != ports[1], "{report}");
}

fn sleep(wiring: Wiring) {
    let mut life = steps(&["start", "open"]);
    life.extend([label(LABEL), write(0xffff_fff0, &[16; 16]), total(0xffff_fff0, 16, 256)]);
    life.push(step("sleep"));
    life.push(unwaited(total(0xffff_fff8, 8, 128)));
    life.extend(steps(&["resume", "wait"]));
    life.extend([info(wiring.messages(), LABEL), failing(add(0, 0), "STATUS_INVALID_PARAMETER")]);
    life.extend(steps(&["sleep", "resume", "close", "remove"]));
    let report = board(wiring, &life);
    assert_clean(&report);
    let night = [POWER_DOWN, POWER_UP].concat();
    assert_life(&report, wiring, &[&START[..], &night, &night, &STOP].concat());
}

fn pulled_out(wiring: Wiring) {
    let mut life = steps(&["start", "open"]);
    life.push(total(0, 100, 0));
    life.push(step("surprise-remove"));
    life.push(failing(add(0, 100), "STATUS_INVALID_DEVICE_STATE"));
    life.extend(steps(&["close", "remove"]));
    let report = board(wiring, &life);
    assert_clean(&report);
    assert_life(&report, wiring, &[START, STOP].concat());
}

/// What the ISR answered, in order.
fn answers(report: &Report) -> Vec<&str> {
    let asked = report.callback_results.iter().filter(|called| called.name == "EvtInterruptIsr");
    asked.filter_map(|called| called.result.as_deref()).collect()
}

fn neighbour() {
    let mut life = steps(&["start", "neighbour-interrupts", "open"]);
    life.push(total(0, 100, 0));
    life.extend(steps(&["close", "remove"]));
    let report = board(SHARED_LINE, &life);
    assert_clean(&report);
    assert_eq!(answers(&report), ["FALSE", "TRUE"], "{report}");
}

/// Both boards have the same driver, in one process: it is asked about each, until one claims the line.
fn two_on_a_line() {
    let on = |device: usize, step: String| format!("{step}device = {device}\n");
    let through = |handle: &str, step: String| format!("{step}handle = '{handle}'\n");
    let life = [
        step("start"),
        on(1, step("start")),
        through("b", on(1, step("open"))),
        through("b", write(0x1000, &[1, 2, 3, 4, 255])),
        through("b", total(0x1000, 5, 265)),
        through("b", step("close")),
        step("remove"),
        on(1, step("remove")),
    ];
    let boards = "[[device]]\nmodel = 'abacus'\n[[device]]\nmodel = 'abacus'\nslot = 8\n";
    let text = format!("title = 't'\n{boards}{}", life.concat());
    let scenario = Scenario::parse(&text, Path::new("inline")).unwrap_or_else(|error| panic!("{error}"));
    let report = play(SHARED_LINE, scenario);
    assert_clean(&report);
    assert_eq!(report.hosts.len(), 1, "{report}");
    // Each board has two interrupts, of which a line connects the first.
    assert_eq!(objects(&report, "EvtInterruptIsr"), ["interrupt0", "interrupt2"], "{report}");
    assert_eq!(answers(&report), ["FALSE", "TRUE"], "{report}");
}

fn neighbour_of_a_gone_board() {
    let life = ["start", "device-gone", "neighbour-interrupts", "surprise-remove", "remove"];
    let report = board(SHARED_LINE, &steps(&life));
    assert_clean(&report);
    assert_eq!(answers(&report), ["FALSE"], "{report}");
}

fn pulled_out_while_adding() {
    let mut life = steps(&["start", "open"]);
    life.push(unwaited(failing(add(0, 100), "STATUS_DEVICE_DOES_NOT_EXIST")));
    life.extend(steps(&["surprise-remove", "close", "remove"]));
    assert_clean(&device(TWO_MESSAGES, HUNG, &life));
}

fn closed_while_adding() {
    let mut life = steps(&["start", "open"]);
    life.push(unwaited(failing(add(0, 100), "STATUS_IO_TIMEOUT")));
    life.extend(steps(&["close", "remove"]));
    assert_clean(&device(TWO_MESSAGES, HUNG, &life));
}

fn hung() {
    let mut life = steps(&["start", "open"]);
    life.extend([failing(add(0, 100), "STATUS_IO_TIMEOUT"), write(0, &[1]), read_back(0, &[1])]);
    life.extend(steps(&["close", "remove"]));
    assert_clean(&device(TWO_MESSAGES, HUNG, &life));
}
