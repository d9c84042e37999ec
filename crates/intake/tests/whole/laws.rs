//! What holds for every input: nothing panics, every record is drafted, refused or filtered, and an import that goes on
//! from record k ends where one from the beginning does.

use candour_intake::Mapping;
use proptest::prelude::*;

use crate::{
    law::{MAPPING, check_laws},
    reading::Folder,
};

/// Cells that do well, ill and odd.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("skip".to_owned()),
        Just("1990-02-31".to_owned()),
        "[0-9]{4}-[01][0-9]",
        "[A-Za-z ]{1,12}",
        "\"[a-z,\n]{0,6}\"",
        "[\\x00-\\x7f]{0,8}",
        "\\PC{0,6}",
    ]
}

fn table() -> impl Strategy<Value = String> {
    let row = prop::collection::vec(cell(), 2..5).prop_map(|cells| cells.join(","));
    prop::collection::vec(row, 0..20).prop_map(|rows| format!("a,b,c\n{}", rows.join("\n")))
}

fn entity_line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(r#"{"id":"b","schema":"Person","properties":{"name":["Bo"],"birthDate":["1990-02-31"]}}"#.to_owned()),
        Just(String::new()),
        r#"\{"id":"b","schema":"Person","valid_from":"20[0-2][0-9]-[01][0-9]","valid_to":"20[0-2][0-9]","properties":\{"name":"Bo"\}\}"#,
        "[\\[\\]{}\":,a-z0-9]{0,20}",
        r#"\{"id":"[a-c ]{0,2}","schema":"(Person|Thing|X)","properties":\{"(name|phone|x)":\[?("\\\\?[a-z0-9]{0,9}"|null|1\.5)\]?\}\}"#,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn tables_of_every_kind(table in table()) {
        check_laws(&Folder::new(&[("t.csv", table.as_bytes())]), Some(MAPPING));
    }

    #[test]
    fn tables_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), has_header in any::<bool>()) {
        let table = if has_header { [b"a,b,c\n", bytes.as_slice()].concat() } else { bytes };
        check_laws(&Folder::new(&[("t.csv", &table)]), Some(MAPPING));
    }

    #[test]
    fn lines_of_every_kind(lines in prop::collection::vec(entity_line(), 0..20)) {
        check_laws(&Folder::new(&[("t.ijson", lines.join("\n").as_bytes())]), None);
    }

    #[test]
    fn lines_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check_laws(&Folder::new(&[("t.ijson", &bytes)]), None);
        check_laws(&Folder::new(&[("t.txt", &bytes)]), None);
    }

    #[test]
    fn mappings_of_any_text(text in "\\PC{0,200}") {
        let _ = Mapping::parse(std::path::Path::new("map.yml"), &text);
    }

    #[test]
    fn mappings_that_are_nearly_right(at in 0..MAPPING.len(), length in 0..30_usize, insert in "[a-z:{}\\[\\]'%& -]{0,6}") {
        let mut text = MAPPING.to_owned();
        text.replace_range(at..(at + length).min(MAPPING.len()), &insert);
        if let Ok(plan) = Folder::new(&[("t.csv", b"a,b,c\n1,2,3\n")]).plan(Some(&text)) {
            for step in &plan.steps {
                let _ = step.open(0).map(|mut reader| reader.next_batch(10));
            }
        }
    }
}
