//! A library that is no driver: it has no FxDriverEntryUm.
