//! Makes a device model misbehave: wrong values, lost writes, a device that is gone.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::device::{Bar, Identity, PciDevice, Waker, Width};

mod breaking;
mod disturbance;

pub use breaking::{Break, Breakage};
pub use disturbance::{Disturbance, Interruption};

use breaking::Breaking;
use disturbance::Disturbances;

/// One fault at one register. It acts on accesses of any width that begin at exactly this offset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fault {
    /// Index of the BAR.
    #[serde(default)]
    pub bar: usize,
    /// Offset in the BAR, in bytes.
    pub offset: u64,
    /// Every read gives this value (its low bits, if the read is narrower) and does not reach the
    /// device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reads: Option<u64>,
    /// Writes do not reach the device.
    #[serde(default)]
    pub ignores_writes: bool,
    /// The first read finds the device gone.
    #[serde(default)]
    pub vanishes: bool,
}

/// Something that the hardware does by itself: what a write to one of its registers would make it do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Poke {
    /// Index of the BAR.
    pub bar: usize,
    /// Offset in the BAR, in bytes.
    pub offset: u64,
    /// The value; 32 bits wide.
    pub value: u32,
    /// How often.
    pub times: u32,
    /// Model time from one to the next.
    pub every: Duration,
}

/// A poke, and when it is due again.
struct Poking {
    poke: Poke,
    due: Duration,
}

/// Any device model, with [`Fault`]s, and able to vanish.
///
/// A device that is gone answers every read with all ones, ignores writes and raises no interrupt,
/// as the CPU sees a PCI function that was pulled out. It never comes back.
pub struct FaultyDevice {
    device: Box<dyn PciDevice>,
    faults: Vec<Fault>,
    pokes: Vec<Poking>,
    breaking: Breaking,
    disturbances: Disturbances,
    gone: bool,
}

impl FaultyDevice {
    /// Wraps `device`. Without faults the wrapper changes nothing.
    pub fn new(device: Box<dyn PciDevice>, faults: Vec<Fault>) -> Self {
        let (breaking, disturbances) = (Breaking::default(), Disturbances::default());
        Self { device, faults, pokes: Vec::new(), breaking, disturbances, gone: false }
    }

    /// From now on the hardware does not answer.
    pub fn go_away(&mut self) {
        self.gone = true;
    }

    /// The hardware does not answer any more.
    pub fn is_gone(&self) -> bool {
        self.gone
    }

    /// Says when it breaks.
    pub fn set_break(&mut self, at: Option<Break>) {
        self.breaking.set(at);
    }

    /// Interrupts go wrong from now on.
    pub fn disturb(&mut self, disturbance: Disturbance, now: Duration) {
        self.disturbances.begin(disturbance, now);
    }

    /// It answers nothing.
    fn is_silent(&self) -> bool {
        self.gone || self.breaking.how() == Some(Breakage::AllOnes)
    }

    fn interrupts(&self) -> bool {
        !self.is_silent() && self.breaking.how() != Some(Breakage::Stuck)
    }

    /// Begins a poke, with its first time now.
    pub fn poke(&mut self, poke: Poke, now: Duration) {
        self.pokes.push(Poking { poke, due: now });
        self.advance(now);
    }

    /// Lets the pokes happen that are due by `now`, in their order.
    fn advance(&mut self, now: Duration) {
        self.pokes.retain(|poking| poking.poke.times > 0 && !self.gone);
        while let Some(next) =
            self.pokes.iter_mut().filter(|next| next.due <= now).min_by_key(|next| next.due)
        {
            let Poke { bar, offset, value, every, .. } = next.poke;
            self.device.write(bar, offset, Width::U32, value.into(), self.breaking.time(next.due));
            next.due = next.due.saturating_add(every);
            next.poke.times -= 1;
            self.pokes.retain(|poking| poking.poke.times > 0);
        }
    }

    fn faults_at(&self, bar: usize, offset: u64) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(move |fault| fault.bar == bar && fault.offset == offset)
    }
}

impl PciDevice for FaultyDevice {
    fn identity(&self) -> Identity {
        self.device.identity()
    }

    fn bars(&self) -> &[Bar] {
        self.device.bars()
    }

    fn decodes(&self, bar: usize, offset: u64, width: Width) -> bool {
        self.gone || self.device.decodes(bar, offset, width)
    }

    fn read(&mut self, bar: usize, offset: u64, width: Width, now: Duration) -> u64 {
        self.advance(now);
        if self.faults_at(bar, offset).any(|fault| fault.vanishes) {
            self.go_away();
        }
        self.breaking.access(now);
        if self.is_silent() {
            return width.all_ones();
        }
        let time = self.breaking.time(now);
        if self.breaking.how() == Some(Breakage::Stuck) {
            let device = &mut self.device;
            return self.breaking.stuck(bar, offset, width, || device.read(bar, offset, width, time));
        }
        let fixed = self.faults_at(bar, offset).find_map(|fault| fault.reads);
        match fixed {
            Some(value) => width.truncate(value),
            None => self.device.read(bar, offset, width, time),
        }
    }

    fn write(&mut self, bar: usize, offset: u64, width: Width, value: u64, now: Duration) {
        self.advance(now);
        self.breaking.access(now);
        let stuck = self.breaking.how() == Some(Breakage::Stuck);
        if self.is_silent() || stuck || self.faults_at(bar, offset).any(|fault| fault.ignores_writes) {
            return;
        }
        self.device.write(bar, offset, width, value, self.breaking.time(now));
    }

