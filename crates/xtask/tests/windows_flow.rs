//! What the Windows flows rest on and can be looked at anywhere: the features that cargo-wdk asks for, and that the
//! workflow pins what it runs.

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
