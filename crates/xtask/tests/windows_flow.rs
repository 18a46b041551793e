//! What the Windows flows rest on and can be looked at anywhere: the features that cargo-wdk asks for, and that the
//! workflow pins what it runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cargo_metadata::MetadataCommand;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the package lies two folders deep")
}

/// `cargo wdk build --features wdk` in the root builds each member with that feature.
#[test]
fn every_member_has_the_feature_wdk_and_only_the_driver_fills_it() {
    let metadata = MetadataCommand::new().current_dir(root()).no_deps().exec().expect("cargo metadata");
    for package in metadata.workspace_packages() {
        let feature =
            package.features.get("wdk").unwrap_or_else(|| panic!("{} has no feature wdk", package.name));
        assert_eq!(feature.is_empty(), package.name.as_str() != "edu-umdf", "{}: {feature:?}", package.name);
    }
}

/// wdk-sys's build script finds wdk-build in what this prints, or fails.
#[test]
fn plain_metadata_lists_one_wdk_build() {
    let metadata = MetadataCommand::new().current_dir(root()).exec().expect("cargo metadata");
    let versions: Vec<_> = metadata
        .packages
        .iter()
        .filter(|package| package.name.as_str() == "wdk-build")
        .map(|package| package.version.to_string())
        .collect();
    assert_eq!(versions, ["0.6.0"]);
}

#[test]
fn the_workflow_pins_each_action_by_commit() {
    let workflow = fs::read_to_string(root().join(".github/workflows/ci.yml")).expect("the workflow");
    let mut actions = 0;
    for line in
        workflow.lines().filter(|line| line.trim_start().trim_start_matches("- ").starts_with("uses:"))
    {
        let (_, commit) = line.split_once('@').unwrap_or_else(|| panic!("no version: {line}"));
        let (commit, version) =
            commit.split_once(" # v").unwrap_or_else(|| panic!("no version beside the commit: {line}"));
        assert!(
            commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "not a commit: {line}"
        );
        assert!(!version.is_empty(), "{line}");
        actions += 1;
    }
    assert!(actions >= 4, "{actions} actions");
}

/// The text of a file of this repository.
fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The value behind the first `key`, up to `end`.
fn value<'a>(text: &'a str, key: &str, end: char) -> &'a str {
    let (_, rest) = text.split_once(key).unwrap_or_else(|| panic!("there is no {key}"));
    rest.split(end).next().unwrap_or(rest).trim()
}

/// An amended task would lose its environment, and one that runs everywhere would ask for a WDK.
fn strings(list: &toml::Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|item| item.as_str().expect("a string")).collect()
}

#[test]
fn the_makefile_replaces_whole_tasks_and_runs_once() {
    let makefile: toml::Table = text("Makefile.toml").parse().expect("Makefile.toml is TOML");
    assert_eq!(makefile["config"]["default_to_workspace"].as_bool(), Some(false));
    assert_eq!(makefile["extend"]["optional"].as_bool(), Some(true));
    let tasks = makefile["tasks"].as_table().expect("tasks");
    // Those that wdk-build's makefile has too.
    for name in ["default", "copy-inx-to-output"] {
        assert_eq!(tasks[name]["clear"].as_bool(), Some(true), "{name}");
    }
    let own = ["default", "driver-package", "clean-macro-cache", "copy-inx-to-output", "explain"];
    let names: BTreeSet<&str> = tasks.keys().map(String::as_str).collect();
    let unlike = "a new task: does wdk-build's makefile have it too? Then it needs `clear`";
    assert_eq!(names, BTreeSet::from(own), "{unlike}");
    assert_eq!(tasks["default"]["windows_alias"].as_str(), Some("driver-package"));
    let dependencies = strings(&tasks["driver-package"]["dependencies"]);
    assert_eq!(dependencies, ["clean-macro-cache", "package-driver-flow"], "the cache is emptied first");
    let cleans = strings(&tasks["clean-macro-cache"]["script"]);
    assert_eq!(cleans, ["cargo clean --package scratch", "cargo clean --release --package scratch"]);
    let flags = &makefile["env"]["CARGO_MAKE_CARGO_BUILD_TEST_FLAGS"];
    assert_eq!(flags["value"].as_str(), Some("--features wdk"));
    assert_eq!(strings(&flags["condition"]["platforms"]), ["windows"]);
    for system in ["linux_alias", "mac_alias"] {
        assert_eq!(tasks["default"][system].as_str(), Some("explain"));
    }
    let copy = tasks["copy-inx-to-output"]["script"].as_str().expect("a script");
    assert!(copy.contains("/inf/${CARGO_MAKE_CRATE_FS_NAME}.inx"), "{copy}");
    let locked = value(&text("Cargo.lock"), "name = \"wdk-build\"\nversion = \"", '"').to_owned();
    let load = makefile["config"]["windows_load_script"].as_str().expect("a load script");
    assert_eq!(value(load, "wdk-build = \"=", '"'), locked);
}

