//! Which transitions a function driver can make the machines take, and which ones were taken.
//!
//! Every process that runs machines while the variable [`RECORD`] names a file adds the transitions
//! that it takes to that file, a line each; so a whole test suite fills one file. What workers do with
//! drivers is told apart from what tests do with machines that have none.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, OnceLock};
use std::{env, fmt, fs};

use serde::Serialize;

use super::table::{Absent, State};
use super::tables::idle::Idle;
use super::tables::pnp::Pnp;
use super::tables::policy_not_owner::PolicyNotOwner;
use super::tables::policy_owner::PolicyOwner;
use super::tables::power::Power;
use super::tables::self_managed_io::SelfManagedIo;
use super::{Cause, Transition};
use crate::schedule::lock;
use crate::worker;

/// Environment variable that names the file to which transitions are added.
pub const RECORD: &str = "UMDF_HOST_STATES";

/// Events that never come in a function driver without wake: machine, event, why.
const NO_EVENTS: &[(&str, &str, Absent)] = &[
    (Pnp::MACHINE, "ParentRemoved", Absent::Bus),
    (Power::MACHINE, "ParentToD0", Absent::Bus),
    (Power::MACHINE, "MarkPageable", Absent::NonPageable),
    (Power::MACHINE, "MarkNonpageable", Absent::NonPageable),
    (Power::MACHINE, "WakeArrival", Absent::Wake),
    (Power::MACHINE, "WakeSucceeded", Absent::Wake),
    (Power::MACHINE, "WakeFailed", Absent::Wake),
    (Power::MACHINE, "WakeCanceled", Absent::Wake),
    (Power::MACHINE, "WakeInterruptCompleteTransition", Absent::Wake),
    (PolicyOwner::MACHINE, "DeviceDirectedPowerDown", Absent::Directed),
    (PolicyOwner::MACHINE, "DeviceDirectedPowerUp", Absent::Directed),
    (PolicyOwner::MACHINE, "DevicePowerRequiredDirected", Absent::Directed),
    (PolicyOwner::MACHINE, "DevicePowerNotRequiredDirected", Absent::Directed),
];

/// What entry functions return only where a function driver never is: machine, states, why.
const NO_RETURNS: &[(&str, &str, &str, Absent)] = &[
    (Pnp::MACHINE, "EnableInterfaces", "FailedPowerDown", Absent::Wmi),
    (Power::MACHINE, "D0", "DecideD0State", Absent::NonPageable),
    (Power::MACHINE, "D0StartingDmaEnable", "InitialDmaEnableFailed", Absent::Dma),
    (Power::MACHINE, "WakingDmaEnable", "WakingDmaEnableFailed", Absent::Dma),
    (Power::MACHINE, "D0StartingPostHardwareEnabled", "InitialDmaEnableFailed", Absent::ClassExtension),
    (
        Power::MACHINE,
        "D0StartingPostHardwareEnabled",
        "InitialPostHardwareEnabledFailed",
        Absent::ClassExtension,
    ),
    (Power::MACHINE, "WakingPostHardwareEnabled", "WakingDmaEnableFailed", Absent::ClassExtension),
    (Power::MACHINE, "WakingPostHardwareEnabled", "WakingPostHardwareEnabledFailed", Absent::ClassExtension),
    (SelfManagedIo::MACHINE, "Init", "Created", Absent::ClassExtension),
    (PolicyOwner::MACHINE, "TimerExpiredNoWake", "TimerExpiredNoWakeReturnToActive", Absent::Directed),
];

/// A transition and whether it was taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Covered {
    /// The machine.
    pub machine: &'static str,
    /// The state that is left.
    pub from: &'static str,
    /// The event; none where the entry function leads on.
    pub event: Option<String>,
    /// The state that is entered.
    pub to: &'static str,
    /// It was taken.
    pub taken: bool,
    /// A worker took it, with a driver.
    pub by_worker: bool,
    /// The framework's authors marked it as never tested.
    pub trap: bool,
}

