//! Verdicts that are already known, read from a column of the rollouts.

use super::several::is_scored;
use crate::{
    completion::kind,
    verdict::{CauseKind, Constraint, Outcome, Verdict},
};
use serde_json::{Map, Value};
use std::{collections::HashSet, sync::Arc};

/// Reads the verdicts of a row's completions from one of its columns.
///
/// Per completion the column holds `true` / `false`, a list of them (one per constraint), `{"constraint": verdict}`, a string of `0` and `1`,
/// or what `fullmarks score` writes, `[{"constraint": …, "passed": …}, …]`; a number from 0 to 1 is the share of a constraint's cases that are
/// met, and only 1 is met; `null` (or `?` in a string) is a verdict we do not have. In a
/// row with `completions` it is a list of these, one per completion; or an object of lists, `{"constraint": [verdict per completion]}`.
#[derive(Clone, Debug)]
pub struct KnownVerdicts {
    /// The column.
    pub column: String,
}

/// Scores of one completion by constraint, 1 where it is met; `None` where unknown.
type Marks = Vec<Option<f64>>;

/// Verdicts of one completion, with the names of their constraints where the data name them.
type Named = (Option<Vec<String>>, Marks);

/// What people call verdicts.
const LIKELY: [&str; 10] =
    ["verdicts", "verdict", "v", "passed", "pass", "correct", "is_correct", "success", "scores", "score"];

/// Says that the column is missing, and which one may hold the verdicts.
fn missing(columns: &Map<String, Value>, column: &str) -> String {
    let says = super::missing_column(columns, column);
    let likely = LIKELY.iter().find(|name| columns.contains_key(**name));
    match likely.copied().or_else(|| columns.keys().map(String::as_str).next().filter(|_| columns.len() == 1)) {
        Some(name) => format!("{says}: if the verdicts are in `{name}`, write `--verdicts {name}`"),
        None => says,
    }
}

impl KnownVerdicts {
    /// The outcomes of a row: over `constraints` when a spec says what they are of, matched by name where the data name them,
    /// else by position. Without a spec they are named by the data, else `constraint 1`, `constraint 2`, …
    ///
    /// # Errors
    /// A sentence naming what does not fit.
    pub fn outcomes(
        &self,
        row: &super::RolloutRow,
        constraints: Option<&Arc<[Constraint]>>,
    ) -> Result<Vec<Outcome>, String> {
        let column = &self.column;
        let value = row.columns.get(column).ok_or_else(|| missing(&row.columns, column))?;
        let (names, marks) = match value {
            single if !row.plural => {
                let (names, marks) = self.completion(single, column)?;
                (names, vec![marks])
            }
            Value::Object(by_constraint) => self.transpose(by_constraint)?,
            Value::Array(items) => self.completions(items)?,
            other => return Err(format!("`{column}` must be a list, one entry per completion, not {}", kind(other))),
        };
        if !row.completions.is_empty() && marks.len() != row.completions.len() {
            let (verdicts, completions) = (marks.len(), row.completions.len());
            return Err(format!("`{column}` has {verdicts} entries for {completions} completions"));
        }
        let width = marks.first().map_or(0, Vec::len);
        if width == 0 {
            return Err(format!("`{column}` holds no verdicts"));
        }
        if let Some(index) = marks.iter().position(|marks| marks.len() != width) {
            let other = marks[index].len();
            return Err(format!("`{column}[0]` has {width} verdicts and `{column}[{index}]` has {other}"));
        }
        let constraints = match constraints {
            Some(constraints) => self.of_spec(constraints, names.as_deref(), width)?,
            None => self.of_data(names, width),
        };
        Ok(marks.into_iter().map(|marks| outcome(&constraints, marks)).collect())
    }

