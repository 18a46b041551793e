//! `wdfdevice.h`: the states of the PnP, power and power policy machines and their notification data.

pub mod _WDF_DEVICE_PNP_STATE {
    pub type Type = i32;
    pub const WdfDevStatePnpInvalid: Type = 0;
    pub const WdfDevStatePnpObjectCreated: Type = 0x100;
    pub const WdfDevStatePnpCheckForDevicePresence: Type = 0x101;
    pub const WdfDevStatePnpEjectFailed: Type = 0x102;
    pub const WdfDevStatePnpEjectHardware: Type = 0x103;
    pub const WdfDevStatePnpEjectedWaitingForRemove: Type = 0x104;
    pub const WdfDevStatePnpInit: Type = 0x105;
    pub const WdfDevStatePnpInitStarting: Type = 0x106;
    pub const WdfDevStatePnpInitSurpriseRemoved: Type = 0x107;
    pub const WdfDevStatePnpHardwareAvailable: Type = 0x108;
    pub const WdfDevStatePnpEnableInterfaces: Type = 0x109;
    pub const WdfDevStatePnpHardwareAvailablePowerPolicyFailed: Type = 0x10A;
    pub const WdfDevStatePnpQueryRemoveAskDriver: Type = 0x10B;
    pub const WdfDevStatePnpQueryRemovePending: Type = 0x10C;
    pub const WdfDevStatePnpQueryRemoveStaticCheck: Type = 0x10D;
    pub const WdfDevStatePnpQueriedRemoving: Type = 0x10E;
    pub const WdfDevStatePnpQueryStopAskDriver: Type = 0x10F;
    pub const WdfDevStatePnpQueryStopPending: Type = 0x110;
    pub const WdfDevStatePnpQueryStopStaticCheck: Type = 0x111;
    pub const WdfDevStatePnpQueryCanceled: Type = 0x112;
    pub const WdfDevStatePnpRemoved: Type = 0x113;
    pub const WdfDevStatePnpPdoRemoved: Type = 0x114;
    pub const WdfDevStatePnpRemovedPdoWait: Type = 0x115;
    pub const WdfDevStatePnpRemovedPdoSurpriseRemoved: Type = 0x116;
    pub const WdfDevStatePnpRemovingDisableInterfaces: Type = 0x117;
    pub const WdfDevStatePnpRestarting: Type = 0x118;
    pub const WdfDevStatePnpStarted: Type = 0x119;
    pub const WdfDevStatePnpStartedCancelStop: Type = 0x11A;
    pub const WdfDevStatePnpStartedCancelRemove: Type = 0x11B;
    pub const WdfDevStatePnpStartedRemoving: Type = 0x11C;
    pub const WdfDevStatePnpStartingFromStopped: Type = 0x11D;
    pub const WdfDevStatePnpStopped: Type = 0x11E;
    pub const WdfDevStatePnpStoppedWaitForStartCompletion: Type = 0x11F;
    pub const WdfDevStatePnpStartedStopping: Type = 0x120;
    pub const WdfDevStatePnpSurpriseRemove: Type = 0x121;
    pub const WdfDevStatePnpInitQueryRemove: Type = 0x122;
    pub const WdfDevStatePnpInitQueryRemoveCanceled: Type = 0x123;
    pub const WdfDevStatePnpFdoRemoved: Type = 0x124;
    pub const WdfDevStatePnpRemovedWaitForChildren: Type = 0x125;
    pub const WdfDevStatePnpQueriedSurpriseRemove: Type = 0x126;
    pub const WdfDevStatePnpSurpriseRemoveIoStarted: Type = 0x127;
    pub const WdfDevStatePnpFailedPowerDown: Type = 0x128;
    pub const WdfDevStatePnpFailedIoStarting: Type = 0x129;
    pub const WdfDevStatePnpFailedOwnHardware: Type = 0x12A;
    pub const WdfDevStatePnpFailed: Type = 0x12B;
    pub const WdfDevStatePnpFailedSurpriseRemoved: Type = 0x12C;
    pub const WdfDevStatePnpFailedStarted: Type = 0x12D;
    pub const WdfDevStatePnpFailedWaitForRemove: Type = 0x12E;
    pub const WdfDevStatePnpFailedInit: Type = 0x12F;
    pub const WdfDevStatePnpPdoInitFailed: Type = 0x130;
    pub const WdfDevStatePnpRestart: Type = 0x131;
    pub const WdfDevStatePnpRestartReleaseHardware: Type = 0x132;
    pub const WdfDevStatePnpRestartHardwareAvailable: Type = 0x133;
    pub const WdfDevStatePnpPdoRestart: Type = 0x134;
    pub const WdfDevStatePnpFinal: Type = 0x135;
    pub const WdfDevStatePnpRemovedChildrenRemoved: Type = 0x136;
    pub const WdfDevStatePnpQueryRemoveEnsureDeviceAwake: Type = 0x137;
    pub const WdfDevStatePnpQueryStopEnsureDeviceAwake: Type = 0x138;
    pub const WdfDevStatePnpFailedPowerPolicyRemoved: Type = 0x139;
    pub const WdfDevStatePnpNull: Type = 0x13A;
}
pub type WDF_DEVICE_PNP_STATE = _WDF_DEVICE_PNP_STATE::Type;

