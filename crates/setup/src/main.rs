//! Reads an INF through Windows' set-up API, holds it against what the host's own reader finds, and copies its files
//! as an installation does. Windows alone has that API; `cargo xtask wine` runs this under Wine.
//!
//! `setup <INF> <hardware ID> [<INF for the host's reader>]`. The files of the package lie beside the INF. A third
//! argument shows that a difference is found: the host's reader reads that one then.

#[cfg(windows)]
mod compare;
#[cfg(windows)]
mod install;
#[cfg(windows)]
mod setupapi;

#[cfg(windows)]
fn main() -> anyhow::Result<()> {
    use anyhow::Context;

    let mut arguments = std::env::args_os().skip(1);
    let (inf, id) = arguments.next().zip(arguments.next()).context("name the INF and a hardware ID")?;
    let (inf, id) = (std::path::PathBuf::from(inf), id.to_string_lossy().into_owned());
    let file = setupapi::InfFile::open(&inf)?;
    let for_host = arguments.next().map_or_else(|| inf.clone(), Into::into);
    let read = compare::compare(&file, &std::fs::read(&for_host)?)?;
    let installed = install::install(&file, &inf, &id)?;
    println!("{read}, {installed}");
    Ok(())
}

#[cfg(not(windows))]
fn main() -> std::process::ExitCode {
    eprintln!("setup: this is for Windows, `cargo xtask wine` runs it");
    std::process::ExitCode::from(2)
}
