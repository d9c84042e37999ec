//! Addresses of crypto-currency wallets: Bitcoin, in base58 (with its check bytes) and in bech32 (BIP 173 and BIP 350, with its
//! checksum), and Ethereum and its kin by form alone. Other currencies are not looked for yet.

use sha2::{Digest as _, Sha256};

use super::Pattern;
use crate::{digits::stands_alone, mention::Spot};

static BASE58: Pattern = Pattern::new(r"(?-u)\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\b");
static BECH32: Pattern = Pattern::new(r"(?i-u)\bbc1[ac-hj-np-z02-9]{11,71}\b");
static ETHEREUM: Pattern = Pattern::new(r"(?-u)\b0x[0-9a-fA-F]{40}\b");

/// The value of what looks like an address, if its check fits.
type Read = fn(&str) -> Option<String>;

pub(super) fn find(text: &str, found: &mut dyn FnMut(Spot)) {
    // Mixed case of an Ethereum address is a checksum of its own (EIP-55), which is not checked yet.
    let forms: [(&Pattern, Read, f32); 3] = [
        (&BASE58, |address| is_base58check(address).then(|| address.to_owned()), 0.99),
        (&BECH32, bech32, 0.99),
        (&ETHEREUM, |address| Some(address.to_ascii_lowercase()), 0.9),
    ];
    for (pattern, read, confidence) in forms {
        for hit in pattern.matches(text) {
            if let Some(value) = read(hit.as_str()).filter(|_| stands_alone(text, &hit.range())) {
                found(Spot { range: hit.range(), value, confidence });
            }
        }
    }
}

/// Whether the last four of 25 bytes are the beginning of the double SHA-256 of the others.
fn is_base58check(address: &str) -> bool {
    const ALPHABET: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut bytes = [0_u8; 25];
    for c in address.chars() {
        let Some(mut carry) = ALPHABET.find(c) else { return false };
        for byte in bytes.iter_mut().rev() {
            carry += usize::from(*byte) * 58;
            *byte = u8::try_from(carry % 256).unwrap_or_default();
            carry /= 256;
        }
        if carry > 0 {
            return false;
        }
    }
    let Some((payload, check)) = bytes.split_at_checked(21) else { return false };
    Sha256::digest(Sha256::digest(payload)).starts_with(check)
}

/// The address in lower case, if its checksum fits (BIP 173; BIP 350 for versions above 0).
fn bech32(address: &str) -> Option<String> {
    const ALPHABET: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let lower = address.to_ascii_lowercase();
    if address != lower && address != address.to_ascii_uppercase() {
        return None;
    }
    let data: Option<Vec<u32>> = lower.strip_prefix("bc1")?.chars().map(|c| u32::try_from(ALPHABET.find(c)?).ok()).collect();
    let data = data?;
    // The human-readable part `bc`: high bits, a zero, low bits.
    let values = [3, 3, 0, 2, 3].into_iter().chain(data.iter().copied());
    let checksum = values.fold(1_u32, |checksum, value| {
        let top = checksum >> 25;
        let next = ((checksum & 0x01ff_ffff) << 5) ^ value;
        GENERATOR.iter().enumerate().fold(next, |sum, (bit, generator)| if (top >> bit) & 1 == 1 { sum ^ generator } else { sum })
    });
    let wanted = if data.first() == Some(&0) { 1 } else { 0x2bc8_30a3 };
    (checksum == wanted).then_some(lower)
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(
        crate::Kind::CryptoWallet,
        &[
            ("sent to ⟦1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa⟧.", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
            ("⟦3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy⟧", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
            ("⟦bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4⟧", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
            ("⟦BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4⟧", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
            ("⟦bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0⟧", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
            ("⟦0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe⟧", "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae"),
        ],
        &[
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BA",
            "1234567890123456789012345678",
            "3 things",
        ],
    );
}
