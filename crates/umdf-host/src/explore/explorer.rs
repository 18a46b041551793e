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
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitStatus, waitpid};
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
    let mut output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    dup2_stdout(stderr())?;
    let mut input = String::new();
    BufReader::new(platform::enter_worker()?).read_line(&mut input)?;
    let explorer = Explorer::load(serde_json::from_str(&input)?, history)?;
    platform::stay_on_one_core();

    let begin = Instant::now();
    let (mut switches, mut digest) = (0_u64, 0_u64);
    let mut life = 0;
    while life < explorer.task.count {
        let first = life;
        for mut end in explorer.play(first..explorer.task.count.min(first + TOGETHER))? {
            if life > first && end.failure.is_some() {
                end = explorer.alone(life, first, end)?;
            }
            switches += end.switches;
            // In whatever order lives are played, alone or among others.
            digest = digest.wrapping_add(end.digest);
            if let Some(what) = end.failure {
                tell(&mut output, &Line::Failed(Failure { seed: explorer.plan(life).seed, what }))?;
            }
            life += 1;
        }
    }
    tell(&mut output, &Line::Done { seconds: begin.elapsed().as_secs_f64(), switches, digest })
}

fn tell(lines: &mut File, line: &Line) -> anyhow::Result<()> {
    Ok(lines.write_all(&[serde_json::to_vec(line)?, b"\n".to_vec()].concat())?)
}

/// How a life went.
struct End {
    switches: u64,
    /// Of all that happened.
    digest: u64,
    /// What went wrong.
    failure: Option<String>,
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
    fn play(&self, lives: Range<u64>) -> anyhow::Result<Vec<End>> {
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
                return Ok(ends);
            };
            let failure = if failures > 0 { self.complaint().or_else(|| Some(String::new())) } else { None };
            ends.push(End { switches, digest, failure });
        }
        waitpid(copy, None)?;
        Ok(ends)
    }

    /// A copy has ended before its time: how the life ended that it played. `None`: it played none.
    fn cut_short(&self, copy: Pid, in_time: bool, is_first: bool) -> anyhow::Result<Option<End>> {
        if !in_time {
            kill(copy, Signal::SIGKILL)?;
        }
        let how = match waitpid(copy, None)? {
            _ if !in_time => format!("no end of the life for {:?} of real time", self.task.orders.deadline),
            WaitStatus::Exited(_, USED_UP) if !is_first => return Ok(None),
            WaitStatus::Exited(_, code) => format!("exit code {code}"),
            WaitStatus::Signaled(_, signal, _) => format!("signal {signal}"),
            other => format!("{other:?}"),
        };
        let failure = self.complaint().or(Some(how));
        Ok(Some(End { switches: 0, digest: digest::of_history(&self.told), failure }))
    }

    /// What a copy told of its last life. The driver may have written over it: that is one more thing that went wrong.
    fn complaint(&self) -> Option<String> {
        self.told.records().map_or_else(|error| Some(error.to_string()), |records| complaint(records.iter()))
    }

    /// Plays a life that went wrong again, in a copy in which no other was before: as everybody will who repeats it.
    fn alone(&self, life: u64, first: u64, among_others: End) -> anyhow::Result<End> {
        let alone = self.play(life..life + 1)?.pop();
        if let Some(end) = alone.filter(|end| end.failure.is_some()) {
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
            let host = worker::install(&self.task.orders, self.written);
            host.begin_history_anew();
            let (task, entry, plan) = (self.task, self.entry, self.plan(life));
            fibers::run(move || play(task, host, entry, plan));
            let Tally { switches, failures } = schedule::tally().unwrap_or_default();
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

/// One life.
fn play(Task { orders, lives, .. }: &Task, host: &'static Host, entry: FxDriverEntryUm, plan: Plan) {
    let drawn = (*lives == Lives::Drawn).then(|| draw(&orders.scenario, plan));
    let scenario = drawn.as_ref().unwrap_or(&orders.scenario);
    gate::act_as(Actor::Host);
    for (device, slot) in scenario.devices.iter().zip(scenario.slots()) {
        // The device is the same but for this.
        let _ = host.bus().set_break(slot, device.breaks);
    }
    schedule::begin(plan, orders.deadline);
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
