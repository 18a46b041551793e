//! `wdfinterrupt.h`. PnP's part is in [`crate::interrupts`], delivery in [`crate::delivery`].

use std::mem::offset_of;
use std::time::Duration;

use wdk_portable::{
    _KINTERRUPT_MODE, _WDF_INTERRUPT_POLICY, _WDF_INTERRUPT_PRIORITY, _WDF_TRI_STATE, BOOLEAN, KAFFINITY,
    NTSTATUS, PFN_WDF_INTERRUPT_DPC, PFN_WDF_INTERRUPT_ENABLE, PFN_WDF_INTERRUPT_ISR,
    PFN_WDF_INTERRUPT_SYNCHRONIZE, PFN_WDF_INTERRUPT_WORKITEM, PWDF_INTERRUPT_CONFIG,
    PWDF_INTERRUPT_EXTENDED_POLICY, PWDF_INTERRUPT_INFO, PWDF_OBJECT_ATTRIBUTES, STATUS_INVALID_DEVICE_STATE,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, WDF_INTERRUPT_CONFIG, WDF_INTERRUPT_INFO, WDF_INTERRUPT_POLICY,
    WDF_INTERRUPT_PRIORITY, WDFCONTEXT, WDFDEVICE, WDFINTERRUPT,
};

use super::attributes::{self, Allowed};
use super::device::{Device, structure, structure_of};
use super::io::Queue;
use super::objects::{Handle, Objects};
use super::pointer::Pointer;
use super::resource::ResourceList;
use super::sync::WaitLock;
use super::{Stop, callbacks, held, serialize};
use crate::bus::{Descriptor, Resource};
use crate::history::Actor;
use crate::host::{Host, State, host};
use crate::interrupts::{self, Resources};
use crate::own::{self, ThreadId};
use crate::rules::Rule;

/// Sizes of the older versions of WDF_INTERRUPT_CONFIG: without CanWakeDevice, and without everything
/// from EvtInterruptWorkItem on.
const OLDER_CONFIGS: [usize; 2] =
    [offset_of!(WDF_INTERRUPT_CONFIG, CanWakeDevice), offset_of!(WDF_INTERRUPT_CONFIG, EvtInterruptWorkItem)];
/// Size of the older WDF_INTERRUPT_INFO, without Group.
const OLDER_INFO: usize = offset_of!(WDF_INTERRUPT_INFO, Group);
/// `CM_RESOURCE_INTERRUPT_WAKE_HINT`: the flag without which no interrupt can wake the device.
const WAKE_HINT: u16 = 0x20;

/// An interrupt.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one interrupt")]
pub struct Interrupt {
    /// The device that interrupts.
    pub device: Handle,
    /// Position among the device's interrupts, from 0: the message number.
    pub number: u32,
    /// Made in EvtDevicePrepareHardware, so it lives until EvtDeviceReleaseHardware.
    pub made_in_prepare: bool,
    /// What PnP gave it.
    pub resources: Resources,
    /// EvtInterruptEnable returned success, and EvtInterruptDisable was not called since.
    pub enabled: bool,
    /// WdfInterruptDisable: stays disconnected until WdfInterruptEnable.
    pub disabled_by_driver: bool,
    isr: PFN_WDF_INTERRUPT_ISR,
    dpc: PFN_WDF_INTERRUPT_DPC,
    work_item: PFN_WDF_INTERRUPT_WORKITEM,
    enable: PFN_WDF_INTERRUPT_ENABLE,
    disable: PFN_WDF_INTERRUPT_ENABLE,
    lock: Lock,
    /// The object whose lock the work item takes.
    work_lock: Option<Handle>,
    /// A run of the work item is pending.
    work_queued: bool,
    /// Runs of the work item under way.
    work_running: usize,
}

/// What serialises the callbacks of an interrupt.
enum Lock {
    /// Its own lock, and the thread that holds it.
    Own(Option<ThreadId>),
    /// The driver's wait lock.
    Given(Handle),
}

/// Whether the driver may not delete this object: interrupts are the framework's, and so is a queue
/// that is an interrupt's parent.
pub fn keeps(objects: &Objects, handle: Handle) -> bool {
    objects.get::<Interrupt>(handle).is_some()
        || (objects.get::<Queue>(handle).is_some()
            && objects.children(handle).into_iter().any(|child| objects.get::<Interrupt>(child).is_some()))
}

