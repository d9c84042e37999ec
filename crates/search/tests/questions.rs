//! What questions find, in a small world of people, a van and a company.

#[cfg(test)]
mod tests {
    use candour_model::{
        id::{EntityNo, MarkingNo},
        visible::Visible,
    };
    use candour_search::{Apart, Document, Found, Identity, Index, Query};

    const OPEN: MarkingNo = MarkingNo(0);
    const SECRET: MarkingNo = MarkingNo(1);

    fn document(no: u32, marking: MarkingNo, schema: &str, dataset: u32, values: [&[&str]; 3]) -> Document {
        let [names, identifiers, texts] = values.map(|values| values.iter().map(|value| (*value).to_owned()).collect());
        Document { entity: EntityNo(no), marking, order: no.into(), schema: schema.to_owned(), datasets: vec![dataset], names, identifiers, texts }
    }

    struct World {
        index: Index,
        _dir: tempfile::TempDir,
    }

    fn world() -> World {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        let mut writer = index.writer().unwrap();
        let documents = [
            document(0, OPEN, "Person", 0, [&["Zoë O'Brien", "Zoe Marsh"], &["+44 7009 33322"], &["Drives a white van, often seen in Leeds."]]),
            document(0, SECRET, "Person", 1, [&[], &[], &["Meets Amir Khan at the harbour"]]),
            document(1, OPEN, "Person", 0, [&["Amir Khan"], &["0700 933322"], &["Knows Zoë."]]),
            document(2, OPEN, "Vehicle", 0, [&["Ford Transit"], &["RY52 APF"], &["White van of Amir Khan"]]),
            document(3, OPEN, "Company", 1, [&["Khan & Marsh Haulage Ltd"], &["07009332"], &[]]),
            document(4, SECRET, "Person", 1, [&["Amir Khan Khan"], &["RY52 APG"], &[]]),
            document(5, OPEN, "LegalEntity", 1, [&["Transit Services"], &[], &["Owned by a man called Khan; khan KHAN"]]),
        ];
        for documents in documents.chunk_by(|a, b| a.entity == b.entity) {
            writer.replace(documents[0].entity, documents, true).unwrap();
        }
        writer.commit().unwrap();
        World { index, _dir: dir }
    }

    fn ask(world: &World, query: &Query, markings: &[MarkingNo], identity: &(impl Identity + ?Sized)) -> Found {
        let found = world.index.search(query, &markings.iter().copied().collect::<Visible>(), identity).unwrap();
        assert!(found.hits.is_sorted_by(|a, b| a.score >= b.score), "{found:?}");
        found
    }

    fn numbers(found: &Found) -> Vec<u32> {
        found.hits.iter().map(|hit| hit.entity.0).collect()
    }

    fn check(world: &World, text: &str, open: &[u32], all: &[u32]) {
        assert_eq!(numbers(&ask(world, &Query::new(text), &[OPEN], &Apart)), open, "{text}, open only");
        assert_eq!(numbers(&ask(world, &Query::new(text), &[OPEN, SECRET], &Apart)), all, "{text}, all");
    }

    #[test]
    fn questions_find_what_they_should() {
        let world = world();
        check(&world, "", &[0, 1, 2, 3, 5], &[0, 1, 2, 3, 4, 5]);
        check(&world, "*", &[0, 1, 2, 3, 5], &[0, 1, 2, 3, 4, 5]);
        check(&world, "ZOE", &[0, 1], &[0, 1]);
        check(&world, "zoë obrien", &[0], &[0]);
        check(&world, "O'Brien", &[0], &[0]);
        check(&world, "o brien", &[0], &[0]);
        check(&world, "o'br*", &[0], &[0]);
        check(&world, "nobody", &[], &[]);
        // Words come together from all that is visible of an entity, whatever its marking.
        check(&world, "leeds harbour", &[], &[0]);
        check(&world, "marsh amir", &[], &[0]);
        check(&world, "\"leeds meets\"", &[], &[]);
        check(&world, "\"o'brien zoe\"", &[], &[]);
        check(&world, "\"amir khan\"", &[1, 2], &[1, 4, 2, 0]);
        check(&world, "\"white va*\"", &[2, 0], &[2, 0]);
        check(&world, "khan -ltd -white", &[1, 5], &[4, 1, 5]);
        check(&world, "-kha*", &[0], &[]);
        check(&world, "* -khan -\"zoe marsh\"", &[], &[]);
        check(&world, "tran*", &[2, 5], &[2, 5]);
    }

