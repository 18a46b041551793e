//! The abbreviations of the paths.

/// Callbacks and other actions. `()` stands for the power state.
const ACTIONS: &[(&str, &str)] = &[
    (
        "UP()",
        "D0Entry() > [connect 0] > InterruptEnable0 > [connect 1] > InterruptEnable1 > PostInterruptsEnabled() \
         > [queues resume]",
    ),
    (
        "DOWN()",
        "[queues hold] > D0ExitPreInterruptsDisabled() > InterruptDisable1 > [disconnect 1] > \
         InterruptDisable0 > [disconnect 0] > D0Exit()",
    ),
    ("PURGE", "[interfaces disabled] > [managed queues purged]"),
    ("END", "[other queues purged] > [disposed] > [IRP REMOVE sent down]"),
    ("END+cleanup", "[other queues purged] > SmioCleanup > [disposed] > [IRP REMOVE sent down]"),
];

/// States of the PnP machine.
pub const PNP: &[(&str, &str)] = &[
    ("H*", "Init InitStarting HardwareAvailable"),
    ("QS*", "QueryStopStaticCheck QueryStopAskDriver QueryStopEnsureDeviceAwake QueryStopPending"),
    ("QR*", "QueryRemoveStaticCheck QueryRemoveAskDriver QueryRemoveEnsureDeviceAwake QueryRemovePending"),
    ("F*", "FailedOwnHardware Failed FailedPowerPolicyRemoved FailedWaitForRemove"),
    ("FS*", "FailedSurpriseRemoved FailedWaitForRemove"),
    ("R*", "Removed RemovedChildrenRemoved FdoRemoved Final"),
];

/// States of the power machine.
pub const POWER: &[(&str, &str)] = &[
    (
        "S*",
        "StartingCheckDeviceType D0Starting D0StartingConnectInterrupt D0StartingDmaEnable \
         D0StartingPostHardwareEnabled D0StartingStartSelfManagedIo DecideD0State D0",
    ),
    ("X*", "GotoDx NotifyingD0ExitToWakeInterrupts GotoDxIoStopped Dx"),
    (
        "W*",
        "CheckDeviceType Waking NotifyingD0EntryToWakeInterrupts WakingConnectInterrupt WakingDmaEnable \
         WakingPostHardwareEnabled StartSelfManagedIo D0",
    ),
];

/// States of the power policy machine.
pub const POLICY: &[(&str, &str)] = &[
    ("PS*", "Starting StartingPoweredUp StartingSucceeded StartingDecideS0Wake"),
    ("P*", "Stopping StoppingSendStatus Stopped"),
    ("PR*", "StoppedRemoving Removed"),
    (
        "I*",
        "IdleCapableDeviceIdle TimerExpiredNoWake TimerExpiredNoWakeCompletePowerDown \
         TimerExpiredNoWakePoweredDownDisableIdleTimer WaitingUnarmedQueryIdle WaitingUnarmed",
    ),
    ("Z*", "Sleeping SleepingNoWakePowerDown SleepingNoWakeCompletePowerDown SystemAsleepNoWake"),
];

fn expand(word: &str, list: &'static [(&str, &str)]) -> Option<&'static str> {
    list.iter().find(|(short, _)| *short == word).map(|(_, long)| *long)
}

/// The states that the short form means, in order.
pub fn states(short: &str, list: &'static [(&str, &str)]) -> Vec<String> {
    short
        .split_whitespace()
        .flat_map(|word| {
            expand(word, list).map_or_else(|| vec![word], |long| long.split_whitespace().collect())
        })
        .map(str::to_owned)
        .collect()
}

/// The actions that the short form means, in order.
pub fn actions(short: &str) -> Vec<String> {
    let mut long = Vec::new();
    for word in short.split(" > ").filter(|word| !word.is_empty()) {
        let (word, fails) = word.strip_suffix(" FAILS").map_or((word, ""), |word| (word, " FAILS"));
        let (stem, state) = match word.split_once('(') {
            Some((stem, rest)) => (format!("{stem}()"), format!("({rest}")),
            None => (word.to_owned(), String::new()),
        };
        match expand(&stem, ACTIONS) {
            Some(text) => {
                long.extend(text.split(" > ").map(|action| action.replace("()", &state)));
                if let Some(last) = long.last_mut() {
                    last.push_str(fails);
                }
            }
            None => long.push(format!("{word}{fails}")),
        }
    }
    long
}
