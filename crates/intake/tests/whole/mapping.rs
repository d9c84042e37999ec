//! Every word of the mapping language, on tables of a few rows.

use crate::reading::Folder;

const HEAD: &str = "d:\n  queries:\n    - csv: t.csv\n";

/// One person per row of `a,b,c`, with the properties given.
fn person(properties: &str) -> String {
    format!("{HEAD}      entities:\n        p: {{schema: Person, id_column: a, properties: {{{properties}}}}}\n")
}

#[track_caller]
fn check(mapping: &str, table: &str, expected: &str) {
    let outcome = Folder::new(&[("t.csv", table.as_bytes())]).outcome(Some(mapping));
    assert_eq!(outcome.trim(), expected.trim(), "\n{mapping}\n{table}");
}

#[test]
fn values_come_from_columns_literals_and_templates() {
    for (properties, row, expected) in [
        ("name: {column: b}", "x,Ann,", r##"Person x name="Ann"#1.2"##),
        ("name: {column: [b, c]}", "x,Ann,Lee", r##"Person x name="Ann"#1.2 name="Lee"#1.3"##),
        ("name: {columns: [b, c], column: a}", "x,Ann,Lee", r##"Person x name="x"#1.1 name="Ann"#1.2 name="Lee"#1.3"##),
        ("name: {literal: Ann}", "x,,", r##"Person x name="Ann"#1.0"##),
        ("name: {literals: [Ann, Lee], column: b}", "x,Bo,", r##"Person x name="Ann"#1.0 name="Lee"#1.0 name="Bo"#1.2"##),
        ("nationality: {literal: United Kingdom}", "x,,", r##"Person x nationality="gb"<"United Kingdom"#1.0"##),
        ("name: {columns: [b, c], join: ' '}", "x,Ann,Lee", r##"Person x name="Ann Lee"#1.0"##),
        ("name: {columns: [b, c], join: ' '}", "x,,Lee", r##"Person x name="Lee"#1.0"##),
        ("name: {columns: [b, c], literal: Ms, join: ' '}", "x,Ann,Lee", r##"Person x name="Ms Ann Lee"#1.0"##),
        ("name: {template: '{{b}} of {{ c }}'}", "x,Ann,York", r##"Person x name="Ann of York"#1.0"##),
        ("name: {template: 'Nobody'}", "x,,", r##"Person x name="Nobody"#1.0"##),
        ("email: {column: b, split: ;}", "x,a@example.org; b@example.org;,", r##"Person x email="a@example.org"#1.2 email="b@example.org"#1.2"##),
        ("name: {columns: [b, c], join: ';', split: ;}", "x,Ann,Lee", r##"Person x name="Ann"#1.0 name="Lee"#1.0"##),
        ("name: {template: '{{b}}|{{c}}', split: '|'}", "x,Ann,Lee", r##"Person x name="Ann"#1.0 name="Lee"#1.0"##),
        ("gender: {column: b, map: {W: female}}", "x,W,", r##"Person x gender="female"<"W"#1.2"##),
        ("position: {columns: [b, c], map: {PC: constable}}", "x,PC,Inspector", r##"Person x position="constable"<"PC"#1.2 position="Inspector"#1.3"##),
        ("birthDate: {column: b, format: '%d/%m/%Y'}", "x,4/08/2017,", r##"Person x birthDate="2017-08-04"<"4/08/2017"#1.2"##),
        ("name: {column: b, lang: eng}", "x,Ann,", r##"Person x name="Ann"@eng#1.2"##),
        ("phone: {column: b}, country: {column: c}", "x,01632 960101,gb", r##"Person x country="gb"#1.3 phone="+441632960101"<"01632 960101"#1.2"##),
        (
            "idNumber: {column: b, format: iban}",
            "x,GB82 WEST 1234 5698 7654 32,",
            r##"Person x idNumber="GB82WEST12345698765432"<"GB82 WEST 1234 5698 7654 32"#1.2"##,
        ),
        (
            "nationality: {literal: no}, idNumber: {literal: 007}, notes: {literals: [yes, 12]}",
            "x,,",
            r##"Person x nationality="no"#1.0 idNumber="007"#1.0 notes="yes"#1.0 notes="12"#1.0"##,
        ),
        // A value that stands already as it is to stand is not changed by `map`.
        ("name: {column: b, fuzzy: true}", "x,  Ann ,", r##"Person x name="Ann"#1.2"##),
    ] {
        check(&person(properties), &format!("a,b,c\n{row}\n"), expected);
    }
}

#[test]
fn filters_choose_rows() {
    let table = "a,b,c\n1,Ann,x\n2,Bo,y\n3,Cy,\n";
    for (filters, expected) in [
        ("filters: {c: x}", &["Ann"][..]),
        ("filters: {c: [x, y]}", &["Ann", "Bo"]),
        ("filters: {c: ''}", &["Cy"]),
        ("filters_not: {c: x}", &["Bo", "Cy"]),
        ("filters_not: {c: ['', y]}", &["Ann"]),
        ("filters: {c: [x, y]}\n      filters_not: {a: 2}", &["Ann"]),
        ("filters: {a: 3, c: x}", &[]),
    ] {
        let mapping = format!("{HEAD}      {filters}\n      entities:\n        p: {{schema: Person, id_column: a, properties: {{name: {{column: b}}}}}}\n");
        let outcome = Folder::new(&[("t.csv", table.as_bytes())]).outcome(Some(&mapping));
        let found: Vec<&str> = outcome.lines().map(|line| line.split('"').nth(1).unwrap()).collect();
        assert_eq!(found, expected, "{filters}");
    }
}

#[test]
fn ids_come_from_keys_columns_and_templates() {
    for (rule, expected) in [
        ("id_column: a", "7"),
        ("id_template: 'depot-{{a}}-{{b}}'", "depot-7-Ann"),
        // Vectors made with the Python package followthemoney 4.11.2 (`ftm map --no-sign`).
        ("keys: a", "7d83dd825f5fed50a940a6979fe0a99ed661cd89"),
        ("key: [b, a], key_literal: person", "929a750c59578ad18c345fa2eab6c4ae5d1f0863"),
    ] {
        let mapping = format!("{HEAD}      entities:\n        p: {{schema: Person, {rule}, properties: {{name: {{column: b}}}}}}\n");
        check(&mapping, "a,b\n7,Ann\n", &format!("Person {expected} name=\"Ann\"#1.2"));
    }
    let prefixed = "d:
  key_prefix: ''
  queries: [{csv: t.csv, entities: {p: {schema: Person, keys: a, properties: {name: {column: b}}}}}]
";
    check(prefixed, "a,b\n7,Ann\n", "Person 902ba3cda1883801594b6e1b452790cc53948fda name=\"Ann\"#1.2");
    let signed = prefixed.replace("key_prefix: ''", "sign: true");
    check(&signed, "a,b\n7,Ann\n", "Person 7d83dd825f5fed50a940a6979fe0a99ed661cd89.e93ddad2dc7f7155de878e467c35f806f1dc0b9c name=\"Ann\"#1.2");
}

#[test]
fn one_row_gives_several_entities_and_their_links() {
    let mapping = "d:
  queries:
    - csv: t.csv
      entities:
        link: {schema: Ownership, id_template: 'l-{{a}}-{{b}}', properties: {owner: {entity: who}, asset: {entity: what, required: true}}}
        who: {schema: Person, id_column: a, properties: {name: {column: a}}}
        what: {schema: Vehicle, id_column: b}
";
    check(
        mapping,
        "a,b\nann,v1\nbo,\n",
        r##"
Person ann name="ann"#1.1
Ownership l-ann-v1 asset="v1"#1.0 owner="ann"#1.0
Person bo name="bo"#2.1"##,
    );
}

#[test]
fn a_folder_maps_in_one_document() {
    let folder = Folder::new(&[("one.csv", b"a\n1\n"), ("two.csv", b"a\n2\n"), ("three.csv", b"x;y\n3;Cy\n"), ("spare.csv", b"z\n9\n")]);
    let mapping = "
d:
  queries:
    - csv: [one.csv, 't*o.csv']
      entities:
        p: {schema: Person, id_column: a, properties: {name: {literal: Ann}}}
e:
  query:
    csv_url: file://three.csv
    entities:
      p: {schema: Person, id_column: x, properties: {name: {column: y}}}
";
    let plan = folder.plan(Some(mapping)).unwrap();
    let steps: Vec<(&str, &str, u32)> = plan.steps.iter().map(|step| (step.name.as_str(), step.dataset.as_str(), step.number)).collect();
    assert_eq!(steps, [("one.csv", "d", 0), ("two.csv", "d", 0), ("three.csv", "e", 1)]);
    assert_eq!(plan.unmapped, [folder.path().join("spare.csv")]);
    assert_eq!(folder.outcome(Some(mapping)), "Person 1 name=\"Ann\"#1.0\nPerson 2 name=\"Ann\"#1.0\nPerson 3 name=\"Cy\"#1.2\n");
}

#[test]
fn settings_are_inherited_and_read_from_columns() {
    let mapping = |entity: &str, query: &str| {
        format!(
            "d:\n  marking: open\n  grade: 1A\n  queries:\n    - csv: t.csv\n{query}      entities:\n        p: {{schema: Person, id_column: a, {entity}properties: {{name: {{column: a}}}}}}\n"
        )
    };
    for (entity, query, row, expected) in [
        ("", "", "x,", r##"Person x !open !1A name="x"#1.1"##),
        ("", "      marking: official\n", "x,", r##"Person x !official !1A name="x"#1.1"##),
        ("marking: {column: b}, ", "      marking: official\n", "x,secret", r##"Person x !secret !1A name="x"#1.1"##),
        ("grade: {column: b}, ", "", "x,3E", r##"Person x !open !3E name="x"#1.1"##),
        ("grade: {column: b}, ", "", "x,", r##"Person x !open name="x"#1.1"##),
        ("kind: assessment, ", "", "x,", r##"Person x !open !1A !assessment name="x"#1.1"##),
        ("kind: {column: b}, ", "", "x,fact", r##"Person x !open !1A name="x"#1.1"##),
        ("marking: {column: b}, ", "", "x,", r##"REJECT t.csv:2 [b] the row has no marking; write one, or give the mapping a literal ("")"##),
        (
            "grade: {column: b}, ",
            "",
            "x,9Z",
            r##"REJECT t.csv:2 [b] `9Z` is no 3x5x2 grade; write a source evaluation 1-3 and an assessment A-E, such as `2D` ("9Z")"##,
        ),
        ("kind: {column: b}, ", "", "x,guess", r##"REJECT t.csv:2 [b] `guess` is no kind of statement; write `fact` or `assessment` ("guess")"##),
    ] {
        check(&mapping(entity, query), &format!("a,b\n{row}\n"), expected);
    }
}

#[test]
fn a_mapping_says_when_its_statements_held() {
    let mapping = |entity: &str, query: &str| {
        format!(
            "d:\n  valid_from: 2016\n  queries:\n    - csv: t.csv\n{query}      entities:\n        p: {{schema: Person, id_column: a, {entity}properties: {{name: {{column: a}}}}}}\n"
        )
    };
    for (entity, query, row, expected) in [
        ("", "", "x,,", r##"Person x [2016..] name="x"#1.1"##),
        ("", "      valid_to: 24 August 2017\n", "x,,", r##"Person x [2016..2017-08-24] name="x"#1.1"##),
        ("valid_from: 2016-05, ", "      valid_from: {column: b}\n", "x,2020,", r##"Person x [2016-05..] name="x"#1.1"##),
        (
            "valid_from: {column: b}, valid_to: {column: c}, ",
            "",
            "x,2017-08-24,2017-08-24T10:30+01:00",
            r##"Person x [2017-08-24..2017-08-24T09:30] name="x"#1.1"##,
        ),
        ("valid_from: {column: b, format: '%d/%m/%Y'}, ", "", "x,4/08/2017,", r##"Person x [2017-08-04..] name="x"#1.1"##),
        // An empty cell leaves that end open; it does not fall back to what the dataset says.
        ("valid_from: {column: b}, valid_to: {column: c}, ", "", "x,,2010", r##"Person x [..2010] name="x"#1.1"##),
        ("valid_from: {column: b}, valid_to: {column: c}, ", "", "x,,", r##"Person x name="x"#1.1"##),
        (
            "valid_from: {column: b}, ",
            "",
            "x,yesterday,",
            r##"REJECT t.csv:2 [b] `yesterday` is no date; write `2017`, `2017-08` or `2017-08-24`, or give the mapping a `format` such as `%d/%m/%Y` ("yesterday")"##,
        ),
        (
            "valid_to: {column: c, format: '%d/%m/%Y'}, ",
            "",
            "x,,31/02/2019",
            r##"REJECT t.csv:2 [c] `31/02/2019` does not exist: February 2019 has 28 days; correct it, or write `2019-02` if only the month is known ("31/02/2019")"##,
        ),
        (
            "valid_from: {column: b}, valid_to: {column: c}, ",
            "",
            "x,2017-08,2017-07-31",
            r##"REJECT t.csv:2 [c] `valid_to` is `2017-07-31`, before `valid_from`, which is `2017-08`; correct one of them, or leave it out ("2017-07-31")"##,
        ),
        (
            "valid_from: {column: b}, valid_to: 2017, ",
            "",
            "x,2018-01-02,",
            r##"REJECT t.csv:2 [b] `valid_to` is `2017`, before `valid_from`, which is `2018-01-02`; correct one of them, or leave it out ("2018-01-02")"##,
        ),
    ] {
        check(&mapping(entity, query), &format!("a,b,c\n{row}\n"), expected);
    }
}

#[test]
fn a_wrong_mapping_is_told_where_and_what_to_do() {
    let table = "a,b\n1,Ann\n";
    for (mapping, expected) in [
        ("", "mapping `map.yml`"),
        ("d: [", "line 1"),
        ("d: {queries: []}\nd: {queries: []}", "duplicate"),
        (&person("name: {literal: 1.50}"), "1.5 is a decimal number where a text is wanted; put it in quotes"),
        ("d: {}", "mapping `map.yml`, dataset `d`: it has no queries; add `queries:` with one entry per file"),
        ("d: {queries: [{csv: t.csv}]}", "mapping `map.yml`, dataset `d`, query 1: it has no entities"),
        ("d: {queries: [{entities: {p: {schema: Person, keys: a}}}]}", "it names no file; add `csv: FILE.csv`"),
        ("d: {queries: [{database: x, csv: t.csv}]}", "database sources are not built"),
        ("d: {queries: [{csv: t.csv, entities: {p: {schema: Person, keys: a}}}]}", "none of its entities has properties"),
        ("d: {queries: [{csv: t.csv, entitys: {}}]}", "unknown field"),
        (
            "d: {queries: [{csv: u.csv, entities: {p: {schema: Person, keys: a, properties: {name: {column: b}}}}}]}",
            "no file matches `u.csv`; the files given are: t.csv",
        ),
        ("d: {queries: [{csv: 'https://example.org/t.csv', entities: {p: {schema: Person, keys: a, properties: {name: {column: b}}}}}]}", "is a web address"),
        (
            &person("nom: {column: b}"),
            "mapping `map.yml`, dataset `d`, query 1, entity `p`, property `nom`: schema `Person` has no property `nom`; use one of ",
        ),
        (
            &person("name: {column: z}"),
            "mapping `map.yml`, dataset `d`, query 1, entity `p`, property `name`: `t.csv` has no column `z`; its columns are: a, b",
        ),
        (&person("name: {}"), "property `name`: it says not where its values come from"),
        (&person("name: {template: '{{a}}', column: b}"), "it has both `template` and other values"),
        (&person("name: {entity: q}"), "property `name`: the query has no entity `q`; use one of p"),
        (&person("name: {entity: p}"), "refer to each other in a circle"),
        (&person("birthDate: {literal: yesterday}"), "property `birthDate`: `yesterday` is no date"),
        (&person("name: {column: b, lang: qqq1}"), "give `lang` as an ISO 639-3 code"),
        (&person("name: {column: b, split: ''}"), "`split` is empty"),
        (&person("birthDate: {column: b, format: dmy}"), "`dmy` is no date pattern"),
        (&person("idNumber: {column: b, format: nino2}"), "there is no identifier format `nino2`"),
        (&person("ownershipOwner: {column: b}"), "far side of a link"),
        (&person("name: {column: b}").replace("Person", "Persn"), "entity `p`: there is no schema `Persn`; use one of "),
        (&person("name: {column: b}").replace("Person", "Thing"), "schema `Thing` is only a root for others"),
        (&person("name: {column: b}").replace("id_column: a, ", ""), "it has neither `keys` nor `id_column` nor `id_template`"),
        (&person("name: {column: b}").replace("id_column: a, ", "id_column: a, keys: b, "), "more than one of `keys`, `id_column` and `id_template`"),
        (&person("name: {column: b}").replace("id_column: a, ", "id_template: x, "), "names no column"),
        (&person("name: {column: b}").replace("schema: Person", "schema: Person, kind: rumour"), "`rumour` is no kind of statement"),
        (&person("name: {column: b}").replace("schema: Person", "schema: Person, grade: 7X"), "entity `p`, grade: `7X` is no 3x5x2 grade"),
        (&person("name: {column: b}").replace("schema: Person", "schema: Person, valid_from: soon"), "entity `p`, valid_from: `soon` is no date"),
        (
            &person("name: {column: b}").replace("schema: Person", "schema: Person, valid_from: 2018, valid_to: 2017-12"),
            "entity `p`: `valid_to` is `2017-12`, before `valid_from`, which is `2018`",
        ),
        (&person("name: {column: b}").replace("schema: Person", "schema: Person, valid_to: {column: b, format: dmy}"), "valid_to: `dmy` is no date pattern"),
        (&person("name: {column: b}").replace("schema: Person", "schema: Person, grade: {column: b, format: '%d'}"), "grade: it takes no `format`"),
        (&person("name: {column: b}").replace("schema: Person", "schema: Person, grade: {colum: b}"), "unknown field"),
        (&person("name: {column: b}").replace("schema: Person", "schema: Person, grade: [2D]"), "a text, or the column to read it from: `{column: NAME}`"),
        (&person("name: {column: b}").replace("schema: Person", "schema: Person, valid_to: {column: z}"), "entity `p`, valid_to: `t.csv` has no column `z`"),
        (&person("name: {column: b}").replace("csv: t.csv", "csv: t.csv\n      delimiter: '\u{e9}'"), "the delimiter is not a single ASCII character"),
        (&person("name: {column: b}").replace("csv: t.csv", "csv: t.csv\n      encoding: ebcdic"), "there is no encoding `ebcdic`"),
        (
            "d: {queries: [{csv: t.csv, entities: {p: {schema: Person, keys: a, properties: {name: {column: b}}}, v: {schema: Vehicle, keys: b}}}]}",
            "entity `v`: it has no properties, and no other entity refers to it",
        ),
        (
            "d: {queries: [{csv: t.csv, entities: {p: {schema: Person, keys: a}, o: {schema: Ownership, keys: b, properties: {asset: {entity: p}}}}}]}",
            "property `asset`: it takes a `Asset`, and `p` is a `Person`",
        ),
    ] {
        let outcome = Folder::new(&[("t.csv", table.as_bytes())]).outcome(Some(mapping));
        assert!(outcome.starts_with("mapping `map.yml`") && outcome.contains(expected), "{mapping}\n{outcome}");
    }
}
