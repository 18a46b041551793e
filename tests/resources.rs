//! The parser of resource lists, from outside: what holds for any lists, and what it costs.

use std::hint::black_box;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use lists::Lists;

#[path = "../benches/resources/lists.rs"]
mod lists;
#[path = "../fuzz/oracle.rs"]
mod oracle;

/// Allocations and bytes of one walk.
fn allocated(lists: &Lists) -> (u64, u64) {
    let info = allocation_counter::measure(|| drop(black_box(lists).plan()));
    (info.count_total, info.bytes_total)
}

#[test]
fn an_ignored_descriptor_takes_no_memory() {
    for length in [0, 1, 10, 100, 1000] {
        assert_eq!(allocated(&Lists::ignored(length)), (0, 0), "{length} descriptors");
    }
    assert!(allocated(&Lists::memory(1)).0 > 0, "this allocator does not count");
}

/// The shortest time of several: what disturbs only adds.
fn time(lists: &Lists, times: u32) -> Duration {
    let once = || {
        let before = Instant::now();
        for _ in 0..times {
            let _ = black_box(black_box(lists).plan());
        }
        before.elapsed()
    };
    (0..20).map(|_| once()).min().unwrap()
}

/// So many descriptors in one list or in a hundred: the same work. If each looked at all the others, the one list
/// would take a hundred times as long.
#[test]
fn the_cost_of_a_descriptor_does_not_grow_with_the_list() {
    const AT_MOST: f64 = 5.0;
    for make in [Lists::ignored as fn(usize) -> Lists, Lists::memory] {
        let (short, long) = (make(20), make(2000));
        let growth = time(&long, 1).as_secs_f64() / time(&short, 100).as_secs_f64();
        assert!(growth < AT_MOST, "{growth:.2} times the cost in a list that is 100 times as long");
    }
}

/// Descriptors of known types in mostly good pairs, so that the walk gets far.
fn likely() -> impl Strategy<Value = Vec<u8>> {
    let kind =
        prop_oneof![Just([3, 3]), Just([7, 7]), Just([2, 2]), Just([3, 1]), Just([1, 3]), any::<[u8; 2]>()];
    let length = prop_oneof![Just(0), 0u32..0x200, any::<u32>()];
    let start = prop_oneof![Just(0), any::<u64>(), u64::MAX - 0x200..];
    let flags = prop_oneof![Just(0), 0u16..4, Just(0x200), Just(0x400), Just(0x800), any::<u16>()];
    let pair = (kind, flags, start, length).prop_map(|(kinds, flags, start, length)| {
        kinds.map(|kind| {
            let head = [kind, 1].into_iter().chain(flags.to_ne_bytes());
            head.chain(start.to_ne_bytes()).chain(length.to_ne_bytes()).chain([0; 4]).collect::<Vec<u8>>()
        })
    });
    prop::collection::vec(pair, 0..12).prop_map(|pairs| pairs.concat().concat())
}

proptest! {
    #[test]
    fn any_bytes_give_a_plan_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        oracle::check(&bytes);
    }

    #[test]
    fn likely_lists_give_a_plan_or_an_error(bytes in likely()) {
        oracle::check(&bytes);
    }
}
