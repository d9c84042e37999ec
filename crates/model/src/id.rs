//! Ids that must not be mixed up: numbers of the store on one side, public names on the other.

use std::fmt;

macro_rules! number {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number!(
    /// An entity's dense number inside one store, counted from 0 in order of first appearance. Never shown to anyone:
    /// its order would tell of hidden entities.
    EntityNo(u32)
);
number!(
    /// A distinct marking's number inside one store; the position of its bit in a [`crate::visible::Visible`].
    MarkingNo(u16)
);
number!(
    /// A dataset's number inside one store.
    DatasetNo(u32)
);
number!(
    /// A schema's number inside the built-in ontology; stable only within one build, so stores keep names.
    SchemaNo(u16)
);
number!(
    /// A property's number inside the built-in ontology; stable only within one build, so stores keep names.
    PropNo(u16)
);

/// A stable 64-bit order of public entity ids (FNV-1a), so that an order among entities can be had from eight bytes
/// without depending on what else a store holds.
#[must_use]
pub fn order_key(public_id: &str) -> u64 {
    public_id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
