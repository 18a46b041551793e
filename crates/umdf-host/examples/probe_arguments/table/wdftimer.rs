//! The functions of `wdftimer.h`.

/// Hands them to a macro.
macro_rules! wdftimer {
    ($then:ident) => {
        $then! { "wdftimer.h":
            WdfTimerCreate(
                Config: pointer good::timer_config(|_| ()) => [
                    "a wrong Size": good::timer_config(|config| config.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "UseHighResolutionTimer":
                        good::timer_config(|config| config.UseHighResolutionTimer = 1) => R(STATUS_NOT_IMPLEMENTED),
                    "a Period above MAXLONG":
                        good::timer_config(|config| config.Period = 0x8000_0000) => R(STATUS_INVALID_PARAMETER),
                ],
                Attributes: attributes good::below_device() => allows [required, level] => [
                    "passive level for a periodic timer": good::passive() => R(STATUS_NOT_SUPPORTED),
                    "a parent without a device above it":
                        good::below_driver() => R(STATUS_INVALID_DEVICE_REQUEST),
                    "a parent whose callbacks are serialized at another level":
                        good::below_serialized_queue() => B("SERIALIZATION_LEVEL", STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL),
                ],
                Timer: pointer good::place(),
            );
            WdfTimerStart(Timer: handle good::timer(), DueTime: given good::NEVER) = 0;
            WdfTimerStop(Timer: handle good::timer(), Wait: given 1) = 0;
            WdfTimerGetParentObject(Timer: handle good::timer()) = good::device().cast();
        }
    };
}
