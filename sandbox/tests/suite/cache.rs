//! Compiled modules are used again when they are whole and this user's alone, and never otherwise.

use crate::common::{FUEL, PASSED, PASSES, call, checker, engine, wasm};
use fullmarks_sandbox::{Cache, Module};
use std::{
    fs, io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// A cache in a folder of its own.
struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Loads the same module through the cache and makes sure that it works.
    fn load(&self) {
        let cache = Cache::at(self.path()).expect("a cache");
        let module = Module::load(&engine(), &wasm(&checker("", PASSES)), Some(&cache)).expect("a module");
        assert_eq!(call(&module, FUEL), Ok(PASSED.to_vec()));
    }

    /// The one file with that ending.
    fn file(&self, ending: &str) -> PathBuf {
        let entries = fs::read_dir(self.path()).expect("a folder").map(|entry| entry.expect("an entry").path());
        let found: Vec<_> = entries.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
        let [path] = &found[..] else { panic!("one .{ending} expected: {found:?}") };
        path.clone()
    }

    fn code(&self) -> PathBuf {
        self.file("cwasm")
    }

    fn digest(&self) -> PathBuf {
        self.file("sha256")
    }

    /// What changes when a file is written again: a new file takes its place.
    fn identity(&self) -> [(u64, i64, i64); 2] {
        [self.code(), self.digest()].map(|path| {
            let metadata = fs::metadata(path).expect("a file");
            (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
        })
    }
}

#[test]
fn the_second_load_leaves_the_files_alone() {
    let fixture = Fixture::new();
    fixture.load();
    assert_eq!(fs::read_dir(fixture.path()).expect("a folder").count(), 2, "the code and its digest");
    let before = fixture.identity();
    fixture.load();
    assert_eq!(fixture.identity(), before);
}

/// Damages the cache, loads, and expects the files to be as they were before the damage.
fn mended(damage: impl Fn(&Fixture)) {
    let fixture = Fixture::new();
    fixture.load();
    let read = || [fixture.code(), fixture.digest()].map(|path| fs::read(path).expect("a file"));
    let (before, whole) = (fixture.identity(), read());
    damage(&fixture);
    fixture.load();
    assert_ne!(fixture.identity(), before, "it was compiled again");
    assert_eq!(read(), whole);
}

#[test]
fn damaged_code_is_compiled_again() {
    mended(|fixture| {
        let mut code = fs::read(fixture.code()).expect("a file");
        let middle = code.len() / 2;
        code[middle] ^= 1;
        fs::write(fixture.code(), code).expect("written");
    });
}

#[test]
fn cut_code_is_compiled_again() {
    mended(|fixture| {
        let code = fs::read(fixture.code()).expect("a file");
        fs::write(fixture.code(), &code[..code.len() - 1]).expect("written");
    });
}

#[test]
fn a_digest_that_is_damaged_empty_or_gone_means_compiling_again() {
    mended(|fixture| fs::write(fixture.digest(), "0".repeat(64)).expect("written"));
    mended(|fixture| fs::write(fixture.digest(), b"\xff").expect("written"));
    mended(|fixture| fs::write(fixture.digest(), "").expect("written"));
    mended(|fixture| fs::remove_file(fixture.digest()).expect("removed"));
}

#[test]
fn what_is_no_code_is_compiled_again_even_under_its_own_digest() {
    mended(|fixture| {
        fs::write(fixture.code(), "not code").expect("written");
        let sha256_of_it = "470a06e8985402e63a1ba2c31a47e119fd74b2c39241da8f234a5f6c8a83ad2a";
        fs::write(fixture.digest(), sha256_of_it).expect("written");
    });
}

#[test]
fn another_module_gets_its_own_files() {
    let fixture = Fixture::new();
    fixture.load();
    let cache = Cache::at(fixture.path()).expect("a cache");
    let other = wasm(&checker("", "(i64.const 5)"));
    let module = Module::load(&engine(), &other, Some(&cache)).expect("a module");
    assert_eq!(call(&module, FUEL), Ok(PASSED[..5].to_vec()));
    assert_eq!(fs::read_dir(fixture.path()).expect("a folder").count(), 4);
}

#[test]
fn a_folder_others_can_write_is_refused() {
    for mode in [0o777, 0o770, 0o702] {
        let fixture = Fixture::new();
        fs::set_permissions(fixture.path(), fs::Permissions::from_mode(mode)).expect("permissions");
        let error = Cache::at(fixture.path()).expect_err("refused");
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        let message = "must belong to you and be writable by nobody else: chmod 700, or set FULLMARKS_CACHE";
        assert_eq!(error.to_string(), format!("{} {message}", fixture.path().display()));
    }
}

#[test]
fn a_missing_folder_is_made_for_this_user_alone() {
    let fixture = Fixture::new();
    let folder = fixture.path().join("a/b");
    Cache::at(&folder).expect("a cache");
    assert_eq!(fs::metadata(&folder).expect("made").permissions().mode() & 0o777, 0o700);
}
