//! The log as a document of the Trace Event Format.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Value, json};

use super::is_interrupt;
use crate::history::Event;
use crate::report::{Entry, host_name};
use crate::scenario::Scenario;

/// The document. Names are those of the format.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    trace_events: Vec<TraceEvent>,
    other_data: Value,
}

/// One event.
#[derive(Serialize)]
struct TraceEvent {
    name: String,
    cat: &'static str,
    ph: Phase,
    /// Microseconds.
    ts: usize,
    pid: usize,
    tid: usize,
    /// How far an instant reaches: its thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    s: Option<&'static str>,
    args: Value,
}

/// What kind of event.
#[derive(Clone, Copy, Serialize, PartialEq, Eq)]
enum Phase {
    /// A slice begins.
    B,
    /// It ends.
    E,
    #[serde(rename = "i")]
    Instant,
    #[serde(rename = "M")]
    Metadata,
}

/// A thread of a host process; what the supervisor tells has a track of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Track {
    pid: usize,
    tid: usize,
}

/// The track on which the scenario's steps are slices.
const STEPS: usize = 0;

pub fn document(scenario: &Scenario, log: &[Entry]) -> Trace {
    let mut timeline = Timeline::default();
    for (now, entry) in log.iter().enumerate() {
        timeline.take(now, entry);
    }
    timeline.finish(log.len());
    let other_data = json!({
        "scenario": scenario.title,
        "clock": "one event is one microsecond: the order is true, the lengths are not",
    });
    Trace { trace_events: timeline.events, other_data }
}

#[derive(Default)]
struct Timeline {
    events: Vec<TraceEvent>,
    /// Threads by host process and number, in the order in which they appeared.
    tracks: HashMap<(usize, Option<u32>), Track>,
    /// Threads of each host process so far.
    threads: BTreeMap<usize, usize>,
    /// Who acted on each track.
    actors: BTreeMap<Track, BTreeSet<String>>,
    /// Slices that are open, with their categories.
    open: BTreeMap<Track, Vec<(String, &'static str)>>,
}

impl Timeline {
    fn take(&mut self, now: usize, entry: &Entry) {
        let track = self.track(entry);
        let event = &entry.record.event;
        match event {
            Event::Enter { callback, object, arguments } => {
                if is_interrupt(callback) {
                    self.instant(now, track, "interrupt", format!("{object} interrupts"), json!({}));
                }
                let args = json!({ "object": object, "arguments": arguments });
                self.begin(now, track, "callback", format!("{callback}({object})"), args);
            }
            Event::Leave { callback, object, result } => {
                self.end(now, track, "callback", &format!("{callback}({object})"), result);
            }
            Event::Call { function, arguments } => {
                self.begin(now, track, "call", function.clone(), json!({ "arguments": arguments }));
            }
            Event::Return { function, result } => self.end(now, track, "call", function, result),
            Event::Loading { library } => {
                self.begin(now, track, "load", format!("load {library}"), json!({}));
            }
            Event::Loaded { library } => self.end(now, track, "load", &format!("load {library}"), ""),
            Event::Step { number, text } => {
                let track = Track { pid: track.pid, tid: STEPS };
                self.close_all(now, track, "");
                self.begin(now, track, "step", format!("{number}: {text}"), json!({}));
            }
            Event::Finished => {
                self.close_all(now, Track { pid: track.pid, tid: STEPS }, "");
                self.instant(now, track, "note", event.to_string(), json!({}));
            }
            Event::RegisterRead { physical, width, value }
            | Event::RegisterWrite { physical, width, value } => {
                let args = json!({
                    "physical": format!("{physical:#x}"), "width": width, "value": format!("{value:#x}"),
                });
                self.instant(now, track, "register", event.to_string(), args);
            }
            Event::Ioctl { output, information, .. } => {
                let args = json!({ "output": output, "information": information });
                self.instant(now, track, "request", event.to_string(), args);
            }
            Event::Answered { .. } => self.instant(now, track, "request", event.to_string(), json!({})),
            Event::Created { .. } | Event::Destroyed { .. } => {
                self.instant(now, track, "object", event.to_string(), json!({}));
            }
            Event::Connected { .. } | Event::Disconnected { .. } => {
                self.instant(now, track, "interrupt", event.to_string(), json!({}));
            }
            Event::Mapped { .. } | Event::Unmapped { .. } | Event::Resource { .. } => {
                self.instant(now, track, "resource", event.to_string(), json!({}));
            }
            Event::Pnp { .. } | Event::Device { .. } | Event::Opened { .. } => {
                self.instant(now, track, "pnp", event.to_string(), json!({}));
            }
            Event::Missed { .. }
            | Event::Violation { .. }
            | Event::HardwareLost { .. }
            | Event::Ended { .. } => {
                self.instant(now, track, "alarm", event.to_string(), json!({}));
            }
            Event::Trace { line } => self.instant(now, track, "trace", line.clone(), json!({})),
            Event::Done | Event::Note { .. } => {
                self.instant(now, track, "note", event.to_string(), json!({}));
            }
        }
    }

