//! What can happen to the devices.

use serde::{Deserialize, Serialize};

use super::value::{Bytes, Status};
use crate::bus::Interruption;

/// One step, named by `do` in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Step {
    /// PnP starts the device; a device that is not there yet is added first, one that was stopped gets the same
    /// addresses as before.
    Start(Pnp),
    /// A client opens a device.
    Open {
        /// Number of the device.
        #[serde(default)]
        device: usize,
        /// Name of the handle, for later steps.
        #[serde(default = "default_handle")]
        handle: String,
        /// What it is opened for.
        #[serde(default)]
        access: Access,
        /// Status of the open. The handle exists only if this is a success.
        #[serde(default)]
        expect: Status,
    },
    /// A client sends an I/O control request.
    Ioctl(Ioctl),
    /// A client reads.
    Read(Read),
    /// A client writes.
    Write(Write),
    /// The client takes back a request that it left pending.
    Cancel {
        /// What the request is called.
        name: String,
    },
    /// The client waits until every request that it left pending has come back.
    Wait {
        /// Longest wait, in milliseconds.
        #[serde(default = "default_timeout_ms", rename = "timeout-ms")]
        timeout_ms: u64,
    },
    /// Nothing happens until no callback of the driver runs, or is due now. So what was sent before has
    /// reached the driver.
    Settle {
        /// Number of the device, in the order of the file: its host process settles.
        #[serde(default)]
        device: usize,
        /// Longest wait, in milliseconds.
        #[serde(default = "default_timeout_ms", rename = "timeout-ms")]
        timeout_ms: u64,
    },
    /// The hardware stops answering.
    DeviceGone(Which),
    /// The hardware does by itself what a write to one of its registers would make it do, and the next steps go on
    /// meanwhile.
    Poke(Poke),
    /// Interrupts of the device go wrong from now on.
    Disturb(Disturb),
    /// So much time passes.
    Pause {
        /// How much, in microseconds.
        us: u64,
    },
    /// Another device on the same interrupt line asks for attention.
    NeighbourInterrupts(Which),
    /// A client opens the device again and again and sends requests of any kind: which ones, says the seed. Their
    /// statuses do not matter; each comes back, at the latest when it is cancelled and its handle closed.
    Fuzz(Fuzz),
    /// The applications' process ends: each request that is pending is cancelled, each handle closed.
    EndProcess,
    /// A client closes its handle.
    Close {
        /// Name of the handle.
        #[serde(default = "default_handle")]
        handle: String,
    },
    /// PnP asks whether the device may be stopped.
    QueryStop(Pnp),
    /// PnP does not stop the device after all.
    CancelStop(Pnp),
    /// PnP stops the device, to give it other resources.
    Stop(Pnp),
    /// PnP starts the stopped device again, at other addresses.
    Restart(Pnp),
    /// PnP asks whether the device may be removed.
    QueryRemove(Pnp),
    /// PnP does not remove the device after all.
    CancelRemove(Pnp),
    /// PnP removes the device in an orderly way. Nothing happens if PnP has done so of itself, because the
    /// device failed or was pulled out.
    Remove(Which),
    /// The driver is uninstalled and installed anew: the host process of the removed device unloads it and ends, and
    /// the next start is in another one. Nobody else may have a device in that process.
    Reinstall(Which),
    /// The device is pulled out: the hardware stops answering for good, and PnP reports that, and removes
    /// the device when nobody has it open.
    SurpriseRemove(Which),
    /// The system goes to sleep, and every device with it. Power requests do not fail: what the driver fails shows afterwards.
    Sleep {
        /// Status of the system's power request.
        #[serde(default)]
        expect: Status,
    },
    /// The system comes back.
    Resume {
        /// Status of the system's power request.
        #[serde(default)]
        expect: Status,
    },
    /// Nothing happens until the device has idled out. Where another driver of its stack owns the power
    /// policy, that driver powers the device down.
    Idle {
        /// Number of the device, in the order of the file.
        #[serde(default)]
        device: usize,
        /// Longest wait, in milliseconds.
        #[serde(default = "default_timeout_ms", rename = "timeout-ms")]
        timeout_ms: u64,
    },
    /// The system shuts down: applications end, and every device powers down for good. Nothing is removed
    /// or unloaded, and no step can follow.
    Shutdown,
}

impl Step {
    /// The number of the device that the step names; `None` if it names a handle, a request or nothing.
    pub fn device(&self) -> Option<usize> {
        match self {
            Self::Start(pnp)
            | Self::QueryStop(pnp)
            | Self::CancelStop(pnp)
            | Self::Stop(pnp)
            | Self::Restart(pnp)
            | Self::QueryRemove(pnp)
            | Self::CancelRemove(pnp) => Some(pnp.device),
            Self::DeviceGone(which)
            | Self::NeighbourInterrupts(which)
            | Self::Remove(which)
            | Self::Reinstall(which)
            | Self::SurpriseRemove(which) => Some(which.device),
            Self::Poke(poke) => Some(poke.device),
            Self::Disturb(disturb) => Some(disturb.device),
            Self::Fuzz(fuzz) => Some(fuzz.device),
            Self::Open { device, .. } | Self::Settle { device, .. } | Self::Idle { device, .. } => {
                Some(*device)
            }
            Self::Ioctl(_)
            | Self::Read(_)
            | Self::Write(_)
            | Self::Cancel { .. }
            | Self::Wait { .. }
            | Self::Pause { .. }
            | Self::EndProcess
            | Self::Close { .. }
            | Self::Sleep { .. }
            | Self::Resume { .. }
            | Self::Shutdown => None,
        }
    }
}

