//! Sentences and figures of a forecast.

use crate::{
    advise::{
        Percent,
        dynamics::Kernel,
        forecast::{Choice, Cost, Forecast, Losses, Lost, Odds, PilotVerdict, RARE, SURE, SchemeOutlook, Settling},
        stats::Interval,
    },
    report::layout::plural,
    reward::Scheme,
};

/// What the forecast table means by its columns.
const NOTE: &str = "Times are relative to the fastest scheme. \"Half-way\" means half of the way from today's pass rate to 100%. A scheme stalls \
                    when it takes more than four times as long. This is a simulation: the chances at the top also allow for how often \
                    real runs showed such differences.";

/// What is to be said of a forecast without a full answer.
const UNSEEN: &str =
    "No full answer was seen: where the curves of the pass rate begin, and all that follows from it, is a guess.";

/// What the forecast table means, and what it rests on.
pub(in crate::report) fn note(forecast: &Forecast) -> String {
    if forecast.full_seen { NOTE.to_owned() } else { format!("{UNSEEN} {NOTE}") }
}

/// What each choice is expected to give up.
pub(in crate::report) fn losses(forecast: &Forecast) -> String {
    let Losses { first, rival, adaptive } = forecast.losses;
    let name = &forecast.schemes[forecast.rival];
    let (first, rival) = (Percent(first), Percent(rival));
    let said = match adaptive {
        Some(adaptive) => format!("binary {first}, {name} {rival}, adaptive {}", Percent(adaptive)),
        None => format!(
            "binary {first}, {name} {rival}; adaptive is not counted on where fewer than {} of completions are full",
            Percent(RARE)
        ),
    };
    format!("Expected to be lost against the better of the two, in area under the pass rate: {said}.")
}

/// What pilots say beside the odds: that they contradict each other, and that partial credit loses prompts.
fn of_pilots(pilot: &PilotVerdict) -> String {
    let mut said = Vec::new();
    if pilot.contradict {
        said.push(
            "The pilots contradict each other: with one seed one scheme is ahead, with another the other.".to_owned(),
        );
    }
    if let Some(Lost { before, after, tied }) = pilot.lost.filter(|lost| lost.stalls()) {
        let [before, after, tied] = [before, after, tied].map(Percent);
        said.push(format!(
            "Partial credit loses prompts: {before} had no full answer before the pilot, and {after} have none after it. On {tied} all \
             answers earn the same credit."
        ));
    }
    said.join(" ")
}

/// What pilots of one run each leave open.
const ONE_SEED: &str =
    "The pilot is one run of each scheme. Another seed can turn the answer: repeat it with one before a long run.";

/// In what a scheme leads, where a real difference is not likely: by the simulation, and no further.
pub(in crate::report) fn lead(forecast: &Forecast, leader: &Scheme) -> String {
    let first = *leader == forecast.schemes[0];
    let outlook = |own: bool| &forecast.outlook.schemes[if own == first { 0 } else { forecast.rival }];
    let other = if first { forecast.schemes[forecast.rival] } else { forecast.schemes[0] };
    let time = |own: bool| outlook(own).slowdown.map(|(median, _)| median);
    if let (Some(own), Some(slower)) = (time(true), time(false))
        && own > 0.0
        && slower >= 1.05 * own
    {
        let slower = if slower.is_finite() {
            format!("takes {:.1} times as long", slower / own)
        } else {
            "never arrives".to_owned()
        };
        return format!("there {other} {slower}, which real runs often do not show");
    }
    let [stalls, other_stalls] = [true, false].map(|own| Percent(outlook(own).stalls));
    if stalls.to_string() != other_stalls.to_string() {
        format!("there it stalls in {stalls} of the runs, {other} in {other_stalls}")
    } else {
        "it leads there, by little".to_owned()
    }
}

/// What would settle an open recommendation.
pub(in crate::report) fn settling(forecast: &Forecast) -> Option<String> {
    let seen = forecast.pilot.as_ref().map(of_pilots).filter(|said| !said.is_empty());
    let open = open(forecast);
    match (seen, open) {
        (Some(seen), Some(open)) => Some(format!("{seen} {open}")),
        (seen, open) => seen.or(open),
    }
}

fn open(forecast: &Forecast) -> Option<String> {
    let one_seed = forecast.pilot.filter(|pilot| pilot.runs == 1).map(|_| ONE_SEED);
    let Some(settling) = forecast.settling else {
        return one_seed.map(str::to_owned);
    };
    let named = matches!(forecast.choice, Choice::Use(_));
    Some(match settling {
        Settling::Prompts(more) => {
            format!("About {} would settle it ({}).", plural(more, "more prompt"), Percent(SURE))
        }
        Settling::Pilot if forecast.pilot.is_some() => {
            let longer = "A longer pilot, or one with more completions, would say more.";
            one_seed.map_or_else(|| longer.to_owned(), |one_seed| format!("{longer} {one_seed}"))
        }
        Settling::Pilots(1) => "One more pilot of each scheme, with another seed, would settle which is ahead.".to_owned(),
        Settling::Pilots(more) => {
            format!("About {more} more pilots of each scheme, each with another seed, would settle which is ahead.")
        }
        Settling::Pilot if named => "A short pilot of each scheme would make it surer: some 40 steps, at least 1000 completions of each \
                                     (--pilot binary=FILE --pilot partial=FILE)."
            .to_owned(),
        Settling::Pilot => "To choose between the schemes more samples do not help: run a short pilot of each. Train some 40 steps, sample at \
                            least 1000 completions of each, and give them as --pilot binary=FILE --pilot partial=FILE."
            .to_owned(),
    })
}

/// How much longer a scheme takes than the fastest.
pub(in crate::report) fn slowdown(outlook: &SchemeOutlook) -> String {
    let times = |times: f64| match times {
        times if times.is_infinite() => "never".to_owned(),
        times => format!("{times:.1}×"),
    };
    match outlook.slowdown {
        None => "none arrives".to_owned(),
        Some((median, Interval { low, high })) => format!("{} ({}–{})", times(median), times(low), times(high)),
    }
}

/// Between which parameters of a family the recommendation changes, the first time it does.
pub(in crate::report) fn flip(family: &[(Kernel, Odds)]) -> String {
    let flip = family.windows(2).find(|pair| (pair[0].1.probability() < 0.5) != (pair[1].1.probability() < 0.5));
    let flip = flip.and_then(|pair| Some((pair[0].0.parameter()?, pair[1].0.parameter()?)));
    flip.map_or_else(|| "never".to_owned(), |(from, to)| format!("{from}–{to}"))
}

/// The steps of a scheme, times a factor.
pub(in crate::report) fn cost(cost: &Cost, factor: f64) -> String {
    match cost.steps {
        None => "no growth seen".to_owned(),
        Some((steps, Interval { low, high })) => {
            format!("{} ({}–{})", amount(factor * steps), amount(factor * low), amount(factor * high))
        }
    }
}

/// Three digits, without an exponent.
fn amount(value: f64) -> String {
    let digits = if value == 0.0 { 0 } else { (2 - value.abs().log10().floor() as i32).clamp(0, 6) };
    format!("{value:.0$}", digits as usize)
}