/// The object that has the interrupt's lock: the interrupt itself or the driver's wait lock.
fn lock_object(state: &State, interrupt: Handle) -> Handle {
    match state.objects.get::<Interrupt>(interrupt).map(|interrupt| &interrupt.lock) {
        Some(Lock::Given(lock)) => *lock,
        _ => interrupt,
    }
}

/// The thread that holds the interrupt's lock.
fn owner(state: &mut State, interrupt: Handle) -> Option<&mut Option<ThreadId>> {
    if let Lock::Given(lock) = state.objects.get::<Interrupt>(interrupt)?.lock {
        return state.objects.get_mut::<WaitLock>(lock).map(|lock| &mut lock.owner);
    }
    match &mut state.objects.get_mut::<Interrupt>(interrupt)?.lock {
        Lock::Own(owner) => Some(owner),
        Lock::Given(_) => None,
    }
}

/// Acquires the interrupt's lock, at most for `limit`; without one the supervisor's deadline ends the
/// wait. The answer is whether it was acquired.
fn acquire(host: &Host, interrupt: Handle, limit: Option<Duration>) -> Result<bool, Stop> {
    let me = own::thread();
    if limit.is_none() {
        let mut state = host.state();
        if owner(&mut state, interrupt).is_some_and(|owner| *owner == Some(me)) {
            let message =
                format!("the lock of {} is held by this thread already", state.objects.name(interrupt));
            return Err(host.violation(Rule::IntLockRecursion, message));
        }
    }
    let acquired = host.wait(limit.unwrap_or(host.hang_limit()), |state| {
        let lock = lock_object(state, interrupt);
        let owner = owner(state, interrupt)?;
        owner.is_none().then(|| *owner = Some(me)).map(|()| lock)
    });
    match acquired {
        Some(lock) => held::took(lock),
        None if limit.is_none() => {
            let name = host.state().objects.name(interrupt);
            host.end(format!("the lock of {name} was not released before the deadline"));
        }
        None => {}
    }
    Ok(acquired.is_some())
}

/// Releases the interrupt's lock. The answer is whether this thread held it.
fn release(host: &Host, interrupt: Handle) -> bool {
    let me = own::thread();
    let mut state = host.state();
    let lock = lock_object(&state, interrupt);
    let held = owner(&mut state, interrupt).and_then(|owner| owner.take_if(|owner| *owner == me));
    drop(state);
    if held.is_some() {
        held::gave(lock);
    }
    host.notify();
    held.is_some()
}

/// Runs a callback of the interrupt with its lock held.
fn locked<R>(host: &Host, interrupt: Handle, call: impl FnOnce() -> R) -> Result<R, Stop> {
    acquire(host, interrupt, None)?;
    let answer = call();
    release(host, interrupt);
    Ok(answer)
}

/// EvtInterruptIsr, with the lock held. The answer is the driver's: whether its device interrupted.
pub fn call_isr(host: &Host, interrupt: Handle) -> bool {
    let Some((isr, number)) = parts(host, interrupt, |interrupt| (interrupt.isr, interrupt.number)) else {
        return false;
    };
    locked(host, interrupt, || callbacks::interrupt_isr(isr, interrupt, number)).unwrap_or(0) != 0
}

/// EvtInterruptEnable, with the lock held.
pub fn enable(host: &Host, interrupt: Handle) -> NTSTATUS {
    let parts = parts(host, interrupt, |interrupt| (interrupt.enable, interrupt.device));
    parts.map_or(STATUS_SUCCESS, |(function, device)| {
        change(host, "EvtInterruptEnable", function, interrupt, device)
    })
}

/// EvtInterruptDisable, with the lock held.
pub fn disable(host: &Host, interrupt: Handle) -> NTSTATUS {
    let parts = parts(host, interrupt, |interrupt| (interrupt.disable, interrupt.device));
    parts.map_or(STATUS_SUCCESS, |(function, device)| {
        change(host, "EvtInterruptDisable", function, interrupt, device)
    })
}

fn change(
    host: &Host,
    event: &'static str,
    function: PFN_WDF_INTERRUPT_ENABLE,
    interrupt: Handle,
    device: Handle,
) -> NTSTATUS {
    if function.is_none() {
        return STATUS_SUCCESS;
    }
    locked(host, interrupt, || callbacks::interrupt_change(event, function, interrupt, device))
        .unwrap_or(STATUS_SUCCESS)
}

