//! The golden matrix: what every role may do and see under the shipped charter. A change of the policies shows here.

use candour_charter::Charter;

/// The page that shows the matrix, below the repository's root.
const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/charter.md");

#[test]
fn the_shipped_charter_grants_exactly_this() {
    snapshot("matrix", &Charter::builtin().unwrap().matrix().to_string());
}

#[test]
fn the_guide_shows_the_matrix() {
    let (charter, guide) = (Charter::builtin().unwrap(), std::fs::read_to_string(GUIDE).unwrap());
    let matrix = charter.matrix();
    for (name, table) in [("purposes", matrix.purposes_table(&charter)), ("actions", matrix.actions_table())] {
        let (begin, end) = (format!("<!-- computed: {name} -->\n"), "<!-- end -->");
        let shown = guide.split_once(&begin).and_then(|(_, rest)| rest.split_once(end)).map(|(shown, _)| shown);
        assert!(
            shown == Some(&table),
            "the table `{name}` of docs/guide/charter.md is out of date; paste this between `{}` and `{end}`:\n\n{table}",
            begin.trim()
        );
    }
}

/// What the command line promises of the roles; see also the snapshot, which is complete.
#[test]
fn roles_are_what_they_are_said_to_be() {
    let charter = Charter::builtin().unwrap();
    let matrix = charter.matrix();
    let looks = ["search", "open_entity", "neighbours", "path", "timeline"];
    let evidence = [&looks[..], &["import", "resolve", "judge", "split", "explain", "export"]].concat();
    for (role, may, may_not) in [
        ("analyst", [&looks[..], &["import", "resolve", "explain"]].concat(), vec!["judge", "split", "export", "read_journal", "ledger_publish"]),
        ("reviewer", [&looks[..], &["judge", "split"]].concat(), vec!["export", "read_journal"]),
        ("supervisor", [&looks[..], &["judge", "export"]].concat(), vec!["read_journal"]),
        ("data-protection-officer", vec!["read_journal", "open_entity"], vec!["import", "export", "judge"]),
        ("overseer", vec!["read_journal", "ledger_publish"], evidence.clone()),
        ("commercial-lead", looks.to_vec(), vec!["import", "export", "resolve"]),
        ("case-officer", looks.to_vec(), vec!["import", "export", "resolve"]),
        ("administrator", vec!["ledger_publish"], [&evidence[..], &["read_journal"]].concat()),
    ] {
        for action in may {
            assert!(matrix.cell(role, action).unwrap().purposes.iter().any(|id| id == "demo"), "{role} may {action} for the example purpose");
        }
        for action in may_not {
            assert!(!matrix.allowed(role, action), "{role} may not {action}");
        }
        for action in ["ledger_status", "charter_show"] {
            assert!(matrix.cell(role, action).unwrap().without_purpose, "{role} may {action} without a purpose");
        }
    }
    let open_only = |role: &str| matrix.sights.iter().filter(|sight| sight.role == role).all(|sight| sight.markings == ["open"]);
    assert!(open_only("commercial-lead") && open_only("case-officer"));
    assert!(!matrix.sights.iter().any(|sight| sight.role == "administrator" || sight.role == "overseer"));
    assert_eq!(matrix.roles, charter.roles().iter().map(|role| role.id.clone()).collect::<Vec<_>>());
}

/// A committed snapshot without the expression it came from: the report repeats each question.
fn snapshot(name: &str, report: &str) {
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, report) });
}
