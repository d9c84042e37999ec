//! Numbers that nobody has: telephones, vehicle marks, postcodes, register and reference numbers.
//!
//! Telephones: 07700 900000 to 900999 are reserved by Ofcom for drama; the area code 01632 is assigned to no place
//! (Ofcom reserves 01632 960000 to 960999 of it for drama), so the town's exchange is the whole of it.
//! Vehicle marks begin with Z, which no British memory tag does. Postcodes are in an area ZZ, districts 1 to 9, that the
//! Royal Mail does not have.

/// A telephone number, kept in its international form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Phone(String);

impl Phone {
    /// The nth number of the town's exchange 01632.
    pub(crate) fn exchange(nth: usize) -> Self {
        // A stride coprime to the range scatters neighbours.
        Self(format!("+441632{}", 200_000 + (nth * 78_787) % 700_000))
    }

    /// The nth number of the mobile drama range, from 0 to 999.
    pub(crate) fn drama(nth: usize) -> Self {
        Self(format!("+4477009{:05}", nth % 1000))
    }

    /// As machines write it: `+441632960123`.
    pub(crate) fn international(&self) -> &str {
        &self.0
    }

    /// As people write it: `01632 960123`.
    pub(crate) fn national(&self) -> String {
        let digits = self.0.strip_prefix("+44").unwrap_or(&self.0);
        match digits.split_at_checked(4) {
            Some((area, rest)) => format!("0{area} {rest}"),
            None => digits.to_owned(),
        }
    }
}

/// The second letters and those of the last group; I and Q are never issued there.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNOPRSTUVWXY";

fn letter(nth: usize) -> char {
    LETTERS.get(nth % LETTERS.len()).copied().map_or('X', char::from)
}

/// The nth vehicle mark, different for each n below 1,000,000 of one year.
pub(crate) fn vehicle_mark(nth: usize, year: usize) -> String {
    let scattered = (nth * 7_919) % 279_841;
    let (a, b, c, d) = (scattered, scattered / 23, scattered / 529, scattered / 12_167);
    format!("Z{}{:02} {}{}{}", letter(d), year % 100, letter(a), letter(b), letter(c))
}

/// The postcode of the nth cluster of houses.
pub(crate) fn postcode(nth: usize) -> String {
    const INWARD: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
    let inward = |n: usize| INWARD.get(n % INWARD.len()).copied().map_or('A', char::from);
    format!("ZZ{} {}{}{}", nth / 4000 % 9 + 1, nth / 400 % 10, inward(nth / 20), inward(nth))
}

/// Number on the town's company register.
pub(crate) fn company_number(nth: usize) -> String {
    format!("TH{:06}", 100_000 + (nth * 7_001) % 900_000)
}

/// Crime reference: number of the year, and year.
pub(crate) fn crime_reference(nth: usize, year: i16) -> String {
    format!("TH/{:05}/{:02}", nth + 1, year % 100)
}

/// Unique reference number of an intelligence report.
pub(crate) fn report_number(nth: usize, year: i16) -> String {
    format!("TH{:02}-{nth:06}", year % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_fictitious_and_distinct() {
        let phones: BTreeSet<_> = (0..50_000).map(Phone::exchange).collect();
        assert_eq!(phones.len(), 50_000);
        assert!(phones.iter().all(|phone| phone.international().starts_with("+441632") && phone.international().len() == 13));
        assert_eq!(Phone::drama(7).national(), "07700 900007");
        assert_eq!(Phone::drama(999).international(), "+447700900999");
        let marks: BTreeSet<_> = (0..20_000).map(|nth| vehicle_mark(nth, 21)).collect();
        assert_eq!(marks.len(), 20_000);
        assert!(marks.iter().all(|mark| mark.starts_with('Z') && mark.len() == 8));
        let postcodes: BTreeSet<_> = (0..3000).map(postcode).collect();
        assert_eq!(postcodes.len(), 3000);
        assert!(postcodes.iter().all(|code| code.starts_with("ZZ") && code.len() == 7));
        let companies: BTreeSet<_> = (0..5000).map(company_number).collect();
        assert_eq!(companies.len(), 5000);
    }
}
