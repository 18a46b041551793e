//! Runs of the driver.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use umdf_host::Run;
use umdf_host::report::Report;
use umdf_host::scenario::Scenario;

use crate::fixture::driver::{GENEROUS, scenario};
use crate::fixture::library::library;
use crate::fixture::outcome::assert_pass;

/// What asks for messages in the INF.
const MESSAGES: &str = "MSISupported,0x00010001,1";

/// The board's ID in the INF.
const BOARD: &str = "VEN_1AF4&DEV_10F0";

/// How the device interrupts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wiring {
    /// By at most that many messages.
    Messages(u32),
    /// By a line of this kind.
    Line(&'static str),
}

/// Two messages, as the INF of the driver asks for.
pub const TWO_MESSAGES: Wiring = Wiring::Messages(2);
/// A line, as without MSI.
pub const SHARED_LINE: Wiring = Wiring::Line("shared");
/// Every way in which the device can interrupt.
pub const WIRINGS: [Wiring; 5] =
    [TWO_MESSAGES, Wiring::Messages(1), SHARED_LINE, Wiring::Line("exclusive"), Wiring::Line("edge")];

impl Wiring {
    /// Messages in use.
    pub fn messages(self) -> u32 {
        if let Self::Messages(count) = self { count } else { 0 }
    }
}

/// A file of the example.
pub fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/abacus").join(name)
}

/// Plays steps with a board that is as it should be.
pub fn board(wiring: Wiring, steps: &[String]) -> Report {
    device(wiring, "model = 'abacus'", steps)
}

/// Plays steps with a device that these lines describe.
pub fn device(wiring: Wiring, device: &str, steps: &[String]) -> Report {
    let line = if let Wiring::Line(kind) = wiring { kind } else { "shared" };
    let text = format!("title = 't'\n[device]\ninterrupt-line = '{line}'\n{device}\n{}", steps.concat());
    play(wiring, scenario(&text))
}

/// Plays a scenario; the INF is the driver's own, but for the messages.
pub fn play(wiring: Wiring, scenario: Scenario) -> Report {
    play_as(BOARD, wiring, scenario)
}

/// As [`play`], with an INF that is for another device.
pub fn play_as(id: &str, wiring: Wiring, scenario: Scenario) -> Report {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let inf = folder.path().join("abacus.inx");
    let original = fs::read_to_string(file("abacus.inx")).expect("the INF is text");
    assert!(original.contains(MESSAGES), "the INF asks for messages in other words");
    let messages = match wiring {
        TWO_MESSAGES => MESSAGES.to_owned(),
        Wiring::Messages(limit) => {
            let key = "HKR,\"Interrupt Management\\MessageSignaledInterruptProperties\"";
            format!("{MESSAGES}\n{key},MessageNumberLimit,0x00010001,{limit}")
        }
        Wiring::Line(_) => "MSISupported,0x00010001,0".to_owned(),
    };
    assert!(original.contains(BOARD), "the INF is for another device");
    fs::write(&inf, original.replace(MESSAGES, &messages).replace(BOARD, id))
        .expect("the folder is writable");
    let run = Run::new(library("abacus"), inf, scenario).deadline(GENEROUS);
    run.run().expect("the run can be told")
}

/// Every expectation was met, no rule was broken, and what was mapped was unmapped.
#[track_caller]
pub fn assert_clean(report: &Report) {
    assert_pass(report);
    let sorted = |mappings: &[umdf_host::report::Mapping]| {
        let mut ranges: Vec<_> = mappings.iter().map(|range| (range.physical, range.length)).collect();
        ranges.sort_unstable();
        ranges
    };
    assert_eq!(sorted(&report.mapped), sorted(&report.unmapped), "{report}");
}

/// The objects for which a callback was called, in order.
pub fn objects<'a>(report: &'a Report, callback: &str) -> Vec<&'a str> {
    let called = report.callback_results.iter().filter(|called| called.name == callback);
    called.map(|called| called.object.as_str()).collect()
}
