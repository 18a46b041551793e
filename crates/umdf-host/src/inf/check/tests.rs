//! This repository's INF, and one that breaks each rule.

use std::collections::BTreeSet;

use super::{Finding, InfRule, Stage, check};

const INX: &str = include_str!("../../../../../inf/edu_umdf.inx");
const ABACUS: &str = include_str!("../../../examples/abacus/abacus.inx");

/// The INF that stampinf makes of it, with plain line ends.
fn stamped() -> String {
    let text = INX.replace('\r', "").replace("$ARCH$", "amd64").replace("$UMDFVERSION$", "2.15.0");
    text.replace("PnpLockdown = 1\n", "PnpLockdown = 1\nDriverVer   = 11/25/2026,0.1.0.0\n")
}

/// One way to break the INF: what is replaced by what, the rules broken then, and how the lines begin that are
/// named.
struct Row {
    edits: &'static [(&'static str, &'static str)],
    broken: &'static [(InfRule, &'static str)],
}

macro_rules! rows {
    ($({ $($old:literal => $new:literal),+ } breaks $($rule:ident at $line:literal),+;)+) => {
        &[$(Row { edits: &[$(($old, $new)),+], broken: &[$((InfRule::$rule, $line)),+] }),+]
    };
}

const ROWS: &[Row] = rows! {
    { "[Version]" => "[Else]" } breaks Signature at "; Installs", Unreferenced at "[Else]";
    { "$WINDOWS NT$" => "$WINDOWS 95$" } breaks Signature at "Signature";
    { "[Edu_CopyFiles]" => "[Edu_CopyFiles" } breaks Syntax at "[Edu_CopyFiles";
    { "HKR,,Icon,,-18" => "HKR,,Icon,,\"-18" } breaks Syntax at "HKR,,Icon";
    { "; Installs" => "\0" } breaks Encoding at "\0";
    { "[Edu_W10.NT]\nCopyFiles = Edu_CopyFiles" => "[Edu_W10.NT]\nCopyFiles =" }
        breaks NoSectionName at "CopyFiles =\n";
    { "edu_umdf,Edu_UmdfService\nUmdfServiceOrder         = edu_umdf\nUmdfDirectHardwareAccess = AllowDirectHardwareAccess\nUmdfRegisterAccessMode   = RegisterAccessUsingSystemCall\nUmdfHostProcessSharing   = ProcessSharingDisabled\n\n; ---- Both" => "edu_umdf\n; ---- Both" }
        breaks NoSectionName at "UmdfService              = edu_umdf\n";
    { "edu_umdf.dll = 1" => "edu_umdf.dll = 1,x64" } breaks StoreName at "edu_umdf.dll\n";
    { "[Edu_CopyFiles]\nedu_umdf.dll" => "[Edu_CopyFiles]\nedu_umdf.dll,other.dll", "edu_umdf.dll = 1" => "other.dll = 1" }
        breaks StoreName at "edu_umdf.dll,other.dll";
    { "DefaultDestDir = 13" => "DefaultDestDir = 13,x64" } breaks StoreName at "edu_umdf.dll\n";
    { "[Edu_HW_AddReg]" => "[Edu_AddReg]" }
        breaks MissingSection at "AddReg  = Edu_HW_AddReg", MissingSection at "AddReg = Edu_HW_AddReg",
            Unreferenced at "[Edu_AddReg]";
    { "[Edu_W10.NT]\nCopyFiles = Edu_CopyFiles" => "[Edu_W10.NT]\nCopyFiles = edu_umdf.dll" }
        breaks MissingSection at "CopyFiles = edu_umdf.dll";
    { "= Edu_W10,PCI" => "= Edu_W9,PCI" }
        breaks MissingSection at "%DeviceDesc% = Edu_W9", Unreferenced at "[Edu_W10.NT]",
            Unreferenced at "[Edu_W10.NT.HW]", Unreferenced at "[Edu_W10.NT.Services]",
            Unreferenced at "[Edu_W10.NT.Wdf]", Unreferenced at "[WUDFRd_ServiceInstall]";
    { "\"edu-umdf project\"" => "\"Microsoft\"" } breaks ProviderMicrosoft at "Provider    = %Provider%";
    { "[Edu_W10.NT]\nCopyFiles = Edu_CopyFiles" => "[Edu_W10.NT]\nCopyFiles = Edu_CopyFiles\nAddReg = Edu_CopyFiles" }
        breaks TwoDirectives at "AddReg = Edu_CopyFiles", RegistryRoot at "edu_umdf.dll\n";
    { "[Strings]" => "[DefaultInstall.NTamd64]\nCopyFiles = Edu_CopyFiles\n[Strings]" }
        breaks DefaultInstall at "[DefaultInstall";
    { "11/25/2026,0.1.0.0" => "11/25/2026,0.1.0" } breaks DriverVer at "DriverVer";
    { "11/25/2026,0.1.0.0" => "02/29/2026,0.1.0.0" } breaks DriverVer at "DriverVer";
    { "11/25/2026,0.1.0.0" => "11/25/2026,0.1.0.65536" } breaks DriverVer at "DriverVer";
    { "Needs     = WUDFRD.NT\n" => "Needs     = WUDFRD.NT\nAddReg = WUDFRD_AddReg\n" }
        breaks IncludedSection at "AddReg = WUDFRD_AddReg";
    { "HKR,,DeviceCharacteristics" => "HKLM,SYSTEM\\CurrentControlSet\\Services\\Other" }
        breaks ServicesKey at "HKLM,SYSTEM", RegistryRoot at "HKLM,SYSTEM";
    { "edu_umdf.dll = 1" => "other.dll = 1" } breaks MissingFile at "edu_umdf.dll\n";
    { "edu_umdf.dll = 1" => "edu_umdf.dll = 2" } breaks MissingFile at "edu_umdf.dll = 2";
    { "CatalogFile = edu_umdf.cat\n" => "" } breaks NotSignable at "[Version]";
    { "DriverVer   = 11/25/2026,0.1.0.0\n" => "" } breaks NotSignable at "[Version]";
    { "HKR,,,0,%ClassName%" => "HKR,,,0,%SystemRoot%" } breaks UndefinedString at "HKR,,,0,%SystemRoot%";
    { "{ced83547-f591-4daa-94af-f42e201d159c}" => "{4D36E97D-E325-11CE-BFC1-08002BE10318}" }
        breaks ClassInstall at "[ClassInstall32]";
    { "{ced83547-f591-4daa-94af-f42e201d159c}" => "{745a17a0-74d3-11d0-b6fe-00a0c90f57da}" }
        breaks ClassInstall at "[ClassInstall32]";
    { "[Edu_W11.NT.Services]" => "[Edu_W11.NT.HW]" } breaks NoServices at "[Edu_W11.NT]",
        NeedsOtherKind at "Needs   = WUDFRD.NT.Services";
    { "Edu_W10,PCI\\VEN_1234&DEV_11E8" => "Edu_W10", "Edu_W11,PCI\\VEN_1234&DEV_11E8" => "Edu_W11" }
        breaks NoDevices at "[Manufacturer]";
    { "[Manufacturer]" => "[Makers]" }
        breaks NoDevices at "; Installs", Unreferenced at "[Makers]", Unreferenced at "[Edu.NTamd64.10.0...17763]",
            Unreferenced at "[Edu.NTamd64.10.0...22000]", Unreferenced at "[Edu_W11.NT]",
            Unreferenced at "[Edu_W11.NT.HW]", Unreferenced at "[Edu_W11.NT.Services]",
            Unreferenced at "[Edu_W11.NT.Wdf]", Unreferenced at "[Edu_W10.NT]", Unreferenced at "[Edu_W10.NT.HW]",
            Unreferenced at "[Edu_W10.NT.Services]", Unreferenced at "[WUDFRd_ServiceInstall]",
            Unreferenced at "[Edu_W10.NT.Wdf]", Unreferenced at "[Edu_CopyFiles]", Unreferenced at "[Edu_HW_AddReg]",
            Unreferenced at "[Edu_UmdfService]";
    { "[Edu_W10.NT.Wdf]" => "[Edu_W10.NT.CoInstallers]\n[Edu_W10.NT.Wdf]" }
        breaks LegacySection at "[Edu_W10.NT.CoInstallers]";
    { "[Edu_W10.NT.HW]" => "[Edu_W10.NT.HW]\nRegisterDlls = Edu_CopyFiles" }
        breaks LegacyOperation at "RegisterDlls", TwoDirectives at "RegisterDlls";
    { "[Edu_W10.NT.HW]" => "[Edu_W10.NT.HW]\nDelReg = Edu_DelReg\n[Edu_DelReg]\nHKR,,Old\n[Edu_W10.NT.HW]" }
        breaks Deletes at "DelReg";
    { "[Edu_W10.NT.Services]" => "[Edu_W10.NT.Services]\nDelService = Old" } breaks Deletes at "DelService";
    { "HKR,,EnableRaiseInterrupt,0x10001,0" => "HKR,,CoInstallers32,0x10000,edu_umdf.dll" }
        breaks CoInstallers at "HKR,,CoInstallers32";
    { "HKR,,EnableRaiseInterrupt" => "HKCR,,EnableRaiseInterrupt" } breaks RegistryRoot at "HKCR";
    { "HKR,,EnableRaiseInterrupt,0x10001,0" => "HKR,,UpperFilters,0x10008,edu" } breaks Append at "HKR,,UpperFilters";
    { "DefaultDestDir = 13" => "DefaultDestDir = 16422,Edu" }
        breaks OutsideSystemRoot at "DefaultDestDir";
    { "DefaultDestDir = 13" => "DefaultDestDir = 24" } breaks OutsideSystemRoot at "DefaultDestDir";
    { "Needs   = WUDFRD.NT.HW" => "Needs   = WUDFRD.NT" } breaks NeedsOtherKind at "Needs   = WUDFRD.NT\n";
    { "Include = WUDFRD.inf\nNeeds   = WUDFRD.NT.HW" => "Needs   = WUDFRD.NT.HW" }
        breaks NeedsWithoutInclude at "Needs   = WUDFRD.NT.HW";
    { "DefaultDestDir = 13" => "DefaultDestDir = 12" } breaks NotIsolated at "DefaultDestDir";
    { "%13%\\edu_umdf.dll" => "%12%\\UMDF\\edu_umdf.dll" } breaks NotIsolated at "ServiceBinary      = %12%";
    { "[DestinationDirs]\nDefaultDestDir = 13" => "" } breaks NotIsolated at "edu_umdf.dll\n";
    { "PnpLockdown = 1\n" => "" } breaks PnpLockdown at "[Version]";
    { "PnpLockdown = 1\n" => "PnpLockdown = 0\n" } breaks PnpLockdown at "PnpLockdown";
    { "[Edu_W10.NT]\nCopyFiles = Edu_CopyFiles" => "[Edu_Other]\nedu_umdf.dll,other.dll\n[Edu_W10.NT]\nCopyFiles = Edu_CopyFiles,Edu_Other",
      "edu_umdf.dll = 1" => "edu_umdf.dll = 1\nother.dll = 1" }
        breaks StoreName at "edu_umdf.dll,other.dll", TwoSources at "edu_umdf.dll,other.dll";
    { "[Edu_W10.NT]\n" => "[Edu_One]\nHKLM,Software\\Edu,A,,1\n[Edu_Two]\nHKLM,Software\\Edu,A,,2\n[Edu_W10.NT]\nAddReg = Edu_One,Edu_Two\n" }
        breaks RegistryRoot at "HKLM,Software\\Edu,A,,1", RegistryRoot at "HKLM,Software\\Edu,A,,2",
            TwoValues at "HKLM,Software\\Edu,A,,2";
    { "[Edu_UmdfService]\n" => "[Edu_One]\nHKR,Parameters,A,,1\n[Edu_Two]\nHKR,Parameters,A,,2\n[Edu_UmdfService]\nAddReg = Edu_One,Edu_Two\n" }
        breaks TwoServiceValues at "HKR,Parameters,A,,2";
    { "[Edu_W10.NT.Services]\n" => "[Edu_Other]\nServiceBinary = %12%\\WUDFRd.sys\n[Edu_W10.NT.Services]\nAddService = WUDFRd,0x1fa,Edu_Other\n" }
        breaks TwoServices at "AddService = WUDFRd,0x000001fa";
    { "[Strings]" => "[Edu_Lost]\nHKR,,A,,1\n[Strings]" } breaks Unreferenced at "[Edu_Lost]";
    { "[Strings]" => "[Edu_W10.NT.LogConfigOverride]\n[Strings]" }
        breaks Ignored at "[Edu_W10.NT.LogConfigOverride]";
    { "[Manufacturer]\n" => "[Manufacturer]\n%Manufacturer% = Old\n", "[Strings]" => "[Old]\n%DeviceDesc% = Edu_W10,PCI\\VEN_0000\n[Strings]" }
        breaks NoArchitecture at "%Manufacturer% = Old";
    { "RegisterAccessUsingSystemCall" => "RegisterAccessByMagic" }
        breaks NotInstallable at "UmdfRegisterAccessMode", NotInstallable at "UmdfRegisterAccessMode";
    { "= 2.15.0" => "= $UMDFVERSION$" } breaks LibraryVersion at "UmdfLibraryVersion";
    { "[Edu_UmdfService]\n" => "[Edu_One]\nHKR,Enum,A,,1\n[Edu_UmdfService]\nAddReg = Edu_One\n" }
        breaks OutsideParameters at "HKR,Enum,A";
    { "[Edu_W10.NT.Services]\n" => "[Edu_W10.NT.Services]\nAddService = Spooler,,Edu_Spooler\n[Edu_Spooler]\nServiceBinary = %11%\\spoolsv.exe\n[Edu_W10.NT.Services]\n" }
        breaks ForeignService at "AddService = Spooler";
    { "HKR,,EnableRaiseInterrupt,0x10001,0" => "HKLM,Software\\Microsoft\\Windows\\CurrentVersion\\RunOnce,Edu,,edu.exe" }
        breaks RunKey at "HKLM,Software", RegistryRoot at "HKLM,Software";
};

