//! A public test register (FEBRL 3: 5,000 invented persons, some written down several times with slips), where it is at
//! hand. Its record ids tell which are the same.

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, path::Path};

    use candour_resolve::{Kind, Options, Table, TableBuilder, link};

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/er/febrl3.csv");
    /// Meanings of the columns after the id; nothing else is said to the resolver.
    const COLUMNS: [(&str, Kind); 10] = [
        ("given_name", Kind::Forename),
        ("surname", Kind::Surname),
        ("street_number", Kind::HouseNumber),
        ("address_1", Kind::Address),
        ("address_2", Kind::Address),
        ("suburb", Kind::City),
        ("postcode", Kind::Postcode),
        ("state", Kind::Category),
        ("date_of_birth", Kind::Date),
        ("soc_sec_id", Kind::Identifier),
    ];

    fn table(text: &str) -> Table {
        let mut builder = TableBuilder::new(&COLUMNS);
        for line in text.lines().skip(1).filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            builder.record(cells[0], 0).unwrap();
            for (column, cell) in cells[1..].iter().enumerate() {
                builder.value(column, cell);
            }
        }
        builder.build()
    }

    /// The person's number in a record id such as `rec-552-dup-3`.
    fn person(id: &str) -> String {
        id.split('-').nth(1).unwrap_or_default().to_owned()
    }

    #[test]
    fn duplicates_are_found_and_few_others() {
        if !Path::new(FILE).exists() {
            eprintln!("skipped: {FILE} is not there");
            return;
        }
        let table = table(&std::fs::read_to_string(FILE).unwrap());
        let linkage = link(&table, &Options::default()).unwrap();
        let same = |a: u32, b: u32| person(table.id(a)) == person(table.id(b));
        let found: Vec<_> = linkage.pairs.iter().filter(|pair| pair.probability() >= 0.95).collect();
        let right = found.iter().filter(|pair| same(pair.a, pair.b)).count();
        let mut records: BTreeMap<String, usize> = BTreeMap::new();
        for row in 0..u32::try_from(table.rows()).unwrap() {
            *records.entry(person(table.id(row))).or_default() += 1;
        }
        let all: usize = records.values().map(|count| count * (count - 1) / 2).sum();
        let f1 = 2.0 * right as f64 / (found.len() + all) as f64;
        assert!(f1 >= 0.999, "F1 {f1} of {} pairs, {right} right, {all} in all", found.len());
    }
}
