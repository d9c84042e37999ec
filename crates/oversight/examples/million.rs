//! How long a million looks take, and how much memory: `cargo run -p candour-oversight --example million [LOOKS]`.
#![expect(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::time::Instant;

use candour_oversight::{Context, Explained, Look, Outcome, Reckoning, Window};
use jiff::tz::TimeZone;

fn main() {
    let looks: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let mut reckoning = Reckoning::new(Window { since: i64::MIN, until: i64::MAX, zone: TimeZone::UTC });
    let roles = ["analyst".to_owned()];
    let actors: Vec<String> = (0..500).map(|number| format!("officer-{number}")).collect();
    // A generator of Marsaglia's: quick, and the same on every run.
    let mut state = 88_172_645_463_325_252_u64;
    let mut draw = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let begun = Instant::now();
    for index in 0..looks {
        let record = u32::try_from(draw(200_000)).unwrap_or_default();
        let is_search = draw(3) == 0;
        let actor = usize::try_from(draw(500)).ok().and_then(|number| actors.get(number)).map_or("", String::as_str);
        let case = format!("CR/{}/26", draw(2000));
        // One in five is unexplained.
        let explained = (draw(5) > 0).then_some(Explained::Case);
        let records = [record];
        let look = Look {
            index,
            time: 1_767_225_600_000 + i64::try_from(index).unwrap_or_default() * 7_000,
            actor,
            roles: &roles,
            unit: None,
            action: if is_search { "search" } else { "open_entity" },
            purpose: "crime-investigation",
            case: if explained.is_some() { &case } else { "" },
            reason: "",
            mandate: "",
            query: "anna kovak",
            outcome: if is_search && draw(4) == 0 { Outcome::Empty } else { Outcome::Answered },
            results: 1,
            records: if is_search { &[] } else { &records },
        };
        reckoning.take(&look, &Context { explained, ..Context::default() });
    }
    let taken = begun.elapsed();
    let reckoned = reckoning.finish();
    println!("{looks} looks taken in {:.2} s, ranked in {:.2} s", taken.as_secs_f64(), (begun.elapsed() - taken).as_secs_f64());
    println!(
        "{} unexplained, {} alerts, {:.1} alerts for every thousand accesses",
        reckoned.unexplained(),
        reckoned.usage.total.alerts,
        reckoned.usage.alerts_per_thousand()
    );
    if let Some(peak) = peak_mib() {
        println!("peak of memory {peak} MiB");
    }
}

/// Peak of resident memory, where the system tells.
fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}
