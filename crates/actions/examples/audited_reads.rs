//! What an audited read costs: so many clients in one process, each of which asks one question after the other, every answer
//! with a durable entry, a signed checkpoint and a receipt; and what the entry alone costs, on the same disk in the same run.
//!
//! `audited_reads DIR [SECONDS]` makes a home in `DIR` and prints a JSON line per question and number of clients: answers a
//! second, how long a client waited in milliseconds, and processor time per answer in microseconds. The lines of `record`
//! write the same entries without any question; their share of a question's processor time is what the audit costs.
#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss, reason = "an example that measures; it may fail loudly")]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use candour_actions::{Desk, ImportRequest, NewHome, Outside, Purpose, Who};
use candour_ledger::SigningKey;
use candour_store::{EntryFields, LogIdentity, Store};

/// How many clients ask at the same time.
const CLIENTS: [usize; 3] = [1, 32, 128];
/// People in the home; each knows the next one.
const PEOPLE: usize = 5_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "audited-reads".to_owned()));
    let time = Duration::from_secs(arguments.next().map_or(5, |seconds| seconds.parse().unwrap()));
    fs::create_dir_all(&folder).unwrap();
    let desk = Arc::new(town(&folder));
    let who = Who { actor: desk.person("analyst").unwrap().actor(), purpose: Some(Purpose::plain("demo")) };
    for clients in CLIENTS {
        let (asked, asker) = (Arc::clone(&desk), who.clone());
        measure("neighbours", clients, time, move |number| drop(asked.neighbours(&asker, &format!("p{}", number % PEOPLE), 1).unwrap()));
        let (asked, asker) = (Arc::clone(&desk), who.clone());
        measure("open_entity", clients, time, move |number| drop(asked.open_entity(&asker, &format!("p{}", number % PEOPLE), None).unwrap()));
        let store = store(&folder.join(format!("record-{clients}")));
        measure("record", clients, time, move |number| drop(store.record(look(number)).unwrap()));
    }
}

/// A home with people who know one another.
fn town(folder: &Path) -> Desk {
    let new = NewHome { organisation: "Measured".to_owned(), example: true, made_by: "a measurement".to_owned() };
    let desk = Desk::init(&folder.join("home"), &new, outside()).unwrap();
    let file = folder.join("people.ijson");
    let mut lines = std::io::BufWriter::new(fs::File::create(&file).unwrap());
    for number in 0..PEOPLE {
        let next = (number + 1) % PEOPLE;
        writeln!(lines, r#"{{"id":"p{number}","schema":"Person","properties":{{"name":["Person Number {number}"],"birthDate":["1980-01-02"]}}}}"#).unwrap();
        writeln!(lines, r#"{{"id":"k{number}","schema":"Associate","properties":{{"person":["p{number}"],"associate":["p{next}"]}}}}"#).unwrap();
    }
    lines.flush().unwrap();
    let who = Who { actor: desk.person("analyst").unwrap().actor(), purpose: Some(Purpose::plain("demo")) };
    let request = ImportRequest { paths: vec![file], lawful_basis: "invented".to_owned(), ..ImportRequest::default() };
    desk.import(&who, &request, &mut |_| ()).unwrap();
    desk.warm().unwrap();
    desk
}

fn store(home: &Path) -> Store {
    fs::create_dir_all(home).unwrap();
    let identity = LogIdentity { origin: "measured.example".to_owned(), key: SigningKey::generate("measured.example", [7; 32]).unwrap() };
    Store::create(home, identity, outside()).unwrap()
}

/// What a look at one thing writes down.
fn look(number: usize) -> EntryFields {
    EntryFields::new()
        .with("actor", "analyst")
        .with("action", "neighbours")
        .with("purpose", "demo")
        .with("case", "")
        .with("reason", "")
        .with("mandate", "")
        .with("charter", "9f0d3c1e5b7a2d4c6e8f0a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d9e1f3a5b7c9d")
        .with("policies", "analysts-look")
        .with("query", format!("p{number} depth 1"))
        .with("outcome", "answered")
        .with("results", format!("p{number} p{} p{}", number + 1, number.wrapping_sub(1)))
}

fn measure(what: &str, clients: usize, time: Duration, ask: impl Fn(usize) + Send + Sync + 'static) {
    let (ask, over) = (Arc::new(ask), Arc::new(AtomicBool::new(false)));
    let (begun, used) = (Instant::now(), processor_seconds());
    let threads: Vec<_> = (0..clients)
        .map(|client| {
            let (ask, over) = (Arc::clone(&ask), Arc::clone(&over));
            std::thread::spawn(move || {
                let mut waits = Vec::new();
                while !over.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    ask(client * 37 + waits.len());
                    waits.push(begun.elapsed());
                }
                waits
            })
        })
        .collect();
    std::thread::sleep(time);
    over.store(true, Ordering::Relaxed);
    let mut waits: Vec<Duration> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    let (elapsed, used) = (begun.elapsed().as_secs_f64(), processor_seconds() - used);
    waits.sort_unstable();
    let at = |share: usize| waits.get((waits.len() * share / 1000).min(waits.len() - 1)).unwrap().as_secs_f64() * 1000.0;
    println!(
        "{{\"what\":\"{what}\",\"clients\":{clients},\"per_second\":{:.0},\"p50_ms\":{:.3},\"p99_ms\":{:.3},\"max_ms\":{:.3},\"cpu_us_each\":{:.1}}}",
        waits.len() as f64 / elapsed,
        at(500),
        at(990),
        at(1000),
        used * 1e6 / waits.len() as f64
    );
}

/// Processor time of this process so far, user and system; from `/proc`, in ticks of 10 ms (100 a second on Linux).
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, rest) = stat.rsplit_once(')').unwrap();
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).unwrap().parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / 100.0
}

fn outside() -> Outside {
    let now = || i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    Outside::new(now, |bytes| getrandom::fill(bytes).unwrap())
}
