//! The forecast against real training: small neural policies trained under `binary` and under `partial`, of which it sees samples of the
//! initial policy and, second, short pilots. The learning curves are used for nothing but to judge it.

use crate::data;
use fullmarks::{
    advise::{
        Algorithm, Settings, Sgd,
        forecast::{Choice, Forecast, Losses, Odds, Pilot, Samples, Snapshot},
    },
    reward::{Binary, Partial, Scheme},
    verdict::{Constraint, FailureKind, Group, Outcome, Verdict},
};
use serde_json::Value;
use std::sync::Arc;

/// Draws per forecast: fewer than by default, for time; the probabilities move by about 0.01.
const DRAWS: usize = 45;

/// What a run turned out to be.
struct Truth {
    generator: String,
    decisive: bool,
    unanimous: bool,
    winner: String,
    areas: [f64; 2],
}

/// A forecast of one run: the probability that `partial` wins, and what was recommended.
struct Said {
    probability: f64,
    choice: Choice,
    odds: Option<Odds>,
    losses: Option<Losses>,
}

#[test]
#[ignore = "heavy: 204 forecasts; `cargo xtask test` runs it"]
fn forecasts_agree_with_real_training() {
    let text = data::text("rl_lab/calibration.jsonl.gz");
    let runs: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let truths: Vec<Truth> = runs.iter().map(truth).collect();
    let lab: Vec<Lab> = runs.iter().map(Lab::new).collect();
    let likelier: Vec<Said> = lab.iter().map(Lab::partial_likelier).collect();
    let pilot_alone: Vec<Said> = lab.iter().map(Lab::pilot_alone).collect();
    let samples: Vec<Said> = lab.iter().map(|lab| lab.forecast(&[])).collect();
    let both: Vec<Said> = lab.iter().map(|lab| lab.forecast(&lab.pilots)).collect();
    println!("right on the surest 30, 50, 70 and 100 %: all decisive runs, those whose seeds agree");
    report("binary where partial is likelier than full", &likelier, &truths);
    report("the pilot's p_full", &pilot_alone, &truths);
    report("samples", &samples, &truths);
    report("samples and pilot", &both, &truths);

    let at = |said: &[Said], share: f64| accuracy(&surest(said, &truths, |truth| truth.decisive), share);
    assert!(at(&samples, 0.5) >= 0.8);
    assert!(at(&both, 0.5) >= 0.9);
    for percent in 1..=100 {
        let share = f64::from(percent) / 100.0;
        assert!(at(&both, share) >= at(&pilot_alone, share), "at {percent} %");
    }
}

/// What an advisor may see of a run.
struct Lab {
    groups: Vec<Group>,
    logprobs: Vec<Vec<Option<f64>>>,
    pilots: Vec<Pilot>,
    settings: Settings,
}

