//! Who QEMU's devices are, their BARs, and accesses of each kind.

use std::time::Duration;

use umdf_host::bus::{BarKind, EduDevice, PciDevice, QemuDevice, QemuModel, Width};

use crate::fixture::qemu::start;

const NOW: Duration = Duration::ZERO;
const REGISTERS: BarKind = BarKind::Memory32 { prefetchable: false };
const MEMORY: BarKind = BarKind::Memory64 { prefetchable: true };

fn bars(device: &QemuDevice) -> Vec<(BarKind, u64)> {
    device.bars().iter().map(|bar| (bar.kind(), bar.length())).collect()
}

pub fn edu() {
    let mut device = start(QemuModel::Edu);
    assert_eq!(device.identity(), EduDevice::IDENTITY);
    assert_eq!(device.bars(), EduDevice::default().bars());
    assert_eq!(device.read(0, 0, Width::U32, NOW), 0x0100_00ed);
    assert_eq!(device.read(0, 0xf_fffd, Width::U32, NOW), 0, "past the end");
    assert_eq!(device.read(1, 0, Width::U32, NOW), 0, "no such BAR");
    assert!(device.decodes(0, 0x80, Width::U64) && !device.decodes(0, 0, Width::U64));
}

pub fn pci_testdev() {
    let mut device = start(QemuModel::PciTestdev);
    let identity = device.identity();
    assert_eq!((identity.vendor, identity.device), (0x1b36, 0x0005));
    assert_eq!((identity.interrupt_pin, identity.messages), (false, 0));
    assert_eq!(bars(&device), [(REGISTERS, 0x1000), (BarKind::Io, 0x100), (MEMORY, 1 << 24)]);
    // Test 0 of each kind: its name begins at 16, after the test was chosen by a byte at 0.
    for (bar, name) in [(0, *b"mmio"), (1, *b"port")] {
        device.write(bar, 0, Width::U8, 0, NOW);
        let read: Vec<u64> = (16..20).map(|offset| device.read(bar, offset, Width::U8, NOW)).collect();
        assert_eq!(read, name.map(u64::from), "BAR {bar}");
    }
    assert_eq!(device.read(1, 0, Width::U64, NOW), u64::MAX, "no processor reads 8 bytes of ports");
}

pub fn ivshmem_plain() {
    let mut device = start(QemuModel::IvshmemPlain);
    let identity = device.identity();
    assert_eq!((identity.vendor, identity.device, identity.class), (0x1af4, 0x1110, [5, 0, 0]));
    assert_eq!(bars(&device), [(REGISTERS, 0x100), (MEMORY, 1 << 20)]);
    device.write(1, 0xf_fff0, Width::U64, 0x8877_6655_4433_2211, NOW);
    device.write(1, 0xf_fff1, Width::U8, 0xaa, NOW);
    assert_eq!(device.read(1, 0xf_fff0, Width::U32, NOW), 0x4433_aa11);
    assert_eq!(device.read(1, 0xf_fff6, Width::U16, NOW), 0x8877);
}
