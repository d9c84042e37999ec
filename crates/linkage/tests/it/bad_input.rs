//! What is wrong is told with its place and what to do about it.

use std::path::Path;

use candour_linkage::{Sides, Spec};

use crate::material::{Folder, SPEC, run};

#[test]
fn specs() {
    for (spec, expected) in [
        ("", "columns"),
        ("id: id", "names no columns"),
        ("id: id\ncolumns:\n  a: forname\n", "line 3: `forname`, the kind of the column `a`, is no kind; the kinds are forename, surname"),
        ("id: id\ncolumns:\n  a: surname\n  a: forename\n", "duplicate"),
        ("id: id\ncolumns:\n  a: surname\ncolums: {}\n", "colums"),
        ("id: id\ncolumns:\n  a: surname\nthreshold: 1.5\n", "line 4: `threshold: 1.5` is no probability"),
        ("id: id\ncolumns:\n  a: surname\nthreshold: 0.5\nfloor: 0.9\n", "line 5: the floor `0.9` is above the threshold `0.5`"),
        ("id: id\ncolumns:\n  a: surname\nblocking: { comparisons_per_record: 0 }\n", "line 4: `comparisons_per_record: 0` is no number above 0"),
        ("id: id\ncolumns:\n  a: surname\nblocking: { rules: [[]] }\n", "names no column"),
        ("id: id\ncolumns:\n  a: surname\nleft: { columns: { b: c } }\n", "`left` names the column `b`, which `columns` does not; name one of `a`"),
        ("id: id\ncolumns:\n  a: surname\ncomparisons: { b: none }\n", "`comparisons` names the column `b`"),
        ("id: id\ncolumns:\n  a: surname\ncomparisons: { a: none }\n", "compares no column"),
        ("id: id\ncolumns:\n  a: surname\nmodel: { prior: 0 }\n", "`prior: 0` is no probability"),
        ("id: id\ncolumns:\n  a: surname\nmodel: { fields: { name: { same: { m: 2 } } } }\n", "`m` of `same` is no probability"),
        ("- a\n- b\n", "a spec has the keys"),
    ] {
        let error = Spec::parse(Path::new("spec.yml"), spec).unwrap_err();
        assert!(error.is_input(), "{error}");
        let error = error.to_string();
        assert!(error.contains("spec.yml") && error.contains(expected), "{spec}\n{error}");
    }
}

#[test]
fn special_categories_are_never_compared() {
    for spec in [
        "id: id\ncolumns:\n  religion: category\n",
        "id: id\ncolumns:\n  ethnicGroup: { kind: category }\n",
        "id: id\ncolumns:\n  notes: { kind: category, class: health }\n",
        "id: id\ncolumns:\n  a: category\nright: { columns: { a: trade_union } }\n",
        "id: id\nmandate: M-2026-1\ncolumns:\n  political_party: category\n",
        "id: id\ncolumns:\n  sexual_orientation: category\ncomparisons: { sexual_orientation: none }\n",
    ] {
        let error = Spec::parse(Path::new("spec.yml"), spec).unwrap_err();
        assert!(matches!(error, candour_linkage::LinkageError::Special { .. }), "{spec}\n{error}");
        assert!(error.is_input());
        let error = error.to_string();
        assert!(error.contains("never compared without a mandate") && error.contains("leave the column out"), "{error}");
        assert_eq!(spec.contains("M-2026-1"), error.contains("`M-2026-1` cannot be looked up"), "{error}");
    }
    assert!(Spec::parse(Path::new("spec.yml"), "id: id\ncolumns:\n  sex: category\n").is_ok());
    assert!(
        Spec::parse(Path::new("spec.yml"), "id: id\ncolumns:\n  a: { kind: category, class: hobby }\n")
            .unwrap_err()
            .to_string()
            .contains("no special category")
    );
}

