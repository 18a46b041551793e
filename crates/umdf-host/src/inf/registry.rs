//! Registry values that an INF writes (Microsoft Learn, "INF AddReg Directive").

use serde::{Deserialize, Serialize};

use super::error::InfError;
use super::parse::{Entry, Inf, Section, same};
use super::target::number;

/// `FLG_ADDREG_NOCLOBBER`: nothing on a first installation.
const NO_CLOBBER: u32 = 0x2;
/// `FLG_ADDREG_KEYONLY`: make the key, without a value.
const KEY_ONLY: u32 = 0x10;

/// One value of a registry key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryValue {
    /// Path below the key, empty for the key itself. Compared without case.
    pub subkey: String,
    /// Name of the value. Compared without case.
    pub name: String,
    /// Type and content.
    pub data: RegistryData,
}

/// Type and content of a registry value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegistryData {
    /// `REG_SZ`.
    Sz(String),
    /// `REG_EXPAND_SZ`.
    ExpandSz(String),
    /// `REG_MULTI_SZ`.
    MultiSz(Vec<String>),
    /// `REG_BINARY`.
    Binary(Vec<u8>),
    /// `REG_DWORD`.
    Dword(u32),
}

impl RegistryValue {
    /// The value has that place.
    pub fn is(&self, subkey: &str, name: &str) -> bool {
        same(&self.subkey, subkey) && same(&self.name, name)
    }
}

/// A value and the entry that writes it.
pub(super) struct Written<'a> {
    pub value: RegistryValue,
    pub entry: &'a Entry,
}

/// All values that the `AddReg` directives of a section write below HKR. Of two for one place, the
/// last stays.
pub(super) fn add_reg<'a>(inf: &'a Inf, section: &Section) -> Result<Vec<Written<'a>>, InfError> {
    let mut written: Vec<Written<'a>> = Vec::new();
    for directive in section.all("AddReg") {
        for name in &directive.values {
            let list = inf
                .section(name)
                .ok_or_else(|| InfError::MissingSection { line: directive.line, section: name.clone() })?;
            for entry in &list.entries {
                let Some(value) = read_entry(entry)? else { continue };
                written.retain(|old| !old.value.is(&value.subkey, &value.name));
                written.push(Written { value, entry });
            }
        }
    }
    Ok(written)
}

/// `HKR, subkey, name, flags, data...`. None if it only makes a key.
fn read_entry(entry: &Entry) -> Result<Option<RegistryValue>, InfError> {
    let value = |index: usize| entry.value(index).unwrap_or_default();
    if entry.key.is_some() || !same(value(0), "HKR") {
        return Err(InfError::bad(
            entry,
            "a driver package writes below HKR only: write HKR, subkey, name, flags, data",
        ));
    }
    let flags = match value(3) {
        "" => 0,
        text => number(text).ok_or_else(|| InfError::bad(entry, "the flags are no number"))?,
    };
    if flags & KEY_ONLY != 0 {
        return Ok(None);
    }
    let data = read_data(entry, flags & !NO_CLOBBER, entry.values.get(4..).unwrap_or_default())?;
    Ok(Some(RegistryValue { subkey: value(1).to_owned(), name: value(2).to_owned(), data }))
}

fn read_data(entry: &Entry, kind: u32, data: &[String]) -> Result<RegistryData, InfError> {
    let text = || match data {
        [] => Ok(String::new()),
        [text] => Ok(text.clone()),
        _ => Err(InfError::bad(entry, "a string is one value: put it in quotes")),
    };
    match kind {
        0x0_0000 => Ok(RegistryData::Sz(text()?)),
        0x2_0000 => Ok(RegistryData::ExpandSz(text()?)),
        0x1_0000 => Ok(RegistryData::MultiSz(data.to_vec())),
        0x0_0001 => data
            .iter()
            .map(|byte| u8::from_str_radix(byte, 16).ok())
            .collect::<Option<_>>()
            .map(RegistryData::Binary)
            .ok_or_else(|| InfError::bad(entry, "write binary data as hexadecimal bytes, such as 01,ff")),
        0x1_0001 => match data {
            [text] => number(text).map(RegistryData::Dword),
            _ => None,
        }
        .ok_or_else(|| InfError::bad(entry, "write one number, such as 1 or 0x100")),
        _ => Err(InfError::bad(
            entry,
            "use flags 0x0 (REG_SZ), 0x1 (REG_BINARY), 0x10000 (REG_MULTI_SZ), 0x10001 (REG_DWORD), 0x20000 (REG_EXPAND_SZ) or 0x10 (key only)",
        )),
    }
}