impl Lab {
    fn new(run: &Value) -> Self {
        let weights =
            run["weights"].as_array().expect("weights").iter().map(|weight| weight.as_f64().expect("a number"));
        let constraints: Arc<[Constraint]> = weights
            .enumerate()
            .map(|(n, weight)| Constraint { weight, ..Constraint::plain(format!("c{n}")) })
            .collect();
        let outcome = |bits: &str| {
            let verdict = |bit| if bit == '1' { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
            Outcome::new(constraints.clone(), bits.chars().map(verdict).collect())
        };
        let mut groups: Vec<Group> = run["initial_samples"]
            .as_object()
            .expect("samples")
            .iter()
            .map(|(prompt, samples)| Group {
                prompt: prompt.as_str().into(),
                outcomes: samples.as_array().expect("a list").iter().map(|bits| outcome(text(bits))).collect(),
            })
            .collect();
        let mut logprobs: Vec<Vec<Option<f64>>> = groups.iter().map(|group| vec![None; group.outcomes.len()]).collect();
        for completion in run["completions"].as_array().expect("a list") {
            let prompt = completion[0].to_string();
            let place = groups.iter().position(|group| *group.prompt == *prompt).expect("a prompt");
            groups[place].outcomes.push(outcome(text(&completion[1])));
            let tokens = completion[3].as_array().expect("tokens").len() + 1;
            logprobs[place].push(completion[2].as_f64().map(|logprob| logprob / tokens as f64));
        }
        let snapshot = |scheme: &str, step: &str| {
            let counts = run["pilot"][scheme][step].as_array().expect("counts").iter().enumerate();
            let width = constraints.len();
            let outcomes = counts.flat_map(|(index, count)| {
                let count = count.as_u64().expect("a count") as usize;
                vec![outcome(&format!("{index:0width$b}")); count]
            });
            let groups = vec![Group { prompt: "all".into(), outcomes: outcomes.collect() }];
            Snapshot { step: step.parse().ok(), groups }
        };
        let pilot = |scheme: &str| Pilot {
            scheme: scheme.into(),
            snapshots: vec![snapshot(scheme, "20"), snapshot(scheme, "40")],
        };
        let pilots = vec![pilot("binary"), pilot("partial")];
        let sgd =
            Sgd { learning_rate: run["lr"].as_f64().expect("a rate"), steps: run["steps"].as_u64().expect("steps") };
        let settings = Settings {
            algorithm: Algorithm::by_name(text(&run["algorithm"])).expect("an algorithm"),
            group_size: run["G"].as_u64().expect("a size") as usize,
            kl: run["kl"].as_f64().expect("a number"),
            sgd: (run["optimiser"] == "sgd").then_some(sgd),
            schemes: vec![Scheme::Binary(Binary), Scheme::Partial(Partial::default())],
            draws: DRAWS,
            ..Settings::default()
        };
        Self { groups, logprobs, pilots, settings }
    }

    fn forecast(&self, pilots: &[Pilot]) -> Said {
        let samples = Samples { groups: &self.groups, logprobs: &self.logprobs, pilots };
        let forecast = Forecast::new(&samples, &self.settings).expect("there is something to forecast");
        // Of the scheme that was trained: where a smaller credit is named in its place, nobody knows what came of that.
        let odds = if forecast.rival == 1 { forecast.odds } else { forecast.outlook.duels[0].odds };
        let trained = forecast.rival == 1;
        Said {
            probability: odds.probability(),
            choice: if trained { forecast.choice } else { Choice::CannotTell(None) },
            odds: Some(odds),
            losses: trained.then_some(forecast.losses),
        }
    }

    /// The naive rule: partial credit stalls where a partial answer is likelier than a full one.
    fn partial_likelier(&self) -> Said {
        let outcomes = || self.groups.iter().flat_map(|group| &group.outcomes);
        let count = |of: fn(&Outcome) -> Option<bool>| outcomes().filter(|outcome| of(outcome) == Some(true)).count();
        let (full, partial) = (count(Outcome::full) as f64, count(Outcome::partial) as f64);
        Said {
            probability: 0.5 + (full - partial) / outcomes().count() as f64 / 2.0,
            choice: Choice::CannotTell(None),
            odds: None,
            losses: None,
        }
    }

    /// Who has the higher p_full in the last snapshot, the surer the more standard errors apart.
    fn pilot_alone(&self) -> Said {
        let full = |pilot: &Pilot| {
            let outcomes = pilot.snapshots[1].groups.iter().flat_map(|group| &group.outcomes);
            outcomes.filter(|outcome| outcome.full() == Some(true)).count() as f64
        };
        let (binary, partial) = (full(&self.pilots[0]), full(&self.pilots[1]));
        let errors = (partial - binary) / (partial + binary + 1.0).sqrt();
        Said {
            probability: 0.5 + errors.atan() / std::f64::consts::PI,
            choice: Choice::CannotTell(None),
            odds: None,
            losses: None,
        }
    }
}

fn truth(run: &Value) -> Truth {
    let derived = &run["derived"];
    let area = |scheme: &str| {
        let mut areas: Vec<f64> = derived["auc"][scheme]
            .as_object()
            .expect("areas")
            .values()
            .map(|area| area.as_f64().expect("a number"))
            .collect();
        areas.sort_by(f64::total_cmp);
        areas[areas.len() / 2]
    };
    let pairs = &derived["pairs_partial_gt_binary"];
    Truth {
        generator: text(&run["id"])[..2].to_owned(),
        decisive: derived["decisive"] == true,
        unanimous: *pairs == 0 || *pairs == derived["n_pairs"],
        winner: text(&derived["winner"]).to_owned(),
        areas: [area("binary"), area("partial")],
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

/// Whether each was right, the surest first.
fn surest(said: &[Said], truths: &[Truth], which: impl Fn(&Truth) -> bool) -> Vec<bool> {
    let mut found: Vec<(f64, bool)> = said
        .iter()
        .zip(truths)
        .filter(|(_, truth)| which(truth))
        .map(|(said, truth)| ((said.probability - 0.5).abs(), (said.probability > 0.5) == (truth.winner == "partial")))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, right)| right).collect()
}

fn accuracy(right: &[bool], share: f64) -> f64 {
    let count = ((right.len() as f64 * share).round() as usize).max(1);
    right[..count].iter().filter(|right| **right).count() as f64 / count as f64
}

fn report(name: &str, said: &[Said], truths: &[Truth]) {
    let line = |which: &dyn Fn(&Truth) -> bool| {
        let right = surest(said, truths, which);
        [0.3, 0.5, 0.7, 1.0].map(|share| format!("{:3.0}", 100.0 * accuracy(&right, share))).join(" ")
    };
    let pairs = || said.iter().zip(truths);
    let decisive = || pairs().filter(|(_, truth)| truth.decisive);
    let brier: f64 = decisive()
        .map(|(said, truth)| (said.probability - f64::from(u8::from(truth.winner == "partial"))).powi(2))
        .sum::<f64>()
        / decisive().count() as f64;
    let regret = |(said, truth): (&Said, &Truth)| {
        let [binary, partial] = truth.areas;
        binary.max(partial) - if said.probability > 0.5 { partial } else { binary }
    };
    let mean = |regrets: Vec<f64>| regrets.iter().sum::<f64>() / regrets.len() as f64;
    println!(
        "\n{name}\n  all {} | agreed {}",
        line(&|truth| truth.decisive),
        line(&|truth| truth.decisive && truth.unanimous)
    );
    println!(
        "  Brier {brier:.3}; regret in area: {:.4} decisive, {:.4} all",
        mean(decisive().map(regret).collect()),
        mean(pairs().map(regret).collect())
    );
    for generator in ["s5", "s6", "s7", "s8"] {
        let right = surest(said, truths, |truth| truth.decisive && truth.generator == generator);
        print!("  {generator} {}/{}", right.iter().filter(|right| **right).count(), right.len());
    }
    println!("\n  stated → partial won (runs), decisive runs:");
    for (low, high) in [(0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)] {
        let within: Vec<_> = decisive().filter(|(said, _)| (low..high).contains(&said.probability)).collect();
        if !within.is_empty() {
            let count = within.len() as f64;
            let stated = within.iter().map(|(said, _)| said.probability).sum::<f64>() / count;
            let won = within.iter().filter(|(_, truth)| truth.winner == "partial").count() as f64 / count;
            print!("    {stated:.2} → {won:.2} ({count})");
        }
    }
    let losses: Vec<f64> = pairs()
        .filter_map(|(said, truth)| {
            let Odds { rival, first, small } = said.odds?;
            let came = match truth.winner.as_str() {
                "partial" => rival,
                "binary" => first,
                _ => small,
            };
            Some(-came.ln())
        })
        .collect();
    if !losses.is_empty() {
        print!("\n  log loss of the three: {:.3}", mean(losses));
    }
    // What was said each scheme loses against the better one, and what it lost; differences of less than a tenth count as none.
    let lost = |mine: f64, other: f64| {
        let share = 1.0 - (mine + 0.005) / (other + 0.005);
        if share < 1.0 - 1.0 / 1.1 { 0.0 } else { share }
    };
    let mut foretold: Vec<(f64, f64)> = pairs()
        .filter_map(|(said, truth)| {
            let [binary, partial] = truth.areas;
            let losses = said.losses?;
            Some([(losses.first, lost(binary, partial)), (losses.rival, lost(partial, binary))])
        })
        .flatten()
        .collect();
    foretold.sort_by(|a, b| a.0.total_cmp(&b.0));
    if !foretold.is_empty() {
        print!("\n  losses foretold → seen, in quarters:");
        for quarter in foretold.chunks(foretold.len().div_ceil(4)) {
            let of = |which: fn(&(f64, f64)) -> f64| mean(quarter.iter().map(which).collect());
            print!("  {:.3} → {:.3}", of(|pair| pair.0), of(|pair| pair.1));
        }
    }
    let small = |choice: &Choice| matches!(choice, Choice::Either | Choice::Neither(_));
    let named = pairs().filter(|(said, _)| small(&said.choice)).count();
    let ties = pairs().filter(|(said, truth)| small(&said.choice) && truth.winner == "tie").count();
    let committed: Vec<_> = pairs().filter(|(said, _)| matches!(said.choice, Choice::Use(_))).collect();
    let right = committed
        .iter()
        .filter(|(said, truth)| (said.probability > 0.5) == (truth.winner == "partial") && truth.winner != "tie");
    println!(
        "\n  said small: {named}, of which ties: {ties}; recommended: {}, of which right: {} (a tie is wrong)",
        committed.len(),
        right.count()
    );
}
