//! What can be wrong with an INF.

use thiserror::Error;

use super::parse::Entry;

/// Why an INF cannot be read or installed: what, on which line, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InfError {
    /// Neither UTF-16 LE with a byte order mark nor UTF-8.
    #[error("the file is no text: save it as UTF-16 LE with a byte order mark, or as UTF-8")]
    Encoding,
    /// An entry before the first section.
    #[error("line {line}: this entry is in no section: put a [section] line above it")]
    NoSection {
        /// Line of the entry.
        line: usize,
    },
    /// A malformed section line.
    #[error("line {line}: this is no section line: write [name], at most 255 characters, nothing behind it")]
    SectionLine {
        /// Its line.
        line: usize,
    },
    /// A quote without its partner.
    #[error("line {line}: a quoted string does not end on its line: add the closing \"")]
    OpenQuote {
        /// Its line.
        line: usize,
    },
    /// A percent sign without its partner.
    #[error("line {line}: a % stands alone: write %name%, or %% for a percent sign")]
    LonePercent {
        /// Its line.
        line: usize,
    },
    /// A `%token%` that nobody defines.
    #[error("line {line}: %{token}% is not defined: add it to [Strings]")]
    UndefinedString {
        /// Line of the use.
        line: usize,
        /// The token without its percent signs.
        token: String,
    },
    /// Two entries where one is expected.
    #[error("line {line}: `{key}` was given before on line {first}: remove one of them")]
    Duplicate {
        /// Line of the second one.
        line: usize,
        /// Line of the first one.
        first: usize,
        /// Its key.
        key: String,
    },
    /// A section that Windows looks for by its fixed name.
    #[error("there is no [{section}] section: {advice}")]
    NoSuchSection {
        /// Its name.
        section: String,
        /// What to do.
        advice: &'static str,
    },
    /// A section that an entry names.
    #[error(
        "line {line}: [{section}] is named here, but there is no such section: add it or correct the name"
    )]
    MissingSection {
        /// Line of the entry.
        line: usize,
        /// Its name.
        section: String,
    },
    /// An entry that must be there.
    #[error("[{section}], line {line}: the `{key}` entry is missing: {advice}")]
    MissingEntry {
        /// Line of the section.
        line: usize,
        /// Name of the section.
        section: String,
        /// Key of the missing entry.
        key: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// An entry with a value that is missing, unknown or not supported.
    #[error("line {line}: `{text}` cannot be used: {advice}")]
    BadEntry {
        /// Line of the entry.
        line: usize,
        /// The entry.
        text: String,
        /// What to do.
        advice: String,
    },
    /// A directive that its section does not know.
    #[error("line {line}: `{key}` is no directive of [{section}]: correct its name or remove it")]
    UnknownDirective {
        /// Line of the entry.
        line: usize,
        /// The key.
        key: String,
        /// Name of the section.
        section: String,
    },
    /// No models section fits the system.
    #[error(
        "no models section in [Manufacturer] fits {system} ({offered}): add a decoration such as NT{architecture}.10.0"
    )]
    SystemNotSupported {
        /// Architecture and build.
        system: String,
        /// Architecture as INF files spell it.
        architecture: &'static str,
        /// What the INF offers.
        offered: String,
    },
    /// No models entry fits the device.
    #[error("no entry of {sections} names one of the device's IDs: add one of {ids}")]
    DeviceNotSupported {
        /// The models sections that were searched.
        sections: String,
        /// The device's IDs, most specific first.
        ids: String,
    },
}

impl InfError {
    /// The line that it is about, from 1; 1 for the whole file.
    pub const fn line(&self) -> usize {
        match self {
            Self::NoSection { line }
            | Self::SectionLine { line }
            | Self::OpenQuote { line }
            | Self::LonePercent { line }
            | Self::UndefinedString { line, .. }
            | Self::Duplicate { line, .. }
            | Self::MissingSection { line, .. }
            | Self::MissingEntry { line, .. }
            | Self::BadEntry { line, .. }
            | Self::UnknownDirective { line, .. } => *line,
            Self::Encoding
            | Self::NoSuchSection { .. }
            | Self::SystemNotSupported { .. }
            | Self::DeviceNotSupported { .. } => 1,
        }
    }

    /// The message without the line.
    pub fn what(&self) -> String {
        let message = self.to_string();
        let line = format!("line {}: ", self.line());
        message.strip_prefix(&line).unwrap_or(&message).to_owned()
    }

    /// A [`BadEntry`](Self::BadEntry) that shows the whole entry.
    pub(super) fn bad(entry: &Entry, advice: impl Into<String>) -> Self {
        Self::BadEntry { line: entry.line, text: entry.to_string(), advice: advice.into() }
    }
}
