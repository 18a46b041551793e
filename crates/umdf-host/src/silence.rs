//! Which callbacks of the driver hang: seen from the events of each thread.
//!
//! What other threads do is no progress of a callback that hangs: a periodic timer goes on beside it.

use std::time::{Duration, Instant};

use crate::history::Event;
use crate::host::hang_limit;

/// How long a worker may be silent.
#[derive(Clone, Copy)]
pub struct Patience {
    callback: Duration,
    worker: Duration,
}

impl Patience {
    /// The patience for a deadline and for a scenario whose longest wait is `scenario`.
    pub fn new(deadline: Duration, scenario: Duration) -> Self {
        // The worker has the same limits for its own waits and can say more about them, so it goes
        // first.
        let more = more(deadline);
        Self {
            callback: callback_limit(deadline),
            worker: hang_limit(deadline).max(scenario).saturating_add(more),
        }
    }
}

/// How long the worker's own waits, which have the same limits, go first.
fn more(deadline: Duration) -> Duration {
    (deadline / 4).max(Duration::from_millis(250))
}

/// How long driver code may make no progress.
pub fn callback_limit(deadline: Duration) -> Duration {
    deadline.saturating_add(more(deadline))
}

/// Driver code that has not returned.
struct Open {
    thread: u32,
    what: String,
    /// When its thread made its last event.
    since: Instant,
}

/// The silence of a worker and of each callback in it.
pub struct Silence {
    patience: Patience,
    /// Oldest first.
    open: Vec<Open>,
    /// When any thread made its last event.
    since: Instant,
}

impl Silence {
    /// A worker that starts now.
    pub fn new(patience: Patience, now: Instant) -> Self {
        Self { patience, open: Vec::new(), since: now }
    }

    /// The worker is asked for something: until now it may have had nothing to do.
    pub fn asked(&mut self, now: Instant) {
        self.since = now;
    }

    /// A thread made an event.
    pub fn heard(&mut self, thread: u32, event: &Event, now: Instant) {
        self.since = now;
        for open in self.open.iter_mut().filter(|open| open.thread == thread) {
            open.since = now;
        }
        match event {
            Event::Enter { callback, object, .. } => self.enter(thread, call(callback, object), now),
            Event::Leave { callback, object, .. } => self.leave(thread, &call(callback, object)),
            Event::Loading { library } => self.enter(thread, load(library), now),
            Event::Loaded { library } => self.leave(thread, &load(library)),
            _ => {}
        }
    }

    fn enter(&mut self, thread: u32, what: String, since: Instant) {
        self.open.push(Open { thread, what, since });
    }

    fn leave(&mut self, thread: u32, what: &str) {
        if let Some(index) = self.open.iter().rposition(|open| open.thread == thread && open.what == what) {
            self.open.remove(index);
        }
    }

    /// The driver code that has been silent for too long, oldest first; empty while none has.
    pub fn hanging(&self, now: Instant) -> Vec<&str> {
        let hangs = |open: &&Open| now.saturating_duration_since(open.since) > self.patience.callback;
        self.open.iter().filter(hangs).map(|open| open.what.as_str()).collect()
    }

    /// How long the whole worker has been silent, if that is longer than anything in it may wait.
    pub fn too_long(&self, now: Instant) -> Option<Duration> {
        Some(now.saturating_duration_since(self.since)).filter(|silence| *silence > self.patience.worker)
    }
}

fn call(callback: &str, object: &str) -> String {
    format!("{callback}({object})")
}

fn load(library: &str) -> String {
    format!("the initialiser of {library}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEADLINE: Duration = Duration::from_secs(4);
    const SECOND: Duration = Duration::from_secs(1);

    fn silence(scenario: Duration) -> (Silence, Instant) {
        let now = Instant::now();
        (Silence::new(Patience::new(DEADLINE, scenario), now), now)
    }

    fn enter(callback: &str) -> Event {
        Event::Enter { callback: callback.into(), object: "x0".into(), arguments: String::new() }
    }

    fn leave(callback: &str) -> Event {
        Event::Leave { callback: callback.into(), object: "x0".into(), result: String::new() }
    }

    fn trace() -> Event {
        Event::Trace { line: String::new() }
    }

    #[test]
    fn other_threads_are_no_progress() {
        let (mut silence, start) = silence(Duration::ZERO);
        silence.heard(1, &enter("Hangs"), start);
        for second in 0..6 {
            let now = start + SECOND * second;
            assert!(silence.hanging(now).is_empty(), "{second}");
            silence.heard(2, &enter("Ticks"), now);
            silence.heard(2, &leave("Ticks"), now);
        }
        assert_eq!(silence.hanging(start + SECOND * 6), ["Hangs(x0)"]);
    }

    #[test]
    fn events_of_the_same_thread_are_progress() {
        let (mut silence, start) = silence(Duration::ZERO);
        silence.heard(1, &enter("Outer"), start);
        silence.heard(1, &enter("Inner"), start);
        silence.heard(1, &trace(), start + SECOND * 4);
        assert!(silence.hanging(start + SECOND * 8).is_empty());
        assert_eq!(silence.hanging(start + SECOND * 10), ["Outer(x0)", "Inner(x0)"]);
        silence.heard(1, &leave("Inner"), start + SECOND * 10);
        assert_eq!(silence.hanging(start + SECOND * 16), ["Outer(x0)"]);
        silence.heard(1, &leave("Outer"), start + SECOND * 16);
        assert!(silence.hanging(start + SECOND * 99).is_empty());
    }

    #[test]
    fn the_same_callback_on_two_threads_is_two() {
        let (mut silence, start) = silence(Duration::ZERO);
        silence.heard(1, &enter("Isr"), start);
        silence.heard(2, &enter("Isr"), start + SECOND * 4);
        silence.heard(2, &leave("Isr"), start + SECOND * 4);
        assert_eq!(silence.hanging(start + SECOND * 6), ["Isr(x0)"]);
    }

    #[test]
    fn a_silent_worker_has_the_longest_limit_and_no_more() {
        let (mut silent, start) = silence(Duration::ZERO);
        assert_eq!(silent.too_long(start + SECOND * 17), None);
        assert_eq!(silent.too_long(start + SECOND * 18), Some(SECOND * 18));
        silent.heard(1, &trace(), start + SECOND * 18);
        assert_eq!(silent.too_long(start + SECOND * 35), None);
        let (silent, start) = silence(SECOND * 60);
        assert_eq!(silent.too_long(start + SECOND * 61), None);
        assert_eq!(silent.too_long(start + SECOND * 62), Some(SECOND * 62));
    }
}