/// The transitions that a UMDF function driver can take without USB, class extensions and wake.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// How many of them were taken.
    pub taken: usize,
    /// How many of them workers took.
    pub by_workers: usize,
    /// How many there are.
    pub reachable: usize,
    /// Each of them.
    pub transitions: Vec<Covered>,
}

fn line(worker: bool, machine: &str, from: &str, event: Option<&str>, to: &str) -> String {
    let process = if worker { "worker" } else { "test" };
    format!("{process}\t{machine}\t{from}\t{}\t{to}\n", event.unwrap_or("-"))
}

/// Adds a transition to the file that the environment names, once in this process.
pub(super) fn record(transition: &Transition) {
    static SEEN: OnceLock<Option<Mutex<BTreeSet<String>>>> = OnceLock::new();
    let Some(seen) = SEEN.get_or_init(|| env::var_os(RECORD).map(|_| Mutex::default())) else { return };
    let event = match &transition.cause {
        Cause::Event(event) => Some(event.as_str()),
        Cause::Return => None,
    };
    let worker = env::var_os(worker::ASKED).is_some();
    let line = line(worker, transition.machine, transition.from, event, transition.to);
    if !lock(seen).insert(line.clone()) {
        return;
    }
    let Some(path) = env::var_os(RECORD) else { return };
    let written = OpenOptions::new().create(true).append(true).open(&path);
    // One write for a line: processes share the file.
    if let Err(error) = written.and_then(|mut file| file.write_all(line.as_bytes())) {
        eprintln!("umdf-host: {} takes no transitions: {error}", Path::new(&path).display());
    }
}

fn reachable<S: State>(all: &mut Vec<Covered>) {
    let mut reached = vec![S::INITIAL];
    let mut next = 0;
    while let Some(state) = reached.get(next).copied() {
        next += 1;
        let row = state.row();
        let events = row.on.iter().map(|(event, to)| (Some(*event), *to));
        for (event, to) in events.chain(row.returns.iter().map(|to| (None, *to))) {
            let event_name = event.map(|event| format!("{event:?}"));
            let no_event = event_name.as_ref().is_some_and(|event| {
                NO_EVENTS.iter().any(|(machine, no, _)| (*machine, *no) == (S::MACHINE, event.as_str()))
            });
            let name = to.row().name;
            let no_return = event.is_none()
                && NO_RETURNS
                    .iter()
                    .any(|(machine, a, b, _)| (*machine, *a, *b) == (S::MACHINE, row.name, name));
            if no_event || no_return || to.row().absent.is_some() {
                continue;
            }
            let trap = event.is_some_and(|event| row.traps.contains(&event));
            all.push(Covered {
                machine: S::MACHINE,
                from: row.name,
                event: event_name,
                to: name,
                taken: false,
                by_worker: false,
                trap,
            });
            if !reached.contains(&to) {
                reached.push(to);
            }
        }
    }
}

