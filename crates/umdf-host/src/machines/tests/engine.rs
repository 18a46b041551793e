//! The engine: queues, priority, closed states, nesting; and two threads at once.

use std::time::Duration;

use crate::machines::actions::{Later, PnpRequest};
use crate::machines::table::State;
use crate::machines::tables::events::{PnpEvent, PolicyEvent, PowerEvent};
use crate::machines::tables::pnp::Pnp;
use crate::machines::tables::policy_owner::PolicyOwner;
use crate::machines::tables::power::Power;
use crate::machines::tests::world::{Begin, Device};
use crate::status::describe;

fn started_filter() -> Device {
    let device = Device::new(Begin::NotOwner);
    device.machines.added();
    device.step("START");
    device.world.lock().steps.clear();
    device
}

#[test]
fn an_event_of_priority_goes_first_even_in_a_closed_state() {
    let device = Device::new(Begin::IdleCapable);
    device.step("IDLE");
    let world = device.world.clone();
    // The device comes back to D0 for a query stop. Before the PnP machine hears of it, the power-up
    // has failed: that waits in the closed state, and D0 overtakes it.
    device.machines.pnp_request(PnpRequest::QueryStop);
    assert_eq!(device.machines.pnp_state(), Pnp::QueryStopEnsureDeviceAwake);
    device.machines.post::<Pnp>(PnpEvent::PowerUpFailed);
    assert_eq!(device.machines.pnp_state(), Pnp::QueryStopEnsureDeviceAwake);
    world.lock().log.clear();
    device.machines.deliver(Later::InD0);
    assert_eq!(device.machines.pnp_state(), Pnp::QueryStopPending);
    let dropped = "[PnP: PowerUpFailed dropped in QueryStopPending]";
    assert_eq!(world.lock().log, ["[IRP QUERY_STOP sent down]", dropped].map(str::to_owned));
}

#[test]
fn a_waiting_event_blocks_those_behind_it() {
    let device = Device::new(Begin::SystemManaged);
    device.meanwhile("SmioSuspend", |machines| {
        // The policy machine is in a closed state: both wait, in order.
        machines.system_power(crate::machines::SystemPower::Sleep);
        machines.power_required(true);
    });
    device.step("IDLE");
    device.step("NOT_REQUIRED");
    let path = device.path("power policy owner");
    let (asleep, active) = ("SystemSleepFromDeviceWaitingUnarmed", "S0NoWakePowerUp");
    assert!(
        path.iter().any(|state| state == asleep) && !path.iter().any(|state| state == active),
        "{path:?}"
    );
}

#[test]
fn a_singular_event_is_queued_once() {
    let device = Device::new(Begin::IdleCapable);
    device.meanwhile("SmioSuspend", |machines| {
        machines.post::<PolicyOwner>(PolicyEvent::S0IdlePolicyChanged);
        machines.post::<PolicyOwner>(PolicyEvent::S0IdlePolicyChanged);
    });
    device.step("IDLE");
    let path = device.path("power policy owner");
    assert_eq!(path.iter().filter(|state| *state == "S0NoWakePowerUp").count(), 1, "{path:?}");
    assert!(!path.iter().any(|state| state == "StartedCancelTimer"), "the second one is gone: {path:?}");
}

#[test]
#[should_panic(expected = "the power policy owner machine has no room for Stop")]
fn a_queue_holds_eight_events() {
    let device = Device::new(Begin::IdleCapable);
    device.meanwhile("SmioSuspend", |machines| {
        for _ in 0..9 {
            machines.post::<PolicyOwner>(PolicyEvent::Stop);
        }
    });
    device.step("IDLE");
}

#[test]
#[should_panic(expected = "WdfDevStatePnpEjectHardware is not for this host (Bus)")]
fn a_state_that_is_not_for_this_host_ends_it() {
    let device = Device::new(Begin::New);
    device.machines.added();
    device.machines.post::<Pnp>(PnpEvent::Eject);
}

#[test]
fn a_dropped_request_is_ended() {
    let device = Device::new(Begin::Started);
    device.step("SURPRISE");
    assert_eq!(device.step("CANCEL_REMOVE"), ["[IRP CANCEL_REMOVE sent down]"]);
}

