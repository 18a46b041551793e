//! The functions of `wdfdevice.h` for a device that is made. What power settings and capabilities are checked
//! for is in `probe_device`.

/// Hands them to a macro.
macro_rules! wdfdevice {
    ($then:ident) => {
        $then! { "wdfdevice.h":
            WdfDeviceGetDeviceState(
                Device: handle good::device(),
                DeviceState: pointer good::device_state(|_| ()) => [
                    "a wrong Size": good::device_state(|state| state.Size -= 1) => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceSetDeviceState(
                Device: handle good::device(),
                DeviceState: pointer good::device_state(|_| ()) => [
                    "a wrong Size": good::device_state(|state| state.Size -= 1) => B("ARGUMENT_INVALID"),
                    "Failed out of range": good::device_state(|state| state.Failed = 3) => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceGetDriver(Device: handle good::device()) = good::driver();
            WdfDeviceAssignS0IdleSettings(
                Device: handle good::device(),
                Settings: pointer good::idle_settings(|_| ()) => [
                    "a wrong Size": good::idle_settings(|idle| idle.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "D0": good::idle_settings(|idle| idle.DxState = 1) => R(STATUS_INVALID_PARAMETER),
                    "IdleCaps out of range":
                        good::idle_settings(|idle| idle.IdleCaps = 0) => R(STATUS_INVALID_PARAMETER),
                    "wake from S0": good::idle_settings(|idle| idle.IdleCaps = 2) => R(STATUS_POWER_STATE_INVALID),
                ],
            );
            WdfDeviceAssignSxWakeSettings(
                Device: handle good::device(),
                Settings: pointer good::wake_settings(|_| ()) => [
                    "a wrong Size": good::wake_settings(|wake| wake.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "D0": good::wake_settings(|wake| wake.DxState = 1) => R(STATUS_INVALID_PARAMETER),
                ],
            ) = STATUS_POWER_STATE_INVALID;
            WdfDeviceOpenRegistryKey(
                Device: handle good::device(),
                DeviceInstanceKeyType: given HARDWARE_KEY => ["an unknown one": 3 => R(STATUS_INVALID_PARAMETER)],
                DesiredAccess: given KEY_READ => ["nothing": 0 => R(STATUS_ACCESS_DENIED)],
                KeyAttributes: attributes null_mut(),
                Key: pointer good::place(),
            );
            WdfDeviceSetStaticStopRemove(
                Device: handle good::unstoppable_device() => [
                    "one that is stoppable": good::device() => B("ARGUMENT_INVALID"),
                ],
                Stoppable: given 1,
            );
            WdfDeviceCreateDeviceInterface(
                Device: handle good::device(),
                InterfaceClassGUID: pointer good::class(),
                ReferenceString: optional_text good::text("Text"),
            );
            WdfDeviceSetDeviceInterfaceState(
                Device: handle good::device(),
                InterfaceClassGUID: pointer good::class(),
                ReferenceString: optional_text good::reference() => allows [reports],
                IsInterfaceEnabled: given 1,
            );
            WdfDeviceRetrieveDeviceInterfaceString(
                Device: handle good::device(),
                InterfaceClassGUID: pointer good::class() => [
                    "one that is not registered": good::activity() => R(STATUS_OBJECT_NAME_NOT_FOUND),
                ],
                ReferenceString: optional_text good::reference(),
                String: handle good::string(),
            );
            WdfDeviceCreateSymbolicLink(
                Device: handle good::device() => [
                    "one that has a link": good::device_with_link() => R(STATUS_INVALID_DEVICE_REQUEST),
                ],
                SymbolicLinkName: text good::text("Link") => [
                    "an empty one": good::text("") => R(STATUS_INVALID_DEVICE_REQUEST),
                ],
            );
            WdfDeviceQueryProperty order [Device, ResultLength, PropertyBuffer] (
                Device: handle good::device(),
                DeviceProperty: given Old::DevicePropertyDeviceDescription => [
                    "one that UMDF does not have": Old::DevicePropertyResourceRequirements => T("API_UNAVAILABLE"),
                ],
                BufferLength: given 64 => ["too short": 1 => R(STATUS_BUFFER_TOO_SMALL)],
                PropertyBuffer: pointer good::bytes(),
                ResultLength: pointer good::number(),
            );
            WdfDeviceAllocAndQueryProperty(
                Device: handle good::device(),
                DeviceProperty: given Old::DevicePropertyDeviceDescription => [
                    "one that UMDF does not have": Old::DevicePropertyResourceRequirements => T("API_UNAVAILABLE"),
                ],
                PoolType: given 0,
                PropertyMemoryAttributes: attributes null_mut() => allows [parent],
                PropertyMemory: pointer good::place(),
            );
            WdfDeviceSetPnpCapabilities(
                Device: handle good::device(),
                PnpCapabilities: pointer good::pnp_capabilities(|_| ()) => [
                    "a wrong Size": good::pnp_capabilities(|given| given.Size -= 1) => B("ARGUMENT_INVALID"),
                    "Removable out of range":
                        good::pnp_capabilities(|given| given.Removable = 3) => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceSetPowerCapabilities(
                Device: handle good::device(),
                PowerCapabilities: pointer good::power_capabilities(|_| ()) => [
                    "a wrong Size": good::power_capabilities(|given| given.Size -= 1) => B("ARGUMENT_INVALID"),
                    "DeviceD1 out of range":
                        good::power_capabilities(|given| given.DeviceD1 = 3) => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceSetFailed never good (
                Device: handle good::device(),
                FailedAction: given 1 => [
                    "below the first one": 0 => B("ARGUMENT_INVALID"),
                    "behind the last one": 3 => B("ARGUMENT_INVALID"),
                ],
            );
            WdfDeviceStopIdleNoTrack(Device: handle good::device(), WaitForD0: given 0);
            WdfDeviceResumeIdleNoTrack(Device: handle good::busy_device());
            WdfDeviceStopIdleActual(
                Device: handle good::device(),
                WaitForD0: given 0,
                Tag: given null_mut(),
                Line: given 0,
                File: given null_mut(),
            );
            WdfDeviceResumeIdleActual(
                Device: handle good::busy_device(),
                Tag: given null_mut(),
                Line: given 0,
                File: given null_mut(),
            );
            WdfDeviceGetFileObject never good (
                Device: given good::device(),
                FileObject: given null_mut() => ["any": null_mut() => T("API_UNAVAILABLE")],
            );
            WdfDeviceGetDefaultQueue(Device: handle good::device()) = good::default_queue();
            WdfDeviceConfigureRequestDispatching at Add (
                Device: handle good::device(),
                Queue: handle good::queue() => [
                    "the default queue": good::default_queue() => B("ARGUMENT_INVALID", STATUS_INVALID_DEVICE_REQUEST),
                ],
                RequestType: given RequestType::WdfRequestTypeRead => [
                    "one that has no queue": RequestType::WdfRequestTypeClose => R(STATUS_INVALID_PARAMETER),
                ],
            );
            WdfDeviceGetSystemPowerAction(Device: handle good::device()) = 0;
            WdfDevicePostEvent order [Device, EventGuid] (
                Device: handle good::device(),
                EventGuid: pointer good::activity(),
                WdfEventType: given EventType::WdfEventBroadcast => [
                    "another one": EventType::WdfEventReserved => B("ARGUMENT_INVALID", STATUS_INVALID_PARAMETER),
                ],
                Data: given null_mut(),
                DataSizeCb: given 0 => ["without data": 1 => T("PARAM_NULL")],
            );
            WdfDeviceMapIoSpace(
                Device: handle good::device(),
                PhysicalAddress: given good::bar(0) => [
                    "0": good::physical(0) => T("MAP_ZERO"),
                    "before the register range": good::bar(-1) => T("MAP_OUTSIDE_RESOURCES"),
                    "too far for the length": good::bar(1) => T("MAP_OUTSIDE_RESOURCES"),
                ],
                NumberOfBytes: given good::BAR_LENGTH => [
                    "0": 0 => T("MAP_ZERO"),
                    "one too many": good::BAR_LENGTH + 1 => T("MAP_OUTSIDE_RESOURCES"),
                    "so many that the end overflows": u64::MAX => T("MAP_OUTSIDE_RESOURCES"),
                ],
                CacheType: given CacheType::MmNonCached => [
                    "below the first one": CacheType::MmNonCached - 1 => T("MAP_BAD_CACHE"),
                    "behind the last one": CacheType::MmMaximumCacheType => T("MAP_BAD_CACHE"),
                ],
                PseudoBaseAddress: pointer good::place_for_base(),
            );
            WdfDeviceUnmapIoSpace(
                Device: handle good::device(),
                PseudoBaseAddress: given good::mapped() => [
                    "NULL": null_mut() => T("UNMAP_MISMATCH"),
                    "not the base": good::mapped().wrapping_byte_add(4) => T("UNMAP_MISMATCH"),
                ],
                NumberOfBytes: given good::BAR_LENGTH => [
                    "0": 0 => T("UNMAP_MISMATCH"),
                    "not the length": good::BAR_LENGTH - 4 => T("UNMAP_MISMATCH"),
                ],
            );
            WdfDeviceGetHardwareRegisterMappedAddress never good (
                Device: handle good::device(),
                PseudoBaseAddress: given good::mapped() => [
                    "without user-mode mapping": good::mapped() => T("HW_MAPPED_ADDR_MODE"),
                ],
            );
            WdfDeviceAssignInterfaceProperty(
                Device: handle good::device(),
                PropertyData: pointer good::interface_property(|_| ()) => [
                    "a wrong Size": good::interface_property(|data| data.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "no InterfaceClassGUID":
                        good::interface_property(|data| data.InterfaceClassGUID = null()) => T("PARAM_NULL"),
                    "an interface that is not registered":
                        good::interface_property(|data| data.InterfaceClassGUID = good::activity())
                        => R(STATUS_INVALID_PARAMETER),
                ],
                Type: given 3,
                BufferLength: given 8 => ["0 with a buffer": 0 => R(STATUS_INVALID_PARAMETER)],
                PropertyBuffer: given good::bytes(),
            );
            WdfDeviceAllocAndQueryInterfaceProperty(
                Device: handle good::device(),
                PropertyData: pointer good::assigned_interface_property(|_| ()) => [
                    "a wrong Size":
                        good::interface_property(|data| data.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "no InterfaceClassGUID":
                        good::interface_property(|data| data.InterfaceClassGUID = null()) => T("PARAM_NULL"),
                    "one that is not there": good::interface_property(|_| ()) => R(STATUS_OBJECT_NAME_NOT_FOUND),
                ],
                PoolType: given 0,
                PropertyMemoryAttributes: attributes null_mut() => allows [parent],
                PropertyMemory: pointer good::place(),
                Type: pointer good::number(),
            );
            WdfDeviceQueryInterfaceProperty(
                Device: handle good::device(),
                PropertyData: pointer good::assigned_interface_property(|_| ()) => [
                    "a wrong Size":
                        good::interface_property(|data| data.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "no InterfaceClassGUID":
                        good::interface_property(|data| data.InterfaceClassGUID = null()) => T("PARAM_NULL"),
                    "one that is not there": good::interface_property(|_| ()) => R(STATUS_OBJECT_NAME_NOT_FOUND),
                ],
                BufferLength: given 64 => [
                    "0 with a buffer": 0 => R(STATUS_INVALID_PARAMETER),
                    "too short": 1 => R(STATUS_BUFFER_TOO_SMALL),
                ],
                PropertyBuffer: given good::bytes() => ["NULL with a length": null_mut() => R(STATUS_INVALID_PARAMETER)],
                ResultLength: pointer good::number(),
                Type: pointer good::number(),
            );
            WdfDeviceGetDeviceStackIoType(
                Device: handle good::device(),
                ReadWriteIoType: pointer good::io_type(),
                IoControlIoType: pointer good::io_type(),
            );
            WdfDeviceQueryPropertyEx(
                Device: handle good::device(),
                DeviceProperty: pointer good::description(|_| ()) => [
                    "a wrong Size": good::description(|data| data.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "no PropertyKey": good::description(|data| data.PropertyKey = null()) => T("PARAM_NULL"),
                    "another locale": good::description(|data| data.Lcid = 1) => R(STATUS_OBJECT_NAME_NOT_FOUND),
                ],
                BufferLength: given 64 => [
                    "0 with a buffer": 0 => R(STATUS_INVALID_PARAMETER),
                    "too short": 1 => R(STATUS_BUFFER_TOO_SMALL),
                ],
                PropertyBuffer: given good::bytes() => ["NULL with a length": null_mut() => R(STATUS_INVALID_PARAMETER)],
                RequiredSize: pointer good::number(),
                Type: pointer good::number(),
            );
            WdfDeviceAllocAndQueryPropertyEx(
                Device: handle good::device(),
                DeviceProperty: pointer good::description(|_| ()) => [
                    "a wrong Size": good::description(|data| data.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "no PropertyKey": good::description(|data| data.PropertyKey = null()) => T("PARAM_NULL"),
                    "another locale": good::description(|data| data.Lcid = 1) => R(STATUS_OBJECT_NAME_NOT_FOUND),
                ],
                PoolType: given 0,
                PropertyMemoryAttributes: attributes null_mut() => allows [parent],
                PropertyMemory: pointer good::place(),
                Type: pointer good::number(),
            );
            WdfDeviceAssignProperty(
                Device: handle good::device(),
                DeviceProperty: pointer good::own_property(|_| ()) => [
                    "a wrong Size": good::own_property(|data| data.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "no PropertyKey": good::own_property(|data| data.PropertyKey = null()) => T("PARAM_NULL"),
                    "the system's": good::description(|_| ()) => R(STATUS_ACCESS_DENIED),
                ],
                Type: given 3,
                Size: given 8 => ["0 with data": 0 => R(STATUS_INVALID_PARAMETER)],
                Data: given good::bytes(),
            );
            WdfDeviceOpenDevicemapKey order [Device, Key, KeyName] (
                Device: handle good::device(),
                KeyName: text good::text("Key") => ["an empty one": good::text("") => R(STATUS_INVALID_PARAMETER)],
                DesiredAccess: given KEY_READ => ["nothing": 0 => R(STATUS_ACCESS_DENIED)],
                KeyAttributes: attributes null_mut(),
                Key: pointer good::place(),
            );
        }
    };
}
