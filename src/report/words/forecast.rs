//! Sentences and figures of a forecast.

use crate::{
    advise::{
        Percent,
        dynamics::Kernel,
        forecast::{Choice, Cost, Doubt, Forecast, Losses, Odds, RARE, SURE, SchemeOutlook, Settling},
        stats::Interval,
    },
    report::layout::plural,
};

/// What the forecast table means by its columns.
const NOTE: &str = "Times are those of the fastest scheme of each draw; half-way is from where p_full starts to 1; a scheme stalls when it \
                    takes more than four times as long. The probabilities at the top also allow for how far real runs lay from such \
                    draws.";

/// What is to be said of a forecast without a full answer.
const UNSEEN: &str =
    "No full answer was seen: where the curves of p_full begin, and all that follows from it, is a guess.";

/// Share of full answers at the start from which on groups of common sizes hold some.
const ENOUGH_FULL: f64 = 0.02;

/// What the forecast table means, and what it rests on.
pub(in crate::report) fn note(forecast: &Forecast) -> String {
    if forecast.full_seen { NOTE.to_owned() } else { format!("{UNSEEN} {NOTE}") }
}

/// The recommendation and how sure it is.
pub(in crate::report) fn sentence(forecast: &Forecast) -> String {
    let rival = forecast.schemes[forecast.rival].to_string();
    let Odds { rival: partial, first: binary, small } = forecast.odds;
    let basis = if forecast.pilot.is_some() { "samples and pilots" } else { "samples alone" };
    let better = [(rival, partial), ("binary".to_owned(), binary)];
    let [likelier, other] = if partial >= binary { [&better[0], &better[1]] } else { [&better[1], &better[0]] };
    let odds = format!(
        "faster by more than a tenth is {} with probability {}, {} with {}; with {} it hardly matters ({basis})",
        likelier.0,
        Percent(likelier.1),
        other.0,
        Percent(other.1),
        Percent(small)
    );
    match &forecast.choice {
        Choice::Use(scheme) => format!("Use {scheme}: {odds}."),
        Choice::Either => {
            let full = forecast.outlook.schemes[0].full.first().map_or(0.0, |(start, _)| *start);
            let why = if forecast.pilot.is_none() && forecast.full_seen && full >= ENOUGH_FULL {
                " There are full answers to learn from, and where there were, real runs differed little under any credit (docs/advisor.md)."
            } else {
                ""
            };
            format!("Either scheme will do: {odds}.{why}")
        }
        Choice::Neither(doubt) => neither(forecast, *doubt, basis),
        // As an answer the scheme is too long: its name says which.
        Choice::CannotTell(Some(meanwhile)) => {
            format!("Use {}, for which fixed scheme learns faster cannot be told: {odds}.", meanwhile.name())
        }
        Choice::CannotTell(None) => format!("Cannot tell which scheme learns faster: {odds}."),
    }
}

/// Why no scheme can be relied on, and what to do.
fn neither(forecast: &Forecast, doubt: Doubt, basis: &str) -> String {
    let unreached = Percent(forecast.outlook.unreached);
    let why = match doubt {
        Doubt::TooShort => {
            return format!(
                "Neither scheme is seen to get half-way in a run of this length: in {unreached} of the draws none does ({basis}). More steps \
                 or a larger learning rate would show a difference, if there is one."
            );
        }
        Doubt::Unreached => format!(
            "Neither scheme is seen to bring full answers: in {unreached} of the draws they come under none ({basis})."
        ),
        Doubt::Unseen => "Neither scheme can be relied on: no completion is fully correct, so binary learns nothing until one is, and when \
                          that will be these samples cannot say."
            .to_owned(),
    };
    let rival = &forecast.schemes[forecast.rival];
    let fraction = &forecast.outlook.schemes[forecast.rival].fraction;
    let (start, end) = (Percent(fraction[0].0), Percent(fraction[fraction.len() - 1].0));
    format!(
        "{why} Under {rival} the mean share of constraints met goes from {start} to {end}. Bring the policy closer first: fine-tune on \
         solutions, or begin with easier prompts or fewer constraints."
    )
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
    format!("Expected to be lost against the better of the two, in area under p_full: {said}.")
}

/// What would settle an open recommendation.
pub(in crate::report) fn settling(forecast: &Forecast) -> Option<String> {
    Some(match forecast.settling? {
        Settling::Prompts(more) => {
            format!("About {} would settle it ({}).", plural(more, "more prompt"), Percent(SURE))
        }
        Settling::Pilot if forecast.pilot.is_some() => {
            "A longer pilot, or one with more completions, would say more.".to_owned()
        }
        Settling::Pilot => "What is open is how far learning one thing carries over to another, which no number of samples shows. Train \
                            some 40 steps under each, sample at least 1000 completions of both, and give them as --pilot \
                            binary=FILE --pilot partial=FILE."
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
