//! `umdf-host serve`: the devices of a run are there for programs that connect to a socket.
//!
//! The supervisor owns the socket. What clients ask for goes to the host processes over the way that the steps of a
//! scenario take, and what comes of it comes back in their histories. What clients send is checked here, before any
//! of it goes on.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::RunError;
use super::hosting::{Hosting, Played};
use crate::history::{Event, Record};
use crate::host::hang_limit;
use crate::scenario::{Pnp, Status, Step, Which};
use crate::status;

use control::Order;
use desk::Desk;
use socket::Writers;

mod control;
mod desk;
mod socket;

/// Longest pause between two looks at clients and host processes while nothing happens.
const LONGEST_PAUSE: Duration = Duration::from_millis(2);
/// Shortest pause.
const SHORTEST_PAUSE: Duration = Duration::from_micros(50);
/// How long applications may take to close a device that is to be removed.
const CLOSE_WITHIN: Duration = Duration::from_secs(5);
/// What waits for the supervisor to look at it. Who finds no place waits too.
const MOST_WAITING: usize = 256;

/// What comes to the supervisor from outside.
enum Incoming {
    /// A frame of a client.
    Frame { client: u64, content: Vec<u8> },
    /// A client has left, or said what makes no sense.
    Left { client: u64, why: Option<String> },
    /// A line of the one who serves.
    Line(String),
    /// The one who serves wants an end.
    Quit,
}

/// What is told while devices are served.
pub enum Told<'a> {
    /// Every device was started, or could not be. Clients are let in.
    Ready(SocketAddr),
    /// A line was followed, or why it was not.
    Line {
        /// The line.
        line: &'a str,
        /// Why not.
        refusal: Option<&'a str>,
    },
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ready(address) => write!(f, "serving on {address}"),
            Self::Line { line, refusal: None } => write!(f, "{line}: done"),
            Self::Line { line, refusal: Some(refusal) } => write!(f, "{line}: {refusal}"),
        }
    }
}

/// A socket for clients, and a way to say what is to happen meanwhile.
pub struct Service {
    listener: TcpListener,
    incoming: Receiver<Incoming>,
    to: SyncSender<Incoming>,
}

/// Says what is to happen while devices are served.
#[derive(Clone)]
pub struct Remote(SyncSender<Incoming>);

impl Remote {
    /// Has a line followed. False: nobody serves any more.
    pub fn line(&self, line: &str) -> bool {
        self.0.send(Incoming::Line(line.into())).is_ok()
    }

    /// Has all closed and removed.
    pub fn quit(&self) {
        // Fails if that is so already.
        let _ = self.0.send(Incoming::Quit);
    }
}

impl Service {
    /// Listens at an address of this machine, which no other one can reach. Port 0 is any that is free.
    ///
    /// # Errors
    /// Of the system; and [`io::ErrorKind::InvalidInput`] if other machines could reach the address.
    pub fn listen(address: SocketAddr) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            let message = format!("{} can be reached from elsewhere: name 127.0.0.1 or [::1]", address.ip());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let (to, incoming) = sync_channel(MOST_WAITING);
        Ok(Self { listener, incoming, to })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// Of the system.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Says what is to happen.
    pub fn remote(&self) -> Remote {
        Remote(self.to.clone())
    }
}

/// What the one who serves wants and that takes a while.
enum Doing {
    Nothing,
    /// Applications are asked to close a device.
    Asking {
        device: usize,
        until: Instant,
    },
    /// A host process restarts devices.
    Restarting {
        host: usize,
        devices: Vec<usize>,
    },
    /// Host processes play a step.
    Playing {
        order: Order,
        hosts: BTreeSet<usize>,
        number: usize,
        missed: Vec<String>,
        then: Option<Step>,
    },
}

/// A run that serves.
pub struct Serving<'a> {
    hosting: &'a mut Hosting,
    service: Service,
    tell: &'a mut dyn FnMut(&Told<'_>),
    desk: Desk,
    clients: u64,
    writers: Writers,
    doing: Doing,
    /// Lines that wait.
    lines: Vec<String>,
    /// Since when everything is to end.
    ending: Option<Instant>,
}

