//! Attacks on a published log by whoever holds the log's key, the disk or the wire: each is told, with its place.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "a test may fail loudly, and its numbers are small")]

use std::collections::BTreeMap;

use candour_ledger::{Checkpoint, Edge, Note, Request, SigningKey, Source, Verified, VerifierKey, Witnessed, bundle, hash::leaf_hash, tile::Tile, verify};
use proptest::prelude::*;

const ORIGIN: &str = "log.example/journal";

#[derive(Clone, Default)]
struct Log(BTreeMap<String, Vec<u8>>);

impl Source for Log {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.0.get(path).cloned())
    }
}

fn key() -> SigningKey {
    SigningKey::generate(ORIGIN, [1; 32]).unwrap()
}

fn witness() -> SigningKey {
    SigningKey::generate_witness("witness.example", [2; 32]).unwrap()
}

fn quantum_witness() -> SigningKey {
    SigningKey::generate_witness_ml_dsa("witness.example", [2; 32]).unwrap()
}

fn entries(count: u32) -> Vec<Vec<u8>> {
    (0..count).map(|n| [vec![1], n.to_be_bytes().to_vec()].concat()).collect()
}

/// The files of a log of these entries: what somebody who holds the key can always make.
fn published(entries: &[Vec<u8>]) -> Log {
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    entries.iter().for_each(|entry| edge.push(leaf_hash(entry), &mut full));
    let note = Checkpoint { origin: ORIGIN.to_owned(), size: edge.size(), root: edge.root(), extensions: vec![] }.sign(&key()).unwrap();
    let mut files = BTreeMap::from([("checkpoint".to_owned(), note.to_string().into_bytes())]);
    for (tile, hashes) in full.iter().map(|full| (full.tile, full.nodes.hashes())).chain(edge.partial_tiles()) {
        files.insert(tile.path(), Tile::format(hashes));
        if tile.level() == 0 {
            let mut bytes = Vec::new();
            let first = tile.first() as usize;
            entries[first..first + usize::from(tile.width())].iter().for_each(|entry| bundle::push(&mut bytes, entry).unwrap());
            files.insert(tile.entries_path(), bytes);
        }
    }
    Log(files)
}

impl Log {
    fn note(&self) -> Note {
        Note::parse(&self.0["checkpoint"]).unwrap()
    }

    /// The log with a cosigned checkpoint.
    fn with(mut self, cosigned: &Note) -> Self {
        self.0.insert("checkpoint.cosigned".to_owned(), cosigned.to_string().into_bytes());
        self
    }
}

fn cosigned(mut note: Note, witnesses: &[(&SigningKey, u64)]) -> Note {
    witnesses.iter().for_each(|(witness, time)| note.cosign(witness, *time).unwrap());
    note
}

fn check(log: &Log, since: Option<&Note>, witnesses: &[&SigningKey]) -> Verified {
    let since = since.map(|note| note.to_string().into_bytes());
    let witnesses: Vec<VerifierKey> = witnesses.iter().map(|key| key.verifier().clone()).collect();
    verify(log, &Request { key: key().verifier(), witnesses: &witnesses, since: since.as_deref(), receipts: &[] })
}

fn problems(verified: &Verified) -> Vec<String> {
    verified.problems.iter().map(ToString::to_string).collect()
}

fn rewritten(place: &str, size: u64) -> String {
    format!("{place}: the published log does not begin with its tree of {size} entries: history was rewritten")
}

/// Whoever holds the key can sign any history anew, and every file of it fits. What anybody kept of the old one tells.
#[test]
fn histories_signed_anew_are_told_by_what_was_kept() {
    let honest = entries(600);
    let swapped = |one: usize, other: usize| {
        let mut entries = honest.clone();
        entries.swap(one, other);
        entries
    };
    let without = |at: usize| [&honest[..at], &honest[at + 1..]].concat();
    let kept = published(&honest[..500]).note();
    let seen = cosigned(kept.clone(), &[(&witness(), 77)]);
    let cases: Vec<(&str, Vec<Vec<u8>>, bool)> = vec![
        ("grown", honest.clone(), false),
        ("reordered after what was kept", swapped(520, 590), false),
        ("reordered", swapped(3, 4), true),
        ("reordered across tiles", swapped(0, 499), true),
        ("dropped", without(10), true),
        ("dropped and filled up", [&honest[..10], &honest[11..], &[b"new".to_vec()]].concat(), true),
        ("replayed", [&honest[..10], &honest[9..]].concat(), true),
        ("forked at the end", [&honest[..499], &[b"new".to_vec()], &honest[500..]].concat(), true),
        ("forked at the start", entries(700)[100..].to_vec(), true),
    ];
    for (what, entries, told) in cases {
        let forged = published(&entries);
        assert_eq!(problems(&check(&forged, None, &[])), Vec::<String>::new(), "{what}: it is consistent in itself");
        let expected = if told { vec![rewritten("since", 500)] } else { vec![] };
        assert_eq!(problems(&check(&forged, Some(&kept), &[])), expected, "{what}");
        // The same by the word of a witness alone, for somebody who kept nothing.
        let forged = forged.with(&seen);
        let expected = if told { vec![rewritten("checkpoint.cosigned", 500)] } else { vec![] };
        assert_eq!(problems(&check(&forged, None, &[&witness()])), expected, "{what}");
    }
    let short = published(&honest[..300]);
    let newer = "its tree has 500 entries, the published one 300; publish the log again or fetch a newer copy";
    assert_eq!(problems(&check(&short, Some(&kept), &[])), [format!("since: {newer}")], "truncated");
    assert_eq!(problems(&check(&short.with(&seen), None, &[&witness()])), [format!("checkpoint.cosigned: {newer}")], "truncated");
}

