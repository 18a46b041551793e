//! Starts that the driver refuses, and what it cannot do anything about.

use libtest_mimic::Trial;
use wdk_sys::STATUS_INTERNAL_ERROR;

use crate::run::{TWO_MESSAGES, assert_clean, device, objects};
use crate::steps::{failing, read_back, step, steps, write};
use crate::{test, wdf};

/// A device with the board's IDs that answers its identification.
const LIKE_A_BOARD: &str =
    "model = 'scratch'\nvendor = 0x1af4\ndevice = 0x10f0\nfaults = [{ offset = 0, reads = 0x010000ab }]";

pub fn trials() -> Vec<Trial> {
    let like = |bars: &str| format!("{LIKE_A_BOARD}\n{bars}");
    let refused = [
        ("registers too short", like("bars = [0x20, 0x1000]\nports = [0x10]"), 0),
        ("one memory BAR", like("bars = [0x1000]\nports = [0x10]"), 0),
        ("ports too short", like("bars = [0x1000, 0x1000]\nports = [4]"), 0),
        ("no ports", like("bars = [0x1000, 0x1000]"), 0),
        ("nothing answers", "model = 'abacus'\ngone = true".to_owned(), 2),
        (
            "another identification",
            "model = 'abacus'\nfaults = [{ offset = 0, reads = 0x020000ab }]".to_owned(),
            2,
        ),
    ];
    let trials = refused
        .into_iter()
        .map(|(name, table, mapped)| test(format!("refused: {name}"), move || start_fails(&table, mapped)));
    trials
        .chain([
            test("accepted: the shortest BARs", shortest),
            test("a panic does not leave a callback", panic_is_contained),
        ])
        .collect()
}

/// Starts of a device that fails each of them: the framework has the bus find it again, five times.
const STARTS: usize = 6;

/// Each start fails with the driver's status; what was mapped until then is unmapped.
fn start_fails(table: &str, mapped: usize) {
    let life = [failing(step("start"), "STATUS_DEVICE_CONFIGURATION_ERROR"), step("remove")];
    let report = device(TWO_MESSAGES, table, &life);
    assert_clean(&report);
    // The bus does not find what does not answer.
    let starts = if table.contains("gone = true") { 1 } else { STARTS };
    assert_eq!(report.mapped.len(), mapped * starts, "{report}");
    let devices: Vec<_> = (0..starts).map(|number| format!("device{number}")).collect();
    assert_eq!(objects(&report, "EvtDeviceReleaseHardware"), devices, "{report}");
    assert!(objects(&report, "EvtDeviceD0Entry").is_empty(), "{report}");
}

/// What the driver needs, as short as BARs can be: 44 bytes of registers, 16 of memory, 6 ports.
fn shortest() {
    let table = format!("{LIKE_A_BOARD}\nbars = [0x40, 0x10]\nports = [8]");
    let mut life = steps(&["start", "open"]);
    life.extend([write(8, &[1; 8]), read_back(15, &[1])]);
    life.push(failing(write(9, &[1; 8]), "STATUS_INVALID_PARAMETER"));
    life.extend(steps(&["close", "remove"]));
    let report = device(TWO_MESSAGES, &table, &life);
    assert_clean(&report);
    assert_eq!((report.mapped[0].length, report.mapped[1].length), (0x2c, 0x10), "{report}");
}

fn panic_is_contained() {
    // As a panic, but without its message.
    let contained = wdf::contain::<()>("EvtTest", || std::panic::resume_unwind(Box::new(())));
    assert_eq!(contained, Err(STATUS_INTERNAL_ERROR));
    assert_eq!(wdf::status_of(contained), STATUS_INTERNAL_ERROR);
    assert_eq!(wdf::status_of(wdf::contain("EvtTest", || Ok(()))), 0);
}
