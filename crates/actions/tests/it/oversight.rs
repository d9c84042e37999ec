//! The overseer's desk: what explains a look, how records stand to people, and a planted misuse among honest work.

mod explained;
mod force;
mod planted;
mod related;
mod sampled;
mod silent;
