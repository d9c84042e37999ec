//! Clusters by size, and the pairs that were kept from joining two of them.

use super::{
    Told,
    charts::{self, Bar},
    writer::Html,
};

/// Sizes that have a column of their own; larger ones share the last.
const OWN: usize = 19;
/// Bridges shown.
const SHOWN: usize = 25;

/// Clusters by size.
pub(crate) fn section(html: &mut Html, told: &Told<'_>) {
    let report = &told.linkage.report;
    html.raw("<section id=\"clusters\"><h2>Clusters</h2>\n");
    let largest = report.cluster_sizes.iter().map(|(size, _)| *size).max().unwrap_or(1);
    let alone = report.cluster_sizes.iter().find(|(size, _)| *size == 1).map_or(0, |(_, count)| *count);
    html.raw("<p>").count(alone as u64).raw(" records stand alone; the largest cluster has ").count(largest as u64).raw(". By number of records:</p>\n");
    if largest > 1 {
        let of = |size: usize| report.cluster_sizes.iter().filter(|(of, _)| *of == size || (size > OWN && *of > OWN)).map(|(_, count)| *count).sum::<usize>();
        let bars: Vec<Bar> = (2..=largest.min(OWN + 1))
            .map(|size| Bar { label: Some(if size > OWN { format!("{size}+") } else { size.to_string() }), height: of(size) as f64, strong: true })
            .collect();
        charts::columns(html, &bars, None);
    }
    html.raw("<details><summary>The same as a table</summary><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Clusters by size\"><table><thead><tr><th scope=\"col\" class=\"n\">records</th><th scope=\"col\" class=\"n\">clusters</th></tr></thead><tbody>\n");
    for (size, count) in &report.cluster_sizes {
        html.raw("<tr><th scope=\"row\" class=\"n\">").count(*size as u64).raw("</th><td class=\"n\">").count(*count as u64).raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div></details></section>\n");
}

/// Pairs above the threshold that were not taken.
pub(crate) fn bridges(html: &mut Html, told: &Told<'_>) {
    let bridges = &told.linkage.report.bridges;
    html.raw("<section id=\"bridges\"><h2>Bridges</h2>\n");
    if bridges.is_empty() {
        html.raw("<p>No pair above the threshold was kept from joining clusters that contradict each other.</p></section>\n");
        return;
    }
    html.raw("<p>Pairs above the threshold that were not taken, for they would have joined clusters that contradict each other. These are worth a look. The strongest ").count(bridges.len().min(SHOWN) as u64).raw(" of ");
    html.count(bridges.len() as u64).raw(":</p>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Bridges\"><table><thead><tr><th scope=\"col\">one record</th><th scope=\"col\">the other</th><th scope=\"col\" class=\"n\">weight</th><th scope=\"col\" class=\"n\">between the clusters</th></tr></thead><tbody>\n");
    for bridge in bridges.iter().take(SHOWN) {
        html.raw("<tr><td>")
            .value(told.input.own(&bridge.a))
            .raw("</td><td>")
            .value(told.input.own(&bridge.b))
            .raw("</td><td class=\"n\">")
            .bits(f64::from(bridge.weight));
        html.raw("</td><td class=\"n\">").bits(f64::from(bridge.between)).raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div></section>\n");
}
