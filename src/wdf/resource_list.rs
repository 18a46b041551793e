//! A list of resource descriptors, as EvtDevicePrepareHardware gets two of them.

use wdk_sys::{CM_PARTIAL_RESOURCE_DESCRIPTOR, WDFCMRESLIST, call_unsafe_wdf_function_binding};

use super::Argument;
use crate::error::Error;

/// A resource list; the framework owns it.
pub(crate) struct ResourceList(WDFCMRESLIST);

impl Argument for ResourceList {
    type Raw = WDFCMRESLIST;

    unsafe fn from_raw(raw: WDFCMRESLIST) -> Self {
        Self(raw)
    }
}

impl ResourceList {
    /// Copies of the descriptors, in the list's order.
    pub fn descriptors(&self) -> Result<Vec<CM_PARTIAL_RESOURCE_DESCRIPTOR>, Error> {
        // SAFETY: the list is valid during the callback that brought it.
        let count = unsafe { call_unsafe_wdf_function_binding!(WdfCmResourceListGetCount, self.0) };
        (0..count)
            .map(|index| {
                // SAFETY: as above; an index out of range gives NULL.
                let descriptor = unsafe {
                    call_unsafe_wdf_function_binding!(WdfCmResourceListGetDescriptor, self.0, index)
                };
                // SAFETY: NULL, or a descriptor that lives as long as the list.
                unsafe { descriptor.as_ref() }.copied().ok_or(Error::ResourceMissing { index })
            })
            .collect()
    }
}
