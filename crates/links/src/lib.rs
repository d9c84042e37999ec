//! The graph in memory: neighbourhoods and paths under visibility.
//!
//! Entities and shared values (phones, addresses, identifiers) are nodes; link entities such as an ownership, and
//! properties that name another entity or a shared value, are links. The whole is a compressed adjacency of `u32`
//! arrays ([`Graph`]), made by a [`GraphBuilder`] and read through a [`View`]: what one set of visible markings leaves
//! of it. A view answers as if what it may not see had never been stored: nothing it answers, nor the order in which it
//! does, depends on when and beside what an entity was stored.
//!
//! It is not a place for a database, for names or captions, or for the decision of who sees what: markings come in as
//! numbers, and a [`candour_model::visible::Visible`] says which of them are seen.
//!
//! ```
//! use candour_links::{GraphBuilder, Link, LinkLabel, NodeNo};
//! use candour_model::{id::{EntityNo, MarkingNo}, visible::Visible};
//!
//! let open = MarkingNo(0);
//! let (anna, firm, ownership) = (EntityNo(0), EntityNo(1), EntityNo(2));
//! let mut builder = GraphBuilder::default();
//! for entity in [anna, firm, ownership] {
//!     builder.entity(entity, open);
//! }
//! builder.link(Link { label: LinkLabel::Entity(ownership), source: NodeNo::of(anna), target: NodeNo::of(firm), needs: (open, open) });
//! let graph = builder.finish(|entity| entity)?; // one would give keys of public ids
//!
//! let view = graph.view(&Visible::from_iter([open]));
//! let path = view.path(NodeNo::of(anna), NodeNo::of(firm), 6);
//! assert_eq!(path.map(|path| path.links), Some(vec![LinkLabel::Entity(ownership)]));
//! assert_eq!(graph.view(&Visible::nothing()).path(NodeNo::of(anna), NodeNo::of(firm), 6), None);
//! # Ok::<(), candour_links::LinksError>(())
//! ```

mod adjacency;
mod bits;
mod builder;
mod clusters;
mod error;
mod gates;
mod graph;
mod neighbourhood;
mod node;
mod path;
mod places;
mod presence;
mod scratch;
mod search;
mod values;
mod view;

pub use builder::GraphBuilder;
pub use error::LinksError;
pub use graph::Graph;
pub use neighbourhood::Neighbourhood;
pub use node::{Link, LinkHit, LinkLabel, NodeNo};
pub use path::Path;
pub use view::View;
