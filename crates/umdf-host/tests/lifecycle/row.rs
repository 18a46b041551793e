//! A row: a path, the scenario that leads along it, and the callbacks in their order.

use umdf_host::report::Report;
use umdf_host::rules::Rule;
use wdk_portable::{NTSTATUS, STATUS_UNSUCCESSFUL};

use crate::fixture::driver::{Driver, GENEROUS};
use crate::fixture::outcome::assert_pass;
use crate::plan::{Command, Fallible};
use crate::words;

/// The idle time of devices that idle out soon, in milliseconds.
pub const SOON: u32 = 10;
/// The idle time of devices that do not idle out while a test looks.
pub const LATE: u32 = 60_000;

/// What the driver is told by its INF.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub options: u32,
    /// In milliseconds.
    pub idle_time: u32,
    /// The callback that fails.
    pub fails: Fallible,
    /// The first call of it that fails, from 1.
    pub call: u32,
    /// How many calls fail.
    pub calls: u32,
    pub status: NTSTATUS,
    /// Lines of the INF for the device's hardware key.
    pub hardware_key: &'static str,
}

impl Plan {
    /// A driver with these options that never fails.
    pub const fn with(options: u32) -> Self {
        Self {
            options,
            idle_time: SOON,
            fails: Fallible::Nothing,
            call: 1,
            calls: 1,
            status: STATUS_UNSUCCESSFUL,
            hardware_key: "",
        }
    }

    /// A callback fails the n-th time that it is called.
    pub const fn fails(mut self, callback: Fallible, call: u32) -> Self {
        self.fails = callback;
        self.call = call;
        self
    }

    /// So many calls fail, from the first failing one on.
    pub const fn times(mut self, calls: u32) -> Self {
        self.calls = calls;
        self
    }

    /// The idle time, in milliseconds.
    pub const fn idles_after(mut self, milliseconds: u32) -> Self {
        self.idle_time = milliseconds;
        self
    }

    /// What the failing callback returns.
    pub const fn status(mut self, status: NTSTATUS) -> Self {
        self.status = status;
        self
    }

    /// The INF writes these lines into the device's hardware key.
    pub const fn hardware_key(mut self, lines: &'static str) -> Self {
        self.hardware_key = lines;
        self
    }

    /// Plays steps with the driver.
    pub fn play(self, steps: &str) -> Report {
        self.play_without(steps, &[])
    }

    /// Plays steps with rules switched off.
    pub fn play_without(self, steps: &str, rules: &[Rule]) -> Report {
        self.play_on("[device]\nmodel = 'scratch'\nbars = [0x1000]\n", steps, rules)
    }

    /// Plays steps on other devices.
    pub fn play_on(self, devices: &str, steps: &str, rules: &[Rule]) -> Report {
        let values = [
            ("Options", self.options),
            ("IdleTimeout", self.idle_time),
            ("FailCallback", self.fails as u32),
            ("FailCall", self.call),
            ("FailCalls", self.calls),
            ("FailStatus", self.status.cast_unsigned()),
        ];
        let driver = Driver::new("lifecycle").hardware_allowed(true);
        let driver = driver.hardware_key("HKR,,MappedLength,0x00010001,0x80").hardware_key(self.hardware_key);
        let driver = values.into_iter().fold(driver, |driver, (name, value)| driver.parameter(name, value));
        driver.play(&format!("title = 'a life'\n{devices}{steps}"), GENEROUS, rules)
    }
}

/// A step of a scenario and the callbacks that belong to it.
pub type Step = (String, &'static str);

/// A path.
pub struct Row {
    pub name: &'static str,
    pub plan: Plan,
    pub steps: Vec<Step>,
    /// The number of the problem that the device ends with.
    pub problem: Option<u32>,
}

/// A row whose device ends without a problem.
pub fn row(name: &'static str, plan: Plan, steps: &[Step]) -> Row {
    Row { name, plan, steps: steps.to_vec(), problem: None }
}

impl Row {
    /// The device ends with this problem.
    pub fn problem(mut self, code: u32) -> Self {
        self.problem = Some(code);
        self
    }

    /// Plays it and looks.
    pub fn check(&self) {
        let report = self.plan.play(&steps(&self.steps));
        assert_pass(&report);
        assert_eq!(words::seen(&report), expected(&self.steps), "{report}");
        assert_eq!(problem(&report), self.problem, "{report}");
    }
}

/// The steps as a scenario has them.
pub fn steps(steps: &[Step]) -> String {
    steps.iter().map(|(step, _)| step.as_str()).collect()
}

/// The callbacks of all steps.
pub fn expected(steps: &[Step]) -> Vec<String> {
    steps.iter().flat_map(|(_, short)| words::expected(short)).collect()
}

/// The number of the problem that the device ended with.
pub fn problem(report: &Report) -> Option<u32> {
    report.devices.iter().find_map(|device| device.problem.as_ref()).map(|problem| problem.code)
}

fn step(fields: &str) -> String {
    format!("[[step]]\n{fields}\n")
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident $step:literal;)+) => {$(
        $(#[$doc])*
        pub fn $name(callbacks: &'static str) -> Step {
            (step(concat!("do = '", $step, "'")), callbacks)
        }
    )+};
}

steps! {
    start "start";
    open "open";
    close "close";
    query_stop "query-stop";
    cancel_stop "cancel-stop";
    stop "stop";
    restart "restart";
    query_remove "query-remove";
    cancel_remove "cancel-remove";
    remove "remove";
    surprise_remove "surprise-remove";
    sleep "sleep";
    resume "resume";
    idle "idle";
    shutdown "shutdown";
    device_gone "device-gone";
}

/// A step that ends with this status.
pub fn ends((step, callbacks): Step, status: &str) -> Step {
    (format!("{step}expect = '{status}'\n"), callbacks)
}

/// A request to the power-managed queue.
pub fn control(code: u32, callbacks: &'static str) -> Step {
    (step(&format!("do = 'ioctl'\nname = 'control'\ncode = {code:#x}")), callbacks)
}

/// A request to the power-managed queue that stays with the driver, and comes back cancelled.
pub fn kept(code: u32, callbacks: &'static str) -> Step {
    let fields = "wait = false\nexpect = 'STATUS_CANCELLED'";
    (step(&format!("do = 'ioctl'\nname = 'kept'\ncode = {code:#x}\n{fields}")), callbacks)
}

/// A command to the driver, which a framework function answers with this status.
pub fn command(command: Command, status: NTSTATUS, callbacks: &'static str) -> Step {
    let output = format!("{:08x}", status.swap_bytes());
    let fields = format!(
        "do = 'read'\nname = '{command:?}'\noffset = {}\nlength = 4\nexpect-output = '{output}'",
        command as u32
    );
    (step(&fields), callbacks)
}
