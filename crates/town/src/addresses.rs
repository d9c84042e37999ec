//! Streets and the houses on them, laid out so that a map of the town makes sense.
//!
//! The town stands on the Dogger Bank, in the North Sea, where no town is: twelve districts in four columns of three,
//! each a kilometre wide, streets from west to east, odd numbers on one side and even ones on the other.

use std::sync::Arc;

use crate::{
    dice::{Dice, Part},
    fictitious::postcode,
    lists::{DISTRICTS, STREET_KINDS, STREET_STEMS},
    town::NAME,
};

/// South-west corner in millionths of a degree: 54.7 north, 2.1 east.
const CORNER: (i64, i64) = (54_700_000, 2_100_000);
/// Thousandths of a millionth of a degree in a metre, north and east at this latitude.
const PER_METRE: (i64, i64) = (8_983, 15_545);
/// Metres from one district to the next.
const DISTRICT: i64 = 1_000;

/// What a street is mostly for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Home,
    Shop,
    Yard,
}

/// One door.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) id: String,
    pub(crate) number: i64,
    pub(crate) street: Arc<str>,
    pub(crate) district: &'static str,
    pub(crate) postcode: String,
    /// Millionths of a degree.
    pub(crate) latitude: i64,
    /// Millionths of a degree.
    pub(crate) longitude: i64,
}

impl Address {
    /// In one line.
    pub(crate) fn full(&self) -> String {
        format!("{} {}, {}, {NAME} {}", self.number, self.street, self.district, self.postcode)
    }

    /// Number and street.
    pub(crate) fn short(&self) -> String {
        format!("{} {}", self.number, self.street)
    }
}

/// All doors of the town, in the order of the streets.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    pub(crate) homes: Vec<Arc<Address>>,
    pub(crate) shops: Vec<Arc<Address>>,
    pub(crate) yards: Vec<Arc<Address>>,
}

impl Addresses {
    /// Enough homes for so many households, and business premises beside them.
    pub(crate) fn generate(seed: u64, households: usize, businesses: usize) -> Self {
        let mut dice = Dice::new(seed, Part::Addresses);
        let mut names: Vec<String> = STREET_STEMS.iter().flat_map(|stem| STREET_KINDS.iter().map(move |kind| format!("{stem} {kind}"))).collect();
        dice.shuffle(&mut names);
        let mut all = Self::default();
        let mut streets = (0_i64..).zip(names);
        let mut clusters = 0;
        while all.homes.len() < households || all.shops.len() < businesses / 2 + 4 || all.yards.len() < businesses / 2 + 4 {
            let Some((nth, name)) = streets.next() else { break };
            let purpose = match nth % 10 {
                3 => Use::Shop,
                7 => Use::Yard,
                _ => Use::Home,
            };
            all.street(&mut dice, nth, &Arc::from(name), purpose, &mut clusters);
        }
        all
    }

    /// Every door once.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<Address>> {
        self.homes.iter().chain(&self.shops).chain(&self.yards)
    }

    /// Those of one use.
    pub(crate) fn of(&self, purpose: Use) -> &[Arc<Address>] {
        match purpose {
            Use::Home => &self.homes,
            Use::Shop => &self.shops,
            Use::Yard => &self.yards,
        }
    }

    fn street(&mut self, dice: &mut Dice, nth: i64, street: &Arc<str>, purpose: Use, clusters: &mut usize) {
        let districts = i64::try_from(DISTRICTS.len()).unwrap_or(1).max(1);
        let place = nth % districts;
        let district = usize::try_from(place).ok().and_then(|place| DISTRICTS.get(place)).copied().unwrap_or_default();
        let row = nth / districts;
        let (west, south) = ((place % 4) * DISTRICT + i64::from(dice.between(0, 200)), (place / 4) * DISTRICT + row % 26 * 36);
        // A street climbs or falls by up to a tenth of its length.
        let slope = i64::from(dice.between(-3, 3));
        let houses = i64::from(dice.between(14, 60));
        for house in 0..houses {
            let along = house / 2 * 12;
            let side = if house % 2 == 0 { 9 } else { -9 };
            let (east, north) = (west + along, south + side + along * slope / 30);
            if house % 12 == 0 {
                *clusters += 1;
            }
            let number = house + 1;
            let address = Arc::new(Address {
                id: format!("adr-{nth:04}-{number:03}"),
                number,
                street: Arc::clone(street),
                district,
                postcode: postcode(*clusters),
                latitude: CORNER.0 + north * PER_METRE.0 / 1000,
                longitude: CORNER.1 + east * PER_METRE.1 / 1000,
            });
            match purpose {
                Use::Home => self.homes.push(address),
                Use::Shop => self.shops.push(address),
                Use::Yard => self.yards.push(address),
            }
        }
    }
}

/// Millionths of a degree as decimal degrees.
pub(crate) fn degrees(millionths: i64) -> String {
    format!("{}.{:06}", millionths / 1_000_000, (millionths % 1_000_000).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors_are_enough_apart_and_out_at_sea() {
        let addresses = Addresses::generate(1, 8_600, 900);
        assert!(addresses.homes.len() >= 8_600 && addresses.shops.len() >= 400 && addresses.yards.len() >= 400);
        let mut ids: Vec<_> = addresses.all().map(|address| &address.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for address in addresses.all() {
            assert!((54_690_000..54_760_000).contains(&address.latitude) && (2_099_000..2_180_000).contains(&address.longitude), "{address:?}");
            assert!(address.postcode.len() <= 16);
        }
        assert_eq!(degrees(54_700_012), "54.700012");
    }
}
