//! What the registry says about a device.
//!
//! The values stand in the device's hardware key, where the INF writes them; `Device Parameters` below the device's
//! key in regedit. They are read when the device is found: after a change, disable and enable the device.

use std::ops::RangeInclusive;
use std::time::Duration;

use tracing::warn;

use crate::wdf::{Device, query_u32};

/// The settings of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// `FactorialTimeoutMs`: how long the device may take to answer a factorial.
    pub factorial_timeout: Duration,
    /// `EnableRaiseInterrupt`: callers may let the device raise interrupts.
    pub raise_enabled: bool,
}

const DEFAULT_TIMEOUT_MS: u32 = 2000;
/// From what a timer can tell apart up to ten minutes.
const TIMEOUT_MS: RangeInclusive<u32> = 40..=600_000;

impl Settings {
    /// Reads the settings. What is missing or impossible has its default: no value keeps a device from starting.
    pub fn read(device: &Device) -> Self {
        let value = |name, default, allowed: RangeInclusive<u32>| match query_u32(device, name) {
            Ok(value) if allowed.contains(&value) => value,
            found => {
                warn!(?found, "no registry value {name} in {allowed:?}: {default} is used");
                default
            }
        };
        let timeout = value("FactorialTimeoutMs", DEFAULT_TIMEOUT_MS, TIMEOUT_MS);
        Self {
            factorial_timeout: Duration::from_millis(timeout.into()),
            raise_enabled: value("EnableRaiseInterrupt", 0, 0..=1) == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wdf::fake;

    fn read(values: &'static [(&'static str, u32)]) -> Settings {
        let device = fake::bare_device();
        fake::registry(values);
        Settings::read(&device)
    }

    const DEFAULT: Settings = Settings { factorial_timeout: Duration::from_secs(2), raise_enabled: false };

    #[test]
    fn what_stands_in_the_registry_counts() {
        let settings = read(&[("FactorialTimeoutMs", 500), ("EnableRaiseInterrupt", 1)]);
        assert_eq!(settings.factorial_timeout, Duration::from_millis(500));
        assert!(settings.raise_enabled);
        let calls = fake::calls();
        assert_eq!(calls.iter().filter(|call| *call == "WdfRegistryClose").count(), 2, "{calls:?}");
    }

    #[test]
    fn what_is_missing_or_impossible_has_its_default() {
        assert_eq!(read(&[]), DEFAULT);
        assert_eq!(read(&[("FactorialTimeoutMs", 39), ("EnableRaiseInterrupt", 2)]), DEFAULT);
        assert_eq!(read(&[("FactorialTimeoutMs", 600_001)]), DEFAULT);
        assert_eq!(read(&[("FactorialTimeoutMs", 40)]).factorial_timeout, Duration::from_millis(40));
    }
}
