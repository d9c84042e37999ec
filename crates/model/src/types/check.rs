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

/// Whether the ninth of the 17 characters of a VIN, in capitals, is the check digit over the others (49 CFR 565.15). Vehicles
/// made for North America carry one; others may.
#[must_use]
pub fn vin(code: &str) -> bool {
    /// Values of the letters `A` to `Z`; 0 for those that are not used.
    const LETTERS: [u32; 26] = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9];
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => LETTERS.get(usize::from(byte.wrapping_sub(b'A'))).copied().unwrap_or(0),
    };
    let sum: u32 = code.bytes().zip(WEIGHTS).map(|(byte, weight)| value(byte) * weight).sum();
    let check = if sum % 11 == 10 { 'X' } else { char::from_digit(sum % 11, 10).unwrap_or('X') };
    code.len() == 17 && code.chars().nth(8) == Some(check)
}

/// The sum of digits times weights, pair by pair.
pub(super) fn weighted(digits: &str, weights: &[u32]) -> u32 {
    digits.bytes().zip(weights).map(|(byte, weight)| char::from(byte).to_digit(36).unwrap_or(0) * weight).sum()
}
