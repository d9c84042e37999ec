//! From the first version of the layout, which kept entries as text, to the second, which seals them by segment.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{
    body, number,
    segments::{LENGTH, Segments, State},
};
use crate::{
    error::StoreError,
    keystore::{Keystore, SegmentKey},
};

/// Seals the entries of version 1, inside the caller's transaction, and drops their table. Says whether there were any.
pub(crate) fn seal_v1(connection: &Connection, keystore: &Keystore) -> Result<bool, StoreError> {
    let origin: Option<String> = connection.query_row("SELECT origin FROM log", [], |row| row.get(0)).optional()?;
    let mut segments = Segments::default();
    let mut key = None;
    {
        let mut old = connection.prepare("SELECT seq, time, leaf, seed, body FROM journal_v1 ORDER BY seq")?;
        let mut rows = old.query([])?;
        let mut put = connection.prepare("INSERT INTO journal VALUES (?, ?, ?, NULL, ?, ?)")?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let key = match key.as_ref().filter(|_| count % LENGTH != 0) {
                Some(key) => key,
                None => {
                    let next = keystore.create_next()?;
                    segments.begin(connection, &next, State::Written)?;
                    key.insert(next)
                }
            };
            count += 1;
            let (seq, time, leaf): (i64, i64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let text = body::from_v1(&row.get::<_, Vec<u8>>(3)?, row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?);
            let mut nonce = [0; SegmentKey::NONCE];
            (keystore.outside().random)(&mut nonce);
            let sealed = key.seal(origin.as_deref().unwrap_or_default(), nonce, text)?;
            put.execute(params![seq, time, leaf, number(key.no())?, sealed])?;
        }
    }
    connection.execute_batch("DROP TABLE journal_v1")?;
    Ok(key.is_some())
}
