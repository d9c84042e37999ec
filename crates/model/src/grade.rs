//! The 3x5x2 grading of intelligence: how reliable the source, how the information is known.
//!
//! Source: College of Policing, intelligence report (3x5x2); see the guide's page on intelligence reports.

use std::{fmt, str::FromStr};

/// Evaluation of the source: `1` reliable, `2` untested, `3` not reliable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceGrade {
    /// `1`
    Reliable,
    /// `2`
    Untested,
    /// `3`
    NotReliable,
}

/// Assessment of the information, `A` to `E`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InformationGrade {
    /// `A`: known directly to the source.
    KnownDirectly,
    /// `B`: known indirectly but corroborated.
    Corroborated,
    /// `C`: known indirectly.
    KnownIndirectly,
    /// `D`: not known.
    NotKnown,
    /// `E`: suspected to be false.
    SuspectedFalse,
}

/// Both halves of a grade, written `2D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade {
    /// How reliable the source is.
    pub source: SourceGrade,
    /// How the information is known.
    pub information: InformationGrade,
}

/// A text that is no grade.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no 3x5x2 grade; write a source evaluation 1-3 and an assessment A-E, such as `2D`")]
pub struct NotAGrade(pub String);

impl Default for Grade {
    /// `2D`: source untested, information not known, which is what is true until somebody says more.
    fn default() -> Self {
        Self { source: SourceGrade::Untested, information: InformationGrade::NotKnown }
    }
}

impl FromStr for Grade {
    type Err = NotAGrade;

    fn from_str(text: &str) -> Result<Self, NotAGrade> {
        let mut chars = text.trim().chars();
        let (Some(source), Some(information), None) = (chars.next(), chars.next(), chars.next()) else {
            return Err(NotAGrade(text.to_owned()));
        };
        let source = match source {
            '1' => SourceGrade::Reliable,
            '2' => SourceGrade::Untested,
            '3' => SourceGrade::NotReliable,
            _ => return Err(NotAGrade(text.to_owned())),
        };
        let information = match information.to_ascii_uppercase() {
            'A' => InformationGrade::KnownDirectly,
            'B' => InformationGrade::Corroborated,
            'C' => InformationGrade::KnownIndirectly,
            'D' => InformationGrade::NotKnown,
            'E' => InformationGrade::SuspectedFalse,
            _ => return Err(NotAGrade(text.to_owned())),
        };
        Ok(Self { source, information })
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match self.source {
            SourceGrade::Reliable => '1',
            SourceGrade::Untested => '2',
            SourceGrade::NotReliable => '3',
        };
        let information = match self.information {
            InformationGrade::KnownDirectly => 'A',
            InformationGrade::Corroborated => 'B',
            InformationGrade::KnownIndirectly => 'C',
            InformationGrade::NotKnown => 'D',
            InformationGrade::SuspectedFalse => 'E',
        };
        write!(f, "{source}{information}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grade_is_read_back_as_written() {
        for source in ["1", "2", "3"] {
            for information in ["A", "B", "C", "D", "E"] {
                let text = format!("{source}{information}");
                assert_eq!(text.parse::<Grade>().unwrap().to_string(), text);
            }
        }
    }

    #[test]
    fn what_is_no_grade_is_refused_with_the_remedy() {
        for text in ["", "4A", "1F", "1AA", "B2", "1"] {
            let refusal = text.parse::<Grade>().unwrap_err().to_string();
            assert!(refusal.contains("such as `2D`"), "{refusal}");
        }
    }
}
