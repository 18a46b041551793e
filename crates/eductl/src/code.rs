//! Win32 error codes: what a program on Windows gets, and what an NTSTATUS becomes on the way to it.
//!
//! Sources: Microsoft Learn, "System Error Codes"; the statuses become codes as `RtlNtStatusToDosError` has it.

use std::fmt;

use serde::Serialize;
use serde::ser::SerializeStruct;

/// A Win32 error code; 0 is success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub u32);

/// Makes the constants, their names and what they mean.
macro_rules! codes {
    ($($name:ident = $value:literal, $words:literal;)*) => {
        impl Code {
            $(#[doc = concat!("`", stringify!($name), "`: ", $words, ".")] pub const $name: Self = Self($value);)*

            fn known(self) -> Option<(&'static str, &'static str)> {
                match self.0 {
                    $($value => Some((stringify!($name), $words)),)*
                    _ => None,
                }
            }
        }
    };
}

codes! {
    ERROR_SUCCESS = 0, "it succeeded";
    ERROR_INVALID_FUNCTION = 1, "the device knows no such request";
    ERROR_FILE_NOT_FOUND = 2, "there is no such device";
    ERROR_PATH_NOT_FOUND = 3, "there is no such path";
    ERROR_ACCESS_DENIED = 5, "the device does not allow it, or not with this handle";
    ERROR_INVALID_HANDLE = 6, "the handle is closed";
    ERROR_NOT_ENOUGH_MEMORY = 8, "there is no memory";
    ERROR_NOT_READY = 21, "the device is not ready";
    ERROR_BAD_COMMAND = 22, "the device is in no state for it";
    ERROR_CRC = 23, "the data are damaged";
    ERROR_GEN_FAILURE = 31, "the device does not work";
    ERROR_SHARING_VIOLATION = 32, "another program has the device to itself";
    ERROR_NOT_SUPPORTED = 50, "the device does not support it";
    ERROR_DEV_NOT_EXIST = 55, "the device is gone";
    ERROR_INVALID_PARAMETER = 87, "what was sent is wrong";
    ERROR_SEM_TIMEOUT = 121, "the device did not answer in time";
    ERROR_INSUFFICIENT_BUFFER = 122, "a buffer is too small";
    ERROR_BUSY = 170, "the device is busy";
    ERROR_MORE_DATA = 234, "there is more than fits into the buffer";
    ERROR_NO_SUCH_DEVICE = 433, "the device is gone";
    ERROR_OPERATION_ABORTED = 995, "the request was cancelled";
    ERROR_IO_DEVICE = 1117, "the device does not answer as it should";
    ERROR_DEVICE_NOT_CONNECTED = 1167, "the device is not connected";
    ERROR_NOT_FOUND = 1168, "there is nothing to cancel";
    ERROR_CANCELLED = 1223, "it was cancelled";
    ERROR_DRIVER_PROCESS_TERMINATED = 1291, "the driver's host process has ended";
    ERROR_INTERNAL_ERROR = 1359, "the driver has a bug";
    ERROR_NO_SYSTEM_RESOURCES = 1450, "the system lacks memory";
    ERROR_DEVICE_REMOVED = 1617, "the device was pulled out";
    ERROR_MR_MID_NOT_FOUND = 317, "no code is known for this status";
}

/// NTSTATUS and the code that it becomes.
const STATUSES: &[(u32, Code)] = &[
    (0x8000_0005, Code::ERROR_MORE_DATA),
    (0x8000_0011, Code::ERROR_BUSY),
    (0xC000_0001, Code::ERROR_GEN_FAILURE),
    (0xC000_0002, Code::ERROR_INVALID_FUNCTION),
    (0xC000_0008, Code::ERROR_INVALID_HANDLE),
    (0xC000_000D, Code::ERROR_INVALID_PARAMETER),
    (0xC000_000E, Code::ERROR_NO_SUCH_DEVICE),
    (0xC000_000F, Code::ERROR_FILE_NOT_FOUND),
    (0xC000_0010, Code::ERROR_INVALID_FUNCTION),
    (0xC000_0017, Code::ERROR_NOT_ENOUGH_MEMORY),
    (0xC000_0022, Code::ERROR_ACCESS_DENIED),
    (0xC000_0023, Code::ERROR_INSUFFICIENT_BUFFER),
    (0xC000_0034, Code::ERROR_FILE_NOT_FOUND),
    (0xC000_003A, Code::ERROR_PATH_NOT_FOUND),
    (0xC000_003F, Code::ERROR_CRC),
    (0xC000_0043, Code::ERROR_SHARING_VIOLATION),
    (0xC000_0056, Code::ERROR_ACCESS_DENIED),
    (0xC000_009A, Code::ERROR_NO_SYSTEM_RESOURCES),
    (0xC000_009C, Code::ERROR_CRC),
    (0xC000_009D, Code::ERROR_DEVICE_NOT_CONNECTED),
    (0xC000_009E, Code::ERROR_NOT_READY),
    (0xC000_00A3, Code::ERROR_NOT_READY),
    (0xC000_00B5, Code::ERROR_SEM_TIMEOUT),
    (0xC000_00BB, Code::ERROR_NOT_SUPPORTED),
    (0xC000_00C0, Code::ERROR_DEV_NOT_EXIST),
    (0xC000_00E5, Code::ERROR_INTERNAL_ERROR),
    (0xC000_0120, Code::ERROR_OPERATION_ABORTED),
    (0xC000_0182, Code::ERROR_INVALID_PARAMETER),
    (0xC000_0183, Code::ERROR_IO_DEVICE),
    (0xC000_0184, Code::ERROR_BAD_COMMAND),
    (0xC000_0185, Code::ERROR_IO_DEVICE),
    (0xC000_0186, Code::ERROR_IO_DEVICE),
    (0xC000_0225, Code::ERROR_NOT_FOUND),
    (0xC000_02B6, Code::ERROR_DEVICE_REMOVED),
    (0xC000_0450, Code::ERROR_DRIVER_PROCESS_TERMINATED),
];

impl Code {
    /// What an NTSTATUS is for a program. Successes are 0, and so are the informational ones.
    pub fn of_status(status: i32) -> Self {
        let number = status.cast_unsigned();
        if status >= 0 {
            return Self::ERROR_SUCCESS;
        }
        let known = STATUSES.iter().find(|(known, _)| *known == number);
        known.map_or(Self::ERROR_MR_MID_NOT_FOUND, |(_, code)| *code)
    }

    /// Whether it says that the device is gone for good. A host process that has ended is another thing: the driver
    /// crashed, or was ended, and the device is still there.
    pub fn says_gone(self) -> bool {
        [
            Self::ERROR_DEV_NOT_EXIST,
            Self::ERROR_NO_SUCH_DEVICE,
            Self::ERROR_DEVICE_NOT_CONNECTED,
            Self::ERROR_DEVICE_REMOVED,
        ]
        .contains(&self)
    }

    /// Whether it is what requests come back with while a device goes; or they were cancelled, or the device is in
    /// another state.
    pub fn may_say_gone(self) -> bool {
        [
            Self::ERROR_OPERATION_ABORTED,
            Self::ERROR_BAD_COMMAND,
            Self::ERROR_NOT_READY,
            Self::ERROR_INVALID_HANDLE,
        ]
        .contains(&self)
    }

    /// What it means, in words.
    pub fn words(self) -> &'static str {
        self.known().map_or("Windows has words for it: net helpmsg tells them", |(_, words)| words)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.known() {
            Some((name, _)) => write!(f, "{name} ({})", self.0),
            None => write!(f, "error {}", self.0),
        }
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut code = serializer.serialize_struct("Code", 2)?;
        code.serialize_field("number", &self.0)?;
        code.serialize_field("name", &self.known().map(|(name, _)| name))?;
        code.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_become_the_codes_of_windows() {
        let code = |status: u32| Code::of_status(status.cast_signed()).to_string();
        assert_eq!(code(0), "ERROR_SUCCESS (0)");
        assert_eq!(code(0x103), "ERROR_SUCCESS (0)");
        assert_eq!(code(0xC000_0023), "ERROR_INSUFFICIENT_BUFFER (122)");
        assert_eq!(code(0xC000_0120), "ERROR_OPERATION_ABORTED (995)");
        assert_eq!(code(0xC123_4567), "ERROR_MR_MID_NOT_FOUND (317)");
        assert_eq!(Code(4711).to_string(), "error 4711");
    }

    #[test]
    fn no_status_stands_twice() {
        for (index, (status, _)) in STATUSES.iter().enumerate() {
            assert!(STATUSES[..index].iter().all(|(other, _)| other < status), "{status:#x}");
        }
    }
}
