//! A whole installation, and which models section and entry it follows.

use super::{EDU, edited, ids, install, install_on, refusal, refused_at};
use crate::inf::directives::{
    FileObjectPolicy, FsContextUsePolicy, HostProcessSharing, ImpersonationLevel, MethodNeitherAction,
    RegisterAccessMode,
};
use crate::inf::{
    Architecture, Inf, InfError, Installation, RegistryData, RegistryValue, TargetOs, UmdfVersion,
    WdfDirectives,
};

const NT: &str = "NT$ARCH$.10.0...22000";
const MODEL: &str = r"%Description% = Edu, PCI\VEN_1234&DEV_11E8";
const MESSAGES: &str = r"Interrupt Management\MessageSignaledInterruptProperties";

fn build(build: u32) -> TargetOs {
    TargetOs { build, ..TargetOs::WINDOWS_11 }
}

#[test]
fn everything_arrives() {
    let installed = install(&[]).unwrap();
    assert_eq!(
        installed,
        Installation {
            description: "Edu device".into(),
            manufacturer: "Edu sample".into(),
            class: "System".into(),
            class_guid: "{4d36e97d-e325-11ce-bfc1-08002be10318}".parse().unwrap(),
            matched_id: r"PCI\VEN_1234&DEV_11E8".into(),
            install_section: "Edu.NT".into(),
            service: "edu_umdf".into(),
            library_version: UmdfVersion { major: 2, minor: 15, service: 0 },
            driver_file: "edu_umdf.dll".into(),
            directives: WdfDirectives { direct_hardware_access: true, ..WdfDirectives::default() },
            hardware_key: vec![RegistryValue {
                subkey: MESSAGES.into(),
                name: "MSISupported".into(),
                data: RegistryData::Dword(1),
            }],
            software_key: vec![],
            parameters: vec![],
            security: Some("D:P(A;;GA;;;SY)(A;;GA;;;BA)".into()),
            device_characteristics: 0x100,
            message_signaled: true,
            message_number_limit: None,
        }
    );
    assert_eq!(installed.library_version.to_string(), "2.15.0");
}

#[test]
fn it_travels_as_json() {
    let installed = install(&[]).unwrap();
    let json = serde_json::to_string(&installed).unwrap();
    assert_eq!(serde_json::from_str::<Installation>(&json).unwrap(), installed);
}

#[test]
fn missing_directives_have_the_defaults_of_windows() {
    let line = "UmdfDirectHardwareAccess = AllowDirectHardwareAccess";
    let defaults = WdfDirectives {
        direct_hardware_access: false,
        register_access_mode: RegisterAccessMode::SystemCall,
        host_process_sharing: HostProcessSharing::Enabled,
        file_object_policy: FileObjectPolicy::RejectNullAndUnknown,
        fs_context_use_policy: FsContextUsePolicy::FsContext,
        kernel_mode_clients: false,
        method_neither: MethodNeitherAction::Reject,
        impersonation_level: ImpersonationLevel::Identification,
        high_host_priority: false,
    };
    assert_eq!(install(&[(line, "")]).unwrap().directives, defaults);
    let explicit = "
        UmdfDirectHardwareAccess = RejectDirectHardwareAccess
        UmdfRegisterAccessMode = RegisterAccessUsingSystemCall
        UmdfHostProcessSharing = ProcessSharingEnabled
        UmdfFileObjectPolicy = RejectNullAndUnknownFileObjects
        UmdfFsContextUsePolicy = CanUseFsContext
        UmdfKernelModeClientPolicy = RejectKernelModeClients
        UmdfMethodNeitherAction = Reject
        UmdfImpersonationLevel = Identification";
    assert_eq!(install(&[(line, explicit)]).unwrap().directives, defaults);
}

