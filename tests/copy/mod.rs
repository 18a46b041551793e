//! A copy of the driver, and of its interface to programs, with changes in the source; built as a package of its own.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use toml::{Table, Value};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// The interface between driver and programs, from the root of either.
const INTERFACE: &str = "crates/edu-interface";

/// Copies the driver to a folder of this name. `change` gets the path of each source file and its text. The answer is
/// the folder.
///
/// It stays, and all copies are built in the same place for release: so only the first build takes long.
pub fn make(name: &str, change: &dyn Fn(&Path, String) -> String) -> Result<PathBuf, Box<dyn Error>> {
    let (root, copy) = (Path::new(ROOT), Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
    let source = copy.join("src");
    if source.exists() {
        remove_others(&root.join("src"), &source)?;
    }
    copy_folder(&root.join("src"), &source, change)?;
    copy_folder(&root.join(INTERFACE), &copy.join(INTERFACE), &|_, text| text)?;
    write(&copy.join("build.rs"), &fs::read_to_string(root.join("build.rs"))?)?;
    write(&copy.join("Cargo.toml"), &manifest(root, &library(&copy))?)?;
    if !copy.join("Cargo.lock").exists() {
        fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock"))?;
    }
    Ok(copy)
}

/// Builds a copy, without warnings; the answer is its library.
pub fn build(copy: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let (library, told) = compile(copy)?;
    if told.contains("warning") { Err(told.into()) } else { Ok(library) }
}

/// Builds a copy; the answer is its library, and what the compiler told.
pub fn compile(copy: &Path) -> Result<(PathBuf, String), Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let target = copy.with_file_name("copies");
    let built = Command::new(cargo)
        .args(["build", "--release", "--lib", "--quiet", "--target-dir"])
        .arg(&target)
        .current_dir(copy)
        .output()?;
    let told = String::from_utf8_lossy(&built.stderr);
    if !built.status.success() {
        return Err(format!("cargo: {}\n{told}", built.status).into());
    }
    let file = format!("{}{}{}", env::consts::DLL_PREFIX, library(copy), env::consts::DLL_SUFFIX);
    Ok((target.join("release").join(file), told.into_owned()))
}

/// What the library of a copy is called: each in its own way, since they are built in the same place.
fn library(copy: &Path) -> String {
    copy.file_name().unwrap_or_default().to_string_lossy().replace('-', "_")
}

/// The driver's manifest for a workspace of its own, elsewhere, without tests, benchmarks and examples.
fn manifest(root: &Path, library: &str) -> Result<String, Box<dyn Error>> {
    let mut manifest: Table = fs::read_to_string(root.join("Cargo.toml"))?.parse()?;
    for tests in ["dev-dependencies", "test", "bench", "example"] {
        manifest.remove(tests);
    }
    table(manifest.get_mut("lib"))?.insert("name".into(), library.into());
    for (_, target) in table(manifest.get_mut("target"))?.iter_mut() {
        table(Some(target))?.remove("dev-dependencies");
    }
    let workspace = table(manifest.get_mut("workspace"))?;
    workspace.insert("members".into(), Value::Array(Vec::new()));
    for (_, dependency) in table(workspace.get_mut("dependencies"))?.iter_mut() {
        if let Some(Value::String(path)) = dependency.get_mut("path")
            && path != INTERFACE
        {
            *path = root.join(&*path).display().to_string();
        }
    }
    Ok(manifest.to_string())
}

/// A table of a manifest.
pub fn table(value: Option<&mut Value>) -> Result<&mut Table, &'static str> {
    value.and_then(Value::as_table_mut).ok_or("the manifest is another one")
}

/// Copies the files that changed, so that cargo builds only if there are any.
pub fn copy_folder(from: &Path, to: &Path, change: &dyn Fn(&Path, String) -> String) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (path, to) = {
            let entry = entry?;
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy_folder(&path, &to, change)?;
        } else {
            write(&to, &change(&path, fs::read_to_string(&path)?))?;
        }
    }
    Ok(())
}

/// Removes files that the driver no longer has.
pub fn remove_others(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(to)? {
        let (path, from) = {
            let entry = entry?;
            (entry.path(), from.join(entry.file_name()))
        };
        if !from.exists() {
            if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
        } else if path.is_dir() {
            remove_others(&from, &path)?;
        }
    }
    Ok(())
}

/// Writes a file if that changes it.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) { Ok(()) } else { fs::write(path, text) }
}
