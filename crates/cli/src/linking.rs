//! What `dedupe` and `link` share: the same options, the same way from files to files.

use std::{fmt::Write as _, path::PathBuf, time::Instant};

use candour_linkage::{Input, LinkageError, Outputs, Sides, Spec, explain, peak_mib, resolve};
use candour_resolve::{Linkage, Waterfall};
use clap::Args;
use serde_json::json;

use crate::{Outcome, args::Globals, failure::Failure, printing};

/// Options of both commands.
#[derive(Debug, Args)]
pub(crate) struct Linking {
    /// What the columns mean.
    #[arg(long, value_name = "SPEC.yml")]
    spec: PathBuf,
    /// Folder to write `pairs.csv`, `clusters.csv`, `model.json` and `report.html` into.
    #[arg(long, value_name = "DIR", required_unless_present = "explain")]
    out: Option<PathBuf>,
    /// Probability from which two records are of one thing, instead of the spec's.
    #[arg(long, value_name = "P")]
    threshold: Option<f64>,
    /// Show what speaks for and against two records being the same.
    #[arg(long, num_args = 2, value_names = ["ID1", "ID2"])]
    explain: Option<Vec<String>>,
}

impl Linking {
    /// Does it.
    pub(crate) fn run(&self, globals: &Globals, sides: Sides) -> Outcome {
        let start = Instant::now();
        let spec = self.spec()?;
        let outputs = self.out.as_ref().map(|out| Outputs::open(out, &sides, &spec)).transpose().map_err(failed)?;
        let input = Input::read(&spec, sides).map_err(failed)?;
        let rows = input.table.rows();
        printing::note(globals, &format!("{rows} records read in {:.1} s; comparing them", start.elapsed().as_secs_f64()));
        let linkage = resolve(&spec, &input).map_err(failed)?;
        printing::note(
            globals,
            &format!("{} comparisons, {} pairs after {:.1} s", linkage.report.comparisons, linkage.pairs.len(), start.elapsed().as_secs_f64()),
        );
        let Some(outputs) = outputs else { return self.explained(globals, &input, &linkage) };
        let written = outputs.write(&spec, &input, &linkage).map_err(failed)?;
        if !outputs.replaced.is_empty() {
            printing::note(globals, &format!("replaced what an earlier run had written: {}", outputs.replaced.join(", ")));
        }
        if self.explain.is_some() {
            return self.explained(globals, &input, &linkage);
        }
        let seconds = start.elapsed().as_secs_f64();
        let comparisons = linkage.report.comparisons;
        let peak = peak_mib();
        let result =
            json!({ "rows": rows, "comparisons": comparisons, "pairs": written.pairs, "clusters": written.clusters, "seconds": seconds, "peak_mib": peak });
        let out = self.out.as_deref().unwrap_or_else(|| std::path::Path::new("."));
        printing::result(globals, &result, || {
            let memory = peak.map(|peak| format!(", {peak} MiB at most")).unwrap_or_default();
            let report = out.join("report.html");
            format!(
                "{rows} records, {comparisons} comparisons: {} pairs, {} clusters, in {seconds:.2} s{memory}\nread {} for how it came about",
                written.pairs,
                written.clusters,
                report.display()
            )
        })
    }

    fn spec(&self) -> Result<Spec, Failure> {
        let mut spec = Spec::load(&self.spec).map_err(failed)?;
        if let Some(threshold) = self.threshold {
            if !(threshold > 0.0 && threshold < 1.0) {
                return Err(Failure::Usage(format!("a threshold of `{threshold}` is no probability; give a number between 0 and 1")));
            }
            spec.options.threshold = threshold;
            spec.options.floor = spec.options.floor.min(threshold);
        }
        Ok(spec)
    }

    fn explained(&self, globals: &Globals, input: &Input, linkage: &Linkage) -> Outcome {
        let Some([first, second]) = self.explain.as_deref() else { return Ok(()) };
        let waterfall = explain(input, linkage, first, second).map_err(failed)?;
        printing::result(globals, &waterfall, || words(&waterfall))
    }
}

/// A waterfall, a line a field.
fn words(waterfall: &Waterfall) -> String {
    let mut text = format!("{:>8.1}  prior", waterfall.prior);
    for row in &waterfall.features {
        let _ = write!(text, "\n{:>+8.1}  {}: {}", row.weight, row.name, row.level);
        if !(row.left.is_empty() && row.right.is_empty()) {
            let _ = write!(text, "  (`{}` and `{}`)", row.left, row.right);
        }
    }
    let _ = write!(text, "\n{:>8.1}  in all, which is a probability of {:.4}", waterfall.weight, waterfall.probability);
    text
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn failed(error: LinkageError) -> Failure {
    if error.is_input() { Failure::Usage(error.to_string()) } else { Failure::Failed(error.to_string()) }
}
