//! Who asks, and why: the session cookie and the purpose headers of a request.

use axum::{
    extract::FromRequestParts,
    http::{header::COOKIE, request::Parts},
};
use candour_actions::{Person, Purpose, Who};

use crate::{Shared, problem::Problem, sessions};

/// The person who is signed in, with the purpose they state.
pub(crate) struct Asker {
    pub(crate) person: Person,
    pub(crate) secret: String,
    pub(crate) who: Who,
}

impl FromRequestParts<Shared> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Problem> {
        let cookies = parts.headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let secret = sessions::secret(cookies).ok_or_else(Problem::not_signed_in)?.to_owned();
        let person = shared.sessions.person(&secret).ok_or_else(Problem::not_signed_in)?;
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(decoded).filter(|text| !text.is_empty());
        let purpose = header("x-candour-purpose").map(|id| Purpose { id, case: header("x-candour-case"), reason: header("x-candour-reason"), mandate: header("x-candour-mandate") });
        let who = Who { actor: person.actor(), purpose };
        Ok(Self { person, secret, who })
    }
}

/// Undoes percent-encoding; what is not valid stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = ahead.next().zip(ahead.next()).and_then(|(high, low)| Some(digit(high)? * 16 + digit(low)?));
        match pair {
            Some(decoded) if byte == b'%' => {
                bytes.push(decoded);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    #[test]
    fn percent_encoding_is_undone() {
        for (text, expected) in [("plain", "plain"), ("a%20b", "a b"), ("%C3%A9", "é"), ("100%", "100%"), ("%zz", "%zz"), ("%FF", "%FF"), ("%2", "%2")] {
            assert_eq!(super::decoded(text), expected, "{text}");
        }
    }
}
