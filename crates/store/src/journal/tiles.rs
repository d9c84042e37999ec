//! Tiles and leaves in the database.

use candour_ledger::{
    Edge, FullTile, Hash,
    hash::leaf_hash,
    tile::{self, Tile},
};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{number, width};
use crate::error::StoreError;

/// Stores what an append has filled. Above level 0 the growing tile is stored as well, so that the edge of a large tree
/// is read back from a handful of rows; at level 0 it follows from the leaves.
pub(super) fn store(connection: &Connection, edge: &Edge, full: &[FullTile]) -> Result<(), StoreError> {
    if full.is_empty() {
        return Ok(());
    }
    let mut put = connection.prepare_cached("INSERT OR REPLACE INTO tile VALUES (?, ?, ?)")?;
    for FullTile { tile, nodes } in full {
        put.execute(params![tile.level(), number(tile.n())?, Tile::format(nodes.hashes())])?;
    }
    for (tile, hashes) in edge.partial_tiles().filter(|(tile, _)| tile.level() > 0) {
        put.execute(params![tile.level(), number(tile.n())?, Tile::format(hashes)])?;
    }
    Ok(())
}

/// Hashes of a tile, exactly as wide as asked for.
pub(super) fn hashes(connection: &Connection, tile: Tile) -> Result<Vec<Hash>, StoreError> {
    let mut hashes = if tile.level() == 0 && !tile.is_full() { leaf_hashes(connection, tile)? } else { stored(connection, tile)? };
    if hashes.len() < width(tile) {
        return Err(StoreError::Damaged(format!("`{}` of the journal's tree has only {} hashes", tile.path(), hashes.len())));
    }
    hashes.truncate(width(tile));
    Ok(hashes)
}

fn stored(connection: &Connection, tile: Tile) -> Result<Vec<Hash>, StoreError> {
    let mut query = connection.prepare_cached("SELECT hashes FROM tile WHERE level = ? AND n = ?")?;
    let bytes: Option<Vec<u8>> = query.query_row(params![tile.level(), number(tile.n())?], |row| row.get(0)).optional()?;
    Ok(tile::hashes(&bytes.unwrap_or_default()))
}

fn leaf_hashes(connection: &Connection, tile: Tile) -> Result<Vec<Hash>, StoreError> {
    let mut hashes = Vec::with_capacity(width(tile));
    leaves(connection, tile, |leaf| {
        hashes.push(leaf_hash(leaf));
        Ok(())
    })?;
    Ok(hashes)
}

/// Calls `each` with the leaves below a level 0 tile, in order.
pub(super) fn leaves(connection: &Connection, tile: Tile, mut each: impl FnMut(&[u8]) -> Result<(), StoreError>) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached("SELECT leaf FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?")?;
    let mut rows = query.query(params![number(tile.first())?, tile.width()])?;
    while let Some(row) = rows.next()? {
        each(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
    }
    Ok(())
}
