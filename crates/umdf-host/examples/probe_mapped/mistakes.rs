//! The mistakes, one a run. What is checked behind each is what the host promises with the rule switched off.

use std::arch::asm;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::Ordering::SeqCst;

use wdk_sys::{_WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, WDF_OBJECT_CONTEXT_TYPE_INFO, WDFDEVICE, WDFDRIVER};

use crate::edu::{IDENTIFICATION, LIVENESS};
use crate::mode::Mode;
use crate::registers::{
    END, at, device, load, map_range, mapped_address, pseudo, read, read_into, store, unmap,
};
use crate::says::expect;
use crate::wdf::wdf;
use crate::{ASKED, asked};

const LONG: i32 = Size::WdfDeviceHwAccessTargetSizeUlong;

/// In EvtDeviceD0Entry.
pub fn make(driver: WDFDRIVER) {
    ask_for_addresses(driver);
    access_out_of_range();
    let modes = Mode::LoadVector as u32..=Mode::Jump as u32;
    if modes.contains(&ASKED.load(SeqCst)) {
        use_wrong_instruction(at(LIVENESS));
    }
    dereference_pseudo();
    dereference_absent_context();
    let_the_host_do_it();
    die();
}

/// In EvtDeviceReleaseHardware.
pub fn make_after_d0_exit() {
    if asked(Mode::ReadAfterD0) {
        expect("a load after D0", load::<u32>(IDENTIFICATION), 0x0100_00ed);
    }
    if asked(Mode::AddressAfterUnmap) {
        let base = pseudo(0);
        unmap();
        expect("no address", mapped_address(device(), base), null_mut());
    }
    if asked(Mode::WriteAfterUnmap) {
        expect("an address", at::<u8>(0).is_null(), false);
        unmap();
        store(LIVENESS, 1_u32);
        expect("a load after unmapping", load::<u32>(LIVENESS), 0);
    }
}

fn ask_for_addresses(driver: WDFDRIVER) {
    let wrong = [
        (Mode::AddressOfDriver, driver.cast(), pseudo(0)),
        (Mode::AddressOfNull, device(), null_mut()),
        (Mode::AddressBehindBase, device(), pseudo(4)),
        (Mode::AddressOfPhysical, device(), without_provenance_mut(0x8_c000_0000)),
        (Mode::Address, device(), pseudo(0)),
    ];
    for (mode, device, base) in wrong {
        if asked(mode) {
            expect("no address", mapped_address(device, base), null_mut());
        }
    }
}

/// In EvtDevicePrepareHardware, with nothing mapped.
pub fn ask_for_nothing(device: WDFDEVICE) {
    expect("no address", mapped_address(device, without_provenance_mut(0x8_c000_0000)), null_mut());
}

fn access_out_of_range() {
    if asked(Mode::ReadBehind) {
        expect("a load behind", load::<u8>(END), 0);
    }
    if asked(Mode::ReadAcrossEnd) {
        expect("a load across the end", load_unaligned(END - 3), 0);
    }
    if asked(Mode::ReadBefore) {
        expect("a load before", load::<u8>(0_usize.wrapping_sub(1)), 0);
    }
    if asked(Mode::ReadAcrossStart) {
        expect("a load across the start", load_unaligned(0_usize.wrapping_sub(4)), 0);
    }
    if asked(Mode::WriteBehindPage) {
        store(0x1000, 1_u32);
    }
    if asked(Mode::ReadMappedByFramework) {
        expect("a read at the address", read_into(LONG, at(0), null_mut()), 0);
    }
    if asked(Mode::ReadUnaligned) {
        expect("an unaligned load", load_unaligned(2), 0);
    }
    if asked(Mode::ReadNarrow) {
        // The last events before the violation are these.
        store(LIVENESS, 0x1234_5678_u32);
        expect("a load", load::<u32>(LIVENESS), 0xedcb_a987);
        expect("a narrow load", load::<u8>(LIVENESS), 0);
    }
}

/// One load of 4 bytes at any address.
fn load_unaligned(offset: usize) -> u32 {
    let value: u32;
    // SAFETY: a load of a mapped register, or a mistake that the host sees.
    unsafe { asm!("mov {value:e}, [{from}]", value = out(reg) value, from = in(reg) at::<u8>(offset)) };
    value
}

