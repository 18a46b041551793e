//! The stamped INF, read by the set-up API (`crates/setup`): as it is, and broken in every way that is to be found.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::prefix::{Finished, RUN, finish, windows_path};
use super::{Bench, Found};
use crate::INF;

/// The device that the INF is for, and one that it is not for.
const ID: &str = r"PCI\VEN_1234&DEV_11E8";
const OTHER_ID: &str = r"PCI\VEN_1234&DEV_11E9";
/// What stampinf would write.
const DRIVER_VER: &str = concat!("11/25/2026,", env!("CARGO_PKG_VERSION"), ".0");
/// What a file in UTF-16 begins with.
const BOM: u16 = 0xfeff;
/// The driver's file.
const DRIVER: &str = "edu_umdf.dll";
/// An INF for Wine's folder of such files: what `WUDFRD.inf` is on Windows.
const MORE: (&str, &str) = (
    "edu_more.inf",
    "[Version]\r\nSignature = \"$WINDOWS NT$\"\r\n\
     [More.NT]\r\nAddReg = More_AddReg\r\nNeeds = Deeper.NT\r\n[Deeper.NT]\r\nAddReg = More_AddReg\r\n\
     [More_AddReg]\r\nHKR,,More,,1\r\n\
     [Broken.NT]\r\nAddReg = Nowhere\r\n[Circle.NT]\r\nNeeds = Round.NT\r\n[Round.NT]\r\nNeeds = Circle.NT\r\n",
);
/// What is changed in the INF, and what is said then.
const BROKEN: &[(&[(&str, &str)], &str)] = &[
    (&[("[Edu_HW_AddReg]", "[Edu_HW]")], "[Edu_HW_AddReg] is not there"),
    (&[("[Edu_UmdfService]", "[Edu_Service]")], "[Edu_UmdfService] is not there"),
    (&[("[Edu_W11.NT.HW]", "[Edu_W11.HW]")], "[Edu_W11.NT.HW] is not there"),
    (&[("edu_umdf.dll = 1", "other.dll = 1")], "edu_umdf.dll is not in [SourceDisksFiles]"),
    (&[("1 = %DiskName%", "2 = %DiskName%")], "or its disk is not in [SourceDisksNames]"),
    (&[(r"%13%\edu_umdf.dll", r"%13%\other.dll")], "other.dll is the driver, and is not copied"),
    (&[("= WUDFRD.inf", "= nothing.inf")], "includes nothing.inf, which is not there"),
    (&[("= WUDFRD.inf", "= edu_more.inf")], "[WUDFRD.NT] is not there"),
    (&[("= WUDFRD.inf", "= edu_more.inf"), ("= WUDFRD.NT", "= Broken.NT")], "[Nowhere] is not there"),
    (&[("= WUDFRD.inf", "= edu_more.inf"), ("= WUDFRD.NT", "= Circle.NT")], "[Circle.NT] needs itself"),
];
/// What the host's reader has instead, and what is said then.
const OTHERWISE: &[((&str, &str), &str)] = &[
    (("[Edu_HW_AddReg]", "[Edu_Nothing]\r\n[Edu_HW_AddReg]"), "sections: the set-up API has"),
    (("[EduClass_AddReg]", "[EduClass_AddReg]\r\nHKR,,More,,1"), "lines, the host"),
    (("Icon,,-18", "Icon,,-19"), "the set-up API has"),
];

/// The files that are installed.
struct Package<'a> {
    bench: &'a Bench<'a>,
    folder: PathBuf,
    /// The stamped INF.
    text: String,
}

impl<'a> Package<'a> {
    fn new(bench: &'a Bench) -> Result<Self> {
        let folder = bench.folder.join("package");
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let inf = folder.join("edu_umdf.inf");
        let mut stamp = Command::new(&bench.native.host);
        stamp.args(["inf", "stamp"]).arg(bench.root.join(INF)).arg(&inf).args(["--driver-ver", DRIVER_VER]);
        let stamped = finish(&mut stamp, &bench.folder.join("stamp"), RUN)?;
        ensure!(stamped.status.success(), "the INX cannot be stamped: {}", stamped.errors);
        let bytes = fs::read(&inf).with_context(|| inf.display().to_string())?;
        let text = from_utf_16(&bytes).context("a stamped INF is UTF-16, and begins with FF FE")?;
        let package = Self { bench, folder, text };
        package.add_driver()?;
        Ok(package)
    }

    fn add_driver(&self) -> Result<()> {
        let driver = self.folder.join(DRIVER);
        fs::copy(&self.bench.windows.driver, &driver).with_context(|| driver.display().to_string())?;
        Ok(())
    }

