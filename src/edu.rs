//! The device: what edu's registers mean, and what the driver does with them.
//!
//! Everything here works on any [`Access`], so the tests below run it on a model. The data sheet is QEMU's
//! `docs/specs/edu.rst`.

use edu_interface::{STATE_COMPUTING, STATE_IDLE};

use crate::error::Error;
use crate::registers::{Access, Bar, ReadOnly, ReadWrite, Readable, Register, Value, WriteOnly, registers};

/// How much of BAR0 the driver maps, in bytes: all registers but the DMA engine's, which are out of reach: the
/// framework checks each access against what is mapped, and `Bar` each offset at compile time.
pub const REGISTERS_LENGTH: usize = 0x80;

// The data sheet's table up to REGISTERS_LENGTH. The device takes aligned 32-bit accesses only; others read
// 0 or all ones and are not written.
registers! { within REGISTERS_LENGTH;
    /// 0xRRrr00ed: major and minor revision of the device.
    0x00 Identification: u32, ReadOnly;
    /// Reads as the complement of what was written last.
    0x04 Liveness: u32, ReadWrite;
    /// A write starts the computation of n! (modulo 2^32), or is ignored while one is under way. Reads as n
    /// until the computation is over, then as the result.
    0x08 Factorial: u32, ReadWrite;
    /// What the engine does and is to do; a write sets or clears [`StatusBits::INTERRUPT_WHEN_DONE`] only.
    0x20 Status: StatusBits, ReadWrite;
    /// The interrupt bits that are raised and not acknowledged. Reading has no side effect.
    0x24 InterruptStatus: u32, ReadOnly;
    /// A write raises the interrupt bits that are set in the value.
    0x60 InterruptRaise: u32, WriteOnly;
    /// A write clears the interrupt bits that are set in the value.
    0x64 InterruptAcknowledge: u32, WriteOnly;
}

bitflags::bitflags! {
    /// The bits of the status register.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct StatusBits: u32 {
        /// A factorial is being computed.
        const COMPUTING = 0x01;
        /// Raise an interrupt when a factorial is done.
        const INTERRUPT_WHEN_DONE = 0x80;
    }
}

impl Value for StatusBits {
    type Bits = u32;

    fn decode(bits: u32) -> Option<Self> {
        Self::from_bits(bits)
    }

    fn encode(self) -> u32 {
        self.bits()
    }
}

/// The identification of an edu whose registers this module knows: major revision 1, and any minor one.
const IDENTIFICATION: u32 = 0x0100_00ed;
const MINOR_REVISION: u32 = 0x00ff_0000;
/// Two patterns that are each other's complement, so that every bit is seen as 0 and as 1.
const LIVENESS_PATTERNS: [u32; 2] = [0x5a5a_a5a5, 0xa5a5_5a5a];

/// An edu device behind its mapped registers.
pub struct Edu<A> {
    bar: Bar<REGISTERS_LENGTH, A>,
}

impl<A: Access> Edu<A> {
    /// Takes over the registers; touches none of them.
    pub fn new(access: A) -> Self {
        Self { bar: Bar::new(access) }
    }

    /// Reads the identification and checks that this is an edu device of a known major version.
    ///
    /// # Errors
    /// [`Error::DeviceGone`], [`Error::WrongIdentification`].
    pub fn identify(&self) -> Result<u32, Error> {
        let value = self.read::<Identification>()?;
        if value & !MINOR_REVISION == IDENTIFICATION {
            Ok(value)
        } else {
            Err(Error::WrongIdentification { value })
        }
    }

    /// Checks that values written reach the device and that its answers come back.
    ///
    /// # Errors
    /// [`Error::DeviceGone`], [`Error::LivenessFailed`].
    pub fn check_liveness(&self) -> Result<(), Error> {
        for written in LIVENESS_PATTERNS {
            let read = self.liveness(written)?;
            if read != !written {
                return Err(Error::LivenessFailed { written, read });
            }
        }
        Ok(())
    }

    /// Writes the liveness register and returns the device's answer.
    ///
    /// # Errors
    /// [`Error::DeviceGone`].
    pub fn liveness(&self, value: u32) -> Result<u32, Error> {
        self.bar.write::<Liveness>(value);
        self.read::<Liveness>()
    }

