//! A build of the driver with a bug in it, for `tests/in_host/panics.rs`: one module of it is another, and panics. The
//! driver that ships has no switch for that.

extern crate wdk_portable as wdk_sys;
use wdk_portable::wdk;
wdk_portable::export_fx_driver_entry_um!(driver::driver_entry);

use source::{
    device, driver, edu, error, factorial, queue, registers, resources, settings, statistics, trace, wait,
    wdf,
};

/// The modules of `src/lib.rs`.
#[path = "../../src"]
pub mod source {
    pub mod device;
    pub mod driver;
    pub mod edu;
    pub mod error;
    pub mod factorial;
    pub mod interrupt;
    pub mod queue;
    pub mod registers;
    pub mod resources;
    pub mod settings;
    #[path = "../tests/planted_panic/statistics.rs"]
    pub(crate) mod statistics;
    pub mod trace;
    pub mod wait;
    pub mod wdf;
}
