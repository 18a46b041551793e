//! Bytes to sections and entries.

use crate::inf::{Inf, InfError};

fn parse(text: &str) -> Inf {
    Inf::parse(text.as_bytes()).unwrap()
}

fn error(text: &str) -> InfError {
    Inf::parse(text.as_bytes()).unwrap_err()
}

/// Values of the first entry of [s].
fn values(text: &str) -> Vec<String> {
    parse(&format!("[s]\n{text}")).section("s").unwrap().entries[0].values.clone()
}

#[test]
fn entries_have_keys_values_and_lines() {
    let inf = parse("\r\n[One]\r\nkey = a, b ,c\r\n\r\n  plain,,x\r\nempty =\r\n");
    let section = inf.section("one").unwrap();
    assert_eq!((section.name.as_str(), section.line), ("One", 2));
    let [first, second, third] = &section.entries[..] else { panic!("{section:?}") };
    assert_eq!((first.line, first.key.as_deref()), (3, Some("key")));
    assert_eq!(first.values, ["a", "b", "c"]);
    assert_eq!((second.line, &second.key), (5, &None));
    assert_eq!(second.values, ["plain", "", "x"]);
    assert_eq!(third.values, [""; 0]);
}

#[test]
fn names_are_compared_without_case_and_sections_merge() {
    let inf = parse("[One]\na=1\n[Two]\nb=2\n[ONE]\nA=3\n");
    let section = inf.section("oNe").unwrap();
    assert_eq!(section.line, 1);
    let lines: Vec<usize> = section.all("a").map(|entry| entry.line).collect();
    assert_eq!(lines, [2, 6]);
    assert_eq!(section.one("a"), Err(InfError::Duplicate { line: 6, first: 2, key: "A".into() }));
}

#[test]
fn comments_end_lines_but_not_inside_quotes() {
    assert_eq!(values("a, b ; c, d"), ["a", "b"]);
    assert_eq!(values("\"a;b\", c;\"d\""), ["a;b", "c"]);
    assert_eq!(parse("; only\n[s] ; behind a section\n;x\n").section("s").unwrap().entries, []);
}

#[test]
fn quotes_keep_blanks_commas_and_equals_signs() {
    assert_eq!(values("\" a , b=c \", d"), [" a , b=c ", "d"]);
    assert_eq!(values("\"say \"\"no\"\"\""), ["say \"no\""]);
    assert_eq!(values("  in the  middle  "), ["in the  middle"]);
    assert_eq!(values("\"\""), [""; 0]);
    // Behind a comma an equals sign has no meaning.
    assert_eq!(values("a, b = c"), ["a", "b = c"]);
    assert_eq!(error("[s]\n\na = \"b\n"), InfError::OpenQuote { line: 3 });
}

#[test]
fn a_backslash_continues_a_line() {
    let inf = parse("[s]\na = 1, \\\n  2, \\ ; comment\n 3\nb = \"c:\\\"\n");
    let section = inf.section("s").unwrap();
    assert_eq!(section.entries[0].values, ["1", "2", "3"]);
    assert_eq!((section.entries[1].line, &section.entries[1].values[0][..]), (5, "c:\\"));
    // A last line has nothing to continue with.
    assert_eq!(values("a, b\\"), ["a", "b"]);
}

#[test]
fn strings_are_replaced() {
    let inf = parse("[%Name%]\n%NAME%.x = \"%name% %%\", %13%\\f\n[Strings]\nName = \"My, name\"\n");
    let entry = &inf.section("my, name").unwrap().entries[0];
    assert_eq!(entry.key.as_deref(), Some("My, name.x"));
    assert_eq!(entry.values, ["My, name %", "%13%\\f"]);
}

#[test]
fn strings_themselves_are_literal() {
    let inf = parse("[a]\n%x%\n[Strings]\nx = \"%y%\"\n[Strings.0407]\nx = \"%z%\"\n");
    assert_eq!(inf.section("a").unwrap().entries[0].values, ["%y%"]);
}

#[test]
fn broken_strings_name_their_line() {
    assert_eq!(error("[a]\n\nb = %c%\n"), InfError::UndefinedString { line: 3, token: "c".into() });
    assert_eq!(error("[a]\nb = 5%\n"), InfError::LonePercent { line: 2 });
    let twice = "[Strings]\na = 1\nA = 2\n";
    assert_eq!(error(twice), InfError::Duplicate { line: 3, first: 2, key: "A".into() });
    assert!(error("[Strings]\nno value\n").to_string().contains("token = \"text\""));
}

#[test]
fn entries_need_a_section() {
    assert_eq!(error("\na = 1\n[s]\n"), InfError::NoSection { line: 2 });
}

#[test]
fn section_lines_are_checked() {
    let long = format!("[{}]", "x".repeat(256));
    for text in ["[s", "[]", "[ ]", "[s] x", "[s]]", &long] {
        assert_eq!(error(text), InfError::SectionLine { line: 1 }, "{text}");
    }
    parse(&format!("[{}]", "x".repeat(255)));
}

#[test]
fn utf_16_and_utf_8_are_read() {
    let text = "[s]\r\na = \"\u{fc}\"\r\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let utf8_with_mark = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
    for bytes in [&utf16[..], &utf8_with_mark, text.as_bytes()] {
        let inf = Inf::parse(bytes).unwrap();
        assert_eq!(inf.section("s").unwrap().entries[0].values, ["\u{fc}"]);
    }
}

#[test]
fn other_encodings_are_refused() {
    let half_a_unit = [0xff, 0xfe, b'[', 0, b's'];
    let lone_surrogate = [0xff, 0xfe, 0x00, 0xd8];
    let latin1 = [b'[', 0xfc, b']'];
    let utf16_without_mark = [b'[', 0, b's', 0, b']', 0];
    let big_endian = [0xfe, 0xff, 0, b'['];
    for bytes in [&half_a_unit[..], &lone_surrogate, &latin1, &utf16_without_mark, &big_endian] {
        assert_eq!(Inf::parse(bytes), Err(InfError::Encoding), "{bytes:x?}");
    }
}
