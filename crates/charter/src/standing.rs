//! Whether a mandate is in force, and if not, why.

use std::fmt;

use candour_ledger::Note;

use crate::{
    charter::Charter,
    mandate::{Mandate, time_text},
    words::{category_word, is_plain},
};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// How a mandate stands. Only [`Standing::InForce`] opens anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It may be stated.
    InForce,
    /// Its time has not come.
    NotYet {
        /// Its first moment, in milliseconds since 1970.
        from: i64,
    },
    /// Its time is over.
    Expired {
        /// The first moment after it, in milliseconds since 1970.
        at: i64,
    },
    /// Somebody ended it.
    Revoked,
    /// A newer version of it was registered.
    Superseded {
        /// The newest version.
        newest: u32,
    },
    /// Too few of the authority's keys have signed it.
    UnderSigned {
        /// Keys whose signature verifies.
        have: usize,
        /// Keys that it takes.
        need: usize,
    },
    /// It was made under a charter whose mandates the one in force does not keep.
    OtherCharter {
        /// Hash of the charter that it names.
        named: String,
    },
    /// The charter permits no such mandate.
    NotPermitted(String),
}

impl Standing {
    /// Whether it may be stated.
    #[must_use]
    pub fn in_force(&self) -> bool {
        *self == Self::InForce
    }
}

impl fmt::Display for Standing {
    /// One sentence about "the mandate", with what to do next.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InForce => write!(f, "the mandate is in force"),
            Self::NotYet { from } => write!(f, "the mandate is not in force before {}; wait until then", time_text(*from)),
            Self::Expired { at } => write!(f, "the mandate ran out at {}; ask for a new version of it", time_text(*at)),
            Self::Revoked => write!(f, "the mandate was revoked; ask whoever revoked it why, or for another one"),
            Self::Superseded { newest } => write!(f, "version {newest} has taken the place of this version of the mandate; state that one"),
            Self::UnderSigned { have, need } => {
                write!(f, "{have} of the authority's keys have signed the mandate and it takes {need}; ask for the missing signatures")
            }
            Self::OtherCharter { named } => {
                write!(f, "the mandate was made under the charter {named}, whose mandates the charter in force does not keep; ask for a new one")
            }
            Self::NotPermitted(why) => write!(f, "the charter permits no such mandate: {why}"),
        }
    }
}

impl Charter {
    /// How a mandate stands under this charter. `newest_version` is the highest version registered under its id, `now_ms` the
    /// time in milliseconds since 1970.
    #[must_use]
    pub fn mandate_standing(&self, mandate: &Mandate, note: &Note, revoked: bool, newest_version: u32, now_ms: i64) -> Standing {
        if note.text() != mandate.to_text() {
            return Standing::NotPermitted("the signed text is another than this mandate's; hand in its own note".to_owned());
        }
        if revoked {
            return Standing::Revoked;
        }
        if newest_version > mandate.version {
            return Standing::Superseded { newest: newest_version };
        }
        if let Some(why) = self.mandate_fault(mandate) {
            return Standing::NotPermitted(why);
        }
        if mandate.charter != self.hash() && !self.authority().keeps_mandates_of.contains(&mandate.charter) {
            return Standing::OtherCharter { named: mandate.charter.clone() };
        }
        let (have, need) = (self.signers(note).len(), self.authority().threshold);
        if have < need {
            return Standing::UnderSigned { have, need };
        }
        if now_ms < mandate.not_before {
            return Standing::NotYet { from: mandate.not_before };
        }
        if now_ms >= mandate.not_after {
            return Standing::Expired { at: mandate.not_after };
        }
        Standing::InForce
    }

    /// Why this charter permits no such mandate, whoever signs it; `None` where it does. Ask before a draft is signed.
    #[must_use]
    pub fn mandate_fault(&self, mandate: &Mandate) -> Option<String> {
        if !is_plain(&mandate.id) {
            return Some(format!("`{}` is no plain word; use lower-case letters, digits and hyphens, a letter first", mandate.id));
        }
        if mandate.version == 0 {
            return Some("its version is 0; count from 1".to_owned());
        }
        let Some(purpose) = self.purpose(&mandate.purpose) else {
            return Some(format!("the purpose `{}` is not declared; name one that is", mandate.purpose));
        };
        if !purpose.takes_mandates() {
            return Some(format!("the purpose `{}` neither needs a mandate nor may name special categories; name one that does", purpose.id));
        }
        if !self.roles().iter().any(|role| role.id == mandate.group) {
            return Some(format!("the role `{}` is not declared; name one that is", mandate.group));
        }
        if let Some(category) = mandate.classes.iter().find(|category| !purpose.data_classes.contains(category)) {
            let word = category_word(*category);
            return Some(format!("for the purpose `{}` no mandate may name `{word}`; leave it out, or change `data_classes` of the purpose", purpose.id));
        }
        if mandate.not_after <= mandate.not_before {
            return Some("it ends before it begins; set `not-after` to a later time".to_owned());
        }
        let most = self.authority().max_mandate_days;
        if mandate.not_after.saturating_sub(mandate.not_before) > i64::from(most).saturating_mul(DAY) {
            return Some(format!("it lasts longer than the {most} days that the charter allows; shorten it"));
        }
        // What a text could not say cannot be signed either: blank grounds, half seconds, a class named twice.
        Mandate::parse(&mandate.to_text()).err().map(|problem| problem.to_string())
    }
}
