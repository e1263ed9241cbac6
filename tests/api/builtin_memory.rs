//! What the built-in modules write where: only what is short stays in the memory that each instance starts with, and is cleared after it.

use fullmarks_sandbox::{Answer, Engine, Entry, Limits, Module, Request, Stop, Tag};

/// Each module, the memory that its instances start with, and a checker that takes no parameters.
const MODULES: [(&[u8], usize, &str); 3] = [
    (include_bytes!("../../src/verify/builtin/checkers.wasm"), 2 << 20, "punctuation:no_comma"),
    (include_bytes!("../../src/verify/builtin/tables.wasm"), 2 << 20, "format:emoji"),
    (include_bytes!("../../src/verify/builtin/languages.wasm"), 7 << 19, "change_case:english_lowercase"),
];

fn check(module: &Module, checker: &str, text: &str, memory: usize) -> Result<Tag, Stop> {
    let limits = Limits { memory, ..Limits::default() };
    let request = Request { checker, params: "{}", prompt: "", text };
    Ok(Answer::decode(&module.call(Entry::Check, &request, &limits)?)?.tag)
}

#[test]
fn what_is_long_is_in_memory_that_is_added() {
    let engine = Engine::new(1).unwrap();
    for (wasm, starts_with, checker) in MODULES {
        let module = Module::load(&engine, wasm, None).unwrap();
        let short = "the owls hoot at night when all of the other birds are asleep. ".repeat(20);
        let long = short.repeat(60);
        assert!(check(&module, checker, &short, starts_with).is_ok(), "{checker}");
        assert_eq!(check(&module, checker, &long, starts_with), Err(Stop::Memory), "{checker}");
        assert_eq!(
            check(&module, checker, &long, starts_with + (4 << 20)),
            check(&module, checker, &short, starts_with),
            "{checker}"
        );
        // Asked for once, and long.
        let limits = |memory| Limits { memory, ..Limits::default() };
        assert_eq!(module.describe(&limits(starts_with)), Err(Stop::Memory), "{checker}");
        assert!(module.describe(&limits(starts_with + (2 << 20))).is_ok_and(|json| json.is_some()), "{checker}");
    }
}
