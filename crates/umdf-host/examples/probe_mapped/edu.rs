//! The edu device: its registers and its interrupt.

use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use wdk_sys::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_TRI_STATE, BOOLEAN, ULONG, WDF_INTERRUPT_CONFIG,
    WDF_NO_OBJECT_ATTRIBUTES, WDFDEVICE, WDFINTERRUPT,
};

use crate::registers::{load, read, store, write};
use crate::wdf::{expect, size_field, status, wdf};

/// Offsets of the registers.
pub const IDENTIFICATION: usize = 0x00;
pub const LIVENESS: usize = 0x04;
const INTERRUPT_STATUS: usize = 0x24;
const RAISE: usize = 0x60;
const ACKNOWLEDGE: usize = 0x64;
const DMA_SOURCE: usize = 0x80;

/// Longest wait for an interrupt.
const SOON: Duration = Duration::from_secs(5);
/// Accesses of which the time is taken.
const ACCESSES: u32 = 20_000;

/// Every status bit that the ISR saw.
static SEEN: AtomicU32 = AtomicU32::new(0);
/// Runs of the ISR that found the device's interrupt.
static RUNS: AtomicU32 = AtomicU32::new(0);

/// In EvtDriverDeviceAdd.
pub fn make_interrupt(device: WDFDEVICE) {
    let mut config = WDF_INTERRUPT_CONFIG {
        Size: size_field::<WDF_INTERRUPT_CONFIG>(),
        ShareVector: _WDF_TRI_STATE::WdfUseDefault,
        ReportInactiveOnPowerDown: _WDF_TRI_STATE::WdfUseDefault,
        PassiveHandling: 1,
        EvtInterruptIsr: Some(evt_interrupt_isr),
        ..WDF_INTERRUPT_CONFIG::default()
    };
    let mut interrupt: WDFINTERRUPT = std::ptr::null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let made = wdf!(WdfInterruptCreate, device, &raw mut config, none, &raw mut interrupt);
    status("an interrupt is made", made, 0);
}

/// The thread that it runs on may have been started while a store was carried out.
unsafe extern "C" fn evt_interrupt_isr(_interrupt: WDFINTERRUPT, _message: ULONG) -> BOOLEAN {
    let asked: u32 = load(INTERRUPT_STATUS);
    if asked == 0 {
        return 0;
    }
    store(ACKNOWLEDGE, asked);
    SEEN.fetch_or(asked, SeqCst);
    RUNS.fetch_add(1, SeqCst);
    1
}

/// In EvtDeviceD0Entry.
pub fn check() {
    let (long, long64) = (Size::WdfDeviceHwAccessTargetSizeUlong, Size::WdfDeviceHwAccessTargetSizeUlong64);
    expect("identification", load::<u32>(IDENTIFICATION), 0x0100_00ed);
    store(LIVENESS, 0x1234_5678_u32);
    expect("liveness by the framework", read(long, LIVENESS), 0xedcb_a987);
    write(long, LIVENESS, 0xffff_0000);
    expect("liveness by a load", load::<u32>(LIVENESS), 0x0000_ffff);
    store(DMA_SOURCE, 0x1_0000_0002_u64);
    expect("8 bytes by the framework", read(long64, DMA_SOURCE), 0x1_0000_0002);
    expect("8 bytes by a load", load::<u64>(DMA_SOURCE), 0x1_0000_0002);
    let of_a_thread = thread::spawn(|| load::<u32>(IDENTIFICATION)).join();
    expect("a thread of the driver's own", of_a_thread.ok(), Some(0x0100_00ed));
}

/// In EvtDeviceSelfManagedIoInit, when interrupts are on.
pub fn check_interrupts() {
    for bits in [0x01_u32, 0x8000_0000, 0xa5] {
        let before = RUNS.load(SeqCst);
        SEEN.store(0, SeqCst);
        store(RAISE, bits);
        let end = Instant::now() + SOON;
        while RUNS.load(SeqCst) == before && Instant::now() < end {
            thread::sleep(Duration::from_micros(100));
        }
        expect(&format!("interrupt {bits:#x} comes"), RUNS.load(SeqCst) > before, true);
        expect(&format!("interrupt {bits:#x} is told"), SEEN.load(SeqCst), bits);
        expect(&format!("interrupt {bits:#x} is silenced"), load::<u32>(INTERRUPT_STATUS), 0);
    }
}

/// Prints what a load costs by the one way and by the other.
pub fn measure() {
    let time = |access: &dyn Fn() -> u64| {
        let begin = Instant::now();
        for _ in 0..ACCESSES {
            black_box(access());
        }
        begin.elapsed() / ACCESSES
    };
    let long = Size::WdfDeviceHwAccessTargetSizeUlong;
    for _ in 0..3 {
        let mapped = time(&|| load::<u32>(LIVENESS).into());
        let framework = time(&|| read(long, LIVENESS));
        let ratio = mapped.as_secs_f64() / framework.as_secs_f64();
        wdk_sys::wdk::println!(
            "cost: load {mapped:?}, WdfDeviceReadFromHardware {framework:?}, ratio {ratio:.2}"
        );
    }
}
