//! The functions of `wdftimer.h`.

use std::mem::offset_of;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::thread;

use wdk_sys::{
    _WDF_EXECUTION_LEVEL, _WDF_SYNCHRONIZATION_SCOPE, NTSTATUS, STATUS_INFO_LENGTH_MISMATCH,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, WDF_OBJECT_ATTRIBUTES,
    WDF_TIMER_CONFIG, WDFDEVICE, WDFOBJECT, WDFTIMER,
};

use crate::says::note;
use crate::wdf::{a_while, attributes, check, eventually, expect, size_field, wdf};

/// Statuses of `wdfstatus.h`.
const OBJECT_ATTRIBUTES_INVALID: NTSTATUS = u32::cast_signed(0xC020_0209);
const SYNCHRONIZATION_SCOPE_INVALID: NTSTATUS = u32::cast_signed(0xC020_0210);
const PARENT_NOT_SPECIFIED: NTSTATUS = u32::cast_signed(0xC020_0212);
/// A due time of 1 ms, and one that never comes.
const SOON: i64 = -10_000;
const NEVER: i64 = i64::MIN;

static RUNS: AtomicU32 = AtomicU32::new(0);
static SLOW: AtomicBool = AtomicBool::new(false);
static BEGAN: AtomicBool = AtomicBool::new(false);
/// Callbacks that have begun and not ended.
static INSIDE: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn evt_timer(_timer: WDFTIMER) {
    BEGAN.store(true, SeqCst);
    INSIDE.fetch_add(1, SeqCst);
    // Until others have called in between, also on a busy machine.
    eventually(|| !SLOW.load(SeqCst));
    INSIDE.fetch_sub(1, SeqCst);
    RUNS.fetch_add(1, SeqCst);
}

/// A timer that fires once per start.
pub fn config() -> WDF_TIMER_CONFIG {
    WDF_TIMER_CONFIG {
        Size: size_field::<WDF_TIMER_CONFIG>(),
        EvtTimerFunc: Some(evt_timer),
        ..WDF_TIMER_CONFIG::default()
    }
}

/// Makes a timer.
pub fn create(parent: WDFOBJECT, config: WDF_TIMER_CONFIG) -> Result<WDFTIMER, NTSTATUS> {
    create_with(attributes(parent), config)
}

/// Makes a timer with these attributes.
pub fn create_with(
    mut attributes: WDF_OBJECT_ATTRIBUTES,
    mut config: WDF_TIMER_CONFIG,
) -> Result<WDFTIMER, NTSTATUS> {
    let mut timer: WDFTIMER = null_mut();
    check(wdf!(WdfTimerCreate, &raw mut config, &raw mut attributes, &raw mut timer))?;
    Ok(timer)
}

pub fn in_device_add(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let parent: WDFOBJECT = device.cast();
    let refused = |name: &str, attributes, config, expected| {
        expect(name, create_with(attributes, config).err(), Some(expected));
    };
    let (good, owned) = (config(), attributes(parent));
    let mut timer: WDFTIMER = null_mut();
    let mut given = good;
    let none = wdf!(WdfTimerCreate, &raw mut given, null_mut(), &raw mut timer);
    expect("timer: no attributes", none, PARENT_NOT_SPECIFIED);
    refused("timer: no parent", attributes(null_mut()), good, PARENT_NOT_SPECIFIED);
    let wrong = WDF_OBJECT_ATTRIBUTES { Size: 1, ..owned };
    refused("timer: size of attributes", wrong, good, STATUS_INFO_LENGTH_MISMATCH);
    let wrong_size = WDF_TIMER_CONFIG { Size: 1, ..good };
    refused("timer: size", owned, wrong_size, STATUS_INFO_LENGTH_MISMATCH);
    let level = _WDF_EXECUTION_LEVEL::WdfExecutionLevelInvalid;
    let invalid = WDF_OBJECT_ATTRIBUTES { ExecutionLevel: level, ..owned };
    refused("timer: the size comes before the attributes", invalid, wrong_size, STATUS_INFO_LENGTH_MISMATCH);
    refused("timer: execution level invalid", invalid, good, OBJECT_ATTRIBUTES_INVALID);
    let scope = _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeDevice;
    let wrong = WDF_OBJECT_ATTRIBUTES { SynchronizationScope: scope, ..owned };
    refused("timer: synchronization scope", wrong, good, SYNCHRONIZATION_SCOPE_INVALID);
    let long = WDF_TIMER_CONFIG { Period: 0x8000_0000, ..good };
    refused("timer: period", owned, long, STATUS_INVALID_PARAMETER);
    let level = _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive;
    let passive = WDF_OBJECT_ATTRIBUTES { ExecutionLevel: level, ..owned };
    let periodic = WDF_TIMER_CONFIG { Period: 1, ..good };
    refused("timer: periodic and passive", passive, periodic, STATUS_NOT_SUPPORTED);
    expect("timer: passive", create_with(passive, good).err(), None);
    let driver: WDFOBJECT = wdf!(WdfDeviceGetDriver, device).cast();
    refused("timer: no device above", attributes(driver), good, STATUS_INVALID_DEVICE_REQUEST);
    let older = [
        ("without UseHighResolutionTimer", offset_of!(WDF_TIMER_CONFIG, UseHighResolutionTimer)),
        ("without TolerableDelay", offset_of!(WDF_TIMER_CONFIG, TolerableDelay)),
    ];
    for (name, bytes) in older {
        let size = u32::try_from(bytes).expect("structures are small");
        // What the older version does not have is not looked at.
        let older = WDF_TIMER_CONFIG { Size: size, UseHighResolutionTimer: 1, ..good };
        expect(&format!("timer: older size, {name}"), create(parent, older).err(), None);
    }
    let timer = create(parent, WDF_TIMER_CONFIG { EvtTimerFunc: None, ..good })?;
    expect("timer: parent object", wdf!(WdfTimerGetParentObject, timer), parent);
    expect("timer: start without a callback", wdf!(WdfTimerStart, timer, 0), 0);
    let _ = wdf!(WdfTimerStop, timer, 1);
    Ok(())
}

