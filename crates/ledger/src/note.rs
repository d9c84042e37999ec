//! Signed notes (C2SP signed-note): a text, a blank line, and a line per signature.

use std::fmt;

use crate::{
    cosignature,
    encoding::{base64, from_base64},
    error::LedgerError,
    key::{KeyId, SignatureType, SigningKey, VerifierKey, is_key_name},
};

/// Longest note that is read, in bytes.
const LONGEST: usize = 1_000_000;
/// Most signatures that are read; the specification asks for at least 16.
const MOST_SIGNATURES: usize = 128;
const TOO_MANY: &str = "it has more than 128 signatures";
/// Begins a signature line: an em dash and a space.
const LEAD: &str = "\u{2014} ";

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) name: String,
    pub(crate) id: KeyId,
    pub(crate) bytes: Vec<u8>,
}

/// A note. Its text is nobody's word until [`Note::verify`] says whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

/// What a verified signature says beside whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// When a witness saw the checkpoint, in seconds since 1970; `None` for a log's own signature.
    pub time: Option<u64>,
}

impl Note {
    /// Reads a note. Nothing is verified.
    pub fn parse(bytes: &[u8]) -> Result<Self, LedgerError> {
        if bytes.len() > LONGEST {
            return Err(LedgerError::Note("it is longer than 1,000,000 bytes"));
        }
        let all = std::str::from_utf8(bytes).map_err(|_| LedgerError::Note("it is not UTF-8"))?;
        if all.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
            return Err(LedgerError::Note("it holds control characters"));
        }
        let (text, lines) = all.rsplit_once("\n\n").ok_or(LedgerError::Note("no blank line comes before its signatures"))?;
        Ok(Self { text: format!("{text}\n"), signatures: Signature::parse_all(lines)? })
    }

    /// Signs a text, which must end its last line.
    pub fn sign(text: &str, key: &SigningKey) -> Result<Self, LedgerError> {
        if key.verifier().kind() != SignatureType::Ed25519 {
            return Err(LedgerError::KeyType(key.name().to_owned()));
        }
        if !text.ends_with('\n') || text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
            return Err(LedgerError::Note("a text must end with a newline and hold no other control characters"));
        }
        let signature = Signature { name: key.name().to_owned(), id: key.verifier().id(), bytes: key.sign(text.as_bytes()) };
        Ok(Self { text: text.to_owned(), signatures: vec![signature] })
    }

    /// Adds a witness's word, made at `time` (seconds since 1970).
    pub fn cosign(&mut self, key: &SigningKey, time: u64) -> Result<(), LedgerError> {
        self.add(cosignature::sign(&self.text, key, time)?)
    }

    /// Adds the signature of a further signer of the text. A key that has signed already signs no second time.
    pub fn add_signature(&mut self, key: &SigningKey) -> Result<(), LedgerError> {
        for signature in Self::sign(&self.text, key)?.signatures {
            self.add(signature)?;
        }
        Ok(())
    }

    /// A witness's word as a signature line of its own, made at `time` (seconds since 1970), for others to add.
    pub fn cosignature(&self, key: &SigningKey, time: u64) -> Result<String, LedgerError> {
        Ok(cosignature::sign(&self.text, key, time)?.to_string())
    }

    /// Adds signature lines, such as a witness answers with; those that are there already are passed over. Nothing is
    /// verified, so that [`Self::without_signatures_but`] or [`Self::verify`] must follow before anybody relies on them.
    pub fn add_lines(&mut self, lines: &str) -> Result<(), LedgerError> {
        for signature in Signature::parse_all(lines)? {
            self.add(signature)?;
        }
        Ok(())
    }

    fn add(&mut self, signature: Signature) -> Result<(), LedgerError> {
        if !self.signatures.contains(&signature) {
            if self.signatures.len() >= MOST_SIGNATURES {
                return Err(LedgerError::Note(TOO_MANY));
            }
            self.signatures.push(signature);
        }
        Ok(())
    }

    /// The signature lines, each with its newline.
    #[must_use]
    pub fn lines(&self) -> String {
        self.signatures.iter().map(Signature::to_string).collect()
    }

    /// The note with one verified signature for each of the keys that signed, the newest where a witness signed several
    /// times, and without all others. Fails where none is left.
    pub fn without_signatures_but(&self, keys: &[VerifierKey]) -> Result<Self, LedgerError> {
        let mut kept: Vec<Signature> = Vec::new();
        for key in keys {
            let newest = self.signatures.iter().filter_map(|signature| Some((self.word(key, signature)??, signature))).max_by_key(|(signed, _)| signed.time);
            kept.extend(newest.map(|(_, signature)| signature.clone()).filter(|signature| !kept.contains(signature)));
        }
        if kept.is_empty() {
            return Err(LedgerError::Note("none of the known keys has signed it"));
        }
        Ok(Self { text: self.text.clone(), signatures: kept })
    }

    /// Which of the keys have signed: their places in the list, each key once however often it is listed, under whatever
    /// names, and however often it signed. This is what k-of-n is counted by; a signature that does not verify counts
    /// for nothing and takes nothing away.
    #[must_use]
    pub fn signed_by(&self, keys: &[VerifierKey]) -> Vec<usize> {
        let mut counted: Vec<(usize, &VerifierKey)> = Vec::new();
        for (place, key) in keys.iter().enumerate() {
            let signed = self.signatures.iter().any(|signature| matches!(self.word(key, signature), Some(Some(_))));
            if signed && !counted.iter().any(|(_, other)| other.is_same_point(key)) {
                counted.push((place, key));
            }
        }
        counted.into_iter().map(|(place, _)| place).collect()
    }

    /// What a signature says for a key: `None` where it is another's, `Some(None)` where it does not verify.
    fn word(&self, key: &VerifierKey, signature: &Signature) -> Option<Option<Signed>> {
        if signature.name != key.name() || signature.id != key.id() {
            return None;
        }
        Some(match key.kind() {
            SignatureType::Ed25519 => key.verifies(self.text.as_bytes(), &signature.bytes).then_some(Signed { time: None }),
            SignatureType::CosignatureV1 | SignatureType::CosignatureMlDsa44 => {
                cosignature::verify(&self.text, key, &signature.bytes).map(|time| Signed { time: Some(time) })
            }
        })
    }

    /// The text, its last newline included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Names on the signature lines, verified or not.
    pub fn signers(&self) -> impl Iterator<Item = &str> {
        self.signatures.iter().map(|signature| signature.name.as_str())
    }

    /// Checks the signature by a key; of several the newest is given. One by that key that does not verify condemns the
    /// note, even beside one that does.
    pub fn verify(&self, key: &VerifierKey) -> Result<Signed, LedgerError> {
        let mut signed: Option<Signed> = None;
        for word in self.signatures.iter().filter_map(|signature| self.word(key, signature)) {
            let word = word.ok_or_else(|| LedgerError::BadSignature(key.name().to_owned()))?;
            signed = signed.filter(|other| other.time >= word.time).or(Some(word));
        }
        signed.ok_or_else(|| LedgerError::Unsigned(key.name().to_owned()))
    }
}

