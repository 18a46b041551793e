//! An interrupt that comes when nobody touches the device makes itself heard.

use std::sync::mpsc::channel;
use std::time::Duration;

use umdf_host::bus::{PciDevice, QemuDevice, QemuModel, Width};

use crate::differential::PATIENCE;
use crate::fixture::qemu::start;

const NOW: Duration = Duration::ZERO;

/// Lets the device interrupt when 10^9! is there. That takes a second or more: longer than a busy machine leaves the
/// test alone.
fn begin(device: &mut QemuDevice) {
    device.write(0, 0x20, Width::U32, 0x80, NOW);
    device.write(0, 0x08, Width::U32, 1_000_000_000, NOW);
}

pub fn the_line_wakes() {
    let mut device = start(QemuModel::Edu);
    let (ring, bell) = channel();
    // Nobody listens any more once the test is over.
    let wake = move || ring.send(()).unwrap_or_default();
    device.set_waker(Box::new(wake));
    begin(&mut device);
    assert!(!device.interrupt_line(NOW), "the computation takes longer");
    bell.recv_timeout(PATIENCE).expect("the device wakes its host");
    assert!(device.interrupt_line(NOW));
    device.write(0, 0x64, Width::U32, 1, NOW);
    assert!(!device.interrupt_line(NOW));
}

pub fn the_message_is_looked_for() {
    let mut device = start(QemuModel::Edu);
    assert_eq!(device.next_event(), None, "the pin wakes: there is nothing to look for");
    device.set_messages(1);
    begin(&mut device);
    let mut looks = 0;
    let mut before = NOW;
    loop {
        let at = device.next_event().expect("it wants to be looked at again");
        let pause = at.saturating_sub(before);
        assert!(pause <= Duration::from_millis(5), "a message is not found for {pause:?}");
        std::thread::sleep(pause);
        looks += 1;
        if device.take_messages(at) == 1 {
            break;
        }
        before = at;
        assert!(before < PATIENCE, "no message");
    }
    assert!(looks > 1, "the computation takes longer than one look");
    assert_eq!(device.take_messages(before), 0, "it is taken once");
    device.set_messages(0);
    assert_eq!(device.next_event(), None);
}