fn use_wrong_instruction(here: *mut u8) {
    let mut memory = [0x55_u8; 16];
    let memory_at = memory.as_mut_ptr();
    if asked(Mode::LoadVector) {
        // SAFETY: a mistake that the host sees.
        unsafe { asm!("movups xmm0, [{from}]", from = in(reg) here, out("xmm0") _) };
    }
    if asked(Mode::StoreVector) {
        store(LIVENESS, 1_u32);
        // SAFETY: as above.
        unsafe { asm!("movups [{to}], xmm0", to = in(reg) here) };
        expect("nothing was stored", load::<u32>(LIVENESS), !1);
    }
    if asked(Mode::CopyString) {
        copy_string(here, memory_at);
        expect("nothing was copied", memory, [0x55; 16]);
    }
    if asked(Mode::FillString) {
        // SAFETY: as above.
        unsafe { asm!("rep stosb", inout("rdi") here => _, inout("rcx") 16_usize => _, in("al") 1_u8) };
    }
    if asked(Mode::CopyByLibrary) {
        copy_by_library(here, memory_at);
    }
    if asked(Mode::CompareExchange) {
        // SAFETY: as above.
        unsafe { asm!("cmpxchg [{to}], ecx", to = in(reg) here, in("ecx") 0, inout("eax") 0 => _) };
    }
    if asked(Mode::Push) {
        // SAFETY: as above.
        unsafe { asm!("push qword ptr [{from}]", "pop {from}", from = inout(reg) here => _) };
    }
    if asked(Mode::Jump) {
        // SAFETY: as above.
        unsafe { asm!("call {to}", to = in(reg) here, clobber_abi("C")) };
    }
}

fn copy_string(from: *const u8, to: *mut u8) {
    // SAFETY: 16 bytes from a place that is a mistake, to 16 bytes of the caller.
    unsafe { asm!("rep movsb", inout("rsi") from => _, inout("rdi") to => _, inout("rcx") 16_usize => _) };
}

/// So long that no compiler copies it by itself.
fn copy_by_library(from: *const u8, to: *mut u8) {
    let length = std::hint::black_box(16);
    // SAFETY: 16 bytes from a place that is a mistake, to 16 bytes of the caller.
    unsafe { from.copy_to_nonoverlapping(to, length) };
}

fn dereference_pseudo() {
    let here = pseudo(LIVENESS);
    let mut memory = [0x55_u8; 16];
    if asked(Mode::PseudoRead) {
        // SAFETY: a mistake that the host sees.
        expect("a load", unsafe { here.cast::<u32>().read_volatile() }, 0);
    }
    if asked(Mode::PseudoWrite) {
        // SAFETY: as above.
        unsafe { here.cast::<u32>().write_volatile(0) };
        expect("nothing was stored", read(LONG, LIVENESS), 0);
    }
    if asked(Mode::PseudoInRbp) {
        let value: u32;
        // SAFETY: as above; `rbp` has its value back at the end.
        unsafe {
            asm!(
                "xchg rbp, {from}",
                "mov eax, [rbp]",
                "xchg rbp, {from}",
                from = inout(reg) here => _,
                out("eax") value,
            );
        }
        expect("a load through rbp", value, 0);
    }
    if asked(Mode::PseudoString) {
        copy_string(here.cast(), memory.as_mut_ptr());
        expect("nothing was copied", memory, [0x55; 16]);
    }
    if asked(Mode::PseudoByLibrary) {
        copy_by_library(here.cast(), memory.as_mut_ptr());
    }
    if asked(Mode::PseudoVector) {
        // SAFETY: as above.
        unsafe { asm!("movups xmm0, [{from}]", from = in(reg) here, out("xmm0") _) };
    }
}

/// A context type that no object has.
struct Absent(WDF_OBJECT_CONTEXT_TYPE_INFO);

// SAFETY: nobody writes it; its pointers point to statics.
unsafe impl Sync for Absent {}

static ABSENT: Absent = Absent(WDF_OBJECT_CONTEXT_TYPE_INFO {
    Size: 40,
    ContextName: c"Absent".as_ptr().cast_mut(),
    ContextSize: 16,
    UniqueType: &raw const ABSENT.0,
    EvtDriverGetUniqueContextType: None,
});

fn dereference_absent_context() {
    let context = || -> *mut u32 {
        let context: *mut u32 =
            wdf!(WdfObjectGetTypedContextWorker, device().cast(), &raw const ABSENT.0).cast();
        expect("no context", context, null_mut());
        context.wrapping_add(2)
    };
    if asked(Mode::ContextRead) {
        // SAFETY: a mistake that the host sees.
        expect("a load", unsafe { context().read_volatile() }, 0);
    }
    if asked(Mode::ContextWrite) {
        // SAFETY: as above.
        unsafe { context().write_volatile(1) };
    }
    if asked(Mode::ContextByLibrary) {
        let mut memory = [0x55_u8; 16];
        copy_by_library(context().cast(), memory.as_mut_ptr());
    }
}

fn let_the_host_do_it() {
    if asked(Mode::HostWrites) {
        read_into(LONG, pseudo(0), at(0x40));
    }
    if asked(Mode::HostWritesPseudo) {
        read_into(LONG, pseudo(0), pseudo(0x40));
    }
    if asked(Mode::HostWritesLocked) {
        let status = map_range(device(), 0x8_c000_0000, 1, at(0x40));
        expect("a mapping", status, 0);
    }
}

fn die() {
    if asked(Mode::ReadNull) {
        // SAFETY: none: this ends the process.
        unsafe { without_provenance_mut::<u32>(8).read_volatile() };
    }
    if asked(Mode::OverflowStack) {
        overflow(0);
    }
}

#[expect(unconditional_recursion, reason = "the stack must overflow")]
fn overflow(depth: u64) -> u64 {
    let frame = std::hint::black_box([depth; 64]);
    overflow(depth + 1) + frame[0]
}
