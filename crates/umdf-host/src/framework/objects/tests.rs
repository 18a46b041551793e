use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::Duration;

use super::*;
use crate::bus::PciBus;
use crate::framework::context::Memory;
use crate::history::HistoryFile;
use crate::scenario::Scenario;

/// Objects are told to the history of the process's host.
fn host() -> &'static Host {
    static HOST: OnceLock<&Host> = OnceLock::new();
    HOST.get_or_init(|| {
        let history = Box::leak(Box::new(HistoryFile::create(&tempfile::tempfile().unwrap()).unwrap()));
        let limit = Duration::from_mins(1);
        let scenario = Scenario::default();
        let bus = PciBus::default();
        Host::install(BTreeMap::new(), &scenario, BTreeSet::new(), limit, history, bus).unwrap()
    })
}

fn add(objects: &mut Objects, body: impl Into<Body>, parent: Option<Handle>) -> Handle {
    objects.create(host(), body, parent, Attributes::default())
}

fn names(objects: &Objects, handles: Vec<Handle>) -> Vec<String> {
    handles.into_iter().map(|handle| objects.name(handle)).collect()
}

#[test]
fn children_stand_in_the_order_of_their_creation() {
    let mut objects = Objects::default();
    let parent = add(&mut objects, General, None);
    let first = add(&mut objects, General, Some(parent));
    let other = add(&mut objects, General, None);
    add(&mut objects, General, Some(parent));
    objects.remove(host(), first);
    // In the slot of the first one.
    add(&mut objects, General, Some(parent));
    assert_eq!(names(&objects, objects.children(parent)), ["object3", "object4"]);
    assert_eq!(objects.children(other), []);
}

#[test]
fn one_kind_is_found_at_any_depth() {
    let mut objects = Objects::default();
    let root = add(&mut objects, WaitLock::default(), None);
    let [left, right] = [(); 2].map(|()| add(&mut objects, General, Some(root)));
    let below_left = add(&mut objects, WaitLock::default(), Some(left));
    add(&mut objects, WaitLock::default(), Some(right));
    add(&mut objects, WaitLock::default(), Some(below_left));
    add(&mut objects, WaitLock::default(), None);
    let locks = |objects: &Objects| names(objects, objects.below::<WaitLock>(root));
    assert_eq!(locks(&objects), ["waitlock1", "waitlock3", "waitlock2"]);
    objects.orphan(left);
    assert_eq!(locks(&objects), ["waitlock2"]);
    assert_eq!(names(&objects, objects.below::<WaitLock>(left)), ["waitlock1", "waitlock3"]);
}

#[test]
fn an_object_is_found_by_its_contexts_as_long_as_it_lives() {
    let mut objects = Objects::default();
    let handle = add(&mut objects, General, None);
    let addresses = [1, 2].map(|type_address| {
        let memory = Memory::zeroed(8).unwrap();
        let address = memory.address();
        let type_address = Some(type_address);
        let context = Context { type_address, memory: Some(memory), cleanup: None, destroy: None };
        objects.add_context(handle, context);
        address
    });
    for address in addresses {
        assert_eq!(objects.with_context(address), Some(handle));
        assert_eq!(objects.with_context(address.wrapping_byte_add(1)), None);
    }
    objects.remove(host(), handle);
    for address in addresses {
        assert_eq!(objects.with_context(address), None);
    }
}

/// Whatever a driver does for however long, the table does not grow with it.
#[test]
fn former_objects_are_told_from_live_ones_for_ever_and_by_name_for_a_while() {
    let mut objects = Objects::default();
    let first = add(&mut objects, General, None);
    objects.remove(host(), first);
    assert_eq!(objects.describe(first.address()), "former object0");
    for _ in 0..2 * MOST_FORMER {
        let next = add(&mut objects, General, None);
        assert!(objects.object(first).is_none());
        objects.remove(host(), next);
    }
    assert_eq!(objects.describe(first.address()), "former object");
    assert_eq!((objects.slots.len(), objects.former.len()), (1, MOST_FORMER));
}

#[test]
fn a_slot_whose_generations_are_used_up_is_left() {
    let mut objects = Objects::default();
    let first = add(&mut objects, General, None);
    objects.remove(host(), first);
    let last = Handle { generation: LAST_PART, index: 0 };
    objects.slots[0].generation = LAST_PART;
    objects.free = vec![last];
    assert_eq!(add(&mut objects, General, None), last);
    assert_eq!(Handle::parse(last.address()), Some(last));
    objects.remove(host(), last);
    assert_eq!(objects.describe(last.address()), "former object1");
    assert_eq!(add(&mut objects, General, None), Handle { generation: 0, index: 1 });
}
