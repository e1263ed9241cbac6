//! A simulation for a terminal: what happened under each reward, then a table of it.

use crate::simulate::{Problem, SHARES, Simulated, Update};
use std::fmt::{self, Write};

const WIDTH: usize = 100;
/// Most rows of a table; the JSON form has all.
const ROWS: usize = 12;
/// Most columns of outcomes.
const COLUMNS: usize = 6;
/// Longest name of an outcome that is shown whole.
const NAME: usize = 12;
/// What is worth calling held up.
const HELD: f64 = 0.5;

/// Writes what became of a problem.
///
/// # Errors
/// Those of `out`.
pub fn render(problem: &Problem, simulated: &[Simulated], out: &mut impl Write) -> fmt::Result {
    headline(problem, out)?;
    for simulated in simulated {
        writeln!(out)?;
        story(problem, simulated, out)?;
        table(problem, simulated, out)?;
    }
    Ok(())
}

fn headline(problem: &Problem, out: &mut impl Write) -> fmt::Result {
    let what = match problem.update {
        Update::Gradient => "steps of exact gradient ascent".to_owned(),
        Update::Groups(algorithm, size) => format!("expected updates of {algorithm} with groups of {size}"),
    };
    let mut line = format!(
        "{} {what} at learning rate {}{}.",
        thousands(problem.schedule.steps),
        problem.schedule.learning_rate,
        if problem.kl > 0.0 { format!(" and KL penalty {}", problem.kl) } else { String::new() }
    );
    let best: Vec<_> = problem.best().map(|place| format!("`{}`", problem.outcomes[place])).collect();
    let truth = &problem.rewards[problem.truth].0;
    line += &match best.len() {
        all if all == problem.outcomes.len() => {
            format!(" Under the true reward, `{truth}`, all outcomes are worth alike.")
        }
        1 => format!(" The true reward is `{truth}`; {} is worth most, {}.", best[0], problem.maximum()),
        _ => format!(" The true reward is `{truth}`; worth most, {}, are {}.", problem.maximum(), best.join(", ")),
    };
    wrap(&line, out)
}

/// What happened, in sentences.
fn story(problem: &Problem, simulated: &Simulated, out: &mut impl Write) -> fmt::Result {
    let (Some(first), Some(last)) = (simulated.records.first(), simulated.records.last()) else { return Ok(()) };
    let [most, more] = SHARES.map(|share| format!("{:.0}%", share * 100.0));
    let mut text = format!(
        "{}: the expected true reward goes from {} to {}",
        simulated.reward,
        number(first.truth),
        number(last.truth)
    );
    text += &match simulated.progress.reached {
        _ if problem.maximum() <= 0.0 => ".".to_owned(),
        [None, _] => format!(" and never reaches {most} of its maximum."),
        [Some(step), None] => {
            format!(". It reaches {most} of its maximum by step {} and {more} never.", thousands(step))
        }
        [Some(a), Some(b)] if a == b => {
            format!(". It reaches {most} and {more} of its maximum by step {}.", thousands(a))
        }
        [Some(a), Some(b)] => {
            format!(". It reaches {most} of its maximum by step {}, {more} by {}.", thousands(a), thousands(b))
        }
    };
    if let Some(held) = simulated.progress.held.filter(|held| held.share >= HELD && problem.maximum() > 0.0) {
        let until = if simulated.progress.reached[1].is_some() { "Until then" } else { "Instead" };
        let name = &problem.outcomes[held.outcome];
        text += &format!(" {until} probability sits on `{name}`: {} on average.", probability(held.share));
    }
    let ends = problem.best().take(COLUMNS).map(|place| {
        let (from, to) = (first.probabilities[place], last.probabilities[place]);
        format!("`{}` from {} to {}", problem.outcomes[place], probability(from), probability(to))
    });
    text += &format!(" The best: {}.", ends.collect::<Vec<_>>().join(", "));
    if let (Some(asked), Some(draws)) = (problem.sampled, &simulated.draws) {
        let runs = asked.runs;
        let end = draws.records.last().map(|record| record.truth);
        if let Some(end) = end {
            let groups = if asked.batch.groups == 1 { "group" } else { "groups" };
            text += &format!(
                " Trained on draws, {} {groups} a step, {runs} {} at {} on average, from {} to {} (5–95%)",
                asked.batch.groups,
                if runs == 1 { "run ends" } else { "runs end" },
                number(end.mean),
                number(end.low),
                number(end.high)
            );
            if problem.maximum() > 0.0 {
                text += &format!("; {} of {runs} reached {more} of the maximum", draws.reached[1]);
            }
            text.push('.');
        }
    }
    wrap(&text, out)
}

