//! One file per thing a person may do: decide, prepare, record, release.
//!
//! Here the rooms of floor 2 meet. No HTTP and no terminal: floors 4 and 5 turn requests and arguments into calls of
//! [`Desk`] and its answers into bytes. It is the only maker of an [`Access`] and the only opener of a [`Sealed`].

mod access;
mod action;
mod actors;
mod chart;
mod desk;
mod error;
mod home;
mod indexing;
mod known_at;
mod memory;
mod record;
mod records;
mod sealed;
mod sights;
mod view;
mod world;

mod charter_show;
mod explain;
mod export;
mod import;
mod judge;
mod ledger_publish;
mod ledger_status;
mod neighbours;
mod open_entity;
mod path;
mod read_journal;
mod resolve;
mod search;
mod split;
mod timeline;

pub use access::{Access, Who};
pub use action::Action;
pub use actors::{Person, SignIn};
pub use candour_charter::{Actor, Charter, CharterError};
pub use candour_model::{
    grade::{Grade, NotAGrade},
    judgement::{NotAVerdict, Verdict},
    marking::Classification,
    purpose::Purpose,
};
pub use candour_store::{LogStatus, Outside, Receipt, StoreError};
pub use charter_show::{CharterView, PurposeView, RoleView};
pub use desk::Desk;
pub use error::ActionError;
pub use explain::{ExplanationView, FeatureView};
pub use export::{Disclosure, ExportFormat, ExportRequest, Exported};
pub use home::{Home, NewHome};
pub use import::{ImportProgress, ImportRequest, Imported};
pub use judge::JudgementView;
pub use known_at::known_at;
pub use neighbours::ChartView;
pub use open_entity::{EntityView, LinkView, PropertyView, ValueView};
pub use path::{PathRequest, PathView};
pub use read_journal::{JournalLine, JournalView};
pub use resolve::{ResolveRequest, Resolved};
pub use sealed::{Answer, Sealed};
pub use search::{FacetView, FacetsView, HighlightView, HitView, SearchRequest, SearchView};
pub use split::SplitView;
pub use timeline::{TimelineEvent, TimelineView};
pub use view::{ChartEdge, ChartNode, EntityRef, StatementView};
