//! A whole published log, checked by an outsider: honest ones pass, and whatever is changed is reported with its place.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "a test may fail loudly, and its numbers are small")]

use std::collections::BTreeMap;

use candour_ledger::{
    Checkpoint, Edge, Note, Receipt, ReceiptField, Request, SigningKey, Source, Verified, VerifierKey, bundle, commitment, hash::leaf_hash, proof::Proof,
    receipt::time_text, tile::Tile, tree::prove_inclusion, verify,
};
use proptest::prelude::*;

#[derive(Clone)]
struct Log {
    files: BTreeMap<String, Vec<u8>>,
    receipts: Vec<Receipt>,
}

impl Source for Log {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.files.get(path).cloned())
    }
}

fn key() -> SigningKey {
    SigningKey::generate("log.example", [1; 32]).unwrap()
}

fn witness() -> SigningKey {
    SigningKey::generate_witness("witness.example", [2; 32]).unwrap()
}

fn entry(index: u64) -> (i64, Vec<ReceiptField>, commitment::Leaf) {
    let time = 1_700_000_000_000 + i64::try_from(index).unwrap();
    let fields =
        [("time", time_text(time).unwrap()), ("actor", format!("person {index}")), ("action", "search".to_owned()), ("query", "\"Müller\"\n".to_owned())];
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&index.to_be_bytes());
    let (mut commitments, mut shown) = (Vec::new(), Vec::new());
    for (position, (name, value)) in (0..).zip(&fields) {
        let salt = commitment::salt(&seed, position);
        commitments.push(commitment::commit(&salt, name, value.as_bytes()).unwrap());
        shown.push(ReceiptField::new(name, value, &salt));
    }
    (time, shown, commitment::leaf(&commitments).unwrap())
}

/// A log of `size` entries with a receipt for each of `wanted`.
fn log(size: u64, wanted: &[u64]) -> Log {
    let (mut edge, mut full, mut leaves) = (Edge::new(), Vec::new(), Vec::new());
    for index in 0..size {
        let leaf = entry(index).2;
        edge.push(leaf_hash(&leaf), &mut full);
        leaves.push(leaf);
    }
    let mut note = Checkpoint { origin: "log.example/journal".to_owned(), size, root: edge.root(), extensions: vec![] }.sign(&key()).unwrap();
    let receipts = wanted.iter().map(|index| receipt(*index, &edge, &full, &note)).collect();
    note.cosign(&witness(), 1_700_000_000).unwrap();
    let mut files = BTreeMap::from([("checkpoint".to_owned(), note.to_string().into_bytes())]);
    for (tile, hashes) in full.iter().map(|full| (full.tile, full.nodes.hashes())).chain(edge.partial_tiles()) {
        files.insert(tile.path(), Tile::format(hashes));
        if tile.level() == 0 {
            let mut bytes = Vec::new();
            let first = tile.first() as usize;
            leaves[first..first + usize::from(tile.width())].iter().for_each(|leaf| bundle::push(&mut bytes, leaf).unwrap());
            files.insert(tile.entries_path(), bytes);
        }
    }
    Log { files, receipts }
}

fn receipt(index: u64, edge: &Edge, full: &[candour_ledger::FullTile], checkpoint: &Note) -> Receipt {
    let (time, fields, leaf) = entry(index);
    let path = prove_inclusion(&edge.with(full), index, edge.size()).unwrap();
    let proof = Proof { extra: None, index, path, checkpoint: checkpoint.clone() }.to_string();
    Receipt { index, tree_size: edge.size(), time, leaf: hex::encode(leaf), proof, fields, withheld: vec![] }
}

fn check(log: &Log, since: Option<&[u8]>, witnesses: &[VerifierKey]) -> Verified {
    let names: Vec<String> = (0..log.receipts.len()).map(|n| format!("receipt {n}")).collect();
    let receipts: Vec<(&str, &Receipt)> = names.iter().map(String::as_str).zip(&log.receipts).collect();
    verify(log, &Request { key: key().verifier(), witnesses, since, receipts: &receipts })
}

