//! Entry functions of the power machine (`Power..` in `powerstatemachine.cpp`).
//!
//! Steps that only class extensions or DMA take are here only to lead on.

use crate::machines::Machines;
use crate::machines::actions::{Callback, Later, PowerState, Queues};
use crate::machines::shared::SystemPower;
use crate::machines::tables::events::{IdleEvent, PnpEvent, PolicyEvent, SelfManagedIoEvent};
use crate::machines::tables::pnp::Pnp;
use crate::machines::tables::power::Power;

impl Machines {
    fn call(&self, callback: Callback) -> bool {
        self.actions.callback(callback) >= 0
    }

    /// The state that the device leaves on its way up.
    fn previous(&self) -> PowerState {
        self.shared().state
    }

    /// The state that the pending power request leads down to.
    fn target(&self) -> PowerState {
        let shared = self.shared();
        if shared.system_action == SystemPower::Shutdown {
            return PowerState::D3Final;
        }
        shared.power_request.unwrap_or(PowerState::D3)
    }

    fn tell_idle(&self, event: IdleEvent) {
        if self.owner {
            self.idle(event);
        }
    }

    pub(super) fn tell_pnp_of_failure(&self, event: PnpEvent) {
        if !self.shared().release_after_descendants {
            self.post::<Pnp>(event);
        }
    }

    /// Queues and self-managed I/O start; then the device is in D0.
    fn start_io(&self) -> bool {
        self.actions.queues(Queues::Resume);
        if self.self_managed_io(SelfManagedIoEvent::Start) < 0 {
            return false;
        }
        {
            let mut shared = self.shared();
            shared.state = PowerState::D0;
            shared.system_action = SystemPower::Working;
        }
        self.report_up();
        true
    }

    fn connect(&self) -> bool {
        self.connect_interrupts() >= 0 && self.call(Callback::D0EntryPostInterruptsEnabled(self.previous()))
    }

    fn undo_connect(&self) {
        self.disconnect_interrupts();
        self.call(Callback::D0Exit(PowerState::D3Final));
        self.shared().state = PowerState::D3Final;
    }

    /// Every step runs, whatever became of the one before. The answer: all succeeded.
    fn leave_d0(&self, target: PowerState) -> bool {
        let pre = self.call(Callback::D0ExitPreInterruptsDisabled(target));
        let disconnected = self.disconnect_interrupts() >= 0;
        let exited = self.call(Callback::D0Exit(target));
        self.shared().state = target;
        pre && disconnected && exited
    }

    fn report_up(&self) {
        self.tell_idle(IdleEvent::PowerUpComplete);
        self.policy(PolicyEvent::PowerUp);
    }

    fn report_up_failed(&self) {
        self.fail();
        self.tell_idle(IdleEvent::PowerUpFailed);
        self.policy(PolicyEvent::PowerUpFailed);
        self.tell_pnp_of_failure(PnpEvent::PowerUpFailed);
    }

    fn report_implicit_down(&self) {
        self.tell_idle(IdleEvent::PowerDown);
        self.policy(if self.owner { PolicyEvent::PowerDown } else { PolicyEvent::ImplicitPowerDown });
    }

    /// The power request is done; it goes on with success whatever happened.
    fn release_power_request(&self) {
        let Some(state) = self.shared().power_request.take() else { return };
        self.actions.power_done(state);
        if self.owner && state != PowerState::D0 {
            self.actions.later(Later::PowerDownDone);
        }
    }

    /// The owner hears how its power-down went: the power machine tells only here if it failed.
    pub(in crate::machines) fn power_down_done(&self) {
        if std::mem::take(&mut self.shared().power_down_failed) {
            self.policy(PolicyEvent::PowerDownFailed);
            self.tell_pnp_of_failure(PnpEvent::PowerDownFailed);
        } else {
            self.policy(PolicyEvent::PowerDown);
        }
    }
}

pub fn starting_check_device_type(_: &Machines) -> Option<Power> {
    Some(Power::D0Starting)
}

