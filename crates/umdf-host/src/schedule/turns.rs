//! Whose turn it is: the deterministic schedule as plain data. The same questions in the same order get the
//! same answers.

use std::collections::BTreeSet;
use std::time::Duration;

use fastrand::Rng;

use super::Plan;
use crate::silence::callback_limit;

#[cfg(test)]
mod tests;

/// Passages in a row after which a thread makes way for others although the seed does not say so: it may be
/// waiting for them.
const PATIENCE: u32 = 1000;
/// The rarest that a seed lets threads switch: once in 2 to the power of this, a passage.
const RAREST: u64 = 7;

/// Nobody can go on.
#[derive(Debug, PartialEq, Eq)]
pub enum Stuck {
    /// Driver code on this thread made no progress until its deadline.
    Hangs(u32),
    /// Nothing that is due would change anything.
    Deadlock,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It has the baton, could run, or looks later.
    Ready,
    /// It waits at a place, until a time, if that is given.
    Waits { place: usize, until: Option<Until> },
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Until {
    time: Duration,
    /// Something happens then. Else it is so late that only a hang of the driver makes the wait that long.
    event: bool,
}

struct Task {
    state: State,
    /// Its number in the history.
    thread: u32,
    /// Callbacks and initialisers of the driver that run on it.
    depth: u32,
    /// Time of its last event.
    heard: Duration,
}

/// A thread that waits while driver code runs on it, or the host for the driver.
#[derive(Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number in the history.
    pub thread: u32,
    /// Since when.
    pub since: Duration,
}

/// The threads and the time.
pub struct Turns {
    now: Duration,
    tasks: Vec<Task>,
    running: usize,
    /// Threads that could run, the one that does left out.
    runnable: Vec<usize>,
    /// Threads that found a lock taken: they look again once another thread has moved.
    looking: Vec<usize>,
    /// Threads that wait, longest first.
    waiting: Vec<usize>,
    events: BTreeSet<(Duration, usize)>,
    backstops: BTreeSet<(Duration, usize)>,
    random: Rng,
    /// A switch comes once in so many passages.
    odds: u64,
    preemptions: Option<u32>,
    in_a_row: u32,
    switches: u64,
    deadline: Duration,
}

impl Turns {
    /// No threads yet; the first that is added runs.
    pub fn new(plan: Plan, deadline: Duration) -> Self {
        let mut random = Rng::with_seed(plan.seed);
        let odds = 1 << random.u64(0..=RAREST);
        Self {
            now: Duration::ZERO,
            tasks: Vec::new(),
            running: 0,
            runnable: Vec::new(),
            looking: Vec::new(),
            waiting: Vec::new(),
            events: BTreeSet::new(),
            backstops: BTreeSet::new(),
            random,
            odds,
            preemptions: plan.preemptions,
            in_a_row: 0,
            switches: 0,
            deadline,
        }
    }

    /// A new thread, which could run. The answer is its number here.
    pub fn add(&mut self) -> usize {
        let task = self.tasks.len();
        self.tasks.push(Task { state: State::Ready, thread: 0, depth: 0, heard: self.now });
        if task != self.running {
            self.runnable.push(task);
        }
        task
    }

    /// The number of a thread in the history.
    pub fn set_thread(&mut self, task: usize, thread: u32) {
        self.tasks[task].thread = thread;
    }

    /// The virtual time.
    pub fn now(&self) -> Duration {
        self.now
    }

    /// How often another thread got its turn.
    #[cfg(target_os = "linux")]
    pub fn switches(&self) -> u64 {
        self.switches
    }

    /// A thread made an event, behind which so many more callbacks of the driver are open on it.
    pub fn heard(&mut self, task: usize, deeper: i32) {
        let task = &mut self.tasks[task];
        task.heard = self.now;
        task.depth = task.depth.saturating_add_signed(deeper);
    }

    /// The running thread could go on, and others may get their turn. Says who has it, if it is another.
    pub fn pass(&mut self, cost: Duration) -> Option<usize> {
        self.now = self.now.saturating_add(cost);
        self.wake_due();
        if self.runnable.is_empty() && self.looking.is_empty() {
            return None;
        }
        self.in_a_row += 1;
        let makes_way = self.in_a_row >= PATIENCE;
        if !makes_way {
            if self.preemptions == Some(0) || self.random.u64(0..self.odds) != 0 {
                return None;
            }
            self.preemptions = self.preemptions.map(|left| left - 1);
        }
        self.runnable.append(&mut self.looking);
        let next = self.pick();
        self.runnable.push(self.running);
        Some(self.turn(next))
    }

