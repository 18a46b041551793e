//! Commands of the program that are more than one call of the library.

pub mod explore;
