//! Tiles of the tree and the paths at which a log is served (C2SP tlog-tiles).

use crate::{encoding, error::LedgerError, hash::Hash};

/// Levels of the tree between the hashes of a tile and its root.
pub const HEIGHT: u8 = 8;
/// Hashes in a full tile.
pub const WIDTH: usize = FULL as usize;
const FULL: u16 = 1 << HEIGHT;
/// Levels of tiles that a tree of up to 2^64 - 1 leaves can have.
pub(crate) const LEVELS: u8 = 8;

/// Where a tile stands and how wide it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    level: u8,
    n: u64,
    width: u16,
}

/// A resource of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resource {
    /// The newest signed checkpoint.
    Checkpoint,
    /// Hashes.
    Tile(Tile),
    /// The entries whose hashes are in the level 0 tile of the same number and width.
    Entries(Tile),
}

/// How many complete nodes a tree of `size` leaves has at the bottom of a level of tiles; `None` above the last level.
pub(crate) fn nodes_at(level: u8, size: u64) -> Option<u64> {
    (level < LEVELS).then(|| size >> (u32::from(level) * u32::from(HEIGHT)))
}

impl Tile {
    /// A full tile.
    #[must_use]
    pub fn full(level: u8, n: u64) -> Self {
        Self { level, n, width: FULL }
    }

    /// Tile `n` of a level as wide as it is in a tree of `size` leaves; `None` where it has no hash.
    #[must_use]
    pub fn of(level: u8, n: u64, size: u64) -> Option<Self> {
        let after = nodes_at(level, size)?.checked_sub(n.checked_mul(WIDTH as u64)?)?;
        let width = u16::try_from(after.min(u64::from(FULL))).ok().filter(|width| *width > 0)?;
        Some(Self { level, n, width })
    }

    /// The partial tile at the right end of a level, where there is one.
    #[must_use]
    pub fn partial(level: u8, size: u64) -> Option<Self> {
        let n = nodes_at(level, size)? / WIDTH as u64;
        Self::of(level, n, size)
    }

    /// All tiles of a tree, lower levels first and from left to right.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        (0..LEVELS).flat_map(move |level| {
            let count = nodes_at(level, size).unwrap_or_default().div_ceil(WIDTH as u64);
            (0..count).filter_map(move |n| Self::of(level, n, size))
        })
    }

    /// Level: 0 holds leaf hashes, each level above holds roots of full tiles below.
    #[must_use]
    pub fn level(self) -> u8 {
        self.level
    }

    /// Number within the level, from 0.
    #[must_use]
    pub fn n(self) -> u64 {
        self.n
    }

    /// How many hashes, 1 to 256.
    #[must_use]
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether it is full.
    #[must_use]
    pub fn is_full(self) -> bool {
        usize::from(self.width) == WIDTH
    }

    /// Index of the first leaf below it, for level 0 tiles and their entries.
    #[must_use]
    pub fn first(self) -> u64 {
        self.n.saturating_mul(WIDTH as u64)
    }

    /// Its path, such as `tile/0/x001/x234/067.p/8`.
    #[must_use]
    pub fn path(self) -> String {
        format!("tile/{}/{}{}", self.level, number(self.n), self.suffix())
    }

    /// The path of the entries below a level 0 tile, such as `tile/entries/000.p/8`.
    #[must_use]
    pub fn entries_path(self) -> String {
        format!("tile/entries/{}{}", number(self.n), self.suffix())
    }

    fn suffix(self) -> String {
        if self.is_full() { String::new() } else { format!(".p/{}", self.width) }
    }

    /// The bytes of the tile.
    #[must_use]
    pub fn format(hashes: &[Hash]) -> Vec<u8> {
        hashes.iter().flat_map(|hash| hash.0).collect()
    }

    /// Reads the bytes of this tile; they must be exactly as wide.
    pub fn parse(self, bytes: &[u8]) -> Result<Vec<Hash>, LedgerError> {
        let expected = usize::from(self.width) * Hash::LENGTH;
        if bytes.len() != expected {
            return Err(LedgerError::Tile { path: self.path(), why: format!("it has {} bytes, not {expected}", bytes.len()) });
        }
        Ok(hashes(bytes))
    }
}

/// Reads hashes that stand one after the other; bytes after the last whole hash are dropped.
#[must_use]
pub fn hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks().0.iter().map(|chunk| Hash(*chunk)).collect()
}

/// Three digits a folder, all but the last after an `x`.
fn number(n: u64) -> String {
    let mut text = format!("{:03}", n % 1_000);
    let mut rest = n / 1_000;
    while rest > 0 {
        text = format!("x{:03}/{text}", rest % 1_000);
        rest /= 1_000;
    }
    text
}

