//! Whether a home is whole: its log verifies with every receipt that was handed out, whatever was answered has its entry, and
//! every change has its entry and every entry its change.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use candour_actions::{Desk, Purpose, Receipt, SearchRequest, Who};
use candour_ledger::{Request, VerifierKey, verify};
use rusqlite::Connection;

use super::steps::{MARK, PEOPLE, Said, Told, people_of, token};
use crate::{erasure::Folder, home::Entry, matrix::search};

/// Outcomes of an entry that tells of nothing done.
const UNDONE: [&str; 6] = ["refused", "nothing found", "not understood", "charter changed meanwhile", "no witness vouched for it", "failed"];

/// All that is looked at.
struct Home<'s> {
    entries: Vec<Entry>,
    database: Connection,
    said: &'s [Said],
    /// Ids of which an erasure was tried at least.
    touched: BTreeSet<&'s str>,
    at: &'s str,
}

/// Looks at everything.
pub(super) fn assert_whole(desk: &Desk, folder: &Path, said: &[Said], at: &str) {
    let path = folder.join("home");
    assert_proved(desk, folder, said, at);
    let touched = said.iter().filter(|word| word.action == "erase").flat_map(|word| word.to.iter().map(String::as_str)).collect();
    let entries = candour_store::journal_at_rest(&path, 0).unwrap().into_iter().map(|entry| entry.fields.into_iter().collect()).collect();
    let home = Home { entries, database: Connection::open(path.join("candour.db")).unwrap(), said, touched, at };
    home.assert_answered();
    home.assert_imports(desk);
    home.assert_words_on_pairs();
    home.assert_as_many();
    home.assert_accounts(&path);
    home.assert_erased(&path);
    assert_eq!(fs::read_dir(path.join("exports")).map_or(0, Iterator::count), 0, "{at}: evidence was left behind");
}

/// An outsider verifies the published log and every receipt.
fn assert_proved(desk: &Desk, folder: &Path, said: &[Said], at: &str) {
    let who = Who { actor: desk.person("overseer").unwrap().actor(), purpose: Some(Purpose::plain("demo")) };
    let published = folder.join("published");
    desk.ledger_publish(&who, &published).unwrap();
    let receipts: Vec<(&str, &Receipt)> = said.iter().filter_map(receipt).map(|receipt| ("receipt", receipt)).collect();
    let key = VerifierKey::parse(desk.log_key()).unwrap();
    let verified = verify(&Folder(published), &Request { key: &key, witnesses: &[], since: None, receipts: &receipts });
    assert_eq!(verified.problems.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new(), "{at}");
}

fn receipt(word: &Said) -> Option<&Receipt> {
    match &word.told {
        Told::Answered(receipt) => Some(receipt),
        Told::Refused(receipt) => receipt.as_deref(),
        Told::Trying | Told::Failed(_) => None,
    }
}

