//! The checkers at hand: the built-in module's, those of modules a spec names, and what Python checks.

use super::python;
use crate::{
    digest::sha256,
    source::read_regular,
    spec::{Catalogue, CheckerDoc, Diagnostic, Document, ModuleRef, SpecError},
};
use fullmarks_sandbox::{Cache, Engine, Limits, LoadError, Module, Stop, python::Python};
use serde::Deserialize;
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, OnceLock},
};

/// The built-in checkers, compiled by `cargo xtask checkers` and committed, so that building needs no wasm target.
/// Those that read large tables are a module of their own (checkers/library/src/lib.rs).
const BUILTIN: [&[u8]; 3] = [
    include_bytes!("builtin/checkers.wasm"),
    include_bytes!("builtin/tables.wasm"),
    include_bytes!("builtin/languages.wasm"),
];

/// The ABI this library speaks (docs/checker-abi.md).
const ABI: u32 = 1;

/// Loaded modules, and which of them has which checker.
pub struct Library {
    modules: HashMap<String, Arc<Module>>,
    catalogue: Catalogue,
    /// Loaded when the first constraint needs it.
    python: OnceLock<Result<Arc<Python>, String>>,
    tried: python::Tried,
}

/// Why there is no library to check with.
#[derive(Debug)]
#[non_exhaustive]
pub enum LibraryError {
    /// The sandbox does not run on this machine.
    Engine(String),
    /// The built-in checkers are broken: a bug of this program.
    Builtin(String),
    /// A module that the spec names cannot be used.
    Spec(Box<SpecError>),
}

