//! The device goes while a command runs, or the command itself ends.

use std::thread;
use std::time::Duration;

use libtest_mimic::Trial;

use super::between::Between;
use super::stand::{Host, Running, connected, run};
use super::test;

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        test("ends::unplugged_during_watch", unplugged_during_watch),
        test("ends::unplugged_during_bench", unplugged_during_bench),
        test("ends::unplugged_says_json_too", unplugged_says_json_too),
        test("ends::query_remove_during_watch", query_remove_during_watch),
        test("ends::the_host_ends", the_host_ends),
    ];
    if cfg!(unix) {
        trials.push(test("ends::a_client_is_killed", a_client_is_killed));
    }
    #[cfg(target_os = "linux")]
    trials.push(test("ends::the_drivers_process_is_killed", the_drivers_process_is_killed));
    #[cfg(unix)]
    trials.push(test("ends::ctrl_c_ends_watch", ctrl_c_ends_watch));
    trials
}

/// A watch that has told of an interrupt.
fn watch(host: &Host, arguments: &[&str]) -> Running {
    let watch = Running::new(host.eductl(arguments));
    host.text(&["factorial", "3"]);
    watch.line();
    watch
}

/// A watch whose wait the host has. Without one it would only hear that the device is gone.
fn waiting(host: &Host, arguments: &[&str]) -> Running {
    let between = Between::new(host.address);
    let watch = Running::new(connected(between.address, arguments));
    between.wait_has_arrived();
    watch
}

fn unplugged_during_watch() {
    let mut host = Host::new(1);
    let watch = watch(&host, &["watch"]);
    host.say("surprise-remove");
    assert_eq!(watch.end(), (Some(4), vec!["eductl: the device was unplugged".to_owned()]));
    let (code, text) = run(host.eductl(&["list"]));
    assert_eq!(code, 3, "{text}");
    host.pass();
}

/// How far a bench is, nobody sees from outside. One that had not even begun when the device went finds none.
fn unplugged_during_bench() {
    for delay in [200, 1000, 5000, 20_000] {
        let mut host = Host::new(1);
        let bench = Running::new(host.eductl(&["bench", "--requests", "10000000", "--outstanding", "8"]));
        thread::sleep(Duration::from_millis(delay));
        host.say("surprise-remove");
        let (code, lines) = bench.end();
        host.pass();
        if code != Some(3) {
            assert_eq!((code, lines), (Some(4), vec!["eductl: the device was unplugged".to_owned()]));
            return;
        }
    }
    panic!("the bench does not begin");
}

fn unplugged_says_json_too() {
    let mut host = Host::new(1);
    let watch = watch(&host, &["--json", "watch"]);
    host.say("surprise-remove");
    let (code, lines) = watch.end();
    let document =
        r#"{"schema":"eductl.error.1","error":"the device was unplugged","code":null,"exit_code":4}"#;
    assert_eq!((code, lines), (Some(4), vec![document.to_owned()]));
    host.pass();
}

fn query_remove_during_watch() {
    let mut host = Host::new(2);
    let first = watch(&host, &["watch"]);
    // Done only because the watch gives way.
    host.say("query-remove 0");
    let (code, lines) = first.end();
    assert_eq!(code, Some(5), "{lines:?}");
    assert!(lines[0].contains("Plug and Play wants to remove"), "{lines:?}");
    assert_eq!(host.json(&["list"])["devices"].as_array().map(Vec::len), Some(1));
    host.text(&["live"]);
    let report = host.pass();
    assert_eq!(report["devices"][0]["state"], "removed", "{report:#}");
}

fn the_host_ends() {
    let host = Host::new(1);
    let watch = watch(&host, &["watch"]);
    host.pass();
    let (code, lines) = watch.end();
    assert_eq!(code, Some(6), "{lines:?}");
    assert!(lines[0].contains("the host ends"), "{lines:?}");
}

fn a_client_is_killed() {
    let host = Host::new(1);
    let mut watch = waiting(&host, &["watch"]);
    watch.kill();
    assert_eq!(watch.end().0, None);
    host.text(&["self-test"]);
    let report = host.pass();
    // What it had pending came back, by cancellation.
    let ioctls = report["ioctls"].as_array().expect("a list");
    assert!(ioctls.iter().any(|ioctl| ioctl["status"] == "STATUS_CANCELLED"), "{report:#}");
}

#[cfg(unix)]
fn ctrl_c_ends_watch() {
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;

    let host = Host::new(1);
    let watch = watch(&host, &["watch"]);
    let id = Pid::from_raw(watch.id().try_into().expect("a process id"));
    kill(id, Signal::SIGINT).expect("it lives");
    assert_eq!(watch.end(), (Some(0), Vec::new()));
    host.pass();
}

/// What was asked for comes back, in words and as a code; who asks again finds the device restarted. So it is until it
/// has failed too often: five times it is restarted in a process of its own.
#[cfg(target_os = "linux")]
fn the_drivers_process_is_killed() {
    let mut host = Host::with(1, &["--restart"]);
    let words =
        "wait for an interrupt: ERROR_DRIVER_PROCESS_TERMINATED (1291), the driver's host process has ended";
    let text = waiting(&host, &["watch"]);
    host.kill_worker();
    assert_eq!(text.end(), (Some(1), vec![format!("eductl: {words}")]));
    crate::stand::until("a restart", || run(host.eductl(&["live"])).0 == 0);

    let json = waiting(&host, &["--json", "watch"]);
    host.kill_worker();
    let document = format!(
        r#"{{"schema":"eductl.error.1","error":"{words}","code":{{"number":1291,"name":"ERROR_DRIVER_PROCESS_TERMINATED"}},"exit_code":1}}"#
    );
    assert_eq!(json.end(), (Some(1), vec![document]));
    crate::stand::until("a restart", || run(host.eductl(&["self-test"])).0 == 0);

    // Now in the middle of each restart.
    for _ in 0..4 {
        host.kill_worker();
    }
    let (code, report) = host.report();
    let died = report["hosts"].as_array().map(Vec::len);
    assert_eq!((code, report["result"].as_str(), died), (Some(1), Some("fail"), Some(6)), "{report:#}");
    assert_eq!(report["devices"][0]["problem"]["name"], "CM_PROB_FAILED_POST_START", "{report:#}");
}
