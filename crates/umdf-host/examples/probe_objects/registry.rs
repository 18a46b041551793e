//! `wdfregistry.h`: keys.

use std::ptr::null_mut;

use wdk_sys::{
    NTSTATUS, STATUS_ACCESS_DENIED, STATUS_INVALID_PARAMETER, STATUS_NO_SUCH_FILE, STATUS_NOT_IMPLEMENTED,
    STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_PATH_INVALID, STATUS_SUCCESS, UNICODE_STRING,
    WDF_NO_OBJECT_ATTRIBUTES, WDFDEVICE, WDFKEY,
};

use crate::driver::parameters;
use crate::says::{expect, holds};
use crate::wdf::{DRIVER_KEY, HARDWARE_KEY, KEY_READ, KEY_SET_VALUE, Text, open_key, query_number, wdf};

const KEY_ALL_ACCESS: u32 = 0xF_003F;
/// `REG_CREATED_NEW_KEY`, `REG_OPENED_EXISTING_KEY` and `REG_OPTION_VOLATILE` (`winnt.h`).
const CREATED: u32 = 1;
const OPENED: u32 = 2;
const VOLATILE: u32 = 1;
/// `STATUS_CHILD_MUST_BE_VOLATILE` (`ntstatus.h`).
const CHILD_MUST_BE_VOLATILE: NTSTATUS = 0xC000_0181_u32.cast_signed();

fn open(parent: WDFKEY, path: &str, access: u32) -> (NTSTATUS, WDFKEY) {
    let mut key: WDFKEY = std::ptr::dangling_mut();
    let name = Text::new(path);
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    (wdf!(WdfRegistryOpenKey, parent, name.pointer(), access, none, &raw mut key), key)
}

/// The status, the disposition and the key.
fn create(parent: WDFKEY, path: &str, access: u32, options: u32) -> (NTSTATUS, u32, WDFKEY) {
    let (mut key, mut disposition): (WDFKEY, u32) = (std::ptr::dangling_mut(), 0);
    let name = Text::new(path);
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let status = wdf!(
        WdfRegistryCreateKey,
        parent,
        name.pointer(),
        access,
        options,
        &raw mut disposition,
        none,
        &raw mut key
    );
    (status, disposition, key)
}

fn close(key: WDFKEY) {
    wdf!(WdfRegistryClose, key);
}

fn assign(key: WDFKEY, name: &str, value: u32) -> NTSTATUS {
    wdf!(WdfRegistryAssignULong, key, Text::new(name).pointer(), value)
}

fn remove(key: WDFKEY, name: &str) -> NTSTATUS {
    wdf!(WdfRegistryRemoveValue, key, Text::new(name).pointer())
}

pub fn check(device: WDFDEVICE) {
    let hardware = open_key(device, HARDWARE_KEY, KEY_READ);
    of_opening(device, hardware);
    of_bad_names(hardware);
    of_creation(hardware);
    of_machine(device);
    of_rights(device, hardware);
    holds("key's handle", !wdf!(WdfRegistryWdmGetHandle, hardware).is_null());
    expect("key removal", wdf!(WdfRegistryRemoveKey, hardware), STATUS_NOT_IMPLEMENTED);
    close(hardware);
}

