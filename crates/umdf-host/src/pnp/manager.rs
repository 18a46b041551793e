//! The PnP and the power manager: what a scenario asks of them, and what they do of themselves because
//! of what devices and drivers tell.
//!
//! Both work on one device tree: one thread at a time, on the pool. What drivers and the framework ask
//! for is handled after the request that is under way, never inside its caller, and not while the
//! system sleeps.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use wdk_portable::{NTSTATUS, STATUS_CONFLICTING_ADDRESSES, STATUS_SUCCESS};

use super::device::{PnpDevice, add};
use super::node::{self, NodeState, Problem};
use super::{Request, take_hardware_away};
use crate::framework::Handle;
use crate::history::{Actor, Event};
use crate::host::Host;
use crate::machines::tables::pnp::Pnp;
use crate::schedule;
use crate::status;

mod reactions;

const PULLED_OUT: &str = "nothing sits in the slot any more: its device was pulled out";

fn told_to_go(request: Request) -> String {
    format!("PnP sends no {request} to a device that was told to go: close it, and PnP removes it")
}

/// What is asked of the PnP manager from inside, about a device object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To look at its state (`IoInvalidateDeviceState`).
    Look,
    /// To have its bus take it away and find it again.
    Reenumerate,
    /// Nobody has it open any more: it may be waited for.
    Closed,
    /// Its hardware is gone.
    Lost,
}

/// Whether the managers can do anything.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum System {
    #[default]
    Working,
    Asleep,
    Off,
    /// The scenario is over.
    Over,
}

/// The managers and what they know.
#[derive(Default)]
pub struct Manager {
    /// Locked while they work, which is as long as drivers take: every wait for a driver has its limit.
    tree: Mutex<Tree>,
    inbox: Mutex<Inbox>,
}

/// What waits for the PnP manager.
#[derive(Default)]
struct Inbox {
    asked: VecDeque<(u16, Handle, Asked)>,
    /// A thread is going to look into it.
    noticed: bool,
}

#[derive(Default)]
struct Tree {
    system: System,
    /// Devices with a driver, by slot.
    devices: BTreeMap<u16, Present>,
    /// Device objects whose device the bus took away and found again, or is about to; by slot.
    reenumerated: BTreeMap<u16, Handle>,
    /// Devices that the bus has just found again.
    arrivals: VecDeque<u16>,
}

struct Present {
    device: PnpDevice,
    /// It was told to go; its removal waits until nobody has it open.
    leaving: Option<NodeState>,
}

/// The managers at work.
struct Work<'a> {
    host: &'static Host,
    tree: MutexGuard<'a, Tree>,
}

impl Manager {
    /// Takes a request from inside. The answer comes later.
    pub fn ask(&self, host: &'static Host, slot: u16, device: Handle, asked: Asked) {
        let mut inbox = self.inbox();
        inbox.asked.push_back((slot, device, asked));
        if !std::mem::replace(&mut inbox.noticed, true) {
            host.pool.spawn(Actor::Pnp, move || host.pnp.settle(host));
        }
    }

    /// Does what is asked, and then what comes of it.
    ///
    /// # Errors
    /// Neither manager would do this now: says why, and what to do.
    pub fn request(&self, host: &'static Host, slot: u16, request: Request) -> Result<NTSTATUS, String> {
        let mut work = self.work(host);
        let result = work.request(slot, request);
        work.handle_asked();
        result
    }

    /// Changes the system's power and that of every device with a driver.
    ///
    /// # Errors
    /// There is no such device, or the system is in that state already.
    pub fn power(&self, host: &'static Host, request: Request) -> Result<(), String> {
        let mut work = self.work(host);
        let result = work.power(request);
        work.handle_asked();
        result
    }

    /// Handles what was asked so far.
    pub fn settle(&self, host: &'static Host) {
        let mut work = self.work(host);
        self.inbox().noticed = false;
        work.handle_asked();
    }

