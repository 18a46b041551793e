//! The power machine (`WDF_DEVICE_POWER_STATE`).
//!
//! Names, numbers and transitions are those of `powerstatemachine.cpp` in
//! microsoft/Windows-Driver-Frameworks (`src/framework/shared/irphandlers/pnp`, MIT; see `licences/NOTICE`).
//! What only a bus driver's entry function returns is left out.

use super::super::entry::power as entry;
use super::super::table::states;
use super::events::PowerEvent;

states! {
    /// The power machine (`WDF_DEVICE_POWER_STATE`).
    pub enum Power "power" (PowerEvent);
    prefix "WdfDevStatePower";
    priority [CompleteD0, CompleteDx, ParentToD0, WakeInterruptCompleteTransition];
    singular [ParentToD0];
    ObjectCreated 768 Open on { ImplicitD0 => StartingCheckDeviceType }
        drops [D0, Dx, MarkNonpageable, MarkPageable, ParentToD0];
    CheckDeviceType 769 Closed enter check_device_type -> [Waking];
    CheckParentState 771 Closed absent Bus -> [UpFailed, WaitForParent, Waking];
    EnablingWakeAtBus 773 Closed absent Wake -> [D0ArmedForWake, D0BusWakeOwner];
    D0 775 Open enter d_zero -> [DecideD0State]
        on { Dx => GotoDx, ImplicitD3 => GotoD3Stopped, MarkNonpageable => DecideD0State }
        drops [D0, ImplicitD3];
    D0BusWakeOwner 777 Open absent Wake -> [DecideD0State, EnablingWakeAtBus]
        on { Dx => GotoDx, ImplicitD3 => GotoD3Stopped, MarkNonpageable => DecideD0State,
            WakeArrival => EnablingWakeAtBus }
        drops [D0, ParentToD0, WakeCanceled, WakeFailed, WakeSucceeded];
    D0ArmedForWake 779 Open absent Wake -> [DecideD0State]
        on { Dx => GotoDxArmedForWake, ImplicitD3 => GotoImplicitD3DisarmWakeAtBus,
            MarkNonpageable => D0ArmedForWakeNP, WakeCanceled => D0DisarmingWakeAtBus,
            WakeFailed => D0DisarmingWakeAtBus, WakeSucceeded => D0DisarmingWakeAtBus }
        drops [D0, ParentToD0, WakeArrival, WakeCanceled] traps [MarkNonpageable];
    D0DisarmingWakeAtBus 781 Closed absent Wake -> [D0BusWakeOwner];
    D0Starting 783 Closed enter d0_starting
        -> [D0StartingConnectInterrupt, InitialPowerUpFailedDerefParent, InitialPowerUpFailedPowerDown];
    D0StartingConnectInterrupt 784 Closed enter d0_starting_connect_interrupt
        -> [D0StartingDmaEnable, InitialConnectInterruptFailed];
    D0StartingDmaEnable 785 Closed enter d0_starting_dma_enable
        -> [D0StartingPostHardwareEnabled, InitialDmaEnableFailed];
    D0StartingStartSelfManagedIo 786 Closed enter d0_starting_start_self_managed_io
        -> [DecideD0State, InitialSelfManagedIoFailed, InitialSelfManagedIoFailedStarted];
    DecideD0State 787 Closed enter decide_d0_state -> [D0, D0NP];
    GotoD3Stopped 788 Closed enter goto_d3_stopped -> [FinalPowerDownFailed, Stopped];
    Stopped 789 Open on { Dx => StoppedCompleteDx, ImplicitD0 => StartingCheckDeviceType }
        drops [D0, ParentToD0, WakeFailed];
    StartingCheckDeviceType 790 Closed enter starting_check_device_type -> [D0Starting];
    StartingChild 791 Open absent Bus -> [D0Starting, InitialPowerUpFailed] on { ParentToD0 => D0Starting };
    DxDisablingWakeAtBus 792 Closed absent Wake -> [Waking];
    GotoDx 794 Closed enter goto_d_not_zero on { CompleteDx => NotifyingD0ExitToWakeInterrupts }
        drops [ParentToD0, WakeArrival];
    GotoDxIoStopped 796 Closed enter goto_d_not_zero_io_stopped -> [Dx, GotoDxFailed];
    Dx 799 Open on { D0 => CheckDeviceType, ImplicitD3 => GotoDxStoppedDisableInterrupt }
        drops [Dx, ImplicitD3, ParentToD0, WakeArrival, WakeCanceled, WakeSucceeded];
    GotoDxArmedForWake 801 Closed absent Wake on { CompleteDx => GotoDxIoStoppedArmedForWake };
    GotoDxIoStoppedArmedForWake 803 Closed absent Wake -> [DxArmedForWake, GotoDxFailed];
    DxArmedForWake 805 Open absent Wake
        on { D0 => CheckParentStateArmedForWake, ImplicitD3 => DxStoppedDisarmWake,
            WakeCanceled => WakePending, WakeFailed => WakePending, WakeSucceeded => WakePending }
        drops [ParentToD0];
    CheckParentStateArmedForWake 807 Closed absent Bus
        -> [DxDisablingWakeAtBus, UpFailed, WaitForParentArmedForWake];
    WaitForParentArmedForWake 809 Closed absent Bus on { ParentToD0 => DxDisablingWakeAtBus };
    StartSelfManagedIo 811 Closed enter start_self_managed_io
        -> [D0, StartSelfManagedIoFailed, StartSelfManagedIoFailedStarted];
    StartSelfManagedIoFailed 813 Closed enter start_self_managed_io_failed
        -> [WakingPostHardwareEnabledFailed];
    WaitForParent 815 Closed absent Bus on { ParentToD0 => Waking };
    WakePending 817 Open absent Wake
        on { D0 => CheckParentStateArmedForWake, ImplicitD0 => CheckParentStateArmedForWake,
            ImplicitD3 => DxStoppedDisarmWake }
        drops [ParentToD0] traps [ImplicitD0];
    Waking 819 Closed enter waking
        -> [NotifyingD0EntryToWakeInterrupts, UpFailedDerefParent, UpFailedPowerDown];
    WakingConnectInterrupt 821 Closed enter waking_connect_interrupt
        -> [WakingConnectInterruptFailed, WakingDmaEnable];
    WakingConnectInterruptFailed 823 Closed enter waking_connect_interrupt_failed
        -> [ReportPowerUpFailedDerefParent];
    WakingDmaEnable 825 Closed enter waking_dma_enable
        -> [WakingDmaEnableFailed, WakingPostHardwareEnabled] drops [ParentToD0];
    WakingDmaEnableFailed 827 Closed enter waking_dma_enable_failed -> [WakingConnectInterruptFailed];
    ReportPowerUpFailedDerefParent 829 Closed enter report_power_up_failed_deref_parent
        -> [ReportPowerUpFailed];
    ReportPowerUpFailed 830 Open enter report_power_up_failed on { ImplicitD3 => PowerFailedPowerDown };
    PowerFailedPowerDown 831 Closed enter power_failed_power_down -> [Stopped];
    ReportPowerDownFailed 832 Open enter report_power_down_failed on { ImplicitD3 => PowerFailedPowerDown };
    InitialConnectInterruptFailed 833 Closed enter initial_connect_interrupt_failed
        -> [InitialPowerUpFailedDerefParent];
    InitialDmaEnableFailed 834 Closed enter initial_dma_enable_failed -> [InitialConnectInterruptFailed];
    InitialSelfManagedIoFailed 835 Closed enter initial_self_managed_io_failed
        -> [InitialPostHardwareEnabledFailed];
    InitialPowerUpFailedDerefParent 836 Closed enter initial_power_up_failed_deref_parent
        -> [InitialPowerUpFailed];
    InitialPowerUpFailed 837 Closed enter initial_power_up_failed -> [Stopped];
    DxStoppedDisarmWake 838 Closed absent Wake -> [GotoDxStoppedDisableInterrupt];
    GotoDxStopped 841 Closed enter goto_dx_stopped -> [Stopped];
    DxStopped 842 Open on { D0 => GotoStopped, ImplicitD0 => DxStoppedDecideDxState } traps [ImplicitD0];
    GotoStopped 843 Closed enter goto_stopped -> [Stopped];
    StoppedCompleteDx 844 Closed enter stopped_complete_dx -> [DxStopped];
    DxStoppedDecideDxState 845 Closed enter dx_stopped_decide_dx_state -> [Dx, DxNP];
    DxStoppedArmForWake 846 Closed absent Wake -> [Dx, DxArmedForWake];
    FinalPowerDownFailed 848 Closed enter final_power_down_failed -> [Stopped];
    Final 849 Closed absent Bus;
    GotoImplicitD3DisarmWakeAtBus 850 Closed absent Wake -> [GotoD3Stopped];
    UpFailed 851 Closed absent Wake -> [ReportPowerUpFailed];
    UpFailedDerefParent 852 Closed enter up_failed_deref_parent -> [ReportPowerUpFailedDerefParent];
    GotoDxFailed 853 Closed enter goto_dx_failed -> [ReportPowerDownFailed];
    GotoDxStoppedDisableInterrupt 854 Closed enter goto_dx_stopped_disable_interrupt -> [GotoDxStopped];
    NotifyingD0ExitToWakeInterrupts 857 Closed enter notifying_d0_exit_to_wake_interrupts
        -> [GotoDxIoStopped] on { WakeInterruptCompleteTransition => GotoDxIoStopped };
    NotifyingD0EntryToWakeInterrupts 858 Closed enter notifying_d0_entry_to_wake_interrupts
        -> [WakingConnectInterrupt] on { WakeInterruptCompleteTransition => WakingConnectInterrupt };
    InitialPowerUpFailedPowerDown 861 Closed absent ClassExtension -> [InitialPowerUpFailedDerefParent];
    UpFailedPowerDown 862 Closed absent ClassExtension -> [UpFailedDerefParent];
    InitialSelfManagedIoFailedStarted 864 Closed absent ClassExtension -> [InitialSelfManagedIoFailed];
    StartSelfManagedIoFailedStarted 865 Closed absent ClassExtension -> [StartSelfManagedIoFailed];
    WakingPostHardwareEnabled 867 Closed enter waking_post_hardware_enabled
        -> [WakingDmaEnableFailed, WakingPostHardwareEnabledFailed]
        on { CompleteD0 => StartSelfManagedIo } drops [ParentToD0];
    WakingPostHardwareEnabledFailed 869 Closed enter waking_post_hardware_enabled_failed
        -> [WakingDmaEnableFailed];
    D0StartingPostHardwareEnabled 871 Closed enter d0_starting_post_hardware_enabled
        -> [D0StartingStartSelfManagedIo, InitialDmaEnableFailed, InitialPostHardwareEnabledFailed];
    InitialPostHardwareEnabledFailed 872 Closed enter initial_post_hardware_enabled_failed
        -> [InitialDmaEnableFailed];
    CheckDeviceTypeNP 33538 Closed absent NonPageable -> [WakingNP];
    CheckParentStateNP 33540 Closed absent NonPageable -> [UpFailedNP, WaitForParentNP, WakingNP];
    EnablingWakeAtBusNP 33542 Closed absent NonPageable -> [D0ArmedForWakeNP, D0BusWakeOwnerNP];
    D0NP 33544 Open absent NonPageable -> [DecideD0State]
        on { Dx => GotoDxNP, ImplicitD3 => GotoD3Stopped, MarkPageable => DecideD0State }
        drops [D0, MarkNonpageable];
    D0BusWakeOwnerNP 33546 Open absent NonPageable -> [DecideD0State, EnablingWakeAtBusNP]
        on { Dx => GotoDxNP, ImplicitD3 => GotoD3Stopped, MarkPageable => D0BusWakeOwner,
            WakeArrival => EnablingWakeAtBusNP }
        drops [D0, MarkNonpageable, ParentToD0, WakeCanceled, WakeSucceeded];
    D0ArmedForWakeNP 33548 Open absent NonPageable -> [DecideD0State]
        on { Dx => GotoDxArmedForWakeNP, ImplicitD3 => GotoImplicitD3DisarmWakeAtBus,
            MarkPageable => D0ArmedForWake, WakeCanceled => D0DisarmingWakeAtBusNP,
            WakeFailed => D0DisarmingWakeAtBusNP, WakeSucceeded => D0DisarmingWakeAtBusNP }
        drops [D0, ParentToD0, WakeArrival, WakeCanceled] traps [ImplicitD3, MarkPageable, WakeFailed];
    D0DisarmingWakeAtBusNP 33550 Closed absent NonPageable -> [D0BusWakeOwnerNP];
    DxDisablingWakeAtBusNP 33561 Closed absent NonPageable -> [WakingNP];
    GotoDxNP 33563 Closed absent NonPageable on { CompleteDx => NotifyingD0ExitToWakeInterruptsNP }
        drops [ParentToD0, WakeArrival];
    GotoDxIoStoppedNP 33565 Closed absent NonPageable -> [DxNP, GotoDxNPFailed];
    GotoDxNPFailed 33566 Closed absent Wake -> [ReportPowerDownFailed];
    DxNP 33568 Open absent NonPageable
        on { D0 => CheckDeviceTypeNP, ImplicitD3 => GotoDxStoppedDisableInterruptNP }
        drops [Dx, ParentToD0, WakeArrival, WakeCanceled, WakeSucceeded];
    GotoDxArmedForWakeNP 33570 Closed absent NonPageable on { CompleteDx => GotoDxIoStoppedArmedForWakeNP };
    GotoDxIoStoppedArmedForWakeNP 33572 Closed absent NonPageable -> [DxArmedForWakeNP, GotoDxNPFailed];
    DxArmedForWakeNP 33574 Open absent NonPageable
        on { D0 => CheckParentStateArmedForWakeNP, ImplicitD3 => DxStoppedDisarmWakeNP,
            WakeCanceled => WakePendingNP, WakeFailed => WakePendingNP, WakeSucceeded => WakePendingNP }
        drops [ParentToD0];
    CheckParentStateArmedForWakeNP 33576 Closed absent NonPageable
        -> [DxDisablingWakeAtBusNP, UpFailedNP, WaitForParentArmedForWakeNP];
    WaitForParentArmedForWakeNP 33578 Closed absent NonPageable on { ParentToD0 => DxDisablingWakeAtBusNP };
    StartSelfManagedIoNP 33580 Closed absent NonPageable
        -> [D0NP, StartSelfManagedIoFailedNP, StartSelfManagedIoFailedStartedNP];
    StartSelfManagedIoFailedNP 33582 Closed absent NonPageable -> [WakingPostHardwareEnabledFailedNP];
    WaitForParentNP 33584 Closed absent NonPageable on { ParentToD0 => WakingNP };
    WakePendingNP 33586 Open absent NonPageable
        on { D0 => CheckParentStateArmedForWakeNP, ImplicitD0 => CheckParentStateArmedForWakeNP,
            ImplicitD3 => DxStoppedDisarmWakeNP }
        drops [ParentToD0] traps [ImplicitD0];
    WakingNP 33588 Closed absent NonPageable
        -> [NotifyingD0EntryToWakeInterruptsNP, UpFailedDerefParentNP, UpFailedPowerDownNP];
    WakingConnectInterruptNP 33590 Closed absent NonPageable
        -> [WakingConnectInterruptFailedNP, WakingDmaEnableNP];
    WakingConnectInterruptFailedNP 33592 Closed absent NonPageable -> [ReportPowerUpFailedDerefParent];
    WakingDmaEnableNP 33594 Closed absent NonPageable
        -> [WakingDmaEnableFailedNP, WakingPostHardwareEnabledNP] drops [ParentToD0];
    WakingDmaEnableFailedNP 33596 Closed absent NonPageable -> [WakingConnectInterruptFailedNP];
    DxStoppedDisarmWakeNP 33607 Closed absent NonPageable -> [GotoDxStoppedDisableInterruptNP];
    GotoDxStoppedDisableInterruptNP 33608 Closed absent NonPageable -> [GotoDxStopped];
    DxStoppedArmForWakeNP 33615 Closed absent NonPageable -> [DxArmedForWakeNP, DxNP];
    UpFailedNP 33623 Closed absent NonPageable -> [ReportPowerUpFailed];
    UpFailedDerefParentNP 33624 Closed absent NonPageable -> [ReportPowerUpFailedDerefParent];
    NotifyingD0ExitToWakeInterruptsNP 33627 Closed absent NonPageable -> [GotoDxIoStoppedNP]
        on { WakeInterruptCompleteTransition => GotoDxIoStoppedNP }
        traps [WakeInterruptCompleteTransition];
    NotifyingD0EntryToWakeInterruptsNP 33628 Closed absent NonPageable -> [WakingConnectInterruptNP]
        on { WakeInterruptCompleteTransition => WakingConnectInterruptNP }
        traps [WakeInterruptCompleteTransition];
    UpFailedPowerDownNP 33631 Closed absent NonPageable -> [UpFailedDerefParentNP];
    StartSelfManagedIoFailedStartedNP 33634 Closed absent NonPageable -> [StartSelfManagedIoFailedNP];
    WakingPostHardwareEnabledNP 33636 Closed absent NonPageable
        -> [WakingDmaEnableFailedNP, WakingPostHardwareEnabledFailedNP]
        on { CompleteD0 => StartSelfManagedIoNP } drops [ParentToD0];
    WakingPostHardwareEnabledFailedNP 33638 Closed absent NonPageable -> [WakingDmaEnableFailedNP];
}
