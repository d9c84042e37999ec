//! How fast a read can be recorded: so many clients, each of which records one entry after the other and waits for each.
//!
//! `audited DIR [SECONDS]` makes a home in `DIR` for every number of clients and prints one JSON line for each: entries a second,
//! and how long a client waited, in milliseconds. The log key of these homes is a known one; they are of no other use.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "an example that measures; it may fail loudly")]

use std::{
    fs::File,
    io::Read as _,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use candour_ledger::SigningKey;
use candour_store::{EntryFields, LogIdentity, Outside, Store};

/// How many clients ask at the same time.
const CLIENTS: [usize; 3] = [1, 32, 128];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "audited-homes".to_owned()));
    let seconds: u64 = arguments.next().map_or(5, |seconds| seconds.parse().unwrap());
    for clients in CLIENTS {
        let home = folder.join(format!("clients-{clients}"));
        std::fs::create_dir_all(&home).unwrap();
        let identity = LogIdentity { origin: "audited.example".to_owned(), key: SigningKey::generate("audited.example", [7; 32]).unwrap() };
        let store = Arc::new(Store::create(&home, identity, outside()).unwrap());
        let mut waits = measure(&store, clients, Duration::from_secs(seconds));
        waits.sort_unstable();
        let at = |share: usize| waits.get((waits.len() * share / 1000).min(waits.len() - 1)).unwrap().as_secs_f64() * 1000.0;
        println!(
            "{{\"clients\":{clients},\"entries_per_second\":{:.0},\"p50_ms\":{:.3},\"p99_ms\":{:.3},\"p999_ms\":{:.3},\"max_ms\":{:.3}}}",
            waits.len() as f64 / f64::from(u32::try_from(seconds).unwrap()),
            at(500),
            at(990),
            at(999),
            at(1000)
        );
    }
}

/// The system's clock and randomness. The latter is read a block at a time, as a program's generator would.
fn outside() -> Outside {
    let source = Mutex::new((File::open("/dev/urandom").unwrap(), vec![0_u8; 65_536], 65_536));
    let random = move |bytes: &mut [u8]| {
        let mut source = source.lock().unwrap();
        let (file, block, used) = &mut *source;
        if *used + bytes.len() > block.len() {
            file.read_exact(block).unwrap();
            *used = 0;
        }
        bytes.copy_from_slice(block.get(*used..*used + bytes.len()).unwrap());
        *used += bytes.len();
    };
    Outside::new(|| i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap(), random)
}

fn measure(store: &Arc<Store>, clients: usize, time: Duration) -> Vec<Duration> {
    let over = Arc::new(AtomicBool::new(false));
    let threads: Vec<_> = (0..clients)
        .map(|client| {
            let (store, over) = (Arc::clone(store), Arc::clone(&over));
            std::thread::spawn(move || {
                let mut waits = Vec::new();
                while !over.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    let receipt = store.record(look(client, waits.len())).unwrap();
                    waits.push(begun.elapsed());
                    assert!(receipt.tree_size > receipt.index);
                }
                waits
            })
        })
        .collect();
    std::thread::sleep(time);
    over.store(true, Ordering::Relaxed);
    threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
}

/// What a search writes down.
fn look(client: usize, number: usize) -> EntryFields {
    EntryFields::new()
        .with("actor", format!("analyst-{client}"))
        .with("action", "search")
        .with("purpose", "crime-investigation")
        .with("case", "OP-2026-0117")
        .with("reason", "")
        .with("mandate", "")
        .with("charter", "9f0d3c1e5b7a2d4c6e8f0a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d9e1f3a5b7c9d")
        .with("policies", "analyst-reads clearance handling")
        .with("query", format!("mobile 07700 90{number:04}"))
        .with("outcome", "10 of 31")
        .with("results", "p-10001 p-10002 p-10003 p-10004 p-10005 p-10006 p-10007 p-10008 p-10009 p-10010")
}
