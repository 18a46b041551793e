//! Devices of QEMU that have more than edu: what their BARs and ports become for the driver. They are no boards; a
//! fault lets one answer as a board does. Without QEMU these tests are ignored, and say so.

use libtest_mimic::Trial;
use umdf_host::bus::QemuModel;
use umdf_host::report::Report;

use crate::fixture::driver::scenario;
use crate::fixture::qemu::{Tests, in_scenario};
use crate::run::{SHARED_LINE, assert_clean, play_as};
use crate::steps::{failing, step, steps, write};

/// The ID of pci-testdev.
const TESTDEV: &str = "VEN_1B36&DEV_0005";
/// The first address that 32 bits do not have.
const FOUR_GIB: u64 = 1 << 32;

pub fn trials() -> Vec<Trial> {
    let tests = Tests::new();
    vec![
        tests.test("qemu: pci-testdev has two memory BARs and ports", pci_testdev),
        tests.test("qemu: ivshmem-plain has no ports", ivshmem_plain),
        tests.test("qemu: what is no board is refused", no_board),
    ]
}

fn play(id: &str, model: QemuModel, device: &str, life: &[String]) -> Report {
    let text = format!("title = 't'\n[device]\nmodel = 'edu'\n{device}\n{}", life.concat());
    play_as(id, SHARED_LINE, scenario(&text).with_model(in_scenario(model)))
}

/// What the driver's parser found.
fn parsed(report: &Report) -> Vec<&str> {
    let lines = report.traces.iter().filter_map(|line| line.trim_end().strip_prefix("abacus: "));
    lines.filter(|line| line.contains("port resources")).collect()
}

/// Addresses and lengths of the translated descriptors of a type.
fn translated(report: &Report, kind: &str) -> Vec<(u64, u64)> {
    let number = |text: &str| u64::from_str_radix(text.trim_start_matches("0x"), 16).ok();
    let lines = report.resources.iter().filter_map(|line| line.strip_prefix(kind));
    let ranges = lines.map(|line| {
        let (start, rest) = line.trim_start().split_once(", ")?;
        let length = rest.split(' ').next()?;
        Some((number(start)?, number(length).or_else(|| length.parse().ok())?))
    });
    ranges.map(|range| range.unwrap_or_else(|| panic!("{:?}", report.resources))).collect()
}

fn mapped(report: &Report) -> Vec<(u64, u64)> {
    report.mapped.iter().map(|mapping| (mapping.physical, mapping.length)).collect()
}

/// 4 KiB of registers, 256 ports, and 16 MiB that 64 bits address.
fn pci_testdev() {
    let faults = "faults = [{ offset = 0, reads = 0x010000ab }]";
    let mut life = steps(&["start", "open"]);
    // The last 8 of the 2^24 bytes, and none behind them.
    life.push(failing(write((1 << 24) - 7, &[1; 8]), "STATUS_INVALID_PARAMETER"));
    life.push(write((1 << 24) - 8, &[1; 8]));
    life.extend(steps(&["close", "remove"]));
    let report = play(TESTDEV, QemuModel::PciTestdev, faults, &life);
    assert_clean(&report);
    assert_eq!(parsed(&report), ["2 memory, 1 port resources, 0 messages"], "{report}");
    let memory = translated(&report, "memory");
    assert_eq!(memory.iter().map(|range| range.1).collect::<Vec<_>>(), [0x1000, 1 << 24], "{report}");
    assert!(memory[1].0 >= FOUR_GIB, "{report}");
    assert_eq!(
        translated(&report, "ports").iter().map(|range| range.1).collect::<Vec<_>>(),
        [0x100],
        "{report}"
    );
    assert_eq!(mapped(&report), [(memory[0].0, 0x2c), memory[1]], "{report}");
}

/// 256 bytes of registers, and 1 MiB that 64 bits address.
fn ivshmem_plain() {
    let report = refused("VEN_1AF4&DEV_1110", QemuModel::IvshmemPlain);
    assert!(parsed(&report).iter().all(|line| *line == "2 memory, 0 port resources, 0 messages"), "{report}");
    let memory = translated(&report, "memory");
    assert_eq!((memory[0].1, memory[1].1), (0x100, 1 << 20), "{report}");
    assert!(memory[1].0 >= FOUR_GIB, "{report}");
    assert_eq!(mapped(&report), [], "without ports nothing is mapped: {report}");
}

/// Its identification is read, and then all is given back.
fn no_board() {
    let report = refused(TESTDEV, QemuModel::PciTestdev);
    assert_eq!(mapped(&report).len(), 2 * parsed(&report).len(), "{report}");
}

fn refused(id: &str, model: QemuModel) -> Report {
    let life = [failing(step("start"), "STATUS_DEVICE_CONFIGURATION_ERROR"), step("remove")];
    let report = play(id, model, "", &life);
    assert_clean(&report);
    assert!(!parsed(&report).is_empty(), "{report}");
    report
}
