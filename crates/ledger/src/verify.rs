//! The outsider's check of a published log: nothing of it is taken on trust but the log's key.

mod walk;
mod witnessed;

use std::{collections::BTreeMap, fmt};

use crate::{
    checkpoint::Checkpoint,
    error::LedgerError,
    hash::{Hash, leaf_hash},
    key::VerifierKey,
    note::Note,
    receipt::Receipt,
};

/// Most problems that one report lists; a further one says that there are more.
const MOST_PROBLEMS: usize = 1_000;

/// Where the files of a published log are read: a folder, a web server, a store.
pub trait Source {
    /// The bytes at a path such as `checkpoint` or `tile/0/000`, `None` where there is nothing, or why they cannot be
    /// read.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String>;
}

/// What to check a log against.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// Key of the log.
    pub key: &'r VerifierKey,
    /// Witnesses, each of which must have cosigned the newest cosigned checkpoint, which the log must begin with.
    pub witnesses: &'r [VerifierKey],
    /// An older signed checkpoint, which the log must still begin with.
    pub since: Option<&'r [u8]>,
    /// Receipts, each with a name for the report, such as its file.
    pub receipts: &'r [(&'r str, &'r Receipt)],
}

/// Something that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A path of the log, `since`, or the name of a receipt and its part.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// What witnesses vouch for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Witnessed {
    /// How many entries the tree has that all of them cosigned. Those after it only the log's own key vouches for.
    pub size: u64,
    /// When the first of them cosigned it, in seconds since 1970.
    pub time: u64,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whose log the checkpoint says it is; empty where no checkpoint could be read.
    pub origin: String,
    /// How many entries it says there are.
    pub size: u64,
    /// The root that it gives, as base64; empty where no checkpoint could be read.
    pub root: String,
    /// How many entries were hashed and found to be in the tree's tiles.
    pub checked: u64,
    /// What the witnesses vouch for, where witnesses were asked for and all of them cosigned.
    pub witnessed: Option<Witnessed>,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
}

impl Verified {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Problems so far.
#[derive(Default)]
struct Report {
    problems: Vec<Problem>,
}

impl Report {
    fn add(&mut self, place: impl Into<String>, what: impl fmt::Display) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { place: place.into(), what: what.to_string() });
        } else if self.problems.len() == MOST_PROBLEMS {
            self.problems.push(Problem { place: "report".to_owned(), what: format!("there are more problems; the first {MOST_PROBLEMS} are listed") });
        }
    }

    fn is_full(&self) -> bool {
        self.problems.len() > MOST_PROBLEMS
    }
}

/// What a walk over the tree is to find out beside the root.
#[derive(Default)]
struct Wanted {
    /// Roots of earlier trees, by size.
    roots: BTreeMap<u64, Option<Hash>>,
    /// Leaf hashes, by index.
    leaves: BTreeMap<u64, Option<Hash>>,
}

/// Checks a log: that its key signed the checkpoint, and the witnesses the cosigned one that it begins with; that every entry hashes to its place in the
/// tiles, the tiles to each other and to the signed root; that it begins with an older checkpoint; and that receipts
/// hold and speak of this log. It goes on after a problem, so that the report is whole.
#[must_use]
pub fn verify(source: &dyn Source, request: &Request<'_>) -> Verified {
    let mut report = Report::default();
    let head = head(source, request, &mut report);
    let since = request.since.and_then(|note| Checkpoint::open(note, request.key).map_err(|error| report.add("since", error)).ok());
    let receipts: Vec<_> = request.receipts.iter().map(|(name, receipt)| (*name, *receipt, check_receipt(name, receipt, request.key, &mut report))).collect();
    let Some((note, head)) = head else {
        return Verified { origin: String::new(), size: 0, root: String::new(), checked: 0, witnessed: None, problems: report.problems };
    };
    let cosigned = if request.witnesses.is_empty() { None } else { witnessed::cosigned(source, &note, request, &mut report) };

    let mut wanted = Wanted::default();
    let cosigned_tree = cosigned.as_ref().map(|cosigned| &cosigned.checkpoint);
    for checkpoint in since.iter().chain(cosigned_tree).chain(receipts.iter().filter_map(|(_, _, checkpoint)| checkpoint.as_ref())) {
        wanted.roots.insert(checkpoint.size, None);
    }
    for (_, receipt, _) in &receipts {
        wanted.leaves.insert(receipt.index, None);
    }
    let checked = walk::walk(source, &head, &mut wanted, &mut report);

    if let Some(cosigned) = &cosigned {
        compare(cosigned.place, &cosigned.checkpoint, &head, &wanted, &mut report);
    }
    if let Some(since) = &since {
        compare("since", since, &head, &wanted, &mut report);
    }
    for (name, receipt, checkpoint) in &receipts {
        if let Some(checkpoint) = checkpoint {
            compare(name, checkpoint, &head, &wanted, &mut report);
        }
        let leaf = receipt.leaf().ok().map(|leaf| leaf_hash(&leaf));
        if let (Some(Some(published)), Some(leaf)) = (wanted.leaves.get(&receipt.index), leaf)
            && *published != leaf
        {
            report.add(format!("{name}: leaf"), format_args!("entry {} of the published log is another", receipt.index));
        }
    }
    let witnessed = cosigned.and_then(|cosigned| Some(Witnessed { size: cosigned.checkpoint.size, time: cosigned.by_all_since? }));
    Verified { origin: head.origin, size: head.size, root: head.root.to_string(), checked, witnessed, problems: report.problems }
}

/// The published checkpoint, the log's signature checked. One that is not signed is still given, so that the rest can be
/// looked at.
fn head(source: &dyn Source, request: &Request<'_>, report: &mut Report) -> Option<(Note, Checkpoint)> {
    const PLACE: &str = "checkpoint";
    let bytes = match source.read(PLACE) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            report.add(PLACE, "there is none; is this the folder or address of a published log?");
            return None;
        }
        Err(error) => {
            report.add(PLACE, error);
            return None;
        }
    };
    let mut fail = |error: LedgerError| report.add(PLACE, error);
    let note = Note::parse(&bytes).map_err(&mut fail).ok()?;
    let _ = note.verify(request.key).map_err(&mut fail);
    let checkpoint = Checkpoint::parse(note.text()).map_err(fail).ok()?;
    Some((note, checkpoint))
}

fn check_receipt(name: &str, receipt: &Receipt, key: &VerifierKey, report: &mut Report) -> Option<Checkpoint> {
    let (checkpoint, problems) = receipt.check(key);
    for problem in problems {
        report.add(format!("{name}: {}", problem.place), problem.what);
    }
    checkpoint
}

/// Reports where another signed tree is not what the published one began as.
fn compare(place: &str, other: &Checkpoint, head: &Checkpoint, wanted: &Wanted, report: &mut Report) {
    if other.origin != head.origin {
        report.add(place, format_args!("it is of the log `{}`, the published one is `{}`", other.origin, head.origin));
    }
    if other.size > head.size {
        report.add(place, format_args!("its tree has {} entries, the published one {}; publish the log again or fetch a newer copy", other.size, head.size));
        return;
    }
    match wanted.roots.get(&other.size) {
        Some(Some(root)) if *root == other.root => {}
        Some(Some(_)) => report.add(place, format_args!("the published log does not begin with its tree of {} entries: history was rewritten", other.size)),
        _ => report.add(place, format_args!("the published tiles do not allow the tree of {} entries to be computed", other.size)),
    }
}
