//! The functions of `wdfworkitem.h`.

/// Hands them to a macro.
macro_rules! wdfworkitem {
    ($then:ident) => {
        $then! { "wdfworkitem.h":
            WdfWorkItemCreate(
                Config: pointer good::work_item_config(|_| ()) => [
                    "a wrong Size": good::work_item_config(|config| config.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "no EvtWorkItemFunc":
                        good::work_item_config(|config| config.EvtWorkItemFunc = None) => R(STATUS_INVALID_PARAMETER),
                ],
                Attributes: attributes good::below_device() => allows [required] => [
                    "a parent without a device above it":
                        good::below_driver() => R(STATUS_INVALID_DEVICE_REQUEST),
                ],
                WorkItem: pointer good::place(),
            );
            WdfWorkItemEnqueue(WorkItem: handle good::work_item());
            WdfWorkItemGetParentObject(WorkItem: handle good::work_item()) = good::device().cast();
            WdfWorkItemFlush(WorkItem: handle good::work_item());
        }
    };
}
