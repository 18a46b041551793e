//! A world for the machines without a framework: a driver whose callbacks fail on demand, two
//! interrupts, a PnP and a power manager.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use wdk_portable::{
    NTSTATUS, STATUS_DEVICE_CONFIGURATION_ERROR, STATUS_NO_SUCH_DEVICE, STATUS_SUCCESS, STATUS_UNSUCCESSFUL,
};

use super::{short, words};
use crate::machines::{
    Actions, Callback, Ending, FailedAction, IdleSettings, Interrupt, Later, Machines, PnpRequest,
    PowerState, Queues, Settings, SystemPower, Transition,
};
use crate::status;

#[derive(Default)]
pub struct World {
    /// What happened since it was last taken.
    pub log: Vec<String>,
    /// The machines' steps since they were last taken.
    pub steps: Vec<Transition>,
    /// What fails next; each only once.
    pub fails: Vec<String>,
    /// The idle timer runs.
    pub timer: bool,
    /// What happens on another thread the next time that this happens.
    pub meanwhile: Option<(String, Box<dyn FnOnce() + Send>)>,
    /// The idle timer is over when it is to be stopped.
    pub timer_is_late: bool,
    /// Interrupts that are connected, and enabled.
    lines: [(bool, bool); 2],
    /// How often the bus was asked to find the device again.
    pub reenumerations: u32,
    later: VecDeque<Later>,
    invalidated: bool,
}

/// The world, shared with the machines in it.
#[derive(Clone, Default)]
pub struct Shared(Arc<Mutex<World>>);

impl Shared {
    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    fn note(&self, what: impl Into<String>) {
        self.lock().log.push(what.into());
    }

    /// Notes what happens; the answer is whether it succeeds.
    fn attempt(&self, what: String) -> bool {
        let meanwhile = self.lock().meanwhile.take_if(|(when, _)| *when == what);
        if let Some((_, act)) = meanwhile {
            act();
        }
        let mut world = self.lock();
        let fails = world.fails.iter().position(|fails| *fails == what);
        world.log.push(if fails.is_some() { format!("{what} FAILS") } else { what });
        if let Some(fails) = fails {
            world.fails.remove(fails);
        }
        fails.is_none()
    }

    /// Whether something silent succeeds.
    fn succeeds(&self, what: &str) -> bool {
        let mut world = self.lock();
        let fails = world.fails.iter().position(|fails| fails == what);
        fails.map(|fails| world.fails.remove(fails)).is_none()
    }

    fn status(&self, what: String) -> NTSTATUS {
        if self.attempt(what) { STATUS_SUCCESS } else { STATUS_UNSUCCESSFUL }
    }
}

fn request_words(request: PnpRequest) -> &'static str {
    match request {
        PnpRequest::Start => "START",
        PnpRequest::QueryStop => "QUERY_STOP",
        PnpRequest::CancelStop => "CANCEL_STOP",
        PnpRequest::Stop => "STOP",
        PnpRequest::QueryRemove => "QUERY_REMOVE",
        PnpRequest::CancelRemove => "CANCEL_REMOVE",
        PnpRequest::SurpriseRemoval => "SURPRISE",
        PnpRequest::Remove => "REMOVE",
    }
}

fn status_words(status: NTSTATUS) -> String {
    match status {
        STATUS_UNSUCCESSFUL => "driver status".into(),
        STATUS_DEVICE_CONFIGURATION_ERROR => "resource error".into(),
        STATUS_NO_SUCH_DEVICE => "bus status".into(),
        other => status::describe(other).replace("STATUS_", ""),
    }
}

struct Line(Shared, usize);

impl Interrupt for Line {
    fn connect(&self) -> NTSTATUS {
        let status = self.0.status(format!("[connect {}]", self.1));
        if status < 0 {
            return status;
        }
        self.0.lock().lines[self.1].0 = true;
        let status = self.0.status(format!("InterruptEnable{}", self.1));
        self.0.lock().lines[self.1].1 = status >= 0;
        status
    }

    fn disconnect(&self) -> NTSTATUS {
        let (connected, enabled) = std::mem::take(&mut self.0.lock().lines[self.1]);
        let mut status = STATUS_SUCCESS;
        if enabled {
            status = self.0.status(format!("InterruptDisable{}", self.1));
        }
        if connected {
            self.0.note(format!("[disconnect {}]", self.1));
        }
        status
    }

    fn revoke_resources(&self) {}
}

impl Actions for Shared {
    fn callback(&self, callback: Callback) -> NTSTATUS {
        let words = format!("{callback:?}");
        let words = words.replace("SelfManagedIo", "Smio");
        self.status(words.replace("D0EntryPostInterruptsEnabled", "PostInterruptsEnabled"))
    }

