//! What the probe does in one life. The number stands in its INF; driver and tests share this file.

/// One thing to probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Mode {
    /// Every function with good and bad arguments, and delivery.
    Checks = 0,
    /// One interrupt from EvtDriverDeviceAdd, a good driver.
    Good = 1,
    /// Two interrupts on one line from EvtDevicePrepareHardware; the first one is never the device's.
    TwoOnALine = 2,
    /// As [`Mode::TwoOnALine`], and EvtInterruptEnable of the second one fails.
    SecondEnableFails = 3,
    /// EvtDeviceD0EntryPostInterruptsEnabled fails.
    PostInterruptsEnabledFails = 4,
    /// EvtDeviceD0Entry fails.
    D0EntryFails = 5,
    /// EvtDevicePrepareHardware fails after it made its interrupts.
    PrepareFails = 6,
    /// Raises on an edge-triggered line.
    Edge = 7,
    /// WdfInterruptDisable in EvtDeviceD0Entry, before the interrupt is connected.
    DisabledBeforeStart = 8,
    /// EvtDriverDeviceAdd fails after it made an interrupt, a timer and a work item.
    AddFails = 9,
    /// One interrupt from EvtDevicePrepareHardware, with EvtInterruptDpc and without EvtInterruptDisable.
    InPrepare = 10,
    /// Two interrupts from EvtDevicePrepareHardware, from one descriptor with two messages.
    TwoMessages = 11,
    /// Serialized callbacks below a device with a scope of its own and the level that it inherits.
    Serialized = 12,
    /// As [`Mode::Serialized`], and the device asks for passive level itself.
    SerializedPassive = 13,
    /// As [`Mode::Serialized`], and the scope of the device is that each queue has its lock.
    SerializedByQueue = 14,
    /// Starts timers again and again, a good driver.
    Timers = 15,

    /// PassiveHandling is FALSE.
    NotPassive = 100,
    /// Makes an interrupt in EvtDeviceD0Entry.
    CreateLate = 101,
    /// Makes an interrupt from a copy of the translated descriptor.
    CopiedTranslated = 102,
    /// Makes an interrupt from a copy of the raw descriptor.
    CopiedRaw = 103,
    /// The ISR claims the line and does not silence the device.
    NotSilenced = 110,
    /// The ISR never claims the line.
    Unclaimed = 111,
    /// The ISR acquires the interrupt's lock.
    LockInIsr = 120,
    /// EvtInterruptEnable acquires the interrupt's lock.
    LockInEnable = 121,
    /// Acquires the lock twice.
    LockTwice = 122,
    /// WdfInterruptSynchronize with the lock held.
    SynchronizeLocked = 123,
    /// WdfInterruptDisable with the lock held.
    DisableLocked = 124,
    /// Releases the lock without holding it.
    ReleaseUnowned = 125,
    /// A callback returns with the interrupt's lock.
    KeepLock = 126,
    /// A callback returns with the interrupt's lock, which is the driver's.
    KeepGivenLock = 127,
    /// Queues a work item for an interrupt that has none.
    QueueNothing = 130,
    /// Deletes an interrupt.
    DeleteInterrupt = 131,
    /// Deletes the queue that is an interrupt's parent.
    DeleteParentQueue = 132,
    /// Gives an interrupt from EvtDevicePrepareHardware a policy.
    PolicyInPrepare = 148,
    /// Gives such an interrupt an extended policy.
    ExtendedInPrepare = 149,

    /// A serialized timer below a device that asks for passive level.
    SerializedTimer = 170,
    /// A serialized work item below a device that does not ask for passive level.
    SerializedWorkItem = 171,
    /// The same for the work item of an interrupt.
    SerializedInterrupt = 172,
    /// A serialized DPC below a device that asks for passive level.
    SerializedDpc = 173,

    /// Starts a timer in its EvtCleanupCallback.
    StartDeletedTimer = 200,
    /// Queues a work item in its EvtCleanupCallback.
    EnqueueDeletedWorkItem = 210,
    /// Flushes a work item in its own callback.
    FlushInCallback = 211,
}
