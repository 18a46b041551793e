//! Registers in the address space of this process, for drivers whose INF says
//! `RegisterAccessUsingUserModeMapping`.
//!
//! The addresses are reserved and nothing can be read or written there: each load and store faults, and
//! [`super::trap`] carries it out on the device. What was reserved once stays so until the process ends:
//! a late access is told as what it is, and no memory ever appears where the driver expects registers.

use std::sync::{Mutex, OnceLock, PoisonError};

use super::os;
use super::registers::Range;
use crate::framework::Handle;
use crate::framework::pointer::native;

/// Bytes of a page. Registers keep their place in it, as if the page was mapped.
const PAGE: u64 = 4096;

/// Reserved addresses for a range of registers.
#[derive(Debug)]
pub struct View {
    /// What is reserved: the pages of the registers, and one page on either side for accesses that
    /// are a little off.
    reserved: Range,
    /// Address of the first register.
    address: u64,
    /// The registers, CPU-relative.
    pub registers: Range,
    /// The device that has them mapped.
    owner: Mutex<Option<Handle>>,
    next: Views,
}

/// A list that only grows, and that a thread can walk whatever locks it holds.
type Views = OnceLock<&'static View>;

static VIEWS: Views = OnceLock::new();

fn views() -> impl Iterator<Item = &'static View> {
    std::iter::successors(VIEWS.get(), |view| view.next.get()).copied()
}

/// The view that an address belongs to. Takes no lock and allocates nothing.
#[cfg_attr(not(maps_registers), expect(dead_code, reason = "no fault is looked at"))]
pub fn find(address: u64) -> Option<&'static View> {
    views().find(|view| view.reserved.contains(address, 1))
}

impl View {
    fn reserve(registers: Range) -> Option<&'static Self> {
        let in_page = registers.start % PAGE;
        let pages = in_page.checked_add(registers.length)?.checked_next_multiple_of(PAGE)?;
        let length = pages.checked_add(2 * PAGE)?;
        let start = os::reserve(native(length))?;
        let view: &'static Self = Box::leak(Box::new(Self {
            reserved: Range { start, length },
            address: start + PAGE + in_page,
            registers,
            owner: Mutex::default(),
            next: Views::new(),
        }));
        let mut place = &VIEWS;
        while place.set(view).is_err() {
            place = place.get().map_or(&view.next, |last| &last.next);
        }
        Some(view)
    }

    /// The device that has the registers mapped; `None` if they are not mapped any more.
    pub fn owner(&self) -> Option<Handle> {
        *self.owner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn own(&self, device: Handle) -> bool {
        let mut owner = self.owner.lock().unwrap_or_else(PoisonError::into_inner);
        let free = owner.is_none();
        if free {
            *owner = Some(device);
        }
        free
    }

    /// The CPU-relative address that an address of this process stands for, whether or not there is
    /// a register.
    pub fn physical(&self, address: u64) -> u64 {
        self.registers.start.wrapping_add(address.wrapping_sub(self.address))
    }
}

/// A mapping: a view that a device has. Dropping it gives the view back.
pub struct Mapped(&'static View);

impl Mapped {
    /// Maps a range of registers for a device, at the same addresses if it was mapped before. `None`
    /// if the system has no such stretch of addresses left.
    pub fn new(device: Handle, registers: Range) -> Option<Self> {
        let before = views().find(|view| view.registers == registers && view.own(device));
        let view = match before {
            Some(view) => view,
            None => View::reserve(registers).filter(|view| view.own(device))?,
        };
        Some(Self(view))
    }

    /// Address of the first register.
    pub fn address(&self) -> u64 {
        self.0.address
    }
}

impl Drop for Mapped {
    fn drop(&mut self) {
        *self.0.owner.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(all(test, maps_registers))]
mod tests {
    use super::*;

    const REGISTERS: Range = Range { start: 0x8_c000_1840, length: 0x1800 };

    #[test]
    fn a_view_reaches_a_page_further_than_its_registers() {
        let view = View::reserve(REGISTERS).unwrap();
        let last = view.address + REGISTERS.length - 1;
        assert_eq!(view.address % PAGE, 0x840);
        for address in [view.address, last, view.address - PAGE, last + PAGE] {
            assert!(find(address).is_some_and(|found| std::ptr::eq(found, view)), "{address:#x}");
            assert_eq!(
                view.physical(address).wrapping_sub(REGISTERS.start),
                address.wrapping_sub(view.address)
            );
        }
        assert!(!view.reserved.contains(view.address - 0x840 - PAGE - 1, 1));
        // The registers end at 0x40 in their third page.
        assert!(!view.reserved.contains(last + 1 + (PAGE - 0x40) + PAGE, 1));
    }

    #[test]
    fn every_view_is_found() {
        let all: Vec<_> = (0..20).map(|_| View::reserve(REGISTERS).unwrap()).collect();
        for view in all {
            assert!(find(view.address).is_some_and(|found| std::ptr::eq(found, view)));
        }
    }

    #[test]
    fn too_many_registers_are_refused() {
        for length in [u64::MAX, u64::MAX - PAGE, 1 << 60] {
            assert!(View::reserve(Range { start: 0x1000, length }).is_none(), "{length:#x}");
        }
    }
}
