//! Links the fixture drivers in `examples/` as the root package links its driver, and says where registers
//! can be mapped into the process.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    // `framework/hwaccess/trap` decodes x86-64 instructions; of each system it knows one form of the fault.
    println!("cargo::rustc-check-cfg=cfg(maps_registers)");
    let system = [target("OS"), target("ENV")];
    if target("ARCH") == "x86_64" && (system == ["linux", "gnu"] || system[0] == "windows") {
        println!("cargo::rustc-cfg=maps_registers");
    }
    if target("OS") == "linux" {
        // The forms for libraries and for examples do not reach an example that is a library. Programs are
        // none the worse for these two.
        //
        // A driver's own symbols must win over those of the program that loads it.
        println!("cargo::rustc-link-arg=-Wl,-Bsymbolic");
        // Thread-local destructors outlive dlclose; code that stays mapped cannot be pulled from under them.
        println!("cargo::rustc-link-arg=-Wl,-z,nodelete");
    }
}
