//! Pairs and sets of which is known what is better: preference data, results of RewardBench, RewardBench 2 and JudgeBench.
//!
//! Source: the columns of `allenai/reward-bench` and of `scores_chosen` and `scores_rejected` in `scripts/run_rm.py`, of `scripts/run_v2.py`, which
//! puts the correct completions first, and the result files in the repository of JudgeBench, which judge each pair in both orders.

use crate::{completion::kind, source::Unfit};
use serde_json::{Map, Value, json};

/// What a row says a completion is worth.
const TRUTH: &str = "truth";

/// What it says a completion was paid.
const SCORE: &str = "score";

/// Pairs of columns with what the better and the worse one were paid.
const SCORES: [(&str, &str); 4] = [
    ("scores_chosen", "scores_rejected"),
    ("score_chosen", "score_rejected"),
    ("chosen_score", "rejected_score"),
    ("reward_chosen", "reward_rejected"),
];

/// The columns that matter.
pub(super) const COLUMNS: &[&str] = &[
    "chosen",
    "rejected",
    "scores_chosen",
    "scores_rejected",
    "score_chosen",
    "score_rejected",
    "chosen_score",
    "rejected_score",
    "reward_chosen",
    "reward_rejected",
    "text",
    "scores",
    "num_correct",
    "response_A",
    "response_B",
    "label",
    "judgments",
];

/// Whether a row is of these.
pub(super) fn is(first: &Map<String, Value>) -> bool {
    let has = |names: &[&str]| names.iter().all(|name| first.contains_key(*name));
    has(&["chosen", "rejected"]) || has(&["scores", "num_correct"]) || has(&["response_A", "response_B", "label"])
}

/// A row in our own columns: completions, `truth` and, where they were judged, `score`.
pub(super) fn unfold(mut row: Map<String, Value>) -> Result<Map<String, Value>, Unfit> {
    let (completions, truth, scores) = if row.contains_key("response_A") {
        judged(&mut row)?
    } else if row.contains_key("num_correct") {
        set(&mut row)?
    } else {
        pair(&mut row)?
    };
    let put = |row: &mut Map<String, Value>, name: &str, value: Vec<Value>| {
        // What the row says itself counts.
        row.entry(name).or_insert(Value::Array(value));
    };
    put(&mut row, "completions", completions);
    put(&mut row, TRUTH, truth);
    if let Some(scores) = scores {
        put(&mut row, SCORE, scores);
    }
    Ok(row)
}

/// Completions, what they are worth, and what they were paid.
type Parts = (Vec<Value>, Vec<Value>, Option<Vec<Value>>);

fn pair(row: &mut Map<String, Value>) -> Result<Parts, Unfit> {
    let mut of = |name: &str| row.remove(name).ok_or_else(|| Unfit::from(format!("it has no `{name}`")));
    let (chosen, rejected) = (of("chosen")?, of("rejected")?);
    let truth = vec![json!(1), json!(0)];
    if chosen.is_number() && rejected.is_number() {
        return Ok((vec![json!(""), json!("")], truth, Some(vec![chosen, rejected])));
    }
    let completions = vec![text(chosen, "chosen")?, text(rejected, "rejected")?];
    let scores = SCORES.iter().find_map(|(better, worse)| Some(vec![row.remove(*better)?, row.remove(*worse)?]));
    Ok((completions, truth, scores))
}

fn set(row: &mut Map<String, Value>) -> Result<Parts, Unfit> {
    let correct = row.remove("num_correct").as_ref().and_then(Value::as_u64);
    let correct = correct.ok_or_else(|| Unfit::from("`num_correct` must be a whole number"))?;
    let scores = match row.remove("scores") {
        Some(Value::Array(scores)) => scores,
        other => return Err(format!("`scores` must be a list, not {}", kind(&other.unwrap_or_default())).into()),
    };
    if correct > scores.len() as u64 {
        return Err(format!("`num_correct` is {correct}, and there are {} scores", scores.len()).into());
    }
    let completions = match row.remove("text") {
        Some(Value::Array(texts)) if texts.len() == scores.len() => {
            texts.into_iter().map(|value| text(value, "text")).collect::<Result<Vec<_>, _>>()?
        }
        Some(Value::Array(texts)) => {
            return Err(format!("`text` has {} entries for {} scores", texts.len(), scores.len()).into());
        }
        _ => vec![json!(""); scores.len()],
    };
    let truth = (0..scores.len() as u64).map(|place| json!(u8::from(place < correct))).collect();
    // A model with one head writes each score as a list of one.
    let plain = |score: Value| match score {
        Value::Array(mut one) if one.len() == 1 => one.remove(0),
        other => other,
    };
    Ok((completions, truth, Some(scores.into_iter().map(plain).collect())))
}

