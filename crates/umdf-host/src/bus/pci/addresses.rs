//! Where BARs lie: the host bridge's windows, what is taken in them, and whose an address is.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{BusError, Space};
use crate::bus::device::{Bar, BarKind, Width};

/// Bus addresses in which BARs of one kind are placed, and what the host bridge adds on the way to the CPU.
///
/// The bridge translates memory, as on many machines that are no PC: so a driver that maps the raw
/// address instead of the translated one is caught. No raw window touches a translated one.
struct Window {
    name: &'static str,
    space: Space,
    /// The ranges of the window, the first choice first.
    ranges: &'static [RangeInclusive<u64>],
    translation: u64,
}

const MEMORY_32: Window = Window {
    name: "memory below 4 GiB",
    space: Space::Memory,
    ranges: &[0xc000_0000..=0xefff_ffff, 0x8000_0000..=0xbfff_ffff],
    translation: 0x8_0000_0000,
};
const MEMORY_64: Window = Window {
    name: "64-bit memory",
    space: Space::Memory,
    ranges: &[1 << 40..=(1 << 46) - 1],
    translation: 1 << 46,
};
const PORTS: Window =
    Window { name: "I/O ports", space: Space::Port, ranges: &[0x1000..=0xffff], translation: 0 };
const WINDOWS: [&Window; 3] = [&MEMORY_32, &MEMORY_64, &PORTS];

/// Bits of a CPU (translated) address. The upper 16 of 64 stay free for the mark of a pseudo address.
pub const ADDRESS_BITS: u32 = 48;
const _: () = assert!(*MEMORY_32.ranges[0].end() + MEMORY_32.translation < 1 << ADDRESS_BITS);
const _: () = assert!(*MEMORY_64.ranges[0].end() + MEMORY_64.translation < 1 << ADDRESS_BITS);

/// A BAR and its first bus address.
#[derive(Clone, Copy)]
pub struct Placed {
    /// What lies there.
    pub bar: Bar,
    /// First bus address.
    pub start: u64,
}

impl Placed {
    /// Address of the CPU for this BAR.
    pub fn translated(&self) -> u64 {
        self.start + window(self.bar.kind()).translation
    }
}

/// A place in a BAR.
pub struct Place {
    /// Slot of the device.
    pub slot: u16,
    /// Number of the BAR.
    pub bar: usize,
    /// Bytes from its start.
    pub offset: u64,
}

/// A taken range.
struct Taken {
    last: u64,
    slot: u16,
    bar: usize,
}

/// The taken ranges.
#[derive(Default)]
pub struct Addresses {
    /// By their first bus addresses. Windows do not overlap, ports with memory neither: there is no need to
    /// tell spaces apart.
    taken: BTreeMap<u64, Taken>,
    /// By a range of a window and a length: below this address is no room for that length.
    full: BTreeMap<(u64, u64), u64>,
}

impl Addresses {
    /// Takes room for the BARs of a slot.
    pub fn place(&mut self, slot: u16, bars: &[Bar]) -> Result<Vec<Placed>, BusError> {
        let mut placed = Vec::new();
        for (number, bar) in bars.iter().enumerate() {
            match self.find_room(bar) {
                Ok(start) => {
                    // Inside a window, so the end does not overflow.
                    self.taken.insert(start, Taken { last: start + (bar.length() - 1), slot, bar: number });
                    placed.push(Placed { bar: *bar, start });
                }
                Err(error) => {
                    self.release(&placed);
                    return Err(error);
                }
            }
        }
        Ok(placed)
    }

    /// Gives room back.
    pub fn release(&mut self, placed: &[Placed]) {
        for place in placed {
            self.taken.remove(&place.start);
            self.full.clear();
        }
    }

