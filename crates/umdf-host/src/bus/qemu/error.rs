//! What can go wrong between this host and QEMU.

use std::net::SocketAddr;
use std::time::Duration;

use thiserror::Error;

use crate::bus::device::BarError;

/// Why QEMU is no device. From the first one on it stays so: the QEMU process has been ended.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QemuError {
    /// The program cannot be started.
    #[error("{program} does not start ({reason}): install it, on Debian by `{}`", find_qemu::INSTALL)]
    Missing {
        /// Its name.
        program: String,
        /// What the system says.
        reason: String,
    },
    /// Nobody listens where QEMU should.
    #[error(
        "no QEMU at {address} ({reason}): start one with \
         `-chardev socket,id=qtest,host=IP,port=PORT,server=on,wait=off -qtest chardev:qtest`"
    )]
    Unreachable {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        reason: String,
    },
    /// The program is older than what this backend was tried with.
    #[error("QEMU {found} is too old: install {} or later", find_qemu::OLDEST)]
    TooOld {
        /// Its version.
        found: String,
    },
    /// The program ended.
    #[error("QEMU ended in the middle: {words}")]
    Ended {
        /// Its last words, or that there are none.
        words: String,
    },
    /// No answer.
    #[error("QEMU did not answer `{command}` within {limit:?}")]
    Silent {
        /// What it was asked.
        command: String,
        /// How long it had.
        limit: Duration,
    },
    /// An answer that the protocol does not have there.
    #[error("QEMU answered `{command}` with {answer:?}, which is not what the qtest protocol has there")]
    Garbage {
        /// What it was asked.
        command: String,
        /// What it said.
        answer: String,
    },
    /// There is no device where it was put.
    #[error("QEMU has no device in the slot that was asked for")]
    NoDevice,
    /// A BAR that cannot be.
    #[error("QEMU's device has an impossible BAR: {0}")]
    Bar(#[from] BarError),
    /// The BARs do not fit.
    #[error("QEMU's device wants more addresses than there are: 0x{length:x} bytes")]
    NoRoom {
        /// Length of the BAR that found no place.
        length: u64,
    },
}
