//! `candour import`: takes files and folders in.

use std::path::PathBuf;

use candour_actions::{Grade, ImportProgress, ImportRequest};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{Outcome, args::Globals, asking, failure::Failure, printing};

/// Arguments of `import`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candour import entities.ijson --dataset donations --as analyst --purpose demo
  candour import folder/ --mapping mapping.yml --as analyst --purpose demo

An import that was interrupted goes on where it stopped when it is run again, and the same files again add nothing. Rows and values that cannot be taken are listed in a rejects file with file, line, column and reason.")]
pub(crate) struct Import {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// FollowTheMoney's mapping YAML, extended.
    #[arg(long, value_name = "FILE.yml")]
    mapping: Option<PathBuf>,
    /// Dataset; otherwise the mapping's, or the name of the file or folder.
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
    /// Marking; otherwise the mapping's, or the charter's default.
    #[arg(long, value_name = "ID")]
    marking: Option<String>,
    /// 3x5x2 grade; otherwise the mapping's, or 2D.
    #[arg(long, value_name = "2D", value_parser = grade)]
    grade: Option<Grade>,
    /// On what legal ground the data is held.
    #[arg(long, default_value = "", value_name = "TEXT")]
    lawful_basis: String,
}

fn grade(text: &str) -> Result<Grade, String> {
    text.parse().map_err(|error: candour_actions::NotAGrade| error.to_string())
}

impl Import {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let request = ImportRequest {
            paths: self.paths.clone(),
            mapping: self.mapping.clone(),
            dataset: self.dataset.clone(),
            marking: self.marking.clone(),
            grade: self.grade,
            lawful_basis: self.lawful_basis.clone(),
        };
        let bar = bar(globals)?;
        let mut show = |progress: ImportProgress| {
            bar.set_length(progress.of_bytes);
            bar.set_position(progress.bytes);
            bar.set_message(format!("{} statements", progress.statements));
        };
        let answer = asking::ask(globals, |desk, who| desk.import(who, &request, &mut show));
        bar.finish_and_clear();
        let answer = answer?;
        let done = &answer.value;
        for path in &done.unread {
            printing::note(globals, &format!("not read, since nothing says how: `{}`", path.display()));
        }
        printing::answer(globals, done, &answer.receipt, || {
            let rejects = done.rejects_file.as_ref().map_or_else(String::new, |file| format!("\n{} rejected; see `{}`", done.rejected, file.display()));
            format!(
                "{} {}: {} entities ({} of them links) and {} statements new, {} statements known, in {:.1} s{rejects}",
                done.files,
                if done.files == 1 { "file" } else { "files" },
                done.entities,
                done.links,
                done.statements,
                done.known,
                done.seconds
            )
        })
    }
}

/// A progress bar with a rate, on a terminal only.
fn bar(globals: &Globals) -> Result<ProgressBar, Failure> {
    let target = if globals.quiet || globals.json { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style =
        ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {msg} {eta}").map_err(|error| Failure::Failed(error.to_string()))?;
    Ok(ProgressBar::with_draw_target(Some(0), target).with_style(style))
}
