//! `Default` for structures that hold raw pointers or unions: all bytes zero, as bindgen writes it.

/// Implements `Default` as the all-zero value for each named type.
macro_rules! zeroed_default {
    ($($name:ident),* $(,)?) => {
        $(
            impl Default for $name {
                fn default() -> Self {
                    // SAFETY: a header type holds integers, raw pointers, optional function pointers and
                    // structures or unions of these: all-zero is a value of each.
                    unsafe { core::mem::zeroed() }
                }
            }
        )*
    };
}
