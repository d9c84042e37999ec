//! A background for small tables. How much an agreement tells follows from how common what is shared is, and a handful of
//! records tells nothing of that: of two records with one name, everybody bears it. So a small table is filled up with
//! invented records that are like nothing, and agreement among the true ones is as rare as it would be in a small town.

use candour_resolve::Kind;

/// Records up to which a table is filled up.
pub(super) const FULL: usize = 256;

/// Begins the id of every invented record; no public id has control characters.
pub(super) const MARK: &str = "\u{1}background ";

/// A row of numbers that is the same every time.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new() -> Self {
        Self(0x5eed)
    }

    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(end.max(1))).unwrap_or(0)
    }

    fn letter(&mut self, of: &str) -> char {
        let at = self.below(u32::try_from(of.len()).unwrap_or(1));
        of.chars().nth(usize::try_from(at).unwrap_or(0)).unwrap_or('x')
    }

    fn word(&mut self, syllables: u32) -> String {
        (0..syllables).flat_map(|_| [self.letter("bdfgjklmnprstvwz"), self.letter("aeiou"), self.letter("lmnrst")]).collect()
    }

    fn digits(&mut self, count: u32) -> String {
        (0..count).map(|_| self.letter("0123456789")).collect()
    }

    fn capitals(&mut self, count: u32) -> String {
        (0..count).map(|_| self.letter("ABDEFGHJLNPQRSTUWXYZ")).collect()
    }

    /// A value of a kind; empty for kinds that no property fills.
    pub(super) fn value(&mut self, kind: Kind) -> String {
        match kind {
            Kind::Forename | Kind::Surname => self.word(2),
            Kind::FullName => format!("{} {}", self.word(2), self.word(2)),
            Kind::Organisation => format!("{} {} Ltd", self.word(3), self.word(2)),
            Kind::Date => format!("{}-{:02}-{:02}", 1930 + self.below(80), 1 + self.below(12), 1 + self.below(28)),
            Kind::Postcode => format!("{}{} {}{}", self.capitals(2), self.digits(1), self.digits(1), self.capitals(2)),
            Kind::Address => format!("{} {} Street", 1 + self.below(200), self.word(3)),
            Kind::Phone => format!("+44{}", self.digits(10)),
            Kind::Email => format!("{}@{}.example", self.word(3), self.word(2)),
            Kind::Identifier => self.digits(9),
            Kind::VehicleMark => format!("{}{} {}", self.capitals(2), self.digits(2), self.capitals(3)),
            // Every second record is of the country that records are mostly of.
            Kind::Country => {
                ["gb", "gb", "gb", "gb", "fr", "de", "pl", "ie"].get(usize::try_from(self.below(8)).unwrap_or(0)).copied().unwrap_or("gb").to_owned()
            }
            _ => String::new(),
        }
    }
}
