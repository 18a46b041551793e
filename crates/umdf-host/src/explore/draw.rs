//! Draws whole lives of devices from seeds: clients that send requests of any kind, what PnP and the power
//! manager do meanwhile, and hardware that misbehaves. What the requests are made of comes from a scenario: its
//! I/O control codes, its inputs and its pokes.

use fastrand::Rng;

use crate::bus::{Break, Breakage, Interruption};
use crate::scenario::{Bytes, Disturb, Fuzz, Ioctl, Pnp, Poke, Scenario, Status, Step, Which};
use crate::schedule::Plan;

/// Most clients at a time.
const MOST_CLIENTS: u32 = 4;
/// Most requests, opens and cancellations of a client.
const MOST_REQUESTS: u32 = 40;
/// Most things that happen in a life, its beginning and its end left out.
const MOST_EVENTS: u32 = 24;
/// The last register access at which a device breaks.
const LAST_BREAK: u64 = 80;
/// Most interrupts that go wrong at once.
const MOST_DISTURBED: u32 = 20;
/// Longest pause is 2 to the power of this, in microseconds: longer than the deadlines of most drivers.
const LONGEST_PAUSE: u32 = 23;
/// Longest wait for a device to idle out, in milliseconds.
const LONGEST_IDLE: u64 = 200;

/// How far PnP has a device.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Absent,
    Started,
    StopPending,
    Stopped,
    RemovePending,
    Gone,
}

/// A life that is being drawn.
struct Life<'a> {
    base: &'a Scenario,
    rng: Rng,
    inputs: Vec<Bytes>,
    pokes: Vec<Poke>,
    stages: Vec<Stage>,
    breaks: Vec<Option<Break>>,
    asleep: bool,
    clients: u32,
    steps: Vec<Step>,
}

/// The life of this seed: devices and codes are those of `base`, the steps are its own.
pub fn draw(base: &Scenario, plan: Plan) -> Scenario {
    let mut life = Life::new(base, plan.seed);
    life.begin();
    for _ in 0..life.rng.u32(3..=MOST_EVENTS) {
        life.event();
    }
    life.end();
    let mut drawn = Scenario { steps: life.steps, any_status: true, plan: Some(plan), ..base.clone() };
    drawn.title = format!("{}: the life of seed {}", base.title, plan.seed);
    for (device, breaks) in drawn.devices.iter_mut().zip(life.breaks) {
        device.breaks = breaks.or(device.breaks);
    }
    drawn
}

/// Whether and how a device breaks. Most are sound.
fn breaks(rng: &mut Rng) -> Option<Break> {
    if rng.u32(0..5) > 0 {
        return None;
    }
    let how = rng.choice([Breakage::AllOnes, Breakage::Stuck, Breakage::Late]);
    let access = rng.u64(1..=LAST_BREAK);
    how.map(|how| Break { access, how })
}

/// What the requests of a scenario's steps carry.
fn inputs(base: &Scenario) -> Vec<Bytes> {
    let mut inputs = Vec::new();
    for step in &base.steps {
        match step {
            Step::Ioctl(Ioctl { input, .. }) => inputs.push(input.clone()),
            Step::Fuzz(fuzz) => inputs.extend_from_slice(&fuzz.inputs),
            _ => {}
        }
    }
    inputs.sort_by(|a, b| a.0.cmp(&b.0));
    inputs.dedup();
    inputs
}

impl<'a> Life<'a> {
    fn new(base: &'a Scenario, seed: u64) -> Self {
        let pokes = base.steps.iter().filter_map(|step| match step {
            Step::Poke(poke) => Some(*poke),
            _ => None,
        });
        // Not the numbers that the schedule draws of the same seed.
        let mut rng = Rng::with_seed(!seed);
        Self {
            base,
            breaks: base.devices.iter().map(|_| breaks(&mut rng)).collect(),
            rng,
            inputs: inputs(base),
            pokes: pokes.collect(),
            stages: base.devices.iter().map(|_| Stage::Absent).collect(),
            asleep: false,
            clients: 0,
            steps: Vec::new(),
        }
    }

    fn begin(&mut self) {
        for device in 0..self.base.devices.len() {
            self.pnp(device, Step::Start, Stage::Started);
        }
        for _ in 0..self.rng.u32(1..=2) {
            self.client();
        }
    }

    fn event(&mut self) {
        match self.rng.u32(0..12) {
            0 | 1 => self.client(),
            2 => {
                let us = 1 << self.rng.u32(0..=LONGEST_PAUSE);
                self.steps.push(Step::Pause { us });
            }
            3 => self.disturb(),
            4 => self.hardware(),
            5 | 6 => self.power(),
            _ if self.asleep => self.power(),
            _ => self.plug_and_play(),
        }
    }

