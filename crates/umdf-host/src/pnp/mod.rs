//! What the PnP and power manager do with devices.
//!
//! The order of callbacks is that of the framework's state machines ([`crate::machines`]).

mod actions;
mod device;
mod manager;
mod node;
mod progress;
mod request;

pub use device::Stack;
pub use manager::{Asked, Manager};
pub use node::NodeState;
pub use request::Request;

use crate::framework::{Handle, object};
use crate::history::Event;
use crate::host::Host;
use crate::io;

/// The hardware in a slot stops answering, for good.
pub fn take_hardware_away(host: &Host, slot: u16) {
    let gone = host.bus().go_away(slot);
    if let Err(error) = gone {
        host.end(format!("the bus cannot take the device away: {error}"));
    }
}

/// The hardware in a slot stopped answering by itself, and its bus notices.
pub fn lose_hardware(host: &'static Host, slot: u16, reason: String) {
    if !host.bus().is_there(slot) {
        return;
    }
    take_hardware_away(host, slot);
    let (number, device) = {
        let state = host.state();
        let Some(node) = state.nodes.get(&slot) else { return };
        (node.number, node.device)
    };
    host.record(Event::HardwareLost { device: number, reason });
    if let Some(device) = device {
        host.pnp.ask(host, slot, device, Asked::Lost);
    }
}

fn delete_device(host: &Host, slot: u16, device: Handle) {
    io::wait_for_callbacks(host, device);
    object::delete(host, device);
    if let Some(node) = host.state().nodes.get_mut(&slot) {
        node.device = None;
    }
}
