//! The function table that a driver binds to.

use std::sync::OnceLock;

use wdk_portable::{_WDFFUNCENUM, WDFFUNC};

use super::{
    collection, device, driver, fdo, fileobject, hwaccess, interrupt, io, iotarget, memory, object, registry,
    request, resource, string, sync, timer, triage, verifier, workitem,
};
use crate::host::host;

const COUNT: usize = _WDFFUNCENUM::WdfFunctionTableNumEntries as usize;

/// The table, and which of its slots hold a function of this host.
pub struct Slots {
    functions: [WDFFUNC; COUNT],
    filled: [bool; COUNT],
}

impl Slots {
    /// Puts a function into its slot.
    pub fn set(&mut self, index: usize, function: WDFFUNC) {
        self.functions[index] = function;
        self.filled[index] = true;
    }
}

macro_rules! names_and_placeholders {
    ($($index:literal $name:ident),+ $(,)?) => {
        /// Names of the functions, in table order.
        const NAMES: [&str; COUNT] = [$(stringify!($name)),+];

        /// A table in which every slot answers.
        const PLACEHOLDERS: [WDFFUNC; COUNT] = [$(Some(missing::<$index>)),+];
    };
}

wdk_portable::for_each_wdf_function!(names_and_placeholders);

/// Stands in the slot of a function that this host does not have. It takes no argument, which the
/// C calling convention allows: the caller cleans up.
unsafe extern "C" fn missing<const INDEX: usize>() {
    host().end(format!("the driver called {}, which this host does not implement", NAMES[INDEX]))
}

/// The table.
pub fn table() -> &'static [WDFFUNC; COUNT] {
    &slots().functions
}

/// Every function by name, in table order, and whether this host implements it.
pub fn functions() -> impl Iterator<Item = (&'static str, bool)> {
    NAMES.into_iter().zip(slots().filled)
}

fn slots() -> &'static Slots {
    static SLOTS: OnceLock<Slots> = OnceLock::new();
    SLOTS.get_or_init(|| {
        let mut slots = Slots { functions: PLACEHOLDERS, filled: [false; COUNT] };
        for fill in [
            collection::fill,
            device::fill,
            device::files::fill,
            device::init::fill,
            device::interface::fill,
            device::power::fill,
            device::property::fill,
            device::state::fill,
            driver::fill,
            fdo::fill,
            fileobject::fill,
            hwaccess::fill,
            interrupt::fill,
            io::fill,
            io::control::fill,
            io::retrieve::fill,
            memory::fill,
            iotarget::fill,
            iotarget::format::fill,
            iotarget::remote::fill,
            iotarget::synchronous::fill,
            object::fill,
            registry::fill,
            registry::query::fill,
            registry::assign::fill,
            request::fill,
            request::caller::fill,
            request::cancel::fill,
            request::create::fill,
            request::memory::fill,
            request::send::fill,
            resource::fill,
            string::fill,
            sync::fill,
            timer::fill,
            triage::fill,
            verifier::fill,
            workitem::fill,
        ] {
            fill(&mut slots);
        }
        slots
    })
}
