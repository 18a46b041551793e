//! The client's part of `docs/add-an-ioctl.md`: it is built too, and asks the driver.

use std::env;
use std::error::Error;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use toml::{Table, Value};
use umdf_host::scenario::Scenario;
use umdf_host::{Run, Service, Told};

use crate::{ROOT, apply, copy};

/// The client, and what it is made of.
const CLIENT: &str = "crates/eductl";
const PARTS: &[&str] = &["crates/edu-interface", "crates/serve-wire"];
/// Longest wait for a device.
const PATIENCE: Duration = Duration::from_mins(1);
/// A device that clients may ask.
const SERVED: &str = "title = 'served'\n[device]\nmodel = 'edu'\n[[step]]\ndo = 'start'";

/// Builds the client with the patch; the answer is its program.
pub fn build(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let members: Vec<&str> = PARTS.iter().copied().chain([CLIENT]).collect();
    let patched = workspace(&format!("{name}-client"), &members)?;
    let includes = members.iter().map(|member| format!("{member}/*")).collect::<Vec<_>>();
    apply(&Path::new(ROOT).join(format!("docs/porting/{name}.patch")), &patched, &includes)?;
    build_program(&patched, "eductl")
}

/// Copies some packages of this workspace to a workspace of their own in a folder of this name, which is the answer.
fn workspace(name: &str, members: &[&str]) -> Result<PathBuf, Box<dyn Error>> {
    let (root, folder) = (Path::new(ROOT), Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
    for member in members {
        let (from, to) = (root.join(member), folder.join(member));
        if to.exists() {
            copy::remove_others(&from, &to)?;
        }
        copy::copy_folder(&from, &to, &|_, text| text)?;
    }
    let manifest: Table = fs::read_to_string(root.join("Cargo.toml"))?.parse()?;
    let mut manifest: Table = manifest.into_iter().filter(|(name, _)| name == "workspace").collect();
    let members = members.iter().map(|member| Value::String((*member).into())).collect();
    copy::table(manifest.get_mut("workspace"))?.insert("members".into(), Value::Array(members));
    copy::write(&folder.join("Cargo.toml"), &manifest.to_string())?;
    if !folder.join("Cargo.lock").exists() {
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    Ok(folder)
}

/// Builds a program of such a workspace, which is the answer.
fn build_program(folder: &Path, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let target = folder.with_file_name("copies");
    let mut cargo = Command::new(cargo);
    cargo.args(["build", "--quiet", "--package", name, "--target-dir"]).arg(&target).current_dir(folder);
    // Nobody debugs it.
    let built = cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").output()?;
    let told = String::from_utf8_lossy(&built.stderr);
    if !built.status.success() || told.contains("warning") {
        return Err(format!("cargo: {}\n{told}", built.status).into());
    }
    Ok(target.join("debug").join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// Has the client ask a driver.
pub fn asks(client: &Path, driver: PathBuf) -> Result<(), Box<dyn Error>> {
    let service = Service::listen(([127, 0, 0, 1], 0).into())?;
    let remote = service.remote();
    let (send, ready) = channel();
    let scenario = Scenario::parse(SERVED, Path::new("inline"))?;
    let inf = Path::new(ROOT).join("inf/edu_umdf.inx");
    let run = thread::spawn(move || {
        Run::new(driver, inf, scenario).serve(service, &mut |told| {
            if let Told::Ready(address) = told {
                // Nobody waits any more if it took too long.
                let _ = send.send(*address);
            }
        })
    });
    let answers = ready.recv_timeout(PATIENCE).map_err(Into::into).and_then(|address| ask(client, address));
    remote.quit();
    let report = run.join().expect("it does not panic")?;
    answers?;
    assert_eq!((report.violations.as_slice(), report.mapped.len()), ([].as_slice(), 1), "{report}");
    assert_eq!(report.mapped, report.unmapped, "{report}");
    Ok(())
}

fn ask(client: &Path, address: SocketAddr) -> Result<(), Box<dyn Error>> {
    let told = |command: &[&str]| {
        let asked = Command::new(client).args(["--connect", &address.to_string()]).args(command).output();
        let asked = asked.map_err(|error| error.to_string())?;
        let told = String::from_utf8_lossy(&asked.stdout).into_owned();
        if asked.status.success() {
            Ok(told)
        } else {
            Err(format!("{command:?}: {}\n{told}{}", asked.status, String::from_utf8_lossy(&asked.stderr)))
        }
    };
    let told = |command: &[&str]| told(command).map_err(Box::<dyn Error>::from);
    told(&["factorial", "5"])?;
    assert_eq!(told(&["raised"])?, "raised  0x0\n");
    assert_eq!(told(&["--json", "raised"])?, "{\"schema\":\"eductl.raised.1\",\"bits\":0}\n");
    let tested = told(&["self-test"])?;
    assert!(tested.contains("what is raised, with an input"), "{tested}");
    Ok(())
}