    /// Removes every device that is left. Nothing, if the system is off.
    pub fn remove_all(&self, host: &'static Host) {
        self.work(host).remove_all();
    }

    /// The system is off: what there is simply stops.
    pub fn is_off(&self) -> bool {
        self.tree().system == System::Off
    }

    /// Waits until the device in a slot has idled out. Where another driver of its stack owns the power
    /// policy, that driver lets it idle now.
    ///
    /// # Errors
    /// It has no driver, or does not idle out in time.
    pub fn wait_for_idle(&self, slot: u16, limit: Duration) -> Result<(), String> {
        let stack = {
            let tree = self.tree();
            let present = tree.devices.get(&slot);
            let present = present.ok_or("there is no device that could idle: start one first")?;
            present.device.idle_by_owner();
            present.device.stack().clone()
        };
        let idle = stack.wait_for_idle(limit);
        if idle { Ok(()) } else { Err(format!("the device did not idle out within {limit:?}")) }
    }

    fn inbox(&self) -> MutexGuard<'_, Inbox> {
        schedule::lock(&self.inbox)
    }

    fn tree(&self) -> MutexGuard<'_, Tree> {
        schedule::lock(&self.tree)
    }

    fn work(&self, host: &'static Host) -> Work<'_> {
        Work { host, tree: self.tree() }
    }
}

