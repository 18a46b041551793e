//! What the probe does in one life. The number stands in its INF; driver and tests share this file.

/// One thing to probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Mode {
    /// Every width and form of access, on plain registers.
    Forms = 0,
    /// The edu device: its registers and its interrupt.
    Edu = 1,
    /// Four threads at once, on plain registers.
    Threads = 2,
    /// What an access costs.
    Cost = 3,
    /// Maps while the process may not have so many addresses. On Linux only.
    NoRoom = 4,

    /// Asks for the mapped address with another handle.
    AddressOfDriver = 100,
    /// Asks for the mapped address of NULL.
    AddressOfNull = 101,
    /// Asks for the mapped address behind the base.
    AddressBehindBase = 102,
    /// Asks for the mapped address of an address that is no pseudo address.
    AddressOfPhysical = 103,
    /// Asks for the mapped address after unmapping.
    AddressAfterUnmap = 104,
    /// Asks for the mapped address, which the INF must provide for.
    Address = 105,
    /// Maps nothing and asks for the mapped address.
    AddressOfNothing = 106,

    /// Reads the byte behind the mapping, in its page.
    ReadBehind = 200,
    /// Reads four bytes, of which the last is behind the mapping.
    ReadAcrossEnd = 201,
    /// Reads the byte in front of the mapping.
    ReadBefore = 202,
    /// Reads eight bytes, of which the last four are the first of the mapping.
    ReadAcrossStart = 203,
    /// Writes behind the page of the mapping.
    WriteBehindPage = 204,
    /// Writes after unmapping.
    WriteAfterUnmap = 205,
    /// Passes the mapped address to WdfDeviceReadFromHardware.
    ReadMappedByFramework = 206,
    /// Reads after EvtDeviceD0Exit.
    ReadAfterD0 = 210,
    /// Reads at an address that is no multiple of the width.
    ReadUnaligned = 211,
    /// Reads with a width that the device does not know.
    ReadNarrow = 212,

    /// Loads 16 bytes.
    LoadVector = 220,
    /// Stores 16 bytes.
    StoreVector = 221,
    /// Copies registers with a string instruction.
    CopyString = 222,
    /// Fills registers with a string instruction.
    FillString = 223,
    /// Copies registers with the C library.
    CopyByLibrary = 224,
    /// Compares and exchanges.
    CompareExchange = 225,
    /// Pushes a register, which cannot be left out.
    Push = 226,
    /// Calls a function in the registers, which cannot be left out.
    Jump = 227,

    /// Reads through the pseudo address.
    PseudoRead = 240,
    /// Writes through the pseudo address.
    PseudoWrite = 241,
    /// Reads through the pseudo address in `rbp`, which is a stack fault.
    PseudoInRbp = 242,
    /// Copies from the pseudo address with a string instruction.
    PseudoString = 243,
    /// Copies from the pseudo address with the C library.
    PseudoByLibrary = 244,
    /// Loads 16 bytes through the pseudo address.
    PseudoVector = 245,

    /// Reads a context that the device does not have.
    ContextRead = 250,
    /// Writes a context that the device does not have.
    ContextWrite = 251,
    /// Copies a context that the device does not have with the C library.
    ContextByLibrary = 252,

    /// Lets the framework read a register into registers.
    HostWrites = 260,
    /// Lets the framework write a pseudo base address into registers, which it does with its state locked.
    HostWritesLocked = 261,
    /// Lets the framework read a register into a buffer at a pseudo address.
    HostWritesPseudo = 262,

    /// Reads near NULL.
    ReadNull = 280,
    /// Overflows its stack.
    OverflowStack = 281,
}
