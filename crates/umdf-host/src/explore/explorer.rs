//! The process that plays the lives: it loads the driver and has one thread, so that it can be copied.
//!
//! A copy plays many lives, one after the other, each with a host of its own and the driver's library as it was
//! right after loading. After a life that goes wrong nothing is known of the process any more: the next one begins
//! in another copy, and so does a second try of that life, alone.

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write, stderr};
use std::ops::Range;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::process::exit;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{Pid, dup2_stdout, pipe2};
use wdk_portable::loader::FxDriverEntryUm;

use super::shrink::complaint;
use super::{ASKED, Failure, Line, Lives, Task, draw};
use crate::framework::image::{self, fresh::Fresh};
use crate::gate;
use crate::history::{Actor, HistoryFile, digest};
use crate::host::{Host, exit as codes};
use crate::schedule::{self, Plan, Tally, fibers};
use crate::worker::{self, Command};
use crate::{keeper, platform};

/// Lives that one copy plays, at most.
const TOGETHER: u64 = 200;
/// Exit code of a copy in which no other life can begin, although none has gone wrong.
const USED_UP: i32 = 74;
/// Time between two signs that lives go on.
const SIGN: Duration = Duration::from_secs(1);
/// Longest wait for the end of a copy that has told all or was killed.
const END_WITHIN: Duration = Duration::from_secs(3);
/// Longest pause between two looks at it.
const LOOK: Duration = Duration::from_millis(1);

/// Runs this process as an explorer, and does not return, if a supervisor started it as one.
pub fn explore_if_asked() {
    let Some(history) = env::var_os(ASKED).map(PathBuf::from) else { return };
    keeper::put_between(&history);
    worker::abort_on_panic();
    if let Err(error) = explore(&history) {
        let _ = writeln!(stderr(), "umdf-host: the explorer cannot go on: {error:#}");
        exit(codes::ENDED);
    }
    exit(codes::FINISHED)
}

fn explore(history: &Path) -> anyhow::Result<()> {
    // What the driver prints must not stand among the lines.
    let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    dup2_stdout(stderr())?;
    let mut input = String::new();
    BufReader::new(platform::enter_worker()?).read_line(&mut input)?;
    let explorer = Explorer::load(serde_json::from_str(&input)?, history)?;
    let mut supervisor = Supervisor { lines: output, told: Instant::now() };
    supervisor.hear(&Line::Loaded)?;
    platform::stay_on_one_core();

    let begin = Instant::now();
    let (mut ended, mut switches, mut digest) = (0_u64, 0_u64, 0_u64);
    let mut life = 0;
    while life < explorer.task.count {
        let first = life;
        for mut end in explorer.play(first..explorer.task.count.min(first + TOGETHER), &mut supervisor)? {
            if end.failure.is_some() && (life > first || end.late) {
                end = explorer.alone(life, first, end, &mut supervisor)?;
            }
            ended += u64::from(end.switches.is_some());
            switches += end.switches.unwrap_or(0);
            // In whatever order lives are played, alone or among others.
            digest = digest.wrapping_add(end.digest);
            if let Some(what) = end.failure {
                supervisor.hear(&Line::Failed(Failure { seed: explorer.plan(life).seed, what }))?;
            }
            life += 1;
        }
    }
    supervisor.hear(&Line::Done { seconds: begin.elapsed().as_secs_f64(), ended, switches, digest })
}

/// Who hears of the lives.
struct Supervisor {
    lines: File,
    /// When it was told something last.
    told: Instant,
}

impl Supervisor {
    fn hear(&mut self, line: &Line) -> anyhow::Result<()> {
        self.told = Instant::now();
        Ok(self.lines.write_all(&[serde_json::to_vec(line)?, b"\n".to_vec()].concat())?)
    }

    /// It waits for a sign of life, if for nothing else.
    fn see_that_lives_go_on(&mut self) -> anyhow::Result<()> {
        if self.told.elapsed() < SIGN { Ok(()) } else { self.hear(&Line::GoesOn) }
    }
}

