//! Devices of QEMU: the embedded edu against the real one, QEMUs that misbehave, and what is left of them.
//!
//! Without QEMU the tests that need it are ignored, and say so.

mod bars;
#[cfg(target_os = "linux")]
mod broken;
#[cfg(target_os = "linux")]
mod connected;
mod differential;
#[expect(dead_code, reason = "other tests use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod heard;
#[cfg(target_os = "linux")]
mod host;
mod identities;
#[cfg(target_os = "linux")]
mod left;
mod refused;
#[cfg(target_os = "linux")]
mod skipped;

use std::process::ExitCode;

use libtest_mimic::Trial;

use fixture::qemu::Tests;

fn main() -> ExitCode {
    fixture::run(|| {
        let tests = Tests::new();
        let mut trials = vec![
            tests.test("qemu::differential::by_line", differential::by_line),
            tests.test("qemu::differential::by_message", differential::by_message),
            tests.test("qemu::differential::changing_between_both", differential::changing_between_both),
            tests.test(
                "qemu::differential::the_comparison_finds_a_difference",
                differential::finds_a_difference,
            ),
            fixture::test("qemu::differential::a_seed_can_be_given", differential::a_seed_can_be_given),
            tests.test("qemu::heard::the_line_wakes", heard::the_line_wakes),
            tests.test("qemu::heard::the_message_is_looked_for", heard::the_message_is_looked_for),
            tests.test("qemu::identities::edu", identities::edu),
            tests.test("qemu::identities::pci_testdev", identities::pci_testdev),
            tests.test("qemu::identities::ivshmem_plain", identities::ivshmem_plain),
            fixture::test("qemu::refused::whoever_is_no_qemu", refused::whoever_is_no_qemu),
            fixture::test("qemu::bars::in_order", bars::in_order),
            fixture::test("qemu::bars::impossible", bars::impossible),
            fixture::test("qemu::bars::no_room", bars::no_room),
        ];
        trials.extend(on_linux(&tests));
        trials
    })
}

#[cfg(target_os = "linux")]
fn on_linux(tests: &Tests) -> Vec<Trial> {
    let mut trials = vec![
        tests.test("qemu::left::after_a_run", left::after_a_run),
        tests.test("qemu::left::after_the_worker_crashed", left::after_the_worker_crashed),
        tests.test("qemu::left::after_the_worker_was_killed", left::after_the_worker_was_killed),
        tests.test("qemu::left::after_the_supervisor_was_killed", left::after_the_supervisor_was_killed),
        tests.test("qemu::broken::dies_in_the_middle", broken::dies_in_the_middle),
        tests.test("qemu::broken::falls_silent_in_the_middle", broken::falls_silent_in_the_middle),
        tests.test("qemu::broken::talks_nonsense_in_the_middle", broken::talks_nonsense_in_the_middle),
        tests.test("qemu::connected::works_like_one_of_our_own", connected::works_like_one_of_our_own),
        tests.test("qemu::connected::is_gone_when_it_ends", connected::is_gone_when_it_ends),
        tests.test("qemu::connected::a_whole_life", connected::a_whole_life),
    ];
    trials.extend([
        fixture::test("qemu::skipped::by_a_qemu_that_will_not_do", skipped::by_a_qemu_that_will_not_do),
        fixture::test("qemu::skipped::by_none", skipped::by_none),
    ]);
    trials.extend(broken::before_the_run());
    trials
}

#[cfg(not(target_os = "linux"))]
fn on_linux(_tests: &Tests) -> Vec<Trial> {
    let groups = [
        ("qemu::left", "what is left is looked for in /proc, which is Linux's"),
        ("qemu::broken", "what stands in the place of QEMU is a script for a Unix shell"),
        ("qemu::connected", "its QEMU gets a socket in the way of Unix"),
        ("qemu::skipped", "what stands in the place of QEMU is a script for a Unix shell"),
    ];
    groups.map(|(name, why)| fixture::not_here(name, why)).into()
}
