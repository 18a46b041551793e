//! Several devices, several clients.

use std::thread;

use libtest_mimic::Trial;

use super::stand::{Host, Running, run};
use super::test;

pub fn trials() -> Vec<Trial> {
    vec![
        test("several::devices_are_told_apart", devices),
        test("several::pooled_devices_too", pooled),
        test("several::two_clients_at_once", clients),
        test("several::one_unplugged_leaves_the_other", unplugged),
    ]
}

fn count(host: &Host, device: &str) -> u64 {
    host.json(&["--device", device, "stats"])["factorials"].as_u64().expect("a number")
}

fn assert_apart(host: &Host) {
    let list = host.json(&["list"])["devices"].clone();
    let (first, second) = (list[0].as_str().expect("a path"), list[1].as_str().expect("a path"));
    assert!(first < second, "{list}");
    host.text(&["--device", "1", "factorial", "3", "4", "5"]);
    host.text(&["factorial", "6"]);
    assert_eq!((count(host, "0"), count(host, "1")), (1, 3));
    assert_eq!((count(host, first), count(host, second)), (1, 3));
    for (device, words) in [("2", "there are 2, numbered from 0"), ("nowhere", "there is no device nowhere")]
    {
        let (code, text) = run(host.eductl(&["--device", device, "info"]));
        assert_eq!(code, 3, "{text}");
        assert!(text.contains(words), "{text}");
    }
}

fn devices() {
    let host = Host::new(2);
    assert_apart(&host);
    host.pass();
}

fn pooled() {
    let host = Host::with_inf(2, |inf| inf.replace("ProcessSharingDisabled", "ProcessSharingEnabled"));
    assert_apart(&host);
    let report = host.pass();
    assert_eq!(report["hosts"].as_array().map(Vec::len), Some(1));
}

fn clients() {
    let host = Host::new(1);
    thread::scope(|scope| {
        scope.spawn(|| host.text(&["bench", "--requests", "400", "--outstanding", "8"]));
        scope.spawn(|| host.text(&["factorial", "9", "10", "11", "12"]));
        scope.spawn(|| host.text(&["self-test"]));
        scope.spawn(|| host.text(&["self-test"]));
    });
    host.pass();
}

fn unplugged() {
    let mut host = Host::new(2);
    let watch = Running::new(host.eductl(&["--device", "1", "watch"]));
    host.text(&["--device", "1", "factorial", "3"]);
    watch.line();
    host.say("surprise-remove 0");
    // What was device 1 is the only one now.
    host.text(&["factorial", "3"]);
    watch.line();
    host.say("surprise-remove 1");
    assert_eq!(watch.end().0, Some(4));
    host.pass();
}
