//! The worker's one host: everything that framework, PnP and I/O manager share.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use wdk_portable::NTSTATUS;

use crate::allocations::Allocations;
use crate::bus::PciBus;
use crate::delivery::{self, Alarm, Connections};
use crate::devnode::DevNode;
use crate::failing::FailingCalls;
use crate::framework::request::buffer::Quarantine;
use crate::framework::serialize::Locks;
use crate::framework::{Handle, Objects, Stop};
use crate::gate;
use crate::history::{Actor, Encoded, Event, HistoryError, HistoryFile, Record};
use crate::hive::Hive;
use crate::inf::Installation;
use crate::interrupts::Lists;
use crate::io::below::LowerStack;
use crate::io::forget::Forgotten;
use crate::io::send::Sendings;
use crate::ioctl::Names;
use crate::own;
use crate::platform;
use crate::pnp::Manager;
use crate::pool::Pool;
use crate::rules::{Outcome, Rule};
use crate::scenario::Scenario;
use crate::schedule::{self, Signal};
use crate::timer::Timers;

/// Exit codes by which a worker tells its supervisor why it ended itself.
pub mod exit {
    /// The scenario ran to its end.
    pub const FINISHED: i32 = 0;
    /// A rule was broken; the last event says which.
    pub const VIOLATION: i32 = 70;
    /// The host cannot go on; the last event says why.
    pub const ENDED: i32 = 71;
    /// The history takes no more events, so none says it.
    pub const HISTORY_FULL: i32 = 72;
    /// Nobody can go on in a deterministic worker; the last event says who waits for what.
    pub const HUNG: i32 = 73;
}

/// Longest wait that only a hang of the driver makes so long, for a deadline: see [`Host::hang_limit`].
pub fn hang_limit(deadline: Duration) -> Duration {
    deadline.saturating_mul(4)
}

static HOST: RwLock<Option<&'static Host>> = RwLock::new(None);

/// The host of this process. Framework functions have no other way to find it.
pub fn host() -> &'static Host {
    let host = HOST.read().unwrap_or_else(PoisonError::into_inner);
    host.expect("the worker installs the host before it loads a driver")
}

/// Everything the worker shares between its threads.
pub struct Host {
    /// What is installed for the device in each slot, from the INF. One driver serves them all.
    installations: BTreeMap<u16, Installation>,
    /// Longest wait for the driver.
    pub deadline: Duration,
    /// Names of I/O control codes.
    pub ioctls: Names,
    /// Threads that run driver code.
    pub pool: Pool,
    /// Threads on which sent requests come back: all of the others may be waiting for that.
    pub returns: Pool,
    /// Timers that are running.
    pub timers: Timers,
    /// When to look at the devices' interrupts again.
    pub alarm: Alarm,
    /// The PnP and the power manager.
    pub pnp: Manager,
    /// Where requests go that the driver sends.
    pub below: LowerStack,
    /// Objects and contexts that the driver may still ask for.
    pub allocations: Allocations,
    /// Calls that fail because the scenario says so.
    pub failing: FailingCalls,
    history: &'static HistoryFile,
    /// Events until the process stops for a debugger; 0: it does not.
    left: AtomicU64,
    /// How often the driver got on with what PnP or an application waits for.
    moves: AtomicU64,
    disabled: BTreeSet<Rule>,
    bus: Mutex<PciBus>,
    state: Mutex<State>,
    changed: Signal,
    /// Threads that wait for a change. Counted under the state's lock.
    waiting: AtomicUsize,
}

