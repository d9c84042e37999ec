//! Who asks, and why: the session cookie or the token of a request, and its purpose headers.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
};
use candour_actions::{ActionError, Person, Purpose, Who};

use crate::{Shared, client::Client, problem::Problem, routes::ask, sessions::Session};

/// The person who asks, with the purpose they state.
pub(crate) struct Asker {
    pub(crate) person: Person,
    pub(crate) who: Who,
}

/// A person who sits at a browser: what concerns their sessions and credentials is not for programs' tokens.
pub(crate) struct Seated {
    pub(crate) person: Person,
    pub(crate) who: Who,
    pub(crate) session: Session,
    pub(crate) secret: String,
}

impl FromRequestParts<Shared> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Problem> {
        if let Some(header) = parts.headers.get(AUTHORIZATION) {
            let token = header.to_str().ok().and_then(|text| text.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
            let token = token.map(|(_, token)| token.trim().to_owned()).ok_or_else(Problem::not_a_token)?;
            return by_token(&Client::of(parts, shared), shared, token, stated(&parts.headers)).await;
        }
        let (person, _, _) = by_session(parts, shared)?;
        let who = Who { actor: person.actor(), purpose: named(stated(&parts.headers)) };
        Ok(Self { person, who })
    }
}

impl FromRequestParts<Shared> for Seated {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Problem> {
        if parts.headers.contains_key(AUTHORIZATION) {
            return Err(Problem::not_for_programs());
        }
        let (person, session, secret) = by_session(parts, shared)?;
        let who = Who { actor: person.actor(), purpose: named(stated(&parts.headers)) };
        Ok(Self { person, who, session, secret })
    }
}

/// The person as their account is now, whatever it was when the session began.
fn by_session(parts: &Parts, shared: &Shared) -> Result<(Person, Session, String), Problem> {
    let secret = Client::of(parts, shared).secret.ok_or_else(Problem::not_signed_in)?;
    let now = shared.desk.now();
    let session = shared.sessions.find(&secret, now, shared.desk.session_limits()).ok_or_else(Problem::not_signed_in)?;
    let Some(mut person) = shared.desk.account(&session.person) else {
        shared.sessions.end(&secret);
        return Err(Problem::not_signed_in());
    };
    shared.limits.request(&person.id, now).map_err(Problem::too_many)?;
    if let Some(left) = &session.roles {
        person.roles.retain(|role| left.contains(role));
    }
    Ok((person, session, secret))
}

async fn by_token(client: &Client, shared: &Shared, token: String, stated: Purpose) -> Result<Asker, Problem> {
    let now = shared.desk.now();
    shared.limits.may_try(&[&client.address], now).map_err(Problem::too_many)?;
    let found = ask(shared, move |desk| match desk.recognise_program(&token) {
        Ok(caller) => Ok(Ok(desk.bind(&caller, Some(stated)).map(|purpose| (caller.person, purpose))?)),
        Err(error @ ActionError::UnknownActor(_)) => Ok(Err(error)),
        Err(error) => Err(error),
    });
    let (person, purpose) = match found.await? {
        Ok(found) => found,
        Err(unknown) => {
            shared.limits.failed(&[&client.address], now);
            return Err(Problem::from(unknown));
        }
    };
    shared.limits.request(&person.id, now).map_err(Problem::too_many)?;
    let who = Who { actor: person.actor(), purpose };
    Ok(Asker { person, who })
}

/// A purpose that was named; case and reason alone are none.
fn named(stated: Purpose) -> Option<Purpose> {
    Some(stated).filter(|purpose| !purpose.id.is_empty())
}

/// The purpose headers. Whose token names the purpose may leave that one out.
fn stated(headers: &HeaderMap) -> Purpose {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(decoded).filter(|text| !text.is_empty());
    let id = header("x-candour-purpose").unwrap_or_default();
    Purpose { id, case: header("x-candour-case"), reason: header("x-candour-reason"), mandate: header("x-candour-mandate") }
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
