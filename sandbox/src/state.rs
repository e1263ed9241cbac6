//! What the store of a checker's instance carries.

use wasmtime::ResourceLimiter;

/// Entries of a table: a checker of a few megabytes has a few thousand.
pub(crate) const TABLE_ELEMENTS: usize = 20_000;

/// What a store carries: the memory cap, and whether the module just ran into it.
pub(crate) struct State {
    pub(crate) memory: usize,
    pub(crate) denied: bool,
}

impl ResourceLimiter for State {
    fn memory_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        self.denied = desired > self.memory;
        Ok(!self.denied)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ELEMENTS)
    }
}
