use std::cell::RefCell;
use std::rc::Rc;

use super::*;

/// What a client has heard.
#[derive(Clone, Default)]
struct Ear {
    heard: Rc<RefCell<Vec<FromHost>>>,
    deaf: Rc<RefCell<bool>>,
}

impl Hears for Ear {
    fn hear(&self, message: &FromHost) -> bool {
        if *self.deaf.borrow() {
            return false;
        }
        self.heard.borrow_mut().push(message.clone());
        true
    }
}

impl Ear {
    fn take(&self) -> Vec<FromHost> {
        self.heard.take()
    }

    fn refusal(&self) -> String {
        match self.take().pop() {
            Some(FromHost::Refused { reason }) => reason,
            other => panic!("{other:?}"),
        }
    }
}

const ME: u64 = 1;
const OTHER: u64 = 2;

struct Play {
    desk: Desk,
    live: Vec<usize>,
}

impl Play {
    fn new(live: &[usize]) -> Self {
        Self { desk: Desk::default(), live: live.to_vec() }
    }

    fn enter(&mut self, client: u64) -> Ear {
        let ear = Ear::default();
        self.desk.let_in(client, Box::new(ear.clone()));
        self.desk.hear(client, &serve_wire::greeting(), &self.live);
        ear
    }

    fn say(&mut self, client: u64, message: &ToHost) {
        let frame = serve_wire::message(message).unwrap();
        self.desk.hear(client, &frame[4..], &self.live);
    }

    /// The tasks, each with the host process and the operation.
    fn tasks(&mut self) -> Vec<(usize, u64, Operation)> {
        self.desk.take_tasks().into_iter().map(|task| (task.host, task.operation, task.what)).collect()
    }

    /// Opens a device in a host process; the answer is the handle.
    fn open(&mut self, client: u64, ear: &Ear, host: usize, device: usize) -> u64 {
        self.say(client, &open(77));
        for (of, operation, _) in self.tasks() {
            let (status, device) =
                if of == host { (0, Some(device)) } else { (STATUS_OBJECT_NAME_NOT_FOUND, None) };
            self.desk.answer(of, operation, &Answer::Opened { status, device });
        }
        match ear.take()[..] {
            [FromHost::Opened { id: 77, status: 0, handle }] => handle,
            ref other => panic!("{other:?}"),
        }
    }
}

fn open(id: u32) -> ToHost {
    ToHost::Open { id, path: "path".into(), access: serve_wire::Access::ReadWrite }
}

fn control(id: u32, handle: u64) -> ToHost {
    ToHost::Control { id, handle, code: 4, input: vec![1], output_length: 8 }
}

fn back(status: NTSTATUS) -> Answer {
    Answer::Completed { name: "x".into(), status, output: vec![9], information: 1 }
}

#[test]
fn a_list_joins_what_every_host_process_has_in_their_order() {
    let mut play = Play::new(&[0, 2]);
    let ear = play.enter(ME);
    play.say(ME, &ToHost::List { id: 5 });
    let tasks = play.tasks();
    assert_eq!(tasks.iter().map(|(host, ..)| *host).collect::<Vec<_>>(), [0, 2]);
    for host in [2, 0] {
        assert!(ear.take().is_empty());
        let link = (host.to_string(), crate::guid::Guid::default());
        play.desk.answer(host, tasks[0].1, &Answer::Interfaces(vec![link]));
    }
    let interface = |path: &str| Interface { path: path.into(), class: [0; 16] };
    let interfaces = vec![interface("0"), interface("2")];
    assert_eq!(ear.take(), [FromHost::Interfaces { id: 5, interfaces }]);
}

#[test]
fn a_list_without_host_processes_is_empty() {
    let mut play = Play::new(&[]);
    let ear = play.enter(ME);
    play.say(ME, &ToHost::List { id: 5 });
    assert_eq!(ear.take(), [FromHost::Interfaces { id: 5, interfaces: Vec::new() }]);
}