/// Something that the hardware does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Poke {
    /// Number of the device, in the order of the file.
    #[serde(default)]
    pub device: usize,
    /// Index of the BAR.
    #[serde(default)]
    pub bar: usize,
    /// Offset of the register in the BAR, in bytes.
    pub offset: u64,
    /// The value; 32 bits wide.
    pub value: u32,
    /// How often.
    #[serde(default = "once")]
    pub times: u32,
    /// Time from one to the next, in microseconds.
    #[serde(default)]
    pub every_us: u64,
}

/// Interrupts that go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Disturb {
    /// Number of the device, in the order of the file.
    #[serde(default)]
    pub device: usize,
    /// How they go wrong.
    pub how: Interruption,
    /// How many of them.
    #[serde(default = "once")]
    pub times: u32,
    /// Time from one that the hardware invents to the next, or from one that it doubles to its double, in
    /// microseconds.
    #[serde(default)]
    pub every_us: u64,
}

const fn once() -> u32 {
    1
}

/// Requests of any kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fuzz {
    /// Number of the device, in the order of the file.
    #[serde(default)]
    pub device: usize,
    /// What the requests depend on.
    pub seed: u64,
    /// How many requests, opens and cancellations.
    pub times: u32,
    /// Inputs that mean something to the driver. Without them the bytes are random. The codes that mean something
    /// are those of the table `[ioctls]`.
    #[serde(default)]
    pub inputs: Vec<Bytes>,
    /// Wait for its end. Else the next steps happen meanwhile; a later step that waits for pending requests waits
    /// for this too.
    #[serde(default = "default_wait")]
    pub wait: bool,
    /// Longest wait for the requests that are pending in the end, in milliseconds; all of it may take twice as long.
    #[serde(default = "default_timeout_ms")]
    pub timeout_ms: u64,
}

/// A step that happens to one device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Which {
    /// Number of the device, in the order of the file.
    #[serde(default)]
    pub device: usize,
}

/// A request of the PnP manager, and its expected status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pnp {
    /// Number of the device, in the order of the file.
    #[serde(default)]
    pub device: usize,
    /// Status of the request.
    #[serde(default)]
    pub expect: Status,
}

/// What a client may do with its handle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Both.
    #[default]
    ReadWrite,
    /// GENERIC_READ.
    Read,
    /// GENERIC_WRITE.
    Write,
    /// Neither: only I/O control requests with FILE_ANY_ACCESS.
    None,
}

/// A read and its expected result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Read {
    /// Name of the handle.
    #[serde(default = "default_handle")]
    pub handle: String,
    /// What the request is called in the story.
    pub name: String,
    /// Bytes to read.
    pub length: u32,
    /// Where in the file.
    #[serde(default)]
    pub offset: i64,
    /// Status of the completion.
    #[serde(default)]
    pub expect: Status,
    /// The bytes that come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect_output: Option<Bytes>,
    /// The byte count that comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect_information: Option<u64>,
    /// Wait for the completion, as for an I/O control request.
    #[serde(default = "default_wait")]
    pub wait: bool,
    /// Longest wait for the completion, in milliseconds.
    #[serde(default = "default_timeout_ms")]
    pub timeout_ms: u64,
}

/// A write and its expected result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Write {
    /// Name of the handle.
    #[serde(default = "default_handle")]
    pub handle: String,
    /// What the request is called in the story.
    pub name: String,
    /// Bytes to write.
    #[serde(default)]
    pub input: Bytes,
    /// Where in the file.
    #[serde(default)]
    pub offset: i64,
    /// Status of the completion.
    #[serde(default)]
    pub expect: Status,
    /// The byte count that comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect_information: Option<u64>,
    /// Wait for the completion, as for an I/O control request.
    #[serde(default = "default_wait")]
    pub wait: bool,
    /// Longest wait for the completion, in milliseconds.
    #[serde(default = "default_timeout_ms")]
    pub timeout_ms: u64,
}

/// An I/O control request and its expected result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ioctl {
    /// Name of the handle.
    #[serde(default = "default_handle")]
    pub handle: String,
    /// What the request is called in the story.
    pub name: String,
    /// I/O control code.
    pub code: u32,
    /// Input buffer.
    #[serde(default)]
    pub input: Bytes,
    /// Length of the output buffer, in bytes.
    #[serde(default)]
    pub output_length: u32,
    /// Status of the completion.
    #[serde(default)]
    pub expect: Status,
    /// The bytes that come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect_output: Option<Bytes>,
    /// The byte count that comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect_information: Option<u64>,
    /// Wait for the completion. Else the request stays pending while the next steps happen, and its
    /// result is checked when it completes.
    #[serde(default = "default_wait")]
    pub wait: bool,
    /// Longest wait for the completion, in milliseconds.
    #[serde(default = "default_timeout_ms")]
    pub timeout_ms: u64,
}

fn default_handle() -> String {
    "client0".into()
}

const fn default_wait() -> bool {
    true
}

const fn default_timeout_ms() -> u64 {
    5000
}
