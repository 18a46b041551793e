//! The fault sweep: every framework call of a life that may fail fails, with each status that it may return, and
//! the device breaks at each of its register accesses: `umdf-host faults`.
//!
//! The life is deterministic, so the n-th call of a function is the same one each time, up to the fault. A driver
//! passes if it breaks no rule, leaks and keeps nothing, does not hang, and what PnP and applications get is
//! the status that the framework gave the driver, or success where the driver can do without.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};

use fastrand::Rng;
use serde::Serialize;
use wdk_portable::{STATUS_CANCELLED, STATUS_DEVICE_POWER_FAILURE, STATUS_INVALID_DEVICE_STATE};

use crate::bus::{Break, Breakage};
use crate::failing::{FailingCall, table};
use crate::history::Event;
use crate::io::complete::outside_status;
use crate::picture::Recording;
use crate::report::{End, Outcome, Report};
use crate::scenario::{Scenario, Status};
use crate::script::GIVES_UP;
use crate::status;
use crate::supervisor::{Run, RunError};

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Call(FailingCall),
    /// A device, by its number, breaks.
    Break(usize, u64, &'static str),
}

const BREAKAGES: [(&str, Breakage); 3] =
    [("all ones", Breakage::AllOnes), ("stuck", Breakage::Stuck), ("late", Breakage::Late)];

/// Callbacks whose failure the framework makes a start's `STATUS_DEVICE_POWER_FAILURE` (`pnpstatemachine.cpp`).
const POWER_UP: [&str; 4] = [
    "EvtDeviceD0Entry",
    "EvtInterruptEnable",
    "EvtDeviceD0EntryPostInterruptsEnabled",
    "EvtDeviceSelfManagedIoInit",
];

impl Fault {
    /// Whether both can go wrong in one life: a device breaks once, and a call returns once.
    fn goes_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Call(one), Self::Call(other)) => (&one.function, one.nth) != (&other.function, other.nth),
            (Self::Break(one, ..), Self::Break(other, ..)) => one != other,
            _ => true,
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(FailingCall { function, nth, status }) => {
                write!(f, "call {nth} of {function} returns {}", status::describe(status.0))
            }
            Self::Break(device, access, how) => {
                write!(f, "device {device} is {how} from register access {access} on")
            }
        }
    }
}

/// A life that did not come out right.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// What went wrong on purpose.
    pub faults: Vec<String>,
    /// What came of it.
    pub what: Vec<String>,
    /// The life as a scenario that fails in the same way.
    #[serde(skip)]
    pub scenario: Scenario,
}

/// What a sweep came to. Serialises to the document that `--json` prints.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sweep {
    /// Framework calls of the life that may fail.
    pub points: usize,
    /// Lives in which one of them failed: each has one for each status that it may return.
    pub statuses: usize,
    /// Lives in which the device broke: three for each register access.
    pub breakages: usize,
    /// Lives in which two things went wrong.
    pub pairs: usize,
    /// The statuses that PnP and applications got, and in how many of the lives.
    pub came_out: BTreeMap<String, usize>,
    /// The same of the lives in which nothing but the device broke, by the way it did. Which of them are right is
    /// the driver's to say.
    pub broken: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// The lives that did not come out right.
    pub failures: Vec<Failure>,
}

/// The statuses that PnP and applications get in a life.
fn statuses(report: &Report) -> BTreeSet<&str> {
    let pnp = report.pnp.iter().map(|request| request.status.as_str());
    pnp.chain(report.ioctls.iter().map(|ioctl| ioctl.status.as_str())).collect()
}

/// The calls of a life that may fail, in their order.
fn calls(recording: &Recording) -> Vec<(String, u64)> {
    let mut made = BTreeMap::<&str, u64>::new();
    let mut calls = Vec::new();
    for (_, record) in recording.events() {
        if let Event::Call { function, .. } = &record.event
            && !table::statuses(function).is_empty()
        {
            let nth = made.entry(function.as_str()).or_default();
            *nth += 1;
            calls.push((function.clone(), *nth));
        }
    }
    calls
}

