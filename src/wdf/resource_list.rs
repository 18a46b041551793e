//! A list of resource descriptors, as EvtDevicePrepareHardware gets two of them.
//!
//! Sources: Microsoft Learn, "WdfCmResourceListGetDescriptor function (wdfresource.h)".

use wdk_sys::{PCM_PARTIAL_RESOURCE_DESCRIPTOR, ULONG, WDFCMRESLIST};

use super::Error;
use crate::resources::Descriptor;

/// A resource list; the framework owns it.
pub(crate) struct ResourceList(pub(super) WDFCMRESLIST);

impl ResourceList {
    /// Copies of the descriptors, in the list's order, each made when it is asked for.
    pub fn descriptors(&self) -> impl ExactSizeIterator<Item = Result<Descriptor, Error>> {
        // SAFETY: the list is valid during the callback that brought it.
        let count = unsafe { call!(WdfCmResourceListGetCount(self.0)) };
        (0..count).map(|index| {
            let descriptor = self.descriptor(index)?.cast::<[u8; 20]>();
            // SAFETY: a descriptor that lives as long as the list, all of it initialised.
            Ok(Descriptor(unsafe { *descriptor }))
        })
    }

    /// The framework's descriptor, for the other wrappers; it lives as long as the list.
    pub(super) fn descriptor(&self, index: ULONG) -> Result<PCM_PARTIAL_RESOURCE_DESCRIPTOR, Error> {
        // SAFETY: the list is valid during the callback that brought it; an index out of range gives NULL.
        let descriptor = unsafe { call!(WdfCmResourceListGetDescriptor(self.0, index)) };
        if descriptor.is_null() { Err(Error::ResourceMissing { index }) } else { Ok(descriptor) }
    }
}
