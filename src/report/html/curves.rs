//! How p_full would grow under each scheme.

use super::{
    figure::{Panel, figure},
    plot::{MUTE, SERIES, shares, svg, thin},
    text::prose,
};
use crate::{
    advise::{
        Percent,
        forecast::{Forecast, SHOWN, SchemeOutlook},
        stats::Interval,
    },
    report::words::{forecast as words, with_range},
};
use maud::{Markup, html};
use plotters::{element::Polygon, series::LineSeries, style::Color};

/// Two stand side by side on a wide page.
const SIZE: (u32, u32) = (400, 230);

/// The figure, with the table of who is fastest above it.
pub(super) fn render(forecast: &Forecast, level: f64) -> Markup {
    let schemes: Vec<String> = forecast.schemes.iter().map(ToString::to_string).collect();
    let outlooks = &forecast.outlook.schemes;
    let panels: Vec<Panel> = schemes
        .iter()
        .zip(outlooks)
        .enumerate()
        .map(|(place, (scheme, outlook))| Panel {
            title: scheme.clone(),
            label: label(scheme, outlook),
            svg: panel(place, outlooks),
        })
        .collect();
    let interval = format!("{} interval", Percent(level));
    let caption = format!(
        "Time runs to four times what the fastest scheme takes half-way to all full answers. The interval is over kernels and draws: \
         what the samples leave open, and how far learning one thing carries over to another, which nobody knows before the run. {}",
        words::note(forecast)
    );
    html! {
        (who(forecast))
        p { (prose(&words::losses(forecast))) }
        (figure("curves", &panels, &legend(&interval), &caption, &numbers(&schemes, outlooks)))
    }
}

fn who(forecast: &Forecast) -> Markup {
    html! {
        div.scroll role="region" aria-label="Schemes" tabindex="0" { table {
            thead { tr {
                th { "Scheme" } th { "Fastest" } th { "Time to half-way" } th { "Full then" } th { "Stalls" }
            } }
            tbody { @for (scheme, outlook) in forecast.schemes.iter().zip(&forecast.outlook.schemes) { tr {
                th scope="row" { (scheme) }
                td.value { (Percent(outlook.best)) }
                td.value { (words::slowdown(outlook)) }
                td.value { (with_range(outlook.full[3].0, outlook.full[3].1)) }
                td.value { (Percent(outlook.stalls)) }
            } } }
        } }
    }
}

fn label(scheme: &str, outlook: &SchemeOutlook) -> String {
    let at = |place: usize| with_range(outlook.full[place].0, outlook.full[place].1);
    format!(
        "Under {scheme}, full answers go from {} through {} when the fastest scheme is half-way to {} at four times that.",
        at(0).trim(),
        at(3).trim(),
        at(5).trim()
    )
}

fn panel(place: usize, all: &[SchemeOutlook]) -> Markup {
    let medians = |points: &[(f64, Interval)]| -> Vec<(f64, f64)> {
        SHOWN.iter().zip(points).map(|(time, (median, _))| (*time, *median)).collect()
    };
    let own = &all[place];
    svg(SIZE, |area| {
        let mut chart = shares(area, 0.0..4.0, &|time| format!("{time}×"))?;
        for (other, outlook) in all.iter().enumerate() {
            if other != place {
                chart.draw_series(LineSeries::new(medians(&outlook.full), MUTE.stroke_width(1)))?;
            }
        }
        let ends =
            |end: fn(&Interval) -> f64| SHOWN.iter().zip(&own.full).map(move |(time, (_, range))| (*time, end(range)));
        let band: Vec<(f64, f64)> = ends(|range| range.high).chain(ends(|range| range.low).rev()).collect();
        chart.draw_series([Polygon::new(band, thin(SERIES[0]))])?;
        chart.draw_series(LineSeries::new(medians(&own.fraction), SERIES[1].stroke_width(2)))?;
        chart.draw_series(LineSeries::new(medians(&own.full), SERIES[0].stroke_width(3)))?;
        Ok(())
    })
}

fn legend(interval: &str) -> Markup {
    let line = |colour: &str, width: &str| {
        html! {
            svg aria-hidden="true" { line x1="0" x2="100%" y1="50%" y2="50%" stroke=(colour) stroke-width=(width) {} }
        }
    };
    html! {
        ul.legend.curves {
            li { (line("#0072B2", "3")) "full answers, median" }
            li { svg aria-hidden="true" { rect width="100%" height="100%" fill="#0072B2" opacity="0.2" {} } "its " (interval) }
            li { (line("#C44E00", "2")) "constraints met, median" }
            li { (line("#A3ABB4", "1")) "full answers under the other schemes" }
        }
    }
}

fn numbers(schemes: &[String], outlooks: &[SchemeOutlook]) -> Markup {
    let row = |scheme: &str, what: &str, points: &[(f64, Interval)]| {
        html! { tr {
            th scope="row" { (scheme) } td { (what) }
            @for (median, range) in points { td.value { (with_range(*median, *range)) } }
        } }
    };
    html! { table {
        thead { tr { th { "Scheme" } th { "Share of" } @for time in SHOWN { th { "at " (time) "×" } } } }
        tbody { @for (scheme, outlook) in schemes.iter().zip(outlooks) {
            (row(scheme, "full answers", &outlook.full))
            (row(scheme, "constraints met", &outlook.fraction))
        } }
    } }
}