impl Signature {
    fn parse_all(lines: &str) -> Result<Vec<Self>, LedgerError> {
        let lines = lines.strip_suffix('\n').ok_or(LedgerError::Note("its last line does not end"))?;
        let signatures =
            lines.split('\n').map(|line| Self::parse(line).ok_or(LedgerError::Note("a signature line is malformed"))).collect::<Result<Vec<_>, _>>()?;
        if signatures.len() > MOST_SIGNATURES {
            return Err(LedgerError::Note(TOO_MANY));
        }
        Ok(signatures)
    }

    fn parse(line: &str) -> Option<Self> {
        let (name, signature) = line.strip_prefix(LEAD)?.split_once(' ')?;
        let bytes = from_base64(signature)?;
        let (id, bytes) = bytes.split_first_chunk()?;
        (is_key_name(name) && !bytes.is_empty()).then(|| Self { name: name.to_owned(), id: *id, bytes: bytes.to_vec() })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| signature.fmt(f))
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.to_vec();
        bytes.extend_from_slice(&self.bytes);
        writeln!(f, "{LEAD}{} {}", self.name, base64(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> SigningKey {
        SigningKey::generate("log.example", [3; 32]).unwrap()
    }

    #[test]
    fn texts_with_blank_lines_are_read_back_and_verify() {
        for text in ["\n", "one\n", "one\n\ntwo\n", "\u{2014} log.example looks like a signature\n", "one\n\n\n"] {
            let note = Note::sign(text, &key()).unwrap();
            let again = Note::parse(note.to_string().as_bytes()).unwrap();
            assert_eq!(again, note);
            assert_eq!(again.text(), text);
            assert_eq!(again.verify(key().verifier()), Ok(Signed { time: None }));
        }
    }

    #[test]
    fn what_is_no_note_is_refused() {
        let good = Note::sign("text\n", &key()).unwrap().to_string();
        for bad in [
            String::new(),
            "\n\n".to_owned(),
            "text\n\n".to_owned(),
            "text\n\n\n".to_owned(),
            good.replace('\n', "\r\n"),
            good.trim_end().to_owned(),
            format!("{good}\n"),
            good.replace(LEAD, "- "),
            good.replace("text", "te\txt"),
            good.replace("log.example ", "log+example "),
            good.replace("log.example ", " "),
            good.replace("=\n", "\n"),
            "text\n\n\u{2014} log.example AAAAAA==\n".to_owned(),
            format!("{good}{}", "\u{2014} w AAAAAAAA\n".repeat(MOST_SIGNATURES)),
            format!("{}{good}", "x".repeat(LONGEST)),
        ] {
            assert!(matches!(Note::parse(bad.as_bytes()), Err(LedgerError::Note(_))), "{bad}");
        }
        assert!(Note::parse(b"\xff\n\nx").is_err());
        assert!(Note::sign("no end", &key()).is_err());
        assert!(Note::sign("tab\t\n", &key()).is_err());
    }

    #[test]
    fn signatures_of_others_are_neither_here_nor_there() {
        let mut note = Note::sign("text\n", &key()).unwrap();
        let other = SigningKey::generate("log.example", [4; 32]).unwrap();
        assert_eq!(note.verify(other.verifier()), Err(LedgerError::Unsigned("log.example".to_owned())));
        note.signatures.push(Signature { name: "log.example".to_owned(), id: other.verifier().id(), bytes: vec![1; 64] });
        assert!(note.verify(key().verifier()).is_ok());
        assert_eq!(note.verify(other.verifier()), Err(LedgerError::BadSignature("log.example".to_owned())));
        // A second, wrong signature by a known key condemns the note.
        note.signatures.push(Signature { name: "log.example".to_owned(), id: key().verifier().id(), bytes: vec![1; 64] });
        assert_eq!(note.verify(key().verifier()), Err(LedgerError::BadSignature("log.example".to_owned())));
    }

    proptest! {
        #[test]
        fn any_changed_byte_is_noticed(position: prop::sample::Index, flip in 1_u8..=255) {
            let mut bytes = Note::sign("one\n\ntwo\n", &key()).unwrap().to_string().into_bytes();
            let position = position.index(bytes.len());
            bytes[position] ^= flip;
            let verified = Note::parse(&bytes).and_then(|note| note.verify(key().verifier()));
            prop_assert!(verified.is_err());
        }

        #[test]
        fn no_bytes_upset_the_parser(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "(\\PC|\n){0,60}", lines in "(\u{2014} [a-z+ ]{0,4} [A-Za-z0-9+/=]{0,12}\n){0,4}") {
            let _ = Note::parse(&bytes);
            let made = format!("{text}\n\n{lines}");
            if let Ok(note) = Note::parse(made.as_bytes()) {
                prop_assert_eq!(note.to_string(), made);
            }
        }
    }
}
