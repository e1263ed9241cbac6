//! The forecast for a terminal.

use super::{Table, plural, wrap};
use crate::advise::{
    Percent,
    forecast::{Choice, Forecast, SURE, SchemeOutlook, Settling},
    stats::Interval,
};
use std::fmt::{self, Write};

pub(super) fn render(forecast: &Forecast, level: f64, out: &mut impl Write) -> fmt::Result {
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
    wrap(note, "  ", "  ", out)
}

fn sentence(forecast: &Forecast) -> String {
    let rival = forecast.schemes[forecast.rival];
    let (p, basis) =
        (forecast.probability, if forecast.pilot.is_some() { "samples and pilots" } else { "samples alone" });
    let (winner, loser, sure) = if p >= 0.5 {
        (rival.to_string(), "binary".to_owned(), p)
    } else {
        ("binary".to_owned(), rival.to_string(), 1.0 - p)
    };
    let odds = format!("{winner} learns faster than {loser} with probability {} by {basis}", Percent(sure));
    match &forecast.choice {
        Choice::Use(scheme) => format!("Use {scheme}: {odds}."),
        Choice::Either => "Either scheme will do: the difference is small.".to_owned(),
        Choice::CannotTell => format!("Cannot tell which scheme learns faster: {odds}."),
    }
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
