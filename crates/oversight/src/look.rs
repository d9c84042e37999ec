//! One access as the journal tells of it, and what is known of it besides.

/// One line of the journal that tells of a look at the evidence.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Number of the entry.
    pub index: u64,
    /// When, in milliseconds since 1970-01-01T00:00Z. Looks come in order of their entries, so time does not go back.
    pub time: i64,
    /// The person who looked.
    pub actor: &'a str,
    /// Roles of that person.
    pub roles: &'a [String],
    /// Unit of that person, where the home knows of units.
    pub unit: Option<&'a str>,
    /// What was done, such as `search`.
    pub action: &'a str,
    /// Stated purpose; empty where none was.
    pub purpose: &'a str,
    /// Stated case; empty where none was.
    pub case: &'a str,
    /// Stated reason; empty where none was.
    pub reason: &'a str,
    /// Stated mandate; empty where none was.
    pub mandate: &'a str,
    /// What was asked; empty where it was erased.
    pub query: &'a str,
    /// What came of it.
    pub outcome: Outcome,
    /// How many ids came out.
    pub results: u64,
    /// Records that were looked at, as numbers; the same record always has the same number.
    pub records: &'a [u32],
}

/// What came of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Something came out.
    Answered,
    /// Nothing was found.
    Empty,
    /// The charter refused.
    Refused,
    /// It went wrong or was not understood.
    Failed,
}

/// What links the person with the records looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Explained {
    /// A mandate in force was stated.
    Mandate,
    /// An emergency access that a second person granted; it has a review of its own.
    Emergency,
    /// The records stand in a queue that the person works through.
    Tasking,
    /// The stated case is a record, and a few links lead from it to the records looked at.
    Case,
    /// A few links lead from what the person worked on before, under the same case and explained by it.
    Thread,
    /// The person brought the records in, in a small file and not long ago.
    Import,
}

impl Explained {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Mandate => "a mandate in force was stated",
            Self::Emergency => "an emergency access that a second person granted; it is reviewed by itself",
            Self::Tasking => "the records wait in a queue for somebody to judge them",
            Self::Case => "the stated case is on record, and linked with what was looked at",
            Self::Thread => "linked with what the person looked at before under the same case",
            Self::Import => "the person brought the record in shortly before",
        }
    }
}

/// How a record looked at stands to the person who looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// It bears the person's own name.
    Own,
    /// It bears the name of somebody else who uses the system.
    Colleague,
    /// It shares an address or a telephone number with a record that bears the person's name.
    SameAddress,
    /// A family link joins it with a record that bears the person's name.
    Family,
    /// A link that speaks of a former partner joins it with a record that bears the person's name.
    FormerPartner,
}

/// All relations of one look, each with whether it rests on a name that many records bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Relations(u16);

impl Relations {
    /// None.
    pub const NONE: Self = Self(0);

    /// Adds a relation. `is_common`: many records bear the name on which it rests, so that it may well be somebody else's.
    /// A relation that rests on a rare name as well counts as that.
    pub fn add(&mut self, relation: Relation, is_common: bool) {
        let bit = 1 << relation as u16;
        if !is_common {
            self.0 = (self.0 | bit) & !(bit << 8);
        } else if self.0 & bit == 0 {
            self.0 |= bit | bit << 8;
        }
    }

    /// Whether it is among them.
    #[must_use]
    pub fn has(self, relation: Relation) -> bool {
        self.0 & (1 << relation as u16) != 0
    }

    /// Whether it rests on a common name only.
    #[must_use]
    pub fn is_common(self, relation: Relation) -> bool {
        self.0 & (1 << (relation as u16 + 8)) != 0
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for relation in [Relation::Own, Relation::Colleague, Relation::SameAddress, Relation::Family, Relation::FormerPartner] {
            if other.has(relation) {
                self.add(relation, other.is_common(relation));
            }
        }
        self
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What is known of a look from outside the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// What explains it, where anything does.
    pub explained: Option<Explained>,
    /// How the records stand to the person.
    pub relations: Relations,
}