impl Home<'_> {
    /// Entries of things that were done.
    fn done<'h>(&'h self, actions: &'h [&str]) -> impl Iterator<Item = &'h Entry> {
        self.entries.iter().filter(move |entry| actions.contains(&entry["action"].as_str()) && !UNDONE.contains(&entry["outcome"].as_str()))
    }

    fn count(&self, sql: &str) -> usize {
        let count: i64 = self.database.query_row(sql, [], |row| row.get(0)).unwrap();
        usize::try_from(count).unwrap()
    }

    /// Nothing was told without its entry, and it is the entry of that and of nothing else.
    fn assert_answered(&self) {
        let mut told = BTreeSet::new();
        for word in self.said {
            let Some(receipt) = receipt(word) else { continue };
            let entry = &self.entries[usize::try_from(receipt.index).unwrap()];
            assert_eq!((&entry["action"], &entry["actor"]), (&word.action, &word.actor), "{}: {word:?}", self.at);
            assert_eq!(matches!(word.told, Told::Refused(_)), entry["outcome"] == "refused", "{}: {word:?}", self.at);
            assert!(told.insert(receipt.index), "{}: two answers share entry {}", self.at, receipt.index);
            let shown: BTreeMap<&str, &str> = receipt.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
            // An erasure may have struck it out since.
            assert!(entry["query"].is_empty() || entry["query"] == shown["query"], "{}: {word:?}", self.at);
        }
    }

    /// A file is there whole, with its entry, or not at all; what is there is found.
    fn assert_imports(&self, desk: &Desk) {
        let named: BTreeSet<String> = self.done(&["import"]).filter_map(|entry| entry["query"].rsplit('`').nth(1).map(str::to_owned)).collect();
        let who = Who { actor: desk.person("supervisor").unwrap().actor(), purpose: Some(Purpose::plain("demo")) };
        let restricted: BTreeSet<&str> =
            self.said.iter().filter(|word| word.action == "restrict").flat_map(|word| word.to.iter().map(String::as_str)).collect();
        let answered: BTreeSet<&str> = self
            .said
            .iter()
            .filter(|word| word.action == "import" && matches!(word.told, Told::Answered(_)))
            .flat_map(|word| word.to.iter().map(String::as_str))
            .collect();
        for file in self.said.iter().filter(|word| word.action == "import").flat_map(|word| &word.to) {
            let people = people_of(file);
            if people.iter().any(|id| self.touched.contains(id.as_str())) {
                continue;
            }
            let list = people.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(",");
            let statements = self.count(&format!("SELECT count(*) FROM statement JOIN entity ON no = entity WHERE id IN ({list})"));
            // Two of each person, and the alias beside the value that was rejected.
            let expected = if named.contains(file) { 2 * PEOPLE + 1 } else { 0 };
            assert_eq!(statements, expected, "{}: {file}", self.at);
            assert!(named.contains(file) || !answered.contains(file.as_str()), "{}: {file} was taken in and is gone", self.at);
            if let Some(id) = people.iter().find(|id| named.contains(file) && !restricted.contains(id.as_str())) {
                let found = desk.search(&who, &SearchRequest { limit: 1, ..search(&token(id)) }).unwrap().value;
                assert_eq!(found.total, 1, "{}: {id} is there and not found", self.at);
            }
        }
    }

    /// Each word on a pair has its entry, and each entry its word.
    fn assert_words_on_pairs(&self) {
        let sql = "SELECT a.id, b.id, verdict FROM pair JOIN entity a ON a.no = a JOIN entity b ON b.no = b WHERE origin = 'person'";
        let mut query = self.database.prepare(sql).unwrap();
        let rows = query.query_map([], |row| Ok([row.get::<_, String>(0)?, row.get(1)?, row.get(2)?])).unwrap();
        let is_whole = |word: &[String; 3]| !word.iter().any(|id| self.touched.contains(id.as_str()));
        let mut stored: Vec<[String; 3]> = rows.map(|row| ordered(row.unwrap())).filter(is_whole).collect();
        let words = self.done(&["judge"]).filter_map(|entry| {
            let words: Vec<String> = entry["query"].split(' ').map(str::to_owned).collect();
            words.try_into().ok().map(ordered)
        });
        let mut recorded: Vec<[String; 3]> = words.filter(is_whole).collect();
        stored.sort();
        recorded.sort();
        assert_eq!(stored, recorded, "{}", self.at);
    }

    /// Of whatever leaves one trace a time there are as many traces as entries.
    fn assert_as_many(&self) {
        for (kind, actions) in [
            ("mandate", &["mandate_draft", "mandate_sign", "mandate_revoke"][..]),
            ("glass", &["break_glass_request", "break_glass_approve"]),
            ("review", &["review_decide"]),
            ("restriction", &["restrict"]),
            ("heartbeat", &["heartbeat"]),
            ("charter", &["charter_adopt"]),
        ] {
            let events = self.count(&format!("SELECT count(*) FROM event WHERE kind = '{kind}'"));
            assert_eq!(events, self.done(actions).count(), "{}: {kind}", self.at);
        }
        let handed_out = self.entries.iter().filter(|entry| entry["action"] == "export" && ["answered", "nothing found"].contains(&entry["outcome"].as_str()));
        assert_eq!(self.count("SELECT count(*) FROM disclosure"), handed_out.count(), "{}", self.at);
        let erased = self.done(&["erase"]).count();
        assert_eq!(self.count("SELECT count(*) FROM tombstone"), erased, "{}", self.at);
        assert_eq!(self.count("SELECT count(*) FROM event WHERE kind = 'erasure'"), erased, "{}", self.at);
    }

    /// Accounts and tokens lie in files of their own: the entry comes first, and what was answered is there.
    fn assert_accounts(&self, path: &Path) {
        let people = fs::read_to_string(path.join("people.toml")).unwrap();
        let added: BTreeSet<&str> = self.done(&["manage_people"]).filter_map(|entry| entry["query"].split(' ').nth(1)).collect();
        for word in self.said.iter().filter(|word| word.action == "manage_people") {
            let is_there = people.contains(&format!("\"{}\"", word.to[0]));
            assert!(!is_there || added.contains(word.to[0].as_str()), "{}: {word:?} has no entry", self.at);
            assert!(is_there || !matches!(word.told, Told::Answered(_)), "{}: {word:?} was answered", self.at);
        }
        let credentials = fs::read_to_string(path.join("credentials.json")).unwrap_or_default();
        let issued: BTreeSet<&str> = self.done(&["issue_token"]).filter_map(|entry| entry["results"].strip_prefix("token ")).collect();
        let held: serde_json::Value = serde_json::from_str(&credentials).unwrap_or_default();
        let held: BTreeSet<&str> = held["tokens"].as_array().into_iter().flatten().filter_map(|token| token["id"].as_str()).collect();
        assert!(held.is_subset(&issued), "{}: {held:?} {issued:?}", self.at);
        for word in self.said.iter().filter(|word| word.action == "issue_token" && matches!(word.told, Told::Answered(_))) {
            let id = receipt(word).and_then(|receipt| receipt.fields.iter().find(|field| field.name == "results")).unwrap();
            assert!(held.contains(id.value.trim_start_matches("token ")), "{}: {word:?}", self.at);
        }
    }

    /// What was erased is nowhere; what was not is there.
    fn assert_erased(&self, path: &Path) {
        let mut gone = BTreeSet::new();
        for id in &self.touched {
            let is_gone = self.count(&format!("SELECT count(*) FROM entity WHERE id = '{id}'")) == 0;
            let answered = self.said.iter().any(|word| word.action == "erase" && word.to == [*id] && matches!(word.told, Told::Answered(_)));
            assert!(is_gone || !answered, "{}: {id} was erased and is there", self.at);
            if is_gone {
                gone.extend(id.split_once(MARK).map(|(_, number)| number.to_owned()));
            }
        }
        let mut left = Vec::new();
        marks(path, &mut |file, number| {
            if gone.contains(number) {
                left.push(format!("{} holds {number}", file.display()));
            }
        });
        assert_eq!(left, Vec::<String>::new(), "{}", self.at);
    }
}

/// Calls `each` with what follows every mark in every file below a folder.
fn marks(folder: &Path, each: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            marks(&path, each);
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for after in text.split(MARK).skip(1) {
            each(&path, after.split(|letter: char| !letter.is_ascii_digit() && !"xz".contains(letter)).next().unwrap_or_default());
        }
    }
}

/// The pair in the order of its ids, as the store orders it by other things.
fn ordered([a, b, verdict]: [String; 3]) -> [String; 3] {
    if a <= b { [a, b, verdict] } else { [b, a, verdict] }
}
