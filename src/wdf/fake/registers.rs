//! Registers that answer as a test wants, and note what is done with them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use wdk_sys::{
    PVOID, PWDF_DRIVER_GLOBALS, SIZE_T, ULONG, WDF_DEVICE_HWACCESS_TARGET_SIZE,
    WDF_DEVICE_HWACCESS_TARGET_TYPE, WDFDEVICE,
};

use crate::registers::{ReadWrite, registers};

registers! { within 0x10;
    /// One of each width.
    0x0 Byte: u8, ReadWrite;
    0x2 Half: u16, ReadWrite;
    0x4 Word: u32, ReadWrite;
    0x8 Long: u64, ReadWrite;
}

thread_local! {
    static ANSWERS: RefCell<VecDeque<SIZE_T>> = const { RefCell::new(VecDeque::new()) };
    static WRITTEN: RefCell<Vec<SIZE_T>> = const { RefCell::new(Vec::new()) };
    static READS: Cell<usize> = const { Cell::new(0) };
    static SIZES: RefCell<Vec<WDF_DEVICE_HWACCESS_TARGET_SIZE>> = const { RefCell::new(Vec::new()) };
}

/// What the next reads of registers on this thread give, one after the other; then all registers hold 0.
pub fn answer_reads(values: &[SIZE_T]) {
    ANSWERS.with_borrow_mut(|answers| answers.extend(values));
}

/// How many reads of registers there were on this thread since the last time, and what was written.
pub fn accesses() -> (usize, Vec<SIZE_T>) {
    (READS.take(), WRITTEN.take())
}

/// The sizes of all accesses on this thread since the last time.
pub fn access_sizes() -> Vec<WDF_DEVICE_HWACCESS_TARGET_SIZE> {
    SIZES.take()
}

pub unsafe extern "C" fn read(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: WDF_DEVICE_HWACCESS_TARGET_TYPE,
    size: WDF_DEVICE_HWACCESS_TARGET_SIZE,
    _: PVOID,
    _: PVOID,
    _: ULONG,
) -> SIZE_T {
    READS.set(READS.get() + 1);
    SIZES.with_borrow_mut(|sizes| sizes.push(size));
    ANSWERS.with_borrow_mut(VecDeque::pop_front).unwrap_or(0)
}

pub unsafe extern "C" fn write(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: WDF_DEVICE_HWACCESS_TARGET_TYPE,
    size: WDF_DEVICE_HWACCESS_TARGET_SIZE,
    _: PVOID,
    value: SIZE_T,
    _: PVOID,
    _: ULONG,
) {
    SIZES.with_borrow_mut(|sizes| sizes.push(size));
    WRITTEN.with_borrow_mut(|written| written.push(value));
}
