//! The journal of a home read from its files alone: without the lock, beside a process that may be writing. Whoever holds a
//! home's files and its keystore can do the same; nothing of the program does, for such a look leaves no entry. Tests do.

use std::path::Path;

use super::{entry::entries, pen::Pen};
use crate::{error::StoreError, journal::JournalEntry, keystore::Keystore, layout, outside::Outside};

/// All entries from number `first` on.
pub fn journal_at_rest(home: &Path, first: u64) -> Result<Vec<JournalEntry>, StoreError> {
    let connection = layout::open_reader(&home.join(layout::FILE))?;
    let origin: String = connection.query_row("SELECT origin FROM log", [], |row| row.get(0))?;
    let keystore = Keystore::beside(home, Outside::new(|| 0, |_| ()));
    let last = keystore.numbers()?.last().copied().ok_or_else(|| StoreError::Damaged("the keystore holds no key".to_owned()))?;
    let key = keystore.key(last)?;
    let pen = Pen::new(origin, Outside::new(|| 0, |_| ()), keystore, key);
    entries(&connection, &pen, first, u32::MAX)
}
