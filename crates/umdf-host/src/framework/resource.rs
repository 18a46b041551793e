//! `wdfresource.h`: the resource lists of EvtDevicePrepareHardware.

use std::cell::UnsafeCell;

use wdk_portable::{
    CM_PARTIAL_RESOURCE_DESCRIPTOR, PCM_PARTIAL_RESOURCE_DESCRIPTOR, PHYSICAL_ADDRESS, ULONG, WDFCMRESLIST,
};

use super::Stop;
use crate::bus::{Descriptor, Resource};

/// One of the two lists. The driver gets clones: what it writes there is gone the next time that it
/// asks for the descriptor.
pub struct ResourceList {
    descriptors: Vec<UnsafeCell<CM_PARTIAL_RESOURCE_DESCRIPTOR>>,
    originals: Vec<CM_PARTIAL_RESOURCE_DESCRIPTOR>,
}

impl ResourceList {
    /// A list with these descriptors.
    pub fn new(descriptors: impl IntoIterator<Item = CM_PARTIAL_RESOURCE_DESCRIPTOR>) -> Self {
        let originals: Vec<_> = descriptors.into_iter().collect();
        Self { descriptors: originals.iter().copied().map(UnsafeCell::new).collect(), originals }
    }

    /// The clone at `index`, as it was; NULL if there are not so many.
    fn clone_at(&self, index: usize) -> PCM_PARTIAL_RESOURCE_DESCRIPTOR {
        let (Some(clone), Some(original)) = (self.descriptors.get(index), self.originals.get(index)) else {
            return std::ptr::null_mut();
        };
        // SAFETY: a live cell's own address; nobody has a reference to its inside.
        unsafe { clone.get().write(*original) };
        clone.get()
    }

    /// The index of the descriptor that the driver got this address for.
    pub fn index_of(&self, descriptor: PCM_PARTIAL_RESOURCE_DESCRIPTOR) -> Option<usize> {
        self.descriptors.iter().position(|clone| clone.get() == descriptor)
    }

    /// Whether the clone at `index` still says what the bus said.
    pub fn is_unchanged(&self, index: usize, original: &Descriptor) -> bool {
        let bytes = |descriptor: *const CM_PARTIAL_RESOURCE_DESCRIPTOR| {
            // SAFETY: points at a live descriptor, all of whose bytes were zeroed or written.
            unsafe { descriptor.cast::<[u8; size_of::<CM_PARTIAL_RESOURCE_DESCRIPTOR>()]>().read() }
        };
        let original = to_cm(original);
        self.descriptors.get(index).is_some_and(|clone| bytes(clone.get()) == bytes(&raw const original))
    }
}

/// The descriptor as the driver's headers lay it out. The large arms share the place of `Memory`;
/// the flags say in which unit the length counts.
pub fn to_cm(descriptor: &Descriptor) -> CM_PARTIAL_RESOURCE_DESCRIPTOR {
    let mut cm = CM_PARTIAL_RESOURCE_DESCRIPTOR {
        Type: descriptor.resource_type(),
        ShareDisposition: descriptor.share as u8,
        Flags: descriptor.flags,
        ..CM_PARTIAL_RESOURCE_DESCRIPTOR::default()
    };
    let address = |start: u64| PHYSICAL_ADDRESS { QuadPart: start.cast_signed() };
    match descriptor.resource {
        Resource::Memory { start, length } | Resource::MemoryLarge { start, length_field: length } => {
            cm.u.Memory.Start = address(start);
            cm.u.Memory.Length = length;
        }
        Resource::Port { start, length } => {
            cm.u.Port.Start = address(start);
            cm.u.Port.Length = length;
        }
        Resource::Interrupt { level, vector, affinity } => {
            cm.u.Interrupt.Level = level;
            cm.u.Interrupt.Vector = vector;
            cm.u.Interrupt.Affinity = affinity;
        }
        Resource::MessageInterrupt { message_count, vector, affinity } => {
            cm.u.MessageInterrupt.__bindgen_anon_1.Raw.MessageCount = message_count;
            cm.u.MessageInterrupt.__bindgen_anon_1.Raw.Vector = vector;
            cm.u.MessageInterrupt.__bindgen_anon_1.Raw.Affinity = affinity;
        }
        Resource::DevicePrivate { data } => cm.u.DevicePrivate.Data = data,
    }
    cm
}

ddi! {
    /// Number of descriptors.
    fn WdfCmResourceListGetCount(host, List: WDFCMRESLIST) -> ULONG {
        let state = host.state();
        let list = state.objects.resolve::<ResourceList>(host, List, "List")?;
        let count = state.objects.get::<ResourceList>(list).map_or(0, |list| list.descriptors.len());
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// A descriptor; NULL if there are not so many.
    fn WdfCmResourceListGetDescriptor(host, List: WDFCMRESLIST, Index: ULONG) -> PCM_PARTIAL_RESOURCE_DESCRIPTOR {
        let state = host.state();
        let list = state.objects.resolve::<ResourceList>(host, List, "List")?;
        let list = state.objects.get::<ResourceList>(list).ok_or(Stop::NoEffect)?;
        Ok(list.clone_at(Index as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_driver_writes_is_gone_at_the_next_look() {
        let flags = |flags| CM_PARTIAL_RESOURCE_DESCRIPTOR { Flags: flags, ..Default::default() };
        let list = ResourceList::new([flags(1), flags(2)]);
        let given = list.clone_at(1);
        // SAFETY: the list lives, and nobody else is at its clones.
        unsafe { (*given).Flags = 7 };
        assert_eq!(list.clone_at(1), given);
        // SAFETY: as above.
        assert_eq!(unsafe { (*given).Flags }, 2);
        assert!(list.clone_at(2).is_null());
    }
}
