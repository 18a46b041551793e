//! An application that opens the device and sends it requests of any kind, by a seed.

use std::collections::VecDeque;
use std::time::Duration;

use fastrand::Rng;
use wdk_portable::NTSTATUS;

use crate::gate;
use crate::history::{Actor, Event};
use crate::host::Host;
use crate::io::{self, Asked, Open, Sent};
use crate::scenario::{Access, Fuzz};
use crate::schedule::{self, Receiver};

/// Most requests that are pending at a time.
const MOST_PENDING: usize = 16;
/// Longest buffer, in bytes.
const LONGEST: usize = 64;
/// Longest pause behind a request, in microseconds.
const LONGEST_PAUSE: u64 = 1000;

/// One that runs, and what it has to complain about in the end.
pub struct Fuzzing {
    complaints: Receiver<Vec<String>>,
    limit: Duration,
    step: usize,
}

impl Fuzzing {
    /// Begins with it on another thread. `codes` are the I/O control codes that the scenario knows.
    pub fn begin(host: &'static Host, slot: u16, step: usize, fuzz: &Fuzz, codes: Vec<u32>) -> Self {
        let (send, complaints) = schedule::reply();
        let limit = Duration::from_millis(fuzz.timeout_ms);
        let mut client = Client {
            host,
            slot,
            rng: Rng::with_seed(fuzz.seed),
            codes,
            inputs: fuzz.inputs.iter().map(|input| input.0.clone()).collect(),
            // Other steps count from 1.
            opened: u64::try_from(step).unwrap_or(u64::MAX) << 32,
            open: None,
            pending: VecDeque::new(),
            complaints: Vec::new(),
        };
        let times = fuzz.times;
        // A thread of its own, as an application has: one of the pool's would be missing where the driver needs it.
        schedule::spawn(move || {
            gate::act_as(Actor::Io);
            (0..times).for_each(|_| client.act());
            send.send(client.end(limit));
        });
        Self { complaints, limit, step }
    }

    /// Waits for its end, and records what was wrong.
    pub fn join(self, host: &Host, seed: u64) {
        // Its own limit is for the requests that are left in the end; those before may take as long again.
        let complaints = self.complaints.recv_timeout(self.limit * 2);
        let complaints = complaints.unwrap_or_else(|_| vec![format!("goes on after {:?}", self.limit * 2)]);
        for complaint in complaints {
            let message = format!("fuzz with seed {seed}: {complaint}");
            host.record(Event::Missed { number: self.step, message });
        }
    }
}

/// A request that did not come back yet.
struct Pending {
    what: String,
    room: usize,
    sent: Sent,
}

struct Client {
    host: &'static Host,
    slot: u16,
    rng: Rng,
    codes: Vec<u32>,
    inputs: Vec<Vec<u8>>,
    /// Number of the handle that was opened last.
    opened: u64,
    open: Option<Open>,
    pending: VecDeque<Pending>,
    complaints: Vec<String>,
}

impl Client {
    /// One thing. What it is depends on the seed alone, not on what came of those before.
    fn act(&mut self) {
        match self.rng.u32(0..16) {
            0 => self.open_anew(),
            1 => self.cancel_one(),
            2 => {
                let (length, offset) = (self.length(), self.offset());
                self.send(length, &Asked::Read { length, offset });
            }
            3 => {
                let (bytes, offset) = (self.input(), self.offset());
                self.send(bytes.len(), &Asked::Write { bytes: &bytes, offset });
            }
            _ => {
                let (code, input, output_length) = (self.code(), self.input(), self.length());
                self.send(output_length, &Asked::Control { code, input: &input, output_length });
            }
        }
        let pause = Duration::from_micros(self.rng.u64(0..LONGEST_PAUSE));
        self.collect(pause);
    }

    fn code(&mut self) -> u32 {
        let known = self.rng.choice(self.codes.iter().copied());
        match (known, self.rng.u32(0..8)) {
            (None, _) | (_, 0) => self.rng.u32(..),
            (Some(code), 1) => code ^ 1 << self.rng.u32(0..32),
            (Some(code), _) => code,
        }
    }

    fn length(&mut self) -> usize {
        if self.rng.u32(0..8) == 0 { 0 } else { self.rng.usize(0..=LONGEST) }
    }

    fn offset(&mut self) -> i64 {
        self.rng.choice([0, 1, -1, i64::MAX, i64::MIN]).unwrap_or_default()
    }

