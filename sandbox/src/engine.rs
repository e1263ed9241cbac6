//! The configured wasmtime engine, its instance pool and its clock.

use crate::{signals, state::TABLE_ELEMENTS};
use std::{
    sync::{Arc, Weak},
    thread,
    time::Duration,
};
use wasmtime::{Config, Enabled, InstanceAllocationStrategy, OperatorCost, PoolingAllocationConfig};

/// Largest linear memory an instance can be given, in bytes.
pub const MAX_MEMORY: usize = 1 << 30;

/// Memory kept resident between instances of a slot, so that most checks take no page fault. Whatever one check dirtied of it
/// is reset after every later one too, so more would make light checks pay for heavy ones.
const KEEP_RESIDENT: usize = 256 << 10;

/// Native stack a guest may use. Guests run on the caller's thread, and the smallest common thread stack is 2 MiB.
const WASM_STACK: usize = 512 << 10;

/// How often the clock moves: the resolution of deadlines.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// A wasmtime engine set up for fresh instances in microseconds. Cheap to clone; clones share the pool and the clock.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: wasmtime::Engine,
    /// Ends the clock thread when the last clone is dropped.
    _alive: Arc<()>,
}

impl Engine {
    /// An engine for up to `threads` calls at once; more wait for nothing and fail, so give the size of your thread pool.
    ///
    /// # Errors
    /// When this machine cannot run it: too little address space, or a thread that cannot be started.
    pub fn new(threads: usize) -> Result<Self, wasmtime::Error> {
        // Each thread keeps memory for each of three modules, so that going from one to the other maps nothing anew.
        let slots = u32::try_from(threads.saturating_mul(3).saturating_add(2))?;
        let mut pool = PoolingAllocationConfig::default();
        pool.total_core_instances(slots)
            .total_memories(slots)
            .total_tables(slots.saturating_mul(2))
            .max_tables_per_module(2)
            .max_memories_per_module(1)
            .max_memory_size(MAX_MEMORY)
            .table_elements(TABLE_ELEMENTS)
            // Checkers run on the caller's stack.
            .total_stacks(0)
            .max_unused_warm_slots(slots)
            .linear_memory_keep_resident(KEEP_RESIDENT)
            .table_keep_resident(64 << 10)
            .pagemap_scan(Enabled::Auto);
        let mut config = deterministic();
        config.max_wasm_stack(WASM_STACK).allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        let inner = signals::new_engine(&config)?;
        let alive = Arc::new(());
        start_clock(&inner, Arc::downgrade(&alive))?;
        Ok(Self { inner, _alive: alive })
    }
}

/// Settings under which the same module does the same, and burns the same fuel, on every machine.
pub(crate) fn deterministic() -> Config {
    let mut cost = OperatorCost::new();
    // By default only `memory.grow` is free of its size; the zeroed pages it asks for are not.
    cost.variable.memory_grow_per_page = u8::MAX;
    let mut config = Config::new();
    config
        .consume_fuel(true)
        .operator_cost(cost)
        .epoch_interruption(true)
        .memory_init_cow(true)
        // Results of relaxed SIMD differ between processors.
        .wasm_relaxed_simd(false)
        // NaN payloads would differ between processors.
        .cranelift_nan_canonicalization(true)
        .wasm_backtrace_max_frames(None);
    config
}

/// Tries of making an instance while the kernel is busy with its image.
pub(crate) const TRIES: u32 = 20;

/// Whether making an instance failed for a reason that goes away by itself, and if so, waits a little. The first instance of a module
/// seals the image of its memory, which the kernel refuses as long as anything else, such as its own scans, holds one of the pages.
pub(crate) fn waited(error: &wasmtime::Error) -> bool {
    let busy = |error: &(dyn std::error::Error + 'static)| {
        error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::ResourceBusy)
    };
    let waits = error.chain().any(busy);
    if waits {
        thread::sleep(TICK);
    }
    waits
}

/// How many ticks a deadline is: one more than needed, since the first may come at once.
pub(crate) fn ticks(deadline: Duration) -> u64 {
    u64::try_from(deadline.as_nanos() / TICK.as_nanos() + 2).unwrap_or(u64::MAX >> 1)
}

/// Moves the engine's epoch once a tick until the engine is gone.
pub(crate) fn start_clock(engine: &wasmtime::Engine, alive: Weak<()>) -> Result<(), std::io::Error> {
    let engine = engine.weak();
    thread::Builder::new().name("fullmarks-clock".into()).spawn(move || {
        while alive.strong_count() > 0 {
            thread::sleep(TICK);
            let Some(engine) = engine.upgrade() else { return };
            engine.increment_epoch();
        }
    })?;
    Ok(())
}