/// Whoever holds only the disk or the wire cannot sign: whatever is moved, the files stop fitting.
#[test]
fn files_that_are_moved_about_are_told_without_anything_kept() {
    let honest = published(&entries(600));
    let shorter = published(&entries(300));
    let moved = |from: &str, to: &str| {
        let mut log = honest.clone();
        log.0.insert(to.to_owned(), honest.0[from].clone());
        log
    };
    let mut swapped = honest.clone();
    for (one, other) in [("tile/0/000", "tile/0/001"), ("tile/entries/000", "tile/entries/001")] {
        swapped.0.insert(one.to_owned(), honest.0[other].clone());
        swapped.0.insert(other.to_owned(), honest.0[one].clone());
    }
    let mut older = honest.clone();
    older.0.extend(shorter.0.clone());
    older.0.insert("checkpoint".to_owned(), honest.0["checkpoint"].clone());
    let mut mixed = shorter;
    mixed.0.insert("checkpoint".to_owned(), honest.0["checkpoint"].clone());
    for (what, log, place) in [
        ("a tile twice", moved("tile/0/000", "tile/0/001"), "tile/entries/001"),
        ("a bundle twice", moved("tile/entries/000", "tile/entries/001"), "tile/entries/001"),
        ("tiles and bundles swapped", swapped, "tile/1/000.p/2"),
        ("a newer checkpoint over older files", mixed, "tile/0/001"),
    ] {
        let verified = check(&log, None, &[]);
        assert!(verified.problems.iter().any(|problem| problem.place == place), "{what}: {:?}", problems(&verified));
    }
    // Files of older, smaller trees beside the newest are no fault.
    assert_eq!(problems(&check(&older, None, &[])), Vec::<String>::new());
}

#[test]
fn a_cosigned_checkpoint_says_how_far_and_since_when() {
    let entries = entries(600);
    let log = published(&entries);
    for size in [0, 1, 256, 599, 600] {
        let seen = cosigned(published(&entries[..size]).note(), &[(&witness(), 1_000), (&quantum_witness(), 900)]);
        let verified = check(&log.clone().with(&seen), None, &[&witness(), &quantum_witness()]);
        assert_eq!(problems(&verified), Vec::<String>::new());
        // A stale one is valid and says so: it is for whoever asks to say how old is too old.
        assert_eq!(verified.witnessed, Some(Witnessed { size: size as u64, time: 900 }));
    }
    // Cosignatures on the newest checkpoint itself do as well; and nobody asked is nobody's word.
    let mut both = log.clone();
    both.0.insert("checkpoint".to_owned(), cosigned(log.note(), &[(&witness(), 5)]).to_string().into_bytes());
    assert_eq!(check(&both, None, &[&witness()]).witnessed, Some(Witnessed { size: 600, time: 5 }));
    assert_eq!(check(&both, None, &[]).witnessed, None);
}

#[test]
fn one_witness_is_not_taken_for_another() {
    let log = published(&entries(300));
    let seen = cosigned(log.note(), &[(&witness(), 5)]);
    let same_name = SigningKey::generate_witness("witness.example", [3; 32]).unwrap();
    let same_secret = SigningKey::generate_witness("other.example", [2; 32]).unwrap();
    let as_log = SigningKey::generate("witness.example", [2; 32]).unwrap();
    for (what, asked) in [("another key", &same_name), ("another name", &same_secret), ("another algorithm", &quantum_witness()), ("a log's key", &as_log)] {
        let verified = check(&log.clone().with(&seen), None, &[&witness(), asked]);
        assert_eq!(problems(&verified), [format!("checkpoint.cosigned: the witness `{}` has not cosigned it", asked.name())], "{what}");
        assert_eq!(verified.witnessed, None, "{what}");
    }
    // The log's own signature is no witness's word, even where its key is given as one.
    let verified = check(&log.clone().with(&seen), None, &[&key()]);
    assert_eq!(problems(&verified), [format!("checkpoint.cosigned: `{ORIGIN}` is the key of a log; witnesses have keys of their own kind")]);
    // A line put under another name, or under another checkpoint, says nothing.
    let renamed = seen.to_string().replace("witness.example", "other.example");
    let verified = check(&log.clone().with(&Note::parse(renamed.as_bytes()).unwrap()), None, &[&same_secret]);
    assert_eq!(verified.witnessed, None);
    let mut transplanted = published(&entries(200)).note();
    transplanted.add_lines(&log.note().cosignature(&witness(), 5).unwrap()).unwrap();
    let verified = check(&log.clone().with(&transplanted), None, &[&witness()]);
    assert_eq!(problems(&verified), ["checkpoint.cosigned: the signature by `witness.example` does not verify; the text or the signature was changed"]);
    // Nor does a checkpoint that witnesses signed and the log did not.
    let unsigned = seen.without_signatures_but(&[witness().verifier().clone()]).unwrap();
    assert!(!check(&log.with(&unsigned), None, &[&witness()]).ok());
}

