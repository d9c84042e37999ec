//! Faulty charters: each is refused when it is loaded, with file, line and remedy.

use candour_charter::{Charter, CharterError, DEFAULT, shipped_for};

use crate::setting;

fn load(files: &[(String, String)]) -> String {
    match Charter::from_files(files) {
        Ok(_) => "loaded".to_owned(),
        Err(problem) => problem.to_string(),
    }
}

/// Each change `file: from => to` of the shipped charter with what loading says then. An empty `from` appends a line.
fn check(changes: &[&str]) -> String {
    let mut report = String::new();
    for change in changes {
        let (file, rest) = change.split_once(": ").unwrap_or_default();
        let (from, to) = rest.split_once("=>").unwrap_or_default();
        let (from, to) = (from.trim(), to.trim());
        let mut files: Vec<(String, String)> = DEFAULT.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        match files.iter_mut().find(|(path, _)| path == file) {
            Some((_, text)) if from.is_empty() => *text += &format!("\n{to}\n"),
            Some((_, text)) => {
                assert!(text.contains(from), "{change}");
                *text = text.replacen(from, to, 1);
            }
            None => files.push((file.to_owned(), to.to_owned())),
        }
        report += &format!("{change}\n  {}\n", load(&files));
    }
    report
}

#[test]
fn words_are_checked() {
    snapshot(
        "words",
        &check(&[
            "charter.toml: organisation = => organization =",
            "charter.toml: organisation = \"Example Constabulary\" => organisation = \" \"",
            "charter.toml: organisation = => organisation",
            "charter.toml: default_marking = \"official\" => default_marking = \"secret\"",
            "charter.toml: default_marking = \"official\" => ",
            "charter.toml: id = \"open\" => id = \"official\"",
            "charter.toml: id = \"open\" => id = \"Open House\"",
            "charter.toml: id = \"overseer\" => id = \"analyst\"",
            "charter.toml: includes = [\"analyst\"] => includes = [\"analist\"]",
            "charter.toml: includes = [\"analyst\"] => includes = [\"supervisor\"]",
            "charter.toml: includes = [\"analyst\"] => inherits = [\"analyst\"]",
            "charter.toml: lawful_basis = \"None: invented data only\" => lawful_basis = \"\"",
            "charter.toml: lawful_basis = \"None: invented data only\" => ",
            "charter.toml: needs_case = true => needs_case = \"yes\"",
            "charter.toml: conditions = => # conditions =",
            "charter.toml: handling = \"C\" => handling = \"P\"",
            "charter.toml: handling = \"C\" => handling = \"D\"",
            "charter.toml: retention = 3 => retention = 5",
            "charter.toml: retention = 3 => special = [\"health\"]",
            "charter.toml: retention = 3 => special = [\"horoscope\"]",
            "charter.toml: compartment = \"harbour\" => compartment = \"The Harbour\"",
        ]),
    );
}

#[test]
fn rules_are_checked() {
    snapshot(
        "rules",
        &check(&[
            "policies/analysis.cedar: Role::\"analyst\" => Role::\"analist\"",
            "policies/analysis.cedar: Purpose::\"crime-investigation\" => Purpose::\"crime\"",
            "policies/analysis.cedar: Action::\"search\" => Action::\"serach\"",
            "policies/analysis.cedar: action == Action::\"import\" => action == ",
            "policies/analysis.cedar: context.purpose => context.reason",
            "policies/analysis.cedar: principal in Role::\"analyst\" => principal == ?principal",
            "policies/analysis.cedar: @id(\"analysts-look\") => @id(\"subject-access\")",
            "policies/analysis.cedar: @id(\"analysts-look\") => @id(\"\")",
            "policies/analysis.cedar: @id(\"analysts-look\") => ",
            "policies/markings.cedar: resource.classification == 0 => resource.classification == \"open\"",
            "policies/markings.cedar: resource has compartment && => ",
            "policies/markings.cedar:  => forbid (principal, action == Action::\"search\", resource is Marking);",
            "policies/markings.cedar:  => permit (principal, action == Action::\"see\", resource == Marking::\"offcial\");",
            "policies/markings.cedar:  => permit (principal, action, resource == Home::\"that\");",
            "policies/more.cedar:  => forbid (principal, action, resource) when { principal.clearance == 4 };",
            "more.cedar:  => forbid (principal, action, resource);",
            "policies/more/more.cedar:  => forbid (principal, action, resource);",
            "purposes.toml:  => [[purposes]]",
            "README.md:  => What this charter is about.",
        ]),
    );
}

