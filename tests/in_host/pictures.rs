//! Pictures of the driver's lives.

use std::collections::BTreeMap;

use libtest_mimic::Trial;
use roxmltree::{Document, Node};
use serde_json::Value;
use umdf_host::report::{Outcome, Report};

use crate::run::{Change, IMPATIENT, PATIENT, RAISE, assert_clean, recording_of, test};

/// Lives that are drawn: the file in `tests/scenarios`, and the INF.
const LIVES: &[(&str, &[Change])] = &[
    ("first-life", &[PATIENT]),
    ("surprise-with-requests", &[]),
    ("gone-while-computing", &[IMPATIENT]),
    ("wait-interrupt", &[RAISE]),
    ("two-devices", &[]),
];

pub fn tests() -> Vec<Trial> {
    let lives = LIVES.iter().flat_map(|(life, inf)| {
        [
            test(format!("pictures::diagram_of_{}", life.replace('-', "_")), || diagram(life, inf)),
            test(format!("pictures::timeline_of_{}", life.replace('-', "_")), || timeline(life, inf)),
        ]
    });
    let mut tests: Vec<_> = lives.collect();
    tests.push(test("pictures::docs_show_the_first_life", docs));
    tests
}

/// `docs/first-life.svg` is what `cargo sim --diagram docs/first-life.svg` draws.
fn docs() {
    let (report, recording) = recording_of(&[PATIENT], "first-life.toml", |run| run);
    assert_clean(&report);
    let drawn = recording.diagram();
    let shown = include_str!("../../docs/first-life.svg").replace("\r\n", "\n");
    let lines = drawn.lines().zip(shown.lines()).enumerate();
    let first = lines.into_iter().find(|(_, (drawn, shown))| drawn != shown);
    assert!(
        drawn == shown,
        "`cargo sim --diagram docs/first-life.svg` draws another picture, first line that differs: {first:?}"
    );
}

fn class<'a>(document: &'a Document<'_>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter(move |node| node.attribute("class") == Some(name))
}

fn words<'a>(nodes: impl Iterator<Item = Node<'a, 'a>>) -> Vec<String> {
    nodes.map(|node| node.text().unwrap_or_default().trim().to_owned()).collect()
}

/// The document is well-formed; it has every actor, every callback and every request of the report.
fn diagram(life: &str, inf: &[Change]) {
    let (report, recording) = recording_of(inf, &format!("{life}.toml"), |run| run);
    assert_eq!(report.result, Outcome::Pass, "{report}");
    let text = recording.diagram();
    let document = Document::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(
        words(class(&document, "lane")),
        ["application", "PnP manager", "framework", "driver", "device"]
    );
    let several = report.hosts.len() > 1;
    let called = report.callback_results.iter().map(|callback| {
        let host = if several { format!("{} ", callback.host) } else { String::new() };
        format!("{host}{}({})", callback.name, callback.object)
    });
    let mut called: Vec<_> = called.collect();
    let mut drawn = words(class(&document, "callback"));
    let bars = document.descendants().filter(|node| node.attribute("class") == Some("bar")).count();
    assert_eq!(bars, called.len(), "each callback has its bar");
    // One inside another one stands in its block, before those of other threads.
    called.sort();
    drawn.sort();
    assert_eq!(drawn, called);
    let answers = words(class(&document, "answer"));
    for ioctl in &report.ioctls {
        let answer = format!("{}: {}, {} bytes", ioctl.name, ioctl.status, ioctl.information);
        assert!(answers.contains(&answer), "{answer} is missing: {answers:?}");
    }
    assert_drawn_inside(&document);
}

/// Nothing is drawn outside the page.
fn assert_drawn_inside(document: &Document<'_>) {
    let page = document.root_element();
    let number = |node: &Node<'_, '_>, name: &str| {
        node.attribute(name).map(|value| value.parse::<i32>().expect("a number of pixels"))
    };
    let (width, height) = (number(&page, "width").unwrap(), number(&page, "height").unwrap());
    for node in page.children().filter(Node::is_element) {
        for (names, limit) in [(["x", "x1", "x2"], width), (["y", "y1", "y2"], height)] {
            let places = names.iter().filter_map(|name| number(&node, name));
            for place in places {
                assert!((0..=limit).contains(&place), "{node:?} is outside {width} × {height}");
            }
        }
    }
}

/// Slices begin and end on each track in the right order, callbacks and register accesses are all there.
fn timeline(life: &str, inf: &[Change]) {
    let (report, recording) = recording_of(inf, &format!("{life}.toml"), |run| run);
    assert_eq!(report.result, Outcome::Pass, "{report}");
    let text = serde_json::to_string(&recording.perfetto()).expect("it is plain data");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let events = document["traceEvents"].as_array().expect("a list of events");
    let mut open: BTreeMap<_, Vec<&Value>> = BTreeMap::new();
    let mut last = 0;
    for event in events.iter().filter(|event| event["ph"] != "M") {
        let number = |name: &str| event[name].as_u64().unwrap_or_else(|| panic!("{name} of {event}"));
        let track = open.entry((number("pid"), number("tid"))).or_default();
        assert!(last <= number("ts"), "time runs backwards at {event}");
        last = number("ts");
        match event["ph"].as_str() {
            Some("B") => track.push(event),
            Some("E") => {
                let begun = track.pop().unwrap_or_else(|| panic!("nothing is open that {event} ends"));
                assert_eq!((&begun["name"], &begun["cat"]), (&event["name"], &event["cat"]));
            }
            Some("i") => assert_eq!(event["s"], "t"),
            _ => panic!("{event}"),
        }
    }
    assert!(open.values().all(Vec::is_empty), "slices without an end: {open:?}");
    let named: Vec<_> = events.iter().filter(|event| event["name"] == "thread_name").collect();
    for (pid, tid) in open.keys() {
        let of_track = named.iter().filter(|event| event["pid"] == *pid && event["tid"] == *tid);
        assert_eq!(of_track.count(), 1, "track {pid}/{tid} has one name");
    }
    assert_eq!(slices(events, "callback"), report.callback_results.len());
    assert_eq!(
        instants(events, "register"),
        usize::try_from(report.register_reads + report.register_writes).unwrap()
    );
    assert_eq!(interrupts(events), isr_runs(&report));
}

fn slices(events: &[Value], category: &str) -> usize {
    events.iter().filter(|event| event["ph"] == "B" && event["cat"] == category).count()
}

fn instants(events: &[Value], category: &str) -> usize {
    events.iter().filter(|event| event["ph"] == "i" && event["cat"] == category).count()
}

fn interrupts(events: &[Value]) -> usize {
    let names = events.iter().filter_map(|event| event["name"].as_str());
    names.filter(|name| name.ends_with(" interrupts")).count()
}

fn isr_runs(report: &Report) -> usize {
    report.callbacks.iter().filter(|callback| *callback == "EvtInterruptIsr").count()
}
