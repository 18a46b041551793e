//! What compiles and what does not, for rustdoc's tests: a callback gets what its event gives it.

/// The driver with one more queue, whose stop callback has these arguments. The wrappers are the driver's own, so a
/// program that is to see them holds its source.
macro_rules! program {
    ($fence:literal, $arguments:literal) => {
        concat!(
            "```",
            $fence,
            "
# extern crate wdk_portable as wdk_sys;
# use wdk_portable::wdk;
# use source::{device, driver, edu, error, factorial, interrupt, queue, registers, resources, settings, statistics, trace, wait, wdf};
# #[path = \"",
            env!("CARGO_MANIFEST_DIR"),
            "/src\"]
# mod source {
#     pub mod device; pub mod driver; pub mod edu; pub mod error; pub mod factorial; pub mod interrupt; pub mod queue;
#     pub mod registers; pub mod resources; pub mod settings; pub mod statistics; pub mod trace; pub mod wait; pub mod wdf;
# }
use device::DeviceContext;
use error::Error;
use wdf::{IoStop, Request};
struct Engine;
impl IoStop for Engine {
    fn stop(",
            $arguments,
            ") -> Result<(), Error> {
        Ok(())
    }
}
# fn main() {}
```"
        )
    };
}

/// EvtIoStop may look at what the device keeps:
#[doc = program!("", "_: &DeviceContext")]
/// but it does not own a request, which the driver has already:
#[doc = program!("compile_fail,E0050", "_: &DeviceContext, _: Request")]
/// and cannot have one in the place of that:
#[doc = program!("compile_fail,E0053", "_: Request")]
struct Programs;
