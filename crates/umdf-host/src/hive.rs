//! The registry as a driver sees it: what the INF wrote, and what the driver writes, which lives in
//! the worker's memory only.

use std::collections::BTreeMap;

use wdk_portable::{NTSTATUS, STATUS_INVALID_PARAMETER, STATUS_OBJECT_PATH_INVALID};

use crate::inf::{Installation, RegistryData, RegistryValue};
use crate::status::STATUS_CHILD_MUST_BE_VOLATILE;

/// Longest name of a key, in UTF-16 units (Microsoft Learn, "Registry Element Size Limits").
const LONGEST_NAME: usize = 255;

/// Types of values (`winnt.h`).
pub mod kind {
    /// Text.
    pub const REG_SZ: u32 = 1;
    /// Text with references to environment variables.
    pub const REG_EXPAND_SZ: u32 = 2;
    /// Bytes.
    pub const REG_BINARY: u32 = 3;
    /// A 32-bit number.
    pub const REG_DWORD: u32 = 4;
    /// Texts.
    pub const REG_MULTI_SZ: u32 = 7;
}

/// Where a path begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    /// `HKEY_LOCAL_MACHINE`.
    Machine,
    /// The hardware key of the device in this slot.
    Hardware(u16),
    /// The driver (software) key of the device in this slot.
    Driver(u16),
}

/// The place of a key, whether it exists or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    root: Root,
    /// Names from the root, as they are compared.
    names: Vec<String>,
}

/// Type and bytes of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// One of [`kind`], or any other number that a driver chose.
    pub kind: u32,
    /// The bytes as they lie in the registry: text as UTF-16 with its NUL, numbers little-endian.
    pub bytes: Vec<u8>,
}

#[derive(Default)]
struct Key {
    volatile: bool,
    /// By name, as it is compared.
    values: BTreeMap<String, Data>,
}

/// Every key and value.
#[derive(Default)]
pub struct Hive {
    keys: BTreeMap<Place, Key>,
}

/// A name in the form in which names are compared: without case.
fn fold(name: &str) -> String {
    name.to_uppercase()
}

