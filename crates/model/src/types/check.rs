//! Check digits that several kinds of number share.

/// Whether decimal digits end in their Luhn check digit (ISO/IEC 7812-1 annex B): payment cards, IMEI, NPI. False for text
/// that is not all digits, and for none.
#[must_use]
pub fn luhn(digits: &str) -> bool {
    let mut sum = 0_u32;
    let mut is_doubled = false;
    for byte in digits.bytes().rev() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0');
        sum += match (is_doubled, digit) {
            (false, digit) => digit,
            (true, digit) if digit > 4 => digit * 2 - 9,
            (true, digit) => digit * 2,
        };
        is_doubled = !is_doubled;
    }
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// The remainder by 97 of letters and digits read as one number, letters as 10 to 35 (ISO/IEC 7064 MOD 97-10): IBAN after
/// its first four characters are moved to the end, LEI as it stands. 1 means that the check digits fit. None for other
/// characters.
#[must_use]
pub fn mod97(characters: impl Iterator<Item = u8>) -> Option<u32> {
    characters.into_iter().try_fold(0, |remainder, byte| {
        let value = char::from(byte).to_digit(36)?;
        Some((remainder * if value > 9 { 100 } else { 10 } + value) % 97)
    })
}

/// The sum of digits times weights, pair by pair.
pub(super) fn weighted(digits: &str, weights: &[u32]) -> u32 {
    digits.bytes().zip(weights).map(|(byte, weight)| char::from(byte).to_digit(36).unwrap_or(0) * weight).sum()
}
