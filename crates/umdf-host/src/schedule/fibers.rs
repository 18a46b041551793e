//! Deterministic mode on one thread: each thread of the host is a fiber, which has a stack and nothing else of
//! the system. A hand-over is a jump of some nanoseconds instead of a wait for the scheduler of the system.
//!
//! What host and driver keep for each thread goes with the fiber. What other libraries keep for it, the system's too,
//! is the same for all: so only the explorer runs this way.

// UNSAFETY: a fiber is reached through what it has on its own stack.
#![expect(unsafe_code, reason = "a fiber is reached through a pointer to its stack")]

use std::cell::{Cell, RefCell};
use std::ptr::null;

use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult, Yielder};

use crate::framework::image::fresh;
use crate::own;
use crate::platform;

/// Bytes of a stack: as many as a thread of a worker has (`std::thread`, "Stack size"). What is not used takes no memory.
const STACK: usize = 2 << 20;

/// Gives the number of the fiber that comes next.
type Fiber = Coroutine<(), usize, (), DefaultStack>;

thread_local! {
    /// By their numbers in the schedule. The one that runs is not among them.
    static FIBERS: RefCell<Vec<Option<Fiber>>> = const { RefCell::new(Vec::new()) };
    /// Stacks of fibers that are gone.
    static STACKS: RefCell<Vec<DefaultStack>> = const { RefCell::new(Vec::new()) };
    /// Where the running fiber jumps off; NULL outside of fibers.
    static YIELDER: Cell<*const Yielder<(), usize>> = const { Cell::new(null()) };
}

/// Whether a fiber runs.
pub fn is_on() -> bool {
    !YIELDER.get().is_null()
}

/// Runs `first`, and what it starts, until it returns. Whatever is then in the middle of something stays there for
/// ever: nothing on its stack is dropped.
pub fn run(first: impl FnOnce() + 'static) {
    own::begin_anew();
    // An alternate one would be that of all fibers.
    platform::handle_signals_where_they_come();
    add(first);
    let mut next = 0;
    while let Some(mut fiber) = FIBERS.with_borrow_mut(|fibers| fibers.get_mut(next)?.take()) {
        let result = fiber.resume(());
        FIBERS.with_borrow_mut(|fibers| fibers[next] = Some(fiber));
        match result {
            CoroutineResult::Yield(other) => next = other,
            CoroutineResult::Return(()) => break,
        }
    }
    YIELDER.set(null());
    for mut fiber in FIBERS.take().into_iter().flatten() {
        // SAFETY: no fiber runs any more that could use what another has on its stack.
        unsafe { fiber.force_reset() };
        STACKS.with_borrow_mut(|stacks| stacks.push(fiber.into_stack()));
    }
    // What the last one had is nobody's.
    own::begin_anew();
}

/// Adds a fiber, whose number is the next.
pub fn add(work: impl FnOnce() + 'static) {
    let stack = STACKS.with_borrow_mut(Vec::pop);
    let stack = stack.unwrap_or_else(|| DefaultStack::new(STACK).expect("there is room for a stack"));
    let fiber = Fiber::with_stack(stack, move |yielder, ()| {
        YIELDER.set(yielder);
        work();
    });
    FIBERS.with_borrow_mut(|fibers| fibers.push(Some(fiber)));
}

/// Lets another fiber run, and returns when this one has its turn again.
pub fn switch(next: usize) {
    let (yielder, luggage, locals) = (YIELDER.get(), own::leave(), fresh::take_locals());
    assert!(!yielder.is_null(), "only a fiber hands over to another");
    // SAFETY: the one of this fiber, which lies at the bottom of its stack.
    unsafe { &*yielder }.suspend(next);
    YIELDER.set(yielder);
    own::come_back(luggage);
    fresh::put_locals(locals);
}
