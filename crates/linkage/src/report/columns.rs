//! What was compared, and by which settings.

use candour_resolve::KINDS;

use super::{Told, charts, writer::Html};

/// The columns and how full they are.
pub(crate) fn section(html: &mut Html, told: &Told<'_>) {
    let report = &told.linkage.report;
    html.raw("<section id=\"columns\"><h2>Columns</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Columns\"><table><thead><tr><th scope=\"col\">column</th><th scope=\"col\">kind</th><th scope=\"col\" class=\"n\">filled</th><th scope=\"col\" class=\"n\">distinct values</th></tr></thead><tbody>\n");
    for column in &report.columns {
        let share = column.filled as f64 / report.rows.max(1) as f64;
        let kind = KINDS.iter().find(|(_, kind)| *kind == column.kind).map_or("", |(word, _)| word);
        html.raw("<tr><th scope=\"row\">").value(&column.name).raw("</th><td>").raw(kind).raw("</td><td class=\"n\">").percent(share).raw(" ");
        charts::share(html, share);
        html.raw("</td><td class=\"n\">").count(column.distinct as u64).raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div>\n<ul>\n");
    for column in report.columns.iter().filter(|column| column.filled == 0) {
        html.raw("<li>The column ").value(&column.name).raw(" is empty, so it says nothing.</li>\n");
    }
    html.raw("<li>").count(report.identical as u64).raw(" records are the same as another one in all that is compared.</li>\n<li>").percent(report.unlinkable);
    html.raw(" of the records say too little: even a record that agrees with one of them in everything would not reach the threshold.</li>\n</ul></section>\n");
}

/// The settings.
pub(crate) fn settings(html: &mut Html, told: &Told<'_>) {
    let options = &told.spec.options;
    html.raw("<section id=\"settings\"><h2>Settings</h2>\n<dl class=\"settings\">\n<div><dt>threshold</dt><dd>")
        .number(options.threshold)
        .raw(" (")
        .bits(f64::from(told.threshold));
    html.raw(" bits)</dd></div>\n<div><dt>floor: pairs below are not kept</dt><dd>")
        .number(options.floor)
        .raw("</dd></div>\n<div><dt>comparisons a record</dt><dd>")
        .number(options.comparisons_per_record);
    html.raw("</dd></div>\n<div><dt>compared</dt><dd>").raw(if told.input.is_link() { "records of different files" } else { "records of one file" });
    html.raw("</dd></div>\n<div><dt>one to one</dt><dd>").raw(if options.one_to_one { "yes: each file is known to be clean" } else { "no" });
    html.raw("</dd></div>\n<div><dt>chances fixed by hand</dt><dd>")
        .count(options.fixed.cells.len() as u64 + u64::from(options.fixed.prior.is_some()))
        .raw("</dd></div>\n</dl></section>\n");
}