/// How a life went.
struct End {
    /// `None`: it did not come to its end.
    switches: Option<u64>,
    /// Of all that happened.
    digest: u64,
    /// What went wrong.
    failure: Option<String>,
    /// It took too long in real time, in which other programs take part.
    late: bool,
}

/// What all copies have.
struct Explorer {
    task: &'static Task,
    entry: FxDriverEntryUm,
    driver: &'static Fresh,
    /// The history as the copies write it, and as it is read.
    written: &'static HistoryFile,
    told: HistoryFile,
}

impl Explorer {
    /// Loads the driver.
    fn load(task: Task, history: &Path) -> anyhow::Result<Self> {
        let told = HistoryFile::create(&File::options().read(true).write(true).open(history)?)?;
        let (task, written) =
            (&*Box::leak(Box::new(task)), &*Box::leak(Box::new(HistoryFile::open(history)?)));
        let host = worker::install(&task.orders, written);
        worker::prepare();
        let entry = image::load(host, &task.orders.driver);
        let driver = Fresh::remember(entry).ok_or_else(|| {
            io::Error::other("the driver is in no library, or what initialises it left a thread running")
        })?;
        Ok(Self { task, entry, driver: Box::leak(Box::new(driver)), written, told })
    }

    fn plan(&self, life: u64) -> Plan {
        Plan { seed: self.task.first.seed.wrapping_add(life), ..self.task.first }
    }

    /// Plays lives in a copy of this process, until one goes wrong.
    fn play(&self, lives: Range<u64>, supervisor: &mut Supervisor) -> anyhow::Result<Vec<End>> {
        // What the driver starts must not keep it open.
        let (from_copy, to_parent) = pipe2(OFlag::O_CLOEXEC)?;
        let copy = keeper::copy(|| self.live(lives.clone(), &to_parent.into()))?;
        let (mut from_copy, mut ends) = (File::from(from_copy), Vec::new());
        for _ in lives {
            // In real time only a driver that never comes back needs as long as this.
            let in_time = is_ready(&from_copy, self.task.orders.deadline)?;
            let told = if in_time { Told::read(&mut from_copy)? } else { None };
            let Some(Told { switches, failures, digest }) = told else {
                ends.extend(self.cut_short(copy, in_time, ends.is_empty())?);
                supervisor.see_that_lives_go_on()?;
                return Ok(ends);
            };
            let failure = if failures > 0 { self.complaint().or_else(|| Some(String::new())) } else { None };
            ends.push(End { switches: Some(switches), digest, failure, late: false });
            supervisor.see_that_lives_go_on()?;
        }
        reap(copy)?;
        Ok(ends)
    }

    /// A copy has ended before its time: how the life ended that it played. `None`: it played none.
    fn cut_short(&self, copy: Pid, in_time: bool, is_first: bool) -> anyhow::Result<Option<End>> {
        if !in_time {
            kill(copy, Signal::SIGKILL)?;
        }
        let how = match reap(copy)? {
            _ if !in_time => format!("no end of the life for {:?} of real time", self.task.orders.deadline),
            None => "the process tells nothing any more, and does not end".into(),
            Some(WaitStatus::Exited(_, USED_UP)) if !is_first => return Ok(None),
            Some(WaitStatus::Exited(_, code)) => format!("exit code {code}"),
            Some(WaitStatus::Signaled(_, signal, _)) => format!("signal {signal}"),
            Some(other) => format!("{other:?}"),
        };
        let failure = self.complaint().or(Some(how));
        Ok(Some(End { switches: None, digest: digest::of_history(&self.told), failure, late: !in_time }))
    }

    /// What a copy told of its last life. The driver may have written over it: that is one more thing that went wrong.
    fn complaint(&self) -> Option<String> {
        self.told.records().map_or_else(|error| Some(error.to_string()), |records| complaint(records.iter()))
    }