#[test]
fn a_request_goes_to_the_host_process_of_its_handle_and_back() {
    let mut play = Play::new(&[0, 1]);
    let ear = play.enter(ME);
    let handle = play.open(ME, &ear, 1, 3);
    play.say(ME, &control(8, handle));
    let tasks = play.tasks();
    assert!(matches!(tasks[..], [(1, _, Operation::Control { code: 4, .. })]), "{tasks:?}");
    let operation = tasks[0].1;
    play.say(ME, &ToHost::Cancel { id: 8 });
    let cancel = play.tasks();
    assert!(matches!(cancel[..], [(1, of, Operation::Cancel)] if of == operation), "{cancel:?}");
    // An answer of another host process is none, and a second one neither.
    play.desk.answer(0, operation, &back(0));
    assert!(ear.take().is_empty());
    play.desk.answer(1, operation, &back(-1));
    play.desk.answer(1, operation, &back(0));
    let completed = FromHost::Completed { id: 8, status: -1, information: 1, output: vec![9] };
    assert_eq!(ear.take(), [completed]);
    play.say(ME, &ToHost::Cancel { id: 8 });
    assert!(play.tasks().is_empty());
}

#[test]
fn handles_are_their_clients_own() {
    let mut play = Play::new(&[0]);
    let (ear, other) = (play.enter(ME), play.enter(OTHER));
    let handle = play.open(ME, &ear, 0, 0);
    play.say(OTHER, &control(1, handle));
    play.say(OTHER, &ToHost::Close { id: 2, handle });
    assert!(play.tasks().is_empty());
    let status = STATUS_INVALID_HANDLE;
    let refused = FromHost::Completed { id: 1, status, information: 0, output: Vec::new() };
    assert_eq!(other.take(), [refused, FromHost::Closed { id: 2 }]);
    // It is still open.
    play.say(ME, &control(1, handle));
    assert_eq!(play.tasks().len(), 1);
}

#[test]
fn who_leaves_closes_what_was_open_or_is_being_opened() {
    let mut play = Play::new(&[0]);
    let ear = play.enter(ME);
    let handle = play.open(ME, &ear, 0, 0);
    play.say(ME, &open(2));
    let opening = play.tasks();
    play.desk.leave(ME, None);
    let closing = play.tasks();
    assert!(matches!(closing[..], [(0, _, Operation::Close { handle: of })] if of == handle), "{closing:?}");
    assert!(!play.desk.is_empty());
    play.desk.answer(0, opening[0].1, &Answer::Opened { status: 0, device: Some(0) });
    let late = play.tasks();
    assert!(matches!(late[..], [(0, _, Operation::Close { .. })]), "{late:?}");
    for operation in [closing[0].1, late[0].1] {
        play.desk.answer(0, operation, &Answer::Closed);
    }
    assert!(play.desk.is_empty());
}

#[test]
fn limits_are_kept() {
    let mut play = Play::new(&[0]);
    let ear = play.enter(ME);
    for _ in 0..MAX_HANDLES {
        play.open(ME, &ear, 0, 0);
    }
    play.say(ME, &open(1));
    let status = STATUS_INSUFFICIENT_RESOURCES;
    assert_eq!(ear.take(), [FromHost::Opened { id: 1, status, handle: 0 }]);

    for client in 2..=MAX_CLIENTS as u64 {
        play.enter(client);
    }
    assert!(play.enter(99).refusal().contains("clients already"));
}

#[test]
fn what_a_client_must_not_do_sends_it_away() {
    let most = u32::try_from(MAX_OUTSTANDING).unwrap();
    let long =
        ToHost::Control { id: 1, handle: 1, code: 1, input: vec![0; MAX_BUFFER + 1], output_length: 0 };
    let wide =
        |length| ToHost::Control { id: 1, handle: 1, code: 1, input: Vec::new(), output_length: length };
    let path = ToHost::Open { id: 1, path: "x".repeat(MAX_PATH + 1), access: serve_wire::Access::Read };
    let many = (0..=most).map(|id| ToHost::List { id }).collect();
    for (messages, words) in [
        (vec![long], "a buffer of more than"),
        (vec![wide(u32::MAX)], "a buffer of more than"),
        (vec![path], "a path of 513 bytes"),
        (vec![ToHost::List { id: 1 }, ToHost::List { id: 1 }], "request 1 has no answer yet"),
        (many, "256 requests have no answer yet"),
    ] {
        let mut play = Play::new(&[0]);
        let ear = play.enter(ME);
        for message in &messages {
            play.say(ME, message);
        }
        let reason = ear.refusal();
        assert!(reason.contains(words), "{reason}");
        // It is heard no more.
        play.tasks();
        play.say(ME, &ToHost::List { id: 1000 });
        assert!(play.tasks().is_empty());
    }
}