/// The faults that this life has room for: those at calls, and those at register accesses.
fn faults(devices: usize, report: &Report, recording: &Recording) -> (Vec<Fault>, Vec<Fault>) {
    let failing = calls(recording).into_iter().flat_map(|(function, nth)| {
        let statuses = table::statuses(&function).iter();
        statuses.map(move |status| {
            Fault::Call(FailingCall { function: function.clone(), nth, status: Status(*status) })
        })
    });
    let accesses = report.register_reads + report.register_writes;
    let breaks = (0..devices).flat_map(|device| {
        (1..=accesses).flat_map(move |access| BREAKAGES.map(|(how, _)| Fault::Break(device, access, how)))
    });
    (failing.collect(), breaks.collect())
}

/// The life with these faults.
fn with(base: &Scenario, faults: &[&Fault]) -> Scenario {
    let mut scenario = Scenario { any_status: true, ..base.clone() };
    for fault in faults {
        match fault {
            Fault::Call(call) => scenario.failing.push(call.clone()),
            Fault::Break(device, access, name) => {
                let how = BREAKAGES.iter().find(|(known, _)| known == name).map(|(_, how)| *how);
                scenario.devices[*device].breaks = how.map(|how| Break { access: *access, how });
            }
        }
    }
    let words: Vec<_> = faults.iter().map(ToString::to_string).collect();
    scenario.title = format!("{}: {}", base.title, words.join(", "));
    scenario
}

/// A sweep under way.
struct Sweeping {
    run: Run,
    base: Scenario,
    /// Statuses of the life in which nothing goes wrong.
    usual: BTreeSet<String>,
    /// Statuses that the driver may make of any fault.
    allowed: BTreeSet<String>,
    sweep: Sweep,
}

impl Run {
    /// Plays the scenario again and again, each time with one fault, and then so many times with two, which the
    /// seed of the run draws. `allowed` are statuses that the driver may make of any of them: what it does without
    /// a setting, for example.
    ///
    /// # Errors
    /// As [`Run::run`]; and [`RunError::Sick`] where the life fails without any fault.
    pub fn sweep_faults(self, pairs: usize, allowed: &[Status]) -> Result<Sweep, RunError> {
        let plan = self.plan();
        let base = Scenario { plan: Some(plan), ..self.scenario().clone() };
        let (report, recording) = self.clone().with_scenario(base.clone()).record()?;
        if report.result != Outcome::Pass {
            return Err(RunError::Sick { why: complaints(&report).join("; ") });
        }
        let usual = statuses(&report).into_iter().map(str::to_owned).collect();
        let (failing, breaks) = faults(base.devices.len(), &report, &recording);
        let allowed = allowed.iter().map(|status| status::describe(status.0)).collect();
        let mut sweeping = Sweeping { run: self, base, usual, allowed, sweep: Sweep::default() };
        sweeping.sweep.points = calls(&recording).len();
        sweeping.sweep.statuses = failing.len();
        sweeping.sweep.breakages = breaks.len();
        let mut second = Vec::new();
        for fault in failing.into_iter().chain(breaks) {
            let (report, recording) = sweeping.play(&[&fault])?;
            // What is left of the life has room for another fault.
            let (failing, breaks) = faults(sweeping.base.devices.len(), &report, &recording);
            let others = failing.into_iter().chain(breaks).filter(|other| fault.goes_with(other));
            let others: Vec<_> = others.collect();
            if !others.is_empty() {
                second.push((fault, others));
            }
        }
        let mut rng = Rng::with_seed(plan.seed);
        for _ in 0..pairs {
            let Some((first, others)) = rng.choice(&second) else { break };
            let Some(other) = rng.choice(others) else { continue };
            sweeping.play(&[first, other])?;
            sweeping.sweep.pairs += 1;
        }
        Ok(sweeping.sweep)
    }
}

