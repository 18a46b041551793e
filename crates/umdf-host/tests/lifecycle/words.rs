//! Callbacks in the words of the rows.

use std::collections::BTreeMap;

use umdf_host::report::Report;

use crate::short;

/// Short forms. `()` stands for a power state. `UP` and `DOWN` are the ways into and out of D0; `START` and
/// `STOP` the whole ways; `GONE` is the end of a device whose hardware is released.
pub const ACTIONS: &[(&str, &str)] = &[
    ("UP()", "D0Entry() > InterruptEnable0 > InterruptEnable1 > PostInterruptsEnabled()"),
    ("DOWN()", "PreInterruptsDisabled() > InterruptDisable1 > InterruptDisable0 > D0Exit()"),
    (
        "START",
        "PrepareHardware > D0Entry(D3Final) > InterruptEnable0 > InterruptEnable1 > \
         PostInterruptsEnabled(D3Final) > SmioInit",
    ),
    (
        "RESTART",
        "PrepareHardware > D0Entry(D3Final) > InterruptEnable0 > InterruptEnable1 > \
         PostInterruptsEnabled(D3Final) > SmioRestart",
    ),
    (
        "STOP",
        "SmioSuspend > PreInterruptsDisabled(D3Final) > InterruptDisable1 > InterruptDisable0 > \
         D0Exit(D3Final) > ReleaseHardware",
    ),
    ("GONE", "SmioFlush > SmioCleanup > Cleanup"),
];

/// The callbacks that the short form means.
pub fn expected(short: &str) -> Vec<String> {
    short::actions(short, ACTIONS)
}

/// The callbacks that the driver saw, as far as the rows tell of them.
pub fn seen(report: &Report) -> Vec<String> {
    // Which of the two interrupts of its device an object is.
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    let mut enabled = 0;
    let mut seen = Vec::new();
    for callback in &report.callback_results {
        let name = callback.name.as_str();
        let state = callback.arguments.strip_prefix("WdfPowerDevice").unwrap_or(&callback.arguments);
        let word = match name {
            "EvtDriverDeviceAdd" => "DeviceAdd".to_owned(),
            "EvtCleanupCallback" if callback.object.starts_with("device") => "Cleanup".to_owned(),
            "EvtIoStop" | "EvtIoResume" => name.replace("EvtIo", "Io"),
            "EvtInterruptEnable" => {
                let role = *roles.entry(&callback.object).or_insert(enabled);
                enabled += 1;
                format!("InterruptEnable{role}")
            }
            "EvtInterruptDisable" => format!("InterruptDisable{}", roles[callback.object.as_str()]),
            "EvtDeviceD0Entry" => {
                enabled = 0;
                format!("D0Entry({state})")
            }
            "EvtDeviceD0Exit" => format!("D0Exit({state})"),
            "EvtDeviceD0EntryPostInterruptsEnabled" => format!("PostInterruptsEnabled({state})"),
            "EvtDeviceD0ExitPreInterruptsDisabled" => format!("PreInterruptsDisabled({state})"),
            _ => match name.strip_prefix("EvtDevice") {
                Some(rest) if !rest.starts_with("File") => rest.replace("SelfManagedIo", "Smio"),
                _ => continue,
            },
        };
        let result = callback.result.as_deref().unwrap_or("no return");
        let fails = if ["", "STATUS_SUCCESS"].contains(&result) { "" } else { " FAILS" };
        seen.push(format!("{word}{fails}"));
    }
    seen
}
