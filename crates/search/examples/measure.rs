//! Measures the index on made-up documents: `cargo run --release -p candour-search --example measure -- [DOCUMENTS]
//! [DIRECTORY]`. Prints what it took to build, to open and to ask, on the machine it runs on.
//!
//! Documents are small, as of one person or company: two names, two identifiers, a dozen words of text, whose words are as
//! unevenly frequent as words are. Half the askers see all markings, half see nine in ten documents.
#![expect(clippy::print_stdout, reason = "it is a program that prints figures")]

use std::{
    error::Error,
    fmt::Write as _,
    path::PathBuf,
    time::{Duration, Instant},
};

use candour_model::{
    id::{EntityNo, MarkingNo, order_key},
    visible::Visible,
};
use candour_search::{Apart, Document, Index, Query};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let documents: u32 = arguments.next().map_or(Ok(60_000), |number| number.parse())?;
    let held = tempfile::tempdir()?;
    let dir = arguments.next().map_or_else(|| held.path().to_owned(), PathBuf::from);
    Index::open(&dir)?;
    Index::wipe(&dir)?;

    let made = Instant::now();
    let mut dice = Dice(1);
    for no in 0..documents {
        std::hint::black_box(document(no, &mut dice));
    }
    let making = made.elapsed();

    let started = Instant::now();
    let index = Index::open(&dir)?;
    let mut writer = index.writer()?;
    let mut dice = Dice(1);
    for no in 0..documents {
        writer.replace(EntityNo(no), &[document(no, &mut dice)], true)?;
    }
    let sent = started.elapsed();
    writer.commit()?;
    let committed = started.elapsed();
    writer.settle()?;
    let settled = started.elapsed();
    println!("documents           {documents}");
    println!("making them         {making:.2?} (part of the next)");
    println!("index               {committed:.2?} to the commit ({sent:.2?} until all were sent), {settled:.2?} with merging");
    println!("processor           {:.1} s", processor());
    println!("segments            {}, {} MiB", index.segments(), size(&dir)? >> 20);
    println!("memory              {}", memory());

    drop(index);
    let started = Instant::now();
    let index = Index::open(&dir)?;
    println!("open                {:.2?}", started.elapsed());
    change(&index, documents)?;
    ask(&index)?;
    println!("memory              {}", memory());
    Ok(())
}

/// Replaces single entities, each with a commit.
fn change(index: &Index, documents: u32) -> Result<(), Box<dyn Error>> {
    let (mut writer, mut dice, mut took) = (index.writer()?, Dice(2), Vec::new());
    for _ in 0..20 {
        let no = dice.below(documents);
        let started = Instant::now();
        writer.replace(EntityNo(no), &[document(no, &mut dice)], false)?;
        writer.commit()?;
        took.push(started.elapsed());
    }
    println!("replace and commit  {}", spread(&mut took));
    Ok(())
}

type Question = fn(&mut Dice) -> String;

fn ask(index: &Index) -> Result<(), Box<dyn Error>> {
    let all: Visible = (0..10).map(MarkingNo).collect();
    let most: Visible = (0..9).map(MarkingNo).collect();
    let kinds: [(&str, Question); 9] = [
        ("one name", |dice| surname(dice)),
        ("two names", |dice| format!("{} {}", first_name(dice), surname(dice))),
        ("name and text", |dice| format!("{} {}", surname(dice), word(dice))),
        ("prefix of three", |dice| format!("{}*", beginning(&surname(dice), 3))),
        ("name and prefix", |dice| format!("{} {}*", first_name(dice), beginning(&surname(dice), 3))),
        ("identifier", plate),
        ("phrase", |dice| format!("\"{} {}\"", first_name(dice), surname(dice))),
        ("prefix of one", |dice| format!("{}*", beginning(&surname(dice), 1))),
        ("everything", |_| "*".to_owned()),
    ];
    for (name, question) in kinds {
        let (mut dice, mut took, mut matches, busy) = (Dice(3), Vec::new(), 0, busy());
        for turn in 0..if name.ends_with("thing") || name.ends_with("one") { 50 } else { 400 } {
            let query = Query { limit: 20, ..Query::new(&question(&mut dice)) };
            let started = Instant::now();
            let found = index.search(&query, if turn % 2 == 0 { &all } else { &most }, &Apart)?;
            took.push(started.elapsed());
            matches += found.total;
        }
        let (turns, busy) = (took.len() as u64, self::busy().saturating_sub(busy));
        println!("{name:<19} {}, {:.2?} of a processor and {} matches on average", spread(&mut took), Duration::from_nanos(busy / turns), matches / turns);
    }
    let (mut dice, mut took) = (Dice(4), Vec::new());
    for turn in 0..400 {
        let typed = format!("{} {}", first_name(&mut dice), beginning(&surname(&mut dice), 2));
        let started = Instant::now();
        index.suggest(&typed, if turn % 2 == 0 { &all } else { &most }, 8, &Apart)?;
        took.push(started.elapsed());
    }
    println!("suggest             {}", spread(&mut took));
    let closure = |entity: EntityNo| entity;
    let (mut dice, mut took) = (Dice(5), Vec::new());
    for _ in 0..200 {
        let query = Query::new(&surname(&mut dice));
        let started = Instant::now();
        index.search(&query, &all, &closure)?;
        took.push(started.elapsed());
    }
    println!("members not known   {}", spread(&mut took));
    Ok(())
}

