//! A process that speaks in lines: a child that ends with its owner, or one that somebody else started, behind a
//! socket.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::error::QemuError;
use crate::bus::device::Waker;
use crate::platform;

/// Longest wait for one answer. QEMU answers within microseconds; a machine that is short of processors takes
/// longer, a second at most.
pub const ANSWER_LIMIT: Duration = Duration::from_secs(5);
/// Longest wait for the last words of a process that has ended.
const LAST_WORDS_LIMIT: Duration = Duration::from_secs(1);
/// Longest line of the protocol as it is used here, with room to spare.
const LONGEST_LINE: u64 = 256;
/// Answers that nobody took yet. One command is open at a time, so more than one is too many already.
const ANSWERS: usize = 2;
/// What stands before the number of an interrupt line.
const RAISE: &str = "IRQ raise ";
const LOWER: &str = "IRQ lower ";

/// A process. Dropping it kills a child and waits for its end, and closes the connection to any other.
///
/// A child must be started on a thread that lives as long: on Linux it ends with that thread.
pub struct Process {
    end: End,
    input: Option<Box<dyn Write + Send>>,
    answers: Receiver<String>,
    news: Arc<News>,
    bell: Option<Receiver<()>>,
    /// Closed when a child's error output is.
    last_words: Option<Receiver<()>>,
}

/// How it ends.
enum End {
    Kill(Child),
    Close(TcpStream),
}

/// What the threads that read know.
struct News {
    /// The interrupt line that is watched is high.
    line: AtomicBool,
    /// Nothing more will come.
    ended: AtomicBool,
    /// The last line on the error output.
    words: Mutex<String>,
}

/// The number of the interrupt line that is watched: q35's for INTA# of the slot that QEMU's device has.
const WATCHED: &str = "20";

impl Process {
    /// Starts a child; its first line may be an answer already.
    pub fn start(mut command: Command) -> Result<Self, QemuError> {
        let program = Path::new(command.get_program()).display().to_string();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        platform::end_with_this_thread(&mut command);
        let mut child =
            command.spawn().map_err(|error| QemuError::Missing { program, reason: error.to_string() })?;
        let input = child.stdin.take().map(|input| Box::new(input) as Box<dyn Write + Send>);
        let (output, errors) = (child.stdout.take(), child.stderr.take());
        let mut process = Self::listening(End::Kill(child), input, output);
        if let Some(errors) = errors {
            let (speaks, last_words) = sync_channel(0);
            let news = Arc::clone(&process.news);
            thread::spawn(move || {
                remember_words(errors, &news);
                drop::<SyncSender<()>>(speaks);
            });
            process.last_words = Some(last_words);
        }
        Ok(process)
    }

    /// Connects to one that listens at this address.
    pub fn connect(address: SocketAddr) -> Result<Self, QemuError> {
        let connect = || {
            let socket = TcpStream::connect_timeout(&address, ANSWER_LIMIT)?;
            // A command is short, and nothing follows before its answer.
            socket.set_nodelay(true)?;
            socket.set_write_timeout(Some(ANSWER_LIMIT))?;
            Ok((socket.try_clone()?, socket.try_clone()?, socket))
        };
        let (input, output, socket) = connect()
            .map_err(|error: io::Error| QemuError::Unreachable { address, reason: error.to_string() })?;
        Ok(Self::listening(End::Close(socket), Some(Box::new(input)), Some(output)))
    }

    fn listening(
        end: End,
        input: Option<Box<dyn Write + Send>>,
        output: Option<impl Read + Send + 'static>,
    ) -> Self {
        let news = Arc::new(News {
            line: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            words: Mutex::default(),
        });
        let (give, answers) = sync_channel(ANSWERS);
        let (ring, bell) = sync_channel(1);
        if let Some(output) = output {
            let news = Arc::clone(&news);
            thread::spawn(move || listen(output, &news, &give, &ring));
        }
        Self { end, input, answers, news, bell: Some(bell), last_words: None }
    }

