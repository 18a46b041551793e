//! `wdfdevice.h`: device init, the device object, and the mapping of its registers.

use wdk_portable::{
    _MEMORY_CACHING_TYPE, _WDF_DEVICE_IO_TYPE, ACCESS_MASK, GUID, MEMORY_CACHING_TYPE, NTSTATUS,
    PCUNICODE_STRING, PHYSICAL_ADDRESS, PVOID, PWDF_FILEOBJECT_CONFIG, PWDF_OBJECT_ATTRIBUTES,
    PWDF_PNPPOWER_EVENT_CALLBACKS, PWDFDEVICE_INIT, SIZE_T, STATUS_INVALID_DEVICE_STATE,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, ULONG, WDF_DEVICE_IO_TYPE, WDF_FILEOBJECT_CONFIG,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDFDEVICE, WDFDRIVER, WDFKEY,
};

use super::attributes::{self, Allowed, Attributes};
use super::hwaccess::Registers;
use super::io::Routes;
use super::pointer::quad_part;
use super::registry::Key;
use super::{Handle, Stop};
use crate::history::Event;
use crate::hive::Root;

/// `DeviceInstanceKeyType` of `WdfDeviceOpenRegistryKey` (`wdm.h`): the hardware key.
const PLUGPLAY_REGKEY_DEVICE: u32 = 1;
/// The driver's software key.
const PLUGPLAY_REGKEY_DRIVER: u32 = 2;

/// What EvtDriverDeviceAdd fills before the device exists.
#[derive(Default)]
pub struct DeviceInit {
    callbacks: WDF_PNPPOWER_EVENT_CALLBACKS,
    files: Option<FileConfig>,
}

/// `WdfDeviceInitSetFileObjectConfig`.
pub struct FileConfig {
    /// Callbacks and class.
    pub config: WDF_FILEOBJECT_CONFIG,
    /// Attributes for each file object, as the driver gave them; they are read at each open.
    pub attributes: Option<wdk_portable::WDF_OBJECT_ATTRIBUTES>,
}

// SAFETY: the attributes point at the driver's context type information, a static of its image.
unsafe impl Send for FileConfig {}

/// The device object.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one device")]
pub struct Device {
    /// PnP and power callbacks.
    pub callbacks: WDF_PNPPOWER_EVENT_CALLBACKS,
    /// What the driver wants to know of files; `None`: no file objects.
    pub files: Option<FileConfig>,
    /// Where requests go that no other queue takes.
    pub default_queue: Option<Handle>,
    /// It has a device interface.
    pub has_interface: bool,
    /// Applications can find its interfaces.
    pub interfaces_enabled: bool,
    /// The register and port tables.
    pub registers: Registers,
    /// The PnP state is not Init any more.
    pub started: bool,
    /// Power-managed queues may present requests.
    pub presenting: bool,
    /// No new request is taken.
    pub removed: bool,
    /// Where requests of a type go that do not go to the default queue.
    pub routes: Routes,
    /// How many applications have it open.
    pub opens: usize,
}

