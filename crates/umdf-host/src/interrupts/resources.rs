//! Which interrupt gets which descriptor.

use crate::bus::{Assigned, Descriptor, Resource};
use crate::delivery::Trigger;
use crate::framework::Handle;

/// The resources of an interrupt. Vector 0: none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    /// Interrupt vector of the processor.
    pub vector: u32,
    /// The processors that take it.
    pub affinity: u64,
    /// A `CM_SHARE_DISPOSITION`.
    pub share: u8,
    /// Triggered by an edge, which a message is too.
    pub latched: bool,
    /// Message-signaled.
    pub message: bool,
}

/// The resource lists of an EvtDevicePrepareHardware that runs.
pub struct Lists {
    /// What the bus assigned.
    pub assigned: Assigned,
    /// The raw list, as the driver sees it.
    pub raw: Handle,
    /// The translated list, as the driver sees it.
    pub translated: Handle,
}

impl Resources {
    /// The resources that a pair of descriptors gives the interrupt with this number; `None` if they
    /// are no interrupt's.
    pub fn of(raw: &Descriptor, translated: &Descriptor, number: u32) -> Option<Self> {
        let Resource::Interrupt { vector, affinity, .. } = translated.resource else { return None };
        let several = match raw.resource {
            Resource::MessageInterrupt { message_count, .. } => message_count > 1,
            Resource::Interrupt { .. } => false,
            _ => return None,
        };
        Some(Self {
            vector: if several { vector.wrapping_add(number) } else { vector },
            affinity,
            share: translated.share as u8,
            latched: translated.is_latched(),
            message: translated.is_message(),
        })
    }

    /// The resources of the first `count` interrupts of a device, in the order of their creation:
    /// descriptors are handed out in list order, one with several messages to several interrupts.
    pub fn spread(assigned: &Assigned, count: usize) -> Vec<Self> {
        let mut spread = Vec::new();
        for (raw, translated) in assigned.raw.iter().zip(&assigned.translated) {
            let messages = match raw.resource {
                Resource::MessageInterrupt { message_count, .. } => message_count.max(1),
                _ => 1,
            };
            for _ in 0..messages {
                let number = u32::try_from(spread.len()).unwrap_or(u32::MAX);
                spread.extend(Self::of(raw, translated, number));
            }
        }
        spread.resize(count, Self::default());
        spread
    }

    /// How this interrupt is triggered.
    pub fn trigger(&self) -> Trigger {
        match (self.message, self.latched) {
            (true, _) => Trigger::Message,
            (false, true) => Trigger::Edge,
            (false, false) => Trigger::Level,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bus::Share;

    const LATCHED_MESSAGE: u16 = 3;

    fn interrupt(vector: u32, flags: u16) -> Descriptor {
        let resource = Resource::Interrupt { level: vector >> 4, vector, affinity: 1 };
        Descriptor { share: Share::DeviceExclusive, flags, resource }
    }

    fn messages(message_count: u16) -> Descriptor {
        let resource = Resource::MessageInterrupt { message_count, vector: 7, affinity: 1 };
        Descriptor { share: Share::DeviceExclusive, flags: LATCHED_MESSAGE, resource }
    }

    fn vectors(pairs: &[(Descriptor, Descriptor)], count: usize) -> Vec<u32> {
        let (raw, translated) = pairs.iter().copied().unzip();
        let spread = Resources::spread(&Assigned { raw, translated }, count);
        spread.into_iter().map(|resources| resources.vector).collect()
    }

    #[test]
    fn descriptors_are_handed_out_in_order() {
        let memory = Descriptor {
            share: Share::DeviceExclusive,
            flags: 0,
            resource: Resource::Memory { start: 1, length: 1 },
        };
        let pairs = [
            (memory, memory),
            (interrupt(3, 0), interrupt(0x73, 0)),
            (memory, memory),
            (interrupt(4, 1), interrupt(0x84, 1)),
        ];
        assert_eq!(vectors(&pairs, 2), [0x73, 0x84]);
        assert_eq!(vectors(&pairs, 1), [0x73]);
        // Too many interrupts: the rest has no resources.
        assert_eq!(vectors(&pairs, 3), [0x73, 0x84, 0]);
    }

    #[test]
    fn several_messages_feed_several_interrupts() {
        let pairs = [(messages(2), interrupt(0x90, LATCHED_MESSAGE))];
        assert_eq!(vectors(&pairs, 3), [0x90, 0x91, 0]);
        // Too few interrupts: the last message stays unused.
        assert_eq!(vectors(&pairs, 1), [0x90]);
    }

    #[test]
    fn one_message_is_the_vector_itself() {
        let pairs = [0x90, 0xa5].map(|vector| (messages(1), interrupt(vector, LATCHED_MESSAGE)));
        assert_eq!(vectors(&pairs, 2), [0x90, 0xa5]);
    }

    #[test]
    fn flags_tell_the_trigger() {
        let trigger = |raw: &Descriptor, flags| {
            Resources::of(raw, &interrupt(0x90, flags), 0).map(|resources| resources.trigger())
        };
        assert_eq!(trigger(&interrupt(3, 0), 0), Some(Trigger::Level));
        assert_eq!(trigger(&interrupt(3, 1), 1), Some(Trigger::Edge));
        assert_eq!(trigger(&messages(1), LATCHED_MESSAGE), Some(Trigger::Message));
    }
}
