//! Where the recommendation flips: over what carries over, and over the credit of partial answers.

use super::{
    figure::{Panel, figure},
    plot::{MIDDLE, SERIES, shares, svg},
    text::prose,
};
use crate::{
    advise::{
        Percent,
        dynamics::Kernel,
        forecast::{Choice, Doubt, Duel, Forecast, Odds},
    },
    report::words::forecast as words,
};
use maud::{Markup, PreEscaped, html};
use plotters::{
    element::{Circle, Cross, Rectangle, TriangleMarker},
    series::LineSeries,
    style::{Color, RGBColor},
};

/// Three stand side by side on a wide page.
const SIZE: (u32, u32) = (330, 220);

/// A probability of winning that is as good as a half.
const EVEN: f64 = 0.005;

/// Kernels of a family, each with which scheme wins.
type Family<'a> = &'a [(Kernel, Odds)];

/// The figure, with a sentence on where the scheme in question flips.
pub(super) fn render(forecast: &Forecast) -> Markup {
    let duels = &forecast.outlook.duels;
    let names: Vec<String> = forecast.schemes[1..].iter().map(ToString::to_string).collect();
    let per_duel: Vec<Vec<Family<'_>>> = duels.iter().map(families).collect();
    let count = per_duel.first().map_or(0, Vec::len);
    let panels: Vec<Panel> = (0..count).map(|family| panel(&per_duel, family, &names)).collect();
    let caption = "Probability that the scheme learns faster than binary, if it matters, by samples alone. Above the middle line the scheme \
                   wins, below it binary does. To the left little carries over from one thing learned to another, to the right much; \
                   the three panels are three ways in which it may.";
    html! {
        p { (prose(&sentence(forecast, &per_duel))) }
        (figure("flips", &panels, &legend(&names), caption, &numbers(duels, &names)))
    }
}

fn families(duel: &Duel) -> Vec<Family<'_>> {
    duel.by_kernel.chunk_by(|(a, _), (b, _)| a.name() == b.name()).collect()
}