/// What looks like a mistake, and is none.
const GOOD: &[(&str, &str)] = &[
    // One system reads one of the two.
    (
        "[Edu_W10.NT.Wdf]\nUmdfService              = edu_umdf,Edu_UmdfService\n",
        "[Edu_One]\nHKR,Parameters,A,,1\n[Edu_Other]\nUmdfLibraryVersion = 2.15.0\n\
         ServiceBinary = %13%\\edu_umdf.dll\nAddReg = Edu_One\n[Edu_W10.NT.Wdf]\nUmdfService = edu_umdf,Edu_Other\n",
    ),
    // No Windows takes the plain one.
    ("[Edu_W10.NT]\n", "[Edu_W10]\nCopyFiles = Edu_CopyFiles\n[Edu_W10.NT]\n"),
    // The section of an event log is not the service's.
    (
        "WUDFRd,0x000001fa,WUDFRd_ServiceInstall\n",
        "WUDFRd,0x000001fa,WUDFRd_ServiceInstall,Edu_Log\n[Edu_Log]\nAddReg = Edu_LogReg\n[Edu_LogReg]\n\
         HKR,,TypesSupported,0x10001,7\n",
    ),
    // Sections of files that are not looked into.
    ("[Edu_W10.NT.HW]\n", "[Edu_W10.NT.HW]\nInclude = pci.inf\nNeeds = PciS0.NT.HW\n"),
];

