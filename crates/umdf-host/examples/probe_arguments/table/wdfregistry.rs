//! The functions of `wdfregistry.h`.

/// Hands them to a macro.
macro_rules! wdfregistry {
    ($then:ident) => {
        $then! { "wdfregistry.h":
            WdfRegistryOpenKey(
                ParentKey: optional good::key(),
                KeyName: text good::subkey_name() => [
                    "a key that is not there": good::text("Absent") => R(STATUS_NO_SUCH_FILE),
                ],
                DesiredAccess: given KEY_READ => ["nothing": 0 => R(STATUS_ACCESS_DENIED)],
                KeyAttributes: attributes null_mut() => allows [parent],
                Key: pointer good::place(),
            );
            WdfRegistryCreateKey(
                ParentKey: optional good::key(),
                KeyName: text good::text("Made"),
                DesiredAccess: given KEY_READ => ["nothing": 0 => R(STATUS_ACCESS_DENIED)],
                CreateOptions: given 0 => ["an unknown one": 0x20 => R(STATUS_INVALID_PARAMETER)],
                CreateDisposition: given null_mut(),
                KeyAttributes: attributes null_mut() => allows [parent],
                Key: pointer good::place(),
            );
            WdfRegistryClose(Key: handle good::key());
            WdfRegistryRemoveKey(Key: handle good::key()) = STATUS_NOT_IMPLEMENTED;
            WdfRegistryRemoveValue(
                Key: handle good::key(),
                ValueName: text good::number_name() => [
                    "a value that is not there": good::text("Absent") => R(STATUS_OBJECT_NAME_NOT_FOUND),
                ],
            );
            WdfRegistryQueryValue(
                Key: handle good::key(),
                ValueName: text good::number_name() => [
                    "a value that is not there": good::text("Absent") => R(STATUS_OBJECT_NAME_NOT_FOUND),
                ],
                ValueLength: given 4 => ["too short": 3 => R(STATUS_BUFFER_OVERFLOW)],
                Value: given good::bytes() => ["NULL": null_mut() => R(STATUS_BUFFER_OVERFLOW)],
                ValueLengthQueried: given null_mut(),
                ValueType: given null_mut(),
            );
            WdfRegistryQueryMemory(
                Key: handle good::key(),
                ValueName: text good::number_name() => [
                    "a value that is not there": good::text("Absent") => R(STATUS_OBJECT_NAME_NOT_FOUND),
                    "an empty value": good::empty_name() => R(STATUS_RESOURCE_DATA_NOT_FOUND),
                ],
                PoolType: given 0,
                MemoryAttributes: attributes null_mut() => allows [parent],
                Memory: pointer good::place(),
                ValueType: given null_mut(),
            );
            WdfRegistryQueryMultiString(
                Key: handle good::key(),
                ValueName: text good::list_name() => [
                    "a value that is not there": good::text("Absent") => R(STATUS_OBJECT_NAME_NOT_FOUND),
                    "a number": good::number_name() => R(STATUS_OBJECT_TYPE_MISMATCH),
                ],
                StringsAttributes: attributes null_mut() => allows [parent],
                Collection: handle_pointer good::collection(),
            );
            WdfRegistryQueryUnicodeString(
                Key: handle good::key(),
                ValueName: text good::text_name() => [
                    "a value that is not there": good::text("Absent") => R(STATUS_OBJECT_NAME_NOT_FOUND),
                    "a number": good::number_name() => R(STATUS_OBJECT_TYPE_MISMATCH),
                ],
                ValueByteLength: given null_mut(),
                Value: optional_text good::room(64) => [
                    "NULL": null_mut() => R(STATUS_BUFFER_OVERFLOW),
                    "too short": good::room(2) => R(STATUS_BUFFER_OVERFLOW),
                    "without room": good::room(0) => R(STATUS_INVALID_PARAMETER),
                ],
            );
            WdfRegistryQueryString(
                Key: handle good::key(),
                ValueName: text good::text_name() => [
                    "a value that is not there": good::text("Absent") => R(STATUS_OBJECT_NAME_NOT_FOUND),
                    "a number": good::number_name() => R(STATUS_OBJECT_TYPE_MISMATCH),
                ],
                String: handle_pointer good::string(),
            );
            WdfRegistryQueryULong(
                Key: handle good::key(),
                ValueName: text good::number_name() => [
                    "a value that is not there": good::text("Absent") => R(STATUS_NO_SUCH_FILE),
                    "a text": good::text_name() => R(STATUS_OBJECT_TYPE_MISMATCH),
                ],
                Value: pointer good::number(),
            );
            WdfRegistryAssignValue(
                Key: handle good::key() => ["one to read only": good::key_to_read() => R(STATUS_ACCESS_DENIED)],
                ValueName: text good::text("Value"),
                ValueType: given 3,
                ValueLength: given 8,
                Value: given good::bytes() => ["NULL": null_mut() => R(STATUS_ACCESS_VIOLATION)],
            );
            WdfRegistryAssignMemory(
                Key: handle good::key() => ["one to read only": good::key_to_read() => R(STATUS_ACCESS_DENIED)],
                ValueName: text good::text("Value"),
                ValueType: given 3,
                Memory: handle_pointer good::memory(),
                MemoryOffsets: given null_mut() => [
                    "behind the end": good::offsets(9, 0) => R(STATUS_INTEGER_OVERFLOW),
                    "across the end": good::offsets(1, 8) => R(STATUS_INTEGER_OVERFLOW),
                ],
            );
            WdfRegistryAssignMultiString(
                Key: handle good::key() => ["one to read only": good::key_to_read() => R(STATUS_ACCESS_DENIED)],
                ValueName: text good::text("Value"),
                StringsCollection: handle_pointer good::strings() => [
                    "one with other objects": good::collection() => R(STATUS_INVALID_PARAMETER),
                ],
            );
            WdfRegistryAssignUnicodeString(
                Key: handle good::key() => ["one to read only": good::key_to_read() => R(STATUS_ACCESS_DENIED)],
                ValueName: text good::text("Value"),
                Value: text good::text("Text"),
            );
            WdfRegistryAssignString(
                Key: handle good::key() => ["one to read only": good::key_to_read() => R(STATUS_ACCESS_DENIED)],
                ValueName: text good::text("Value"),
                String: handle_pointer good::string(),
            );
            WdfRegistryAssignULong(
                Key: handle good::key() => ["one to read only": good::key_to_read() => R(STATUS_ACCESS_DENIED)],
                ValueName: text good::text("Value"),
                Value: given 1,
            );
            WdfRegistryWdmGetHandle(Key: handle good::key());
        }
    };
}