pub mod _WDF_DEVICE_POWER_POLICY_STATE {
    pub type Type = i32;
    pub const WdfDevStatePwrPolInvalid: Type = 0;
    pub const WdfDevStatePwrPolObjectCreated: Type = 0x500;
    pub const WdfDevStatePwrPolStarting: Type = 0x501;
    pub const WdfDevStatePwrPolStartingSucceeded: Type = 0x502;
    pub const WdfDevStatePwrPolStartingFailed: Type = 0x503;
    pub const WdfDevStatePwrPolStartingDecideS0Wake: Type = 0x504;
    pub const WdfDevStatePwrPolStartedIdleCapable: Type = 0x505;
    pub const WdfDevStatePwrPolTimerExpiredNoWake: Type = 0x506;
    pub const WdfDevStatePwrPolTimerExpiredNoWakeCompletePowerDown: Type = 0x507;
    pub const WdfDevStatePwrPolWaitingUnarmed: Type = 0x508;
    pub const WdfDevStatePwrPolWaitingUnarmedQueryIdle: Type = 0x509;
    pub const WdfDevStatePwrPolS0NoWakePowerUp: Type = 0x50A;
    pub const WdfDevStatePwrPolS0NoWakeCompletePowerUp: Type = 0x50B;
    pub const WdfDevStatePwrPolSystemSleepFromDeviceWaitingUnarmed: Type = 0x50C;
    pub const WdfDevStatePwrPolSystemSleepNeedWake: Type = 0x50D;
    pub const WdfDevStatePwrPolSystemSleepNeedWakeCompletePowerUp: Type = 0x50E;
    pub const WdfDevStatePwrPolSystemSleepPowerRequestFailed: Type = 0x50F;
    pub const WdfDevStatePwrPolCheckPowerPageable: Type = 0x510;
    pub const WdfDevStatePwrPolSleepingWakeWakeArrived: Type = 0x511;
    pub const WdfDevStatePwrPolSleepingWakeRevertArmWake: Type = 0x512;
    pub const WdfDevStatePwrPolSystemAsleepWakeArmed: Type = 0x513;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeEnabled: Type = 0x514;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeEnabledWakeCanceled: Type = 0x515;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeDisarm: Type = 0x516;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeTriggered: Type = 0x517;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeTriggeredS0: Type = 0x518;
    pub const WdfDevStatePwrPolSystemWakeDeviceWokeDisarm: Type = 0x519;
    pub const WdfDevStatePwrPolSleepingWakeWakeArrivedNP: Type = 0x851A;
    pub const WdfDevStatePwrPolSleepingWakeRevertArmWakeNP: Type = 0x851B;
    pub const WdfDevStatePwrPolSleepingWakePowerDownFailed: Type = 0x51C;
    pub const WdfDevStatePwrPolSleepingWakePowerDownFailedWakeCanceled: Type = 0x51D;
    pub const WdfDevStatePwrPolSystemAsleepWakeArmedNP: Type = 0x851E;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeEnabledNP: Type = 0x851F;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeEnabledWakeCanceledNP: Type = 0x8520;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeDisarmNP: Type = 0x8521;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeTriggeredNP: Type = 0x8522;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeTriggeredS0NP: Type = 0x8523;
    pub const WdfDevStatePwrPolSystemWakeDeviceWokeDisarmNP: Type = 0x8524;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeCompletePowerUp: Type = 0x525;
    pub const WdfDevStatePwrPolSleeping: Type = 0x526;
    pub const WdfDevStatePwrPolSleepingNoWakePowerDown: Type = 0x527;
    pub const WdfDevStatePwrPolSleepingNoWakeCompletePowerDown: Type = 0x528;
    pub const WdfDevStatePwrPolSleepingNoWakeDxRequestFailed: Type = 0x529;
    pub const WdfDevStatePwrPolSleepingWakePowerDown: Type = 0x52A;
    pub const WdfDevStatePwrPolSleepingSendWake: Type = 0x52B;
    pub const WdfDevStatePwrPolSystemAsleepNoWake: Type = 0x52C;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeDisabled: Type = 0x52D;
    pub const WdfDevStatePwrPolSystemWakeDeviceToD0: Type = 0x52E;
    pub const WdfDevStatePwrPolSystemWakeDeviceToD0CompletePowerUp: Type = 0x52F;
    pub const WdfDevStatePwrPolSystemWakeQueryIdle: Type = 0x530;
    pub const WdfDevStatePwrPolStartedWakeCapable: Type = 0x531;
    pub const WdfDevStatePwrPolTimerExpiredDecideUsbSS: Type = 0x532;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapablePowerDown: Type = 0x533;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableSendWake: Type = 0x534;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableUsbSS: Type = 0x535;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableWakeArrived: Type = 0x536;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableCancelWake: Type = 0x537;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableWakeCanceled: Type = 0x538;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableCleanup: Type = 0x539;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableDxAllocFailed: Type = 0x53A;
    pub const WdfDevStatePwrPolTimerExpiredWakeCompletedPowerDown: Type = 0x53B;
    pub const WdfDevStatePwrPolTimerExpiredWakeCompletedPowerUp: Type = 0x53C;
    pub const WdfDevStatePwrPolWaitingArmedUsbSS: Type = 0x53D;
    pub const WdfDevStatePwrPolWaitingArmed: Type = 0x53E;
    pub const WdfDevStatePwrPolWaitingArmedQueryIdle: Type = 0x53F;
    pub const WdfDevStatePwrPolIoPresentArmed: Type = 0x540;
    pub const WdfDevStatePwrPolIoPresentArmedWakeCanceled: Type = 0x541;
    pub const WdfDevStatePwrPolS0WakeDisarm: Type = 0x542;
    pub const WdfDevStatePwrPolS0WakeCompletePowerUp: Type = 0x543;
    pub const WdfDevStatePwrPolTimerExpiredWakeSucceeded: Type = 0x544;
    pub const WdfDevStatePwrPolTimerExpiredWakeCompletedDisarm: Type = 0x545;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableWakeSucceeded: Type = 0x546;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableWakeFailed: Type = 0x547;
    pub const WdfDevStatePwrPolWakeFailedUsbSS: Type = 0x548;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownFailedCancelWake: Type = 0x549;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownFailedWakeCanceled: Type = 0x54A;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownFailedUsbSS: Type = 0x54B;
    pub const WdfDevStatePwrPolCancelingWakeForSystemSleep: Type = 0x54C;
    pub const WdfDevStatePwrPolCancelingWakeForSystemSleepWakeCanceled: Type = 0x54D;
    pub const WdfDevStatePwrPolDisarmingWakeForSystemSleepCompletePowerUp: Type = 0x54E;
    pub const WdfDevStatePwrPolPowerUpForSystemSleepFailed: Type = 0x54F;
    pub const WdfDevStatePwrPolWokeFromS0UsbSS: Type = 0x550;
    pub const WdfDevStatePwrPolWokeFromS0: Type = 0x551;
    pub const WdfDevStatePwrPolWokeFromS0NotifyDriver: Type = 0x552;
    pub const WdfDevStatePwrPolStoppingResetDevice: Type = 0x553;
    pub const WdfDevStatePwrPolStoppingResetDeviceCompletePowerUp: Type = 0x554;
    pub const WdfDevStatePwrPolStoppingResetDeviceFailed: Type = 0x555;
    pub const WdfDevStatePwrPolStoppingD0: Type = 0x556;
    pub const WdfDevStatePwrPolStoppingD0Failed: Type = 0x557;
    pub const WdfDevStatePwrPolStoppingDisarmWake: Type = 0x558;
    pub const WdfDevStatePwrPolStoppingDisarmWakeCancelWake: Type = 0x559;
    pub const WdfDevStatePwrPolStoppingDisarmWakeWakeCanceled: Type = 0x55A;
    pub const WdfDevStatePwrPolStopping: Type = 0x55B;
    pub const WdfDevStatePwrPolStoppingFailed: Type = 0x55C;
    pub const WdfDevStatePwrPolStoppingSendStatus: Type = 0x55D;
    pub const WdfDevStatePwrPolStoppingCancelTimer: Type = 0x55E;
    pub const WdfDevStatePwrPolStoppingWaitForIdleTimeout: Type = 0x55F;
    pub const WdfDevStatePwrPolStoppingCancelUsbSS: Type = 0x560;
    pub const WdfDevStatePwrPolStoppingWaitForUsbSSCompletion: Type = 0x561;
    pub const WdfDevStatePwrPolStoppingCancelWake: Type = 0x562;
    pub const WdfDevStatePwrPolStopped: Type = 0x563;
    pub const WdfDevStatePwrPolCancelUsbSS: Type = 0x564;
    pub const WdfDevStatePwrPolStarted: Type = 0x565;
    pub const WdfDevStatePwrPolStartedCancelTimer: Type = 0x566;
    pub const WdfDevStatePwrPolStartedWaitForIdleTimeout: Type = 0x567;
    pub const WdfDevStatePwrPolStartedWakeCapableCancelTimerForSleep: Type = 0x568;
    pub const WdfDevStatePwrPolStartedWakeCapableWaitForIdleTimeout: Type = 0x569;
    pub const WdfDevStatePwrPolStartedWakeCapableSleepingUsbSS: Type = 0x56A;
    pub const WdfDevStatePwrPolStartedIdleCapableCancelTimerForSleep: Type = 0x56B;
    pub const WdfDevStatePwrPolStartedIdleCapableWaitForIdleTimeout: Type = 0x56C;
    pub const WdfDevStatePwrPolDeviceD0PowerRequestFailed: Type = 0x56D;
    pub const WdfDevStatePwrPolDevicePowerRequestFailed: Type = 0x56E;
    pub const WdfDevStatePwrPolGotoDx: Type = 0x56F;
    pub const WdfDevStatePwrPolGotoDxInDx: Type = 0x570;
    pub const WdfDevStatePwrPolDx: Type = 0x571;
    pub const WdfDevStatePwrPolGotoD0: Type = 0x572;
    pub const WdfDevStatePwrPolGotoD0InD0: Type = 0x573;
    pub const WdfDevStatePwrPolFinal: Type = 0x574;
    pub const WdfDevStatePwrPolSleepingPowerDownNotProcessed: Type = 0x575;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownNotProcessed: Type = 0x576;
    pub const WdfDevStatePwrPolTimerExpiredNoWakePowerDownNotProcessed: Type = 0x577;
    pub const WdfDevStatePwrPolTimerExpiredNoWakePoweredDownDisableIdleTimer: Type = 0x578;
    pub const WdfDevStatePwrPolStoppingWaitingForImplicitPowerDown: Type = 0x579;
    pub const WdfDevStatePwrPolStoppingPoweringUp: Type = 0x57A;
    pub const WdfDevStatePwrPolStoppingPoweringDown: Type = 0x57B;
    pub const WdfDevStatePwrPolPowerUpForSystemSleepNotSeen: Type = 0x57C;
    pub const WdfDevStatePwrPolWaitingArmedStoppingCancelUsbSS: Type = 0x57D;
    pub const WdfDevStatePwrPolWaitingArmedWakeFailedCancelUsbSS: Type = 0x57E;
    pub const WdfDevStatePwrPolWaitingArmedIoPresentCancelUsbSS: Type = 0x57F;
    pub const WdfDevStatePwrPolWaitingArmedWakeSucceededCancelUsbSS: Type = 0x580;
    pub const WdfDevStatePwrPolCancelingUsbSSForSystemSleep: Type = 0x581;
    pub const WdfDevStatePwrPolStoppingD0CancelUsbSS: Type = 0x582;
    pub const WdfDevStatePwrPolStartingPoweredUp: Type = 0x583;
    pub const WdfDevStatePwrPolIdleCapableDeviceIdle: Type = 0x584;
    pub const WdfDevStatePwrPolDeviceIdleReturnToActive: Type = 0x585;
    pub const WdfDevStatePwrPolDeviceIdleSleeping: Type = 0x586;
    pub const WdfDevStatePwrPolDeviceIdleStopping: Type = 0x587;
    pub const WdfDevStatePwrPolTimerExpiredNoWakeUndoPowerDown: Type = 0x588;
    pub const WdfDevStatePwrPolWakeCapableDeviceIdle: Type = 0x589;
    pub const WdfDevStatePwrPolWakeCapableUsbSSCompleted: Type = 0x58A;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableUndoPowerDown: Type = 0x58B;
    pub const WdfDevStatePwrPolTimerExpiredWakeCompletedHardwareStarted: Type = 0x58C;
    pub const WdfDevStatePwrPolStoppedRemoving: Type = 0x58D;
    pub const WdfDevStatePwrPolRemoved: Type = 0x58E;
    pub const WdfDevStatePwrPolRestarting: Type = 0x58F;
    pub const WdfDevStatePwrPolRestartingFailed: Type = 0x590;
    pub const WdfDevStatePwrPolStartingPoweredUpFailed: Type = 0x591;
    pub const WdfDevStatePwrPolTimerExpiredNoWakeReturnToActive: Type = 0x592;
    pub const WdfDevStatePwrPolWaitingArmedWakeInterruptFired: Type = 0x593;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeInterruptFired: Type = 0x594;
    pub const WdfDevStatePwrPolSystemWakeDeviceWakeInterruptFiredNP: Type = 0x8595;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapableWakeInterruptArrived: Type = 0x596;
    pub const WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownFailedWakeInterruptArrived: Type = 0x597;
    pub const WdfDevStatePwrPolWaitingArmedWakeInterruptFiredDuringPowerDown: Type = 0x598;
    pub const WdfDevStatePwrPolNull: Type = 0x599;
}
pub type WDF_DEVICE_POWER_POLICY_STATE = _WDF_DEVICE_POWER_POLICY_STATE::Type;

