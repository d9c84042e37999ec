//! What goes to standard output and standard error.

use std::io::Write as _;

use candour_actions::Receipt;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{args::Globals, failure::Failure};

/// Prints an answer: as JSON with its receipt, or in words.
pub(crate) fn answer(globals: &Globals, value: &impl Serialize, receipt: &Receipt, words: impl FnOnce() -> String) -> Result<(), Failure> {
    keep(globals, receipt)?;
    if globals.json {
        let mut object = object(value)?;
        object.insert("receipt".to_owned(), to_value(receipt)?);
        return out(&Value::Object(object).to_string());
    }
    out(&words())?;
    note(globals, &format!("recorded as entry {} of the ledger", receipt.index));
    Ok(())
}

/// Writes the receipt where the options ask for it.
pub(crate) fn keep(globals: &Globals, receipt: &Receipt) -> Result<(), Failure> {
    let Some(path) = &globals.keep_receipt else { return Ok(()) };
    std::fs::write(path, format!("{}\n", to_value(receipt)?)).map_err(|error| Failure::Failed(format!("`{}`: {error}", path.display())))
}

/// Prints a result that needs no receipt.
pub(crate) fn result(globals: &Globals, value: &impl Serialize, words: impl FnOnce() -> String) -> Result<(), Failure> {
    if globals.json { out(&to_value(value)?.to_string()) } else { out(&words()) }
}

/// Prints a line for people who watch; never mixed with the result.
#[expect(clippy::print_stderr, reason = "this is where the command line speaks to people")]
pub(crate) fn note(globals: &Globals, text: &str) {
    if !globals.quiet {
        eprintln!("{text}");
    }
}

/// Prints why a command failed.
#[expect(clippy::print_stderr, reason = "this is where the command line speaks to people")]
pub(crate) fn failure(globals: &Globals, failure: &Failure) {
    // What does not verify, or was checked and found faulty, has had its report.
    if globals.json && !matches!(failure, Failure::NotVerified(_) | Failure::Faulty(_)) {
        let receipt = if let Failure::Refused { receipt, .. } = failure { *receipt } else { None };
        let _ = out(&json!({ "error": { "kind": failure.kind(), "message": failure.to_string(), "receipt_index": receipt } }).to_string());
    }
    eprintln!("error: {failure}");
}

/// Prints text on standard output. A reader that has gone away, as `head` does, is no failure.
pub(crate) fn out(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    match writeln!(stdout, "{}", text.trim_end_matches('\n')).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Failed(format!("standard output: {error}"))),
        _ => Ok(()),
    }
}

fn object(value: &impl Serialize) -> Result<Map<String, Value>, Failure> {
    match to_value(value)? {
        Value::Object(object) => Ok(object),
        other => Ok(Map::from_iter([("result".to_owned(), other)])),
    }
}

fn to_value(value: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(value).map_err(|error| Failure::Failed(error.to_string()))
}
