//! The policies agree with the guide: random requests, decided by the charter and by the plain evaluator of [`crate::prose`].

use std::collections::BTreeMap;

use candour_charter::{Actor, Authority, Charter, Glass, Mandate};
use candour_model::{
    id::MarkingNo,
    marking::{Classification, Handling, Marking, SpecialCategory},
    purpose::Purpose,
};

use crate::{
    prose,
    setting::{DAY, NOW, mandate, texts},
};

/// Requests to act, and as many looks at markings.
const REQUESTS: usize = 100_000;
/// Markings looked at together.
const TOGETHER: usize = 50;

const CLASSIFICATIONS: [Classification; 5] =
    [Classification::Open, Classification::Official, Classification::OfficialSensitive, Classification::Secret, Classification::TopSecret];

/// SplitMix64 (Steele, Lea and Flood, 2014): enough to draw requests, and the same ones each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

fn actor(draw: &mut Draw, roles: &[String], number: usize) -> Actor {
    let mut held: Vec<String> = (0..draw.below(4)).map(|_| draw.of(roles).clone()).collect();
    if draw.one_in(8) {
        held.push("wizard".to_owned());
    }
    let compartments = ["harbour", "beacon"].into_iter().filter(|_| draw.one_in(2)).map(str::to_owned).collect();
    Actor { id: format!("p{number}"), name: String::new(), roles: held, clearance: *draw.of(&CLASSIFICATIONS), compartments }
}

fn text(draw: &mut Draw) -> Option<String> {
    match draw.below(8) {
        0 => None,
        1 => Some(" ".to_owned()),
        _ => Some("a word".to_owned()),
    }
}

/// A purpose, a mandate that may fit it, and break-glass access.
struct Ground {
    purpose: Purpose,
    mandate: Option<Mandate>,
    glass: Option<Glass>,
    now: i64,
}

impl Ground {
    fn draw(draw: &mut Draw, charter: &Charter) -> Self {
        let id = if draw.one_in(20) { "snooping".to_owned() } else { draw.of(charter.purposes()).id.clone() };
        let id = if draw.one_in(4) { "protect-vulnerable-people".to_owned() } else { id };
        let mut held = mandate(charter);
        if !draw.one_in(3) {
            held.purpose.clone_from(&id);
        }
        if draw.one_in(3) {
            held.group.clone_from(&draw.of(charter.roles()).id);
        }
        held.highest = *draw.of(&CLASSIFICATIONS);
        held.classes = [SpecialCategory::Belief, SpecialCategory::Health].into_iter().filter(|_| draw.one_in(2)).collect();
        let stated = match draw.below(6) {
            0 => Some("another".to_owned()),
            1 | 2 => None,
            _ => Some(held.id.clone()),
        };
        let opens = ["harbour", "beacon"].into_iter().filter(|_| draw.one_in(2)).map(str::to_owned).collect();
        let now = match draw.below(12) {
            0 => NOW - DAY,
            1 => NOW - DAY - 1,
            2 => NOW + DAY,
            3 => NOW + DAY - 1,
            4 => charter.expires_ms(),
            _ => NOW,
        };
        Self {
            purpose: Purpose { id, case: text(draw), reason: text(draw), mandate: stated },
            mandate: (!draw.one_in(5)).then_some(held),
            glass: draw.one_in(4).then_some(Glass { id: "glass-1".to_owned(), opens }),
            now,
        }
    }

    fn authority(&self) -> Authority<'_> {
        Authority { mandate: self.mandate.as_ref(), glass: self.glass.as_ref(), now: self.now }
    }
}

fn actors(draw: &mut Draw, charter: &Charter) -> Vec<Actor> {
    let roles: Vec<String> = charter.roles().iter().map(|role| role.id.clone()).collect();
    (0..400).map(|number| actor(draw, &roles, number)).collect()
}

#[test]
fn what_people_may_do_is_what_the_guide_says() {
    let charter = Charter::from_files(&texts()).unwrap();
    let mut draw = Draw(1);
    let actors = actors(&mut draw, &charter);
    let mut actions: Vec<String> = charter.actions().map(str::to_owned).collect();
    actions.extend(["see", "evidence", "delete_everything"].map(str::to_owned));
    let mut counts: BTreeMap<bool, usize> = BTreeMap::new();
    for _ in 0..REQUESTS {
        let (actor, action) = (draw.of(&actors), draw.of(&actions));
        let ground = Ground::draw(&mut draw, &charter);
        let purpose = (!draw.one_in(10)).then_some(&ground.purpose);
        let decision = charter.decide(actor, action, purpose, &ground.authority());
        let expected = prose::may(actor, action, purpose, &ground.authority(), charter.expires_ms());
        assert_eq!(decision.allowed, expected, "{actor:?} {action} {purpose:?} {:?} {:?} {}: {decision:?}", ground.mandate, ground.glass, ground.now);
        *counts.entry(expected).or_default() += 1;
    }
    assert!(counts.values().all(|count| *count > REQUESTS / 20) && counts.len() == 2, "both answers are common: {counts:?}");
}

fn marking(draw: &mut Draw, number: usize) -> Marking {
    let special = [SpecialCategory::Belief, SpecialCategory::Health].into_iter().filter(|_| draw.one_in(4)).collect();
    Marking {
        id: format!("m{}", number % 40),
        classification: *draw.of(&CLASSIFICATIONS[..4]),
        handling: if draw.one_in(2) { Handling::P } else { Handling::C },
        conditions: None,
        compartment: (!draw.one_in(2)).then(|| (*draw.of(&["harbour", "beacon"])).to_owned()),
        special,
        retention: u8::try_from(draw.below(4) + 1).unwrap(),
        restricted: draw.one_in(5),
    }
}

#[test]
fn what_people_see_is_what_the_guide_says() {
    let charter = Charter::from_files(&texts()).unwrap();
    let mut draw = Draw(2);
    let actors = actors(&mut draw, &charter);
    let mut counts: BTreeMap<bool, usize> = BTreeMap::new();
    for _ in 0..REQUESTS / TOGETHER {
        let (actor, ground) = (draw.of(&actors), Ground::draw(&mut draw, &charter));
        let markings: Vec<Marking> = (0..TOGETHER).map(|number| marking(&mut draw, number)).collect();
        let visible = charter.visible(actor, &ground.purpose, &ground.authority(), (0..).map(MarkingNo).zip(&markings));
        for (number, marking) in (0..).map(MarkingNo).zip(&markings) {
            let expected = prose::sees(actor, &ground.purpose, &ground.authority(), charter.expires_ms(), marking);
            assert_eq!(visible.sees(number), expected, "{actor:?} {marking:?} {:?} {:?} {:?} {}", ground.purpose, ground.mandate, ground.glass, ground.now);
            *counts.entry(expected).or_default() += 1;
        }
    }
    assert!(counts.values().all(|count| *count > REQUESTS / 100) && counts.len() == 2, "both answers are common: {counts:?}");
}
