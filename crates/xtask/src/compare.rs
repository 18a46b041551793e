//! Compares what a driver did in two runs of one scenario: on this system, and as a Windows binary.

use serde_json::Value;

/// The JSON document that this understands.
const SCHEMA: &str = "umdf-host.report.1";
/// Lists of a report that a life of a device fills. Empty, they would compare equal and prove nothing.
const FILLED: &[&str] =
    &["resources", "callbacks", "callback_results", "pnp", "mapped", "unmapped", "ioctls", "traces"];
/// Counts that are above zero, for the same reason.
const COUNTED: &[&str] = &["register_reads", "register_writes"];

/// One run.
pub struct Run<'a> {
    /// Which one, for messages: `natively`.
    pub name: &'a str,
    /// The report, as `umdf-host run --json` prints it.
    pub report: Value,
    /// Name of the driver's file, which the report names too.
    pub library: &'a str,
}

/// What is wrong with either run, or else all that differs between them; nothing, if the driver did the same in
/// both.
pub fn differences(first: Run, second: Run) -> Vec<String> {
    let mut wrong = Vec::new();
    let [first, second] = [first, second].map(|run| comparable(run, &mut wrong));
    if wrong.is_empty() {
        compare("", Some(&first), Some(&second), &mut wrong);
    }
    wrong
}

/// The report without what may differ. Adds what shows that it is no report of a whole and good life.
fn comparable(run: Run, wrong: &mut Vec<String>) -> Value {
    let Run { name, mut report, library } = run;
    let mut complaints = failures(&report);
    if complaints.is_empty() {
        complaints = gaps(&report);
    }
    // The file that was loaded; the sentence has the name from the INF too.
    let loaded = format!(", {library} in the place of ");
    let mut installed = report.get_mut("installed").map_or_else(Vec::new, texts);
    if installed.is_empty() || installed.iter().any(|text| !text.contains(&loaded)) {
        complaints.push(format!("{library} was not installed, but {installed:?}"));
    }
    for text in &mut installed {
        **text = text.replace(&loaded, ", the library in the place of ");
    }
    // A release build has no traces of requests and register accesses; what became of the requests is compared, and
    // how many accesses there were.
    if let Some(traces) = report.get_mut("traces").and_then(Value::as_array_mut) {
        let fine = |line: &str| ["TRACE ", "DEBUG "].iter().any(|level| line.starts_with(level));
        traces.retain(|line| !line.as_str().is_some_and(fine));
    }
    wrong.extend(complaints.iter().map(|complaint| format!("{name}: {complaint}")));
    report
}

/// The texts of a value: one, or a list.
fn texts(value: &mut Value) -> Vec<&mut String> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter_mut().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Why the run failed, or that this is no report.
fn failures(report: &Value) -> Vec<String> {
    let list = |key: &str| report[key].as_array().into_iter().flatten();
    let expected = [("schema", SCHEMA), ("result", "pass"), ("end", "finished")];
    let other = expected.iter().filter(|(key, value)| report[*key] != *value);
    let other = other.map(|(key, value)| format!("{key} is {} instead of {value:?}", report[*key]));
    let missed = list("missed").map(|missed| format!("missed: {missed}"));
    let broken =
        list("violations").map(|broken| format!("rule broken: {}, {}", broken["rule"], broken["message"]));
    other.chain(missed).chain(broken).collect()
}

/// What a report lacks that a life of a device has.
fn gaps(report: &Value) -> Vec<String> {
    let filled = |key: &str| report[key].as_array().is_some_and(|list| !list.is_empty());
    let counted = |key: &str| report[key].as_u64().is_some_and(|count| count > 0);
    let empty = FILLED.iter().filter(|key| !filled(key)).map(|key| format!("{key} is empty"));
    let zero = COUNTED.iter().filter(|key| !counted(key)).map(|key| format!("{key} is 0"));
    empty.chain(zero).collect()
}

