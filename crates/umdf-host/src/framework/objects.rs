//! The table of framework objects and their handles.
//!
//! A handle is a number that no pointer equals (a non-canonical address) and that names one
//! object only: the generation in it makes a stale handle recognisable, which Windows does not.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::c_void;

use wdk_portable::{WDF_EXECUTION_LEVEL, WDF_SYNCHRONIZATION_SCOPE};

use super::Stop;
use super::attributes::Attributes;
use super::collection::Collection;
use super::context::Context;
use super::device::{Device, DeviceInit};
use super::driver::Driver;
use super::fileobject::FileObject;
use super::interrupt::Interrupt;
use super::io::Queue;
use super::iotarget::IoTarget;
use super::memory::MemoryObject;
use super::object::General;
use super::pointer::{Pointer, native};
use super::registry::Key;
use super::request::Request;
use super::resource::ResourceList;
use super::string::StringObject;
use super::sync::{SpinLock, WaitLock};
use super::timer::Timer;
use super::workitem::WorkItem;
use crate::history::Event;
use crate::host::Host;
use crate::rules::Rule;

/// Upper 16 bits of every handle. Non-canonical on x86-64: dereferencing a handle faults.
const TAG: u64 = 0x4EDF;

/// Bits of a generation and of a slot's number.
const PART_BITS: u32 = 24;
const LAST_PART: u32 = (1 << PART_BITS) - 1;
/// Former objects that are remembered by name.
const MOST_FORMER: usize = 1 << 14;
/// What stands for the name of one that is not.
const FORGOTTEN: &str = "object";

/// A live or former object: tag, generation, slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handle {
    generation: u32,
    index: u32,
}

impl Handle {
    /// The value that the driver sees.
    pub fn address(self) -> u64 {
        TAG << (2 * PART_BITS) | u64::from(self.generation) << PART_BITS | u64::from(self.index)
    }

    /// The value as the pointer type that the driver's headers give it.
    pub fn raw<T>(self) -> *mut T {
        std::ptr::without_provenance_mut(native(self.address()))
    }

    fn parse(address: u64) -> Option<Self> {
        let part = |address: u64| u32::try_from(address & u64::from(LAST_PART)).ok();
        if address >> (2 * PART_BITS) != TAG {
            return None;
        }
        Some(Self { generation: part(address >> PART_BITS)?, index: part(address)? })
    }
}

/// One framework object.
pub struct Object {
    /// Symbolic name, e.g. `queue1`.
    pub name: String,
    /// The object that deletes this one with itself.
    pub parent: Option<Handle>,
    /// Contexts in order of creation.
    pub contexts: Vec<Context>,
    /// References. The creation counts as one, which the deletion gives up.
    pub references: u32,
    /// Set once deletion began.
    pub deleted: bool,
    /// Set once deletion gave up its reference.
    pub released: bool,
    /// `ExecutionLevel` of its own attributes; `None` for inherit.
    pub level: Option<WDF_EXECUTION_LEVEL>,
    /// `SynchronizationScope` of its own attributes: how callbacks are serialized; `None` for inherit.
    pub scope: Option<WDF_SYNCHRONIZATION_SCOPE>,
    /// Objects that were made before it.
    created: u64,
    /// The live objects whose parent it is, oldest first.
    children: BTreeMap<u64, Handle>,
    body: Body,
}

#[derive(Default)]
struct Slot {
    object: Option<Object>,
    /// Generation of the object that is here or comes next.
    generation: u32,
}

/// Every object of the framework.
#[derive(Default)]
pub struct Objects {
    slots: Vec<Slot>,
    /// Handles for the next objects.
    free: Vec<Handle>,
    created: u64,
    made: BTreeMap<&'static str, u32>,
    /// The objects that have a context, by its address.
    contexts: BTreeMap<usize, Handle>,
    /// Names of former objects, the last one at the end.
    former: VecDeque<(Handle, String)>,
}

/// What an object is, seen as one Rust type.
pub trait Part: Sized {
    /// WDF name of the handle type.
    const HANDLE: &'static str;
    #[doc(hidden)]
    fn of(body: &Body) -> Option<&Self>;
    #[doc(hidden)]
    fn of_mut(body: &mut Body) -> Option<&mut Self>;
}

macro_rules! bodies {
    ($($part:ident $handle:literal $stem:literal)+) => {
        /// What an object is.
        pub enum Body {
            $(#[doc = $handle] $part($part),)+
        }

        impl Body {
            fn handle_type(&self) -> &'static str {
                match self {
                    $(Self::$part(_) => $handle,)+
                }
            }

            fn stem(&self) -> &'static str {
                match self {
                    $(Self::$part(_) => $stem,)+
                }
            }
        }

        $(
            impl Part for $part {
                const HANDLE: &'static str = $handle;
                fn of(body: &Body) -> Option<&Self> {
                    if let Body::$part(part) = body { Some(part) } else { None }
                }
                fn of_mut(body: &mut Body) -> Option<&mut Self> {
                    if let Body::$part(part) = body { Some(part) } else { None }
                }
            }

            impl From<$part> for Body {
                fn from(part: $part) -> Self {
                    Self::$part(part)
                }
            }
        )+
    };
}