impl Sweeping {
    fn play(&mut self, faults: &[&Fault]) -> Result<(Report, Recording), RunError> {
        let scenario = with(&self.base, faults);
        let (report, recording) = self.run.clone().with_scenario(scenario.clone()).record()?;
        let mut what = complaints(&report);
        what.extend(self.unexplained(faults, &report));
        for status in statuses(&report) {
            *self.sweep.came_out.entry(status.into()).or_default() += 1;
            if let [Fault::Break(_, _, how)] = faults {
                *self.sweep.broken.entry(how).or_default().entry(status.into()).or_default() += 1;
            }
        }
        if !what.is_empty() {
            let faults = faults.iter().map(ToString::to_string).collect();
            self.sweep.failures.push(Failure { faults, what, scenario });
        }
        Ok((report, recording))
    }

    /// The statuses that are neither usual nor what the framework gave the driver, as applications see that. What
    /// comes of hardware that broke is the driver's to say.
    fn unexplained(&self, faults: &[&Fault], report: &Report) -> Option<String> {
        let mut given = self.allowed.clone();
        for fault in faults {
            match fault {
                Fault::Call(call) => {
                    let status = call.status.0;
                    given.extend([status, outside_status(status)].map(status::describe));
                }
                Fault::Break(..) => return None,
            }
        }
        if report.notes.iter().any(|note| note.starts_with(GIVES_UP)) {
            given.insert(status::describe(STATUS_CANCELLED));
        }
        let powers_up = |name: &str| POWER_UP.contains(&name);
        let results = report.callback_results.iter().filter(|callback| powers_up(&callback.name));
        if results.filter_map(|callback| callback.result.as_ref()).any(|result| given.contains(result)) {
            given.insert(status::describe(STATUS_DEVICE_POWER_FAILURE));
        }
        if report.pnp.iter().any(|request| given.contains(&request.status)) {
            // A device that did not start has nothing for applications.
            given.insert(status::describe(STATUS_INVALID_DEVICE_STATE));
        }
        let others: Vec<_> = statuses(report)
            .into_iter()
            .filter(|status| !given.contains(*status) && !self.usual.contains(*status))
            .collect();
        (!others.is_empty()).then(|| format!("{} came out", others.join(", ")))
    }
}

/// What a report has to complain about.
fn complaints(report: &Report) -> Vec<String> {
    let broken = report.violations.iter().map(|broken| format!("{}: {}", broken.rule, broken.message));
    let mut all: Vec<_> = broken.chain(report.missed.iter().cloned()).collect();
    match &report.end {
        End::Finished | End::Violation => {}
        End::Died { how } => all.push(how.clone()),
        End::Ended { reason } => all.push(reason.clone()),
        End::Hung { what } => all.push(format!("hung: {what}")),
    }
    all
}

impl Display for Sweep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Failure { faults, what, .. } in &self.failures {
            writeln!(f, "{}\n  {}", faults.join(" and "), what.join("\n  "))?;
        }
        let Self { points, statuses, breakages, pairs, came_out, broken, failures } = self;
        writeln!(
            f,
            "{points} calls that may fail, {statuses} lives with one of them; {breakages} with a device that breaks; {pairs} with two faults"
        )?;
        for (status, lives) in came_out {
            writeln!(f, "  {status:<40} {lives}")?;
        }
        for (how, statuses) in broken {
            let statuses: Vec<_> =
                statuses.iter().map(|(status, lives)| format!("{status} {lives}")).collect();
            writeln!(f, "  of a device that is {how}: {}", statuses.join(", "))?;
        }
        writeln!(f, "{} lives did not come out right", failures.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_two_faults() {
        let call = |function: &str, nth, status| {
            Fault::Call(FailingCall { function: function.into(), nth, status: Status(status) })
        };
        let of_device = |device, access| Fault::Break(device, access, "stuck");
        let one = call("WdfTimerCreate", 1, -1);
        assert!(!one.goes_with(&call("WdfTimerCreate", 1, -2)));
        assert!(
            one.goes_with(&call("WdfTimerCreate", 2, -1)) && one.goes_with(&call("WdfIoQueueCreate", 1, -1))
        );
        assert!(one.goes_with(&of_device(0, 1)) && of_device(0, 1).goes_with(&one));
        assert!(of_device(0, 1).goes_with(&of_device(1, 1)));
        // The second one would take the place of the first.
        assert!(!of_device(0, 1).goes_with(&of_device(0, 2)));
    }
}
