//! Entry bundles (C2SP tlog-tiles): entries one after the other, each after its length as a big-endian 16-bit number.

use crate::error::LedgerError;

/// Appends an entry to a bundle.
pub fn push(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), LedgerError> {
    let length = u16::try_from(entry.len()).map_err(|_| LedgerError::EntryTooLong(entry.len()))?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// The entries of a bundle.
pub fn parse(mut bytes: &[u8]) -> Result<Vec<&[u8]>, LedgerError> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk().ok_or(LedgerError::Bundle("it ends inside a length"))?;
        let (entry, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into()).ok_or(LedgerError::Bundle("it ends inside an entry"))?;
        entries.push(entry);
        bytes = rest;
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn entries_are_read_back(entries in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..80), 0..20)) {
            let mut bundle = Vec::new();
            for entry in &entries {
                push(&mut bundle, entry).unwrap();
            }
            prop_assert_eq!(parse(&bundle).unwrap(), entries);
        }

        #[test]
        fn whatever_is_read_is_written_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(entries) = parse(&bytes) {
                let mut bundle = Vec::new();
                for entry in entries {
                    push(&mut bundle, entry).unwrap();
                }
                prop_assert_eq!(bundle, bytes);
            }
        }
    }

    #[test]
    fn entries_are_at_most_65535_bytes_long() {
        assert!(push(&mut Vec::new(), &vec![0; 65_535]).is_ok());
        assert_eq!(push(&mut Vec::new(), &vec![0; 65_536]), Err(LedgerError::EntryTooLong(65_536)));
    }
}
