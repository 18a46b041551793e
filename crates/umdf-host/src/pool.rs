//! The threads on which driver code runs, beside that of the scenario.
//!
//! WUDFHost dispatches from a thread pool that grows when its threads block in the driver; so does
//! this one.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::gate;
use crate::history::Actor;

/// Threads that wait in driver code at the same time, at most. Work beyond that queues up.
const MOST_THREADS: usize = 64;

type Job = (Actor, Box<dyn FnOnce() + Send>);

#[derive(Default)]
struct Jobs {
    waiting: VecDeque<Job>,
    idle: usize,
    threads: usize,
}

#[derive(Default)]
struct Shared {
    jobs: Mutex<Jobs>,
    arrived: Condvar,
    /// Every thread is idle.
    settled: Condvar,
}

/// A pool of host threads. Threads live until the process ends.
#[derive(Clone, Default)]
pub struct Pool {
    shared: Arc<Shared>,
}

impl Pool {
    /// Runs `job` on some thread.
    pub fn spawn(&self, actor: Actor, job: impl FnOnce() + Send + 'static) {
        let mut jobs = self.shared.lock();
        jobs.waiting.push_back((actor, Box::new(job)));
        if jobs.idle < jobs.waiting.len() && jobs.threads < MOST_THREADS {
            jobs.threads += 1;
            let shared = Arc::clone(&self.shared);
            thread::spawn(move || shared.work());
        }
        drop(jobs);
        self.shared.arrived.notify_one();
    }

    /// Waits until no job runs or is due. `false`: that takes longer than `limit`.
    pub fn settle(&self, limit: Duration) -> bool {
        let jobs = self.shared.lock();
        let busy = |jobs: &mut Jobs| !jobs.is_settled();
        let waited = self.shared.settled.wait_timeout_while(jobs, limit, busy);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_settled()
    }
}

impl Jobs {
    fn is_settled(&self) -> bool {
        self.waiting.is_empty() && self.idle == self.threads
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        let mut jobs = self.lock();
        loop {
            if let Some((actor, job)) = jobs.waiting.pop_front() {
                drop(jobs);
                gate::act_as(actor);
                job();
                jobs = self.lock();
            } else {
                jobs.idle += 1;
                if jobs.is_settled() {
                    self.settled.notify_all();
                }
                jobs = self.arrived.wait(jobs).unwrap_or_else(PoisonError::into_inner);
                jobs.idle -= 1;
            }
        }
    }
}
