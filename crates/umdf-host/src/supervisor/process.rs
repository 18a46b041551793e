//! One host process: a worker, its history, and whether it still moves.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::process::{Child, Command as Process, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};
use std::{env, mem, thread};

use tempfile::NamedTempFile;

use super::RunError;
use crate::history::{Actor, Event, HistoryError, HistoryFile, Reader, Record};
use crate::host::exit;
use crate::platform::{self, Group};
use crate::report::End;
use crate::rules::Rule;
use crate::served::Operation;
use crate::silence::{Patience, Silence};
use crate::worker::{ASKED, Command, Orders};

/// A host process, from its start to its end. Dropping it ends it and everything that it started.
pub struct HostProcess {
    child: Child,
    group: Group,
    /// Where lines for the worker go.
    input: Sender<Vec<u8>>,
    /// The file of the history, which goes with the process.
    file: Option<NamedTempFile>,
    history: HistoryFile,
    reader: Reader,
    silence: Silence,
    deadline: Duration,
    /// Commands that it has not answered.
    asked: usize,
    /// Events that nobody took yet.
    events: Vec<(Option<u32>, Record)>,
    /// Place behind the last answer in `events`.
    answered: usize,
    violated: bool,
    last: Option<Event>,
    end: Option<End>,
    buried: bool,
    /// The devices that its orders let it have.
    pub serves: BTreeSet<usize>,
    /// The devices that it held at some time.
    pub devices: BTreeSet<usize>,
}

impl HostProcess {
    /// Starts a worker for some devices.
    pub fn start(orders: &Orders, serves: BTreeSet<usize>, patience: Patience) -> Result<Self, RunError> {
        let file =
            tempfile::Builder::new().prefix("umdf-host-").suffix(".history").make(platform::create_shared)?;
        let history = HistoryFile::create(file.as_file())?;
        let mut command = Process::new(env::current_exe()?);
        // What the driver prints must not disturb the report on standard output.
        command.env(ASKED, file.path()).stdin(Stdio::piped()).stdout(Stdio::from(io::stderr()));
        let (mut child, group) = Group::start(&mut command)?;
        let (input, lines) = channel::<Vec<u8>>();
        if let Some(mut pipe) = child.stdin.take() {
            // Not on this thread: a worker that does not read would keep it.
            thread::spawn(move || {
                for line in lines {
                    // Fails only if the worker is gone, which `look` finds out.
                    if pipe.write_all(&line).is_err() {
                        break;
                    }
                }
            });
        }
        let process = Self {
            child,
            group,
            input,
            file: Some(file),
            history,
            reader: Reader::default(),
            silence: Silence::new(patience, Instant::now()),
            deadline: orders.deadline,
            asked: 0,
            events: Vec::new(),
            answered: 0,
            violated: false,
            last: None,
            end: None,
            buried: false,
            serves,
            devices: BTreeSet::new(),
        };
        process.send(&serde_json::to_vec(orders).map_err(io::Error::from)?);
        Ok(process)
    }

    /// Asks the worker to do something.
    pub fn ask(&mut self, command: &Command) -> Result<(), RunError> {
        self.asked += 1;
        self.silence.asked(Instant::now());
        self.send(&serde_json::to_vec(command).map_err(io::Error::from)?);
        Ok(())
    }

    /// Asks the worker to do something for a client. `waited`: an answer is due soon.
    pub fn ask_for_client(&mut self, operation: u64, what: Operation, waited: bool) -> Result<(), RunError> {
        if waited {
            if self.asked == 0 {
                self.silence.asked(Instant::now());
            }
            self.asked += 1;
        }
        self.send(&serde_json::to_vec(&Command::Client { operation, what }).map_err(io::Error::from)?);
        Ok(())
    }

    fn send(&self, line: &[u8]) {
        // Fails only if the worker is gone, which `look` finds out.
        let _ = self.input.send([line, b"\n"].concat());
    }