impl Hosting {
    /// Plays the scenario, and serves then until the one who serves wants an end, or there is no device any more and
    /// none is restarted.
    pub fn serve(mut self, service: Service, tell: &mut dyn FnMut(&Told<'_>)) -> Result<Played, RunError> {
        self.play_steps()?;
        if self.is_over() {
            return self.finish();
        }
        let address = service.address()?;
        tell(&Told::Ready(address));
        let serving = Serving {
            hosting: &mut self,
            service,
            tell,
            desk: Desk::default(),
            clients: 0,
            writers: Writers::default(),
            doing: Doing::Nothing,
            lines: Vec::new(),
            ending: None,
        };
        serving.serve()?;
        self.finish()
    }
}

impl Serving<'_> {
    fn serve(mut self) -> Result<(), RunError> {
        let mut pause = SHORTEST_PAUSE;
        while !self.is_over() {
            let mut busy = self.let_in()?;
            while let Ok(incoming) = self.service.incoming.try_recv() {
                self.take(incoming);
                busy = true;
            }
            busy |= self.look_at_hosts()?;
            self.get_on()?;
            self.hand_out()?;
            if self.hosting.is_deserted() && self.ending.is_none() {
                self.end();
            }
            pause = if busy { SHORTEST_PAUSE } else { LONGEST_PAUSE.min(pause * 2) };
            match self.service.incoming.recv_timeout(pause) {
                Ok(incoming) => self.take(incoming),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
        }
        // Nobody is to miss the last words because this process ends.
        self.writers.wait();
        Ok(())
    }

    fn end(&mut self) {
        self.ending.get_or_insert_with(Instant::now);
        self.desk.end();
    }

    /// Everything of clients is closed, or does not come to an end.
    fn is_over(&self) -> bool {
        let idle = matches!(self.doing, Doing::Nothing) && self.desk.is_empty();
        let limit = hang_limit(self.hosting.deadline());
        self.ending.is_some_and(|since| idle || since.elapsed() > limit)
    }

    fn let_in(&mut self) -> Result<bool, RunError> {
        if self.ending.is_some() {
            return Ok(false);
        }
        let number = self.clients + 1;
        let Some(connection) =
            socket::accept(&self.service.listener, number, &self.service.to, &self.writers)?
        else {
            return Ok(false);
        };
        self.clients = number;
        self.desk.enter(number, connection);
        Ok(true)
    }

    fn take(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Frame { client, content } => {
                let live: Vec<usize> = self.hosting.live().collect();
                self.desk.hear(client, &content, &live);
            }
            Incoming::Left { client, why } => self.desk.leave(client, why),
            Incoming::Line(line) => self.lines.push(line),
            Incoming::Quit => self.end(),
        }
    }

    /// What host processes did meanwhile.
    fn look_at_hosts(&mut self) -> Result<bool, RunError> {
        let mut busy = false;
        for host in 0..self.hosting.hosts() {
            for (thread, record) in self.hosting.news_of(host)? {
                busy = true;
                self.see(host, &record);
                self.hosting.keep(host, thread, record);
            }
            let restarting = match &self.doing {
                Doing::Restarting { host: of, devices } if *of == host => devices.clone(),
                _ => Vec::new(),
            };
            if self.hosting.see_to_end(host, &restarting) {
                self.desk.lose(host);
                self.played(host);
            }
        }
        Ok(busy)
    }

    fn see(&mut self, host: usize, record: &Record) {
        match &record.event {
            Event::Answered { operation, answer } => self.desk.answer(host, *operation, answer),
            Event::Pnp { device: Some(device), request, status }
                if request == "surprise-remove"
                    && status::from_words(status).is_some_and(|status| status >= 0) =>
            {
                self.desk.removed(*device);
            }
            Event::Missed { number: of, message } => {
                if let Doing::Playing { number, missed, .. } = &mut self.doing
                    && number == of
                {
                    missed.push(message.clone());
                }
            }
            Event::Done => self.played(host),
            _ => {}
        }
    }

    /// A host process has done what it was asked for, or has ended.
    fn played(&mut self, host: usize) {
        match &mut self.doing {
            Doing::Playing { hosts, .. } => {
                hosts.remove(&host);
            }
            Doing::Restarting { host: of, .. } if *of == host => self.doing = Doing::Nothing,
            _ => {}
        }
    }

