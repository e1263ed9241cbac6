//! Compiled modules, kept between runs.
//!
//! wasmtime trusts compiled code completely, which is why loading it is `unsafe`: whoever can change a file here can run
//! code as this user. So the folder must belong to this user and be writable by nobody else, each file must match the
//! digest recorded beside it (which catches a truncated or damaged file), and the bytes that were checked are the bytes
//! that are loaded.
#![allow(unsafe_code)]

use crate::hex::hex;
use sha2::{Digest, Sha256};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::{Path, PathBuf},
};
use wasmtime::{Engine, Module, component::Component};

/// What can be compiled and kept.
pub(crate) trait Compiled: Sized {
    fn compile(engine: &Engine, wasm: &[u8]) -> wasmtime::Result<Self>;

    fn to_code(&self) -> wasmtime::Result<Vec<u8>>;

    /// # Safety
    /// The code must be unchanged output of [`Compiled::to_code`].
    unsafe fn from_code(engine: &Engine, code: &[u8]) -> wasmtime::Result<Self>;
}

/// Modules and components have the same functions, and no trait in common.
macro_rules! compiled {
    ($kind:ty) => {
        impl Compiled for $kind {
            fn compile(engine: &Engine, wasm: &[u8]) -> wasmtime::Result<Self> {
                Self::new(engine, wasm)
            }

            fn to_code(&self) -> wasmtime::Result<Vec<u8>> {
                self.serialize()
            }

            unsafe fn from_code(engine: &Engine, code: &[u8]) -> wasmtime::Result<Self> {
                // SAFETY: the caller's promise.
                unsafe { Self::deserialize(engine, code) }
            }
        }
    };
}

compiled!(Module);
compiled!(Component);

/// A folder of compiled modules and components.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The user's own: `$FULLMARKS_CACHE`, else `fullmarks` in the platform's cache folder.
    ///
    /// # Errors
    /// When there is no such folder, or others could write into it. Without a cache everything still works; a module is
    /// then compiled each time the program starts.
    pub fn user() -> io::Result<Self> {
        use etcetera::BaseStrategy;
        let folder = match std::env::var_os("FULLMARKS_CACHE") {
            Some(folder) => PathBuf::from(folder),
            None => etcetera::choose_base_strategy().map_err(io::Error::other)?.cache_dir().join("fullmarks"),
        };
        Self::at(&folder)
    }

    /// The cache in `folder`, created when absent.
    ///
    /// # Errors
    /// When it cannot be created or is not this user's alone.
    pub fn at(folder: &Path) -> io::Result<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let metadata = fs::metadata(folder)?;
        if metadata.uid() != rustix::process::geteuid().as_raw() || metadata.mode() & 0o022 != 0 {
            let folder = folder.display();
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                format!(
                    "{folder} must belong to you and be writable by nobody else: chmod 700, or set FULLMARKS_CACHE"
                ),
            ));
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// Where it is.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The compiled form of `wasm`, from the cache when it is there and whole, else compiled and stored.
    pub(crate) fn load<C: Compiled>(&self, engine: &Engine, wasm: &[u8], hash: &[u8; 32]) -> wasmtime::Result<C> {
        let path = self.path(engine, hash);
        if let Some(code) = read_verified(&path) {
            // SAFETY: the bytes were written by `store` below from this engine's own output: the folder is this user's
            // alone, the digest recorded with them matches, and the name carries the hashes of the source module and the engine.
            if let Ok(compiled) = unsafe { C::from_code(engine, &code) } {
                return Ok(compiled);
            }
        }
        let compiled = C::compile(engine, wasm)?;
        // A cache that cannot be written costs time on the next start and nothing else.
        let _ = store(&path, &compiled.to_code()?);
        Ok(compiled)
    }

    fn path(&self, engine: &Engine, hash: &[u8; 32]) -> PathBuf {
        let mut settings = DefaultHasher::new();
        engine.precompile_compatibility_hash().hash(&mut settings);
        self.folder.join(format!("{}-{:016x}.cwasm", hex(hash), settings.finish()))
    }
}

fn read_verified(path: &Path) -> Option<Vec<u8>> {
    let digest = fs::read_to_string(path.with_extension("sha256")).ok()?;
    let code = fs::read(path).ok()?;
    (digest.trim() == hex(&Sha256::digest(&code))).then_some(code)
}

/// Writes the code, then its digest, each atomically: a reader sees a whole file or none.
fn store(path: &Path, code: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    for (path, bytes) in [(path, code), (&path.with_extension("sha256"), hex(&Sha256::digest(code)).as_bytes())] {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path)?;
    }
    Ok(())
}
