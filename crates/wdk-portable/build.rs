//! Writes the macro `call_unsafe_wdf_function_binding!`: the proc macro behind it reads `src/types.rs` and
//! wants that file's path as a literal, which only a build script knows.

use std::{env, fs, path::PathBuf};

const MACRO: &str = r"
/// Calls the framework function that is named first with the arguments that follow; the driver globals are
/// added.
///
/// The crate that calls it must know wdk-portable as `wdk_sys` (`extern crate wdk_portable as wdk_sys;` at
/// its root).
///
/// # Safety
///
/// The driver is bound (see [`loader`](crate::loader)), and the arguments are what the function's
/// documentation asks for.
#[macro_export]
macro_rules! call_unsafe_wdf_function_binding {
    ($($arguments:tt)*) => {
        $crate::__proc_macros::call_unsafe_wdf_function_binding!(@TYPES@, $($arguments)*)
    };
}
";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let types = manifest.join("src").join("types.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let text = MACRO.replace("@TYPES@", &format!("{:?}", types.display().to_string()));
    fs::write(out.join("call_unsafe_wdf_function_binding.rs"), text).expect("OUT_DIR is writable");
}
