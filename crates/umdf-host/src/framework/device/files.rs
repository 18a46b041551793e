//! `wdfdevice.h`: what a driver wants to know of the files on its device.

use wdk_portable::{
    _WDF_FILEOBJECT_CLASS as Class, _WDF_SYNCHRONIZATION_SCOPE as Scope, _WDF_TRI_STATE as Tri,
    PWDF_FILEOBJECT_CONFIG, PWDF_OBJECT_ATTRIBUTES, PWDFDEVICE_INIT, WDF_FILEOBJECT_CLASS,
    WDF_FILEOBJECT_CONFIG, WDF_OBJECT_ATTRIBUTES,
};

use super::super::attributes::Allowed;
use super::super::{Handle, Objects, Pointer, Stop, serialize};
use super::{Device, DeviceInit, check_attributes, structure};
use crate::host::Host;
use crate::rules::Rule;

/// What the attributes of file objects may say.
pub const ALLOWED: Allowed = Allowed { parent_required: false, parent: false, level: true, scope: true };

/// `WdfDeviceInitSetFileObjectConfig`.
pub struct FileConfig {
    /// Callbacks and class.
    pub config: WDF_FILEOBJECT_CONFIG,
    /// Attributes for each file object, as the driver gave them; they are read at each open.
    pub attributes: Option<WDF_OBJECT_ATTRIBUTES>,
}

// SAFETY: the attributes point at the driver's context type information, a static of its image.
unsafe impl Send for FileConfig {}

impl FileConfig {
    /// Whether each open gets a WDFFILEOBJECT. Without one the callbacks are called with NULL.
    pub fn makes_objects(&self) -> bool {
        self.config.FileObjectClass != Class::WdfFileObjectNotRequired
    }
}

/// The object whose lock serializes the callbacks about files. Without attributes of their own files do not
/// inherit the scope of the device (`fxpkggeneral.cpp`).
pub fn lock(objects: &Objects, device: Handle) -> Option<Handle> {
    match objects.get::<Device>(device)?.files.as_ref()?.attributes?.SynchronizationScope {
        Scope::WdfSynchronizationScopeDevice => Some(device),
        Scope::WdfSynchronizationScopeInheritFromParent => serialize::device_lock_of(objects, device),
        _ => None,
    }
}

/// The class that UMDF makes of the given one, if it is one: it keeps no handle in `FsContext` or `FsContext2`.
fn class_of(given: WDF_FILEOBJECT_CLASS) -> Option<WDF_FILEOBJECT_CLASS> {
    let optional = given & Class::WdfFileObjectCanBeOptional;
    let plain = given & !Class::WdfFileObjectCanBeOptional;
    let stores = plain != Class::WdfFileObjectNotRequired;
    let known =
        (Class::WdfFileObjectNotRequired..=Class::WdfFileObjectWdfCannotUseFsContexts).contains(&plain);
    let possible = known && (optional == 0 || stores);
    possible.then_some(if stores { Class::WdfFileObjectWdfCannotUseFsContexts | optional } else { plain })
}

ddi! {
    /// Registers the file callbacks.
    fn WdfDeviceInitSetFileObjectConfig(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        FileObjectConfig: PWDF_FILEOBJECT_CONFIG,
        FileObjectAttributes: PWDF_OBJECT_ATTRIBUTES,
    ) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        let mut config = structure(host, FileObjectConfig, "FileObjectConfig")?;
        check_attributes(host, &state, FileObjectAttributes, "FileObjectAttributes", ALLOWED)?;
        let forward = config.AutoForwardCleanupClose;
        if !(Tri::WdfFalse..=Tri::WdfUseDefault).contains(&forward) {
            let message = format!("AutoForwardCleanupClose is {forward}, no WDF_TRI_STATE");
            return Err(host.violation(Rule::ArgumentInvalid, message));
        }
        let Some(class) = class_of(config.FileObjectClass) else {
            let message = format!("FileObjectClass is {:#x}, no WDF_FILEOBJECT_CLASS", config.FileObjectClass);
            return Err(host.violation(Rule::ArgumentInvalid, message));
        };
        config.FileObjectClass = class;
        let attributes = given(host, FileObjectAttributes)?;
        if let Some(init) = state.objects.get_mut::<DeviceInit>(init) {
            init.files = Some(FileConfig { config, attributes });
        }
        Ok(())
    }
}

fn given(
    host: &Host,
    attributes: Pointer<WDF_OBJECT_ATTRIBUTES>,
) -> Result<Option<WDF_OBJECT_ATTRIBUTES>, Stop> {
    if attributes.is_null() { Ok(None) } else { attributes.read(host, "FileObjectAttributes").map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_class_keeps_a_handle_in_the_file() {
        let (none, optional) =
            (Class::WdfFileObjectWdfCannotUseFsContexts, Class::WdfFileObjectCanBeOptional);
        for given in [Class::WdfFileObjectWdfCanUseFsContext, Class::WdfFileObjectWdfCanUseFsContext2, none] {
            assert_eq!(class_of(given), Some(none));
            assert_eq!(class_of(given | optional), Some(none | optional));
        }
        assert_eq!(class_of(Class::WdfFileObjectNotRequired), Some(Class::WdfFileObjectNotRequired));
    }

    #[test]
    fn what_is_no_class_is_refused() {
        let optional = Class::WdfFileObjectCanBeOptional;
        let none = Class::WdfFileObjectInvalid;
        for given in [none, 5, none | optional, 5 | optional, Class::WdfFileObjectNotRequired | optional] {
            assert_eq!(class_of(given), None, "{given:#x}");
        }
    }
}
