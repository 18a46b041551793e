//! Registry values, and what the hardware section makes of them.

use super::{install, refused_at};
use crate::inf::{InfError, RegistryData, RegistryValue};

/// End of the last line of the hardware key.
const LAST: &str = "MSISupported,0x00010001,1";

fn value(subkey: &str, name: &str, data: RegistryData) -> RegistryValue {
    RegistryValue { subkey: subkey.into(), name: name.into(), data }
}

fn text(text: &str) -> RegistryData {
    RegistryData::Sz(text.into())
}

#[test]
fn every_type_is_read() {
    let expected = [
        (",text", text("text")),
        ("0,\"a, b\"", text("a, b")),
        ("0x2", text("")),
        (r"0x20000,%13%\x", RegistryData::ExpandSz(r"%13%\x".into())),
        ("0x10000,a,b", RegistryData::MultiSz(vec!["a".into(), "b".into()])),
        ("1,01,fF", RegistryData::Binary(vec![1, 0xff])),
        ("0x10001,0xffffffff", RegistryData::Dword(u32::MAX)),
        ("65537,12", RegistryData::Dword(12)),
    ];
    for (line, data) in expected {
        let installed = install(&[(LAST, &format!("{LAST}\nHKR,Sub,Name,{line}"))]).unwrap();
        assert_eq!(installed.hardware_key[1..], [value("Sub", "Name", data)], "{line}");
    }
    let installed = install(&[(LAST, &format!("{LAST}\nHKR,Sub,,0x10"))]).unwrap();
    assert_eq!(installed.hardware_key.len(), 1);
}

#[test]
fn malformed_values_are_refused() {
    for (line, advice) in [
        ("HKR,A,B,0x10001", "one number"),
        ("HKR,A,B,0x10001,1,2", "one number"),
        ("HKR,A,B,0x10001,x", "one number"),
        ("HKR,A,B,0x10001,0x100000000", "one number"),
        ("HKR,A,B,1,100", "hexadecimal bytes"),
        ("HKR,A,B,1,0x1", "hexadecimal bytes"),
        ("HKR,A,B,,a,b", "quotes"),
        ("HKR,A,B,x,1", "flags"),
        ("HKR,A,B,0x8,a", "use flags"),
        ("HKR,A,B,0x4", "use flags"),
        ("HKLM,Software,B,,a", "below HKR"),
        ("key = HKR,A,B,,a", "below HKR"),
    ] {
        refused_at(&[(LAST, &format!("{LAST}\n{line}"))], line, advice);
    }
    refused_at(&[("AddReg = Hardware", "AddReg = Hardware, Nowhere")], "AddReg", "[Nowhere]");
}

#[test]
fn the_last_value_of_two_stays() {
    let installed = install(&[(LAST, &format!("{LAST}\nHKR,A,B,,old\nHKR,a,b,,new"))]).unwrap();
    assert_eq!(installed.hardware_key[1..], [value("a", "b", text("new"))]);
}

#[test]
fn the_install_section_fills_the_software_key() {
    let installed = install(&[
        ("CopyFiles = Files", "CopyFiles = Files\nAddReg = Software"),
        ("[Strings]", "[Software]\nHKR,,A,0x10001,7\n[Strings]"),
    ]);
    assert_eq!(installed.unwrap().software_key, [value("", "A", RegistryData::Dword(7))]);
}

#[test]
fn the_service_section_fills_the_parameters() {
    let with = |subkey: &str| {
        install(&[
            ("UmdfLibraryVersion", "AddReg = Values\nUmdfLibraryVersion"),
            ("[Strings]", &format!("[Values]\nHKR,{subkey},Name,,text\n[Strings]")),
        ])
    };
    assert_eq!(with(r"Parameters\Sub").unwrap().parameters, [value("Sub", "Name", text("text"))]);
    assert_eq!(with("parameters").unwrap().parameters, [value("", "Name", text("text"))]);
    for subkey in ["", "Other", "ParametersX"] {
        let error = with(subkey).unwrap_err();
        assert!(
            matches!(&error, InfError::BadEntry { advice, .. } if advice.contains("HKR, Parameters")),
            "{error}"
        );
    }
}

#[test]
fn messages_are_asked_for_in_the_hardware_key() {
    assert!(!install(&[(LAST, "MSISupported,0x00010001,0")]).unwrap().message_signaled);
    assert!(!install(&[("MSISupported", "Other")]).unwrap().message_signaled);
    let line = r#"HKR,"Interrupt Management\MessageSignaledInterruptProperties","#;
    refused_at(&[(LAST, "MSISupported,0x00010001,2")], line, "0 or 1");
    refused_at(&[(LAST, "MSISupported,,1")], line, "REG_DWORD");

    let limit = |limit: &str| format!("{LAST}\n{line}MessageNumberLimit,0x10001,{limit}");
    for (text, number) in [("1", 1), ("2048", 2048)] {
        let installed = install(&[(LAST, &limit(text))]).unwrap();
        assert_eq!((installed.message_number_limit, installed.messages()), (Some(number), number));
    }
    assert_eq!(install(&[]).unwrap().messages(), 2048);
    let without = limit("4").replace("MSISupported,0x00010001,1", "MSISupported,0x00010001,0");
    assert_eq!(install(&[(LAST, &without)]).unwrap().messages(), 0);
    for text in ["0", "2049"] {
        refused_at(&[(LAST, &limit(text))], line, "1 to 2048");
    }
}

#[test]
fn device_properties_have_their_types() {
    refused_at(&[("\"D:P(A;;GA;;;SY)(A;;GA;;;BA)\"", "everybody")], "HKR,,Security", "SDDL");
    refused_at(&[("Security,,", "Security,0x10000,")], "HKR,,Security", "SDDL");
    let characteristics = ("DeviceCharacteristics,0x10001", "DeviceCharacteristics,");
    refused_at(&[characteristics], "HKR,,DeviceCharacteristics", "REG_DWORD");
}

#[test]
fn without_a_hardware_section_there_are_defaults() {
    let installed = install(&[("[Edu.NT.HW]", "[Unused]")]).unwrap();
    assert_eq!((installed.security, installed.device_characteristics), (None, 0));
    assert!(!installed.message_signaled && installed.hardware_key.is_empty());
}
