//! Drivers that bind as they should, and files that are no drivers.

use std::fs;

use libtest_mimic::Trial;
use umdf_host::Run;
use umdf_host::report::{End, Outcome};

use crate::fixture::driver::{misbehave, scenario as parse};
use crate::fixture::misbehaviour::Misbehaviour;
use crate::run::{Fixture, assert_pass};
use crate::scenarios::{LIFE, START_WITHOUT_DEVICE, scenario};
use crate::test;

pub fn trials() -> Vec<Trial> {
    vec![
        test("a UMDF 2.0 client gets its own table filled", || binds("bind_248")),
        test("a UMDF 2.15 client gets the framework's table", || binds("bind_257")),
        test("a library without the entry point is named", a_library_without_the_entry_point_is_named),
        test("a file that is no library is named", a_file_that_is_no_library_is_named),
    ]
}

fn binds(service: &'static str) {
    let fixture =
        Fixture { driver: "bad_bind", service, ..Fixture::new(Misbehaviour::None, &[START_WITHOUT_DEVICE]) };
    let report = fixture.run();
    assert_pass(&report);
    assert_eq!(report.pnp_status("load"), Some("STATUS_SUCCESS"), "{report}");
}

fn a_library_without_the_entry_point_is_named() {
    let fixture = Fixture { driver: "no_entry", ..Fixture::new(Misbehaviour::None, LIFE) };
    let report = fixture.run();
    assert_eq!(report.result, Outcome::Fail);
    let End::Ended { reason } = &report.end else { panic!("{report}") };
    assert!(reason.contains("no_entry") && reason.contains("exports no FxDriverEntryUm"), "{reason}");
}

fn a_file_that_is_no_library_is_named() {
    let package = misbehave(Misbehaviour::None).install();
    let driver = package.folder().join("driver.txt");
    fs::write(&driver, "no library").expect("the folder is writable");
    let report = Run::new(driver, package.inf(), parse(&scenario(LIFE))).run().expect("the run can be told");
    assert_eq!(report.result, Outcome::Fail);
    let End::Ended { reason } = &report.end else { panic!("{report}") };
    assert!(reason.contains("driver.txt does not load"), "{reason}");
}