    fn match_resources(&self) -> Result<(), NTSTATUS> {
        if self.succeeds("resources") { Ok(()) } else { Err(STATUS_DEVICE_CONFIGURATION_ERROR) }
    }

    fn interrupts(&self) -> Vec<Arc<dyn Interrupt>> {
        (0..2).map(|index| Arc::new(Line(self.clone(), index)) as Arc<dyn Interrupt>).collect()
    }

    fn queues(&self, action: Queues) {
        self.note(match action {
            Queues::Resume => "[queues resume]",
            Queues::Hold => "[queues hold]",
            Queues::PurgeManaged => "[managed queues purged]",
            Queues::PurgeNonManaged => "[other queues purged]",
        });
    }

    fn enable_interfaces(&self) {
        self.note("[interfaces enabled]");
    }

    fn disable_interfaces(&self) {
        self.note("[interfaces disabled]");
    }

    fn start_below(&self) -> NTSTATUS {
        if self.succeeds("bus") { STATUS_SUCCESS } else { STATUS_NO_SUCH_DEVICE }
    }

    fn finish(&self, request: PnpRequest, ending: Ending) {
        let request = request_words(request);
        self.note(match ending {
            Ending::Completed(status) => format!("[IRP {request} completed, {}]", status_words(status)),
            Ending::SentDown => format!("[IRP {request} sent down]"),
        });
    }

    fn dispose(&self) {
        self.note("[disposed]");
    }

    fn invalidate_state(&self) {
        // PnP looks once, however often it is asked.
        if !std::mem::replace(&mut self.lock().invalidated, true) {
            self.note("[invalidate]");
        }
    }

    fn may_restart(&self, _: bool) -> bool {
        self.succeeds("restart count")
    }

    fn reenumerate(&self) {
        self.lock().reenumerations += 1;
    }

    fn request_power(&self, state: PowerState) -> bool {
        if !self.succeeds("power request") {
            return false;
        }
        let seen = self.succeeds("power request seen");
        self.later(if seen { Later::PowerRequest(state) } else { Later::PowerRequestNotSeen(state) });
        true
    }

    fn power_done(&self, state: PowerState) {
        self.note(format!("[{state:?} IRP ok]"));
    }

    fn system_power_done(&self) {
        self.note("[Sx IRP ok]");
    }

    fn start_idle_timer(&self, _: Duration) {
        self.lock().timer = true;
    }

    fn stop_idle_timer(&self) -> bool {
        let mut world = self.lock();
        let running = world.timer && !world.timer_is_late;
        world.timer &= !running;
        running
    }

    fn component_idle(&self, _: Option<Duration>) {}

    fn component_active(&self) {}

    fn later(&self, event: Later) {
        self.lock().later.push_back(event);
    }

    fn moved(&self, transition: &Transition) {
        self.lock().steps.push(transition.clone());
    }

    fn dropped(&self, machine: &'static str, state: &'static str, event: String) {
        self.note(format!("[{machine}: {event} dropped in {state}]"));
    }

    fn stuck(&self, reason: String) -> ! {
        panic!("{reason}")
    }
}

/// Where a path begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// Before the device object exists.
    New,
    /// After a good start.
    Started,
    /// After a good start, with S0 idle on.
    IdleCapable,
    /// After a good start, with `ReleaseHardwareOrderOnFailure` set to `AfterDescendants`.
    AfterDescendants,
    /// After a good start, with S0 idle on and its time managed by the system.
    SystemManaged,
    /// Before the device object of a driver that does not own the power policy exists.
    NotOwner,
}

/// A way through life.
pub struct Path {
    pub name: &'static str,
    pub begin: Begin,
    /// What fails the first time that it happens.
    pub fails: &'static [&'static str],
    /// States that the machines enter.
    pub pnp: &'static str,
    pub power: &'static str,
    pub policy: &'static str,
    /// What happens to the device, and what it does.
    pub steps: &'static [(&'static str, &'static str)],
}

/// A device in its world.
pub struct Device {
    pub world: Shared,
    pub machines: Arc<Machines>,
}

impl Device {
    pub fn new(begin: Begin) -> Self {
        Self::built_for(begin, 15)
    }

    /// The driver was built for this minor version of UMDF 2.
    pub fn built_for(begin: Begin, client_minor: u32) -> Self {
        let world = Shared::default();
        let settings = Settings {
            owner: begin != Begin::NotOwner,
            release_after_descendants: begin == Begin::AfterDescendants,
            client_minor,
        };
        let machines = Arc::new(Machines::new(Box::new(world.clone()), settings));
        let device = Self { world, machines };
        if !matches!(begin, Begin::New | Begin::NotOwner) {
            if matches!(begin, Begin::IdleCapable | Begin::SystemManaged) {
                let system_managed = begin == Begin::SystemManaged;
                let settings = IdleSettings { enabled: true, system_managed, ..IdleSettings::default() };
                device.machines.assign_idle_settings(settings);
            }
            device.machines.added();
            device.step("START");
            let mut world = device.world.lock();
            world.log.clear();
            world.steps.clear();
        }
        device
    }

