//! The index on disk: opened again, interrupted, damaged, of another version, wiped.

#[cfg(test)]
mod tests {
    use std::{
        fs,
        io::{BufRead, BufReader, Write},
        path::{Path, PathBuf},
        process::{Command, Stdio},
    };

    use candour_model::{
        id::{EntityNo, MarkingNo},
        visible::Visible,
    };
    use candour_search::{Apart, Document, Index, Query, SearchError};

    fn document(no: u32, name: &str) -> Document {
        Document {
            entity: EntityNo(no),
            marking: MarkingNo(0),
            order: no.into(),
            schema: "Person".to_owned(),
            datasets: vec![0],
            names: vec![name.to_owned()],
            identifiers: vec!["RY52 APF".to_owned()],
            texts: vec!["seen in Leeds".to_owned()],
        }
    }

    fn put(index: &Index, names: &[&str]) {
        let mut writer = index.writer().unwrap();
        for (no, name) in (0..).zip(names) {
            writer.replace(EntityNo(no), &[document(no, name)], false).unwrap();
        }
        writer.commit().unwrap();
    }

    fn found(index: &Index, text: &str) -> Vec<u32> {
        let visible: Visible = [MarkingNo(0)].into_iter().collect();
        index.search(&Query::new(text), &visible, &Apart).unwrap().hits.iter().map(|hit| hit.entity.0).collect()
    }

    fn made(dir: &Path) {
        put(&Index::open(dir).unwrap(), &["Ann Shaw", "Bob Shaw"]);
    }

    /// Replaces these entities with a writer of its own, as each import does.
    fn replace(index: &Index, entities: &[u32], name: &str) {
        let is_new = index.documents() == 0;
        let mut writer = index.writer().unwrap();
        for no in entities {
            writer.replace(EntityNo(*no), &[document(*no, name)], is_new).unwrap();
        }
        writer.commit().unwrap();
    }

    /// Files are merged while the next writer is at work; what it replaces first must not live on. It takes a quick disk to
    /// meet that moment, and some rounds.
    #[test]
    fn what_is_replaced_while_files_are_merged_is_gone() {
        let memory = Path::new("/dev/shm");
        for round in 0..30 {
            let dir = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
            let index = Index::open(dir.path()).unwrap();
            replace(&index, &[0, 1], "first");
            replace(&index, &[3, 4, 5, 6], "second");
            replace(&index, &[8], "third");
            replace(&index, &[1], "fourth");
            replace(&index, &(0..17).collect::<Vec<_>>(), "last");
            assert_eq!((index.documents(), found(&index, "first")), (17, vec![]), "round {round}");
        }
    }

    #[test]
    fn what_was_committed_is_there_again() {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(&dir.path().join("new/index")).unwrap();
        assert_eq!((found(&index, "*"), index.note().unwrap()), (vec![], None));
        put(&index, &["Ann Shaw", "Bob Shaw"]);
        let mut writer = index.writer().unwrap();
        writer.replace(EntityNo(0), &[document(0, "Anna Shaw")], false).unwrap();
        writer.commit_with_note("7 changes").unwrap();
        writer.replace(EntityNo(1), &[], false).unwrap();
        drop(writer);
        drop(index);
        let index = Index::open(&dir.path().join("new/index")).unwrap();
        assert_eq!((found(&index, "ann"), found(&index, "anna"), found(&index, "shaw")), (vec![], vec![0], vec![0, 1]));
        assert_eq!((index.note().unwrap().as_deref(), index.documents()), (Some("7 changes"), 2));
    }

    /// How many segments on disk have a word in any of their dictionaries, which do not hold it as readable bytes.
    fn holding(dir: &Path, word: &str) -> usize {
        let engine = tantivy::Index::open_in_dir(dir).unwrap();
        let fields: Vec<_> = engine.schema().fields().filter(|(_, field)| field.is_indexed()).map(|(field, _)| field).collect();
        let searcher = engine.reader().unwrap().searcher();
        let has =
            |segment: &&tantivy::SegmentReader| fields.iter().any(|field| segment.inverted_index(*field).unwrap().terms().term_ord(word).unwrap().is_some());
        searcher.segment_readers().iter().filter(has).count()
    }

