//! Dates of birth beside names: what it costs when they contradict each other.

/// What a difference takes off a score.
pub(super) const ANOTHER_YEAR: f32 = 0.25;
pub(super) const ANOTHER_DAY: f32 = 0.1;

/// A date of birth as far as it is known, written `1971`, `1971-03` or `1971-03-09`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Born {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl Born {
    /// Reads a date; `None` if it is not written so.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let mut part = |most: u8| match parts.next() {
            None => Some(None),
            Some(text) => text.get(..2).unwrap_or(text).parse().ok().filter(|value| (1..=most).contains(value)).map(Some),
        };
        Some(Self { year, month: part(12)?, day: part(31)? })
    }

    /// What the difference of two dates costs.
    fn cost(self, other: Self) -> f32 {
        if self.year != other.year {
            return ANOTHER_YEAR;
        }
        let apart = |left: Option<u8>, right: Option<u8>| left.zip(right).is_some_and(|(left, right)| left != right);
        let swapped = self.month == other.day && self.day == other.month;
        if (apart(self.month, other.month) || apart(self.day, other.day)) && !swapped { ANOTHER_DAY } else { 0.0 }
    }
}

/// The least that any two of the dates cost; nothing where one side knows none.
pub(super) fn cost(left: &[Born], right: &[Born]) -> f32 {
    let costs = left.iter().flat_map(|left| right.iter().map(|right| left.cost(*right)));
    costs.min_by(f32::total_cmp).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let check = |left: &[&str], right: &[&str], expected: f32| {
            let read = |dates: &[&str]| dates.iter().filter_map(|date| Born::parse(date)).collect::<Vec<_>>();
            assert_eq!(cost(&read(left), &read(right)), expected, "{left:?} {right:?}");
        };
        check(&[], &["1971"], 0.0);
        check(&["1971-03-09"], &["1971"], 0.0);
        check(&["1971-03-09"], &["1971-09-03"], 0.0);
        check(&["1971-03-09"], &["1971-03-10"], ANOTHER_DAY);
        check(&["1971-03-09"], &["1972", "1971"], 0.0);
        check(&["1971"], &["1972"], ANOTHER_YEAR);
        for text in ["", "71", "1971-13", "1971-03-45", "yesterday", "1971-3x"] {
            assert_eq!(Born::parse(text), None, "{text}");
        }
        assert!(Born::parse("1971-03-09T00:00:00").is_some());
    }
}