pub fn d0_starting(machines: &Machines) -> Option<Power> {
    let entered = machines.call(Callback::D0Entry(machines.previous()));
    Some(if entered { Power::D0StartingConnectInterrupt } else { Power::InitialPowerUpFailedDerefParent })
}

pub fn d0_starting_connect_interrupt(machines: &Machines) -> Option<Power> {
    let connected = machines.connect();
    Some(if connected { Power::D0StartingDmaEnable } else { Power::InitialConnectInterruptFailed })
}

pub fn d0_starting_dma_enable(_: &Machines) -> Option<Power> {
    Some(Power::D0StartingPostHardwareEnabled)
}

pub fn d0_starting_post_hardware_enabled(_: &Machines) -> Option<Power> {
    Some(Power::D0StartingStartSelfManagedIo)
}

pub fn d0_starting_start_self_managed_io(machines: &Machines) -> Option<Power> {
    let started = machines.start_io();
    Some(if started { Power::DecideD0State } else { Power::InitialSelfManagedIoFailed })
}

pub fn decide_d0_state(_: &Machines) -> Option<Power> {
    Some(Power::D0)
}

pub fn d_zero(_: &Machines) -> Option<Power> {
    None
}

pub fn initial_self_managed_io_failed(machines: &Machines) -> Option<Power> {
    machines.actions.queues(Queues::Hold);
    Some(Power::InitialPostHardwareEnabledFailed)
}

pub fn initial_post_hardware_enabled_failed(_: &Machines) -> Option<Power> {
    Some(Power::InitialDmaEnableFailed)
}

pub fn initial_dma_enable_failed(machines: &Machines) -> Option<Power> {
    machines.call(Callback::D0ExitPreInterruptsDisabled(PowerState::D3Final));
    Some(Power::InitialConnectInterruptFailed)
}

pub fn initial_connect_interrupt_failed(machines: &Machines) -> Option<Power> {
    machines.undo_connect();
    Some(Power::InitialPowerUpFailedDerefParent)
}

pub fn initial_power_up_failed_deref_parent(_: &Machines) -> Option<Power> {
    Some(Power::InitialPowerUpFailed)
}

pub fn initial_power_up_failed(machines: &Machines) -> Option<Power> {
    machines.report_up_failed();
    Some(Power::Stopped)
}

pub fn goto_d3_stopped(machines: &Machines) -> Option<Power> {
    let suspended = machines.self_managed_io(SelfManagedIoEvent::Suspend) >= 0;
    machines.actions.queues(Queues::Hold);
    if machines.leave_d0(PowerState::D3Final) && suspended {
        machines.report_implicit_down();
        return Some(Power::Stopped);
    }
    Some(Power::FinalPowerDownFailed)
}

pub fn final_power_down_failed(machines: &Machines) -> Option<Power> {
    machines.fail();
    if machines.owner {
        machines.policy(PolicyEvent::PowerDownFailed);
    } else {
        machines.policy(PolicyEvent::ImplicitPowerDownFailed);
        machines.tell_pnp_of_failure(PnpEvent::PowerDownFailed);
    }
    Some(Power::Stopped)
}

pub fn goto_d_not_zero(machines: &Machines) -> Option<Power> {
    if machines.self_managed_io(SelfManagedIoEvent::Suspend) < 0 {
        machines.shared().io_callback_failed = true;
    }
    machines.actions.queues(Queues::Hold);
    machines.policy(PolicyEvent::PowerDownIoStopped);
    None
}

pub fn notifying_d0_exit_to_wake_interrupts(_: &Machines) -> Option<Power> {
    Some(Power::GotoDxIoStopped)
}

pub fn goto_d_not_zero_io_stopped(machines: &Machines) -> Option<Power> {
    let left = machines.leave_d0(machines.target());
    let io_failed = std::mem::take(&mut machines.shared().io_callback_failed);
    if !left || io_failed {
        machines.shared().power_down_failed = true;
        return Some(Power::GotoDxFailed);
    }
    if machines.owner {
        machines.idle(IdleEvent::PowerDown);
    } else {
        machines.policy(PolicyEvent::PowerDown);
    }
    machines.release_power_request();
    Some(Power::Dx)
}

