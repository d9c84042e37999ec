//! Reads files as an import would, throws the drafts away and prints how fast that went.
//!
//! ```sh
//! cargo run --release -p candour-intake --example rate -- FILE-OR-FOLDER [MAPPING.yml]
//! ```

#![expect(clippy::print_stdout, reason = "an example speaks on standard output")]

use std::{path::PathBuf, time::Instant};

use candour_intake::{Defaults, IntakeError, Mapping, Plan};

/// Values gathered before a batch is handed over, as an import has it.
const BATCH: usize = 20_000;

fn main() -> Result<(), IntakeError> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(path) = arguments.next() else { return Err(IntakeError::Nothing("give a file or a folder".to_owned())) };
    let mapping = arguments.next().map(|path| Mapping::load(&path)).transpose()?;
    let begun = Instant::now();
    let plan = Plan::make(&[path], mapping.as_ref(), &Defaults::default())?;
    let surveyed = begun.elapsed().as_secs_f64();
    let (mut records, mut entities, mut statements, mut rejects, mut bytes) = (0_u64, 0, 0, 0, 0);
    for step in &plan.steps {
        let mut reader = step.open(0)?;
        loop {
            let batch = reader.next_batch(BATCH)?;
            entities += batch.drafts.len();
            statements += batch.drafts.iter().map(|draft| draft.claims.len()).sum::<usize>();
            rejects += batch.rejects.len();
            if batch.done {
                records += batch.next;
                bytes += step.signature.size;
                break;
            }
        }
    }
    let seconds = begun.elapsed().as_secs_f64() - surveyed;
    #[expect(clippy::cast_precision_loss, reason = "for a person to read")]
    let rate = statements as f64 / seconds;
    println!("files {}, bytes {bytes}, surveyed in {surveyed:.3} s", plan.steps.len());
    println!("records {records}, entities {entities}, statements {statements}, rejects {rejects}");
    println!("read in {seconds:.3} s: {rate:.0} statements a second, {:.3} microseconds each", 1e6 / rate);
    Ok(())
}