#[test]
fn the_workflow_installs_what_it_runs_and_pins_it() {
    let workflow = text(".github/workflows/ci.yml");
    let mut with_clippy = 0;
    for job in workflow.split("\n    name: ").filter(|job| job.contains("cargo clippy")) {
        with_clippy += 1;
        assert!(job.contains("--component clippy"), "clippy is in no minimal toolchain: {job}");
    }
    assert_eq!(with_clippy, 1);
    for pin in ["WDK: 10.0.", "LLVM: ", "CARGO_MAKE: ", "CARGO_WDK: ", "RUSTUP_TOOLCHAIN: "] {
        let version = value(&workflow, pin, '\n');
        assert!(version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'), "{pin}{version}");
    }
    let rust_script = value(&workflow, "RUST_SCRIPT: ", '\n').to_owned();
    assert!(text("README.md").contains(&format!("rust-script --version {rust_script}`")), "{rust_script}");
}

/// Each package is looked at before anybody gets it, and has what is looked for: a control-flow guard, lines.
#[test]
fn the_workflow_looks_at_each_package_that_it_makes() {
    let workflow = text(".github/workflows/ci.yml");
    let steps: Vec<&str> = workflow.split("\n      - name: ").collect();
    let folder = value(&workflow, "          path: ", '\n');
    let look = format!("run: cargo xtask check-package {folder}");
    let mut made = 0;
    for (index, step) in steps.iter().enumerate() {
        if step.contains("cargo make default") || step.contains("cargo wdk build") {
            made += 1;
            assert!(step.contains(" --release ") || step.contains(" --profile release "), "{step}");
            assert!(steps[index + 1].contains(&look), "nobody looks at what this makes: {step}");
        }
    }
    assert_eq!(made, 2);
    let makefile: toml::Table = text("Makefile.toml").parse().expect("Makefile.toml is TOML");
    let lines = makefile["env"]["CARGO_PROFILE_RELEASE_DEBUG"]["value"].as_str().expect("a level");
    assert_eq!(value(&workflow, "CARGO_PROFILE_RELEASE_DEBUG: ", '\n'), lines);
    let config: toml::Table = text(".cargo/config.toml").parse().expect("config.toml is TOML");
    let flags = &config["target"]["cfg(all(windows, target_env = \"msvc\"))"]["rustflags"];
    let flags: Vec<&str> =
        flags.as_array().expect("a list").iter().filter_map(|flag| flag.as_str()).collect();
    assert_eq!(flags, ["-C", "target-feature=+crt-static", "-C", "control-flow-guard"]);
}

/// The scripts and documents of the test machine name the device, the class and the provider as INF and driver do.
#[test]
fn the_test_machine_has_the_names_of_inf_and_driver() {
    let inf = text("inf/edu_umdf.inx");
    let common = text("scripts/common.ps1");
    let id = value(&inf, "Edu_W11,", '\r').to_owned();
    assert_eq!(value(&common, "$EduHardwareId = '", '\''), id);
    let provider = value(&common, "$EduProvider = '{", '}').to_lowercase();
    let machine = text("docs/test-machine.md");
    for document in [&machine, &text("README.md")] {
        assert!(document.to_lowercase().contains(&provider), "{provider}");
    }
    let class = value(&inf, "Class       = ", '\r').to_owned();
    assert!(machine.contains(&format!("/class {class}`")), "{class}");
    let catalog = value(&inf, "CatalogFile = ", '\r').to_owned();
    assert!(text("scripts/install.ps1").contains(&catalog), "{catalog}");
}
