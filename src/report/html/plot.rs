//! What plots have in common. Their colours are those of the light page; its style gives others in the dark, by the very text that is written
//! here.

use maud::{Markup, PreEscaped};
use plotters::{
    chart::{ChartBuilder, ChartContext},
    coord::{Shift, types::RangedCoordf64},
    drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea},
    prelude::{Cartesian2d, SVGBackend},
    style::{Color, IntoFont, RGBColor, TextStyle},
};
use std::ops::Range;

pub(super) const INK: RGBColor = RGBColor(0x1b, 0x1f, 0x24);
pub(super) const RULE: RGBColor = RGBColor(0xd5, 0xda, 0xe0);
pub(super) const MIDDLE: RGBColor = RGBColor(0x59, 0x63, 0x6e);
pub(super) const MUTE: RGBColor = RGBColor(0xa3, 0xab, 0xb4);
/// Told apart by people with any kind of colour vision, and by the shape of their marks.
pub(super) const SERIES: [RGBColor; 5] = [
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0xc4, 0x4e, 0x00),
    RGBColor(0x00, 0x7a, 0x5a),
    RGBColor(0x9b, 0x3f, 0x86),
    RGBColor(0x5f, 0x5f, 0x5f),
];

pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
pub(super) type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// A plot of that many units across and up as inline SVG.
pub(super) fn svg(size: (u32, u32), draw: impl FnOnce(&Area<'_>) -> Drawn) -> Markup {
    let mut text = String::new();
    let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
    draw(&area).and_then(|()| area.present()).expect("a string takes it");
    drop(area);
    PreEscaped(text.trim_end().to_owned())
}

/// Axes: shares upwards.
pub(super) fn shares<'a, 'b>(
    area: &'a Area<'b>,
    across: Range<f64>,
    label: &dyn Fn(f64) -> String,
) -> Result<Chart<'a, 'b>, DrawingAreaErrorKind<std::io::Error>> {
    let mut chart = ChartBuilder::on(area)
        .margin(8)
        .x_label_area_size(26)
        .y_label_area_size(46)
        .build_cartesian_2d(across, 0.0..1.0)?;
    let text: TextStyle<'_> = ("sans-serif", 16).into_font().color(&INK);
    chart
        .configure_mesh()
        .disable_x_mesh()
        .x_labels(5)
        .y_labels(3)
        .max_light_lines(1)
        .bold_line_style(RULE)
        .axis_style(RULE)
        .label_style(text)
        .x_label_formatter(&|at| label(*at))
        .y_label_formatter(&|share| format!("{:.0}%", 100.0 * share))
        .draw()?;
    Ok(chart)
}

/// A colour that lets what is below through.
pub(super) fn thin(colour: RGBColor) -> plotters::style::ShapeStyle {
    colour.mix(0.2).filled()
}
