//! Which files a person means: folders walked, patterns matched.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use crate::error::IntakeError;

/// A file and how the person named it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    /// Relative to the folder that was given.
    pub(crate) name: String,
    /// Dataset after the file's or folder's name.
    pub(crate) dataset: String,
    /// Whether it was named itself, and not found in a folder.
    pub(crate) is_named: bool,
}

/// All files under the paths, in order of path, each once. Hidden ones inside folders are left out.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<Found>, IntakeError> {
    let mut walk = Walk::default();
    for path in paths {
        walk.visit(path, path)?;
    }
    walk.files.sort();
    walk.files.dedup_by(|later, earlier| later.path == earlier.path);
    Ok(walk.files)
}

#[derive(Default)]
struct Walk {
    files: Vec<Found>,
    /// Folders seen, so that a link back to one of them ends there.
    folders: BTreeSet<PathBuf>,
}

impl Walk {
    fn visit(&mut self, given: &Path, path: &Path) -> Result<(), IntakeError> {
        let about = std::fs::metadata(path).map_err(IntakeError::file(path))?;
        if about.is_file() {
            self.files.push(found(given, path));
            return Ok(());
        }
        if !about.is_dir() {
            return Err(IntakeError::File { path: path.to_owned(), problem: io::Error::other("it is neither a file nor a folder") });
        }
        if !self.folders.insert(path.canonicalize().map_err(IntakeError::file(path))?) {
            return Ok(());
        }
        for entry in std::fs::read_dir(path).map_err(IntakeError::file(path))? {
            let entry = entry.map_err(IntakeError::file(path))?;
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !is_hidden {
                self.visit(given, &entry.path())?;
            }
        }
        Ok(())
    }
}

fn found(given: &Path, path: &Path) -> Found {
    let relative = path.strip_prefix(given).ok().filter(|relative| !relative.as_os_str().is_empty());
    let name = match relative {
        Some(relative) => relative.to_string_lossy().into_owned(),
        None => path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
    };
    let base = if relative.is_some() { given } else { path };
    let dataset = base.file_stem().map_or_else(|| "import".to_owned(), |stem| slug(&stem.to_string_lossy()));
    Found { path: path.to_owned(), name, dataset, is_named: relative.is_none() }
}

impl Found {
    /// Whether a mapping's file pattern means this file: the path relative to the folder given, its last parts, or a
    /// pattern with `*`.
    pub(crate) fn matches(&self, pattern: &str) -> bool {
        let pattern = pattern.strip_prefix("file://").unwrap_or(pattern);
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
        !pattern.is_empty() && (glob(pattern, &self.name) || Path::new(&self.name).ends_with(pattern) || self.path.ends_with(pattern))
    }
}

/// The files by name, for messages.
pub(crate) fn names(files: &[Found]) -> String {
    let shown: Vec<&str> = files.iter().take(40).map(|file| file.name.as_str()).collect();
    let rest = files.len().saturating_sub(shown.len());
    if rest > 0 { format!("{} and {rest} more", shown.join(", ")) } else { shown.join(", ") }
}

/// A dataset name: lower-case letters, digits and underscores, as FollowTheMoney has them.
fn slug(text: &str) -> String {
    let mapped: String = text.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    let trimmed = mapped.trim_matches('_');
    if trimmed.is_empty() { "import".to_owned() } else { trimmed.to_owned() }
}

/// `*` stands for any characters but `/`.
fn glob(pattern: &str, name: &str) -> bool {
    let (mut patterns, mut names) = (pattern.split('/'), name.split('/'));
    loop {
        match (patterns.next(), names.next()) {
            (None, None) => return true,
            (Some(pattern), Some(name)) if part(pattern, name) => {}
            _ => return false,
        }
    }
}

/// One part of a path: the text before the first star, after the last, and all between in their order.
fn part(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*').filter(|piece| !piece.is_empty()) {
        let Some((_, after)) = name.split_once(piece) else { return false };
        name = after;
    }
    name.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_files() {
        let found = |name: &str| Found { path: Path::new("/given").join(name), name: name.to_owned(), dataset: String::new(), is_named: false };
        for (pattern, name, expected) in [
            ("a.csv", "a.csv", true),
            ("*.csv", "a.csv", true),
            ("*.csv", "sub/a.csv", false),
            ("sub/*.csv", "sub/a.csv", true),
            ("*/*.csv", "sub/a.csv", true),
            ("a.csv", "sub/a.csv", true),
            ("b.csv", "ab.csv", false),
            ("./a.csv", "a.csv", true),
            ("file:///given/a.csv", "a.csv", true),
            ("file:///elsewhere/a.csv", "a.csv", false),
            ("*.nodes.*.csv", "crime.nodes.Person.csv", true),
            ("*.nodes.*.csv", "crime.nodes.csv", false),
            ("ab*ba", "aba", false),
            ("ab*ba", "abba", true),
            ("*", "a.csv", true),
            ("**", "a.csv", true),
            ("", "a.csv", false),
        ] {
            assert_eq!(found(name).matches(pattern), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn a_folder_is_walked_once_however_it_is_linked() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("sub")).unwrap();
        std::fs::write(dir.path().join("sub/a.csv"), "x\n").unwrap();
        std::fs::write(dir.path().join(".hidden"), "x\n").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(dir.path(), dir.path().join("sub/back")).unwrap();
        let files = find(&[dir.path().to_owned(), dir.path().join("sub/a.csv")]).unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["a.csv"]);
    }

    #[test]
    fn datasets_are_named_after_files() {
        for (text, expected) in [("Depot 2024", "depot_2024"), ("--", "import"), ("pole", "pole")] {
            assert_eq!(slug(text), expected);
        }
    }
}
