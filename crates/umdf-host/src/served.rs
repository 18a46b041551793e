//! What a worker does for clients of `umdf-host serve`, beside the steps that it plays: its supervisor passes on
//! what they ask for, and hears of each end in the history.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use serde::{Deserialize, Serialize};
use wdk_portable::{NTSTATUS, STATUS_INVALID_HANDLE, STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS};

use crate::framework::Handle;
use crate::framework::device::Device;
use crate::framework::device::node::interface_link;
use crate::framework::request::Completion;
use crate::gate;
use crate::guid::Guid;
use crate::history::{Actor, Event};
use crate::host::Host;
use crate::io::{self, Asked, Open};
use crate::pool::Pool;
use crate::scenario::{Access, Bytes, Scenario};

/// What clients ask for. The supervisor numbers operations and handles, for all clients together.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// The enabled interfaces.
    List,
    /// Opens an interface.
    Open {
        /// The number that the handle gets.
        handle: u64,
        /// The path of the interface.
        path: String,
        /// What for.
        access: Access,
    },
    /// Sends an I/O control request.
    Control {
        /// The handle.
        handle: u64,
        /// The I/O control code.
        code: u32,
        /// Input.
        input: Bytes,
        /// Bytes of output.
        output_length: u32,
    },
    /// Cancels the I/O control request with the same number.
    Cancel,
    /// Closes a handle.
    Close {
        /// The handle.
        handle: u64,
    },
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The enabled interfaces: symbolic link and class.
    Interfaces(Vec<(String, Guid)>),
    /// An open.
    Opened {
        /// Final status.
        status: NTSTATUS,
        /// The number of the device, if there is one of that path here.
        device: Option<usize>,
    },
    /// An I/O control request.
    Completed {
        /// The code in words.
        name: String,
        /// Final status.
        status: NTSTATUS,
        /// Bytes that came back.
        output: Vec<u8>,
        /// `Information`.
        information: u64,
    },
    /// A close.
    Closed,
}

/// What happens to the part of a worker that serves.
pub enum Happening {
    /// A client asks for something.
    Asked(u64, Operation),
    /// An open has ended.
    Opened(u64, u64, Option<usize>, Result<Open, NTSTATUS>),
    /// A request came back.
    Back(u64, Completion),
    /// A handle is closed.
    Closed(u64),
}

/// The handles and requests of clients.
pub struct Serving {
    host: &'static Host,
    slots: Vec<u16>,
    /// Where happenings come from.
    happenings: Receiver<Happening>,
    /// Where this puts some itself.
    happens: Sender<Happening>,
    /// Opens and closes wait for the driver; so there are threads of their own for them.
    waiting: Pool,
    opens: BTreeMap<u64, Open>,
    /// Requests that did not come back, with their codes.
    requests: BTreeMap<u64, (Option<Handle>, u32)>,
}

impl Serving {
    /// Serves until the worker ends. `happens` leads to `happenings`.
    pub fn serve(
        host: &'static Host,
        scenario: &Scenario,
        happens: Sender<Happening>,
        happenings: Receiver<Happening>,
    ) {
        gate::act_as(Actor::Host);
        let mut serving = Self {
            host,
            slots: scenario.slots().collect(),
            happenings,
            happens,
            waiting: Pool::default(),
            opens: BTreeMap::new(),
            requests: BTreeMap::new(),
        };
        while let Ok(happening) = serving.happenings.recv() {
            serving.take(happening);
        }
    }

