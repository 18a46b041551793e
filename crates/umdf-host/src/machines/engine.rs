//! How a machine with a queue takes its events.

use std::collections::VecDeque;
use std::sync::Mutex;

use super::table::{Queue, State};
use super::{Cause, Machines, Transition};
use crate::schedule::lock;

/// Events that a machine queues at most; the framework's own limit.
const LONGEST_QUEUE: usize = 8;

/// A machine: where it is, and what waits for it.
pub struct Engine<S: State> {
    state: S,
    queue: VecDeque<S::Event>,
    /// Some thread handles its events; others leave theirs in the queue.
    running: bool,
}

impl<S: State> Default for Engine<S> {
    fn default() -> Self {
        Self { state: S::INITIAL, queue: VecDeque::new(), running: false }
    }
}

impl<S: State> Engine<S> {
    /// Where the machine is.
    pub fn state(&self) -> S {
        self.state
    }

    /// Queues an event. The answer: whether the caller has to run the machine.
    fn put(&mut self, event: S::Event) -> Result<bool, String> {
        if S::SINGULAR.contains(&event) && self.queue.contains(&event) {
            return Ok(false);
        }
        if self.queue.len() == LONGEST_QUEUE {
            return Err(format!("the {} machine has no room for {event:?}: {:?}", S::MACHINE, self.queue));
        }
        if S::PRIORITY.contains(&event) {
            self.queue.push_front(event);
        } else {
            self.queue.push_back(event);
        }
        Ok(!std::mem::replace(&mut self.running, true))
    }

    /// The next event that the state takes. Only the head of the queue is looked at.
    fn take(&mut self) -> Option<S::Event> {
        let head = *self.queue.front()?;
        let takes = S::PRIORITY.contains(&head) || self.state.row().queue == Queue::Open;
        takes.then(|| self.queue.pop_front()).flatten()
    }
}

/// A machine with a queue.
pub trait Queued: State {
    /// The machine of this device.
    fn engine(machines: &Machines) -> &Mutex<Engine<Self>>;

    /// The machine dropped an event.
    fn dropped(_: &Machines, _: Self::Event) {}

    /// The machine has no more events, and is about to end its run with what this gives.
    fn drained(_: &Machines) -> Option<fn(&Machines)> {
        None
    }
}

impl Machines {
    /// Gives a machine an event. Unless another thread, or a caller further up, runs it already,
    /// this thread handles it at once: so machines nest.
    pub(super) fn post<S: Queued>(&self, event: S::Event) {
        let run = lock(S::engine(self)).put(event);
        match run {
            Ok(true) => self.run::<S>(),
            Ok(false) => {}
            Err(reason) => self.actions.stuck(reason),
        }
    }

    fn run<S: Queued>(&self) {
        loop {
            let mut engine = lock(S::engine(self));
            let state = engine.state;
            let Some(event) = engine.take() else {
                engine.running = false;
                let last = if engine.queue.is_empty() { S::drained(self) } else { None };
                drop(engine);
                if let Some(last) = last {
                    last(self);
                }
                return;
            };
            drop(engine);
            let on = state.row().on.iter().find(|(on, _)| *on == event);
            if let Some((_, to)) = on {
                self.enter(state, Cause::Event(format!("{event:?}")), *to, |state| {
                    lock(S::engine(self)).state = state;
                });
            } else {
                if !state.row().dropped.contains(&event) {
                    self.actions.dropped(S::MACHINE, state.row().name, format!("{event:?}"));
                }
                S::dropped(self, event);
            }
        }
    }

    /// Enters `to`, and the states that entry functions lead to from there.
    pub(super) fn enter<S: State>(&self, mut from: S, mut cause: Cause, mut to: S, mut set: impl FnMut(S)) {
        loop {
            let row = to.row();
            self.moved(&Transition { machine: S::MACHINE, from: from.row().name, cause, to: row.name });
            if let Some(absent) = row.absent {
                self.actions.stuck(format!("{} is not for this host ({absent:?})", row.full_name));
            }
            set(to);
            let Some(next) = row.enter.and_then(|enter| enter(self)) else { return };
            if !row.returns.contains(&next) {
                self.actions.stuck(format!("{} does not lead to {next:?}", row.full_name));
            }
            (from, cause, to) = (to, Cause::Return, next);
        }
    }
}
