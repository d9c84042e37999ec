//! Sample pairs by band of probability, each with the bill that makes its weight.

use candour_resolve::{LinkedPair, Waterfall};

use super::{Told, charts, writer::Html};

/// Pairs shown of each band.
const EACH: usize = 3;

/// A range of probabilities.
struct Band {
    title: &'static str,
    from: f64,
    to: f64,
    /// Whether its first pair is shown whole from the start.
    is_open: bool,
}

/// The bands, from the pairs in doubt to the certain ones.
pub(crate) fn section(html: &mut Html, told: &Told<'_>) {
    let threshold = told.spec.options.threshold;
    let middle = 1.0 - (1.0 - threshold) / 50.0;
    html.raw("<section id=\"samples\"><h2>Sample pairs</h2>\n<p>Read each as a bill. The prior speaks against any two records; every field adds or takes bits, and their sum is a probability. Pairs are taken evenly from each band, not picked.</p>\n");
    for band in [
        Band { title: "Just above the threshold", from: threshold, to: middle, is_open: true },
        Band { title: "In doubt: just below the threshold", from: 0.5_f64.min(threshold), to: threshold, is_open: true },
        Band { title: "Probably not", from: 0.0, to: 0.5_f64.min(threshold), is_open: false },
        Band { title: "Beyond doubt", from: middle, to: 2.0, is_open: false },
    ] {
        let within = |pair: &&LinkedPair| (band.from..band.to).contains(&pair.probability());
        let count = told.linkage.pairs.iter().filter(within).count();
        html.raw("<h3>").raw(band.title).raw(" <span class=\"soft\">").count(count as u64).raw(" pairs</span></h3>\n");
        let every = (count / (EACH + 1)).max(1);
        let picked: Vec<LinkedPair> =
            told.linkage.pairs.iter().filter(within).skip(every.min(count.saturating_sub(EACH))).step_by(every).take(EACH).copied().collect();
        for (place, mut pair) in picked.into_iter().enumerate() {
            (pair.a, pair.b) = told.input.in_order(pair.a, pair.b);
            let waterfall = told.linkage.explain(&told.input.table, pair.a, pair.b);
            bill(html, told, pair, &waterfall, place == 0 && band.is_open);
        }
    }
    html.raw("</section>\n");
}

fn bill(html: &mut Html, told: &Told<'_>, pair: LinkedPair, waterfall: &Waterfall, is_open: bool) {
    // The scale holds every sum on the way.
    let mut sum = f64::from(waterfall.prior);
    let (mut low, mut high) = (sum.min(0.0), sum.max(0.0));
    for row in &waterfall.features {
        sum += f64::from(row.weight);
        (low, high) = (low.min(sum), high.max(sum));
    }
    html.raw(if is_open { "<details class=\"bill\" open>" } else { "<details class=\"bill\">" });
    html.raw("<summary><span class=\"ids\">")
        .value(told.input.id(pair.a))
        .raw(" &middot; ")
        .value(told.input.id(pair.b))
        .raw("</span> <span class=\"sum\">")
        .bits(f64::from(waterfall.weight));
    html.raw(" bits</span> <span class=\"soft\">probability ")
        .decimal((waterfall.probability * 1e5).floor() / 1e5, 5)
        .raw("</span></summary>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Waterfall\"><table class=\"waterfall\"><thead><tr>");
    html.raw("<th scope=\"col\">field</th><th scope=\"col\">one record</th><th scope=\"col\">the other</th><th scope=\"col\">found to be</th><th scope=\"col\" class=\"n\">bits</th><th scope=\"col\" class=\"picture\"><span class=\"unseen\">picture</span></th></tr></thead><tbody>\n");
    let mut sum = f64::from(waterfall.prior);
    html.raw("<tr><th scope=\"row\">prior</th><td></td><td></td><td class=\"soft\">any two records</td><td class=\"n\">")
        .bits(sum)
        .raw("</td><td class=\"picture\">");
    charts::step(html, (low, high), 0.0, sum, false);
    html.raw("</td></tr>\n");
    for row in &waterfall.features {
        let next = sum + f64::from(row.weight);
        html.raw("<tr><th scope=\"row\">")
            .value(&row.name)
            .raw("</th><td>")
            .value(&row.left)
            .raw("</td><td>")
            .value(&row.right)
            .raw("</td><td>")
            .value(&row.level);
        if row.rarity.abs() >= 0.05 {
            html.raw(" <span class=\"soft\">(of it ").bits(f64::from(row.rarity)).raw(" for rarity)</span>");
        }
        html.raw("</td><td class=\"n\">").bits(f64::from(row.weight)).raw("</td><td class=\"picture\">");
        charts::step(html, (low, high), sum, next, false);
        html.raw("</td></tr>\n");
        sum = next;
    }
    html.raw("</tbody><tfoot><tr><th scope=\"row\">in all</th><td></td><td></td><td></td><td class=\"n\">").bits(sum).raw("</td><td class=\"picture\">");
    charts::step(html, (low, high), 0.0, sum, true);
    html.raw("</td></tr></tfoot></table></div></details>\n");
}
