//! Tokens for a person's own programs: bound to one purpose, to at most one mandate, and to a time.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Who,
    action::Action,
    actors::{credentials::ApiToken, digest},
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
    view::instant,
};

/// What every program's token begins with, so that one that strayed into a file is found.
pub(crate) const PREFIX: &str = "candour_";
/// Most tokens that a person has open at a time.
const MOST_OPEN: usize = 50;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// What a token is to be for.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// What the person calls it.
    pub label: String,
    /// Id of the one purpose it serves.
    pub purpose: String,
    /// Id of the one mandate that it states.
    pub mandate: Option<String>,
    /// After how many days it ends; from 1 to what the charter allows.
    pub days: u32,
}

/// A token in a list; its secret is not kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TokenView {
    /// Short name, for revoking it.
    pub id: String,
    /// What the person calls it.
    pub label: String,
    /// Id of the one purpose it serves.
    pub purpose: String,
    /// Id of the one mandate that it states.
    pub mandate: Option<String>,
    /// When it was issued, RFC 3339.
    pub issued: String,
    /// When it ends, RFC 3339.
    pub expires: String,
    /// When it was revoked, RFC 3339.
    pub revoked: Option<String>,
    /// Whether it still opens something.
    pub open: bool,
}

/// A new token; its secret is shown this once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IssuedToken {
    /// The secret.
    pub token: String,
    /// What it is.
    pub about: TokenView,
}

impl Desk {
    /// Makes a token for a program of the person who asks.
    pub fn issue_token(&self, who: &Who, request: &TokenRequest) -> Result<Answer<IssuedToken>, ActionError> {
        let _alone = self.accounts().alone();
        let query = format!(
            "issue for {}{} for {} days",
            request.purpose,
            request.mandate.as_ref().map(|id| format!(", mandate {id},")).unwrap_or_default(),
            request.days
        );
        let mut after = None;
        let answer = self.answer(who, Action::IssueToken, &query, |access| {
            let now = self.now();
            let mut credentials = self.accounts().look(|book| book.credentials.clone());
            let is_own = |token: &&ApiToken| token.person == access.actor().id && token.is_open(now);
            self.check(access.actor(), request, credentials.tokens.iter().filter(is_own).count())?;
            let secret = format!("{PREFIX}{}", hex::encode(crate::accounts::random()?));
            let sha256 = digest(&secret);
            let token = ApiToken {
                id: sha256.chars().take(12).collect(),
                person: access.actor().id.clone(),
                label: request.label.trim().to_owned(),
                sha256,
                purpose: request.purpose.clone(),
                mandate: request.mandate.clone(),
                made: now,
                until: now.saturating_add(i64::from(request.days).saturating_mul(DAY)),
                revoked: None,
            };
            let about = view(&token, now);
            let results = vec![format!("token {}", token.id)];
            // What ended long ago is told by the journal.
            credentials.tokens.retain(|token| now < token.until.saturating_add(90 * DAY));
            credentials.tokens.push(token);
            after = Some(credentials);
            Ok(Sealed::under(access, IssuedToken { token: secret, about }, results))
        })?;
        if let Some(credentials) = after {
            self.accounts().set_credentials(credentials)?;
        }
        Ok(answer)
    }

    /// The tokens of the person who asks, newest first.
    pub fn tokens(&self, who: &Who) -> Result<Answer<Vec<TokenView>>, ActionError> {
        self.answer(who, Action::IssueToken, "list", |access| {
            let now = self.now();
            let mut own = self
                .accounts()
                .look(|book| -> Vec<ApiToken> { book.credentials.tokens.iter().filter(|token| token.person == access.actor().id).cloned().collect() });
            own.sort_by_key(|token| std::cmp::Reverse(token.made));
            let results = own.iter().map(|token| format!("token {}", token.id)).collect();
            Ok(Sealed::under(access, own.iter().map(|token| view(token, now)).collect(), results))
        })
    }

    /// Revokes a token of the person who asks. It opens nothing from that moment on.
    pub fn revoke_token(&self, who: &Who, id: &str) -> Result<Answer<TokenView>, ActionError> {
        let _alone = self.accounts().alone();
        let mut after = None;
        let answer = self.answer(who, Action::IssueToken, &format!("revoke {id}"), |access| {
            let now = self.now();
            let mut credentials = self.accounts().look(|book| book.credentials.clone());
            let token = credentials.tokens.iter_mut().find(|token| token.id == id && token.person == access.actor().id);
            let token = token.ok_or_else(|| ActionError::BadInput(format!("you have no token `{id}`; `candour token list` shows yours")))?;
            token.revoked = token.revoked.or(Some(now));
            let about = view(token, now);
            after = Some(credentials);
            Ok(Sealed::under(access, about, vec![format!("token {id}")]))
        })?;
        if let Some(credentials) = after {
            self.accounts().set_credentials(credentials)?;
        }
        Ok(answer)
    }

    fn check(&self, actor: &candour_charter::Actor, request: &TokenRequest, open: usize) -> Result<(), ActionError> {
        let label = request.label.trim();
        if label.is_empty() || label.chars().count() > 80 || label.chars().any(char::is_control) {
            return Err(ActionError::BadInput("say in up to 80 characters what the token is for, with a label".to_owned()));
        }
        let most = self.with_charter(|charter| charter.sessions().token_days);
        if !(1..=most).contains(&request.days) {
            return Err(ActionError::BadInput(format!("`{}` days is no life of a token; the charter allows 1 to {most}", request.days)));
        }
        if open >= MOST_OPEN {
            return Err(ActionError::BadInput(format!("you have {open} tokens that still work; revoke one first")));
        }
        let person = self.account(&actor.id).ok_or_else(|| ActionError::UnknownActor(format!("nobody here is called `{}`", actor.id)))?;
        let open: Vec<String> = self.purposes_of(&person).into_iter().map(|purpose| purpose.id).collect();
        if !open.contains(&request.purpose) {
            return Err(ActionError::BadInput(format!("the purpose `{}` opens nothing to you; yours are {}", request.purpose, open.join(", "))));
        }
        Ok(())
    }
}

fn view(token: &ApiToken, now: i64) -> TokenView {
    TokenView {
        id: token.id.clone(),
        label: token.label.clone(),
        purpose: token.purpose.clone(),
        mandate: token.mandate.clone(),
        issued: instant(token.made),
        expires: instant(token.until),
        revoked: token.revoked.map(instant),
        open: token.is_open(now),
    }
}
