//! Which records speak of the same thing: blocking, comparisons, weights, clusters, explanations.
//!
//! The model is Fellegi and Sunter's ("A theory for record linkage", Journal of the American Statistical Association 64,
//! 1969): each comparison of two records falls into a level; a level weighs log2(m / u), where m is how often records of
//! the same thing fall into it and u how often records of different things do; weights add up, with a prior, to log2 of
//! the odds that the two are the same. Columns that tell of each other (forename and surname; postcode, street, number
//! and town) are one field, a missing value says nothing either way, and agreement on a rare value weighs more than on a
//! common one. Rules of blocking and weights are learnt from the data; decision 17 tells how. What was learnt is a table
//! to read, [`Model`], and every pair's weight adds up field by field, [`Waterfall`].
//!
//! It proposes; people affirm. It knows no kind of column for special categories of data (ethnicity, belief, health and
//! the like), so none can ever be a feature.
//!
//! [`link`] resolves a [`Table`]; [`Live`] goes on from there, record by record, with ids that stay; [`names`] tells
//! whether two names may be of one bearer.
//!
//! Not built: spilling to disk, so all records are in memory; check digits of identifiers do not count.
//!
//! ```
//! use candour_resolve::{Kind, Options, TableBuilder, link};
//!
//! let mut builder = TableBuilder::new(&[("name", Kind::FullName), ("born", Kind::Date), ("postcode", Kind::Postcode)]);
//! for (id, name, born, postcode) in [
//!     ("1", "Ottilie Brandt", "1971-03-09", "CA1 1BR"),
//!     ("2", "Brandt, Ottilia", "1971-03-09", "CA1 1BR"),
//!     ("3", "Otto Brand", "1950-01-30", "CA9 4QT"),
//! ] {
//!     builder.record(id, 0)?;
//!     for (column, value) in [name, born, postcode].into_iter().enumerate() {
//!         builder.value(column, value);
//!     }
//! }
//! let table = builder.build();
//! // Three records tell little of what is rare: even the best pair is far from certain.
//! let linkage = link(&table, &Options { floor: 0.000_001, ..Options::default() })?;
//! let best = linkage.pairs.iter().max_by(|one, other| one.weight.total_cmp(&other.weight)).expect("one pair at least");
//! let ids = [table.id(best.a), table.id(best.b)];
//! assert!(ids.contains(&"1") && ids.contains(&"2"));
//! assert_eq!(linkage.explain(&table, best.a, best.b).features[0].level, "forename one slip apart, surname the same");
//! # Ok::<(), candour_resolve::ResolveError>(())
//! ```

mod at;
mod block;
mod cluster;
mod data;
mod edit;
mod engine;
mod error;
mod explanation;
mod field;
mod fold;
mod kind;
mod legal_forms;
mod linkage;
mod live;
mod model;
pub mod names;
mod nicknames;
mod number;
mod queue;
mod radix;
mod random;
mod report;
mod scorer;
mod sound;
mod table;
mod why;
mod words;

pub use error::ResolveError;
pub use explanation::{Waterfall, WaterfallRow};
pub use kind::{KINDS, Kind};
pub use linkage::{Fixed, Linkage, LinkedPair, Model, Options, link};
pub use live::{Change, EntityEvent, EntityId, Judgement, JudgementId, Live, LiveMatch, NewRecord, Saved, Verdict};
pub use model::{CellModel, FieldModel};
pub use queue::Question;
pub use report::{BridgeReport, ColumnReport, Report, RuleReport, SkewedGroup};
pub use table::{Table, TableBuilder};
pub use why::{Link, PathStep, TurningPoint};
