//! Holds the crate's sources and `data/umdf-2.15.rs` against each other by name, both ways: whatever the
//! crate offers is checked by `abi.rs` (through the data file), and whatever the data file names is offered.
//! `OWN` lists the exceptions.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Fields, Item, Visibility};

/// What the crate offers without a line in the data file: genuine names that are no numbers, then what
/// genuine wdk-sys lacks.
const OWN: &[&str] = &[
    "NT_SUCCESS",
    "NT_INFORMATION",
    "NT_WARNING",
    "NT_ERROR",
    "WdfFunctions",
    "WdfDriverGlobals",
    "mod wdf",
    "use __proc_macros",
    "mod loader",
    "mod wdk",
    "macro __wdk_print",
    "macro __wdk_println",
    "macro export_fx_driver_entry_um",
    "macro for_each_wdf_function",
];

/// Modules with a namespace of their own; their items are not at the crate root.
const NOT_AT_ROOT: [&str; 3] = ["loader.rs", "wdf.rs", "wdk.rs"];

/// Names in one of these spellings: `NAME` at the root, `MODULE::VALUE`, `TYPE.FIELD`, `TYPE: TRAIT`, `macro
/// NAME`, `mod NAME`, `use NAME`.
type Names = BTreeSet<String>;

#[test]
fn the_sources_and_the_data_file_name_the_same_things() {
    let mut declared = declared();
    declared.extend(OWN.iter().map(ToString::to_string));
    let offered = offered();
    let unchecked: Vec<_> = offered.difference(&declared).collect();
    assert!(unchecked.is_empty(), "in the crate, but neither in the data file nor in OWN: {unchecked:#?}");
    let missing: Vec<_> = declared.difference(&offered).collect();
    assert!(missing.is_empty(), "in the data file or in OWN, but not in the crate: {missing:#?}");
    assert!(offered.len() > 2500, "only {} names were compared", offered.len());
}

#[test]
fn the_table_by_name_is_the_enumeration() {
    macro_rules! entries {
        ($($index:literal $name:ident,)*) => { [$(($index, stringify!($name)),)*] };
    }
    let by_name = wdk_portable::for_each_wdf_function!(entries);
    let types = parse(&source_directory().join("types.rs"));
    let enumeration = types.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "_WDFFUNCENUM" => module.content.as_ref(),
        _ => None,
    });
    let (_, items) = enumeration.expect("types.rs has the enumeration inline");
    let by_index: Vec<_> = items.iter().filter_map(table_index).collect();
    assert_eq!(by_index.len(), 257);
    for ((index, name), (position, enumerated)) in by_name.into_iter().zip(by_index.into_iter().enumerate()) {
        assert_eq!((index, name.to_owned()), (position, enumerated));
    }
}

/// The function of an item `pub const <function>TableIndex`.
fn table_index(item: &Item) -> Option<String> {
    let Item::Const(constant) = item else { return None };
    constant.ident.to_string().strip_suffix("TableIndex").map(str::to_owned)
}

fn source_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn parse(file: &Path) -> syn::File {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Everything public that the sources put at the crate root.
fn offered() -> Names {
    let mut names = Names::new();
    let own_namespace = NOT_AT_ROOT.map(|file| source_directory().join(file));
    let mut directories = vec![source_directory()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).expect("the sources are readable") {
            let path = entry.expect("the sources are readable").path();
            if path.is_dir() {
                directories.push(path);
            } else {
                let at_root = !own_namespace.contains(&path);
                parse(&path).items.iter().for_each(|item| offer(item, at_root, &mut names));
            }
        }
    }
    names
}

fn offer(item: &Item, at_root: bool, names: &mut Names) {
    let is_public = |visibility: &Visibility| at_root && matches!(visibility, Visibility::Public(_));
    match item {
        Item::Macro(item) => offer_macro(item, names),
        Item::Type(item) if is_public(&item.vis) => {
            names.insert(item.ident.to_string());
        }
        Item::Const(item) if is_public(&item.vis) => {
            names.insert(item.ident.to_string());
        }
        Item::Static(item) if is_public(&item.vis) => {
            names.insert(item.ident.to_string());
        }
        Item::Fn(item) if is_public(&item.vis) => {
            names.insert(item.sig.ident.to_string());
        }
        Item::Struct(item) if is_public(&item.vis) => {
            let Fields::Named(fields) = &item.fields else { panic!("{} is no C structure", item.ident) };
            offer_structure(&item.ident, &item.attrs, fields, names);
        }
        Item::Union(item) if is_public(&item.vis) => {
            offer_structure(&item.ident, &item.attrs, &item.fields, names);
        }
        Item::Mod(item) if is_public(&item.vis) => match &item.content {
            Some((_, values)) => offer_enumeration(&item.ident, values, names),
            None => assert!(names.insert(format!("mod {}", item.ident))),
        },
        Item::Use(item) if is_public(&item.vis) => offer_use(&item.tree, names),
        Item::Enum(item) => panic!("enum {}: an enumeration is a module here", item.ident),
        Item::Trait(item) => panic!("trait {}: not in genuine wdk-sys", item.ident),
        _ => {}
    }
}

