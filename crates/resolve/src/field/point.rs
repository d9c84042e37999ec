//! Places on the map, by the distance between them.

use crate::{
    field::{
        Compare, Factor, MISSING, Rate, Step, Steps, Values, Variants, both,
        variants::{Keys, code, derive},
    },
    table::{Dictionary, NONE, Table},
};

const POINT: usize = 0;
const CELL: usize = 1;
const ATOMS: &[&str] = &["point", "cell of a hundredth of a degree"];

const fn step(says: &'static str, m: f64) -> Step {
    Step { says, m, rate: Rate::Any }
}

const FACTORS: &[Factor] = &[Factor {
    says: "point",
    shared: true,
    given_first: false,
    steps: &[
        step("within 50 metres", 0.55),
        step("within 500 metres", 0.15),
        step("within 5 kilometres", 0.10),
        step("within 50 kilometres", 0.10),
        step("further", 0.10),
    ],
}];

/// Metres of the steps but the last.
const METRES: [f64; 4] = [50.0, 500.0, 5_000.0, 50_000.0];

#[derive(Debug, Default)]
struct Point {
    degrees: Vec<(f64, f64)>,
    points: Dictionary,
    cells: Keys,
}

pub(super) fn prepare(table: &Table, columns: &[usize], keep: bool) -> (Box<dyn Compare>, Variants) {
    let mut made = Point::default();
    let columns: Vec<_> = columns.iter().filter_map(|place| table.columns.get(*place)).collect();
    let codes: Vec<Vec<u32>> = columns.iter().map(|column| derive(column, |text| made.code(text))).collect();
    let mut variants = Variants::new(table.rows(), ATOMS.len());
    let mut found: Vec<[u32; ATOMS.len()]> = Vec::new();
    for row in 0..u32::try_from(table.rows()).unwrap_or(NONE) {
        found.clear();
        for (column, codes) in columns.iter().zip(&codes) {
            found.extend(column.codes(row).map(|raw| code(codes, raw)).filter(|point| *point != NONE).map(|point| [point, made.cells.of(point)]));
        }
        variants.push(&found);
    }
    if keep {
        made.settle(true);
    } else {
        (made.points, made.cells) = Default::default();
    }
    (Box::new(made), variants)
}

impl Point {
    fn code(&mut self, text: &str) -> u32 {
        let Some((lat, lon)) = parse(text) else { return NONE };
        let text = format!("{lat:.6} {lon:.6}");
        let code = self.points.intern(&text);
        if code as usize == self.degrees.len() {
            let (lat, lon) = parse(&text).unwrap_or_default();
            self.degrees.push((lat, lon));
            self.cells.push(&format!("{lat:.2} {lon:.2}"));
        }
        code
    }
}

/// Latitude and longitude in degrees.
fn parse(text: &str) -> Option<(f64, f64)> {
    let mut numbers = text.split([',', ' ', ';']).filter(|part| !part.is_empty()).map(str::parse::<f64>);
    let (lat, lon) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    (lat.abs() <= 90.0 && lon.abs() <= 180.0 && numbers.next().is_none()).then_some((lat, lon))
}

/// Metres between two points, on a sphere (haversine formula; mean radius of the earth 6,371 km).
fn metres((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(lat, other_lat) + lat.to_radians().cos() * other_lat.to_radians().cos() * half(lon, other_lon);
    2.0 * 6_371_000.0 * h.sqrt().min(1.0).asin()
}

impl Compare for Point {
    fn atoms(&self) -> &'static [&'static str] {
        ATOMS
    }

    fn factors(&self) -> &'static [Factor] {
        FACTORS
    }

    fn keys(&self) -> &'static [&'static [usize]] {
        &[&[CELL]]
    }

    fn encode(&mut self, values: &[Values<'_>]) -> Vec<Vec<u32>> {
        let points: Vec<u32> = values.iter().flat_map(|(_, texts)| texts).map(|text| self.code(text)).filter(|point| *point != NONE).collect();
        points.into_iter().map(|point| vec![point, self.cells.of(point)]).collect()
    }

    fn settle(&mut self, keep: bool) {
        self.points.settle(keep);
        self.degrees.truncate(self.points.len());
        self.cells.settle(keep, self.points.len());
    }

    fn steps(&self, left: &[u32], right: &[u32]) -> Steps {
        let step = both(left, right, POINT).map_or(MISSING, |(one, other)| {
            let at = |code: u32| self.degrees.get(code as usize).copied().unwrap_or_default();
            let apart = metres(at(one), at(other));
            METRES.iter().zip(0_u8..).find(|(most, _)| apart <= **most).map_or(4, |(_, step)| step)
        });
        [step, MISSING, MISSING, MISSING]
    }
}