    fn take(&mut self, happening: Happening) {
        match happening {
            Happening::Asked(operation, Operation::List) => {
                let interfaces = self.interfaces().into_iter().map(|(_, link, class)| (link, class));
                let interfaces = interfaces.collect();
                self.answer(operation, Answer::Interfaces(interfaces));
            }
            Happening::Asked(operation, Operation::Open { handle, path, access }) => {
                self.open(operation, handle, &path, access);
            }
            Happening::Asked(operation, Operation::Control { handle, code, input, output_length }) => {
                self.control(operation, handle, code, &input.0, output_length);
            }
            Happening::Asked(operation, Operation::Cancel) => {
                if let Some((Some(request), _)) = self.requests.get(&operation) {
                    io::cancel::cancel(self.host, *request);
                }
            }
            Happening::Asked(operation, Operation::Close { handle }) => self.close(operation, handle),
            Happening::Opened(operation, handle, device, opened) => {
                let status = opened.as_ref().err().copied().unwrap_or(STATUS_SUCCESS);
                if let Ok(open) = opened {
                    self.opens.insert(handle, open);
                }
                self.answer(operation, Answer::Opened { status, device });
            }
            Happening::Back(operation, completion) => self.back(operation, completion),
            Happening::Closed(operation) => self.answer(operation, Answer::Closed),
        }
    }

    fn answer(&self, operation: u64, answer: Answer) {
        self.host.record(Event::Answered { operation, answer });
    }

    /// The slots of devices with enabled interfaces, and these.
    fn interfaces(&self) -> Vec<(u16, String, Guid)> {
        let mut enabled: Vec<(u16, Guid, String)> = Vec::new();
        {
            let state = self.host.state();
            for slot in &self.slots {
                let device = state.nodes.get(slot).and_then(|node| node.device);
                let device = device.and_then(|device| state.objects.get::<Device>(device));
                let Some(device) = device.filter(|device| !device.removed) else { continue };
                let found = device.interfaces.enabled();
                enabled.extend(found.map(|(class, reference)| (*slot, class, reference.to_owned())));
            }
        }
        let link = |(slot, class, reference): (u16, Guid, String)| {
            (slot, interface_link(self.host, slot, class, &reference), class)
        };
        enabled.into_iter().map(link).collect()
    }

    fn open(&self, operation: u64, handle: u64, path: &str, access: Access) {
        let found = self.interfaces().into_iter().find(|(_, link, _)| link.eq_ignore_ascii_case(path));
        let (host, happens) = (self.host, self.happens.clone());
        let Some((slot, ..)) = found else {
            let _ =
                happens.send(Happening::Opened(operation, handle, None, Err(STATUS_OBJECT_NAME_NOT_FOUND)));
            return;
        };
        let device = self.slots.iter().position(|known| *known == slot);
        self.waiting.spawn(Actor::Io, move || {
            let opened = io::open(host, slot, handle, access);
            // Fails only if the worker is on its way out.
            let _ = happens.send(Happening::Opened(operation, handle, device, opened));
        });
    }

    fn control(&mut self, operation: u64, handle: u64, code: u32, input: &[u8], output_length: u32) {
        self.requests.insert(operation, (None, code));
        let Some(open) = self.opens.get(&handle) else {
            let completion = Completion { status: STATUS_INVALID_HANDLE, output: Vec::new(), information: 0 };
            return self.back(operation, completion);
        };
        let happens = self.happens.clone();
        let taker = Arc::new(move |completion| {
            let _ = happens.send(Happening::Back(operation, completion));
        });
        let asked = Asked::Control { code, input, output_length: output_length as usize };
        let request = io::send_to(self.host, *open, &asked, taker);
        // However fast it was, its completion waits behind this.
        self.requests.insert(operation, (request, code));
    }

    fn back(&mut self, operation: u64, completion: Completion) {
        // One that was given up and then completed comes back twice.
        let Some((_, code)) = self.requests.remove(&operation) else { return };
        let Completion { status, output, information } = completion;
        let name = self.host.ioctls.describe(code);
        self.answer(operation, Answer::Completed { name, status, output, information });
    }

    fn close(&mut self, operation: u64, handle: u64) {
        let open = self.opens.remove(&handle);
        let (host, happens) = (self.host, self.happens.clone());
        self.waiting.spawn(Actor::Io, move || {
            if let Some(open) = open {
                io::close(host, open);
            }
            // Behind the completions of its requests.
            let _ = happens.send(Happening::Closed(operation));
        });
    }
}

impl Answer {
    /// Whether the supervisor waits for it, and so for the worker: it has its own limit for an open and a close.
    pub fn is_waited_for(&self) -> bool {
        matches!(self, Self::Opened { .. } | Self::Closed)
    }
}