    fn track(&mut self, entry: &Entry) -> Track {
        let threads = self.threads.entry(entry.host).or_default();
        let track = self.tracks.entry((entry.host, entry.thread)).or_insert_with(|| {
            *threads += 1;
            // Process 0 is the idle process for the viewer.
            Track { pid: entry.host + 1, tid: *threads }
        });
        let actor = entry.thread.map_or("supervisor".into(), |_| entry.record.actor.to_string());
        self.actors.entry(*track).or_default().insert(actor);
        *track
    }

    fn push(&mut self, ph: Phase, now: usize, track: Track, cat: &'static str, name: String, args: Value) {
        let Track { pid, tid } = track;
        let s = (ph == Phase::Instant).then_some("t");
        self.events.push(TraceEvent { name, cat, ph, ts: now, pid, tid, s, args });
    }

    fn instant(&mut self, now: usize, track: Track, cat: &'static str, name: String, args: Value) {
        self.push(Phase::Instant, now, track, cat, name, args);
    }

    fn begin(&mut self, now: usize, track: Track, cat: &'static str, name: String, args: Value) {
        self.open.entry(track).or_default().push((name.clone(), cat));
        self.push(Phase::B, now, track, cat, name, args);
    }

    /// Ends a slice, and what is still open in it. An end without a beginning is none.
    fn end(&mut self, now: usize, track: Track, cat: &'static str, name: &str, result: &str) {
        let open = self.open.entry(track).or_default();
        let Some(place) = open.iter().rposition(|slice| (&*slice.0, slice.1) == (name, cat)) else { return };
        let inner = open.split_off(place + 1);
        let (name, cat) = open.remove(place);
        for (name, cat) in inner.into_iter().rev() {
            self.push(Phase::E, now, track, cat, name, json!({ "result": "did not return" }));
        }
        let args = if result.is_empty() { json!({}) } else { json!({ "result": result }) };
        self.push(Phase::E, now, track, cat, name, args);
    }

    fn close_all(&mut self, now: usize, track: Track, result: &str) {
        for (name, cat) in self.open.remove(&track).unwrap_or_default().into_iter().rev() {
            let args = if result.is_empty() { json!({}) } else { json!({ "result": result }) };
            self.push(Phase::E, now, track, cat, name, args);
        }
    }

    /// Ends what is open, and names the tracks.
    fn finish(&mut self, now: usize) {
        for track in self.open.keys().copied().collect::<Vec<_>>() {
            let result = if track.tid == STEPS { "" } else { "did not return" };
            self.close_all(now, track, result);
        }
        let mut names = Vec::new();
        for host in self.threads.keys() {
            let steps = Track { pid: host + 1, tid: STEPS };
            names.push((steps, "process_name", host_name(*host)));
            names.push((steps, "thread_name", "steps".into()));
        }
        for (track, actors) in &self.actors {
            let actors: Vec<_> = actors.iter().map(String::as_str).collect();
            names.push((*track, "thread_name", actors.join(", ")));
        }
        for (track, kind, name) in names {
            self.push(Phase::Metadata, 0, track, "", kind.into(), json!({ "name": name }));
        }
    }
}
