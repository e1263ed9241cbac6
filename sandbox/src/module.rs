//! Loading a checker module: what it must export, and what it must not import.

use crate::{Cache, Engine, state::State};
use sha2::{Digest, Sha256};
use wasmtime::{ExternType, InstancePre, Linker, ModuleExport, ValType};

/// Why a module cannot be used as a checker.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// Not a WebAssembly module, or one that uses features the sandbox turns off.
    #[error("not a WebAssembly module the sandbox can run: {0}")]
    Invalid(String),
    /// It asks for functions of the outside world.
    #[error("it imports {}, but a checker may import nothing", .0.join(", "))]
    Imports(Vec<String>),
    /// An export is missing or has the wrong type.
    #[error("it must export {0}")]
    Export(&'static str),
}

/// A loaded checker module. Cheap to share between threads; every call gets a fresh instance.
pub struct Module {
    pub(crate) engine: Engine,
    pub(crate) instances: InstancePre<State>,
    pub(crate) exports: Exports,
    hash: [u8; 32],
}

/// Where the module's exports are, looked up once.
pub(crate) struct Exports {
    pub(crate) memory: ModuleExport,
    pub(crate) alloc: ModuleExport,
    pub(crate) check: ModuleExport,
    pub(crate) validate: Option<ModuleExport>,
    pub(crate) describe: Option<ModuleExport>,
    pub(crate) initialize: Option<ModuleExport>,
}

impl Module {
    /// Compiles a module, or takes its compiled form from `cache`.
    ///
    /// # Errors
    /// [`LoadError`] naming what the module lacks or asks for.
    pub fn load(engine: &Engine, wasm: &[u8], cache: Option<&Cache>) -> Result<Self, LoadError> {
        let hash: [u8; 32] = Sha256::digest(wasm).into();
        // The first line says what is wrong; a parser adds a dump of the bytes.
        let invalid = |error: wasmtime::Error| {
            LoadError::Invalid(format!("{error:#}").lines().next().unwrap_or_default().to_owned())
        };
        let module = match cache {
            Some(cache) => cache.load(&engine.inner, wasm, &hash).map_err(invalid)?,
            None => wasmtime::Module::new(&engine.inner, wasm).map_err(invalid)?,
        };
        let imports: Vec<_> = module.imports().map(|import| format!("{}.{}", import.module(), import.name())).collect();
        if !imports.is_empty() {
            return Err(LoadError::Imports(imports));
        }
        let exports = Exports::find(&module)?;
        let instances = Linker::new(&engine.inner).instantiate_pre(&module).map_err(invalid)?;
        Ok(Self { engine: engine.clone(), instances, exports, hash })
    }

    /// SHA-256 of the WebAssembly bytes.
    #[must_use]
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }
}

impl Exports {
    fn find(module: &wasmtime::Module) -> Result<Self, LoadError> {
        use ValType::{I32, I64};
        let memory = "`memory`, one unshared 32-bit memory";
        match module.get_export("memory") {
            Some(ExternType::Memory(found)) if !found.is_64() && !found.is_shared() => {}
            _ => return Err(LoadError::Export(memory)),
        }
        let function = |name: &str, params: &[ValType], results: &[ValType], required: &'static str| {
            let same = |found: &mut dyn ExactSizeIterator<Item = ValType>, wanted: &[ValType]| {
                found.len() == wanted.len() && found.zip(wanted).all(|(found, wanted)| ValType::eq(&found, wanted))
            };
            match module.get_export(name) {
                None => Ok(None),
                Some(ExternType::Func(found))
                    if same(&mut found.params(), params) && same(&mut found.results(), results) =>
                {
                    Ok(module.get_export_index(name))
                }
                Some(_) => Err(LoadError::Export(required)),
            }
        };
        let (alloc, check) = ("`alloc` as (i32) -> i32", "`check` as (i32, i32) -> i64");
        Ok(Self {
            memory: module.get_export_index("memory").ok_or(LoadError::Export(memory))?,
            alloc: function("alloc", &[I32], &[I32], alloc)?.ok_or(LoadError::Export(alloc))?,
            check: function("check", &[I32, I32], &[I64], check)?.ok_or(LoadError::Export(check))?,
            validate: function("validate", &[I32, I32], &[I64], "`validate`, if at all, as (i32, i32) -> i64")?,
            describe: function("describe", &[], &[I64], "`describe`, if at all, as () -> i64")?,
            initialize: function("_initialize", &[], &[], "`_initialize`, if at all, as () -> ()")?,
        })
    }
}
