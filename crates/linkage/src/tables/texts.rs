//! Values of Parquet as texts.

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan as _};
use parquet::{
    basic::{ConvertedType, LogicalType, TimeUnit},
    data_type::{ByteArray, FixedLenByteArray, Int96},
    schema::types::ColumnDescriptor,
};

/// Makes texts of values.
pub(crate) trait Text<V> {
    /// Hands over the text of a value; fails on bytes that are none.
    fn text(&mut self, value: &V, take: &mut dyn FnMut(&str)) -> Result<(), ()>;
}

/// Whether bytes are meant as text.
pub(crate) fn is_text(column: &ColumnDescriptor) -> bool {
    let logical = matches!(column.logical_type_ref(), None | Some(LogicalType::String | LogicalType::Enum | LogicalType::Json));
    logical && matches!(column.converted_type(), ConvertedType::NONE | ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON)
}

/// Digits behind the point, of a column of decimals.
pub(crate) fn scale(column: &ColumnDescriptor) -> Option<usize> {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Decimal(of)), _) => usize::try_from(of.scale).ok(),
        (None, ConvertedType::DECIMAL) => usize::try_from(column.type_scale()).ok(),
        _ => None,
    }
}

/// Decimals that are kept as bytes: a whole number in two's complement, the highest byte first.
pub(crate) struct Decimals {
    scale: usize,
    text: String,
}

impl Decimals {
    /// What the schema says.
    pub(crate) fn of(column: &ColumnDescriptor) -> Self {
        Self { scale: scale(column).unwrap_or(0), text: String::new() }
    }

    fn give(&mut self, bytes: &[u8], take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        let Some(first) = bytes.first().filter(|_| bytes.len() <= 16) else { return Err(()) };
        let sign = if first.cast_signed() < 0 { -1_i128 } else { 0 };
        let value = bytes.iter().fold(sign, |value, byte| (value << 8) | i128::from(*byte));
        self.text.clear();
        digits(value < 0, value.unsigned_abs(), self.scale, &mut self.text);
        take(&self.text);
        Ok(())
    }
}

impl Text<ByteArray> for Decimals {
    fn text(&mut self, value: &ByteArray, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        self.give(value.data(), take)
    }
}

impl Text<FixedLenByteArray> for Decimals {
    fn text(&mut self, value: &FixedLenByteArray, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        self.give(value.data(), take)
    }
}

/// Bytes that are UTF-8.
pub(crate) struct Letters;

impl Text<ByteArray> for Letters {
    fn text(&mut self, value: &ByteArray, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        std::str::from_utf8(value.data()).map(take).map_err(|_| ())
    }
}

impl Text<FixedLenByteArray> for Letters {
    fn text(&mut self, value: &FixedLenByteArray, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        std::str::from_utf8(value.data()).map(|text| take(text.trim_end_matches('\0'))).map_err(|_| ())
    }
}

/// True and false.
pub(crate) struct Truth;

impl Text<bool> for Truth {
    fn text(&mut self, value: &bool, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        take(if *value { "true" } else { "false" });
        Ok(())
    }
}

/// Numbers that are not whole; one that is nevertheless is written so, as are identifiers that passed through a table
/// with gaps.
#[derive(Default)]
pub(crate) struct Broken {
    text: String,
}

impl Text<f64> for Broken {
    fn text(&mut self, value: &f64, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        if !value.is_nan() {
            self.text.clear();
            let _ = write!(self.text, "{value}");
            take(&self.text);
        }
        Ok(())
    }
}

impl Text<f32> for Broken {
    fn text(&mut self, value: &f32, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        if !value.is_nan() {
            self.text.clear();
            let _ = write!(self.text, "{value}");
            take(&self.text);
        }
        Ok(())
    }
}

/// What a whole number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Signed,
    Unsigned,
    /// Days since 1970.
    Days,
    /// Parts of a second since 1970, so many to the second.
    Instant(i64),
    /// Digits after the point.
    Decimal(usize),
}

/// Whole numbers, and dates and times that are kept as such.
pub(crate) struct Whole {
    meaning: Meaning,
    /// The number last written: dates come in runs.
    last: Option<i64>,
    text: String,
}

