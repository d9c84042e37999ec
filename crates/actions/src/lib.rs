//! One file per thing a person may do: decide, prepare, record, release.
//!
//! Here the rooms of floor 2 meet. No HTTP and no terminal: floors 4 and 5 turn requests and arguments into calls of
//! [`Desk`] and its answers into bytes. It is the only maker of an [`Access`] and the only opener of a [`Sealed`].

mod access;
mod accounts;
mod action;
mod actors;
mod chart;
mod cosign;
mod desk;
mod error;
mod glasses;
mod heard;
mod heartbeat;
mod home;
mod in_force;
mod indexing;
mod known_at;
mod mandate_view;
mod mandates;
mod matched;
mod memory;
mod public_register;
mod record;
mod records;
mod rejects;
mod retention;
mod sealed;
mod sights;
mod tables;
mod view;
mod world;

mod break_glass_approve;
mod break_glass_list;
mod break_glass_request;
mod break_glass_review;
mod charter_adopt;
mod charter_show;
mod disclosures;
mod erase;
mod explain;
mod export;
mod import;
mod issue_token;
mod judge;
mod ledger_publish;
mod ledger_status;
mod manage_people;
mod mandate_draft;
mod mandate_list;
mod mandate_revoke;
mod mandate_sign;
mod match_queue;
mod neighbours;
mod open_entity;
mod oversee;
mod path;
mod read_journal;
mod resolve;
mod restrict;
mod review_decide;
mod review_list;
mod search;
mod split;
mod timeline;

pub use access::{Access, Who};
pub use accounts::{Bound, Caller, SessionLimits, instant_text};
pub use action::Action;
pub use actors::{Person, SignIn, credentials::Passkey};
pub use break_glass_list::GlassesView;
pub use break_glass_request::GlassView;
pub use candour_charter::{Actor, Authority, Charter, CharterError, Finding, Severity};
pub use candour_model::{
    grade::{Grade, NotAGrade},
    judgement::{NotAVerdict, Verdict},
    marking::{Classification, SpecialCategory},
    purpose::Purpose,
};
pub use candour_store::{LogStatus, Outside, Receipt, StoreError};
pub use charter_adopt::AdoptedView;
pub use charter_show::{CharterView, PurposeView, RoleView};
pub use cosign::{CosignedView, WitnessView};
pub use desk::Desk;
pub use disclosures::{DisclosuresView, RecipientView};
pub use erase::ErasedView;
pub use error::ActionError;
pub use explain::{ExplanationView, FeatureView, StepView};
pub use export::{Disclosure, ExportFormat, ExportRequest, Exported};
pub use home::{Home, NewHome};
pub use import::{ImportProgress, ImportRequest, Imported};
pub use issue_token::{IssuedToken, TokenRequest, TokenView};
pub use judge::JudgementView;
pub use known_at::known_at;
pub use manage_people::{AccountView, Changed, PeopleChange};
pub use mandate_draft::MandateRequest;
pub use mandate_view::{MandateView, MandatesView, RevocationView};
pub use match_queue::{QueueView, QueuedView};
pub use neighbours::ChartView;
pub use open_entity::{EntityView, LinkView, PropertyView, ValueView};
pub use oversee::{
    BeatsView, CountView, MismatchView, OverseePart, OverseeRequest, OverseeSpan, OverseeView, RankedView, RankingView, ReasonView, SampleRequest, SampleView,
    SampledView, SilenceView, StateView, UsageView, WeightView,
};
pub use path::{PathRequest, PathView};
pub use public_register::{PublicHeartbeats, PublicView};
pub use read_journal::{JournalLine, JournalView};
pub use resolve::{ResolveRequest, Resolved};
pub use restrict::RestrictedView;
pub use retention::{DecidedView, RetentionDecision};
pub use review_decide::{ReviewRequest, ReviewedView};
pub use review_list::{DueView, ReviewsView};
pub use sealed::{Answer, Sealed};
pub use search::{FacetView, FacetsView, HighlightView, HitView, SearchRequest, SearchView};
pub use split::SplitView;
pub use timeline::{TimelineEvent, TimelineView};
pub use view::{ChartEdge, ChartNode, EntityRef, StatementView};
