//! `wdfmemory.h`.

use std::ffi::c_void;
use std::ptr::null_mut;

use wdk_sys::{
    _POOL_TYPE, NTSTATUS, STATUS_BUFFER_TOO_SMALL, STATUS_INSUFFICIENT_RESOURCES, STATUS_INVALID_BUFFER_SIZE,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, WDF_NO_OBJECT_ATTRIBUTES, WDFDEVICE, WDFMEMORY,
};

use crate::says::{expect, holds};
use crate::wdf::{attributes, bytes, delete, memory, preallocated, wdf};

/// The buffer and its length.
fn buffer(memory: WDFMEMORY) -> (*mut c_void, usize) {
    let mut length = 0;
    let buffer = wdf!(WdfMemoryGetBuffer, memory, &raw mut length);
    (buffer, length)
}

fn copy_from(memory: WDFMEMORY, offset: usize, source: &mut [u8], count: usize) -> NTSTATUS {
    wdf!(WdfMemoryCopyFromBuffer, memory, offset, source.as_mut_ptr().cast(), count)
}

fn copy_to(memory: WDFMEMORY, offset: usize, target: &mut [u8], count: usize) -> NTSTATUS {
    wdf!(WdfMemoryCopyToBuffer, memory, offset, target.as_mut_ptr().cast(), count)
}

pub fn check(device: WDFDEVICE) {
    of_creation(device);
    of_copies(device);
    of_preallocated(device);
}

fn of_creation(device: WDFDEVICE) {
    let (mut made, mut start): (WDFMEMORY, *mut c_void) = (null_mut(), null_mut());
    let pool = _POOL_TYPE::PagedPool;
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let status = wdf!(WdfMemoryCreate, none, pool, 0x6162, 5000, &raw mut made, &raw mut start);
    expect("memory without attributes", status, STATUS_SUCCESS);
    expect("memory's buffer", buffer(made), (start, 5000));
    expect("memory's buffer without length", wdf!(WdfMemoryGetBuffer, made, null_mut()), start);
    expect("memory begins aligned", start.addr() % 16, 0);
    expect("memory is not zeroed", bytes(start, 5000), vec![0xA5; 5000]);
    delete(made);

    let good = attributes(device.cast());
    expect("memory of 1 byte", memory(good, 1).0, STATUS_SUCCESS);
    expect("memory of 0 bytes", memory(good, 0).0, STATUS_INVALID_PARAMETER);
    for size in [usize::MAX, usize::MAX / 2, 1 << 50] {
        let (status, made) = memory(good, size);
        expect(&format!("memory of {size:#x} bytes"), status, STATUS_INSUFFICIENT_RESOURCES);
        holds(&format!("memory of {size:#x} bytes has no handle"), made.is_null());
    }
}

fn of_copies(device: WDFDEVICE) {
    let made = memory(attributes(device.cast()), 8).1;
    let (mut source, mut target) = ([1, 2, 3, 4, 5, 6, 7, 8, 9], [0; 9]);
    expect("copy into memory", copy_from(made, 0, &mut source, 8), STATUS_SUCCESS);
    expect("copy into its end", copy_from(made, 6, &mut source, 2), STATUS_SUCCESS);
    expect("copy out of memory", copy_to(made, 1, &mut target, 7), STATUS_SUCCESS);
    expect("what was copied", target, [2, 3, 4, 5, 6, 1, 2, 0, 0]);
    let size = STATUS_INVALID_BUFFER_SIZE;
    for (offset, count) in [(0, 9), (7, 2), (8, 1), (usize::MAX, 2)] {
        let name = format!("copy of {count} bytes into offset {offset:#x}");
        expect(&name, copy_from(made, offset, &mut source, count), size);
        let name = format!("copy of {count} bytes out of offset {offset:#x}");
        expect(&name, copy_to(made, offset, &mut target, count), STATUS_BUFFER_TOO_SMALL);
    }
    expect("copy of 0 bytes into memory", copy_from(made, 0, &mut source, 0), STATUS_INVALID_PARAMETER);
    expect("copy of 0 bytes out of memory", copy_to(made, 0, &mut target, 0), STATUS_INVALID_PARAMETER);
    expect("refused copies change nothing", bytes(buffer(made).0, 8), vec![1, 2, 3, 4, 5, 6, 1, 2]);
    delete(made);
}

fn of_preallocated(device: WDFDEVICE) {
    let good = attributes(device.cast());
    let (mut first, mut second) = ([1_u8; 4], [2_u8; 2]);
    let (start, other) = ((&raw mut first).cast::<c_void>(), (&raw mut second).cast::<c_void>());
    expect("preallocated memory of 0 bytes", preallocated(good, start, 0).0, STATUS_INVALID_PARAMETER);
    let (status, made) = preallocated(good, start, 4);
    expect("preallocated memory", status, STATUS_SUCCESS);
    expect("preallocated memory's buffer", buffer(made), (start, 4));
    expect("copy into preallocated memory", copy_from(made, 3, &mut [9], 1), STATUS_SUCCESS);
    expect("what the driver's buffer has", bytes(start, 4), vec![1, 1, 1, 9]);
    let assign = |size: usize| wdf!(WdfMemoryAssignBuffer, made, other, size);
    expect("assigned buffer of 0 bytes", assign(0), STATUS_INVALID_PARAMETER);
    expect("refused buffer changes nothing", buffer(made), (start, 4));
    expect("assigned buffer", assign(2), STATUS_SUCCESS);
    expect("assigned buffer is there", buffer(made), (other, 2));
    let mut target = [0; 2];
    expect("copy out of the assigned buffer", copy_to(made, 0, &mut target, 2), STATUS_SUCCESS);
    expect("what the assigned buffer had", target, [2, 2]);
    delete(made);
}
