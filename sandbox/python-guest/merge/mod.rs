//! A step of the build: makes one core module of the many that componentize-py puts into the component, one for each library.
//!
//! Linked at run time, a library reaches another's functions through a table that all share, and variables through globals
//! that all import. So an instance took fifteen modules to set up, 5,000 entries of the table to fill in, and every call to
//! `malloc` three indirect ones. Merged, the table is filled lazily by the host, calls are direct, and addresses constants.

mod component;
mod library;
mod module;
mod touch;

pub(crate) use component::merge;
