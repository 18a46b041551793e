//! `CM_POWER_DATA` (`wdm.h`): what `DEVPKEY_Device_PowerData` tells of a device's power states.

use wdk_portable::{
    _DEVICE_POWER_STATE as Dx, _SYSTEM_POWER_STATE as Sx, DEVICE_POWER_STATE, WDF_DEVICE_POWER_CAPABILITIES,
};

use super::Device;

/// Bytes of the structure.
const SIZE: u32 = 56;
/// `PDCAP_D0_SUPPORTED` and `PDCAP_D3_SUPPORTED`: what a PCI function without power management has.
const D0_AND_D3: u32 = 0x1 | 0x8;

/// The structure, little-endian: the bus driver's values, and what a function driver may change of them.
/// It gives the device no power state and no wake signal.
pub fn bytes(given: Option<WDF_DEVICE_POWER_CAPABILITIES>, device: Option<&Device>) -> Vec<u8> {
    let now = match device {
        Some(device) if device.registers.powered() => Dx::PowerDeviceD0,
        _ => Dx::PowerDeviceD3,
    };
    // The driver's latencies count where they are longer, which takes one of its own.
    let latency = |chosen: fn(&WDF_DEVICE_POWER_CAPABILITIES) -> u32| {
        given.as_ref().map(chosen).filter(|latency| *latency != u32::MAX).unwrap_or(0)
    };
    let mut numbers = vec![SIZE, now.cast_unsigned(), D0_AND_D3];
    numbers.extend([latency(|given| given.D1Latency), latency(|given| given.D2Latency)]);
    numbers.push(latency(|given| given.D3Latency));
    numbers.extend(states(given.as_ref()).map(i32::cast_unsigned));
    // No system state is lighter than the bus driver's: the device cannot wake the system.
    numbers.push(Sx::PowerSystemUnspecified.cast_unsigned());
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// The device state for each system state, the unspecified one first. A driver may only deepen them.
fn states(given: Option<&WDF_DEVICE_POWER_CAPABILITIES>) -> [DEVICE_POWER_STATE; 7] {
    let mut states = [Dx::PowerDeviceD3; 7];
    states[0] = Dx::PowerDeviceUnspecified;
    states[1] = Dx::PowerDeviceD0;
    if let Some(given) = given {
        for (state, own) in states.iter_mut().zip(given.DeviceState).skip(1) {
            if own != Dx::PowerDeviceMaximum {
                *state = own.max(*state);
            }
        }
    }
    states
}
