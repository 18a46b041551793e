//! Who the clients are, what they have open, and what they wait for.
//!
//! A client asks under a number of its own; what goes to a host process has the number of an operation. A list and
//! an open go to every host process that lives, because only they know their interfaces.

use std::collections::{BTreeMap, BTreeSet};

use serve_wire::{
    FromHost, Interface, MAX_BUFFER, MAX_HANDLES, MAX_INTERFACES, MAX_OUTSTANDING, MAX_PATH, ToHost,
    WireError,
};
use wdk_portable::{
    NTSTATUS, STATUS_INSUFFICIENT_RESOURCES, STATUS_INVALID_HANDLE, STATUS_OBJECT_NAME_NOT_FOUND,
};

use super::socket::Connection;
use crate::scenario::{Access, Bytes};
use crate::served::{Answer, Operation};
use crate::status::STATUS_DRIVER_PROCESS_TERMINATED;

/// Most clients at a time.
pub const MAX_CLIENTS: usize = 16;

/// Something for a host process to do.
pub struct Task {
    /// Which one.
    pub host: usize,
    /// Number of the operation.
    pub operation: u64,
    /// What.
    pub what: Operation,
}

/// How a client hears of things.
trait Hears {
    /// False: it takes nothing any more.
    fn hear(&self, message: &FromHost) -> bool;
}

impl Hears for Connection {
    fn hear(&self, message: &FromHost) -> bool {
        self.send(message)
    }
}

struct Client {
    connection: Box<dyn Hears>,
    greeted: bool,
    /// Numbers of what it waits for, with the operations.
    outstanding: BTreeMap<u32, u64>,
}

/// An operation without an answer.
struct Waiting {
    client: u64,
    id: u32,
    /// The host processes that have not answered.
    hosts: BTreeSet<usize>,
    kind: Kind,
}

enum Kind {
    /// What each host process has.
    List(BTreeMap<usize, Vec<Interface>>),
    /// The handle, and the status so far.
    Open(u64, NTSTATUS),
    Control,
    Close,
}

struct Handle {
    client: u64,
    device: usize,
    /// `None` once the host process behind it has ended.
    host: Option<usize>,
}

/// The clients of a run.
#[derive(Default)]
pub struct Desk {
    clients: BTreeMap<u64, Client>,
    handles: BTreeMap<u64, Handle>,
    waiting: BTreeMap<u64, Waiting>,
    /// Opens that are kept back while a device may be about to go.
    kept: Vec<(u64, ToHost)>,
    keeps_opens: bool,
    tasks: Vec<Task>,
    /// The last number that was given to an operation or a handle.
    last: u64,
}

impl Desk {
    /// A client comes. If there are too many already, it hears so.
    pub fn enter(&mut self, client: u64, connection: Connection) {
        self.let_in(client, Box::new(connection));
    }

    fn let_in(&mut self, client: u64, connection: Box<dyn Hears>) {
        if self.clients.len() >= MAX_CLIENTS {
            let reason = format!("there are {MAX_CLIENTS} clients already");
            connection.hear(&FromHost::Refused { reason });
            return;
        }
        self.clients.insert(client, Client { connection, greeted: false, outstanding: BTreeMap::new() });
    }

    /// A client has left, or is sent away: what it has open is closed.
    pub fn leave(&mut self, client: u64, why: Option<String>) {
        if let Some(gone) = self.clients.remove(&client) {
            if let Some(reason) = why {
                gone.connection.hear(&FromHost::Refused { reason });
            }
            self.kept.retain(|(of, _)| *of != client);
            let of_client = self.handles.iter().filter(|(_, handle)| handle.client == client);
            for handle in of_client.map(|(number, _)| *number).collect::<Vec<_>>() {
                self.close(client, 0, handle);
            }
        }
    }