impl Coverage {
    /// Compares what is reachable with the transitions in `records`.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn from_files<P: AsRef<Path>>(records: &[P]) -> io::Result<Self> {
        let mut lines = BTreeSet::new();
        for path in records {
            let text = fs::read_to_string(path).map_err(|error| {
                io::Error::new(error.kind(), format!("cannot read {}: {error}", path.as_ref().display()))
            })?;
            lines.extend(text.lines().map(|line| format!("{line}\n")));
        }
        let mut transitions = Vec::new();
        reachable::<Pnp>(&mut transitions);
        reachable::<Power>(&mut transitions);
        reachable::<PolicyOwner>(&mut transitions);
        reachable::<PolicyNotOwner>(&mut transitions);
        reachable::<Idle>(&mut transitions);
        reachable::<SelfManagedIo>(&mut transitions);
        for covered in &mut transitions {
            let event = covered.event.as_deref();
            let taken =
                |worker| lines.contains(&line(worker, covered.machine, covered.from, event, covered.to));
            covered.by_worker = taken(true);
            covered.taken = covered.by_worker || taken(false);
        }
        let taken = transitions.iter().filter(|covered| covered.taken).count();
        let by_workers = transitions.iter().filter(|covered| covered.by_worker).count();
        Ok(Self { taken, by_workers, reachable: transitions.len(), transitions })
    }

    /// The part that was taken, in whole percent.
    pub fn percent(&self) -> usize {
        self.percent_of(self.taken)
    }

    fn percent_of(&self, some: usize) -> usize {
        (some * 100).checked_div(self.reachable).unwrap_or(0)
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut machine = "";
        for covered in &self.transitions {
            if covered.machine != machine {
                machine = covered.machine;
                let of_it = || self.transitions.iter().filter(|covered| covered.machine == machine);
                let taken = of_it().filter(|covered| covered.taken).count();
                writeln!(f, "{machine}: {taken} of {} transitions taken", of_it().count())?;
            }
            if !covered.taken {
                let event = covered.event.as_deref().unwrap_or("entry function");
                let trap = if covered.trap { ", never tested by the framework's authors" } else { "" };
                writeln!(f, "  not taken: {} -> {} ({event}{trap})", covered.from, covered.to)?;
            }
        }
        for (what, some) in [("taken", self.taken), ("taken by workers", self.by_workers)] {
            writeln!(f, "all: {some} of {} transitions {what}, {} %", self.reachable, self.percent_of(some))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knows<S: State>(machine: &str, event: Option<&str>, from: &str, to: Option<&str>) -> bool {
        let on = |state: &S, name: &str| state.row().on.iter().any(|(on, _)| format!("{on:?}") == name);
        S::MACHINE == machine
            && S::ALL.iter().any(|state| match event {
                Some(event) => on(state, event),
                None => {
                    state.row().name == from
                        && state.row().returns.iter().any(|next| Some(next.row().name) == to)
                }
            })
    }

    #[test]
    fn what_is_left_out_exists() {
        for (machine, event, _) in NO_EVENTS {
            let known = knows::<Pnp>(machine, Some(event), "", None)
                || knows::<Power>(machine, Some(event), "", None)
                || knows::<PolicyOwner>(machine, Some(event), "", None);
            // Events that no state takes need no reason to be left out, but those of the list do.
            assert!(known || *event == "MarkPageable", "{machine}: {event}");
        }
        for (machine, from, to, _) in NO_RETURNS {
            let known = knows::<Pnp>(machine, None, from, Some(to))
                || knows::<Power>(machine, None, from, Some(to))
                || knows::<PolicyOwner>(machine, None, from, Some(to))
                || knows::<SelfManagedIo>(machine, None, from, Some(to));
            assert!(known, "{machine}: {from} -> {to}");
        }
    }

    #[test]
    fn counts_what_the_files_hold() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let taken = [
            line(false, Pnp::MACHINE, "ObjectCreated", Some("AddDevice"), "Init"),
            line(true, Pnp::MACHINE, "Init", Some("StartDevice"), "InitStarting"),
            line(false, Pnp::MACHINE, "Init", Some("StartDevice"), "InitStarting"),
        ];
        fs::write(file.path(), taken.concat()).unwrap();
        let coverage = Coverage::from_files(&[file.path()]).unwrap();
        assert_eq!((coverage.taken, coverage.by_workers, coverage.percent()), (2, 1, 0));
        assert!(coverage.reachable > 300, "{}", coverage.reachable);
        let seen = |from, to| {
            let it = |covered: &&Covered| (covered.from, covered.to) == (from, to);
            coverage.transitions.iter().find(it).map(|covered| (covered.taken, covered.by_worker))
        };
        assert_eq!(seen("ObjectCreated", "Init"), Some((true, false)));
        assert_eq!(seen("Init", "InitStarting"), Some((true, true)));
        assert_eq!(seen("Init", "Removed"), Some((false, false)));
        let text = coverage.to_string();
        assert!(text.contains("PnP: 2 of ") && text.contains("transitions taken by workers, 0 %"), "{text}");
        let error = Coverage::from_files(&["no such file"]).unwrap_err();
        assert!(error.to_string().contains("cannot read no such file"), "{error}");
    }
}
