//! Sets up the link of the driver: the WDK's way under the feature `wdk`, the ELF way otherwise; and for Windows, what
//! Explorer shows as the file's version.

use std::env;

use winresource::{VersionInfo, WindowsResource};

/// `VFT_DLL` (Microsoft Learn, "VERSIONINFO resource").
const FILE_TYPE_DLL: u64 = 2;

#[cfg(all(windows, feature = "wdk"))]
fn main() -> Result<(), wdk_build::ConfigError> {
    set_up();
    wdk_build::configure_wdk_binary_build()
}

#[cfg(not(all(windows, feature = "wdk")))]
fn main() {
    set_up();
}

/// Says which driver this build makes, and sets the ELF link up.
///
/// A build script runs on the host and is told about the target by Cargo: `cfg` speaks of the host,
/// `CARGO_CFG_*` of the target.
fn set_up() {
    println!("cargo::rerun-if-changed=build.rs");
    let for_windows = env::var_os("CARGO_CFG_WINDOWS").is_some();

    if cfg!(feature = "wdk") && !(cfg!(windows) && for_windows) {
        println!(
            "cargo::warning=the feature `wdk` needs Windows with a WDK; this is the portable build, which runs \
             in umdf-host only"
        );
    }
    if for_windows {
        embed_version();
    }
    if !cfg!(feature = "wdk") && for_windows {
        println!(
            "cargo::warning=built without the feature `wdk`: this driver runs in umdf-host only; `cargo make` \
             builds the one that Windows installs"
        );
    }
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        // The form for libraries does not reach an example that is one. Programs are none the worse for these two.
        //
        // The driver's own DriverEntry must win over one in the program that loads it.
        println!("cargo::rustc-link-arg=-Wl,-Bsymbolic");
        // Thread-local destructors outlive dlclose; code that stays mapped cannot be pulled from under them.
        println!("cargo::rustc-link-arg=-Wl,-z,nodelete");
    }
}

/// Puts a version resource into the driver: its version is the package's. The resource compiler comes with the linker:
/// `windres`, or `rc` of the Windows SDK.
fn embed_version() {
    let mut resource = WindowsResource::new();
    resource.set_version_info(VersionInfo::FILETYPE, FILE_TYPE_DLL);
    resource.set("FileDescription", env!("CARGO_PKG_DESCRIPTION"));
    resource.set("OriginalFilename", "edu_umdf.dll").set("InternalName", "edu_umdf");
    if let Err(error) = resource.compile() {
        panic!(
            "no version resource could be made ({error}): is there a windres, or the rc of the Windows SDK?"
        );
    }
}
