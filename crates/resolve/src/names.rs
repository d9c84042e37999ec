//! Whether two names may be of one bearer, told from the names alone: a score that starts at 1 and loses a cost for every difference.
//!
//! Names are read from any script into Latin letters, parted into words, and the words of one are paired with those of the
//! other whatever their order. What is then still different is counted (letters changed, words without counterpart, another
//! legal form...), and each kind of difference has its cost in one table, `costs.rs`. The costs were fitted to labelled pairs
//! by `bench/er/names_fit.py`, which anyone can run again; ADR 18 says how.
//!
//! ```
//! use candour_resolve::names::{Kind, Prepared, THRESHOLD, explain_names, score, score_names};
//!
//! let listed = Prepared::new("Брандт, Оттилия", Kind::Person);
//! assert!(score(&listed, &Prepared::new("Ottilia Brandt", Kind::Person)) >= THRESHOLD);
//! assert!(score_names("Otto Grau", "Ottilia Brandt", Kind::Person) < THRESHOLD);
//!
//! let explanation = explain_names("Quay Trading Ltd", "Quay Trading Limited", Kind::Organisation);
//! assert_eq!(explanation.score, 1.0);
//! ```

mod align;
mod born;
mod costs;
mod distance;
mod explain;
mod features;
mod forms;
mod general_words;
mod given_names;
mod kind;
#[cfg(test)]
mod laws;
mod letters;
mod lexicon;
mod likeness;
mod measure;
mod prepare;
mod score;
mod screen;
mod skeleton;
mod titles;

pub use born::Born;
pub use explain::{Cost, NameExplanation, WordPair, explain_names};
pub use features::Difference;
pub use kind::Kind;
pub use prepare::Prepared;
pub use score::{THRESHOLD, score, score_names};
pub use screen::{Asked, Hit, Listed, Screen};
