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

/// This program once more.
#[cfg(target_os = "linux")]
mod again {
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::process::Command;
    use std::{env, fs};

    /// The QEMU that it finds is too old.
    pub fn with_an_old_qemu() {
        let folder = tempfile::tempdir().expect("a folder");
        let old = folder.path().join("old");
        fs::create_dir(&old).expect("the folder is writable");
        let fake = Path::new(env!("CARGO_MANIFEST_DIR")).join("../umdf-host/tests/qemu/fake.sh");
        let fake = fake.canonicalize().expect("it is there");
        symlink(fake, old.join(find_qemu::PROGRAM)).expect("the folder is writable");
        let path = env::var("PATH").expect("there is a PATH");
        for (ci, result) in [("", "0 failed; 2 ignored;"), ("true", "2 failed; 0 ignored;")] {
            let mut again = Command::new(env::current_exe().expect("this runs"));
            // The tiers that need QEMU.
            again.args(["--skip", "tier windows", "tier "]).env("CI", ci);
            again.env("PATH", format!("{}:{path}", old.display()));
            let output = again.output().expect("it starts again");
            let told = String::from_utf8_lossy(&output.stdout);
            for words in ["QEMU 6.2, older than 7.2", find_qemu::INSTALL, result] {
                assert!(told.contains(words), "`{words}` is not in: {told}");
            }
        }
    }
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
    #[cfg(target_os = "linux")]
    trials.push(Trial::test("a QEMU that will not do is a skipped tier, and in CI fails", || {
        again::with_an_old_qemu();
        Ok(())
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
