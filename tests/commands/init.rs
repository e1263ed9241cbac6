//! `fullmarks init`, completions and manual pages, as somebody new would use them.

use std::{
    fs,
    process::{Command, Output},
};

fn fullmarks(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fullmarks")).args(words).output().expect("it runs")
}

#[test]
fn what_init_writes_passes_its_own_cases_and_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["instructions", "code"] {
        let file = folder.path().join(format!("{kind}.yaml")).display().to_string();
        let written = fullmarks(&["init", &file, "--kind", kind]);
        assert_eq!(written.status.code(), Some(0), "{written:?}");
        let said = String::from_utf8(written.stdout).unwrap();
        assert!(said.ends_with(&format!("fullmarks check --run {file}\n")), "{said}");
        let checked = fullmarks(&["check", "--run", &file]);
        assert_eq!(checked.status.code(), Some(0), "{checked:?}");
        let probed = fullmarks(&["probe", &file]);
        assert_eq!(probed.status.code(), Some(0), "{probed:?}");
        // Words alone can be had without the task, which the template allows for the time being and says so.
        let allowed =
            String::from_utf8(probed.stdout).unwrap().replace("\n  ", " ").contains("only the form is judged as yet");
        assert_eq!(allowed, kind == "instructions");
        let again = fullmarks(&["init", &file]);
        assert_eq!(again.status.code(), Some(2));
        let why = String::from_utf8(again.stderr).unwrap();
        assert!(why.contains("is there already, and is left as it is"), "{why}");
    }
}

#[test]
fn completions_and_manual_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = String::from_utf8(fullmarks(&["completions", shell]).stdout).unwrap();
        assert!(completions.contains("advise") && completions.contains("rollouts"), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man");
    assert_eq!(fullmarks(&["man", &pages.display().to_string()]).status.code(), Some(0));
    for page in ["fullmarks.1", "fullmarks-advise.1", "fullmarks-init.1"] {
        assert!(fs::read_to_string(pages.join(page)).unwrap().starts_with(".ie"), "{page}");
    }
}
