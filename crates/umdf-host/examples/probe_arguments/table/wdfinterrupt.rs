//! The functions of `wdfinterrupt.h`. What WdfInterruptCreate makes of its configuration in
//! EvtDevicePrepareHardware is in `probe_interrupt`.

/// Hands them to a macro.
macro_rules! wdfinterrupt {
    ($then:ident) => {
        $then! { "wdfinterrupt.h":
            WdfInterruptCreate at Add order [Device, Configuration, Interrupt] (
                Device: handle good::device(),
                Configuration: pointer good::interrupt_config(|_| ()) => [
                    "a wrong Size": good::interrupt_config(|config| config.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "no PassiveHandling":
                        good::interrupt_config(|config| config.PassiveHandling = 0) => T("INT_NOT_PASSIVE"),
                    "no EvtInterruptIsr":
                        good::interrupt_config(|config| config.EvtInterruptIsr = None) => R(STATUS_INVALID_PARAMETER),
                    "CanWakeDevice":
                        good::interrupt_config(|config| config.CanWakeDevice = 1) => R(STATUS_INVALID_PARAMETER),
                    "a DPC and a work item":
                        good::interrupt_config(|config| config.EvtInterruptDpc = config.EvtInterruptWorkItem)
                        => R(STATUS_INVALID_PARAMETER),
                    "a SpinLock": good::interrupt_config(|config| config.SpinLock = good::spin_lock())
                        => R(STATUS_INVALID_PARAMETER),
                    "a WaitLock that is none": good::interrupt_config(|config| config.WaitLock = good::object().cast())
                        => T("HANDLE_NULL_OR_TYPE"),
                ],
                Attributes: attributes null_mut(),
                Interrupt: pointer good::place(),
            );
            WdfInterruptQueueDpcForIsr(Interrupt: handle good::interrupt()) = 1;
            WdfInterruptQueueWorkItemForIsr(Interrupt: handle good::interrupt()) = 1;
            WdfInterruptSynchronize(
                Interrupt: handle good::interrupt(),
                Callback: function good::EVT_INTERRUPT_SYNCHRONIZE,
                Context: given null_mut(),
            ) = 1;
            WdfInterruptAcquireLock(Interrupt: handle good::interrupt());
            WdfInterruptReleaseLock(
                Interrupt: handle good::locked_interrupt() => [
                    "one whose lock is free": good::interrupt() => T("LOCK_NOT_OWNED"),
                ],
            );
            WdfInterruptEnable(Interrupt: handle good::disabled_interrupt());
            WdfInterruptDisable(Interrupt: handle good::interrupt());
            WdfInterruptGetInfo(
                Interrupt: handle good::interrupt(),
                Info: pointer good::interrupt_info(0) => ["a wrong Size": good::interrupt_info(1) => B("ARGUMENT_INVALID")],
            );
            WdfInterruptSetPolicy(
                Interrupt: handle good::interrupt(),
                Policy: given Policy::WdfIrqPolicyMachineDefault => [
                    "below the first one": Policy::WdfIrqPolicyMachineDefault - 1 => B("ARGUMENT_INVALID"),
                    "behind the last one": Policy::WdfIrqPolicySpreadMessagesAcrossAllProcessors + 1
                        => B("ARGUMENT_INVALID"),
                ],
                Priority: given Priority::WdfIrqPriorityNormal => [
                    "below the first one": Priority::WdfIrqPriorityUndefined => B("ARGUMENT_INVALID"),
                    "behind the last one": Priority::WdfIrqPriorityHigh + 1 => B("ARGUMENT_INVALID"),
                ],
                TargetProcessorSet: given 1,
            );
            WdfInterruptSetExtendedPolicy(
                Interrupt: handle good::interrupt(),
                PolicyAndGroup: pointer good::policy(|_| ()) => [
                    "a wrong Size": good::policy(|policy| policy.Size -= 1) => B("ARGUMENT_INVALID"),
                    "an unknown Policy": good::policy(|policy| policy.Policy = 6) => B("ARGUMENT_INVALID"),
                    "an unknown Priority": good::policy(|policy| policy.Priority = 0) => B("ARGUMENT_INVALID"),
                    "a reserved member": good::policy(|policy| policy.TargetProcessorSetAndGroup.Reserved[2] = 1)
                        => B("ARGUMENT_INVALID"),
                ],
            );
            WdfInterruptGetDevice(Interrupt: handle good::interrupt()) = good::device();
            WdfInterruptTryToAcquireLock(Interrupt: handle good::interrupt()) = 1;
        }
    };
}
