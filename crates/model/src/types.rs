//! The types of property values: each cleans what it is given and says why it refuses it. One file per type that does
//! more than trim.
//!
//! The types and their names are FollowTheMoney's; a value that FollowTheMoney has cleaned passes unchanged.

use std::borrow::Cow;

/// What else is known of the entity whose value is cleaned.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Its countries, as ISO 3166-1 alpha-2 codes in lower case.
    pub countries: &'a [&'a str],
    /// Form that the property or mapping asks for, such as `lei` or a date pattern like `%d/%m/%Y`.
    pub format: Option<&'a str>,
}

/// Why a value was refused: what is wrong and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

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
    pub fn clean<'v>(self, raw: &'v str, _context: &Context<'_>) -> Result<Cow<'v, str>, Refusal> {
        let trimmed = raw.trim();
        if trimmed.is_empty() { Err(Refusal("the value is empty".to_owned())) } else { Ok(Cow::Borrowed(trimmed)) }
    }
}
