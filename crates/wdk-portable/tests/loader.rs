//! A hand-made loader against `enter`, the debug output and a framework call: every way in, and the way back
//! out.
#![expect(unsafe_code, reason = "plays the host that enters a driver")]

extern crate wdk_portable as wdk_sys;

use core::{
    ffi::c_void,
    ptr::{null, null_mut},
    slice,
};
use std::sync::{Mutex, MutexGuard, PoisonError};

use wdk_portable::loader::{BindInfo, LOADER_SIGNATURE, LOADER_VERSION, LoaderInterface, enter};
use wdk_portable::wdk;
use wdk_portable::{
    _WDF_DRIVER_GLOBALS, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PWDF_DRIVER_GLOBALS,
    STATUS_INSUFFICIENT_RESOURCES, STATUS_REVISION_MISMATCH, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, WDFDEVICE,
    WDFDRIVER, WDFFUNC, WdfDriverGlobals, WdfFunctions, call_unsafe_wdf_function_binding,
};

wdk_portable::export_fx_driver_entry_um!(driver_entry);

/// What the driver below returns; it prints a line before.
static DRIVER_ENTRY_STATUS: Mutex<NTSTATUS> = Mutex::new(STATUS_SUCCESS);

extern "system" fn driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    wdk::println!("DriverEntry {} {}", driver.is_null(), registry_path.is_null());
    *DRIVER_ENTRY_STATUS.lock().unwrap_or_else(PoisonError::into_inner)
}

unsafe extern "C" fn raw_driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    driver_entry(driver, registry_path)
}

/// The loader's context: what it answers, and what it saw.
struct Host {
    bind_status: NTSTATUS,
    table: [WDFFUNC; 257],
    globals: _WDF_DRIVER_GLOBALS,
    events: Mutex<Vec<String>>,
}

impl Host {
    /// Never freed: a bound driver keeps its loader's context.
    fn new(bind_status: NTSTATUS) -> &'static mut Self {
        let globals = _WDF_DRIVER_GLOBALS::default();
        Box::leak(Box::new(Self { bind_status, table: [None; 257], globals, events: Mutex::default() }))
    }

    fn context(&self) -> *mut c_void {
        (&raw const *self).cast_mut().cast()
    }

    fn saw(&self, event: String) {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    fn events(&self) -> Vec<String> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Enters the driver through this loader.
    fn enter(&self, loader: *const LoaderInterface) -> NTSTATUS {
        // SAFETY: the tests pass NULL, a foreign signature or a whole interface; the driver looks at no
        // argument.
        unsafe { enter(loader, self.context(), null_mut(), null(), raw_driver_entry) }
    }
}

static INTERFACE: LoaderInterface = LoaderInterface {
    signature: LOADER_SIGNATURE,
    size: 40,
    version: LOADER_VERSION,
    bind: Some(bind),
    unbind: Some(unbind),
    debug_output: Some(debug_output),
};

unsafe extern "C" fn bind(context: *mut c_void, info: *mut BindInfo) -> NTSTATUS {
    // SAFETY: every test passes its `Host`.
    let host = unsafe { &*context.cast::<Host>() };
    // SAFETY: `enter` passes a whole request.
    let BindInfo { size, major, minor, function_count, functions, driver_globals } = unsafe { *info };
    host.saw(format!("bind {size} {major}.{minor} {function_count}"));
    if host.bind_status == STATUS_SUCCESS {
        // SAFETY: `enter` says where the table goes.
        unsafe { *functions = host.table.as_ptr() };
        // SAFETY: `enter` says where the globals go.
        unsafe { *driver_globals = (&raw const host.globals).cast_mut() };
    }
    host.bind_status
}

unsafe extern "C" fn unbind(context: *mut c_void) {
    // As a callback of the driver may, which the undoing calls.
    wdk::println!("clean-up");
    // SAFETY: every test passes its `Host`.
    unsafe { &*context.cast::<Host>() }.saw("unbind".to_owned());
}

unsafe extern "C" fn debug_output(context: *mut c_void, text: *const u8, length: usize) {
    // SAFETY: the driver passes a readable text.
    let text = unsafe { slice::from_raw_parts(text, length) };
    // SAFETY: every test passes its `Host`.
    unsafe { &*context.cast::<Host>() }.saw(format!("text {:?}", String::from_utf8_lossy(text)));
}

/// A driver is bound once per process, so the tests take turns; each starts with a `DriverEntry` that returns
/// `status`.
fn turn(status: NTSTATUS) -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    *DRIVER_ENTRY_STATUS.lock().unwrap_or_else(PoisonError::into_inner) = status;
    turn
}