    /// A client said something. `live` are the host processes.
    pub fn hear(&mut self, client: u64, content: &[u8], live: &[usize]) {
        let Some(known) = self.clients.get_mut(&client) else { return };
        if !known.greeted {
            match serve_wire::check_greeting(content) {
                Ok(()) => known.greeted = true,
                Err(error) => self.leave(client, Some(error.to_string())),
            }
            return;
        }
        let heard = serve_wire::parse(content).map_err(|error: WireError| error.to_string());
        let done = heard.and_then(|message| self.take(client, message, live));
        if let Err(reason) = done {
            self.leave(client, Some(reason));
        }
    }

    fn take(&mut self, client: u64, message: ToHost, live: &[usize]) -> Result<(), String> {
        let Some(known) = self.clients.get(&client) else { return Ok(()) };
        let id = match message {
            ToHost::Cancel { id } => {
                // It may have come back meanwhile.
                if let Some(operation) = known.outstanding.get(&id).copied() {
                    self.cancel(operation);
                }
                return Ok(());
            }
            ToHost::List { id }
            | ToHost::Open { id, .. }
            | ToHost::Control { id, .. }
            | ToHost::Close { id, .. } => id,
        };
        let kept = self.kept.iter().filter(|(of, _)| *of == client).count();
        if known.outstanding.contains_key(&id) {
            return Err(format!("request {id} has no answer yet"));
        }
        if known.outstanding.len() + kept >= MAX_OUTSTANDING {
            return Err(format!("{MAX_OUTSTANDING} requests have no answer yet"));
        }
        match message {
            ToHost::List { .. } => {
                self.ask_all(client, id, Kind::List(BTreeMap::new()), live, || Operation::List);
            }
            ToHost::Open { ref path, .. } if path.len() > MAX_PATH => {
                return Err(format!("a path of {} bytes: it has at most {MAX_PATH}", path.len()));
            }
            ToHost::Open { .. } if self.keeps_opens => self.kept.push((client, message)),
            ToHost::Open { path, access, .. } => self.open(client, id, &path, access, live),
            ToHost::Control { ref input, output_length, .. }
                if input.len() > MAX_BUFFER || output_length as usize > MAX_BUFFER =>
            {
                return Err(format!("a buffer of more than {MAX_BUFFER} bytes"));
            }
            ToHost::Control { handle, code, input, output_length, .. } => {
                let input = Bytes(input);
                self.control(client, id, handle, Operation::Control { handle, code, input, output_length });
            }
            ToHost::Close { handle, .. } => self.close(client, id, handle),
            ToHost::Cancel { .. } => {}
        }
        Ok(())
    }

    fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn tell(&self, client: u64, message: &FromHost) -> bool {
        self.clients.get(&client).is_none_or(|client| client.connection.hear(message))
    }

    /// As [`tell`](Self::tell); who does not take it is sent away.
    fn say(&mut self, client: u64, message: &FromHost) {
        if !self.tell(client, message) {
            self.leave(client, None);
        }
    }

    fn wait(&mut self, client: u64, id: u32, kind: Kind, hosts: &[usize]) -> u64 {
        let operation = self.number();
        if let Some(client) = self.clients.get_mut(&client) {
            client.outstanding.insert(id, operation);
        }
        let hosts = hosts.iter().copied().collect();
        self.waiting.insert(operation, Waiting { client, id, hosts, kind });
        operation
    }

    fn ask_all(&mut self, client: u64, id: u32, kind: Kind, live: &[usize], what: impl Fn() -> Operation) {
        let operation = self.wait(client, id, kind, live);
        self.tasks.extend(live.iter().map(|host| Task { host: *host, operation, what: what() }));
        self.settle(operation);
    }

    fn open(&mut self, client: u64, id: u32, path: &str, access: serve_wire::Access, live: &[usize]) {
        let open = self.handles.values().filter(|handle| handle.client == client).count();
        let opening = |waiting: &&Waiting| waiting.client == client && matches!(waiting.kind, Kind::Open(..));
        if open + self.waiting.values().filter(opening).count() >= MAX_HANDLES {
            let status = STATUS_INSUFFICIENT_RESOURCES;
            return self.say(client, &FromHost::Opened { id, status, handle: 0 });
        }
        let access = match access {
            serve_wire::Access::ReadWrite => Access::ReadWrite,
            serve_wire::Access::Read => Access::Read,
            serve_wire::Access::Write => Access::Write,
        };
        let handle = self.number();
        let kind = Kind::Open(handle, STATUS_OBJECT_NAME_NOT_FOUND);
        self.ask_all(client, id, kind, live, || Operation::Open { handle, path: path.into(), access });
    }

