//! Two files against each other.

use std::path::Path;

use candour_linkage::{Input, Sides, Spec, explain, resolve};

use crate::material::{Folder, files, people, run};

const SPEC: &str = "id: id
columns: { forename: forename, surname: surname, dob: date, town: city }
right:
  id: number
  columns: { surname: last_name }
";

/// The right file's ids begin with `mark`.
fn folder(mark: &str) -> (Folder, Sides) {
    let folder = Folder::new();
    let (mut left, mut right) = ("id,forename,surname,dob,town\n".to_owned(), "number;town;last_name;forename;dob\n".to_owned());
    for [id, forename, surname, dob, town] in people(300) {
        match id.strip_suffix('b') {
            // Without a mark, the same ids are used in both files.
            Some(id) => right.push_str(&format!("{mark}{id};{town};{surname};{forename};{dob}\n")),
            None => left.push_str(&format!("{id},{forename},{surname},{dob},{town}\n")),
        }
    }
    let sides = Sides::Two(folder.put("left.csv", left), folder.put("right.csv", right));
    (folder, sides)
}

#[test]
fn records_are_linked_across() {
    let (folder, sides) = folder("");
    let out = folder.path("out");
    let written = run(SPEC, sides, &out).unwrap();
    assert!(written.pairs >= 90, "{written:?}");
    let files = files(&out);
    let text = |name: &str| files.iter().find(|(of, _)| of == name).map(|(_, text)| text.as_str()).unwrap();
    let right = |line: &&str| {
        let mut cells = line.split(',');
        let (left, right, _, probability) = (cells.next().unwrap(), cells.next().unwrap(), cells.next(), cells.next().unwrap());
        left == right && probability.parse::<f64>().unwrap() > 0.95
    };
    let correct = text("pairs.csv").lines().skip(1).filter(right).count();
    assert!(correct >= 90, "{correct} of 100");
    assert_eq!(text("clusters.csv").lines().next(), Some("id,cluster,source"));
    assert!(text("clusters.csv").contains("\np0,left:p0,right\n"), "clusters are told apart where ids are in both files");
    assert!(text("report.html").contains("records of different files"));
}

#[test]
fn the_first_id_is_of_the_left_file() {
    for mark in ["a", "z"] {
        let (folder, sides) = folder(mark);
        run(SPEC, sides, &folder.path("out")).unwrap();
        let pairs = std::fs::read_to_string(folder.path("out").join("pairs.csv")).unwrap();
        assert!(pairs.lines().skip(1).all(|line| line.starts_with('p') && line.contains(&format!(",{mark}p"))), "{mark}");
        let clusters = std::fs::read_to_string(folder.path("out").join("clusters.csv")).unwrap();
        assert!(clusters.contains(&format!("\n{mark}p0,p0,right\n")), "ids tell clusters apart by themselves");
    }
}

#[test]
fn a_pair_is_explained_by_its_sum() {
    let (_folder, sides) = folder("");
    let spec = Spec::parse(Path::new("spec.yml"), SPEC).unwrap();
    let input = Input::read(&spec, sides).unwrap();
    let linkage = resolve(&spec, &input).unwrap();
    for pair in linkage.pairs.iter().take(50) {
        let waterfall = explain(&input, &linkage, input.id(pair.a), input.id(pair.b)).unwrap();
        let sum: f32 = waterfall.prior + waterfall.features.iter().map(|row| row.weight).sum::<f32>();
        assert!((sum - pair.weight).abs() < 1e-3 && (waterfall.probability - pair.probability()).abs() < 1e-6, "{sum} {}", pair.weight);
    }
    let error = explain(&input, &linkage, "p0", "p1").unwrap_err().to_string();
    assert!(error.contains("no record of the right file has the id `p1`"), "{error}");
}