#[test]
fn what_looks_like_a_mistake_is_none() {
    for edit in GOOD {
        let mut findings = check(edited(&[*edit]).as_bytes(), Stage::Inf);
        // The host knows one INF to include, Windows all that it has.
        findings.retain(|finding| finding.rule != InfRule::NotInstallable || !edit.1.contains("pci.inf"));
        assert_eq!(findings, [], "{edit:?}");
    }
}

#[test]
fn an_extension_or_a_package_for_no_device_needs_less() {
    let rules = |text: &str| -> BTreeSet<u16> {
        check(text.as_bytes(), Stage::Inf).iter().map(|finding| finding.rule.number()).collect()
    };
    let extension = edited(&[("EduSample", "Extension"), ("[Edu_W11.NT.Services]", "[Edu_Lost]")]);
    assert!(!rules(&extension).contains(&1296));
    let primitive = "[Version]\nSignature = \"$Windows NT$\"\nProvider = A\nCatalogFile = a.cat\nPnpLockdown = 1\n\
                     DriverVer = 11/25/2026,0.1.0.0\n[DefaultInstall.NTamd64]\nCopyFiles = F\n\
                     [DefaultUninstall.NTamd64]\nDelFiles = F\n[F]\na.dll\n[DestinationDirs]\nDefaultDestDir = 13\n\
                     [SourceDisksNames]\n1 = A\n[SourceDisksFiles]\na.dll = 1\n";
    assert_eq!(rules(primitive), [1205].into(), "its one list is copied and deleted");
}

