//! `wdfobject.h`: contexts and attributes.

use std::ffi::{c_char, c_void};
use std::ptr::null_mut;

use wdk_sys::{
    _WDF_EXECUTION_LEVEL, GUID, NTSTATUS, PVOID, STATUS_INFO_LENGTH_MISMATCH, STATUS_NOT_FOUND,
    STATUS_OBJECT_NAME_EXISTS, STATUS_SUCCESS, WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES,
    WDF_OBJECT_CONTEXT_TYPE_INFO, WDFDEVICE, WDFOBJECT,
};

use crate::says::{expect, holds};
use crate::wdf::{attributes, bytes, collection, delete, object, wdf};

/// `STATUS_WDF_EXECUTION_LEVEL_INVALID` and `STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED` (`wdfstatus.h`).
const LEVEL_INVALID: NTSTATUS = 0xC020_0211_u32.cast_signed();
const PARENT_NOT_ALLOWED: NTSTATUS = 0xC020_020F_u32.cast_signed();

/// The framework's description of a context type.
#[repr(transparent)]
struct TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO);

// SAFETY: nobody writes it; its pointers point to statics.
unsafe impl Sync for TypeInfo {}

macro_rules! context_type {
    ($name:ident, $size:literal) => {
        static $name: TypeInfo = TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO {
            Size: 40,
            ContextName: c"Context".as_ptr().cast_mut(),
            ContextSize: $size,
            UniqueType: &raw const $name.0,
            EvtDriverGetUniqueContextType: None,
        });
    };
}

context_type!(SMALL, 8);
context_type!(LARGE, 4096);
context_type!(FOREIGN, 8);

/// `WDF_OBJECT_CONTEXT_TYPE_INFO` of framework 1.0.
#[repr(C)]
struct OlderTypeInfo {
    size: u32,
    context_name: *const c_char,
    context_size: usize,
}

// SAFETY: nobody writes it; its pointer points to a literal.
unsafe impl Sync for OlderTypeInfo {}

static OLDER: OlderTypeInfo = OlderTypeInfo { size: 24, context_name: c"Older".as_ptr(), context_size: 16 };

fn context(object: WDFOBJECT, of: &TypeInfo) -> *mut c_void {
    wdf!(WdfObjectGetTypedContextWorker, object, of.0.UniqueType)
}

pub fn check(device: WDFDEVICE) {
    of_attributes(device);
    of_contexts(device);
    of_older_types(device);
}

fn of_attributes(device: WDFDEVICE) {
    let mut made: WDFOBJECT = null_mut();
    let status = wdf!(WdfObjectCreate, WDF_NO_OBJECT_ATTRIBUTES, &raw mut made);
    expect("object without attributes", status, STATUS_SUCCESS);
    holds("object without attributes has a handle", !made.is_null());
    let guid = GUID { Data1: 1, Data2: 2, Data3: 3, Data4: [4; 8] };
    let status = wdf!(WdfObjectQuery, made, &raw const guid, 0, null_mut());
    expect("object query of an unknown interface", status, STATUS_NOT_FOUND);
    delete(made);

    let good = attributes(device.cast());
    let passive = _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive;
    let leveled = WDF_OBJECT_ATTRIBUTES { ExecutionLevel: passive, ..good };
    expect("object with an execution level", object(leveled).0, STATUS_SUCCESS);
    expect("collection with an execution level", collection(leveled).0, LEVEL_INVALID);
    let wrong = WDF_OBJECT_ATTRIBUTES { Size: good.Size - 8, ..good };
    expect("object attributes of a wrong size", object(wrong).0, STATUS_INFO_LENGTH_MISMATCH);
}

/// Types that have no `UniqueType`.
fn of_older_types(device: WDFDEVICE) {
    let (type_info, size) = ((&raw const OLDER).cast(), OLDER.context_size);
    let older = WDF_OBJECT_ATTRIBUTES { ContextTypeInfo: type_info, ..attributes(device.cast()) };
    let (status, made) = object(older);
    expect("object with a context of an older type", status, STATUS_SUCCESS);
    let memory = wdf!(WdfObjectGetTypedContextWorker, made, type_info);
    holds("context of an older type is found", !memory.is_null());
    expect("context of an older type is zeroed", bytes(memory, size), vec![0; size]);
    delete(made);
}

fn of_contexts(device: WDFDEVICE) {
    let small = WDF_OBJECT_ATTRIBUTES { ContextTypeInfo: &raw const SMALL.0, ..attributes(device.cast()) };
    let (status, made) = object(small);
    expect("object with a context", status, STATUS_SUCCESS);
    let first = context(made, &SMALL);
    expect("first context is zeroed", bytes(first, 8), vec![0; 8]);

    let allocate = |name: &str, attributes: WDF_OBJECT_ATTRIBUTES, expected: NTSTATUS| {
        let mut attributes = attributes;
        let mut memory: PVOID = null_mut();
        let status = wdf!(WdfObjectAllocateContext, made, &raw mut attributes, &raw mut memory);
        expect(name, status, expected);
        memory
    };
    let large = WDF_OBJECT_ATTRIBUTES { ContextTypeInfo: &raw const LARGE.0, ..attributes(null_mut()) };
    let second = allocate("second context", large, STATUS_SUCCESS);
    expect("second context is found", second, context(made, &LARGE));
    expect("second context is zeroed", bytes(second, 4096), vec![0; 4096]);
    holds("contexts are different", first != second);
    expect("first context stays", first, context(made, &SMALL));
    let again = allocate("context again", large, STATUS_OBJECT_NAME_EXISTS);
    expect("context again is the same", again, second);
    let overridden = WDF_OBJECT_ATTRIBUTES {
        ContextTypeInfo: &raw const FOREIGN.0,
        ContextSizeOverride: 100,
        ..attributes(null_mut())
    };
    holds("context of no type yet", context(made, &FOREIGN).is_null());
    let third = allocate("larger context", overridden, STATUS_SUCCESS);
    expect("larger context is zeroed", bytes(third, 100), vec![0; 100]);
    allocate(
        "context with parent",
        WDF_OBJECT_ATTRIBUTES { ParentObject: made, ..large },
        PARENT_NOT_ALLOWED,
    );
    let mut large = large;
    let status = wdf!(WdfObjectAllocateContext, device.cast(), &raw mut large, null_mut());
    expect("context without a place for its address", status, STATUS_SUCCESS);

    for (name, memory) in [("first", first), ("second", second), ("larger", third)] {
        let owner = wdf!(WdfObjectContextGetObject, memory);
        expect(&format!("object of the {name} context"), owner, made);
    }
    delete(made);
}
