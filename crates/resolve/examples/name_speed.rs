//! How many pairs of names are scored a second, in one thread, strings never seen before included.
//!
//! usage: `name_speed PAIRS.csv [SECONDS]`, with columns `name1`, `name2` and `schema`.

use std::{error::Error, hint::black_box, io::Write as _, time::Instant};

use candour_resolve::names::{Kind, Prepared, score, score_names};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: name_speed PAIRS.csv [SECONDS]")?;
    let seconds = std::env::args().nth(2).map_or(Ok(3.0), |seconds| seconds.parse())?;
    let mut reader = csv::Reader::from_path(path)?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name).ok_or(format!("no column `{name}`"));
    let (first, second, schema) = (column("name1")?, column("name2")?, column("schema")?);
    let mut pairs = Vec::new();
    for row in reader.records() {
        let row = row?;
        let cell = |at| row.get(at).unwrap_or_default().to_owned();
        pairs.push((cell(first), cell(second), Kind::from_schema(&cell(schema))));
    }
    let mut out = std::io::stdout().lock();
    score_names("a", "b", Kind::Person);
    let time = |what: &mut dyn FnMut()| {
        let (start, mut turns) = (cpu(), 0_u32);
        while cpu() - start < seconds {
            what();
            turns += 1;
        }
        f64::from(turns) * f64::from(u32::try_from(pairs.len()).unwrap_or(u32::MAX)) / (cpu() - start)
    };
    let cold = time(&mut || {
        for (a, b, kind) in &pairs {
            black_box(score_names(black_box(a), black_box(b), *kind));
        }
    });
    writeln!(out, "cold {cold:.0} pairs a CPU second")?;
    let prepared: Vec<_> = pairs.iter().map(|(a, b, kind)| (Prepared::new(a, *kind), Prepared::new(b, *kind))).collect();
    let warm = time(&mut || {
        for (a, b) in &prepared {
            black_box(score(black_box(a), black_box(b)));
        }
    });
    writeln!(out, "warm {warm:.0} pairs a CPU second")?;
    let apart = time(&mut || {
        for ((a, _), (_, b)) in prepared.iter().zip(prepared.iter().skip(7)) {
            black_box(score(black_box(a), black_box(b)));
        }
    });
    writeln!(out, "warm, names that have nothing in common {apart:.0} pairs a CPU second")?;
    Ok(())
}

/// Seconds that this thread has had the processor, where the system tells (Linux); seconds elsewhere.
fn cpu() -> f64 {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next().and_then(|first| first.parse::<f64>().ok()));
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}
