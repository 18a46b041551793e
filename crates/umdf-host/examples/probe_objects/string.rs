//! `wdfstring.h`.

use std::ptr::null_mut;

use wdk_sys::{
    NTSTATUS, STATUS_INTEGER_OVERFLOW, STATUS_INVALID_PARAMETER, STATUS_SUCCESS, UNICODE_STRING,
    WDF_NO_OBJECT_ATTRIBUTES, WDFDEVICE, WDFSTRING,
};

use crate::says::{expect, holds};
use crate::wdf::{attributes, delete, string, text, units, wdf};

fn create(unicode: UNICODE_STRING) -> (NTSTATUS, WDFSTRING) {
    let mut string: WDFSTRING = null_mut();
    let status = wdf!(WdfStringCreate, &raw const unicode, WDF_NO_OBJECT_ATTRIBUTES, &raw mut string);
    (status, string)
}

fn unicode(string: WDFSTRING) -> UNICODE_STRING {
    let mut unicode = UNICODE_STRING::default();
    wdf!(WdfStringGetUnicodeString, string, &raw mut unicode);
    unicode
}

pub fn check(device: WDFDEVICE) {
    let (status, empty) = string(attributes(device.cast()), None);
    expect("string of nothing", status, STATUS_SUCCESS);
    let none = unicode(empty);
    expect("string of nothing has no buffer", (none.Length, none.MaximumLength), (0, 0));
    holds("string of nothing has a NULL buffer", none.Buffer.is_null());

    let (status, made) = string(attributes(device.cast()), Some("Grüße"));
    expect("string", status, STATUS_SUCCESS);
    expect("string's characters", text(made), "Grüße".into());
    let copy = unicode(made);
    expect("string's lengths", (copy.Length, copy.MaximumLength), (10, 12));
    expect("string ends with a NUL", units(copy.Buffer, 6).last().copied(), Some(0));
    expect("string's buffer stays", unicode(made).Buffer, copy.Buffer);
    delete(made);
    delete(empty);
    of_bad_strings();
}

fn of_bad_strings() {
    let mut buffer = vec![u16::from(b'x'); 0x8000];
    let start = buffer.as_mut_ptr();
    let good = UNICODE_STRING { Length: 4, MaximumLength: 6, Buffer: start };
    let wrong = [
        ("odd length", UNICODE_STRING { Length: 3, ..good }),
        ("odd maximum", UNICODE_STRING { MaximumLength: 5, ..good }),
        ("no buffer", UNICODE_STRING { Buffer: null_mut(), ..good }),
        ("length over maximum", UNICODE_STRING { Length: 8, ..good }),
    ];
    for (name, unicode) in wrong {
        let (status, made) = create(unicode);
        expect(&format!("string with {name}"), status, STATUS_INVALID_PARAMETER);
        holds(&format!("string with {name} has no handle"), made.is_null());
    }
    let long = |length: u16| UNICODE_STRING { Length: length, MaximumLength: 0xfffe, Buffer: start };
    expect("string without room for its NUL", create(long(0xfffe)).0, STATUS_INTEGER_OVERFLOW);
    let (status, longest) = create(long(0xfffc));
    expect("longest string", status, STATUS_SUCCESS);
    expect("longest string's length", unicode(longest).Length, 0xfffc);
    delete(longest);
    let empty = UNICODE_STRING { Length: 0, MaximumLength: 0, Buffer: null_mut() };
    let (status, made) = create(empty);
    expect("empty string", status, STATUS_SUCCESS);
    expect("empty string has room for a NUL", unicode(made).MaximumLength, 2);
    delete(made);
}
