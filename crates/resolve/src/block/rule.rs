//! A rule of blocking.

use crate::{
    at::at,
    data::Data,
    error::ResolveError,
    kind::Kind,
    random::mixed,
    table::{NONE, Table},
};

/// Pairs that share all these atoms are candidates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    /// Places in a record's row, rising.
    pub(crate) atoms: Vec<usize>,
}

impl Rule {
    pub(crate) fn new(mut atoms: Vec<usize>) -> Self {
        atoms.sort_unstable();
        atoms.dedup();
        Self { atoms }
    }

    /// The key of a record, `None` where an atom is missing.
    #[inline]
    pub(crate) fn key(&self, row: &[u32]) -> Option<u64> {
        let mut key = 0x51_7c_c1_b7_27_22_0a_95_u64;
        for atom in &self.atoms {
            let code = at_or_none(row, *atom);
            if code == NONE {
                return None;
            }
            key = mixed(key ^ u64::from(code));
        }
        Some(key)
    }

    /// Whether two records share all atoms.
    #[inline]
    pub(crate) fn takes(&self, left: &[u32], right: &[u32]) -> bool {
        self.atoms.iter().all(|atom| {
            let code = at_or_none(left, *atom);
            code != NONE && code == at_or_none(right, *atom)
        })
    }

    /// In words.
    pub(crate) fn says(&self, data: &Data) -> String {
        let atoms: Vec<String> = self
            .atoms
            .iter()
            .filter_map(|atom| {
                let field = data.fields.iter().find(|field| (field.first..field.first + field.width).contains(atom))?;
                let name = at(field.compare.atoms(), atom - field.first);
                Some(if name == "value" { field.name.clone() } else { name.to_owned() })
            })
            .collect();
        atoms.join(" + ")
    }
}

/// The rule that words ask for: names of columns, or of atoms as [`Rule::says`] tells them.
///
/// # Errors
/// When a word is neither.
pub(crate) fn rule_of(table: &Table, data: &Data, words: &[String]) -> Result<Rule, ResolveError> {
    let mut known: Vec<(String, usize)> = Vec::new();
    for field in &data.fields {
        let columns = field.columns.iter().filter_map(|place| table.columns.get(*place));
        known.extend(columns.map(|column| (column.name.clone(), field.first + usual_atom(column.kind))));
        known.extend(
            field
                .compare
                .atoms()
                .iter()
                .enumerate()
                .map(|(place, atom)| (if *atom == "value" { field.name.clone() } else { (*atom).to_owned() }, field.first + place)),
        );
    }
    let atom = |word: &String| {
        known.iter().find(|(name, _)| name == word.trim()).map(|(_, atom)| *atom).ok_or_else(|| ResolveError::UnknownKey {
            rule: words.join(" + "),
            part: word.clone(),
            known: known.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "),
        })
    };
    Ok(Rule::new(words.iter().map(atom).collect::<Result<_, _>>()?))
}

/// The atom, within its field, that holds the values of a column of a kind.
fn usual_atom(kind: Kind) -> usize {
    match kind {
        Kind::Surname => 1,
        Kind::FullName | Kind::HouseNumber => 2,
        Kind::Address => 3,
        Kind::City => 5,
        _ => 0,
    }
}

#[inline]
fn at_or_none(row: &[u32], atom: usize) -> u32 {
    row.get(atom).copied().unwrap_or(NONE)
}