    /// Sends a command and waits for its answer. After an error there is no use in a second one.
    pub fn ask(&mut self, command: &str) -> Result<String, QemuError> {
        if let Ok(early) = self.answers.try_recv() {
            return Err(QemuError::Garbage { command: command.into(), answer: early });
        }
        // The pipe has room for many commands, and one is open at a time: this does not block.
        let sent = self.input.as_mut().map(|input| input.write_all(format!("{command}\n").as_bytes()));
        match sent {
            Some(Ok(())) => self.answer(command),
            _ => Err(self.ended()),
        }
    }

    /// Waits for an answer. `command` is for messages.
    pub fn answer(&mut self, command: &str) -> Result<String, QemuError> {
        self.answers.recv_timeout(ANSWER_LIMIT).map_err(|error| match error {
            RecvTimeoutError::Timeout => QemuError::Silent { command: command.into(), limit: ANSWER_LIMIT },
            RecvTimeoutError::Disconnected => self.ended(),
        })
    }

    /// Level of the interrupt line, as far as it was told. What a command did to it was told before its answer.
    pub fn line(&self) -> bool {
        self.news.line.load(Ordering::SeqCst)
    }

    /// Nothing more will come: it ended, or said what nobody understands.
    pub fn has_ended(&self) -> bool {
        self.news.ended.load(Ordering::SeqCst)
    }

    /// Says whom to tell that the interrupt line changed, or that nothing more will come. Once.
    pub fn wake(&mut self, waker: Waker) {
        // Not on the thread that reads: the one who is told asks this process again.
        if let Some(bell) = self.bell.take() {
            thread::spawn(move || bell.iter().for_each(|()| waker()));
        }
    }

    /// Ends it, and says what it said last.
    pub fn ended(&mut self) -> QemuError {
        self.end();
        // It has ended, so they come at once, if nobody else writes there.
        if let Some(last_words) = &self.last_words {
            let _ = last_words.recv_timeout(LAST_WORDS_LIMIT);
        }
        let words = self.news.words.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let words = if words.is_empty() { "it said nothing".into() } else { words };
        QemuError::Ended { words }
    }

    /// Kills a child and waits for its end; leaves any other alone.
    pub fn end(&mut self) {
        // All of them fail only if it has ended already.
        match &mut self.end {
            End::Kill(child) => {
                let _ = child.kill();
                let _ = child.wait();
            }
            End::Close(socket) => {
                let _ = socket.shutdown(Shutdown::Both);
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// Reads the output: interrupt lines come at any time, everything else answers the open command.
fn listen(output: impl Read, news: &News, give: &SyncSender<String>, ring: &SyncSender<()>) {
    let mut output = BufReader::new(output);
    while let Some(line) = next_line(&mut output) {
        let (change, number) = match (line.strip_prefix(RAISE), line.strip_prefix(LOWER)) {
            (Some(number), _) => (true, number),
            (_, Some(number)) => (false, number),
            (None, None) => match give.try_send(line) {
                Ok(()) => continue,
                // Answers to nothing, or nobody who asks.
                Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => break,
            },
        };
        if number == WATCHED {
            news.line.store(change, Ordering::SeqCst);
            // A bell that rings already will do.
            let _ = ring.try_send(());
        }
    }
    news.ended.store(true, Ordering::SeqCst);
    let _ = ring.try_send(());
}

fn remember_words(errors: impl Read, news: &News) {
    let mut errors = BufReader::new(errors);
    while let Some(line) = next_line(&mut errors) {
        if !line.is_empty() {
            *news.words.lock().unwrap_or_else(PoisonError::into_inner) = line;
        }
    }
}

/// The next line without its end; of a longer one than the protocol has, a part.
fn next_line(input: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
    match read {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(String::from_utf8_lossy(&line).trim_end().to_owned()),
    }
}
