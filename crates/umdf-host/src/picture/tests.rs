use std::path::Path;

use serde_json::Value;

use super::*;
use crate::history::{Actor, Event, Record};

fn entry(thread: u32, event: Event) -> Entry {
    Entry {
        host: 0,
        thread: Some(thread),
        record: Record { actor: Actor::Io, event },
        before: None,
        after_end: false,
    }
}

fn enter(callback: &str) -> Event {
    Event::Enter { callback: callback.into(), object: "queue0".into(), arguments: String::new() }
}

fn leave(callback: &str) -> Event {
    Event::Leave { callback: callback.into(), object: "queue0".into(), result: String::new() }
}

fn call(function: &str) -> Event {
    Event::Call { function: function.into(), arguments: String::new() }
}

fn returned(function: &str, result: &str) -> Event {
    Event::Return { function: function.into(), result: result.into() }
}

fn read(physical: u64) -> Event {
    Event::RegisterRead { physical, width: 4, value: 7 }
}

fn recording(title: &str, log: Vec<Entry>) -> Recording {
    let mut scenario =
        Scenario::parse("title = ''\n[device]\nmodel = 'edu'", Path::new("test.toml")).unwrap();
    scenario.title = title.into();
    Recording::new(scenario, log)
}

/// Texts of the diagram, from top to bottom, without title and lanes.
fn drawn(log: Vec<Entry>) -> Vec<String> {
    let text = recording("t", log).diagram();
    let document = roxmltree::Document::parse(&text).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.skip(6).map(|node| node.text().unwrap_or_default().trim().to_owned()).collect()
}

fn timeline(log: Vec<Entry>) -> Vec<(String, String, u64)> {
    let document = serde_json::to_value(recording("t", log).perfetto()).unwrap();
    let events = document["traceEvents"].as_array().unwrap();
    let shown = events.iter().filter(|event| event["ph"] != "M");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    shown.map(|event| (text(&event["ph"]), text(&event["name"]), event["tid"].as_u64().unwrap())).collect()
}

#[test]
fn how_threads_move_does_not_change_the_diagram() {
    let one = || [enter("EvtA"), call("WdfX"), returned("WdfX", "0x1"), leave("EvtA")];
    let two = || [enter("EvtB"), read(4), leave("EvtB")];
    let expected = ["EvtA(queue0)", "WdfX", "EvtB(queue0)", "read 0x4: 0x7"];
    // In which order the threads go on behind the two beginnings.
    for order in [[1, 1, 1, 2, 2], [2, 2, 1, 1, 1], [1, 2, 1, 2, 1], [2, 1, 1, 1, 2]] {
        let (mut ones, mut twos) = (one().into_iter(), two().into_iter());
        let order = [1, 2].into_iter().chain(order);
        let log = order.map(|thread| {
            let next = if thread == 1 { ones.next() } else { twos.next() };
            entry(thread, next.unwrap())
        });
        assert_eq!(drawn(log.collect()), expected);
    }
}

#[test]
fn what_is_noise_is_left_out_or_put_together() {
    let log = [
        enter("EvtA"),
        call("WdfWaitLockAcquire"),
        returned("WdfWaitLockAcquire", "STATUS_SUCCESS"),
        call("WdfX"),
        returned("WdfX", "STATUS_SUCCESS"),
        call("WdfX"),
        returned("WdfX", "STATUS_SUCCESS"),
        call("WdfX"),
        returned("WdfX", "STATUS_NO_MORE_ENTRIES"),
        read(1),
        read(2),
        call("WdfY"),
        read(3),
        Event::RegisterWrite { physical: 4, width: 4, value: 0 },
        read(5),
        leave("EvtA"),
    ];
    assert_eq!(
        drawn(log.map(|event| entry(1, event)).into()),
        [
            "EvtA(queue0)",
            "WdfX × 2, WdfX: STATUS_NO_MORE_ENTRIES",
            "read 0x1: 0x7",
            "read 0x2: 0x7",
            "WdfY",
            "2 reads, 1 writes",
        ]
    );
}

