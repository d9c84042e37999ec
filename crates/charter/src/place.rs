//! From the place of a fault in a text to a line that an editor can open.

use miette::Diagnostic;

use crate::error::CharterError;

/// The line, from 1, of a byte offset; the last line for an offset beyond the end.
pub(crate) fn line(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// A fault at a byte offset of a file.
pub(crate) fn fault(file: &str, text: &str, offset: usize, what: impl Into<String>, remedy: impl Into<String>) -> CharterError {
    CharterError::Invalid { file: file.to_owned(), line: line(text, offset), what: what.into(), remedy: remedy.into() }
}

/// A fault that Cedar found, with its own advice where it has some. `otherwise` is the offset for one without a place.
pub(crate) fn cedar_fault(file: &str, text: &str, otherwise: usize, problem: &dyn Diagnostic, remedy: &str) -> CharterError {
    let label = problem.labels().and_then(|mut labels| labels.next());
    let offset = label.as_ref().map_or(otherwise, miette::LabeledSpan::offset);
    let mut what = problem.to_string();
    if let Some(text) = label.as_ref().and_then(miette::LabeledSpan::label) {
        what.push_str(": ");
        what.push_str(text);
    }
    let remedy = problem.help().map_or_else(|| remedy.to_owned(), |help| format!("{help}; {remedy}"));
    fault(file, text, offset, one_line(&what), one_line(&remedy))
}

/// Several lines as one, so that an error stays one line of a log.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_count_from_one() {
        for (offset, expected) in [(0, 1), (2, 1), (3, 2), (4, 2), (6, 3), (99, 3)] {
            assert_eq!(super::line("ab\ncd\ne", offset), expected, "{offset}");
        }
    }
}
