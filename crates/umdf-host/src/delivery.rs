//! Interrupt delivery: from what devices ask of the processor to the driver's ISR.
//!
//! The reflector and the host process share this work on Windows
//! (`um/interruptobjectum.cpp`, `um/fxinterruptthreadpoolum.cpp`):
//! - An edge or a message sets the event of its interrupt. The ISR then runs on a thread of the
//!   pool; what arrives meanwhile collapses into one more run.
//! - A level-triggered line is held by the reflector: it asks one connected interrupt after the
//!   other and waits for each answer, until one claims the line, and begins again while the line is
//!   high.
//!
//! ISRs of different interrupts may run at the same time, that of one interrupt never does.
//! [`look`] compares the devices with what was seen before; it runs after every register access and
//! when the device models' next change is due.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crate::bus::{Disturbance, Poke};
use crate::framework::device::Device;
use crate::framework::interrupt::Interrupt;
use crate::framework::{Handle, interrupt};
use crate::history::Actor;
use crate::host::{Host, State};
use crate::pnp;
use crate::rules::Rule;
use crate::schedule::{self, Signal};

/// Rounds on a line that never fell after which nobody will silence it any more.
const STORM: u32 = 16;

/// How an interrupt is triggered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// By a line as long as it is high.
    Level,
    /// By the rising edge of a line.
    Edge,
    /// By a message.
    Message,
}

/// A connected interrupt.
struct Connection {
    wire: Wire,
    /// The ISR may run: EvtInterruptEnable returned success, and the disconnection has not begun.
    open: bool,
    /// The event of the interrupt: set, and no run of the ISR began since.
    signaled: bool,
    /// The ISR runs or is about to.
    running: bool,
}

/// What an interrupt is connected to: how and by which vector it is triggered, and its place in the order of
/// connections.
type Wire = (Trigger, u32, u64);

/// An interrupt line, as last seen.
#[derive(Default)]
struct Line {
    high: bool,
    /// A thread asks the interrupts on this line.
    served: bool,
    /// Rounds in which the line did not fall.
    fruitless: u32,
    /// Nobody is asked until the line falls: what is left of a storm whose rule is switched off.
    masked: bool,
}

/// Every connected interrupt and its line.
#[derive(Default)]
pub struct Connections {
    connected: BTreeMap<Handle, Connection>,
    wires: BTreeMap<Wire, Handle>,
    /// Connections so far.
    made: u64,
    lines: BTreeMap<u32, Line>,
}

impl Connections {
    /// Whether the interrupt is connected.
    pub fn has(&self, interrupt: Handle) -> bool {
        self.connected.contains_key(&interrupt)
    }

    fn get_mut(&mut self, interrupt: Handle) -> Option<&mut Connection> {
        self.connected.get_mut(&interrupt)
    }

    fn insert(&mut self, interrupt: Handle, trigger: Trigger, vector: u32) {
        self.made += 1;
        let wire = (trigger, vector, self.made);
        self.wires.insert(wire, interrupt);
        self.connected.insert(interrupt, Connection { wire, open: false, signaled: false, running: false });
    }

    fn remove(&mut self, interrupt: Handle) {
        if let Some(connection) = self.connected.remove(&interrupt) {
            self.wires.remove(&connection.wire);
        }
    }

    /// The interrupts with this trigger and vector, in the order of their connection.
    fn wired(&self, trigger: Trigger, vector: u32) -> impl Iterator<Item = Handle> {
        self.wires.range((trigger, vector, 0)..=(trigger, vector, u64::MAX)).map(|(_, interrupt)| *interrupt)
    }

    /// The interrupts that are asked about a line, in the order of their connection.
    fn asked(&self, vector: u32) -> impl Iterator<Item = Handle> {
        self.wired(Trigger::Level, vector)
            .filter(|interrupt| self.connected.get(interrupt).is_some_and(|connection| connection.open))
    }

    /// Sets the events of the interrupts with this trigger and vector.
    fn signal(&mut self, host: &'static Host, trigger: Trigger, vector: u32) {
        for interrupt in self.wired(trigger, vector).collect::<Vec<_>>() {
            if let Some(connection) = self.connected.get_mut(&interrupt) {
                connection.signaled = true;
                connection.start_if_signaled(host, interrupt);
            }
        }
    }