    /// The INF with changes, as a file of that name.
    fn inf(&self, name: &str, changes: &[(&str, &str)]) -> Result<PathBuf> {
        let mut text = self.text.clone();
        for (old, new) in changes {
            ensure!(text.contains(old), "the stamped INF has no {old}");
            text = text.replace(old, new);
        }
        let inf = self.folder.join(name);
        let bytes: Vec<u8> =
            [BOM].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        fs::write(&inf, bytes).with_context(|| inf.display().to_string())?;
        Ok(inf)
    }

    /// Has the set-up API install an INF; `for_host` is what the host's reader reads instead.
    fn install(&self, inf: &Path, id: &str, for_host: Option<&Path>, name: &str) -> Result<Finished> {
        let mut command = self.bench.prefix.command(&self.bench.windows.setup);
        command.arg(windows_path(inf)).arg(id).args(for_host.map(windows_path));
        finish(&mut command, &self.bench.folder.join(format!("setup-{name}")), RUN)
    }
}

/// Has it read, its files copied, and what is broken found.
pub fn reads(bench: &Bench) -> Found {
    let system = bench.prefix.infs();
    let more = system.join(MORE.0);
    fs::write(&more, MORE.1).with_context(|| more.display().to_string())?;

    let package = Package::new(bench)?;
    let inf = package.folder.join("edu_umdf.inf");
    let read = package.install(&inf, ID, None, "good")?;
    ensure!(read.status.success(), "the set-up API has other views ({}):\n{}", read.status, read.errors);
    // With its includes there, more is found, and nothing is left out.
    let included = package.inf(
        "included.inf",
        &[
            ("= WUDFRD.inf", "= edu_more.inf"),
            ("= WUDFRD.NT.HW", "= More.NT"),
            ("= WUDFRD.NT.Services", "= More.NT"),
            ("= WUDFRD.NT\r", "= More.NT\r"),
        ],
    )?;
    let followed = package.install(&included, ID, None, "included")?;
    ensure!(followed.status.success(), "what the INF includes is not followed:\n{}", followed.errors);
    let (here, there) = (sections(&read)?, sections(&followed)?);
    // Three sections need [More.NT], which needs another one; both name a third.
    ensure!(there == here + 12, "with what the INF includes, {there} sections are named, {here} without");
    ensure!(!followed.output.contains("not here"), "an include is not followed: {}", followed.output);

    let mut wrong = Vec::new();
    let mut hold = |what: &str, finished: &Finished, words: &str| {
        if finished.status.success() || !finished.errors.contains(words) {
            wrong.push(format!("{what}: not \"{words}\", but {}: {}", finished.output, finished.errors));
        }
    };
    hold("another device", &package.install(&inf, OTHER_ID, None, "other")?, "no model has the ID");
    for (number, (changes, words)) in BROKEN.iter().enumerate() {
        let name = format!("broken-{number}");
        let broken = package.inf(&format!("{name}.inf"), changes)?;
        hold(&format!("{changes:?}"), &package.install(&broken, ID, None, &name)?, words);
    }
    for (number, (change, words)) in OTHERWISE.iter().enumerate() {
        let name = format!("otherwise-{number}");
        let other = package.inf(&format!("{name}.inf"), &[*change])?;
        hold(&format!("{change:?}"), &package.install(&inf, ID, Some(&other), &name)?, words);
    }
    let driver = package.folder.join(DRIVER);
    fs::remove_file(&driver).with_context(|| driver.display().to_string())?;
    hold("no driver", &package.install(&inf, ID, None, "no-driver")?, "edu_umdf.dll is not there");
    package.add_driver()?;

    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    Ok(Ok(format!(
        "The set-up API reads the INF as the host does: {}; {} broken ones are found out",
        read.output.trim_end(),
        BROKEN.len() + OTHERWISE.len() + 2
    )))
}

/// The text of a file as stampinf writes it.
fn from_utf_16(bytes: &[u8]) -> Option<String> {
    let (units, []) = bytes.as_chunks() else { return None };
    let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    let (first, text) = units.split_first()?;
    if *first == BOM { String::from_utf16(text).ok() } else { None }
}

/// How many sections were named.
fn sections(finished: &Finished) -> Result<u32> {
    let words: Vec<&str> = finished.output.split(' ').collect();
    let count = words.windows(3).find(|words| words[1..] == ["sections", "named,"]);
    let count = count.and_then(|words| words[0].parse().ok());
    count.with_context(|| format!("setup does not say what it found: {}", finished.output))
}
