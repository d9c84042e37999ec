//! Parquet of an independent writer (`tests/data/make.py`) is read as what it says.

use std::path::{Path, PathBuf};

use candour_linkage::{Input, Sides, Spec, explain, resolve};

use crate::material::{Folder, files, run};

const SPEC: &str = "id: id
columns:
  name: full_name
  aliases: { kind: full_name, list: true }
  born: date
  seen: date
  height: number
  sum: number
  active: category
  small: number
  code: category
";

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn read(name: &str) -> Input {
    let spec = Spec::parse(Path::new("spec.yml"), SPEC).unwrap();
    Input::read(&spec, Sides::One(data(name))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_compression_and_version_reads_the_same() {
    let columns = |name: &str| -> Vec<(String, usize, usize)> {
        read(name).table.columns().map(|(name, _, filled, distinct)| (name.to_owned(), filled, distinct)).collect()
    };
    let expected = columns("people-none.parquet");
    let named = |name: &str| expected.iter().find(|(of, ..)| of == name).map(|(_, filled, distinct)| (*filled, *distinct)).unwrap();
    assert_eq!(named("name"), (3, 3));
    assert_eq!(named("aliases"), (2, 3));
    assert_eq!(named("born"), (3, 3));
    assert_eq!(named("height"), (2, 2), "what is no number is none");
    assert_eq!(named("active"), (3, 2));
    assert_eq!(named("code"), (4, 2));
    for name in ["people-snappy.parquet", "people-gzip.parquet", "people-zstd.parquet", "people-lz4.parquet", "people-v2.parquet"] {
        assert_eq!(columns(name), expected, "{name}");
    }
}

/// The values of a record, as an explanation shows them.
fn shown(spec: &str, name: &str, id: &str) -> String {
    let spec = Spec::parse(Path::new("spec.yml"), spec).unwrap();
    let input = Input::read(&spec, Sides::One(data(name))).unwrap();
    let linkage = resolve(&spec, &input).unwrap();
    explain(&input, &linkage, id, "2").unwrap().features.iter().map(|row| row.left.clone()).collect::<Vec<_>>().join(" | ")
}

#[test]
fn values_are_texts() {
    for (column, kind, id, expected) in [
        ("name", "full_name", "3", "Zoë Ångström"),
        ("name", "full_name", "4", "李小龍"),
        ("aliases", "full_name", "3", "Zoe A. Z. Angstrom"),
        ("born", "date", "1", "1899-12-31"),
        ("seen", "date", "3", "2001-02-03T04:05:06"),
        ("seen", "date", "1", "1970-01-01"),
        ("sum", "category", "3", "12.50"),
        ("sum", "category", "1", "-0.05"),
        ("height", "category", "1", "2"),
        ("active", "category", "1", "false"),
        ("small", "category", "3", "-5"),
        ("code", "category", "1", "b"),
    ] {
        let spec = format!("id: id\ncolumns:\n  {column}: {kind}\n");
        assert_eq!(shown(&spec, "people-zstd.parquet", id), expected, "{column} of {id}");
    }
    assert_eq!(shown("id: id\ncolumns: { sum: category }\n", "people-v1.parquet", "1"), "-0.05", "decimals in bytes");
    assert_eq!(shown("id: id\ncolumns: { seen: date }\n", "people-v1.parquet", "3"), "2001-02-03T04:05:06", "INT96");
}

#[test]
fn csv_and_parquet_give_the_same_bytes() {
    let folder = Folder::new();
    let spec = "id: id\ncolumns: { name: full_name, born: date, code: category, aliases: { kind: full_name, list: true } }\n";
    let text =
        "id,name,born,code,aliases\n1,Aled Prosser,1899-12-31,b,\n2,,,a,\n3,Zoë Ångström,1971-03-09,a,Zoe A.; Z. Angstrom\n4,李小龍,2024-02-29,a,Bruce Lee\n";
    // The name of the file is told in the report.
    let (of_text, of_parquet) = (folder.put("text/people", text), folder.put("parquet/people", std::fs::read(data("people-snappy.parquet")).unwrap()));
    run(spec, Sides::One(of_text), &folder.path("a")).unwrap();
    run(spec, Sides::One(of_parquet), &folder.path("b")).unwrap();
    assert!(files(&folder.path("a")) == files(&folder.path("b")));
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = Folder::new();
    for (name, spec, expected) in [
        ("people-brotli.parquet", SPEC, "compressed with Snappy, Zstandard, gzip, LZ4 or not at all"),
        ("structure.parquet", "id: id\ncolumns: { name: full_name }\n", "the column `name` is a structure; write each of its parts"),
        ("no-rows.parquet", SPEC, "has no records"),
        ("people-snappy.parquet", "id: id\ncolumns: { nme: full_name }\n", "has no column `nme`; its columns are `id`, `name`"),
        ("people-snappy.parquet", "id: code\ncolumns: { name: full_name }\n", ", row 4: the id `a` is that of an earlier row, too"),
        ("people-snappy.parquet", "id: name\ncolumns: { born: date }\n", ", row 4: has no id"),
    ] {
        let error = run(spec, Sides::One(data(name)), &folder.path("out")).unwrap_err();
        assert!(error.is_input() && error.to_string().contains(expected), "{name}: {error}");
    }
    // A file that is cut short or damaged anywhere is an error or reads; it never takes the program down.
    let whole = std::fs::read(data("people-zstd.parquet")).unwrap();
    for step in 0..40 {
        let at = whole.len() * step / 40;
        let cut = folder.put("cut.parquet", &whole[..at.max(4)]);
        assert!(run(SPEC, Sides::One(cut), &folder.path("out")).is_err());
        let mut bent = whole.clone();
        bent[at.max(4)] ^= 0x55;
        let _ = run(SPEC, Sides::One(folder.put("bent.parquet", bent)), &folder.path("out"));
    }
}
