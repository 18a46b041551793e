//! What PnP and power do with the interrupts of a device: resources, connection, deletion
//! (`interruptobject.cpp`, `fxpkgpnp.cpp`).

use wdk_portable::{NTSTATUS, STATUS_INVALID_DEVICE_STATE};

use crate::bus::Assigned;
use crate::delivery;
use crate::framework::interrupt::{self, Interrupt};
use crate::framework::{Handle, object};
use crate::history::Event;
use crate::host::{Host, State};

mod resources;

pub use resources::{Lists, Resources};

/// The interrupts of a device in the order of their creation.
pub fn of_device(state: &State, device: Handle) -> Vec<Handle> {
    let mut interrupts = state.objects.below::<Interrupt>(device);
    interrupts
        .sort_by_key(|handle| state.objects.get::<Interrupt>(*handle).map(|interrupt| interrupt.number));
    interrupts
}

/// Gives the interrupts their resources, then calls EvtDevicePrepareHardware, in which the driver
/// may make more of them from the descriptors in `lists` (raw, translated).
pub fn prepare(
    host: &Host,
    device: Handle,
    assigned: &Assigned,
    lists: (Handle, Handle),
    call: impl FnOnce() -> NTSTATUS,
) -> NTSTATUS {
    {
        let mut state = host.state();
        let interrupts = of_device(&state, device);
        let resources = Resources::spread(assigned, interrupts.len());
        for (handle, resources) in interrupts.into_iter().zip(resources) {
            if let Some(interrupt) = state.objects.get_mut::<Interrupt>(handle) {
                interrupt.resources = resources;
            }
        }
        let (raw, translated) = lists;
        state.preparing.insert(device, Lists { assigned: assigned.clone(), raw, translated });
    }
    let status = call();
    host.state().preparing.remove(&device);
    status
}

/// After EvtDeviceReleaseHardware: interrupts that were made in EvtDevicePrepareHardware are deleted,
/// in reverse order.
pub fn delete_made_in_prepare(host: &Host, device: Handle) {
    let mut interrupts = of_device(&host.state(), device);
    interrupts.retain(|handle| {
        host.state().objects.get::<Interrupt>(*handle).is_some_and(|interrupt| interrupt.made_in_prepare)
    });
    for handle in interrupts.into_iter().rev() {
        object::delete(host, handle);
    }
}

/// The interrupt has no resources any more.
pub fn revoke(host: &Host, handle: Handle) {
    if let Some(interrupt) = host.state().objects.get_mut::<Interrupt>(handle) {
        interrupt.resources = Resources::default();
    }
}

/// Connects one interrupt and enables it. An interrupt without resources, or one that the driver
/// disabled, stays as it is.
pub fn connect(host: &'static Host, handle: Handle) -> Result<(), NTSTATUS> {
    let resources = {
        let state = host.state();
        let Some(interrupt) = state.objects.get::<Interrupt>(handle) else { return Ok(()) };
        if interrupt.disabled_by_driver || interrupt.resources.vector == 0 {
            return Ok(());
        }
        interrupt.resources
    };
    if !delivery::connect(host, handle, resources.vector, resources.trigger()) {
        return Err(STATUS_INVALID_DEVICE_STATE);
    }
    host.record(Event::Connected { object: host.state().objects.name(handle) });
    let status = interrupt::enable(host, handle);
    if status < 0 {
        return Err(status);
    }
    if let Some(interrupt) = host.state().objects.get_mut::<Interrupt>(handle) {
        interrupt.enabled = true;
    }
    delivery::open(host, handle);
    Ok(())
}

/// Disables one interrupt, if it was enabled, and disconnects it: waits for its ISR, then for its work
/// item.
pub fn disconnect(host: &Host, handle: Handle) -> Result<(), NTSTATUS> {
    let enabled = {
        let mut state = host.state();
        if !state.interrupts.has(handle) {
            return Ok(());
        }
        let interrupt = state.objects.get_mut::<Interrupt>(handle);
        interrupt.is_some_and(|interrupt| std::mem::take(&mut interrupt.enabled))
    };
    let status = if enabled { interrupt::disable(host, handle) } else { 0 };
    delivery::disconnect(host, handle);
    interrupt::wait_for_work(host, handle);
    host.record(Event::Disconnected { object: host.state().objects.name(handle) });
    if status < 0 { Err(status) } else { Ok(()) }
}