pub mod _WDF_DEVICE_POWER_STATE {
    pub type Type = i32;
    pub const WdfDevStatePowerInvalid: Type = 0;
    pub const WdfDevStatePowerObjectCreated: Type = 0x300;
    pub const WdfDevStatePowerCheckDeviceType: Type = 0x301;
    pub const WdfDevStatePowerCheckDeviceTypeNP: Type = 0x8302;
    pub const WdfDevStatePowerCheckParentState: Type = 0x303;
    pub const WdfDevStatePowerCheckParentStateNP: Type = 0x8304;
    pub const WdfDevStatePowerEnablingWakeAtBus: Type = 0x305;
    pub const WdfDevStatePowerEnablingWakeAtBusNP: Type = 0x8306;
    pub const WdfDevStatePowerD0: Type = 0x307;
    pub const WdfDevStatePowerD0NP: Type = 0x8308;
    pub const WdfDevStatePowerD0BusWakeOwner: Type = 0x309;
    pub const WdfDevStatePowerD0BusWakeOwnerNP: Type = 0x830A;
    pub const WdfDevStatePowerD0ArmedForWake: Type = 0x30B;
    pub const WdfDevStatePowerD0ArmedForWakeNP: Type = 0x830C;
    pub const WdfDevStatePowerD0DisarmingWakeAtBus: Type = 0x30D;
    pub const WdfDevStatePowerD0DisarmingWakeAtBusNP: Type = 0x830E;
    pub const WdfDevStatePowerD0Starting: Type = 0x30F;
    pub const WdfDevStatePowerD0StartingConnectInterrupt: Type = 0x310;
    pub const WdfDevStatePowerD0StartingDmaEnable: Type = 0x311;
    pub const WdfDevStatePowerD0StartingStartSelfManagedIo: Type = 0x312;
    pub const WdfDevStatePowerDecideD0State: Type = 0x313;
    pub const WdfDevStatePowerGotoD3Stopped: Type = 0x314;
    pub const WdfDevStatePowerStopped: Type = 0x315;
    pub const WdfDevStatePowerStartingCheckDeviceType: Type = 0x316;
    pub const WdfDevStatePowerStartingChild: Type = 0x317;
    pub const WdfDevStatePowerDxDisablingWakeAtBus: Type = 0x318;
    pub const WdfDevStatePowerDxDisablingWakeAtBusNP: Type = 0x8319;
    pub const WdfDevStatePowerGotoDx: Type = 0x31A;
    pub const WdfDevStatePowerGotoDxNP: Type = 0x831B;
    pub const WdfDevStatePowerGotoDxIoStopped: Type = 0x31C;
    pub const WdfDevStatePowerGotoDxIoStoppedNP: Type = 0x831D;
    pub const WdfDevStatePowerGotoDxNPFailed: Type = 0x831E;
    pub const WdfDevStatePowerDx: Type = 0x31F;
    pub const WdfDevStatePowerDxNP: Type = 0x8320;
    pub const WdfDevStatePowerGotoDxArmedForWake: Type = 0x321;
    pub const WdfDevStatePowerGotoDxArmedForWakeNP: Type = 0x8322;
    pub const WdfDevStatePowerGotoDxIoStoppedArmedForWake: Type = 0x323;
    pub const WdfDevStatePowerGotoDxIoStoppedArmedForWakeNP: Type = 0x8324;
    pub const WdfDevStatePowerDxArmedForWake: Type = 0x325;
    pub const WdfDevStatePowerDxArmedForWakeNP: Type = 0x8326;
    pub const WdfDevStatePowerCheckParentStateArmedForWake: Type = 0x327;
    pub const WdfDevStatePowerCheckParentStateArmedForWakeNP: Type = 0x8328;
    pub const WdfDevStatePowerWaitForParentArmedForWake: Type = 0x329;
    pub const WdfDevStatePowerWaitForParentArmedForWakeNP: Type = 0x832A;
    pub const WdfDevStatePowerStartSelfManagedIo: Type = 0x32B;
    pub const WdfDevStatePowerStartSelfManagedIoNP: Type = 0x832C;
    pub const WdfDevStatePowerStartSelfManagedIoFailed: Type = 0x32D;
    pub const WdfDevStatePowerStartSelfManagedIoFailedNP: Type = 0x832E;
    pub const WdfDevStatePowerWaitForParent: Type = 0x32F;
    pub const WdfDevStatePowerWaitForParentNP: Type = 0x8330;
    pub const WdfDevStatePowerWakePending: Type = 0x331;
    pub const WdfDevStatePowerWakePendingNP: Type = 0x8332;
    pub const WdfDevStatePowerWaking: Type = 0x333;
    pub const WdfDevStatePowerWakingNP: Type = 0x8334;
    pub const WdfDevStatePowerWakingConnectInterrupt: Type = 0x335;
    pub const WdfDevStatePowerWakingConnectInterruptNP: Type = 0x8336;
    pub const WdfDevStatePowerWakingConnectInterruptFailed: Type = 0x337;
    pub const WdfDevStatePowerWakingConnectInterruptFailedNP: Type = 0x8338;
    pub const WdfDevStatePowerWakingDmaEnable: Type = 0x339;
    pub const WdfDevStatePowerWakingDmaEnableNP: Type = 0x833A;
    pub const WdfDevStatePowerWakingDmaEnableFailed: Type = 0x33B;
    pub const WdfDevStatePowerWakingDmaEnableFailedNP: Type = 0x833C;
    pub const WdfDevStatePowerReportPowerUpFailedDerefParent: Type = 0x33D;
    pub const WdfDevStatePowerReportPowerUpFailed: Type = 0x33E;
    pub const WdfDevStatePowerPowerFailedPowerDown: Type = 0x33F;
    pub const WdfDevStatePowerReportPowerDownFailed: Type = 0x340;
    pub const WdfDevStatePowerInitialConnectInterruptFailed: Type = 0x341;
    pub const WdfDevStatePowerInitialDmaEnableFailed: Type = 0x342;
    pub const WdfDevStatePowerInitialSelfManagedIoFailed: Type = 0x343;
    pub const WdfDevStatePowerInitialPowerUpFailedDerefParent: Type = 0x344;
    pub const WdfDevStatePowerInitialPowerUpFailed: Type = 0x345;
    pub const WdfDevStatePowerDxStoppedDisarmWake: Type = 0x346;
    pub const WdfDevStatePowerDxStoppedDisarmWakeNP: Type = 0x8347;
    pub const WdfDevStatePowerGotoDxStoppedDisableInterruptNP: Type = 0x8348;
    pub const WdfDevStatePowerGotoDxStopped: Type = 0x349;
    pub const WdfDevStatePowerDxStopped: Type = 0x34A;
    pub const WdfDevStatePowerGotoStopped: Type = 0x34B;
    pub const WdfDevStatePowerStoppedCompleteDx: Type = 0x34C;
    pub const WdfDevStatePowerDxStoppedDecideDxState: Type = 0x34D;
    pub const WdfDevStatePowerDxStoppedArmForWake: Type = 0x34E;
    pub const WdfDevStatePowerDxStoppedArmForWakeNP: Type = 0x834F;
    pub const WdfDevStatePowerFinalPowerDownFailed: Type = 0x350;
    pub const WdfDevStatePowerFinal: Type = 0x351;
    pub const WdfDevStatePowerGotoImplicitD3DisarmWakeAtBus: Type = 0x352;
    pub const WdfDevStatePowerUpFailed: Type = 0x353;
    pub const WdfDevStatePowerUpFailedDerefParent: Type = 0x354;
    pub const WdfDevStatePowerGotoDxFailed: Type = 0x355;
    pub const WdfDevStatePowerGotoDxStoppedDisableInterrupt: Type = 0x356;
    pub const WdfDevStatePowerUpFailedNP: Type = 0x8357;
    pub const WdfDevStatePowerUpFailedDerefParentNP: Type = 0x8358;
    pub const WdfDevStatePowerNotifyingD0ExitToWakeInterrupts: Type = 0x359;
    pub const WdfDevStatePowerNotifyingD0EntryToWakeInterrupts: Type = 0x35A;
    pub const WdfDevStatePowerNotifyingD0ExitToWakeInterruptsNP: Type = 0x835B;
    pub const WdfDevStatePowerNotifyingD0EntryToWakeInterruptsNP: Type = 0x835C;
    pub const WdfDevStatePowerNull: Type = 0x35D;
}
pub type WDF_DEVICE_POWER_STATE = _WDF_DEVICE_POWER_STATE::Type;