#[test]
fn registers_are_shown_by_their_place_in_the_mapping() {
    let mapped = Event::Mapped { physical: 0x1000, length: 0x10 };
    let log = [mapped, read(0x100f), read(0x1010)];
    assert_eq!(drawn(log.map(|event| entry(1, event)).into())[1..], ["read 0xf: 0x7", "read 0x1010: 0x7"]);
}

#[test]
fn a_callback_that_does_not_return_is_told() {
    let log = || vec![entry(1, enter("EvtA")), entry(1, call("WdfX"))];
    assert_eq!(drawn(log()), ["EvtA(queue0)", "WdfX", "EvtA(queue0) did not return"]);
    let expected =
        [("B", "EvtA(queue0)"), ("B", "WdfX"), ("E", "WdfX"), ("E", "EvtA(queue0)")].map(told_on(1));
    assert_eq!(timeline(log()), expected);
}

fn told_on(tid: u64) -> impl Fn((&str, &str)) -> (String, String, u64) {
    move |(phase, name)| (phase.into(), name.into(), tid)
}

/// The driver can write into its history, which lies in its process.
#[test]
fn ends_without_a_beginning_end_nothing() {
    let log = vec![
        entry(1, returned("WdfX", "")),
        entry(1, leave("EvtA")),
        entry(1, enter("EvtA")),
        entry(2, leave("EvtA")),
        entry(1, leave("EvtA")),
    ];
    assert_eq!(timeline(log), [("B", "EvtA(queue0)"), ("E", "EvtA(queue0)")].map(told_on(1)));
    let log = vec![entry(1, leave("EvtA")), entry(1, returned("WdfX", "STATUS_UNSUCCESSFUL"))];
    assert_eq!(drawn(log), ["WdfX: STATUS_UNSUCCESSFUL"]);
}

#[test]
fn an_end_closes_what_is_open_inside() {
    let log = [enter("EvtA"), call("WdfX"), leave("EvtA")].map(|event| entry(1, event));
    let expected = [("B", "EvtA(queue0)"), ("B", "WdfX"), ("E", "WdfX"), ("E", "EvtA(queue0)")];
    assert_eq!(timeline(log.into()), expected.map(told_on(1)));
}

#[test]
fn the_steps_are_a_track_of_their_own() {
    let step = |number| Event::Step { number, text: "start".into() };
    let log = [step(1), step(2), Event::Finished].map(|event| entry(1, event));
    let names = timeline(log.into()).into_iter().map(|(phase, name, tid)| format!("{tid}{phase} {name}"));
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["0B 1: start", "0E 1: start", "0B 2: start", "0E 2: start", "1i finished"]
    );
}

#[test]
fn text_is_escaped() {
    let title = "<a> & \"b\" \u{1} ]]>";
    let log = vec![entry(1, enter("</text><script>&"))];
    let text = recording(title, log).diagram();
    let document = roxmltree::Document::parse(&text).unwrap();
    let found: Vec<_> = document.descendants().filter_map(|node| node.text()).map(str::trim).collect();
    assert!(found.contains(&"<a> & \"b\" \u{fffd} ]]>"), "{found:?}");
    assert!(found.contains(&"</text><script>&(queue0)"), "{found:?}");
}

#[test]
fn callbacks_inside_callbacks_have_bars_inside_bars() {
    let log = [enter("EvtA"), enter("EvtB"), leave("EvtB"), leave("EvtA")].map(|event| entry(1, event));
    let text = recording("t", log.into()).diagram();
    let document = roxmltree::Document::parse(&text).unwrap();
    let bars = document.descendants().filter(|node| node.attribute("class") == Some("bar"));
    let number = |node: roxmltree::Node<'_, '_>, name| node.attribute(name).unwrap().parse::<i32>().unwrap();
    let bars: Vec<_> =
        bars.map(|bar| (number(bar, "y"), number(bar, "height"), number(bar, "width"))).collect();
    let [outer, inner] = bars[..] else { panic!("{bars:?}") };
    assert!(outer.0 < inner.0 && outer.0 + outer.1 >= inner.0 + inner.1, "{bars:?}");
    assert!(outer.2 < inner.2, "{bars:?}");
}
