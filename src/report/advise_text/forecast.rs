//! The forecast for a terminal.

use super::{Table, WIDTH, wrap};
use crate::{
    advise::{
        Percent, Settings,
        forecast::{Choice, Forecast, Odds},
    },
    report::{
        layout::curve,
        words::{forecast as words, with_range},
    },
};
use std::fmt::{self, Write};

/// How each scheme would fare.
pub(super) fn curves(forecast: &Forecast, settings: &Settings, out: &mut impl Write) -> fmt::Result {
    let of = match forecast.solved {
        0 => String::new(),
        solved => format!(" without the {solved} prompts that are always solved"),
    };
    writeln!(out, "\nForecast{of} (median and {} interval over kernels and draws)", Percent(settings.level))?;
    let mut table = Table::new(["", "pass rate", "fastest", "time to half-way", "full then", "stalls"], "<<><<>");
    for (scheme, outlook) in forecast.schemes.iter().zip(&forecast.outlook.schemes) {
        let (full, range) = outlook.full[3];
        table.row([
            scheme.to_string(),
            curve(outlook.full.iter().map(|(median, _)| *median)),
            Percent(outlook.best).to_string(),
            words::slowdown(outlook),
            with_range(full, range),
            Percent(outlook.stalls).to_string(),
        ]);
    }
    if table.width() > WIDTH {
        table.rows.iter_mut().for_each(|row| row[1].clear());
    }
    table.write(out)?;
    let curve = "Pass rate: at the start, and after a quarter, a half, one, two and four times of the fastest.";
    wrap(&format!("{} {curve}", words::note(forecast)), "  ", "  ", out)?;
    wrap(&words::losses(forecast), "  ", "  ", out)
}

/// What it takes to the target, by the pilots.
pub(super) fn costs(forecast: &Forecast, settings: &Settings, out: &mut impl Write) -> fmt::Result {
    if forecast.costs.is_empty() {
        return Ok(());
    }
    let (target, level) = (Percent(forecast.target), Percent(settings.level));
    writeln!(out, "\nTo a pass rate of {target}, going on as the pilots went ({level} interval)")?;
    let hours = settings.price.map(|price| price.hours_per_step);
    let money = settings.price.and_then(|price| Some(price.hours_per_step * price.per_hour?));
    let title = |wanted: Option<f64>, title: &'static str| wanted.map_or("", |_| title);
    let mut table = Table::new(["", "steps", title(hours, "hours"), title(money, "price")], "<<<<");
    for cost in &forecast.costs {
        let times = |factor: f64| words::cost(cost, factor);
        let of = |factor: Option<f64>| factor.map_or_else(String::new, times);
        table.row([cost.scheme.clone(), times(1.0), of(hours), of(money)]);
    }
    table.write(out)
}

/// Who wins under each kernel, where that is not the same under all.
pub(super) fn flips(forecast: &Forecast, out: &mut impl Write) -> fmt::Result {
    let duel = forecast.duel();
    let chance = |odds: &Odds| odds.probability();
    let agree = |sign: f64| duel.by_kernel.iter().all(|(_, odds)| sign * (chance(odds) - 0.5) >= 0.0);
    if matches!(forecast.choice, Choice::Either | Choice::Neither(_)) || agree(1.0) || agree(-1.0) {
        return Ok(());
    }
    let rival = forecast.schemes[forecast.rival];
    writeln!(out, "\nProbability that {rival} wins, if it matters, by how far learning one constraint carries over")?;
    let mut table = Table::new(["", "little", "", "", "", "much", "flips at"], "<>>>>>>");
    for family in duel.by_kernel.chunk_by(|(a, _), (b, _)| a.name() == b.name()) {
        let chances: Vec<f64> = family.iter().map(|(_, odds)| chance(odds)).collect();
        let Ok([a, b, c, d, e]) = <[f64; 5]>::try_from(chances) else { continue };
        let flip = words::flip(family);
        let [a, b, c, d, e] = [a, b, c, d, e].map(|chance| Percent(chance).to_string());
        table.row([family[0].0.name().to_owned(), a, b, c, d, e, flip]);
    }
    table.write(out)
}
