//! Charts as SVG. Each stands beside a table that says the same, so it is hidden from those who listen.

use super::writer::Html;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 250.0;
/// Room for the labels of the axes, and above the highest column.
const LEFT: f64 = 62.0;
const BOTTOM: f64 = 34.0;
const TOP: f64 = 16.0;
/// Lines across.
const LINES: u32 = 4;

/// One column of a chart.
#[derive(Debug, Clone)]
pub(crate) struct Bar {
    /// What stands below it, if anything.
    pub(crate) label: Option<String>,
    pub(crate) height: f64,
    /// Whether it is of what counts: drawn in the stronger colour.
    pub(crate) strong: bool,
}

/// Columns side by side; `mark` is the place between columns at which a line with a word stands.
pub(crate) fn columns(html: &mut Html, bars: &[Bar], mark: Option<(f64, &'static str)>) {
    let most = round_top(bars.iter().map(|bar| bar.height).fold(1.0, f64::max));
    let (wide, high) = (WIDTH - LEFT - 8.0, HEIGHT - TOP - BOTTOM);
    let step = wide / (bars.len().max(1) as f64);
    html.raw("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Chart\"><svg class=\"chart\" viewBox=\"0 0 760 250\" aria-hidden=\"true\" focusable=\"false\">\n");
    for line in 0..=LINES {
        let share = f64::from(line) / f64::from(LINES);
        let y = TOP + high * (1.0 - share);
        html.raw("<line class=\"grid\" x1=\"")
            .decimal(LEFT, 1)
            .raw("\" x2=\"")
            .decimal(WIDTH - 8.0, 1)
            .raw("\" y1=\"")
            .decimal(y, 1)
            .raw("\" y2=\"")
            .decimal(y, 1)
            .raw("\"/>");
        html.raw("<text class=\"y\" x=\"").decimal(LEFT - 8.0, 1).raw("\" y=\"").decimal(y + 4.0, 1).raw("\">").text(&short(most * share)).raw("</text>\n");
    }
    for (place, bar) in bars.iter().enumerate() {
        let x = LEFT + step * place as f64;
        let tall = high * bar.height / most;
        if bar.height > 0.0 {
            html.raw(if bar.strong { "<rect class=\"strong\" x=\"" } else { "<rect class=\"weak\" x=\"" });
            html.decimal(x + step * 0.08, 1).raw("\" width=\"").decimal(step * 0.84, 1);
            // A column of few among many would not show at all.
            let tall = tall.max(1.0);
            html.raw("\" y=\"").decimal(TOP + high - tall, 1).raw("\" height=\"").decimal(tall, 1).raw("\" rx=\"1.5\"/>\n");
        }
        if let Some(label) = &bar.label {
            html.raw("<text class=\"x\" x=\"").decimal(x + step / 2.0, 1).raw("\" y=\"").decimal(HEIGHT - 14.0, 1).raw("\">").text(label).raw("</text>\n");
        }
    }
    if let Some((at, word)) = mark {
        let x = LEFT + step * at;
        html.raw("<line class=\"mark\" x1=\"")
            .decimal(x, 1)
            .raw("\" x2=\"")
            .decimal(x, 1)
            .raw("\" y1=\"")
            .decimal(TOP - 10.0, 1)
            .raw("\" y2=\"")
            .decimal(TOP + high, 1)
            .raw("\"/>");
        html.raw("<text class=\"marked\" x=\"").decimal(x + 6.0, 1).raw("\" y=\"").decimal(TOP, 1).raw("\">").raw(word).raw("</text>\n");
    }
    html.raw("</svg></div>\n");
}

/// A share as a bar of a table's cell.
pub(crate) fn share(html: &mut Html, share: f64) {
    html.raw("<svg class=\"share\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"ground\" width=\"100\" height=\"8\"/><rect class=\"strong\" height=\"8\" width=\"");
    html.decimal(share.clamp(0.0, 1.0) * 100.0, 1).raw("\"/></svg>");
}

/// A step of a waterfall, from one weight to the next, on a scale that its whole table shares.
pub(crate) fn step(html: &mut Html, scale: (f64, f64), from: f64, to: f64, is_sum: bool) {
    let (low, high) = scale;
    let place = |bits: f64| (bits - low) / (high - low).max(1.0) * 100.0;
    let (left, right) = (place(from.min(to)), place(from.max(to)));
    html.raw("<svg class=\"step\" viewBox=\"0 0 100 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\"><line class=\"zero\" y1=\"0\" y2=\"16\" x1=\"");
    html.decimal(place(0.0), 2).raw("\" x2=\"").decimal(place(0.0), 2).raw("\"/>");
    if (to - from).abs() < 0.005 {
        html.raw("</svg>");
        return;
    }
    html.raw("<rect y=\"2\" height=\"12\" class=\"");
    html.raw(match (is_sum, to >= from) {
        (true, _) => "sum",
        (false, true) => "for",
        (false, false) => "against",
    });
    html.raw("\" x=\"").decimal(left, 2).raw("\" width=\"").decimal((right - left).max(0.6), 2).raw("\"/></svg>");
}

/// The least round number that is as high as the highest column and parts into the lines across.
fn round_top(most: f64) -> f64 {
    let each = (most / f64::from(LINES)).max(1.0);
    let size = 10_f64.powf(each.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|part| part * size).find(|step| *step >= each && step.fract() == 0.0);
    step.unwrap_or(10.0 * size) * f64::from(LINES)
}

/// A number in few digits.
fn short(number: f64) -> String {
    match number {
        n if n >= 1e7 => format!("{:.0} M", n / 1e6),
        n if n >= 1e6 => format!("{:.1} M", n / 1e6),
        n if n >= 1e4 => format!("{:.0} k", n / 1e3),
        n if n >= 1e3 => format!("{} k", (n / 100.0).round() / 10.0),
        n => format!("{n:.0}"),
    }
}