    /// Something happens to the device; the answer is what it did.
    pub fn step(&self, step: &str) -> Vec<String> {
        let machines = &self.machines;
        match step {
            "START" => machines.pnp_request(PnpRequest::Start),
            "QUERY_STOP" => machines.pnp_request(PnpRequest::QueryStop),
            "CANCEL_STOP" => machines.pnp_request(PnpRequest::CancelStop),
            "STOP" => machines.pnp_request(PnpRequest::Stop),
            "QUERY_REMOVE" => machines.pnp_request(PnpRequest::QueryRemove),
            "CANCEL_REMOVE" => machines.pnp_request(PnpRequest::CancelRemove),
            "SURPRISE" => machines.pnp_request(PnpRequest::SurpriseRemoval),
            "REMOVE" => machines.pnp_request(PnpRequest::Remove),
            "SLEEP" => machines.system_power(SystemPower::Sleep),
            "SHUTDOWN" => machines.system_power(SystemPower::Shutdown),
            "WAKE" => machines.system_power(SystemPower::Working),
            "IO" => drop(machines.take_reference(None)),
            "IO_DONE" => assert!(machines.release_reference()),
            "IDLE" => self.time_over(),
            "TIMER_LATE" => self.world.lock().timer_is_late = true,
            "IDLE_ON" | "IDLE_OFF" => {
                let enabled = step == "IDLE_ON";
                machines.assign_idle_settings(IdleSettings { enabled, ..IdleSettings::default() });
            }
            "REFUSE_POWER" => self.world.lock().fails.push("power request".into()),
            "HIDE_POWER" => self.world.lock().fails.push("power request seen".into()),
            "REQUIRED" => machines.power_required(true),
            "NOT_REQUIRED" => machines.power_required(false),
            "NO_STOP" => assert!(machines.set_static_stop_remove(false)),
            "MAY_STOP" => assert!(machines.set_static_stop_remove(true)),
            "PAGING_FILE" => machines.set_special_use(true),
            "FAILED" => machines.set_failed(FailedAction::AttemptRestart),
            "FAILED_FOR_GOOD" => machines.set_failed(FailedAction::NoRestart),
            "D0" => machines.device_power(PowerState::D0),
            "DX" => machines.device_power(PowerState::D3),
            other => panic!("{other} is not a step"),
        }
        self.settle();
        std::mem::take(&mut self.world.lock().log)
    }

    /// The next time that `when` happens, something happens on another thread.
    pub fn meanwhile(&self, when: &str, act: impl FnOnce(&Machines) + Send + 'static) {
        let machines = Arc::clone(&self.machines);
        let act = move || {
            let other = std::thread::spawn(move || act(&machines));
            other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        };
        self.world.lock().meanwhile = Some((when.into(), Box::new(act)));
    }

    /// The idle timer runs out.
    pub fn time_over(&self) {
        assert!(std::mem::take(&mut self.world.lock().timer), "the idle timer does not run");
        self.machines.idle_time_over();
    }

    /// Handles what waits for another thread.
    pub fn settle(&self) {
        loop {
            let Some(event) = self.world.lock().later.pop_front() else { return };
            self.machines.deliver(event);
        }
    }

    /// States that a machine entered since this was last asked of any.
    pub fn path(&self, machine: &str) -> Vec<String> {
        let world = self.world.lock();
        world.steps.iter().filter(|step| step.machine == machine).map(|step| step.to.into()).collect()
    }
}

/// Walks a path, and looks at each step and at the states.
pub fn check(path: &Path) {
    let device = Device::new(path.begin);
    device.world.lock().fails = path.fails.iter().map(|fails| (*fails).into()).collect();
    if matches!(path.begin, Begin::New | Begin::NotOwner) {
        device.machines.added();
    }
    for (step, actions) in path.steps {
        assert_eq!(device.step(step), short::actions(actions, words::ACTIONS), "{}: {step}", path.name);
    }
    assert!(device.world.lock().fails.is_empty(), "{}: {:?} never happened", path.name, path.fails);
    let policy = if path.begin == Begin::NotOwner { "not power policy owner" } else { "power policy owner" };
    for (machine, states, list) in [
        ("PnP", path.pnp, words::PNP),
        ("power", path.power, words::POWER),
        (policy, path.policy, words::POLICY),
    ] {
        assert_eq!(device.path(machine), short::states(states, list), "{}: {machine}", path.name);
    }
}
