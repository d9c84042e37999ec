//! What is held in memory of a store so that answers are quick: public ids, captions and the graph.
//!
//! It is built from all statements and holds each fact with its marking; whoever asks it hands in what they may see.

mod captions;
mod ids;
mod past;
mod reading;

use std::{
    cmp::{Ordering, Reverse},
    sync::{Arc, Mutex},
};

use candour_links::{Graph, LinkHit, NodeNo, View};
use candour_model::{
    id::{EntityNo, order_key},
    ontology::Ontology,
    types::TypeKind,
    visible::Visible,
};
use candour_search::Identity;
use rustc_hash::FxHashMap;

pub(crate) use captions::Captions;
pub(crate) use ids::Ids;
pub(crate) use past::Surroundings;

/// How many different sets of markings are kept prepared; there are about as many as there are kinds of reader.
const PREPARED: usize = 64;

/// One state of the store, in memory.
pub(crate) struct World {
    pub(crate) ids: Ids,
    pub(crate) captions: Captions,
    pub(crate) graph: Graph,
    views: Mutex<FxHashMap<Visible, Arc<View>>>,
}

/// The world as one reader may see it.
pub(crate) struct Sight<'w> {
    pub(crate) world: &'w World,
    pub(crate) visible: &'w Visible,
    pub(crate) view: Arc<View>,
}

impl World {
    /// The graph for a reader; prepared once per set of markings.
    fn view(&self, visible: &Visible) -> Arc<View> {
        let Ok(mut prepared) = self.views.lock() else { return Arc::new(self.graph.view(visible)) };
        if let Some(view) = prepared.get(visible) {
            return Arc::clone(view);
        }
        if prepared.len() >= PREPARED {
            prepared.clear();
        }
        let view = Arc::new(self.graph.view(visible));
        prepared.insert(visible.clone(), Arc::clone(&view));
        view
    }
}

impl<'w> Sight<'w> {
    /// Looks at the world with these eyes.
    pub(crate) fn new(world: &'w World, visible: &'w Visible) -> Self {
        Self { world, visible, view: world.view(visible) }
    }

    /// The node that a person means by an id: an entity of which something is visible, or a shared value such as
    /// `phone:+441632960001`.
    pub(crate) fn find(&self, id: &str) -> Option<NodeNo> {
        if let Some(entity) = self.find_entity(id) {
            return Some(NodeNo::of(entity));
        }
        let (kind, value) = id.split_once(':')?;
        self.view.find_value(TypeKind::by_name(kind)?, value)
    }

    /// The entity with this public id, if anything of it is visible.
    pub(crate) fn find_entity(&self, id: &str) -> Option<EntityNo> {
        let entity = self.world.ids.find(id)?;
        self.view.exists(NodeNo::of(entity)).then_some(entity)
    }

    /// The visible members of an entity's cluster, the one that gives the cluster its id first.
    pub(crate) fn members(&self, entity: EntityNo) -> Vec<EntityNo> {
        let members = self.view.cluster(entity);
        if members.is_empty() { vec![entity] } else { members }
    }

    /// The member that stands for an entity's cluster: the first in public order.
    pub(crate) fn representative(&self, entity: EntityNo) -> EntityNo {
        self.view.leader(NodeNo::of(entity)).and_then(NodeNo::entity).unwrap_or(entity)
    }

    /// Public id of a node. A merged entity goes by the id of its representative.
    pub(crate) fn id(&self, node: NodeNo) -> String {
        match node.entity() {
            Some(entity) => self.world.ids.get(self.representative(entity)).to_owned(),
            None => self.world.graph.value_of(node).map_or_else(String::new, |(kind, value)| format!("{}:{value}", kind.name())),
        }
    }

    /// What kind of thing an entity is, as its most specific visible schema says.
    pub(crate) fn kind(&self, entity: EntityNo) -> Kind {
        let schemata = self.members(entity).into_iter().filter_map(|member| self.world.captions.schema(member, self.visible));
        let schema = schemata.map(|schema| schema.no).reduce(captions::more_specific).and_then(|no| Ontology::builtin().by_no(no));
        schema.map_or(Kind::UNKNOWN, |schema| Kind { schema: &schema.name, label: &schema.label, pole: schema.pole.word() })
    }

    /// Caption of an entity: the best name that is visible, else what kind of thing it is.
    pub(crate) fn caption(&self, entity: EntityNo) -> String {
        let members = self.members(entity);
        let captions = members.iter().filter_map(|member| self.world.captions.best(*member, self.visible));
        // Of joined records the one that spells the name out: not in capitals, then the longest.
        let best = captions.min_by_key(|(rank, text)| (*rank, is_in_capitals(text), Reverse(text.chars().count()), *text));
        best.map_or_else(|| self.kind(entity).label.to_owned(), |(_, text)| text.to_owned())
    }

    /// The best visible text of a link, such as its role; empty where there is none.
    pub(crate) fn detail(&self, link: EntityNo) -> String {
        self.world.captions.text(link, self.visible).unwrap_or_default().to_owned()
    }

    /// All visible links of one entity itself, merged ones left aside.
    pub(crate) fn links(&self, entity: EntityNo) -> Vec<LinkHit> {
        let own = NodeNo::of(entity);
        let mut links = self.view.neighbours(own, 1).links;
        links.retain(|hit| hit.source == own || hit.target == own);
        links
    }

    /// An order of nodes that depends on what people see of them alone.
    pub(crate) fn order(&self, a: NodeNo, b: NodeNo) -> Ordering {
        let text = |node: NodeNo| match node.entity() {
            Some(entity) => self.world.ids.get(entity),
            None => self.world.graph.value_of(node).map_or("", |(_, value)| value),
        };
        let (left, right) = (text(a), text(b));
        order_key(left).cmp(&order_key(right)).then_with(|| left.cmp(right))
    }
}

impl Identity for Sight<'_> {
    fn representative(&self, entity: EntityNo) -> EntityNo {
        Sight::representative(self, entity)
    }

    fn members(&self, representative: EntityNo, each: &mut dyn FnMut(EntityNo)) -> bool {
        Sight::members(self, representative).into_iter().for_each(each);
        true
    }

    fn schema(&self, candidates: &[&str]) -> usize {
        let numbered = candidates.iter().filter_map(|name| Ontology::builtin().schema(name)).map(|schema| schema.no);
        let chosen = numbered.reduce(captions::more_specific).and_then(|no| Ontology::builtin().by_no(no));
        chosen.and_then(|schema| candidates.iter().position(|name| *name == schema.name)).unwrap_or(0)
    }

    fn tie(&self, a: EntityNo, b: EntityNo) -> Ordering {
        self.world.ids.get(a).cmp(self.world.ids.get(b))
    }
}

fn is_in_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Names of a kind of thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) schema: &'static str,
    pub(crate) label: &'static str,
    pub(crate) pole: &'static str,
}

impl Kind {
    /// Of an entity whose schema no statement that this build knows gives.
    const UNKNOWN: Self = Self { schema: "Thing", label: "Thing", pole: "object" };
}
