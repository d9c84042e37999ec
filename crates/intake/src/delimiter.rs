//! Which character separates the columns of a table: the one that the first line has most of, outside quotes.

/// Candidates in order of preference where counts are equal.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Looks at the first line of a table.
pub(crate) fn guess(head: &str) -> u8 {
    let mut counts = [0_usize; 4];
    let mut quoted = false;
    for byte in head.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (count, candidate) in counts.iter_mut().zip(CANDIDATES) {
                    *count += usize::from(candidate == byte);
                }
            }
        }
    }
    let mut best = (b',', 0);
    for (candidate, count) in CANDIDATES.into_iter().zip(counts) {
        if count > best.1 {
            best = (candidate, count);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn the_first_line_decides() {
        for (head, expected) in
            [("a,b,c\n1;2;3;4;5", b','), ("a;b;c", b';'), ("a\tb", b'\t'), ("a|b|c,d", b'|'), ("\"x;y;z\",b", b','), ("alone", b','), ("\"a\nb\";c", b';')]
        {
            assert_eq!(char::from(guess(head)), char::from(expected), "{head}");
        }
    }
}