#[test]
fn tables() {
    let header = "id,forename,surname,dob,town\n";
    let cases: &[(&[u8], &str)] = &[
        (b"", "is empty"),
        (b"\n\n\n", "is empty"),
        (header.as_bytes(), "has no records"),
        (b"id,forename,surname,dob\n1,a,b,2000-01-01\n", "has no column `town`; its columns are `id`, `forename`, `surname`, `dob`"),
        (b"id,forename,forename,surname,dob,town\n", "more than one column `forename`"),
        (b"id,forename,surname,dob,town\n1,a,b,2000-01-01,x\n1,c,d,2000-01-02,y\n", ", row 3: the id `1` is that of an earlier row, too"),
        (b"id,forename,surname,dob,town\n1,a,b,2000-01-01,x\n,c,d,2000-01-02,y\n", ", row 3: has no id"),
        (b"id,forename,surname,dob,town\n1,a,b,2000-01-01,x\n2,c,d\n", ", row 3 (line 3): has 3 columns where the header has 5"),
        (
            b"id,forename,surname,dob,town\n1,a,b,2000-01-01,x\n2,c,M\xfcller,2000-01-01,x\n",
            ", row 3 (line 3): is not UTF-8 at byte 2 of column `surname`; convert it first",
        ),
        (b"\xff\xfei\0d\0", "is UTF-16"),
        (b"id,forename,surname,dob,town\n1,,,,\n2,,,,\n", "no column holds anything to compare records by"),
        (b"PAR1 and nothing more", "cannot be read as Parquet"),
        (b"PAR1", "cannot be read as Parquet"),
    ];
    for (bytes, expected) in cases {
        let folder = Folder::new();
        let file = folder.put("people.csv", bytes);
        let error = run(SPEC, Sides::One(file), &folder.path("out")).unwrap_err();
        assert!(error.is_input(), "{error}");
        let error = error.to_string();
        assert!(error.contains(expected), "{}\n{error}", String::from_utf8_lossy(bytes));
        assert_eq!(std::fs::read_dir(folder.path("out")).unwrap().count(), 0, "nothing is written");
    }
    let folder = Folder::new();
    let error = run(SPEC, Sides::One(folder.path("none.csv")), &folder.path("out")).unwrap_err().to_string();
    assert!(error.contains("none.csv") && error.contains("check that it exists"), "{error}");
    let error = run("columns: { a: surname }", Sides::One(folder.put("a.csv", "id,a\n1,b\n")), &folder.path("out")).unwrap_err().to_string();
    assert!(error.contains("names no column of ids"), "{error}");
}

#[test]
fn what_can_be_read_is_read() {
    let rows: &[(&str, &str)] = &[
        ("semicolons", "id;forename;surname;dob;town\n1;a;b;2000-01-01;x\n2;a;b;2000-01-01;x\n"),
        ("tabs", "id\tforename\tsurname\tdob\ttown\n1\ta\tb\t2000-01-01\tx\n2\ta\tb\t2000-01-01\tx\n"),
        ("a byte order mark", "\u{feff}id,forename,surname,dob,town\n1,a,b,2000-01-01,x\n2,a,b,2000-01-01,x\n"),
        ("blanks after commas", "id, forename, surname, dob, town\n1, a, b, 2000-01-01, x\n2, a, b, 2000-01-01, x\n"),
        ("quotes and lines", "id,forename,surname,dob,town\r\n1,\"a, \"\"the\"\"\nsecond\",b,2000-01-01,x\r\n2,a,b,2000-01-01,x\r\n"),
        ("no newline at the end", "id,forename,surname,dob,town\n1,a,b,2000-01-01,x\n2,a,b,2000-01-01,x"),
        ("one record", "id,forename,surname,dob,town\n1,a,b,2000-01-01,x\n"),
        ("a column that is empty", "id,forename,surname,dob,town\n1,a,b,,x\n2,a,b,,x\n"),
    ];
    for (what, text) in rows {
        let folder = Folder::new();
        let written = run(SPEC, Sides::One(folder.put("people.csv", text)), &folder.path("out")).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(written.clusters >= 1, "{what}");
    }
}

#[test]
fn results_do_not_replace_what_is_read_and_say_what_they_replace() {
    let folder = Folder::new();
    let file = folder.put("pairs.csv", "id,forename,surname,dob,town\n1,a,b,2000-01-01,x\n2,a,b,2000-01-01,x\n");
    let error = run(SPEC, Sides::One(file.clone()), &folder.path("")).unwrap_err();
    assert!(!error.is_input() && error.to_string().contains("is read from"), "{error}");
    run(SPEC, Sides::One(file.clone()), &folder.path("out")).unwrap();
    let spec = Spec::parse(Path::new("spec.yml"), SPEC).unwrap();
    let outputs = candour_linkage::Outputs::open(&folder.path("out"), &Sides::One(file.clone()), &spec).unwrap();
    assert_eq!(outputs.replaced, ["pairs.csv", "clusters.csv", "model.json", "report.html"]);
    let error = run(SPEC, Sides::One(file.clone()), &file).unwrap_err();
    assert!(!error.is_input() && error.to_string().contains("choose a folder"), "{error}");
}
