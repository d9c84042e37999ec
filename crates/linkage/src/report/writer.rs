//! The only way into the page: markup must be part of the program, and everything else is escaped.

use std::fmt::{Display, Write as _};

/// Longest value that is shown, in characters.
const LONGEST: usize = 160;

/// A page that is being written.
#[derive(Debug, Default)]
pub(crate) struct Html {
    page: String,
}

impl Html {
    /// Adds markup. Only what stands in the program can be.
    pub(crate) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.page.push_str(markup);
        self
    }

    /// Adds text, escaped.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            match letter {
                '&' => self.page.push_str("&amp;"),
                '<' => self.page.push_str("&lt;"),
                '>' => self.page.push_str("&gt;"),
                '"' => self.page.push_str("&quot;"),
                '\'' => self.page.push_str("&#39;"),
                '\n' | '\t' => self.page.push(' '),
                _ if letter.is_control() => self.page.push('\u{fffd}'),
                _ => self.page.push(letter),
            }
        }
        self
    }

    /// Adds a value from data: escaped, shortened where it is long, and isolated where it is written from right to left.
    pub(crate) fn value(&mut self, value: &str) -> &mut Self {
        self.raw("<bdi>");
        match value.char_indices().nth(LONGEST) {
            Some((end, _)) => self.text(value.get(..end).unwrap_or_default()).raw("&hellip;"),
            None => self.text(value),
        };
        self.raw("</bdi>")
    }

    /// Adds a number as it is displayed.
    #[expect(clippy::needless_pass_by_value, reason = "numbers are small")]
    pub(crate) fn number(&mut self, number: impl Number) -> &mut Self {
        let _ = write!(self.page, "{number}");
        self
    }

    /// Adds a count with its thousands parted.
    pub(crate) fn count(&mut self, count: u64) -> &mut Self {
        let digits = count.to_string();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                self.page.push(',');
            }
            self.page.push(digit);
        }
        self
    }

    /// Adds a number with so many places.
    pub(crate) fn decimal(&mut self, number: f64, places: usize) -> &mut Self {
        let _ = write!(self.page, "{number:.places$}");
        self
    }

    /// Adds a number of bits with its sign.
    pub(crate) fn bits(&mut self, bits: f64) -> &mut Self {
        let rounded = (bits * 10.0).round() / 10.0;
        let _ = if rounded < 0.0 { write!(self.page, "\u{2212}{:.1}", rounded.abs()) } else { write!(self.page, "+{:.1}", rounded.abs()) };
        self
    }

    /// Adds a share in percent.
    pub(crate) fn percent(&mut self, share: f64) -> &mut Self {
        let _ = write!(self.page, "{:.1}\u{202f}%", share * 100.0);
        self
    }

    /// Adds a chance: with three significant digits, however small.
    pub(crate) fn chance(&mut self, chance: f64) -> &mut Self {
        let _ = if chance == 0.0 || chance >= 0.0005 { write!(self.page, "{chance:.4}") } else { write!(self.page, "{chance:.2e}") };
        self
    }

    /// The page.
    pub(crate) fn finish(self) -> String {
        self.page
    }
}

/// What is written as a number, and can be nothing else.
pub(crate) trait Number: Display {}

impl Number for u64 {}
impl Number for usize {}
impl Number for i32 {}
impl Number for f64 {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hostile_is_text() {
        for (value, expected) in [
            ("<script>alert(1)</script>", "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"),
            ("\" onload='x'", "<bdi>&quot; onload=&#39;x&#39;</bdi>"),
            ("a&b\0\u{1b}", "<bdi>a&amp;b\u{fffd}\u{fffd}</bdi>"),
            ("]]>--><svg/onload=1>", "<bdi>]]&gt;--&gt;&lt;svg/onload=1&gt;</bdi>"),
        ] {
            let mut html = Html::default();
            html.value(value);
            assert_eq!(html.finish(), expected);
        }
        let mut html = Html::default();
        html.value(&"é".repeat(1_000_000));
        assert!(html.finish().len() < 400);
    }

    #[test]
    fn numbers_read_well() {
        let mut html = Html::default();
        html.count(0)
            .raw(" ")
            .count(999)
            .raw(" ")
            .count(1_000)
            .raw(" ")
            .count(12_345_678)
            .raw(" ")
            .bits(-0.01)
            .raw(" ")
            .bits(-3.25)
            .raw(" ")
            .chance(0.000_001_234);
        assert_eq!(html.finish(), "0 999 1,000 12,345,678 +0.0 \u{2212}3.3 1.23e-6");
    }
}