/// Records in rows: about evenly spaced in the logarithm of the step.
fn table(problem: &Problem, simulated: &Simulated, out: &mut impl Write) -> fmt::Result {
    let shown = columns(problem, simulated);
    let left_out = problem.outcomes.len() > shown.len();
    let mut head = vec!["step".to_owned(), "true reward".to_owned()];
    if simulated.draws.is_some() {
        head.push("drawn (5–95%)".to_owned());
    }
    head.extend(shown.iter().map(|&place| shortened(&problem.outcomes[place])));
    head.extend(left_out.then(|| "others".to_owned()));
    let mut rows = vec![head];
    for place in spaced(&simulated.records.iter().map(|record| record.step).collect::<Vec<_>>()) {
        let record = &simulated.records[place];
        let mut row = vec![thousands(record.step), number(record.truth)];
        if let Some(draws) = &simulated.draws {
            let band = draws.records[place].truth;
            row.push(format!("{} ({} to {})", number(band.mean), number(band.low), number(band.high)));
        }
        row.extend(shown.iter().map(|&place| probability(record.probabilities[place])));
        let others = || 1.0 - shown.iter().map(|&place| record.probabilities[place]).sum::<f64>();
        row.extend(left_out.then(|| probability(others().max(0.0))));
        rows.push(row);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..rows[0].len()).map(width).collect();
    for row in &rows {
        for (cell, &width) in row.iter().zip(&widths) {
            write!(out, "  {cell:>width$}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The outcomes with a column: all where there is room, else those that were ever likeliest and the best.
fn columns(problem: &Problem, simulated: &Simulated) -> Vec<usize> {
    let ever = |place: usize| {
        let most = simulated.records.iter().map(|record| record.probabilities[place]).fold(0.0, f64::max);
        if problem.best().next() == Some(place) { 2.0 } else { most }
    };
    let room = if simulated.draws.is_some() { COLUMNS - 3 } else { COLUMNS };
    let mut places: Vec<_> = (0..problem.outcomes.len()).collect();
    places.sort_by(|&a, &b| ever(b).total_cmp(&ever(a)).then(a.cmp(&b)));
    places.truncate(room);
    places.sort_unstable();
    places
}

/// Places of at most [`ROWS`] steps: the first, the last, and in between about evenly spaced in their logarithm.
fn spaced(steps: &[u64]) -> Vec<usize> {
    let last = steps.len() - 1;
    if last < ROWS {
        return (0..=last).collect();
    }
    // A place in the list grows with its step, so that spacing places spaces steps.
    let mut places: Vec<usize> = vec![0];
    for row in 1..ROWS {
        let wanted = (last as f64).powf((row - 1) as f64 / (ROWS - 2) as f64).round() as usize;
        let least = places.last().map_or(0, |place| place + 1);
        places.push(wanted.max(least).min(last));
    }
    places.dedup();
    places
}

fn number(value: f64) -> String {
    // Never "-0.000".
    let text = if value.abs() < 100.0 { format!("{value:.3}") } else { format!("{value:.1}") };
    if text == "-0.000" { "0.000".to_owned() } else { text }
}

/// A probability to four decimals, never 0 or 1 unless it is.
fn probability(p: f64) -> String {
    if p > 0.0 && p < 0.00005 {
        format!("{p:.0e}")
    } else if (0.99995..1.0).contains(&p) {
        ">0.9999".to_owned()
    } else {
        format!("{p:.4}")
    }
}

/// 50000 as `50,000`.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    // The end of a name tells more than its beginning.
    "…".chars().chain(name.chars().skip(name.chars().count() - NAME + 1)).collect()
}

/// Writes words, broken before `WIDTH`.
fn wrap(text: &str, out: &mut impl Write) -> fmt::Result {
    let (mut line, mut length) = (String::new(), 0);
    for word in text.split_whitespace() {
        let more = word.chars().count();
        if length > 0 && length + 1 + more > WIDTH {
            writeln!(out, "{line}")?;
            line.clear();
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        line += word;
        length += more;
    }
    writeln!(out, "{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_few_and_have_both_ends() {
        for count in 1..300 {
            let steps: Vec<u64> = (0..count).map(|step| step * 10).collect();
            let places = spaced(&steps);
            assert!(places.len() <= ROWS && places.is_sorted_by(|a, b| a < b), "{places:?}");
            assert_eq!((places[0], places[places.len() - 1]), (0, steps.len() - 1));
        }
    }

    #[test]
    fn numbers_as_people_write_them() {
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
        let shown = [0.0, 3.17e-5, 0.05, 0.99999, 1.0].map(probability);
        assert_eq!(shown, ["0.0000", "3e-5", "0.0500", ">0.9999", "1.0000"]);
        assert_eq!(number(-1e-17), "0.000");
    }
}
