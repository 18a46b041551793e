//! `wdfregistry.h`: keys. The values are in [`query`] and [`assign`], the registry itself in
//! [`crate::hive`].
//!
//! Statuses are those of the framework in user mode (`fxregkeyum.cpp`): it calls the functions of
//! `winreg.h` and translates their errors, so that a missing key is `STATUS_NO_SUCH_FILE`.

use wdk_portable::{
    ACCESS_MASK, HANDLE, NTSTATUS, PCUNICODE_STRING, PULONG, PWDF_OBJECT_ATTRIBUTES, STATUS_ACCESS_DENIED,
    STATUS_INVALID_PARAMETER, STATUS_NO_SUCH_FILE, STATUS_NOT_IMPLEMENTED, STATUS_OBJECT_NAME_NOT_FOUND,
    STATUS_SUCCESS, ULONG, WDFKEY,
};

use super::attributes::{self, Allowed, Attributes};
use super::objects::Handle;
use super::{Pointer, Stop, object, unicode};
use crate::hive::{Place, Root};
use crate::host::{Host, State};

pub mod assign;
pub mod query;

/// Access rights to keys (`winnt.h`).
mod right {
    pub const KEY_QUERY_VALUE: u32 = 0x1;
    pub const KEY_SET_VALUE: u32 = 0x2;
    pub const KEY_CREATE_SUB_KEY: u32 = 0x4;
    pub const KEY_READ: u32 = 0x2_0019;
    pub const KEY_WRITE: u32 = 0x2_0006;
    pub const KEY_ALL_ACCESS: u32 = 0xF_003F;
    pub const WRITE_DAC: u32 = 0x4_0000;
    pub const MAXIMUM_ALLOWED: u32 = 0x0200_0000;
    pub const GENERIC_ALL: u32 = 0x1000_0000;
    pub const GENERIC_EXECUTE: u32 = 0x2000_0000;
    pub const GENERIC_WRITE: u32 = 0x4000_0000;
    pub const GENERIC_READ: u32 = 0x8000_0000;
}

/// Rights that a UMDF driver does not get to the keys which the framework opens for it
/// (`fxdriverum.cpp`; Microsoft Learn, "WdfDriverOpenParametersRegistryKey").
const NOT_FOR_DRIVERS: u32 = right::GENERIC_WRITE | right::KEY_CREATE_SUB_KEY | right::WRITE_DAC;

/// `CreateDisposition` of `WdfRegistryCreateKey` (`winnt.h`).
const REG_CREATED_NEW_KEY: u32 = 1;
/// The key was there.
const REG_OPENED_EXISTING_KEY: u32 = 2;
/// `CreateOptions` of `WdfRegistryCreateKey` (`winnt.h`): the key goes when the system stops.
const REG_OPTION_VOLATILE: u32 = 1;
/// Every option.
const REG_LEGAL_OPTION: u32 = 0x1F;

/// `WDFKEY`: an open key.
pub struct Key {
    place: Place,
    /// Rights that it was opened with.
    access: u32,
}

impl Key {
    /// The `Parameters` key of the driver's service.
    pub fn parameters(host: &Host, desired: u32) -> Result<Self, Stop> {
        Self::for_driver(Place::parameters(host.service()), desired)
    }

    /// One of the two keys of a device.
    pub fn of_device(root: Root, desired: u32) -> Result<Self, Stop> {
        Self::for_driver(Place::root(root), desired)
    }

    /// A key below `DEVICEMAP`, made if it is not there; it goes when the system stops.
    pub fn device_map(state: &mut State, name: &str, desired: u32) -> Result<Self, Stop> {
        let map = Place::root(Root::Machine).below("HARDWARE\\DEVICEMAP");
        let place = map.and_then(|map| map.below(name)).map_err(Stop::Status)?;
        state.hive.create(&place, true).map_err(Stop::Status)?;
        Self::for_driver(place, desired)
    }

    /// A key that the framework opens for the driver.
    fn for_driver(place: Place, desired: u32) -> Result<Self, Stop> {
        if desired == 0 || desired & NOT_FOR_DRIVERS != 0 {
            return Err(Stop::Status(STATUS_ACCESS_DENIED));
        }
        let only_reads = desired & !(right::KEY_READ | right::GENERIC_READ) == 0;
        // Anything else gets the one handle that the host opened with all rights that there are.
        let access = if only_reads { specific(desired) } else { right::KEY_ALL_ACCESS };
        Ok(Self { place, access })
    }

    /// A key that the driver opens by itself: it may write below the keys of its device only.
    fn own(place: Place, desired: u32) -> Result<Self, Stop> {
        let access = specific(desired);
        let possible = if place.is_of_device() { right::KEY_ALL_ACCESS } else { right::KEY_READ };
        if access == 0 || access & !possible != 0 {
            return Err(Stop::Status(STATUS_ACCESS_DENIED));
        }
        Ok(Self { place, access })
    }
}

