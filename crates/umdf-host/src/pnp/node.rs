//! How a device ends up: what Device Manager would show.

use wdk_portable::{NTSTATUS, STATUS_CONFLICTING_ADDRESSES};

use crate::history::Event;
use crate::host::{Host, State};
use crate::report;
use crate::status;

/// Why a device does not work (`cfg.h`; Microsoft Learn, "Device Manager error messages").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `CM_PROB_FAILED_START`: the start failed with this status.
    FailedStart(NTSTATUS),
    /// `CM_PROB_NORMAL_CONFLICT`: there are no resources for it.
    Conflict,
    /// `CM_PROB_DEVICE_NOT_THERE`: the driver says that the device is not present.
    NotThere,
    /// `CM_PROB_HARDWARE_DISABLED`: the driver says that the hardware is disabled.
    HardwareDisabled,
    /// `CM_PROB_FAILED_ADD`: no device object was made, for this reason.
    FailedAdd(NTSTATUS),
    /// `CM_PROB_FAILED_POST_START`: the device failed after it was started.
    FailedPostStart,
}

impl Problem {
    fn code_and_name(self) -> (u32, &'static str) {
        match self {
            Self::FailedStart(_) => (10, "CM_PROB_FAILED_START"),
            Self::Conflict => (12, "CM_PROB_NORMAL_CONFLICT"),
            Self::NotThere => (24, "CM_PROB_DEVICE_NOT_THERE"),
            Self::HardwareDisabled => (29, "CM_PROB_HARDWARE_DISABLED"),
            Self::FailedAdd(_) => (31, "CM_PROB_FAILED_ADD"),
            Self::FailedPostStart => (43, "CM_PROB_FAILED_POST_START"),
        }
    }

    fn status(self) -> Option<NTSTATUS> {
        match self {
            Self::FailedStart(status) | Self::FailedAdd(status) => Some(status),
            Self::Conflict => Some(STATUS_CONFLICTING_ADDRESSES),
            Self::NotThere | Self::HardwareDisabled | Self::FailedPostStart => None,
        }
    }
}

/// How a device node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeState {
    /// No driver was added to it.
    NotAdded,
    /// It works.
    Started,
    /// PnP stopped it, to give it other resources.
    Stopped,
    /// It was removed in order: disabled or uninstalled.
    Removed,
    /// It does not work.
    Problem(Problem),
    /// Its hardware is not there any more.
    Disconnected,
}

impl NodeState {
    fn words(self) -> &'static str {
        match self {
            Self::NotAdded => "not added",
            Self::Started => "started",
            Self::Stopped => "stopped",
            Self::Removed => "removed",
            Self::Problem(_) => "problem",
            Self::Disconnected => "disconnected",
        }
    }

    fn problem(self) -> Option<report::Problem> {
        let Self::Problem(problem) = self else { return None };
        let (code, name) = problem.code_and_name();
        Some(report::Problem { code, name: name.into(), status: problem.status().map(status::describe) })
    }
}

/// Changes how the device in a slot is, and tells.
pub fn change(host: &Host, slot: u16, to: NodeState) {
    let number = host.state().nodes.get_mut(&slot).and_then(|node| {
        let before = std::mem::replace(&mut node.state, to);
        (before != to).then_some(node.number)
    });
    if let Some(device) = number {
        host.record(Event::Device { device, state: to.words().into(), problem: to.problem() });
    }
}

/// How the device in a slot is.
pub fn state(state: &State, slot: u16) -> NodeState {
    state.nodes.get(&slot).map_or(NodeState::NotAdded, |node| node.state)
}