pub mod _WDF_STATE_NOTIFICATION_TYPE {
    pub type Type = i32;
    pub const StateNotificationInvalid: Type = 0;
    pub const StateNotificationEnterState: Type = 1;
    pub const StateNotificationPostProcessState: Type = 2;
    pub const StateNotificationLeaveState: Type = 4;
    pub const StateNotificationAllStates: Type = 7;
}
pub type WDF_STATE_NOTIFICATION_TYPE = _WDF_STATE_NOTIFICATION_TYPE::Type;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct _WDF_DEVICE_PNP_NOTIFICATION_DATA {
    pub Type: WDF_STATE_NOTIFICATION_TYPE,
    pub Data: _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1,
}
pub type WDF_DEVICE_PNP_NOTIFICATION_DATA = _WDF_DEVICE_PNP_NOTIFICATION_DATA;

/// The member `Data` of `_WDF_DEVICE_PNP_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy)]
pub union _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1 {
    pub EnterState: _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1,
    pub PostProcessState: _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2,
    pub LeaveState: _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3,
}

/// The member `Data.EnterState` of `_WDF_DEVICE_PNP_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1 {
    pub CurrentState: WDF_DEVICE_PNP_STATE,
    pub NewState: WDF_DEVICE_PNP_STATE,
}