/// Generic rights as those that they stand for.
fn specific(desired: u32) -> u32 {
    let generic = [
        (right::GENERIC_READ | right::GENERIC_EXECUTE | right::MAXIMUM_ALLOWED, right::KEY_READ),
        (right::GENERIC_WRITE, right::KEY_WRITE),
        (right::GENERIC_ALL, right::KEY_ALL_ACCESS),
    ];
    generic.iter().fold(
        desired,
        |access, (bits, meaning)| {
            if access & bits == 0 { access } else { access & !bits | meaning }
        },
    )
}

/// The key behind a handle.
fn resolve(host: &Host, state: &State, key: Pointer<wdk_portable::WDFKEY__>) -> Result<Handle, Stop> {
    state.objects.resolve::<Key>(host, key, "Key")
}

/// Where a key lies, if it was opened with that right.
fn place(state: &State, key: Handle, right: u32) -> Result<&Place, Stop> {
    let key = state.objects.get::<Key>(key).ok_or(Stop::NoEffect)?;
    if key.access & right == 0 { Err(Stop::Status(STATUS_ACCESS_DENIED)) } else { Ok(&key.place) }
}

/// What `WdfRegistryOpenKey` and `WdfRegistryCreateKey` check, and the place that they mean.
fn check(
    host: &Host,
    state: &State,
    parent: Pointer<wdk_portable::WDFKEY__>,
    name: Pointer<wdk_portable::UNICODE_STRING>,
    attributes: Pointer<wdk_portable::WDF_OBJECT_ATTRIBUTES>,
    key: Pointer<WDFKEY>,
) -> Result<(Place, Attributes), Stop> {
    let parent = if parent.is_null() {
        Place::root(Root::Machine)
    } else {
        let parent = state.objects.resolve::<Key>(host, parent, "ParentKey")?;
        state.objects.get::<Key>(parent).ok_or(Stop::NoEffect)?.place.clone()
    };
    name.require(host, "KeyName")?;
    key.write(host, "Key", std::ptr::null_mut())?;
    let allowed = Allowed { parent: true, ..Allowed::default() };
    let attributes = attributes::check(host, &state.objects, attributes, allowed)?;
    let name = unicode::registry_name(host, name, "KeyName")?;
    Ok((parent.below(&name).map_err(Stop::Status)?, attributes))
}

ddi! {
    /// Opens a key; without a parent, below `HKEY_LOCAL_MACHINE`.
    fn WdfRegistryOpenKey(
        host,
        ParentKey: WDFKEY,
        KeyName: PCUNICODE_STRING,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS {
        let mut state = host.state();
        let (place, attributes) = check(host, &state, ParentKey, KeyName, KeyAttributes, Key)?;
        if !state.hive.exists(&place) {
            return Err(Stop::Status(STATUS_NO_SUCH_FILE));
        }
        let body = Key::own(place, DesiredAccess)?;
        let key = object::create_below_driver(host, &mut state, body, attributes)?;
        Key.write(host, "Key", key.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Opens a key and makes it first if it is not there.
    fn WdfRegistryCreateKey(
        host,
        ParentKey: WDFKEY,
        KeyName: PCUNICODE_STRING,
        DesiredAccess: ACCESS_MASK,
        CreateOptions: ULONG,
        CreateDisposition: PULONG,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS {
        let mut state = host.state();
        let (place, attributes) = check(host, &state, ParentKey, KeyName, KeyAttributes, Key)?;
        if CreateOptions & !REG_LEGAL_OPTION != 0 {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let body = Key::own(place.clone(), DesiredAccess)?;
        let disposition = if state.hive.exists(&place) {
            REG_OPENED_EXISTING_KEY
        } else if place.is_of_device() {
            let volatile = CreateOptions & REG_OPTION_VOLATILE != 0;
            state.hive.create(&place, volatile).map_err(Stop::Status)?;
            REG_CREATED_NEW_KEY
        } else {
            return Err(Stop::Status(STATUS_ACCESS_DENIED));
        };
        let key = object::create_below_driver(host, &mut state, body, attributes)?;
        CreateDisposition.write_if_any(disposition);
        Key.write(host, "Key", key.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Closes a key and deletes its object.
    fn WdfRegistryClose(host, Key: WDFKEY) {
        let key = resolve(host, &host.state(), Key)?;
        object::delete(host, key);
        Ok(())
    }

    /// Removes a key: in kernel mode only.
    fn WdfRegistryRemoveKey(host, Key: WDFKEY) -> NTSTATUS {
        resolve(host, &host.state(), Key)?;
        Err(Stop::Status(STATUS_NOT_IMPLEMENTED))
    }

    /// Removes a value.
    fn WdfRegistryRemoveValue(host, Key: WDFKEY, ValueName: PCUNICODE_STRING) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        // Unlike the others this one goes by the length of the name.
        let name = unicode::units(host, ValueName, "ValueName")?;
        let place = place(&state, key, right::KEY_SET_VALUE)?.clone();
        if state.hive.remove(&place, &String::from_utf16_lossy(&name)) {
            Ok(STATUS_SUCCESS)
        } else {
            Err(Stop::Status(STATUS_OBJECT_NAME_NOT_FOUND))
        }
    }

    /// The key's `HKEY`: here a number that is good for nothing but comparing.
    fn WdfRegistryWdmGetHandle(host, Key: WDFKEY) -> HANDLE {
        Ok(resolve(host, &host.state(), Key)?.raw())
    }
}
