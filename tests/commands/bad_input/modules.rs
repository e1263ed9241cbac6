//! Checker modules that cannot be used.

use super::refuses;
use crate::common::{FAIL, Folder, PASS, checker, described, module_folder, module_spec, sha256, wasm};

/// `fullmarks check` must refuse a spec with this module with this text.
#[track_caller]
fn refuses_module(text: &str, stderr: &str) {
    refuses(&module_folder("acme.test", text), "check spec.yaml", stderr);
}

#[test]
fn a_good_module_is_good() {
    module_folder("acme.test", &checker("acme.test", PASS)).run("check spec.yaml").fine();
    module_folder("acme.test", &checker("acme.test", FAIL)).run("check spec.yaml").fine();
}

#[test]
fn a_module_with_imports() {
    let module = checker("acme.test", PASS).replacen("(module", r#"(module (import "env" "now" (func))"#, 1);
    refuses_module(
        &module,
        r"
error: the checker module `checker.wasm` cannot be used: it imports env.now, but a checker may import nothing
 --> spec.yaml:4:14
  |
4 |   - {module: checker.wasm, sha256: SHA256}
  |              ^^^^^^^^^^^^
  |
  = help: a module imports nothing and exports memory, alloc, check and describe: docs/checker-abi.md
",
    );
}

#[test]
fn a_module_that_loops() {
    refuses_module(
        &checker("acme.test", "(loop $forever (br $forever)) (unreachable)"),
        r"
error: `acme.test` cannot judge even the text `ok`: it used up its time limit (counted in fuel); if it needs longer, raise `limits: {time: …}`
 --> spec.yaml:6:13
  |
6 |   - {check: acme.test}
  |             ^^^^^^^^^
",
    );
    let describes = checker("acme.test", PASS)
        .replace("(result i64)\n                (i64.or", "(result i64)\n                (loop $l (br $l)) (i64.or");
    refuses_module(
        &describes,
        r"
error: the checker module `checker.wasm` cannot be used: its `describe` failed: it used up its time limit (counted in fuel)
 --> spec.yaml:4:14
  |
4 |   - {module: checker.wasm, sha256: SHA256}
  |              ^^^^^^^^^^^^
  |
  = help: a module imports nothing and exports memory, alloc, check and describe: docs/checker-abi.md
",
    );
}

#[test]
fn a_module_that_answers_outside_its_memory() {
    refuses_module(
        &checker("acme.test", "(i64.const 0x7fffffff00000010)"),
        r"
error: `acme.test` cannot judge even the text `ok`: it broke the checker protocol: an answer of 16 bytes at address 2147483647, outside its memory of 262144 bytes
 --> spec.yaml:6:13
  |
6 |   - {check: acme.test}
  |             ^^^^^^^^^
",
    );
}

#[test]
fn a_module_that_eats_memory() {
    let eats = "(loop $more (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) (unreachable)";
    refuses_module(
        &checker("acme.test", eats),
        r"
error: `acme.test` cannot judge even the text `ok`: it needs more memory than its limit; if it needs more, raise `limits: {memory: …}`
 --> spec.yaml:6:13
  |
6 |   - {check: acme.test}
  |             ^^^^^^^^^
",
    );
}

#[test]
fn a_module_that_traps() {
    refuses_module(
        &checker("acme.test", "(unreachable)"),
        r"
error: `acme.test` cannot judge even the text `ok`: it trapped: wasm trap: wasm `unreachable` instruction executed
 --> spec.yaml:6:13
  |
6 |   - {check: acme.test}
  |             ^^^^^^^^^
",
    );
}

#[test]
fn a_module_without_description() {
    let nothing = checker("acme.test", PASS).replace(r#"(export "describe")"#, "");
    refuses_module(
        &nothing,
        r"
error: the checker module `checker.wasm` cannot be used: it must export `describe` as () -> i64
 --> spec.yaml:4:14
  |
4 |   - {module: checker.wasm, sha256: SHA256}
  |              ^^^^^^^^^^^^
  |
  = help: a module imports nothing and exports memory, alloc, check and describe: docs/checker-abi.md
",
    );
    refuses_module(
        &described("no JSON", PASS),
        r"
error: the checker module `checker.wasm` cannot be used: its `describe` answered no description: expected ident at line 1 column 2
 --> spec.yaml:4:14
  |
4 |   - {module: checker.wasm, sha256: SHA256}
  |              ^^^^^^^^^^^^
  |
  = help: a module imports nothing and exports memory, alloc, check and describe: docs/checker-abi.md
",
    );
    refuses_module(
        &described(r#"{"abi":2,"checkers":[]}"#, PASS),
        r"
error: the checker module `checker.wasm` cannot be used: it speaks version 2 of the checker ABI; this program speaks version 1
 --> spec.yaml:4:14
  |
4 |   - {module: checker.wasm, sha256: SHA256}
  |              ^^^^^^^^^^^^
  |
  = help: a module imports nothing and exports memory, alloc, check and describe: docs/checker-abi.md
",
    );
    refuses_module(
        &checker("acme.other", PASS),
        r"
error: there is no checker `acme.test`
 --> spec.yaml:6:13
  |
6 |   - {check: acme.test}
  |             ^^^^^^^^^
  |
  = help: did you mean `acme.other`?
",
    );
    refuses_module(
        &checker("contains.all", PASS),
        r"
error: the checker module `checker.wasm` cannot be used: its checker `contains.all` has the name of another one
 --> spec.yaml:4:14
  |
4 |   - {module: checker.wasm, sha256: SHA256}
  |              ^^^^^^^^^^^^
  |
  = help: a module imports nothing and exports memory, alloc, check and describe: docs/checker-abi.md
",
    );
}

#[test]
fn a_module_that_is_none_missing_or_changed() {
    let cut = &wasm(&checker("acme.test", PASS))[..20];
    let folder = Folder::new().with("spec.yaml", module_spec("acme.test", &sha256(cut))).with("checker.wasm", cut);
    refuses(
        &folder,
        "check spec.yaml",
        r"
error: the checker module `checker.wasm` cannot be used: not a WebAssembly module the sandbox can run: failed to parse WebAssembly module: unexpected end-of-file (at offset 0xa)
 --> spec.yaml:4:14
  |
4 |   - {module: checker.wasm, sha256: SHA256}
  |              ^^^^^^^^^^^^
  |
  = help: a module imports nothing and exports memory, alloc, check and describe: docs/checker-abi.md
",
    );
    std::fs::remove_file(folder.path("checker.wasm")).expect("removed");
    refuses(
        &folder,
        "check spec.yaml",
        r"
error: the checker module checker.wasm cannot be read: No such file or directory (os error 2)
 --> spec.yaml:4:14
  |
4 |   - {module: checker.wasm, sha256: SHA256}
  |              ^^^^^^^^^^^^
  |
  = help: the path is relative to the spec's folder
",
    );
    let folder = module_folder("acme.test", &checker("acme.test", PASS));
    folder.write("checker.wasm", wasm(&checker("acme.test", FAIL)));
    refuses(
        &folder,
        "check spec.yaml",
        r"
error: checker.wasm has another sha256 than this
 --> spec.yaml:4:36
  |
4 |   - {module: checker.wasm, sha256: SHA256}
  |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: if the module changed on purpose, write here what `sha256sum FILE` prints
",
    );
    folder.write("spec.yaml", module_spec("acme.test", "abc"));
    refuses(
        &folder,
        "check spec.yaml",
        r"
error: checker.wasm has another sha256 than this
 --> spec.yaml:4:36
  |
4 |   - {module: checker.wasm, sha256: abc}
  |                                    ^^^
  |
  = help: if the module changed on purpose, write here what `sha256sum FILE` prints
",
    );
}
