//! The schedule alone.

use super::*;

const DEADLINE: Duration = Duration::from_mins(1);
const PLACE: usize = 1;
const NOWHERE: usize = 2;
const SECOND: Duration = Duration::from_secs(1);

/// So many threads, of which the first runs.
fn turns(seed: u64, preemptions: Option<u32>, threads: usize) -> Turns {
    let mut turns = Turns::new(Plan { seed, preemptions }, DEADLINE);
    for thread in 0..threads {
        let task = turns.add();
        turns.set_thread(task, u32::try_from(thread).unwrap());
    }
    turns
}

/// Who runs, over so many passages of three threads.
fn history(seed: u64, preemptions: Option<u32>, passages: usize) -> Vec<usize> {
    let mut turns = turns(seed, preemptions, 3);
    let mut who = 0;
    let mut pass = |_| {
        who = turns.pass(Duration::ZERO).unwrap_or(who);
        who
    };
    (0..passages).map(&mut pass).collect()
}

#[test]
fn a_seed_has_one_history_and_others_have_others() {
    let of = |seed| history(seed, None, 500);
    assert!((0..50).all(|seed| of(seed) == of(seed)));
    let all: BTreeSet<_> = (0..50).map(of).collect();
    assert!(all.len() > 40, "{}", all.len());
}

#[test]
fn the_bound_limits_preemptions() {
    let changes = |history: &[usize]| history.windows(2).filter(|pair| pair[0] != pair[1]).count();
    // The first passage is none of the pairs.
    let most = |bound| (0..50).map(|seed| changes(&history(seed, Some(bound), 999))).max().unwrap();
    assert_eq!((most(0), most(3)), (0, 3));
}

#[test]
fn who_never_waits_makes_way_at_last() {
    assert_eq!(history(1, Some(0), 1000).iter().position(|who| *who != 0), Some(999));
}

#[test]
fn time_jumps_to_what_is_due_first() {
    let mut turns = turns(1, None, 2);
    assert_eq!(turns.wait(PLACE, Some(SECOND * 3)), Ok(1));
    assert_eq!(turns.wait(NOWHERE, Some(SECOND)), Ok(1));
    assert_eq!(turns.now(), SECOND);
    assert_eq!(turns.wait(NOWHERE, None), Ok(0));
    assert_eq!(turns.now(), SECOND * 3);
}

#[test]
fn who_is_woken_waits_no_more() {
    let mut turns = turns(1, Some(0), 2);
    assert_eq!(turns.wait(PLACE, Some(SECOND)), Ok(1));
    turns.wake_one(NOWHERE);
    turns.wake_one(PLACE);
    assert_eq!(turns.wait(NOWHERE, None), Ok(0));
    assert_eq!(turns.now(), Duration::ZERO);
    assert_eq!(turns.wait(PLACE, None), Err(Stuck::Deadlock));
}

#[test]
fn a_call_that_takes_long_enough_lets_time_pass_for_others() {
    let mut turns = turns(1, Some(0), 2);
    assert_eq!(turns.wait(PLACE, Some(SECOND)), Ok(1));
    assert_eq!(turns.pass(SECOND), None);
    // The other one could run now.
    turns.preemptions = None;
    turns.odds = 1;
    assert_eq!(turns.pass(Duration::ZERO), Some(0));
}

#[test]
fn driver_code_beside_a_timer_hangs_at_its_deadline() {
    let mut turns = turns(1, None, 2);
    turns.heard(0, 1);
    assert_eq!(turns.wait(PLACE, None), Ok(1));
    let stuck = (0..1000).find_map(|_| turns.wait(NOWHERE, Some(SECOND)).err());
    assert_eq!(stuck, Some(Stuck::Hangs(0)));
    assert_eq!(turns.now(), callback_limit(DEADLINE));
}

#[test]
fn driver_code_that_only_a_backstop_would_end_is_a_deadlock() {
    let mut turns = turns(1, None, 2);
    turns.heard(0, 1);
    assert_eq!(turns.wait(PLACE, Some(DEADLINE * 4)), Ok(1));
    assert_eq!(turns.wait(NOWHERE, Some(DEADLINE)), Err(Stuck::Deadlock));
    assert_eq!(turns.waiting().len(), 2);
}

#[test]
fn the_host_alone_waits_to_the_end_of_its_patience() {
    let mut turns = turns(1, None, 2);
    assert_eq!(turns.wait(PLACE, Some(DEADLINE * 4)), Ok(1));
    assert_eq!(turns.wait(NOWHERE, None), Ok(0));
    assert_eq!(turns.now(), DEADLINE * 4);
}

#[test]
fn who_found_a_lock_taken_looks_again_when_others_have_moved() {
    let mut turns = turns(1, Some(0), 2);
    assert_eq!(turns.look_later(), Ok(1));
    assert_eq!(turns.wait(PLACE, None), Ok(0));
    assert_eq!(turns.look_later(), Err(Stuck::Deadlock));
}