#[test]
fn what_is_no_message_or_no_greeting_sends_away() {
    let mut play = Play::new(&[0]);
    let ear = play.enter(ME);
    play.desk.hear(ME, &[0xff; 9], &[0]);
    assert!(ear.refusal().contains("no known content"));
    let ear = Ear::default();
    play.desk.let_in(OTHER, Box::new(ear.clone()));
    play.desk.hear(OTHER, &serve_wire::greeting_of(9), &[0]);
    assert!(ear.refusal().contains("version 9"));
}

#[test]
fn who_takes_nothing_is_sent_away_and_its_handles_are_closed() {
    let mut play = Play::new(&[0]);
    let ear = play.enter(ME);
    let handle = play.open(ME, &ear, 0, 0);
    *ear.deaf.borrow_mut() = true;
    play.desk.removed(0);
    let tasks = play.tasks();
    assert!(matches!(tasks[..], [(0, _, Operation::Close { handle: of })] if of == handle), "{tasks:?}");
}

#[test]
fn a_lost_host_process_answers_everything() {
    let mut play = Play::new(&[0, 1]);
    let ear = play.enter(ME);
    let handle = play.open(ME, &ear, 0, 0);
    let other = play.open(ME, &ear, 1, 1);
    play.say(ME, &control(1, handle));
    play.say(ME, &ToHost::List { id: 2 });
    let operation = play.tasks().last().map(|(_, number, _)| *number).unwrap();
    play.desk.answer(1, operation, &Answer::Interfaces(Vec::new()));
    play.desk.lose(0);
    let status = STATUS_DRIVER_PROCESS_TERMINATED;
    let lost = |id| FromHost::Completed { id, status, information: 0, output: Vec::new() };
    let empty = FromHost::Interfaces { id: 2, interfaces: Vec::new() };
    assert_eq!(ear.take(), [lost(1), empty, FromHost::Removed { handle }]);
    // The handle leads nowhere, and can be closed.
    play.say(ME, &control(3, handle));
    play.say(ME, &ToHost::Close { id: 4, handle });
    assert_eq!(ear.take(), [lost(3), FromHost::Closed { id: 4 }]);
    assert!(play.tasks().is_empty());
    play.say(ME, &control(5, other));
    assert_eq!(play.tasks().len(), 1);
}

#[test]
fn opens_wait_while_a_device_may_go() {
    let mut play = Play::new(&[0]);
    let (ear, other) = (play.enter(ME), play.enter(OTHER));
    let handle = play.open(ME, &ear, 0, 0);
    play.desk.ask_for_removal(0);
    assert_eq!(ear.take(), [FromHost::QueryRemove { handle }]);
    play.say(OTHER, &open(1));
    assert!(play.tasks().is_empty() && play.desk.is_open(0));
    play.say(ME, &ToHost::Close { id: 1, handle });
    assert!(play.desk.is_open(0));
    let closing = play.tasks();
    play.desk.answer(0, closing[0].1, &Answer::Closed);
    assert!(!play.desk.is_open(0));
    play.desk.decide_removal(&[0]);
    assert!(matches!(play.tasks()[..], [(0, _, Operation::Open { .. })]));
    assert!(other.take().is_empty());
}

#[test]
fn who_keeps_a_device_hears_that_it_stays() {
    let mut play = Play::new(&[0]);
    let ear = play.enter(ME);
    let handle = play.open(ME, &ear, 0, 2);
    play.desk.ask_for_removal(1);
    play.desk.cancel_removal(1);
    assert!(ear.take().is_empty());
    play.desk.ask_for_removal(2);
    play.desk.cancel_removal(2);
    assert_eq!(ear.take(), [FromHost::QueryRemove { handle }, FromHost::RemoveCancelled { handle }]);
}