fn of_opening(device: WDFDEVICE, hardware: WDFKEY) {
    let (status, below) = open(hardware, r"Below\Deeper", KEY_READ);
    expect("key below", status, STATUS_SUCCESS);
    expect("value of a key below", query_number(below, "Number"), 7);
    let (status, below) = open(hardware, r"BELOW\\deeper\", KEY_READ);
    expect("key below in other case", status, STATUS_SUCCESS);
    close(below);
    let (status, same) = open(hardware, "", KEY_READ);
    expect("key of the empty name", status, STATUS_SUCCESS);
    expect("value of the key itself", query_number(same, "Number"), 0x1234_5678);
    let (status, absent) = open(hardware, "Absent", KEY_READ);
    expect("absent key", status, STATUS_NO_SUCH_FILE);
    holds("absent key has no handle", absent.is_null());
    expect("absent key below", open(hardware, r"Absent\Deeper", KEY_READ).0, STATUS_NO_SUCH_FILE);
    let driver = open_key(device, DRIVER_KEY, KEY_READ);
    expect("key of another key", open(driver, "Below", KEY_READ).0, STATUS_NO_SUCH_FILE);
    expect("value of the driver key", query_number(driver, "Software"), 9);
}

fn of_bad_names(hardware: WDFKEY) {
    expect("key with a leading backslash", open(hardware, r"\Below", KEY_READ).0, STATUS_OBJECT_PATH_INVALID);
    let long = "x".repeat(256);
    expect("key with a name too long", open(hardware, &long, KEY_READ).0, STATUS_INVALID_PARAMETER);
    let status = create(hardware, &long, KEY_READ, 0).0;
    expect("new key with a name too long", status, STATUS_INVALID_PARAMETER);
    expect("key with a long name", open(hardware, &long[1..], KEY_READ).0, STATUS_NO_SUCH_FILE);

    let mut buffer = [u16::from(b'B'), 0];
    let good = UNICODE_STRING { Length: 2, MaximumLength: 4, Buffer: buffer.as_mut_ptr() };
    let wrong = [
        ("odd length", UNICODE_STRING { Length: 1, ..good }),
        ("odd maximum", UNICODE_STRING { MaximumLength: 3, ..good }),
        ("no buffer", UNICODE_STRING { Buffer: null_mut(), ..good }),
        ("length over maximum", UNICODE_STRING { Length: 6, ..good }),
    ];
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    for (what, name) in wrong {
        let bad = &raw const name;
        let (mut key, mut number): (WDFKEY, u32) = (null_mut(), 0);
        let status = wdf!(WdfRegistryOpenKey, hardware, bad, KEY_READ, none, &raw mut key);
        expect(&format!("key name with {what}"), status, STATUS_INVALID_PARAMETER);
        let status = wdf!(WdfRegistryCreateKey, hardware, bad, KEY_READ, 0, null_mut(), none, &raw mut key);
        expect(&format!("new key name with {what}"), status, STATUS_INVALID_PARAMETER);
        let status = wdf!(WdfRegistryQueryULong, hardware, bad, &raw mut number);
        expect(&format!("value name with {what}"), status, STATUS_INVALID_PARAMETER);
        let status = wdf!(WdfRegistryRemoveValue, hardware, bad);
        expect(&format!("name of a value to remove with {what}"), status, STATUS_INVALID_PARAMETER);
    }
    // In user mode a name is what stands up to the NUL, whatever its length says.
    let name = Text::new("Number");
    // SAFETY: the name lives; it is shortened to "Num".
    let short = UNICODE_STRING { Length: 6, ..unsafe { name.pointer().read() } };
    let mut number = 0;
    let status = wdf!(WdfRegistryQueryULong, hardware, &raw const short, &raw mut number);
    expect("name longer than its length", (status, number), (STATUS_SUCCESS, 0x1234_5678));
}

fn of_creation(hardware: WDFKEY) {
    let (status, disposition, made) = create(hardware, r"Made\Deeper", KEY_ALL_ACCESS, 0);
    expect("new key", (status, disposition), (STATUS_SUCCESS, CREATED));
    expect("value of a new key", assign(made, "Kept", 5), STATUS_SUCCESS);
    close(made);
    let (status, disposition, again) = create(hardware, r"made\DEEPER", KEY_READ, 0);
    expect("key that exists", (status, disposition), (STATUS_SUCCESS, OPENED));
    expect("what was written is kept", query_number(again, "Kept"), 5);
    let (status, on_the_way) = open(hardware, "Made", KEY_READ);
    expect("key on the way", status, STATUS_SUCCESS);
    close(on_the_way);

    let (status, disposition, volatile) = create(hardware, "Volatile", KEY_ALL_ACCESS, VOLATILE);
    expect("volatile key", (status, disposition), (STATUS_SUCCESS, CREATED));
    expect("key below a volatile one", create(volatile, "Below", KEY_READ, 0).0, CHILD_MUST_BE_VOLATILE);
    let (status, _, below) = create(volatile, "Below", KEY_READ, VOLATILE);
    expect("volatile key below a volatile one", status, STATUS_SUCCESS);
    close(below);
    close(volatile);
    expect("unknown options", create(hardware, "Options", KEY_READ, 0x20).0, STATUS_INVALID_PARAMETER);
    expect("new key without rights", create(hardware, "Rights", 0, 0).0, STATUS_ACCESS_DENIED);
    expect("a refused key is not made", open(hardware, "Rights", KEY_READ).0, STATUS_NO_SUCH_FILE);
    let (mut key, name): (WDFKEY, Text) = (null_mut(), Text::new("Silent"));
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let pointer = name.pointer();
    let status = wdf!(WdfRegistryCreateKey, hardware, pointer, KEY_READ, 0, null_mut(), none, &raw mut key);
    expect("new key without disposition", status, STATUS_SUCCESS);
    close(key);
}

/// Without a parent a path begins at `HKEY_LOCAL_MACHINE`, where a driver reads only.
fn of_machine(device: WDFDEVICE) {
    let path = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\WUDF\Services\probe_objects\Parameters";
    let (status, key) = open(null_mut(), path, KEY_READ);
    expect("parameters by their path", status, STATUS_SUCCESS);
    expect("value by its path", query_number(key, "Parameter"), 11);
    expect(
        "parameters by their path, to write",
        open(null_mut(), path, KEY_SET_VALUE).0,
        STATUS_ACCESS_DENIED,
    );
    let (status, disposition, key) = create(null_mut(), path, KEY_READ, 0);
    expect("existing key by its path", (status, disposition), (STATUS_SUCCESS, OPENED));
    close(key);
    expect("new key by its path", create(null_mut(), r"SOFTWARE\New", KEY_READ, 0).0, STATUS_ACCESS_DENIED);
    expect("absent key by its path", open(null_mut(), r"SOFTWARE\New", KEY_READ).0, STATUS_NO_SUCH_FILE);
    let registry = r"\Registry\Machine\SOFTWARE";
    expect("path of the kernel", open(null_mut(), registry, KEY_READ).0, STATUS_OBJECT_PATH_INVALID);

    let driver = wdf!(WdfDeviceGetDriver, device);
    let mine = parameters(driver, KEY_READ | KEY_SET_VALUE);
    expect("new key below parameters", create(mine, "New", KEY_READ, 0).0, STATUS_ACCESS_DENIED);
    expect("parameter written", assign(mine, "Written", 12), STATUS_SUCCESS);
    expect("parameter read by its path", query_number(open(null_mut(), path, KEY_READ).1, "Written"), 12);
    close(mine);
}

fn of_rights(device: WDFDEVICE, hardware: WDFKEY) {
    expect("key without rights", open(hardware, "Below", 0).0, STATUS_ACCESS_DENIED);
    let (status, all) = open(hardware, "Below", 0x1000_0000);
    expect("key with GENERIC_ALL", status, STATUS_SUCCESS);
    expect("write with GENERIC_ALL", assign(all, "Any", 1), STATUS_SUCCESS);
    close(all);
    let (status, write) = open(hardware, "Below", 0x4000_0000);
    expect("key with GENERIC_WRITE", status, STATUS_SUCCESS);
    let mut number = 0;
    let status = wdf!(WdfRegistryQueryULong, write, Text::new("Any").pointer(), &raw mut number);
    expect("read without the right", status, STATUS_ACCESS_DENIED);
    expect("write with GENERIC_WRITE", assign(write, "Any", 2), STATUS_SUCCESS);
    close(write);
    let (status, most) = open(hardware, "Below", 0x0200_0000);
    expect("key with MAXIMUM_ALLOWED", status, STATUS_SUCCESS);
    expect("read with MAXIMUM_ALLOWED", query_number(most, "Any"), 2);

    expect("write without the right", assign(hardware, "Refused", 1), STATUS_ACCESS_DENIED);
    expect("removal without the right", remove(hardware, "Number"), STATUS_ACCESS_DENIED);
    let write = open_key(device, HARDWARE_KEY, KEY_READ | KEY_SET_VALUE);
    expect("write with the right", assign(write, "Removed", 1), STATUS_SUCCESS);
    expect("removal", remove(write, "REMOVED"), STATUS_SUCCESS);
    expect("second removal", remove(write, "Removed"), STATUS_OBJECT_NAME_NOT_FOUND);
    close(write);
    for (name, right) in
        [("KEY_CREATE_SUB_KEY", 0x4), ("GENERIC_WRITE", 0x4000_0000), ("WRITE_DAC", 0x4_0000)]
    {
        let denied = open_key(device, HARDWARE_KEY, KEY_READ | right).is_null();
        holds(&format!("hardware key with {name} does not open"), denied);
    }
}
