//! What a Windows binary must and must not contain.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use memchr::memmem;
use object::read::pe::PeFile64;

/// All that the driver exports.
const EXPORTS: &[&str] = &["DriverEntry", "FxDriverEntryUm"];

/// Checks that the driver exports its two entry points and nothing else.
pub fn check_exports(library: &[u8]) -> Result<()> {
    let exports = exports(library)?;
    ensure!(exports == EXPORTS, "it exports {exports:?} instead of {EXPORTS:?}");
    Ok(())
}

/// The names of a DLL's exports, in order. One without a name is told by its number.
fn exports(library: &[u8]) -> Result<Vec<String>> {
    let file = PeFile64::parse(library).context("it is no 64-bit PE file")?;
    let Some(table) = file.export_table().context("its export table is damaged")? else {
        return Ok(Vec::new());
    };
    let exports = table.exports().context("its export table is damaged")?;
    let mut names: Vec<String> = exports
        .iter()
        .map(|export| {
            let number = || format!("#{}", export.ordinal);
            export.name.map_or_else(number, |name| String::from_utf8_lossy(name).into_owned())
        })
        .collect();
    names.sort();
    Ok(names)
}

/// Folders of the build machine that the compiler would write into a binary.
pub struct BuildPaths<'a> {
    root: &'a Path,
    registry: PathBuf,
    rust: &'a Path,
}

impl<'a> BuildPaths<'a> {
    /// The checkout, the registry of cargo, and the sources of Rust's own libraries.
    pub fn new(root: &'a Path, rust: &'a Path) -> Result<Self> {
        let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
        let cargo = cargo.or_else(|| Some(env::home_dir()?.join(".cargo")));
        let cargo = cargo.context("set CARGO_HOME: where does cargo keep its registry?")?;
        Ok(Self { root, registry: cargo.join("registry/src"), rust })
    }

    /// The compiler's flags that put other names in their place, as `CARGO_ENCODED_RUSTFLAGS` takes them.
    pub fn compiler_flags(&self) -> OsString {
        let names = [(self.root, "/edu-umdf"), (&self.registry, "/registry"), (self.rust, "/rust")];
        let flags = names.map(|(folder, name)| {
            let mut flag = OsString::from("--remap-path-prefix=");
            flag.push(folder);
            flag.push("=");
            flag.push(name);
            flag
        });
        flags.join("\x1f".as_ref())
    }

    /// Checks that a binary names none of them.
    pub fn check_absent(&self, binary: &[u8]) -> Result<()> {
        // Not the root itself: that may be a short word which other paths contain.
        let in_root = ["src", "crates", "target"].map(|folder| self.root.join(folder));
        for folder in in_root.iter().map(PathBuf::as_path).chain([self.registry.as_path(), self.rust]) {
            let name = format!("{}/", folder.display());
            ensure!(
                memmem::find(binary, name.as_bytes()).is_none(),
                "it names {name}, a folder of the machine that built it"
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the one section of [`library`] lies in memory.
    const SECTION: u32 = 0x1000;

    /// A 64-bit PE file with nothing but an export table. Offsets as in Microsoft Learn, "PE Format".
    fn library(names: &[&str]) -> Vec<u8> {
        let count = u32::try_from(names.len()).unwrap();
        // The table's header, addresses, pointers to names, numbers, then the names.
        let (addresses, pointers, ordinals) =
            (SECTION + 40, SECTION + 40 + 4 * count, SECTION + 40 + 8 * count);
        let mut table = vec![0; 16];
        for word in [1, count, count, addresses, pointers, ordinals] {
            table.extend(u32::to_le_bytes(word));
        }
        table.extend((0..count).flat_map(|index| u32::to_le_bytes(0x5000 + index)));
        let mut text = Vec::new();
        for name in names {
            table.extend(u32::to_le_bytes(ordinals + 2 * count + u32::try_from(text.len()).unwrap()));
            text.extend(name.bytes().chain([0]));
        }
        table.extend((0..u16::try_from(count).unwrap()).flat_map(u16::to_le_bytes));
        table.extend(text);
        let size = u32::try_from(table.len()).unwrap();

        let mut file = vec![0; 0x200];
        let mut put = |at: usize, bytes: &[u8]| file[at..][..bytes.len()].copy_from_slice(bytes);
        put(0, b"MZ");
        put(0x3C, &0x40_u32.to_le_bytes());
        put(0x40, b"PE\0\0");
        // x86-64, one section, the size of the optional header.
        put(0x44, &0x8664_u16.to_le_bytes());
        put(0x46, &1_u16.to_le_bytes());
        put(0x54, &240_u16.to_le_bytes());
        // PE32+, alignments, 16 data directories, of which the first is the export table.
        put(0x58, &0x20B_u16.to_le_bytes());
        put(0x78, &0x1000_u32.to_le_bytes());
        put(0x7C, &0x200_u32.to_le_bytes());
        put(0xC4, &16_u32.to_le_bytes());
        put(0xC8, &SECTION.to_le_bytes());
        put(0xCC, &size.to_le_bytes());
        // The section: size and place in memory, size and place in the file.
        for (at, word) in [(0x150, size), (0x154, SECTION), (0x158, size), (0x15C, 0x200)] {
            put(at, &word.to_le_bytes());
        }
        file.extend(table);
        file
    }

    #[test]
    fn the_driver_exports_its_two_entry_points() {
        assert!(check_exports(&library(&["FxDriverEntryUm", "DriverEntry"])).is_ok());
        for (names, told) in [
            (&["DriverEntry", "FxDriverEntryUm", "rust_eh_personality"][..], "rust_eh_personality"),
            (&["DriverEntry"], r#"["DriverEntry"]"#),
            (&["DriverEntri", "FxDriverEntryUm"], "DriverEntri"),
            (&[], "[]"),
        ] {
            let error = check_exports(&library(names)).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn what_is_no_pe_file_is_refused() {
        let whole = library(&["DriverEntry", "FxDriverEntryUm"]);
        assert!(check_exports(b"\x7fELF").is_err());
        assert!(check_exports(&[]).is_err());
        assert!((0..whole.len()).all(|length| check_exports(&whole[..length]).is_err()));
    }

    #[test]
    fn folders_of_the_build_machine_are_replaced_and_looked_for() {
        let (root, rust) = (Path::new("/src"), Path::new("/usr/lib/rustlib/src/rust"));
        let paths = BuildPaths { root, registry: "/home/me/.cargo/registry/src".into(), rust };
        let flags = paths.compiler_flags().into_string().unwrap();
        let flags: Vec<&str> = flags.split('\x1f').collect();
        assert_eq!(
            flags,
            [
                "--remap-path-prefix=/src=/edu-umdf",
                "--remap-path-prefix=/home/me/.cargo/registry/src=/registry",
                "--remap-path-prefix=/usr/lib/rustlib/src/rust=/rust",
            ]
        );
        assert!(paths.check_absent(b"\0/rust/library/core/src/str.rs/registry/clap/src/lib.rs\0").is_ok());
        for named in
            ["/src/crates/x/src/lib.rs", "/home/me/.cargo/registry/src/x", "/usr/lib/rustlib/src/rust/y"]
        {
            let error = paths.check_absent(format!("\0{named}\0").as_bytes()).unwrap_err().to_string();
            assert!(error.contains("a folder of the machine"), "{error}");
        }
    }
}
