//! What `candour dedupe` and `candour link` do, without the rest of the program: `resolve_file SPEC OUT FILE [RIGHT]`.
#![allow(clippy::print_stderr, reason = "an example tells what it does")]

use std::{path::PathBuf, time::Instant};

use candour_linkage::{Input, LinkageError, Outputs, Sides, Spec, peak_mib, resolve};

fn main() -> Result<(), LinkageError> {
    let mut args = std::env::args().skip(1).map(PathBuf::from);
    let (Some(spec), Some(out), Some(file)) = (args.next(), args.next(), args.next()) else {
        eprintln!("usage: resolve_file SPEC OUT FILE [RIGHT]");
        return Ok(());
    };
    let sides = args.next().map_or_else(|| Sides::One(file.clone()), |right| Sides::Two(file.clone(), right));
    let start = Instant::now();
    let lap = |what: &str| eprintln!("{:7.2} s {:5} MiB  {what}", start.elapsed().as_secs_f64(), peak_mib().unwrap_or(0));
    let spec = Spec::load(&spec)?;
    let outputs = Outputs::open(&out, &sides, &spec)?;
    let input = Input::read(&spec, sides)?;
    lap(&format!("read {} records", input.table.rows()));
    if out.ends_with("none") {
        return Ok(());
    }
    let linkage = resolve(&spec, &input)?;
    lap("resolved");
    let written = outputs.write(&spec, &input, &linkage)?;
    lap(&format!("wrote {written:?}"));
    Ok(())
}