impl Work<'_> {
    fn request(&mut self, slot: u16, request: Request) -> Result<NTSTATUS, String> {
        match self.tree.system {
            System::Working => {}
            System::Asleep => return Err(format!("the system is asleep: resume before {request}")),
            System::Off | System::Over => {
                return Err("the system is off: nothing can happen any more".into());
            }
        }
        match request {
            Request::Start => self.start(slot),
            Request::SurpriseRemove => self.pull_out(slot),
            Request::Remove if self.is_gone(slot) => Ok(STATUS_SUCCESS),
            Request::Remove => {
                self.give(slot, request)?;
                self.drop_removed(slot, NodeState::Removed);
                Ok(STATUS_SUCCESS)
            }
            Request::Restart => {
                let status = self.give(slot, request)?;
                self.started(slot, status);
                Ok(status)
            }
            Request::Stop => {
                let status = self.give(slot, request)?;
                node::change(self.host, slot, NodeState::Stopped);
                Ok(status)
            }
            _ => self.give(slot, request),
        }
    }

    fn power(&mut self, request: Request) -> Result<(), String> {
        let to = match request {
            Request::Resume => System::Working,
            Request::Shutdown => System::Off,
            _ => System::Asleep,
        };
        match (self.tree.system, to) {
            (System::Off | System::Over, _) => {
                return Err("the system is off: nothing can happen any more".into());
            }
            (now, to) if now == to => {
                let (state, first) =
                    if now == System::Asleep { ("asleep", "resume") } else { ("awake", "sleep") };
                return Err(format!("the system is {state}: {first} before {request}"));
            }
            (System::Asleep, System::Off) => {
                return Err(format!("the system is asleep: resume before {request}"));
            }
            _ => {}
        }
        let slots: Vec<_> = self.tree.devices.keys().copied().collect();
        let known = self.host.state().nodes.values().any(|node| node.state != NodeState::NotAdded);
        if slots.is_empty() && !known {
            return Err(format!("there is no device for {request}: start one first"));
        }
        self.tree.system = to;
        for slot in slots {
            self.give(slot, request)?;
        }
        Ok(())
    }

    /// Gives a device a request, and tells how it ended.
    fn give(&mut self, slot: u16, request: Request) -> Result<NTSTATUS, String> {
        let present = self.tree.devices.get_mut(&slot);
        let present = present.ok_or_else(|| format!("there is no device for {request}: start one first"))?;
        let goes_on = matches!(request, Request::Remove | Request::SurpriseRemove)
            || matches!(request, Request::Sleep | Request::Resume | Request::Shutdown);
        if present.leaving.is_some() && !goes_on {
            return Err(told_to_go(request));
        }
        let status = present.device.request(request)?;
        self.tell(slot, &request.to_string(), status);
        Ok(status)
    }

    fn tell(&self, slot: u16, request: &str, status: NTSTATUS) {
        let device = self.host.state().nodes.get(&slot).map(|node| node.number);
        let status = status::describe(status);
        self.host.record(Event::Pnp { request: request.into(), device, status });
    }

    /// Adds the device if it has no driver, and starts it.
    fn start(&mut self, slot: u16) -> Result<NTSTATUS, String> {
        if !self.tree.devices.contains_key(&slot) {
            if self.node(slot) == NodeState::Disconnected {
                return Err(PULLED_OUT.into());
            }
            let added = add(self.host, slot);
            self.tell(slot, "add", added.as_ref().err().copied().unwrap_or(STATUS_SUCCESS));
            match added {
                Ok(device) => self.tree.devices.insert(slot, Present { device, leaving: None }),
                Err(status) => {
                    node::change(self.host, slot, NodeState::Problem(Problem::FailedAdd(status)));
                    return Ok(status);
                }
            };
        }
        let has_room = self.host.bus().has_room(slot).unwrap_or(false);
        if !has_room {
            // PnP has no resources to start the device with, and leaves it as it is.
            node::change(self.host, slot, NodeState::Problem(Problem::Conflict));
            return Ok(STATUS_CONFLICTING_ADDRESSES);
        }
        let status = self.give(slot, Request::Start)?;
        self.started(slot, status);
        Ok(status)
    }

    fn node(&self, slot: u16) -> NodeState {
        node::state(&self.host.state(), slot)
    }

    /// The device was there, and PnP has removed it of itself.
    fn is_gone(&self, slot: u16) -> bool {
        !self.tree.devices.contains_key(&slot)
            && matches!(self.node(slot), NodeState::Problem(_) | NodeState::Disconnected)
    }

    /// The hardware is gone before the driver hears of it.
    fn pull_out(&mut self, slot: u16) -> Result<NTSTATUS, String> {
        if self.node(slot) == NodeState::Disconnected && !self.tree.devices.contains_key(&slot) {
            return Err(PULLED_OUT.into());
        }
        if self.is_gone(slot) {
            take_hardware_away(self.host, slot);
            node::change(self.host, slot, NodeState::Disconnected);
            return Ok(STATUS_SUCCESS);
        }
        let present = self.tree.devices.get(&slot);
        let present = present.ok_or("there is no device for surprise-remove: start one first")?;
        let (state, leaving) = (present.device.state(), present.leaving.is_some());
        if leaving || !Request::SurpriseRemove.states().contains(&state) {
            return Err(told_to_go(Request::SurpriseRemove));
        }
        take_hardware_away(self.host, slot);
        self.leave(slot, NodeState::Disconnected);
        Ok(STATUS_SUCCESS)
    }

    fn remove_all(&mut self) {
        match self.tree.system {
            System::Off | System::Over => return,
            System::Asleep => {
                if let Err(reason) = self.power(Request::Resume) {
                    self.host.end(format!("the system cannot come back: {reason}"));
                }
                self.handle_asked();
            }
            System::Working => {}
        }
        let slots: Vec<_> = self.tree.devices.keys().copied().collect();
        for slot in slots {
            let Some(present) = self.tree.devices.get(&slot) else { continue };
            let to = match self.node(slot) {
                problem @ NodeState::Problem(_) => problem,
                _ => NodeState::Removed,
            };
            match present.device.state() {
                Pnp::Stopped | Pnp::FailedWaitForRemove => self.leave(slot, to),
                state => {
                    if state == Pnp::QueryStopPending {
                        self.must(slot, Request::CancelStop);
                    }
                    self.must(slot, Request::Remove);
                    self.drop_removed(slot, to);
                }
            }
        }
        // What would come now comes after the end.
        self.tree.system = System::Over;
    }
}
