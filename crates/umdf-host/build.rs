//! Links the fixture drivers in `examples/` as the root package links its driver.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        // The forms for libraries and for examples do not reach an example that is a library. Programs are
        // none the worse for these two.
        //
        // A driver's own symbols must win over those of the program that loads it.
        println!("cargo::rustc-link-arg=-Wl,-Bsymbolic");
        // Thread-local destructors outlive dlclose; code that stays mapped cannot be pulled from under them.
        println!("cargo::rustc-link-arg=-Wl,-z,nodelete");
    }
}
