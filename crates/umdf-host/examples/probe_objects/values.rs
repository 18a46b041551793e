//! `wdfregistry.h`: values of all types.

use std::ffi::c_void;
use std::ptr::null_mut;

use wdk_sys::{
    _POOL_TYPE, NTSTATUS, STATUS_ACCESS_DENIED, STATUS_ACCESS_VIOLATION, STATUS_BUFFER_OVERFLOW,
    STATUS_INFO_LENGTH_MISMATCH, STATUS_INTEGER_OVERFLOW, STATUS_INVALID_BUFFER_SIZE,
    STATUS_INVALID_PARAMETER, STATUS_MORE_PROCESSING_REQUIRED, STATUS_NO_SUCH_FILE,
    STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_TYPE_MISMATCH, STATUS_RESOURCE_DATA_NOT_FOUND,
    STATUS_SUCCESS, UNICODE_STRING, WDF_NO_OBJECT_ATTRIBUTES, WDFCOLLECTION, WDFDEVICE, WDFKEY, WDFMEMORY,
    WDFMEMORY_OFFSET,
};

use crate::says::{expect, holds};
use crate::wdf::{
    HARDWARE_KEY, KEY_READ, KEY_SET_VALUE, Text, attributes, bytes, collection, delete, memory, object,
    open_key, string, text, text_of, wdf,
};

/// Types (`winnt.h`).
const REG_SZ: u32 = 1;
const REG_EXPAND_SZ: u32 = 2;
const REG_BINARY: u32 = 3;
const REG_DWORD: u32 = 4;
const REG_MULTI_SZ: u32 = 7;

/// Status, type, length and bytes.
fn query(key: WDFKEY, name: &str, room: usize) -> (NTSTATUS, u32, u32, Vec<u8>) {
    let mut buffer = vec![0xee; room];
    let (mut length, mut kind) = (0, 0);
    let start: *mut c_void = if room == 0 { null_mut() } else { buffer.as_mut_ptr().cast() };
    let size = u32::try_from(room).expect("buffers are small");
    let name = Text::new(name);
    let status =
        wdf!(WdfRegistryQueryValue, key, name.pointer(), size, start, &raw mut length, &raw mut kind);
    (status, kind, length, buffer)
}

fn assign(key: WDFKEY, name: &str, kind: u32, value: &[u8]) -> NTSTATUS {
    let length = u32::try_from(value.len()).expect("values are small");
    let start = if value.is_empty() { null_mut() } else { value.as_ptr().cast_mut().cast() };
    wdf!(WdfRegistryAssignValue, key, Text::new(name).pointer(), kind, length, start)
}

