//! Events in words, one line each.

use std::fmt;

use super::Event;
use crate::served::Answer;
use crate::status;

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step { number, text } => write!(f, "step {number}: {text}"),
            Self::HardwareLost { device, reason } => {
                write!(f, "the hardware of device {device} is lost: {reason}")
            }
            Self::Missed { number, message } => write!(f, "step {number} missed: {message}"),
            Self::Done => f.write_str("every step asked for is done"),
            Self::Opened { handle, .. } => write!(f, "{handle} is open"),
            Self::Resource { raw, translated } => write!(f, "resource: raw {raw}; translated {translated}"),
            Self::Call { function, arguments } => write!(f, "{function}({arguments})"),
            Self::Return { function, result } => write!(f, "{function}{}", Arrow(result)),
            Self::Enter { callback, object, arguments } => {
                write!(f, "> {callback}({object}{}{arguments})", if arguments.is_empty() { "" } else { ", " })
            }
            Self::Leave { callback, object, result } => write!(f, "< {callback}({object}){}", Arrow(result)),
            Self::Loading { library } => write!(f, "> load {library}"),
            Self::Loaded { library } => write!(f, "< load {library}"),
            Self::Created { object, parent: Some(parent) } => write!(f, "{object} made below {parent}"),
            Self::Created { object, parent: None } => write!(f, "{object} made"),
            Self::Destroyed { object } => write!(f, "{object} destroyed"),
            Self::Connected { object } => write!(f, "{object} connected"),
            Self::Disconnected { object } => write!(f, "{object} disconnected"),
            Self::Mapped { physical, length } => write!(f, "mapped {length:#x} bytes at {physical:#x}"),
            Self::Unmapped { physical, length } => write!(f, "unmapped {length:#x} bytes at {physical:#x}"),
            Self::RegisterRead { physical, width, value } => {
                write!(f, "read{} {physical:#x}: {value:#x}", width * 8)
            }
            Self::RegisterWrite { physical, width, value } => {
                write!(f, "write{} {physical:#x}: {value:#x}", width * 8)
            }
            Self::Trace { line } => write!(f, "trace: {line}"),
            Self::Ioctl { name, status, information, .. } => {
                write!(f, "{name}: {status}, {information} bytes")
            }
            Self::Answered { answer: Answer::Interfaces(interfaces), .. } => {
                write!(f, "a client learns of {} interface(s)", interfaces.len())
            }
            Self::Answered { answer: Answer::Opened { status, .. }, .. } => {
                write!(f, "a client's open: {}", status::describe(*status))
            }
            Self::Answered { answer: Answer::Completed { name, status, information, .. }, .. } => {
                write!(f, "{name}: {}, {information} bytes", status::describe(*status))
            }
            Self::Answered { answer: Answer::Closed, .. } => f.write_str("a client's handle is closed"),
            Self::Pnp { request, status, .. } => write!(f, "{request}: {status}"),
            Self::Device { device, state, problem: None } => write!(f, "device {device}: {state}"),
            Self::Device { device, problem: Some(problem), .. } => write!(f, "device {device}: {problem}"),
            Self::Note { text } => f.write_str(text),
            Self::Violation { rule, message } => write!(f, "{rule}: {message}"),
            Self::Ended { reason } => write!(f, "the host ends: {reason}"),
            Self::Finished => f.write_str("finished"),
        }
    }
}

/// ` -> result`, or nothing for `void`.
struct Arrow<'a>(&'a str);

impl fmt::Display for Arrow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { f.write_str(" returns") } else { write!(f, " -> {}", self.0) }
    }
}
