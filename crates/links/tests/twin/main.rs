//! The twin-world law: a view answers what a naive search over the world without its hidden statements answers, and
//! what the graph of that world answers whatever numbers its entities got.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod naive;
#[cfg(test)]
mod world;

use answers::{Answers, Asked};
use proptest::prelude::*;
use world::{World, worlds};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn a_view_answers_as_the_world_without_what_is_hidden(world in worlds()) {
        let twin = world.without_hidden();
        let answers = Answers::of(&Asked::new(&world));
        prop_assert_eq!(&answers, &Answers::of(&Asked::new(&twin)));
        prop_assert_eq!(answers.unordered(), Answers::of(&naive::Naive::new(&world)).unordered());
    }
}

/// Worlds worth naming, drawn small enough to check by eye.
#[cfg(test)]
fn check(world: &World, node: usize, degree: usize, cluster: &[usize]) {
    let asked = Asked::new(world);
    let answers = Answers::of(&asked);
    assert_eq!(answers.clone().unordered(), Answers::of(&naive::Naive::new(world)).unordered());
    assert_eq!(answers.degrees[node], degree);
    assert_eq!(answers.clusters[node], cluster);
}

#[test]
fn records_joined_only_through_a_hidden_third_are_two() {
    let mut world = World { markings: vec![vec![0], vec![1], vec![0], vec![0]], same: vec![(0, 1), (1, 2)], visible: vec![0], ..World::default() };
    world.links = vec![world::Stated::property(0, 3, (0, 0)), world::Stated::property(2, 3, (0, 0))];
    check(&world, 3, 2, &[3]);
    check(&world, 0, 1, &[0]);
    world.visible = vec![0, 1];
    check(&world, 3, 1, &[3]);
    check(&world, 0, 1, &[0, 1, 2]);
}

#[test]
fn a_link_stated_twice_is_one_and_seen_through_either_statement() {
    let mut world = World { markings: vec![vec![0], vec![0]], values: 1, visible: vec![0, 1, 2], ..World::default() };
    world.links = vec![world::Stated::property(0, 1, (1, 1)), world::Stated::property(0, 1, (2, 1)), world::Stated::property(0, 2, (2, 2))];
    check(&world, 0, 2, &[0]);
    world.visible = vec![0, 2];
    check(&world, 0, 1, &[0]);
    world.visible = vec![0];
    check(&world, 0, 0, &[0]);
}
