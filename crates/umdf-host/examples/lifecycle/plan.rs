//! What the INF tells the driver `lifecycle`, and what a scenario can ask of it. Driver and test share this
//! file.

/// A callback that can fail, as the value `FailCallback` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Fallible {
    /// None fails.
    Nothing = 0,
    /// `EvtDevicePrepareHardware`.
    PrepareHardware = 1,
    /// `EvtDeviceReleaseHardware`.
    ReleaseHardware = 2,
    /// `EvtDeviceD0Entry`.
    D0Entry = 3,
    /// `EvtDeviceD0EntryPostInterruptsEnabled`.
    PostInterruptsEnabled = 4,
    /// `EvtDeviceD0ExitPreInterruptsDisabled`.
    PreInterruptsDisabled = 5,
    /// `EvtDeviceD0Exit`.
    D0Exit = 6,
    /// `EvtDeviceSelfManagedIoInit`.
    SmioInit = 7,
    /// `EvtDeviceSelfManagedIoRestart`.
    SmioRestart = 8,
    /// `EvtDeviceSelfManagedIoSuspend`.
    SmioSuspend = 9,
    /// `EvtDeviceQueryStop`.
    QueryStop = 10,
    /// `EvtDeviceQueryRemove`.
    QueryRemove = 11,
    /// `EvtInterruptEnable`, of either interrupt.
    InterruptEnable = 12,
    /// `EvtInterruptDisable`, of either interrupt.
    InterruptDisable = 13,
}

/// Bits of the value `Options`.
pub mod option {
    /// The device idles out.
    pub const IDLE: u32 = 0x1;
    /// The system manages the idle time, and the driver gives it a hint.
    pub const SYSTEM_MANAGED: u32 = 0x2;
    /// An idle device is powered up when the system wakes.
    pub const POWER_UP_ON_WAKE: u32 = 0x4;
    /// `ReleaseHardwareOrderOnFailure` is `AfterDescendants`.
    pub const AFTER_DESCENDANTS: u32 = 0x8;
    /// The driver does not own the power policy.
    pub const NOT_OWNER: u32 = 0x10;
    /// The driver is a filter.
    pub const FILTER: u32 = 0x20;
    /// The filter completes opens, which it would forward otherwise.
    pub const OPENS: u32 = 0x40;
    /// The filter owns the power policy.
    pub const OWNER: u32 = 0x80;
    /// Before a callback fails, the driver fails the device for good.
    pub const FOR_GOOD: u32 = 0x100;
    /// Before a callback fails, the driver fails the device and asks for a restart.
    pub const RESTART: u32 = 0x200;
    /// `EvtDeviceSelfManagedIoInit` fails the device, for good, and succeeds.
    pub const FAILED_WHILE_STARTING: u32 = 0x400;
    /// The device may not be stopped or removed.
    pub const NOT_STOPPABLE: u32 = 0x800;
    /// The device idles in D2.
    pub const D2: u32 = 0x1000;
    /// The driver leaves it to the registry whether the device idles.
    pub const BY_DEFAULT: u32 = 0x2000;
    /// The user may choose whether the device idles.
    pub const USER: u32 = 0x4000;
}

/// What a read asks for, by its offset. Reads come to a queue that is not power-managed; what they give
/// back is the status of the call, or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Command {
    /// `WdfDeviceStopIdle` without waiting.
    StopIdle = 1,
    /// `WdfDeviceStopIdle`, waiting for D0.
    StopIdleAndWait = 2,
    /// `WdfDeviceResumeIdle`.
    ResumeIdle = 3,
    /// `WdfDeviceSetFailed` with `WdfDeviceFailedAttemptRestart`.
    FailAndRestart = 4,
    /// `WdfDeviceSetFailed` with `WdfDeviceFailedNoRestart`.
    FailForGood = 5,
    /// `WdfDeviceSetDeviceState`, as the next ones: `Failed`.
    SetFailed = 6,
    /// `Removed`.
    SetRemoved = 7,
    /// `Disabled`.
    SetDisabled = 8,
    /// `ResourcesChanged`.
    SetResourcesChanged = 9,
    /// `ResourcesChanged` and `Failed`.
    SetResourcesChangedAndFailed = 10,
    /// `WdfDeviceAssignS0IdleSettings`: the device does not idle out any more.
    IdleOff = 11,
    /// It does.
    IdleOn = 12,
    /// `WdfDeviceStopIdleNoTrack`, without waiting.
    StopIdleNoTrack = 13,
    /// `WdfDeviceResumeIdleNoTrack`.
    ResumeIdleNoTrack = 14,
    /// `WdfDeviceAssignSxWakeSettings`.
    WakeSettings = 15,
}

/// I/O control code of a request to the power-managed queue that is completed at once.
pub const TOUCH: u32 = 0x22_2000;
/// As `TOUCH`, and the driver keeps the device in D0.
pub const HOLD: u32 = 0x22_2004;
/// A request that the driver keeps until its queue is purged; it acknowledges stops.
pub const KEEP: u32 = 0x22_2008;
