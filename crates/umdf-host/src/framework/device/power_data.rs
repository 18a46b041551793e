//! `CM_POWER_DATA` (`wdm.h`): what `DEVPKEY_Device_PowerData` tells of a device's power states.

use wdk_portable::{
    _DEVICE_POWER_STATE as Dx, _SYSTEM_POWER_STATE as Sx, _WDF_TRI_STATE as Tri, DEVICE_POWER_STATE,
    WDF_DEVICE_POWER_CAPABILITIES,
};

use super::Device;

/// Bytes of the structure.
const SIZE: u32 = 56;
/// `PDCAP_D0_SUPPORTED` and `PDCAP_D3_SUPPORTED`: what a PCI function without power management has.
const D0_AND_D3: u32 = 0x1 | 0x8;

/// The structure, little-endian: the bus driver's values where the driver gives none of its own.
pub fn bytes(given: Option<WDF_DEVICE_POWER_CAPABILITIES>, device: Option<&Device>) -> Vec<u8> {
    let now = match device {
        Some(device) if device.registers.powered() => Dx::PowerDeviceD0,
        _ => Dx::PowerDeviceD3,
    };
    let latency = |chosen: fn(&WDF_DEVICE_POWER_CAPABILITIES) -> u32| {
        given.as_ref().map(chosen).filter(|latency| *latency != u32::MAX).unwrap_or(0)
    };
    let mut numbers = vec![SIZE, now.cast_unsigned(), capabilities(given.as_ref())];
    numbers.extend([latency(|given| given.D1Latency), latency(|given| given.D2Latency)]);
    numbers.push(latency(|given| given.D3Latency));
    numbers.extend(states(given.as_ref()).map(i32::cast_unsigned));
    let wake = given.map(|given| given.SystemWake).filter(|wake| *wake != Sx::PowerSystemMaximum);
    numbers.push(wake.unwrap_or(Sx::PowerSystemUnspecified).cast_unsigned());
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// `PDCAP_XXX`.
fn capabilities(given: Option<&WDF_DEVICE_POWER_CAPABILITIES>) -> u32 {
    let Some(given) = given else { return D0_AND_D3 };
    let bits = [
        (given.DeviceD1, 0x02),
        (given.DeviceD2, 0x04),
        (given.WakeFromD0, 0x10),
        (given.WakeFromD1, 0x20),
        (given.WakeFromD2, 0x40),
        (given.WakeFromD3, 0x80),
    ];
    D0_AND_D3 + bits.into_iter().filter(|(state, _)| *state == Tri::WdfTrue).map(|(_, bit)| bit).sum::<u32>()
}

/// The device state for each system state, the unspecified one first.
fn states(given: Option<&WDF_DEVICE_POWER_CAPABILITIES>) -> [DEVICE_POWER_STATE; 7] {
    let mut states = [Dx::PowerDeviceD3; 7];
    states[0] = Dx::PowerDeviceUnspecified;
    states[1] = Dx::PowerDeviceD0;
    if let Some(given) = given {
        for (state, own) in states.iter_mut().zip(given.DeviceState) {
            if own != Dx::PowerDeviceMaximum {
                *state = own;
            }
        }
    }
    states
}