    fn control(&mut self, client: u64, id: u32, handle: u64, what: Operation) {
        let host =
            self.handles.get(&handle).filter(|handle| handle.client == client).map(|handle| handle.host);
        match host {
            Some(Some(host)) => {
                let operation = self.wait(client, id, Kind::Control, &[host]);
                self.tasks.push(Task { host, operation, what });
            }
            Some(None) => self.completed(client, id, STATUS_DRIVER_PROCESS_TERMINATED, 0, Vec::new()),
            None => self.completed(client, id, STATUS_INVALID_HANDLE, 0, Vec::new()),
        }
    }

    fn completed(&mut self, client: u64, id: u32, status: NTSTATUS, information: u64, output: Vec<u8>) {
        self.say(client, &FromHost::Completed { id, status, information, output });
    }

    fn cancel(&mut self, operation: u64) {
        let Some(waiting) = self.waiting.get(&operation) else { return };
        if matches!(waiting.kind, Kind::Control) {
            let tasks =
                waiting.hosts.iter().map(|host| Task { host: *host, operation, what: Operation::Cancel });
            self.tasks.extend(tasks);
        }
    }

    fn close(&mut self, client: u64, id: u32, handle: u64) {
        let own = self.handles.get(&handle).is_some_and(|handle| handle.client == client);
        let closed = if own { self.handles.remove(&handle) } else { None };
        match closed.and_then(|handle| handle.host) {
            Some(host) => {
                let operation = self.wait(client, id, Kind::Close, &[host]);
                self.tasks.push(Task { host, operation, what: Operation::Close { handle } });
            }
            None => self.say(client, &FromHost::Closed { id }),
        }
    }

    /// A host process answered.
    pub fn answer(&mut self, host: usize, operation: u64, answer: &Answer) {
        let Some(waiting) = self.waiting.get_mut(&operation) else { return };
        if !waiting.hosts.remove(&host) {
            return;
        }
        match (&mut waiting.kind, answer) {
            (Kind::List(found), Answer::Interfaces(interfaces)) => {
                let fitting = interfaces.iter().filter(|(path, _)| path.len() <= MAX_PATH);
                let interfaces = fitting.filter_map(|(path, class)| {
                    Some(Interface { path: path.clone(), class: class.bytes().try_into().ok()? })
                });
                found.insert(host, interfaces.take(MAX_INTERFACES).collect());
            }
            // Where there is no device of that path, the answer says nothing about the open.
            (Kind::Open(handle, so_far), Answer::Opened { status, device: Some(device) }) => {
                *so_far = *status;
                if *status >= 0 {
                    let (client, device) = (waiting.client, *device);
                    self.handles.insert(*handle, Handle { client, device, host: Some(host) });
                }
            }
            (Kind::Control, Answer::Completed { status, output, information, .. }) => {
                let (client, id) = (waiting.client, waiting.id);
                let (status, information) = (*status, *information);
                self.forget(operation);
                return self.completed(client, id, status, information, output.clone());
            }
            _ => {}
        }
        self.settle(operation);
    }

    fn forget(&mut self, operation: u64) -> Option<Waiting> {
        let waiting = self.waiting.remove(&operation)?;
        if let Some(client) = self.clients.get_mut(&waiting.client) {
            client.outstanding.remove(&waiting.id);
        }
        Some(waiting)
    }

