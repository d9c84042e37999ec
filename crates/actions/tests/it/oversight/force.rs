//! A small force: a home with people of its own and a clock that is set by hand.

use std::{fmt::Write as _, fs, path::PathBuf};

use candour_actions::{Desk, NewHome, OverseePart, OverseeRequest, OverseeSpan, Purpose, RankedView, RankingView, Who};
use candour_testkit::FakeClock;
use tempfile::TempDir;

use crate::home::{folder, import_of};

/// One hour in milliseconds.
pub(super) const HOUR: i64 = 3_600_000;

pub(super) struct Force {
    pub(super) desk: Desk,
    pub(super) clock: FakeClock,
    pub(super) folder: TempDir,
}

impl Force {
    /// A force with these people, id and name; each is an analyst. The example people are there too.
    pub(super) fn new(people: &[(&str, &str)]) -> Self {
        let folder = folder();
        let clock = FakeClock::default();
        let path = folder.path().join("home");
        let new = NewHome { organisation: "Harrow Mere City".to_owned(), example: true, made_by: "a test".to_owned() };
        drop(Desk::init(&path, &new, clock.outside(1)).unwrap());
        let mut file = fs::read_to_string(path.join("people.toml")).unwrap();
        for (id, name) in people {
            write!(file, "\n[[person]]\nid = \"{id}\"\nname = \"{name}\"\nroles = [\"analyst\"]\nclearance = \"official-sensitive\"\n").unwrap();
        }
        fs::write(path.join("people.toml"), file).unwrap();
        let desk = Desk::open(&path, clock.outside(2)).unwrap();
        Self { desk, clock, folder }
    }

    pub(super) fn who(&self, person: &str, purpose: &str, case: &str) -> Who {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let purpose = Purpose { case: given(case), reason: Some("a line of enquiry".to_owned()), ..Purpose::plain(purpose) };
        Who { actor: self.desk.person(person).unwrap().actor(), purpose: Some(purpose) }
    }

    /// Somebody who states a case.
    pub(super) fn on_case(&self, person: &str, case: &str) -> Who {
        self.who(person, "crime-investigation", case)
    }

    /// Somebody who states none.
    pub(super) fn on_no_case(&self, person: &str) -> Who {
        self.who(person, "intelligence-development", "")
    }

    pub(super) fn overseer(&self) -> Who {
        self.who("overseer", "oversight", "")
    }

    /// Takes records in, in a file large enough that nobody knows each of them.
    pub(super) fn import(&self, lines: &str) {
        let padding = format!(r#"{{"id":"padding","schema":"Note","properties":{{"description":["{}"]}}}}"#, "nothing to see ".repeat(1500));
        self.import_as("analyst", "records.ijson", &format!("{lines}\n{padding}\n"));
    }

    pub(super) fn import_as(&self, person: &str, file: &str, lines: &str) {
        let path: PathBuf = self.folder.path().join(file);
        fs::write(&path, lines).unwrap();
        self.desk.import(&self.who(person, "record-keeping", ""), &import_of(&path, "official"), &mut |_| ()).unwrap();
    }

    /// Opens a record; the number of the entry.
    pub(super) fn open(&self, who: &Who, id: &str) -> u64 {
        self.desk.open_entity(who, id, None).unwrap().receipt.index
    }

    /// The whole ranking, up to a thousand.
    pub(super) fn ranking(&self) -> RankingView {
        let request = OverseeRequest { part: OverseePart::Unexplained { limit: 1000, offset: 0 }, span: OverseeSpan::default() };
        self.desk.oversee(&self.overseer(), &request).unwrap().value.unexplained.unwrap()
    }

    /// One access of the ranking.
    pub(super) fn ranked(&self, entry: u64) -> Option<RankedView> {
        self.ranking().accesses.into_iter().find(|access| access.entry == entry)
    }

    /// Names of the reasons of one access.
    pub(super) fn reasons(&self, entry: u64) -> Vec<String> {
        self.ranked(entry).map(|access| access.reasons.into_iter().map(|reason| reason.name).collect()).unwrap_or_default()
    }
}