/// The member `Data.PostProcessState` of `_WDF_DEVICE_PNP_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2 {
    pub CurrentState: WDF_DEVICE_PNP_STATE,
}

/// The member `Data.LeaveState` of `_WDF_DEVICE_PNP_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3 {
    pub CurrentState: WDF_DEVICE_PNP_STATE,
    pub NewState: WDF_DEVICE_PNP_STATE,
}
pub type PCWDF_DEVICE_PNP_NOTIFICATION_DATA = *const WDF_DEVICE_PNP_NOTIFICATION_DATA;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct _WDF_DEVICE_POWER_NOTIFICATION_DATA {
    pub Type: WDF_STATE_NOTIFICATION_TYPE,
    pub Data: _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1,
}
pub type WDF_DEVICE_POWER_NOTIFICATION_DATA = _WDF_DEVICE_POWER_NOTIFICATION_DATA;

/// The member `Data` of `_WDF_DEVICE_POWER_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy)]
pub union _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1 {
    pub EnterState: _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1,
    pub PostProcessState: _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2,
    pub LeaveState: _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3,
}

/// The member `Data.EnterState` of `_WDF_DEVICE_POWER_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1 {
    pub CurrentState: WDF_DEVICE_POWER_STATE,
    pub NewState: WDF_DEVICE_POWER_STATE,
}