    /// The spec's constraints in the order of the data.
    fn of_spec(
        &self,
        constraints: &Arc<[Constraint]>,
        names: Option<&[String]>,
        width: usize,
    ) -> Result<Arc<[Constraint]>, String> {
        if width != constraints.len() {
            let (column, count) = (&self.column, constraints.len());
            return Err(format!("`{column}` has {width} verdicts a completion; the spec has {count} constraints"));
        }
        let Some(names) = names else { return Ok(constraints.clone()) };
        let by_name = |name: &String| {
            let found = constraints.iter().find(|constraint| *constraint.id == **name).cloned();
            found.ok_or_else(|| {
                let known: Vec<_> = constraints.iter().map(|constraint| &*constraint.id).collect();
                format!("`{}` names `{name}`; the spec has {}", self.column, known.join(", "))
            })
        };
        names.iter().map(by_name).collect()
    }

    fn of_data(&self, names: Option<Vec<String>>, width: usize) -> Arc<[Constraint]> {
        match names {
            Some(names) => names.into_iter().map(Constraint::plain).collect(),
            None if width == 1 => [Constraint::plain(self.column.as_str())].into(),
            None => (1..=width).map(|n| Constraint::plain(format!("constraint {n}"))).collect(),
        }
    }

    /// One completion's verdicts; `at` is their place, for messages.
    fn completion(&self, value: &Value, at: &str) -> Result<Named, String> {
        match value {
            Value::Object(by_constraint) => {
                // Rows may name them in any order.
                let mut names: Vec<String> = by_constraint.keys().cloned().collect();
                names.sort();
                let marks = names.iter().map(|name| single(&by_constraint[name], &|| format!("{at}.{name}")));
                let marks = marks.collect::<Result<_, _>>()?;
                Ok((Some(names), marks))
            }
            Value::Array(items) if is_scored(items) => scored(items, at),
            Value::Array(items) => {
                let marks = items.iter().map(|item| single(item, &|| at.to_owned())).collect::<Result<_, _>>()?;
                Ok((None, marks))
            }
            Value::String(text) => {
                let mark = |c| match c {
                    '0' => Ok(Some(0.0)),
                    '1' => Ok(Some(1.0)),
                    '?' => Ok(None),
                    other => Err(format!(
                        "`{at}` has `{other}` among its 0 and 1: a verdict is true, false, null or a score from 0 to 1, not the text {value}"
                    )),
                };
                Ok((None, text.chars().map(mark).collect::<Result<_, _>>()?))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok((None, vec![single(value, &|| at.to_owned())?])),
        }
    }

    /// The verdicts of several completions, which name the same constraints, or all of them none.
    fn completions(&self, items: &[Value]) -> Result<(Option<Vec<String>>, Vec<Marks>), String> {
        let at = |index: usize| format!("{}[{index}]", self.column);
        let mut names = None;
        let mut rows = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let (own, marks) = self.completion(item, &at(index))?;
            match (names.get_or_insert_with(|| own.clone()), &own) {
                (known, own) if *known == *own => {}
                (Some(_), Some(_)) => {
                    return Err(format!("`{}` names other constraints than `{}`", at(index), at(0)));
                }
                (Some(_), None) => {
                    let kind = kind(item);
                    return Err(format!("`{}` must name its constraints, as others do, and is {kind}", at(index)));
                }
                (None, _) => return Err(format!("`{}` names its constraints, and `{}` does not", at(index), at(0))),
            }
            rows.push(marks);
        }
        Ok((names.flatten(), rows))
    }

    /// From `{name: [verdict per completion]}` to names and rows of marks. The names are sorted: rows may list them in any order.
    fn transpose(
        &self,
        by_constraint: &serde_json::Map<String, Value>,
    ) -> Result<(Option<Vec<String>>, Vec<Marks>), String> {
        let mut names: Vec<String> = by_constraint.keys().cloned().collect();
        names.sort();
        let mut rows: Vec<Marks> = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let place = || format!("{}.{name}", self.column);
            let Value::Array(items) = &by_constraint[name] else {
                let kind = kind(&by_constraint[name]);
                return Err(format!("`{}` must be a list, one entry per completion, not {kind}", place()));
            };
            if index == 0 {
                rows = vec![Marks::new(); items.len()];
            } else if rows.len() != items.len() {
                return Err(format!("`{}` has {} entries, `{}` has {}", place(), items.len(), names[0], rows.len()));
            }
            for (row, item) in rows.iter_mut().zip(items) {
                row.push(single(item, &place)?);
            }
        }
        Ok((Some(names), rows))
    }
}

