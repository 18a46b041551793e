//! The rules, by number.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{InfError, WARNINGS_FROM};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The package gets no signature, or does not install everywhere.
    Error,
    /// Mostly a symptom of something else.
    Warning,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

macro_rules! rules {
    ($($rule:ident $number:literal { $meaning:literal, $mend:literal })+) => {
        /// A rule for INF files. Its number is InfVerif's; from 9000 on it is this host's, because InfVerif's
        /// is not published.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum InfRule {
            $(#[doc = $meaning] $rule,)+
        }

        impl InfRule {
            /// Every rule, by number.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// Its number.
            pub const fn number(self) -> u16 {
                match self { $(Self::$rule => $number,)+ }
            }

            /// What is wrong.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$rule => $meaning,)+ }
            }

            /// What to do.
            pub const fn mend(self) -> &'static str {
                match self { $(Self::$rule => $mend,)+ }
            }
        }
    };
}

rules! {
    Signature 1001 {
        "There is no Version section with a signature.",
        "add [Version] with Signature = \"$Windows NT$\""
    }
    Syntax 1002 { "A line is no INF syntax.", "correct the line; nothing behind it was read" }
    Encoding 1003 { "The file is no text.", "save it as UTF-16 LE with a byte order mark" }
    NoSectionName 1005 {
        "A directive names no section.",
        "name the section that has the rest"
    }
    StoreName 1100 {
        "A file gets another name or folder in the driver store than it has in the package.",
        "leave name and folder as they are: the driver store keeps those of the package"
    }
    MissingSection 1203 {
        "A section is named that is not there.",
        "add the section, or correct its name (a file behind CopyFiles is written @file)"
    }
    ProviderMicrosoft 1204 { "The provider is Microsoft.", "name who wrote the INF" }
    TwoDirectives 1205 {
        "Directives of two kinds name one section.",
        "give each directive a section of its own"
    }
    DefaultInstall 1212 {
        "There are a DefaultInstall and a Manufacturer section.",
        "remove one of them: the package is for devices, or it is not"
    }
    DriverVer 1217 {
        "DriverVer is no date and version.",
        "write DriverVer = mm/dd/yyyy,w.x.y.z with numbers up to 65535, or let stampinf write it"
    }
    IncludedSection 1220 {
        "A directive names a section of an included INF.",
        "write Needs = section: only that reaches into another INF"
    }
    ServicesKey 1221 {
        "A registry entry writes to the key of all services.",
        "write below HKR in the AddReg of the service's own section"
    }
    MissingFile 1230 {
        "A file is copied whose place in the package is not told.",
        "add it to [SourceDisksFiles], and its disk to [SourceDisksNames]"
    }
    NotSignable 1233 {
        "A directive that signing needs is missing.",
        "add it to [Version]"
    }
    UndefinedString 1235 {
        "A %token% is not defined.",
        "add it to [Strings], or write %% for a percent sign"
    }
    ClassInstall 1285 {
        "The ClassInstall32 section is for a setup class of Microsoft's.",
        "remove [ClassInstall32], or make a setup class of your own"
    }
    NoServices 1296 {
        "An install section has no services section.",
        "add [section.Services]; for a UMDF driver with Include = WUDFRD.inf and Needs = WUDFRD.NT.Services"
    }
    NoDevices 1297 {
        "The INF installs on no device.",
        "name hardware IDs in a models section for an architecture that [Manufacturer] names"
    }
    LegacySection 1300 {
        "A section is of a kind that Windows no longer wants.",
        "remove it: drivers of Windows 10 and later do without"
    }
    LegacyOperation 1301 {
        "A directive is of a kind that Windows no longer wants.",
        "remove it: drivers of Windows 10 and later do without"
    }
    Deletes 1302 {
        "A directive deletes or renames what may belong to others.",
        "remove it: a driver package only adds"
    }
    CoInstallers 1303 {
        "A registry entry names a co-installer.",
        "remove it: no co-installer runs for drivers of Windows 10 and later"
    }
    RegistryRoot 1304 {
        "A registry entry has another root than HKR.",
        "write below HKR, in the section of the device, class, interface or service that it is for"
    }
    Append 1305 {
        "A registry entry appends to a REG_MULTI_SZ.",
        "write the whole value (flags 0x10000) to a key of your own"
    }
    OutsideSystemRoot 1306 {
        "A file goes to a folder outside of the Windows folder.",
        "write DefaultDestDir = 13, the driver store"
    }
    NeedsOtherKind 1310 {
        "Needs names a section of another kind.",
        "name the section with the same ending as the one that has the Needs"
    }
    NeedsWithoutInclude 1313 {
        "Needs stands in a section without Include.",
        "add Include = file.inf to the same section"
    }
    NotIsolated 1322 {
        "A file leaves the driver store.",
        "write DefaultDestDir = 13, and %13% before the name of a binary"
    }
    PnpLockdown 1324 {
        "Programs may change the installed files.",
        "add PnpLockdown = 1 to [Version]"
    }
    TwoSources 1330 {
        "Two different files are copied to one place.",
        "give each its own name"
    }
    TwoValues 1331 {
        "Two sections write different data to one global registry value.",
        "write the same data, or to keys of the device (HKR)"
    }
    TwoServiceValues 1332 {
        "Two sections write different data to one registry value of a service.",
        "write the same data, or give the services different names"
    }
    TwoServices 1333 {
        "Two sections set one service up in different ways.",
        "let both name one section, or give the services different names"
    }
    Unreferenced 2083 {
        "Nobody names the section.",
        "remove the section, or name it where it is to be used"
    }
    Ignored 2222 {
        "Windows no longer reads the section.",
        "remove it"
    }
    NoArchitecture 2223 {
        "A models section is named without an architecture.",
        "write the decoration, such as NTamd64.10.0...22000: without it the models are for x86 alone"
    }
    NotInstallable 9000 {
        "The installation would fail.",
        "see Microsoft Learn, \"Specifying WDF Directives in INF Files\""
    }
    LibraryVersion 9001 {
        "UmdfLibraryVersion is no version.",
        "write a version such as 2.15.0, or run stampinf -u"
    }
    OutsideParameters 9002 {
        "A service's registry entry leaves its Parameters key.",
        "write HKR, Parameters, name, flags, data"
    }
    ForeignService 9003 {
        "A service is set up whose program is not in the package.",
        "install services of your own package alone; the reflector, WUDFRd, is the exception"
    }
    RunKey 9004 {
        "A program is to run when Windows starts or a user logs on.",
        "remove it: an installation on a device changes nothing that is not the device's"
    }
}

impl InfRule {
    /// How bad it is. This host's own rules are errors.
    pub const fn level(self) -> Level {
        match self.number() {
            WARNINGS_FROM..9000 => Level::Warning,
            _ => Level::Error,
        }
    }
}

impl Serialize for InfRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rule = serializer.serialize_struct("InfRule", 4)?;
        rule.serialize_field("rule", &self.number())?;
        rule.serialize_field("level", &self.level())?;
        rule.serialize_field("meaning", self.meaning())?;
        rule.serialize_field("mend", self.mend())?;
        rule.end()
    }
}

/// The rule that a file breaks which cannot be read.
pub(super) fn of_syntax(error: &InfError) -> InfRule {
    match error {
        InfError::Encoding => InfRule::Encoding,
        InfError::UndefinedString { .. } => InfRule::UndefinedString,
        _ => InfRule::Syntax,
    }
}
