//! What `charter check` reports of a charter that loads: rules that do nothing, actions that nobody may do, values that can
//! only inform. Found by putting every question that a policy can tell apart.

use std::{collections::BTreeSet, fmt};

use cedar_policy::{ActionConstraint, Effect, Policy, PolicySet};

use crate::{
    charter::Charter,
    declared::Confidence,
    domain::{Domain, Question},
    files::{RULES, SCHEMA},
    place::line,
    words::category_word,
    world::{SEE, declared_at},
};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The charter is not to be signed.
    Error,
    /// Something does not do what its author may believe.
    Warning,
    /// Something to know.
    Note,
}

/// Something that was found in a charter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Relative path.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// What was found.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Finding {
    /// `FILE:LINE: what; remedy`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.what, self.remedy)
    }
}

/// What became of a policy in the domain.
#[derive(Default)]
struct Use {
    /// Whether its conditions are ever met.
    applies: bool,
    /// For a permission: whether something is permitted when they are.
    permits: bool,
    /// The prohibitions that stood against it.
    against: BTreeSet<String>,
}

impl Charter {
    /// Everything to report, errors first, each with its place. Takes up to seconds where something is wrong, since whatever
    /// does nothing is found by trying everything.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.policy_findings();
        findings.extend(self.action_findings());
        findings.extend(self.word_findings());
        findings.extend(self.value_findings());
        findings.sort_by(|one, other| (one.severity, &one.file, one.line).cmp(&(other.severity, &other.file, other.line)));
        findings
    }

    /// Policies that never apply, and permissions that permit nothing.
    fn policy_findings(&self) -> Vec<Finding> {
        let mut domain = Domain::new(self);
        let mut findings = Vec::new();
        for policy in self.world.policies.set.policies() {
            let id = policy.id().to_string();
            let found = self.use_of(&mut domain, policy);
            let place = self.world.policies.places.get(&id).cloned().unwrap_or_default();
            if !found.applies {
                let what = format!("the policy `{id}` never applies: no combination of role, purpose, marking, mandate and break-glass access meets it");
                findings.push(finding(Severity::Error, place, what, "correct its conditions or remove it"));
            } else if policy.effect() == Effect::Permit && !found.permits {
                let against: Vec<String> = found.against.iter().map(|id| format!("`{id}`")).collect();
                let what = format!("the permission `{id}` permits nothing: whenever it applies, {} forbids it", against.join(" or "));
                findings.push(finding(Severity::Warning, place, what, "remove it or narrow what stands against it"));
            }
        }
        findings
    }

    fn use_of(&self, domain: &mut Domain<'_>, policy: &Policy) -> Use {
        let mut found = Use::default();
        let Ok(alone) = PolicySet::from_policies([policy.clone()]) else { return found };
        let applies = |question: &Question<'_>| !self.world.answer_by(&alone, question.request, question.entities).policies.is_empty();
        let actions: Vec<&String> = self.world.sets.iter().filter(|(_, set)| set.policy(policy.id()).is_some()).map(|(action, _)| action).collect();
        for action in &actions {
            if found.applies {
                break;
            }
            domain.visit(std::iter::once(policy), action, &mut |question| {
                found.applies |= applies(question);
                found.applies
            });
        }
        if found.applies && policy.effect() == Effect::Permit {
            for action in actions {
                let Some(set) = self.world.sets.get(action).filter(|_| !found.permits) else { break };
                domain.visit(set.policies(), action, &mut |question| {
                    if !found.permits && applies(question) {
                        self.weigh(question, &mut found);
                    }
                    found.permits
                });
            }
        }
        found
    }

    /// Whether a question that a permission applies to is answered with yes, or what stands against it.
    fn weigh(&self, question: &Question<'_>, found: &mut Use) {
        let answer = self.world.answer(question.action, question.request, question.entities);
        if question.barred {
            found.against.insert("program:mandate-required".to_owned());
        } else if answer.allowed {
            found.permits = true;
        } else {
            found.against.extend(answer.policies);
        }
    }

    /// Actions that no permission covers, unless a prohibition names them: then nobody is meant to do them.
    fn action_findings(&self) -> Vec<Finding> {
        let mut domain = Domain::new(self);
        let schema = self.texts().iter().find(|(path, _)| path == SCHEMA).map(|(_, text)| text.as_str()).unwrap_or_default();
        let mut findings = Vec::new();
        for action in self.actions().chain([SEE]) {
            let Some(set) = self.world.sets.get(action) else { continue };
            let mut covered = set.policies().any(|policy| policy.effect() == Effect::Forbid && names(policy, action));
            for policy in set.policies().filter(|policy| policy.effect() == Effect::Permit) {
                if covered {
                    break;
                }
                let Ok(alone) = PolicySet::from_policies([policy.clone()]) else { continue };
                domain.visit(std::iter::once(policy), action, &mut |question| {
                    covered = self.world.answer_by(&alone, question.request, question.entities).allowed;
                    covered
                });
            }
            if !covered {
                let place = (SCHEMA.to_owned(), line(schema, declared_at(action, schema)));
                let what = format!("no policy permits the action `{action}` to anybody");
                findings.push(finding(Severity::Error, place, what, "permit it to a role, or write a prohibition that names it if nobody is to do it"));
            }
        }
        findings
    }

    /// Purposes and roles that serve nothing, categories that nobody can ever see, and an authority of one.
    fn word_findings(&self) -> Vec<Finding> {
        let (matrix, lines) = (self.matrix(), &self.rules.lines);
        let place = |line: Option<&usize>| (RULES.to_owned(), line.copied().unwrap_or(1));
        let mut findings = Vec::new();
        let serves =
            |id: &String| matrix.cells.iter().flatten().any(|cell| !cell.without_purpose && (cell.purposes.contains(id) || cell.with_mandate.contains(id)));
        for (at, purpose) in self.purposes().iter().enumerate().filter(|(_, purpose)| !serves(&purpose.id)) {
            let what = format!("nobody may do anything for the purpose `{}`", purpose.id);
            findings.push(finding(Severity::Warning, place(lines.purposes.get(at)), what, "name it in a policy or remove it"));
        }
        for (at, marking) in self.markings().iter().enumerate() {
            let named = |rule: &&crate::rules::PurposeRule| marking.special.iter().all(|category| rule.data_classes.contains(category));
            if !self.purposes().iter().any(|rule| named(&rule)) {
                let words: Vec<String> = marking.special.iter().map(|category| format!("`{}`", category_word(*category))).collect();
                let what = format!("nobody can ever see the marking `{}`: no purpose lets a mandate name {}", marking.id, words.join(" and "));
                findings.push(finding(
                    Severity::Note,
                    place(lines.markings.get(at)),
                    what,
                    "add them to the `data_classes` of a purpose if somebody is to see it",
                ));
            }
        }
        let mutual = |role: &str| {
            matrix
                .roles
                .iter()
                .position(|id| id == role)
                .is_some_and(|column| matrix.cells.iter().any(|row| row.get(column).is_some_and(crate::matrix::Cell::allowed)))
        };
        for (at, role) in self.roles().iter().enumerate().filter(|(_, role)| !mutual(&role.id)) {
            let what = format!("the role `{}` may do nothing", role.id);
            findings.push(finding(Severity::Warning, place(lines.roles.get(at)), what, "name it in a policy or remove it"));
        }
        if self.authority().threshold == 1 {
            let what = "one key alone puts a charter or a mandate into force".to_owned();
            findings.push(finding(
                Severity::Note,
                place(Some(&lines.authority)),
                what,
                "name several keys and a threshold of two or more before any real record comes in",
            ));
        }
        findings
    }

    /// Values that only inform, and retention rules that nobody compared with their source.
    fn value_findings(&self) -> Vec<Finding> {
        let lines = &self.rules.lines;
        let place = |line: Option<&usize>| (RULES.to_owned(), line.copied().unwrap_or(1));
        let mut findings = Vec::new();
        for (at, value) in self.values().iter().enumerate() {
            if let Some(why) = value.informs_only() {
                let what = format!("the value `{}` informs and never holds a contract: {why}", value.id);
                let remedy = "leave it as a statement, or find a lawful hook with your adviser; this is a check of form and no legal advice";
                findings.push(finding(Severity::Note, place(lines.values.get(at)), what, remedy));
            }
        }
        for (at, rule) in self.retention().iter().enumerate().filter(|(_, rule)| rule.confidence == Confidence::Recalled) {
            let what = format!("the retention group {} was written from memory and not compared with its source", rule.group);
            let remedy = "compare it, and set `checked` and `confidence`, before anything is erased by it";
            findings.push(finding(Severity::Note, place(lines.retention.get(at)), what, remedy));
        }
        findings
    }
}

/// Whether a policy's scope spells out an action, rather than a group it belongs to or nothing.
fn names(policy: &Policy, action: &str) -> bool {
    match policy.action_constraint() {
        ActionConstraint::Any => false,
        ActionConstraint::Eq(one) => one.id().unescaped() == action,
        ActionConstraint::In(several) => several.iter().any(|one| one.id().unescaped() == action),
    }
}

fn finding(severity: Severity, (file, line): (String, usize), what: String, remedy: &str) -> Finding {
    Finding { severity, file, line, what, remedy: remedy.to_owned() }
}