    #[test]
    fn identifiers_are_found_however_they_are_written() {
        let world = world();
        check(&world, "ry52apf", &[2], &[2]);
        check(&world, "RY52 APF", &[2], &[2]);
        check(&world, "ry-52-apf", &[2], &[2]);
        check(&world, "\"RY52APF\"", &[2], &[2]);
        check(&world, "ry52a*", &[2], &[2, 4]);
        check(&world, "ry 52 a*", &[2], &[4, 2]);
        check(&world, "0700933322", &[1], &[1]);
        check(&world, "07009 33322", &[1], &[1]);
        check(&world, "amir 07009 33322", &[1], &[1]);
        check(&world, "07009*", &[3, 1], &[3, 1]);
        check(&world, "44700933322", &[0], &[0]);
    }

    #[test]
    fn names_count_for_more_than_texts() {
        let world = world();
        // In the names of 1 and 3, in the texts of 2, and three times in those of 5.
        check(&world, "khan", &[1, 3, 5, 2], &[4, 1, 3, 5, 2, 0]);
    }

    #[test]
    fn suggestions_are_beginnings_of_names_and_identifiers() {
        let world = world();
        let suggest = |typed: &str, limit| {
            let found = world.index.suggest(typed, &[OPEN].into_iter().collect(), limit, &Apart).unwrap();
            found.into_iter().map(|entity| entity.0).collect::<Vec<_>>()
        };
        assert_eq!(suggest("kh", 9), [1, 3]);
        assert_eq!(suggest("kh", 1), [1]);
        assert_eq!(suggest("kh ", 9), [] as [u32; 0]);
        assert_eq!(suggest("marsh kha", 9), [3]);
        assert_eq!(suggest("\"Zoë - O'B", 9), [0]);
        assert_eq!(suggest("07009 3", 9), [1, 3]);
        assert_eq!(suggest("leed", 9), [] as [u32; 0]);
        assert_eq!((suggest("", 9), suggest(" &", 9)), (vec![], vec![]));
    }

    #[test]
    fn facets_count_all_matches_and_leave_their_own_filter_out() {
        let world = world();
        let query = Query { limit: 1, ..Query::new("khan") };
        let found = ask(&world, &query, &[OPEN], &Apart);
        let one_each: Vec<(String, u64)> = ["Company", "LegalEntity", "Person", "Vehicle"].map(|name| (name.to_owned(), 1)).into();
        assert_eq!((found.total, numbers(&found), &found.schemas, found.datasets), (4, vec![1], &one_each, vec![(0, 2), (1, 2)]));

        let filtered = ask(&world, &Query { schemas: vec!["Person".into(), "Company".into()], ..query.clone() }, &[OPEN], &Apart);
        assert_eq!((filtered.total, numbers(&filtered), filtered.schemas, filtered.datasets), (2, vec![1], one_each, vec![(0, 1), (1, 1)]));
        let filtered = ask(&world, &Query { datasets: vec![1, 77], ..query.clone() }, &[OPEN], &Apart);
        assert_eq!((filtered.total, numbers(&filtered), filtered.schemas.len(), filtered.datasets), (2, vec![3], 2, vec![(0, 2), (1, 2)]));

        let pages: Vec<u32> = (0..6).flat_map(|offset| numbers(&ask(&world, &Query { offset, ..query.clone() }, &[OPEN], &Apart))).collect();
        assert_eq!(pages, numbers(&ask(&world, &Query::new("khan"), &[OPEN], &Apart)));
    }

    #[test]
    fn entities_held_to_be_the_same_are_found_and_counted_once() {
        let world = world();
        let same = |entity: EntityNo| if entity.0 == 5 { EntityNo(3) } else { entity };
        let found = ask(&world, &Query::new("services haulage"), &[OPEN], &same);
        assert_eq!((found.total, numbers(&found)), (1, vec![3]));
        // A company is a legal entity, so it is what the two are together.
        assert_eq!((found.schemas, found.datasets), (vec![("Company".to_owned(), 1)], vec![(1, 1)]));
        assert_eq!(ask(&world, &Query::new(""), &[OPEN], &same).total, 4);
        assert_eq!(numbers(&ask(&world, &Query::new("haulage -services"), &[OPEN], &same)), [] as [u32; 0]);
        let dynamic: &dyn Fn(EntityNo) -> EntityNo = &same;
        assert_eq!(ask(&world, &Query::new("khan"), &[OPEN], dynamic).total, 3);
    }
}