    /// Makes the device silent: it raises no interrupt when a factorial is done, and none is pending. It goes on
    /// computing, though: a running factorial cannot be stopped.
    ///
    /// # Errors
    /// [`Error::DeviceGone`].
    pub fn quiet(&self) -> Result<(), Error> {
        self.disable_interrupt();
        self.take_interrupts().map(drop)
    }

    /// Lets the device raise an interrupt when a factorial is done.
    pub fn enable_interrupt(&self) {
        self.bar.write::<Status>(StatusBits::INTERRUPT_WHEN_DONE);
    }

    /// Lets it raise none then.
    pub fn disable_interrupt(&self) {
        self.bar.write::<Status>(StatusBits::empty());
    }

    /// Acknowledges the interrupt bits that are raised, and returns them; 0: it was not this device.
    ///
    /// Only what was read is acknowledged. A bit that is raised in between stays, and holds the line or has sent a
    /// message of its own, so nothing is lost.
    ///
    /// # Errors
    /// [`Error::DeviceGone`].
    pub fn take_interrupts(&self) -> Result<u32, Error> {
        let raised = self.read::<InterruptStatus>()?;
        if raised != 0 {
            self.bar.write::<InterruptAcknowledge>(raised);
        }
        Ok(raised)
    }

    /// Lets the device raise these interrupt bits.
    pub fn raise_interrupts(&self, bits: u32) {
        self.bar.write::<InterruptRaise>(bits);
    }

    /// What the factorial engine is doing: [`STATE_IDLE`] or [`STATE_COMPUTING`].
    ///
    /// # Errors
    /// [`Error::DeviceGone`]; [`Error::UnknownFieldValue`] of a bit that the status register does not have.
    pub fn state(&self) -> Result<u32, Error> {
        let computing = self.read::<Status>()?.contains(StatusBits::COMPUTING);
        Ok(if computing { STATE_COMPUTING } else { STATE_IDLE })
    }

    /// Reads a register, decides whether the device is still there, and then what the value means.
    ///
    /// This is the only place that decides it. A device that has left the bus reads all ones everywhere, but
    /// all ones may also be what a register holds; the identification never does.
    fn read<R: Register<Mode: Readable>>(&self) -> Result<R::Value, Error> {
        let reading = self.bar.read::<R>();
        if reading.is_all_ones() && self.bar.read::<Identification>().is_all_ones() {
            return Err(Error::DeviceGone { register: R::NAME });
        }
        reading.value()
    }
}

/// One factorial on its way through the engine.
///
/// The engine has no queue: it ignores a number while it computes another, which it may still do for a request
/// that has timed out or was cancelled. So it must be seen idle before the number is written, and again before the
/// result is read. An interrupt says only that it is time to look: it may be a late one, of the number before.
#[derive(Debug)]
pub struct Computation {
    /// The number.
    pub n: u32,
    started: bool,
}

impl Computation {
    /// A factorial that has not been started.
    pub fn new(n: u32) -> Self {
        Self { n, started: false }
    }