#[test]
fn an_event_for_a_running_machine_is_left_to_its_thread() {
    let device = Device::new(Begin::Started);
    device.meanwhile("SmioSuspend", |machines| {
        machines.post::<Power>(PowerEvent::ImplicitD3);
        assert_eq!(machines.power_state(), Power::GotoD3Stopped, "the power machine is busy");
    });
    device.machines.post::<Power>(PowerEvent::ImplicitD3);
    let log = device.world.lock().log.clone();
    assert_eq!(log.last().map(String::as_str), Some("[power: ImplicitD3 dropped in Stopped]"));
}

#[test]
fn a_stop_in_the_middle_of_another_drivers_power_down_waits_for_it() {
    for fails in [false, true] {
        let device = started_filter();
        if fails {
            device.world.lock().fails.push("D0Exit(D3)".into());
        }
        device.meanwhile("SmioSuspend", |machines| machines.pnp_request(PnpRequest::Remove));
        let log = device.step("DX");
        assert_eq!(log.iter().filter(|action| action.starts_with("D0Exit(")).count(), 1, "{log:?}");
        assert_eq!(log.last().map(String::as_str), Some("[IRP REMOVE sent down]"));
        let path = device.path("not power policy owner");
        assert!(path.iter().any(|state| state == "StoppingPoweringDown"), "{path:?}");
    }
}

#[test]
fn a_stop_in_the_middle_of_another_drivers_power_up_waits_for_it() {
    for fails in [false, true] {
        let device = started_filter();
        device.step("DX");
        if fails {
            device.world.lock().fails.push("SmioRestart".into());
        }
        device.meanwhile("D0Entry(D3)", |machines| machines.pnp_request(PnpRequest::Remove));
        let log = device.step("D0");
        assert!(log.contains(&"D0Exit(D3Final)".to_owned()), "{log:?}");
        assert_eq!(log.last().map(String::as_str), Some("[IRP REMOVE sent down]"));
        let path = device.path("not power policy owner");
        assert!(path.iter().any(|state| state == "StoppingPoweringUp"), "{path:?}");
    }
}

#[test]
fn who_needs_the_device_waits_for_d0() {
    let device = Device::new(Begin::IdleCapable);
    device.step("IDLE");
    let machines = device.machines.clone();
    let waiter = std::thread::spawn(move || machines.take_reference(Some(Duration::from_mins(1))));
    while !waiter.is_finished() {
        device.settle();
        std::thread::yield_now();
    }
    assert_eq!(waiter.join().unwrap(), 0);
    assert_eq!(device.machines.power_state(), Power::D0);
}

#[test]
fn nobody_may_need_a_device_that_is_not_started_or_failed() {
    let device = Device::new(Begin::New);
    device.machines.added();
    assert_eq!(describe(device.machines.take_reference(None)), "STATUS_POWER_STATE_INVALID");
    let device = Device::new(Begin::IdleCapable);
    device.step("IDLE");
    device.world.lock().fails.push("D0Entry(D3)".into());
    device.step("IO");
    assert_eq!(describe(device.machines.take_reference(None)), "STATUS_POWER_STATE_INVALID");
}

#[test]
fn numbers_are_those_of_the_headers() {
    let device = Device::new(Begin::Started);
    let machines = &device.machines;
    assert_eq!(machines.pnp_state().row().number, 0x119);
    assert_eq!(machines.power_state().row().number, 0x307);
    assert_eq!(machines.policy_state(), 0x565);
}

/// `WdfDeviceSetFailed`, and the surprise removal that follows it.
#[test]
fn a_failed_device_is_restarted_as_its_driver_knows() {
    let asked = |minor, failed, restarts: bool| {
        let device = Device::built_for(Begin::Started, minor);
        if !restarts {
            let refuse = || "restart count".to_owned();
            device.world.lock().fails = vec![refuse(), refuse()];
        }
        let invalidated = !device.step(failed).is_empty();
        let at_once = device.world.lock().reenumerations;
        device.step("SURPRISE");
        (invalidated, at_once, device.world.lock().reenumerations)
    };
    for minor in [0, 15, 23] {
        assert_eq!(asked(minor, "FAILED_FOR_GOOD", true), (true, 0, 0), "{minor}");
    }
    // UMDF 2.0 knows no restart, 2.15 does not count the first one, and 2.23 counts the only one.
    assert_eq!(asked(0, "FAILED", true), (true, 0, 0));
    assert_eq!(asked(15, "FAILED", true), (false, 1, 2));
    assert_eq!(asked(15, "FAILED", false), (false, 1, 1));
    assert_eq!(asked(23, "FAILED", true), (false, 1, 1));
    assert_eq!(asked(23, "FAILED", false), (true, 0, 0));
}
