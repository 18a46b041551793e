//! Who of the host's threads runs, and what time it is.
//!
//! Threaded mode: the operating system decides, and time is real. Deterministic mode: one thread has the
//! baton and runs, all others are parked. Whoever waits gives the baton away; at each [`passage`] of the gate
//! and each step of the scenario the seed says whether it goes to another thread. Time is virtual: a framework
//! call costs 1 us, and when everybody waits it jumps to what is due next. So a seed has one run.
//!
//! For this every thread of the host comes from [`spawn`], waits on a [`Signal`] or a [`Receiver`], and asks
//! [`now`] for the time. Locks that are held while others run are taken with [`lock`]; those that are held for
//! a moment only may be plain ones. Threads that the driver starts cannot be scheduled: see [`is_foreign`].

#[cfg(target_os = "linux")]
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::history::Event;
use crate::own;
use crate::platform;

#[cfg(target_os = "linux")]
pub mod fibers;
mod reply;
mod signal;
mod stuck;
mod turns;

pub use reply::{Receiver, Sender, reply};
pub use signal::Signal;

use turns::{Stuck, Turns};

/// What decides over a deterministic run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Chooses among the threads that could run.
    pub seed: u64,
    /// How often, at most, a thread that could go on is made to wait; `None`: any number of times.
    pub preemptions: Option<u32>,
}

/// What a framework call costs.
const CALL: Duration = Duration::from_micros(1);

/// The right to run, as its thread waits for it.
struct Baton {
    given: AtomicBool,
    /// Set before anybody could give it the baton.
    thread: OnceLock<Thread>,
}

impl Baton {
    fn new() -> Arc<Self> {
        Arc::new(Self { given: AtomicBool::new(false), thread: OnceLock::new() })
    }

    fn give(&self) {
        self.given.store(true, Ordering::Release);
        if let Some(thread) = self.thread.get() {
            thread.unpark();
        }
    }

