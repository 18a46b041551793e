//! `wdfcollection.h`: lists of objects.

use wdk_portable::{NTSTATUS, PWDF_OBJECT_ATTRIBUTES, STATUS_SUCCESS, ULONG, WDFCOLLECTION, WDFOBJECT};

use super::attributes::{self, Allowed};
use super::objects::Handle;
use super::{Pointer, Stop, object};
use crate::host::{Host, State};
use crate::rules::Rule;

/// `WDFCOLLECTION`. Each item is referenced as often as it is in the list.
#[derive(Default)]
pub struct Collection {
    /// Handles in the order in which they were added.
    pub items: Vec<Handle>,
}

/// Adds an item and references it.
pub fn add(host: &Host, state: &mut State, collection: Handle, item: Handle) -> Result<(), Stop> {
    object::reference(host, state, item)?;
    if let Some(collection) = state.objects.get_mut::<Collection>(collection) {
        collection.items.push(item);
    }
    Ok(())
}

/// The item at the place that `place` finds in the list.
fn item(
    host: &Host,
    collection: Pointer<wdk_portable::WDFCOLLECTION__>,
    place: impl FnOnce(&[Handle]) -> Option<&Handle>,
) -> Result<WDFOBJECT, Stop> {
    let state = host.state();
    let collection = state.objects.resolve::<Collection>(host, collection, "Collection")?;
    let collection = state.objects.get::<Collection>(collection).ok_or(Stop::NoEffect)?;
    Ok(place(&collection.items).map_or(std::ptr::null_mut(), |item| item.raw()))
}

/// Takes the item at an index out of the list, if there is one, and gives up its reference.
fn remove(host: &Host, collection: Handle, index: Option<usize>, what: &str) -> Result<(), Stop> {
    let (name, item) = {
        let mut state = host.state();
        let name = state.objects.name(collection);
        let collection = state.objects.get_mut::<Collection>(collection).ok_or(Stop::NoEffect)?;
        let index = index.filter(|index| *index < collection.items.len());
        (name, index.map(|index| collection.items.remove(index)))
    };
    let Some(item) = item else {
        return Err(host.violation(Rule::CollectionNoSuchItem, format!("{name} has no {what}")));
    };
    object::release(host, item);
    Ok(())
}

ddi! {
    /// Makes an empty collection.
    fn WdfCollectionCreate(
        host,
        CollectionAttributes: PWDF_OBJECT_ATTRIBUTES,
        Collection: *mut WDFCOLLECTION,
    ) -> NTSTATUS {
        let mut state = host.state();
        Collection.write(host, "Collection", std::ptr::null_mut())?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, CollectionAttributes, allowed)?;
        let body = Collection::default();
        let collection = object::create_below_driver(host, &mut state, body, attributes)?;
        Collection.write(host, "Collection", collection.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Number of items.
    fn WdfCollectionGetCount(host, Collection: WDFCOLLECTION) -> ULONG {
        let state = host.state();
        let collection = state.objects.resolve::<Collection>(host, Collection, "Collection")?;
        let count = state.objects.get::<Collection>(collection).map_or(0, |collection| collection.items.len());
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Adds an object at the end; it may be in the list already.
    fn WdfCollectionAdd(host, Collection: WDFCOLLECTION, Object: WDFOBJECT) -> NTSTATUS {
        let mut state = host.state();
        let collection = state.objects.resolve::<Collection>(host, Collection, "Collection")?;
        let item = state.objects.resolve_any(host, Object, "Object")?;
        add(host, &mut state, collection, item)?;
        Ok(STATUS_SUCCESS)
    }

    /// Removes the first place of an object.
    fn WdfCollectionRemove(host, Collection: WDFCOLLECTION, Item: WDFOBJECT) {
        let (collection, index, name) = {
            let state = host.state();
            let collection = state.objects.resolve::<Collection>(host, Collection, "Collection")?;
            let item = state.objects.resolve_any(host, Item, "Item")?;
            let body = state.objects.get::<Collection>(collection).ok_or(Stop::NoEffect)?;
            let index = body.items.iter().position(|known| *known == item);
            (collection, index, state.objects.name(item))
        };
        remove(host, collection, index, &name)
    }

    /// Removes the item at an index.
    fn WdfCollectionRemoveItem(host, Collection: WDFCOLLECTION, Index: ULONG) {
        let collection = host.state().objects.resolve::<Collection>(host, Collection, "Collection")?;
        remove(host, collection, Some(Index as usize), &format!("item {Index}"))
    }

    /// The item at an index; NULL if there are not so many.
    fn WdfCollectionGetItem(host, Collection: WDFCOLLECTION, Index: ULONG) -> WDFOBJECT {
        item(host, Collection, |items| items.get(Index as usize))
    }

    /// The first item; NULL if there is none.
    fn WdfCollectionGetFirstItem(host, Collection: WDFCOLLECTION) -> WDFOBJECT {
        item(host, Collection, <[Handle]>::first)
    }

    /// The last item; NULL if there is none.
    fn WdfCollectionGetLastItem(host, Collection: WDFCOLLECTION) -> WDFOBJECT {
        item(host, Collection, <[Handle]>::last)
    }
}
