//! `report.html`: what a run did, to read. One file without scripts that asks nothing of any network; charts are drawn
//! here as SVG, and whatever comes from data is escaped by the one type that can write it.
//!
//! It says nothing of seconds and memory: the same records give the same report, to the byte.

mod blocking;
mod charts;
mod clusters;
mod columns;
mod parameters;
mod samples;
mod weights;
mod writer;

use candour_resolve::Linkage;

use crate::{
    error::LinkageError,
    input::{Input, Sides},
    outputs::Part,
    spec::Spec,
};
use writer::Html;

const STYLE: &str = include_str!("report/style.css");

/// What the sections tell of.
#[derive(Clone, Copy)]
struct Told<'r> {
    spec: &'r Spec,
    input: &'r Input,
    linkage: &'r Linkage,
    /// The threshold in bits.
    threshold: f32,
}

/// Writes the report.
pub(crate) fn write(mut part: Part, spec: &Spec, input: &Input, linkage: &Linkage) -> Result<Part, LinkageError> {
    part.put(page(spec, input, linkage).as_bytes())?;
    Ok(part)
}

fn page(spec: &Spec, input: &Input, linkage: &Linkage) -> String {
    let odds = spec.options.threshold / (1.0 - spec.options.threshold);
    #[expect(clippy::cast_possible_truncation, reason = "bits of a probability are a small number")]
    let told = Told { spec, input, linkage, threshold: odds.log2() as f32 };
    let mut html = Html::default();
    html.raw(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    );
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    html.text("Entity resolution: ").text(&of(&told)).raw("</title>\n<style>\n").raw(STYLE).raw("</style>\n</head>\n<body>\n");
    html.raw("<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n<p class=\"eyebrow\">Candour &middot; entity resolution</p>\n<h1>")
        .value(&of(&told))
        .raw("</h1>\n");
    figures(&mut html, &told);
    html.raw("</header>\n");
    contents(&mut html);
    html.raw("<main id=\"main\">\n");
    samples::section(&mut html, &told);
    weights::histogram(&mut html, &told);
    weights::sweep(&mut html, &told);
    clusters::section(&mut html, &told);
    clusters::bridges(&mut html, &told);
    blocking::section(&mut html, &told);
    columns::section(&mut html, &told);
    parameters::section(&mut html, &told);
    columns::settings(&mut html, &told);
    html.raw("</main>\n<footer><p>A match weight is a number of bits: each one doubles the odds that two records are of one thing. Nothing here was decided by a person yet.</p></footer>\n</body>\n</html>\n");
    html.finish()
}

/// What was resolved: names of files, without the folders they lie in.
fn of(told: &Told<'_>) -> String {
    let name = |path: &std::path::Path| path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    match &told.input.sides {
        Sides::One(file) => name(file),
        Sides::Two(left, right) => format!("{} and {}", name(left), name(right)),
    }
}

fn figures(html: &mut Html, told: &Told<'_>) {
    let report = &told.linkage.report;
    let above = told.linkage.pairs.iter().filter(|pair| pair.weight >= told.threshold).count();
    let (clusters, members) =
        report.cluster_sizes.iter().filter(|(size, _)| *size > 1).fold((0, 0), |(clusters, members), (size, count)| (clusters + count, members + size * count));
    html.raw("<dl class=\"figures\">\n");
    for (label, value) in [
        ("records", report.rows as u64),
        ("comparisons", report.comparisons),
        ("pairs above the threshold", above as u64),
        ("clusters of two and more", clusters as u64),
        ("records in them", members as u64),
    ] {
        html.raw("<div><dt>").raw(label).raw("</dt><dd>").count(value).raw("</dd></div>\n");
    }
    html.raw("<div><dt>share of true pairs that blocking is expected to find</dt><dd>").percent(report.expected_recall).raw("</dd></div>\n</dl>\n");
}

const SECTIONS: &[(&str, &str)] = &[
    ("#samples", "Sample pairs"),
    ("#weights", "Match weights"),
    ("#sweep", "Thresholds"),
    ("#clusters", "Clusters"),
    ("#bridges", "Bridges"),
    ("#blocking", "Blocking"),
    ("#columns", "Columns"),
    ("#parameters", "Parameters"),
    ("#settings", "Settings"),
];

fn contents(html: &mut Html) {
    html.raw("<nav aria-label=\"Sections\"><ul>\n");
    for (target, label) in SECTIONS {
        html.raw("<li><a href=\"").raw(target).raw("\">").raw(label).raw("</a></li>\n");
    }
    html.raw("</ul></nav>\n");
}
