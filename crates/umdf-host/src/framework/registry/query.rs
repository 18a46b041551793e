//! `wdfregistry.h`: reading values.

use wdk_portable::{
    NTSTATUS, PCUNICODE_STRING, POOL_TYPE, PULONG, PUNICODE_STRING, PUSHORT, PVOID, PWDF_OBJECT_ATTRIBUTES,
    STATUS_BUFFER_OVERFLOW, STATUS_INVALID_BUFFER_SIZE, STATUS_INVALID_PARAMETER,
    STATUS_MORE_PROCESSING_REQUIRED, STATUS_NO_SUCH_FILE, STATUS_OBJECT_NAME_NOT_FOUND,
    STATUS_OBJECT_TYPE_MISMATCH, STATUS_RESOURCE_DATA_NOT_FOUND, STATUS_SUCCESS, ULONG, UNICODE_STRING,
    WDFCOLLECTION, WDFKEY, WDFMEMORY, WDFSTRING,
};

use super::{place, resolve, right};
use crate::framework::attributes::{self, Allowed};
use crate::framework::collection::{self, Collection};
use crate::framework::memory::MemoryObject;
use crate::framework::string::StringObject;
use crate::framework::{Handle, Stop, object, unicode};
use crate::hive::{Data, kind};
use crate::host::State;

/// A value; `absent` is what the function answers if there is none.
fn find<'a>(state: &'a State, key: Handle, name: &str, absent: NTSTATUS) -> Result<&'a Data, Stop> {
    let place = place(state, key, right::KEY_QUERY_VALUE)?;
    state.hive.value(place, name).ok_or(Stop::Status(absent))
}

/// The length of a value as the driver gets it.
fn length(data: &Data) -> u32 {
    u32::try_from(data.bytes.len()).unwrap_or(u32::MAX)
}

fn is_text(data: &Data) -> bool {
    [kind::REG_SZ, kind::REG_EXPAND_SZ].contains(&data.kind)
}

fn units(bytes: &[u8]) -> Vec<u16> {
    bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect()
}

/// The texts of a `REG_MULTI_SZ` value up to the first empty one; refuses what has no two NULs at its
/// end.
fn texts(bytes: &[u8]) -> Result<Vec<Vec<u16>>, Stop> {
    let units = units(bytes);
    if !bytes.len().is_multiple_of(2) || !units.ends_with(&[0, 0]) {
        return Err(Stop::Status(STATUS_OBJECT_TYPE_MISMATCH));
    }
    let texts = units.split(|unit| *unit == 0).take_while(|text| !text.is_empty());
    Ok(texts.map(<[u16]>::to_vec).collect())
}