ddi! {
    /// Registers the PnP and power callbacks.
    fn WdfDeviceInitSetPnpPowerEventCallbacks(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        PnpPowerEventCallbacks: PWDF_PNPPOWER_EVENT_CALLBACKS,
    ) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        let callbacks = PnpPowerEventCallbacks.read_sized(host, "PnpPowerEventCallbacks")?;
        if let Some(init) = state.objects.get_mut::<DeviceInit>(init) {
            init.callbacks = callbacks;
        }
        Ok(())
    }

    /// Registers the file callbacks.
    fn WdfDeviceInitSetFileObjectConfig(
        host,
        DeviceInit: PWDFDEVICE_INIT,
        FileObjectConfig: PWDF_FILEOBJECT_CONFIG,
        FileObjectAttributes: PWDF_OBJECT_ATTRIBUTES,
    ) {
        let mut state = host.state();
        let init = state.objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        let config = FileObjectConfig.read_sized(host, "FileObjectConfig")?;
        let attributes = if FileObjectAttributes.is_null() {
            None
        } else {
            let allowed = Allowed { level: true, scope: true, ..Allowed::default() };
            attributes::check(host, &state.objects, FileObjectAttributes, allowed)?;
            Some(FileObjectAttributes.read(host, "FileObjectAttributes")?)
        };
        if let Some(init) = state.objects.get_mut::<DeviceInit>(init) {
            init.files = Some(FileConfig { config, attributes });
        }
        Ok(())
    }

    /// Chooses how buffers reach the driver. Every request is buffered here, which is what UMDF
    /// gives unless all drivers of the stack ask for direct access.
    fn WdfDeviceInitSetIoType(host, DeviceInit: PWDFDEVICE_INIT, IoType: WDF_DEVICE_IO_TYPE) {
        host.state().objects.resolve::<DeviceInit>(host, DeviceInit, "DeviceInit")?;
        let known = [
            _WDF_DEVICE_IO_TYPE::WdfDeviceIoBuffered,
            _WDF_DEVICE_IO_TYPE::WdfDeviceIoDirect,
            _WDF_DEVICE_IO_TYPE::WdfDeviceIoBufferedOrDirect,
        ];
        if known.contains(&IoType) { Ok(()) } else { Err(Stop::NoEffect) }
    }

    /// Makes the device object and uses the device init up.
    fn WdfDeviceCreate(
        host,
        DeviceInit: *mut PWDFDEVICE_INIT,
        DeviceAttributes: PWDF_OBJECT_ATTRIBUTES,
        Device: *mut WDFDEVICE,
    ) -> NTSTATUS {
        let mut state = host.state();
        let given = DeviceInit.read(host, "DeviceInit")?;
        // SAFETY: a handle is never dereferenced.
        let given = unsafe { super::Pointer::new(given) };
        given.require(host, "*DeviceInit")?;
        let init = state.objects.resolve::<DeviceInit>(host, given, "*DeviceInit")?;
        Device.require(host, "Device")?;
        let allowed = Allowed { level: true, scope: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, DeviceAttributes, allowed)?;
        if state.device.is_some() {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_STATE));
        }
        let Some(given) = state.objects.get_mut::<DeviceInit>(init).map(std::mem::take) else {
            return Err(Stop::NoEffect);
        };
        // Used up: a handle that the driver kept is stale from here on.
        state.objects.remove(host, init);
        let body = Device {
            callbacks: given.callbacks,
            files: given.files,
            registers: Registers::new(&host.installation),
            ..Device::default()
        };
        let driver = state.driver;
        let device = state.objects.create(host, body, driver, attributes);
        state.device = Some(device);
        DeviceInit.write(host, "DeviceInit", std::ptr::null_mut())?;
        Device.write(host, "Device", device.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// The driver object.
    fn WdfDeviceGetDriver(host, Device: WDFDEVICE) -> WDFDRIVER {
        let state = host.state();
        state.objects.resolve::<Device>(host, Device, "Device")?;
        Ok(state.driver.map_or(std::ptr::null_mut(), Handle::raw))
    }

    /// Registers a device interface; it is enabled at the end of the first start.
    fn WdfDeviceCreateDeviceInterface(
        host,
        Device: WDFDEVICE,
        InterfaceClassGUID: *const GUID,
        ReferenceString: PCUNICODE_STRING,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        InterfaceClassGUID.require(host, "InterfaceClassGUID")?;
        if let Some(device) = state.objects.get_mut::<Device>(device) {
            device.has_interface = true;
        }
        Ok(STATUS_SUCCESS)
    }

    /// Opens the device's hardware key or its driver key.
    fn WdfDeviceOpenRegistryKey(
        host,
        Device: WDFDEVICE,
        DeviceInstanceKeyType: ULONG,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        Key.require(host, "Key")?;
        let root = match DeviceInstanceKeyType {
            PLUGPLAY_REGKEY_DEVICE => Root::Hardware,
            PLUGPLAY_REGKEY_DRIVER => Root::Driver,
            _ => return Err(Stop::Status(STATUS_INVALID_PARAMETER)),
        };
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, KeyAttributes, allowed)?;
        let key = state.objects.create(host, Key::of_device(root, DesiredAccess)?, Some(device), attributes);
        Key.write(host, "Key", key.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Maps a part of one assigned memory resource.
    fn WdfDeviceMapIoSpace(
        host,
        Device: WDFDEVICE,
        PhysicalAddress: PHYSICAL_ADDRESS,
        NumberOfBytes: SIZE_T,
        CacheType: MEMORY_CACHING_TYPE,
        PseudoBaseAddress: *mut PVOID,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let Some(device) = state.objects.get_mut::<Device>(device) else { return Err(Stop::NoEffect) };
        let physical = quad_part(PhysicalAddress);
        let cached = _MEMORY_CACHING_TYPE::MmNonCached.._MEMORY_CACHING_TYPE::MmMaximumCacheType;
        let pseudo = device.registers.map(host, physical, NumberOfBytes, cached.contains(&CacheType), || {
            PseudoBaseAddress.require(host, "PseudoBaseAddress").map(|_| ())
        })?;
        PseudoBaseAddress.write(host, "PseudoBaseAddress", std::ptr::without_provenance_mut(pseudo))?;
        host.record(Event::Mapped { physical, length: NumberOfBytes });
        Ok(STATUS_SUCCESS)
    }

    /// Unmaps what `WdfDeviceMapIoSpace` mapped, with the same base and length.
    fn WdfDeviceUnmapIoSpace(host, Device: WDFDEVICE, PseudoBaseAddress: PVOID, NumberOfBytes: SIZE_T) {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        let Some(device) = state.objects.get_mut::<Device>(device) else { return Err(Stop::NoEffect) };
        let physical = device.registers.unmap(host, PseudoBaseAddress.address(), NumberOfBytes)?;
        host.record(Event::Unmapped { physical, length: NumberOfBytes });
        Ok(())
    }
}

/// Attributes for a new file object.
pub fn file_attributes(
    host: &crate::host::Host,
    state: &crate::host::State,
    device: Handle,
) -> Result<Attributes, Stop> {
    let given = state.objects.get::<Device>(device).and_then(|device| device.files.as_ref()?.attributes);
    match given {
        // SAFETY: points at a live copy of what the driver registered.
        Some(given) => attributes::check(
            host,
            &state.objects,
            unsafe { super::Pointer::new(&raw const given) },
            Allowed { level: true, scope: true, ..Allowed::default() },
        ),
        None => Ok(Attributes::default()),
    }
}
