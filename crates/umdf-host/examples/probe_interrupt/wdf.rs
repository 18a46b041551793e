//! Calls into the framework, without much comfort, and what the checks print.

use std::ptr::null_mut;
use std::thread;
use std::time::{Duration, Instant};

use wdk_sys::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type, _WDF_TRI_STATE,
    NTSTATUS, ULONG, WDF_INTERRUPT_CONFIG, WDF_INTERRUPT_INFO, WDF_OBJECT_ATTRIBUTES, WDFDEVICE,
    WDFINTERRUPT,
};

/// Longest wait for something that must happen.
const SOON: Duration = Duration::from_secs(20);
/// Wait for something that must not happen.
const A_WHILE: Duration = Duration::from_millis(20);

pub use crate::says::expect;
pub(crate) use crate::shared::wdf;
pub use crate::shared::{attributes, check, size_field, status_of};

/// What WDF_INTERRUPT_CONFIG_INIT gives, with this driver's callbacks.
pub fn interrupt_config() -> WDF_INTERRUPT_CONFIG {
    WDF_INTERRUPT_CONFIG {
        Size: size_field::<WDF_INTERRUPT_CONFIG>(),
        ShareVector: _WDF_TRI_STATE::WdfUseDefault,
        ReportInactiveOnPowerDown: _WDF_TRI_STATE::WdfUseDefault,
        PassiveHandling: 1,
        EvtInterruptIsr: Some(crate::interrupt::evt_interrupt_isr),
        EvtInterruptEnable: Some(crate::interrupt::evt_interrupt_enable),
        EvtInterruptDisable: Some(crate::interrupt::evt_interrupt_disable),
        EvtInterruptWorkItem: Some(crate::interrupt::evt_interrupt_work_item),
        ..WDF_INTERRUPT_CONFIG::default()
    }
}

/// Makes an interrupt with default attributes.
pub fn create_interrupt(device: WDFDEVICE, config: WDF_INTERRUPT_CONFIG) -> Result<WDFINTERRUPT, NTSTATUS> {
    create_interrupt_with(device, config, None)
}

/// Makes an interrupt.
pub fn create_interrupt_with(
    device: WDFDEVICE,
    mut config: WDF_INTERRUPT_CONFIG,
    mut attributes: Option<WDF_OBJECT_ATTRIBUTES>,
) -> Result<WDFINTERRUPT, NTSTATUS> {
    let attributes = attributes.as_mut().map_or(null_mut(), std::ptr::from_mut);
    let mut interrupt: WDFINTERRUPT = null_mut();
    check(wdf!(WdfInterruptCreate, device, &raw mut config, attributes, &raw mut interrupt))?;
    Ok(interrupt)
}

/// The information about an interrupt.
pub fn info(interrupt: WDFINTERRUPT) -> WDF_INTERRUPT_INFO {
    info_of_size(interrupt, size_field::<WDF_INTERRUPT_INFO>())
}

/// The same in a structure of this size. What is not filled keeps its marks.
pub fn info_of_size(interrupt: WDFINTERRUPT, size: ULONG) -> WDF_INTERRUPT_INFO {
    let mut info =
        WDF_INTERRUPT_INFO { Size: size, Vector: 0xdead, Group: 0xbeef, ..WDF_INTERRUPT_INFO::default() };
    wdf!(WdfInterruptGetInfo, interrupt, &raw mut info);
    info
}

/// Reads a register of the device.
pub fn read(offset: usize) -> u32 {
    let (device, base) = crate::device::hardware();
    let address = base.wrapping_byte_add(offset);
    let (kind, size) = (Type::WdfDeviceHwAccessTargetTypeRegister, Size::WdfDeviceHwAccessTargetSizeUlong);
    let value = wdf!(WdfDeviceReadFromHardware, device, kind, size, address, null_mut(), 0);
    u32::try_from(value).expect("a read of 4 bytes gives 4 bytes")
}

/// Writes a register of the device.
pub fn write(offset: usize, value: u32) {
    let (device, base) = crate::device::hardware();
    let address = base.wrapping_byte_add(offset);
    let (kind, size) = (Type::WdfDeviceHwAccessTargetTypeRegister, Size::WdfDeviceHwAccessTargetSizeUlong);
    wdf!(WdfDeviceWriteToHardware, device, kind, size, address, value.into(), null_mut(), 0);
}

/// Waits until something is so; the answer is whether it came to that.
pub fn eventually(so: impl Fn() -> bool) -> bool {
    let end = Instant::now() + SOON;
    while !so() {
        if Instant::now() > end {
            return false;
        }
        thread::sleep(Duration::from_micros(200));
    }
    true
}

/// Gives a thing that must not happen the time to happen.
pub fn a_while() {
    thread::sleep(A_WHILE);
}
