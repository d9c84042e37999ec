//! What goes wrong in the field: each gets an error or a reject with file, place and remedy, and the rest goes in.

use candour_intake::{Batch, Defaults, Plan, Reject, RejectsFile};

use crate::reading::{Folder, read};

const MAPPING: &str = "d:
  queries:
    - csv: t.csv
      entities:
        p: {schema: Person, id_column: a, properties: {name: {column: b}, birthDate: {column: c, format: '%d/%m/%Y'}}}
";

#[track_caller]
fn check(table: &[u8], expected: &str) {
    let outcome = Folder::new(&[("t.csv", table)]).outcome(Some(MAPPING));
    assert_eq!(outcome.trim(), expected.trim(), "{}", String::from_utf8_lossy(table.get(..table.len().min(500)).unwrap()));
}

#[test]
fn rows_that_cannot_be_taken_are_told_apart_from_those_that_can() {
    // Too few cells, too many, a blank line, empty cells to spare, a wrong date, no key, a key and nothing else.
    check(
        b"a,b,c\n1,Ann\n2,Bo,01/02/1990,x\n\n3,Cy,01/02/1990,,\n4,Di,31/02/1990\n5,Ed,yesterday\n,Fay,\n7,,\n",
        r##"
Person 3 birthDate="1990-02-01"<"01/02/1990"#3.3 name="Cy"#3.2
Person 4 name="Di"#4.2
Person 5 name="Ed"#5.2
REJECT t.csv:2 [] the row has 2 cells where the header has 3; add the missing cells, or look for a stray line break ("1,Ann")
REJECT t.csv:3 [] the row has 4 cells where the header has 3; quote cells that hold the separator ("2,Bo,01/02/1990,x")
REJECT t.csv:6 [c] `31/02/1990` does not exist: February 1990 has 28 days; correct it, or write `1990-02` if only the month is known ("31/02/1990")
REJECT t.csv:7 [c] `yesterday` does not have the form `%d/%m/%Y` that the mapping asks for; correct the value or the pattern ("yesterday")
REJECT t.csv:8 [a] entity `p` has values and no id, because its key is empty; fill the key, or filter such rows out ("Fay")
REJECT t.csv:9 [a] the row says nothing of entity `p` but its key, so it is not stored; fill a cell, or map a literal ("7")
"##,
    );
}

#[test]
fn lines_are_those_of_the_file_whatever_stands_in_quotes() {
    check(
        b"a,b,c\r\n1,\"Ann\r\nLee\",\r\n2,\"say \"\"Bo\"\"\",31/02/1990\r\n",
        r##"
Person 1 name="Ann Lee"<"Ann\r\nLee"#1.2
Person 2 name="say \"Bo\""#2.2
REJECT t.csv:4 [c] `31/02/1990` does not exist: February 1990 has 28 days; correct it, or write `1990-02` if only the month is known ("31/02/1990")
"##,
    );
}

#[test]
fn blank_lines_and_line_ends_of_every_kind_are_taken() {
    for end in ["\n", "\r\n", "\r"] {
        let table = format!("a,b,c{end}1,Ann,{end}{end}2,\"Bo\",\"\"{end}3,Cy,never{end}");
        let line = if end == "\r" { 4 } else { 5 };
        let refusal = "`never` does not have the form `%d/%m/%Y` that the mapping asks for; correct the value or the pattern";
        check(
            table.as_bytes(),
            &format!("Person 1 name=\"Ann\"#1.2\nPerson 2 name=\"Bo\"#2.2\nPerson 3 name=\"Cy\"#3.2\nREJECT t.csv:{line} [c] {refusal} (\"never\")"),
        );
    }
}

#[test]
fn a_quote_that_is_never_closed_is_told() {
    let rows: String = (2..200).map(|row| format!("{row},Bo,\n")).collect();
    let outcome = Folder::new(&[("t.csv", format!("a,b,c\n1,\"Ann,\n{rows}").as_bytes())]).outcome(Some(MAPPING));
    assert!(outcome.starts_with("REJECT t.csv:2 [] the row has 2 cells where the header has 3; it runs over 199 lines, so look for a quote"), "{outcome}");
}

#[test]
fn a_cell_of_ten_million_characters_is_one_reject() {
    let long = "x".repeat(10_000_000);
    let table = format!("a,b,c\n1,{long},\n2,Bo,\n3,Cy,{long}\n{long},Di,\n");
    let folder = Folder::new(&[("t.csv", table.as_bytes())]);
    let batch = read(&folder.plan(Some(MAPPING)).unwrap().steps[0], 0, 100).unwrap();
    assert_eq!(batch.drafts.iter().map(|draft| draft.id.as_str()).collect::<Vec<_>>(), ["2", "3"]);
    let reasons: Vec<(u64, &str, &str)> = batch.rejects.iter().map(|reject| (reject.line, reject.column.as_str(), reject.reason.as_str())).collect();
    assert_eq!(
        reasons,
        [
            (2, "b", "the value has 10000000 characters and `name` takes 384; split it, or keep it in a document of its own"),
            (4, "c", "the value has 10000000 characters and `birthDate` takes 32; split it, or keep it in a document of its own"),
            (5, "a", "the id has more than 200 characters; shorten it, or use `keys`"),
        ]
    );
    assert!(batch.rejects.iter().all(|reject| reject.value.chars().count() <= 201));
}

