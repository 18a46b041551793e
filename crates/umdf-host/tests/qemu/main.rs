//! Devices of QEMU: the embedded edu against the real one, QEMUs that misbehave, and what is left of them.
//!
//! Without QEMU the tests that need it are ignored, and say so.

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

use std::process::ExitCode;

use umdf_host::bus::{QemuDevice, QemuError, QemuModel};

fn main() -> ExitCode {
    fixture::run(|| {
        let missing = matches!(QemuDevice::start(QemuModel::Edu), Err(QemuError::Missing { .. }));
        let test = |name: &str, body: fn()| {
            let reason = "ignored: no QEMU; apt-get install --no-install-recommends qemu-system-x86 seabios";
            let name = if missing { format!("{name} ({reason})") } else { name.to_owned() };
            fixture::test(name, body).with_ignored_flag(missing)
        };
        let mut trials = vec![
            test("differential::by_line", differential::by_line),
            test("differential::by_message", differential::by_message),
            test("differential::changing_between_both", differential::changing_between_both),
            test("differential::the_comparison_finds_a_difference", differential::finds_a_difference),
            test("heard::the_line_wakes", heard::the_line_wakes),
            test("heard::the_message_is_looked_for", heard::the_message_is_looked_for),
            test("identities::edu", identities::edu),
            test("identities::pci_testdev", identities::pci_testdev),
            test("identities::ivshmem_plain", identities::ivshmem_plain),
        ];
        #[cfg(target_os = "linux")]
        {
            trials.push(test("left::after_a_run", left::after_a_run));
            trials.push(test("left::after_the_worker_crashed", left::after_the_worker_crashed));
            trials.push(test("left::after_the_worker_was_killed", left::after_the_worker_was_killed));
            trials.push(test("left::after_the_supervisor_was_killed", left::after_the_supervisor_was_killed));
            trials.push(test("broken::dies_in_the_middle", broken::dies_in_the_middle));
            trials.push(test("broken::falls_silent_in_the_middle", broken::falls_silent_in_the_middle));
            trials.push(test("broken::talks_nonsense_in_the_middle", broken::talks_nonsense_in_the_middle));
            trials.push(test("connected::works_like_one_of_our_own", connected::works_like_one_of_our_own));
            trials.push(test("connected::is_gone_when_it_ends", connected::is_gone_when_it_ends));
            trials.push(test("connected::a_whole_life", connected::a_whole_life));
            trials.push(fixture::test("connected::others_are_refused", connected::others_are_refused));
            trials.extend(broken::before_the_run());
        }
        trials
    })
}
