//! The functions of `wdffdo.h`.

/// Hands them to a macro.
macro_rules! wdffdo {
    ($then:ident) => {
        $then! { "wdffdo.h":
            WdfFdoInitOpenRegistryKey at Init (
                DeviceInit: handle good::init(),
                DeviceInstanceKeyType: given HARDWARE_KEY => ["an unknown one": 3 => R(STATUS_INVALID_PARAMETER)],
                DesiredAccess: given KEY_READ => ["nothing": 0 => R(STATUS_ACCESS_DENIED)],
                KeyAttributes: attributes null_mut() => allows [parent],
                Key: pointer good::place(),
            );
            WdfFdoInitSetFilter at Init never good (DeviceInit: handle good::init());
            WdfFdoInitQueryProperty at Init order [DeviceInit, ResultLength, PropertyBuffer] (
                DeviceInit: handle good::init(),
                DeviceProperty: given Old::DevicePropertyDeviceDescription => [
                    "one that UMDF does not have": Old::DevicePropertyResourceRequirements => T("API_UNAVAILABLE"),
                ],
                BufferLength: given 64 => ["too short": 1 => R(STATUS_BUFFER_TOO_SMALL)],
                PropertyBuffer: pointer good::bytes(),
                ResultLength: pointer good::number(),
            );
            WdfFdoInitAllocAndQueryProperty at Init (
                DeviceInit: handle good::init(),
                DeviceProperty: given Old::DevicePropertyDeviceDescription => [
                    "one that UMDF does not have": Old::DevicePropertyResourceRequirements => T("API_UNAVAILABLE"),
                ],
                PoolType: given 0,
                PropertyMemoryAttributes: attributes null_mut() => allows [parent],
                PropertyMemory: pointer good::place(),
            );
            WdfFdoInitQueryPropertyEx at Init order [DeviceInit, DeviceProperty, ResultLength, PropertyBuffer, Type] (
                DeviceInit: handle good::init(),
                DeviceProperty: pointer good::description(|_| ()) => [
                    "a wrong Size": good::description(|data| data.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "no PropertyKey": good::description(|data| data.PropertyKey = null()) => T("PARAM_NULL"),
                    "another locale": good::description(|data| data.Lcid = 1) => R(STATUS_OBJECT_NAME_NOT_FOUND),
                ],
                BufferLength: given 64 => ["too short": 1 => R(STATUS_BUFFER_TOO_SMALL)],
                PropertyBuffer: pointer good::bytes(),
                ResultLength: pointer good::number(),
                Type: pointer good::number(),
            );
            WdfFdoInitAllocAndQueryPropertyEx at Init (
                DeviceInit: handle good::init(),
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
        }
    };
}
