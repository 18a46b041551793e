//! The process that plays the lives: it loads the driver and has one thread, so that it can be copied.

use std::env;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Read, Write, stderr};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::process::exit;
use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{dup2_stdout, pipe};
use wdk_portable::loader::FxDriverEntryUm;

use super::shrink::complaint;
use super::{ASKED, Failure, Line, Lives, Task, draw};
use crate::framework::image;
use crate::gate;
use crate::history::{Actor, HistoryFile};
use crate::host::{Host, exit as codes};
use crate::schedule::{self, Plan, Tally};
use crate::worker::{self, Command, Orders};
use crate::{keeper, platform};

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
    let Task { orders, first, count, lives } = serde_json::from_str(&input)?;
    let file = File::options().read(true).write(true).open(history)?;
    // Read by this process, written by its copies.
    let told = HistoryFile::create(&file)?;
    let host = worker::install(&orders, HistoryFile::open(history)?);
    worker::prepare();
    let entry = image::load(host, &orders.driver);
    platform::stay_on_one_core();

    let begin = Instant::now();
    let (mut switches, mut digest) = (0, DefaultHasher::new());
    for life in 0..count {
        let plan = Plan { seed: first.seed.wrapping_add(life), ..first };
        host.begin_history_anew();
        let (tally, end) = play(&orders, host, entry, plan, lives)?;
        switches += tally.switches;
        told.hash(&mut digest);
        if tally.failures > 0 || end.is_some() {
            let what = complaint(told.records()?.iter()).or(end).unwrap_or_default();
            tell(&mut output, &Line::Failed(Failure { seed: plan.seed, what }))?;
        }
    }
    let (seconds, digest) = (begin.elapsed().as_secs_f64(), digest.finish());
    tell(&mut output, &Line::Done { seconds, switches, digest })
}

fn tell(lines: &mut File, line: &Line) -> anyhow::Result<()> {
    Ok(lines.write_all(&[serde_json::to_vec(line)?, b"\n".to_vec()].concat())?)
}

/// Plays a life in a copy of this process. The answer is how it went, and how the copy ended if not in the
/// usual way.
fn play(
    orders: &Orders,
    host: &'static Host,
    entry: FxDriverEntryUm,
    plan: Plan,
    lives: Lives,
) -> anyhow::Result<(Tally, Option<String>)> {
    let (from_life, to_parent) = pipe()?;
    let copy = keeper::copy(|| live(orders, host, entry, plan, lives, &to_parent))?;
    drop(to_parent);
    // In real time only a driver that never comes back needs as long as this.
    let in_time = is_ready(&from_life, orders.deadline)?;
    if !in_time {
        kill(copy, Signal::SIGKILL)?;
    }
    let mut bytes = Vec::new();
    File::from(from_life).read_to_end(&mut bytes)?;
    let end = match waitpid(copy, None)? {
        _ if !in_time => Some(format!("no framework call for {:?} of real time", orders.deadline)),
        WaitStatus::Exited(_, codes::FINISHED) => None,
        WaitStatus::Exited(_, code) => Some(format!("exit code {code}")),
        WaitStatus::Signaled(_, signal, _) => Some(format!("signal {signal}")),
        other => Some(format!("{other:?}")),
    };
    Ok((Tally::from_bytes(&bytes).unwrap_or_default(), end))
}

/// Waits until the life has something to say, or has ended.
fn is_ready(from_life: &OwnedFd, limit: Duration) -> anyhow::Result<bool> {
    let limit = PollTimeout::try_from(limit).unwrap_or(PollTimeout::MAX);
    match poll(&mut [PollFd::new(from_life.as_fd(), PollFlags::POLLIN)], limit) {
        Ok(ready) => Ok(ready > 0),
        // A signal, which only ends come with.
        Err(Errno::EINTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// In the copy: a life on a thread of its own, as in a worker.
fn live(
    orders: &Orders,
    host: &'static Host,
    entry: FxDriverEntryUm,
    plan: Plan,
    lives: Lives,
    parent: &OwnedFd,
) -> ! {
    let drawn = (lives == Lives::Drawn).then(|| draw(&orders.scenario, plan));
    let scenario = drawn.as_ref().unwrap_or(&orders.scenario);
    thread::scope(|scope| {
        scope.spawn(|| {
            gate::act_as(Actor::Host);
            for (device, slot) in scenario.devices.iter().zip(scenario.slots()) {
                // The device is the same but for this.
                let _ = host.bus().set_break(slot, device.breaks);
            }
            schedule::begin(plan, orders.deadline);
            let commands = [Command::Play(0..scenario.steps.len()), Command::Finish];
            worker::life(scenario, orders.step, host, entry, commands);
            // If nobody hears it, the explorer is gone.
            let _ = nix::unistd::write(parent, &schedule::tally().unwrap_or_default().to_bytes());
            platform::exit_now(codes::FINISHED)
        });
    });
    platform::exit_now(codes::ENDED)
}