fn parts<R>(host: &Host, interrupt: Handle, parts: impl FnOnce(&Interrupt) -> R) -> Option<R> {
    host.state().objects.get::<Interrupt>(interrupt).map(parts)
}

/// Lets the work item run once more; the answer is whether no run was pending.
fn queue_work(pointer: Pointer<impl Sized>) -> Result<BOOLEAN, Stop> {
    let host = host();
    let mut state = host.state();
    let handle = state.objects.resolve::<Interrupt>(host, pointer, "Interrupt")?;
    let name = state.objects.name(handle);
    let Some(interrupt) = state.objects.get_mut::<Interrupt>(handle) else { return Err(Stop::NoEffect) };
    if interrupt.work_item.is_none() && interrupt.dpc.is_none() {
        let message = format!("{name} has neither EvtInterruptWorkItem nor EvtInterruptDpc");
        return Err(host.violation(Rule::IntNoWorkItem, message));
    }
    if std::mem::replace(&mut interrupt.work_queued, true) {
        return Ok(0);
    }
    host.pool.spawn(Actor::WorkItem, move || run_work(host, handle));
    Ok(1)
}

/// Runs the work item once. In UMDF an EvtInterruptDpc is one too.
fn run_work(host: &Host, handle: Handle) {
    let (event, function, device, lock) = {
        let mut state = host.state();
        let Some(interrupt) = state.objects.get_mut::<Interrupt>(handle) else { return };
        interrupt.work_queued = false;
        interrupt.work_running += 1;
        let (device, lock) = (interrupt.device, interrupt.work_lock);
        match interrupt.work_item {
            Some(_) => ("EvtInterruptWorkItem", interrupt.work_item, device, lock),
            None => ("EvtInterruptDpc", interrupt.dpc, device, lock),
        }
    };
    serialize::with(host, lock, || callbacks::interrupt_work(event, function, handle, device));
    if let Some(interrupt) = host.state().objects.get_mut::<Interrupt>(handle) {
        interrupt.work_running -= 1;
    }
    host.notify();
}

/// Waits until the work item neither runs nor is going to. Nothing, if the object is no interrupt.
pub fn wait_for_work(host: &Host, handle: Handle) {
    let idle = host.wait(host.hang_limit(), |state| {
        let interrupt = state.objects.get::<Interrupt>(handle);
        interrupt.is_none_or(|interrupt| !interrupt.work_queued && interrupt.work_running == 0).then_some(())
    });
    if idle.is_none() {
        let name = host.state().objects.name(handle);
        host.end(format!("the work item of {name} did not return before the deadline"));
    }
}

/// The checks that depend on when the interrupt is made. The answer are its resources, if it is made
/// in EvtDevicePrepareHardware.
fn check_time(
    host: &Host,
    state: &State,
    device: Handle,
    config: &WDF_INTERRUPT_CONFIG,
) -> Result<Option<(Descriptor, Descriptor)>, Stop> {
    let refuse = |status| Err(Stop::Status(status));
    let started = state.objects.get::<Device>(device).is_some_and(|device| device.started);
    if !started {
        let early = !config.InterruptRaw.is_null() || !config.InterruptTranslated.is_null();
        return if early || config.CanWakeDevice != 0 { refuse(STATUS_INVALID_PARAMETER) } else { Ok(None) };
    }
    let Some(lists) = state.preparing.get(&device) else {
        let message = format!(
            "{} is started, and its EvtDevicePrepareHardware does not run",
            state.objects.name(device)
        );
        return Err(host.refusal(Rule::IntCreateLate, STATUS_INVALID_DEVICE_STATE, message));
    };
    let missing = config.InterruptRaw.is_null() || config.InterruptTranslated.is_null();
    if missing || config.ShareVector != _WDF_TRI_STATE::WdfUseDefault {
        return refuse(STATUS_INVALID_DEVICE_STATE);
    }
    let index_in = |list: Handle, descriptor| state.objects.get::<ResourceList>(list)?.index_of(descriptor);
    let foreign = |name: &str| {
        let message = format!("{name} is no descriptor of the list that the driver got");
        Err(host.violation(Rule::IntBadDescriptorPointer, message))
    };
    let Some(translated) = index_in(lists.translated, config.InterruptTranslated) else {
        return foreign("InterruptTranslated");
    };
    let Some(raw) = index_in(lists.raw, config.InterruptRaw) else { return foreign("InterruptRaw") };
    let unchanged = |list: Handle, index, original: &Descriptor| {
        state.objects.get::<ResourceList>(list).is_some_and(|list| list.is_unchanged(index, original))
    };
    match (lists.assigned.raw.get(raw), lists.assigned.translated.get(translated)) {
        (Some(raw_descriptor), Some(translated_descriptor))
            if raw == translated
                && unchanged(lists.raw, raw, raw_descriptor)
                && unchanged(lists.translated, translated, translated_descriptor) =>
        {
            if config.CanWakeDevice != 0 && translated_descriptor.flags & WAKE_HINT == 0 {
                return refuse(STATUS_INVALID_PARAMETER);
            }
            if has_every_message(&state.objects, device, raw_descriptor, translated_descriptor) {
                return refuse(STATUS_INVALID_PARAMETER);
            }
            Ok(Some((*raw_descriptor, *translated_descriptor)))
        }
        // Descriptors of the framework, but no pair, or written to.
        _ => refuse(STATUS_INVALID_PARAMETER),
    }
}

