//! Pairs of records and what ought to become of them, and the laws that hold for all records.

#[cfg(test)]
mod tests {
    use candour_resolve::{Feature, Field, Frequencies, Reason, Record, ResolveError, Settings, explain, resolve};
    use proptest::prelude::*;

    use Field::{Address, Country, Date, Email, Forename, FullName, Identifier, Organisation, Phone, Postcode, Surname};

    fn record(key: u32, schema: &str, fields: &[(Field, &str)]) -> Record {
        Record { key, schema: schema.to_owned(), fields: fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect() }
    }

    /// What becomes of two records on their own.
    fn verdict(left: &Record, right: &Record) -> &'static str {
        let outcome = resolve(&[left.clone(), right.clone()], &Settings::default()).unwrap();
        match (outcome.pairs.len(), outcome.queued.first().map(|queued| queued.reason)) {
            (1, None) => "same",
            (0, Some(Reason::BelowThreshold)) => "queued",
            (0, Some(Reason::DifferentDates)) => "queued for dates",
            (0, Some(Reason::DifferentForenames)) => "queued for forenames",
            (0, Some(Reason::OneSign)) => "queued for one sign",
            (0, None) => "apart",
            other => panic!("{other:?}"),
        }
    }

    type Fields<'a> = &'a [(Field, &'a str)];

    fn check(schema: &str, cases: &[(Fields<'_>, Fields<'_>, &str)]) {
        for (left, right, expected) in cases {
            let (a, b) = (record(1, schema, left), record(2, schema, right));
            assert_eq!(verdict(&a, &b), *expected, "{left:?} and {right:?}");
            assert_eq!(verdict(&record(1, schema, right), &record(2, schema, left)), *expected, "{right:?} and {left:?}");
        }
    }

    #[test]
    fn people() {
        let anna: &[_] = &[(Forename, "Anna"), (Surname, "Brandt"), (Date, "1971-03-09"), (Phone, "+44 1632 960001")];
        check(
            "Person",
            &[
                (anna, anna, "same"),
                (anna, &[(FullName, "BRANDT, Anna"), (Date, "19710309")], "same"),
                (anna, &[(FullName, "Brandt Anna"), (Phone, "01632 960001")], "same"),
                (anna, &[(FullName, "Ana Brant"), (Date, "1971-09-03"), (Phone, "01632960001")], "same"),
                (anna, &[(Forename, "Anna"), (Surname, "Naylor"), (Date, "1971-03-09"), (Phone, "01632 960001")], "same"),
                // A name alone is not enough, nor is a household's telephone, nor are both for twins.
                (anna, &[(FullName, "Anna Brandt")], "queued for one sign"),
                (anna, &[(FullName, "Otto Brandt"), (Phone, "01632 960001")], "queued for forenames"),
                (anna, &[(FullName, "Otto Brandt"), (Date, "1971-03-09"), (Phone, "01632 960001")], "queued for forenames"),
                (anna, &[(FullName, "Otto Brandt"), (Date, "1940-12-25"), (Phone, "01632 960001")], "queued for dates"),
                // A namesake with another birthday is for a person to say.
                (anna, &[(FullName, "Anna Brandt"), (Date, "1985-11-21")], "queued"),
                (anna, &[(FullName, "Anna Brandt"), (Date, "1985-11-21"), (Phone, "01632 960001")], "queued for dates"),
                (anna, &[(FullName, "Boris Lindqvist"), (Date, "1971-03-09")], "apart"),
                (anna, &[], "apart"),
                (&[], &[], "apart"),
            ],
        );
    }

    #[test]
    fn people_by_what_they_have() {
        let bob: &[_] = &[
            (FullName, "Robert O'Neill"),
            (Email, "robert.oneill@example.org"),
            (Identifier, "QQ 12 34 56 C"),
            (Address, "Flat 2, 14 Mill Lane"),
            (Postcode, "ZZ1 1AA"),
            (Country, "gb"),
        ];
        check(
            "Person",
            &[
                (bob, &[(FullName, "Bob O’Neill"), (Email, "Robert.ONeill@example.org")], "same"),
                (bob, &[(FullName, "Bob ONeill"), (Address, "14 Mill Lane, Flat 2"), (Postcode, "zz11aa")], "same"),
                (bob, &[(FullName, "R ONeill"), (Identifier, "QQ123456C")], "same"),
                (bob, &[(FullName, "Robert O'Neill"), (Identifier, "QQ123465C")], "same"),
                (bob, &[(Identifier, "QQ123456C")], "queued for one sign"),
                (bob, &[(FullName, "Xavier ONeill"), (Identifier, "QQ123456C"), (Postcode, "ZZ1 1AA")], "same"),
                (bob, &[(FullName, "Ivy Marsh"), (Address, "Flat 2, 14 Mill Lane"), (Postcode, "ZZ1 1AA"), (Country, "gb")], "apart"),
            ],
        );
    }

    #[test]
    fn organisations() {
        let firm: &[_] = &[(Organisation, "Harbour Light Shipping Ltd"), (Identifier, "0123456"), (Country, "gb")];
        check(
            "Company",
            &[
                (firm, &[(Organisation, "HARBOUR LIGHT SHIPPING LIMITED"), (Country, "gb")], "same"),
                (firm, &[(Organisation, "Harbour Light Shiping"), (Identifier, "0123456")], "same"),
                (firm, &[(Organisation, "Harbour Heavy Dredging Ltd"), (Country, "gb")], "apart"),
                (firm, &[(Organisation, "Limited"), (Country, "gb")], "apart"),
            ],
        );
    }

    #[test]
    fn kinds_that_cannot_be_the_same_are_not_compared() {
        let fields: &[_] = &[(FullName, "Anna Brandt"), (Date, "1971-03-09"), (Phone, "01632960001")];
        for (left, right, expected) in [("Person", "LegalEntity", "same"), ("Person", "Company", "apart"), ("Made", "Up", "apart"), ("Made", "Made", "same")] {
            assert_eq!(verdict(&record(1, left, fields), &record(2, right, fields)), expected, "{left} and {right}");
        }
    }

    #[test]
    fn a_record_that_fits_two_of_different_dates_joins_the_surer_and_queues_the_other() {
        let records = [
            record(1, "Person", &[(FullName, "Anna Brandt"), (Date, "1971-03-09"), (Phone, "01632960001")]),
            record(2, "Person", &[(FullName, "Anna Brandt"), (Phone, "01632960001"), (Email, "anna.brandt@example.org")]),
            record(3, "Person", &[(FullName, "Anna Brandt"), (Date, "1999-12-24"), (Phone, "01632960001"), (Email, "anna.brandt@example.org")]),
        ];
        let outcome = resolve(&records, &Settings::default()).unwrap();
        assert_eq!(outcome.clusters, [vec![2, 3]]);
        let queued: Vec<_> = outcome.queued.iter().map(|queued| (queued.pair.a, queued.pair.b, queued.reason)).collect();
        assert!(queued.contains(&(1, 2, Reason::DifferentDates)), "{queued:?}");
    }

    #[test]
    fn rare_names_weigh_more_than_common_ones() {
        let mut records: Vec<Record> = (0..400).map(|key| record(key, "Person", &[(FullName, "John Smith")])).collect();
        records.extend((400..800).map(|key| record(key, "Person", &[(FullName, &format!("Given{key} Family{key}"))])));
        let frequencies = Frequencies::of(&records);
        let weight = |name: &str| {
            let of = |key| record(key, "Person", &[(FullName, name)]);
            explain(&of(0), &of(1), &frequencies).weight
        };
        assert!(weight("Ottilie Zwicker") > weight("John Smith") + 8.0);
    }

    #[test]
    fn keys_too_common_are_reported_and_neighbours_still_meet() {
        let mut records: Vec<Record> = (0..60).map(|key| record(key, "Person", &[(FullName, &format!("Given{key} Family")), (Phone, "01632960001")])).collect();
        records.push(record(60, "Person", &[(FullName, "Given7 Family"), (Phone, "01632960001"), (Date, "1971-03-09")]));
        let settings = Settings { most_in_block: 20, window: 3, ..Settings::default() };
        let outcome = resolve(&records, &settings).unwrap();
        let phone = outcome.skewed.iter().find(|block| block.rule == "phone").unwrap();
        assert_eq!((phone.key.as_str(), phone.records, phone.left_out), ("632960001", 61, 61 * 60 / 2 - (58 * 3 + 2 + 1)));
        assert!(
            outcome
                .pairs
                .iter()
                .map(|pair| (pair.a, pair.b))
                .chain(outcome.queued.iter().map(|queued| (queued.pair.a, queued.pair.b)))
                .any(|pair| pair == (7, 60))
        );
    }

    #[test]
    fn what_cannot_be_is_refused_with_the_remedy() {
        let records = [record(4, "Person", &[]), record(4, "Person", &[])];
        assert_eq!(resolve(&records, &Settings::default()).unwrap_err().to_string(), "two records have the key `4`; give every record a key of its own");
        for (threshold, review) in [(1.5, 0.5), (0.5, 0.9), (f64::NAN, 0.5)] {
            let refusal = resolve(&[], &Settings { threshold, review, ..Settings::default() }).unwrap_err();
            assert!(matches!(refusal, ResolveError::Thresholds { .. }), "{refusal}");
        }
    }

    #[test]
    fn an_explanation_adds_up_before_the_readers_eyes() {
        let left = record(1, "Person", &[(FullName, "Robert Naylor"), (Date, "1971-03-09"), (Phone, "01632 960001"), (Country, "gb")]);
        let right = record(2, "Person", &[(FullName, "Bob Naylor"), (Date, "1971-09-03"), (Phone, "01632 960002"), (Postcode, "ZZ1 1AA")]);
        let explanation = explain(&left, &right, &Frequencies::default());
        let rows = explanation.features.iter().map(|f| format!("{:+6.2}  {}: {} ({} / {})\n", f.weight, f.name, f.level, f.left, f.right));
        let text =
            format!("{:+6.2}  prior\n{}{:+6.2}  in all, {:.4}", explanation.prior, rows.collect::<String>(), explanation.weight, explanation.probability);
        insta::assert_snapshot!(text, @r"
         -9.96  prior
        +13.08  name: surname the same, forename close (robert naylor / bob naylor)
         +8.38  date: day and month swapped (1971-03-09 / 1971-09-03)
        +10.55  phone: one digit off (01632960001 / 01632960002)
        +22.05  in all, 1.0000
        ");
    }

    fn records() -> impl Strategy<Value = Vec<Record>> {
        let value = |values: &'static [(Field, &'static str)]| proptest::sample::select(values);
        const VALUES: &[(Field, &str)] = &[
            (FullName, "Anna Brandt"),
            (FullName, "Brandt, Ana"),
            (FullName, "Otto Brandt-Meyer"),
            (FullName, "Mayer"),
            (Forename, "Otto"),
            (Forename, "O"),
            (Surname, "Meyer"),
            (Surname, "Brand"),
            (Organisation, "Harbour Light Ltd"),
            (Organisation, "Light Harbour"),
            (Date, "1971-03-09"),
            (Date, "1971-09-03"),
            (Date, "1971"),
            (Date, "1985-11-21"),
            (Date, "soon"),
            (Phone, "01632 960001"),
            (Phone, "+44 1632 960001"),
            (Phone, "01632 960002"),
            (Email, "anna.brandt@example.org"),
            (Email, "anna.brandt@example.net"),
            (Identifier, "AB123456"),
            (Identifier, "AB123465"),
            (Address, "14 Mill Lane"),
            (Address, "Mill Lane 14"),
            (Address, "15 Mill Lane"),
            (Postcode, "ZZ1 1AA"),
            (Postcode, "ZZ1 1AB"),
            (Country, "gb"),
            (Country, "de"),
            (Surname, " "),
        ];
        let fields = proptest::collection::vec(value(VALUES), 0..9);
        let schema = proptest::sample::select(&["Person", "Person", "LegalEntity", "Company"][..]);
        proptest::collection::vec((schema, fields), 0..12)
            .prop_map(|all| all.into_iter().zip(0..).map(|((schema, fields), key)| record(key, schema, &fields)).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_order_of_two_records_changes_nothing(records in records()) {
            let frequencies = Frequencies::of(&records);
            for (left, right) in records.iter().flat_map(|left| records.iter().map(move |right| (left, right))) {
                let (there, back) = (explain(left, right, &frequencies), explain(right, left, &frequencies));
                prop_assert_eq!((there.weight, there.probability), (back.weight, back.probability));
                // Of two equally telling pairs of values either may be shown, but the same two.
                let ends = |feature: &Feature| (feature.name.clone(), feature.level.clone(), feature.left.clone().min(feature.right.clone()));
                prop_assert_eq!(there.features.iter().map(ends).collect::<Vec<_>>(), back.features.iter().map(ends).collect::<Vec<_>>());
                let sum = there.features.iter().fold(there.prior, |sum, feature| sum + feature.weight);
                prop_assert_eq!(sum, there.weight);
                prop_assert!(there.weight.is_finite());
            }
        }

        #[test]
        fn the_order_of_records_and_fields_changes_nothing(records in records(), turn in 0_usize..12) {
            let settings = Settings { most_in_block: 4, window: 2, ..Settings::default() };
            let mut turned = records.clone();
            turned.rotate_left(turn.min(records.len()));
            turned.iter_mut().for_each(|record| record.fields.reverse());
            prop_assert_eq!(resolve(&records, &settings), resolve(&turned, &settings));
        }

        #[test]
        fn pairs_and_clusters_say_the_same(records in records()) {
            let outcome = resolve(&records, &Settings::default()).unwrap();
            let frequencies = Frequencies::of(&records);
            let of = |key: u32| records.iter().find(|record| record.key == key).unwrap();
            for pair in outcome.pairs.iter().chain(outcome.queued.iter().map(|queued| &queued.pair)) {
                let told = explain(of(pair.a), of(pair.b), &frequencies);
                prop_assert_eq!((pair.probability, pair.weight, &pair.features), (told.probability, told.weight, &told.features));
            }
            for pair in &outcome.pairs {
                prop_assert!(pair.a < pair.b && pair.probability >= 0.95);
                prop_assert!(outcome.clusters.iter().any(|cluster| cluster.contains(&pair.a) && cluster.contains(&pair.b)));
            }
            for cluster in &outcome.clusters {
                for key in cluster {
                    prop_assert!(outcome.pairs.iter().any(|pair| pair.a == *key || pair.b == *key));
                }
            }
        }
    }
}
