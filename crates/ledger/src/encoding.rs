//! Strict text encodings: one text per value, so that a changed byte never reads as the same thing.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Standard base64 with padding (RFC 4648 section 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads base64 as [`base64`] writes it: padded, no white space, no stray bits.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Reads lower-case hex of `N` bytes.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

/// Reads a decimal number without sign and without leading zeroes.
pub(crate) fn from_decimal(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) || (text.len() > 1 && text.starts_with('0')) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_per_value() {
        for text in ["", "00", "01", "+1", "-1", " 1", "1 ", "18446744073709551616", "1e3", "٣"] {
            assert_eq!(from_decimal(text), None, "{text}");
        }
        assert_eq!(from_decimal("18446744073709551615"), Some(u64::MAX));
        for text in ["AA=", "AA", "AB==", "AA==\n", " AA==", "A-=="] {
            assert_eq!(from_base64(text), None, "{text}");
        }
        assert_eq!(from_base64("AA=="), Some(vec![0]));
        assert_eq!(from_hex::<1>("aB"), None);
        assert_eq!(from_hex::<1>("ab"), Some([0xab]));
        assert_eq!(from_hex::<1>("abc"), None);
    }
}
