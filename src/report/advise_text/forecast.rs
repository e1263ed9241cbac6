//! The forecast for a terminal.

use super::{Table, plural, wrap};
use crate::advise::{
    Percent, Settings,
    forecast::{Choice, Forecast, Odds, SURE, SchemeOutlook, Settling},
    stats::Interval,
};
use std::fmt::{self, Write};

pub(super) fn render(forecast: &Forecast, settings: &Settings, out: &mut impl Write) -> fmt::Result {
    let level = settings.level;
    writeln!(out)?;
    wrap(&sentence(forecast), "", "", out)?;
    if let Some(settling) = settling(forecast) {
        wrap(&settling, "  → ", "    ", out)?;
    }
    writeln!(out, "\nForecast (median and {} interval over kernels and draws)", Percent(level))?;
    let mut table = Table::new(["", "fastest", "time to half-way", "full then", "stalls"], "<><<>");
    for (scheme, outlook) in forecast.schemes.iter().zip(&forecast.outlook.schemes) {
        let (full, range) = outlook.full[3];
        table.row([
            scheme.to_string(),
            Percent(outlook.best).to_string(),
            slowdown(outlook),
            super::with_range(full, range),
            Percent(outlook.stalls).to_string(),
        ]);
    }
    table.write(out)?;
    let note = "Times are those of the fastest scheme of each draw; half-way is from where p_full starts to 1; a scheme stalls \
                when it takes more than four times as long.";
    wrap(note, "  ", "  ", out)?;
    flips(forecast, out)?;
    costs(forecast, settings, out)
}

fn sentence(forecast: &Forecast) -> String {
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
        Choice::Either => format!("Either scheme will do: {odds}."),
        Choice::CannotTell => format!("Cannot tell which scheme learns faster: {odds}."),
    }
}

/// What it takes to the target, by the pilots.
fn costs(forecast: &Forecast, settings: &Settings, out: &mut impl Write) -> fmt::Result {
    if forecast.costs.is_empty() {
        return Ok(());
    }
    let (target, level) = (Percent(forecast.target), Percent(settings.level));
    writeln!(out, "\nTo p_full {target}, going on as the pilots went ({level} interval)")?;
    let hours = settings.price.map(|price| price.hours_per_step);
    let money = settings.price.and_then(|price| Some(price.hours_per_step * price.per_hour?));
    let title = |wanted: Option<f64>, title: &'static str| wanted.map_or("", |_| title);
    let mut table = Table::new(["", "steps", title(hours, "hours"), title(money, "price")], "<<<<");
    for cost in &forecast.costs {
        let times = |factor: f64| match cost.steps {
            None => "no growth seen".to_owned(),
            Some((steps, Interval { low, high })) => {
                format!("{} ({}–{})", amount(factor * steps), amount(factor * low), amount(factor * high))
            }
        };
        let of = |factor: Option<f64>| factor.map_or_else(String::new, times);
        table.row([cost.scheme.clone(), times(1.0), of(hours), of(money)]);
    }
    table.write(out)
}

/// Three digits, without an exponent.
fn amount(value: f64) -> String {
    let digits = if value == 0.0 { 0 } else { (2 - value.abs().log10().floor() as i32).clamp(0, 6) };
    format!("{value:.0$}", digits as usize)
}

/// Who wins under each kernel, where that is not the same under all.
fn flips(forecast: &Forecast, out: &mut impl Write) -> fmt::Result {
    let duel = forecast.duel();
    let chance = |odds: &Odds| odds.probability();
    let agree = |sign: f64| duel.by_kernel.iter().all(|(_, odds)| sign * (chance(odds) - 0.5) >= 0.0);
    if forecast.choice == Choice::Either || agree(1.0) || agree(-1.0) {
        return Ok(());
    }
    let rival = forecast.schemes[forecast.rival];
    writeln!(out, "\nProbability that {rival} wins, if it matters, by how far learning one constraint carries over")?;
    let mut table = Table::new(["", "little", "", "", "", "much", "flips at"], "<>>>>>>");
    for family in duel.by_kernel.chunk_by(|(a, _), (b, _)| a.name() == b.name()) {
        let chances: Vec<f64> = family.iter().map(|(_, odds)| chance(odds)).collect();
        let Ok([a, b, c, d, e]) = <[f64; 5]>::try_from(chances) else { continue };
        let flip = family.windows(2).find(|pair| (chance(&pair[0].1) < 0.5) != (chance(&pair[1].1) < 0.5));
        let flip = flip.and_then(|pair| Some((pair[0].0.parameter()?, pair[1].0.parameter()?)));
        let flip = flip.map_or_else(|| "never".to_owned(), |(from, to)| format!("{from}–{to}"));
        let [a, b, c, d, e] = [a, b, c, d, e].map(|chance| Percent(chance).to_string());
        table.row([family[0].0.name().to_owned(), a, b, c, d, e, flip]);
    }
    table.write(out)
}

fn settling(forecast: &Forecast) -> Option<String> {
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

fn slowdown(outlook: &SchemeOutlook) -> String {
    let times = |times: f64| match times {
        times if times.is_infinite() => "never".to_owned(),
        times => format!("{times:.1}×"),
    };
    match outlook.slowdown {
        None => "none arrives".to_owned(),
        Some((median, Interval { low, high })) => format!("{} ({}–{})", times(median), times(low), times(high)),
    }
}
