//! INF text to sections and entries.

use std::collections::BTreeMap;
use std::fmt;

use super::error::InfError;
use super::stamp::replace_variables;

/// Longest section name that Windows takes.
const MAX_SECTION_NAME: usize = 255;
/// The section that defines `%tokens%`. Those with a language suffix are not read.
const STRINGS: &str = "Strings";

/// A parsed INF: its sections, in file order, same-named ones merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inf {
    sections: Vec<Section>,
}

/// One section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Name as written first; names are compared without case.
    pub name: String,
    /// Line of its first header, from 1.
    pub line: usize,
    /// Its entries, in file order.
    pub entries: Vec<Entry>,
}

/// One entry: `key = value, value` or `value, value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Line it begins on, from 1.
    pub line: usize,
    /// What stands before the equals sign.
    pub key: Option<String>,
    /// The comma-separated values, without their quotes. May hold empty ones.
    pub values: Vec<String>,
}

impl Inf {
    /// Parses the bytes of a file: UTF-16 LE with a byte order mark, or UTF-8.
    ///
    /// # Errors
    /// [`InfError`] names the line that no INF can have.
    pub fn parse(bytes: &[u8]) -> Result<Self, InfError> {
        let text = decode(bytes)?;
        let mut inf = Self { sections: Vec::new() };
        let mut open = None;
        for (line, text) in logical_lines(&text) {
            if let Some(header) = text.strip_prefix('[') {
                open = Some(inf.open_section(section_name(header, line)?, line));
                continue;
            }
            let index = open.ok_or(InfError::NoSection { line })?;
            inf.sections[index].entries.push(parse_entry(&text, line)?);
        }
        let strings = inf.strings()?;
        inf.rewrite(|text, line| substitute(text, line, &strings))
    }

    /// All sections, in file order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The section of that name.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| same(&section.name, name))
    }

    /// Replaces the variables of an INX, as stampinf does: `$ARCH$` and `$UMDFVERSION$`.
    #[must_use]
    pub(super) fn stamped(self, architecture: &str, umdf_version: &str) -> Self {
        let stamped = self.rewrite(|text, _| {
            Ok::<_, std::convert::Infallible>(replace_variables(text, architecture, umdf_version))
        });
        match stamped {
            Ok(inf) => inf,
        }
    }

    /// Index of the section of that name, made if it is new.
    fn open_section(&mut self, name: String, line: usize) -> usize {
        self.sections.iter().position(|section| same(&section.name, &name)).unwrap_or_else(|| {
            self.sections.push(Section { name, line, entries: Vec::new() });
            self.sections.len() - 1
        })
    }

    /// The tokens of `[Strings]`, in lower case.
    fn strings(&self) -> Result<BTreeMap<String, String>, InfError> {
        let mut strings = BTreeMap::new();
        let mut lines = BTreeMap::new();
        for entry in self.section(STRINGS).map_or(&[][..], |section| &section.entries) {
            let (Some(key), [value]) = (&entry.key, &entry.values[..]) else {
                return Err(InfError::bad(entry, "write token = \"text\""));
            };
            if let Some(first) = lines.insert(key.to_lowercase(), entry.line) {
                return Err(InfError::Duplicate { line: entry.line, first, key: key.clone() });
            }
            strings.insert(key.to_lowercase(), value.clone());
        }
        Ok(strings)
    }

    /// Applies `change` to every name, key and value outside of `[Strings]`; sections that get the
    /// same name become one.
    fn rewrite<E>(self, change: impl Fn(&str, usize) -> Result<String, E>) -> Result<Self, E> {
        let mut new = Self { sections: Vec::new() };
        for section in self.sections {
            // [Strings] and its languages.
            let literal = section.name.split('.').next().is_some_and(|name| same(name, STRINGS));
            let name = change(&section.name, section.line)?;
            let index = new.open_section(name, section.line);
            for entry in section.entries {
                let entry = if literal { entry } else { entry.rewrite(&change)? };
                new.sections[index].entries.push(entry);
            }
        }
        Ok(new)
    }
}

impl Section {
    /// The entries with that key.
    pub fn all<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.is(key))
    }

    /// The one entry with that key, if there is one.
    ///
    /// # Errors
    /// [`InfError::Duplicate`] if there are several.
    pub fn one(&self, key: &str) -> Result<Option<&Entry>, InfError> {
        let mut found = self.all(key);
        let first = found.next();
        if let (Some(first), Some(second)) = (first, found.next()) {
            let key = second.key.clone().unwrap_or_default();
            return Err(InfError::Duplicate { line: second.line, first: first.line, key });
        }
        Ok(first)
    }

    /// The one entry with that key, which must be there.
    ///
    /// # Errors
    /// [`InfError`] if there is none, or several.
    pub fn require(&self, key: &'static str, advice: &'static str) -> Result<&Entry, InfError> {
        self.one(key)?.ok_or_else(|| InfError::MissingEntry {
            line: self.line,
            section: self.name.clone(),
            key,
            advice,
        })
    }
}

