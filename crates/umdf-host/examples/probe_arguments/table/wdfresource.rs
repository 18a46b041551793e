//! The functions of `wdfresource.h`.

/// Hands them to a macro.
macro_rules! wdfresource {
    ($then:ident) => {
        $then! { "wdfresource.h":
            WdfCmResourceListGetCount(List: handle good::list());
            WdfCmResourceListGetDescriptor(
                List: handle good::list(),
                Index: given 0 => ["behind the last one": u32::MAX => R(null_mut())],
            );
        }
    };
}
