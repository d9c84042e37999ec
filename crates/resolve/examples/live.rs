//! Measures live resolution: resolves a file without some of its rows, then asks for the matches of each of these, adds
//! it, and at last judges and undoes. Prints how long each took and how well the added rows were placed.
//!
//! `live FILE SPEC ID TRUTH HELD_OUT`, where SPEC is `column=kind,…`; TRUTH names a column that says which rows are of one
//! thing, which is looked at only afterwards.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measurement"
)]

use std::{
    collections::{HashMap, HashSet},
    time::Instant,
};

use candour_resolve::{EntityEvent, Kind, Live, NewRecord, Options, Table, TableBuilder, Verdict, link};

/// A file, parted into what is resolved at first and what is added one by one.
struct Parted {
    table: Table,
    new: Vec<NewRecord>,
    /// What each record is of.
    truths: HashMap<String, String>,
    /// Things that a record in the table is of.
    in_table: HashSet<String>,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, file, spec, id_column, truth_column, held_out] = args.as_slice() else {
        println!("usage: live FILE column=kind,… ID TRUTH HELD_OUT");
        return;
    };
    let Parted { table, new, truths, in_table } = parted(file, spec, id_column, truth_column, held_out.parse().unwrap());
    let clock = Instant::now();
    let options = Options::default();
    let linkage = link(&table, &options).unwrap();
    println!("{} records resolved in {:.1} s", table.rows(), clock.elapsed().as_secs_f64());
    let clock = Instant::now();
    let mut live = Live::new(table, linkage, &options).unwrap();
    println!("live after {:.1} s, {} entities, {} MB resident", clock.elapsed().as_secs_f64(), live.entities(), resident());
    add_one_by_one(&mut live, &new, &truths, in_table);
    judge_and_undo(&mut live, &new);
    println!("{} MB resident", resident());
}

fn parted(file: &str, spec: &str, id_column: &str, truth_column: &str, held_out: usize) -> Parted {
    let spec: Vec<(&str, Kind)> = spec.split(',').map(|part| part.split_once('=').unwrap()).map(|(column, kind)| (column, kind.parse().unwrap())).collect();
    let mut reader = csv::Reader::from_path(file).unwrap();
    let headers = reader.headers().unwrap().clone();
    let place = |name: &str| headers.iter().position(|column| column == name).unwrap();
    let columns: Vec<usize> = spec.iter().map(|(column, _)| place(column)).collect();
    let (id, truth) = (place(id_column), place(truth_column));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let every = rows.len() / held_out.max(1);
    let mut builder = TableBuilder::new(&spec);
    let (mut truths, mut in_table, mut new) = (HashMap::new(), HashSet::new(), Vec::new());
    for (place, row) in rows.iter().enumerate() {
        truths.insert(row[id].to_owned(), row[truth].to_owned());
        if place % every == every / 2 {
            let values = spec.iter().zip(&columns).map(|((name, _), column)| ((*name).to_owned(), row[*column].to_owned())).collect();
            new.push(NewRecord { id: row[id].to_owned(), source: 0, values });
        } else {
            builder.record(&row[id], 0).unwrap();
            for (column, from) in columns.iter().enumerate() {
                builder.value(column, &row[*from]);
            }
            in_table.insert(row[truth].to_owned());
        }
    }
    Parted { table: builder.build(), new, truths, in_table }
}

fn add_one_by_one(live: &mut Live, new: &[NewRecord], truths: &HashMap<String, String>, mut known: HashSet<String>) {
    let (mut asked, mut added, mut undisturbed, mut matches) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut kinds: HashMap<&str, usize> = HashMap::new();
    let (mut right, mut placed, mut reachable) = (0, 0, 0);
    for record in new {
        let before = interruptions();
        let clock = Instant::now();
        matches += live.candidates(record).unwrap().len();
        asked.push(clock.elapsed().as_secs_f64());
        let clock = Instant::now();
        let change = live.add(record.clone()).unwrap();
        added.push(clock.elapsed().as_secs_f64());
        undisturbed.push(before == interruptions());
        for event in &change.events {
            let kind = match event {
                EntityEvent::Created { .. } => "created",
                EntityEvent::Joined { .. } => "joined",
                EntityEvent::Merged { .. } => "merged",
                _ => "other",
            };
            *kinds.entry(kind).or_default() += 1;
        }
        let truth = &truths[&record.id];
        let others = live.records(live.entity(&record.id).unwrap());
        let joined = others.len() > 1;
        placed += usize::from(joined);
        right += usize::from(joined && 2 * others.iter().filter(|id| &truths[**id] == truth).count() > others.len());
        reachable += usize::from(!known.insert(truth.clone()));
    }
    say("candidates", &mut asked.clone());
    say("add", &mut added.clone());
    let both: Vec<f64> = asked.iter().zip(&added).map(|(one, other)| one + other).collect();
    say("candidates and add", &mut both.clone());
    // On a busy machine a call may wait for its turn; those that did not show what the work itself takes.
    let mut alone: Vec<f64> = both.iter().zip(&undisturbed).filter(|(_, undisturbed)| **undisturbed).map(|(both, _)| *both).collect();
    say(&format!("the same, {} that were not interrupted", alone.len()), &mut alone);
    println!("{:.1} matches from the floor on, on average; {} events: {kinds:?}", matches as f64 / new.len() as f64, kinds.values().sum::<usize>());
    println!("of {reachable} that have others of their thing, and {} in all: {placed} joined, {right} of these rightly", new.len());
}

fn judge_and_undo(live: &mut Live, new: &[NewRecord]) {
    let (mut judged, mut undone) = (Vec::new(), Vec::new());
    for pair in new.chunks_exact(2).take(500) {
        let before = live.entity(&pair[0].id).unwrap();
        let clock = Instant::now();
        let (judgement, _) = live.judge(&pair[0].id, &pair[1].id, Verdict::Same).unwrap();
        judged.push(clock.elapsed().as_secs_f64());
        let clock = Instant::now();
        live.undo(judgement).unwrap();
        undone.push(clock.elapsed().as_secs_f64());
        assert_eq!(live.entity(&pair[0].id).unwrap(), before);
    }
    say("judge", &mut judged);
    say("undo", &mut undone);
}

fn say(what: &str, seconds: &mut [f64]) {
    seconds.sort_by(f64::total_cmp);
    let at = |share: f64| seconds[((seconds.len() - 1) as f64 * share) as usize] * 1000.0;
    println!("{what}: p50 {:.3} ms, p99 {:.3} ms, max {:.3} ms", at(0.5), at(0.99), at(1.0));
}

/// How often the system gave this thread's core to another, where it tells.
fn interruptions() -> u64 {
    let status = std::fs::read_to_string("/proc/thread-self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("nonvoluntary_ctxt_switches:")).unwrap_or_default();
    line.trim().parse().unwrap_or(0)
}

/// Megabytes of memory that are in use, where the system tells.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse().unwrap_or(0) / 1024
}