/// What the framework knows. Never locked while driver code runs.
#[derive(Default)]
pub struct State {
    /// Every framework object.
    pub objects: Objects,
    /// Minor version of the UMDF 2 that the driver was built for.
    pub client_minor: u32,
    /// The driver object, once `WdfDriverCreate` made it.
    pub driver: Option<Handle>,
    /// The devices, by slot.
    pub nodes: BTreeMap<u16, DevNode>,
    /// Registry keys and values.
    pub hive: Hive,
    /// The connected interrupts.
    pub interrupts: Connections,
    /// Devices whose EvtDevicePrepareHardware runs: interrupts may be made from these lists.
    pub preparing: BTreeMap<Handle, Lists>,
    /// Hand-overs of requests to the driver so far; each has its number.
    pub hand_overs: u64,
    /// Requests that the driver sent and that have not come back.
    pub sendings: Sendings,
    /// Requests that the driver sent and forgot, oldest first.
    pub forgotten: Vec<Forgotten>,
    /// Callback locks of devices and queues.
    pub locks: Locks,
    /// Buffers of requests that are done.
    pub quarantine: Quarantine,
}

impl Host {
    /// Makes the host of this process; `None` if it has one.
    pub fn install(
        installations: BTreeMap<u16, Installation>,
        scenario: &Scenario,
        disabled: BTreeSet<Rule>,
        deadline: Duration,
        history: &'static HistoryFile,
        bus: PciBus,
    ) -> Option<&'static Self> {
        let nodes = scenario.slots().enumerate().map(|(number, slot)| (slot, DevNode::new(number))).collect();
        let state = State { hive: Hive::new(&installations), nodes, ..State::default() };
        let service = installations.values().next().map_or("", |installation| &installation.service);
        let allocations = Allocations::of_service(&state.hive, service);
        let host = Self {
            installations,
            deadline,
            ioctls: scenario.ioctls.clone(),
            pool: Pool::default(),
            returns: Pool::default(),
            timers: Timers::default(),
            alarm: Alarm::default(),
            pnp: Manager::default(),
            below: LowerStack::new(scenario),
            allocations,
            failing: FailingCalls::default(),
            left: AtomicU64::new(0),
            history,
            moves: AtomicU64::new(0),
            disabled,
            bus: Mutex::new(bus),
            state: Mutex::new(state),
            changed: Signal::default(),
            waiting: AtomicUsize::new(0),
        };
        let host = {
            let mut place = HOST.write().unwrap_or_else(PoisonError::into_inner);
            if place.is_some() {
                return None;
            }
            *place.insert(Box::leak(Box::new(host)))
        };
        host.bus().set_wakers(|slot| Box::new(move || delivery::wake(host, slot)));
        Some(host)
    }

    /// Takes the host away from this process, in which nothing runs that uses it: it may get another. What it has stays
    /// where it is: to free it takes longer than to leave it.
    #[cfg(target_os = "linux")]
    pub fn retire() {
        *HOST.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What is installed for the device in a slot.
    pub fn installation(&self, slot: u16) -> &Installation {
        &self.installations[&slot]
    }

    /// Name of the driver's UMDF service.
    pub fn service(&self) -> &str {
        self.installations.values().next().map_or("", |installation| &installation.service)
    }

    /// Limit for waits that only a hang of the driver makes long. The supervisor's deadline comes
    /// first and names the callback that hangs; this one only keeps the wait finite.
    pub fn hang_limit(&self) -> Duration {
        hang_limit(self.deadline)
    }

    /// Adds an event to the history. Does not return once the history is closed.
    pub fn record(&self, event: Event) {
        let actor = gate::actor();
        // What a timer or an interrupt does goes on beside anything that hangs.
        if matches!((&event, actor), (Event::Leave { .. }, Actor::Pnp | Actor::Io)) {
            self.moves.fetch_add(1, Ordering::Relaxed);
        }
        schedule::heard(&event);
        Self::check(&self.history.append(own::thread(), &Record { actor, event }));
        let left = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        if left == Ok(1) {
            platform::stop_for_debugger();
        }
    }

    /// Says behind how many events from here the process stops for a debugger.
    pub fn stop_behind(&self, events: Option<u64>) {
        self.left.store(events.unwrap_or(0), Ordering::Relaxed);
    }

    /// Goes on only if an event was appended.
    fn check(appended: &Result<(), HistoryError>) {
        match appended {
            Ok(()) => {}
            // Another thread has told why it leaves, and takes this one along.
            Err(HistoryError::Closed) => loop {
                thread::park();
            },
            Err(_) => platform::exit_now(exit::HISTORY_FULL),
        }
    }

    /// Reads the history.
    pub fn with_history<R>(&self, read: impl FnOnce(&HistoryFile) -> R) -> R {
        read(self.history)
    }

    /// Begins the history anew. Nobody reads it meanwhile.
    pub fn begin_history_anew(&self) {
        self.history.rewind();
    }

    /// A number that grows as long as the driver gets on with what PnP or an application waits for.
    pub fn moves(&self) -> u64 {
        self.moves.load(Ordering::Relaxed)
    }

    /// The framework's state. Tell others with [`Host::notify`] when something they wait for changed.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bus and the device models on it.
    pub fn bus(&self) -> MutexGuard<'_, PciBus> {
        self.bus.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes everybody who waits for a change of the state, which was made before this under its lock.
    pub fn notify(&self) {
        // Who is not counted yet sees the change: it looks at the state under the same lock. To wake nobody
        // would still be a system call.
        if self.waiting.load(Ordering::SeqCst) > 0 {
            self.changed.notify_all();
        }
    }

    /// Waits until `ready` gives a value, at most for `limit`. `None` means that time is up.
    pub fn wait<T>(&self, limit: Duration, mut ready: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        self.wait_for_driver(limit, |state| ready(state).ok_or(()))
    }

    /// As [`Host::wait`]; the error says what the driver has still to do. Each time that this changes the
    /// driver gets on, and the limit counts from there.
    pub fn wait_for_driver<T, M: PartialEq>(
        &self,
        limit: Duration,
        mut ready: impl FnMut(&mut State) -> Result<T, M>,
    ) -> Option<T> {
        let mut end = schedule::now().saturating_add(limit);
        let mut before = None;
        let mut state = self.state();
        loop {
            match ready(&mut state) {
                Ok(value) => return Some(value),
                Err(now) if before.as_ref() == Some(&now) => {}
                Err(now) => {
                    if before.replace(now).is_some() {
                        end = schedule::now().saturating_add(limit);
                        self.moves.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
            let left = end.checked_sub(schedule::now()).filter(|left| !left.is_zero())?;
            self.waiting.fetch_add(1, Ordering::SeqCst);
            state = self.changed.wait_timeout(&self.state, state, left);
            self.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }

    /// Whether `rule` is not switched off.
    pub fn is_in_force(&self, rule: Rule) -> bool {
        !self.disabled.contains(&rule)
    }

    /// The driver broke `rule`. With the rule in force this ends the worker or reports, as the rule
    /// says; with the rule switched off nothing is recorded and the call has no effect.
    pub fn violation(&self, rule: Rule, message: impl Into<String>) -> Stop {
        if self.is_in_force(rule) {
            self.record(Event::Violation { rule: rule.name().into(), message: message.into() });
            if rule.text().outcome == Outcome::Terminate {
                platform::exit_now(exit::VIOLATION);
            }
        }
        Stop::NoEffect
    }

    /// As [`Host::violation`], for a mistake that the framework refuses with a status.
    pub fn refusal(&self, rule: Rule, status: NTSTATUS, message: impl Into<String>) -> Stop {
        let ignored = self.violation(rule, message);
        if self.is_in_force(rule) { Stop::Status(status) } else { ignored }
    }

    /// The host cannot go on.
    pub fn end(&self, reason: impl Into<String>) -> ! {
        self.record(Event::Ended { reason: reason.into() });
        platform::exit_now(exit::ENDED)
    }

    /// Ends the worker with an event that was encoded before. The thread may hold any lock but the
    /// history's, that of an allocator included.
    pub fn end_with(&self, last: &Encoded, code: i32) -> ! {
        Self::check(&self.history.append_encoded(own::thread(), gate::actor(), last));
        platform::exit_now(code)
    }
}
