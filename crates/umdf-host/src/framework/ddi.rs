//! The shape of a framework function.

/// Defines framework functions.
///
/// `fn Name(host, Argument: Type, ...) -> Type { body }`: the body sees the [`crate::host::Host`],
/// every pointer as [`super::pointer::Pointer`], and ends with `Ok(answer)` or a
/// [`super::Stop`]. Also defines `fill`, which puts the functions into the table.
macro_rules! ddi {
    ($(
        $(#[$meta:meta])*
        fn $name:ident($host:ident $(, $argument:ident: $type:ty)* $(,)?) $(-> $answer:ty)? $body:block
    )+) => {
        $(
            $(#[$meta])*
            #[expect(non_snake_case, reason = "the names are the WDK's")]
            unsafe extern "C" fn $name(
                _globals: wdk_portable::PWDF_DRIVER_GLOBALS
                $(, $argument: $type)*
            ) $(-> $answer)? {
                crate::gate::call(
                    stringify!($name),
                    |host| {
                        // Some functions have no arguments.
                        let _ = host;
                        crate::framework::ddi::arguments(&[
                            $((
                                stringify!($argument),
                                crate::framework::pointer::Argument::describe($argument, host, stringify!($argument)),
                            )),*
                        ])
                    },
                    |$host| {
                        $(
                            // SAFETY: the driver upholds the contract of this function: every
                            // pointer is NULL or valid until the function returns.
                            let $argument = unsafe {
                                crate::framework::pointer::Argument::receive($argument)
                            };
                            // The driver passes more than some functions need.
                            let _ = &$argument;
                        )*
                        let _ = $host;
                        $body
                    },
                )
            }
        )+

        /// Puts the functions of this file into the table.
        pub fn fill(table: &mut crate::framework::table::Slots) {
            pastey::paste! {
                $(
                    let function: wdk_portable::[<PFN_ $name:upper>] = Some($name);
                    table.set(
                        wdk_portable::_WDFFUNCENUM::[<$name TableIndex>] as usize,
                        // SAFETY: the framework's table holds every function as one type of
                        // pointer; the caller turns it back into the type that was checked above.
                        unsafe { std::mem::transmute::<wdk_portable::[<PFN_ $name:upper>], wdk_portable::WDFFUNC>(function) },
                    );
                )+
            }
        }
    };
}

/// `Name=value, Name=value`.
pub fn arguments(pairs: &[(&str, String)]) -> String {
    let mut text =
        String::with_capacity(pairs.iter().map(|(name, value)| name.len() + value.len() + 3).sum());
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
    text
}
