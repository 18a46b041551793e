//! The tables are whole, and the restart counter counts.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::machines::RestartCounter;
use crate::machines::table::{Queue, State};
use crate::machines::tables::idle::Idle;
use crate::machines::tables::pnp::Pnp;
use crate::machines::tables::policy_not_owner::PolicyNotOwner;
use crate::machines::tables::policy_owner::PolicyOwner;
use crate::machines::tables::power::Power;
use crate::machines::tables::self_managed_io::SelfManagedIo;

/// States, event transitions, open states.
fn counts<S: State>() -> (usize, usize, usize) {
    let mut numbers = BTreeSet::new();
    for state in S::ALL {
        let row = state.row();
        assert!(numbers.insert(row.number), "{} has the number of another state", row.full_name);
        assert!(row.enter.is_none() || row.absent.is_none(), "{}", row.full_name);
        assert!(row.returns.is_empty() || row.enter.is_some() || row.absent.is_some(), "{}", row.full_name);
        for (index, (event, _)) in row.on.iter().enumerate() {
            assert!(row.on[..index].iter().all(|(other, _)| other != event), "{}: {event:?}", row.full_name);
        }
        for trap in row.traps {
            assert!(row.on.iter().any(|(event, _)| event == trap), "{}: {trap:?}", row.full_name);
        }
    }
    let rows = || S::ALL.iter().map(|state| state.row());
    let open = rows().filter(|row| row.queue == Queue::Open).count();
    (S::ALL.len(), rows().map(|row| row.on.len()).sum(), open)
}

#[test]
fn tables_are_whole() {
    assert_eq!(counts::<Pnp>(), (58, 66, 21));
    assert_eq!(counts::<Power>(), (105, 68, 18));
    assert_eq!(counts::<PolicyNotOwner>(), (18, 33, 7));
    assert_eq!(counts::<Idle>(), (34, 38, 0));
    assert_eq!(counts::<SelfManagedIo>(), (14, 14, 0));
    // Without the 9 states that the framework's enumeration shares with the other policy table.
    assert_eq!(counts::<PolicyOwner>(), (183, 257, 29));
}

#[test]
fn restarts_are_limited_in_their_period() {
    let mut counter = RestartCounter::default();
    let second = Duration::from_secs;
    for attempt in 0..5 {
        assert!(counter.allow(second(attempt), false), "restart {attempt}");
    }
    assert!(!counter.allow(second(60), true), "a sixth within the period");
    assert!(!counter.allow(second(61), false), "a new period, but never started");
    assert!(counter.allow(second(61), true), "a new period");
    assert!(counter.allow(second(62), false));
}