    /// One of the scenario's inputs, often with something wrong.
    fn input(&mut self) -> Vec<u8> {
        let length = self.length();
        let mut bytes: Vec<u8> = match self.rng.choice(&self.inputs) {
            Some(input) => input.clone(),
            None => (0..length).map(|_| self.rng.u8(..)).collect(),
        };
        match self.rng.u32(0..6) {
            0 => bytes.resize(length, 0xff),
            1 => bytes.truncate(length),
            2 => {
                if let Some(byte) = self.rng.choice(&mut bytes) {
                    *byte ^= 1 << self.rng.u32(0..8);
                }
            }
            _ => {}
        }
        bytes
    }

    fn open_anew(&mut self) {
        self.close();
        let access = [Access::ReadWrite, Access::ReadWrite, Access::Read, Access::Write, Access::None];
        let access = self.rng.choice(access).unwrap_or_default();
        self.open(access);
    }

    fn open(&mut self, access: Access) {
        self.opened += 1;
        // A device that is not there cannot be opened: that is no fault.
        self.open = io::open(self.host, self.slot, self.opened, access).ok();
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            io::close(self.host, open);
        }
    }

    fn send(&mut self, room: usize, asked: &Asked<'_>) {
        if self.open.is_none() {
            self.open(Access::ReadWrite);
        }
        let Some(open) = self.open else { return };
        let what = match asked {
            Asked::Read { length, .. } => format!("a read of {length} bytes"),
            Asked::Write { bytes, .. } => format!("a write of {} bytes", bytes.len()),
            Asked::Control { code, input, output_length } => {
                format!("I/O control code {code:#x} with {} bytes in and {output_length} out", input.len())
            }
        };
        let sent = gate::run_as(Actor::Host, || io::send(self.host, open, asked));
        self.pending.push_back(Pending { what, room, sent });
        if self.pending.len() > MOST_PENDING {
            self.cancel_one();
        }
    }

    fn cancel_one(&mut self) {
        if let Some(request) = self.pending.front().and_then(|pending| pending.sent.request) {
            io::cancel::cancel(self.host, request);
        }
        self.pending.rotate_left(usize::from(!self.pending.is_empty()));
    }

    /// Takes what came back; waits for the newest one.
    fn collect(&mut self, pause: Duration) {
        let newest = self.pending.len().saturating_sub(1);
        for (index, pending) in std::mem::take(&mut self.pending).into_iter().enumerate() {
            let limit = if index == newest { pause } else { Duration::ZERO };
            self.take(pending, limit);
        }
    }

    fn take(&mut self, pending: Pending, limit: Duration) {
        match pending.sent.completion.recv_timeout(limit) {
            Ok(completion) => {
                self.complaints.extend(wrong(
                    &pending.what,
                    pending.room,
                    completion.status,
                    completion.information,
                ));
            }
            Err(_) => self.pending.push_back(pending),
        }
    }

    /// Cancels what is left and closes. Every request comes back then.
    fn end(mut self, limit: Duration) -> Vec<String> {
        for request in self.pending.iter().filter_map(|pending| pending.sent.request) {
            io::cancel::cancel(self.host, request);
        }
        self.close();
        let end = schedule::now().saturating_add(limit);
        for pending in std::mem::take(&mut self.pending) {
            self.take(pending, end.saturating_sub(schedule::now()));
        }
        let lost = self.pending.iter().map(|Pending { what, .. }| {
            format!(
                "{what} did not come back within {limit:?}, though it was cancelled and its handle closed"
            )
        });
        self.complaints.extend(lost);
        self.complaints
    }
}

/// A success that says to have moved more bytes than there is room for.
fn wrong(what: &str, room: usize, status: NTSTATUS, information: u64) -> Option<String> {
    let moved = usize::try_from(information).is_ok_and(|moved| moved <= room);
    (status >= 0 && !moved).then(|| format!("{what} came back with {information} bytes, which have no room"))
}

#[cfg(test)]
mod tests {
    use wdk_portable::{STATUS_BUFFER_OVERFLOW, STATUS_SUCCESS};

    use super::*;

    #[test]
    fn more_bytes_than_there_is_room_for_are_wrong() {
        assert_eq!(wrong("x", 8, STATUS_SUCCESS, 8), None);
        assert!(wrong("x", 8, STATUS_SUCCESS, 9).is_some_and(|text| text.contains("9 bytes")));
        // Of a request that failed, nothing is copied.
        assert_eq!(wrong("x", 8, STATUS_BUFFER_OVERFLOW, 9), None);
    }
}
