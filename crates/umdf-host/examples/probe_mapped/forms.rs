//! Every width and form of access, on registers that remember what is written.

use std::arch::asm;
use std::ptr::null_mut;

use wdk_sys::{_WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, WDFCMRESLIST, WDFDEVICE};

use crate::registers::{
    END, at, load, map_range, mapped_address, memory, read, read_into, set_whole, store, whole, write,
};
use crate::says::expect;
use crate::wdf::wdf;

/// The register that the instructions work on.
const HERE: usize = 0x40;
/// Carry, parity, auxiliary carry, zero, sign and overflow flag.
const FLAGS: u64 = 0x8d5;
const CARRY: u64 = 1 << 0;
const PARITY: u64 = 1 << 2;
const AUXILIARY: u64 = 1 << 4;
const ZERO: u64 = 1 << 6;
const SIGN: u64 = 1 << 7;

/// In EvtDevicePrepareHardware.
pub fn check_mapping(device: WDFDEVICE, translated: WDFCMRESLIST) {
    let resources = memory(translated);
    let map = |offset: u64, length: u64| {
        let mut base = null_mut();
        let made = map_range(device, resources[1] + offset, length, &raw mut base);
        expect(&format!("{length:#x} bytes at {offset:#x} are mapped"), made, 0);
        (base, mapped_address(device, base))
    };
    let unmap = |base, length: u64| wdf!(WdfDeviceUnmapIoSpace, device, base, length);
    let (base, first) = map(0x840, 8);
    expect("a mapping keeps its place in the page", first.addr() % 0x1000, 0x840);
    expect("the pseudo address is another one", base.addr() == first.addr(), false);
    unmap(base, 8);
    let (base, again) = map(0x840, 8);
    expect("the same mapping comes to the same place", again, first);
    unmap(base, 8);
    let (base, longer) = map(0x840, 16);
    expect("another mapping comes to another place", longer == first, false);
    unmap(base, 16);
    expect("the mapping in use is elsewhere", at::<u8>(0) == first, false);
}

/// In EvtDeviceD0Entry.
pub fn check() {
    check_widths();
    check_buffers();
    check_instructions();
    check_vectors();
    check_what_stays();
}

macro_rules! check_width {
    ($type:ty, $size:ident, $here:literal, $value:literal, $other:literal) => {{
        let (value, other): ($type, $type) = ($value, $other);
        let (size, name, here) = (Size::$size, stringify!($type), $here);
        set_whole(here, u64::MAX);
        store::<$type>(here, value);
        expect(&format!("{name}: stored"), read(size, here), value.into());
        expect(&format!("{name}: no byte more"), whole(here).count_zeros(), value.count_zeros());
        write(size, here, other.into());
        expect(&format!("{name}: loaded"), load::<$type>(here), other);
        let last = END - size_of::<$type>();
        store::<$type>(last, other);
        expect(&format!("{name}: the last register"), load::<$type>(last), other);
    }};
}

fn check_widths() {
    check_width!(u8, WdfDeviceHwAccessTargetSizeUchar, 0x10, 0x88, 0x78);
    check_width!(u16, WdfDeviceHwAccessTargetSizeUshort, 0x20, 0x8788, 0x7778);
    check_width!(u32, WdfDeviceHwAccessTargetSizeUlong, 0x30, 0x8586_8788, 0x7576_7778);
    check_width!(u64, WdfDeviceHwAccessTargetSizeUlong64, 0x48, 0x8182_8384_8586_8788, 0x7172_7374_7576_7778);
    set_whole(HERE, 0x8877_6655_8483_8281);
    expect("i8 as i64", i64::from(load::<i8>(HERE)), -0x7f);
    expect("u8 as u64", u64::from(load::<u8>(HERE)), 0x81);
    expect("i16 as i64", i64::from(load::<i16>(HERE)), -0x7d7f);
    expect("u16 as u64", u64::from(load::<u16>(HERE)), 0x8281);
    expect("i32 as i64", i64::from(load::<i32>(HERE)), -0x7b7c_7d7f);
    expect("u32 as u64", u64::from(load::<u32>(HERE)), 0x8483_8281);
    store(HERE, 1.5_f64);
    expect("f64", load::<f64>(HERE).to_bits(), 1.5_f64.to_bits());
    store(HERE, -2.25_f32);
    expect("f32", load::<f32>(HERE).to_bits(), (-2.25_f32).to_bits());
    store(HERE, 0x1234_u16);
    expect("an immediate", load::<u16>(HERE), 0x1234);
}

