//! The tables and how one version becomes the next. Documented byte by byte in `docs/formats/store.md`.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::{error::StoreError, keystore::Keystore};

/// File name of the database inside a home.
pub(crate) const FILE: &str = "candour.db";

/// One migration per version: entry `n` turns version `n` into `n + 1`.
const MIGRATIONS: &[&str] = &[include_str!("layout/v1.sql"), include_str!("layout/v2.sql"), include_str!("layout/v3.sql")];

/// The version since which the journal's content is sealed.
const SEALED: i64 = 2;

/// Opens the one connection that writes, and brings the layout up to date.
pub(crate) fn open_writer(path: &Path, keystore: &Keystore) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.set_prepared_statement_cache_capacity(64);
    // FULL makes every commit durable before it is acknowledged; a law, not a tuning knob.
    connection.execute_batch(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
         PRAGMA wal_autocheckpoint = 8000; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF;
         PRAGMA busy_timeout = 600000;",
    )?;
    if migrate(&connection, path, keystore)? {
        // The text of the entries must not stay behind in pages that are free now, nor in the write-ahead log.
        connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?;
    }
    Ok(connection)
}

/// Opens a connection that can only read.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA mmap_size = 134217728; PRAGMA busy_timeout = 5000;")?;
    Ok(connection)
}

/// Whether rows were sealed that stood in the file as text before.
fn migrate(connection: &Connection, path: &Path, keystore: &Keystore) -> Result<bool, StoreError> {
    let known = i64::try_from(MIGRATIONS.len()).map_err(|_| StoreError::Limit("layout versions"))?;
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::TooNew { path: path.to_owned(), found, known });
    }
    let mut sealed = false;
    for (version, migration) in (1_i64..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        if version == SEALED && found > 0 {
            // The text's pages are overwritten in the transaction that frees them, even if the process ends right after it.
            connection.execute_batch("PRAGMA secure_delete = ON")?;
        }
        // An error drops the transaction with the connection.
        connection.execute_batch(&format!("BEGIN IMMEDIATE; {migration}; PRAGMA user_version = {version};"))?;
        if version == SEALED {
            sealed = crate::journal::seal_v1(connection, keystore)?;
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok(sealed)
}
