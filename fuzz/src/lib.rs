//! What the fuzz targets share: the laws of intake, which are those of its own tests.

#[path = "../../crates/intake/tests/whole/law.rs"]
mod law;
#[expect(dead_code, reason = "the tests need more of it")]
#[path = "../../crates/intake/tests/whole/reading.rs"]
mod reading;

/// The mapping that tables are read by.
pub const MAPPING: &str = law::MAPPING;

/// Reads one file of this name and content, with a mapping or without, and holds what comes of it against the laws.
pub fn check(name: &str, bytes: &[u8], mapping: Option<&str>) {
    law::check_laws(&reading::Folder::new(&[(name, bytes)]), mapping);
}
