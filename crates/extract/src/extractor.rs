//! The extractors: a table of what each finds and how.

mod crypto_wallet;
mod email;
mod iban;
mod imei;
mod ip;
mod money;
mod nhs_number;
mod nino;
mod pan;
mod phone;
mod postcode;
mod temporal;
mod url;
mod vehicle_mark;
mod vin;

use std::sync::OnceLock;

use candour_model::types::{Context, TypeKind};
use regex::Regex;

use crate::mention::{Kind, Spot};

/// One way to find one kind of mention.
pub(crate) struct Extractor {
    pub(crate) kind: Kind,
    /// Name and version. The version grows whenever the same text may give another answer.
    pub(crate) method: &'static str,
    pub(crate) find: fn(&str, &mut dyn FnMut(Spot)),
}

/// All of them; where two find the same characters with the same confidence, the earlier wins.
pub(crate) const ALL: &[Extractor] = &[
    Extractor { kind: Kind::Email, method: "email/1", find: email::find },
    Extractor { kind: Kind::Url, method: "url/1", find: url::find },
    Extractor { kind: Kind::Iban, method: "iban/1", find: iban::find },
    Extractor { kind: Kind::CryptoWallet, method: "crypto-wallet/1", find: crypto_wallet::find },
    Extractor { kind: Kind::Vin, method: "vin/1", find: vin::find },
    Extractor { kind: Kind::Imei, method: "imei/1", find: imei::find },
    Extractor { kind: Kind::Pan, method: "pan/1", find: pan::find },
    Extractor { kind: Kind::NhsNumber, method: "nhs-number/1", find: nhs_number::find },
    Extractor { kind: Kind::Nino, method: "nino/1", find: nino::find },
    Extractor { kind: Kind::VehicleMark, method: "vehicle-mark/1", find: vehicle_mark::find },
    Extractor { kind: Kind::Postcode, method: "postcode/1", find: postcode::find },
    Extractor { kind: Kind::Ip, method: "ip/1", find: ip::find },
    Extractor { kind: Kind::Phone, method: "phone/1", find: phone::find },
    Extractor { kind: Kind::Money, method: "money/1", find: money::find },
    Extractor { kind: Kind::Temporal, method: "temporal/1", find: temporal::find },
];

/// A pattern that is compiled at its first use. The tests compile every pattern, so a wrong one is found there; here it finds
/// nothing.
pub(crate) struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(self.source).ok()).as_ref()
    }

    /// Every place where the pattern fits, left to right.
    pub(crate) fn matches<'t>(&self, text: &'t str) -> impl Iterator<Item = regex::Match<'t>> {
        debug_assert!(self.regex().is_some(), "a pattern does not compile: {}", self.source);
        self.regex().into_iter().flat_map(move |regex| regex.find_iter(text))
    }
}

/// The value of a type of the model, of this format, if it takes the text.
pub(crate) fn cleaned(kind: TypeKind, format: Option<&str>, text: &str) -> Option<String> {
    kind.clean(text, &Context { countries: &[], format }).ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
pub(crate) mod examples;