#[test]
fn every_directive_is_read() {
    let other = "
        umdfdirecthardwareaccess = ALLOWDIRECTHARDWAREACCESS
        UmdfRegisterAccessMode = RegisterAccessUsingUserModeMapping
        UmdfHostProcessSharing = ProcessSharingDisabled
        UmdfFileObjectPolicy = AllowNullAndUnknownFileObjects
        UmdfFsContextUsePolicy = CannotUseFsContexts
        UmdfKernelModeClientPolicy = AllowKernelModeClients
        UmdfMethodNeitherAction = Copy
        UmdfImpersonationLevel = Delegation
        UmdfHostPriority = PriorityHigh";
    let line = "UmdfDirectHardwareAccess = AllowDirectHardwareAccess";
    assert_eq!(
        install(&[(line, other)]).unwrap().directives,
        WdfDirectives {
            direct_hardware_access: true,
            register_access_mode: RegisterAccessMode::UserModeMapping,
            host_process_sharing: HostProcessSharing::Disabled,
            file_object_policy: FileObjectPolicy::AllowNullAndUnknown,
            fs_context_use_policy: FsContextUsePolicy::Neither,
            kernel_mode_clients: true,
            method_neither: MethodNeitherAction::Copy,
            impersonation_level: ImpersonationLevel::Delegation,
            high_host_priority: true,
        }
    );
}

#[test]
fn access_and_dma_is_no_access_for_this_framework() {
    let line = "UmdfDirectHardwareAccess = AllowDirectHardwareAccess";
    let installed = install(&[(line, "UmdfDirectHardwareAccess = AllowDirectHardwareAccessAndDma")]).unwrap();
    assert!(!installed.directives.direct_hardware_access);
    assert!(install(&[]).unwrap().directives.direct_hardware_access);
}

/// Two systems in one INF; the section for each has its own description.
fn two_systems(first: &str, second: &str) -> String {
    edited(&[
        ("= Standard,NT$ARCH$.10.0...22000", &format!("= Standard,{first},{second}")),
        (
            "[Standard.NT$ARCH$.10.0...22000]",
            &format!("[Standard.{first}]\nfirst = Edu, PCI\\VEN_1234&DEV_11E8\n[Standard.{second}]"),
        ),
    ])
}

#[test]
fn the_highest_version_that_is_not_above_the_system_wins() {
    let text = two_systems("NTamd64.10.0...22000", "NTamd64.10.0...22621");
    assert_eq!(install_on(&text, build(22000)).unwrap().description, "first");
    assert_eq!(install_on(&text, build(22620)).unwrap().description, "first");
    assert_eq!(install_on(&text, build(22631)).unwrap().description, "Edu device");
    let error = install_on(&text, build(21999)).unwrap_err();
    assert!(matches!(error, InfError::SystemNotSupported { .. }), "{error}");
    assert!(error.to_string().contains("amd64 build 21999"), "{error}");
}

#[test]
fn version_beats_position_and_architecture_must_fit() {
    for (first, second) in [
        ("NTamd64.10.0", "NTamd64.6.1"),
        ("NTamd64.10.0...22000", "NTamd64.10.0"),
        ("NTamd64.10.0.1", "NTamd64.10.0"),
        ("NTamd64", "NTarm64.10.0"),
        ("NTamd64", "NTx86.10.0.strange"),
        ("NTamd64.6.0", "NTamd64.10.1"),
        ("NTamd64.6.0", "NTamd64.11.0"),
        ("NTamd64.6.0", "NTamd64.10.0.3"),
    ] {
        for text in [two_systems(first, second), two_systems(second, first)] {
            let wanted =
                if text.contains(&format!("[Standard.{first}]\nfirst")) { "first" } else { "Edu device" };
            let installed = install_on(&text, TargetOs::WINDOWS_11);
            assert_eq!(installed.unwrap().description, wanted, "{first} against {second}");
        }
    }
}

#[test]
fn the_architecture_is_stamped() {
    let os = TargetOs { architecture: Architecture::Arm64, build: 26100 };
    assert_eq!(install_on(EDU, os).unwrap().description, "Edu device");
    let fixed = edited(&[("$ARCH$", "amd64")]);
    assert!(install_on(&fixed, os).unwrap_err().to_string().contains("NTarm64"));
}

#[test]
fn undecorated_models_are_for_x86_only() {
    let text = edited(&[(",NT$ARCH$.10.0...22000", ""), (".NT$ARCH$.10.0...22000]", "]")]);
    assert!(matches!(install_on(&text, build(22631)), Err(InfError::SystemNotSupported { .. })));
}

