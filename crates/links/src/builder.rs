//! Takes entities, values and links in, statement by statement, and makes a graph of them.

use std::sync::Arc;

use candour_model::{
    id::{EntityNo, MarkingNo},
    types::TypeKind,
};
use rustc_hash::FxHashMap;

use crate::{
    adjacency::{Adjacency, RawLink},
    clusters::{Same, Word},
    error::LinksError,
    gates::GatesBuilder,
    graph::{Data, Graph},
    node::{Link, LinkLabel, NodeNo},
    places::Places,
    presence::PresenceBuilder,
    scratch::Pool,
    values::Values,
};

/// Nodes that a graph may have: searches mark distances in 32 bits and want room for two of them.
const MOST_NODES: u64 = 1 << 30;

/// A graph in the making. The order of calls changes no answer, but for words on one pair: see [`Self::judge`].
#[derive(Debug, Clone, Default)]
pub struct GraphBuilder {
    presence: PresenceBuilder,
    values: Values,
    gates: GatesBuilder,
    /// Ends as [`NodeNo`] words, labels by entity number, until places are known.
    links: Vec<RawLink>,
    words: Vec<Word>,
    needs: FxHashMap<Vec<MarkingNo>, u32>,
    /// One past the highest entity named.
    entities: u32,
}

impl GraphBuilder {
    /// A statement of this marking speaks of the entity. An entity exists for those who see any of its markings, and an
    /// entity never spoken of for nobody.
    pub fn entity(&mut self, entity: EntityNo, marking: MarkingNo) {
        if u64::from(entity.0) < MOST_NODES {
            self.presence.add(entity, marking);
        }
        self.name(entity);
    }

    /// The node of a value that entities share, such as a phone number. It exists for those who see a link to it.
    pub fn value(&mut self, kind: TypeKind, value: &str) -> NodeNo {
        NodeNo::of_value(self.values.intern(kind, value))
    }

    /// A link between two nodes. Stated several times (same label and ends, other needs), it is one link that is seen
    /// where any of the needs is met.
    pub fn link(&mut self, link: Link) {
        for entity in [link.source, link.target].into_iter().filter_map(NodeNo::entity) {
            self.name(entity);
        }
        if let LinkLabel::Entity(entity) = link.label {
            self.name(entity);
        }
        let gate = self.gates.pair(link.needs);
        self.links.push(RawLink { source: link.source.0, target: link.target.0, label: link.label.pack(), gate });
    }

    /// Two entities judged to be the same thing: crossing from one to the other costs nothing, for those for whom both
    /// exist.
    pub fn same(&mut self, a: EntityNo, b: EntityNo) {
        self.judge(a, b, true, &[]);
    }

    /// A word on whether two entities are the same thing. It counts for those who see all markings of `needs`; for others
    /// it was never said. Of one pair's words a later one outranks an earlier one. This is the one call whose order
    /// matters.
    pub fn judge(&mut self, a: EntityNo, b: EntityNo, is_same: bool, needs: &[MarkingNo]) {
        self.name(a);
        self.name(b);
        if a == b {
            return;
        }
        let needs = match self.needs.get(needs) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.needs.len()).unwrap_or(u32::MAX);
                self.needs.insert(needs.to_vec(), number);
                number
            }
        };
        self.words.push(Word { a: a.0, b: b.0, needs, is_same });
    }

    fn name(&mut self, entity: EntityNo) {
        self.entities = self.entities.max(entity.0.saturating_add(1));
    }

    /// The finished graph. `key` gives each entity its place in all answers by what people see of it, such as
    /// [`candour_model::id::order_key`] of the public id with the id itself; entity numbers would tell of hidden
    /// entities. It is asked once for every number up to the highest named. Values go by kind and text.
    ///
    /// # Errors
    /// If there are more nodes or links than can be numbered, or a link names a value this builder never gave out.
    pub fn finish<K: Ord>(mut self, mut key: impl FnMut(EntityNo) -> K) -> Result<Graph, LinksError> {
        let count = u64::from(self.entities) + self.values.len() as u64;
        if count > MOST_NODES {
            return Err(LinksError::TooManyNodes(count));
        }
        if self.links.len() >= 1 << 31 {
            return Err(LinksError::TooManyLinks(self.links.len()));
        }
        let mut keyed: Vec<(K, u32)> = (0..self.entities).map(|entity| (key(EntityNo(entity)), entity)).collect();
        keyed.sort_unstable();
        let places = Places::new(keyed.into_iter().map(|(_, entity)| entity).collect(), &self.values.in_order());
        for link in &mut self.links {
            for end in [&mut link.source, &mut link.target] {
                *end = places.position(NodeNo(*end)).ok_or(LinksError::UnknownValue(*end))?;
            }
            if let LinkLabel::Entity(entity) = LinkLabel::unpack(link.label)
                && let Some(position) = places.position(NodeNo::of(entity))
            {
                link.label = LinkLabel::Entity(EntityNo(position)).pack();
            }
        }
        let placed = |word: &Word| Some(Word { a: places.position(NodeNo(word.a))?, b: places.position(NodeNo(word.b))?, ..*word });
        let words = self.words.iter().filter_map(placed).collect();
        let mut needs: Vec<(Vec<MarkingNo>, u32)> = self.needs.into_iter().collect();
        needs.sort_unstable_by_key(|(_, number)| *number);
        let needs = needs.into_iter().map(|(needs, _)| needs).collect();
        let rows = Adjacency::build(places.len(), self.links, &mut self.gates);
        self.values.shrink();
        Ok(Graph(Arc::new(Data {
            presence: self.presence.finish().in_order(places.in_order()),
            values: self.values,
            gates: self.gates.finish(),
            rows,
            same: Same::new(places.entities() as usize, words, needs),
            places,
            pool: Pool::default(),
        })))
    }
}