#[test]
fn what_is_no_table_is_refused_whole() {
    for (bytes, expected) in [
        (
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0"[..],
            "`t.csv`: holds bytes that no text has, so it is no CSV file; give a delimited text file with one header line, or leave the file out",
        ),
        (b"", "`t.csv`: has no header line; give a delimited text file with one header line, or leave the file out"),
        (b"a,b\n1,Ann\n", "mapping `map.yml`, dataset `d`, query 1, entity `p`, property `birthDate`: `t.csv` has no column `c`; its columns are: a, b"),
        (
            b"a,b,c,b\n",
            "mapping `map.yml`, dataset `d`, query 1, entity `p`, property `name`: `t.csv` has 2 columns called `b`; rename all but one of them in its first line",
        ),
    ] {
        check(bytes, expected);
    }
}

#[test]
fn files_that_nothing_explains_are_told() {
    for (name, bytes, expected) in [
        (
            "t.csv",
            &b"a,b\n"[..],
            "`t.csv`: is a table, and nothing says what its columns mean; give `--mapping FILE.yml`; the guide's page on mappings has examples",
        ),
        (
            "t.bin",
            b"x",
            "no file has a known format: t.bin; this version reads CSV (with a mapping), FollowTheMoney JSON lines (.ijson, .jsonl, .json) and plain text (.txt, .md)",
        ),
        (
            "t.json",
            b"[\n{}]",
            "`t.json`: is one JSON array, not JSON lines; give FollowTheMoney entities, one JSON object a line; `jq -c '.[]?' FILE` makes such lines of an array, `jq -c . FILE` of objects",
        ),
        ("t.txt", b"\0\x01\x02", "`t.txt`: holds bytes that no text has; this version reads CSV (with a mapping), FollowTheMoney JSON lines and plain text"),
    ] {
        let folder = Folder::new(&[(name, bytes)]);
        let error = Plan::make(&[folder.path().join(name)], None, &Defaults::default()).unwrap_err().to_string();
        assert_eq!(error.replace(&format!("{}/", folder.path().display()), ""), expected);
    }
    assert_eq!(Folder::new(&[]).outcome(None).trim(), "no files to import; name files or a folder that holds some");
}

#[test]
fn one_odd_file_in_a_folder_does_not_keep_the_rest_out() {
    let folder = Folder::new(&[("a.txt", b"\0\x01\x02"), ("b.txt", b"Zoe was here."), ("c.json", b"[\n{}]"), ("d.png", b"\x89PNG")]);
    let plan = folder.plan(None).unwrap();
    assert_eq!(plan.steps.iter().map(|step| step.name.as_str()).collect::<Vec<_>>(), ["b.txt"]);
    assert_eq!(plan.unmapped, ["a.txt", "c.json", "d.png"].map(|name| folder.path().join(name)));
}

#[test]
fn a_recipe_that_does_not_fit_the_last_file_is_told_before_the_first_is_read() {
    let folder = Folder::new(&[("t.csv", b"a,b,c\n1,Ann,1990\n"), ("u.csv", b"a,b\n2,Bo\n")]);
    let error = folder.plan(Some(&MAPPING.replace("csv: t.csv", "csv: ['t.csv', 'u.csv']"))).unwrap_err().to_string();
    assert!(error.contains("has no column `c`; its columns are: a, b"), "{error}");
}

#[test]
fn a_reader_can_work_on_a_thread_of_its_own() {
    fn check<T: Send>() {}
    check::<candour_intake::StepReader<'_>>();
    check::<Batch>();
}

#[test]
fn rejects_are_written_down_and_an_earlier_run_is_not_forgotten() {
    let folder = Folder::new(&[]);
    let path = folder.path().join("rejects.csv");
    let reject = |line| Reject { file: "t.csv".to_owned(), line, column: "b".to_owned(), reason: "why, and \"how\"".to_owned(), value: "x\ny".to_owned() };
    let untouched = RejectsFile::at(&path);
    assert_eq!(untouched.finish(), (0, None));
    assert!(!path.exists());
    for line in [2, 3] {
        let mut file = RejectsFile::at(&path);
        file.write(&[]).unwrap();
        file.write(&[reject(line)]).unwrap();
        assert_eq!(file.finish(), (1, Some(path.clone())));
    }
    let row = |line| format!("t.csv,{line},b,\"why, and \"\"how\"\"\",\"x\ny\"\n");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("file,line,column,reason,value\n{}{}", row(2), row(3)));
}