fn sentence(forecast: &Forecast, per_duel: &[Vec<Family<'_>>]) -> String {
    let rival = &forecast.schemes[forecast.rival];
    let of = |family: &Family<'_>| (words::flip(family), title(family[0].0.name()));
    let flips: Vec<String> = per_duel[forecast.rival - 1]
        .iter()
        .map(of)
        .filter(|(flip, _)| flip != "never")
        .map(|(flip, (name, parameter))| format!("at {parameter} {flip} ({})", name.to_lowercase()))
        .collect();
    let hardly = match forecast.choice {
        Choice::Either | Choice::Neither(Doubt::Unreached | Doubt::TooShort) => {
            format!("It hardly matters here ({}). ", Percent(forecast.odds.small))
        }
        _ => String::new(),
    };
    let duel = forecast.duel();
    let even = |odds: &Odds| (odds.probability() - 0.5).abs() < EVEN;
    if duel.by_kernel.iter().all(|(_, odds)| even(odds)) {
        format!("{hardly}Between {rival} and binary nothing flips: they are even whatever carries over.")
    } else if flips.is_empty() {
        let ahead = if duel.odds.probability() >= 0.5 { rival.to_string() } else { "binary".to_owned() };
        format!(
            "{hardly}Between {rival} and binary nothing flips: where it matters, {ahead} is ahead whatever carries over."
        )
    } else {
        format!("{hardly}Between {rival} and binary the recommendation flips {}.", flips.join(", "))
    }
}

/// What a family of kernels says, and the name of its parameter.
fn title(name: &str) -> (&'static str, &'static str) {
    match name {
        "shared-skills" => ("Learned per constraint met", "λ"),
        "agreement" => ("Learned per verdict", "a"),
        "hamming" => ("Learned by likeness", "τ"),
        _ => ("Other", ""),
    }
}

fn panel(per_duel: &[Vec<Family<'_>>], family: usize, names: &[String]) -> Panel {
    let kernels = per_duel[0][family];
    let (what, parameter) = title(kernels[0].0.name());
    let ticks: Vec<String> = kernels
        .iter()
        .map(|(kernel, _)| kernel.parameter().map_or_else(String::new, |value| value.to_string()))
        .collect();
    let last = (kernels.len() - 1) as f64;
    let tick = |at: f64| {
        let near = (at - at.round()).abs() < 0.01 && at > -0.1;
        let place = at.round().max(0.0) as usize;
        let text = ticks.get(place).filter(|_| near).cloned().unwrap_or_default();
        if place == 0 && !text.is_empty() { format!("{parameter} = {text}") } else { text }
    };
    let chances: Vec<Vec<f64>> =
        per_duel.iter().map(|families| families[family].iter().map(|(_, odds)| odds.probability()).collect()).collect();
    let said = names.iter().zip(&chances).map(|(name, chances)| {
        let ends = [chances.first(), chances.last()].map(|end| end.map_or(0.0, |chance| *chance));
        format!("{name} goes from {} to {}", Percent(ends[0]), Percent(ends[1]))
    });
    let label = format!(
        "{what}, {parameter} from {} to {}: probability of winning against binary, {}.",
        ticks.first().map_or("", String::as_str),
        ticks.last().map_or("", String::as_str),
        said.collect::<Vec<_>>().join("; ")
    );
    let drawn = svg(SIZE, |area| {
        let mut chart = shares(area, -0.4..last + 0.4, &tick)?;
        chart.draw_series(LineSeries::new([(-0.4, 0.5), (last + 0.4, 0.5)], MIDDLE.stroke_width(1)))?;
        for (place, chances) in chances.iter().enumerate() {
            let colour = SERIES[place % SERIES.len()];
            let points: Vec<(f64, f64)> = chances.iter().enumerate().map(|(x, y)| (x as f64, *y)).collect();
            chart.draw_series(LineSeries::new(points.clone(), colour.stroke_width(2)))?;
            let style = colour.filled();
            // Shapes too, for eyes that do not tell the colours apart.
            match place % 4 {
                0 => chart.draw_series(points.iter().map(|point| Circle::new(*point, 4, style))).map(drop)?,
                1 => chart.draw_series(points.iter().map(|point| TriangleMarker::new(*point, 6, style))).map(drop)?,
                2 => {
                    let square =
                        |&(x, y): &(f64, f64)| Rectangle::new([(x - 0.05, y - 0.02), (x + 0.05, y + 0.02)], style);
                    chart.draw_series(points.iter().map(square)).map(drop)?;
                }
                _ => chart
                    .draw_series(points.iter().map(|point| Cross::new(*point, 4, colour.stroke_width(2))))
                    .map(drop)?,
            }
        }
        Ok(())
    });
    Panel { title: format!("{what} ({parameter})"), label, svg: drawn }
}

fn legend(names: &[String]) -> Markup {
    let mark = |place: usize| {
        let RGBColor(red, green, blue) = SERIES[place % SERIES.len()];
        let colour = format!("#{red:02X}{green:02X}{blue:02X}");
        let shape = match place % 4 {
            0 => format!("<circle cx=\"12\" cy=\"6\" r=\"4\" fill=\"{colour}\"/>"),
            1 => format!("<polygon points=\"12,1 17,10 7,10\" fill=\"{colour}\"/>"),
            2 => format!("<rect x=\"8\" y=\"2\" width=\"8\" height=\"8\" fill=\"{colour}\"/>"),
            _ => format!("<path d=\"M8 2l8 8M16 2l-8 8\" stroke=\"{colour}\" stroke-width=\"2\"/>"),
        };
        html! {
            svg aria-hidden="true" viewBox="0 0 24 12" {
                line x1="0" x2="24" y1="6" y2="6" stroke=(colour) stroke-width="2" {}
                (PreEscaped(shape))
            }
        }
    };
    html! { ul.legend { @for (place, name) in names.iter().enumerate() { li { (mark(place)) (name) } } } }
}

fn numbers(duels: &[Duel], names: &[String]) -> Markup {
    html! { table {
        thead { tr { th { "What carries over" } @for name in names { th { (name) } } } }
        tbody { @for place in 0..duels.first().map_or(0, |duel| duel.by_kernel.len()) { tr {
            @let kernel = &duels[0].by_kernel[place].0;
            th scope="row" {
                (title(kernel.name()).0) ", " (title(kernel.name()).1) " = " (kernel.parameter().unwrap_or(0.0))
            }
            @for duel in duels { td.value { (Percent(duel.by_kernel[place].1.probability())) } }
        } } }
    } }
}
