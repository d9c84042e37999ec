//! How the match weights lie, and what other thresholds would give.

use super::{
    Told,
    charts::{self, Bar},
    writer::Html,
};

/// The histogram of match weights.
pub(crate) fn histogram(html: &mut Html, told: &Told<'_>) {
    let counts = &told.linkage.report.histogram;
    html.raw("<section id=\"weights\"><h2>Match weights</h2>\n");
    let (Some((low, _)), Some((high, _))) = (counts.first(), counts.last()) else {
        html.raw("<p>No pair reaches the floor.</p></section>\n");
        return;
    };
    html.raw("<p>How many pairs have which weight, in bits. Two heaps with a valley between them are what one hopes for: in the valley lie the pairs that nobody can be sure of.</p>\n");
    let count = |bits: i32| counts.iter().find(|(of, _)| *of == bits).map_or(0, |(_, count)| *count);
    let bars: Vec<Bar> = (*low..=*high)
        .map(|bits| Bar {
            label: (bits % 5 == 0).then(|| bits.to_string()),
            height: count(bits) as f64,
            strong: f64::from(bits) + 0.5 >= f64::from(told.threshold),
        })
        .collect();
    let mark = (f64::from(told.threshold) - f64::from(*low), "threshold");
    charts::columns(html, &bars, (mark.0 >= 0.0 && mark.0 <= bars.len() as f64).then_some(mark));
    html.raw("<details><summary>The same as a table</summary><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Pairs by weight\"><table><thead><tr><th scope=\"col\" class=\"n\">weight from</th><th scope=\"col\" class=\"n\">to</th><th scope=\"col\" class=\"n\">pairs</th></tr></thead><tbody>\n");
    for (bits, count) in counts {
        html.raw("<tr><td class=\"n\">")
            .number(*bits)
            .raw("</td><td class=\"n\">")
            .number(bits + 1)
            .raw("</td><td class=\"n\">")
            .count(*count)
            .raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div></details></section>\n");
}

/// What other thresholds would give.
pub(crate) fn sweep(html: &mut Html, told: &Told<'_>) {
    html.raw("<section id=\"sweep\"><h2>Thresholds</h2>\n<p>Pairs at each probability and above, and the clusters that they alone would make. Where the numbers hardly move, the choice hardly matters.</p>\n");
    html.raw("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Thresholds\"><table><thead><tr><th scope=\"col\" class=\"n\">probability from</th><th scope=\"col\" class=\"n\">pairs</th><th scope=\"col\" class=\"n\">clusters</th></tr></thead><tbody>\n");
    for (probability, pairs, clusters) in &told.linkage.report.sweep {
        let is_used = (probability - told.spec.options.threshold).abs() < 1e-9;
        html.raw(if is_used { "<tr class=\"used\"><th scope=\"row\" class=\"n\">" } else { "<tr><th scope=\"row\" class=\"n\">" }).number(*probability);
        html.raw(if is_used { " (used)</th><td class=\"n\">" } else { "</th><td class=\"n\">" });
        html.count(*pairs).raw("</td><td class=\"n\">").count(*clusters as u64).raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div></section>\n");
}