/// The framework's functions work in this mode too.
fn check_buffers() {
    for index in 0..4_u8 {
        store(0x80 + 4 * usize::from(index), 0x0101_0101 * u32::from(index));
    }
    let mut buffer = [0_u32; 4];
    let size = Size::WdfDeviceHwAccessTargetSizeUlong;
    read_into(size, crate::registers::pseudo(0x80), buffer.as_mut_ptr().cast());
    expect("a buffer", buffer, [0, 0x0101_0101, 0x0202_0202, 0x0303_0303]);
}

/// One instruction: `rax` and the register before, and both and the flags behind it.
macro_rules! instruction {
    ($text:literal, $rax:literal, $before:literal => $rax_after:literal, $after:literal, $flags:expr) => {{
        set_whole(HERE, $before);
        let mut rax: u64 = $rax;
        let flags: u64;
        // SAFETY: the one instruction accesses a register that is mapped, and only what is named changes.
        unsafe {
            asm!(
                "push {all}",
                "popfq",
                $text,
                "pushfq",
                "pop {flags}",
                all = in(reg) FLAGS,
                flags = out(reg) flags,
                inout("rax") rax,
                in("rdi") at::<u8>(HERE),
            );
        }
        let found = [rax, whole(HERE), flags & FLAGS].map(|number| format!("{number:#x}"));
        expect($text, found, [$rax_after, $after, $flags].map(|number: u64| format!("{number:#x}")));
    }};
}

fn check_instructions() {
    instruction!("mov ah, [rdi]", 0x1122_3344, 0x5599 => 0x1122_9944, 0x5599, FLAGS);
    instruction!("mov [rdi], ah", 0x1122_3344, 0x55 => 0x1122_3344, 0x33, FLAGS);
    instruction!("mov ax, [rdi]", 0x1111_2222_3333_4444, 0xabcd => 0x1111_2222_3333_abcd, 0xabcd, FLAGS);
    instruction!("mov eax, [rdi]", 0x1111_2222_3333_4444, 0x8000_0001 => 0x8000_0001, 0x8000_0001, FLAGS);
    instruction!("mov dword ptr [rdi], 0x12345678", 0, 0x1111_1111_2222_2222
        => 0, 0x1111_1111_1234_5678, FLAGS);
    instruction!("mov qword ptr [rdi], -2", 0, 0 => 0, 0xffff_ffff_ffff_fffe, FLAGS);
    instruction!("movsx eax, byte ptr [rdi]", 0x1111_2222_3333_4444, 0x80 => 0xffff_ff80, 0x80, FLAGS);
    instruction!("movsxd rax, dword ptr [rdi]", 0, 0x8000_0000
        => 0xffff_ffff_8000_0000, 0x8000_0000, FLAGS);
    instruction!("movzx eax, word ptr [rdi]", 0x1111_2222_3333_4444, 0x8001 => 0x8001, 0x8001, FLAGS);
    instruction!("movnti [rdi], eax", 0x1122_3344, 0x5555_5555_6666_6666
        => 0x1122_3344, 0x5555_5555_1122_3344, FLAGS);
    instruction!("xchg [rdi], eax", 0x1111_2222_3333_4444, 0x5555_5555_6666_6666
        => 0x6666_6666, 0x5555_5555_3333_4444, FLAGS);
    instruction!("or dword ptr [rdi], 0x70", 0, 0x8000_0001 => 0, 0x8000_0071, SIGN | PARITY);
    instruction!("lock or [rdi], eax", 0xf0, 0x0f => 0xf0, 0xff, PARITY);
    instruction!("and [rdi], eax", 0xf0, 0xffff_ffff_0000_000f
        => 0xf0, 0xffff_ffff_0000_0000, ZERO | PARITY);
    instruction!("xor al, [rdi]", 0x11ff, 0x2f => 0x11d0, 0x2f, SIGN);
    instruction!("add dword ptr [rdi], 1", 0, 0x1_ffff_ffff
        => 0, 0x1_0000_0000, CARRY | ZERO | PARITY | AUXILIARY);
    instruction!("sub [rdi], ax", 1, 0x5_0000 => 1, 0x5_ffff, CARRY | SIGN | PARITY | AUXILIARY);
    instruction!("cmp [rdi], eax", 5, 5 => 5, 5, ZERO | PARITY);
    instruction!("test byte ptr [rdi], 1", 0, 0xff => 0, 0xff, 0);
    instruction!("inc dword ptr [rdi]", 0, 0xf => 0, 0x10, AUXILIARY | CARRY);
    instruction!("not word ptr [rdi]", 0, 0x1_00ff => 0, 0x1_ff00, FLAGS);
    instruction!("mov eax, [rdi + rax * 4 - 8]", 2, 0x77 => 0x77, 0x77, FLAGS);
}