    /// Compares the devices with what was seen before.
    fn observe(&mut self, host: &'static Host) {
        let (pending, due) = {
            let mut bus = host.bus();
            let now = schedule::now();
            (bus.take_pending(now), bus.next_event())
        };
        host.alarm.set(host, due);
        for vector in &pending.messages {
            self.signal(host, Trigger::Message, *vector);
        }
        let mut rose = Vec::new();
        let mut to_serve = Vec::new();
        for (vector, line) in &mut self.lines {
            let high = pending.lines.contains(vector);
            if high && !line.high {
                rose.push(*vector);
            }
            line.high = high;
            if high {
                to_serve.push(*vector);
            } else {
                line.fruitless = 0;
                line.masked = false;
            }
        }
        for vector in rose {
            self.signal(host, Trigger::Edge, vector);
        }
        for vector in to_serve {
            let nobody = self.asked(vector).next().is_none();
            if let Some(line) = self.lines.get_mut(&vector)
                && !(nobody || line.served || line.masked)
            {
                line.served = true;
                host.pool.spawn(Actor::Interrupt, move || serve(host, vector));
            }
        }
    }
}

impl Connection {
    /// Lets the ISR run for a set event, unless it does already.
    fn start_if_signaled(&mut self, host: &'static Host, interrupt: Handle) {
        if self.open && !self.running && self.signaled {
            self.signaled = false;
            self.running = true;
            host.pool.spawn(Actor::Interrupt, move || run(host, interrupt));
        }
    }
}

/// Compares the devices with what was seen before and delivers what is new.
pub fn look(host: &'static Host) {
    let interrupts = &mut host.state().interrupts;
    if !interrupts.connected.is_empty() {
        interrupts.observe(host);
    }
}

/// Connects an interrupt; its ISR does not run before [`open`]. `false`: it is connected already.
pub fn connect(host: &'static Host, interrupt: Handle, vector: u32, trigger: Trigger) -> bool {
    let interrupts = &mut host.state().interrupts;
    if interrupts.has(interrupt) {
        return false;
    }
    if trigger != Trigger::Message {
        interrupts.lines.entry(vector).or_default();
    }
    // What came before finds nobody: neither messages nor edges are repeated.
    interrupts.observe(host);
    interrupts.insert(interrupt, trigger, vector);
    true
}

/// From here on the ISR runs, also for what arrived since the connection.
pub fn open(host: &'static Host, interrupt: Handle) {
    let interrupts = &mut host.state().interrupts;
    if let Some(connection) = interrupts.get_mut(interrupt) {
        connection.open = true;
        connection.start_if_signaled(host, interrupt);
    }
    interrupts.observe(host);
}

/// Disconnects an interrupt and waits for its ISR. A set event is lost.
pub fn disconnect(host: &Host, interrupt: Handle) {
    if let Some(connection) = host.state().interrupts.get_mut(interrupt) {
        connection.open = false;
    }
    let idle = host.wait(host.hang_limit(), |state| {
        let running = state.interrupts.get_mut(interrupt).is_some_and(|connection| connection.running);
        (!running).then(|| state.interrupts.remove(interrupt))
    });
    if idle.is_none() {
        let name = host.state().objects.name(interrupt);
        host.end(format!("the ISR of {name} did not return before the deadline"));
    }
}

/// A device of another driver asks for attention on the line of the device in the slot. Returns when
/// the interrupts on the line were asked.
pub fn neighbour_asks(host: &'static Host, slot: u16) {
    // While nobody here is on the line its own driver serves it and this host sees nothing of it.
    if host.state().interrupts.connected.is_empty() {
        return;
    }
    if let Err(error) = host.bus().neighbour_asks(slot) {
        host.end(format!("the bus has no such neighbour: {error}"));
    }
    look(host);
    let asked = host.wait(host.hang_limit(), |state| {
        state.interrupts.lines.values().all(|line| !line.served).then_some(())
    });
    if asked.is_none() {
        host.end("an interrupt line was not served before the deadline");
    }
}

/// The hardware in the slot does something by itself.
pub fn poke(host: &'static Host, slot: u16, poke: Poke) {
    let now = schedule::now();
    if let Err(error) = host.bus().poke(slot, poke, now) {
        host.end(format!("the bus has no such hardware: {error}"));
    }
    look(host);
}

/// Interrupts of the device in the slot go wrong from now on.
pub fn disturb(host: &'static Host, slot: u16, disturbance: Disturbance) {
    let now = schedule::now();
    if let Err(error) = host.bus().disturb(slot, disturbance, now) {
        host.end(format!("the bus has no such hardware: {error}"));
    }
    look(host);
}