    #[test]
    fn what_was_purged_is_in_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        // Few enough of many that nothing but purging would write their files anew.
        let mut writer = index.writer().unwrap();
        for no in 0..60 {
            let name = if no % 8 == 0 { "zorblatt" } else { "miller" };
            writer.replace(EntityNo(no), &[document(no, name)], false).unwrap();
        }
        writer.commit().unwrap();
        for no in (0..60).filter(|no| no % 8 == 0) {
            writer.replace(EntityNo(no), &[], false).unwrap();
        }
        writer.commit().unwrap();
        assert!(holding(dir.path(), "zorblatt") > 0);
        writer.purge().unwrap();
        assert_eq!((holding(dir.path(), "zorblatt"), index.documents()), (0, 52));
        assert!(holding(dir.path(), "miller") > 0);
        assert_eq!(
            (found(&index, "zorblatt").len(), index.search(&Query::new("miller"), &[MarkingNo(0)].into_iter().collect(), &Apart).unwrap().total),
            (0, 52)
        );
        index.writer().unwrap().purge().unwrap();
        let index = Index::open(dir.path()).unwrap();
        assert_eq!((found(&index, "zorblatt").len(), index.documents()), (0, 52));
    }

    #[test]
    fn a_search_sees_all_of_a_commit_or_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        put(&index, &["Ann Shaw"]);
        let mut writer = index.writer().unwrap();
        writer.replace(EntityNo(0), &[document(0, "Zoe Shaw")], false).unwrap();
        writer.replace(EntityNo(9), &[document(9, "Zoe Shaw")], true).unwrap();
        assert_eq!((found(&index, "ann"), found(&index, "zoe")), (vec![0], vec![]));
        writer.commit().unwrap();
        assert_eq!((found(&index.clone(), "ann"), found(&index, "zoe")), (vec![], vec![0, 9]));
        writer.settle().unwrap();
        assert_eq!(found(&index, "zoe"), [0, 9]);
    }

    #[test]
    fn there_is_one_writer_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        let writer = index.writer().unwrap();
        assert!(matches!(index.writer().err(), Some(SearchError::Busy { .. })));
        assert!(matches!(Index::open(dir.path()).unwrap().writer().err(), Some(SearchError::Busy { .. })));
        drop(writer);
        index.writer().unwrap();
    }

    const CHILD: &str = "CANDOUR_SEARCH_TEST_DIR";

    /// Runs once more as a process of its own, which is killed in the middle of writing.
    #[test]
    fn a_killed_writer_leaves_the_last_commit_and_no_lock() {
        if let Some(dir) = std::env::var_os(CHILD) {
            write_until_killed(&PathBuf::from(dir));
        }
        let dir = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tests::a_killed_writer_leaves_the_last_commit_and_no_lock", "--nocapture"])
            .env(CHILD, dir.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.map_while(Result::ok).any(|line| line.ends_with("writing")));
        child.kill().unwrap();
        child.wait().unwrap();
        let index = Index::open(dir.path()).unwrap();
        assert_eq!((found(&index, "shaw"), index.documents()), (vec![0, 1], 2));
        put(&index, &["Cy Shaw"]);
        assert_eq!((found(&index, "shaw"), found(&index, "cy")), (vec![0, 1], vec![0]));
    }

    fn write_until_killed(dir: &Path) -> ! {
        let index = Index::open(dir).unwrap();
        put(&index, &["Ann Shaw", "Bob Shaw"]);
        let mut writer = index.writer().unwrap();
        for no in 0..20_000 {
            writer.replace(EntityNo(no), &[document(no, "Lost Shaw")], false).unwrap();
        }
        println!("\nwriting");
        std::io::stdout().flush().unwrap();
        let told = std::io::stdin().lines().next();
        panic!("not killed, but told {told:?}");
    }

    fn files(dir: &Path) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
        files.sort();
        files
    }

    fn check_damage(what: &str, damage: impl Fn(&Path)) {
        let dir = tempfile::tempdir().unwrap();
        made(dir.path());
        damage(dir.path());
        let error = Index::open(dir.path()).err().unwrap_or_else(|| panic!("{what} was not noticed"));
        assert!(error.needs_rebuild() && !error.is_question(), "{what}: {error}");
        assert!(error.to_string().contains("rebuild it: wipe it"), "{what}: {error}");
        Index::wipe(dir.path()).unwrap();
        made(dir.path());
        assert_eq!(found(&Index::open(dir.path()).unwrap(), "shaw"), [0, 1], "{what}");
    }

    #[test]
    fn damage_is_noticed_and_mended_by_rebuilding() {
        let segment_files = |dir: &Path| files(dir).into_iter().filter(|path| path.file_name().unwrap().len() > 32).collect::<Vec<_>>();
        let dir = tempfile::tempdir().unwrap();
        made(dir.path());
        let kinds: Vec<String> = segment_files(dir.path()).iter().map(|path| path.extension().unwrap().to_string_lossy().into_owned()).collect();
        assert!(kinds.len() >= 5, "{kinds:?}");
        for kind in kinds {
            let of_kind = |dir: &Path| segment_files(dir).into_iter().find(|path| path.extension().unwrap().to_string_lossy() == kind).unwrap();
            check_damage(&format!("a missing {kind} file"), |dir| fs::remove_file(of_kind(dir)).unwrap());
            check_damage(&format!("an empty {kind} file"), |dir| fs::write(of_kind(dir), "").unwrap());
            check_damage(&format!("a changed byte in a {kind} file"), |dir| {
                let mut bytes = fs::read(of_kind(dir)).unwrap();
                bytes[0] ^= 1;
                fs::write(of_kind(dir), bytes).unwrap();
            });
            check_damage(&format!("a cut {kind} file"), |dir| {
                let bytes = fs::read(of_kind(dir)).unwrap();
                fs::write(of_kind(dir), &bytes[..bytes.len() / 2]).unwrap();
            });
        }
        check_damage("a missing meta.json", |dir| fs::remove_file(dir.join("meta.json")).unwrap());
        check_damage("an unreadable meta.json", |dir| fs::write(dir.join("meta.json"), "{").unwrap());
        check_damage("an unreadable list of files", |dir| fs::write(dir.join(".managed.json"), "{").unwrap());
        check_damage("another version", |dir| {
            let meta = fs::read_to_string(dir.join("meta.json")).unwrap();
            assert!(meta.contains("candour-words-1"));
            fs::write(dir.join("meta.json"), meta.replace("candour-words-1", "candour-words-0")).unwrap();
        });
    }

    #[test]
    fn wiping_takes_nothing_that_is_not_the_index() {
        let dir = tempfile::tempdir().unwrap();
        made(dir.path());
        let letter = dir.path().join("letter.txt");
        fs::write(&letter, "keep me").unwrap();
        fs::create_dir(dir.path().join("meta.json.d")).unwrap();
        Index::wipe(dir.path()).unwrap();
        assert_eq!(files(dir.path()), [letter]);
        assert!(dir.path().join("meta.json.d").exists());
    }
}
