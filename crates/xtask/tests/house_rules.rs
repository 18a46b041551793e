//! Rules of this repository that no compiler checks: how long a file may be, where `unsafe` may stand, and that
//! no lint is switched off unseen.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The most lines that a source file may have.
const MAX_LINES: usize = 600;

/// Files that may be longer: the macro that calls the framework wants its table in one file.
const LONG_FILES: &[&str] = &["crates/wdk-portable/src/types.rs"];

/// Folders of data that happens to be written in Rust.
const DATA_FOLDERS: &[&str] = &["crates/wdk-portable/tests/data"];

/// The files and folders in which `unsafe` may stand. Each of them uses it; one that no longer does leaves the list.
const UNSAFE_PLACES: &[&str] = &[
    // The driver: the framework's C interface, and the exported entry point.
    "src/wdf",
    "src/driver.rs",
    // The bindings.
    "crates/wdk-portable",
    // The host: what the driver calls and what calls the driver; memory that two processes share; the system.
    "crates/umdf-host/src/framework",
    "crates/umdf-host/src/history/file.rs",
    "crates/umdf-host/src/in_process.rs",
    "crates/umdf-host/src/keeper.rs",
    "crates/umdf-host/src/platform",
    "crates/umdf-host/src/schedule/fibers.rs",
    // The client: the Win32 API.
    "crates/eductl/src/win32.rs",
    // Its tests call the notification's callback, as the system does.
    "crates/eductl/src/win32/tests.rs",
    // Loads and unloads the driver's DLL, and stands for the system meanwhile.
    "crates/reload",
    // Calls the set-up API of Windows.
    "crates/setup/src/setupapi.rs",
    // Programs that link a driver vouch for its entry point.
    "benches",
    "tests/in_process",
    // Drivers that misbehave on purpose.
    "crates/umdf-host/examples",
];

/// The files that may have `#[allow(...)]`, each with how many. An `#[expect(...)]` in code that a macro makes is
/// not fulfilled wherever the macro makes code without the lint.
const ALLOWED: &[(&str, usize)] = &[
    // The entry point that the driver's crate exports: its DriverEntry may be safe or not.
    ("crates/wdk-portable/src/loader.rs", 1),
    // Values of registers: the widest one is not truncated.
    ("src/registers.rs", 1),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the package lies two folders deep")
}

/// Every Rust file of the repository with its text, by its path from the root.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            let name = path.file_name().expect("an entry has a name").to_string_lossy();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8 text");
                files.push((path.strip_prefix(root()).expect("it lies below the root").to_path_buf(), text));
            }
        }
    }
    assert!(files.iter().any(|(path, _)| path == Path::new("src/lib.rs")), "the driver was not found");
    files
}

fn stands_in(path: &Path, places: &[&str]) -> bool {
    places.iter().any(|place| path.starts_with(place))
}

/// Whether a keyword or name stands in `tokens`; comments and strings do not count.
fn has_word(tokens: TokenStream, wanted: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == wanted,
        TokenTree::Group(group) => has_word(group.stream(), wanted),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn tokens(path: &Path, text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| panic!("{}: not Rust: {error}", path.display()))
}

fn uses_unsafe(path: &Path, text: &str) -> bool {
    has_word(tokens(path, text), "unsafe")
}

/// Attributes `allow(...)`, also those behind `cfg_attr`.
fn count_allows(tokens: TokenStream) -> usize {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let inside = tokens.iter().map(|token| match token {
        TokenTree::Group(group) => count_allows(group.stream()),
        _ => 0,
    });
    let is = |token: Option<&TokenTree>, mark| matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == mark);
    let attributes = (0..tokens.len()).filter(|&start| {
        let inner = usize::from(is(tokens.get(start + 1), '!'));
        let Some(TokenTree::Group(group)) = tokens.get(start + 1 + inner) else { return false };
        is(tokens.get(start), '#') && group.delimiter() == Delimiter::Bracket && allows(group.stream())
    });
    attributes.count() + inside.sum::<usize>()
}

/// Whether the content of an attribute is `allow(...)`, or has one as an argument of its own.
fn allows(attribute: TokenStream) -> bool {
    let tokens: Vec<_> = attribute.into_iter().collect();
    tokens.windows(2).any(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Group(arguments)] => match word.to_string().as_str() {
            "allow" => true,
            "cfg_attr" => allows(arguments.stream()),
            _ => false,
        },
        _ => false,
    })
}

#[test]
fn files_are_short() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| !stands_in(path, LONG_FILES) && !stands_in(path, DATA_FOLDERS))
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > MAX_LINES)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "split these files, at most {MAX_LINES} lines each: {long:#?}");
}

