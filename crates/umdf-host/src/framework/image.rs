//! The driver's image: loading it and calling its entry point.

use std::path::Path;

use libloading::Library;
use wdk_portable::loader::FxDriverEntryUm;
use wdk_portable::{NTSTATUS, UNICODE_STRING};

use super::bind::{loader_context, loader_interface};
use crate::gate;
use crate::host::Host;

#[cfg(target_os = "linux")]
pub mod fresh;
#[cfg(target_os = "linux")]
pub mod libraries;

/// The driver object that DriverEntry gets: opaque for a driver, and not an address at all (see the
/// tag of handles).
const DRIVER_OBJECT: usize = 0x4EDE << 48;

/// Loads the driver's library for good: unloading a Rust library is not safe on every system.
pub fn load(host: &Host, path: &Path) -> FxDriverEntryUm {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let library = gate::load(&name, || {
        // SAFETY: the library's initialisers run; it is the driver that the user asked to run.
        unsafe { Library::new(path) }
    });
    let library = match library {
        Ok(library) => Box::leak(Box::new(library)),
        Err(error) => host.end(format!("{name} does not load: {error}")),
    };
    // SAFETY: the symbol has this type in every library built with `export_fx_driver_entry_um!`.
    match unsafe { library.get::<FxDriverEntryUm>(b"FxDriverEntryUm\0") } {
        Ok(entry) => *entry,
        Err(_) => host.end(format!(
            "{name} exports no FxDriverEntryUm: build the driver on wdk-portable and call export_fx_driver_entry_um!"
        )),
    }
}

/// Calls the entry point: it binds to the framework and calls DriverEntry.
pub fn driver_entry(host: &Host, entry: FxDriverEntryUm) -> NTSTATUS {
    let service = host.service();
    let path = format!("\\Registry\\Machine\\System\\CurrentControlSet\\Services\\{service}");
    let mut text: Vec<u16> = path.encode_utf16().collect();
    let Ok(bytes) = u16::try_from(text.len() * 2) else {
        host.end(format!("the service name {service} is too long: Windows allows 31 characters"));
    };
    let registry_path = UNICODE_STRING { Length: bytes, MaximumLength: bytes, Buffer: text.as_mut_ptr() };
    let driver_object = std::ptr::without_provenance_mut(DRIVER_OBJECT);
    gate::callback("DriverEntry", service, String::new(), || {
        // SAFETY: the loader interface lives for ever, the registry path until the call returns,
        // and a UMDF driver never looks into the driver object.
        unsafe { entry(loader_interface(), loader_context(), driver_object, &raw const registry_path) }
    })
}
