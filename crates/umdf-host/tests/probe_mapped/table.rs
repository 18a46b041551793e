//! The rules that the probe breaks, how, and what the host says: the tests of the rules look here whether each
//! is broken somewhere.

use umdf_host::rules::Rule as R;

use super::mode::Mode as M;

pub const TRIPS: &[(R, M, &str)] = &[
    (R::HandleNullOrType, M::AddressOfDriver, "Device is driver0, a WDFDRIVER, not a WDFDEVICE"),
    (R::HwNotAllowed, M::AddressOfNothing, "AllowDirectHardwareAccess"),
    (R::HwMappedAddrMode, M::Address, "RegisterAccessUsingUserModeMapping"),
    (R::ParamNull, M::AddressOfNull, "PseudoBaseAddress is NULL"),
    (
        R::HwMappedAddrBase,
        M::AddressBehindBase,
        "0x8c0000004 is no base; mapped is 0x100 bytes at 0x8c0000000",
    ),
    (R::HwMappedAddrBase, M::AddressOfPhysical, "the address is no pseudo address"),
    (R::HwMappedAddrBase, M::AddressAfterUnmap, "mapped is nothing"),
    (R::HwAccessRange, M::ReadBehind, "1 bytes at 0x8c0000100; mapped is 0x100 bytes at 0x8c0000000"),
    (R::HwAccessRange, M::ReadAcrossEnd, "4 bytes at 0x8c00000fd"),
    (R::HwAccessRange, M::ReadBefore, "1 bytes at 0x8bfffffff"),
    (R::HwAccessRange, M::ReadAcrossStart, "4 bytes at 0x8bffffffc"),
    (R::HwAccessRange, M::WriteBehindPage, "4 bytes at 0x8c0001000"),
    (R::HwAccessRange, M::WriteAfterUnmap, "4 bytes at 0x8c0000004; mapped is nothing"),
    (R::HwAccessRange, M::ReadMappedByFramework, "an address that is no pseudo address"),
    (R::HwAccessNotD0, M::ReadAfterD0, "4 bytes at 0x8c0000000, and the device has left D0"),
    (R::HwAccessUnaligned, M::ReadUnaligned, "4 bytes at 0x8c0000002, which is no multiple of 4"),
    (R::HwAccessSizeForDevice, M::ReadNarrow, "1 bytes at 0x8c0000004, which the device does not decode"),
    (R::HwAccessInstruction, M::LoadVector, "movups of 16 bytes at 0x8c0000004"),
    (R::HwAccessInstruction, M::StoreVector, "movups of 16 bytes at 0x8c0000004"),
    (R::HwAccessInstruction, M::CopyString, "rep movsb of 1 bytes at 0x8c0000004"),
    (R::HwAccessInstruction, M::FillString, "rep stosb of 1 bytes at 0x8c0000004"),
    (R::HwAccessInstruction, M::CopyByLibrary, "a function of a system library, such as memcpy"),
    (R::HwAccessInstruction, M::CompareExchange, "cmpxchg of 4 bytes at 0x8c0000004"),
    (R::HwAccessInstruction, M::Push, "push of 8 bytes at 0x8c0000004"),
    (R::HwAccessInstruction, M::Jump, "a jump at 0x8c0000004"),
    (R::PseudoAddressDeref, M::PseudoRead, "mov of 4 bytes at the pseudo address of 0x8c0000004"),
    (R::PseudoAddressDeref, M::PseudoWrite, "mov of 4 bytes at the pseudo address of 0x8c0000004"),
    (R::PseudoAddressDeref, M::PseudoInRbp, "mov of 4 bytes at the pseudo address of 0x8c0000004"),
    (R::PseudoAddressDeref, M::PseudoString, "rep movsb of 1 bytes at the pseudo address of 0x8c0000004"),
    (R::PseudoAddressDeref, M::PseudoByLibrary, "a function of a system library, such as memcpy"),
    (R::PseudoAddressDeref, M::PseudoVector, "movups of 16 bytes at the pseudo address of 0x8c0000004"),
    (
        R::ContextTypeUnknown,
        M::ContextRead,
        "mov of 4 bytes at the NULL that it got for a context which device0",
    ),
    (
        R::ContextTypeUnknown,
        M::ContextWrite,
        "mov of 4 bytes at the NULL that it got for a context which device0",
    ),
    (R::ContextTypeUnknown, M::ContextByLibrary, "was given the NULL of an absent context"),
];
