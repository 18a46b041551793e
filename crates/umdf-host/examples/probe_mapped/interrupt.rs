//! The interrupt of the edu device: raised, told and silenced by loads and stores.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use wdk_sys::{
    _WDF_TRI_STATE, BOOLEAN, ULONG, WDF_INTERRUPT_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDF_WORKITEM_CONFIG,
    WDFDEVICE, WDFINTERRUPT, WDFWORKITEM,
};

use crate::registers::{load, store};
use crate::says::expect;
use crate::wdf::{attributes, size_field, wdf};

/// Offsets of the registers.
const STATUS: usize = 0x24;
const RAISE: usize = 0x60;
const ACKNOWLEDGE: usize = 0x64;

/// Longest wait for an interrupt.
const SOON: Duration = Duration::from_secs(20);
/// More work items than the host has idle threads.
const ITEMS: u32 = 8;

/// Every status bit that the ISR saw.
static SEEN: AtomicU32 = AtomicU32::new(0);
/// Runs of the ISR that found the device's interrupt.
static RUNS: AtomicU32 = AtomicU32::new(0);
/// Work items that occupy a thread of the host.
static OCCUPYING: AtomicU32 = AtomicU32::new(0);
/// The work items may return.
static FREE: AtomicBool = AtomicBool::new(false);

/// In EvtDriverDeviceAdd.
pub fn make(device: WDFDEVICE) {
    let mut config = WDF_INTERRUPT_CONFIG {
        Size: size_field::<WDF_INTERRUPT_CONFIG>(),
        ShareVector: _WDF_TRI_STATE::WdfUseDefault,
        ReportInactiveOnPowerDown: _WDF_TRI_STATE::WdfUseDefault,
        PassiveHandling: 1,
        EvtInterruptIsr: Some(evt_interrupt_isr),
        ..WDF_INTERRUPT_CONFIG::default()
    };
    let mut interrupt: WDFINTERRUPT = null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let made = wdf!(WdfInterruptCreate, device, &raw mut config, none, &raw mut interrupt);
    expect("an interrupt is made", made, 0);
}

unsafe extern "C" fn evt_interrupt_isr(_interrupt: WDFINTERRUPT, _message: ULONG) -> BOOLEAN {
    let asked: u32 = load(STATUS);
    if asked == 0 {
        return 0;
    }
    store(ACKNOWLEDGE, asked);
    SEEN.fetch_or(asked, SeqCst);
    RUNS.fetch_add(1, SeqCst);
    1
}

fn eventually(so: impl Fn() -> bool) -> bool {
    let end = Instant::now() + SOON;
    while !so() && Instant::now() < end {
        thread::sleep(Duration::from_micros(100));
    }
    so()
}

/// In EvtDeviceSelfManagedIoInit, when interrupts are on.
pub fn check(device: WDFDEVICE) {
    occupy_threads(device);
    // The store starts the thread that the ISR runs on: no other is idle.
    raise(0x01);
    FREE.store(true, SeqCst);
    raise(0x8000_0000);
    raise(0xa5);
}

fn raise(bits: u32) {
    let before = RUNS.load(SeqCst);
    SEEN.store(0, SeqCst);
    store(RAISE, bits);
    expect(&format!("interrupt {bits:#x} comes"), eventually(|| RUNS.load(SeqCst) > before), true);
    expect(&format!("interrupt {bits:#x} is told"), SEEN.load(SeqCst), bits);
    expect(&format!("interrupt {bits:#x} is silenced"), load::<u32>(STATUS), 0);
}

fn occupy_threads(device: WDFDEVICE) {
    for _ in 0..ITEMS {
        let mut config = WDF_WORKITEM_CONFIG {
            Size: size_field::<WDF_WORKITEM_CONFIG>(),
            EvtWorkItemFunc: Some(evt_work_item),
            AutomaticSerialization: 0,
        };
        let mut attributes = attributes(device.cast());
        let mut item: WDFWORKITEM = null_mut();
        let made = wdf!(WdfWorkItemCreate, &raw mut config, &raw mut attributes, &raw mut item);
        expect("a work item is made", made, 0);
        wdf!(WdfWorkItemEnqueue, item);
    }
    expect("all threads are occupied", eventually(|| OCCUPYING.load(SeqCst) == ITEMS), true);
}

unsafe extern "C" fn evt_work_item(_item: WDFWORKITEM) {
    OCCUPYING.fetch_add(1, SeqCst);
    eventually(|| FREE.load(SeqCst));
}
