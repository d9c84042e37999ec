//! Since when what is held has been held, for reviews.

use candour_model::{
    id::{EntityNo, MarkingNo},
    visible::Visible,
};

use crate::{error::StoreError, names::ProvenanceNo, reader::Reader};

impl Reader<'_> {
    /// Calls `each` with every entity, each marking under which something visible of it is held, and when the newest of
    /// that was recorded, in milliseconds since 1970; in order of entity, a marking perhaps several times.
    pub fn newest(&self, visible: &Visible, mut each: impl FnMut(EntityNo, MarkingNo, i64)) -> Result<(), StoreError> {
        let mut query = self.connection.prepare("SELECT entity, provenance, max(recorded_at) FROM statement GROUP BY entity, provenance ORDER BY entity")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let provenance = self.names().provenance(ProvenanceNo(row.get(1)?));
            if let Some(marking) = provenance.map(|provenance| provenance.marking).filter(|marking| visible.sees(*marking)) {
                each(EntityNo(row.get(0)?), marking, row.get(2)?);
            }
        }
        Ok(())
    }
}