/// Adds each place where the two values differ to `wrong`.
fn compare(place: &str, first: Option<&Value>, second: Option<&Value>, wrong: &mut Vec<String>) {
    match (first, second) {
        (Some(Value::Object(first)), Some(Value::Object(second))) => {
            let added = second.keys().filter(|key| !first.contains_key(*key));
            for key in first.keys().chain(added) {
                let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                compare(&place, first.get(key), second.get(key), wrong);
            }
        }
        (Some(Value::Array(first)), Some(Value::Array(second))) => {
            for index in 0..first.len().max(second.len()) {
                compare(&format!("{place}[{index}]"), first.get(index), second.get(index), wrong);
            }
        }
        (first, second) if first != second => {
            let text = |value: Option<&Value>| value.map_or("nothing".into(), Value::to_string);
            wrong.push(format!("{place}: {} and {}", text(first), text(second)));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The report of a life in which one callback of each kind was called.
    fn report(library: &str) -> Value {
        json!({
            "schema": SCHEMA,
            "result": "pass",
            "scenario": "A life",
            "installed": format!("A device: service edu_umdf, {library} in the place of edu_umdf.dll, X matched"),
            "end": "finished",
            "resources": ["memory 0x8c0000000"],
            "callbacks": ["DriverEntry", "EvtDriverUnload"],
            "callback_results": [{ "name": "DriverEntry", "object": "edu_umdf", "result": "STATUS_SUCCESS" }],
            "pnp": [{ "request": "start", "status": "STATUS_SUCCESS" }],
            "notes": [],
            "mapped": [{ "physical": 37_580_963_840_u64, "length": 128 }],
            "unmapped": [{ "physical": 37_580_963_840_u64, "length": 128 }],
            "ioctls": [{ "name": "x", "status": "STATUS_SUCCESS", "output": "0100", "information": 2 }],
            "register_reads": 12,
            "register_writes": 6,
            "missed": [],
            "violations": [],
            "traces": ["TRACE x: read", "DEBUG x: request completed", " INFO x: EvtDeviceD0Entry"],
        })
    }

    fn native(report: Value) -> Run<'static> {
        Run { name: "natively", report, library: "libedu_umdf.so" }
    }

    fn wine(report: Value) -> Run<'static> {
        Run { name: "under Wine", report, library: "edu_umdf.dll" }
    }

    /// What is told if the second report has `value` at this place.
    fn told(place: &str, value: &Value) -> Vec<String> {
        let mut second = report("edu_umdf.dll");
        *second.pointer_mut(place).unwrap() = value.clone();
        differences(native(report("libedu_umdf.so")), wine(second))
    }

    #[test]
    fn the_file_and_the_traces_of_register_accesses_may_differ() {
        let mut second = report("edu_umdf.dll");
        second["traces"] = json!([" INFO x: EvtDeviceD0Entry"]);
        assert_eq!(differences(native(report("libedu_umdf.so")), wine(second)), <[&str; 0]>::default());
    }

    #[test]
    fn each_device_has_the_file() {
        let [first, second] = ["libedu_umdf.so", "edu_umdf.dll"].map(|library| {
            let mut report = report(library);
            let installed = report["installed"].clone();
            report["installed"] = json!([installed, installed]);
            report
        });
        assert_eq!(differences(native(first.clone()), wine(second.clone())), <[&str; 0]>::default());
        let mut other = second;
        other["installed"][1] = "B device: service x, x.dll in the place of x.dll, X matched".into();
        let wrong = differences(native(first), wine(other));
        assert!(wrong.len() == 1 && wrong[0].starts_with("under Wine: edu_umdf.dll was not"), "{wrong:?}");
    }

    #[test]
    fn nothing_else_may_differ() {
        for (place, value, difference) in [
            ("/scenario", json!("B"), r#"scenario: "A life" and "B""#),
            ("/resources/0", json!("port"), r#"resources[0]: "memory 0x8c0000000" and "port""#),
            ("/callbacks/1", json!("X"), r#"callbacks[1]: "EvtDriverUnload" and "X""#),
            ("/callbacks", json!(["DriverEntry"]), r#"callbacks[1]: "EvtDriverUnload" and nothing"#),
            (
                "/callback_results/0/result",
                json!("X"),
                r#"callback_results[0].result: "STATUS_SUCCESS" and "X""#,
            ),
            ("/pnp/0", json!({ "request": "start" }), r#"pnp[0].status: "STATUS_SUCCESS" and nothing"#),
            ("/notes", json!(["new"]), r#"notes[0]: nothing and "new""#),
            ("/mapped/0/length", json!(64), "mapped[0].length: 128 and 64"),
            ("/ioctls/0/output", json!("0200"), r#"ioctls[0].output: "0100" and "0200""#),
            ("/register_reads", json!(13), "register_reads: 12 and 13"),
            ("/traces", json!([" INFO x"]), r#"traces[0]: " INFO x: EvtDeviceD0Entry" and " INFO x""#),
        ] {
            assert_eq!(told(place, &value), [difference]);
        }
        let mut second = report("edu_umdf.dll");
        second["later"] = json!(1);
        assert_eq!(differences(native(report("libedu_umdf.so")), wine(second)), ["later: nothing and 1"]);
    }

    #[test]
    fn two_runs_that_prove_nothing_are_not_the_same() {
        for (place, value) in [
            ("schema", json!("umdf-host.report.2")),
            ("result", json!("fail")),
            ("end", json!({ "died": { "how": "exception 0xc0000005 (access violation)" } })),
            ("installed", json!("A device: service edu_umdf, x.dll in the place of edu_umdf.dll")),
            ("register_reads", json!(0)),
            ("register_writes", json!(null)),
            ("missed", json!(["step 1: nothing came"])),
            ("violations", json!([{ "rule": "MAP_TWICE", "message": "mapped already" }])),
        ]
        .into_iter()
        .chain(FILLED.iter().map(|key| (*key, json!([]))))
        {
            let [mut first, mut second] = ["libedu_umdf.so", "edu_umdf.dll"].map(report);
            first[place] = value.clone();
            second[place] = value;
            let wrong = differences(native(first), wine(second));
            assert_eq!(wrong.len(), 2, "{place}: {wrong:?}");
            assert!(wrong[0].starts_with("natively: ") && wrong[1].starts_with("under Wine: "), "{wrong:?}");
        }
        assert!(!differences(native(json!({})), wine(json!({}))).is_empty());
        assert!(!differences(native(json!([])), wine(json!(null))).is_empty());
        let same = || report("libedu_umdf.so");
        assert_eq!(differences(native(same()), wine(same())).len(), 1, "the second one is no Windows binary");
    }
}
