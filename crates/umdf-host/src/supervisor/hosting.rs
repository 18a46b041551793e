//! Which host process has which device, what it is asked to play, and what follows when it ends before its
//! time.
//!
//! A host process begins with the first step that needs it. Devices that may share one are pooled: they are
//! in the same process. Steps in a row for one process are one command. The log joins the histories: what
//! a process did stands where it answers a command or ends, so two runs have the same order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::RunError;
use super::clients::Clients;
use super::process::HostProcess;
use super::restarts::Restarts;
use super::routes::{Route, routes};
use crate::history::{Event, Record};
use crate::inf::Installation;
use crate::inf::directives::HostProcessSharing;
use crate::report::{self, End, Entry, Problem};
use crate::rules::Rule;
use crate::scenario::{Scenario, Step};
use crate::schedule::Plan;
use crate::silence::Patience;
use crate::status;
use crate::worker::{Command, Orders};

mod ends;
mod offline;
mod reinstall;
mod served;

/// Longest pause between two looks at the host processes. The first ones are shorter.
const LONGEST_PAUSE: Duration = Duration::from_millis(1);
/// Shortest pause.
const SHORTEST_PAUSE: Duration = Duration::from_micros(50);

/// What is run, and how.
pub struct Setup {
    /// The driver's library.
    pub driver: PathBuf,
    /// What the INF installs for the device in each slot.
    pub installations: BTreeMap<u16, Installation>,
    /// What happens to the devices.
    pub scenario: Scenario,
    /// Rules that are switched off.
    pub disabled: BTreeSet<Rule>,
    /// Longest time without progress.
    pub deadline: Duration,
    /// It serves clients behind the scenario.
    pub serves: bool,
    /// Devices are restarted when their host process ended. Off, as with the flag 1 of `DebugModeFlags`.
    pub restarts: bool,
    /// What makes the host processes deterministic.
    pub plan: Option<Plan>,
    /// Number of the event behind which each of them stops for a debugger.
    pub until: Option<u64>,
}

/// What a run came to.
pub struct Played {
    /// What happened, in order.
    pub log: Vec<Entry>,
    /// The host processes, in the order in which they began.
    pub hosts: Vec<report::Host>,
    /// The devices, by their numbers.
    pub devices: Vec<report::Device>,
}

/// How far the host process of a device has it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// It has no device object.
    #[default]
    Absent,
    /// It is there.
    Present,
    /// It was pulled out or did not start: it waits for its removal.
    Leaving,
}

/// Why a device has no host process and a step gives it none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Offline {
    /// It is restarted once its handles are closed and the system is awake.
    Waits,
    /// It is not restarted.
    Failed,
    /// It was pulled out or did not start: it waits for its removal.
    Leaving,
    /// This host cannot tell how its life goes on.
    Untold,
}

/// A device of the scenario.
#[derive(Default)]
struct Seat {
    stage: Stage,
    /// The host process that has it, or had it last.
    host: usize,
    offline: Option<Offline>,
    problem: Option<Problem>,
    /// How the device is, and its problem, by the word of its host process.
    node: (String, Option<Problem>),
}

/// Where a step goes.
enum Target {
    Host(usize),
    /// A process that is yet to begin, for this device.
    New(usize),
    Several(Vec<usize>),
    /// The process of this device ends, and the next one is new.
    Reinstall(usize),
    /// The device has no process.
    Nobody,
}

/// What a host process did when it ended.
#[derive(Clone, Copy)]
enum During<'a> {
    /// Nothing that it was asked for.
    Nothing,
    /// A step, by its place in the scenario.
    Step(usize),
    /// It started devices that another one held.
    StartAgain(&'a [usize]),
    /// It ended as it was asked to.
    Finish,
}

/// The host processes of a run.
pub struct Hosting {
    setup: Setup,
    patience: Patience,
    routes: Vec<Route>,
    slots: Vec<u16>,
    hosts: Vec<HostProcess>,
    seats: Vec<Seat>,
    clients: Clients,
    restarts: Restarts,
    log: Vec<Entry>,
    /// Number of the step that began last, from 1.
    step: usize,
    asleep: bool,
    began: Instant,
    /// Events that are in the log no more.
    left_out: usize,
}

impl Hosting {
    /// Nothing is started yet.
    pub fn new(setup: Setup) -> Self {
        let slots: Vec<u16> = setup.scenario.slots().collect();
        let shares = |slot: &u16| {
            setup.installations[slot].directives.host_process_sharing == HostProcessSharing::Enabled
        };
        Self {
            // Nobody knows how long people look at a process that stands still.
            patience: Patience::new(
                setup.until.map_or(setup.deadline, |_| Duration::MAX),
                setup.scenario.longest_wait(),
            ),
            routes: routes(&setup.scenario),
            seats: slots.iter().map(|_| Seat::default()).collect(),
            restarts: Restarts::new(slots.iter().map(shares).enumerate()),
            slots,
            hosts: Vec::new(),
            clients: Clients::default(),
            log: Vec::new(),
            step: 0,
            asleep: false,
            began: Instant::now(),
            left_out: 0,
            setup,
        }
    }

