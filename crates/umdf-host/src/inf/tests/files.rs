//! Where the driver's file comes from and goes to.

use super::{install, refusal, refused_at};

#[test]
fn the_driver_must_be_copied() {
    let list = "[Files]\nedu_umdf.dll";
    refused_at(&[(list, "[Files]\nother.dll")], "CopyFiles", "copies edu_umdf.dll");
    refused_at(&[("CopyFiles = Files", "CopyFiles = @other.dll")], "CopyFiles", "copies edu_umdf.dll");
    refused_at(&[("CopyFiles = Files", "CopyFiles = Nowhere")], "CopyFiles", "[Nowhere]");
    assert!(refusal(&[("CopyFiles = Files", "")]).contains("`CopyFiles` entry is missing"));
}

#[test]
fn it_goes_to_the_driver_store() {
    let default = "DefaultDestDir = 13";
    refused_at(&[(default, "DefaultDestDir = 12")], "DefaultDestDir", "directory 13");
    refused_at(&[(default, "DefaultDestDir = 13, sub")], "DefaultDestDir", "directory 13");
    refused_at(&[(default, "DefaultDestDir = 13\nFiles = 12")], "Files", "directory 13");
    assert!(refusal(&[(default, "")]).contains("`DefaultDestDir` entry is missing"));
    assert!(refusal(&[("[DestinationDirs]", "[Else]")]).contains("no [DestinationDirs] section"));
}

#[test]
fn it_comes_from_a_disk_of_the_package() {
    let source = "edu_umdf.dll = 1";
    refused_at(&[(source, "other.dll = 1")], "edu_umdf.dll", "[SourceDisksFiles]");
    refused_at(&[(source, "edu_umdf.dll = 2")], "edu_umdf.dll =", "disk 2");
    refused_at(&[(source, "edu_umdf.dll =")], "edu_umdf.dll =", "its disk");
}

#[test]
fn files_can_be_named_in_other_ways() {
    for edits in [
        &[("CopyFiles = Files", "CopyFiles = @EDU_UMDF.dll")][..],
        &[
            ("[Files]\nedu_umdf.dll", "[Files]\nedu_umdf.dll,edu_x64.dll"),
            ("edu_umdf.dll = 1", "edu_x64.dll = 1"),
        ],
        &[
            ("[SourceDisksFiles]", "[SourceDisksFiles.$ARCH$]"),
            ("[SourceDisksNames]", "[SourceDisksNames.$ARCH$]"),
        ],
        &[("[Files]\n", "[Files]\nother.dll\n")],
        &[("DefaultDestDir = 13", "DefaultDestDir = 12\nFiles = 13")],
    ] {
        assert!(install(edits).is_ok(), "{edits:?}");
    }
}
