//! What the system assigned to the device.

use wdk_sys::{
    CM_PARTIAL_RESOURCE_DESCRIPTOR, CM_RESOURCE_INTERRUPT_MESSAGE, CM_RESOURCE_MEMORY_LARGE_40,
    CM_RESOURCE_MEMORY_LARGE_48, CM_RESOURCE_MEMORY_LARGE_64, CmResourceTypeInterrupt, CmResourceTypeMemory,
    CmResourceTypeMemoryLarge, CmResourceTypePort, NTSTATUS, STATUS_DEVICE_CONFIGURATION_ERROR, WDFCMRESLIST,
};

use crate::wdf::{call_unsafe, println};

/// A range of addresses or ports.
#[derive(Clone, Copy)]
pub struct Range {
    pub start: u64,
    pub length: u64,
}

/// The resources of a board: the BARs in their order, as PCI lists them.
pub struct Resources {
    /// BAR 0.
    pub registers: Range,
    /// BAR 1.
    pub memory: Range,
    /// BAR 2.
    pub ports: Range,
    /// Interrupt messages; 0 if there is an interrupt line.
    pub messages: u16,
}

impl Resources {
    /// Finds them by their types and positions. Between them stand notes of the bus driver to itself.
    ///
    /// # Safety
    /// These are the lists of the EvtDevicePrepareHardware that runs.
    #[expect(non_upper_case_globals, reason = "the constants are spelled as the headers spell them")]
    pub unsafe fn find(raw: WDFCMRESLIST, translated: WDFCMRESLIST) -> Result<Self, NTSTATUS> {
        let (mut memory, mut ports, mut messages) = (Vec::new(), Vec::new(), 0);
        // SAFETY: the caller's list.
        let count = unsafe { call_unsafe!(WdfCmResourceListGetCount, translated) };
        for index in 0..count {
            // SAFETY: the caller's list.
            let raw = unsafe { descriptor(raw, index)? };
            // SAFETY: the caller's list.
            let translated = unsafe { descriptor(translated, index)? };
            let message = u32::from(translated.Flags) & CM_RESOURCE_INTERRUPT_MESSAGE != 0;
            match u32::from(translated.Type) {
                CmResourceTypeMemory | CmResourceTypeMemoryLarge => memory.push(range(&translated)),
                CmResourceTypePort => ports.push(range(&translated)),
                CmResourceTypeInterrupt if message => {
                    // SAFETY: the flag says that this is the member.
                    let message = unsafe { raw.u.MessageInterrupt };
                    // SAFETY: a raw descriptor. Only these say how many messages there are.
                    messages = unsafe { message.__bindgen_anon_1.Raw }.MessageCount;
                }
                _ => {}
            }
        }
        println!("abacus: {} memory, {} port resources, {messages} messages", memory.len(), ports.len());
        match (&memory[..], &ports[..]) {
            (&[registers, memory, ..], &[ports, ..]) => Ok(Self { registers, memory, ports, messages }),
            _ => Err(STATUS_DEVICE_CONFIGURATION_ERROR),
        }
    }
}

/// A copy of a descriptor.
///
/// # Safety
/// `list` is a list of the callback that runs.
unsafe fn descriptor(list: WDFCMRESLIST, index: u32) -> Result<CM_PARTIAL_RESOURCE_DESCRIPTOR, NTSTATUS> {
    // SAFETY: the caller's list.
    let descriptor = unsafe { call_unsafe!(WdfCmResourceListGetDescriptor, list, index) };
    // SAFETY: NULL if the list is shorter, else a descriptor that lives as long as the list.
    unsafe { descriptor.as_ref() }.copied().ok_or(STATUS_DEVICE_CONFIGURATION_ERROR)
}

/// The range of a memory or port descriptor. That of 4 GiB or more counts in larger units, as a flag says.
fn range(descriptor: &CM_PARTIAL_RESOURCE_DESCRIPTOR) -> Range {
    const UNITS: [(u32, u32); 3] = [
        (CM_RESOURCE_MEMORY_LARGE_40, 8),
        (CM_RESOURCE_MEMORY_LARGE_48, 16),
        (CM_RESOURCE_MEMORY_LARGE_64, 32),
    ];
    let large = u32::from(descriptor.Type) == CmResourceTypeMemoryLarge;
    let unit = UNITS.iter().find(|(flag, _)| large && u32::from(descriptor.Flags) & flag != 0);
    // SAFETY: memory, large memory and ports have members of the same form.
    let generic = unsafe { descriptor.u.Generic };
    // SAFETY: both members of the address are the same 64 bits.
    let start = unsafe { generic.Start.QuadPart }.cast_unsigned();
    Range { start, length: u64::from(generic.Length) << unit.map_or(0, |(_, shift)| *shift) }
}
