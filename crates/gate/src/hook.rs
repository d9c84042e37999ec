//! The lint of declared values: a value without a lawful hook informs and cannot hold a contract.
//!
//! The Local Government Act 1988 s.17 makes the authorities that it lists choose and end contracts without reference to
//! non-commercial matters. So a value holds only through an exclusion ground, a condition of participation, an award
//! criterion, a term of the contract, or a rule of approval or budget; and not at all where it concerns such a matter. The
//! lint is no legal advice.

use serde::{Deserialize, Serialize};

use crate::data::Sheet;

/// What the lint says of itself, with every answer.
pub const NOTICE: &str = "This is a check of form against a list, not legal advice; have your own adviser confirm it.";

/// The kind of lawful hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HookKind {
    /// A ground of Schedule 6 or 7 of the Procurement Act 2023.
    ExclusionGround,
    /// A condition of participation.
    ConditionOfParticipation,
    /// An award criterion.
    AwardCriterion,
    /// A term of the contract.
    ContractTerm,
    /// A rule of approval or budget of the authority itself, or of procedure.
    ApprovalRule,
}

/// A lawful hook: its kind and the law or rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hook {
    /// Which kind.
    pub kind: HookKind,
    /// The provision, or for an exclusion ground its id in the list of grounds, or its provision.
    pub law: String,
}

/// A non-commercial matter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Matter {
    /// Id by which a value declares it.
    pub id: String,
    /// The provision.
    pub law: String,
    /// What it is.
    pub text: String,
    /// Words that lead to the question whether a value concerns it.
    pub words: Vec<String>,
    /// Whether anybody verified it.
    pub status: String,
}

/// An exclusion ground.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Ground {
    /// Id by which a hook names it.
    pub id: String,
    /// The provision.
    pub law: String,
    /// Mandatory or discretionary.
    pub mandatory: bool,
    /// Whether anybody verified it.
    pub status: String,
}

/// A value as a charter declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredValue {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Its lawful hook, if it has one.
    #[serde(default)]
    pub hook: Option<Hook>,
    /// Non-commercial matters that it concerns, by their ids, as its authors declare.
    #[serde(default)]
    pub matters: Vec<String>,
}

/// What a value may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// People may refer and hold a contract by it, with evidence.
    MayHold,
    /// It is shown, and holds nothing.
    InformOnly,
}

/// What the lint says of one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lint {
    /// Id of the value.
    pub value: String,
    /// What it may do.
    pub force: Force,
    /// Why it only informs; empty if it may hold.
    pub reasons: Vec<String>,
    /// Questions to its authors, which do not change its force.
    pub questions: Vec<String>,
    /// That this is no legal advice.
    pub notice: &'static str,
}

impl Sheet {
    /// Lints one declared value.
    #[must_use]
    pub fn lint(&self, value: &DeclaredValue) -> Lint {
        let mut reasons = Vec::new();
        match &value.hook {
            None => reasons.push(
                "it has no lawful hook (exclusion ground, condition of participation, award criterion, contract term, or rule of approval or budget), and \
                 the Local Government Act 1988 s.17 has the authorities that it lists choose without reference to non-commercial matters"
                    .to_owned(),
            ),
            Some(hook) if hook.law.trim().is_empty() => reasons.push("its hook cites no provision; name the paragraph or the rule".to_owned()),
            Some(hook) if hook.kind == HookKind::ExclusionGround && !self.is_ground(&hook.law) => {
                reasons.push(format!("`{}` is no exclusion ground of the list; use one of {}", hook.law, self.grounds()));
            }
            Some(_) => {}
        }
        for id in &value.matters {
            reasons.push(match self.matters.iter().find(|matter| matter.id == *id) {
                Some(matter) => format!("it concerns {} ({}), a non-commercial matter, so that no hook carries it", matter.text, matter.law),
                None => format!("it declares a matter `{id}` that is not in the list, so that nobody can tell what it concerns"),
            });
        }
        let text = value.text.to_lowercase();
        let asks = |matter: &&Matter| !value.matters.contains(&matter.id) && matter.words.iter().any(|word| says(&text, word));
        let question = |matter: &Matter| format!("does it concern {} ({})? If so, declare the matter `{}`", matter.text, matter.law, matter.id);
        let questions = self.matters.iter().filter(asks).map(question).collect();
        let force = if reasons.is_empty() { Force::MayHold } else { Force::InformOnly };
        Lint { value: value.id.clone(), force, reasons, questions, notice: NOTICE }
    }

    fn is_ground(&self, law: &str) -> bool {
        self.grounds.iter().any(|ground| ground.id == law || law.starts_with(&ground.law))
    }

    fn grounds(&self) -> String {
        self.grounds.iter().map(|ground| ground.id.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// Whether a text has a word or phrase as a whole: `war` is not in `warranty`.
fn says(text: &str, phrase: &str) -> bool {
    let outside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(phrase).any(|(at, found)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + found.len()..).unwrap_or_default());
        outside(before.chars().next_back()) && outside(after.chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, hook: Option<(HookKind, &str)>, matters: &[&str]) -> DeclaredValue {
        DeclaredValue {
            id: "v".to_owned(),
            text: text.to_owned(),
            hook: hook.map(|(kind, law)| Hook { kind, law: law.to_owned() }),
            matters: matters.iter().map(|&matter| matter.to_owned()).collect(),
        }
    }

    #[test]
    fn force_follows_from_hook_and_matter() {
        let sheet = Sheet::builtin().expect("the shipped texts");
        let check = |value: DeclaredValue, force: Force, reasons: usize, questions: usize| {
            let lint = sheet.lint(&value);
            assert_eq!((lint.force, lint.reasons.len(), lint.questions.len()), (force, reasons, questions), "{lint:#?}");
            assert_eq!(lint.notice, NOTICE);
        };
        let ground = Some((HookKind::ExclusionGround, "bribery"));
        check(value("Nobody convicted of bribery", ground, &[]), Force::MayHold, 0, 0);
        check(value("Nobody convicted of bribery", Some((HookKind::ExclusionGround, "Procurement Act 2023 Schedule 6 para 15")), &[]), Force::MayHold, 0, 0);
        check(value("Nobody we dislike", Some((HookKind::ExclusionGround, "dislike")), &[]), Force::InformOnly, 1, 0);
        check(value("No makers of arms", None, &[]), Force::InformOnly, 1, 1);
        check(value("No makers of arms", Some((HookKind::ContractTerm, "clause 12")), &["defence-foreign-policy"]), Force::InformOnly, 1, 0);
        check(value("A warranty of two years", Some((HookKind::ContractTerm, "clause 9")), &[]), Force::MayHold, 0, 0);
        check(value("Paid in time", Some((HookKind::ContractTerm, " ")), &[]), Force::InformOnly, 1, 0);
        check(value("Something", ground, &["unheard-of"]), Force::InformOnly, 1, 0);
    }

    #[test]
    fn inform_only_cites_the_law() {
        let lint = Sheet::builtin().expect("the shipped texts").lint(&value("We share their values", None, &[]));
        assert!(lint.reasons.iter().any(|reason| reason.contains("Local Government Act 1988 s.17")), "{lint:?}");
    }
}
