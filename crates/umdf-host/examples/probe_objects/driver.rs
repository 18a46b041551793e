//! `wdfdriver.h`.

use std::ptr::null_mut;

use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, STATUS_ACCESS_DENIED, STATUS_INFO_LENGTH_MISMATCH,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, UNICODE_STRING, WDF_DRIVER_CONFIG,
    WDF_DRIVER_VERSION_AVAILABLE_PARAMS, WDF_NO_OBJECT_ATTRIBUTES, WDFDRIVER, WDFKEY,
};

use crate::says::{expect, holds};
use crate::wdf::{
    KEY_READ, KEY_SET_VALUE, attributes, delete, size_field, string, text, text_of, units, wdf,
};

/// The driver's `Parameters` key; NULL if it does not open.
pub fn parameters(driver: WDFDRIVER, access: u32) -> WDFKEY {
    open_parameters(driver, access).1
}

fn open_parameters(driver: WDFDRIVER, access: u32) -> (NTSTATUS, WDFKEY) {
    let mut key: WDFKEY = std::ptr::dangling_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    (wdf!(WdfDriverOpenParametersRegistryKey, driver, access, none, &raw mut key), key)
}

/// In DriverEntry, where the path is.
pub fn check_path(
    driver_object: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
    mut config: WDF_DRIVER_CONFIG,
    driver: WDFDRIVER,
) {
    // SAFETY: the path lives until DriverEntry returns.
    let given = unsafe { registry_path.read() };
    let path = wdf!(WdfDriverGetRegistryPath, driver);
    let length = usize::from(given.Length / 2);
    let kept = units(path, length + 1);
    expect("registry path", String::from_utf16_lossy(&kept[..length]), text_of(&given));
    expect("registry path ends with a NUL", kept[length], 0);

    let mut create = |path: UNICODE_STRING| {
        let none = WDF_NO_OBJECT_ATTRIBUTES;
        wdf!(WdfDriverCreate, driver_object, &raw const path, none, &raw mut config, null_mut())
    };
    let odd = UNICODE_STRING { Length: given.Length - 1, ..given };
    expect("driver with a bad registry path", create(odd), STATUS_INVALID_PARAMETER);
}

pub fn check(driver: WDFDRIVER) {
    of_parameters(driver);
    of_versions(driver);
    let made = string(attributes(driver.cast()), Some("before")).1;
    expect("version string", wdf!(WdfDriverRetrieveVersionString, driver, made), STATUS_SUCCESS);
    let version = "User Mode Driver Framework (verifier on) version 2.15.0";
    expect("version in words", text(made), version.into());
    delete(made);
}

fn of_parameters(driver: WDFDRIVER) {
    let rights = [
        ("KEY_READ", KEY_READ, STATUS_SUCCESS),
        ("KEY_READ and KEY_SET_VALUE", KEY_READ | KEY_SET_VALUE, STATUS_SUCCESS),
        ("GENERIC_READ", 0x8000_0000, STATUS_SUCCESS),
        ("GENERIC_ALL", 0x1000_0000, STATUS_SUCCESS),
        ("nothing", 0, STATUS_ACCESS_DENIED),
        ("KEY_CREATE_SUB_KEY", KEY_READ | 0x4, STATUS_ACCESS_DENIED),
        ("KEY_WRITE", 0x2_0006, STATUS_ACCESS_DENIED),
        ("GENERIC_WRITE", 0x4000_0000, STATUS_ACCESS_DENIED),
        ("WRITE_DAC", 0x4_0000, STATUS_ACCESS_DENIED),
        ("KEY_ALL_ACCESS", 0xF_003F, STATUS_ACCESS_DENIED),
    ];
    for (name, access, expected) in rights {
        let (status, key) = open_parameters(driver, access);
        expect(&format!("parameters with {name}"), status, expected);
        if status >= 0 {
            wdf!(WdfRegistryClose, key);
        } else {
            holds(&format!("parameters with {name} have no handle"), key.is_null());
        }
    }
    let mut wrong = attributes(null_mut());
    wrong.Size += 1;
    let mut key: WDFKEY = null_mut();
    let status = wdf!(WdfDriverOpenParametersRegistryKey, driver, KEY_READ, &raw mut wrong, &raw mut key);
    expect("parameters with wrong attributes", status, STATUS_INFO_LENGTH_MISMATCH);
}

fn of_versions(driver: WDFDRIVER) {
    let asked = [(2, 0, 1), (2, 15, 1), (2, 16, 0), (1, 15, 0), (3, 0, 0)];
    let ask = |mut params: WDF_DRIVER_VERSION_AVAILABLE_PARAMS| {
        wdf!(WdfDriverIsVersionAvailable, driver, &raw mut params)
    };
    let size = size_field::<WDF_DRIVER_VERSION_AVAILABLE_PARAMS>();
    for (major, minor, expected) in asked {
        let params =
            WDF_DRIVER_VERSION_AVAILABLE_PARAMS { Size: size, MajorVersion: major, MinorVersion: minor };
        expect(&format!("version {major}.{minor}"), ask(params), expected);
    }
    let wrong = WDF_DRIVER_VERSION_AVAILABLE_PARAMS { Size: size - 4, MajorVersion: 2, MinorVersion: 0 };
    expect("version asked with a wrong size", ask(wrong), 0);
}