ddi! {
    /// Reads a value of any type. Without a buffer it tells the length.
    fn WdfRegistryQueryValue(
        host,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        ValueLength: ULONG,
        Value: PVOID,
        ValueLengthQueried: PULONG,
        ValueType: PULONG,
    ) -> NTSTATUS {
        let state = host.state();
        let key = resolve(host, &state, Key)?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let data = find(&state, key, &name, STATUS_OBJECT_NAME_NOT_FOUND)?;
        ValueLengthQueried.write_if_any(length(data));
        ValueType.write_if_any(data.kind);
        if Value.is_null() || length(data) > ValueLength {
            return Err(Stop::Status(STATUS_BUFFER_OVERFLOW));
        }
        // SAFETY: the driver's buffer is not NULL and has `ValueLength` bytes, as many as the value at least.
        unsafe { Value.raw().cast::<u8>().copy_from_nonoverlapping(data.bytes.as_ptr(), data.bytes.len()) };
        Ok(STATUS_SUCCESS)
    }

    /// Reads a value of any type into a new memory object.
    fn WdfRegistryQueryMemory(
        host,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        PoolType: POOL_TYPE,
        MemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        Memory: *mut WDFMEMORY,
        ValueType: PULONG,
    ) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        ValueName.require(host, "ValueName")?;
        Memory.write(host, "Memory", std::ptr::null_mut())?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, MemoryAttributes, allowed)?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let data = find(&state, key, &name, STATUS_OBJECT_NAME_NOT_FOUND)?;
        if data.bytes.is_empty() {
            return Err(Stop::Status(STATUS_RESOURCE_DATA_NOT_FOUND));
        }
        let (kind, body) = (data.kind, MemoryObject::with(&data.bytes)?);
        let memory = object::create_below_driver(host, &mut state, body, attributes)?;
        ValueType.write_if_any(kind);
        Memory.write(host, "Memory", memory.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Reads a `REG_MULTI_SZ` into new string objects, which go into a collection.
    fn WdfRegistryQueryMultiString(
        host,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        StringsAttributes: PWDF_OBJECT_ATTRIBUTES,
        Collection: WDFCOLLECTION,
    ) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        ValueName.require(host, "ValueName")?;
        Collection.require(host, "Collection")?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        attributes::validate(host, &state.objects, StringsAttributes, allowed)?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let collection = state.objects.resolve::<Collection>(host, Collection, "Collection")?;
        let data = find(&state, key, &name, STATUS_OBJECT_NAME_NOT_FOUND)?;
        if data.kind != kind::REG_MULTI_SZ {
            return Err(Stop::Status(STATUS_OBJECT_TYPE_MISMATCH));
        }
        if data.bytes.is_empty() {
            return Err(Stop::Status(STATUS_RESOURCE_DATA_NOT_FOUND));
        }
        for text in texts(&data.bytes)? {
            // Each string has contexts of its own.
            let attributes = attributes::check(host, &state.objects, StringsAttributes, allowed)?;
            let string = object::create_below_driver(host, &mut state, StringObject::new(&text)?, attributes)?;
            collection::add(host, &mut state, collection, string)?;
        }
        Ok(STATUS_SUCCESS)
    }

    /// Reads a text into the driver's buffer. Without one it tells the length.
    fn WdfRegistryQueryUnicodeString(
        host,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        ValueByteLength: PUSHORT,
        Value: PUNICODE_STRING,
    ) -> NTSTATUS {
        let state = host.state();
        let key = resolve(host, &state, Key)?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let value = if Value.is_null() { None } else { Some(unicode::check(host, Value, "Value")?) };
        if value.is_some_and(|value| value.MaximumLength == 0) {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let data = find(&state, key, &name, STATUS_OBJECT_NAME_NOT_FOUND)?;
        // The framework cuts the length to 16 bits.
        let bytes = (length(data) & 0xffff) as u16;
        let fits = value.filter(|value| length(data) <= u32::from(value.MaximumLength));
        if fits.is_some() && !is_text(data) {
            return Err(Stop::Status(STATUS_OBJECT_TYPE_MISMATCH));
        }
        ValueByteLength.write_if_any(bytes);
        let Some(value) = fits else { return Err(Stop::Status(STATUS_BUFFER_OVERFLOW)) };
        let target = value.Buffer.cast::<u8>();
        // SAFETY: the driver's buffer has `MaximumLength` bytes, as many as the value at least.
        unsafe { target.copy_from_nonoverlapping(data.bytes.as_ptr(), data.bytes.len()) };
        // The NUL at the end is not part of the length.
        let nul = if data.bytes.ends_with(&[0, 0]) { 2 } else { 0 };
        Value.write(host, "Value", UNICODE_STRING { Length: bytes - nul, ..value })?;
        Ok(STATUS_SUCCESS)
    }

    /// Reads a text into a string object.
    fn WdfRegistryQueryString(host, Key: WDFKEY, ValueName: PCUNICODE_STRING, String: WDFSTRING) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        ValueName.require(host, "ValueName")?;
        String.require(host, "String")?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let string = state.objects.resolve::<StringObject>(host, String, "String")?;
        let data = find(&state, key, &name, STATUS_OBJECT_NAME_NOT_FOUND)?;
        if data.bytes.is_empty() {
            return Err(Stop::Status(STATUS_RESOURCE_DATA_NOT_FOUND));
        }
        if !is_text(data) {
            return Err(Stop::Status(STATUS_OBJECT_TYPE_MISMATCH));
        }
        if data.bytes.len() > usize::from(u16::MAX) {
            return Err(Stop::Status(STATUS_INVALID_BUFFER_SIZE));
        }
        let mut units = units(&data.bytes);
        units.pop_if(|last| *last == 0);
        let string = state.objects.get_mut::<StringObject>(string).ok_or(Stop::NoEffect)?;
        string.assign(&units)?;
        Ok(STATUS_SUCCESS)
    }

    /// Reads a `REG_DWORD`.
    fn WdfRegistryQueryULong(host, Key: WDFKEY, ValueName: PCUNICODE_STRING, Value: PULONG) -> NTSTATUS {
        let state = host.state();
        let key = resolve(host, &state, Key)?;
        ValueName.require(host, "ValueName")?;
        Value.require(host, "Value")?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let data = find(&state, key, &name, STATUS_NO_SUCH_FILE)?;
        if data.kind != kind::REG_DWORD {
            return Err(Stop::Status(STATUS_OBJECT_TYPE_MISMATCH));
        }
        // A driver may have written a number of another size: more does not fit, of less the rest stays.
        let mut number = Value.read(host, "Value")?.to_le_bytes();
        let Some(place) = number.get_mut(..data.bytes.len()) else {
            return Err(Stop::Status(STATUS_MORE_PROCESSING_REQUIRED));
        };
        place.copy_from_slice(&data.bytes);
        Value.write(host, "Value", u32::from_le_bytes(number))?;
        Ok(STATUS_SUCCESS)
    }
}
