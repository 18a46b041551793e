//! Two interrupts: done and error. With a line, and with a single message, the first one stands for both, and the
//! framework never connects the second one.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_TRI_STATE, BOOLEAN, NTSTATUS, STATUS_INVALID_PARAMETER, ULONG, WDF_INTERRUPT_CONFIG,
    WDF_NO_OBJECT_ATTRIBUTES, WDFDEVICE, WDFINTERRUPT, WDFOBJECT,
};

use crate::device::{Abacus, State, with};
use crate::hardware::{DONE, ERROR};
use crate::wdf::{call_unsafe, check, size_field, status_of};

/// Makes the interrupts. At each start the framework hands out vectors in the order in which they were made.
///
/// # Safety
/// The EvtDriverDeviceAdd of `device` runs.
pub unsafe fn create(device: WDFDEVICE) -> Result<[WDFINTERRUPT; 2], NTSTATUS> {
    let mut interrupts = [null_mut(); 2];
    for interrupt in &mut interrupts {
        let mut config = WDF_INTERRUPT_CONFIG {
            Size: size_field::<WDF_INTERRUPT_CONFIG>(),
            ShareVector: _WDF_TRI_STATE::WdfUseDefault,
            ReportInactiveOnPowerDown: _WDF_TRI_STATE::WdfUseDefault,
            PassiveHandling: BOOLEAN::from(true),
            EvtInterruptIsr: Some(evt_interrupt_isr),
            EvtInterruptEnable: Some(evt_interrupt_enable),
            EvtInterruptDisable: Some(evt_interrupt_disable),
            EvtInterruptWorkItem: Some(evt_interrupt_work_item),
            ..WDF_INTERRUPT_CONFIG::default()
        };
        let (config, none) = (&raw mut config, WDF_NO_OBJECT_ATTRIBUTES);
        // SAFETY: the caller's device; the other pointers point to locals.
        check(unsafe { call_unsafe!(WdfInterruptCreate, device, config, none, &raw mut *interrupt) })?;
    }
    Ok(interrupts)
}

/// Runs the body of a callback with the causes for which the interrupt is there.
///
/// # Safety
/// `interrupt` is valid until this returns, and its device has started.
unsafe fn with_causes<T>(
    event: &str,
    interrupt: WDFINTERRUPT,
    body: impl FnOnce(&mut State, u32) -> Result<T, NTSTATUS>,
) -> Result<T, NTSTATUS> {
    let with_state = |abacus: &Abacus| {
        let mut state = abacus.state();
        let causes = match (state.hardware()?.messages, abacus.interrupts[0] == interrupt) {
            (0 | 1, _) => DONE | ERROR,
            (_, true) => DONE,
            (_, false) => ERROR,
        };
        body(&mut state, causes)
    };
    // SAFETY: the caller's interrupt.
    let device = unsafe { call_unsafe!(WdfInterruptGetDevice, interrupt) };
    // SAFETY: a device is valid as long as its interrupts.
    unsafe { with(event, device, with_state) }
}

unsafe extern "C" fn evt_interrupt_enable(interrupt: WDFINTERRUPT, _device: WDFDEVICE) -> NTSTATUS {
    let enable = |state: &mut State, causes| state.hardware().map(|hardware| hardware.enable(causes));
    // SAFETY: the framework passes a valid interrupt.
    status_of(unsafe { with_causes("EvtInterruptEnable", interrupt, enable) })
}

unsafe extern "C" fn evt_interrupt_disable(interrupt: WDFINTERRUPT, _device: WDFDEVICE) -> NTSTATUS {
    let disable = |state: &mut State, causes| state.hardware().map(|hardware| hardware.disable(causes));
    // SAFETY: the framework passes a valid interrupt.
    status_of(unsafe { with_causes("EvtInterruptDisable", interrupt, disable) })
}

/// Silences the board, and leaves the rest to the work item. The answer is whether it was this board: others may
/// be on the same line.
unsafe extern "C" fn evt_interrupt_isr(interrupt: WDFINTERRUPT, _message: ULONG) -> BOOLEAN {
    let take = |state: &mut State, causes| {
        let taken = state.hardware()?.take_causes(causes);
        state.causes |= taken;
        Ok(taken != 0)
    };
    // SAFETY: the framework passes a valid interrupt.
    let mine = unsafe { with_causes("EvtInterruptIsr", interrupt, take) }.unwrap_or(false);
    if mine {
        // SAFETY: the framework passes a valid interrupt.
        let _ = unsafe { call_unsafe!(WdfInterruptQueueWorkItemForIsr, interrupt) };
    }
    mine.into()
}

/// Finds out what the board had to say, and passes it on.
unsafe extern "C" fn evt_interrupt_work_item(interrupt: WDFINTERRUPT, _device: WDFOBJECT) {
    let work = |abacus: &Abacus| {
        let mut state = abacus.state();
        let result = match std::mem::take(&mut state.causes) {
            0 => return Ok(()),
            causes if causes & ERROR != 0 => Err(STATUS_INVALID_PARAMETER),
            _ => Ok(state.hardware()?.total()),
        };
        state.result = Some(result);
        abacus.finished.notify_one();
        Ok(())
    };
    // SAFETY: the framework passes a valid interrupt.
    let device = unsafe { call_unsafe!(WdfInterruptGetDevice, interrupt) };
    // SAFETY: a device is valid as long as its interrupts. A failure is traced.
    let _ = unsafe { with("EvtInterruptWorkItem", device, work) };
}
