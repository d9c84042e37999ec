//! From a table to pairs: chances, rules, model, scores.

use crate::{
    block::{Chosen, Plan, Rule, Skewed, choose},
    data::Data,
    model::{Learnt, Patterns, estimate_chances, learn},
    error::ResolveError,
    linkage::{LinkedPair, Linkage, Model, Options},
    report::Report,
    scorer::Scorer,
    table::Table,
};

/// A pair and the bits that speak for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// The record that comes first by its id.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Bits of the odds that the two are of one thing.
    pub bits: f32,
}

/// What came out.
#[derive(Debug)]
pub struct Run {
    /// Pairs at or above the floor.
    pub pairs: Vec<Scored>,
    /// Pairs compared.
    pub comparisons: u64,
}

/// Comparisons per record that rules are chosen for.

/// Candidates that the model is learnt from.
const LEARN_FROM: f64 = 1_500_000.0;

/// See [`crate::link`].
pub(crate) fn link(table: &Table, options: &Options) -> Result<Linkage, ResolveError> {
    let data = Data::new(table);
    if data.fields.is_empty() {
        return Err(ResolveError::NothingToCompare);
    }
    let floor = (options.floor / (1.0 - options.floor)).log2() as f32;
    let (run, learnt) = run(&data, floor);
    let pairs = run.pairs.iter().map(|pair| LinkedPair { a: pair.a, b: pair.b, weight: pair.bits }).collect();
    let model = Model { prior: learnt.matches, kin: learnt.kin, fields: Vec::new() };
    Ok(Linkage::new(data, learnt, pairs, (0..u32::try_from(table.rows()).unwrap_or(0)).collect(), Report::default(), model))
}

/// Everything, timed to standard error.
#[doc(hidden)]
#[must_use]
pub fn run(data: &Data, floor: f32) -> (Run, Learnt) {
    let mut clock = std::time::Instant::now();
    let mut lap = |what: &str| {
        #[expect(clippy::print_stderr, reason = "while it is built")]
        {
            eprintln!("{what} {:.2}", clock.elapsed().as_secs_f64());
        }
        clock = std::time::Instant::now();
    };
    let rows: Vec<u32> = (0..data.rows).filter_map(|row| u32::try_from(row).ok()).collect();
    let all = rows.len() as f64 * (rows.len() as f64 - 1.0) / 2.0;
    let chances = estimate_chances(data);
    lap("chances");
    // Before anything is learnt: as if each record had one other.
    let guess = rows.len() as f64 * 0.5;
    let first = Scorer::new(data, learn(data, &chances, &[], 1.0, all, guess));
    let budget = std::env::var("BUDGET").ok().and_then(|v| v.parse().ok()).unwrap_or(32.0) * rows.len() as f64 + 2_000_000.0;
    let Chosen { rules } = choose(&first, &rows, budget);
    lap("choose");
    let expected: f64 = rules.iter().map(|rule| rule.pairs).sum();
    for rule in &rules {
        lap(&format!("  {:50} {:12.0} {:.4} {:.4}", rule.rule.says(data), rule.pairs, rule.takes, rule.adds));
    }
    let narrower: Vec<Rule> = rules.iter().map(|rule| rule.rule.clone()).collect();
    let plan = Plan { data, rules: rules.iter().map(|rule| rule.rule.clone()).collect(), narrower };
    let every = (expected / LEARN_FROM).ceil().max(1.0);
    let mut patterns = Patterns::default();
    let (sampled, _) = plan.each(&rows, every as u64, |into: &mut Patterns, a, b| into.add(first.found(a, b)), Patterns::default, |part| patterns = std::mem::take(&mut patterns).merge(part));
    let patterns = patterns.sorted();
    lap(&format!("patterns {} of {sampled}", patterns.len()));
    let learnt = learn(data, &chances, &patterns, every, all, guess);
    lap(&format!("learn: matches {:.0} kin {:.0}", learnt.matches * all, learnt.kin * all));
    let scorer = Scorer::new(data, learnt);
    let mut pairs = Vec::new();
    let (comparisons, skewed) = plan.each(
        &rows,
        1,
        |into: &mut Vec<Scored>, a, b| {
            let bits = scorer.bits(a, b);
            if bits >= floor {
                into.push(Scored { a, b, bits });
            }
        },
        Vec::new,
        |part| pairs.extend(part),
    );
    lap(&format!("scored {comparisons}, kept {}, skewed {}", pairs.len(), skewed.len()));
    let Scorer { learnt, .. } = scorer;
    (Run { pairs, comparisons }, learnt)
}

/// The table of what was learnt, in words.
#[doc(hidden)]
pub fn told(data: &Data, learnt: &Learnt) -> String {
    let mut text = String::new();
    for (place, field) in data.fields.iter().enumerate() {
        let cells = crate::model::Cells::new(field.compare.as_ref());
        text.push_str(&format!("{}\n", field.name));
        for cell in 0..cells.len {
            let number = u8::try_from(cell).unwrap_or(u8::MAX);
            let m = learnt.m.get(place).map_or(0.0, |m| crate::at::at(m, cell));
            if m > 0.001 && number != cells.nothing {
                let bits = learnt.match_bits.get(place).map_or(0.0, |m| crate::at::at(m, cell));
                let kin = learnt.kin_bits.get(place).map_or(0.0, |m| crate::at::at(m, cell));
                text.push_str(&format!("  {:80} m {m:.4} bits {bits:6.2} kin {kin:6.2}\n", crate::model::says(field.compare.as_ref(), &cells, number)));
            }
        }
    }
    text
}

/// What a pair is found to be, in words.
#[doc(hidden)]
pub fn pattern(data: &Data, learnt: &Learnt, a: u32, b: u32) -> String {
    let scorer = Scorer::new(data, learnt.clone());
    let found: Vec<_> = scorer.found(a, b).collect();
    let mut text = String::new();
    for (field, found) in data.fields.iter().zip(found) {
        let cells = crate::model::Cells::new(field.compare.as_ref());
        if found.cell != cells.nothing {
            text.push_str(&crate::model::says(field.compare.as_ref(), &cells, found.cell));
            let bits = learnt.match_bits.get(field_place(data, &field.name)).map_or(0.0, |b| crate::at::at(b, found.cell as usize));
            if std::env::var("BITS").is_ok() { text.push_str(&format!(" ({bits:.1} + {:.1})", found.rare)); }
            text.push_str(" | ");
        }
    }
    text
}

fn field_place(data: &Data, name: &str) -> usize {
    data.fields.iter().position(|field| field.name == name).unwrap_or(0)
}