/// Loads and stores of 4 and 8 bytes between registers of the device and of the vector unit.
fn check_vectors() {
    let whole_vector = 0x1111_2222_3333_4444_5555_6666_7777_8888_u128;
    macro_rules! vector {
        ($text:literal, $bytes:literal) => {{
            set_whole(HERE, 0x8877_6655_4433_2211);
            let mut vector = whole_vector;
            // SAFETY: the one instruction of the middle accesses a register that is mapped; the others
            // access the vector of this frame.
            unsafe {
                asm!(
                    "movups xmm9, [{vector}]",
                    $text,
                    "movups [{vector}], xmm9",
                    vector = in(reg) &raw mut vector,
                    in("rdi") at::<u8>(HERE),
                    out("xmm9") _,
                );
            }
            let bits = 8 * $bytes;
            let low = |number: u64| number & (u64::MAX >> (64 - bits));
            if $text.contains(", [rdi]") {
                let loaded = u128::from(low(0x8877_6655_4433_2211));
                expect($text, vector, loaded);
            } else {
                let kept = !low(u64::MAX) & 0x8877_6655_4433_2211;
                expect($text, whole(HERE), kept | low(0x5555_6666_7777_8888));
                expect(concat!($text, ": the vector stays"), vector, whole_vector);
            }
        }};
    }
    vector!("movd xmm9, [rdi]", 4);
    vector!("movq xmm9, [rdi]", 8);
    vector!("movss xmm9, [rdi]", 4);
    vector!("movsd xmm9, [rdi]", 8);
    vector!("movd [rdi], xmm9", 4);
    vector!("movq [rdi], xmm9", 8);
    vector!("movss [rdi], xmm9", 4);
    vector!("movsd [rdi], xmm9", 8);
    if is_x86_feature_detected!("avx") {
        vector!("vmovd xmm9, [rdi]", 4);
        vector!("vmovsd [rdi], xmm9", 8);
        check_upper_half();
    }
}

/// An AVX load clears what the vector register has above 128 bits, an SSE load leaves it alone.
fn check_upper_half() {
    set_whole(HERE, 0x8877_6655_4433_2211);
    macro_rules! upper {
        ($text:literal) => {{
            let mut vector = [u64::MAX; 4];
            // SAFETY: as above, with a vector of 256 bits. The processor has AVX.
            unsafe {
                asm!(
                    "vmovups ymm9, [{vector}]",
                    $text,
                    "vmovups [{vector}], ymm9",
                    "vzeroupper",
                    vector = in(reg) &raw mut vector,
                    in("rdi") at::<u8>(HERE),
                    out("ymm9") _,
                    out("xmm8") _,
                );
            }
            vector
        }};
    }
    expect("vmovd: upper half", upper!("vmovd xmm9, [rdi]"), [0x4433_2211, 0, 0, 0]);
    expect("vmovq: upper half", upper!("vmovq xmm9, [rdi]"), [0x8877_6655_4433_2211, 0, 0, 0]);
    expect("movd: upper half", upper!("movd xmm9, [rdi]"), [0x4433_2211, 0, u64::MAX, u64::MAX]);
    expect("another register", upper!("vmovd xmm8, [rdi]"), [u64::MAX; 4]);
}

/// What the instruction does not name stays as it is: registers, and the stack of a function that uses the
/// bytes below the stack pointer.
fn check_what_stays() {
    set_whole(HERE, 0x42);
    let (mut r8, mut r11, mut r13, mut r15) = (8_u64, 11_u64, 13_u64, 15_u64);
    let (near, far, loaded): (u64, u64, u64);
    // SAFETY: the one load in the middle is that of a mapped register. The stack pointer moves over the
    // compiler's own bytes before the red zone is used.
    unsafe {
        asm!(
            "sub rsp, 128",
            "mov [rsp - 8], r8",
            "mov [rsp - 128], r15",
            // A barrier as compilers make it: it touches the stack alone.
            "lock or dword ptr [rsp], 0",
            "mov eax, [rdi]",
            "mov rcx, [rsp - 8]",
            "mov rdx, [rsp - 128]",
            "add rsp, 128",
            inout("r8") r8,
            inout("r11") r11,
            inout("r13") r13,
            inout("r15") r15,
            out("rax") loaded,
            out("rcx") near,
            out("rdx") far,
            in("rdi") at::<u8>(HERE),
        );
    }
    expect("what was loaded", loaded, 0x42);
    expect("other registers", [r8, r11, r13, r15], [8, 11, 13, 15]);
    // Windows has none: an exception writes there.
    if cfg!(unix) {
        expect("the red zone", [near, far], [8, 15]);
    }
}
