//! The functions of `wdfcollection.h`.

/// Hands them to a macro.
macro_rules! wdfcollection {
    ($then:ident) => {
        $then! { "wdfcollection.h":
            WdfCollectionCreate(
                CollectionAttributes: attributes null_mut() => allows [parent],
                Collection: pointer good::place(),
            );
            WdfCollectionGetCount(Collection: handle good::collection()) = 1;
            WdfCollectionAdd(Collection: handle good::collection(), Object: object good::object());
            WdfCollectionRemove(
                Collection: handle good::collection(),
                Item: object good::object() => [
                    "an object that is not in it": good::new_object() => B("COLLECTION_NO_SUCH_ITEM"),
                ],
            );
            WdfCollectionRemoveItem(
                Collection: handle good::collection(),
                Index: given 0 => ["behind the last one": 1 => B("COLLECTION_NO_SUCH_ITEM")],
            );
            WdfCollectionGetItem(
                Collection: handle good::collection(),
                Index: given 0 => ["behind the last one": 1 => R(null_mut())],
            ) = good::object();
            WdfCollectionGetFirstItem(
                Collection: handle good::collection() => ["an empty one": good::empty_collection() => R(null_mut())],
            ) = good::object();
            WdfCollectionGetLastItem(
                Collection: handle good::collection() => ["an empty one": good::empty_collection() => R(null_mut())],
            ) = good::object();
        }
    };
}
