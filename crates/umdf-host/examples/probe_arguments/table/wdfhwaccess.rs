//! The functions of `wdfhwaccess.h`.

/// Hands them to a macro.
macro_rules! wdfhwaccess {
    ($then:ident) => {
        $then! { "wdfhwaccess.h":
            WdfDeviceReadFromHardware(
                Device: handle good::device(),
                Type: given Type::WdfDeviceHwAccessTargetTypeRegister => [
                    "below the first one": 0 => T("HW_ACCESS_ARGS"),
                    "behind the last one": 5 => T("HW_ACCESS_ARGS"),
                    "a buffer type without a buffer":
                        Type::WdfDeviceHwAccessTargetTypeRegisterBuffer => T("HW_ACCESS_ARGS"),
                ],
                Size: given Size::WdfDeviceHwAccessTargetSizeUlong => [
                    "below the first one": 0 => T("HW_ACCESS_ARGS"),
                    "behind the last one": 5 => T("HW_ACCESS_ARGS"),
                ],
                TargetAddress: given good::mapped() => [
                    "NULL": null_mut() => T("HW_ACCESS_ARGS"),
                    "no pseudo address": good::bytes() => T("HW_ACCESS_RANGE"),
                    "across the end": good::mapped().wrapping_byte_add(0xFFD) => T("HW_ACCESS_RANGE"),
                ],
                Buffer: given null_mut() => ["one that the type has no use for": good::bytes() => T("HW_ACCESS_ARGS")],
                Count: given 0 => ["one that the type has no use for": 1 => T("HW_ACCESS_ARGS")],
            ) = 0;
            WdfDeviceWriteToHardware(
                Device: handle good::device(),
                Type: given Type::WdfDeviceHwAccessTargetTypeRegister => [
                    "below the first one": 0 => T("HW_ACCESS_ARGS"),
                    "behind the last one": 5 => T("HW_ACCESS_ARGS"),
                    "a buffer type without a buffer":
                        Type::WdfDeviceHwAccessTargetTypeRegisterBuffer => T("HW_ACCESS_ARGS"),
                ],
                Size: given Size::WdfDeviceHwAccessTargetSizeUlong => [
                    "below the first one": 0 => T("HW_ACCESS_ARGS"),
                    "behind the last one": 5 => T("HW_ACCESS_ARGS"),
                ],
                TargetAddress: given good::mapped() => [
                    "NULL": null_mut() => T("HW_ACCESS_ARGS"),
                    "no pseudo address": good::bytes() => T("HW_ACCESS_RANGE"),
                    "across the end": good::mapped().wrapping_byte_add(0xFFD) => T("HW_ACCESS_RANGE"),
                ],
                Value: given 1,
                Buffer: given null_mut() => ["one that the type has no use for": good::bytes() => T("HW_ACCESS_ARGS")],
                Count: given 0 => ["one that the type has no use for": 1 => T("HW_ACCESS_ARGS")],
            );
        }
    };
}
