//! The threads on which driver code runs, beside that of the scenario.
//!
//! WUDFHost dispatches from a thread pool that grows when its threads block in the driver; so does
//! this one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::gate;
use crate::history::Actor;
use crate::schedule::{self, Signal};

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
    arrived: Signal,
    /// Every thread is idle.
    settled: Signal,
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
            schedule::spawn(move || shared.work());
        }
        drop(jobs);
        self.shared.arrived.notify_one();
    }

    /// Waits until no job runs or is due. `false`: that takes longer than `limit`.
    pub fn settle(&self, limit: Duration) -> bool {
        let end = schedule::now().saturating_add(limit);
        let mut jobs = self.shared.lock();
        loop {
            let left = end.saturating_sub(schedule::now());
            if jobs.is_settled() || left.is_zero() {
                return jobs.is_settled();
            }
            jobs = self.shared.settled.wait_timeout(&self.shared.jobs, jobs, left);
        }
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
                jobs = self.arrived.wait(&self.jobs, jobs);
                jobs.idle -= 1;
            }
        }
    }
}
