//! The functions of `wdfsync.h`.

/// Hands them to a macro.
macro_rules! wdfsync {
    ($then:ident) => {
        $then! { "wdfsync.h":
            WdfObjectAcquireLock(
                Object: object good::device().cast() => [
                    "one without a callback lock": good::object() => T("OBJECT_WITHOUT_LOCK"),
                ],
            );
            WdfObjectReleaseLock(
                Object: object good::locked_device().cast() => [
                    "one without a callback lock": good::object() => T("OBJECT_WITHOUT_LOCK"),
                    "one that is not locked": good::device().cast() => B("CALLBACK_LOCK_RELEASED"),
                ],
            );
            WdfWaitLockCreate(
                LockAttributes: attributes null_mut() => allows [parent],
                Lock: pointer good::place(),
            );
            WdfWaitLockAcquire(Lock: handle good::wait_lock(), Timeout: given null_mut());
            WdfWaitLockRelease(
                Lock: handle good::held_wait_lock() => [
                    "one that is free": good::wait_lock() => T("LOCK_NOT_OWNED"),
                ],
            );
            WdfSpinLockCreate(
                SpinLockAttributes: attributes null_mut() => allows [parent],
                SpinLock: pointer good::place(),
            );
            WdfSpinLockAcquire(SpinLock: handle good::spin_lock());
            WdfSpinLockRelease(
                SpinLock: handle good::held_spin_lock() => [
                    "one that is free": good::spin_lock() => T("LOCK_NOT_OWNED"),
                ],
            );
        }
    };
}
