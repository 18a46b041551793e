//! The one gate between framework and driver.
//!
//! Every framework call of the driver passes [`call`], every load and store at mapped registers passes
//! [`access`], every callback into the driver passes [`callback`]. Nothing reaches or leaves the driver
//! another way, so whatever is added here (recording, rules, faults, scheduling) covers everything.
//! Debug output alone is no more than recorded: see [`output`].

use crate::framework::request::caller::impersonation_forbids;
use crate::framework::{Answer, Stop, held};
use crate::history::{Actor, Event};
use crate::host::{Host, host};
use crate::own;
use crate::rules::Rule;
use crate::schedule;
use crate::status;

/// Whose code a thread runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The driver's.
    Driver,
    /// The host's: it may hold locks.
    Host,
}

/// Who the current thread, which is the host's, is from here on.
pub fn act_as(actor: Actor) {
    own::change(|own| (own.actor, own.side) = (actor, Side::Host));
}

/// Whose code the current thread runs.
#[cfg_attr(not(maps_registers), expect(dead_code, reason = "no fault is looked at"))]
pub fn side() -> Side {
    own::get().side
}

/// Runs `code`, which is on one of the sides.
fn on<R>(side: Side, code: impl FnOnce() -> R) -> R {
    let before = own::change(|own| own.side = side).side;
    let result = code();
    own::change(|own| own.side = before);
    result
}

/// Runs `job`, in which the current thread is somebody else. A caller who would do nothing but wait for it
/// needs no other thread.
pub fn run_as<R>(actor: Actor, job: impl FnOnce() -> R) -> R {
    let before = own::change(|own| own.actor = actor).actor;
    let result = job();
    own::change(|own| own.actor = before);
    result
}

/// Who the current thread is.
pub fn actor() -> Actor {
    own::get().actor
}

/// The driver's library is loaded by `load`, which runs its initialisers.
pub fn load<R>(library: &str, load: impl FnOnce() -> R) -> R {
    let host = host();
    host.record(Event::Loading { library: library.into() });
    let loaded = load();
    host.record(Event::Loaded { library: library.into() });
    loaded
}

/// A framework call of the driver: records it, runs `body`, records the result.
///
/// `body` ends early with [`Stop`]: a status for the driver, or the empty answer of a call that
/// broke a rule which is switched off.
pub fn call<R: Answer>(
    function: &'static str,
    arguments: impl FnOnce(&Host) -> String,
    body: impl FnOnce(&Host) -> Result<R, Stop>,
) -> R {
    on(Side::Host, || called(function, arguments, body))
}

fn called<R: Answer>(
    function: &'static str,
    arguments: impl FnOnce(&Host) -> String,
    body: impl FnOnce(&Host) -> Result<R, Stop>,
) -> R {
    let host = host();
    if schedule::is_foreign() {
        host.end(format!(
            "{function} is called on a thread that the driver started: a seed cannot schedule it; run without one"
        ));
    }
    schedule::call();
    host.record(Event::Call { function: function.into(), arguments: arguments(host) });
    if impersonation_forbids(function) {
        host.violation(
            Rule::ImpersonatedDdi,
            format!("{function} is called while the thread acts as the application"),
        );
        host.record(Event::Return { function: function.into(), result: "ignored".into() });
        return R::no_effect();
    }
    let done = match host.failing.next(function) {
        Some(status) => Err(Stop::Status(status)),
        None => body(host),
    };
    let (answer, result) = match done {
        Ok(answer) => {
            let result = answer.describe(host);
            (answer, result)
        }
        // Said even where the driver cannot hear it, as of a function that returns nothing.
        Err(Stop::Status(status)) => (R::from_status(status), status::describe(status)),
        Err(Stop::NoEffect) => (R::no_effect(), "ignored".into()),
    };
    host.record(Event::Return { function: function.into(), result });
    schedule::passage();
    answer
}

/// A load or store of the driver at mapped registers, which `body` carries out.
#[cfg_attr(not(maps_registers), expect(dead_code, reason = "no fault is looked at"))]
pub fn access<R>(body: impl FnOnce(&Host) -> R) -> R {
    on(Side::Host, || {
        schedule::call();
        let answer = body(host());
        schedule::passage();
        answer
    })
}

/// A line for the debugger. It takes no part in scheduling or faults, because a tracing subscriber may hold
/// its own locks while it prints.
pub fn output<R>(body: impl FnOnce(&Host) -> R) -> R {
    on(Side::Host, || body(host()))
}

/// A callback into the driver: records it, runs it, records what it returned.
pub fn callback<R: Answer>(
    callback: &'static str,
    object: &str,
    arguments: String,
    invoke: impl FnOnce() -> R,
) -> R {
    let host = host();
    schedule::passage();
    host.record(Event::Enter { callback: callback.into(), object: object.into(), arguments });
    let held = held::now();
    let answer = on(Side::Driver, invoke);
    let left: Vec<_> = held::now().into_iter().filter(|lock| !held.contains(lock)).collect();
    if !left.is_empty() {
        let names: Vec<_> = left.into_iter().map(|lock| host.state().objects.name(lock)).collect();
        let message = format!("{callback} of {object} returns and holds {}", names.join(", "));
        host.violation(Rule::LockHeldOnReturn, message);
    }
    let result = answer.describe(host);
    host.record(Event::Leave { callback: callback.into(), object: object.into(), result });
    schedule::passage();
    answer
}
