//! What `charter check` reports of charters that load.

use candour_charter::{Charter, Finding, Severity};

use crate::setting::{changed, default_texts, texts};

fn report(texts: &[(String, String)]) -> Vec<Finding> {
    Charter::from_files(texts).unwrap().findings()
}

fn shown(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("{:?} {finding}\n", finding.severity)).collect()
}

#[test]
fn the_shipped_charter_is_free_of_faults() {
    let findings = report(&default_texts());
    assert!(findings.iter().all(|finding| finding.severity == Severity::Note), "{}", shown(&findings));
    insta::assert_snapshot!("shipped", shown(&findings));
}

/// Each change `file: from => to` with the errors and warnings that it brings. An empty `from` appends.
fn check(changes: &[&str]) -> String {
    let mut all = String::new();
    for change in changes {
        let (file, rest) = change.split_once(": ").unwrap();
        let (from, to) = rest.split_once("=>").unwrap();
        let (from, to) = (from.trim(), to.trim());
        let texts = if from.is_empty() {
            texts().into_iter().map(|(path, text)| if path == file { (path, format!("{text}\n{to}\n")) } else { (path, text) }).collect()
        } else {
            changed(&texts(), file, from, to)
        };
        let findings: Vec<Finding> = report(&texts).into_iter().filter(|finding| finding.severity != Severity::Note).collect();
        all += &format!("{change}\n{}", if findings.is_empty() { "fine\n".to_owned() } else { shown(&findings) });
    }
    all
}

#[test]
fn rules_that_do_nothing_are_found() {
    let report = check(&[
        // Never met: two purposes at once, a role and its absence, a class that no mandate can name, a level that is none.
        "policies/analysis.cedar:  => @id(\"a\") permit (principal, action == Action::\"search\", resource) when { context.purpose == Purpose::\"demo\" && context.purpose == Purpose::\"oversight\" };",
        "policies/analysis.cedar:  => @id(\"a\") permit (principal in Role::\"supervisor\", action == Action::\"search\", resource) when { !(principal in Role::\"analyst\") };",
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal, action == Action::\"see\", resource) when { context has mandate && context.mandate.classes.contains(\"belief\") };",
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal, action, resource is Marking) when { resource.classification > 4 };",
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal, action == Action::\"search\", resource) when { principal.compartments.contains(\"beacon\") };",
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal, action == Action::\"search\", resource) when { context.purpose.needs_mandate && context.purpose.reads_restricted };",
        // Met: by three roles at once, by break-glass access, by a restricted marking, without clearance.
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal in Role::\"overseer\", action == Action::\"charter_show\", resource) when { principal in Role::\"case-officer\" && principal in Role::\"reviewer\" };",
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal, action == Action::\"search\", resource) when { context has glass && context.glass.opens.contains(\"harbour\") };",
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal, action == Action::\"see\", resource) when { resource.restricted && resource.classification == 3 && principal.clearance < 4 };",
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal, action, resource) when { principal.clearance == 2 && !principal.compartments.contains(\"harbour\") };",
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal, action == Action::\"see\", resource) when { context has mandate && context.mandate.classes.isEmpty() && context.mandate.highest == 1 };",
        "policies/analysis.cedar:  => @id(\"a\") forbid (principal == Person::\"ann\", action == Action::\"search\", resource) when { principal.clearance == 0 };",
        // Permits nothing, since something always stands against it.
        "policies/analysis.cedar:  => @id(\"a\") permit (principal in Role::\"administrator\", action == Action::\"search\", resource);",
        "policies/analysis.cedar:  => @id(\"a\") permit (principal in Role::\"analyst\", action == Action::\"see\", resource) when { resource.classification > principal.clearance };",
        "policies/analysis.cedar:  => @id(\"a\") permit (principal in Role::\"case-officer\", action == Action::\"search\", resource) when { context.purpose.needs_mandate && !(context has mandate) && !(context has glass) };",
        // Nobody may do it: found, unless a prohibition says so.
        "policies/analysis.cedar: [Action::\"export\", Action::\"search\", => [Action::\"search\",",
        "policies/analysis.cedar: [Action::\"export\", Action::\"search\", Action::\"open_entity\"],\n  resource\n) when => [Action::\"search\", Action::\"open_entity\"],\n  resource\n); forbid (principal, action == Action::\"export\", resource); @id(\"rest\") permit (principal in Role::\"supervisor\", action == Action::\"search\", resource) when",
        // Words that serve nothing.
        "charter.toml: [[roles]]\nid = \"overseer\" => [[roles]]\nid = \"wizard\"\nlabel = \"Wizard\"\ndescription = \"\"\n\n[[roles]]\nid = \"overseer\"",
        "charter.toml: [[purposes]]\nid = \"oversight\" => [[purposes]]\nid = \"snooping\"\nlabel = \"Snoop\"\ndescription = \"\"\nlawful_basis = \"none\"\n\n[[purposes]]\nid = \"oversight\"",
    ]);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("rules", report) });
}