impl Entry {
    /// The entry has that key.
    pub fn is(&self, key: &str) -> bool {
        self.key.as_deref().is_some_and(|own| same(own, key))
    }

    /// A value that is there and not empty.
    pub fn value(&self, index: usize) -> Option<&str> {
        self.values.get(index).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The only value.
    ///
    /// # Errors
    /// [`InfError`] if there is none, an empty one, or several.
    pub fn single(&self) -> Result<&str, InfError> {
        match &self.values[..] {
            [value] if !value.is_empty() => Ok(value),
            _ => Err(InfError::bad(self, "give it exactly one value")),
        }
    }

    fn rewrite<E>(self, change: &impl Fn(&str, usize) -> Result<String, E>) -> Result<Self, E> {
        let line = self.line;
        let key = self.key.map(|key| change(&key, line)).transpose()?;
        let values = self.values.iter().map(|value| change(value, line)).collect::<Result<_, _>>()?;
        Ok(Self { line, key, values })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(key) = &self.key {
            write!(f, "{key} = ")?;
        }
        f.write_str(&self.values.join(", "))
    }
}

/// INF names are compared without case.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

pub(super) fn decode(bytes: &[u8]) -> Result<String, InfError> {
    if let Some(utf16) = bytes.strip_prefix(&[0xff, 0xfe]) {
        let (units, rest) = utf16.as_chunks::<2>();
        let text = char::decode_utf16(units.iter().map(|unit| u16::from_le_bytes(*unit)));
        let text: Result<String, _> = text.collect();
        return text.ok().filter(|_| rest.is_empty()).ok_or(InfError::Encoding);
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| InfError::Encoding)?;
    // UTF-16 without its mark is valid UTF-8, full of zeros.
    if text.contains('\0') {
        return Err(InfError::Encoding);
    }
    Ok(text.to_owned())
}

/// Lines without comments and surrounding blanks, continued ones joined; each with the number of its
/// first physical line. Blank ones are left out.
fn logical_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut continues = false;
    for (index, physical) in text.lines().enumerate() {
        let content = without_comment(physical).trim();
        let (content, more) = match content.strip_suffix('\\') {
            Some(start) => (start.trim_end(), true),
            None => (content, false),
        };
        match lines.last_mut() {
            Some((_, line)) if continues => line.push_str(content),
            _ => lines.push((index + 1, content.to_owned())),
        }
        continues = more;
    }
    lines.retain(|(_, line)| !line.is_empty());
    lines
}

/// What stands before the first semicolon outside quotes.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let comment = line.find(|c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    });
    &line[..comment.unwrap_or(line.len())]
}

fn section_name(header: &str, line: usize) -> Result<String, InfError> {
    let name = header.strip_suffix(']').map(str::trim);
    match name {
        Some(name) if !name.is_empty() && name.chars().count() <= MAX_SECTION_NAME && !name.contains(']') => {
            Ok(name.to_owned())
        }
        _ => Err(InfError::SectionLine { line }),
    }
}

fn parse_entry(text: &str, line: usize) -> Result<Entry, InfError> {
    let mut key = None;
    let mut values = Vec::new();
    let mut field = Field::default();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // A doubled quote inside quotes is a quote.
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push_quoted('"'),
            '"' => quoted = !quoted,
            _ if quoted => field.push_quoted(c),
            '=' if key.is_none() && values.is_empty() => key = Some(field.take()),
            ',' => values.push(field.take()),
            _ => field.push(c),
        }
    }
    if quoted {
        return Err(InfError::OpenQuote { line });
    }
    let last = field.take();
    if !(last.is_empty() && values.is_empty()) {
        values.push(last);
    }
    Ok(Entry { line, key, values })
}

/// A field under construction: blanks around it vanish, quoted ones stay.
#[derive(Default)]
struct Field {
    text: String,
    /// Length of the part that must stay.
    kept: usize,
}

impl Field {
    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            if !self.text.is_empty() {
                self.text.push(c);
            }
        } else {
            self.push_quoted(c);
        }
    }

    fn push_quoted(&mut self, c: char) {
        self.text.push(c);
        self.kept = self.text.len();
    }

    fn take(&mut self) -> String {
        let mut text = std::mem::take(self);
        text.text.truncate(text.kept);
        text.text
    }
}

/// Replaces `%token%` and `%%`. `%13%` and other directory numbers stay.
fn substitute(text: &str, line: usize, strings: &BTreeMap<String, String>) -> Result<String, InfError> {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        let (token, behind) = after.split_once('%').ok_or(InfError::LonePercent { line })?;
        result.push_str(before);
        if token.is_empty() {
            result.push('%');
        } else if token.bytes().all(|byte| byte.is_ascii_digit()) {
            result.extend(["%", token, "%"]);
        } else {
            let value = strings
                .get(&token.to_lowercase())
                .ok_or_else(|| InfError::UndefinedString { line, token: token.to_owned() })?;
            result.push_str(value);
        }
        rest = behind;
    }
    result.push_str(rest);
    Ok(result)
}
