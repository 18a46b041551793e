//! What is told when nobody can go on: who waits for what, from the history.

use super::turns::{Stuck, Waiting};
use crate::history::{Event, HistoryError, HistoryFile, Reader};
use crate::host::{exit, host};
use crate::platform;
use crate::rules::Rule;

/// Tells it and ends the worker.
pub fn tell(stuck: &Stuck, waiting: &[Waiting]) -> ! {
    let host = host();
    let lines = |threads: &[u32]| {
        // A history that cannot be read is told by the supervisor, which reads it too.
        let open = host.with_history(|history| threads.iter().map(|thread| open(history, *thread)).collect());
        let open: Result<Vec<_>, HistoryError> = open;
        open.unwrap_or_default().into_iter().flatten().collect::<Vec<_>>()
    };
    let message = match stuck {
        Stuck::Hangs(thread) => {
            format!("{} made no progress for {:?}", lines(&[*thread]).join(", "), host.deadline)
        }
        Stuck::Deadlock => {
            let threads: Vec<_> = waiting.iter().map(|waiting| waiting.thread).collect();
            format!("deadlock: nothing is due, and nobody can go on: {}", lines(&threads).join("; "))
        }
    };
    host.record(Event::Violation { rule: Rule::CallbackTimeout.name().into(), message });
    platform::exit_now(exit::HUNG)
}

/// What is open on a thread: its callbacks, and the framework call in which the innermost of them waits.
fn open(history: &HistoryFile, thread: u32) -> Result<Option<String>, HistoryError> {
    let mut reader = Reader::default();
    let (mut callbacks, mut calls) = (Vec::new(), Vec::new());
    while let Some((of, record)) = reader.next(history)? {
        if of != thread {
            continue;
        }
        match record.event {
            Event::Enter { callback, object, .. } => callbacks.push(format!("{callback}({object})")),
            Event::Loading { library } => callbacks.push(format!("the initialiser of {library}")),
            Event::Leave { .. } | Event::Loaded { .. } => drop(callbacks.pop()),
            Event::Call { function, arguments } => calls.push(format!("{function}({arguments})")),
            Event::Return { .. } => drop(calls.pop()),
            _ => {}
        }
    }
    if callbacks.is_empty() {
        return Ok(None);
    }
    let call = calls.pop().map(|call| format!(" waits in {call}"));
    Ok(Some(callbacks.join(", ") + &call.unwrap_or_default()))
}