fn spread(took: &mut [Duration]) -> String {
    took.sort_unstable();
    let at = |share: usize| took.get((took.len() * share / 100).min(took.len().saturating_sub(1))).copied().unwrap_or_default();
    format!("p50 {:.2?}, p99 {:.2?}", at(50), at(99))
}

/// Nanoseconds that this thread has had a processor, where the system tells. Unlike the clock it does not count what others
/// do on the machine.
fn busy() -> u64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|nanoseconds| nanoseconds.parse().ok()).unwrap_or(0)
}

/// Seconds of processor time of all threads so far, where the system tells in its usual hundredths.
fn processor() -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = told.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn size(dir: &std::path::Path) -> std::io::Result<u64> {
    std::fs::read_dir(dir)?.map(|entry| entry?.metadata().map(|file| file.len())).sum()
}

/// Resident memory now and at its highest, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut told = String::new();
    for line in status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM") || line.starts_with("RssAnon")) {
        let _ = write!(told, "{} ", line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    told
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end.max(1))).unwrap_or(0)
    }

    /// A rank below `end`, each about as often as its inverse.
    fn rank(&mut self, end: u32) -> u32 {
        let share = f64::from(self.below(1 << 30)) / f64::from(1 << 30);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and `end`")]
        let rank = f64::from(end).powf(share) as u32;
        rank.saturating_sub(1)
    }
}

/// A pronounceable word, one for each number.
fn spell(mut number: u32, least: usize) -> String {
    const SYLLABLES: [&str; 20] =
        ["ba", "ro", "mi", "te", "sul", "ka", "den", "fo", "li", "mar", "no", "pe", "qui", "ra", "sto", "ver", "wil", "xa", "yor", "zen"];
    let mut word = String::new();
    while word.len() < least || number > 0 {
        word.push_str(SYLLABLES.get(number as usize % SYLLABLES.len()).copied().unwrap_or_default());
        number /= 20;
    }
    word
}

fn first_name(dice: &mut Dice) -> String {
    spell(dice.rank(2_000) * 7 + 3, 4)
}

fn surname(dice: &mut Dice) -> String {
    spell(dice.rank(60_000) * 11 + 5, 5)
}

fn word(dice: &mut Dice) -> String {
    spell(dice.rank(30_000) * 13 + 1, 3)
}

fn plate(dice: &mut Dice) -> String {
    let letter = |dice: &mut Dice| char::from(b'A' + u8::try_from(dice.below(26)).unwrap_or(0));
    format!("{}{}{:02} {}{}{}", letter(dice), letter(dice), dice.below(100), letter(dice), letter(dice), letter(dice))
}

fn beginning(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}

fn document(no: u32, dice: &mut Dice) -> Document {
    let text: Vec<String> = (0..12).map(|_| word(dice)).collect();
    Document {
        entity: EntityNo(no),
        marking: MarkingNo(u16::try_from(dice.below(10)).unwrap_or(0)),
        order: order_key(&format!("made-{no}")),
        schema: ["Person", "Person", "Person", "Company", "Vehicle"].get(dice.below(5) as usize).copied().unwrap_or_default().to_owned(),
        datasets: vec![dice.below(12)],
        names: vec![format!("{} {}", first_name(dice), surname(dice)), format!("{} {} {}", first_name(dice), first_name(dice), surname(dice))],
        identifiers: vec![plate(dice), format!("+44 1632 {:06}", dice.below(1_000_000))],
        texts: vec![text.join(" ")],
    }
}