/// The member `Data.PostProcessState` of `_WDF_DEVICE_POWER_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2 {
    pub CurrentState: WDF_DEVICE_POWER_STATE,
}

/// The member `Data.LeaveState` of `_WDF_DEVICE_POWER_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3 {
    pub CurrentState: WDF_DEVICE_POWER_STATE,
    pub NewState: WDF_DEVICE_POWER_STATE,
}
pub type PCWDF_DEVICE_POWER_NOTIFICATION_DATA = *const WDF_DEVICE_POWER_NOTIFICATION_DATA;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA {
    pub Type: WDF_STATE_NOTIFICATION_TYPE,
    pub Data: _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1,
}
pub type WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA = _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA;

/// The member `Data` of `_WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy)]
pub union _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1 {
    pub EnterState: _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1,
    pub PostProcessState: _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2,
    pub LeaveState: _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3,
}

/// The member `Data.EnterState` of `_WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1 {
    pub CurrentState: WDF_DEVICE_POWER_POLICY_STATE,
    pub NewState: WDF_DEVICE_POWER_POLICY_STATE,
}

/// The member `Data.PostProcessState` of `_WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2 {
    pub CurrentState: WDF_DEVICE_POWER_POLICY_STATE,
}

/// The member `Data.LeaveState` of `_WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3 {
    pub CurrentState: WDF_DEVICE_POWER_POLICY_STATE,
    pub NewState: WDF_DEVICE_POWER_POLICY_STATE,
}
pub type PCWDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA = *const WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA;

zeroed_default!(
    _WDF_DEVICE_PNP_NOTIFICATION_DATA,
    _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1,
    _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1,
    _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2,
    _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3,
    _WDF_DEVICE_POWER_NOTIFICATION_DATA,
    _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1,
    _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1,
    _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2,
    _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3,
    _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA,
    _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1,
    _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1,
    _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2,
    _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3
);
