//! What each defence is worth: with it switched off, and all others on, an attack that names it succeeds.

#[path = "common/attacks.rs"]
mod attacks;
#[path = "common/completions.rs"]
mod completions;
#[path = "common/python.rs"]
mod python;

use attacks::{earned, judge, tasks};
use completions::completions;
use fullmarks::verify::{Defence, Row, Verifier};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn without_a_defence_an_attack_succeeds() {
    fullmarks_sandbox::python::find().unwrap_or_else(|why| panic!("{why}"));
    let judges: BTreeMap<String, Verifier> = tasks().iter().map(|(name, task)| (name.clone(), judge(task))).collect();
    let attacks = completions("attacks");
    let named: BTreeSet<&str> =
        attacks.iter().map(|attack| attack.front["defence"].as_str().expect("a name")).collect();
    let all: BTreeSet<String> = Defence::ALL.into_iter().map(Defence::name).collect();
    assert_eq!(named.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), all);
    let mut useless = Vec::new();
    for defence in Defence::ALL {
        defence.switch_off();
        let against = attacks.iter().filter(|attack| attack.front["defence"] == defence.name().as_str());
        let thrown = against.flat_map(|attack| {
            let tasks = attack.front["against"].as_object().expect("a map").keys();
            tasks.map(move |task| (attack, task))
        });
        let successful = thrown
            .into_iter()
            .find(|(attack, task)| earned(&python::judge(&judges[*task], &Row::new(), &attack.completion)) > 0.0);
        match successful {
            Some((attack, task)) => println!("{}: {} succeeds against {task}", defence.name(), attack.name),
            None => useless.push(defence.name()),
        }
    }
    assert!(useless.is_empty(), "no attack needs {useless:?} to be off");
}
