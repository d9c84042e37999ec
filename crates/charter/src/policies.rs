//! The Cedar files of a charter: parsed, named, and validated against the schema.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{EntityUid, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};

use crate::{
    checks::quoted,
    error::CharterError,
    files::{RULES, SCHEMA},
    nesting,
    place::{cedar_fault, fault, line},
    rules::Rules,
};

/// The annotation that names a policy.
const NAME: &str = "id";
/// The annotation of a prohibition that is shown to whoever it stops.
const BECAUSE: &str = "because";

/// Validated policies.
#[derive(Debug)]
pub(crate) struct Policies {
    pub(crate) set: PolicySet,
    /// What each prohibition says to the person it stops, by policy id.
    pub(crate) because: BTreeMap<String, String>,
    /// File and line of each policy, by its id.
    pub(crate) places: BTreeMap<String, (String, usize)>,
}

/// Where a policy stands.
struct Origin<'a> {
    file: &'a str,
    text: &'a str,
    offset: usize,
}

/// Parses the schema.
pub(crate) fn schema(text: &str) -> Result<Schema, CharterError> {
    nesting::check(SCHEMA, text, nesting::OF_SCHEMAS)?;
    match Schema::from_cedarschema_str(text) {
        Ok((schema, _warnings)) => Ok(schema),
        Err(problem) => Err(cedar_fault(SCHEMA, text, 0, &problem, "compare it with the shipped `schema.cedarschema`")),
    }
}

impl Policies {
    /// Parses the files, names every policy and has Cedar's validator prove that none can fail when it is asked.
    pub(crate) fn parse(files: &[(&str, &str)], schema: &Schema, rules: &Rules) -> Result<Self, CharterError> {
        let mut set = PolicySet::new();
        let mut because = BTreeMap::new();
        let mut origins: BTreeMap<String, Origin<'_>> = BTreeMap::new();
        for (file, text) in files {
            for (policy, offset) in policies_of(file, text)? {
                let id = name(&policy, file, text, offset)?;
                if let Some(other) = origins.get(&id) {
                    let what = format!("the policy id `{id}` stands in {}:{} already", other.file, line(other.text, other.offset));
                    return Err(fault(file, text, offset, what, "give one of the two another `@id`"));
                }
                words_are_declared(&policy, rules, schema, &Origin { file, text, offset })?;
                if let Some(text) = policy.annotation(BECAUSE) {
                    because.insert(id.clone(), text.to_owned());
                }
                set.add(policy.new_id(PolicyId::new(&id)))
                    .map_err(|problem| fault(file, text, offset, problem.to_string(), "give the policy another `@id`"))?;
                origins.insert(id, Origin { file, text, offset });
            }
        }
        validate(&set, schema, &origins)?;
        let places = origins.into_iter().map(|(id, origin)| (id, (origin.file.to_owned(), line(origin.text, origin.offset)))).collect();
        Ok(Self { set, because, places })
    }
}

/// The policies of one file in order, with their byte offsets.
fn policies_of(file: &str, text: &str) -> Result<Vec<(Policy, usize)>, CharterError> {
    nesting::check(file, text, nesting::OF_POLICIES)?;
    let parsed: PolicySet = text
        .parse()
        .map_err(|problem: cedar_policy::ParseErrors| cedar_fault(file, text, 0, &problem, "see https://docs.cedarpolicy.com for how policies are written"))?;
    if let Some(template) = parsed.templates().next() {
        let offset = template.as_ref().loc().map_or(0, |loc| loc.start());
        return Err(fault(file, text, offset, "a policy template (`?principal` or `?resource`) is linked to nothing", "name a role in its place"));
    }
    let mut policies: Vec<_> = parsed.policies().map(|policy| (policy.clone(), policy.as_ref().loc().map_or(0, |loc| loc.start()))).collect();
    policies.sort_by_key(|(_, offset)| *offset);
    Ok(policies)
}

/// The name a policy goes by in journals and explanations: its `@id`, else its file and line.
fn name(policy: &Policy, file: &str, text: &str, offset: usize) -> Result<String, CharterError> {
    match policy.annotation(NAME).map(str::trim) {
        None => Ok(format!("{file}:{}", line(text, offset))),
        Some("") => Err(fault(file, text, offset, "the policy's `@id` is empty", "name it after what it allows or forbids")),
        Some(id) => Ok(id.to_owned()),
    }
}

/// Cedar knows no list of roles, purposes and markings, so a misspelt one would be a rule that never applies. A misspelt
/// action it would find, but only say that something in the policy is.
fn words_are_declared(policy: &Policy, rules: &Rules, schema: &Schema, origin: &Origin<'_>) -> Result<(), CharterError> {
    for word in policy.entity_literals() {
        let (kind, id) = (word.type_name().to_string(), word.id().unescaped());
        let declared: BTreeSet<&str> = match kind.as_str() {
            "Role" => rules.roles.iter().map(|role| role.id.as_str()).collect(),
            "Purpose" => rules.purposes.iter().map(|purpose| purpose.id.as_str()).collect(),
            "Marking" => rules.markings.iter().map(|marking| marking.id.as_str()).collect(),
            "Action" => schema.actions().map(|action| action.id().unescaped()).collect(),
            "Home" => BTreeSet::from(["this"]),
            _ => continue,
        };
        let place = if kind == "Action" || kind == "Home" { SCHEMA } else { RULES };
        if !declared.contains(id) {
            let what = format!("`{word}` is not declared in `{place}`");
            return Err(fault(origin.file, origin.text, offset_of(&word, origin), what, format!("declare it or use one of {}", quoted(&declared))));
        }
    }
    Ok(())
}

/// Where a policy names something, else where the policy begins.
fn offset_of(word: &EntityUid, origin: &Origin<'_>) -> usize {
    let found = origin.text.get(origin.offset..).and_then(|rest| rest.find(&word.to_string()));
    found.map_or(origin.offset, |at| origin.offset + at)
}

fn validate(set: &PolicySet, schema: &Schema, origins: &BTreeMap<String, Origin<'_>>) -> Result<(), CharterError> {
    let result = Validator::new(schema.clone()).validate(set, ValidationMode::Strict);
    let remedy = "see `schema.cedarschema` for what policies may speak of";
    let errors = result.validation_errors().map(|error| (error.policy_id(), error as &dyn miette::Diagnostic));
    // A warning means a rule that can never apply: somebody believes in a prohibition that is none.
    let warnings = result.validation_warnings().map(|warning| (warning.policy_id(), warning as &dyn miette::Diagnostic));
    let mut faults: Vec<_> = errors
        .chain(warnings)
        .map(|(id, problem)| match origins.get::<str>(id.as_ref()) {
            Some(origin) => cedar_fault(origin.file, origin.text, origin.offset, problem, remedy),
            None => CharterError::Engine(problem.to_string()),
        })
        .map(|fault| (fault.to_string(), fault))
        .collect();
    // Cedar reports in no fixed order.
    faults.sort_by(|(one, _), (other, _)| one.cmp(other));
    faults.into_iter().next().map_or(Ok(()), |(_, fault)| Err(fault))
}
