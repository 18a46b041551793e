//! What applications have open and pending, as the histories of the host processes tell it.

use std::collections::BTreeMap;

use crate::history::Event;
use crate::scenario::{Ioctl, Read, Scenario, Step, Write};

struct Handle {
    device: usize,
    /// The host process behind it; `None` once that has ended.
    host: Option<usize>,
}

struct Request {
    /// The step that sent it, from 1.
    number: usize,
    host: usize,
}

/// The applications' side of a run.
#[derive(Default)]
pub struct Clients {
    handles: BTreeMap<String, Handle>,
    pending: Vec<Request>,
}

impl Clients {
    /// A host process recorded an event.
    pub fn saw(&mut self, scenario: &Scenario, host: usize, event: &Event) {
        match event {
            Event::Step { number, .. } => {
                match number.checked_sub(1).and_then(|index| scenario.steps.get(index)) {
                    Some(
                        Step::Ioctl(Ioctl { handle, .. })
                        | Step::Read(Read { handle, .. })
                        | Step::Write(Write { handle, .. }),
                    ) if self.handles.contains_key(handle) => {
                        self.pending.push(Request { number: *number, host });
                    }
                    Some(Step::Close { handle }) => self.close(handle),
                    Some(Step::EndProcess) => self.handles.clear(),
                    _ => {}
                }
            }
            Event::Opened { device, handle } => {
                self.handles.insert(handle.clone(), Handle { device: *device, host: Some(host) });
            }
            // Back, or given up.
            Event::Ioctl { number, .. } | Event::Missed { number, .. } => {
                self.pending.retain(|request| request.number != *number);
            }
            _ => {}
        }
    }

    /// An application closes its handle.
    pub fn close(&mut self, handle: &str) {
        self.handles.remove(handle);
    }

    /// Whether there is an open handle of this name.
    pub fn has(&self, handle: &str) -> bool {
        self.handles.contains_key(handle)
    }

    /// Whether a host process has requests that did not come back.
    pub fn wait_for(&self, host: usize) -> bool {
        self.pending.iter().any(|request| request.host == host)
    }

    /// A host process ended: its handles lead nowhere. Says which requests it had, by their steps.
    pub fn lose(&mut self, host: usize) -> Vec<usize> {
        for handle in self.handles.values_mut() {
            handle.host.take_if(|of| *of == host);
        }
        let (lost, left) =
            std::mem::take(&mut self.pending).into_iter().partition(|request| request.host == host);
        self.pending = left;
        let lost: Vec<Request> = lost;
        lost.into_iter().map(|request| request.number).collect()
    }

    /// The handles of a device whose host process has ended.
    pub fn left_open(&self, device: usize) -> impl Iterator<Item = &str> {
        let of_device =
            self.handles.iter().filter(move |(_, handle)| (handle.device, handle.host) == (device, None));
        of_device.map(|(name, _)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const STEPS: &str = "title = \"clients\"
device = { model = \"edu\" }
[[step]]
do = \"open\"
[[step]]
do = \"ioctl\"
name = \"a\"
code = 4
[[step]]
do = \"read\"
name = \"b\"
length = 1
[[step]]
do = \"write\"
name = \"c\"
[[step]]
do = \"close\"
";

    struct Play {
        scenario: Scenario,
        clients: Clients,
    }

    impl Play {
        fn new() -> Self {
            let scenario = Scenario::parse(STEPS, Path::new("test.toml")).unwrap();
            Self { scenario, clients: Clients::default() }
        }

        fn see(&mut self, host: usize, event: &Event) {
            self.clients.saw(&self.scenario, host, event);
        }

        fn step(&mut self, host: usize, number: usize) {
            self.see(host, &Event::Step { number, text: String::new() });
        }

        fn open(&mut self, host: usize, device: usize, handle: &str) {
            self.see(host, &Event::Opened { device, handle: handle.into() });
        }

        fn left_open(&self, device: usize) -> Vec<&str> {
            self.clients.left_open(device).collect()
        }
    }

    fn came_back(number: usize) -> Event {
        let (name, status, output) = (String::new(), String::new(), String::new());
        Event::Ioctl { number, name, status, output, information: 0 }
    }

    #[test]
    fn requests_that_did_not_come_back_are_lost_with_their_host() {
        let mut play = Play::new();
        play.step(0, 1);
        play.open(0, 0, "client0");
        (2..=4).for_each(|number| play.step(0, number));
        play.see(0, &came_back(3));
        assert!(play.clients.wait_for(0) && !play.clients.wait_for(1));
        assert_eq!(play.clients.lose(1), [0; 0]);
        assert_eq!(play.clients.lose(0), [2, 4]);
        assert_eq!(play.clients.lose(0), [0; 0]);
        assert_eq!(play.left_open(0), ["client0"]);
    }

    #[test]
    fn a_request_on_a_handle_that_is_not_open_is_none() {
        let mut play = Play::new();
        play.step(0, 2);
        assert!(!play.clients.wait_for(0));
    }

    #[test]
    fn a_request_that_was_given_up_is_pending_no_more() {
        let mut play = Play::new();
        play.open(0, 0, "client0");
        play.step(0, 2);
        play.see(0, &Event::Missed { number: 2, message: String::new() });
        assert_eq!(play.clients.lose(0), [0; 0]);
    }

    #[test]
    fn handles_stay_open_without_their_host_until_they_are_closed() {
        let mut play = Play::new();
        play.open(0, 0, "client0");
        play.open(0, 1, "other");
        play.open(1, 2, "third");
        play.clients.lose(0);
        assert_eq!(
            (play.left_open(0), play.left_open(1), play.left_open(2)),
            (vec!["client0"], vec!["other"], vec![])
        );
        play.step(1, 5);
        assert_eq!(play.left_open(0), [""; 0]);
        play.clients.close("other");
        assert_eq!(play.left_open(1), [""; 0]);
    }
}
