//! Each command, as text and as JSON.

use libtest_mimic::Trial;

use super::stand::{Host, Running, until};
use super::test;

pub fn trials() -> Vec<Trial> {
    vec![
        test("commands::list_and_info", list_and_info),
        test("commands::live", live),
        test("commands::factorials", factorials),
        test("commands::stats", stats),
        test("commands::watch", watch),
        test("commands::self_test", self_test),
        test("commands::self_test_where_interrupts_may_be_raised", self_test_raises),
        test("commands::bench", bench),
        test("commands::a_sleeping_device_answers_when_it_wakes", asleep),
    ]
}

fn list_and_info() {
    let host = Host::new(1);
    let list = host.text(&["list"]);
    assert!(list.starts_with("0 \\\\?\\PCI#VEN_1234&DEV_11E8&"), "{list}");
    assert!(list.trim_end().ends_with("#{827811f2-d3b7-4938-b205-c52781094125}"), "{list}");
    let devices = host.json(&["list"])["devices"].clone();
    assert_eq!(devices.as_array().map(Vec::len), Some(1));
    let info = host.json(&["info"]);
    assert_eq!(info["schema"], "eductl.info.1");
    assert_eq!((&info["identification"], &info["mapped_length"]), (&0x0100_00ed.into(), &0x80.into()));
    assert_eq!((&info["computing"], &info["interrupt_messages"]), (&false.into(), &1.into()));
    // By its path, in letters of another case.
    let path = devices[0].as_str().expect("a path").to_lowercase();
    assert_eq!(host.json(&["--device", &path, "info"]), info);
    assert!(host.text(&["info"]).contains("0x010000ed: edu, revision 1.0"));
    host.pass();
}

fn live() {
    let host = Host::new(1);
    assert!(host.text(&["live"]).contains("0x12345678 with 0xedcba987"));
    let live = host.json(&["live", "0xffffffff"]);
    assert_eq!((&live["value"], &live["answer"]), (&u32::MAX.into(), &0.into()));
    host.pass();
}

fn factorials() {
    let host = Host::new(1);
    assert_eq!(host.text(&["factorial", "5", "12"]), "5! = 120\n12! = 479001600\n");
    assert!(host.text(&["factorial", "13"]).contains("13! = 1932053504 (modulo 2^32)"));
    // More than are asked for at a time.
    let numbers: Vec<String> = (0..70).map(|n| (n % 10).to_string()).collect();
    let arguments: Vec<&str> = ["factorial"].into_iter().chain(numbers.iter().map(String::as_str)).collect();
    let factorials = host.json(&arguments)["factorials"].clone();
    let factorials = factorials.as_array().expect("a list");
    assert_eq!(factorials.len(), 70);
    assert_eq!((&factorials[69]["n"], &factorials[69]["value"]), (&9.into(), &362_880.into()));
    host.pass();
}

fn stats() {
    let host = Host::new(1);
    host.text(&["factorial", "3", "4"]);
    let stats = host.json(&["stats"]);
    assert_eq!((&stats["factorials"], &stats["timeouts"]), (&2.into(), &0.into()));
    assert!(host.text(&["stats"]).contains("factorials           2\n"));
    host.pass();
}

fn watch() {
    let host = Host::new(1);
    let watch = Running::new(host.eductl(&["--json", "watch", "--count", "2"]));
    let mut seen = Vec::new();
    // The interrupt of the first one may come before the watch.
    while seen.len() < 2 {
        host.text(&["factorial", "3"]);
        seen.push(watch.line());
    }
    assert_eq!(seen[1], r#"{"schema":"eductl.watch.1","number":2,"bits":1}"#);
    assert_eq!(watch.end(), (Some(0), Vec::new()));
    host.pass();
}

fn self_test() {
    let host = Host::new(1);
    let text = host.text(&["self-test"]);
    assert!(text.ends_with("PASS: 26 checks\n"), "{text}");
    assert!(text.contains("ERROR_INSUFFICIENT_BUFFER (122)") && text.contains("not enabled"), "{text}");
    let document = host.json(&["self-test"]);
    assert_eq!((&document["passed"], document["checks"].as_array().map(Vec::len)), (&true.into(), Some(26)));
    host.pass();
}

fn self_test_raises() {
    let host = Host::with_inf(1, |inf| {
        inf.replace("EnableRaiseInterrupt,0x10001,0", "EnableRaiseInterrupt,0x10001,1")
    });
    let text = host.text(&["self-test"]);
    assert!(text.contains("raise interrupts") && !text.contains("not enabled"), "{text}");
    host.pass();
}

fn bench() {
    let host = Host::new(1);
    let text = host.text(&["bench", "--requests", "300"]);
    assert!(text.starts_with("300 requests, 1 at a time: ") && text.contains("99.9 %"), "{text}");
    let bench = host.json(&["bench", "--requests", "500", "--outstanding", "16"]);
    let latency = |name: &str| bench["latency_us"][name].as_f64().expect("a number");
    let order = ["least", "p50", "p90", "p99", "p999", "most"].map(latency);
    assert!(order.is_sorted() && order[0] > 0.0, "{bench}");
    assert!(bench["per_second"].as_f64().is_some_and(|rate| rate > 1.0), "{bench}");
    let report = host.pass();
    assert_eq!(report["ioctls"].as_array().map(Vec::len), Some(800));
}

fn asleep() {
    let mut host = Host::new(1);
    host.say("sleep");
    let mut factorial = Some(Running::new(host.eductl(&["factorial", "6"])));
    host.say("resume");
    let (code, lines) = factorial.take().expect("it was started").end();
    assert_eq!((code, lines), (Some(0), vec!["6! = 720".to_owned()]));
    until("the device is idle", || host.json(&["info"])["computing"] == false);
    host.pass();
}