#[test]
fn an_inx_may_leave_the_date_open() {
    let inx = INX.replace("PnpLockdown = 1", "DriverVer =\r\nPnpLockdown = 1");
    assert_eq!(check(inx.as_bytes(), Stage::Inx), []);
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(stamped(), |text, (old, new)| {
        assert!(text.contains(old), "{old:?} is not in the INF");
        text.replace(old, new)
    })
}

/// The lines that begin so. A text that ends with a line end is the whole line.
fn lines(text: &str, start: &str) -> Vec<usize> {
    let whole = start.strip_suffix('\n');
    let begins = |line: &str| whole.map_or_else(|| line.starts_with(start), |whole| line == whole);
    text.lines().enumerate().filter(|(_, line)| begins(line)).map(|(index, _)| index + 1).collect()
}

#[test]
fn the_infs_of_this_repository_are_clean() {
    for inx in [INX, ABACUS] {
        assert_eq!(check(inx.as_bytes(), Stage::Inx), []);
    }
    assert_eq!(check(stamped().as_bytes(), Stage::Inf), []);
}

#[test]
fn each_rule_is_broken_by_an_inf_of_its_own() {
    for Row { edits, broken } in ROWS {
        let text = edited(edits);
        let findings = check(text.as_bytes(), Stage::Inf);
        let told = || findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n");
        let rules: BTreeSet<InfRule> = findings.iter().map(|finding| finding.rule).collect();
        let expected: BTreeSet<InfRule> = broken.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(rules, expected, "{edits:?}\n{}", told());
        for (rule, start) in *broken {
            let lines = lines(&text, start);
            assert!(
                findings.iter().any(|finding| finding.rule == *rule && lines.contains(&finding.line)),
                "{edits:?}: {rule:?} on one of {lines:?}\n{}",
                told()
            );
        }
        for finding in &findings {
            let named = broken.iter().filter(|(rule, _)| *rule == finding.rule);
            let lines: Vec<usize> = named.flat_map(|(_, start)| lines(&text, start)).collect();
            assert!(lines.contains(&finding.line), "{edits:?}: {finding}");
        }
    }
}

#[test]
fn no_rule_is_left_out() {
    let broken: BTreeSet<InfRule> = ROWS.iter().flat_map(|row| row.broken).map(|(rule, _)| *rule).collect();
    let all: BTreeSet<InfRule> = InfRule::ALL.iter().copied().collect();
    assert_eq!(broken, all);
}

#[test]
fn numbers_rise() {
    assert!(InfRule::ALL.is_sorted_by(|one, other| one.number() < other.number()));
}

#[test]
fn an_inx_is_checked_as_stampinf_leaves_it() {
    let findings = check(INX.as_bytes(), Stage::Inf);
    let rules: BTreeSet<u16> = findings.iter().map(|finding| finding.rule.number()).collect();
    // What stampinf puts in is missing: DriverVer, an architecture, a version.
    assert_eq!(rules, [1233, 9001].into());
}

#[test]
fn any_part_of_a_file_can_be_checked() {
    let text = stamped();
    for length in (0..text.len()).step_by(11) {
        // Whatever it finds: the whole file is what lacks nothing.
        assert_ne!(check(&text.as_bytes()[..length], Stage::Inf), [], "{length}");
        check(&text.as_bytes()[length..], Stage::Inf);
    }
}