    /// Plays the scenario to its end.
    pub fn play(mut self) -> Result<Played, RunError> {
        self.play_steps()?;
        self.finish()
    }

    /// Plays the steps of the scenario, with at least one host process.
    pub fn play_steps(&mut self) -> Result<(), RunError> {
        let mut next = 0;
        while next < self.routes.len() && !self.is_over() {
            next = self.play_from(next)?;
            self.restart_devices()?;
        }
        if self.hosts.is_empty() {
            self.start_host(0, 1)?;
        }
        Ok(())
    }

    /// Has the host processes remove what is there, unload the driver and end.
    pub fn finish(mut self) -> Result<Played, RunError> {
        for host in 0..self.hosts.len() {
            if self.hosts[host].end().is_none() {
                self.command(host, &[Command::Finish], During::Finish)?;
            }
        }
        self.tell_what_is_left_out();
        Ok(self.played())
    }

    /// The longest time without progress.
    pub fn deadline(&self) -> Duration {
        self.setup.deadline
    }

    /// No step can come to anything any more.
    pub fn is_over(&self) -> bool {
        self.seats.iter().all(|seat| match seat.offline {
            Some(Offline::Untold) => true,
            Some(_) => !self.setup.restarts,
            None => false,
        })
    }

    fn is_offline(&self, device: usize) -> bool {
        self.seats[device].offline.is_some()
    }

    fn any_is_offline(&self) -> bool {
        self.seats.iter().any(|seat| seat.offline.is_some())
    }

    /// The host processes that run.
    pub fn live(&self) -> impl Iterator<Item = usize> {
        let live = self.hosts.iter().enumerate().filter(|(_, process)| process.end().is_none());
        live.map(|(host, _)| host)
    }

    /// Plays a step and those behind it that go to the same process. Says which step is next.
    fn play_from(&mut self, first: usize) -> Result<usize, RunError> {
        let host = match self.target(first) {
            Target::Host(host) => host,
            Target::New(device) => self.start_host(device, first + 1)?,
            Target::Several(hosts) => {
                for host in hosts {
                    self.play_in(host, first..first + 1)?;
                }
                return Ok(first + 1);
            }
            Target::Reinstall(device) => {
                self.reinstall(device, first)?;
                return Ok(first + 1);
            }
            Target::Nobody => {
                self.play_offline(first);
                return Ok(first + 1);
            }
        };
        let elsewhere = |step: &usize| !matches!(self.target(*step), Target::Host(other) if other == host);
        let end = (first + 1..self.routes.len()).find(elsewhere).unwrap_or(self.routes.len());
        self.play_in(host, first..end)
    }

    fn target(&self, step: usize) -> Target {
        match self.routes[step] {
            Route::Device(device) if self.is_offline(device) => Target::Nobody,
            Route::Device(device) if matches!(self.setup.scenario.steps[step], Step::Reinstall(_)) => {
                Target::Reinstall(device)
            }
            Route::Device(device) => self.host_of(device).map_or(Target::New(device), Target::Host),
            Route::All => self.target_of_all(&self.setup.scenario.steps[step]),
        }
    }

    /// The process that has a device or would get it.
    fn host_of(&self, device: usize) -> Option<usize> {
        self.live().find(|host| self.hosts[*host].serves.contains(&device))
    }

    fn target_of_all(&self, step: &Step) -> Target {
        let mut live: Vec<usize> = self.live().collect();
        match *live {
            [] if !self.any_is_offline() => return Target::New(0),
            // With whatever it has, or gets in the steps before this one.
            [host] if !self.any_is_offline() => return Target::Host(host),
            _ => {}
        }
        live.retain(|host| match step {
            Step::Wait { .. } => self.clients.wait_for(*host),
            _ => self.seats.iter().any(|seat| seat.host == *host && seat.stage != Stage::Absent),
        });
        if live.is_empty() { Target::Nobody } else { Target::Several(live) }
    }

    /// Starts the host process of a device, and of those that share it, for a step.
    fn start_host(&mut self, device: usize, step: usize) -> Result<usize, RunError> {
        let pooled = self.restarts.is_pooled(device);
        let shares = |other: &usize| *other == device || (pooled && self.restarts.is_pooled(*other));
        let serves: BTreeSet<usize> = (0..self.seats.len()).filter(shares).collect();
        let slots = serves.iter().map(|device| self.slots[*device]);
        let orders = Orders {
            driver: self.setup.driver.clone(),
            installations: slots.map(|slot| (slot, self.setup.installations[&slot].clone())).collect(),
            scenario: self.setup.scenario.clone(),
            disabled: self.setup.disabled.clone(),
            deadline: self.setup.deadline,
            plan: self.setup.plan,
            until: self.setup.until,
            step,
            serves: self.setup.serves,
        };
        self.hosts.push(HostProcess::start(&orders, serves, self.patience)?);
        Ok(self.hosts.len() - 1)
    }

