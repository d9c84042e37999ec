//! A store whose disk is full: every change of the failed group is told so, nothing of it is kept, and work goes on.

use std::sync::mpsc::{Receiver, channel};

use candour_ledger::SigningKey;
use tempfile::TempDir;

use super::*;
use crate::{EntryFields, outside::Outside};

/// A store in a database that cannot grow by more than a few pages.
fn cramped(home: &Path) -> Store {
    let outside = Outside::new(|| 1_767_225_600_000, |bytes| bytes.fill(7));
    let identity = LogIdentity { origin: "log.example".to_owned(), key: SigningKey::generate("log.example", [5; 32]).unwrap() };
    let path = home.join(layout::FILE);
    let keystore = Keystore::open(home, outside.clone()).unwrap();
    let connection = layout::open_writer(&path, &keystore).unwrap();
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    connection.execute_batch(&format!("PRAGMA max_page_count = {}", pages + 20)).unwrap();
    let log_key = identity.key.vkey();
    let journal = Journal::open(&connection, identity, outside, keystore).unwrap();
    let pen = Arc::clone(&journal.pen);
    let names = Arc::new(RwLock::new(Arc::new(Names::default())));
    let writer = Writer::start(connection, journal, Arc::clone(&names), path.clone()).unwrap();
    Store { path, pen, names, readers: Mutex::default(), writer, log_key, _lock: HomeLock::take(home).unwrap() }
}

/// Queues a change without waiting for it.
fn queue<T: Send + 'static>(
    store: &Store,
    change: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
) -> Receiver<Result<Vec<Recorded>, StoreError>> {
    let (tell, hear) = channel();
    let job = move |transaction: Result<&mut Transaction<'_>, StoreError>| match transaction.and_then(change) {
        Ok(_) => JobOutcome::Applied(Box::new(move |outcome| tell.send(outcome).unwrap())),
        Err(error) => {
            let cause = error.repeated();
            tell.send(Err(error)).unwrap();
            JobOutcome::Undone(cause)
        }
    };
    store.writer.submit(Job::Change(Box::new(job))).unwrap();
    hear
}

fn small(transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
    transaction.record(EntryFields::new().with("actor", "ana"));
    Ok(())
}

#[test]
fn an_entry_that_does_not_fit_is_refused_and_the_next_one_is_recorded() {
    let home = TempDir::new().unwrap();
    let store = cramped(home.path());
    let error = store.commit(|transaction| {
        transaction.record(EntryFields::new().with("results", "x".repeat(1_000_000)));
        Ok(())
    });
    let error = error.unwrap_err();
    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    let (_, receipts) = store.commit(small).unwrap();
    assert_eq!((receipts[0].index, store.log_status().unwrap().size), (0, 1));
    assert_eq!(receipts[0].check(&candour_ledger::VerifierKey::parse(store.log_key()).unwrap()).1, []);
}

#[test]
fn a_change_that_fills_the_disk_leaves_the_others_of_its_group_told_and_whole() {
    let home = TempDir::new().unwrap();
    let store = cramped(home.path());
    // The first holds the writer up until the others are queued, so that they share a transaction.
    let ((started, begun), (go, wait)) = (channel(), channel());
    let first = queue(&store, move |_| {
        started.send(()).unwrap();
        wait.recv().unwrap();
        Ok(())
    });
    begun.recv().unwrap();
    let before = queue(&store, small);
    let filling = queue(&store, |transaction| {
        transaction.record(EntryFields::new().with("actor", "eve"));
        transaction.dataset(&"x".repeat(1_000_000))
    });
    let after = queue(&store, small);
    go.send(()).unwrap();
    assert!(first.recv().unwrap().is_ok());
    let error = filling.recv().unwrap().err().unwrap().about(&store.path);
    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    let kept: Vec<Recorded> = [before, after]
        .into_iter()
        .filter_map(|hear| match hear.recv().unwrap() {
            Ok(receipts) => receipts.into_iter().next(),
            Err(error) => {
                assert!(matches!(error.repeated().about(&store.path), StoreError::Full(_)), "{error:?}");
                None
            }
        })
        .collect();
    // Exactly what was acknowledged is there, whichever way the database took the failure.
    assert_eq!(store.log_status().unwrap().size, kept.len() as u64);
    assert_eq!(store.names().datasets().count(), 0);
    let (_, receipts) = store.commit(small).unwrap();
    assert_eq!(receipts[0].index, kept.len() as u64);
}