fn create_passive(device: WDFDEVICE) -> Result<WDFTIMER, NTSTATUS> {
    let level = _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive;
    create_with(WDF_OBJECT_ATTRIBUTES { ExecutionLevel: level, ..attributes(device.cast()) }, config())
}

pub fn in_d0(device: WDFDEVICE) {
    let Ok(timer) = create(device.cast(), config()) else { return expect("timer: create", false, true) };
    expect("timer: start", wdf!(WdfTimerStart, timer, NEVER), 0);
    expect("timer: start again", wdf!(WdfTimerStart, timer, NEVER), 1);
    expect("timer: stop", wdf!(WdfTimerStop, timer, 0), 1);
    expect("timer: stop again", wdf!(WdfTimerStop, timer, 0), 0);
    expect("timer: start for the callback", wdf!(WdfTimerStart, timer, SOON), 0);
    expect("timer: callback", eventually(|| RUNS.load(SeqCst) == 1), true);
    start_while_stopping(timer);
    beside_each_other("timer", timer);
    let Ok(passive) = create_passive(device) else { return expect("timer: create passive", false, true) };
    beside_each_other("timer: passive", passive);
    periodic(device);
}

/// A timer that is due while its callback runs does not wait for it.
fn beside_each_other(name: &str, timer: WDFTIMER) {
    SLOW.store(true, SeqCst);
    let starts = [1, 2].map(|inside| {
        let was_started = wdf!(WdfTimerStart, timer, 0);
        eventually(|| INSIDE.load(SeqCst) == inside);
        was_started
    });
    expect(&format!("{name}: started while its callback runs"), starts, [0, 0]);
    expect(&format!("{name}: two callbacks at a time"), INSIDE.load(SeqCst), 2);
    SLOW.store(false, SeqCst);
    expect(&format!("{name}: the stop of one that has fired"), wdf!(WdfTimerStop, timer, 1), 0);
    expect(&format!("{name}: the stop waited for both callbacks"), INSIDE.load(SeqCst), 0);
}

/// Starts timers again and again, and tells how often each has fired by what the calls answer: one, a passive one, and
/// one of each kind that is stopped in the end.
pub fn again_and_again(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let timers = [
        ("any level", create(device.cast(), config())?),
        ("passive", create_passive(device)?),
        ("stopped", create(device.cast(), config())?),
        ("stopped, passive", create_passive(device)?),
    ];
    for (name, timer) in timers {
        let starts = [(); 3].map(|()| wdf!(WdfTimerStart, timer, 0));
        let stops = if name.starts_with("stopped") { wdf!(WdfTimerStop, timer, 1) } else { 0 };
        let fired = starts.len() - starts.iter().chain([&stops]).filter(|replaced| **replaced != 0).count();
        note(&format!("{name}: {fired}"));
    }
    Ok(())
}

/// A start while another thread waits in a stop is ignored, and the stop answers TRUE.
fn start_while_stopping(timer: WDFTIMER) {
    BEGAN.store(false, SeqCst);
    SLOW.store(true, SeqCst);
    let _ = wdf!(WdfTimerStart, timer, 0);
    eventually(|| BEGAN.load(SeqCst));
    let address = timer.addr();
    let stops = AtomicBool::new(false);
    let (stopped, started) = thread::scope(|scope| {
        let stop = scope.spawn(|| {
            let timer: WDFTIMER = std::ptr::without_provenance_mut(address);
            stops.store(true, SeqCst);
            wdf!(WdfTimerStop, timer, 1)
        });
        // A new thread may take its time; and the last instructions before its stop need only a little more.
        eventually(|| stops.load(SeqCst));
        a_while();
        let started = wdf!(WdfTimerStart, timer, 0);
        SLOW.store(false, SeqCst);
        (stop.join().expect("a call does not panic"), started)
    });
    expect("timer: a start while stopping is ignored", started, 0);
    expect("timer: the stop says so", stopped, 1);
    expect("timer: the stop waited for the callback", RUNS.load(SeqCst), 2);
    a_while();
    expect("timer: the ignored start does not fire", RUNS.load(SeqCst), 2);
}

fn periodic(device: WDFDEVICE) {
    let Ok(timer) = create(device.cast(), WDF_TIMER_CONFIG { Period: 1, ..config() }) else {
        return expect("timer: create a periodic one", false, true);
    };
    let before = RUNS.load(SeqCst);
    let _ = wdf!(WdfTimerStart, timer, 0);
    expect("timer: a periodic one goes on", eventually(|| RUNS.load(SeqCst) >= before + 3), true);
    expect("timer: stop a periodic one", wdf!(WdfTimerStop, timer, 1), 1);
    let after = RUNS.load(SeqCst);
    a_while();
    expect("timer: a stopped periodic one is quiet", RUNS.load(SeqCst), after);
}