/// From `[{"constraint": name, "passed": verdict}, …]` to names, in order, and marks.
fn scored(items: &[Value], at: &str) -> Result<Named, String> {
    let mut names: Vec<String> = Vec::with_capacity(items.len());
    let mut marks = Marks::with_capacity(items.len());
    let mut apart = HashSet::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let (Some(Value::String(name)), Some(passed)) = (item.get("constraint"), item.get("passed")) else {
            return Err(format!("`{at}[{index}]` must have `constraint`, a name, and `passed`, as those before it"));
        };
        if !apart.insert(name) {
            return Err(format!("`{at}` has two verdicts of `{name}`"));
        }
        names.push(name.clone());
        let mark = single(passed, &|| format!("{at}[{index}].passed"))?;
        marks.push(graded(mark, item.get("score"), &|| format!("{at}[{index}].score"))?);
    }
    Ok((Some(names), marks))
}

/// What `score` says beside `passed`: the share of cases met of a constraint that is not.
fn graded(passed: Option<f64>, score: Option<&Value>, place: &dyn Fn() -> String) -> Result<Option<f64>, String> {
    let Some(score) = score.filter(|score| !score.is_null()) else { return Ok(passed) };
    match (passed, single(score, place)?) {
        (Some(passed), Some(score)) if (passed < 1.0) == (score < 1.0) => Ok(Some(score)),
        _ => Err(format!("`{}` is {score}, and does not fit `passed` beside it", place())),
    }
}

fn single(item: &Value, place: &dyn Fn() -> String) -> Result<Option<f64>, String> {
    match item {
        Value::Null => Ok(None),
        Value::Bool(passed) => Ok(Some(f64::from(u8::from(*passed)))),
        Value::Number(number) if number.as_f64().is_some_and(|score| (0.0..=1.0).contains(&score)) => {
            Ok(number.as_f64())
        }
        other => Err(format!("`{}` must hold true, false or a score from 0 to 1, not {other}", place())),
    }
}