    fn interrupt_line(&mut self, now: Duration) -> bool {
        self.advance(now);
        if !self.interrupts() {
            return false;
        }
        let high = self.device.interrupt_line(self.breaking.time(now));
        self.disturbances.line(high, now)
    }

    fn take_messages(&mut self, now: Duration) -> u32 {
        self.advance(now);
        if !self.interrupts() {
            return 0;
        }
        let sent = self.device.take_messages(self.breaking.time(now));
        self.disturbances.messages(sent, now)
    }

    fn set_messages(&mut self, count: u8) {
        self.disturbances.set_messages(count);
        self.device.set_messages(count);
    }

    fn next_event(&self) -> Option<Duration> {
        if !self.interrupts() {
            return None;
        }
        let poke = self.pokes.iter().map(|poking| poking.due);
        let device = self.device.next_event().map(|time| self.breaking.when(time));
        poke.chain(device).chain(self.disturbances.next_event()).min()
    }

    fn set_waker(&mut self, waker: Waker) {
        self.device.set_waker(waker);
    }

    fn failure(&self) -> Option<String> {
        self.device.failure()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bus::edu::EduDevice;

    const NOW: Duration = Duration::ZERO;

    fn edu(faults: Vec<Fault>) -> FaultyDevice {
        FaultyDevice::new(Box::new(EduDevice::default()), faults)
    }

    fn fault(offset: u64) -> Fault {
        Fault { bar: 0, offset, reads: None, ignores_writes: false, vanishes: false }
    }

    #[test]
    fn without_faults_nothing_changes() {
        let mut device = edu(vec![]);
        device.write(0, 0x04, Width::U32, 0, NOW);
        assert_eq!(device.read(0, 0x04, Width::U32, NOW), 0xffff_ffff);
        assert_eq!(device.read(0, 0x00, Width::U32, NOW), 0x0100_00ed);
        assert_eq!(device.identity(), EduDevice::IDENTITY);
    }

    #[test]
    fn fixed_reads_hide_one_register_of_one_bar() {
        let mut device = edu(vec![
            Fault { reads: Some(0xdead_beef), ..fault(0x00) },
            Fault { bar: 1, reads: Some(1), ..fault(0x04) },
        ]);
        assert_eq!(device.read(0, 0x00, Width::U32, NOW), 0xdead_beef);
        assert_eq!(device.read(0, 0x00, Width::U8, NOW), 0xef);
        assert_eq!(device.read(0, 0x04, Width::U32, NOW), 0);
    }

    #[test]
    fn ignored_writes_do_not_arrive() {
        let mut device = edu(vec![Fault { ignores_writes: true, ..fault(0x04) }]);
        device.write(0, 0x04, Width::U32, 0x55, NOW);
        assert_eq!(device.read(0, 0x04, Width::U32, NOW), 0);
        device.write(0, 0x20, Width::U32, 0x80, NOW);
        assert_eq!(device.read(0, 0x20, Width::U32, NOW), 0x80);
    }

    #[test]
    fn a_gone_device_is_silent() {
        let mut device = edu(vec![Fault { reads: Some(7), ..fault(0x00) }]);
        device.write(0, 0x60, Width::U32, 1, NOW);
        assert!(device.interrupt_line(NOW));
        device.write(0, 0x08, Width::U32, 5, NOW);
        assert!(device.next_event().is_some());

        device.go_away();

        assert_eq!(device.read(0, 0x00, Width::U32, NOW), 0xffff_ffff);
        assert_eq!(device.read(0, 0x04, Width::U16, NOW), 0xffff);
        assert!(!device.interrupt_line(NOW));
        assert_eq!(device.next_event(), None);
    }

    #[test]
    fn a_device_vanishes_at_the_first_read_of_a_register() {
        let mut device = edu(vec![Fault { vanishes: true, ..fault(0x24) }]);
        device.write(0, 0x24, Width::U32, 0, NOW);
        assert_eq!(device.read(0, 0x00, Width::U32, NOW), 0x0100_00ed);
        assert_eq!(device.read(0, 0x24, Width::U32, NOW), 0xffff_ffff);
        assert_eq!(device.read(0, 0x00, Width::U32, NOW), 0xffff_ffff);
    }

    #[test]
    fn a_gone_device_sends_no_message() {
        let mut device = edu(vec![]);
        device.set_messages(1);
        device.write(0, 0x60, Width::U32, 1, NOW);
        device.go_away();
        assert_eq!(device.take_messages(NOW), 0);
    }

    /// Each poke happens at its own time, however late somebody looks.
    #[test]
    fn a_poke_happens_so_often_and_then_no_more() {
        let mut device = edu(vec![]);
        device.set_messages(1);
        let every = Duration::from_micros(10);
        device.poke(Poke { bar: 0, offset: 0x60, value: 0x10, times: 3, every }, NOW);
        assert_eq!(device.take_messages(NOW), 1, "the first one at once");
        assert_eq!(device.next_event(), Some(every));
        assert_eq!(device.take_messages(Duration::from_nanos(9_999)), 0);
        assert_eq!(device.take_messages(every * 2), 1, "two messages collapse");
        assert_eq!(device.next_event(), None);
        assert_eq!(device.read(0, 0x24, Width::U32, every * 9), 0x10);
    }

    #[test]
    fn hardware_that_is_gone_does_nothing_by_itself() {
        let mut device = edu(vec![]);
        device.poke(Poke { bar: 0, offset: 0x60, value: 1, times: 2, every: Duration::from_micros(1) }, NOW);
        device.go_away();
        assert_eq!(device.next_event(), None);
        assert!(!device.interrupt_line(Duration::from_secs(1)));
    }
}