#[test]
fn the_schema_must_fit_the_program() {
    snapshot(
        "schema",
        &check(&[
            "schema.cedarschema: entity Home; => entity Home",
            "schema.cedarschema: clearance: Long => clearance: String",
            "schema.cedarschema: retention: Long => retention: String",
            "schema.cedarschema: compartment?: String => compartment: String",
            "schema.cedarschema: retention: Long, => retention: Long, colour: String,",
            "schema.cedarschema: action see in [evidence] => action look_at in [evidence]",
            "schema.cedarschema: purpose?: Purpose, => purpose: Purpose,",
            "schema.cedarschema: mandate?: Mandate, glass => mandate: Mandate, glass",
            "schema.cedarschema: classes: Set<String> => classes: String",
            "schema.cedarschema: opens: Set<String> => opens: String",
            "schema.cedarschema: restricted: Bool, => ",
            "schema.cedarschema: needs_mandate: Bool, => ",
            "schema.cedarschema: action search in [evidence] => action search",
            "schema.cedarschema: action oversee => action oversee in [evidence]",
            "schema.cedarschema:  => action dance appliesTo { principal: Role, resource: Home };",
            "schema.cedarschema:  => action dance appliesTo { principal: Person, resource: Home, context: { purpose: Purpose } };",
        ]),
    );
}

#[test]
fn folders_are_loaded_whole_or_not_at_all() {
    let home = tempfile::tempdir().unwrap();
    let problem = |dir: &std::path::Path| Charter::load(dir).map(|_| ()).unwrap_err();
    assert!(matches!(problem(&home.path().join("nowhere")), CharterError::File { .. }));
    assert_eq!(problem(home.path()).to_string(), "the charter has no `charter.toml`; copy it from the shipped charter and adapt it");
    for (path, text) in DEFAULT {
        let path = home.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let (loaded, builtin) = (Charter::load(home.path()).unwrap(), Charter::builtin().unwrap());
    assert_eq!(loaded.hash(), builtin.hash());
    std::fs::write(home.path().join("README.md"), [0xff, 0xfe]).unwrap();
    std::fs::write(home.path().join("policies/.swap.cedar"), "half a rule").unwrap();
    assert_eq!(Charter::load(home.path()).unwrap().hash(), builtin.hash(), "other files are no part of a charter");
    std::fs::write(home.path().join("policies/more.cedar"), "// nothing\n").unwrap();
    assert_ne!(Charter::load(home.path()).unwrap().hash(), builtin.hash(), "every text counts");
    std::fs::write(home.path().join("policies/more.cedar"), [0xff, 0xfe]).unwrap();
    assert!(matches!(problem(home.path()), CharterError::File { .. }));
}

/// `charter/` holds nothing that the program does not carry with it.
#[test]
fn every_shipped_file_is_built_in() {
    let shipped = Charter::load(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../charter"))).unwrap();
    assert_eq!(shipped.hash(), Charter::builtin().unwrap().hash());
}

#[test]
fn an_organisation_has_its_name_put_in() {
    let keys = [setting::key(1).vkey(), setting::key(2).vkey()];
    for name in ["Harbour Police", "The \"Best\" \\ Force", "Pólice\u{7f} ☂"] {
        let charter = Charter::from_files(&shipped_for(name, &keys, 2, setting::NOW)).unwrap();
        assert_eq!(charter.organisation(), name.replace('\u{7f}', " "));
        assert_eq!(charter.authority().keys.iter().map(ToString::to_string).collect::<Vec<_>>(), keys);
        assert_eq!((charter.authority().threshold, charter.version(), charter.expires().to_string().as_str()), (2, 1, "2029-01-01"));
    }
    let (shipped, text) = (shipped_for("Example Constabulary", &keys, 2, setting::NOW), setting::default_texts());
    assert!(shipped.iter().zip(&text).skip(1).all(|(one, other)| one == other), "only `charter.toml` is filled in");
}

/// A committed snapshot without the expression it came from: the report repeats each question.
fn snapshot(name: &str, report: &str) {
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, report) });
}