#[test]
fn malformed_decorations_are_refused() {
    for bad in ["amd64.10.0", "N", "NTamd64.ten", "NTamd64.10.0...22000.1", "NTamd64.10.0..0x100.22000"] {
        let message = refusal(&[(NT, bad)]);
        assert!(message.starts_with("line 9:") && message.contains(bad), "{message}");
    }
    let message = refusal(&[("Standard,NT$ARCH$.10.0...22000", "Other,NT$ARCH$.10.0...22000")]);
    assert!(message.contains("line 9: [Other.NTamd64.10.0...22000]"), "{message}");
}

#[test]
fn device_ids_match_in_windows_order() {
    let entries = r"compatible = Edu, PCI\VEN_1234&DEV_11E8&REV_10
        hardware = Edu, PCI\VEN_1234&DEV_11E8&CC_00FF";
    assert_eq!(install(&[(MODEL, entries)]).unwrap().description, "hardware");

    let entries = r"compatible = Edu, PCI\CC_00FF
        hardware last = Edu, PCI\VEN_1234&DEV_11E8&CC_00FF
        hardware first = Edu, pci\ven_1234&dev_11e8&subsys_11001af4&rev_10
        hardware first again = Edu, PCI\VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10";
    let installed = install(&[(MODEL, entries)]).unwrap();
    assert_eq!(installed.description, "hardware first");
    assert_eq!(installed.matched_id, r"PCI\VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10");
}

#[test]
fn a_hardware_id_of_the_inf_beats_a_compatible_one() {
    let entries = r"compatible in the INF = Edu, PCI\OTHER, PCI\VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10
        hardware in the INF = Edu, PCI\VEN_1234&DEV_11E8&CC_00FF";
    assert_eq!(install(&[(MODEL, entries)]).unwrap().description, "hardware in the INF");

    let entries = r"second ID = Edu, PCI\OTHER, PCI\VEN_1234&DEV_11E8&CC_00FF
        first ID = Edu, PCI\OTHER, PCI\ANOTHER, PCI\VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10";
    assert_eq!(install(&[(MODEL, entries)]).unwrap().description, "first ID");

    let entries = r"both compatible = Edu, PCI\OTHER, PCI\VEN_1234&DEV_11E8&REV_10
        hardware in the INF = Edu, PCI\CC_00FF";
    assert_eq!(install(&[(MODEL, entries)]).unwrap().description, "hardware in the INF");
}

#[test]
fn unknown_devices_are_refused_with_their_ids() {
    let inf = Inf::parse(EDU.as_bytes()).unwrap();
    let error = Installation::plan(&inf, &ids(&["PCI\\A"]), &ids(&["PCI\\B"]), build(22631)).unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("[Standard.NTamd64.10.0...22000]") && message.contains("PCI\\A, PCI\\B"),
        "{message}"
    );

    let message = refusal(&[(MODEL, "%Description% = Edu")]);
    assert!(message.starts_with("line 12: `Edu device = Edu` cannot be used"), "{message}");
}

#[test]
fn the_most_specific_install_section_is_followed() {
    let specific = [("[Edu.NT", "[Edu.NT$ARCH$")];
    assert_eq!(install(&specific).unwrap().install_section, "Edu.NTamd64");
    assert_eq!(install(&[("[Edu.NT", "[Edu")]).unwrap().install_section, "Edu");
    assert!(refusal(&[("[Edu.NT]", "[Other.NT]")]).starts_with("line 12: [Edu.NT] is named here"));
}

#[test]
fn the_version_section_is_checked() {
    assert!(refusal(&[("[Version]", "[Versions]")]).contains("no [Version] section"));
    refused_at(&[("\"$WINDOWS NT$\"", "Windows")], "Signature", "$Windows NT$");
    for entry in ["Signature = \"", "Class = S", "ClassGuid = {", "Provider = %"] {
        let (key, value) = entry.split_once(" = ").unwrap();
        let message = refusal(&[(entry, &format!("Other = {value}"))]);
        assert!(
            message.starts_with("[Version], line 2:") && message.contains(&format!("`{key}`")),
            "{message}"
        );
    }
    assert!(refusal(&[("[Manufacturer]", "[Maker]")]).contains("no [Manufacturer] section"));
}