/// The device in the slot changed by itself, in the time of the machine.
pub fn wake(host: &'static Host, slot: u16) {
    // A slot that has a device can be woken; nothing was told of one that has none.
    let failure = host.bus().wake(slot).unwrap_or_default();
    if let Some(reason) = failure {
        pnp::lose_hardware(host, slot, reason);
    }
    look(host);
}

/// Runs the ISR of an edge-triggered or message-signaled interrupt for as long as its event is set.
fn run(host: &'static Host, interrupt: Handle) {
    loop {
        interrupt::call_isr(host, interrupt);
        let mut state = host.state();
        let Some(connection) = state.interrupts.get_mut(interrupt) else { return };
        if !(connection.open && connection.signaled) {
            connection.running = false;
            drop(state);
            host.notify();
            return;
        }
        connection.signaled = false;
    }
}

/// Asks the interrupts on a level-triggered line until it falls.
fn serve(host: &'static Host, vector: u32) {
    loop {
        let asked: Vec<_> = host.state().interrupts.asked(vector).collect();
        let claimed = asked.into_iter().find_map(|interrupt| {
            let before = falls(host, &host.state(), interrupt);
            ask(host, interrupt).then_some((interrupt, before))
        });
        if claimed.is_none() {
            host.bus().ask_neighbour(vector);
        }
        let mut state = host.state();
        state.interrupts.observe(host);
        let asked: Vec<_> = state.interrupts.asked(vector).collect();
        // Who claims the line and silences the device may find it high again for another reason.
        let silenced = claimed.is_some_and(|(interrupt, before)| falls(host, &state, interrupt) != before);
        let Some(line) = state.interrupts.lines.get_mut(&vector) else { return };
        if !line.high || asked.is_empty() {
            line.served = false;
            host.notify();
            return;
        }
        line.fruitless = if silenced { 0 } else { line.fruitless + 1 };
        if line.fruitless < STORM {
            continue;
        }
        line.masked = true;
        let (rule, answer, who) = match claimed {
            Some((interrupt, _)) => (Rule::IntLevelClaimedNotSilenced, "TRUE", vec![interrupt]),
            None => (Rule::IntLevelUnclaimed, "FALSE", asked),
        };
        let names: Vec<_> = who.into_iter().map(|interrupt| state.objects.name(interrupt)).collect();
        let message = format!(
            "EvtInterruptIsr of {} returned {answer} {STORM} times and the line is still high",
            names.join(", ")
        );
        drop(state);
        host.violation(rule, message);
        if let Some(line) = host.state().interrupts.lines.get_mut(&vector) {
            line.served = false;
        }
        host.notify();
        return;
    }
}

/// How often the device of an interrupt has let its line fall.
fn falls(host: &Host, state: &State, interrupt: Handle) -> u64 {
    let objects = &state.objects;
    let device = objects.get::<Interrupt>(interrupt).and_then(|body| objects.get::<Device>(body.device));
    device.map_or(0, |device| host.bus().falls(device.slot))
}

/// Asks one interrupt whether the line is its device's. No, if it is being disconnected.
fn ask(host: &'static Host, interrupt: Handle) -> bool {
    match host.state().interrupts.get_mut(interrupt) {
        Some(connection) if connection.open => connection.running = true,
        _ => return false,
    }
    let mine = interrupt::call_isr(host, interrupt);
    if let Some(connection) = host.state().interrupts.get_mut(interrupt) {
        connection.running = false;
    }
    host.notify();
    mine
}

/// Looks at the devices when their next change is due: one thread that sleeps until then.
#[derive(Default)]
pub struct Alarm {
    due: Mutex<Option<Duration>>,
    changed: Signal,
    thread: OnceLock<()>,
}

impl Alarm {
    /// Sets the time of the next look; `None`: nothing is under way.
    fn set(&self, host: &'static Host, due: Option<Duration>) {
        if due.is_some() {
            self.thread.get_or_init(|| {
                schedule::spawn(move || host.alarm.work(host));
            });
        }
        let mut current = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *current, due) != due {
            self.changed.notify_one();
        }
    }

    fn work(&self, host: &'static Host) {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            due = match due.map(|due| due.checked_sub(schedule::now())) {
                None => self.changed.wait(&self.due, due),
                Some(Some(left)) if !left.is_zero() => self.changed.wait_timeout(&self.due, due, left),
                Some(_) => {
                    *due = None;
                    // The look sets the next time.
                    drop(due);
                    look(host);
                    self.due.lock().unwrap_or_else(PoisonError::into_inner)
                }
            };
        }
    }
}
