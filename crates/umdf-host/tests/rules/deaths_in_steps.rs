//! Each way to die, and each place to die in: the report names it, and has what was before.

use libtest_mimic::Trial;
use umdf_host::report::{End, Host, Outcome, Report};

use crate::fixture::ends::{ABORT, ACCESS_VIOLATION, STACK_OVERFLOW};
use crate::fixture::misbehaviour::{Death, Misbehaviour as M};
use crate::hosts::{
    TERMINATED, Two, assert_as_expected, close, die, expects, open, plain, start, step, use_it,
};
use crate::run::{GENEROUS, SHORT};
use crate::test;

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        test("death by a request: exit", || by_request(Death::Exit, "exit code 3")),
        test("death by a request: a broken rule", || by_request(Death::BreakRule, "HANDLE_NULL_OR_TYPE")),
        test("death by a request: a hang", || by_request(Death::Hang, "EvtIoDeviceControl(queue0)")),
        test("death by a request: crash", || by_request(Death::Crash, ACCESS_VIOLATION)),
        test("death by a request: abort", || by_request(Death::Abort, ABORT)),
        test("death by a request: a stack overflow", || by_request(Death::OverflowStack, STACK_OVERFLOW)),
    ];
    let in_places = places().into_iter();
    trials.extend(
        in_places.map(|place| test(format!("death in {}", place.callback), move || in_place(&place))),
    );
    trials
}

/// How it ended, in words.
fn words(host: &Host, report: &Report) -> String {
    match &host.end {
        End::Died { how } => how.clone(),
        End::Hung { what } => what.clone(),
        End::Violation => report.violations[0].rule.clone(),
        end => format!("{end:?}"),
    }
}

/// The driver dies of a request and is restarted; the next life is a good one.
fn by_request(death: Death, expected: &str) {
    let steps = [
        start(0),
        open(0),
        use_it(0),
        die(0, death),
        close(0),
        open(0),
        use_it(0),
        close(0),
        step("remove", 0),
    ];
    let deadline = if death == Death::Hang { SHORT } else { GENEROUS };
    let report = Two { deadline, ..Two::pooled(&steps) }.run();
    assert_as_expected(&report);
    let [first, second] = report.hosts.as_slice() else { panic!("{report}") };
    assert!(words(first, &report).starts_with(expected), "{report}");
    assert_eq!((&second.end, second.history.len()), (&End::Finished, 0), "{report}");
    let entered = |event: &String| event.contains("> EvtIoDeviceControl(queue0, Request=request2");
    assert!(first.history.iter().any(entered), "{report}");
    let told_later =
        first.history.iter().find(|event| event.contains("offline") || event.contains(TERMINATED));
    assert_eq!(told_later, None, "{report}");
    assert_eq!(report.ioctls.iter().filter(|ioctl| ioctl.status == "STATUS_SUCCESS").count(), 2, "{report}");
}

/// A callback in which the driver dies, and the steps that lead there.
struct Place {
    misbehaviour: M,
    callback: &'static str,
    steps: Vec<String>,
    /// With a restart in between: how many host processes there are.
    processes: usize,
}

fn place(misbehaviour: M, callback: &'static str, steps: &[String], processes: usize) -> Place {
    Place { misbehaviour, callback, steps: steps.to_vec(), processes }
}

fn places() -> [Place; 9] {
    let fails = [expects(TERMINATED, &start(0))];
    let opened = expects(TERMINATED, &open(0));
    [
        // The pool twice, then alone six times.
        place(M::DieInDriverEntry, "DriverEntry", &fails, 8),
        place(M::DieInDeviceAdd, "EvtDriverDeviceAdd", &fails, 8),
        place(M::DieInPrepare, "EvtDevicePrepareHardware", &fails, 8),
        place(M::WriteNearNull, "EvtDeviceD0Entry", &fails, 8),
        place(M::DieInIsr, "EvtInterruptIsr", &[start(0), plain("neighbour-interrupts")], 2),
        place(M::DieInFileCreate, "EvtDeviceFileCreate", &[start(0), opened.clone(), opened], 3),
        place(
            M::DieInFileClose,
            "EvtFileClose",
            &[start(0), open(0), close(0), open(0), use_it(0), close(0)],
            3,
        ),
        place(M::DieInD0Exit, "EvtDeviceD0Exit", &[start(0), step("remove", 0)], 1),
        place(M::DieInUnload, "EvtDriverUnload", &[start(0), step("remove", 0)], 1),
    ]
}

fn in_place(place: &Place) {
    let two = Two { misbehaviour: place.misbehaviour, ..Two::pooled(&place.steps) };
    let report = two.run();
    assert_as_expected(&report);
    assert_eq!(report.hosts.len(), place.processes, "{report}");
    let last_lives = matches!(place.misbehaviour, M::DieInIsr | M::DieInFileCreate | M::DieInFileClose);
    for host in &report.hosts[..place.processes - usize::from(last_lives)] {
        assert_died_in(place, host, &report);
    }
    assert_eq!(report.hosts.last().is_some_and(|host| host.end == End::Finished), last_lives, "{report}");

    let once = Two { restarts: false, ..two }.run();
    assert_eq!((once.result, once.hosts.len()), (Outcome::Fail, 1), "{once}");
    assert_died_in(place, &once.hosts[0], &once);
    assert_eq!((&once.end, &once.history), (&once.hosts[0].end, &once.hosts[0].history));
}

#[track_caller]
fn assert_died_in(place: &Place, host: &Host, report: &Report) {
    assert_eq!(words(host, report), ACCESS_VIOLATION, "{report}");
    let enters = format!("> {}(", place.callback);
    assert!(host.history.iter().any(|event| event.contains(&enters)), "{enters} is not in\n{report}");
    // Others may be about to return on their threads.
    let mut of_host = report.callback_results.iter().filter(|callback| callback.host == host.name);
    let open = of_host.rfind(|callback| callback.result.is_none());
    assert_eq!(open.map(|callback| callback.name.as_str()), Some(place.callback), "{report}");
}