    /// Whose a CPU (translated) address is, for an access that must lie wholly in one BAR.
    pub fn find(&self, space: Space, address: u64, width: Width) -> Option<Place> {
        WINDOWS.into_iter().filter(|window| window.space == space).find_map(|window| {
            let address = address.checked_sub(window.translation)?;
            if !window.ranges.iter().any(|range| range.contains(&address)) {
                return None;
            }
            let (start, taken) = self.taken.range(..=address).next_back()?;
            let end = address.checked_add(width.bytes() - 1)?;
            let Taken { last, slot, bar } = *taken;
            (end <= last).then_some(Place { slot, bar, offset: address - start })
        })
    }

    /// The lowest free address in the first range of the BAR's window that has room, aligned to its length.
    fn find_room(&mut self, bar: &Bar) -> Result<u64, BusError> {
        let window = window(bar.kind());
        let length = bar.length();
        window
            .ranges
            .iter()
            .find_map(|range| self.find_in(range, length))
            .ok_or(BusError::NoRoom { length, window: window.name })
    }

    fn find_in(&mut self, range: &RangeInclusive<u64>, length: u64) -> Option<u64> {
        let full = self.full.entry((*range.start(), length)).or_insert(*range.start());
        loop {
            let start = full.checked_next_multiple_of(length)?;
            let last = start.checked_add(length - 1).filter(|last| last <= range.end())?;
            match self.taken.range(..=last).next_back() {
                Some((_, obstacle)) if obstacle.last >= start => *full = obstacle.last + 1,
                _ => {
                    *full = last + 1;
                    return Some(start);
                }
            }
        }
    }
}

fn window(kind: BarKind) -> &'static Window {
    match kind {
        BarKind::Memory32 { .. } => &MEMORY_32,
        BarKind::Memory64 { .. } => &MEMORY_64,
        BarKind::Io => &PORTS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    fn bar(length: u64) -> Bar {
        Bar::new(BarKind::Memory32 { prefetchable: false }, length).unwrap()
    }

    fn starts(addresses: &mut Addresses, slot: u16, bars: &[Bar]) -> Vec<u64> {
        addresses.place(slot, bars).unwrap().iter().map(|placed| placed.start).collect()
    }

    #[test]
    fn small_bars_go_into_the_gaps_before_long_ones() {
        let mut addresses = Addresses::default();
        let bars = [bar(0x10), bar(MIB), bar(0x10), bar(MIB)];
        let expected = [0, MIB, 0x10, 2 * MIB].map(|offset| 0xc000_0000 + offset);
        assert_eq!(starts(&mut addresses, 0, &bars), expected);
    }

    #[test]
    fn memory_below_4_gib_has_room_for_1792_mib() {
        let mut addresses = Addresses::default();
        let first_choice = starts(&mut addresses, 0, &vec![bar(MIB); 768]);
        assert_eq!((first_choice[0], first_choice[767]), (0xc000_0000, 0xeff0_0000));
        let second_choice = starts(&mut addresses, 1, &vec![bar(MIB); 1024]);
        assert_eq!((second_choice[0], second_choice[1023]), (0x8000_0000, 0xbff0_0000));
        let error = addresses.place(2, &[bar(0x10)]).err();
        assert_eq!(error, Some(BusError::NoRoom { length: 0x10, window: "memory below 4 GiB" }));
    }

    #[test]
    fn what_is_given_back_is_found_again() {
        let mut addresses = Addresses::default();
        let bars = [bar(MIB), bar(0x40)];
        let old = addresses.place(0, &bars).unwrap();
        let other = addresses.place(1, &bars).unwrap();
        addresses.release(&old);
        let access = |start| addresses.find(Space::Memory, start + 0x8_0000_0000, Width::U32);
        assert!(access(old[0].start).is_none());
        let place = access(other[1].start + 0x3c).unwrap();
        assert_eq!((place.slot, place.bar, place.offset), (1, 1, 0x3c));
        assert_eq!(starts(&mut addresses, 2, &bars), [old[0].start, old[1].start]);
    }

    #[test]
    fn a_failed_placing_takes_nothing() {
        let mut addresses = Addresses::default();
        assert!(addresses.place(0, &[bar(MIB), bar(0x8000_0000)]).is_err());
        assert_eq!(starts(&mut addresses, 0, &[bar(MIB)]), [0xc000_0000]);
    }
}