fn number(key: WDFKEY, name: &str) -> (NTSTATUS, u32) {
    let mut number = 0xffff_ffff;
    (wdf!(WdfRegistryQueryULong, key, Text::new(name).pointer(), &raw mut number), number)
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

pub fn check(device: WDFDEVICE) {
    let key = open_key(device, HARDWARE_KEY, KEY_READ | KEY_SET_VALUE);
    of_values(key);
    of_numbers(key);
    of_unicode_strings(key);
    of_strings(device, key);
    of_multi_strings(device, key);
    of_memory(device, key);
    wdf!(WdfRegistryClose, key);
    of_rights(device);
}

fn of_values(key: WDFKEY) {
    let (ok, more) = (STATUS_SUCCESS, STATUS_BUFFER_OVERFLOW);
    expect("binary value", query(key, "Binary", 3), (ok, REG_BINARY, 3, vec![1, 2, 0xff]));
    let rest = vec![1, 2, 0xff, 0xee];
    expect("binary value with room left", query(key, "BINARY", 4), (ok, REG_BINARY, 3, rest));
    expect("length of a value", query(key, "Binary", 0), (more, REG_BINARY, 3, vec![]));
    expect("value without room", query(key, "Binary", 2), (more, REG_BINARY, 3, vec![0xee; 2]));
    expect("text value", query(key, "Text", 12), (ok, REG_SZ, 12, wide("Hello\0")));
    expect(
        "text with variables",
        query(key, "Expand", 16),
        (ok, REG_EXPAND_SZ, 10, [wide("%x%y\0"), vec![0xee; 6]].concat()),
    );
    expect("texts", query(key, "Texts", 18), (ok, REG_MULTI_SZ, 18, wide("one\0two\0\0")));
    expect("number as a value", query(key, "Number", 4), (ok, REG_DWORD, 4, vec![0x78, 0x56, 0x34, 0x12]));
    expect("absent value", query(key, "Absent", 4).0, STATUS_OBJECT_NAME_NOT_FOUND);
    expect("default value", query(key, "", 4).0, STATUS_OBJECT_NAME_NOT_FOUND);
    let name = Text::new("Binary");
    let status = wdf!(WdfRegistryQueryValue, key, name.pointer(), 0, null_mut(), null_mut(), null_mut());
    expect("value of which nothing is asked", status, more);

    expect("write any type", assign(key, "Odd", 0x1234, &[1, 2, 3]), ok);
    expect("read any type", query(key, "Odd", 3), (ok, 0x1234, 3, vec![1, 2, 3]));
    expect("write no bytes", assign(key, "Empty", REG_SZ, &[]), ok);
    expect("read no bytes", query(key, "Empty", 1), (ok, REG_SZ, 0, vec![0xee]));
    expect("write the default value", assign(key, "", REG_BINARY, &[4]), ok);
    expect("read the default value", query(key, "", 1), (ok, REG_BINARY, 1, vec![4]));
    let name = Text::new("Null");
    let status = wdf!(WdfRegistryAssignValue, key, name.pointer(), REG_BINARY, 4, null_mut());
    expect("write bytes of nowhere", status, STATUS_ACCESS_VIOLATION);
}

fn of_numbers(key: WDFKEY) {
    expect("number", number(key, "Number"), (STATUS_SUCCESS, 0x1234_5678));
    expect("absent number", number(key, "Absent"), (STATUS_NO_SUCH_FILE, 0xffff_ffff));
    expect("number of text", number(key, "Text").0, STATUS_OBJECT_TYPE_MISMATCH);
    expect("number of four bytes", number(key, "Bytes").0, STATUS_OBJECT_TYPE_MISMATCH);
    assign(key, "Long", REG_DWORD, &[1; 5]);
    expect("number of five bytes", number(key, "Long").0, STATUS_MORE_PROCESSING_REQUIRED);
    assign(key, "Short", REG_DWORD, &[1]);
    expect("number of one byte", number(key, "Short"), (STATUS_SUCCESS, 0xffff_ff01));
    let name = Text::new("New");
    expect("write a number", wdf!(WdfRegistryAssignULong, key, name.pointer(), 77), STATUS_SUCCESS);
    expect("read it", number(key, "NEW"), (STATUS_SUCCESS, 77));
}

/// Status, length asked for, and the string as the framework left it.
fn query_unicode(key: WDFKEY, name: &str, room: u16) -> (NTSTATUS, u16, String) {
    let mut buffer = vec![0xeeee_u16; usize::from(room / 2)];
    let mut unicode = UNICODE_STRING { Length: 0, MaximumLength: room, Buffer: buffer.as_mut_ptr() };
    let mut length = 0;
    let name = Text::new(name);
    let status = wdf!(WdfRegistryQueryUnicodeString, key, name.pointer(), &raw mut length, &raw mut unicode);
    (status, length, text_of(&unicode))
}

fn of_unicode_strings(key: WDFKEY) {
    expect("unicode string", query_unicode(key, "Text", 12), (STATUS_SUCCESS, 12, "Hello".into()));
    expect(
        "unicode string with variables",
        query_unicode(key, "Expand", 20),
        (STATUS_SUCCESS, 10, "%x%y".into()),
    );
    expect(
        "unicode string without room",
        query_unicode(key, "Text", 10),
        (STATUS_BUFFER_OVERFLOW, 12, String::new()),
    );
    expect("unicode string of a number", query_unicode(key, "Number", 10).0, STATUS_OBJECT_TYPE_MISMATCH);
    expect("absent unicode string", query_unicode(key, "Absent", 10).0, STATUS_OBJECT_NAME_NOT_FOUND);
    expect("unicode string into nothing", query_unicode(key, "Text", 0).0, STATUS_INVALID_PARAMETER);
    assign(key, "Open", REG_SZ, &wide("open"));
    expect("unicode string without NUL", query_unicode(key, "Open", 8), (STATUS_SUCCESS, 8, "open".into()));
    expect("unicode string of no bytes", query_unicode(key, "Empty", 8), (STATUS_SUCCESS, 0, String::new()));
    let (mut length, name) = (0, Text::new("Text"));
    let status = wdf!(WdfRegistryQueryUnicodeString, key, name.pointer(), &raw mut length, null_mut());
    expect("length of a unicode string", (status, length), (STATUS_BUFFER_OVERFLOW, 12));
    let mut bad = UNICODE_STRING { Length: 4, MaximumLength: 2, Buffer: std::ptr::dangling_mut() };
    bad.Buffer = null_mut();
    let status = wdf!(WdfRegistryQueryUnicodeString, key, name.pointer(), null_mut(), &raw mut bad);
    expect("unicode string into a bad one", status, STATUS_INVALID_PARAMETER);

    let (name, value) = (Text::new("Assigned"), Text::new("Grüße"));
    let status = wdf!(WdfRegistryAssignUnicodeString, key, name.pointer(), value.pointer());
    expect("write a unicode string", status, STATUS_SUCCESS);
    expect("read it as a value", query(key, "Assigned", 12), (STATUS_SUCCESS, REG_SZ, 12, wide("Grüße\0")));
    let status = wdf!(WdfRegistryAssignUnicodeString, key, name.pointer(), &raw const bad);
    expect("write a bad unicode string", status, STATUS_INVALID_PARAMETER);
}

fn of_strings(device: WDFDEVICE, key: WDFKEY) {
    let made = string(attributes(device.cast()), None).1;
    let read = |name: &str| {
        let status = wdf!(WdfRegistryQueryString, key, Text::new(name).pointer(), made);
        (status, text(made))
    };
    let hello = || String::from("Hello");
    expect("string value", read("Text"), (STATUS_SUCCESS, hello()));
    expect("string value of a number", read("Number"), (STATUS_OBJECT_TYPE_MISMATCH, hello()));
    expect("absent string value", read("Absent"), (STATUS_OBJECT_NAME_NOT_FOUND, hello()));
    expect("string value of no bytes", read("Empty"), (STATUS_RESOURCE_DATA_NOT_FOUND, hello()));
    assign(key, "Huge", REG_SZ, &vec![b'x'; 0x1_0000]);
    expect("string value too long", read("Huge"), (STATUS_INVALID_BUFFER_SIZE, hello()));
    assign(key, "Huge", REG_SZ, &vec![b'x'; 0xfffe]);
    expect("string value without room for its NUL", read("Huge"), (STATUS_INTEGER_OVERFLOW, hello()));
    expect("string value with variables", read("Expand"), (STATUS_SUCCESS, "%x%y".into()));
    let name = Text::new("FromString");
    expect("write a string", wdf!(WdfRegistryAssignString, key, name.pointer(), made), STATUS_SUCCESS);
    let expected = (STATUS_SUCCESS, REG_SZ, 10, wide("%x%y\0"));
    expect("read the string as a value", query(key, "FromString", 10), expected);
    delete(made);
}

fn of_multi_strings(device: WDFDEVICE, key: WDFKEY) {
    let list = collection(attributes(device.cast())).1;
    let read = |name: &str| {
        let mut attributes = attributes(list.cast());
        wdf!(WdfRegistryQueryMultiString, key, Text::new(name).pointer(), &raw mut attributes, list)
    };
    let texts = |list: WDFCOLLECTION| -> Vec<String> {
        let count = wdf!(WdfCollectionGetCount, list);
        (0..count).map(|index| text(wdf!(WdfCollectionGetItem, list, index).cast())).collect()
    };
    expect("multi string", read("Texts"), STATUS_SUCCESS);
    expect("multi string's texts", texts(list), vec![String::from("one"), "two".into()]);
    expect("multi string of a text", read("Text"), STATUS_OBJECT_TYPE_MISMATCH);
    expect("absent multi string", read("Absent"), STATUS_OBJECT_NAME_NOT_FOUND);
    for (name, bytes) in
        [("one NUL", wide("one\0")), ("an odd length", vec![0; 5]), ("a NUL alone", vec![0; 2])]
    {
        assign(key, "Bad", REG_MULTI_SZ, &bytes);
        expect(&format!("multi string with {name}"), read("Bad"), STATUS_OBJECT_TYPE_MISMATCH);
    }
    assign(key, "Bad", REG_MULTI_SZ, &[]);
    expect("multi string of no bytes", read("Bad"), STATUS_RESOURCE_DATA_NOT_FOUND);
    expect("refused texts are not added", texts(list).len(), 2);
    let mut wrong = attributes(list.cast());
    wrong.Size += 1;
    let name = Text::new("Texts");
    let status = wdf!(WdfRegistryQueryMultiString, key, name.pointer(), &raw mut wrong, list);
    expect("multi string with wrong attributes", status, STATUS_INFO_LENGTH_MISMATCH);

    let write = |name: &str| wdf!(WdfRegistryAssignMultiString, key, Text::new(name).pointer(), list);
    expect("write a multi string", write("Again"), STATUS_SUCCESS);
    let expected = (STATUS_SUCCESS, REG_MULTI_SZ, 18, wide("one\0two\0\0"));
    expect("read the multi string as a value", query(key, "Again", 18), expected);
    let other = object(attributes(device.cast())).1;
    expect("collection add of an object", wdf!(WdfCollectionAdd, list, other), STATUS_SUCCESS);
    expect("write what is no string", write("Again"), STATUS_INVALID_PARAMETER);
    (0..3).for_each(|_| wdf!(WdfCollectionRemoveItem, list, 0));
    expect("write an empty multi string", write("Again"), STATUS_SUCCESS);
    expect("read two NULs", query(key, "Again", 4), (STATUS_SUCCESS, REG_MULTI_SZ, 4, vec![0; 4]));
    expect("multi string of none", read("Again"), STATUS_SUCCESS);
    expect("multi string of none adds nothing", texts(list), Vec::new());
    delete(other);
    delete(list);
}

fn of_memory(device: WDFDEVICE, key: WDFKEY) {
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let read = |name: &str| {
        let (mut made, mut kind): (WDFMEMORY, u32) = (null_mut(), 0);
        let pool = _POOL_TYPE::PagedPool;
        let name = Text::new(name);
        let status =
            wdf!(WdfRegistryQueryMemory, key, name.pointer(), pool, none, &raw mut made, &raw mut kind);
        (status, kind, made)
    };
    let (status, kind, made) = read("Binary");
    expect("memory of a value", (status, kind), (STATUS_SUCCESS, REG_BINARY));
    let mut length = 0;
    let start = wdf!(WdfMemoryGetBuffer, made, &raw mut length);
    expect("memory has the value", bytes(start, length), vec![1, 2, 0xff]);
    delete(made);
    let (status, _, made) = read("Absent");
    expect("memory of an absent value", status, STATUS_OBJECT_NAME_NOT_FOUND);
    holds("memory of an absent value has no handle", made.is_null());
    expect("memory of a value of no bytes", read("Empty").0, STATUS_RESOURCE_DATA_NOT_FOUND);

    let source = memory(attributes(device.cast()), 6).1;
    let mut content = [1_u8, 2, 3, 4, 5, 6];
    let status = wdf!(WdfMemoryCopyFromBuffer, source, 0, (&raw mut content).cast(), 6);
    expect("memory to write", status, STATUS_SUCCESS);
    let write = |offsets: Option<(usize, usize)>| {
        let offsets =
            offsets.map(|(start, length)| WDFMEMORY_OFFSET { BufferOffset: start, BufferLength: length });
        let mut offsets = offsets;
        let offsets = offsets.as_mut().map_or(null_mut(), |offsets| &raw mut *offsets);
        let name = Text::new("FromMemory");
        let status = wdf!(WdfRegistryAssignMemory, key, name.pointer(), REG_BINARY, source, offsets);
        let (_, _, length, bytes) = query(key, "FromMemory", 6);
        (status, bytes[..length as usize].to_vec())
    };
    expect("write memory", write(None), (STATUS_SUCCESS, vec![1, 2, 3, 4, 5, 6]));
    expect("write a part of memory", write(Some((2, 3))), (STATUS_SUCCESS, vec![3, 4, 5]));
    expect("write the rest of memory", write(Some((4, 0))), (STATUS_SUCCESS, vec![5, 6]));
    let kept = vec![5, 6];
    expect("write beyond memory", write(Some((4, 3))), (STATUS_INTEGER_OVERFLOW, kept.clone()));
    expect("write beyond all memory", write(Some((usize::MAX, 2))), (STATUS_INTEGER_OVERFLOW, kept));
    delete(source);
}

/// Every function without the right that it needs.
fn of_rights(device: WDFDEVICE) {
    let made = string(attributes(device.cast()), Some("x")).1;
    let list = collection(attributes(device.cast())).1;
    let source = memory(attributes(device.cast()), 1).1;
    let (name, value) = (Text::new("Text"), Text::new("x"));
    let read = open_key(device, HARDWARE_KEY, KEY_READ);
    let writes = [
        ("value", assign(read, "Text", REG_SZ, &[0, 0])),
        ("number", wdf!(WdfRegistryAssignULong, read, name.pointer(), 1)),
        ("unicode string", wdf!(WdfRegistryAssignUnicodeString, read, name.pointer(), value.pointer())),
        ("string", wdf!(WdfRegistryAssignString, read, name.pointer(), made)),
        ("multi string", wdf!(WdfRegistryAssignMultiString, read, name.pointer(), list)),
        ("memory", wdf!(WdfRegistryAssignMemory, read, name.pointer(), REG_SZ, source, null_mut())),
    ];
    for (what, status) in writes {
        expect(&format!("write a {what} without the right"), status, STATUS_ACCESS_DENIED);
    }
    expect("refused writes change nothing", query(read, "Text", 12).3, wide("Hello\0"));
    wdf!(WdfRegistryClose, read);

    let (mut write, below): (WDFKEY, Text) = (null_mut(), Text::new("Below"));
    let parent = open_key(device, HARDWARE_KEY, KEY_READ);
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let status = wdf!(WdfRegistryOpenKey, parent, below.pointer(), KEY_SET_VALUE, none, &raw mut write);
    expect("key to write only", status, STATUS_SUCCESS);
    let (mut number, mut memory): (u32, WDFMEMORY) = (0, null_mut());
    let pool = _POOL_TYPE::PagedPool;
    let reads = [
        ("value", query(write, "Text", 4).0),
        ("number", wdf!(WdfRegistryQueryULong, write, name.pointer(), &raw mut number)),
        ("unicode string", query_unicode(write, "Text", 4).0),
        ("string", wdf!(WdfRegistryQueryString, write, name.pointer(), made)),
        ("multi string", wdf!(WdfRegistryQueryMultiString, write, name.pointer(), none, list)),
        (
            "memory",
            wdf!(WdfRegistryQueryMemory, write, name.pointer(), pool, none, &raw mut memory, null_mut()),
        ),
    ];
    for (what, status) in reads {
        expect(&format!("read a {what} without the right"), status, STATUS_ACCESS_DENIED);
    }
    wdf!(WdfRegistryClose, write);
    wdf!(WdfRegistryClose, parent);
    delete(made);
    delete(list);
    delete(source);
}
