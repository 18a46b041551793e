//! The functions of `wdfdevice.h` that come before a device is made, and the one that makes it.

/// Hands them to a macro.
macro_rules! wdfdevice_init {
    ($then:ident) => {
        $then! { "wdfdevice.h, device init":
            WdfDeviceInitSetPnpPowerEventCallbacks at Init (
                DeviceInit: handle good::init(),
                PnpPowerEventCallbacks: pointer good::pnp_callbacks(|_| ()) => [
                    "a wrong Size": good::pnp_callbacks(|given| given.Size -= 1) => B("ARGUMENT_INVALID"),
                    "both callbacks for usage notifications": good::both_usage_callbacks() => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceInitSetPowerPolicyEventCallbacks at Init (
                DeviceInit: handle good::init(),
                PowerPolicyEventCallbacks: pointer good::policy_callbacks(|_| ()) => [
                    "a wrong Size": good::policy_callbacks(|given| given.Size -= 1) => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceInitSetPowerPolicyOwnership at Init (
                DeviceInit: handle good::init(),
                IsPowerPolicyOwner: given 1,
            );
            WdfDeviceInitSetIoType at Init (
                DeviceInit: handle good::init(),
                IoType: given IoType::WdfDeviceIoDirect => [
                    "WdfDeviceIoUndefined": IoType::WdfDeviceIoUndefined => B("ARGUMENT_INVALID"),
                    "WdfDeviceIoNeither": IoType::WdfDeviceIoNeither => B("ARGUMENT_INVALID"),
                    "behind the last one": IoType::WdfDeviceIoBufferedOrDirect + 1 => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceInitSetIoTypeEx at Init (
                DeviceInit: handle good::init(),
                IoTypeConfig: pointer good::io_type_config(|_| ()) => [
                    // Ignored in silence, as in the framework.
                    "a wrong Size": good::io_type_config(|given| given.Size -= 1) => R(()),
                    "WdfDeviceIoNeither for reads and writes":
                        good::io_type_config(|given| given.ReadWriteIoType = IoType::WdfDeviceIoNeither)
                        => B("ARGUMENT_INVALID"),
                    "WdfDeviceIoNeither for I/O control requests":
                        good::io_type_config(|given| given.DeviceControlIoType = IoType::WdfDeviceIoNeither)
                        => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceInitSetFileObjectConfig at Init (
                DeviceInit: handle good::init(),
                FileObjectConfig: pointer good::files(|_| ()) => [
                    "a wrong Size": good::files(|files| files.Size -= 1) => B("ARGUMENT_INVALID"),
                    "AutoForwardCleanupClose below the first one":
                        good::files(|files| files.AutoForwardCleanupClose = -1) => B("ARGUMENT_INVALID"),
                    "AutoForwardCleanupClose behind the last one":
                        good::files(|files| files.AutoForwardCleanupClose = 3) => B("ARGUMENT_INVALID"),
                    "WdfFileObjectInvalid":
                        good::files(|files| files.FileObjectClass = FileClass::WdfFileObjectInvalid)
                        => B("ARGUMENT_INVALID"),
                    "a class behind the last one":
                        good::files(|files| files.FileObjectClass = 5) => B("ARGUMENT_INVALID"),
                    "no class but WdfFileObjectCanBeOptional":
                        good::files(|files| files.FileObjectClass = FileClass::WdfFileObjectCanBeOptional)
                        => B("ARGUMENT_INVALID"),
                    "WdfFileObjectNotRequired with WdfFileObjectCanBeOptional":
                        good::files(|files| files.FileObjectClass =
                            FileClass::WdfFileObjectNotRequired | FileClass::WdfFileObjectCanBeOptional)
                        => B("ARGUMENT_INVALID"),
                ],
                FileObjectAttributes: attributes null_mut() => allows [level, scope, reports],
            );
            WdfDeviceInitSetRequestAttributes at Init (
                DeviceInit: handle good::init(),
                RequestAttributes: attributes good::typed() => allows [reports] => [
                    "NULL": null_mut() => T("PARAM_NULL"),
                ],
            );
            WdfDeviceInitSetReleaseHardwareOrderOnFailure at Init (
                DeviceInit: handle good::init(),
                ReleaseHardwareOrderOnFailure: given 1 => [
                    "below the first one": 0 => B("ARGUMENT_INVALID"),
                    "behind the last one": 3 => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceCreate at Init never good (
                DeviceInit: pointer good::place_of_init() => ["a place of NULL": good::place() => T("PARAM_NULL")],
                DeviceAttributes: attributes null_mut() => allows [level, scope],
                Device: pointer good::place(),
            );
        }
    };
}