pub fn goto_dx_failed(_: &Machines) -> Option<Power> {
    // No interrupt is connected any more; only one that wakes the device would be.
    Some(Power::ReportPowerDownFailed)
}

pub fn report_power_down_failed(machines: &Machines) -> Option<Power> {
    machines.release_power_request();
    machines.fail();
    if machines.owner {
        machines.idle(IdleEvent::PowerDownFailed);
    } else {
        machines.policy(PolicyEvent::PowerDownFailed);
        machines.tell_pnp_of_failure(PnpEvent::PowerDownFailed);
    }
    None
}

pub fn check_device_type(_: &Machines) -> Option<Power> {
    Some(Power::Waking)
}

pub fn waking(machines: &Machines) -> Option<Power> {
    let entered = machines.call(Callback::D0Entry(machines.previous()));
    Some(if entered { Power::NotifyingD0EntryToWakeInterrupts } else { Power::UpFailedDerefParent })
}

pub fn notifying_d0_entry_to_wake_interrupts(_: &Machines) -> Option<Power> {
    Some(Power::WakingConnectInterrupt)
}

pub fn waking_connect_interrupt(machines: &Machines) -> Option<Power> {
    let connected = machines.connect();
    Some(if connected { Power::WakingDmaEnable } else { Power::WakingConnectInterruptFailed })
}

pub fn waking_dma_enable(_: &Machines) -> Option<Power> {
    Some(Power::WakingPostHardwareEnabled)
}

pub fn waking_post_hardware_enabled(machines: &Machines) -> Option<Power> {
    machines.policy(PolicyEvent::PowerUpHwStarted);
    None
}

pub fn start_self_managed_io(machines: &Machines) -> Option<Power> {
    if !machines.start_io() {
        return Some(Power::StartSelfManagedIoFailed);
    }
    machines.release_power_request();
    Some(Power::D0)
}

pub fn start_self_managed_io_failed(machines: &Machines) -> Option<Power> {
    machines.actions.queues(Queues::Hold);
    Some(Power::WakingPostHardwareEnabledFailed)
}

pub fn waking_post_hardware_enabled_failed(_: &Machines) -> Option<Power> {
    Some(Power::WakingDmaEnableFailed)
}

pub fn waking_dma_enable_failed(machines: &Machines) -> Option<Power> {
    machines.call(Callback::D0ExitPreInterruptsDisabled(PowerState::D3Final));
    Some(Power::WakingConnectInterruptFailed)
}

pub fn waking_connect_interrupt_failed(machines: &Machines) -> Option<Power> {
    machines.undo_connect();
    Some(Power::ReportPowerUpFailedDerefParent)
}

pub fn up_failed_deref_parent(_: &Machines) -> Option<Power> {
    Some(Power::ReportPowerUpFailedDerefParent)
}

pub fn report_power_up_failed_deref_parent(_: &Machines) -> Option<Power> {
    Some(Power::ReportPowerUpFailed)
}

pub fn report_power_up_failed(machines: &Machines) -> Option<Power> {
    machines.shared().system_action = SystemPower::Working;
    machines.release_power_request();
    machines.report_up_failed();
    None
}

pub fn power_failed_power_down(machines: &Machines) -> Option<Power> {
    machines.shared().state = PowerState::D3Final;
    machines.report_implicit_down();
    Some(Power::Stopped)
}

pub fn goto_dx_stopped_disable_interrupt(_: &Machines) -> Option<Power> {
    Some(Power::GotoDxStopped)
}

pub fn goto_dx_stopped(machines: &Machines) -> Option<Power> {
    machines.report_implicit_down();
    Some(Power::Stopped)
}

pub fn stopped_complete_dx(machines: &Machines) -> Option<Power> {
    machines.release_power_request();
    Some(Power::DxStopped)
}

pub fn dx_stopped_decide_dx_state(machines: &Machines) -> Option<Power> {
    machines.report_up();
    Some(Power::Dx)
}

pub fn goto_stopped(machines: &Machines) -> Option<Power> {
    machines.release_power_request();
    Some(Power::Stopped)
}
