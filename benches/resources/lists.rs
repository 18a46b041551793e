//! Resource lists of any length, for the bench and for `tests/resources.rs`.

use edu_umdf::error::Error;
use edu_umdf::resources::{Descriptor, Plan};

/// The same list, raw and translated.
pub struct Lists(Vec<Descriptor>);

/// A descriptor whose union holds these words.
fn descriptor(kind: u8, words: [u32; 4]) -> Descriptor {
    let mut bytes = [0; 20];
    bytes[0] = kind;
    for (place, word) in bytes[4..].chunks_exact_mut(4).zip(words) {
        place.copy_from_slice(&word.to_ne_bytes());
    }
    Descriptor(bytes)
}

impl Lists {
    /// Resources that no driver uses: DMA, device-specific data, bus numbers, device private, configuration data,
    /// a connection, an empty place and one of no known kind, in turn.
    pub fn ignored(length: usize) -> Self {
        const KINDS: [u8; 8] = [4, 5, 6, 129, 128, 132, 0, 9];
        Self(KINDS.into_iter().cycle().take(length).map(|kind| descriptor(kind, [1, 2, 3, 0])).collect())
    }

    /// A BAR's memory and the bus driver's note beside it, again and again.
    pub fn memory(length: usize) -> Self {
        let pair = [descriptor(3, [0x1000, 8, 0x1000, 0]), descriptor(129, [1, 0, 0, 0])];
        Self(pair.into_iter().cycle().take(length).collect())
    }

    /// What is measured. Not inlined, so that callgrind can tell it from the rest.
    #[inline(never)]
    pub fn plan(&self) -> Result<Plan, Error> {
        let list = || self.0.iter().copied().map(Ok);
        Plan::new(list(), list())
    }
}