#[test]
fn whoever_signs_twice_counts_once() {
    let mut note = cosigned(published(&entries(9)).note(), &[(&witness(), 9), (&witness(), 5), (&quantum_witness(), 7)]);
    let keys: Vec<VerifierKey> = [witness(), witness(), quantum_witness(), key()].iter().map(|key| key.verifier().clone()).collect();
    assert_eq!(note.signed_by(&keys), [0, 2, 3]);
    assert_eq!(note.verify(&keys[0]).unwrap().time, Some(9));
    // Of one witness's lines the newest is kept.
    let kept = note.without_signatures_but(&keys[..2]).unwrap();
    assert_eq!(kept.signers().collect::<Vec<_>>(), ["witness.example"]);
    assert_eq!(kept.verify(&keys[0]).unwrap().time, Some(9));
    // The same secret under two names is one signer.
    let alias = SigningKey::generate("alias.example", [1; 32]).unwrap();
    note.add_signature(&alias).unwrap();
    note.add_signature(&alias).unwrap();
    note.add_signature(&key()).unwrap();
    assert_eq!(note.signers().count(), 5);
    assert_eq!(note.signed_by(&[key().verifier().clone(), alias.verifier().clone()]), [0]);
    // A broken line beside a good one counts for nothing, and takes nothing away from k of n.
    let broken = Note::sign("another text\n", &alias).unwrap().lines();
    note.add_lines(&broken).unwrap();
    assert_eq!(note.signed_by(&[key().verifier().clone(), alias.verifier().clone()]), [0]);
    assert!(note.verify(alias.verifier()).is_err());
    assert!(note.without_signatures_but(&[quantum_witness().verifier().clone()]).unwrap().verify(alias.verifier()).is_err());
    assert!(note.without_signatures_but(&[]).is_err());
}

#[test]
fn a_note_takes_no_more_signatures_than_it_may_have() {
    let mut note = published(&entries(1)).note();
    for time in 1..128 {
        note.cosign(&witness(), time).unwrap();
    }
    assert!(note.add_lines(&note.cosignature(&witness(), 127).unwrap()).is_ok(), "what is there already is no more");
    assert!(note.add_lines(&note.cosignature(&witness(), 128).unwrap()).is_err());
    assert!(note.cosign(&witness(), 128).is_err());
    assert!(note.add_lines("no signature\n").is_err());
    assert!(note.add_lines("").is_err());
    assert!(Note::parse(note.to_string().as_bytes()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_changed_byte_of_a_cosigned_checkpoint_is_told(position: prop::sample::Index, flip in 1_u8..=255, quantum: bool) {
        let witness = if quantum { quantum_witness() } else { witness() };
        let log = published(&entries(3));
        let mut bytes = cosigned(log.note(), &[(&witness, 5)]).to_string().into_bytes();
        let position = position.index(bytes.len());
        bytes[position] ^= flip;
        let mut changed = log;
        changed.0.insert("checkpoint.cosigned".to_owned(), bytes);
        let verified = check(&changed, None, &[&witness]);
        prop_assert!(verified.witnessed.is_none() && verified.problems.iter().all(|problem| problem.place == "checkpoint.cosigned"), "{:?}", problems(&verified));
    }

    /// A history signed anew that differs anywhere within what a witness saw is told, whatever was done to it.
    #[test]
    fn no_rewritten_beginning_passes(seen in 1_u32..400, more in 0_u32..200, at: prop::sample::Index, kind in 0_u8..4) {
        let honest = entries(seen + more);
        let at = at.index(seen as usize);
        let mut forged = honest.clone();
        match kind {
            0 => forged[at].push(0),
            1 => { forged.remove(at); forged.push(b"filled".to_vec()); }
            2 => forged.insert(at, b"slipped in".to_vec()),
            _ => { let copy = forged[(at + 1) % forged.len()].clone(); forged[at] = [copy, vec![9]].concat(); }
        }
        let word = cosigned(published(&honest[..seen as usize]).note(), &[(&witness(), 5)]);
        let verified = check(&published(&forged).with(&word), None, &[&witness()]);
        prop_assert_eq!(problems(&verified), [rewritten("checkpoint.cosigned", u64::from(seen))]);
        let verified = check(&published(&honest).with(&word), None, &[&witness()]);
        prop_assert!(verified.ok());
    }
}
