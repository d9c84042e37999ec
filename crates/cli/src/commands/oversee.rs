//! `candour oversee`: how the system is used, for those who watch over it.

use std::{fmt::Write as _, fs, path::PathBuf};

use candour_actions::{CountView, OverseePart, OverseeRequest, OverseeSpan, OverseeView, RankingView, SampleRequest, SampleView, StateView, UsageView};
use clap::{Args, Subcommand};

use crate::{Outcome, args::Globals, asking, failure::Failure, printing};

/// Arguments of `oversee`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour oversee state --as overseer --purpose demo
  candour oversee usage --since 2026-01-01 --until 2026-01-31 --zone Europe/London --as overseer --purpose demo
  candour oversee unexplained --limit 20 --as overseer --purpose demo
  candour oversee sample --seed 'words of your own' --checkpoint checkpoint --count 20 --out sample/ --as overseer --purpose demo

What is ranked are looks by people who use the system. A flag is a question to ask them, and no answer.")]
pub(crate) struct Oversee {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The log, its witnesses, signs of life and silence.
    State(Span),
    /// Accesses by purpose, role, person, unit, action and hour; alerts for every thousand.
    Usage(Span),
    /// Accesses that nothing explains, the most remarkable first.
    Unexplained(Unexplained),
    /// Draw entries by a seed of your own and open some of their fields.
    Sample(Sample),
}

#[derive(Debug, Args)]
struct Span {
    /// From: a day such as 2026-01-31, or a time with its zone. The journal's beginning where it is left out.
    #[arg(long, value_name = "INSTANT")]
    since: Option<String>,
    /// Until: the last day, or the first instant after it. Now where it is left out.
    #[arg(long, value_name = "INSTANT")]
    until: Option<String>,
    /// Whose days and nights, such as Europe/London.
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    zone: String,
}

#[derive(Debug, Args)]
struct Unexplained {
    #[command(flatten)]
    span: Span,
    /// How many accesses.
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// How many to pass over.
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
}

#[derive(Debug, Args)]
struct Sample {
    #[command(flatten)]
    span: Span,
    /// Words of your own, thought up after the checkpoint was signed.
    #[arg(long, value_name = "TEXT")]
    seed: String,
    /// How many entries of all.
    #[arg(long, default_value_t = 10, value_name = "N")]
    count: u64,
    /// How many more of the accesses that nothing explains.
    #[arg(long, default_value_t = 0, value_name = "N")]
    unexplained: u64,
    /// Fields to open; may be given several times.
    #[arg(long = "field", value_name = "NAME", default_values = ["actor", "action", "purpose", "case", "reason", "outcome"])]
    fields: Vec<String>,
    /// File with the checkpoint that you hold; without it the newest is taken, and who keeps the log knew your seed before.
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Folder for one receipt a file, each for `candour verify --receipt`.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Span {
    fn parsed(&self) -> Result<OverseeSpan, Failure> {
        OverseeSpan::parse(self.since.as_deref(), self.until.as_deref(), Some(&self.zone)).map_err(Failure::Usage)
    }
}

impl Oversee {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        match &self.what {
            What::State(span) => ask(globals, span, OverseePart::State),
            What::Usage(span) => ask(globals, span, OverseePart::Usage),
            What::Unexplained(wanted) => ask(globals, &wanted.span, OverseePart::Unexplained { limit: wanted.limit, offset: wanted.offset }),
            What::Sample(sample) => draw(globals, sample),
        }
    }
}

fn ask(globals: &Globals, span: &Span, part: OverseePart) -> Outcome {
    let request = OverseeRequest { part, span: span.parsed()? };
    let answer = asking::ask(globals, |desk, who| desk.oversee(who, &request))?;
    printing::answer(globals, &answer.value, &answer.receipt, || words(&answer.value))
}

fn draw(globals: &Globals, sample: &Sample) -> Outcome {
    let read =
        |path: &PathBuf| fs::read_to_string(path).map_err(|error| Failure::Usage(format!("`{}`: {error}; give the checkpoint that you hold", path.display())));
    let request = SampleRequest {
        seed: sample.seed.clone(),
        count: sample.count,
        unexplained: sample.unexplained,
        fields: sample.fields.clone(),
        checkpoint: sample.checkpoint.as_ref().map(read).transpose()?,
        span: sample.span.parsed()?,
    };
    let answer = asking::ask(globals, |desk, who| desk.oversee_sample(who, &request))?;
    if let Some(folder) = &sample.out {
        write(folder, &answer.value)?;
    }
    printing::answer(globals, &answer.value, &answer.receipt, || sampled(&answer.value))
}

/// One file for each receipt.
fn write(folder: &PathBuf, sample: &SampleView) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Failed(format!("`{}`: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    for entry in &sample.entries {
        let text = serde_json::to_string(&entry.receipt).map_err(|error| Failure::Failed(error.to_string()))?;
        fs::write(folder.join(format!("entry-{}.json", entry.receipt.index)), format!("{text}\n")).map_err(failed)?;
    }
    Ok(())
}

