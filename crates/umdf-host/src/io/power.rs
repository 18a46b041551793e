//! Requests that keep their device in D0 (`fxioqueue.cpp`).

use crate::framework::Handle;
use crate::framework::device::Device;
use crate::framework::io::Queue;
use crate::host::{Host, State};
use crate::pnp::Stack;
use crate::rules::Rule;

/// The machines that a queue's requests matter to: those of the power policy's owner.
fn stack(state: &State, queue: Handle) -> Option<Stack> {
    let queue = state.objects.get::<Queue>(queue).filter(|queue| queue.power_managed)?;
    let stack = state.objects.get::<Device>(queue.device)?.stack.clone()?;
    stack.machines.is_policy_owner().then_some(stack)
}

/// A power-managed queue that has requests, or whose driver has some of it, keeps the device in D0 or
/// brings it there; one without them lets it idle. Called whenever that may have changed.
pub fn follow(host: &Host, queue: Handle) {
    let Some(stack) = stack(&host.state(), queue) else { return };
    let in_use = || {
        let state = host.state();
        state
            .objects
            .get::<Queue>(queue)
            .is_some_and(|queue| !queue.waiting.is_empty() || !queue.owned.is_empty() || queue.calling > 0)
    };
    if !stack.keep_awake(queue, in_use) {
        let message = format!("the requests of {} kept it in D0", host.state().objects.name(queue));
        host.violation(Rule::ResumeIdleUnbalanced, message);
    }
}
