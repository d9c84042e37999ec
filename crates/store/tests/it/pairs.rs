//! Words on pairs: a person outranks any machine, the newest of each counts, nothing is lost.

use candour_model::{
    id::{EntityNo, MarkingNo},
    judgement::Verdict,
    visible::Visible,
};
use candour_store::{Judged, PairOrigin, Store};
use proptest::prelude::*;

use crate::world::World;

fn word(a: u32, b: u32, verdict: Verdict, origin: PairOrigin, why: &str) -> Judged {
    Judged {
        a: EntityNo(a),
        b: EntityNo(b),
        verdict,
        needs: vec![MarkingNo(0), MarkingNo(700)],
        origin,
        probability: (origin == PairOrigin::Machine).then_some(0.75),
        why: why.to_owned(),
        actor: "who".to_owned(),
        recorded_at: 5,
    }
}

fn say(store: &Store, words: Vec<Judged>) {
    store.commit(move |transaction| words.iter().try_for_each(|word| transaction.judge(word))).unwrap();
}

fn standing(store: &Store) -> Vec<Judged> {
    store
        .read(|reader| {
            let mut words = Vec::new();
            reader.pairs(|word| words.push(word))?;
            Ok::<_, candour_store::StoreError>(words)
        })
        .unwrap()
}

#[test]
fn a_word_comes_back_as_it_was_said_with_the_smaller_number_first() {
    let world = World::new();
    let said = word(9, 2, Verdict::Same, PairOrigin::Machine, "name and birth date agree");
    say(&world.store, vec![said.clone()]);
    assert_eq!(standing(&world.store), [Judged { a: EntityNo(2), b: EntityNo(9), ..said }]);
}

#[test]
fn a_person_outranks_a_later_machine_and_a_later_person() {
    let world = World::new();
    say(
        &world.store,
        vec![
            word(1, 2, Verdict::Same, PairOrigin::Machine, "m1"),
            word(1, 2, Verdict::Different, PairOrigin::Person, "p1"),
            word(2, 1, Verdict::Same, PairOrigin::Machine, "m2"),
            word(3, 4, Verdict::Same, PairOrigin::Machine, "m3"),
            word(4, 3, Verdict::Different, PairOrigin::Machine, "m4"),
        ],
    );
    let whys = || standing(&world.store).into_iter().map(|word| word.why).collect::<Vec<_>>();
    assert_eq!(whys(), ["p1", "m4"]);
    say(&world.store, vec![word(2, 1, Verdict::Unsure, PairOrigin::Person, "p2")]);
    assert_eq!(whys(), ["p2", "m4"]);
}

#[test]
fn a_hidden_word_does_not_silence_a_visible_one() {
    let world = World::new();
    let needing = |marking, verdict, why| Judged { needs: vec![MarkingNo(marking)], ..word(1, 2, verdict, PairOrigin::Person, why) };
    say(&world.store, vec![needing(1, Verdict::Same, "open"), needing(2, Verdict::Different, "secret")]);
    let seen = |markings: &[u16]| {
        let visible: Visible = markings.iter().copied().map(MarkingNo).collect();
        let mut whys = Vec::new();
        world.store.read(|reader| reader.pairs_seen(&visible, |word| whys.push(word.why))).unwrap();
        whys
    };
    assert_eq!(seen(&[1, 2]), ["secret"]);
    assert_eq!(seen(&[1]), ["open"]);
    assert_eq!(seen(&[2]), ["secret"]);
    assert_eq!(seen(&[]), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_stands_is_the_newest_word_of_the_highest_rank(words in proptest::collection::vec((0_u32..4, 0_u32..4, any::<bool>()), 0..25)) {
        let world = World::new();
        let words: Vec<Judged> = words.iter().enumerate().map(|(number, (a, b, person))| {
            word(*a, *b, Verdict::Same, if *person { PairOrigin::Person } else { PairOrigin::Machine }, &number.to_string())
        }).collect();
        say(&world.store, words.clone());
        let mut expected = std::collections::BTreeMap::new();
        for origin in [PairOrigin::Machine, PairOrigin::Person] {
            for word in words.iter().filter(|word| word.origin == origin) {
                expected.insert((word.a.min(word.b), word.a.max(word.b)), word.why.clone());
            }
        }
        let found: Vec<_> = standing(&world.store).into_iter().map(|word| ((word.a, word.b), word.why)).collect();
        prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }
}
