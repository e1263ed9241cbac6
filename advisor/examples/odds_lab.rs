//! What the forecast says of real training runs, a line of JSON each, for those who fit or judge its odds: `odds_lab < RUNS.jsonl > SAID.jsonl`. A run is
//! a line of the lab (`tests/data/README.md`); its learning curves are passed through and not looked at.

use fullmarks_advisor::{
    advise::{
        Algorithm, Settings, Sgd,
        forecast::{Choice, Forecast, Pilot, Samples, Snapshot},
    },
    reward::{Binary, Partial, Scheme},
    verdict::{Constraint, FailureKind, Group, Outcome, Verdict},
};
use serde_json::{Value, json};
use std::{io::BufRead, sync::Arc};

/// Draws per forecast, as in `tests/evidence/rl_lab.rs`.
const DRAWS: usize = 45;

fn main() {
    for line in std::io::stdin().lock().lines() {
        let run: Value = serde_json::from_str(&line.expect("text")).expect("JSON");
        println!("{}", said(&run));
    }
}

fn said(run: &Value) -> Value {
    let size = run["weights"].as_array().expect("weights").len();
    let constraints: Arc<[Constraint]> = (0..size).map(|n| Constraint::plain(format!("c{n}"))).collect();
    let outcome = |bits: &str| {
        let verdict = |bit| if bit == '1' { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
        Outcome::new(constraints.clone(), bits.chars().map(verdict).collect())
    };
    let samples = run["initial_samples"].as_object().expect("samples");
    let group = |(prompt, samples): (&String, &Value)| Group {
        prompt: prompt.as_str().into(),
        outcomes: samples.as_array().expect("a list").iter().map(|bits| outcome(text(bits))).collect(),
    };
    let groups: Vec<Group> = samples.iter().map(group).collect();
    let pilot = |counts: &Value, scheme: &str| Pilot {
        scheme: scheme.into(),
        snapshots: ["20", "40"].map(|step| snapshot(&counts[scheme][step], step, size, &outcome)).into(),
    };
    let sgd = Sgd { learning_rate: run["lr"].as_f64().expect("a rate"), steps: run["steps"].as_u64().expect("steps") };
    let settings = Settings {
        algorithm: Algorithm::by_name(text(&run["algorithm"])).expect("an algorithm"),
        group_size: run["G"].as_u64().expect("a size") as usize,
        kl: run["kl"].as_f64().expect("a number"),
        sgd: (run["optimiser"] == "sgd").then_some(sgd),
        schemes: vec![Scheme::Binary(Binary), Scheme::Partial(Partial::default())],
        draws: DRAWS,
        ..Settings::default()
    };
    let forecast = |pilots: &[Pilot]| {
        let samples = Samples { groups: &groups, logprobs: &[], pilots };
        Forecast::new(&samples, &settings).map(|forecast| told(&forecast))
    };
    // Older files hold one pilot, which is the beginning of a run that is also a label.
    let mut with = serde_json::Map::new();
    let one = [("label".to_owned(), &run["pilot"])].into_iter().filter(|(_, counts)| counts.is_object());
    let more = run["ext"]["pilots"].as_object().into_iter().flatten().map(|(seed, counts)| (seed.clone(), counts));
    for (seed, counts) in one.chain(more) {
        with.insert(seed, json!(forecast(&[pilot(counts, "binary"), pilot(counts, "partial")])));
    }
    json!({
        "id": run["id"], "group_size": run["G"], "sgd": run["optimiser"] == "sgd", "algorithm": run["algorithm"],
        "derived": run["derived"], "samples": forecast(&[]), "pilots": with,
    })
}

fn snapshot(counts: &Value, step: &str, size: usize, outcome: &impl Fn(&str) -> Outcome) -> Snapshot {
    let counts = counts.as_array().expect("counts").iter().enumerate();
    let outcomes = counts.flat_map(|(index, count)| {
        vec![outcome(&format!("{index:0size$b}")); count.as_u64().expect("a count") as usize]
    });
    Snapshot { step: step.parse().ok(), groups: vec![Group { prompt: "all".into(), outcomes: outcomes.collect() }] }
}

/// The odds of `partial` with credit 1, which was trained, and what was named; nothing where a smaller credit was.
fn told(forecast: &Forecast) -> Value {
    let trained = forecast.rival == 1;
    let duel = &forecast.outlook.duels[0];
    let odds = if trained { forecast.odds } else { duel.odds };
    let choice = match &forecast.choice {
        _ if !trained => "other credit",
        Choice::Use(Scheme::Binary(_)) => "binary",
        Choice::Use(_) => "partial",
        Choice::Either => "either",
        Choice::Neither(_) => "neither",
        Choice::CannotTell(_) => "cannot tell",
    };
    json!({
        "binary": odds.first, "partial": odds.rival, "small": odds.small, "choice": choice,
        "start": forecast.outlook.schemes[0].full[0].0,
    })
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}
