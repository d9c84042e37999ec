//! What an extractor finds.

use std::{fmt, ops::Range};

/// What a mention is of. The names are those of the command line's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A registration mark of a British vehicle.
    VehicleMark,
    /// A vehicle identification number.
    Vin,
    /// A British postcode.
    Postcode,
    /// A National Insurance number.
    Nino,
    /// An NHS number.
    NhsNumber,
    /// The number of a mobile device.
    Imei,
    /// A bank account number, internationally.
    Iban,
    /// The number of a payment card.
    Pan,
    /// An internet address.
    Ip,
    /// A web address.
    Url,
    /// The address of a crypto-currency wallet.
    CryptoWallet,
    /// An amount of money.
    Money,
    /// A date, with a time or without.
    Temporal,
}

impl Kind {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Email,
        Self::Phone,
        Self::VehicleMark,
        Self::Vin,
        Self::Postcode,
        Self::Nino,
        Self::NhsNumber,
        Self::Imei,
        Self::Iban,
        Self::Pan,
        Self::Ip,
        Self::Url,
        Self::CryptoWallet,
        Self::Money,
        Self::Temporal,
    ];

    /// Its name in output, such as `VEHICLE_MARK`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Phone => "PHONE",
            Self::VehicleMark => "VEHICLE_MARK",
            Self::Vin => "VIN",
            Self::Postcode => "POSTCODE",
            Self::Nino => "NINO",
            Self::NhsNumber => "NHS_NUMBER",
            Self::Imei => "IMEI",
            Self::Iban => "IBAN",
            Self::Pan => "PAN",
            Self::Ip => "IP",
            Self::Url => "URL",
            Self::CryptoWallet => "CRYPTO_WALLET",
            Self::Money => "MONEY",
            Self::Temporal => "TEMPORAL",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Something found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// First character, in Unicode scalar values from the start of the text, counted from 0.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// What it is of.
    pub kind: Kind,
    /// The characters themselves, as they stand.
    pub text: String,
    /// The value in its one spelling, such as `+441632960123` or `2017-08-24`.
    pub value: String,
    /// How likely it is right, from 0 to 1, as judged for the method as a whole; not measured on this text.
    pub confidence: f32,
    /// Method and version, such as `iban/1`.
    pub by: &'static str,
}

/// Something found, before it has its place in characters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    /// Bytes of the text, at character boundaries.
    pub(crate) range: Range<usize>,
    pub(crate) value: String,
    pub(crate) confidence: f32,
}
