use super::*;
use proptest::prelude::*;
use serde_json::json;

fn advised(answer: &str, wasted: f64, codes: &[&str]) -> Value {
    json!({
        "fullmarks": "advise", "version": 1,
        "decision": {"answer": answer, "fix": null, "scheme": {"name": "partial", "credit": 0.5}, "any": false,
            "wasted": {"estimate": wasted, "interval": {"low": wasted - 0.1, "high": wasted + 0.1}}},
        "settings": {"group_size": 8, "algorithm": "grpo", "kl": 0.0, "level": 0.9},
        "counts": {"prompts": 40, "completions": 320},
        "rates": {"all": {"full": {"estimate": 0.3, "interval": {"low": 0.2, "high": 0.4}}}},
        "advice": codes.iter().map(|code| json!({"code": code})).collect::<Vec<_>>(),
    })
}

fn probed(holes: &[&str], kinds: &[&str]) -> Value {
    json!({
        "fullmarks": "probe", "version": 1, "task": "t", "fine": holes.is_empty(), "probed": 4, "prompts": 4, "prompts_from": "file",
        "by_kind": kinds.iter().map(|kind| ((*kind).to_owned(), json!(3))).collect::<serde_json::Map<_, _>>(),
        "holes": holes.iter().map(|hole| json!({"probe": hole, "most": 0.5})).collect::<Vec<_>>(),
        "mutants": {"survived": 0, "weak_prompts": 0}, "refused": [], "failures": [], "unjudged": [],
    })
}

#[test]
fn what_changed_is_named() {
    let (before, now) = (
        advised("sample-more", 0.7, &["no-gradient", "saturated"]),
        advised("start", 0.4, &["saturated", "reward-ties"]),
    );
    let found = since(&before.to_string(), &now).unwrap();
    let change = |what: &str| found.changed.iter().find(|change| change.what == what).cloned();
    let decision = change("decision").unwrap();
    assert_eq!((decision.before.as_str(), decision.after.as_str()), ("sample-more", "start"));
    let wasted = change("wasted groups").unwrap();
    assert_eq!(
        (wasted.before.as_str(), wasted.after.as_str(), wasted.within),
        ("70% (60%–80%)", "40% (30%–50%)", false)
    );
    assert_eq!((found.gone, found.new), (vec!["no-gradient".to_owned()], vec!["reward-ties".to_owned()]));
    for stays in ["saturated", "scheme partial, credit 0.5", "pass rate 30% (20%–40%)"] {
        assert!(found.stayed.iter().any(|line| line == stays), "{stays}: {:?}", found.stayed);
    }
    let near = since(&before.to_string(), &advised("sample-more", 0.75, &["no-gradient", "saturated"])).unwrap();
    assert_eq!((near.changed.len(), near.changed[0].within), (1, true));
    let mut larger = before.clone();
    larger["settings"]["group_size"] = json!(16);
    let asked = since(&before.to_string(), &larger).unwrap().asked;
    assert_eq!((asked.len(), asked[0].what.as_str(), asked[0].after.as_str()), (1, "group size", "16"));
}

/// A kind that is left out this time closes no hole.
#[test]
fn a_hole_that_nobody_looked_for_is_not_closed() {
    let before = probed(&["junk/empty", "parrot/echo"], &["junk", "parrot"]);
    let closed = since(&before.to_string(), &probed(&["junk/empty"], &["junk", "parrot"])).unwrap();
    assert_eq!((closed.gone, closed.not_looked_for.len()), (vec!["hole parrot/echo".to_owned()], 0));
    let skipped = since(&before.to_string(), &probed(&["junk/empty"], &["junk"])).unwrap();
    assert_eq!((skipped.gone.len(), skipped.not_looked_for), (0, vec!["hole parrot/echo".to_owned()]));
}

/// A proxy that is left out this time, or that no longer rises with the truth, has not lost its errors.
#[test]
fn errors_that_nobody_looked_for_are_not_gone() {
    let errors = |mass: f64| json!({"by_dynamics": {"harmful": {"mass": mass}}});
    let audited = |proxies: &[(&str, Value)]| {
        let proxy = |(name, errors): &(&str, Value)| json!({"name": name, "metrics": {}, "errors": errors});
        let proxies: Vec<Value> = proxies.iter().map(proxy).collect();
        json!({"fullmarks": "audit", "version": 2, "ranked_by": "acc", "proxies": proxies})
    };
    let before = audited(&[("column:a", errors(0.2)), ("column:b", errors(0.1))]);
    let finding = || vec!["harmful errors of column:a".to_owned()];
    for (now, gone, not_looked_for) in [
        (vec![("column:a", errors(0.0)), ("column:b", errors(0.1))], finding(), vec![]),
        (vec![("column:a", json!(null)), ("column:b", errors(0.1))], vec![], finding()),
        (vec![("column:b", errors(0.1))], vec![], finding()),
    ] {
        let found = since(&before.to_string(), &audited(&now)).unwrap();
        assert_eq!((found.gone, found.not_looked_for), (gone, not_looked_for), "{now:?}");
    }
}

#[test]
fn what_is_no_such_report_is_refused() {
    let now = advised("start", 0.3, &[]);
    let refused = |earlier: &str| since(earlier, &now).unwrap_err();
    assert!(matches!(refused("not json"), SinceError::NotJson(_)));
    for nothing in ["[]", "3", "{}", r#"{"version": 1}"#, r#"{"fullmarks": 1}"#] {
        assert_eq!(refused(nothing), SinceError::NoReport, "{nothing}");
    }
    let other = SinceError::Other { found: "probe".into(), wanted: "advise".into() };
    assert_eq!(refused(&probed(&[], &[]).to_string()), other);
    let version = |version: Value| {
        let mut earlier = now.clone();
        earlier["version"] = version;
        refused(&earlier.to_string())
    };
    for bad in [json!(2), json!("1"), json!(null), json!(1.5)] {
        assert_eq!(version(bad.clone()), SinceError::Version { wanted: "1".into(), found: bad.to_string() });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn a_report_against_itself_has_no_changes(
        answer in "[a-z-]{1,9}", wasted in -2.0..2.0_f64, codes in proptest::collection::btree_set("[a-z-]{1,9}", 0..6)
    ) {
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        for report in [advised(&answer, wasted, &codes), probed(&codes, &["junk"])] {
            let found = since(&report.to_string(), &report).unwrap();
            prop_assert!(found.is_none(), "{:?}", found);
            prop_assert!(found.stayed.len() >= codes.len());
        }
    }

    /// What is gone one way is new the other way.
    #[test]
    fn turned_around_it_says_the_opposite(
        before in proptest::collection::btree_set("[a-d]", 0..4), after in proptest::collection::btree_set("[a-d]", 0..4),
        from in 0.0..1.0_f64, to in 0.0..1.0_f64,
    ) {
        let report = |codes: &BTreeSet<String>, wasted| advised("start", wasted, &codes.iter().map(String::as_str).collect::<Vec<_>>());
        let (one, other) = (report(&before, from), report(&after, to));
        let (there, back) = (since(&one.to_string(), &other).unwrap(), since(&other.to_string(), &one).unwrap());
        prop_assert_eq!((&there.gone, &there.new), (&back.new, &back.gone));
        let turned: Vec<(String, String)> = back.changed.into_iter().map(|change| (change.after, change.before)).collect();
        let said: Vec<(String, String)> = there.changed.into_iter().map(|change| (change.before, change.after)).collect();
        prop_assert_eq!(said, turned);
    }
}
