//! What you may not see does not exist: beside each world stands its twin, whose index never held what is hidden, whose
//! store counted otherwise, and which was written in one go.

use proptest::{collection::vec, prelude::*};

use crate::world::{Made, finally, queries, seen, worlds};

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_are_those_of_the_twin(world in worlds(), seen in seen(), queries in vec(queries(), 40)) {
        let (whole, twin) = (Made::new(&world, None, true), Made::new(&world, Some(&seen), false));
        let present: Vec<usize> = finally(&world, &seen).into_keys().collect();
        for query in &queries {
            let shown = whole.ask(query, &seen, &present, false);
            prop_assert_eq!(&shown, &twin.ask(query, &seen, &present, true), "{:?}", query);
            prop_assert_eq!(whole.suggest(&query.text, &seen, &present, query.limit), twin.suggest(&query.text, &seen, &present, query.limit), "{:?}", query);
        }
    }
}
