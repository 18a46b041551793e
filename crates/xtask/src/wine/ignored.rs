//! Tests that are ignored under Wine. Each says why; and a build that sets `CI` has none that is not known here.

/// How their names begin.
const KNOWN: &[&str] = &[
    // `in_host`, `in_process`
    "explored::lives_are_clean",
    "explored::lives_are_the_same_alone",
    "explored::lives_are_the_same_replayed",
    "explored::first_lives_are_the_same_replayed",
    "a_device_costs_the_same_beside_many_others",
    // `cli`, `serve`
    "a_killed_supervisor_takes_a_stopped_worker_along",
    "a_run_that_cannot_be_told_is_no_wrong_usage",
    "nothing_is_left_of_a_worker_with_a_daemon",
    "ctrl_c_is_an_end_with_a_report",
    // `probe_mapped`
    "PSEUDO_ADDRESS_DEREF: PseudoInRbp, ",
    "no room",
    "what an access costs",
    // `qemu`
    "qemu::broken",
    "qemu::connected",
    "qemu::left",
    "qemu::skipped",
    // `rules`
    "a crash beside a daemon",
    "a daemon does not disturb",
    "a driver that stops its process",
    "a history that the driver damages",
    "a library that hangs while it is loaded",
    // `seeds`
    "a drawn life that fails is made small and kept",
    "a library that never loads is given up",
    "a life among others is what it is alone",
    "a life that dies ends no other",
    "a life that is explored is what it is in a worker",
    "a life that is late once is none that fails",
    "a worker stops for a debugger",
    "drawn lives repeat",
    "each life has a fresh image",
    "each thread has its own of what the driver keeps for it",
    "exploring finds the seeds that fail, and they fail again",
    "lives that never end are given up",
    "steps that need two processes are not explored",
    "the average is of the lives that end",
    "the first thread is the one that loaded the library",
    "the program prints what repeats a life",
];

/// An ignored test.
#[derive(Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Its name, with the reason if that is part of it.
    pub name: String,
    /// Why; empty if it does not say so.
    pub why: String,
}

/// Those of a program, from what it printed.
pub fn of(output: &str) -> Vec<Ignored> {
    output.lines().filter_map(line).collect()
}

/// `test NAME (ignored: WHY) ... ignored`, or `test NAME ... ignored, WHY`.
fn line(line: &str) -> Option<Ignored> {
    let (name, rest) = line.strip_prefix("test ")?.rsplit_once(" ... ignored")?;
    let name = name.trim_end();
    let in_name = || name.strip_suffix(')')?.rsplit_once("ignored: ").map(|(_, why)| why);
    let why = rest.strip_prefix(", ").or_else(in_name).unwrap_or_default();
    Some(Ignored { name: name.to_owned(), why: why.to_owned() })
}

/// What is wrong with them: no reason; and in CI, one that nobody knows.
pub fn unknown(ignored: &[Ignored], in_ci: bool) -> Vec<String> {
    let known = |name: &str| KNOWN.iter().any(|known| name.starts_with(known));
    let told = ignored.iter().filter_map(|Ignored { name, why }| {
        if why.is_empty() {
            return Some(format!("{name} is ignored, and does not say why"));
        }
        let unknown = in_ci && !known(name);
        unknown.then(|| format!("{name} is ignored, and is not on the list in wine/ignored.rs"))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignored(name: &str, why: &str) -> Ignored {
        Ignored { name: name.into(), why: why.into() }
    }

    #[test]
    fn both_ways_to_say_why_are_read() {
        let output = "
running 5 tests
test qemu::left (ignored: Linux's) ... ignored
test a (b): c (ignored: x, (y) z) ... ignored
test ctrl_c_is_an_end ... ignored, Windows has none
test mute ... ignored
test what is ignored ... ok
test result: ok. 1 passed; 0 failed; 4 ignored; 0 measured
";
        let expected = [
            ignored("qemu::left (ignored: Linux's)", "Linux's"),
            ignored("a (b): c (ignored: x, (y) z)", "x, (y) z"),
            ignored("ctrl_c_is_an_end", "Windows has none"),
            ignored("mute", ""),
        ];
        assert_eq!(of(output), expected);
    }

    #[test]
    fn in_ci_all_of_them_are_known_and_everywhere_they_say_why() {
        let known = ignored("no room (ignored: x)", "x");
        let mute = ignored("qemu::left", "");
        let new = ignored("a new one (ignored: y)", "y");
        let all = [known, mute, new];
        let wrong = |in_ci| unknown(&all, in_ci);
        assert_eq!(wrong(false), ["qemu::left is ignored, and does not say why"]);
        let list = "a new one (ignored: y) is ignored, and is not on the list in wine/ignored.rs";
        assert_eq!(wrong(true), ["qemu::left is ignored, and does not say why", list]);
    }
}