#[test]
fn unsafe_stands_only_where_it_is_allowed() {
    let used: Vec<PathBuf> =
        sources().into_iter().filter(|(path, text)| uses_unsafe(path, text)).map(|(path, _)| path).collect();

    let elsewhere: Vec<&PathBuf> = used.iter().filter(|path| !stands_in(path, UNSAFE_PLACES)).collect();
    assert!(elsewhere.is_empty(), "move the `unsafe` in these files to where it belongs: {elsewhere:#?}");

    let unneeded: Vec<&&str> =
        UNSAFE_PLACES.iter().filter(|place| !used.iter().any(|path| path.starts_with(place))).collect();
    assert!(unneeded.is_empty(), "take these out of UNSAFE_PLACES, they need no `unsafe`: {unneeded:#?}");
}

/// What knows the device knows nothing of Windows: its registers are reached by an `Access`.
#[test]
fn the_device_module_names_neither_bindings_nor_framework() {
    let path = Path::new("src/edu.rs");
    let text = fs::read_to_string(root().join(path)).expect("the module is there");
    for word in ["wdk_sys", "wdf", "wdk"] {
        assert!(!has_word(tokens(path, &text), word), "{} names {word}", path.display());
    }
}

/// Files and folders that follow Windows: each file there says which page, header or other source. The second list
/// has those that follow nothing but this repository.
const FOLLOWING: &[(&str, &[&str])] = &[
    ("src", &["lib.rs", "edu.rs", "statistics.rs", "trace.rs"]),
    ("src/wdf", &["mod.rs", "fake.rs", "doctests.rs"]),
    ("crates/wdk-portable/src/loader.rs", &[]),
    ("crates/wdk-portable/src/wdf.rs", &[]),
    ("crates/wdk-portable/src/wdk.rs", &[]),
    ("crates/umdf-host/src/bus/mod.rs", &[]),
    ("crates/umdf-host/src/coverage.rs", &[]),
    ("crates/umdf-host/src/guid.rs", &[]),
    ("crates/umdf-host/src/inf/mod.rs", &[]),
    ("crates/umdf-host/src/ioctl.rs", &[]),
    ("crates/umdf-host/src/machines/mod.rs", &[]),
    ("crates/umdf-host/src/report.rs", &[]),
    ("crates/umdf-host/src/rules.rs", &[]),
    ("crates/umdf-host/src/scenario/mod.rs", &[]),
    ("crates/umdf-host/src/status.rs", &[]),
];

/// Whoever copies something finds what it follows.
#[test]
fn what_follows_windows_names_its_source() {
    let sources = sources();
    for (place, without) in FOLLOWING {
        let mut following = 0;
        for (path, text) in &sources {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let here = path == Path::new(place) || path.parent() == Some(Path::new(place));
            if here && !without.contains(&name) {
                following += 1;
                let head = text.lines().take_while(|line| line.starts_with("//!")).collect::<String>();
                assert!(head.contains("//! Sources: "), "{}: no source", path.display());
            }
        }
        assert!(following > 0, "{place}: nothing is there");
    }
}

#[test]
fn lints_are_expected_not_allowed() {
    let counted = sources().into_iter().filter(|(path, _)| !stands_in(path, DATA_FOLDERS));
    let counted = counted.map(|(path, text)| (count_allows(tokens(&path, &text)), path));
    let found: Vec<(PathBuf, usize)> =
        counted.filter(|(count, _)| *count > 0).map(|(count, path)| (path, count)).collect();
    let listed: Vec<_> = ALLOWED.iter().map(|(path, count)| (PathBuf::from(path), *count)).collect();

    let elsewhere: Vec<_> = found.iter().filter(|file| !listed.contains(file)).collect();
    assert!(elsewhere.is_empty(), "write `expect` in the place of `allow` in these files: {elsewhere:#?}");
    let unneeded: Vec<_> = listed.iter().filter(|file| !found.contains(file)).collect();
    assert!(unneeded.is_empty(), "take these out of ALLOWED, or set their number right: {unneeded:#?}");
}

#[test]
fn only_attributes_allow() {
    let attributes = "#![allow(a)] #![cfg_attr(unix, allow(b))] m! { #[allow(c)] fn f() {} }";
    let others = "/// #[allow(a)]\n#[expect(b, reason = \"no allow(b)\")]\nfn allow() { state.allow(now); x[allow(1)] }";
    assert_eq!(count_allows(tokens(Path::new("attributes"), attributes)), 3);
    assert_eq!(count_allows(tokens(Path::new("others"), others)), 0);
}

#[test]
fn the_keyword_counts_and_the_word_does_not() {
    let keyword = "fn f() { vec![g(|| unsafe { h() })]; }";
    let word = "#![expect(unsafe_code, reason = \"unsafe\")]\n/// unsafe\nfn f() { /* unsafe */ }";
    assert!(uses_unsafe(Path::new("keyword"), keyword));
    assert!(!uses_unsafe(Path::new("word"), word));
}
