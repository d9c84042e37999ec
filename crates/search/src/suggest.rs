//! Suggestions while somebody types.

use candour_model::id::EntityNo;

use crate::{error::SearchError, facets, identity::Identity, matches, plan::Plan, rank, view::View};

/// The best matches in names and identifiers for what has been typed so far. Nothing typed, nothing suggested.
pub(crate) fn suggest(view: &View<'_>, typed: &str, limit: usize, identity: &dyn Identity) -> Result<Vec<EntityNo>, SearchError> {
    let plan = Plan::of_beginning(typed);
    if plan.wanted.is_empty() {
        return Ok(Vec::new());
    }
    let matches = matches::find(view, &plan, identity)?;
    let ranked = facets::ordered(view, identity, &matches);
    Ok(rank::page(ranked, identity, 0, limit).into_iter().map(|ranked| EntityNo(ranked.entity)).collect())
}
