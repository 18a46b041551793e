//! Reads the union in a resource descriptor.
//!
//! Which arm means something follows from the descriptor's type; that is for the caller to know. Every arm is
//! made of plain integers, so reading another one gives numbers without meaning and nothing worse.

use wdk_sys::{CM_PARTIAL_RESOURCE_DESCRIPTOR, PHYSICAL_ADDRESS};

// The framework hands out descriptors of this size, and every arm lies within them.
static_assertions::const_assert_eq!(size_of::<CM_PARTIAL_RESOURCE_DESCRIPTOR>(), 20);

/// Copies an arm out of the union; some arms are packed, so their fields must not be borrowed in place.
macro_rules! arm {
    ($descriptor:expr, $arm:ident) => {{
        // SAFETY: the descriptor is initialised as a whole, and any bytes are a value of the arm.
        unsafe { $descriptor.u.$arm }
    }};
}

fn quad(address: PHYSICAL_ADDRESS) -> u64 {
    // SAFETY: all arms of the union are 8 bytes of plain integers.
    unsafe { address.QuadPart }.cast_unsigned()
}

/// Start and length of CmResourceTypeMemory, in bytes.
pub fn memory(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> (u64, u32) {
    let memory = arm!(descriptor, Memory);
    (quad(memory.Start), memory.Length)
}

/// Start and length of CmResourceTypeMemoryLarge with CM_RESOURCE_MEMORY_LARGE_40, in units of 2^8 bytes.
pub fn memory40(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> (u64, u32) {
    let memory = arm!(descriptor, Memory40);
    (quad(memory.Start), memory.Length40)
}

/// Start and length of CmResourceTypeMemoryLarge with CM_RESOURCE_MEMORY_LARGE_48, in units of 2^16 bytes.
pub fn memory48(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> (u64, u32) {
    let memory = arm!(descriptor, Memory48);
    (quad(memory.Start), memory.Length48)
}

/// Start and length of CmResourceTypeMemoryLarge with CM_RESOURCE_MEMORY_LARGE_64, in units of 2^32 bytes.
pub fn memory64(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> (u64, u32) {
    let memory = arm!(descriptor, Memory64);
    (quad(memory.Start), memory.Length64)
}

/// Start and length of CmResourceTypePort, in bytes.
pub fn port(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> (u64, u32) {
    let port = arm!(descriptor, Port);
    (quad(port.Start), port.Length)
}

/// Vector of a line-based CmResourceTypeInterrupt.
pub fn line_vector(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> u32 {
    arm!(descriptor, Interrupt).Vector
}

/// Message count of a raw CmResourceTypeInterrupt with CM_RESOURCE_INTERRUPT_MESSAGE.
pub fn message_count(raw: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> u16 {
    let either = arm!(raw, MessageInterrupt).__bindgen_anon_1;
    // SAFETY: both arms are plain integers; in a raw list this is the one that counts.
    unsafe { either.Raw }.MessageCount
}

/// Vector of the first message of a translated CmResourceTypeInterrupt with CM_RESOURCE_INTERRUPT_MESSAGE.
pub fn message_vector(translated: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> u32 {
    let either = arm!(translated, MessageInterrupt).__bindgen_anon_1;
    // SAFETY: both arms are plain integers; in a translated list this is the one that counts.
    unsafe { either.Translated }.Vector
}

/// Channel of CmResourceTypeDma; the same place with and without CM_RESOURCE_DMA_V3.
pub fn dma_channel(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> u32 {
    arm!(descriptor, Dma).Channel
}

/// First bus number and count of CmResourceTypeBusNumber.
pub fn bus_numbers(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> (u32, u32) {
    let bus = arm!(descriptor, BusNumber);
    (bus.Start, bus.Length)
}

/// Class, type and identifier of CmResourceTypeConnection.
pub fn connection(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> (u8, u8, u64) {
    let connection = arm!(descriptor, Connection);
    (
        connection.Class,
        connection.Type,
        u64::from(connection.IdHighPart) << 32 | u64::from(connection.IdLowPart),
    )
}

/// Size in bytes of the data that follow CmResourceTypeDeviceSpecific.
pub fn device_specific_size(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> u32 {
    arm!(descriptor, DeviceSpecificData).DataSize
}

/// Makes a descriptor from its bytes as they lie in memory: type, share disposition, flags (2), union (16).
#[cfg(test)]
pub fn from_bytes(bytes: [u8; 20]) -> CM_PARTIAL_RESOURCE_DESCRIPTOR {
    // SAFETY: the sizes are equal, and any bytes are a value of the descriptor.
    unsafe { std::mem::transmute(bytes) }
}
