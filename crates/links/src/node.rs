//! Nodes and links as callers name them.

use candour_model::id::{EntityNo, MarkingNo, PropNo};

/// Marks the numbers of value nodes.
const VALUE: u32 = 1 << 31;

/// A node: an entity under its own number, or a value shared by entities under a number of its own from 2^31 up. Like
/// an [`EntityNo`] it is never shown to anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeNo(pub u32);

impl NodeNo {
    /// The node of an entity.
    #[must_use]
    pub fn of(entity: EntityNo) -> Self {
        Self(entity.0)
    }

    /// The entity, unless it is a value.
    #[must_use]
    pub fn entity(self) -> Option<EntityNo> {
        (self.0 & VALUE == 0).then_some(EntityNo(self.0))
    }

    /// Whether it is a shared value.
    #[must_use]
    pub fn is_value(self) -> bool {
        self.0 & VALUE != 0
    }

    pub(crate) fn of_value(position: u32) -> Self {
        Self(position | VALUE)
    }

    /// Position among the values.
    pub(crate) fn value(self) -> Option<u32> {
        self.is_value().then_some(self.0 & !VALUE)
    }
}

/// What a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkLabel {
    /// An entity that links two others, such as an ownership.
    Entity(EntityNo),
    /// A property whose value is the other end: another entity, or a shared value.
    Property(PropNo),
}

impl LinkLabel {
    /// In one word: entities as they are, properties with the highest bit set, so that entities come first.
    pub(crate) fn pack(self) -> u32 {
        match self {
            Self::Entity(entity) => entity.0 & !VALUE,
            Self::Property(prop) => u32::from(prop.0) | VALUE,
        }
    }

    pub(crate) fn unpack(word: u32) -> Self {
        match u16::try_from(word & !VALUE) {
            Ok(prop) if word & VALUE != 0 => Self::Property(PropNo(prop)),
            _ => Self::Entity(EntityNo(word)),
        }
    }
}

/// A link on its way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub label: LinkLabel,
    /// The end it starts from.
    pub source: NodeNo,
    /// The end it leads to.
    pub target: NodeNo,
    /// The markings of the statements it rests on; both must be seen. One statement: its marking twice.
    pub needs: (MarkingNo, MarkingNo),
}

/// A link found. Its ends are the entities as stated, which may be any member of what is judged the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkHit {
    /// What it is.
    pub label: LinkLabel,
    /// The end it starts from.
    pub source: NodeNo,
    /// The end it leads to.
    pub target: NodeNo,
}