    /// Lets a host process play steps. Says which step is next.
    fn play_in(&mut self, host: usize, steps: Range<usize>) -> Result<usize, RunError> {
        let last = steps.end == self.routes.len() && self.live().count() == 1 && !self.any_is_offline();
        // A run with one process does not wait in between.
        let finish = (last && !self.setup.serves).then_some(Command::Finish);
        let commands: Vec<_> = [Command::Play(steps.clone())].into_iter().chain(finish).collect();
        let ended = self.command(host, &commands, During::Step(steps.start))?;
        Ok(ended.map_or(steps.end, |step| step + 1))
    }

    /// Lets a host process do something, and sees to each one that has ended meanwhile. Says in which step
    /// this one ended, if it did so in one.
    fn command(
        &mut self,
        host: usize,
        commands: &[Command],
        first: During<'_>,
    ) -> Result<Option<usize>, RunError> {
        for command in commands {
            self.hosts[host].ask(command)?;
        }
        self.wait_for(host)?;
        let (mut during, mut step) = (first, None);
        for (thread, record) in self.hosts[host].take_events() {
            during = match (&record.event, during) {
                (Event::Step { number, .. }, During::Step(before)) => {
                    // The driver could have written the history too.
                    let known = number.checked_sub(1).filter(|step| *step < self.routes.len());
                    During::Step(known.unwrap_or(before))
                }
                (Event::Done, During::Step(_)) if commands.len() > 1 => During::Finish,
                (Event::Done, During::Step(_)) => During::Nothing,
                (_, during) => during,
            };
            self.log(host, thread, record);
        }
        if self.hosts[host].end().is_some() {
            self.bury(host, during);
            step = if let During::Step(step) = during { Some(step) } else { None };
        }
        let others = 0..self.hosts.len();
        for other in others.filter(|other| self.hosts[*other].end().is_some()).collect::<Vec<_>>() {
            let events = self.hosts[other].take_events();
            for (thread, record) in events {
                self.log(other, thread, record);
            }
            self.bury(other, During::Nothing);
        }
        Ok(step)
    }

    /// Waits until a host process has done what it was asked for, or ended.
    fn wait_for(&mut self, host: usize) -> Result<(), RunError> {
        let mut pause = SHORTEST_PAUSE;
        loop {
            self.hosts.iter_mut().try_for_each(HostProcess::look)?;
            if !self.hosts[host].is_busy() {
                return Ok(());
            }
            thread::sleep(pause);
            pause = LONGEST_PAUSE.min(pause * 2);
        }
    }

    /// An event of a host process.
    fn log(&mut self, host: usize, thread: Option<u32>, record: Record) {
        self.clients.saw(&self.setup.scenario, host, &record.event);
        match &record.event {
            Event::Step { number, .. } => self.begin(*number),
            Event::Pnp { device: Some(device), request, status } if *device < self.seats.len() => {
                let succeeded = status::from_words(status).is_some_and(|status| status >= 0);
                let seat = &mut self.seats[*device];
                seat.host = host;
                seat.stage = match (request.as_str(), succeeded) {
                    ("add" | "start" | "restart", true) => Stage::Present,
                    ("start" | "restart", false) | ("surprise-remove", true) => Stage::Leaving,
                    ("add", false) | ("remove", true) => Stage::Absent,
                    _ => seat.stage,
                };
                self.hosts[host].devices.insert(*device);
            }
            Event::Device { device, state, problem } if *device < self.seats.len() => {
                self.seats[*device].node = (state.clone(), problem.clone());
            }
            _ => {}
        }
        let after_end = self.hosts[host].is_buried();
        self.log.push(Entry { host, thread, record, before: None, after_end });
    }

    /// A step begins.
    fn begin(&mut self, number: usize) {
        self.step = number;
        match number.checked_sub(1).and_then(|index| self.setup.scenario.steps.get(index)) {
            Some(Step::Sleep { .. }) => self.asleep = true,
            Some(Step::Resume { .. }) => self.asleep = false,
            // Hardware that is gone is so for the next host process too. Else that one finds it as after
            // power-on, which is this host's choice: the models live in the processes.
            Some(Step::DeviceGone(which) | Step::SurpriseRemove(which)) => {
                self.setup.scenario.devices[which.device].gone = true;
            }
            _ => {}
        }
    }

    fn played(self) -> Played {
        let Self { log, hosts, seats, .. } = self;
        let hosts: Vec<_> = hosts
            .iter()
            .enumerate()
            .map(|(place, process)| {
                // Each of them was waited for.
                let end = process.end().cloned().unwrap_or(End::Finished);
                report::Host::new(place, process.devices.iter().copied().collect(), end, &log)
            })
            .collect();
        let devices = seats.iter().enumerate().map(|(device, seat)| {
            let held = hosts.iter().filter(|host| host.devices.contains(&device));
            let hosts = held.map(|host| host.name.clone()).collect();
            let (state, problem) = match &seat.problem {
                Some(problem) => ("problem".into(), Some(problem.clone())),
                None => seat.node.clone(),
            };
            report::Device { device, hosts, state, problem }
        });
        Played { devices: devices.collect(), hosts, log }
    }
}
