//! The model: a table to read.

use super::{Told, writer::Html};

/// Chances below which a combination is left to `model.json`.
const RARE: f64 = 0.0005;

/// Prior and fields.
pub(crate) fn section(html: &mut Html, told: &Told<'_>) {
    let model = &told.linkage.model;
    html.raw("<section id=\"parameters\"><h2>Parameters</h2>\n<p>Of two records of <em>one</em> thing a share <b>m</b> is found so, of two records of <em>different</em> things a share <b>u</b>. The weight is log<sub>2</sub>(m&#8239;/&#8239;u); what is rare and shared adds to it. ");
    html.raw("Of all pairs a share of ")
        .chance(model.prior)
        .raw(" is of one thing, which is the prior of ")
        .bits(model.prior.max(f64::MIN_POSITIVE).log2())
        .raw(" bits; a share of ")
        .chance(model.kin)
        .raw(" is of one household.</p>\n");
    for (place, field) in model.fields.iter().enumerate() {
        html.raw(if place == 0 { "<details open><summary>" } else { "<details><summary>" }).value(&field.field).raw("</summary><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Chances\"><table class=\"chances\"><thead><tr><th scope=\"col\">found to be</th><th scope=\"col\" class=\"n\">m</th><th scope=\"col\" class=\"n\">u</th><th scope=\"col\" class=\"n\">bits</th></tr></thead><tbody>\n");
        let mut left_out = 0_u64;
        for cell in &field.cells {
            if cell.m < RARE && cell.u < RARE {
                left_out += 1;
                continue;
            }
            html.raw("<tr><th scope=\"row\">")
                .value(&cell.says)
                .raw("</th><td class=\"n\">")
                .chance(cell.m)
                .raw("</td><td class=\"n\">")
                .chance(cell.u)
                .raw("</td><td class=\"n\">");
            if cell.m > 0.0 && cell.u > 0.0 {
                html.bits((cell.m / cell.u).log2());
            }
            html.raw("</td></tr>\n");
        }
        html.raw("</tbody></table></div>");
        if left_out > 0 {
            html.raw("<p class=\"soft\">").count(left_out).raw(" combinations that hardly occur stand in <code>model.json</code> alone.</p>");
        }
        html.raw("</details>\n");
    }
    html.raw("</section>\n");
}
