//! The zoo where seeds can be played.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::{env, fs};

use libtest_mimic::{Arguments, Trial};

use self::bugs::{Bug, Zoo};
use self::hunt::{Find, hunt};

mod bugs;
#[path = "../copy/mod.rs"]
mod copy;
mod hunt;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PAGE: &str = "docs/bug-zoo.md";

type Outcome<T> = Result<T, Box<dyn Error>>;

/// One copy is there at a time: all bugs share its folder, so that little is built for each.
static COPY: Mutex<()> = Mutex::new(());

pub fn main() -> ExitCode {
    umdf_host::run_worker_if_asked();
    let zoo = Zoo::load().unwrap_or_else(|error| panic!("{error}"));
    let mut arguments = env::args().skip_while(|argument| argument != "--all");
    if arguments.next().is_some() {
        return all(&zoo, &arguments.collect::<Vec<_>>());
    }
    let mut tests = vec![Trial::test("the page has every bug", page_is_whole)];
    tests.push(Trial::test("a driver without a bug is not accused", || Ok(accuse_nobody(20)?)));
    for bug in zoo.bug.into_iter().filter(|bug| bug.sample) {
        let name = format!("{} is found", bug.name);
        tests.push(Trial::test(name, move || {
            find(&bug)?;
            Ok(())
        }));
    }
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}

/// Looks for every bug, or for those of these names, and tells of each; writes the page if all is well.
fn all(zoo: &Zoo, names: &[String]) -> ExitCode {
    let mut page = String::from(HEAD);
    let mut missed = 0;
    for bug in zoo.bug.iter().filter(|bug| names.is_empty() || names.contains(&bug.name)) {
        match find(bug) {
            Ok(found) => {
                println!("{:<40} {found}", bug.name);
                page.extend(["| ", &*bug.wrong, " | ", &*bug.scenario, " | ", &*found.row(), " |\n"]);
            }
            Err(error) => {
                missed += 1;
                println!("{:<40} MISSED: {error}", bug.name);
            }
        }
    }
    if names.is_empty()
        && let Err(error) = accuse_nobody(500)
    {
        missed += 1;
        println!("{error}");
    }
    if missed == 0 && names.is_empty() && fs::write(Path::new(ROOT).join(PAGE), page).is_ok() {
        println!("{} bugs, all found: {PAGE} is written", zoo.bug.len());
        return ExitCode::SUCCESS;
    }
    println!("{missed} failures");
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

const HEAD: &str = "# The bug zoo

Bugs that drivers have, planted one at a time into a copy of this driver, and what became of them in the host: how many \
seeds were played until one failed, how long that took (the host in a debug build, on a shared virtual core; to build the \
copy takes a few seconds more), and what told. `tests/zoo/bugs.toml` has each change, `tests/zoo` and `tests/scenarios` \
the scenarios. The steps of a scenario are played as they stand there, but for `explore.toml`: from that one lives are \
drawn.

Written by

```
cargo test --test zoo -- --all
```

which fails if a bug is not found, or if the driver without a bug fails at one of 500 seeds in any of the scenarios. The \
gate looks for a few of them (`sample`). Bugs that a machine makes of the source, one in every place, are in \
[mutation.md](mutation.md).

| what is wrong | scenario | seeds | seconds | what told |
|---|---|---|---|---|
";

/// Plants a bug, and looks for it; it must be told in the way that is expected.
fn find(bug: &Bug) -> Outcome<Find> {
    let _alone = COPY.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let copy = copy::make("zoo", &|path, text| bug.plant(path, text))?;
    bug.check_planted(&copy)?;
    let (driver, _warnings) = copy::compile(&copy)?;
    let found = hunt(&driver, bug, bug.seeds)?.ok_or("no seed failed")?;
    if found.what.contains(&bug.told) { Ok(found) } else { Err(format!("told as {:?}", found.what).into()) }
}

/// The driver as it is passes so many seeds of each scenario of the zoo.
fn accuse_nobody(seeds: u64) -> Outcome<()> {
    let zoo = Zoo::load()?;
    let driver: PathBuf = {
        let _alone = COPY.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        copy::build(&copy::make("zoo-without-bugs", &|_, text| text)?)?
    };
    for bug in zoo.lives() {
        if let Some(found) = hunt(&driver, bug, seeds)? {
            return Err(format!("{}: the driver without a bug fails: {found}", bug.scenario).into());
        }
    }
    Ok(())
}

/// Who adds a bug writes the page anew.
fn page_is_whole() -> Result<(), libtest_mimic::Failed> {
    let page = fs::read_to_string(Path::new(ROOT).join(PAGE))?;
    let zoo = Zoo::load()?;
    let missing: Vec<_> =
        zoo.bug.iter().filter(|bug| !page.contains(&bug.wrong)).map(|bug| &bug.name).collect();
    if !missing.is_empty() || zoo.bug.len() < 40 {
        return Err(format!("{PAGE} lacks {missing:?} of {} bugs", zoo.bug.len()).into());
    }
    Ok(())
}
