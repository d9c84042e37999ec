//! May this person do this, for this purpose? The program's own rules first, then Cedar.

use candour_model::purpose::Purpose;

use crate::{
    actor::Actor,
    authority::Authority,
    charter::Charter,
    explain,
    grounds::Grounds,
    needs::{needs_purpose, touches_evidence},
    rules::PurposeRule,
    world::{Answer, Asker},
};

/// A yes or no with its grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it may be done.
    pub allowed: bool,
    /// Ids of the policies that decided, sorted; empty where no policy allows it. Where a rule of the program itself
    /// decided, one id that begins with `program:`.
    pub policies: Vec<String>,
    /// One sentence for the person: what was decided, why, and after a refusal what to do next.
    pub explanation: String,
}

/// Why the program refuses before Cedar is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bar {
    UnknownAction,
    NoRole,
    CharterExpired,
    UnknownPurpose,
    NoPurpose,
    NoCase,
    NoReason,
    MandateNotInForce,
    MandateOfOtherPurpose,
    MandateOfOtherGroup,
    NoMandate,
}

impl Bar {
    /// The id that stands for a policy's.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::UnknownAction => "program:unknown-action",
            Self::NoRole => "program:role-required",
            Self::CharterExpired => "program:charter-expired",
            Self::UnknownPurpose => "program:unknown-purpose",
            Self::NoPurpose => "program:purpose-required",
            Self::NoCase => "program:case-required",
            Self::NoReason => "program:reason-required",
            Self::MandateNotInForce => "program:mandate-not-in-force",
            Self::MandateOfOtherPurpose => "program:mandate-of-another-purpose",
            Self::MandateOfOtherGroup => "program:mandate-of-another-group",
            Self::NoMandate => "program:mandate-required",
        }
    }
}

impl Charter {
    /// Decides whether a person may do something for a purpose.
    ///
    /// An action, a purpose or a person's only role that the charter does not declare is refused, and so is a purpose
    /// without the case, the reason or the mandate that it needs, a stated mandate that does not count, whatever touches
    /// evidence without a purpose, and whatever opens evidence under a charter that has expired.
    #[must_use]
    pub fn decide(&self, actor: &Actor, action: &str, purpose: Option<&Purpose>, authority: &Authority<'_>) -> Decision {
        let asker = match self.world.asker(actor) {
            Ok(asker) => asker,
            Err(problem) => return refused(Vec::new(), problem.to_string()),
        };
        match self.verdict(&asker, actor, action, purpose, authority) {
            Err(bar) => refused(vec![bar.id().to_owned()], explain::barred(self, bar, &asker, actor, action, purpose, authority)),
            Ok(answer) if answer.allowed => {
                let explanation = explain::allowed(action, purpose, &answer.policies);
                Decision { allowed: true, policies: answer.policies, explanation }
            }
            Ok(answer) => {
                let explanation = explain::refused(self, &asker, actor, action, purpose, &answer.policies);
                refused(answer.policies, explanation)
            }
        }
    }

    /// The decision without words.
    fn verdict(&self, asker: &Asker, actor: &Actor, action: &str, purpose: Option<&Purpose>, authority: &Authority<'_>) -> Result<Answer, Bar> {
        let grounds = self.admitted(actor, action, purpose, authority)?;
        Ok(self.world.ask(asker, action, purpose.map(|purpose| purpose.id.as_str()), &grounds))
    }

    /// What counts of the authority, or what bars the question before any policy is asked.
    fn admitted<'a>(&self, actor: &Actor, action: &str, purpose: Option<&Purpose>, authority: &Authority<'a>) -> Result<Grounds<'a>, Bar> {
        if !self.actions().any(|known| known == action) {
            return Err(Bar::UnknownAction);
        }
        if !self.has_role(actor) {
            return Err(Bar::NoRole);
        }
        if touches_evidence(action) && authority.now >= self.expires_ms() {
            return Err(Bar::CharterExpired);
        }
        let Some(purpose) = purpose else {
            return if needs_purpose(action) { Err(Bar::NoPurpose) } else { Ok(Grounds::default()) };
        };
        if let Some(bar) = self.incomplete(purpose) {
            return Err(bar);
        }
        let grounds = self.grounds(actor, purpose, authority)?;
        let needs_mandate = self.purpose(&purpose.id).is_some_and(|rule| rule.needs_mandate);
        if needs_mandate && touches_evidence(action) && grounds.mandate.is_none() && grounds.glass.is_none() {
            return Err(Bar::NoMandate);
        }
        Ok(grounds)
    }

    /// What a stated purpose lacks.
    pub(crate) fn incomplete(&self, stated: &Purpose) -> Option<Bar> {
        let Some(rule) = self.purpose(&stated.id) else { return Some(Bar::UnknownPurpose) };
        let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        if rule.needs_case && blank(&stated.case) {
            return Some(Bar::NoCase);
        }
        (rule.needs_reason && blank(&stated.reason)).then_some(Bar::NoReason)
    }

    /// Whether the charter declares any of the person's roles.
    pub(crate) fn has_role(&self, actor: &Actor) -> bool {
        self.rules.roles.iter().any(|role| actor.roles.contains(&role.id))
    }

    /// The purposes for which a person may do something, were case, reason and mandate given.
    pub(crate) fn purposes_for(&self, asker: &Asker, action: &str) -> Vec<&PurposeRule> {
        let works = |rule: &&PurposeRule| self.world.ask(asker, action, Some(&rule.id), &Grounds::fullest(rule)).allowed;
        self.rules.purposes.iter().filter(works).collect()
    }
}

fn refused(policies: Vec<String>, explanation: String) -> Decision {
    Decision { allowed: false, policies, explanation }
}
