//! What `candour dedupe` and `candour link` do, without the rest of the program, so that it builds in a minute:
//! `resolve_file dedupe|link FILE [RIGHT] --spec SPEC --out DIR [--threshold P] [--read-only]`.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "an example tells what it does")]

use std::{path::PathBuf, time::Instant};

use candour_linkage::{Input, Outputs, Sides, Spec, peak_mib, resolve};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut files, mut spec, mut out, mut threshold, mut read_only) = (Vec::new(), None, None, None, false);
    let mut args = std::env::args().skip(2);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--spec" => spec = args.next(),
            "--out" => out = args.next(),
            "--threshold" => threshold = args.next(),
            "--read-only" => read_only = true,
            "--json" | "--quiet" => {}
            _ => files.push(PathBuf::from(arg)),
        }
    }
    let right = if files.len() > 1 { files.pop() } else { None };
    let (Some(file), Some(spec), Some(out)) = (files.pop(), spec, out) else { return Err("usage: see the head of this example".into()) };
    let sides = right.map_or_else(|| Sides::One(file.clone()), |right| Sides::Two(file.clone(), right));
    let start = Instant::now();
    let lap = |what: &str| eprintln!("{:7.2} s {:5} MiB  {what}", start.elapsed().as_secs_f64(), peak_mib().unwrap_or(0));
    let mut spec = Spec::load(&PathBuf::from(spec))?;
    if let Some(threshold) = threshold {
        spec.options.threshold = threshold.parse()?;
    }
    let outputs = Outputs::open(&PathBuf::from(out), &sides, &spec)?;
    let input = Input::read(&spec, sides)?;
    lap(&format!("read {} records", input.table.rows()));
    if read_only {
        return Ok(());
    }
    let linkage = resolve(&spec, &input)?;
    for (stage, seconds) in &linkage.report.stages {
        eprintln!("          {seconds:7.2} s {stage}");
    }
    lap("resolved");
    let written = outputs.write(&spec, &input, &linkage)?;
    lap(&format!("wrote {written:?}"));
    let (rows, comparisons) = (input.table.rows(), linkage.report.comparisons);
    println!(
        "{{\"rows\": {rows}, \"comparisons\": {comparisons}, \"pairs\": {}, \"clusters\": {}, \"peak_mib\": {}}}",
        written.pairs,
        written.clusters,
        peak_mib().unwrap_or(0)
    );
    Ok(())
}