    /// Gives host processes what clients want of them.
    fn hand_out(&mut self) -> Result<(), RunError> {
        for task in self.desk.take_tasks() {
            self.hosting.ask_for_client(task.host, task.operation, task.what)?;
        }
        Ok(())
    }

    /// Gets on with the lines.
    fn get_on(&mut self) -> Result<(), RunError> {
        match std::mem::replace(&mut self.doing, Doing::Nothing) {
            Doing::Nothing if self.ending.is_some() => {}
            Doing::Nothing => {
                let desk = &self.desk;
                if let Some((host, devices)) = self.hosting.begin_restart(|device| desk.has_handle(device))? {
                    self.doing = Doing::Restarting { host, devices };
                } else if !self.lines.is_empty() {
                    let line = self.lines.remove(0);
                    self.begin(&line)?;
                }
            }
            Doing::Asking { device, .. } if !self.desk.is_open(device) => {
                let remove = Step::Remove(Which { device });
                let query = Step::QueryRemove(Pnp { device, ..Pnp::default() });
                self.play(Order::QueryRemove(device), &query, Some(remove))?;
            }
            Doing::Asking { device, until } if Instant::now() > until => {
                self.desk.cancel_removal(device);
                self.decide_removal();
                self.answer(Order::QueryRemove(device), Some("the device stays: a program has it open"));
            }
            Doing::Playing { order, hosts, missed, then, .. } if hosts.is_empty() => match then {
                Some(step) if missed.is_empty() => self.play(order, &step, None)?,
                _ => {
                    if matches!(order, Order::QueryRemove(_)) {
                        self.decide_removal();
                    }
                    let why = missed.join("; ");
                    self.answer(order, Some(why.as_str()).filter(|why| !why.is_empty()));
                }
            },
            unfinished => self.doing = unfinished,
        }
        Ok(())
    }

    fn decide_removal(&mut self) {
        let live: Vec<usize> = self.hosting.live().collect();
        self.desk.decide_removal(&live);
    }

    fn answer(&mut self, order: Order, refusal: Option<&str>) {
        (self.tell)(&Told::Line { line: &order.to_string(), refusal });
    }

    /// Begins with what a line says.
    fn begin(&mut self, line: &str) -> Result<(), RunError> {
        let order = match line.parse::<Order>() {
            Ok(order) => order,
            Err(refusal) => {
                (self.tell)(&Told::Line { line, refusal: Some(&refusal) });
                return Ok(());
            }
        };
        if let Some(refusal) = self.refusal(order) {
            self.answer(order, Some(refusal));
            return Ok(());
        }
        match order {
            Order::SurpriseRemove(device) => self.play(order, &Step::SurpriseRemove(Which { device }), None),
            Order::QueryRemove(device) => {
                self.desk.ask_for_removal(device);
                self.doing = Doing::Asking { device, until: Instant::now() + CLOSE_WITHIN };
                Ok(())
            }
            Order::Sleep => self.play(order, &Step::Sleep { expect: Status::default() }, None),
            Order::Resume => self.play(order, &Step::Resume { expect: Status::default() }, None),
            Order::Quit => {
                self.answer(order, None);
                self.end();
                Ok(())
            }
        }
    }

    /// Why it makes no sense now.
    fn refusal(&self, order: Order) -> Option<&'static str> {
        let asleep = self.hosting.is_asleep();
        match order {
            Order::SurpriseRemove(device) | Order::QueryRemove(device) => {
                if !self.hosting.is_present(device) {
                    Some("there is no such device, or it is gone")
                } else if asleep {
                    Some("the system is asleep: resume first")
                } else {
                    None
                }
            }
            Order::Sleep | Order::Resume if !self.hosting.any_is_present() => Some("there is no device"),
            Order::Sleep => asleep.then_some("the system is asleep"),
            Order::Resume => (!asleep).then_some("the system is awake"),
            Order::Quit => None,
        }
    }

    /// Has the host processes that it is for play a step.
    fn play(&mut self, order: Order, step: &Step, then: Option<Step>) -> Result<(), RunError> {
        let (number, hosts) = self.hosting.act(step)?;
        self.doing = Doing::Playing { order, hosts, number, missed: Vec::new(), then };
        Ok(())
    }
}
