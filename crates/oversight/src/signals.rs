//! What makes an unexplained look stand out: one file each. Patterns are learnt from unexplained looks alone, so that work
//! which is explained never makes another look seem worse.

mod bulk;
mod celebrity;
mod colleague;
mod drip;
mod family;
mod fishing;
mod former_partner;
mod odd_hours;
mod own_record;
mod same_address;

use crate::{
    look::{Explained, Relation, Relations},
    weights::Reason,
};

/// A look as it is kept until all have been seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    pub(crate) index: u64,
    pub(crate) time: i64,
    /// Day since 1970 in the window's time zone.
    pub(crate) day: i32,
    /// Hour of that day.
    pub(crate) hour: u8,
    pub(crate) actor: u32,
    pub(crate) purpose: u32,
    pub(crate) action: u32,
    /// Number of the stated case, 0 where none was.
    pub(crate) case: u32,
    pub(crate) results: u32,
    /// Where its records begin among all records kept.
    pub(crate) start: u32,
    pub(crate) length: u32,
    pub(crate) relations: Relations,
    pub(crate) explained: Option<Explained>,
    pub(crate) kind: Kind,
    pub(crate) in_window: bool,
}

/// What kind of action a look was, as far as signals care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A search that found nothing.
    EmptySearch,
    /// Any other search.
    Search,
    /// A disclosure.
    Export,
    /// Anything else.
    Other,
}

/// A look with its records and, while it is learnt, its query.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) kept: &'a Kept,
    pub(crate) records: &'a [u32],
    pub(crate) query: &'a str,
}

impl Seen<'_> {
    pub(crate) fn is_explained(&self) -> bool {
        self.kept.explained.is_some()
    }
}

/// One signal.
pub(crate) trait Signal: std::fmt::Debug + Send {
    /// The row of the table that it stands for.
    fn reason(&self) -> Reason;

    /// Takes in a look, in order of time.
    fn learn(&mut self, _seen: &Seen<'_>) {}

    /// Called once when all have been learnt. `is_shared` says of a case whether several people stated it.
    fn settle(&mut self, _is_shared: &dyn Fn(u32) -> bool) {}

    /// Whether it shows in a look, once all have been learnt.
    fn shows(&self, seen: &Seen<'_>) -> bool;

    /// What it found, in words.
    fn words(&self, _seen: &Seen<'_>) -> String {
        self.reason().row().words.to_owned()
    }
}

/// All signals, in the order of the table.
pub(crate) fn all() -> Vec<Box<dyn Signal>> {
    vec![
        Box::new(own_record::OwnRecord),
        Box::new(colleague::Colleague),
        Box::new(same_address::SameAddress),
        Box::new(family::Family),
        Box::new(former_partner::FormerPartner),
        Box::new(celebrity::Celebrity::default()),
        Box::new(fishing::Fishing::default()),
        Box::new(drip::Drip::default()),
        Box::new(odd_hours::OddHours::default()),
        Box::new(bulk::Bulk::default()),
    ]
}

/// A relation in words, with a warning where it rests on a common name.
fn relation_words(seen: &Seen<'_>, relation: Relation, reason: Reason) -> String {
    let words = reason.row().words;
    if seen.kept.relations.is_common(relation) { format!("{words}; many records bear that name") } else { words.to_owned() }
}
