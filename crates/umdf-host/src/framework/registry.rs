//! `wdfregistry.h`, backed by the registry values of the INF.

use wdk_portable::{
    NTSTATUS, PCUNICODE_STRING, PULONG, STATUS_INVALID_PARAMETER, STATUS_OBJECT_NAME_NOT_FOUND,
    STATUS_OBJECT_TYPE_MISMATCH, STATUS_SUCCESS, WDFKEY,
};

use super::Stop;
use super::object;
use super::pointer::Pointer;
use crate::host::Host;
use crate::inf::{RegistryData, RegistryValue};

/// An open registry key: the values directly below it.
pub struct Key {
    values: Vec<RegistryValue>,
}

impl Key {
    /// A key with those of `values` that lie in the key itself.
    pub fn new(values: &[RegistryValue]) -> Self {
        Self { values: values.iter().filter(|value| value.subkey.is_empty()).cloned().collect() }
    }

    fn value(&self, name: &str) -> Option<&RegistryData> {
        let found = self.values.iter().find(|value| value.name.eq_ignore_ascii_case(name))?;
        Some(&found.data)
    }
}

/// The text of a `UNICODE_STRING`.
fn text(host: &Host, pointer: Pointer<wdk_portable::UNICODE_STRING>, name: &str) -> Result<String, Stop> {
    let string = pointer.read(host, name)?;
    let units = usize::from(string.Length / 2);
    if string.Length % 2 != 0
        || string.Length > string.MaximumLength
        || (units > 0 && string.Buffer.is_null())
    {
        return Err(Stop::Status(STATUS_INVALID_PARAMETER));
    }
    let mut buffer = Vec::with_capacity(units);
    for index in 0..units {
        let place = string.Buffer.wrapping_add(index);
        // SAFETY: the driver's string has `Length` bytes at `Buffer`, which is not NULL.
        buffer.push(unsafe { place.read_unaligned() });
    }
    Ok(String::from_utf16_lossy(&buffer))
}

ddi! {
    /// Reads a `REG_DWORD`.
    fn WdfRegistryQueryULong(host, Key: WDFKEY, ValueName: PCUNICODE_STRING, Value: PULONG) -> NTSTATUS {
        let state = host.state();
        let key = state.objects.resolve::<Key>(host, Key, "Key")?;
        Value.require(host, "Value")?;
        let name = text(host, ValueName, "ValueName")?;
        let Some(key) = state.objects.get::<Key>(key) else { return Err(Stop::NoEffect) };
        match key.value(&name) {
            Some(RegistryData::Dword(number)) => {
                Value.write(host, "Value", *number)?;
                Ok(STATUS_SUCCESS)
            }
            Some(_) => Err(Stop::Status(STATUS_OBJECT_TYPE_MISMATCH)),
            None => Err(Stop::Status(STATUS_OBJECT_NAME_NOT_FOUND)),
        }
    }

    /// Closes a key and deletes its object.
    fn WdfRegistryClose(host, Key: WDFKEY) {
        let key = host.state().objects.resolve::<Key>(host, Key, "Key")?;
        object::delete(host, key);
        Ok(())
    }
}
