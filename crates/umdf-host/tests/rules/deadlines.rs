//! The deadline is for a driver that makes no progress: one that is slow and gets on is left alone.

use std::time::Duration;

use libtest_mimic::Trial;

use crate::fixture::misbehaviour::Misbehaviour;
use crate::run::{Fixture, assert_pass};
use crate::scenarios::{CLOSE, OPEN, REMOVE, START};
use crate::test;

/// Much longer than the pauses of the driver that answers in turn and of the one that is slow to be removed, so
/// that a busy machine may add to them; and shorter than all of them together.
pub const DEADLINE: Duration = Duration::from_millis(1500);
/// So many requests, one every quarter of a second, take longer than that.
pub const MANY: usize = 12;

const IN_TURN: &str = "[[step]]\ndo = \"ioctl\"\nname = \"in turn\"\ncode = 0x222000\ninput = \"78563412\"\n\
                       output-length = 4\nwait = false\n";
const SLEEP: &str = "[[step]]\ndo = \"sleep\"\n";
const RESUME: &str = "[[step]]\ndo = \"resume\"\n";

pub fn trials() -> Vec<Trial> {
    vec![
        test("a close waits as long as requests come back", || {
            passes(Misbehaviour::AnswerInTurn, &[&[START, OPEN], &[IN_TURN; MANY][..], &[CLOSE, REMOVE]]);
        }),
        // Longer than anything waits that has no progress.
        test("a power-down waits as long as requests come back", || {
            passes(Misbehaviour::AnswerInTurn, &[&[START, OPEN], &[IN_TURN; MANY][..], &[SLEEP, RESUME]]);
        }),
        test("a removal takes as long as callbacks return", || {
            passes(Misbehaviour::RemoveSlowly, &[&[START, REMOVE]]);
        }),
    ]
}

fn passes(misbehaviour: Misbehaviour, steps: &[&[&'static str]]) {
    let fixture = Fixture { deadline: DEADLINE, ..Fixture::new(misbehaviour, &steps.concat()) };
    assert_pass(&fixture.run());
}
