//! Which pairs were compared at all.

use super::{Told, charts, writer::Html};

/// Groups shown.
const SHOWN: usize = 20;

/// Rules of blocking, and the groups that were too large.
pub(crate) fn section(html: &mut Html, told: &Told<'_>) {
    let report = &told.linkage.report;
    html.raw("<section id=\"blocking\"><h2>Blocking</h2>\n<p>Two records are compared when they agree on what some rule names; each pair is compared once. ");
    html.raw(if told.spec.options.rules.is_empty() {
        "The rules were chosen from the data: those that find the most for what they cost, until they cost "
    } else {
        "The rules are those of the spec; "
    });
    if told.spec.options.rules.is_empty() {
        html.number(told.spec.options.comparisons_per_record).raw(" comparisons a record. ");
    }
    html.raw("<b>Takes</b> is the share of the pairs of one thing that a rule is expected to find, <b>adds</b> what no rule before it does.</p>\n");
    html.raw("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Rules of blocking\"><table><thead><tr><th scope=\"col\">same</th><th scope=\"col\" class=\"n\">pairs, estimated</th><th scope=\"col\" class=\"n\">takes</th><th scope=\"col\" class=\"n\">adds</th><th scope=\"col\" class=\"n\">together</th></tr></thead><tbody>\n");
    let mut together = 0.0;
    for rule in &report.rules {
        together += rule.adds;
        html.raw("<tr><th scope=\"row\">")
            .value(&rule.says)
            .raw("</th><td class=\"n\">")
            .decimal(rule.pairs, 0)
            .raw("</td><td class=\"n\">")
            .percent(rule.takes);
        html.raw("</td><td class=\"n\">").percent(rule.adds).raw("</td><td class=\"n\">").percent(together).raw(" ");
        charts::share(html, together);
        html.raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div>\n<h3>The worst blocks</h3>\n");
    if report.skewed.is_empty() {
        html.raw("<p>No group of records was too large to compare all pairs of.</p></section>\n");
        return;
    }
    html.raw("<p>Groups that were too large to compare all pairs of: of each, only records that share something else as well were.</p>\n");
    html.raw("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"The worst blocks\"><table><thead><tr><th scope=\"col\">same</th><th scope=\"col\">for example record</th><th scope=\"col\" class=\"n\">records</th><th scope=\"col\" class=\"n\">pairs compared</th></tr></thead><tbody>\n");
    for group in report.skewed.iter().take(SHOWN) {
        html.raw("<tr><th scope=\"row\">")
            .value(&group.rule)
            .raw("</th><td>")
            .value(told.input.own(&group.example))
            .raw("</td><td class=\"n\">")
            .count(group.records as u64);
        html.raw("</td><td class=\"n\">").count(group.compared).raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div></section>\n");
}
