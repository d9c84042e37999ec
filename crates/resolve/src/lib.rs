//! Which records speak of the same thing: blocking, comparisons, weights, clusters, explanations.
//!
//! The model is Fellegi and Sunter's ("A theory for record linkage", Journal of the American Statistical Association 64,
//! 1969): each comparison of two records falls into a level; a level weighs log2(m / u), where m is how often records of
//! the same thing fall into it and u how often records of different things do; weights add up, with a prior, to log2 of
//! the odds that the two are the same. The weights are a table to read, in `weights.rs`. Fields that tell of each other
//! (forename and surname, address and postcode) are compared as one, a missing field says nothing either way, and
//! agreement on a rare value weighs more than on a common one.
//!
//! It proposes; people affirm. It keeps nothing: records come in, pairs go out. And it knows no field for special
//! categories of data (ethnicity, belief, health and the like), so none can ever be a feature.
//!
//! Not built yet: weights learnt from the data, rules for blocking chosen from it, and clusters beyond components with
//! guards (two birth dates, two forenames, one sign alone).
//!
//! ```
//! use candour_resolve::{Field, Frequencies, Record, Settings, explain, resolve};
//!
//! let record = |key, name: &str, born: &str| Record {
//!     key,
//!     schema: "Person".to_owned(),
//!     fields: vec![(Field::FullName, name.to_owned()), (Field::Date, born.to_owned())],
//! };
//! let records = [record(1, "Ottilie Brandt", "1971-03-09"), record(2, "Brandt, Ottilia", "1971-03-09"), record(3, "Otto Brand", "1950-01-30")];
//! let outcome = resolve(&records, &Settings::default())?;
//! assert_eq!(outcome.pairs.iter().map(|pair| (pair.a, pair.b)).collect::<Vec<_>>(), [(1, 2)]);
//!
//! let explanation = explain(&records[0], &records[1], &Frequencies::of(&records));
//! assert_eq!(explanation.features[0].level, "surname the same, forename close");
//! # Ok::<(), candour_resolve::ResolveError>(())
//! ```

mod at;
mod block;
mod blocking;
mod cluster;
mod clusters;
mod compare;
mod data;
mod edit;
mod engine;
mod error;
mod explanation;
mod field;
mod fold;
mod frequencies;
mod kind;
mod legal_forms;
mod linkage;
mod live;
mod model;
pub mod names;
mod nicknames;
mod phonetic;
mod prepared;
mod queue;
mod number;
mod radix;
mod random;
mod record;
mod report;
mod resolve;
mod score;
mod scorer;
mod sound;
mod table;
mod weights;
mod why;
mod words;

pub use blocking::SkewedBlock;
pub use kind::{KINDS, Kind};
pub use table::{Table, TableBuilder};
pub use error::ResolveError;
pub use explanation::{Waterfall, WaterfallRow};
pub use live::{Change, EntityEvent, EntityId, Judgement, JudgementId, Live, LiveMatch, NewRecord, Saved, Verdict};
pub use linkage::{Fixed, LinkedPair, Linkage, Model, Options, link};
pub use model::{CellModel, FieldModel};
pub use queue::Question;
pub use report::{BridgeReport, ColumnReport, Report, RuleReport, SkewedGroup};
pub use frequencies::Frequencies;
pub use why::{Link, PathStep, TurningPoint};
pub use record::{Field, Record};
pub use resolve::{Outcome, Queued, Reason, ScoredPair, Settings, resolve};
pub use score::{Explanation, Feature, explain};