    /// The running thread waits at a place, at most for `limit`.
    pub fn wait(&mut self, place: usize, limit: Option<Duration>) -> Result<usize, Stuck> {
        let until =
            limit.map(|limit| Until { time: self.now.saturating_add(limit), event: limit < self.deadline });
        let task = self.running;
        self.tasks[task].state = State::Waits { place, until };
        self.waiting.push(task);
        if let Some(until) = until {
            self.times(until).insert((until.time, task));
        }
        self.runnable.append(&mut self.looking);
        self.next()
    }

    /// The running thread found a lock taken: others shall move before it looks again.
    pub fn look_later(&mut self) -> Result<usize, Stuck> {
        self.looking.push(self.running);
        self.next()
    }

    /// The running thread ends.
    pub fn leave(&mut self) -> Result<usize, Stuck> {
        self.runnable.append(&mut self.looking);
        self.next()
    }

    /// Somebody who waits at a place, and has for longest, could go on.
    pub fn wake_one(&mut self, place: usize) {
        if let Some(task) = self.waiting.iter().copied().find(|task| self.waits_at(*task, place)) {
            self.wake(task);
        }
    }

    /// Everybody who waits at a place could go on.
    pub fn wake_all(&mut self, place: usize) {
        let all: Vec<_> = self.waiting.iter().copied().filter(|task| self.waits_at(*task, place)).collect();
        for task in all {
            self.wake(task);
        }
    }

    /// The threads that cannot go on, those left out that have nothing to do.
    pub fn waiting(&self) -> Vec<Waiting> {
        let has_reason = |task: &&usize| {
            self.tasks[**task].depth > 0
                || matches!(self.tasks[**task].state, State::Waits { until: Some(_), .. } | State::Ready)
        };
        let all = self.waiting.iter().chain(&self.looking).filter(has_reason);
        all.map(|task| &self.tasks[*task])
            .map(|task| Waiting { thread: task.thread, since: task.heard })
            .collect()
    }

    fn waits_at(&self, task: usize, wanted: usize) -> bool {
        matches!(self.tasks[task].state, State::Waits { place, .. } if place == wanted)
    }

    fn times(&mut self, until: Until) -> &mut BTreeSet<(Duration, usize)> {
        if until.event { &mut self.events } else { &mut self.backstops }
    }

    fn wake(&mut self, task: usize) {
        if let State::Waits { until: Some(until), .. } = self.tasks[task].state {
            self.times(until).remove(&(until.time, task));
        }
        self.tasks[task].state = State::Ready;
        self.waiting.retain(|other| *other != task);
        self.runnable.push(task);
    }

    /// Wakes those whose time has come.
    fn wake_due(&mut self) {
        while let Some((time, task)) = self.first_due()
            && time <= self.now
        {
            self.wake(task);
        }
    }

    fn first_due(&self) -> Option<(Duration, usize)> {
        self.events.first().into_iter().chain(self.backstops.first()).min().copied()
    }

    /// Chooses who has the next turn.
    fn next(&mut self) -> Result<usize, Stuck> {
        loop {
            self.wake_due();
            if !self.runnable.is_empty() {
                let next = self.pick();
                return Ok(self.turn(next));
            }
            self.jump()?;
            self.runnable.append(&mut self.looking);
        }
    }

    /// Nobody could run: the next thing happens now.
    fn jump(&mut self) -> Result<(), Stuck> {
        let stuck = self.waiting.iter().chain(&self.looking).map(|task| &self.tasks[*task]);
        let in_driver = stuck.filter(|task| task.depth > 0).min_by_key(|task| task.heard);
        // Where the host alone waits for the driver, it has more to say at the end of its wait.
        let due = self.events.first().or_else(|| self.backstops.first().filter(|_| in_driver.is_none()));
        let Some((due, _)) = due else { return Err(Stuck::Deadlock) };
        if let Some(task) = in_driver {
            let end = task.heard.saturating_add(callback_limit(self.deadline));
            if end < *due {
                self.now = end;
                return Err(Stuck::Hangs(task.thread));
            }
        }
        self.now = self.now.max(*due);
        Ok(())
    }

    /// Takes one of those who could run.
    fn pick(&mut self) -> usize {
        let count = self.runnable.len();
        let index = match count {
            1 => 0,
            _ => self.random.usize(0..count),
        };
        self.runnable.swap_remove(index)
    }

    fn turn(&mut self, next: usize) -> usize {
        self.in_a_row = 0;
        if next != self.running {
            self.switches += 1;
            self.running = next;
        }
        next
    }
}
