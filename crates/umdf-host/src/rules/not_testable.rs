//! What Windows would punish and no driver can do in this host.

use serde::Serialize;

/// A mistake that cannot be made here.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct NotTestable {
    /// Name, in the style of the rules.
    pub name: &'static str,
    /// Why it cannot be made.
    pub reason: &'static str,
}

/// Every such mistake.
pub const NOT_TESTABLE: &[NotTestable] = &[
    NotTestable {
        name: "POWER_MULTIPLE_PPO",
        reason: "two drivers of a device stack both own its power policy (WDF_POWER_MULTIPLE_PPO): this host \
                 runs one driver of a stack",
    },
    NotTestable {
        name: "PNP_FATAL",
        reason: "the PnP manager sends a state-changing request before the last one is completed \
                 (WDF_PNP_FATAL_ERROR): no driver makes it do so, and this host's never does",
    },
    NotTestable {
        name: "POWER_ROUTINE_TIMED_OUT",
        reason: "a power callback holds up the system for ten minutes (WDF_POWER_ROUTINE_TIMED_OUT): the host \
                 process is ended long before, by CALLBACK_TIMEOUT",
    },
    NotTestable {
        name: "INVALID_INTERRUPT",
        reason: "the framework finds an interrupt object in a state that it cannot have (WDF_INVALID_INTERRUPT): \
                 its headers have the code, and nothing in its source uses it",
    },
    NotTestable {
        name: "DMA_FATAL",
        reason: "misuse of a DMA transaction (WDF_DMA_FATAL_ERROR): UMDF has no DMA functions",
    },
    NotTestable {
        name: "IRQL_MISMATCH",
        reason: "a callback returns at another IRQL (WDF_VERIFIER_IRQL_MISMATCH): user mode has one IRQL",
    },
    NotTestable {
        name: "CRITICAL_REGION_MISMATCH",
        reason: "a callback enters a critical region and does not leave it \
                 (WDF_VERIFIER_CRITICAL_REGION_MISMATCH): only kernel threads have them",
    },
    NotTestable {
        name: "APPLICATION_VERIFIER",
        reason: "misuse of the heap, of handles, of thread-local storage and of critical sections, as \
                 Application Verifier finds it in WUDFHost.exe: these are Windows' own, and no part of UMDF",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rule;

    #[test]
    fn none_of_them_is_a_rule() {
        for NotTestable { name, .. } in NOT_TESTABLE {
            assert!(Rule::ALL.iter().all(|rule| rule.name() != *name), "{name}");
        }
    }
}