fn problems(verified: &Verified) -> Vec<String> {
    verified.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn honest_logs_pass() {
    for size in [0_u64, 1, 2, 255, 256, 257, 600, 66_000] {
        let wanted: Vec<u64> = [0, 255, 256, size.saturating_sub(1)].into_iter().filter(|index| *index < size).collect();
        let log = log(size, &wanted);
        let older = self::log(size / 2, &[]);
        let verified = check(&log, Some(&older.files["checkpoint"]), &[witness().verifier().clone()]);
        assert_eq!(problems(&verified), Vec::<String>::new(), "{size} entries");
        assert_eq!((verified.size, verified.checked, verified.origin.as_str()), (size, size, "log.example/journal"));
    }
}

#[test]
fn receipts_that_show_only_some_fields_pass() {
    let mut log = log(300, &[7]);
    let whole = log.receipts[0].clone();
    for names in [&[][..], &["actor"], &["query", "actor"], &["no such field"], &["time", "actor", "action", "query"]] {
        let shown = whole.showing(names).unwrap();
        let expected: Vec<&str> = whole.fields.iter().map(|field| field.name.as_str()).filter(|name| *name == "time" || names.contains(name)).collect();
        assert_eq!(shown.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(shown.fields.len() + shown.withheld.len(), 4);
        // Withholding again from what is left works as well, and what is withheld is not in the text.
        let again = shown.showing(&["action"]).unwrap();
        assert!(!serde_json::to_string(&again).unwrap().contains("person 7"));
        log.receipts = vec![serde_json::from_str(&serde_json::to_string(&shown).unwrap()).unwrap(), again];
        assert_eq!(problems(&check(&log, None, &[])), Vec::<String>::new());
    }
}

#[test]
fn rewritten_history_is_noticed() {
    let mut rewritten = log(500, &[]);
    // Another log under the same key, whose first entries differ: every file of it is consistent in itself.
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    for index in 0_u64..500 {
        edge.push(leaf_hash(&entry(index + 1).2), &mut full);
    }
    let note = Checkpoint { origin: "log.example/journal".to_owned(), size: 500, root: edge.root(), extensions: vec![] }.sign(&key()).unwrap();
    let stray = receipt(3, &self::log_edge(500).0, &self::log_edge(500).1, &note);
    rewritten.receipts = vec![stray];
    let verified = check(&rewritten, Some(note.to_string().as_bytes()), &[]);
    assert_eq!(
        problems(&verified),
        [
            "receipt 0: proof: the inclusion proof does not lead to the root",
            "since: the published log does not begin with its tree of 500 entries: history was rewritten"
        ]
    );
}

fn log_edge(size: u64) -> (Edge, Vec<candour_ledger::FullTile>) {
    let (mut edge, mut full) = (Edge::new(), Vec::new());
    (0..size).for_each(|index| edge.push(leaf_hash(&entry(index).2), &mut full));
    (edge, full)
}

#[test]
fn an_older_copy_than_a_receipt_is_called_that() {
    let mut old = log(300, &[]);
    old.receipts = log(400, &[350]).receipts;
    let verified = check(&old, Some(&log(301, &[]).files["checkpoint"]), &[]);
    let newer = |size| format!("its tree has {size} entries, the published one 300; publish the log again or fetch a newer copy");
    assert_eq!(problems(&verified), [format!("since: {}", newer(301)), format!("receipt 0: {}", newer(400))]);
}

#[test]
fn what_is_missing_is_named() {
    let whole = log(600, &[5]);
    for path in whole.files.keys() {
        let mut log = whole.clone();
        log.files.remove(path);
        let verified = check(&log, None, &[]);
        assert!(verified.problems.iter().any(|problem| problem.place == *path), "{path}: {:?}", problems(&verified));
    }
    let unsigned = check(&whole, None, &[SigningKey::generate_witness("other.example", [3; 32]).unwrap().verifier().clone()]);
    assert_eq!(problems(&unsigned), ["checkpoint: the witness `other.example` has not cosigned it"]);
}

#[test]
fn the_full_tile_stands_in_for_a_partial_one() {
    let mut old = log(600, &[]);
    let newer = log(800, &[]);
    for path in ["tile/0/002", "tile/entries/002"] {
        old.files.remove(&format!("{path}.p/88"));
        old.files.insert(path.to_owned(), newer.files[path].clone());
    }
    assert_eq!(problems(&check(&old, None, &[])), Vec::<String>::new());
}

#[test]
fn a_report_ends_even_when_a_source_lies_about_its_size() {
    let note = Checkpoint { origin: "log.example".to_owned(), size: i64::MAX as u64, root: leaf_hash(b""), extensions: vec![] }.sign(&key()).unwrap();
    let log = Log { files: BTreeMap::from([("checkpoint".to_owned(), note.to_string().into_bytes())]), receipts: vec![] };
    let verified = check(&log, None, &[]);
    assert_eq!(verified.problems.len(), 1_001);
    assert_eq!(problems(&verified)[1_000], "report: there are more problems; the first 1000 are listed");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_changed_byte_is_reported_with_its_place(file: prop::sample::Index, position: prop::sample::Index, flip in 1_u8..=255) {
        let mut log = log(600, &[300]);
        let path = log.files.keys().nth(file.index(log.files.len())).unwrap().clone();
        let bytes = log.files.get_mut(&path).unwrap();
        let position = position.index(bytes.len());
        bytes[position] ^= flip;
        let verified = check(&log, None, &[witness().verifier().clone()]);
        let named = verified.problems.iter().any(|problem| problem.place == path || problem.what.contains(&format!("`{path}`")));
        prop_assert!(named, "{}: {:?}", path, problems(&verified));
    }

    #[test]
    fn every_changed_byte_of_a_receipt_is_reported(index in 0_u64..300, show: bool, position: prop::sample::Index, flip in 1_u8..=255) {
        let mut log = log(300, &[index]);
        if show {
            log.receipts[0] = log.receipts[0].showing(&["action"]).unwrap();
        }
        let mut bytes = serde_json::to_vec(&log.receipts[0]).unwrap();
        let position = position.index(bytes.len());
        bytes[position] ^= flip;
        // Most changes are no JSON of a receipt any more; the rest must be found out.
        if let Ok(changed) = serde_json::from_slice::<Receipt>(&bytes) {
            log.receipts = vec![changed];
            let verified = check(&log, None, &[]);
            prop_assert!(verified.problems.iter().any(|problem| problem.place.starts_with("receipt 0: ")), "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn no_file_upsets_the_check(checkpoint in "(\\PC{0,9}\n){0,4}", bytes in proptest::collection::vec(any::<u8>(), 0..3_000), size in 0_u64..600) {
        let signed = Checkpoint { origin: "o".to_owned(), size, root: leaf_hash(b""), extensions: vec![] }.sign(&key()).unwrap().to_string();
        for checkpoint in [checkpoint, signed] {
            let mut log = log(0, &[]);
            for tile in Tile::all(size) {
                log.files.insert(tile.path(), bytes.clone());
                log.files.insert(tile.entries_path(), bytes.clone());
            }
            log.files.insert("checkpoint".to_owned(), checkpoint.into_bytes());
            prop_assert!(!check(&log, Some(&bytes), &[]).ok());
        }
    }

    #[test]
    fn no_receipt_upsets_the_check(index: u64, tree_size: u64, time: i64, leaf in "[0-9a-f]{0,70}", proof in "(\\PC{0,9}\n){0,9}", fields in proptest::collection::vec(("[a-z]{0,4}", "\\PC{0,4}", "[0-9a-f]{0,66}"), 0..4), withheld in proptest::collection::vec((0_u32..6, "[0-9a-f]{64}"), 0..4)) {
        let fields = fields.into_iter().map(|(name, value, salt)| ReceiptField { name, value, salt }).collect();
        let withheld = withheld.into_iter().map(|(position, commitment)| candour_ledger::Withheld { position, commitment }).collect();
        let receipt = Receipt { index, tree_size, time, leaf, proof, fields, withheld };
        let (checkpoint, problems) = receipt.check(key().verifier());
        prop_assert!(checkpoint.is_none() && !problems.is_empty());
        let _ = receipt.showing(&["a"]);
    }
}