fn words(view: &OverseeView) -> String {
    let since = view.since.as_deref().unwrap_or("the beginning");
    let mut text = format!("from {since} until {} ({})", view.until, view.zone);
    if let Some(state) = &view.state {
        text.push_str(&state_words(state));
    }
    if let Some(usage) = &view.usage {
        text.push_str(&usage_words(usage));
    }
    if let Some(ranking) = &view.unexplained {
        text.push_str(&ranking_words(ranking));
    }
    text
}

fn state_words(state: &StateView) -> String {
    let mut text = format!("\n{}: {} entries, root {}", state.origin, state.size, state.root);
    match (&state.cosigned, state.cosigned_seconds_ago) {
        (Some(cosigned), Some(seconds)) => {
            let _ = write!(text, "\n{} entries cosigned by {}, {seconds} seconds ago", cosigned.size, cosigned.witnesses.join(", "));
        }
        _ => text.push_str("\nno checkpoint that enough witnesses vouch for"),
    }
    for witness in &state.witnesses {
        let said = witness.problem.as_deref().unwrap_or("cosigned");
        let _ = write!(text, "\nwitness {}: {said}; {} entries, asked {}", witness.name, witness.size, witness.asked_at.as_deref().unwrap_or("never"));
    }
    let beats = &state.heartbeats;
    let _ = write!(text, "\n{} signs of life, the last {}; {} compared", beats.beats, beats.last.as_deref().unwrap_or("never"), beats.compared);
    let _ = write!(text, "\n{} of them say something else than the entries; {} entries between them are not counted", beats.mismatch_count, beats.uncounted);
    for mismatch in &beats.mismatches {
        let _ = write!(text, "\n  entry {}: {}", mismatch.entry, mismatch.what);
    }
    let _ = write!(text, "\n{} silences", beats.silence_count);
    for silence in beats.silences.iter().take(10) {
        let _ = write!(text, "\n  {} seconds from {}, {} entries meanwhile", silence.seconds, silence.from, silence.entries);
    }
    text
}

fn usage_words(usage: &UsageView) -> String {
    let mut text = format!("\n{}", count_words("all", &usage.total));
    let _ = write!(text, "; {} found nothing; {} more were not understood", usage.empty, usage.failed);
    for (name, counts) in [
        ("purpose", &usage.by_purpose),
        ("role", &usage.by_role),
        ("person", &usage.by_person),
        ("unit", &usage.by_unit),
        ("action", &usage.by_action),
        ("hour", &usage.by_hour),
    ] {
        let _ = write!(text, "\nby {name}");
        for count in counts.iter().filter(|count| count.accesses + count.refused > 0) {
            let key = if count.key.is_empty() { "(none)" } else { &count.key };
            let _ = write!(text, "\n  {}", count_words(key, count));
        }
    }
    text
}

fn count_words(key: &str, count: &CountView) -> String {
    format!(
        "{key:<24} {:>8} accesses {:>7} refused {:>7} unexplained {:>6} alerts, {:.1} a thousand",
        count.accesses, count.refused, count.unexplained, count.alerts, count.alerts_per_thousand
    )
}

fn ranking_words(ranking: &RankingView) -> String {
    let mut text = format!(
        "\n{} of {} accesses are unexplained; {} alerts (from a score of {} on), {:.1} for every thousand accesses",
        ranking.total, ranking.of_accesses, ranking.alerts, ranking.alert_score, ranking.alerts_per_thousand
    );
    for access in &ranking.accesses {
        let case = if access.case.is_empty() { "no case".to_owned() } else { format!("case {}", access.case) };
        let _ = write!(text, "\n{:>4}  entry {}  {}  {} {}  {}, {case}", access.score, access.entry, access.time, access.person, access.action, access.purpose);
        if !access.records.is_empty() {
            let _ = write!(text, "  [{}]", access.records.join(" "));
        }
        if let Some(explained) = &access.explained {
            let _ = write!(text, "\n      explained: {explained}");
        }
        for reason in &access.reasons {
            let _ = write!(text, "\n      {:+} {}: {}", reason.weight, reason.name, reason.words);
        }
        if !access.erased.is_empty() {
            let _ = write!(text, "\n      erased since: {}", access.erased.join(", "));
        }
    }
    text
}

fn sampled(sample: &SampleView) -> String {
    let mut text = format!("{} entries of {} from {}, drawn with root {}", sample.entries.len(), sample.span, sample.first, sample.root);
    if !sample.brought {
        text.push_str("\ndrawn with the home's newest checkpoint: whoever keeps the log saw your seed before that was fixed; bring one with --checkpoint");
    }
    for entry in &sample.entries {
        let shown: Vec<String> = entry.receipt.fields.iter().map(|field| format!("{}={}", field.name, field.value)).collect();
        let _ = write!(text, "\n{} {}: {}", entry.stratum, entry.receipt.index, shown.join(" "));
    }
    text
}