/// Whether the messages of a descriptor have their interrupts already. A line may have any number.
fn has_every_message(objects: &Objects, device: Handle, raw: &Descriptor, translated: &Descriptor) -> bool {
    let Resource::MessageInterrupt { message_count, .. } = raw.resource else { return false };
    let others = objects.below::<Interrupt>(device);
    let others = others.into_iter().filter_map(|other| objects.get::<Interrupt>(other));
    let has_one = |other: &&Interrupt| Resources::of(raw, translated, other.number) == Some(other.resources);
    others.filter(has_one).count() >= message_count.into()
}

/// The lock of a new interrupt.
fn lock_of(host: &Host, objects: &Objects, config: &WDF_INTERRUPT_CONFIG) -> Result<Lock, Stop> {
    if config.WaitLock.is_null() {
        return Ok(Lock::Own(None));
    }
    // SAFETY: a handle is never dereferenced.
    let lock = unsafe { Pointer::new(config.WaitLock) };
    Ok(Lock::Given(objects.resolve::<WaitLock>(host, lock, "Configuration->WaitLock")?))
}

/// The information that the driver gets about an interrupt.
fn info(interrupt: &Interrupt) -> WDF_INTERRUPT_INFO {
    let resources = interrupt.resources;
    WDF_INTERRUPT_INFO {
        TargetProcessorSet: resources.affinity,
        MessageNumber: interrupt.number,
        Vector: resources.vector,
        Mode: if resources.latched { _KINTERRUPT_MODE::Latched } else { _KINTERRUPT_MODE::LevelSensitive },
        MessageSignaled: resources.message.into(),
        ShareDisposition: resources.share,
        ..WDF_INTERRUPT_INFO::default()
    }
}

fn invalid(host: &Host, message: impl Into<String>) -> Stop {
    host.violation(Rule::ArgumentInvalid, message)
}

/// What both policy functions check. A policy has no effect here: nothing chooses processors.
fn check_policy(
    host: &Host,
    policy: WDF_INTERRUPT_POLICY,
    priority: WDF_INTERRUPT_PRIORITY,
) -> Result<(), Stop> {
    use _WDF_INTERRUPT_POLICY as Policy;
    use _WDF_INTERRUPT_PRIORITY as Priority;
    let policies = Policy::WdfIrqPolicyMachineDefault..=Policy::WdfIrqPolicySpreadMessagesAcrossAllProcessors;
    if !policies.contains(&policy) {
        return Err(invalid(host, format!("Policy is {policy}, no WDF_INTERRUPT_POLICY")));
    }
    if !(Priority::WdfIrqPriorityLow..=Priority::WdfIrqPriorityHigh).contains(&priority) {
        return Err(invalid(host, format!("Priority is {priority}, no WDF_INTERRUPT_PRIORITY")));
    }
    Ok(())
}

/// A policy comes too late for an interrupt that has its resources.
fn check_policy_time(host: &Host, objects: &Objects, interrupt: Handle) -> Result<(), Stop> {
    if objects.get::<Interrupt>(interrupt).is_some_and(|interrupt| interrupt.made_in_prepare) {
        let message = format!("{} was made in EvtDevicePrepareHardware", objects.name(interrupt));
        return Err(invalid(host, message));
    }
    Ok(())
}

