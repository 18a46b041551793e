//! What a state table is: a row for each state.

use std::fmt::Debug;

use super::Machines;

/// A state of one machine.
pub trait State: Copy + Eq + Debug + 'static {
    /// What makes the machine move.
    type Event: Copy + Eq + Debug + 'static;
    /// Name of the machine.
    const MACHINE: &'static str;
    /// State of a new device.
    const INITIAL: Self;
    /// Every state of the table.
    const ALL: &'static [Self];
    /// Events that go before the others, even in a closed state.
    const PRIORITY: &'static [Self::Event];
    /// Events that are not queued twice.
    const SINGULAR: &'static [Self::Event];
    /// The table's row.
    fn row(self) -> &'static Row<Self>;
}

/// Whether a state takes events that are not of priority from its queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// It takes them.
    Open,
    /// They wait for a later state.
    Closed,
}

/// Why a UMDF function driver never enters a state here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absent {
    /// Only for a bus driver's child devices.
    Bus,
    /// Only with class extensions.
    ClassExtension,
    /// Only with directed power transitions, which a driver of this version does not know.
    Directed,
    /// Only with DMA, which UMDF does not have.
    Dma,
    /// Only for devices that are not power pageable, which UMDF devices always are.
    NonPageable,
    /// Only when the power framework refuses the device, which this host's never does.
    PowerFramework,
    /// Only for USB selective suspend.
    Usb,
    /// Only when the device wakes itself or the system.
    Wake,
    /// Only with WMI, which UMDF does not have.
    Wmi,
}

/// What an entry function gives: the next state, or `None` to stay.
pub type Enter<S> = fn(&Machines) -> Option<S>;

/// A row of a state table.
pub struct Row<S: State> {
    /// Name without the framework's prefix.
    pub name: &'static str,
    /// The framework's name.
    pub full_name: &'static str,
    /// The framework's number.
    pub number: u16,
    /// Whether events are taken here.
    pub queue: Queue,
    /// Runs when the state is entered.
    pub enter: Option<Enter<S>>,
    /// Why it is never entered.
    pub absent: Option<Absent>,
    /// What the entry function may return.
    pub returns: &'static [S],
    /// Where events lead.
    pub on: &'static [(S::Event, S)],
    /// Events known to be harmless here.
    pub dropped: &'static [S::Event],
    /// Transitions that the framework's authors marked as never tested.
    pub traps: &'static [S::Event],
}

/// The only element of a list of one, or nothing.
pub const fn only<T: Copy>(list: &[T]) -> Option<T> {
    if let [first, ..] = list { Some(*first) } else { None }
}

/// Defines events: `pub enum Name "Prefix" { .. }`.
macro_rules! events {
    ($(#[$doc:meta])* pub enum $name:ident $prefix:literal { $($event:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = concat!("`", $prefix, stringify!($event), "`")] $event,)+
        }
    };
}
pub(super) use events;

/// Defines the states of a machine and its table. A row is
/// `Name number Open|Closed [enter function | absent Reason] [-> [returns]] [on { Event => State }]
/// [drops [events]] [traps [events]];`
macro_rules! states {
    (
        $(#[$doc:meta])* pub enum $state:ident $machine:literal ($event:ident);
        prefix $prefix:literal;
        priority [$($priority:ident),*];
        singular [$($singular:ident),*];
        $(
            $name:ident $number:literal $queue:ident
            $(enter $enter:ident)? $(absent $absent:ident)?
            $(-> [$($return:ident),+])?
            $(on { $($on:ident => $to:ident),+ })?
            $(drops [$($drop:ident),+])?
            $(traps [$($trap:ident),+])?;
        )+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $state {
            $(#[doc = concat!("`", $prefix, stringify!($name), "`")] $name,)+
        }

        impl $crate::machines::table::State for $state {
            type Event = $event;
            const MACHINE: &'static str = $machine;
            const INITIAL: Self = Self::ALL[0];
            const ALL: &'static [Self] = &[$(Self::$name),+];
            const PRIORITY: &'static [$event] = &[$($event::$priority),*];
            const SINGULAR: &'static [$event] = &[$($event::$singular),*];

            fn row(self) -> &'static $crate::machines::table::Row<Self> {
                use $crate::machines::table::{Absent, Enter, Queue, Row, only};
                match self {
                    $(Self::$name => const {
                        &Row {
                            name: stringify!($name),
                            full_name: concat!($prefix, stringify!($name)),
                            number: $number,
                            queue: Queue::$queue,
                            enter: only::<Enter<Self>>(&[$(entry::$enter)?]),
                            absent: only::<Absent>(&[$(Absent::$absent)?]),
                            returns: &[$($(Self::$return),+)?],
                            on: &[$($(($event::$on, Self::$to)),+)?],
                            dropped: &[$($($event::$drop),+)?],
                            traps: &[$($($event::$trap),+)?],
                        }
                    },)+
                }
            }
        }
    };
}
pub(super) use states;
