//! Names of NTSTATUS codes, and those codes of WDF that `wdk-sys` does not offer.
//!
//! Sources: Microsoft Learn, "NTSTATUS Values"; `wdfstatus.h`.

use wdk_portable::NTSTATUS;

/// Makes the table of names, and the constants that are not wdk_portable's.
macro_rules! statuses {
    (wdk_portable: $($name:ident)*; here: $($own:ident = $value:literal,)*) => {
        $(
            #[doc = concat!("`", stringify!($own), "`.")]
            pub const $own: NTSTATUS = u32::cast_signed($value);
        )*

        const NAMES: &[(&str, NTSTATUS)] = &[
            $((stringify!($name), wdk_portable::$name),)*
            $((stringify!($own), $own),)*
        ];
    };
}

statuses! {
    wdk_portable:
        STATUS_SUCCESS
        STATUS_TIMEOUT
        STATUS_PENDING
        STATUS_OBJECT_NAME_EXISTS
        STATUS_BUFFER_OVERFLOW
        STATUS_DEVICE_POWERED_OFF
        STATUS_DEVICE_BUSY
        STATUS_NO_MORE_ENTRIES
        STATUS_UNSUCCESSFUL
        STATUS_NOT_IMPLEMENTED
        STATUS_INVALID_INFO_CLASS
        STATUS_INFO_LENGTH_MISMATCH
        STATUS_ACCESS_VIOLATION
        STATUS_INVALID_HANDLE
        STATUS_INVALID_PARAMETER
        STATUS_NO_SUCH_DEVICE
        STATUS_NO_SUCH_FILE
        STATUS_INVALID_DEVICE_REQUEST
        STATUS_END_OF_FILE
        STATUS_MORE_PROCESSING_REQUIRED
        STATUS_NO_MEMORY
        STATUS_CONFLICTING_ADDRESSES
        STATUS_ALREADY_COMMITTED
        STATUS_ACCESS_DENIED
        STATUS_BUFFER_TOO_SMALL
        STATUS_OBJECT_TYPE_MISMATCH
        STATUS_NOT_COMMITTED
        STATUS_OBJECT_NAME_INVALID
        STATUS_OBJECT_NAME_NOT_FOUND
        STATUS_OBJECT_NAME_COLLISION
        STATUS_OBJECT_PATH_INVALID
        STATUS_DATA_ERROR
        STATUS_CRC_ERROR
        STATUS_SHARING_VIOLATION
        STATUS_DELETE_PENDING
        STATUS_REVISION_MISMATCH
        STATUS_PRIVILEGE_NOT_HELD
        STATUS_INVALID_SECURITY_DESCR
        STATUS_INVALID_IMAGE_FORMAT
        STATUS_RESOURCE_DATA_NOT_FOUND
        STATUS_RESOURCE_TYPE_NOT_FOUND
        STATUS_INTEGER_OVERFLOW
        STATUS_INSUFFICIENT_RESOURCES
        STATUS_DEVICE_DATA_ERROR
        STATUS_DEVICE_NOT_CONNECTED
        STATUS_DEVICE_POWER_FAILURE
        STATUS_DEVICE_NOT_READY
        STATUS_IO_TIMEOUT
        STATUS_NOT_SUPPORTED
        STATUS_DEVICE_DOES_NOT_EXIST
        STATUS_INTERNAL_ERROR
        STATUS_INVALID_USER_BUFFER
        STATUS_INVALID_PARAMETER_1
        STATUS_INVALID_PARAMETER_2
        STATUS_INVALID_PARAMETER_4
        STATUS_CANCELLED
        STATUS_INVALID_ADDRESS
        STATUS_DEVICE_CONFIGURATION_ERROR
        STATUS_DRIVER_INTERNAL_ERROR
        STATUS_INVALID_DEVICE_STATE
        STATUS_IO_DEVICE_ERROR
        STATUS_DEVICE_PROTOCOL_ERROR
        STATUS_INVALID_BUFFER_SIZE
        STATUS_NOT_FOUND
        STATUS_RETRY
        STATUS_DEVICE_REMOVED
        STATUS_POWER_STATE_INVALID
        STATUS_DEVICE_ENUMERATION_ERROR
        STATUS_DEVICE_INSUFFICIENT_RESOURCES
        STATUS_DEVICE_HUNG
        STATUS_RESOURCE_IN_USE
    ;
    here:
        STATUS_REQUEST_NOT_ACCEPTED = 0xC000_00D0,
        STATUS_CHILD_MUST_BE_VOLATILE = 0xC000_0181,
        STATUS_DRIVER_PROCESS_TERMINATED = 0xC000_0450,
        STATUS_WDF_PAUSED = 0xC020_0203,
        STATUS_WDF_BUSY = 0xC020_0204,
        STATUS_WDF_DEVICE_REMOVED_NOT_SENT = 0xC020_0206,
        STATUS_WDF_REQUEST_INVALID_STATE = 0xC020_0208,
        STATUS_WDF_OBJECT_ATTRIBUTES_INVALID = 0xC020_0209,
        STATUS_WDF_NO_CALLBACK = 0xC020_020B,
        STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL = 0xC020_020C,
        STATUS_WDF_PARENT_ALREADY_ASSIGNED = 0xC020_020D,
        STATUS_WDF_PARENT_IS_SELF = 0xC020_020E,
        STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED = 0xC020_020F,
        STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID = 0xC020_0210,
        STATUS_WDF_EXECUTION_LEVEL_INVALID = 0xC020_0211,
        STATUS_WDF_PARENT_NOT_SPECIFIED = 0xC020_0212,
}

/// Name of a status that this host, or a driver on it, may return.
pub fn name(status: NTSTATUS) -> Option<&'static str> {
    NAMES.iter().find(|(_, value)| *value == status).map(|(name, _)| *name)
}

/// Status of that name, such as `STATUS_SUCCESS`.
pub fn from_name(name: &str) -> Option<NTSTATUS> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Its name, or the number of a status that has none here.
pub fn describe(status: NTSTATUS) -> String {
    name(status).map_or_else(|| format!("0x{status:08X}"), str::to_owned)
}

/// The status that [`describe`] put into words.
pub fn from_words(words: &str) -> Option<NTSTATUS> {
    let number = || u32::from_str_radix(words.strip_prefix("0x")?, 16).ok().map(u32::cast_signed);
    from_name(words).or_else(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_go_both_ways() {
        for (known, value) in NAMES {
            assert_eq!((name(*value), from_name(known)), (Some(*known), Some(*value)));
        }
    }

    #[test]
    fn numbers_are_those_of_the_headers() {
        for (known, number) in [
            ("STATUS_SUCCESS", 0),
            ("STATUS_IO_TIMEOUT", 0xC000_00B5),
            ("STATUS_DEVICE_DOES_NOT_EXIST", 0xC000_00C0),
            ("STATUS_WDF_PARENT_NOT_SPECIFIED", 0xC020_0212),
        ] {
            assert_eq!(from_name(known), Some(u32::cast_signed(number)));
        }
        assert_eq!((from_name("STATUS_NO_SUCH_NAME"), from_name("SUCCESS")), (None, None));
    }

    #[test]
    fn unnamed_numbers_are_shown() {
        assert_eq!(describe(0), "STATUS_SUCCESS");
        assert_eq!(describe(u32::cast_signed(0xC123_4567)), "0xC1234567");
        for status in [0, 0x123, u32::cast_signed(0xC123_4567)] {
            assert_eq!(from_words(&describe(status)), Some(status));
        }
        assert_eq!((from_words("0xfast"), from_words("fast")), (None, None));
    }
}
