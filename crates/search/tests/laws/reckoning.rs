//! What is found is what should be: answers are reckoned again by reading everything.

use std::collections::{BTreeMap, BTreeSet};

use candour_search::Query;
use proptest::{collection::vec, prelude::*};

use crate::world::{Made, Said, World, cluster, finally, queries, seen, worlds};

/// One word or phrase of a question, as the generator of questions writes them.
struct Asked {
    unwanted: bool,
    words: Vec<String>,
    quoted: bool,
    open: bool,
    /// Longer identifiers that it may be part of, and whether these are only begun.
    groups: Vec<(String, bool)>,
}

fn read(text: &str) -> Vec<Asked> {
    let mut asked = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (unwanted, body) = rest.strip_prefix('-').map_or((false, rest), |body| (true, body));
        let (item, quoted, after) = match body.strip_prefix('"') {
            Some(inside) => inside.split_once('"').map(|(item, after)| (item, true, after)).unwrap(),
            None => body.split_once(' ').map_or((body, false, ""), |(item, after)| (item, false, after)),
        };
        let (words, open) = item.strip_suffix('*').map_or((item, false), |words| (words, true));
        asked.push(Asked { unwanted, words: words.split([' ', '-']).map(str::to_owned).collect(), quoted, open, groups: Vec::new() });
        rest = after.trim_start();
    }
    let wanted: Vec<usize> = (0..asked.len()).filter(|at| !asked[*at].unwanted).collect();
    for start in 0..wanted.len() {
        for end in start + 1..wanted.len() {
            let run = &wanted[start..=end];
            let joined: String = run.iter().map(|at| asked[*at].words.concat()).collect();
            let closed = run.iter().take(run.len() - 1).all(|at| !asked[*at].open);
            if closed && run.iter().all(|at| !asked[*at].quoted) && joined.contains(|c: char| c.is_ascii_digit()) {
                let open = asked[*run.last().unwrap()].open;
                run.iter().for_each(|at| asked[*at].groups.push((joined.clone(), open)));
            }
        }
    }
    asked
}

