//! The rules that the tests of other drivers break, from the tables of those tests.

use umdf_host::rules::Rule;

#[expect(dead_code, reason = "only the rules matter here")]
#[path = ".."]
mod tables {
    #[path = "../examples/probe_device/trip.rs"]
    pub mod device;
    #[path = "../examples/probe_send/case.rs"]
    pub mod send;

    #[path = "."]
    pub mod interrupt {
        #[path = "../examples/probe_interrupt/mode.rs"]
        pub mod mode;
        #[path = "probe_interrupt/table.rs"]
        pub mod table;
    }

    #[path = "."]
    pub mod io {
        #[path = "../examples/probe_io/case.rs"]
        pub mod case;
        #[path = "probe_io/table.rs"]
        pub mod table;
    }

    #[path = "."]
    pub mod lifecycle {
        #[path = "../examples/lifecycle/plan.rs"]
        pub mod plan;
        #[path = "lifecycle/table.rs"]
        pub mod table;
    }

    #[path = "."]
    pub mod mapped {
        #[path = "../examples/probe_mapped/mode.rs"]
        pub mod mode;
        #[path = "probe_mapped/table.rs"]
        pub mod table;
    }
}

use tables::{device, interrupt, io, lifecycle, mapped, send};

fn named(name: &str) -> Rule {
    name.parse().expect("the rule exists")
}

/// The rule of each row of each table.
pub fn tripped() -> impl Iterator<Item = Rule> {
    let device = device::Trip::ALL.iter().map(|trip| named(trip.rule()));
    let send = send::Trip::ALL.iter().map(|trip| named(trip.rule()));
    let interrupt = interrupt::table::TRIPS.iter().map(|(rule, ..)| *rule);
    let io = io::table::TRIPS.iter().map(|(rule, ..)| *rule);
    let refused = io::table::REFUSALS.iter().map(|(rule, ..)| *rule);
    let lifecycle = lifecycle::table::TRIPS.iter().map(|(rule, ..)| *rule);
    let mapped = mapped::table::TRIPS.iter().map(|(rule, ..)| *rule);
    device.chain(send).chain(interrupt).chain(io).chain(refused).chain(lifecycle).chain(mapped)
}