    /// Reads what is new, and ends the worker if it or a callback in it has been silent for too long.
    pub fn look(&mut self) -> Result<(), RunError> {
        if self.end.is_some() {
            return Ok(());
        }
        let status = self.child.try_wait()?;
        let now = Instant::now();
        self.read(now)?;
        if let Some(status) = status {
            let end = self.ended(status);
            self.stop();
            self.end = Some(end);
            return Ok(());
        }
        let hanging = self.silence.hanging(now).join(", ");
        if !hanging.is_empty() {
            let message = format!("{hanging} made no progress for {:?}", self.deadline);
            let rule = Rule::CallbackTimeout.name().into();
            self.kill(now, hanging)?;
            self.keep(None, Record { actor: Actor::Host, event: Event::Violation { rule, message } });
        } else if let Some(time) = self.silence.too_long(now).filter(|_| self.asked > 0) {
            // No callback is to blame, so no rule is broken.
            self.kill(now, format!("no callback is open, and nothing has happened for {time:.1?}"))?;
        }
        Ok(())
    }

    fn read(&mut self, now: Instant) -> Result<(), HistoryError> {
        while let Some((thread, record)) = self.reader.next(&self.history)? {
            self.silence.heard(thread, &record.event, now);
            self.keep(Some(thread), record);
        }
        Ok(())
    }

    /// `thread` is none for what the supervisor itself tells.
    fn keep(&mut self, thread: Option<u32>, record: Record) {
        self.violated |= matches!(record.event, Event::Violation { .. });
        let answer = match &record.event {
            Event::Done => true,
            Event::Answered { answer, .. } => answer.is_waited_for(),
            _ => false,
        };
        self.last = Some(record.event.clone());
        self.events.push((thread, record));
        if answer {
            self.asked = self.asked.saturating_sub(1);
            self.answered = self.events.len();
        }
    }

    fn kill(&mut self, now: Instant, what: String) -> Result<(), RunError> {
        self.stop();
        self.read(now)?;
        self.end = Some(End::Hung { what });
        Ok(())
    }

    /// Ends the worker and everything that it started.
    fn stop(&mut self) {
        self.group.end(&mut self.child);
        self.file = None;
    }

    /// How the worker's end looks from its exit status and its history. A driver that leaves with one of
    /// the host's own exit codes has not recorded the event that goes with it.
    fn ended(&self, status: ExitStatus) -> End {
        match (status.code(), &self.last) {
            (Some(exit::FINISHED), Some(Event::Finished)) => End::Finished,
            (Some(exit::VIOLATION), Some(_)) if self.violated => End::Violation,
            (Some(exit::ENDED), Some(Event::Ended { reason })) => End::Ended { reason: reason.clone() },
            (Some(exit::HUNG), Some(Event::Violation { message, .. })) => End::Hung { what: message.clone() },
            (Some(exit::HISTORY_FULL), _) => End::Ended { reason: HistoryError::Full.to_string() },
            _ => End::Died { how: platform::describe_exit(status) },
        }
    }

    /// How it ended; `None` as long as it lives.
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// Whether a command is without an answer, and one may still come.
    pub fn is_busy(&self) -> bool {
        self.asked > 0 && self.end.is_none()
    }

    /// Its end was seen to. False if it was before.
    pub fn bury(&mut self) -> bool {
        !mem::replace(&mut self.buried, true)
    }

    /// Whether its end was seen to.
    pub fn is_buried(&self) -> bool {
        self.buried
    }

    /// Takes all events, whatever is still to be answered.
    pub fn take_all_events(&mut self) -> Vec<(Option<u32>, Record)> {
        self.answered = 0;
        mem::take(&mut self.events)
    }

    /// Takes the events up to the last answer; if it has ended, all of them. Each comes with the number of
    /// the worker's thread that recorded it.
    pub fn take_events(&mut self) -> Vec<(Option<u32>, Record)> {
        let answered = mem::take(&mut self.answered);
        if self.end.is_some() { mem::take(&mut self.events) } else { self.events.drain(..answered).collect() }
    }
}

impl Drop for HostProcess {
    fn drop(&mut self) {
        if self.end.is_none() {
            self.stop();
        }
    }
}
