//! `wdfregistry.h`: writing values. What a driver writes lasts as long as the worker.

use wdk_portable::{
    NTSTATUS, PCUNICODE_STRING, PVOID, PWDFMEMORY_OFFSET, STATUS_ACCESS_VIOLATION, STATUS_INVALID_PARAMETER,
    STATUS_SUCCESS, ULONG, WDFCOLLECTION, WDFKEY, WDFMEMORY, WDFSTRING,
};

use super::{place, resolve, right};
use crate::framework::collection::Collection;
use crate::framework::string::StringObject;
use crate::framework::{Handle, Stop, memory, unicode};
use crate::hive::{Data, kind, multi_text};
use crate::host::State;

/// Writes a value.
fn set(state: &mut State, key: Handle, name: &str, kind: u32, bytes: Vec<u8>) -> Result<NTSTATUS, Stop> {
    let place = place(state, key, right::KEY_SET_VALUE)?.clone();
    state.hive.set(&place, name, Data { kind, bytes });
    Ok(STATUS_SUCCESS)
}

/// Characters and the NUL behind them.
fn text(units: &[u16]) -> Vec<u8> {
    units.iter().chain([&0]).flat_map(|unit| unit.to_le_bytes()).collect()
}

ddi! {
    /// Writes a value of any type.
    fn WdfRegistryAssignValue(
        host,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        ValueType: ULONG,
        ValueLength: ULONG,
        Value: PVOID,
    ) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        if Value.is_null() && ValueLength > 0 {
            return Err(Stop::Status(STATUS_ACCESS_VIOLATION));
        }
        let mut bytes = vec![0; ValueLength as usize];
        if ValueLength > 0 {
            // SAFETY: not NULL, so the driver's value of `ValueLength` bytes.
            unsafe { Value.raw().cast::<u8>().copy_to_nonoverlapping(bytes.as_mut_ptr(), bytes.len()) };
        }
        set(&mut state, key, &name, ValueType, bytes)
    }

    /// Writes the bytes of a memory object, or a part of them.
    fn WdfRegistryAssignMemory(
        host,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        ValueType: ULONG,
        Memory: WDFMEMORY,
        MemoryOffsets: PWDFMEMORY_OFFSET,
    ) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        ValueName.require(host, "ValueName")?;
        Memory.require(host, "Memory")?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let memory = memory::resolve(host, &state.objects, Memory, "Memory")?;
        let offsets =
            if MemoryOffsets.is_null() { None } else { Some(MemoryOffsets.read(host, "MemoryOffsets")?) };
        let bytes = memory.bytes(offsets)?;
        set(&mut state, key, &name, ValueType, bytes)
    }

    /// Writes the strings of a collection as `REG_MULTI_SZ`.
    fn WdfRegistryAssignMultiString(
        host,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        StringsCollection: WDFCOLLECTION,
    ) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        ValueName.require(host, "ValueName")?;
        StringsCollection.require(host, "StringsCollection")?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let collection = state.objects.resolve::<Collection>(host, StringsCollection, "StringsCollection")?;
        let collection = state.objects.get::<Collection>(collection).ok_or(Stop::NoEffect)?;
        let mut texts = Vec::new();
        for item in collection.items.clone() {
            let string = state.objects.get_mut::<StringObject>(item);
            texts.push(string.ok_or(Stop::Status(STATUS_INVALID_PARAMETER))?.units());
        }
        set(&mut state, key, &name, kind::REG_MULTI_SZ, multi_text(&texts))
    }

    /// Writes characters as `REG_SZ`.
    fn WdfRegistryAssignUnicodeString(
        host,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        Value: PCUNICODE_STRING,
    ) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        ValueName.require(host, "ValueName")?;
        Value.require(host, "Value")?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let units = unicode::units(host, Value, "Value")?;
        set(&mut state, key, &name, kind::REG_SZ, text(&units))
    }

    /// Writes a string object as `REG_SZ`.
    fn WdfRegistryAssignString(host, Key: WDFKEY, ValueName: PCUNICODE_STRING, String: WDFSTRING) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        ValueName.require(host, "ValueName")?;
        String.require(host, "String")?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        let string = state.objects.resolve::<StringObject>(host, String, "String")?;
        let units = state.objects.get_mut::<StringObject>(string).ok_or(Stop::NoEffect)?.units();
        set(&mut state, key, &name, kind::REG_SZ, text(&units))
    }

    /// Writes a `REG_DWORD`.
    fn WdfRegistryAssignULong(host, Key: WDFKEY, ValueName: PCUNICODE_STRING, Value: ULONG) -> NTSTATUS {
        let mut state = host.state();
        let key = resolve(host, &state, Key)?;
        let name = unicode::registry_name(host, ValueName, "ValueName")?;
        set(&mut state, key, &name, kind::REG_DWORD, Value.to_le_bytes().to_vec())
    }
}
