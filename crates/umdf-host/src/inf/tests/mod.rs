//! Tests of the INF reader.

mod files;
mod install;
mod parse;
mod project;
mod registry;
mod service;

use super::{Inf, InfError, Installation, TargetOs};

/// A complete INF for edu.
const EDU: &str = r#"; A comment
[Version]
Signature = "$WINDOWS NT$"
Class = System
ClassGuid = {4d36e97d-e325-11ce-bfc1-08002be10318}
Provider = %Provider%

[Manufacturer]
%Provider% = Standard,NT$ARCH$.10.0...22000

[Standard.NT$ARCH$.10.0...22000]
%Description% = Edu, PCI\VEN_1234&DEV_11E8

[DestinationDirs]
DefaultDestDir = 13
[SourceDisksNames]
1 = %Provider%
[SourceDisksFiles]
edu_umdf.dll = 1

[Edu.NT]
CopyFiles = Files
Include = WUDFRD.inf
Needs = WUDFRD.NT
[Files]
edu_umdf.dll

[Edu.NT.HW]
AddReg = Hardware
Include = WUDFRD.inf
Needs = WUDFRD.NT.HW
[Hardware]
HKR,,Security,,"D:P(A;;GA;;;SY)(A;;GA;;;BA)"
HKR,,DeviceCharacteristics,0x10001,0x100
HKR,"Interrupt Management",,0x10
HKR,"Interrupt Management\MessageSignaledInterruptProperties",,0x10
HKR,"Interrupt Management\MessageSignaledInterruptProperties",MSISupported,0x00010001,1

[Edu.NT.Services]
Include = WUDFRD.inf
Needs = WUDFRD.NT.Services

[Edu.NT.Wdf]
UmdfService = edu_umdf, Edu_Install
UmdfServiceOrder = edu_umdf
UmdfDirectHardwareAccess = AllowDirectHardwareAccess

[Edu_Install]
UmdfLibraryVersion = $UMDFVERSION$
ServiceBinary = %13%\edu_umdf.dll

[Strings]
Provider = "Edu sample"
Description = "Edu device"
"#;

/// The INF with some texts replaced. Each must be there.
fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(EDU.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old:?} is not in the INF");
        text.replace(old, new)
    })
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn install_on(text: &str, os: TargetOs) -> Result<Installation, InfError> {
    let hardware = ids(&[r"PCI\VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10", r"PCI\VEN_1234&DEV_11E8&CC_00FF"]);
    let compatible = ids(&[r"PCI\VEN_1234&DEV_11E8&REV_10", r"PCI\VEN_1234&DEV_11E8", r"PCI\CC_00FF"]);
    Installation::plan(&Inf::parse(text.as_bytes())?, &hardware, &compatible, os)
}

/// Installs the edited INF on edu under Windows 11.
fn install(edits: &[(&str, &str)]) -> Result<Installation, InfError> {
    install_on(&edited(edits), TargetOs::WINDOWS_11)
}

/// The message of the error that the edited INF gives.
fn refusal(edits: &[(&str, &str)]) -> String {
    install(edits).unwrap_err().to_string()
}

/// The edited INF is refused, with `advice`, on the last line that is `start`, or else begins
/// with it.
fn refused_at(edits: &[(&str, &str)], start: &str, advice: &str) {
    let text = edited(edits);
    let lines: Vec<&str> = text.lines().collect();
    let whole = lines.iter().rposition(|line| *line == start);
    let index = whole.or_else(|| lines.iter().rposition(|line| line.starts_with(start))).expect(start);
    let message = refusal(edits);
    assert!(message.starts_with(&format!("line {}:", index + 1)) && message.contains(advice), "{message}");
}
