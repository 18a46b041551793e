//! Calls into the framework, without much comfort, and what the checks print.

use std::fmt::Debug;
use std::ptr::null_mut;
use std::thread;
use std::time::{Duration, Instant};

use wdk_sys::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type, _WDF_EXECUTION_LEVEL,
    _WDF_SYNCHRONIZATION_SCOPE, _WDF_TRI_STATE, NTSTATUS, STATUS_SUCCESS, ULONG, WDF_INTERRUPT_CONFIG,
    WDF_INTERRUPT_INFO, WDF_OBJECT_ATTRIBUTES, WDFDEVICE, WDFINTERRUPT, WDFOBJECT,
};

/// Longest wait for something that must happen.
const SOON: Duration = Duration::from_secs(5);
/// Wait for something that must not happen.
const A_WHILE: Duration = Duration::from_millis(20);

/// Calls a framework function.
macro_rules! wdf {
    ($function:ident $(, $argument:expr)* $(,)?) => {
        // SAFETY: every pointer is what the function's contract asks for, or wrong on purpose in a way that
        // the host sees without following it: NULL, or a handle of another type.
        unsafe { ::wdk_sys::call_unsafe_wdf_function_binding!($function $(, $argument)*) }
    };
}
pub(crate) use wdf;

/// Prints the result of a check: one line, which a test waits for.
#[expect(clippy::needless_pass_by_value, reason = "reads better at every check")]
pub fn same<T: PartialEq + Debug>(name: &str, actual: T, expected: T) {
    if actual == expected {
        wdk_sys::wdk::println!("ok {name}");
    } else {
        wdk_sys::wdk::println!("FAILED {name}: {actual:x?} instead of {expected:x?}");
    }
}

/// A status that is a failure, as an error.
pub fn check(status: NTSTATUS) -> Result<(), NTSTATUS> {
    if status >= 0 { Ok(()) } else { Err(status) }
}

/// What a callback returns.
pub fn status_of(result: Result<(), NTSTATUS>) -> NTSTATUS {
    result.err().unwrap_or(STATUS_SUCCESS)
}

/// The size of a structure as its own `Size` holds it.
pub fn size_field<T>() -> ULONG {
    ULONG::try_from(size_of::<T>()).expect("no structure of WDF is that large")
}

/// What WDF_OBJECT_ATTRIBUTES_INIT gives, and a parent.
pub fn attributes(parent: WDFOBJECT) -> WDF_OBJECT_ATTRIBUTES {
    WDF_OBJECT_ATTRIBUTES {
        Size: size_field::<WDF_OBJECT_ATTRIBUTES>(),
        ExecutionLevel: _WDF_EXECUTION_LEVEL::WdfExecutionLevelInheritFromParent,
        SynchronizationScope: _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeInheritFromParent,
        ParentObject: parent,
        ..WDF_OBJECT_ATTRIBUTES::default()
    }
}

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
    let size = size_field::<WDF_INTERRUPT_INFO>();
    let mut info = WDF_INTERRUPT_INFO { Size: size, ..WDF_INTERRUPT_INFO::default() };
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
