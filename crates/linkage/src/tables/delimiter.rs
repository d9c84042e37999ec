//! Which character separates the columns of a table: the one that the first line has most of, outside quotes.

/// Candidates in order of preference where counts are equal.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Looks at the first line of a table.
pub(crate) fn guess(head: &[u8]) -> u8 {
    let mut counts = [0_usize; 4];
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().zip(CANDIDATES).for_each(|(count, candidate)| *count += usize::from(candidate == *byte)),
        }
    }
    let most = counts.iter().copied().max().filter(|most| *most > 0);
    counts.iter().zip(CANDIDATES).find(|(count, _)| Some(**count) == most).map_or(b',', |(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn the_first_line_decides() {
        for (head, expected) in
            [("a,b,c\n1;2;3;4;5", ','), ("a;b;c", ';'), ("a\tb", '\t'), ("a|b|c,d", '|'), ("\"x;y;z\",b", ','), ("alone", ','), ("\"a\nb\";c", ';'), ("", ',')]
        {
            assert_eq!(char::from(guess(head.as_bytes())), expected, "{head}");
        }
    }
}
