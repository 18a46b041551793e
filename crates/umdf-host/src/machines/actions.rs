//! What the machines do to the rest of the world.

use std::sync::Arc;
use std::time::Duration;

use wdk_portable::NTSTATUS;

use super::Transition;

/// A device power state, as callbacks see it (`WDF_POWER_DEVICE_STATE`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PowerState {
    /// Fully on.
    D0,
    /// Light sleep.
    D1,
    /// Deeper sleep.
    D2,
    /// Off, to be powered up again.
    D3,
    /// Off for good: before the first start, after a stop, at removal and at shutdown.
    #[default]
    D3Final,
}

/// A callback of the driver that the machines call. All of them are optional for a driver; one that
/// it does not have counts as a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callback {
    /// `EvtDevicePrepareHardware`.
    PrepareHardware,
    /// `EvtDeviceReleaseHardware`, with everything that follows it in the framework.
    ReleaseHardware,
    /// `EvtDeviceD0Entry`, with the state that the device leaves.
    D0Entry(PowerState),
    /// `EvtDeviceD0EntryPostInterruptsEnabled`, with the state that the device leaves.
    D0EntryPostInterruptsEnabled(PowerState),
    /// `EvtDeviceD0ExitPreInterruptsDisabled`, with the state that the device enters.
    D0ExitPreInterruptsDisabled(PowerState),
    /// `EvtDeviceD0Exit`, with the state that the device enters.
    D0Exit(PowerState),
    /// `EvtDeviceSelfManagedIoInit`.
    SelfManagedIoInit,
    /// `EvtDeviceSelfManagedIoRestart`.
    SelfManagedIoRestart,
    /// `EvtDeviceSelfManagedIoSuspend`.
    SelfManagedIoSuspend,
    /// `EvtDeviceSelfManagedIoFlush`.
    SelfManagedIoFlush,
    /// `EvtDeviceSelfManagedIoCleanup`.
    SelfManagedIoCleanup,
    /// `EvtDeviceQueryStop`.
    QueryStop,
    /// `EvtDeviceQueryRemove`.
    QueryRemove,
    /// `EvtDeviceSurpriseRemoval`.
    SurpriseRemoval,
}

/// What happens to the device's queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queues {
    /// Power-managed queues present requests.
    Resume,
    /// Power-managed queues stop; returns once the driver has stopped working on their requests.
    Hold,
    /// Power-managed queues end; returns once the driver has none of their requests.
    PurgeManaged,
    /// The other queues end.
    PurgeNonManaged,
}

/// A request of the PnP manager to the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PnpRequest {
    /// `IRP_MN_START_DEVICE`.
    Start,
    /// `IRP_MN_QUERY_STOP_DEVICE`.
    QueryStop,
    /// `IRP_MN_CANCEL_STOP_DEVICE`.
    CancelStop,
    /// `IRP_MN_STOP_DEVICE`.
    Stop,
    /// `IRP_MN_QUERY_REMOVE_DEVICE`.
    QueryRemove,
    /// `IRP_MN_CANCEL_REMOVE_DEVICE`.
    CancelRemove,
    /// `IRP_MN_SURPRISE_REMOVAL`.
    SurpriseRemoval,
    /// `IRP_MN_REMOVE_DEVICE`.
    Remove,
}

/// How a request of the PnP manager ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The framework completes it with this status.
    Completed(NTSTATUS),
    /// It goes on to the drivers below, which complete it with success.
    SentDown,
}

/// What always happens on another thread, never inside its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// The idle timer ran out.
    TimedOut,
    /// Somebody needs the device while it is idle.
    IoPresent,
    /// The device is in D0, or never will be.
    InD0,
    /// The owner's request for device power arrives at the device.
    PowerRequest(PowerState),
    /// The owner's request for device power is done, without having arrived: a filter above
    /// completed it.
    PowerRequestNotSeen(PowerState),
    /// The drivers below are done with a power-down that the owner asked for.
    PowerDownDone,
    /// The power framework does not require the device's power any more.
    PowerNotRequired,
    /// The power framework requires the device's power.
    PowerRequired,
}

/// One interrupt of the device.
pub trait Interrupt: Send + Sync {
    /// Connects it to the system, then calls `EvtInterruptEnable`. One that cannot be enabled stays
    /// connected.
    fn connect(&self) -> NTSTATUS;
    /// Calls `EvtInterruptDisable` where it is enabled, and disconnects it where it is connected; no
    /// service routine runs after this.
    fn disconnect(&self) -> NTSTATUS;
    /// Takes its resources away.
    fn revoke_resources(&self);
}

/// Everything that the machines do outside themselves.
pub trait Actions: Send + Sync {
    /// Calls the driver.
    fn callback(&self, callback: Callback) -> NTSTATUS;
    /// Parses the assigned resources and builds register and port tables.
    ///
    /// # Errors
    /// The status with which the start fails.
    fn match_resources(&self) -> Result<(), NTSTATUS>;
    /// The interrupts, in order of creation.
    fn interrupts(&self) -> Vec<Arc<dyn Interrupt>>;
    /// Starts, holds or ends queues.
    fn queues(&self, action: Queues);
    /// Enables the device interfaces that the driver left to the framework.
    fn enable_interfaces(&self);
    /// Disables every device interface.
    fn disable_interfaces(&self);
    /// Sends the start request to the drivers below and waits for it.
    fn start_below(&self) -> NTSTATUS;
    /// Ends a request of the PnP manager.
    fn finish(&self, request: PnpRequest, ending: Ending);
    /// The object tree goes: the device is removed.
    fn dispose(&self);
    /// Asks the PnP manager to look at the device's state, where it sees that it failed.
    fn invalidate_state(&self);
    /// A restart of the failed device is counted, if one more is allowed.
    fn may_restart(&self, started_before: bool) -> bool;
    /// Asks the bus to remove the device and find it again.
    fn reenumerate(&self);
    /// Asks the power manager to move the device to this state. False: it refuses, even after the
    /// framework's retries. Else [`Later`] tells what comes of it.
    fn request_power(&self, state: PowerState) -> bool;
    /// A power request of the device is done. It never fails.
    fn power_done(&self, _: PowerState) {}
    /// The system's power request is done.
    fn system_power_done(&self);
    /// The idle time begins. When it is over, [`super::Machines::idle_time_over`] is called.
    fn start_idle_timer(&self, time: Duration);
    /// Stops the idle timer. False: too late, its end was or will be told.
    fn stop_idle_timer(&self) -> bool;
    /// Tells the power framework that the device is not used. After the hint, if there is one, and
    /// whatever it thinks itself, [`Later::PowerNotRequired`] comes.
    fn component_idle(&self, hint: Option<Duration>);
    /// Tells the power framework that the device is used. [`Later::PowerRequired`] comes, if the
    /// power was not required.
    fn component_active(&self);
    /// Has [`super::Machines::deliver`] called on another thread.
    fn later(&self, event: Later);
    /// A machine moved.
    fn moved(&self, _: &Transition) {}
    /// A machine dropped an event that is not known to be harmless where it is.
    fn dropped(&self, machine: &'static str, state: &'static str, event: String);
    /// The machines cannot go on: says why and does not return.
    fn stuck(&self, reason: String) -> !;
}
