//! The driver's lives as `umdf-host explore` plays them: on fibers, many in one copy of a process that has loaded the
//! driver.

use libtest_mimic::Trial;
#[cfg(target_os = "linux")]
use {
    crate::run::{self, Change, LINE, RAISE},
    std::ops::Range,
    std::thread,
    umdf_host::explore::Lives,
};

use crate::run::test;

/// The tests.
const NAMES: [&str; 4] = [
    "explored::lives_are_clean",
    "explored::lives_are_the_same_alone",
    "explored::lives_are_the_same_replayed",
    "explored::first_lives_are_the_same_replayed",
];
/// Lives that are drawn.
#[cfg(target_os = "linux")]
const DRAWN: u64 = if cfg!(debug_assertions) { 50 } else { 1000 };
/// Lives that are played alone too.
#[cfg(target_os = "linux")]
const ALONE: u64 = if cfg!(debug_assertions) { 20 } else { 1000 };
/// Lives that are replayed.
#[cfg(target_os = "linux")]
const REPLAYED: u64 = if cfg!(debug_assertions) { 300 } else { 1000 };

#[cfg(target_os = "linux")]
pub fn tests() -> Vec<Trial> {
    let bodies = [
        clean,
        same_alone,
        || same_replayed(&[RAISE], "explore.toml", Lives::Drawn, REPLAYED),
        || same_replayed(&[], "first-life.toml", Lives::Written, REPLAYED / 5),
    ];
    NAMES.into_iter().zip(bodies).map(|(name, body)| test(name, body)).collect()
}

#[cfg(not(target_os = "linux"))]
pub fn tests() -> Vec<Trial> {
    let why = "exploring forks a process for each life, which Windows cannot";
    let ignored = |name| test(format!("{name} (ignored: {why})"), || ()).with_ignored_flag(true);
    NAMES.into_iter().map(ignored).collect()
}

/// Lives of every kind, twice: no rule is broken, every request comes back, and the second time is as the first.
#[cfg(target_os = "linux")]
fn clean() {
    for inf in [&[RAISE][..], &[RAISE, LINE]] {
        let [first, again] = [(); 2].map(|()| run::explore(inf, "explore.toml", Lives::Drawn, 0..DRAWN));
        assert_eq!(first.failures, [], "{first}");
        assert_eq!(first.digest, again.digest, "{first}{again}");
    }
}

/// The sum of the digests of so many lives.
#[cfg(target_os = "linux")]
fn digest(inf: &[Change], name: &str, lives: Lives, seeds: Range<u64>) -> u64 {
    let found = run::explore(inf, name, lives, seeds);
    u64::from_str_radix(&found.digest, 16).expect("a number in hexadecimal")
}

/// A life among others in one process is what it is in a process of its own.
#[cfg(target_os = "linux")]
fn same_alone() {
    let digest = |seeds| digest(&[RAISE], "explore.toml", Lives::Drawn, seeds);
    let alone = (0..ALONE).map(|seed| digest(seed..seed + 1));
    assert_eq!(digest(0..ALONE), alone.fold(0, u64::wrapping_add));
}

/// A life that is explored is event by event the one that `umdf-host run` plays with this seed, on threads in a process
/// of its own.
#[cfg(target_os = "linux")]
fn same_replayed(inf: &[Change], name: &str, lives: Lives, seeds: u64) {
    let replay = |seeds: Range<u64>| -> Vec<u64> {
        seeds.map(|seed| run::replay(inf, name, lives, seed).1.digest()).collect()
    };
    // Each replay waits for processes as long as it computes.
    let replayed = thread::scope(|scope| {
        let halves = [0..seeds / 2, seeds / 2..seeds].map(|half| scope.spawn(|| replay(half)));
        halves.map(|half| half.join().expect("a replay can be told")).concat()
    });
    let sum =
        |seeds: u64| (0..seeds).zip(&replayed).fold(0_u64, |sum, (_, digest)| sum.wrapping_add(*digest));
    let differs = |seeds: &u64| digest(inf, name, lives, 0..*seeds) != sum(*seeds);
    if differs(&seeds) {
        let until = (1..seeds).find(differs).unwrap_or(seeds);
        panic!("{name}: the life of seed {} is another one where it is explored", until - 1);
    }
}
