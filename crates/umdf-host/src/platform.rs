//! The few things that the operating system must do, once for each kind of system.
//!
//! - [`exit_now`] ends this process: no destructors, no exit handlers of the driver, other threads stop where
//!   they are.
//! - [`describe_exit`] says in words how a process ended.
//! - [`Group`] is a worker with all the processes that it starts; [`end_own_group`] ends them from the inside.
//! - [`enter_worker`] gives a worker its end of the pipe to the supervisor.
//! - [`end_with_this_thread`] ties a helper process to the thread that starts it.
//! - [`stop_for_debugger`] waits until somebody looks.
//! - [`stay_on_one_core`] keeps a process where it is.
//! - [`handle_signals_where_they_come`] is for threads with many stacks.
//! - [`create_shared`] makes the file that supervisor and worker map.

#[cfg(any(windows, test))]
mod exception;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

#[cfg(target_os = "linux")]
pub use system::handle_signals_where_they_come;
pub use system::{
    Group, create_shared, describe_exit, end_own_group, end_with_this_thread, enter_worker, exit_now,
    stay_on_one_core, stop_for_debugger,
};
