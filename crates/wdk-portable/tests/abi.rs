//! Holds every size, alignment, offset, value, index and signature of the crate against `data/umdf-2.15.rs`.
//! Each line of the data file expands to constant assertions: a wrong number does not compile. `names.rs`
//! proves that nothing is missing.
#![expect(unsafe_code, reason = "the address of a union's field is taken")]
#![expect(clippy::unreadable_literal, reason = "the data file holds plain numbers")]

use core::{
    ffi::{c_char, c_void},
    fmt::Debug,
    mem::{MaybeUninit, offset_of},
};

use wdk_portable::*;

/// Implemented by every type for itself alone: `same::<A, B>()` compiles if A and B are one type.
trait Is<T: ?Sized> {}
impl<T: ?Sized> Is<T> for T {}
const fn same<A: Is<B>, B>() {}

macro_rules! alias {
    ($name:ident = $type:ty) => {
        const _: () = same::<$name, $type>();
    };
}

macro_rules! opaque {
    ($name:ident [$($trait:ident),*]) => {
        traits!($name [$($trait),*]);
    };
}

macro_rules! traits {
    ($name:ident [$($trait:ident),*]) => {
        const _: () = {
            $(
                const fn implements<T: $trait>() {}
                implements::<$name>();
            )*
        };
    };
}

macro_rules! structure {
    (
        $name:ident $(as $alias:ident)?, size $size:literal, align $align:literal, [$($trait:ident),*]
        { $($field:ident: $type:ty = $offset:literal),* }
    ) => {
        $(alias!($alias = $name);)?
        $(traits!($name [$trait]);)*
        const _: () = {
            assert!(size_of::<$name>() == $size, concat!("size of ", stringify!($name)));
            assert!(align_of::<$name>() == $align, concat!("alignment of ", stringify!($name)));
            let value = MaybeUninit::<$name>::uninit();
            $(
                assert!(
                    offset_of!($name, $field) == $offset,
                    concat!("offset of ", stringify!($name), "::", stringify!($field))
                );
                // SAFETY: the field lies within `value`; nothing is read.
                let _: *const $type = unsafe { &raw const (*value.as_ptr()).$field };
            )*
        };
    };
}

macro_rules! enumeration {
    ($module:ident $(as $alias:ident)? { $($name:ident = $value:literal),* }) => {
        alias_of_module!($module $($alias)?);
        $(
            const _: i32 = $module::$name;
            const _: () = assert!($module::$name == $value, stringify!($name));
        )*
    };
}

macro_rules! alias_of_module {
    ($module:ident) => {
        const _: () = same::<$module::Type, i32>();
    };
    ($module:ident $alias:ident) => {
        alias_of_module!($module);
        const _: () = same::<$alias, $module::Type>();
    };
}

macro_rules! callback {
    ($name:ident($($parameter:ty),*) $(-> $result:ty)?) => {
        const _: () = same::<$name, Option<unsafe extern "C" fn($($parameter),*) $(-> $result)?>>();
    };
}

macro_rules! constant {
    ($name:ident: $type:ty = $value:literal) => {
        const _: $type = $name;
        const _: () = assert!($name == $value, stringify!($name));
    };
}

macro_rules! null_pointer {
    ($name:ident: $type:ty) => {
        const _: $type = $name;
        const _: () = assert!($name.is_null(), stringify!($name));
    };
}

macro_rules! function_count {
    ($module:ident, $name:ident = $value:literal) => {
        enumeration! { $module { $name = $value } }
    };
}

macro_rules! function {
    ($index:ident = $value:literal, $signature:ident($($parameter:ty),*) $(-> $result:ty)?) => {
        index_only! { $index = $value }
        callback! { $signature(PWDF_DRIVER_GLOBALS $(, $parameter)*) $(-> $result)? }
    };
}

macro_rules! index_only {
    ($index:ident = $value:literal) => {
        const _: i32 = _WDFFUNCENUM::$index;
        const _: () = assert!(_WDFFUNCENUM::$index == $value, stringify!($index));
    };
}

include!("data/umdf-2.15.rs");

#[test]
fn the_table_has_257_entries_and_umdf_2_0_ends_at_248() {
    assert_eq!(wdf::__private::get_wdf_function_count(), 257);
    // The last function of 2.0 and the first that came with 2.15.
    assert_eq!(_WDFFUNCENUM::WdfRegistryWdmGetHandleTableIndex, 247);
    assert_eq!(_WDFFUNCENUM::WdfDeviceStopIdleActualTableIndex, 248);
}

#[test]
fn the_two_highest_bits_are_the_severity() {
    let severities =
        |status| (NT_SUCCESS(status), NT_INFORMATION(status), NT_WARNING(status), NT_ERROR(status));
    assert_eq!(severities(STATUS_SUCCESS), (true, false, false, false));
    assert_eq!(severities(STATUS_OBJECT_NAME_EXISTS), (true, true, false, false));
    assert_eq!(severities(STATUS_NO_MORE_ENTRIES), (false, false, true, false));
    assert_eq!(severities(STATUS_UNSUCCESSFUL), (false, false, false, true));
}

#[test]
fn default_is_all_zero() {
    let descriptor = CM_PARTIAL_RESOURCE_DESCRIPTOR::default();
    // SAFETY: the crate promises zeroes, which are a value of every member.
    let memory = unsafe { descriptor.u.Memory };
    // SAFETY: as above.
    let start = unsafe { memory.Start.QuadPart };
    assert_eq!((descriptor.Type, start), (0, 0));
    assert!(WDF_DRIVER_CONFIG::default().EvtDriverDeviceAdd.is_none());
}
