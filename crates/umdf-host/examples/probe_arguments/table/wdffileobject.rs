//! The functions of `wdffileobject.h`.

/// Hands them to a macro.
macro_rules! wdffileobject {
    ($then:ident) => {
        $then! { "wdffileobject.h":
            WdfFileObjectGetDevice(FileObject: handle good::file());
            WdfFileObjectGetFileName(FileObject: handle good::file());
            WdfFileObjectGetInitiatorProcessId(FileObject: handle good::file());
            WdfFileObjectGetRelatedFileObject(FileObject: handle good::file());
        }
    };
}
