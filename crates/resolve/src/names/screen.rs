//! Names screened against a list that is prepared once.
//!
//! A listed name is compared with a query only if they share a key: a word, the consonants of a word or of two written
//! together, or those consonants but one; a key that very many names have counts only with a second one. Whatever would score at least
//! the threshold without such a key is missed.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{
    Kind, Prepared, THRESHOLD,
    born::{self, Born},
    lexicon::Class,
    prepare::Token,
    score,
    skeleton::Skeleton,
};

/// Who is on a list.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// Its id on the list.
    pub id: String,
    /// What it may be; empty if that is not known.
    pub kinds: Vec<Kind>,
    /// All its names.
    pub names: Vec<String>,
    /// Its dates of birth, as far as known.
    pub born: Vec<Born>,
}

/// Whom one asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The name.
    pub name: &'a str,
    /// What it may be; empty if that is not known.
    pub kinds: &'a [Kind],
    /// Date of birth, if known.
    pub born: Option<Born>,
}

/// A listed entry that may be the one asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Place of the entry on the list.
    pub entry: usize,
    /// Place of the name among the names of the entry.
    pub name: usize,
    /// Score of the names, less what dates of birth take off.
    pub score: f32,
}

/// A list, prepared.
#[derive(Debug)]
pub struct Screen {
    entries: Vec<Listed>,
    indexes: [Index; 3],
}

/// The names of one kind and the keys under which they are found.
#[derive(Debug)]
struct Index {
    kind: Kind,
    names: Vec<ListedName>,
    keys: FxHashMap<u64, Vec<u32>>,
}

#[derive(Debug)]
struct ListedName {
    entry: u32,
    name: u32,
    prepared: Prepared,
}

const EVERY: [Kind; 3] = [Kind::Person, Kind::Organisation, Kind::Other];

impl Screen {
    /// Prepares a list.
    pub fn new(entries: Vec<Listed>) -> Self {
        let mut indexes = EVERY.map(|kind| Index { kind, names: Vec::new(), keys: FxHashMap::default() });
        for (entry, listed) in (0_u32..).zip(&entries) {
            for index in indexes.iter_mut().filter(|index| is_among(index.kind, &listed.kinds)) {
                for (name, text) in (0_u32..).zip(&listed.names) {
                    index.add(entry, name, Prepared::new(text, index.kind));
                }
            }
        }
        Self { entries, indexes }
    }

    /// The entries of the list.
    pub fn entries(&self) -> &[Listed] {
        &self.entries
    }

    /// Entries that may be the one asked for, from the threshold on: the best first, then in the order of the list. Of each
    /// entry the name that fits best counts.
    pub fn hits(&self, asked: &Asked<'_>) -> Vec<Hit> {
        let mut best: FxHashMap<u32, Hit> = FxHashMap::default();
        let born: SmallVec<[Born; 1]> = asked.born.into_iter().collect();
        for index in self.indexes.iter().filter(|index| is_among(index.kind, asked.kinds) && !index.names.is_empty()) {
            let prepared = Prepared::new(asked.name, index.kind);
            for listed in index.candidates(&prepared) {
                let found = score(&prepared, &listed.prepared);
                if found < THRESHOLD {
                    continue;
                }
                let known = self.entries.get(listed.entry as usize).map(|entry| entry.born.as_slice()).unwrap_or_default();
                let hit = Hit { entry: listed.entry as usize, name: listed.name as usize, score: (found - born::cost(&born, known)).max(0.0) };
                if hit.score >= THRESHOLD {
                    let so_far = best.entry(listed.entry).or_insert(hit);
                    if (hit.score, std::cmp::Reverse(hit.name)) > (so_far.score, std::cmp::Reverse(so_far.name)) {
                        *so_far = hit;
                    }
                }
            }
        }
        let mut hits: Vec<_> = best.into_values().collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
        hits
    }
}

/// Whether a kind is possible where these are known.
fn is_among(kind: Kind, known: &[Kind]) -> bool {
    known.is_empty() || known.contains(&kind)
}

