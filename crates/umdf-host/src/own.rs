//! What a thread of the host has for itself. A [fiber](crate::schedule::fibers) takes it along when another has
//! its turn, so whatever the host keeps for each thread has to stand here.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::framework::Handle;
use crate::gate::Side;
use crate::history::Actor;

/// The number of a thread, in no particular order.
pub type ThreadId = u32;

/// What a thread has for itself.
#[derive(Clone, Copy)]
pub struct Own {
    /// Who it is.
    pub actor: Actor,
    /// Whose code it runs.
    pub side: Side,
    /// Its number, once it was asked for.
    thread: Option<ThreadId>,
    /// Its number in the schedule.
    pub task: Option<usize>,
    /// It acts as the application.
    pub impersonates: bool,
    /// The object of which it wanted a context last, if it got a NULL.
    pub absent: Option<Handle>,
    /// It handles a fault: another one is the host's own.
    pub in_fault: bool,
}

impl Own {
    /// What a thread begins with. The driver may start threads of its own, which pass no callback.
    const fn new() -> Self {
        Self {
            actor: Actor::Host,
            side: Side::Driver,
            thread: None,
            task: None,
            impersonates: false,
            absent: None,
            in_fault: false,
        }
    }
}

thread_local! {
    // Read where nothing may be allocated: in the handler of a fault.
    static OWN: Cell<Own> = const { Cell::new(Own::new()) };
    /// The locks that the driver holds on this thread.
    static HELD: RefCell<Vec<Handle>> = const { RefCell::new(Vec::new()) };
}

/// Threads that were numbered.
static THREADS: AtomicU32 = AtomicU32::new(0);

/// What the current thread has.
pub fn get() -> Own {
    OWN.get()
}

/// Changes what the current thread has. The answer is what it had before.
pub fn change(change: impl FnOnce(&mut Own)) -> Own {
    let before = OWN.get();
    let mut own = before;
    change(&mut own);
    OWN.set(own);
    before
}

/// The number of the current thread. It never stands in a report.
pub fn thread() -> ThreadId {
    OWN.get().thread.unwrap_or_else(|| {
        let thread = THREADS.fetch_add(1, Ordering::Relaxed);
        change(|own| own.thread = Some(thread));
        thread
    })
}

/// Does something with the list of the locks that the driver holds on this thread.
pub fn with_held<R>(body: impl FnOnce(&mut Vec<Handle>) -> R) -> R {
    HELD.with_borrow_mut(body)
}

/// What one of several that share a thread takes along.
#[cfg(target_os = "linux")]
pub struct Luggage(Own, Vec<Handle>);

/// Leaves the thread to another, as if it had just begun.
#[cfg(target_os = "linux")]
pub fn leave() -> Luggage {
    Luggage(OWN.replace(Own::new()), HELD.take())
}

/// Comes back to the thread.
#[cfg(target_os = "linux")]
pub fn come_back(Luggage(own, held): Luggage) {
    OWN.set(own);
    HELD.set(held);
}

/// From here on threads are numbered from 0 again, and this one has nothing. Those that have a number never run again.
#[cfg(target_os = "linux")]
pub fn begin_anew() {
    THREADS.store(0, Ordering::Relaxed);
    drop(leave());
}
