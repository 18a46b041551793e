//! What came of a schedule, as a process tells it to another.

/// What came of a schedule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often another thread got its turn.
    pub switches: u64,
    /// Rules that were broken and expectations that were missed.
    pub failures: u64,
}

impl Tally {
    /// As bytes.
    pub fn to_bytes(self) -> [u8; 16] {
        (u128::from(self.switches) << 64 | u128::from(self.failures)).to_le_bytes()
    }

    /// What [`to_bytes`](Self::to_bytes) made; `None` if it is not all there.
    #[expect(clippy::cast_possible_truncation, reason = "each is half of the bits")]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bits = u128::from_le_bytes(bytes.try_into().ok()?);
        Some(Self { switches: (bits >> 64) as u64, failures: bits as u64 })
    }
}
