//! The loaded interpreter.

use super::{
    LoadError,
    artefact::find,
    guard::Guard,
    host::{Host, TABLE_ELEMENTS},
    wasi,
};
use crate::{Cache, MAX_MEMORY, engine, signals};
use sha2::{Digest, Sha256};
use std::{fs, path::Path, sync::Arc};
use wasmtime::{
    Enabled, InstanceAllocationStrategy, PoolingAllocationConfig,
    component::{Component, ComponentExportIndex, InstancePre},
};

/// Core instances of the component, with room: its libraries and the glue between them.
const CORE_INSTANCES: u32 = 40;

/// Memory kept resident between instances of a slot: a short program touches about two megabytes of the snapshot.
const KEEP_RESIDENT: usize = 8 << 20;

/// Native stack a guest may use. Recursion in it must end by this limit, which is a stop, not by the end of its stack, which
/// would end this process.
const GUEST_STACK: usize = 40 << 20;

/// The stack it runs on: host functions need some beyond the guest's.
const STACK: usize = GUEST_STACK + (8 << 20);

/// Stack kept resident between instances: a short program uses about so much.
const KEEP_STACK: usize = 64 << 10;

/// CPython, compiled and ready for fresh instances. Cheap to share between threads, and to clone.
#[derive(Clone)]
pub struct Python {
    pub(super) engine: wasmtime::Engine,
    pub(super) instances: InstancePre<Host>,
    pub(super) exports: Arc<Exports>,
    /// Watches the candidates that it runs.
    pub(super) guard: Option<Arc<Guard>>,
    /// Ends the clock thread.
    _alive: Arc<()>,
}

/// Where the component's exports are, looked up once.
pub(super) struct Exports {
    pub(super) run: ComponentExportIndex,
    pub(super) guard: ComponentExportIndex,
    pub(super) load: ComponentExportIndex,
    pub(super) serve: ComponentExportIndex,
    pub(super) judge: ComponentExportIndex,
}

impl Python {
    /// Finds and loads the interpreter, for up to `threads` instances at once. Compiling it takes some seconds, once:
    /// with a cache, later starts take its compiled form.
    ///
    /// # Errors
    /// [`LoadError`], which says what to run when the interpreter is missing.
    pub fn load(threads: usize, cache: Option<&Cache>) -> Result<Self, LoadError> {
        Self::load_from(&find()?, threads, cache)
    }

    /// Loads the interpreter from a file.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn load_from(path: &Path, threads: usize, cache: Option<&Cache>) -> Result<Self, LoadError> {
        let setup = |error: wasmtime::Error| LoadError::Engine(format!("{error:#}"));
        let invalid = |error: wasmtime::Error| LoadError::Invalid(format!("{}: {error:#}", path.display()));
        let wasm = fs::read(path).map_err(|error| LoadError::Read { path: path.to_owned(), error })?;
        keep_heap();
        let engine = new_engine(threads).map_err(setup)?;
        let alive = Arc::new(());
        engine::start_clock(&engine, Arc::downgrade(&alive)).map_err(|error| setup(error.into()))?;
        let component: Component = match cache {
            Some(cache) => cache.load(&engine, &wasm, &Sha256::digest(&wasm).into()),
            None => Component::new(&engine, &wasm),
        }
        .map_err(invalid)?;
        let export = |name: &str| {
            let export = component.get_export_index(None, name);
            export.ok_or_else(|| LoadError::Invalid(format!("{} does not export `{name}`", path.display())))
        };
        let exports = Exports {
            run: export("run")?,
            guard: export("guard")?,
            load: export("load")?,
            serve: export("serve")?,
            judge: export("judge")?,
        };
        let linker = wasi::linker(&engine, &component).map_err(invalid)?;
        let instances = linker.instantiate_pre(&component).map_err(invalid)?;
        Ok(Self { engine, instances, exports: exports.into(), guard: None, _alive: alive })
    }
}

/// What an instance's store holds outside of its pool is more than glibc keeps free at the top of its heap, so that every run would
/// get it from the system and give it back. A large block that was freed makes glibc keep twice as much (`mallopt(3)`, dynamic
/// threshold); other allocators take no notice.
fn keep_heap() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(4 << 20)));
}

/// Instances that may be open at once: a judge and its candidate are two.
fn slots(threads: usize) -> usize {
    threads.saturating_add(1).saturating_mul(2)
}

fn new_engine(threads: usize) -> wasmtime::Result<wasmtime::Engine> {
    let slots = u32::try_from(slots(threads))?;
    let mut pool = PoolingAllocationConfig::default();
    pool.total_component_instances(slots)
        .total_core_instances(slots.saturating_mul(CORE_INSTANCES))
        .total_memories(slots)
        .total_tables(slots.saturating_mul(4))
        .max_core_instances_per_component(CORE_INSTANCES)
        .max_memories_per_component(1)
        .max_tables_per_component(4)
        .table_elements(TABLE_ELEMENTS)
        .max_core_instance_size(4 << 20)
        .max_component_instance_size(4 << 20)
        .max_memory_size(MAX_MEMORY)
        .max_unused_warm_slots(slots)
        .total_stacks(slots)
        .async_stack_keep_resident(KEEP_STACK)
        .linear_memory_keep_resident(KEEP_RESIDENT)
        .table_keep_resident(TABLE_ELEMENTS * size_of::<usize>())
        .pagemap_scan(Enabled::Auto);
    let mut config = engine::deterministic();
    config
        .max_wasm_stack(GUEST_STACK)
        .async_stack_size(STACK)
        // What was used beyond what is kept is given back.
        .async_stack_zeroing(true)
        // The snapshot is one image, mapped copy-on-write, although most of it lies above empty pages.
        .memory_guaranteed_dense_image_size(128 << 20)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    signals::new_engine(&config)
}