impl Index {
    fn add(&mut self, entry: u32, name: u32, prepared: Prepared) {
        let Ok(place) = u32::try_from(self.names.len()) else { return };
        for key in keys(&prepared).into_iter().flatten() {
            let places = self.keys.entry(key).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        self.names.push(ListedName { entry, name, prepared });
    }

    /// Names that share a key, each once, in the order of the list. A key that very many names have is not enough by itself,
    /// unless the name has no other word: a second one must be shared.
    fn candidates(&self, prepared: &Prepared) -> Vec<&ListedName> {
        let (mut places, mut of_many): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        let by_word = keys(prepared);
        for keys in &by_word {
            let mut of_word: Vec<u32> = Vec::new();
            for found in keys.iter().filter_map(|key| self.keys.get(key)) {
                if by_word.len() > 1 && found.len() > MANY { &mut of_word } else { &mut places }.extend(found);
            }
            of_word.sort_unstable();
            of_word.dedup();
            of_many.append(&mut of_word);
        }
        of_many.sort_unstable();
        places.extend(of_many.iter().zip(of_many.iter().skip(1)).filter(|(place, next)| place == next).map(|(place, _)| place));
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|place| self.names.get(place as usize)).collect()
    }
}

/// More names than this under one key are many.
const MANY: usize = 500;

/// Fewest consonants whose remainder without one of them is a key.
const FEWEST_FOR_ALL_BUT_ONE: u8 = 5;

/// Keys of one word, or of words taken together.
type Keys = SmallVec<[u64; 12]>;

/// Keys of a name: of each word that tells, of words written together, of first letters.
fn keys(name: &Prepared) -> SmallVec<[Keys; 6]> {
    let mut by_word: SmallVec<[Keys; 6]> = SmallVec::new();
    let telling = |token: &&Token| !matches!(token.class, Class::Particle | Class::ChildOf | Class::Title | Class::Half | Class::Initial);
    let has_telling = name.tokens.iter().any(|token| telling(&token));
    for token in name.tokens.iter().filter(|token| !has_telling || telling(token)) {
        // Two hashes of one word: that of its letters, that of its sounds.
        let mut keys: Keys = [token.hash].into_iter().collect();
        sounds(name.skeleton(token), &mut keys);
        by_word.push(keys);
    }
    if by_word.len() == 1 && name.tokens.len() == 1 {
        return by_word;
    }
    let mut together = Keys::new();
    for (first, second) in name.tokens.iter().zip(name.tokens.iter().skip(1)) {
        if second.start == first.start + first.len {
            sounds(Skeleton::of(name.run(first, second), first.abjad), &mut together);
        }
    }
    if name.kind != Kind::Person {
        let initials: SmallVec<[u8; 16]> = name.tokens.iter().filter(telling).filter_map(|token| name.bytes(token).first().copied()).collect();
        if initials.len() > 1 {
            together.push(super::lexicon::hash(&initials));
        }
    }
    by_word.push(together);
    by_word
}

fn sounds(skeleton: Skeleton, keys: &mut Keys) {
    if skeleton.len() < 2 {
        return;
    }
    keys.push(skeleton.key());
    if skeleton.len() >= FEWEST_FOR_ALL_BUT_ONE {
        keys.extend((0..skeleton.len()).map(|at| skeleton.without(at).key()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Screen {
        let listed = |id: &str, kinds: &[Kind], names: &[&str], born: &[&str]| Listed {
            id: id.to_owned(),
            kinds: kinds.to_vec(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            born: born.iter().filter_map(|date| Born::parse(date)).collect(),
        };
        Screen::new(vec![
            listed("a", &[Kind::Person], &["Ottilie Brandt", "Tilly Brandt"], &["1971-03-09"]),
            listed("b", &[Kind::Organisation], &["Brandt Harbour Works GmbH"], &[]),
            listed("c", &[], &["Mole End"], &[]),
        ])
    }

    #[test]
    fn hits_and_misses() {
        let screen = list();
        let check = |name: &str, kinds: &[Kind], born: Option<&str>, expected: &[&str]| {
            let hits = screen.hits(&Asked { name, kinds, born: born.and_then(Born::parse) });
            assert_eq!(hits.iter().map(|hit| screen.entries()[hit.entry].id.as_str()).collect::<Vec<_>>(), expected, "{name}");
        };
        check("Brandt, Ottilie", &[], None, &["a"]);
        check("OttilieBrandt", &[Kind::Person], None, &["a"]);
        check("Ottilje Brant", &[Kind::Person], None, &["a"]);
        check("Ottilie Brandt", &[Kind::Organisation], None, &[]);
        check("Ottilie Brandt", &[], Some("1971"), &["a"]);
        check("Ottilja Brant", &[], Some("1950"), &[]);
        check("Brandt Harbor Works", &[], None, &["b"]);
        check("Moleend", &[], None, &["c"]);
        check("", &[], None, &[]);
    }
}
