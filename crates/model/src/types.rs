//! The types of property values: each cleans what it is given and says why it refuses it. One file per type that does
//! more than trim.
//!
//! The types and their names are FollowTheMoney's; a value that FollowTheMoney has cleaned passes unchanged.

mod address;
mod calling_table;
pub mod check;
mod checksum;
mod country;
mod country_table;
mod date;
mod date_pattern;
mod date_words;
mod email;
mod entity_id;
mod gender;
mod identifier;
mod ip;
mod language;
mod language_table;
mod mimetype;
mod name;
mod number;
mod phone;
mod punycode;
mod sanitise;
mod topic;
mod topic_table;
mod url;

use std::{borrow::Cow, fmt::Display};

/// What else is known of the entity whose value is cleaned.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Its countries, as ISO 3166-1 alpha-2 codes in lower case.
    pub countries: &'a [&'a str],
    /// Form that the property or mapping asks for: of an identifier (`lei`), of a date (`%d/%m/%Y`), or the country in which a
    /// telephone number is dialled (`gb`).
    pub format: Option<&'a str>,
}

/// Why a value was refused: what is wrong and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

impl Refusal {
    /// Says of a value, of which at most 60 characters are shown, what is wrong and what to do.
    fn new(value: &str, why: impl Display) -> Self {
        let shown: String = value.chars().take(60).collect();
        if shown.is_empty() {
            Self(format!("the value {why}"))
        } else if shown.len() < value.len() {
            Self(format!("`{shown}…` {why}"))
        } else {
            Self(format!("`{shown}` {why}"))
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $max:literal, $matchable:literal, $pivot:literal;)*) => {
        /// The type of a property.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum TypeKind {
            $($(#[$doc])* $variant,)*
        }

        impl TypeKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// FollowTheMoney's name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Longest value where a property says nothing else, in Unicode scalar values.
            #[must_use]
            pub fn max_length(self) -> usize {
                match self {
                    $(Self::$variant => $max,)*
                }
            }

            /// Whether equal values are a sign of the same entity.
            #[must_use]
            pub fn is_matchable(self) -> bool {
                match self {
                    $(Self::$variant => $matchable,)*
                }
            }

            /// Whether its values become nodes of the graph that entities share.
            #[must_use]
            pub fn is_pivot(self) -> bool {
                match self {
                    $(Self::$variant => $pivot,)*
                }
            }
        }
    };
}

kinds! {
    /// A postal address in one line.
    Address = "address", 250, true, true;
    /// A SHA-1 or other content hash in hex.
    Checksum = "checksum", 40, true, true;
    /// A country, ISO 3166-1 alpha-2 in lower case or one of FollowTheMoney's codes.
    Country = "country", 16, true, false;
    /// A date or a prefix of one: `2011`, `2011-05`, `2011-05-12`, `2011-05-12T09:30`.
    Date = "date", 32, true, false;
    /// An e-mail address.
    Email = "email", 250, true, true;
    /// The id of another entity.
    Entity = "entity", 200, true, false;
    /// `male`, `female` or `other`.
    Gender = "gender", 16, false, false;
    /// HTML text.
    Html = "html", 65000, false, false;
    /// A number or code that somebody issued.
    Identifier = "identifier", 64, true, true;
    /// An internet address, IPv4 or IPv6.
    Ip = "ip", 64, true, true;
    /// A JSON value as text.
    Json = "json", 250, false, false;
    /// A language, ISO 639-3.
    Language = "language", 16, false, false;
    /// A media type, such as `text/plain`.
    MimeType = "mimetype", 250, false, false;
    /// A name of somebody or something.
    Name = "name", 384, true, false;
    /// A number as text, with a unit where it has one.
    Number = "number", 250, false, false;
    /// A telephone number, E.164 where the country is known.
    Phone = "phone", 64, true, true;
    /// Short text.
    String = "string", 1024, false, false;
    /// Long text.
    Text = "text", 65000, false, false;
    /// One of FollowTheMoney's topics, such as `crime` or `debarment`.
    Topic = "topic", 64, false, false;
    /// A web address.
    Url = "url", 4096, true, true;
}

impl TypeKind {
    /// The type of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The value as it is stored, or why it is none of this type.
    ///
    /// Cleaning twice is cleaning once, under any context but a date pattern that reads ISO dates in another order. The longest
    /// value is a matter of the property, not of the type, and is not checked here.
    ///
    /// # Errors
    /// A [`Refusal`] that names the value, what is wrong with it and what would be right.
    pub fn clean<'v>(self, raw: &'v str, context: &Context<'_>) -> Result<Cow<'v, str>, Refusal> {
        let text = sanitise::sanitise(raw);
        if text.is_empty() {
            return Err(Refusal::new("", "is empty; leave it out, or fill it in"));
        }
        match self {
            Self::Address => address::clean(text),
            Self::Checksum => checksum::clean(text),
            Self::Country => country::clean(text),
            Self::Date => date::clean(text, context),
            Self::Email => email::clean(text),
            Self::Entity => entity_id::clean(text),
            Self::Gender => gender::clean(&text),
            Self::Identifier => identifier::clean(text, context),
            Self::Ip => ip::clean(text),
            Self::Language => language::clean(&text),
            Self::MimeType => mimetype::clean(text),
            Self::Name => name::clean(text),
            Self::Number => number::clean(text),
            Self::Phone => phone::clean(text, context),
            Self::Topic => topic::clean(&text),
            Self::Url => url::clean(text),
            // Nothing more than visible, composed text: FollowTheMoney stores these as they come.
            Self::Html | Self::Json | Self::String | Self::Text => Ok(text),
        }
    }

    /// Values of a type with a fixed list, and what each is called: countries and topics. Empty for other types.
    #[must_use]
    pub fn values(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Country => country::values(),
            Self::Topic => topic_table::TOPICS.to_vec(),
            _ => Vec::new(),
        }
    }

    /// Names of the formats that an identifier can be checked by, for [`Context::format`]. Empty for other types.
    #[must_use]
    pub fn formats(self) -> Vec<&'static str> {
        if self == Self::Identifier { identifier::formats().collect() } else { Vec::new() }
    }
}
