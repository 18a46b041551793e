//! The functions of ETW that a provider imports, for this process alone. As Windows does, they call a provider back
//! when a session begins or ends, and at once if one is there when it registers.

// UNSAFETY: stands for functions of the system, and calls what was registered.
#![expect(unsafe_code, reason = "ETW is a C interface")]

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::ptr::null;
use std::sync::{Mutex, MutexGuard, PoisonError};

use windows_sys::Win32::Foundation::{ERROR_INVALID_HANDLE, ERROR_NOT_ENOUGH_MEMORY, ERROR_SUCCESS};
use windows_sys::core::GUID;

/// PENABLECALLBACK of `evntprov.h`.
type EnableCallback = unsafe extern "system" fn(*const GUID, u32, u8, u64, u64, *const c_void, *mut c_void);

/// The GUID that the driver documents for its provider.
const EDU_UMDF: u128 = 0x2be0_c6c6_8c29_5d58_8333_1a99_0996_4d99;
/// TRACE_LEVEL_VERBOSE of `evntrace.h`.
const VERBOSE: u8 = 5;

#[derive(Clone, Copy)]
struct Provider {
    callback: EnableCallback,
    /// An address.
    context: usize,
}

struct State {
    providers: BTreeMap<u64, Provider>,
    registered: u64,
    session: bool,
    refuse: bool,
    events: usize,
}

static STATE: Mutex<State> =
    Mutex::new(State { providers: BTreeMap::new(), registered: 0, session: false, refuse: false, events: 0 });

/// Never held while a provider is called.
fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets EventRegister fail, or not.
pub fn refuse(refuse: bool) {
    state().refuse = refuse;
}

/// Providers that are registered.
pub fn providers() -> usize {
    state().providers.len()
}

/// Events since the last time.
pub fn events() -> usize {
    std::mem::take(&mut state().events)
}

/// Begins a session that wants everything, or ends it: every provider is told.
pub fn session(on: bool) {
    state().session = on;
    let providers: Vec<_> = state().providers.values().copied().collect();
    for provider in providers {
        tell(provider, on);
    }
}

fn tell(Provider { callback, context }: Provider, on: bool) {
    let context = std::ptr::with_exposed_provenance_mut(context);
    // SAFETY: the provider is registered, so its function and its context are there; that this is so is what is tested.
    unsafe { callback(&GUID::from_u128(0), on.into(), VERBOSE, u64::MAX, 0, null(), context) };
}

/// What takes the place of which function.
pub fn functions() -> [(&'static str, *const c_void); 5] {
    [
        ("EventRegister", event_register as *const c_void),
        ("EventUnregister", event_unregister as *const c_void),
        ("EventWriteTransfer", event_write_transfer as *const c_void),
        ("EventSetInformation", event_set_information as *const c_void),
        ("EventActivityIdControl", event_activity_id_control as *const c_void),
    ]
}

unsafe extern "system" fn event_register(
    id: *const GUID,
    callback: Option<EnableCallback>,
    context: *mut c_void,
    handle: *mut u64,
) -> u32 {
    // SAFETY: a provider passes its GUID.
    let id = unsafe { &*id };
    let documented = GUID::from_u128(EDU_UMDF);
    let same = (id.data1, id.data2, id.data3, id.data4)
        == (documented.data1, documented.data2, documented.data3, documented.data4);
    let Some(callback) = callback.filter(|_| same && !state().refuse) else {
        return ERROR_NOT_ENOUGH_MEMORY;
    };
    let provider = Provider { callback, context: context.expose_provenance() };
    let mut state = state();
    state.registered += 1;
    let registered = state.registered;
    state.providers.insert(registered, provider);
    let session = state.session;
    drop(state);
    // SAFETY: a provider passes a place for the handle.
    unsafe { handle.write(registered) };
    if session {
        tell(provider, true);
    }
    ERROR_SUCCESS
}

unsafe extern "system" fn event_unregister(handle: u64) -> u32 {
    let gone = state().providers.remove(&handle);
    if gone.is_some() { ERROR_SUCCESS } else { ERROR_INVALID_HANDLE }
}

unsafe extern "system" fn event_write_transfer(
    handle: u64,
    _descriptor: *const c_void,
    _activity: *const GUID,
    _related: *const GUID,
    _count: u32,
    _data: *const c_void,
) -> u32 {
    let mut state = state();
    if !state.providers.contains_key(&handle) {
        return ERROR_INVALID_HANDLE;
    }
    state.events += 1;
    ERROR_SUCCESS
}

unsafe extern "system" fn event_set_information(_: u64, _: u32, _: *const c_void, _: u32) -> u32 {
    ERROR_SUCCESS
}

unsafe extern "system" fn event_activity_id_control(_: u32, _: *mut GUID) -> u32 {
    ERROR_SUCCESS
}
