//! The functions of `wdfobject.h`.

/// Hands them to a macro.
macro_rules! wdfobject {
    ($then:ident) => {
        $then! { "wdfobject.h":
            WdfObjectCreate(
                Attributes: attributes null_mut() => allows [parent, level],
                Object: pointer good::place(),
            );
            WdfObjectGetTypedContextWorker(
                Handle: object good::with_context(),
                TypeInfo: pointer good::context_type() => [
                    "a type that the object does not have": good::other_type() => R(null_mut()),
                ],
            ) = good::context();
            WdfObjectAllocateContext(
                Handle: object good::new_object() => [
                    "a request's own memory": good::memory_of_request() => R(STATUS_OBJECT_PATH_INVALID),
                    "an object with a context of that type":
                        good::with_context() => R(STATUS_OBJECT_NAME_EXISTS),
                ],
                ContextAttributes: attributes good::typed() => [
                    "NULL": null_mut() => R(STATUS_WDF_PARENT_NOT_SPECIFIED),
                    "without a type": good::untyped() => R(STATUS_OBJECT_NAME_INVALID),
                ],
                Context: given good::place(),
            );
            WdfObjectContextGetObject(
                ContextPointer: pointer good::context() => ["no context": good::bytes() => R(null_mut())],
            ) = good::with_context();
            WdfObjectReferenceActual(
                Handle: object good::object(),
                Tag: given null_mut(),
                Line: given 0,
                File: given null_mut(),
            );
            WdfObjectDereferenceActual(
                Handle: object good::referenced() => [
                    "one that nobody referenced": good::new_object() => T("OVER_DEREFERENCE"),
                ],
                Tag: given null_mut(),
                Line: given 0,
                File: given null_mut(),
            );
            WdfObjectQuery(
                Object: object good::object(),
                Guid: pointer good::activity(),
                QueryBufferLength: given 0,
                QueryBuffer: given null_mut(),
            ) = STATUS_NOT_FOUND;
            WdfObjectDelete(
                Object: object good::new_object() => [
                    "the driver": good::driver().cast() => B("DELETE_FRAMEWORK_OWNED"),
                    "the device": good::device().cast() => B("DELETE_FRAMEWORK_OWNED"),
                    "the default queue": good::default_queue().cast() => B("DELETE_FRAMEWORK_OWNED"),
                    "an interrupt": good::interrupt().cast() => B("DELETE_FRAMEWORK_OWNED"),
                    "a file object": good::file().cast() => B("DELETE_FRAMEWORK_OWNED"),
                    "a resource list": good::list().cast() => B("DELETE_FRAMEWORK_OWNED"),
                ],
            );
        }
    };
}