fn judged(row: &mut Map<String, Value>) -> Result<Parts, Unfit> {
    let mut of = |name: &str| row.remove(name).unwrap_or_default();
    let (a, b, label) = (of("response_A"), of("response_B"), of("label"));
    let truth = match label.as_str() {
        Some("A>B") => vec![json!(1), json!(0)],
        Some("B>A") => vec![json!(0), json!(1)],
        _ => return Err(format!("`label` must be `A>B` or `B>A`, not {label}").into()),
    };
    let scores = match of("judgments") {
        Value::Array(judgments) if !judgments.is_empty() => Some(scores(&judgments)?),
        _ => None,
    };
    Ok((vec![text(a, "response_A")?, text(b, "response_B")?], truth, scores))
}

/// The mean score of each response over the judgments: every second one has them in the other order.
fn scores(judgments: &[Value]) -> Result<Vec<Value>, Unfit> {
    let mut sums = [0.0, 0.0];
    for (place, judgment) in judgments.iter().enumerate() {
        let mut pair = scored(judgment).or_else(|| decided(judgment)).ok_or_else(|| {
            Unfit::from(format!("judgment {place} has neither two `scores` nor a `decision` of A>B, B>A or A=B"))
        })?;
        if place % 2 == 1 {
            pair.reverse();
        }
        sums.iter_mut().zip(pair).for_each(|(sum, score)| *sum += score);
    }
    Ok(sums.iter().map(|sum| json!(sum / judgments.len() as f64)).collect())
}

fn scored(judgment: &Value) -> Option<[f64; 2]> {
    match judgment.get("judgment")?.get("scores")?.as_array()?.as_slice() {
        [a, b] => Some([a.as_f64()?, b.as_f64()?]),
        _ => None,
    }
}

fn decided(judgment: &Value) -> Option<[f64; 2]> {
    match judgment.get("decision")?.as_str()? {
        "A>B" => Some([1.0, 0.0]),
        "B>A" => Some([0.0, 1.0]),
        "A=B" => Some([0.5, 0.5]),
        _ => None,
    }
}

/// The text of a completion: of messages, what the assistant said last.
fn text(value: Value, name: &str) -> Result<Value, Unfit> {
    match value {
        Value::String(_) => Ok(value),
        Value::Array(messages) => {
            let content = |message: &Value| message.get("content").filter(|content| content.is_string()).cloned();
            let said = messages.iter().rev();
            let mut said = said.filter(|message| message.get("role").and_then(Value::as_str) == Some("assistant"));
            said.find_map(content).ok_or_else(|| format!("`{name}` has no message of the assistant").into())
        }
        other => Err(format!("`{name}` must be a text or messages, not {}", kind(&other)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: Value) -> Map<String, Value> {
        let Value::Object(row) = value else { panic!("an object") };
        assert!(is(&row));
        unfold(row).expect("a row")
    }

    #[test]
    fn pairs_are_completions_with_a_truth() {
        let said = |text: &str| json!([{"role": "user", "content": "Why?"}, {"role": "assistant", "content": text}]);
        let found = row(
            json!({"id": 1, "chosen": said("good"), "rejected": said("bad"), "scores_chosen": 2.5, "scores_rejected": -1}),
        );
        assert_eq!(found["completions"], json!(["good", "bad"]));
        assert_eq!((&found["truth"], &found["score"]), (&json!([1, 0]), &json!([2.5, -1])));
        assert!(!row(json!({"chosen": "a", "rejected": "b"})).contains_key("score"));
        assert_eq!(row(json!({"chosen": 0.25, "rejected": 0.5}))["score"], json!([0.25, 0.5]));
    }

    #[test]
    fn sets_have_their_right_ones_first() {
        let found = row(json!({"id": 1, "text": ["a", "b", "c"], "scores": [[3.0], [1.0], [2.0]], "num_correct": 2}));
        assert_eq!((&found["truth"], &found["score"]), (&json!([1, 1, 0]), &json!([3.0, 1.0, 2.0])));
        let Value::Object(bad) = json!({"scores": [1.0], "num_correct": 2}) else { panic!("an object") };
        assert!(unfold(bad).is_err());
    }

    /// The second judgment shows the pair in the other order.
    #[test]
    fn judgments_in_both_orders_are_one_score() {
        let judged = |scores: Value, decision: &str| json!({"judgment": {"scores": scores}, "decision": decision});
        let both = json!([judged(json!([1.0, 3.0]), "B>A"), judged(json!([2.0, 2.0]), "A=B")]);
        let found = row(json!({"response_A": "a", "response_B": "b", "label": "B>A", "judgments": both}));
        assert_eq!((&found["truth"], &found["score"]), (&json!([0, 1]), &json!([1.5, 2.5])));
        let words = json!([{"decision": "A>B"}, {"decision": "A>B"}]);
        let found = row(json!({"response_A": "a", "response_B": "b", "label": "A>B", "judgments": words}));
        assert_eq!(found["score"], json!([0.5, 0.5]));
    }
}