bodies! {
    Driver "WDFDRIVER" "driver"
    DeviceInit "WDFDEVICE_INIT" "init"
    Device "WDFDEVICE" "device"
    FileObject "WDFFILEOBJECT" "file"
    Queue "WDFQUEUE" "queue"
    IoTarget "WDFIOTARGET" "iotarget"
    Request "WDFREQUEST" "request"
    ResourceList "WDFCMRESLIST" "list"
    Timer "WDFTIMER" "timer"
    WorkItem "WDFWORKITEM" "workitem"
    Interrupt "WDFINTERRUPT" "interrupt"
    SpinLock "WDFSPINLOCK" "spinlock"
    WaitLock "WDFWAITLOCK" "waitlock"
    Key "WDFKEY" "key"
    Collection "WDFCOLLECTION" "collection"
    MemoryObject "WDFMEMORY" "memory"
    StringObject "WDFSTRING" "string"
    General "WDFOBJECT" "object"
}

impl Objects {
    /// Makes an object. Its name and parent go into the history.
    pub fn create(
        &mut self,
        host: &Host,
        part: impl Into<Body>,
        parent: Option<Handle>,
        attributes: Attributes,
    ) -> Handle {
        let body = part.into();
        self.create_as(body.stem(), host, body, parent, attributes)
    }

    /// As [`Objects::create`], for an object that has another name than the driver's of its kind.
    pub fn create_as(
        &mut self,
        stem: &'static str,
        host: &Host,
        part: impl Into<Body>,
        parent: Option<Handle>,
        attributes: Attributes,
    ) -> Handle {
        let body = part.into();
        let count = self.made.entry(stem).or_default();
        let name = format!("{stem}{count}");
        *count += 1;
        let parent = attributes.parent.or(parent);
        host.record(Event::Created { object: name.clone(), parent: parent.map(|parent| self.name(parent)) });
        let handle = self.free.pop().unwrap_or_else(|| {
            let index = u32::try_from(self.slots.len()).ok().filter(|index| *index <= LAST_PART);
            let Some(index) = index else { host.end(format!("the driver has {LAST_PART} objects")) };
            self.slots.push(Slot::default());
            Handle { generation: 0, index }
        });
        let created = self.created;
        self.created += 1;
        if let Some(parent) = parent.and_then(|parent| self.object_mut(parent)) {
            parent.children.insert(created, handle);
        }
        self.slots[handle.index as usize].object = Some(Object {
            name,
            parent,
            contexts: Vec::new(),
            references: 1,
            deleted: false,
            released: false,
            level: attributes.level,
            scope: attributes.scope,
            created,
            children: BTreeMap::new(),
            body,
        });
        if let Some(context) = attributes.context {
            self.add_context(handle, context);
        }
        handle
    }

    /// Adds a context to an object.
    pub fn add_context(&mut self, handle: Handle, context: Context) {
        if let Some(memory) = &context.memory {
            self.contexts.insert(memory.address().addr(), handle);
        }
        if let Some(object) = self.object_mut(handle) {
            object.contexts.push(context);
        }
    }

    /// The object, while it lives.
    pub fn object(&self, handle: Handle) -> Option<&Object> {
        let slot = self.slots.get(handle.index as usize)?;
        slot.object.as_ref().filter(|_| slot.generation == handle.generation)
    }

    /// The object, while it lives.
    pub fn object_mut(&mut self, handle: Handle) -> Option<&mut Object> {
        let slot = self.slots.get_mut(handle.index as usize)?;
        let current = slot.generation == handle.generation;
        slot.object.as_mut().filter(|_| current)
    }

    /// The object as what it is.
    pub fn get<P: Part>(&self, handle: Handle) -> Option<&P> {
        P::of(&self.object(handle)?.body)
    }

    /// The object as what it is.
    pub fn get_mut<P: Part>(&mut self, handle: Handle) -> Option<&mut P> {
        P::of_mut(&mut self.object_mut(handle)?.body)
    }

    /// Symbolic name of a live or former object.
    pub fn name(&self, handle: Handle) -> String {
        self.object(handle).map_or_else(
            || self.former_name(handle).unwrap_or_default().to_owned(),
            |object| object.name.clone(),
        )
    }

    fn former_name(&self, handle: Handle) -> Option<&str> {
        let slot = self.slots.get(handle.index as usize)?;
        if handle.generation >= slot.generation {
            return None;
        }
        let known = self.former.iter().rev().find(|(former, _)| *former == handle);
        Some(known.map_or(FORGOTTEN, |(_, name)| name))
    }

    /// A number from the driver in words: object name, `NULL`, or only that it is an address.
    pub fn describe(&self, address: u64) -> String {
        match Handle::parse(address) {
            None if address == 0 => "NULL".into(),
            Some(handle) if self.object(handle).is_some() => self.name(handle),
            Some(handle) if self.former_name(handle).is_some() => format!("former {}", self.name(handle)),
            _ => "address".into(),
        }
    }