impl Whole {
    /// What the schema says.
    pub(crate) fn of(column: &ColumnDescriptor) -> Self {
        let meaning = match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Meaning::Days,
            (Some(LogicalType::Timestamp(of)), _) => Meaning::Instant(match of.unit {
                TimeUnit::MILLIS => 1_000,
                TimeUnit::MICROS => 1_000_000,
                TimeUnit::NANOS => 1_000_000_000,
            }),
            (None, ConvertedType::TIMESTAMP_MILLIS) => Meaning::Instant(1_000),
            (None, ConvertedType::TIMESTAMP_MICROS) => Meaning::Instant(1_000_000),
            _ if scale(column).is_some() => Meaning::Decimal(scale(column).unwrap_or(0)),
            (Some(LogicalType::Integer(of)), _) if !of.is_signed => Meaning::Unsigned,
            (None, ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64) => Meaning::Unsigned,
            _ => Meaning::Signed,
        };
        Self { meaning, last: None, text: String::new() }
    }

    /// Microseconds since 1970.
    pub(crate) fn micros() -> Self {
        Self { meaning: Meaning::Instant(1_000_000), last: None, text: String::new() }
    }

    fn give(&mut self, value: i64, take: &mut dyn FnMut(&str)) {
        if self.last != Some(value) {
            self.text.clear();
            self.last = Some(value);
            match self.meaning {
                Meaning::Signed => digits(value < 0, u128::from(value.unsigned_abs()), 0, &mut self.text),
                Meaning::Unsigned => digits(false, u128::from(value.cast_unsigned()), 0, &mut self.text),
                Meaning::Decimal(scale) => digits(value < 0, u128::from(value.unsigned_abs()), scale, &mut self.text),
                Meaning::Days => {
                    if let Some(day) = day(value) {
                        let _ = write!(self.text, "{day}");
                    }
                }
                Meaning::Instant(parts) => {
                    if let Some(instant) = instant(value, parts) {
                        let midnight = instant.time() == jiff::civil::Time::midnight();
                        let _ = if midnight { write!(self.text, "{}", instant.date()) } else { write!(self.text, "{instant}") };
                    }
                }
            }
        }
        take(&self.text);
    }
}

impl Text<i32> for Whole {
    fn text(&mut self, value: &i32, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        let value = if self.meaning == Meaning::Unsigned { i64::from(value.cast_unsigned()) } else { i64::from(*value) };
        self.give(value, take);
        Ok(())
    }
}

impl Text<i64> for Whole {
    fn text(&mut self, value: &i64, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        self.give(*value, take);
        Ok(())
    }
}

impl Text<Int96> for Whole {
    fn text(&mut self, value: &Int96, take: &mut dyn FnMut(&str)) -> Result<(), ()> {
        self.give(value.to_micros(), take);
        Ok(())
    }
}

fn day(days: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(i32::try_from(days).ok()?.days()).ok()
}

fn instant(value: i64, parts: i64) -> Option<DateTime> {
    let seconds = Timestamp::from_second(value.div_euclid(parts)).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(seconds))
}

/// A number in digits, the last `scale` of them behind the point.
fn digits(negative: bool, value: u128, scale: usize, text: &mut String) {
    if negative {
        text.push('-');
    }
    let _ = write!(text, "{value:0>width$}", width = scale + 1);
    if scale > 0 {
        text.insert(text.len() - scale, '.');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_by_what_they_mean() {
        for (meaning, value, expected) in [
            (Meaning::Signed, -42, "-42"),
            (Meaning::Signed, i64::MIN, "-9223372036854775808"),
            (Meaning::Unsigned, -1, "18446744073709551615"),
            (Meaning::Decimal(2), 12_345, "123.45"),
            (Meaning::Decimal(2), -5, "-0.05"),
            (Meaning::Days, 0, "1970-01-01"),
            (Meaning::Days, -4733, "1957-01-16"),
            (Meaning::Days, i64::MAX, ""),
            (Meaning::Instant(1_000), 86_400_000, "1970-01-02"),
            (Meaning::Instant(1_000_000), -1, "1969-12-31T23:59:59"),
            (Meaning::Instant(1), i64::MIN, ""),
        ] {
            let mut whole = Whole { meaning, last: None, text: String::new() };
            whole.give(value, &mut |text| assert_eq!(text, expected, "{meaning:?} {value}"));
        }
    }
}
