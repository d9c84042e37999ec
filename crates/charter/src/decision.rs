//! May this person do this, for this purpose? The program's own rules first, then Cedar.

use candour_model::purpose::Purpose;

use crate::{
    actor::Actor,
    charter::Charter,
    explain,
    rules::PurposeRule,
    world::{Answer, Asker, needs_purpose},
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
    UnknownPurpose,
    NoPurpose,
    NoCase,
    NoReason,
}

impl Bar {
    /// The id that stands for a policy's.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::UnknownAction => "program:unknown-action",
            Self::NoRole => "program:role-required",
            Self::UnknownPurpose => "program:unknown-purpose",
            Self::NoPurpose => "program:purpose-required",
            Self::NoCase => "program:case-required",
            Self::NoReason => "program:reason-required",
        }
    }
}

impl Charter {
    /// Decides whether a person may do something for a purpose.
    ///
    /// An action, a purpose or a person's only role that the charter does not declare is refused, and so is a purpose
    /// without the case or the reason that it needs, and whatever touches evidence without a purpose.
    #[must_use]
    pub fn decide(&self, actor: &Actor, action: &str, purpose: Option<&Purpose>) -> Decision {
        let asker = match self.world.asker(actor) {
            Ok(asker) => asker,
            Err(problem) => return refused(Vec::new(), problem.to_string()),
        };
        match self.verdict(&asker, actor, action, purpose) {
            Err(bar) => refused(vec![bar.id().to_owned()], explain::barred(self, bar, &asker, actor, action, purpose)),
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
    pub(crate) fn verdict(&self, asker: &Asker, actor: &Actor, action: &str, purpose: Option<&Purpose>) -> Result<Answer, Bar> {
        match self.bar(actor, action, purpose) {
            Some(bar) => Err(bar),
            None => Ok(self.world.ask(asker, action, purpose.map(|purpose| purpose.id.as_str()))),
        }
    }

    /// What bars a question before any policy is asked.
    fn bar(&self, actor: &Actor, action: &str, purpose: Option<&Purpose>) -> Option<Bar> {
        if !self.actions().any(|known| known == action) {
            return Some(Bar::UnknownAction);
        }
        if !self.has_role(actor) {
            return Some(Bar::NoRole);
        }
        match purpose {
            None => needs_purpose(action).then_some(Bar::NoPurpose),
            Some(purpose) => self.incomplete(purpose),
        }
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

    /// The purposes for which a person may do something, were case and reason given.
    pub(crate) fn purposes_for(&self, asker: &Asker, action: &str) -> Vec<&PurposeRule> {
        self.rules.purposes.iter().filter(|purpose| self.world.ask(asker, action, Some(&purpose.id)).allowed).collect()
    }
}

fn refused(policies: Vec<String>, explanation: String) -> Decision {
    Decision { allowed: false, policies, explanation }
}
