//! Checkpoints (C2SP tlog-checkpoint): whose log, how many entries, which root.

use std::fmt;

use crate::{
    encoding::from_decimal,
    error::LedgerError,
    hash::Hash,
    key::{SigningKey, VerifierKey},
    note::Note,
};

/// Most entries a tree can have; what a signed 64-bit number holds, as independent tools count.
const MOST: u64 = i64::MAX as u64;

/// The head of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Unique name of the log.
    pub origin: String,
    /// How many entries the tree has.
    pub size: u64,
    /// Its root.
    pub root: Hash,
    /// Further lines, which nothing here relies on.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// Reads the text of a checkpoint's note.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let wrong = LedgerError::Checkpoint;
        let mut lines = text.strip_suffix('\n').ok_or(wrong("its last line does not end"))?.split('\n');
        let origin = lines.next().filter(|line| !line.is_empty()).ok_or(wrong("it names no origin"))?.to_owned();
        let size = lines.next().and_then(from_decimal).filter(|size| *size <= MOST).ok_or(wrong("its second line is no size"))?;
        let root = lines.next().and_then(Hash::from_base64).ok_or(wrong("its third line is no root"))?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(wrong("it holds an empty line"));
        }
        Ok(Self { origin, size, root, extensions })
    }

    /// Reads a signed checkpoint and checks that the log signed it.
    pub fn open(note: &[u8], key: &VerifierKey) -> Result<Self, LedgerError> {
        let note = Note::parse(note)?;
        note.verify(key)?;
        Self::parse(note.text())
    }

    /// Signs it. An origin or extension that would read as something else is refused.
    pub fn sign(&self, key: &SigningKey) -> Result<Note, LedgerError> {
        let text = self.to_string();
        if Self::parse(&text)? != *self {
            return Err(LedgerError::Checkpoint("its origin or an extension holds a newline"));
        }
        Note::sign(&text, key)
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::empty_root;
    use proptest::prelude::*;

    /// Root of the empty tree.
    const ROOT: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    #[test]
    fn the_three_lines_are_origin_size_and_root() {
        let text = format!("log.example/42\n0\n{ROOT}\n");
        let checkpoint = Checkpoint::parse(&text).unwrap();
        assert_eq!(checkpoint, Checkpoint { origin: "log.example/42".to_owned(), size: 0, root: empty_root(), extensions: vec![] });
        assert_eq!(checkpoint.to_string(), text);
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        for text in [
            String::new(),
            "\n".to_owned(),
            format!("o\n1\n{ROOT}"),
            format!("\n1\n{ROOT}\n"),
            format!("o\n01\n{ROOT}\n"),
            format!("o\n-1\n{ROOT}\n"),
            format!("o\n9223372036854775808\n{ROOT}\n"),
            "o\n1\nAAAA\n".to_owned(),
            format!("o\n1\n{}\n", ROOT.trim_end_matches('=')),
            format!("o\n1\n{ROOT}\n\n"),
            format!("o\n1\n{ROOT}\n\nx\n"),
        ] {
            assert!(matches!(Checkpoint::parse(&text), Err(LedgerError::Checkpoint(_))), "{text:?}");
        }
    }

    #[test]
    fn an_origin_that_frames_another_checkpoint_is_not_signed() {
        let key = SigningKey::generate("log.example", [3; 32]).unwrap();
        for origin in ["", "evil\n999\nAAAA", "a\n"] {
            let checkpoint = Checkpoint { origin: origin.to_owned(), size: 0, root: empty_root(), extensions: vec![] };
            assert!(checkpoint.sign(&key).is_err(), "{origin:?}");
        }
    }

    proptest! {
        #[test]
        fn every_checkpoint_is_read_back(origin in "[^\\pC]{1,30}", size in 0..=MOST, root: [u8; 32], extensions in proptest::collection::vec("[^\\pC]{1,20}", 0..3)) {
            let checkpoint = Checkpoint { origin, size, root: Hash(root), extensions };
            prop_assert_eq!(Checkpoint::parse(&checkpoint.to_string()), Ok(checkpoint));
        }

        #[test]
        fn no_text_upsets_the_parser(text in "(\\PC|\n)*") {
            if let Ok(checkpoint) = Checkpoint::parse(&text) {
                prop_assert_eq!(checkpoint.to_string(), text);
            }
        }
    }
}
