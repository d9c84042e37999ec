//! Measures the graph on a crime-like network: heavy-tailed degrees, communities, ten markings of which seven are seen.
//!
//! `cargo run --release -p candour-links --example million -- [NODES] [LINKS]` (a million and five million) prints build
//! time, memory, and p50 and p99 of searches from 1,000 random nodes or pairs.
#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measurement, run by hand, over arrays it made itself"
)]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use candour_links::{Graph, GraphBuilder, Link, LinkLabel, LinksError, NodeNo, View};
use candour_model::id::{EntityNo, MarkingNo, PropNo};

const MARKINGS: u64 = 10;
const SEEN: u16 = 7;
const QUERIES: usize = 1000;

fn main() -> Result<(), LinksError> {
    let mut sizes = std::env::args().skip(1).filter_map(|size| size.parse::<usize>().ok());
    let nodes = sizes.next().unwrap_or(1_000_000);
    let links = sizes.next().unwrap_or(5 * nodes);
    let town = Town::new(nodes, &mut Dice(1));
    let start = Instant::now();
    let (graph, drawing) = build(&town, links)?;
    println!("{nodes} nodes, {links} links");
    println!("build           {:.2} s and {:.2} s for drawing the links", (start.elapsed() - drawing).as_secs_f64(), drawing.as_secs_f64());
    println!("graph           {:.0} MiB; peak of the process {}", mib(graph.bytes()), peak());
    for seen in [10, SEEN] {
        let start = Instant::now();
        let view = graph.view(&(0..seen).map(MarkingNo).collect());
        println!("\n{seen} of {MARKINGS} markings seen; view made in {:.2} ms, {:.1} MiB", start.elapsed().as_secs_f64() * 1e3, mib(view.bytes()));
        measure(&view, nodes);
    }
    println!("\ngraph and scratch {:.0} MiB; peak of the process {}", mib(graph.bytes()), peak());
    Ok(())
}

fn measure(view: &View, nodes: usize) {
    let mut dice = Dice(7);
    let some: Vec<NodeNo> =
        std::iter::repeat_with(|| NodeNo(dice.below(nodes as u64) as u32)).filter(|node| view.degree(*node) > 0).take(2 * QUERIES).collect();
    time("degree", &some, |pair| view.degree(pair[0]));
    time("neighbours 1", &some, |pair| view.neighbours(pair[0], 1).nodes.len());
    time("neighbours 2", &some, |pair| view.neighbours(pair[0], 2).nodes.len());
    time("path", &some, |pair| view.path(pair[0], pair[1], 30).map_or(0, |path| path.links.len()));
    time("all, up to 4", &some, |pair| view.all_shortest_paths(pair[0], pair[1], 4, 1000).0.len());
}

/// Times a question put to each pair of nodes, and prints how big its answers were on average.
fn time(name: &str, nodes: &[NodeNo], question: impl Fn(&[NodeNo]) -> usize) {
    let mut size = 0;
    let mut times: Vec<Duration> = nodes
        .chunks_exact(2)
        .map(|pair| {
            let start = Instant::now();
            size += black_box(question(pair));
            start.elapsed()
        })
        .collect();
    times.sort();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!("{name:15} p50 {:.4} ms  p99 {:.4} ms  (answer of {:.1} on average)", at(50), at(99), size as f64 / times.len() as f64);
}

fn build(town: &Town, links: usize) -> Result<(Graph, Duration), LinksError> {
    let mut dice = Dice(2);
    let mut builder = GraphBuilder::default();
    for node in 0..town.id.len() {
        builder.entity(EntityNo(node as u32), MarkingNo(dice.below(MARKINGS) as u16));
    }
    let (mut drawing, mut left) = (Duration::ZERO, links);
    while left > 0 {
        let start = Instant::now();
        let batch: Vec<(u32, u32)> = (0..left.min(100_000)).map(|_| town.link(&mut dice)).collect();
        drawing += start.elapsed();
        left -= batch.len();
        for (source, target) in batch {
            let marking = MarkingNo(dice.below(MARKINGS) as u16);
            let label = LinkLabel::Property(PropNo(dice.below(8) as u16));
            builder.link(Link { label, source: NodeNo(source), target: NodeNo(target), needs: (marking, marking) });
        }
    }
    Ok((builder.finish(|entity| (entity.0.wrapping_mul(2_654_435_761), entity))?, drawing))
}

/// Nodes with Pareto weights in communities of heavy-tailed sizes.
struct Town {
    /// Node at each place; communities are runs of places.
    id: Vec<u32>,
    /// Weight up to and with each place.
    weight: Vec<f64>,
    /// First and last place of each place's community.
    community: Vec<(u32, u32)>,
}

impl Town {
    fn new(nodes: usize, dice: &mut Dice) -> Self {
        let most = (nodes as f64).powf(0.62);
        let mut sum = 0.0;
        let weight = (0..nodes).map(|_| {
            sum += (1.0 - dice.part()).powf(-1.0 / 1.3).min(most);
            sum
        });
        let weight: Vec<f64> = weight.collect();
        let mut community = Vec::with_capacity(nodes);
        while community.len() < nodes {
            let size = (8.0 * (1.0 - dice.part()).powf(-1.0 / 1.1)).min(nodes as f64 / 50.0).max(8.0) as usize;
            let (first, end) = (community.len(), (community.len() + size).min(nodes));
            community.extend(std::iter::repeat_n((first as u32, end as u32 - 1), end - first));
        }
        let mut id: Vec<u32> = (0..nodes as u32).collect();
        for place in (1..nodes).rev() {
            id.swap(place, dice.below(place as u64 + 1) as usize);
        }
        Self { id, weight, community }
    }

    /// Three links in four stay within a community; ends are drawn by weight.
    fn link(&self, dice: &mut Dice) -> (u32, u32) {
        let last = self.weight.len() - 1;
        loop {
            let a = self.place(0, last, dice);
            let (first, end) = self.community[a];
            let b = if dice.below(4) < 3 { self.place(first as usize, end as usize, dice) } else { self.place(0, last, dice) };
            if a != b {
                return (self.id[a], self.id[b]);
            }
        }
    }

    fn place(&self, first: usize, last: usize, dice: &mut Dice) -> usize {
        let below = if first == 0 { 0.0 } else { self.weight[first - 1] };
        let aim = below + dice.part() * (self.weight[last] - below);
        (first + self.weight[first..=last].partition_point(|weight| *weight < aim)).min(last)
    }
}

/// A small random generator (SplitMix64), so that every run measures the same graph.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn mib(bytes: usize) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// Peak resident memory, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<usize>().ok());
    peak.map_or("unknown".to_owned(), |peak| format!("{:.0} MiB", mib(peak * 1024)))
}