fn resolve(host: &Host, interrupt: Pointer<impl Sized>) -> Result<Handle, Stop> {
    host.state().objects.resolve::<Interrupt>(host, interrupt, "Interrupt")
}

ddi! {
    /// Makes an interrupt.
    fn WdfInterruptCreate(
        host,
        Device: WDFDEVICE,
        Configuration: PWDF_INTERRUPT_CONFIG,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        Interrupt: *mut WDFINTERRUPT,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        Configuration.require(host, "Configuration")?;
        Interrupt.require(host, "Interrupt")?;
        let initial = WDF_INTERRUPT_CONFIG {
            ShareVector: _WDF_TRI_STATE::WdfUseDefault,
            ReportInactiveOnPowerDown: _WDF_TRI_STATE::WdfUseDefault,
            PassiveHandling: 1,
            ..WDF_INTERRUPT_CONFIG::default()
        };
        let config = Configuration.read_any_version(host, "Configuration", &OLDER_CONFIGS, initial)?;
        if let Some(device) = state.objects.get::<Device>(device) {
            device.registers.check_allowed(host)?;
        }
        if config.PassiveHandling != 1 {
            return Err(host.violation(Rule::IntNotPassive, "PassiveHandling is not TRUE"));
        }
        if config.EvtInterruptIsr.is_none() {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let allowed = Allowed { parent: config.AutomaticSerialization != 0, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, Attributes, allowed)?;
        let descriptors = check_time(host, &state, device, &config)?;
        let both = config.EvtInterruptDpc.is_some() && config.EvtInterruptWorkItem.is_some();
        if both || !config.SpinLock.is_null() {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let others = state.objects.below::<Interrupt>(device).len();
        let number = u32::try_from(others).unwrap_or(u32::MAX);
        let resources = match &descriptors {
            None => Resources::default(),
            Some((raw, translated)) => {
                Resources::of(raw, translated, number).ok_or(Stop::Status(STATUS_INVALID_PARAMETER))?
            }
        };
        let parent = attributes.parent.unwrap_or(device);
        let known = state.objects.get::<Device>(parent).is_some() || state.objects.get::<Queue>(parent).is_some();
        if !known || state.objects.device_above(parent) != Some(device) {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let automatic = config.AutomaticSerialization != 0;
        // Also looked at if neither is there.
        let passive = config.EvtInterruptWorkItem.is_some() || config.EvtInterruptDpc.is_none();
        let work_lock = serialize::effective_lock(host, &state.objects, parent, automatic, passive)?;
        let body = Interrupt {
            device,
            number,
            made_in_prepare: descriptors.is_some(),
            resources,
            enabled: false,
            disabled_by_driver: false,
            isr: config.EvtInterruptIsr,
            dpc: config.EvtInterruptDpc,
            work_item: config.EvtInterruptWorkItem,
            enable: config.EvtInterruptEnable,
            disable: config.EvtInterruptDisable,
            lock: lock_of(host, &state.objects, &config)?,
            work_lock,
            work_queued: false,
            work_running: 0,
        };
        let interrupt = state.objects.create(host, body, Some(parent), attributes);
        Interrupt.write(host, "Interrupt", interrupt.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Queues EvtInterruptDpc, which is a work item in UMDF; the answer is whether it was not queued.
    fn WdfInterruptQueueDpcForIsr(host, Interrupt: WDFINTERRUPT) -> BOOLEAN {
        queue_work(Interrupt)
    }

    /// Queues EvtInterruptWorkItem; the answer is whether it was not queued.
    fn WdfInterruptQueueWorkItemForIsr(host, Interrupt: WDFINTERRUPT) -> BOOLEAN {
        queue_work(Interrupt)
    }

    /// Calls a function with the interrupt's lock held; the answer is the function's.
    fn WdfInterruptSynchronize(
        host,
        Interrupt: WDFINTERRUPT,
        Callback: PFN_WDF_INTERRUPT_SYNCHRONIZE,
        Context: WDFCONTEXT,
    ) -> BOOLEAN {
        let interrupt = resolve(host, Interrupt)?;
        if Callback.is_none() {
            return Err(host.violation(Rule::ParamNull, "Callback is NULL"));
        }
        locked(host, interrupt, || callbacks::interrupt_synchronize(Callback, interrupt, Context.raw()))
    }

    /// Acquires the interrupt's lock.
    fn WdfInterruptAcquireLock(host, Interrupt: WDFINTERRUPT) {
        let interrupt = resolve(host, Interrupt)?;
        acquire(host, interrupt, None).map(|_| ())
    }

    /// Releases the interrupt's lock.
    fn WdfInterruptReleaseLock(host, Interrupt: WDFINTERRUPT) {
        let interrupt = resolve(host, Interrupt)?;
        if release(host, interrupt) {
            return Ok(());
        }
        let name = host.state().objects.name(interrupt);
        Err(host.violation(Rule::LockNotOwned, format!("the lock of {name} is not held by this thread")))
    }

    /// Acquires the interrupt's lock if nobody holds it; the answer is whether it did.
    fn WdfInterruptTryToAcquireLock(host, Interrupt: WDFINTERRUPT) -> BOOLEAN {
        let interrupt = resolve(host, Interrupt)?;
        acquire(host, interrupt, Some(Duration::ZERO)).map(BOOLEAN::from)
    }

    /// Connects and enables an interrupt that `WdfInterruptDisable` disconnected.
    fn WdfInterruptEnable(host, Interrupt: WDFINTERRUPT) {
        let handle = resolve(host, Interrupt)?;
        if let Some(interrupt) = host.state().objects.get_mut::<Interrupt>(handle) {
            interrupt.disabled_by_driver = false;
        }
        interrupts::connect(crate::host::host(), handle).map_err(Stop::Status)
    }

    /// Disables and disconnects an interrupt; it stays so until `WdfInterruptEnable`.
    fn WdfInterruptDisable(host, Interrupt: WDFINTERRUPT) {
        let handle = resolve(host, Interrupt)?;
        if let Some(interrupt) = host.state().objects.get_mut::<Interrupt>(handle) {
            interrupt.disabled_by_driver = true;
        }
        interrupts::disconnect(host, handle).map_err(Stop::Status)
    }

    /// The interrupt's resources, zero while it has none.
    fn WdfInterruptGetInfo(host, Interrupt: WDFINTERRUPT, Info: PWDF_INTERRUPT_INFO) {
        let state = host.state();
        let interrupt = state.objects.resolve::<Interrupt>(host, Interrupt, "Interrupt")?;
        let interrupt = state.objects.get::<Interrupt>(interrupt).ok_or(Stop::NoEffect)?;
        let size = structure_of(host, Info, "Info", &[OLDER_INFO])?.Size;
        let info = WDF_INTERRUPT_INFO { Size: size, ..info(interrupt) };
        // SAFETY: the driver's structure has this size, which is at most that of `info`.
        unsafe { Info.raw().cast::<u8>().copy_from_nonoverlapping((&raw const info).cast(), size as usize) };
        Ok(())
    }

    /// Asks for processors and a priority.
    fn WdfInterruptSetPolicy(
        host,
        Interrupt: WDFINTERRUPT,
        Policy: WDF_INTERRUPT_POLICY,
        Priority: WDF_INTERRUPT_PRIORITY,
        TargetProcessorSet: KAFFINITY,
    ) {
        let state = host.state();
        let interrupt = state.objects.resolve::<Interrupt>(host, Interrupt, "Interrupt")?;
        check_policy(host, Policy, Priority)?;
        check_policy_time(host, &state.objects, interrupt)
    }

    /// Asks for processors of a group and a priority.
    fn WdfInterruptSetExtendedPolicy(
        host,
        Interrupt: WDFINTERRUPT,
        PolicyAndGroup: PWDF_INTERRUPT_EXTENDED_POLICY,
    ) {
        let state = host.state();
        let interrupt = state.objects.resolve::<Interrupt>(host, Interrupt, "Interrupt")?;
        let given = structure(host, PolicyAndGroup, "PolicyAndGroup")?;
        check_policy(host, given.Policy, given.Priority)?;
        if given.TargetProcessorSetAndGroup.Reserved != [0; 3] {
            return Err(invalid(host, "TargetProcessorSetAndGroup.Reserved is not zero"));
        }
        check_policy_time(host, &state.objects, interrupt)
    }

    /// The device that interrupts.
    fn WdfInterruptGetDevice(host, Interrupt: WDFINTERRUPT) -> WDFDEVICE {
        let state = host.state();
        let interrupt = state.objects.resolve::<Interrupt>(host, Interrupt, "Interrupt")?;
        let interrupt = state.objects.get::<Interrupt>(interrupt).ok_or(Stop::NoEffect)?;
        Ok(interrupt.device.raw())
    }
}
