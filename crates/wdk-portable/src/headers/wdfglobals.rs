//! `wdfglobals.h`: the per-driver data that every framework call carries.

use crate::{BOOLEAN, CHAR, ULONG, WDFDRIVER};

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DRIVER_GLOBALS {
    pub Driver: WDFDRIVER,
    pub DriverFlags: ULONG,
    pub DriverTag: ULONG,
    pub DriverName: [CHAR; 32],
    pub DisplaceDriverUnload: BOOLEAN,
}
pub type WDF_DRIVER_GLOBALS = _WDF_DRIVER_GLOBALS;
pub type PWDF_DRIVER_GLOBALS = *mut _WDF_DRIVER_GLOBALS;

zeroed_default!(_WDF_DRIVER_GLOBALS);
