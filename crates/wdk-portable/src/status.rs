//! The four severities of an NTSTATUS: its two highest bits (`ntdef.h`).
#![expect(non_snake_case, reason = "the WDK's macro names")]

use crate::NTSTATUS;

/// Whether the status is a success or informational one, 0 to 0x7FFFFFFF.
#[must_use]
pub const fn NT_SUCCESS(nt_status: NTSTATUS) -> bool {
    nt_status >= 0
}

/// Whether the status is informational, 0x40000000 to 0x7FFFFFFF.
#[must_use]
pub const fn NT_INFORMATION(nt_status: NTSTATUS) -> bool {
    severity(nt_status) == 1
}

/// Whether the status is a warning, 0x80000000 to 0xBFFFFFFF.
#[must_use]
pub const fn NT_WARNING(nt_status: NTSTATUS) -> bool {
    severity(nt_status) == 2
}

/// Whether the status is an error, 0xC0000000 to 0xFFFFFFFF.
#[must_use]
pub const fn NT_ERROR(nt_status: NTSTATUS) -> bool {
    severity(nt_status) == 3
}

const fn severity(nt_status: NTSTATUS) -> u32 {
    nt_status.cast_unsigned() >> 30
}
