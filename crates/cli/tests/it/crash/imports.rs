//! An import that is killed and run again ends in the same store as one that was never disturbed.

use std::{
    collections::BTreeSet,
    io::Read as _,
    process::Stdio,
    sync::mpsc::{RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    chance::{Chance, rounds},
    home::{Home, field},
    material::{IMPORT, PARTS, write_material},
};

/// What a home holds, however it came in.
#[derive(Debug, PartialEq, Eq)]
struct Holdings {
    /// Ids of statements.
    statements: Vec<String>,
    /// All entities as text.
    entities: String,
    /// What the index and the graph make of them.
    found: Value,
    near: [Value; 2],
    /// One thing with all its values and their sources.
    opened: Value,
    /// Places that were rejected.
    rejects: BTreeSet<String>,
}

impl Holdings {
    fn of(home: &Home) -> Self {
        let export = |format: &str| {
            home.answer("supervisor", &["export", "--format", format, "--to", "the test", "--out", format]);
            std::fs::read_to_string(home.folder().join(format)).unwrap()
        };
        let statements = export("statements");
        let mut statements: Vec<String> = statements.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().to_owned()).collect();
        statements.sort();
        let near = home.answer("analyst", &["neighbours", "p-7", "--depth", "2"]);
        Self {
            statements,
            entities: export("ftm"),
            found: home.answer("analyst", &["search", "*", "--limit", "1"])["facets"].clone(),
            near: [near["nodes"].clone(), near["edges"].clone()],
            opened: home.answer("analyst", &["entity", "p-7"])["properties"].clone(),
            rejects: rejects(home),
        }
    }
}

/// File and line of every reject of every import. One that was written and not yet counted as done is written again.
fn rejects(home: &Home) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for file in std::fs::read_dir(home.folder().join("home/rejects")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        places.extend(text.lines().skip(1).map(|line| line.split(',').take(3).collect::<Vec<_>>().join(",")));
    }
    places
}

/// Starts the import and kills it at the moment given, unless it ends before. Tells whether it was killed.
fn kill_after(home: &Home, moment: Duration) -> bool {
    let mut child = home.command("analyst").args(IMPORT).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let (tell, hear) = channel();
    std::thread::spawn(move || {
        let _ = stdout.read_to_end(&mut Vec::new());
        let _ = tell.send(());
    });
    let is_running = hear.recv_timeout(moment) == Err(RecvTimeoutError::Timeout);
    child.kill().unwrap();
    let status = child.wait().unwrap();
    is_running && status.code().is_none()
}

/// Statements that the journal says were added, batch by batch.
fn journalled(home: &Home) -> u64 {
    let entries = home.journal();
    let outcomes = entries.iter().filter(|entry| field(entry, "action") == "import").map(|entry| field(entry, "outcome"));
    outcomes.filter_map(|outcome| outcome.split_once(" statements new")?.0.parse::<u64>().ok()).sum()
}

#[test]
fn a_killed_import_goes_on_where_it_stopped() {
    let undisturbed = Home::make();
    write_material(&undisturbed);
    let started = Instant::now();
    let whole = undisturbed.answer("analyst", &IMPORT);
    let duration = started.elapsed();
    // Until all was durable; the rest is indexing.
    let storing = Duration::from_secs_f64(whole["seconds"].as_f64().unwrap());
    let expected = Holdings::of(&undisturbed);
    let added = whole["statements"].as_u64().unwrap();
    // The export closes each entity with a statement of its own.
    assert_eq!(u64::try_from(expected.statements.len()).unwrap(), added + whole["entities"].as_u64().unwrap());
    assert_eq!((expected.rejects.len(), journalled(&undisturbed)), (PARTS, added));

    let mut chance = Chance::new();
    let (mut kills, mut partial, mut round) = (0_u64, 0_u64, 0_u64);
    // Some end before their moment comes.
    while kills < rounds() {
        round += 1;
        assert!(round < 4 * rounds() + 20, "{kills} of {round} imports could be killed");
        let home = Home::make();
        write_material(&home);
        // Mostly while it stores, else while it makes ready; and sometimes again while it takes up what was left.
        for _ in 0..=chance.below(2) {
            let within = if chance.below(4) > 0 { storing } else { duration };
            kills += u64::from(kill_after(&home, chance.moment(within)));
        }
        let before = home.answer("overseer", &["ledger", "status"]);
        home.write("before", before["checkpoint"].as_str().unwrap());
        let ended = home.answer("analyst", &IMPORT);
        // Each file is read twice.
        let done_before = ended["done_before"].as_u64().unwrap();
        partial += u64::from(done_before > 0 && done_before < 2 * u64::try_from(PARTS).unwrap());
        let again = home.answer("analyst", &IMPORT);
        assert_eq!((&again["statements"], &again["entities"]), (&0.into(), &0.into()), "round {round}: {again}");
        assert_eq!(Holdings::of(&home), expected, "round {round}");
        assert_eq!(journalled(&home), added, "round {round}");
        home.verified(&["--since", "before"]);
    }
    println!("{round} imports of {duration:?}, of which {storing:?} to store; {kills} times killed; {partial} went on in the middle");
}