    /// Brings everything to where clients can end and devices can be removed.
    fn end(&mut self) {
        if self.asleep {
            self.power();
        }
        for device in 0..self.stages.len() {
            match self.stages[device] {
                Stage::StopPending => self.pnp(device, Step::CancelStop, Stage::Started),
                Stage::Stopped => self.pnp(device, Step::Restart, Stage::Started),
                Stage::RemovePending => self.pnp(device, Step::CancelRemove, Stage::Started),
                Stage::Absent | Stage::Started | Stage::Gone => {}
            }
        }
        self.wait();
        match self.rng.u32(0..4) {
            0 => self.steps.push(Step::Shutdown),
            1 => (0..self.stages.len()).for_each(|device| self.steps.push(Step::Remove(Which { device }))),
            _ => {}
        }
    }

    fn device(&mut self) -> usize {
        self.rng.usize(0..self.stages.len())
    }

    fn pnp(&mut self, device: usize, step: fn(Pnp) -> Step, stage: Stage) {
        self.steps.push(step(Pnp { device, expect: Status::default() }));
        self.stages[device] = stage;
    }

    /// Another client, which goes on while the next things happen.
    fn client(&mut self) {
        if self.clients == MOST_CLIENTS {
            return self.wait();
        }
        self.clients += 1;
        let device = self.device();
        let fuzz = Fuzz {
            device,
            // TOML has no greater numbers than signed ones.
            seed: self.rng.u32(..).into(),
            times: self.rng.u32(1..=MOST_REQUESTS),
            inputs: self.inputs.clone(),
            wait: false,
            timeout_ms: 5000,
        };
        self.steps.push(Step::Fuzz(fuzz));
    }

    fn wait(&mut self) {
        // One that opens a device that is asleep or stopped may have to wait for it.
        if !self.asleep && !self.stages.contains(&Stage::Stopped) {
            self.steps.push(Step::Wait { timeout_ms: 5000 });
            self.clients = 0;
        }
    }

    fn disturb(&mut self) {
        let how = [Interruption::Lost, Interruption::Doubled, Interruption::Spurious];
        let how = self.rng.choice(how).unwrap_or(Interruption::Spurious);
        let device = self.device();
        let times = self.rng.u32(1..=MOST_DISTURBED);
        let every_us = 1 << self.rng.u32(0..12);
        self.steps.push(Step::Disturb(Disturb { device, how, times, every_us }));
    }

    fn hardware(&mut self) {
        let device = self.device();
        let poke = self.rng.choice(&self.pokes).copied();
        let stuck = self.breaks[device].is_some_and(|breaks| breaks.how == Breakage::Stuck);
        match (self.rng.u32(0..6), poke) {
            // A status that is stuck may say that the interrupt is the device's own, and keeps the line from others.
            (1, _) if stuck => self.client(),
            (0, _) => self.steps.push(Step::DeviceGone(Which { device })),
            (1, _) => self.steps.push(Step::NeighbourInterrupts(Which { device })),
            (_, Some(poke)) => self.steps.push(Step::Poke(poke)),
            (_, None) => self.disturb(),
        }
    }

    fn power(&mut self) {
        let expect = Status::default();
        self.steps.push(if self.asleep { Step::Resume { expect } } else { Step::Sleep { expect } });
        self.asleep = !self.asleep;
    }

    /// The next thing that PnP does with a device, or the device with itself.
    fn plug_and_play(&mut self) {
        let device = self.device();
        let choice = self.rng.u32(0..8);
        match (self.stages[device], choice) {
            (Stage::Gone, _) => self.client(),
            (_, 0) => {
                self.steps.push(Step::SurpriseRemove(Which { device }));
                self.stages[device] = Stage::Gone;
            }
            (Stage::Started, 1) => {
                let timeout_ms = self.rng.u64(1..=LONGEST_IDLE);
                self.steps.push(Step::Idle { device, timeout_ms });
            }
            (Stage::Started, 2 | 3) => {
                // PnP asks nobody who has the device open.
                self.wait();
                self.pnp(device, Step::QueryRemove, Stage::RemovePending);
            }
            (Stage::Started, _) => self.pnp(device, Step::QueryStop, Stage::StopPending),
            (Stage::StopPending, 1 | 2) => self.pnp(device, Step::CancelStop, Stage::Started),
            (Stage::StopPending, _) => self.pnp(device, Step::Stop, Stage::Stopped),
            (Stage::Absent, _) | (Stage::Stopped, 1..4) => self.pnp(device, Step::Start, Stage::Started),
            (Stage::Stopped, _) => self.pnp(device, Step::Restart, Stage::Started),
            (Stage::RemovePending, 1..4) => self.pnp(device, Step::CancelRemove, Stage::Started),
            (Stage::RemovePending, _) => {
                self.wait();
                self.steps.push(Step::Remove(Which { device }));
                self.stages[device] = Stage::Absent;
            }
        }
    }
}