    /// Plays a life that went wrong again, in a copy in which no other was before: as everybody will who repeats it.
    fn alone(
        &self,
        life: u64,
        first: u64,
        among_others: End,
        supervisor: &mut Supervisor,
    ) -> anyhow::Result<End> {
        let alone = self.play(life..life + 1, supervisor)?.pop();
        // One that was late only the first time had to wait for the machine.
        if let Some(end) = alone.filter(|end| end.failure.is_some() || among_others.late) {
            return Ok(end);
        }
        let (what, first) = (among_others.failure.unwrap_or_default(), self.plan(first).seed);
        let what =
            format!("{what}; not if it is played alone: a life from seed {first} on left damage behind");
        Ok(End { failure: Some(what), ..among_others })
    }

    /// In a copy: plays the lives.
    fn live(&self, lives: Range<u64>, parent: &File) -> ! {
        let mut parent = parent;
        for life in lives {
            if !self.driver.restore() {
                platform::exit_now(USED_UP);
            }
            Host::retire();
            self.written.rewind();
            let (task, entry, history, plan) = (self.task, self.entry, self.written, self.plan(life));
            fibers::run(move || play(task, entry, history, plan));
            let Tally { switches, failures } = schedule::end().unwrap_or_default();
            let told = Told { switches, failures, digest: digest::of_history(self.written) };
            // If nobody hears it, the explorer is gone.
            let heard = told.write(&mut parent);
            if heard.is_err() || failures > 0 {
                platform::exit_now(USED_UP);
            }
        }
        platform::exit_now(codes::FINISHED)
    }
}

/// Waits for the end of a copy, which has nothing more to do. `None`: it does not end, and was killed.
fn reap(copy: Pid) -> anyhow::Result<Option<WaitStatus>> {
    let own_end = end_of(copy)?;
    if own_end.is_none() {
        kill(copy, Signal::SIGKILL)?;
        end_of(copy)?.context("a process that was killed does not end")?;
    }
    Ok(own_end)
}

/// How a copy ended, if it does so in time.
fn end_of(copy: Pid) -> nix::Result<Option<WaitStatus>> {
    let (end, mut pause) = (Instant::now() + END_WITHIN, LOOK / 20);
    loop {
        match waitpid(copy, Some(WaitPidFlag::WNOHANG))? {
            WaitStatus::StillAlive if Instant::now() < end => thread::sleep(pause),
            WaitStatus::StillAlive => return Ok(None),
            status => return Ok(Some(status)),
        }
        pause = LOOK.min(pause * 2);
    }
}

/// One life. The host is made when the schedule has begun, as in a worker.
fn play(
    Task { orders, lives, .. }: &Task,
    entry: FxDriverEntryUm,
    history: &'static HistoryFile,
    plan: Plan,
) {
    let drawn = (*lives == Lives::Drawn).then(|| draw(&orders.scenario, plan));
    let scenario = drawn.as_ref().unwrap_or(&orders.scenario);
    schedule::begin(plan, orders.deadline);
    let host = worker::install(orders, history);
    gate::act_as(Actor::Host);
    for (device, slot) in scenario.devices.iter().zip(scenario.slots()) {
        // The device is the same but for this.
        let _ = host.bus().set_break(slot, device.breaks);
    }
    let commands = [Command::Play(0..scenario.steps.len()), Command::Finish];
    worker::life(scenario, orders.step, host, entry, commands);
}

/// What a copy tells of a life.
struct Told {
    switches: u64,
    failures: u64,
    digest: u64,
}

impl Told {
    fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let words = [self.switches, self.failures, self.digest].map(u64::to_le_bytes);
        to.write_all(words.as_flattened())
    }

    /// `None`: nothing is told any more.
    fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let mut words = [[0; 8]; 3];
        match from.read_exact(words.as_flattened_mut()) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let [switches, failures, digest] = words.map(u64::from_le_bytes);
        Ok(Some(Self { switches, failures, digest }))
    }
}

/// Waits until there is something to read, or nothing will be any more.
fn is_ready(from_copy: &File, limit: Duration) -> anyhow::Result<bool> {
    let limit = PollTimeout::try_from(limit).unwrap_or(PollTimeout::MAX);
    match poll(&mut [PollFd::new(from_copy.as_fd(), PollFlags::POLLIN)], limit) {
        Ok(ready) => Ok(ready > 0),
        // A signal, which only ends come with.
        Err(Errno::EINTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}
