//! Erasing fields of entries: their values and salts go, their commitments stay, and the key under which they were readable
//! is destroyed once nothing that is kept needs it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::{Journal, body, entry::Stored, number, pen::Pen, segments::State};
use crate::{error::StoreError, outside::FaultPoint};

/// Fields of an entry that are to be erased.
pub(crate) struct Redaction {
    index: u64,
    fields: Vec<String>,
}

impl Redaction {
    /// Checks that it can be done.
    pub(crate) fn new(connection: &Connection, pen: &Pen, index: u64, fields: &[&str]) -> Result<Self, StoreError> {
        let stored = if i64::try_from(index).is_ok() { Stored::find(connection, pen, index)? } else { None };
        let mut stored = stored.ok_or_else(|| StoreError::Refused(format!("there is no journal entry `{index}` to erase from")))?;
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        body::erase(&mut stored.fields, &fields)?;
        Ok(Self { index, fields })
    }
}

impl Journal {
    /// Erases, inside the caller's transaction. Every segment that is touched is sealed anew as a whole, each under a key
    /// of its own, and retired.
    pub(super) fn redact(
        &mut self,
        connection: &Connection,
        redactions: &[Redaction],
        reach: &impl Fn(FaultPoint) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut wanted: BTreeMap<u64, BTreeSet<&String>> = BTreeMap::new();
        for redaction in redactions {
            wanted.entry(redaction.index).or_default().extend(&redaction.fields);
        }
        let mut touched = BTreeSet::new();
        for index in wanted.keys() {
            let segment: i64 = connection.prepare_cached("SELECT segment FROM journal WHERE seq = ?")?.query_row([number(*index)?], |row| row.get(0))?;
            touched.insert(segment);
        }
        for segment in touched {
            reach(FaultPoint::SegmentRewriting)?;
            self.rewrite(connection, segment, &wanted)?;
            reach(FaultPoint::SegmentRewritten)?;
        }
        Ok(())
    }

    fn rewrite(&mut self, connection: &Connection, segment: i64, wanted: &BTreeMap<u64, BTreeSet<&String>>) -> Result<(), StoreError> {
        let old = u64::try_from(segment).map_err(|_| StoreError::Damaged("a segment of the journal has a negative number".to_owned()))?;
        let fresh = self.pen.fresh()?;
        self.fresh.push(fresh.no());
        self.segments.begin(connection, &fresh, State::Rewritten)?;
        self.segments.retire(connection, old)?;
        let mut list = connection.prepare_cached("SELECT seq FROM journal WHERE segment = ? ORDER BY seq")?;
        let entries = list.query_map([segment], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let mut put = connection.prepare_cached("UPDATE journal SET segment = ?, body = ? WHERE seq = ?")?;
        for seq in entries {
            let index = u64::try_from(seq).map_err(|_| StoreError::Damaged("a journal entry has a negative number".to_owned()))?;
            let mut stored = Stored::find(connection, &self.pen, index)?.ok_or_else(|| StoreError::Damaged(format!("journal entry {index} is missing")))?;
            let text = match wanted.get(&index) {
                None => stored.text,
                Some(names) => {
                    let names: Vec<String> = names.iter().map(|name| (*name).clone()).collect();
                    body::erase(&mut stored.fields, &names)?;
                    body::redacted(&stored.fields)?
                }
            };
            put.execute(params![number(fresh.no())?, self.pen.seal(&fresh, text)?, seq])?;
        }
        self.doomed.push(old);
        Ok(())
    }

    /// Destroys the keys of retired segments, once that they are retired is durable. What cannot be destroyed now is tried again
    /// after the next change and when the home is opened.
    pub(super) fn destroy_doomed(&mut self) -> Result<(), StoreError> {
        let mut outcome = Ok(());
        let pen = &self.pen;
        self.doomed.retain(|no| match pen.keystore.destroy(*no) {
            Ok(()) => false,
            Err(error) => {
                outcome = Err(error);
                true
            }
        });
        outcome
    }
}