fn outcome(constraints: &Arc<[Constraint]>, marks: Marks) -> Outcome {
    let verdict = |mark: Option<f64>| match mark {
        Some(score) => Verdict::scored(score),
        None => Verdict::unscored(CauseKind::Missing, "the verdict is null"),
    };
    Outcome::new(constraints.clone(), marks.into_iter().map(verdict).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::RolloutRow;
    use serde_json::json;

    fn read(row: Value) -> Result<String, String> {
        let Value::Object(row) = row else { panic!("an object") };
        let known = KnownVerdicts { column: "v".into() };
        let row = RolloutRow::from_row(row, crate::data::Keys::id("id"), Some(&["v"]))?;
        let outcomes = known.outcomes(&row, None)?;
        let mark = |verdict: &Verdict| verdict.score().map_or("?".to_owned(), |score| score.to_string());
        let shown: Vec<String> = outcomes.iter().map(|outcome| outcome.verdicts().iter().map(mark).collect()).collect();
        Ok(shown.join(" "))
    }

    #[test]
    fn every_form_means_the_same() {
        assert_eq!(read(json!({"id": 1, "v": [true, false]})).unwrap(), "1 0");
        assert_eq!(read(json!({"id": 1, "v": [[true, null], [false, 1]]})).unwrap(), "1? 01");
        assert_eq!(read(json!({"id": 1, "v": ["1?", "01"]})).unwrap(), "1? 01");
        assert_eq!(read(json!({"id": 1, "v": {"a": [true, false], "b": [null, true]}})).unwrap(), "1? 01");
        assert_eq!(read(json!({"id": 1, "v": {"b": [null, true], "a": [true, false]}})).unwrap(), "1? 01");
        assert_eq!(read(json!({"id": 1, "v": [{"b": null, "a": true}, {"a": 0, "b": true}]})).unwrap(), "1? 01");
        assert_eq!(read(json!({"id": 1, "completion": "x", "v": {"b": false, "a": true}})).unwrap(), "10");
        assert_eq!(read(json!({"id": 1, "v": [1, 0]})).unwrap(), "1 0");
        assert_eq!(read(json!({"id": 1, "completion": "x", "v": [true, false]})).unwrap(), "10");
        assert_eq!(read(json!({"id": 1, "completion": "x", "v": true})).unwrap(), "1");
        assert_eq!(read(json!({"id": 1, "v": true})).unwrap(), "1");
        assert_eq!(read(json!({"id": 1, "v": {"b": false, "a": true}})).unwrap(), "10");
        assert_eq!(read(json!({"id": 1, "v": "10"})).unwrap(), "10");
    }

    #[test]
    fn scores_between_0_and_1_are_kept() {
        assert_eq!(read(json!({"id": 1, "v": [0.25, 1, 0.0, true]})).unwrap(), "0.25 1 0 1");
        assert_eq!(read(json!({"id": 1, "v": [[0.25, null], [1.0, 0.5]]})).unwrap(), "0.25? 10.5");
        assert_eq!(read(json!({"id": 1, "v": {"a": [0.5, 1], "b": [null, 0.75]}})).unwrap(), "0.5? 10.75");
        assert_eq!(read(json!({"id": 1, "completion": "x", "v": 0.25})).unwrap(), "0.25");
        let part = json!({"constraint": "a", "passed": false, "score": 0.25, "failure": "wrong-answer"});
        assert_eq!(read(json!({"id": 1, "completion": 0, "v": [part]})).unwrap(), "0.25");
        let bad = json!({"constraint": "a", "passed": true, "score": 0.25});
        let error = read(json!({"id": 1, "completion": 0, "v": [bad]})).unwrap_err();
        assert_eq!(error, "`v[0].score` is 0.25, and does not fit `passed` beside it");
    }

    #[test]
    fn what_score_wrote_is_read() {
        let b = json!({"constraint": "b", "passed": true});
        let a = json!({"constraint": "a", "passed": null, "unscored": "Missing"});
        assert_eq!(read(json!({"id": 1, "completion": 7, "v": [b, a], "reward": 0.0})).unwrap(), "1?");
        assert_eq!(read(json!({"id": 1, "v": [b, a]})).unwrap(), "1?");
        assert_eq!(read(json!({"id": 1, "v": [[b, a], [b, a]]})).unwrap(), "1? 1?");
        for (verdicts, why) in [
            (json!([b, b]), "`v` has two verdicts of `b`"),
            (json!([b, {"constraint": "a"}]), "`v[1]` must have `constraint`, a name, and `passed`"),
            (
                json!([b, {"constraint": "a", "passed": "no"}]),
                "`v[1].passed` must hold true, false or a score from 0 to 1, not \"no\"",
            ),
        ] {
            let error = read(json!({"id": 1, "completion": 0, "v": verdicts})).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (row, why) in [
            (json!({"id": 1, "completions": ["x"], "v": [true, false]}), "2 entries for 1 completions"),
            (json!({"id": 1, "v": ["10", "1"]}), "`v[1]` has 1"),
            (json!({"id": 1, "v": ["12"]}), "has `2`"),
            (json!({"id": 1, "v": [2]}), "a score from 0 to 1, not 2"),
            (json!({"id": 1, "v": [{"a": 1}, {"b": 1}]}), "`v[1]` names other constraints than `v[0]`"),
            (json!({"id": 1, "v": [{"a": 1}, null]}), "`v[1]` must name its constraints, as others do, and is null"),
            (json!({"id": 1, "v": [1, {"a": 1}]}), "`v[1]` names its constraints, and `v[0]` does not"),
            (json!({"id": 1, "v": {"a": [1], "b": 1}}), "`v.b` must be a list, one entry per completion, not a number"),
            (json!({"id": 1, "v": [{"a": 1.5}]}), "`v[0].a` must hold true, false or a score from 0 to 1, not 1.5"),
            (json!({"id": 1, "v": [-0.5]}), "`v[0]` must hold true, false or a score from 0 to 1, not -0.5"),
            (json!({"id": 1, "v": [{}]}), "no verdicts"),
            (json!({"id": 1, "v": []}), "no verdicts"),
            (json!({"id": 1, "w": []}), "no column `v`"),
        ] {
            let error = read(row).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