fn offer_structure(
    name: &syn::Ident,
    attributes: &[syn::Attribute],
    fields: &syn::FieldsNamed,
    names: &mut Names,
) {
    names.insert(name.to_string());
    for field in fields.named.iter().filter(|field| matches!(field.vis, Visibility::Public(_))) {
        names.insert(format!("{name}.{}", field.ident.as_ref().expect("a named field")));
    }
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let list = attribute.meta.require_list().expect("derive has a list");
        names.extend(identifiers(list.tokens.clone()).map(|derived| format!("{name}: {derived}")));
    }
}

fn offer_enumeration(name: &syn::Ident, values: &[Item], names: &mut Names) {
    names.insert(name.to_string());
    for value in values {
        match value {
            Item::Const(constant) => assert!(names.insert(format!("{name}::{}", constant.ident))),
            Item::Type(alias) => assert_eq!(alias.ident, "Type", "in {name}"),
            _ => panic!("{name} holds more than constants"),
        }
    }
}

/// `zeroed_default!` gives a type `Default`; an exported macro is at the root wherever it stands.
fn offer_macro(item: &syn::ItemMacro, names: &mut Names) {
    if item.mac.path.is_ident("zeroed_default") {
        names.extend(identifiers(item.mac.tokens.clone()).map(|name| format!("{name}: Default")));
    } else if item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export")) {
        names.insert(format!("macro {}", item.ident.as_ref().expect("macro_rules has a name")));
    }
}

/// Globs are what `offered` walks; a single name would escape it.
fn offer_use(tree: &syn::UseTree, names: &mut Names) {
    match tree {
        syn::UseTree::Path(path) => offer_use(&path.tree, names),
        syn::UseTree::Glob(_) => {}
        syn::UseTree::Rename(rename) => assert!(names.insert(format!("use {}", rename.rename))),
        syn::UseTree::Name(name) => assert!(names.insert(format!("use {}", name.ident))),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| offer_use(tree, names)),
    }
}

/// Everything that the data file names.
fn declared() -> Names {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/umdf-2.15.rs");
    let mut names = Names::new();
    for item in parse(&path).items {
        let Item::Macro(item) = item else { panic!("the data file holds macro calls only") };
        let kind = item.mac.path.require_ident().expect("a plain name").to_string();
        let tokens: Vec<_> = item.mac.tokens.into_iter().collect();
        let name = tokens[0].to_string();
        let alias = match &tokens[..] {
            [_, TokenTree::Ident(separator), TokenTree::Ident(alias), ..] if separator == "as" => {
                Some(alias.to_string())
            }
            _ => None,
        };
        names.extend(alias);
        match kind.as_str() {
            "alias" | "callback" | "constant" | "null_pointer" => {
                assert!(names.insert(name), "twice: {kind}");
            }
            "opaque" | "structure" => {
                names.extend(
                    group(&tokens, Delimiter::Bracket).map(|implemented| format!("{name}: {implemented}")),
                );
                names.extend(group(&tokens, Delimiter::Brace).map(|field| format!("{name}.{field}")));
                assert!(names.insert(name), "twice: {kind}");
            }
            "enumeration" => {
                names.extend(group(&tokens, Delimiter::Brace).map(|value| format!("{name}::{value}")));
                assert!(names.insert(name), "twice: {kind}");
            }
            "function_count" => {
                names.insert(format!("{name}::{}", tokens[2]));
                names.insert(name);
            }
            // index = value, signature(...)
            "function" => {
                names.insert(format!("_WDFFUNCENUM::{name}"));
                names.insert(tokens[4].to_string());
            }
            "index_only" => {
                names.insert(format!("_WDFFUNCENUM::{name}"));
            }
            other => panic!("the data file has a line of kind {other}"),
        }
    }
    names
}

/// The names that open the comma-separated parts of the line's group in these brackets; none if there is no
/// such group.
fn group(tokens: &[TokenTree], delimiter: Delimiter) -> impl Iterator<Item = String> {
    let stream = tokens.iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    });
    identifiers(stream.unwrap_or_default())
}

/// The first token of each comma-separated part. A data line's parts hold no comma outside brackets.
fn identifiers(stream: TokenStream) -> impl Iterator<Item = String> {
    let tokens: Vec<_> = stream.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let parts: Vec<_> =
        tokens.split(is_comma).filter_map(|part| part.first().map(ToString::to_string)).collect();
    parts.into_iter()
}