    /// An operation that no host process has to answer any more is over.
    fn settle(&mut self, operation: u64) {
        if self.waiting.get(&operation).is_none_or(|waiting| !waiting.hosts.is_empty()) {
            return;
        }
        let Some(Waiting { client, id, kind, .. }) = self.forget(operation) else { return };
        match kind {
            Kind::List(found) => {
                let interfaces = found.into_values().flatten().take(MAX_INTERFACES).collect();
                self.say(client, &FromHost::Interfaces { id, interfaces });
            }
            Kind::Open(handle, status) => {
                if self.clients.contains_key(&client) {
                    self.say(client, &FromHost::Opened { id, status, handle });
                } else {
                    // It left meanwhile.
                    self.close(client, 0, handle);
                }
            }
            Kind::Control => self.completed(client, id, STATUS_DRIVER_PROCESS_TERMINATED, 0, Vec::new()),
            Kind::Close => self.say(client, &FromHost::Closed { id }),
        }
    }

    /// A host process has ended: its handles lead nowhere.
    pub fn lose(&mut self, host: usize) {
        let mut lost = Vec::new();
        for (number, handle) in self.handles.iter_mut().filter(|(_, handle)| handle.host == Some(host)) {
            handle.host = None;
            lost.push((*number, handle.client));
        }
        self.tasks.retain(|task| task.host != host);
        let waiting = self.waiting.iter_mut().filter_map(|(number, waiting)| {
            let was = waiting.hosts.remove(&host);
            if let Kind::Open(_, status) = &mut waiting.kind
                && was
                && *status == STATUS_OBJECT_NAME_NOT_FOUND
            {
                *status = STATUS_DRIVER_PROCESS_TERMINATED;
            }
            was.then_some(*number)
        });
        for operation in waiting.collect::<Vec<_>>() {
            self.settle(operation);
        }
        for (handle, client) in lost {
            self.say(client, &FromHost::Removed { handle });
        }
    }

    fn handles_of(&self, device: usize) -> Vec<(u64, u64)> {
        let of_device = self.handles.iter().filter(|(_, handle)| handle.device == device);
        of_device.map(|(number, handle)| (*number, handle.client)).collect()
    }

    /// A device was pulled out.
    pub fn removed(&mut self, device: usize) {
        for (handle, client) in self.handles_of(device) {
            self.say(client, &FromHost::Removed { handle });
        }
    }

    /// A device may be about to go: who has it open may close it, and nobody opens one meanwhile.
    pub fn ask_for_removal(&mut self, device: usize) {
        self.keeps_opens = true;
        for (handle, client) in self.handles_of(device) {
            self.say(client, &FromHost::QueryRemove { handle });
        }
    }

    /// The device stays.
    pub fn cancel_removal(&mut self, device: usize) {
        for (handle, client) in self.handles_of(device) {
            self.say(client, &FromHost::RemoveCancelled { handle });
        }
    }

    /// Whether a device is gone or stays, it is decided: who waits with an open goes on.
    pub fn decide_removal(&mut self, live: &[usize]) {
        self.keeps_opens = false;
        for (client, message) in std::mem::take(&mut self.kept) {
            if let Err(reason) = self.take(client, message, live) {
                self.leave(client, Some(reason));
            }
        }
    }

    /// Whether somebody has a device open, even if the handle leads nowhere any more.
    pub fn has_handle(&self, device: usize) -> bool {
        self.handles.values().any(|handle| handle.device == device)
    }

    /// Whether a device is open, or an open or a close of any is under way.
    pub fn is_open(&self, device: usize) -> bool {
        self.handles.values().any(|handle| handle.device == device && handle.host.is_some())
            || self.is_moving()
    }

    fn is_moving(&self) -> bool {
        self.waiting.values().any(|waiting| matches!(waiting.kind, Kind::Open(..) | Kind::Close))
    }

    /// Everybody leaves.
    pub fn end(&mut self) {
        for client in self.clients.keys().copied().collect::<Vec<_>>() {
            self.leave(client, Some("the host ends".into()));
        }
    }

    /// Whether nothing of clients is left in a host process.
    pub fn is_empty(&self) -> bool {
        self.handles.is_empty() && self.waiting.is_empty()
    }

    /// Takes what there is to do for host processes, in order.
    pub fn take_tasks(&mut self) -> Vec<Task> {
        std::mem::take(&mut self.tasks)
    }
}

#[cfg(test)]
mod tests;
