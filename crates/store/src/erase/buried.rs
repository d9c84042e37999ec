//! What was erased does not come back unnoticed: records and values that speak of it are not taken in again by those for
//! whom it existed. For everybody else it never did, and what they bring in is theirs.

use std::borrow::Cow;

use candour_model::{entity::Draft, id::PropNo, ontology::Ontology, types::TypeKind, visible::Visible};
use rusqlite::{Connection, OptionalExtension as _};
use rustc_hash::FxHashSet;
use sha2::{Digest as _, Sha256};

use crate::{error::StoreError, pairs, reader::Reader};

/// A record, or one of its values, that is not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withheld {
    /// Place of the draft in its list.
    pub draft: usize,
    /// Place of the claim in the draft; none where the whole draft is withheld.
    pub claim: Option<usize>,
}

impl Reader<'_> {
    /// What of these drafts speaks of something erased that existed for somebody who sees `visible`.
    pub fn withheld(&self, visible: &Visible, drafts: &[Draft]) -> Result<Vec<Withheld>, StoreError> {
        Ok(Buried::load(self.connection, Some(visible))?.map_or_else(Vec::new, |buried| buried.withheld(drafts)))
    }

    /// Whether something with this entity's id was erased before, as far as `visible` goes: it has come back.
    pub fn has_returned(&self, visible: &Visible) -> Result<impl Fn(&str) -> bool + use<>, StoreError> {
        let buried = Buried::load(self.connection, Some(visible))?;
        Ok(move |id: &str| buried.as_ref().is_some_and(|buried| buried.holds(id)))
    }
}

/// The drafts that are taken in, and how many records and values are not. `visible` is what whoever brings them in
/// sees; `None` is everything.
pub(crate) fn without_buried<'d>(connection: &Connection, visible: Option<&Visible>, drafts: &'d [Draft]) -> Result<(Cow<'d, [Draft]>, u64), StoreError> {
    let withheld = Buried::load(connection, visible)?.map_or_else(Vec::new, |buried| buried.withheld(drafts));
    if withheld.is_empty() {
        return Ok((Cow::Borrowed(drafts), 0));
    }
    let mut kept = drafts.to_vec();
    // From the end, so that places stay right.
    for Withheld { draft, claim } in withheld.iter().rev() {
        match (claim, kept.get_mut(*draft)) {
            (Some(claim), Some(draft)) if *claim < draft.claims.len() => drop(draft.claims.remove(*claim)),
            (None, Some(_)) => drop(kept.remove(*draft)),
            _ => {}
        }
    }
    Ok((Cow::Owned(kept), u64::try_from(withheld.len()).unwrap_or(u64::MAX)))
}

/// Erased ids, as far as whoever brings records in could have seen what bore them.
struct Buried {
    salt: Vec<u8>,
    digests: FxHashSet<Vec<u8>>,
}

impl Buried {
    /// `None` where there is nothing to watch for. `visible` is what whoever brings records in sees; `None` is everything.
    fn load(connection: &Connection, visible: Option<&Visible>) -> Result<Option<Self>, StoreError> {
        let Some(salt) = connection.prepare_cached("SELECT salt FROM salt")?.query_row([], |row| row.get(0)).optional()? else { return Ok(None) };
        let mut query = connection.prepare_cached("SELECT digest, needs FROM tombstone")?;
        let mut rows = query.query([])?;
        let mut digests = FxHashSet::default();
        while let Some(row) = rows.next()? {
            let needs: String = row.get(1)?;
            let is_seen = |visible: &Visible| pairs::markings(&needs).is_ok_and(|markings| markings.iter().any(|marking| visible.sees(*marking)));
            if visible.is_none_or(is_seen) {
                digests.insert(row.get(0)?);
            }
        }
        Ok(Some(Self { salt, digests }))
    }

    /// Records and values that speak of something erased, in order of place.
    fn withheld(&self, drafts: &[Draft]) -> Vec<Withheld> {
        let mut withheld = Vec::new();
        for (place, draft) in drafts.iter().enumerate() {
            let edge = Ontology::builtin().by_no(draft.schema).and_then(|schema| schema.edge.as_ref());
            let claims: Vec<usize> =
                draft.claims.iter().enumerate().filter(|(_, claim)| self.is_of(claim.prop, &claim.value)).map(|(claim, _)| claim).collect();
            let is_end =
                |claim: &usize| draft.claims.get(*claim).is_some_and(|claim| edge.is_some_and(|edge| edge.source == claim.prop || edge.target == claim.prop));
            if self.holds(&draft.id) || claims.iter().any(is_end) {
                withheld.push(Withheld { draft: place, claim: None });
            } else {
                withheld.extend(claims.into_iter().map(|claim| Withheld { draft: place, claim: Some(claim) }));
            }
        }
        withheld
    }

    fn is_of(&self, prop: PropNo, value: &str) -> bool {
        Ontology::builtin().prop(prop).is_some_and(|prop| prop.kind == TypeKind::Entity) && self.holds(value)
    }

    /// Whether something of this id was erased.
    fn holds(&self, id: &str) -> bool {
        self.digests.contains(&digest(&self.salt, id))
    }
}

pub(super) fn digest(salt: &[u8], id: &str) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(id).finalize().to_vec()
}