impl Resource {
    /// Reads a path as the specification writes it; any other spelling of it is refused.
    pub fn parse(path: &str) -> Result<Self, LedgerError> {
        if path == "checkpoint" {
            return Ok(Self::Checkpoint);
        }
        parse_tile(path).filter(|resource| resource.path() == path).ok_or_else(|| LedgerError::Path(path.to_owned()))
    }

    /// The path.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Checkpoint => "checkpoint".to_owned(),
            Self::Tile(tile) => tile.path(),
            Self::Entries(tile) => tile.entries_path(),
        }
    }
}

fn parse_tile(path: &str) -> Option<Resource> {
    let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
    let (number, width) = match rest.split_once(".p/") {
        None => (rest, WIDTH as u64),
        Some((number, width)) => (number, encoding::from_decimal(width).filter(|width| (1..WIDTH as u64).contains(width))?),
    };
    let mut n = 0_u64;
    for group in number.split('/') {
        let digits = group.strip_prefix('x').unwrap_or(group);
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        n = n.checked_mul(1_000)?.checked_add(digits.parse().ok()?)?;
    }
    let width = u16::try_from(width).ok()?;
    if level == "entries" {
        return Some(Resource::Entries(Tile { level: 0, n, width }));
    }
    let level = u8::try_from(encoding::from_decimal(level)?).ok().filter(|level| *level < 64)?;
    Some(Resource::Tile(Tile { level, n, width }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;
    use proptest::prelude::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        let cases = [
            (Resource::Tile(Tile::full(0, 0)), "tile/0/000"),
            (Resource::Tile(Tile::full(2, 1_234_067)), "tile/2/x001/x234/067"),
            (Resource::Entries(Tile::of(0, 0, 8).unwrap()), "tile/entries/000.p/8"),
            (Resource::Tile(Tile::of(1, 1, 70_000).unwrap()), "tile/1/001.p/17"),
            (Resource::Entries(Tile::full(0, 1_000)), "tile/entries/x001/000"),
            (Resource::Checkpoint, "checkpoint"),
        ];
        for (resource, path) in cases {
            assert_eq!(resource.path(), path);
            assert_eq!(Resource::parse(path), Ok(resource));
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        for path in [
            "",
            "/checkpoint",
            "checkpoint/",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/00",
            "tile/0/0000",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/0/x000/000",
            "tile/0/001/000",
            "tile/0/x001",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/000.p",
            "tile/0/000.p/1/",
            "tile/data/000",
            "tile/entries/000/..",
            "tile/0/x999/x999/x999/x999/x999/x999/999",
            "tile/0/٠٠٠",
            "tile/0/../../etc/passwd",
        ] {
            assert_eq!(Resource::parse(path), Err(LedgerError::Path(path.to_owned())), "{path}");
        }
    }

    #[test]
    fn a_tree_has_the_tiles_of_the_specifications_examples() {
        let partial = |size| Tile::all(size).filter(|tile| !tile.is_full()).map(Tile::path).collect::<Vec<_>>();
        assert_eq!(Tile::all(0).count(), 0);
        assert_eq!(Tile::all(256).map(Tile::path).collect::<Vec<_>>(), ["tile/0/000", "tile/1/000.p/1"]);
        assert_eq!(partial(70_000), ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
        assert_eq!(Tile::all(70_000).count(), 274 + 2 + 1);
    }

    proptest! {
        #[test]
        fn every_path_is_read_back(level in 0_u8..64, n: u64, width in 1_u16..=256, entries: bool) {
            let resource = if entries { Resource::Entries(Tile { level: 0, n, width }) } else { Resource::Tile(Tile { level, n, width }) };
            prop_assert_eq!(Resource::parse(&resource.path()), Ok(resource));
        }

        #[test]
        fn no_text_upsets_the_parser(path in "(tile/)?[0-9a-z./x]{0,40}|\\PC*") {
            if let Ok(resource) = Resource::parse(&path) {
                prop_assert_eq!(resource.path(), path);
            }
        }

        #[test]
        fn tiles_are_read_back_and_only_whole(count in 1_u16..=256, cut in 1_usize..40) {
            let hashes: Vec<Hash> = (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect();
            let tile = Tile { level: 0, n: 0, width: count };
            let bytes = Tile::format(&hashes);
            prop_assert_eq!(tile.parse(&bytes), Ok(hashes));
            prop_assert!(tile.parse(&bytes[..bytes.len() - cut.min(bytes.len())]).is_err());
        }
    }
}
