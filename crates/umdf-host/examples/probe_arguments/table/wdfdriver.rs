//! The functions of `wdfdriver.h`.

/// Hands them to a macro.
macro_rules! wdfdriver {
    ($then:ident) => {
        $then! { "wdfdriver.h":
            WdfDriverCreate at Entry order [DriverObject, RegistryPath, DriverConfig] never good (
                DriverObject: pointer good::driver_object(),
                RegistryPath: text good::registry_path(),
                DriverAttributes: attributes null_mut() => allows [level, scope],
                DriverConfig: pointer good::driver_config(|_| ()) => [
                    "a wrong Size": good::driver_config(|config| config.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "an unknown flag":
                        good::driver_config(|config| config.DriverInitFlags = 8) => R(STATUS_INVALID_PARAMETER),
                    "EvtDriverDeviceAdd for a driver without PnP":
                        good::driver_config(|config| config.DriverInitFlags = 1) => R(STATUS_INVALID_PARAMETER),
                ],
                Driver: given null_mut(),
            );
            WdfDriverGetRegistryPath(Driver: handle good::driver());
            WdfDriverOpenParametersRegistryKey order [Key, Driver] (
                Driver: handle good::driver(),
                DesiredAccess: given KEY_READ => [
                    "nothing": 0 => R(STATUS_ACCESS_DENIED),
                    "what no driver gets": KEY_CREATE_SUB_KEY => R(STATUS_ACCESS_DENIED),
                ],
                KeyAttributes: attributes null_mut() => allows [parent],
                Key: pointer good::place(),
            );
            WdfDriverRetrieveVersionString(
                Driver: handle good::driver(),
                String: handle_pointer good::string(),
            );
            WdfDriverIsVersionAvailable(
                Driver: handle good::driver(),
                VersionAvailableParams: pointer good::version(|_| ()) => [
                    "a wrong Size": good::version(|version| version.Size -= 1) => R(0),
                    "another major version": good::version(|version| version.MajorVersion = 1) => R(0),
                    "a later version": good::version(|version| version.MinorVersion = 99) => R(0),
                ],
            ) = 1;
        }
    };
}
