//! House style as a test: headers, sizes, names that run through the house, paths that exist.

use std::path::{Path, PathBuf};

use crate::tree;

/// No source file is longer, tests at its end left out.
const LONGEST_FILE: usize = 800;
/// Nine of ten source files are shorter.
const USUAL_FILE: usize = 400;
/// No function is longer.
const LONGEST_FUNCTION: usize = 70;

/// Everything untidy, each with its place.
pub(crate) fn problems() -> Vec<String> {
    let files = tree::files();
    let mut problems = Vec::new();
    let sources: Vec<&PathBuf> = files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect();
    let mut long = 0;
    for file in &sources {
        let text = tree::text(file);
        let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
        if !text.trim_start().starts_with("//!") {
            problems.push(format!("{}: does not open with `//!`", file.display()));
        }
        let lines = code.lines().count();
        if lines > LONGEST_FILE {
            problems.push(format!("{}: {lines} lines, at most {LONGEST_FILE}", file.display()));
        }
        long += usize::from(lines > USUAL_FILE);
        problems.extend(long_functions(file, code));
    }
    if long * 10 > sources.len() {
        problems.push(format!("{long} of {} source files have over {USUAL_FILE} lines; at most one in ten may", sources.len()));
    }
    problems.extend(missing_paths());
    problems.extend(broken_names());
    problems
}

fn long_functions(file: &Path, code: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut open: Option<(usize, String, String)> = None;
    for (number, line) in (1..).zip(code.lines()) {
        match &open {
            Some((start, indent, name)) if line == format!("{indent}}}") => {
                let length = number - start + 1;
                if length > LONGEST_FUNCTION {
                    problems.push(format!("{}:{start}: function `{name}` has {length} lines, at most {LONGEST_FUNCTION}", file.display()));
                }
                open = None;
            }
            Some(_) => {}
            None => open = function_start(line).map(|(indent, name)| (number, indent, name)),
        }
    }
    problems
}

/// Indent and name, where a line begins a function with a body of its own lines.
fn function_start(line: &str) -> Option<(String, String)> {
    let body = line.trim_start();
    let indent = line.get(..line.len() - body.len())?.to_owned();
    let (before, after) = body.split_once("fn ")?;
    let is_start = before.split_whitespace().all(|word| matches!(word, "async" | "const" | "pub") || word.starts_with("pub("));
    let name: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (is_start && !name.is_empty() && !line.trim_end().ends_with('}') && !line.trim_end().ends_with(';')).then_some((indent, name))
}

/// Paths in backticks that `ARCHITECTURE.md` names must exist.
fn missing_paths() -> Vec<String> {
    let text = tree::text(Path::new("ARCHITECTURE.md"));
    if text.is_empty() {
        return vec!["ARCHITECTURE.md is missing".to_owned()];
    }
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|quoted| quoted.contains('/') && !quoted.contains(' ') && !quoted.contains('*') && !quoted.contains("://"))
        .filter(|path| !tree::root().join(path).exists())
        .map(|path| format!("ARCHITECTURE.md names `{path}`, which does not exist"))
        .collect()
}

/// One name runs through the house: each action file is a Cedar action and has a row in the golden matrix.
fn broken_names() -> Vec<String> {
    let schema = tree::text(Path::new("charter/schema.cedarschema"));
    let matrix = tree::text(Path::new("docs/guide/charter.md"));
    let names = tree::text(Path::new("crates/actions/src/action.rs"));
    let mut problems = Vec::new();
    let declared: Vec<&str> = names.split('"').skip(1).step_by(2).collect();
    if declared.is_empty() {
        problems.push("crates/actions/src/action.rs declares no action".to_owned());
    }
    for action in declared {
        if !schema.contains(&format!("\"{action}\"")) && !schema.contains(&format!("action {action} ")) {
            problems.push(format!("action `{action}` is not in charter/schema.cedarschema"));
        }
        if !matrix.contains(action) {
            problems.push(format!("action `{action}` is not in docs/guide/charter.md"));
        }
        let file = format!("crates/actions/src/{action}.rs");
        if !tree::root().join(&file).exists() {
            problems.push(format!("action `{action}` has no file {file}"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        assert_eq!(super::problems(), Vec::<String>::new());
    }

    #[test]
    fn functions_are_recognised() {
        for (line, expected) in [
            ("    pub(crate) async fn one(x: u8) {", Some("one")),
            ("fn two() -> u8 {", Some("two")),
            ("let f = |x| x;", None),
            ("    fn three(&self) -> u8 { 3 }", None),
            ("    fn declared(&self);", None),
        ] {
            assert_eq!(super::function_start(line).map(|(_, name)| name).as_deref(), expected, "{line}");
        }
    }
}
