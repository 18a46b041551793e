//! Truth values, page size, time-out and debug print levels.

pub const DPFLTR_ERROR_LEVEL: u32 = 0;
pub const DPFLTR_INFO_LEVEL: u32 = 3;
pub const DPFLTR_MASK: u32 = 0x8000_0000;
pub const DPFLTR_TRACE_LEVEL: u32 = 2;
pub const DPFLTR_WARNING_LEVEL: u32 = 1;
pub const FALSE: u32 = 0;
pub const INFINITE: u32 = 0xFFFF_FFFF;
pub const PAGE_SIZE: u32 = 0x1000;
pub const TRUE: u32 = 1;
