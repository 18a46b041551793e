//! Which tiers of tests this machine can run: what needs Debian packages is skipped without them, and this says so.
//! In a build that sets `CI` nothing may be skipped.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

#[expect(dead_code, unused_imports, reason = "the program uses more of it, and its tests")]
#[path = "../src/tools.rs"]
mod tools;

/// A tier: who runs it, and what it lacks here.
struct Tier {
    name: &'static str,
    run_by: &'static str,
    missing: Option<tools::Missing>,
}

/// What becomes of a tier.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Runs,
    Skipped,
    Fails,
}

impl Tier {
    fn fate(&self, in_ci: bool) -> Fate {
        match (&self.missing, in_ci) {
            (None, _) => Fate::Runs,
            (Some(_), false) => Fate::Skipped,
            (Some(_), true) => Fate::Fails,
        }
    }

    fn words(&self) -> String {
        let Self { name, run_by, missing } = self;
        match missing {
            None => format!("{name}: can run, by {run_by}"),
            Some(missing) => format!("{name}: SKIPPED, {run_by}: {missing}"),
        }
    }

    fn trial(&self, in_ci: bool) -> Trial {
        let fate = self.fate(in_ci);
        let (skipped, failed) = (fate == Fate::Skipped, Failed::from(self.words()));
        let run = move || if fate == Fate::Runs { Ok(()) } else { Err(failed) };
        Trial::test(self.words(), run).with_ignored_flag(skipped)
    }
}

/// All tiers that need packages.
fn tiers() -> [Tier; 3] {
    let tier = |name, run_by, missing| Tier { name, run_by, missing };
    [
        tier("tier qemu", "cargo test --workspace -- qemu", tools::qemu().err()),
        tier("tier windows", "cargo xtask windows", tools::toolchain().err()),
        tier("tier wine", "cargo xtask wine", tools::toolchain_wine_and_qemu().err()),
    ]
}

fn main() -> ExitCode {
    let in_ci = tools::in_ci();
    let mut trials: Vec<Trial> = tiers().iter().map(|tier| tier.trial(in_ci)).collect();
    trials.push(Trial::test("a skipped tier is ignored, and in CI fails", || {
        let tier = Tier { name: "t", run_by: "r", missing: Some(tools::Missing::of(&["a", "b"])) };
        assert_eq!((tier.fate(false), tier.fate(true)), (Fate::Skipped, Fate::Fails));
        let words = tier.words();
        assert!(words.contains("SKIPPED") && words.contains("apt-get install --no-install-recommends a b"));
        let whole = Tier { missing: None, ..tier };
        assert_eq!((whole.fate(false), whole.fate(true)), (Fate::Runs, Fate::Runs));
        Ok(())
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
