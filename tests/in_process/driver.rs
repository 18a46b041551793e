//! The driver, linked into this program.

use std::path::Path;

use umdf_host::history::Event;
use umdf_host::scenario::{Scenario, Step};
use umdf_host::{InProcess, InProcessError};

/// Loads the driver for so many edu devices; the steps are given as in a scenario file.
pub fn load(devices: usize, steps: &str) -> Result<(InProcess, Vec<Step>), InProcessError> {
    let devices = "[[device]]\nmodel = 'edu'\n".repeat(devices);
    let text = format!("title = 'in process'\n{devices}{steps}");
    let scenario = Scenario::parse(&text, Path::new("inline")).unwrap();
    let inf = Path::new(env!("CARGO_MANIFEST_DIR")).join("inf/edu_umdf.inx");
    #[expect(unsafe_code, reason = "the driver's entry point is passed")]
    // SAFETY: `export_fx_driver_entry_um!` made it.
    let host = unsafe { InProcess::load(edu_umdf::FxDriverEntryUm, &inf, &scenario) }?;
    Ok((host, scenario.steps))
}

/// Plays steps, in which nothing may go wrong, and tells what happened.
pub fn play(host: &mut InProcess, steps: &[Step]) -> Vec<Event> {
    host.play(steps);
    let events: Vec<_> = host.records().unwrap().into_iter().map(|record| record.event).collect();
    let wrong = |event: &&Event| matches!(event, Event::Missed { .. } | Event::Violation { .. });
    assert_eq!(events.iter().find(wrong), None);
    events
}