    /// The live object behind a handle of the driver, whatever it is.
    pub fn resolve_any<T>(&self, host: &Host, pointer: Pointer<T>, argument: &str) -> Result<Handle, Stop> {
        let handle = Handle::parse(pointer.address());
        if let Some(handle) = handle.filter(|handle| self.object(*handle).is_some()) {
            return Ok(handle);
        }
        if let Some(name) = self.former(pointer) {
            return Err(host.violation(Rule::HandleStale, format!("{argument} is {name}, which is gone")));
        }
        let what = if pointer.is_null() { "NULL" } else { "not a handle" };
        Err(host.violation(Rule::HandleNullOrType, format!("{argument} is {what}")))
    }

    /// The live object behind a handle of the driver, which must be a `P`.
    pub fn resolve<P: Part>(
        &self,
        host: &Host,
        pointer: Pointer<impl Sized>,
        argument: &str,
    ) -> Result<Handle, Stop> {
        let handle = self.resolve_any(host, pointer, argument)?;
        if self.get::<P>(handle).is_some() {
            return Ok(handle);
        }
        let kind = self.object(handle).map_or("nothing", |object| object.body.handle_type());
        let message = format!("{argument} is {}, a {kind}, not a {}", self.name(handle), P::HANDLE);
        Err(host.violation(Rule::HandleNullOrType, message))
    }

    /// The former object behind a stale handle, by name; by [`FORGOTTEN`] if that was long ago.
    pub fn former<T>(&self, pointer: Pointer<T>) -> Option<&str> {
        self.former_name(Handle::parse(pointer.address())?)
    }

    /// Handles of the live objects whose parent is `parent`, oldest first.
    pub fn children(&self, parent: Handle) -> Vec<Handle> {
        self.object(parent).map_or_else(Vec::new, |parent| parent.children.values().copied().collect())
    }

    /// Handles of the objects of one kind that are below `ancestor`, parents before children.
    pub fn below<P: Part>(&self, ancestor: Handle) -> Vec<Handle> {
        let mut found = Vec::new();
        let mut left = self.children(ancestor);
        left.reverse();
        while let Some(next) = left.pop() {
            let Some(object) = self.object(next) else { continue };
            if P::of(&object.body).is_some() {
                found.push(next);
            }
            left.extend(object.children.values().rev());
        }
        found
    }

    /// Takes the object away from its parent.
    pub fn orphan(&mut self, handle: Handle) {
        let Some(object) = self.object_mut(handle) else { return };
        let (parent, created) = (object.parent.take(), object.created);
        if let Some(parent) = parent.and_then(|parent| self.object_mut(parent)) {
            parent.children.remove(&created);
        }
    }

    /// The object that has a context at this address.
    pub fn with_context(&self, address: *mut c_void) -> Option<Handle> {
        self.contexts.get(&address.addr()).copied()
    }

    fn handles(&self) -> impl Iterator<Item = (Handle, &Object)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| {
            let index = u32::try_from(index).ok()?;
            Some((Handle { generation: slot.generation, index }, slot.object.as_ref()?))
        })
    }

    /// Symbolic names of all live objects with their references.
    pub fn references(&self) -> Vec<String> {
        self.handles()
            // Left to the driver because a rule is switched off.
            .filter(|(_, object)| !matches!(&object.body, Body::Request(request) if request.abandoned))
            .map(|(_, object)| format!("{} ({} left)", object.name, object.references))
            .collect()
    }

    /// Every live object of one kind.
    pub fn all<P: Part + 'static>(&self) -> impl Iterator<Item = (Handle, &P)> {
        self.handles().filter_map(|(handle, object)| P::of(&object.body).map(|part| (handle, part)))
    }

    /// The device that is `handle` or one of its ancestors.
    pub fn device_above(&self, handle: Handle) -> Option<Handle> {
        let mut next = Some(handle);
        while let Some(handle) = next {
            if self.get::<Device>(handle).is_some() {
                return Some(handle);
            }
            next = self.object(handle)?.parent;
        }
        None
    }

    /// Takes an object out of the table; its handle is stale from here on.
    pub fn remove(&mut self, host: &Host, handle: Handle) -> Option<Object> {
        self.orphan(handle);
        self.object(handle)?;
        let slot = self.slots.get_mut(handle.index as usize)?;
        let object = slot.object.take()?;
        slot.generation += 1;
        // A handle never comes back: with the last generation its slot is used up.
        if slot.generation <= LAST_PART {
            self.free.push(Handle { generation: slot.generation, index: handle.index });
        }
        for memory in object.contexts.iter().filter_map(|context| context.memory.as_ref()) {
            self.contexts.remove(&memory.address().addr());
        }
        if self.former.len() == MOST_FORMER {
            self.former.pop_front();
        }
        self.former.push_back((handle, object.name.clone()));
        host.record(Event::Destroyed { object: object.name.clone() });
        Some(object)
    }
}

#[cfg(test)]
mod tests;