    /// Does what can be done now. `Some` is the result; `None`: look again after the next interrupt.
    ///
    /// # Errors
    /// As [`Edu::state`].
    pub fn advance<A: Access>(&mut self, edu: &Edu<A>) -> Result<Option<u32>, Error> {
        if edu.state()? == STATE_COMPUTING {
            return Ok(None);
        }
        if self.started {
            return edu.read::<Factorial>().map(Some);
        }
        edu.bar.write::<Factorial>(self.n);
        self.started = true;
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;
    use crate::registers::Bits;

    /// A device of a few lines. `busy` counts how many more status reads say COMPUTING.
    struct Model {
        identification: Cell<u32>,
        liveness: Cell<u32>,
        liveness_stuck: Cell<bool>,
        factorial: Cell<u32>,
        steps: u32,
        busy: Cell<u32>,
        /// Without COMPUTING, which `busy` stands for.
        status: Cell<StatusBits>,
        pending: Cell<u32>,
        gone: Cell<bool>,
    }

    impl Model {
        fn new() -> Self {
            Self {
                identification: Cell::new(0x0100_00ed),
                liveness: Cell::new(0),
                liveness_stuck: Cell::new(false),
                factorial: Cell::new(0),
                steps: 3,
                busy: Cell::new(0),
                status: Cell::new(StatusBits::empty()),
                pending: Cell::new(0),
                gone: Cell::new(false),
            }
        }
    }

    impl Access for &Model {
        const LENGTH: usize = REGISTERS_LENGTH;

        fn read<T: Bits>(&self, offset: usize) -> T {
            assert_eq!(size_of::<T>(), 4);
            if self.gone.get() {
                return T::from_bits(u64::MAX);
            }
            T::from_bits(u64::from(match offset {
                0x00 => self.identification.get(),
                0x04 => self.liveness.get(),
                0x08 => self.factorial.get(),
                0x20 => {
                    let busy = self.busy.get();
                    self.busy.set(busy.saturating_sub(1));
                    let mut status = self.status.get();
                    status.set(StatusBits::COMPUTING, busy > 0);
                    status.bits()
                }
                0x24 => self.pending.get(),
                _ => panic!("no register to read at {offset:#x}"),
            }))
        }

        fn write<T: Bits>(&self, offset: usize, value: T) {
            let value = u32::try_from(value.into()).unwrap();
            match offset {
                0x04 if self.liveness_stuck.get() => (),
                0x04 => self.liveness.set(!value),
                0x08 if self.busy.get() > 0 => (),
                0x08 => {
                    self.busy.set(self.steps);
                    self.factorial.set((1..=value).fold(1, u32::wrapping_mul));
                }
                0x20 => {
                    self.status.set(StatusBits::from_bits_retain(value) & StatusBits::INTERRUPT_WHEN_DONE);
                }
                0x60 => self.pending.set(self.pending.get() | value),
                0x64 => self.pending.set(self.pending.get() & !value),
                _ => panic!("no register to write at {offset:#x}"),
            }
        }
    }

    fn edu(model: &Model) -> Edu<&Model> {
        Edu::new(model)
    }

    /// Looks until there is an outcome; `None` if there is none after a thousand looks.
    fn run(computation: &mut Computation, edu: &Edu<&Model>) -> Option<Result<u32, Error>> {
        (0..1000).find_map(|_| computation.advance(edu).transpose())
    }

    #[test]
    fn a_good_device_is_identified_and_alive() {
        let model = Model::new();
        assert_eq!(edu(&model).identify(), Ok(0x0100_00ed));
        assert_eq!(edu(&model).check_liveness(), Ok(()));
    }

    #[test]
    fn another_device_or_another_major_version_is_refused() {
        for value in [0x0100_00ec, 0x0100_01ed, 0, 0x0200_00ed, 0x0000_00ed] {
            let model = Model::new();
            model.identification.set(value);
            assert_eq!(edu(&model).identify(), Err(Error::WrongIdentification { value }));
        }
    }

    #[test]
    fn a_status_bit_that_the_data_sheet_does_not_know_is_an_error() {
        for bits in [0x02_u32, 0x40, 0x181, 0xffff_ffff] {
            let model = Model::new();
            model.status.set(StatusBits::from_bits_retain(bits));
            let value = u64::from(bits & !StatusBits::COMPUTING.bits());
            assert_eq!(edu(&model).state(), Err(Error::UnknownFieldValue { register: "Status", value }));
        }
        // All bits at once: the device is looked for first, and is there.
        let model = Model::new();
        model.status.set(StatusBits::from_bits_retain(0xffff_ffff));
        model.busy.set(1);
        let unknown = Error::UnknownFieldValue { register: "Status", value: 0xffff_ffff };
        assert_eq!(edu(&model).state(), Err(unknown));
    }

    #[test]
    fn another_minor_version_is_accepted() {
        let model = Model::new();
        model.identification.set(0x0107_00ed);
        assert_eq!(edu(&model).identify(), Ok(0x0107_00ed));
    }

    #[test]
    fn a_dead_liveness_register_is_noticed() {
        // Stuck at the right answer to the first pattern: only the second one tells.
        let model = Model::new();
        model.liveness.set(!LIVENESS_PATTERNS[0]);
        model.liveness_stuck.set(true);
        let written = LIVENESS_PATTERNS[1];
        assert_eq!(edu(&model).check_liveness(), Err(Error::LivenessFailed { written, read: written }));
    }

    #[test]
    fn a_device_that_reads_all_ones_everywhere_is_gone() {
        let model = Model::new();
        model.gone.set(true);
        let gone = |register| Err(Error::DeviceGone { register });
        assert_eq!(edu(&model).identify().map(|_| 0), gone("Identification"));
        assert_eq!(edu(&model).check_liveness().map(|()| 0), gone("Liveness"));
        assert_eq!(edu(&model).state(), gone("Status"));
        assert_eq!(edu(&model).quiet().map(|()| 0), gone("InterruptStatus"));
        assert_eq!(run(&mut Computation::new(5), &edu(&model)), Some(gone("Status")));
    }

    /// All ones in one register is an ordinary value.
    #[test]
    fn all_ones_from_a_device_that_is_there_is_a_value() {
        let model = Model::new();
        assert_eq!(edu(&model).liveness(0), Ok(0xffff_ffff));
    }

    #[test]
    fn quiet_switches_the_interrupt_off_and_acknowledges_what_is_pending() {
        let model = Model::new();
        model.status.set(StatusBits::INTERRUPT_WHEN_DONE);
        model.pending.set(0x8000_0101);
        edu(&model).quiet().unwrap();
        assert_eq!(model.status.get(), StatusBits::empty());
        assert_eq!(model.pending.get(), 0);
    }

    #[test]
    fn taken_interrupts_are_acknowledged_and_others_stay() {
        let model = Model::new();
        model.pending.set(0x8000_0101);
        assert_eq!(edu(&model).take_interrupts(), Ok(0x8000_0101));
        assert_eq!(edu(&model).take_interrupts(), Ok(0));
        edu(&model).raise_interrupts(0x30);
        assert_eq!(edu(&model).take_interrupts(), Ok(0x30));
    }

    #[test]
    fn the_interrupt_can_be_switched() {
        let model = Model::new();
        edu(&model).enable_interrupt();
        assert_eq!(model.status.get(), StatusBits::INTERRUPT_WHEN_DONE);
        edu(&model).disable_interrupt();
        assert!(model.status.get().is_empty());
    }

    #[test]
    fn a_factorial_is_started_awaited_and_read() {
        let model = Model::new();
        let mut computation = Computation::new(10);
        assert_eq!(computation.advance(&edu(&model)), Ok(None));
        assert_eq!(edu(&model).state(), Ok(STATE_COMPUTING));
        assert_eq!(run(&mut computation, &edu(&model)), Some(Ok(0x0037_5f00)));
        assert_eq!(edu(&model).state(), Ok(STATE_IDLE));
    }

    /// What the engine still computes for a request that timed out must not be taken for the new result.
    #[test]
    fn a_busy_engine_is_waited_for_before_the_number_is_written() {
        let model = Model::new();
        (&model).write(0x08, 12_u32);
        assert_eq!(run(&mut Computation::new(5), &edu(&model)), Some(Ok(120)));
    }

    #[test]
    fn an_engine_that_never_finishes_gives_no_outcome_and_is_usable_when_it_has() {
        let model = Model { steps: u32::MAX, ..Model::new() };
        assert_eq!(run(&mut Computation::new(5), &edu(&model)), None);

        let model = Model { steps: 3, ..model };
        model.busy.set(3);
        assert_eq!(run(&mut Computation::new(6), &edu(&model)), Some(Ok(720)));
    }

    proptest! {
        /// Whatever the engine was doing before: the result is that of the number, not of the one before.
        #[test]
        fn a_computation_ends_with_its_own_result(n in 0u32..50, before in 0u32..50, steps in 0u32..20, busy in 0u32..20) {
            let model = Model { steps, ..Model::new() };
            model.factorial.set(before);
            model.busy.set(busy);
            let expected = (1..=n).fold(1, u32::wrapping_mul);
            prop_assert_eq!(run(&mut Computation::new(n), &edu(&model)), Some(Ok(expected)));
        }
    }
}