fn fits(word: &str, wanted: &str, open: bool) -> bool {
    if open { word.starts_with(wanted) } else { word == wanted }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

/// How often each way of reading an item is found in a document: by area (3 is identifiers as one), in no order.
fn times(asked: &Asked, said: &Said) -> Vec<(usize, String, u32)> {
    let (one, mut found) = (asked.words.concat(), Vec::new());
    for (area, values) in said.values.iter().enumerate() {
        let words: Vec<Vec<&str>> = values.iter().map(|value| value.split(' ').collect()).collect();
        let count = |fit: &dyn Fn(&[&str]) -> bool, long: usize| number(words.iter().flat_map(|words| words.windows(long)).filter(|words| fit(words)).count());
        let side_by_side =
            |read: &[&str], open: bool| read.iter().zip(&asked.words).enumerate().all(|(at, (word, wanted))| fits(word, wanted, open && at + 1 == read.len()));
        found.push((
            area,
            "closed".to_owned(),
            if asked.words.len() == 1 || !asked.open { count(&|read| side_by_side(read, false), asked.words.len()) } else { 0 },
        ));
        if asked.open {
            found.push((area, "open".to_owned(), count(&|read| side_by_side(read, true), asked.words.len())));
        }
        if asked.words.len() > 1 && !asked.quoted {
            found.push((area, "one".to_owned(), count(&|read| fits(read[0], &one, asked.open), 1)));
        }
    }
    let compact = |wanted: &str, open: bool| number(said.values[1].iter().filter(|value| fits(&value.replace(' ', ""), wanted, open)).count());
    found.push((3, "one".to_owned(), compact(&one, asked.open)));
    for (group, open) in &asked.groups {
        found.push((3, format!("group {group} {open}"), compact(group, *open)));
    }
    found.retain(|(_, _, times)| *times > 0);
    found
}

struct Reckoned {
    total: u64,
    scores: BTreeMap<usize, f64>,
    schemas: BTreeMap<String, u64>,
    datasets: BTreeMap<u32, u64>,
}

/// Scores of one item by entity: BM25, the best of all documents and areas.
fn scores(asked: &Asked, world: &BTreeMap<usize, Vec<&Said>>) -> BTreeMap<usize, f64> {
    let documents: Vec<(usize, &Said)> = world.iter().flat_map(|(entity, said)| said.iter().map(|said| (*entity, *said))).collect();
    let length = |said: &Said, area: usize| said.values[area].iter().map(|value| value.split(' ').count()).sum::<usize>() as f64;
    let found: Vec<_> = documents.iter().map(|(entity, said)| (*entity, *said, times(asked, said))).collect();
    let mut best = BTreeMap::new();
    for (entity, said, ways) in &found {
        for (area, way, times) in ways {
            let with = found.iter().filter(|(_, _, ways)| ways.iter().any(|(other, name, _)| other == area && name == way)).count() as f64;
            let all = documents.len() as f64;
            // Identifiers written as one are there or not: they are not counted.
            let times = if *area == 3 { 1.0 } else { f64::from(*times) };
            let long = if *area == 3 {
                1.0
            } else {
                let average = documents.iter().map(|(_, said)| length(said, *area)).sum::<f64>() / all;
                0.25 + 0.75 * length(said, *area) / average
            };
            let weight = [3.0, 2.0, 1.0, 2.0][*area];
            let score = weight * (1.0 + (all - with + 0.5) / (with + 0.5)).ln() * 2.2 * times / (times + 1.2 * long);
            let known = best.entry(*entity).or_insert(0.0_f64);
            *known = known.max(score);
        }
    }
    best
}

fn reckon(world: &World, seen: &[u16], query: &Query) -> Reckoned {
    let said = finally(world, seen);
    let present: Vec<usize> = said.keys().copied().collect();
    let clusters: BTreeSet<Vec<usize>> = present.iter().map(|entity| cluster(&world.clusters, &present, *entity)).collect();
    let items: Vec<(bool, BTreeMap<usize, f64>)> = read(&query.text).iter().map(|asked| (asked.unwanted, scores(asked, &said))).collect();
    let mut reckoned = Reckoned { total: 0, scores: BTreeMap::new(), schemas: BTreeMap::new(), datasets: BTreeMap::new() };
    for members in clusters {
        let best = |scores: &BTreeMap<usize, f64>| members.iter().filter_map(|member| scores.get(member)).copied().reduce(f64::max);
        if items.iter().any(|(unwanted, scores)| best(scores).is_some() == *unwanted) {
            continue;
        }
        let schemata: BTreeSet<&str> = members.iter().flat_map(|member| &said[member]).map(|said| said.schema).collect();
        let datasets: BTreeSet<u32> = members.iter().flat_map(|member| &said[member]).flat_map(|said| said.datasets.iter().copied()).collect();
        // Of the schemata in play, a company is a legal entity, a person is one, and nothing else is anything.
        let schema = *schemata
            .iter()
            .find(|name| schemata.iter().all(|other| name == &other || (*other == "LegalEntity" && **name != "Vehicle")))
            .or(schemata.first())
            .unwrap();
        let by_schema = query.schemas.is_empty() || query.schemas.iter().any(|asked| asked == schema);
        let by_dataset = query.datasets.is_empty() || query.datasets.iter().any(|asked| datasets.contains(asked));
        if by_dataset {
            *reckoned.schemas.entry(schema.to_owned()).or_default() += 1;
        }
        if by_schema {
            datasets.iter().for_each(|dataset| *reckoned.datasets.entry(*dataset).or_default() += 1);
        }
        if by_schema && by_dataset {
            reckoned.total += 1;
            reckoned.scores.insert(members[0], items.iter().filter(|(unwanted, _)| !unwanted).map(|(_, scores)| best(scores).unwrap()).sum());
        }
    }
    reckoned
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_are_those_of_reading_everything(world in worlds(), seen in seen(), queries in vec(queries(), 40)) {
        let made = Made::new(&world, None, true);
        let present: Vec<usize> = finally(&world, &seen).into_keys().collect();
        for query in &queries {
            let query = Query { limit: 100, offset: 0, ..query.clone() };
            let (shown, reckoned) = (made.ask(&query, &seen, &present, true), reckon(&world, &seen, &query));
            prop_assert_eq!(shown.total, reckoned.total, "{:?}", &query);
            prop_assert_eq!(shown.schemas.into_iter().collect::<BTreeMap<_, _>>(), reckoned.schemas, "{:?}", &query);
            prop_assert_eq!(shown.datasets, reckoned.datasets, "{:?}", &query);
            let hits: BTreeMap<usize, f64> = shown.hits.iter().map(|(entity, bits)| (*entity, f64::from(f32::from_bits(*bits)))).collect();
            prop_assert_eq!(hits.len(), shown.hits.len(), "{:?}", &query);
            prop_assert!(hits.keys().eq(reckoned.scores.keys()), "{:?}: {:?} is not {:?}", &query, hits, reckoned.scores);
            for (entity, score) in &hits {
                prop_assert!((score - reckoned.scores[entity]).abs() < 1e-4, "{:?}: {} scores {} and not {}", &query, entity, score, reckoned.scores[entity]);
            }
        }
    }
}