impl std::fmt::Display for LibraryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Engine(why) => write!(f, "the sandbox cannot run on this machine: {why}"),
            Self::Builtin(why) => write!(f, "the built-in checkers cannot be loaded (a bug, please report it): {why}"),
            Self::Spec(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LibraryError {}

/// Makes sure that traps of guests are taken for what they are, whoever else has installed handlers of signals in this process
/// meanwhile. Call it before each batch; it takes a microsecond.
pub fn keep_signals() {
    fullmarks_sandbox::keep_signals();
}

/// Also looks for the Python runtime in `folder`. For what brings it along and is no program; call it before anything is loaded.
pub fn look_for_python_in(folder: std::path::PathBuf) {
    fullmarks_sandbox::python::look_in(folder);
}

impl Library {
    /// The built-in checkers alone.
    ///
    /// # Errors
    /// When the sandbox cannot run on this machine.
    pub fn builtin() -> Result<Self, LibraryError> {
        Self::load(None)
    }

    /// The built-in checkers and those of the modules `document` names, found relative to `folder`.
    ///
    /// # Errors
    /// A module that is missing, changed, or no checker module; named with its place in the spec.
    pub fn for_document(document: &Document, folder: &Path) -> Result<Self, LibraryError> {
        Self::load(Some((document, folder)))
    }

    fn load(extra: Option<(&Document, &Path)>) -> Result<Self, LibraryError> {
        // One slot per thread of the pool, and one for a caller's own thread.
        let engine = Engine::new(rayon::current_num_threads() + 1)
            .map_err(|error| LibraryError::Engine(format!("{error:#}")))?;
        let cache = Cache::user().ok();
        let builtin = BUILTIN.iter().map(|wasm| load(&engine, wasm, cache.as_ref()).map_err(LibraryError::Builtin));
        let mut all = builtin.collect::<Result<Vec<_>, _>>()?;
        let (mut refused, mut whole, mut own) = (Vec::new(), true, Vec::new());
        if let Some((document, folder)) = extra {
            for module in document.modules() {
                if document.made_up(&module.module.span) || document.made_up(&module.sha256.span) {
                    whole = false;
                    continue;
                }
                let wasm = read(module, folder);
                match wasm.and_then(|wasm| load(&engine, &wasm, cache.as_ref()).map_err(|why| refuse(module, &why))) {
                    Ok(loaded) => {
                        all.push(loaded);
                        own.push(module);
                    }
                    Err(mistake) => refused.push(mistake),
                }
            }
        }
        let mut modules = HashMap::new();
        let mut docs = python::docs();
        for (index, (module, described)) in all.into_iter().enumerate() {
            for doc in described {
                if docs.iter().any(|known: &CheckerDoc| known.id == doc.id) {
                    let why = format!("its checker `{}` has the name of another one", doc.id);
                    let module = index.checked_sub(BUILTIN.len()).and_then(|index| own.get(index));
                    let Some(module) = module else { return Err(LibraryError::Builtin(why)) };
                    refused.push(refuse(module, &why));
                    continue;
                }
                modules.insert(doc.id.clone(), module.clone());
                docs.push(doc);
            }
        }
        let catalogue = Catalogue::new(docs).map_err(|why| LibraryError::Builtin(why.into()))?;
        if let Some((document, _)) = extra.filter(|_| !whole || !refused.is_empty()) {
            let mut mistakes = document.examine(&catalogue, false).mistakes;
            mistakes.extend(refused);
            return Err(LibraryError::Spec(Box::new(document.refused(mistakes))));
        }
        Ok(Self { modules, catalogue, python: OnceLock::new(), tried: python::Tried::default() })
    }

    /// What checkers there are.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Python, ready to run; or why it is not.
    pub(super) fn python(&self) -> Result<Arc<Python>, String> {
        let load = || {
            let python = Python::load(rayon::current_num_threads() + 1, Cache::user().ok().as_ref());
            python.map(Arc::new).map_err(|error| error.to_string())
        };
        self.python.get_or_init(load).clone()
    }

    /// Which parameters of Python's constraints were tried.
    pub(super) fn tried(&self) -> &python::Tried {
        &self.tried
    }

    /// The module that has a checker.
    pub(super) fn module(&self, checker: &str) -> Option<&Arc<Module>> {
        self.modules.get(checker)
    }
}

fn refuse(module: &ModuleRef, why: &str) -> Diagnostic {
    let message = format!("the checker module `{}` cannot be used: {why}", module.module.value);
    let help = "a module imports nothing and exports memory, alloc, check and describe: docs/checker-abi.md";
    Diagnostic::new(module.module.span.clone(), message).help(help)
}

/// The module's bytes, when they are the ones the spec states.
fn read(module: &ModuleRef, folder: &Path) -> Result<Vec<u8>, Diagnostic> {
    let path = folder.join(&module.module.value);
    let refuse =
        |span: &std::ops::Range<usize>, message: String, help| Diagnostic::new(span.clone(), message).help(help);
    let wasm = read_regular(&path).map_err(|error| {
        let message = format!("the checker module {} cannot be read: {error}", path.display());
        refuse(&module.module.span, message, "the path is relative to the spec's folder")
    })?;
    if sha256(&wasm).eq_ignore_ascii_case(&module.sha256.value) {
        return Ok(wasm);
    }
    // Whoever writes a spec may name any file: what is in it is not theirs to know, nor is its hash.
    let message = format!("{} has another sha256 than this", path.display());
    let help = "if the module changed on purpose, write here what `sha256sum FILE` prints";
    Err(refuse(&module.sha256.span, message, help))
}

type Loaded = (Arc<Module>, Vec<CheckerDoc>);

fn load(engine: &Engine, wasm: &[u8], cache: Option<&Cache>) -> Result<Loaded, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Description {
        abi: u32,
        checkers: Vec<CheckerDoc>,
    }
    let module = Module::load(engine, wasm, cache).map_err(|error: LoadError| error.to_string())?;
    let stopped = |stop: Stop| format!("its `describe` failed: {stop}");
    let described = module.describe(&Limits::default()).map_err(stopped)?;
    let described = described.ok_or("it must export `describe` as () -> i64")?;
    let Description { abi, checkers } = serde_json::from_slice(&described)
        .map_err(|error| format!("its `describe` answered no description: {error}"))?;
    if abi != ABI {
        return Err(format!("it speaks version {abi} of the checker ABI; this program speaks version {ABI}"));
    }
    Ok((Arc::new(module), checkers))
}
