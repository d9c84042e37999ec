//! The same table in every encoding gives the same drafts.

use candour_intake::Encoding;

use crate::reading::Folder;

const MAPPING: &str = "d: {queries: [{csv: t.csv, entities: {p: {schema: Person, id_column: ID, properties: {name: {column: name}}}}}]}";
const TABLE: &str = "ID,name\n1,Zoë Núñez\n2,\"Seán\nÓ Sé\"\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn encodings_are_found() {
    let expected = Folder::new(&[("t.csv", TABLE.as_bytes())]).outcome(Some(MAPPING));
    assert!(expected.starts_with("Person 1 name=\"Zoë Núñez\""), "{expected}");
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(TABLE);
    let marked = format!("\u{feff}{TABLE}");
    for (bytes, encoding) in [
        (marked.as_bytes().to_vec(), Encoding::Utf8),
        (windows.into_owned(), Encoding::Windows1252),
        (utf16(&marked, u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(&marked, u16::to_be_bytes), Encoding::Utf16Be),
        (utf16(TABLE, u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(TABLE, u16::to_be_bytes), Encoding::Utf16Be),
    ] {
        let folder = Folder::new(&[("t.csv", &bytes)]);
        assert_eq!(folder.plan(Some(MAPPING)).unwrap().steps[0].signature.encoding, encoding);
        assert_eq!(folder.outcome(Some(MAPPING)), expected, "{}", encoding.name());
    }
}

#[test]
fn an_encoding_that_the_mapping_names_is_used() {
    let mapping = MAPPING.replace("csv: t.csv", "csv: t.csv, encoding: windows-1251");
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("ID,name\n1,Анна\n");
    assert_eq!(Folder::new(&[("t.csv", &bytes)]).outcome(Some(&mapping)), "Person 1 name=\"Анна\"#1.2\n");
}

#[test]
fn bytes_that_are_no_character_are_not_passed_over() {
    let mut bytes = utf16("\u{feff}ID,name\n1,A", u16::to_le_bytes);
    // Half a surrogate pair.
    bytes.extend([0x00, 0xD8]);
    bytes.extend(utf16("nn\n2,Bo\n", u16::to_le_bytes));
    let outcome = Folder::new(&[("t.csv", &bytes)]).outcome(Some(MAPPING));
    assert!(outcome.starts_with("Person 2 name=\"Bo\"#2.2\nREJECT t.csv:2 [] the row holds bytes that are no character in this encoding"), "{outcome}");
}

#[test]
fn separators_are_found() {
    for separator in [',', ';', '\t', '|'] {
        let table = format!("ID{separator}name{separator}x\n1{separator}Ann{separator}\n");
        assert_eq!(Folder::new(&[("t.csv", table.as_bytes())]).outcome(Some(MAPPING)), "Person 1 name=\"Ann\"#1.2\n", "{separator:?}");
    }
    let mapping = MAPPING.replace("csv: t.csv", "csv: t.csv, delimiter: ':'");
    assert_eq!(Folder::new(&[("t.csv", b"ID:name\n1:Ann\n")]).outcome(Some(&mapping)), "Person 1 name=\"Ann\"#1.2\n");
}