    fn wait(&self) {
        while !self.given.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct Schedule {
    inner: Mutex<Inner>,
}

struct Inner {
    turns: Turns,
    /// Rules that were broken and expectations that were missed.
    failures: u64,
    runners: Runners,
}

/// What the threads of the schedule are.
enum Runners {
    /// Threads of the system, each of which waits for its baton.
    Threads(Vec<Arc<Baton>>),
    /// Fibers of one thread.
    #[cfg(target_os = "linux")]
    Fibers,
}

impl Runners {
    /// The current thread is the first.
    fn begin() -> Self {
        #[cfg(target_os = "linux")]
        if fibers::is_on() {
            return Self::Fibers;
        }
        // A hand-over from one core to another takes ten times as long.
        platform::stay_on_one_core();
        let baton = Baton::new();
        // It is set nowhere else.
        let _ = baton.thread.set(thread::current());
        Self::Threads(vec![baton])
    }

    /// One more, which begins when it gets its turn.
    fn add(&mut self, work: impl FnOnce() + Send + 'static) {
        match self {
            Self::Threads(batons) => {
                let baton = Baton::new();
                batons.push(Arc::clone(&baton));
                let own = Arc::clone(&baton);
                let handle = thread::spawn(move || {
                    own.wait();
                    work();
                });
                // It is set nowhere else.
                let _ = baton.thread.set(handle.thread().clone());
            }
            #[cfg(target_os = "linux")]
            Self::Fibers => fibers::add(work),
        }
    }
}

static SCHEDULE: OnceLock<Schedule> = OnceLock::new();

/// The schedule of this process, if it is deterministic and the current thread takes part.
fn mine() -> Option<(&'static Schedule, usize)> {
    SCHEDULE.get().zip(own::get().task)
}

/// From here on this process is deterministic; the current thread, its first, has the baton.
pub fn begin(plan: Plan, deadline: Duration) {
    let mut turns = Turns::new(plan, deadline);
    let task = turns.add();
    turns.set_thread(task, own::thread());
    let inner = Inner { turns, failures: 0, runners: Runners::begin() };
    match SCHEDULE.get() {
        Some(schedule) => *schedule.lock() = inner,
        None => drop(SCHEDULE.set(Schedule { inner: Mutex::new(inner) })),
    }
    own::change(|own| own.task = Some(task));
}

/// What came of a schedule.
#[cfg(target_os = "linux")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often another thread got its turn.
    pub switches: u64,
    /// Rules that were broken and expectations that were missed.
    pub failures: u64,
}

/// The schedule is over: nobody has a turn any more, and no time has passed. The answer is what came of it; `None` in
/// threaded mode.
#[cfg(target_os = "linux")]
pub fn end() -> Option<Tally> {
    SCHEDULE.get().map(|schedule| {
        let mut inner = schedule.lock();
        let turns = mem::replace(&mut inner.turns, Turns::new(Plan::default(), Duration::ZERO));
        Tally { switches: turns.switches(), failures: mem::take(&mut inner.failures) }
    })
}

/// Time for models, timers and waits: since the process began, or virtual.
pub fn now() -> Duration {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    match SCHEDULE.get() {
        Some(schedule) => schedule.lock().turns.now(),
        None => BEGIN.get_or_init(Instant::now).elapsed(),
    }
}

/// Starts a thread of the host.
pub fn spawn(work: impl FnOnce() + Send + 'static) {
    let Some(schedule) = SCHEDULE.get() else {
        thread::spawn(work);
        return;
    };
    let mut inner = schedule.lock();
    let task = inner.turns.add();
    let work = move || {
        own::change(|own| own.task = Some(task));
        schedule.lock().turns.set_thread(task, own::thread());
        work();
        schedule.pass_from(task, Turns::leave);
    };
    inner.runners.add(work);
}

/// The current thread passes the gate with a framework call: another may get its turn.
pub fn call() {
    pass(CALL);
}

/// The current thread passes the gate otherwise, or begins a step: another may get its turn.
pub fn passage() {
    pass(Duration::ZERO);
}

fn pass(cost: Duration) {
    let Some((schedule, task)) = mine() else { return };
    let mut inner = schedule.lock();
    if let Some(next) = inner.turns.pass(cost) {
        hand_over(inner, task, next);
    }
}

/// Lets time pass.
pub fn sleep(time: Duration) {
    match mine() {
        // Nobody is woken at this place.
        Some((schedule, task)) => schedule.pass_from(task, |turns| turns.wait(0, Some(time))),
        None => thread::sleep(time),
    }
}

/// Whether the current thread is one that a deterministic process does not know: the driver started it.
pub fn is_foreign() -> bool {
    SCHEDULE.get().is_some() && own::get().task.is_none()
}

/// The current thread recorded an event.
pub fn heard(event: &Event) {
    let Some((schedule, task)) = mine() else { return };
    let deeper = match event {
        Event::Enter { .. } | Event::Loading { .. } => 1,
        Event::Leave { .. } | Event::Loaded { .. } => -1,
        _ => 0,
    };
    let mut inner = schedule.lock();
    inner.turns.heard(task, deeper);
    inner.failures += u64::from(matches!(event, Event::Violation { .. } | Event::Missed { .. }));
}

/// Takes a lock that may be held while other threads run.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    let Some((schedule, task)) = mine() else { return mutex.lock().unwrap_or_else(PoisonError::into_inner) };
    loop {
        match mutex.try_lock() {
            Ok(guard) => return guard,
            Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => schedule.pass_from(task, Turns::look_later),
        }
    }
}

impl Schedule {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The thread cannot go on: hands the baton to the next, and returns when it has come back.
    fn pass_from(&self, task: usize, why: impl FnOnce(&mut Turns) -> Result<usize, Stuck>) {
        let mut inner = self.lock();
        match why(&mut inner.turns) {
            Ok(next) => hand_over(inner, task, next),
            Err(stuck) => {
                let waiting = inner.turns.waiting();
                drop(inner);
                stuck::tell(&stuck, &waiting)
            }
        }
    }
}

/// Gives the baton away, and returns when it has come back.
fn hand_over(inner: MutexGuard<'_, Inner>, task: usize, next: usize) {
    if next == task {
        return;
    }
    match &inner.runners {
        Runners::Threads(batons) => {
            let (own, other) = (Arc::clone(&batons[task]), Arc::clone(&batons[next]));
            drop(inner);
            other.give();
            own.wait();
        }
        #[cfg(target_os = "linux")]
        Runners::Fibers => {
            drop(inner);
            fibers::switch(next);
        }
    }
}
