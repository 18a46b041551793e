//! `#define` constants, one file per subject.

mod cm_resource;
mod ioctl;
mod irp;
mod misc;
mod ntstatus;
mod wdf;

pub use cm_resource::*;
pub use ioctl::*;
pub use irp::*;
pub use misc::*;
pub use ntstatus::*;
pub use wdf::*;
