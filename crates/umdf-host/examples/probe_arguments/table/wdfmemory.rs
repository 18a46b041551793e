//! The functions of `wdfmemory.h`.

/// Hands them to a macro.
macro_rules! wdfmemory {
    ($then:ident) => {
        $then! { "wdfmemory.h":
            WdfMemoryCreate(
                Attributes: attributes null_mut() => allows [parent],
                PoolType: given 0,
                PoolTag: given 0,
                BufferSize: given 8 => ["0": 0 => R(STATUS_INVALID_PARAMETER)],
                Memory: pointer good::place(),
                Buffer: given null_mut(),
            );
            WdfMemoryCreatePreallocated(
                Attributes: attributes null_mut() => allows [parent],
                Buffer: pointer good::bytes(),
                BufferSize: given 8 => ["0": 0 => R(STATUS_INVALID_PARAMETER)],
                Memory: pointer good::place(),
            );
            WdfMemoryGetBuffer(Memory: handle good::memory(), BufferSize: given null_mut());
            WdfMemoryAssignBuffer(
                Memory: handle good::preallocated() => [
                    "one with a buffer of its own": good::memory() => T("HANDLE_NULL_OR_TYPE"),
                ],
                Buffer: pointer good::bytes(),
                BufferSize: given 8 => ["0": 0 => R(STATUS_INVALID_PARAMETER)],
            );
            WdfMemoryCopyToBuffer(
                SourceMemory: handle good::memory(),
                SourceOffset: given 0 => [
                    "too far for what is copied": 1 => R(STATUS_BUFFER_TOO_SMALL),
                    "behind the end": usize::MAX => R(STATUS_BUFFER_TOO_SMALL),
                ],
                Buffer: pointer good::bytes(),
                NumBytesToCopyTo: given 8 => [
                    "0": 0 => R(STATUS_INVALID_PARAMETER),
                    "more than there are": 9 => R(STATUS_BUFFER_TOO_SMALL),
                ],
            );
            WdfMemoryCopyFromBuffer(
                DestinationMemory: handle good::memory(),
                DestinationOffset: given 0 => [
                    "too far for what is copied": 1 => R(STATUS_INVALID_BUFFER_SIZE),
                    "behind the end": usize::MAX => R(STATUS_INVALID_BUFFER_SIZE),
                ],
                Buffer: pointer good::bytes(),
                NumBytesToCopyFrom: given 8 => [
                    "0": 0 => R(STATUS_INVALID_PARAMETER),
                    "more than fit": 9 => R(STATUS_INVALID_BUFFER_SIZE),
                ],
            );
        }
    };
}
