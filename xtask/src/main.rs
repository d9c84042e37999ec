//! Chores of the house: `cargo xtask tidy` checks style, `cargo xtask floors` checks who may import whom.
//!
//! Both also run as tests, so that `make check` needs no step of its own for them.

mod floors;
mod tidy;
mod tree;

use std::process::ExitCode;

fn main() -> ExitCode {
    let chore = std::env::args().nth(1).unwrap_or_default();
    let problems = match chore.as_str() {
        "tidy" => tidy::problems(),
        "floors" => floors::problems(),
        _ => vec!["usage: cargo xtask tidy|floors".to_owned()],
    };
    report(&problems)
}

#[expect(clippy::print_stderr, reason = "this is the command line of a developer's tool")]
fn report(problems: &[String]) -> ExitCode {
    for problem in problems {
        eprintln!("{problem}");
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