#[test]
fn a_loader_of_another_kind_is_refused() {
    let _turn = turn(STATUS_SUCCESS);
    let host = Host::new(STATUS_SUCCESS);
    // No more than the signature is there to be read.
    let foreign = Box::new(LOADER_SIGNATURE + 1);
    assert_eq!(host.enter((&raw const *foreign).cast()), STATUS_REVISION_MISMATCH);
    assert_eq!(host.enter(null()), STATUS_REVISION_MISMATCH);
    let unusable = [
        LoaderInterface { signature: LOADER_SIGNATURE + 1, ..INTERFACE },
        LoaderInterface { version: LOADER_VERSION + 1, ..INTERFACE },
        LoaderInterface { size: 39, ..INTERFACE },
        LoaderInterface { bind: None, ..INTERFACE },
        LoaderInterface { unbind: None, ..INTERFACE },
        LoaderInterface { debug_output: None, ..INTERFACE },
    ];
    for loader in unusable {
        assert_eq!(host.enter(&raw const loader), STATUS_REVISION_MISMATCH, "{loader:?}");
    }
    assert_eq!(host.events(), Vec::<String>::new());
}

#[test]
fn a_longer_interface_is_accepted() {
    let _turn = turn(STATUS_SUCCESS);
    let host = Host::new(STATUS_SUCCESS);
    let longer = (LoaderInterface { size: 48, ..INTERFACE }, 0_u64);
    assert_eq!(host.enter(&raw const longer.0), STATUS_SUCCESS);
}

#[test]
fn a_failed_bind_ends_it() {
    let _turn = turn(STATUS_SUCCESS);
    let host = Host::new(STATUS_INSUFFICIENT_RESOURCES);
    assert_eq!(host.enter(&raw const INTERFACE), STATUS_INSUFFICIENT_RESOURCES);
    assert_eq!(host.events(), ["bind 32 2.15 257"]);
}

#[test]
fn a_failed_driver_entry_unbinds() {
    let _turn = turn(STATUS_UNSUCCESSFUL);
    let host = Host::new(STATUS_SUCCESS);
    assert_eq!(host.enter(&raw const INTERFACE), STATUS_UNSUCCESSFUL);
    wdk::println!("nobody listens any more");
    let texts = [r#"text "DriverEntry true true\n""#, r#"text "clean-up\n""#];
    assert_eq!(host.events(), ["bind 32 2.15 257", texts[0], texts[1], "unbind"]);
    // SAFETY: no other thread is bound meanwhile.
    assert!(unsafe { WdfFunctions }.is_null());
    // SAFETY: as above.
    assert!(unsafe { WdfDriverGlobals }.is_null());
}

#[test]
fn the_exported_entry_binds_and_enters() {
    let _turn = turn(STATUS_SUCCESS);
    let host = Host::new(STATUS_SUCCESS);
    // SAFETY: a whole interface; the driver looks at no argument.
    let status = unsafe { FxDriverEntryUm(&raw const INTERFACE, host.context(), null_mut(), null()) };
    assert_eq!(status, STATUS_SUCCESS);
    assert_eq!(host.events(), ["bind 32 2.15 257", r#"text "DriverEntry true true\n""#]);
}

#[test]
fn one_print_is_one_piece_of_text() {
    let _turn = turn(STATUS_SUCCESS);
    let host = Host::new(STATUS_SUCCESS);
    assert_eq!(host.enter(&raw const INTERFACE), STATUS_SUCCESS);
    let value = 7;
    wdk::print!("a{value}{}", "b");
    wdk::println!("{value:#x} and {:?}", "c");
    wdk::println!();
    wdk::println!("no\0NUL");
    assert_eq!(
        host.events()[2..],
        [r#"text "a7b""#, r#"text "0x7 and \"c\"\n""#, r#"text "\n""#, r#"text "noNUL\n""#]
    );
}

#[test]
fn a_framework_call_reaches_its_slot_with_the_globals() {
    type GetDriver = unsafe extern "C" fn(PWDF_DRIVER_GLOBALS, WDFDEVICE) -> WDFDRIVER;
    unsafe extern "C" fn get_driver(globals: PWDF_DRIVER_GLOBALS, device: WDFDEVICE) -> WDFDRIVER {
        assert_eq!(device.addr(), 0x40);
        // SAFETY: the bind stored the globals of the test's `Host`.
        unsafe { *globals }.Driver
    }
    let _turn = turn(STATUS_SUCCESS);
    let host = Host::new(STATUS_SUCCESS);
    let slot = wdk_portable::_WDFFUNCENUM::WdfDeviceGetDriverTableIndex;
    // SAFETY: both are function pointers, and the call site knows the slot's real type.
    let function = unsafe { core::mem::transmute::<GetDriver, unsafe extern "C" fn()>(get_driver) };
    host.table[usize::try_from(slot).unwrap()] = Some(function);
    host.globals.Driver = core::ptr::without_provenance_mut(0x30);
    assert_eq!(host.enter(&raw const INTERFACE), STATUS_SUCCESS);
    let device: WDFDEVICE = core::ptr::without_provenance_mut(0x40);
    // SAFETY: the driver is bound, and the slot holds a function of that type.
    let driver = unsafe { call_unsafe_wdf_function_binding!(WdfDeviceGetDriver, device) };
    assert_eq!(driver.addr(), 0x30);
}