/// UTF-16 with a NUL.
fn text(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

/// The texts of a `REG_MULTI_SZ` value, each with a NUL, and the NUL that ends the list. An empty list
/// is two NULs.
pub fn multi_text(texts: &[Vec<u16>]) -> Vec<u8> {
    let mut units: Vec<u16> = texts.iter().flat_map(|text| text.iter().copied().chain([0])).collect();
    units.resize(units.len() + if texts.is_empty() { 2 } else { 1 }, 0);
    units.into_iter().flat_map(u16::to_le_bytes).collect()
}

impl From<&RegistryData> for Data {
    fn from(data: &RegistryData) -> Self {
        let (kind, bytes) = match data {
            RegistryData::Sz(value) => (kind::REG_SZ, text(value)),
            RegistryData::ExpandSz(value) => (kind::REG_EXPAND_SZ, text(value)),
            RegistryData::MultiSz(values) => {
                let texts: Vec<Vec<u16>> =
                    values.iter().map(|value| value.encode_utf16().collect()).collect();
                (kind::REG_MULTI_SZ, multi_text(&texts))
            }
            RegistryData::Binary(bytes) => (kind::REG_BINARY, bytes.clone()),
            RegistryData::Dword(number) => (kind::REG_DWORD, number.to_le_bytes().to_vec()),
        };
        Self { kind, bytes }
    }
}

impl Place {
    /// A root itself.
    pub fn root(root: Root) -> Self {
        Self { root, names: Vec::new() }
    }

    /// The `Parameters` key of a UMDF service (Microsoft Learn, "Registry Values for Debugging WDF
    /// Drivers (KMDF and UMDF)").
    pub fn parameters(service: &str) -> Self {
        let path = format!(
            r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\WUDF\Services\{}\Parameters",
            service.replace('\\', "")
        );
        Self { root: Root::Machine, names: path.split('\\').map(fold).collect() }
    }

    /// The key of that relative path below this one; the empty path is the key itself.
    pub fn below(&self, path: &str) -> Result<Self, NTSTATUS> {
        if path.starts_with('\\') {
            return Err(STATUS_OBJECT_PATH_INVALID);
        }
        let mut place = self.clone();
        for name in path.split('\\').filter(|name| !name.is_empty()) {
            if name.encode_utf16().count() > LONGEST_NAME {
                return Err(STATUS_INVALID_PARAMETER);
            }
            place.names.push(fold(name));
        }
        Ok(place)
    }

    /// The driver may make and change keys here: below the keys of its device.
    pub fn is_of_device(&self) -> bool {
        self.root != Root::Machine
    }

    /// From the root to this place.
    fn path(&self) -> impl Iterator<Item = Self> {
        (0..=self.names.len()).map(|length| Self { root: self.root, names: self.names[..length].to_vec() })
    }
}

impl Hive {
    /// What the installations of the devices in these slots set up.
    pub fn new(installations: &BTreeMap<u16, Installation>) -> Self {
        let mut hive = Self::default();
        for (slot, installation) in installations {
            hive.fill(&Place::root(Root::Hardware(*slot)), &installation.hardware_key);
            hive.fill(&Place::root(Root::Driver(*slot)), &installation.software_key);
            hive.fill(&Place::parameters(&installation.service), &installation.parameters);
        }
        hive
    }

    fn fill(&mut self, place: &Place, values: &[RegistryValue]) {
        self.make_path(place, false);
        for value in values {
            // A path that the INF reader let pass and the registry would not is a key without a way to it.
            let Ok(place) = place.below(&value.subkey) else { continue };
            self.make_path(&place, false);
            self.set(&place, &value.name, Data::from(&value.data));
        }
    }

    fn make_path(&mut self, place: &Place, volatile: bool) {
        for part in place.path() {
            self.keys.entry(part).or_insert_with(|| Key { volatile, ..Key::default() });
        }
    }

    /// Whether the key exists.
    pub fn exists(&self, place: &Place) -> bool {
        self.keys.contains_key(place)
    }

    /// Makes a key and those on the way to it. A volatile key has volatile keys only below it.
    pub fn create(&mut self, place: &Place, volatile: bool) -> Result<(), NTSTATUS> {
        let below_volatile = place.path().any(|part| self.keys.get(&part).is_some_and(|key| key.volatile));
        if below_volatile && !volatile {
            return Err(STATUS_CHILD_MUST_BE_VOLATILE);
        }
        self.make_path(place, volatile);
        Ok(())
    }

    /// A value.
    pub fn value(&self, place: &Place, name: &str) -> Option<&Data> {
        self.keys.get(place)?.values.get(&fold(name))
    }

    /// Writes a value.
    pub fn set(&mut self, place: &Place, name: &str, data: Data) {
        if let Some(key) = self.keys.get_mut(place) {
            key.values.insert(fold(name), data);
        }
    }

    /// Removes a value; the answer is whether there was one.
    pub fn remove(&mut self, place: &Place, name: &str) -> bool {
        self.keys.get_mut(place).is_some_and(|key| key.values.remove(&fold(name)).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hive() -> Hive {
        let mut hive = Hive::default();
        let value =
            |subkey: &str, name: &str, data| RegistryValue { subkey: subkey.into(), name: name.into(), data };
        hive.fill(
            &Place::root(Root::Hardware(4)),
            &[
                value("", "Number", RegistryData::Dword(0x0102)),
                value(r"A\B", "Text", RegistryData::Sz("x".into())),
                value("", "Texts", RegistryData::MultiSz(vec!["x".into(), "y".into()])),
                value("", "None", RegistryData::MultiSz(Vec::new())),
            ],
        );
        hive
    }

    #[test]
    fn values_lie_as_in_the_registry() {
        let hive = hive();
        let root = Place::root(Root::Hardware(4));
        let bytes = |name: &str| hive.value(&root, name).map(|data| (data.kind, data.bytes.clone()));
        assert_eq!(bytes("NUMBER"), Some((4, vec![2, 1, 0, 0])));
        assert_eq!(bytes("Texts"), Some((7, vec![b'x', 0, 0, 0, b'y', 0, 0, 0, 0, 0])));
        assert_eq!(bytes("None"), Some((7, vec![0; 4])));
        let below = root.below(r"a\b\").expect("a good path");
        assert_eq!(hive.value(&below, "text"), Some(&Data { kind: 1, bytes: vec![b'x', 0, 0, 0] }));
        assert!(hive.exists(&root.below("A").expect("a good path")));
        assert!(!hive.exists(&Place::root(Root::Driver(4))));
    }

    #[test]
    fn bad_paths_are_refused() {
        let root = Place::root(Root::Machine);
        assert_eq!(root.below(r"\A"), Err(STATUS_OBJECT_PATH_INVALID));
        assert_eq!(root.below(&"a".repeat(256)), Err(STATUS_INVALID_PARAMETER));
        assert!(root.below(&"a".repeat(255)).is_ok());
        assert_eq!(root.below("").as_ref(), Ok(&root));
    }

    #[test]
    fn only_volatile_keys_stand_below_volatile_ones() {
        let mut hive = hive();
        let volatile = Place::root(Root::Hardware(4)).below("V").expect("a good path");
        assert_eq!(hive.create(&volatile, true), Ok(()));
        let child = volatile.below("C").expect("a good path");
        assert_eq!(hive.create(&child, false), Err(STATUS_CHILD_MUST_BE_VOLATILE));
        assert!(!hive.exists(&child));
        assert_eq!(hive.create(&child, true), Ok(()));
        assert!(hive.exists(&child));
    }
}
