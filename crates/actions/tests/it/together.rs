//! Many at once: imports, words and questions at the same time.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use candour_actions::{SearchRequest, Verdict};

use crate::{
    home::{TestHome, import_of},
    matrix::search,
};

/// What one file says of somebody whom all files speak of.
fn hub(name: &str, number: u32) -> String {
    format!(r#"{{"id":"hub","schema":"Person","properties":{{"alias":["Hub word{name}{number}"]}}}}"#)
}

#[test]
fn whoever_asks_while_others_import_gets_whole_answers() {
    let home = TestHome::new();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let importers: Vec<_> = ["a", "b", "c"]
            .into_iter()
            .map(|name| {
                let home = &home;
                scope.spawn(move || {
                    let who = home.who("supervisor", "demo");
                    for number in 0..12 {
                        let path = home.outside().join(format!("{name}{number}.ijson"));
                        let line =
                            |person: u32| format!(r#"{{"id":"{name}{number}-{person}","schema":"Person","properties":{{"name":["Anna {name}{number}"]}}}}"#);
                        fs::write(&path, (0..4).map(line).chain([hub(name, number)]).collect::<Vec<_>>().join("\n")).unwrap();
                        home.desk.import(&who, &import_of(&path, "open"), &mut |_| ()).unwrap();
                        let (a, b) = (format!("{name}{number}-0"), format!("{name}{number}-1"));
                        home.desk.judge(&who, &a, &b, Verdict::Same, "a test").unwrap();
                    }
                })
            })
            .collect();
        for _ in 0..2 {
            scope.spawn(|| {
                let who = home.who("analyst", "demo");
                let mut before = 0;
                while !is_over.load(Ordering::SeqCst) {
                    let view = home.desk.search(&who, &SearchRequest { limit: 500, ..search("anna") }).unwrap().value;
                    assert!(view.hits.iter().all(|hit| hit.id.len() > 3 && hit.caption.starts_with("Anna")), "{:?}", view.hits);
                    let suggested = home.desk.suggest(&who, "ann", 500).unwrap().value;
                    assert!(suggested.iter().all(|hit| hit.id.len() > 3), "{suggested:?}");
                    assert!(view.total + 36 >= before, "what was found is found again, but for what was merged");
                    before = view.total;
                }
            });
        }
        let done: Vec<_> = importers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        is_over.store(true, Ordering::SeqCst);
        assert!(done.iter().all(Result::is_ok));
    });
    let view = home.desk.search(&home.who("analyst", "demo"), &search("anna")).unwrap().value;
    assert_eq!(view.total, 3 * 12 * 3);
    for (name, number) in ["a", "b", "c"].into_iter().flat_map(|name| (0..12).map(move |number| (name, number))) {
        let view = home.desk.search(&home.who("analyst", "demo"), &search(&format!("word{name}{number}"))).unwrap().value;
        assert_eq!(view.total, 1, "what {name}{number} says of the hub is found");
    }
}
