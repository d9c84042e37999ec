//! Faulty charters: each is refused when it is loaded, with file, line and remedy.

use candour_charter::{Charter, CharterError, DEFAULT, shipped_for};

use crate::setting;

fn load(files: &[(String, String)]) -> String {
    match Charter::from_files(files) {
        Ok(_) => "loaded".to_owned(),
        Err(problem) => problem.to_string(),
    }
}

/// Each change `file: from => to` of the shipped charter, several with ` ;; ` between them, with what loading says then. An empty `from` appends a line.
fn check(changes: &[&str]) -> String {
    let mut report = String::new();
    for change in changes {
        let mut files = setting::default_texts();
        for part in change.split(" ;; ") {
            apply(part, &mut files);
        }
        report += &format!("{}\n  {}\n", change.replace('\n', "\\n"), load(&files));
    }
    report
}

fn apply(change: &str, files: &mut Vec<(String, String)>) {
    let (file, rest) = change.split_once(": ").unwrap_or_default();
    let (from, to) = rest.split_once("=>").unwrap_or_default();
    let (from, to) = (from.trim(), to.trim());
    match files.iter_mut().find(|(path, _)| path == file) {
        Some((_, text)) if from.is_empty() => *text += &format!("\n{to}\n"),
        Some((_, text)) => {
            assert!(text.contains(from), "{change}");
            *text = text.replacen(from, to, 1);
        }
        None => files.push((file.to_owned(), to.to_owned())),
    }
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
fn what_trust_rests_on_is_checked() {
    let key = setting::key(1).vkey();
    let shipped = DEFAULT[0].1.lines().find(|line| line.starts_with("keys = ")).unwrap();
    let witness = candour_ledger::SigningKey::generate_witness("witness.example", [9; 32]).unwrap().vkey();
    let same = candour_ledger::SigningKey::generate("another.example", [1; 32]).unwrap().vkey();
    let borrowed = candour_ledger::SigningKey::generate_witness("witness.example", [1; 32]).unwrap().vkey();
    let with_ledger = |ledger: &str| format!("charter.toml: [ledger]\nwitnesses = []\nwait_for = [] => [ledger]\n{ledger}");
    let with_keys = |keys: &str| format!("charter.toml: {shipped} => keys = [{keys}]");
    let changes = [
        "charter.toml: version = 1\n => ".to_owned(),
        "charter.toml: version = 1\n => version = 0\n".to_owned(),
        "charter.toml: version = 1\n => version = 2\n".to_owned(),
        "charter.toml: version = 1\n => version = 2\nprevious = \"b5bb\"\n".to_owned(),
        format!("charter.toml: version = 1\n => version = 1\nprevious = \"{}\"\n", "b5".repeat(32)),
        "charter.toml: expires = \"2028-12-31\"\n => ".to_owned(),
        "charter.toml: expires = \"2028-12-31\" => expires = \"31 December\"".to_owned(),
        "charter.toml: expires = \"2028-12-31\" => expires = \"2028-02-30\"".to_owned(),
        "charter.toml: [authority]\nthreshold = 1 => [authority]\nthreshold = 0".to_owned(),
        "charter.toml: [authority]\nthreshold = 1 => [authority]\nthreshold = 2".to_owned(),
        "charter.toml: max_mandate_days = 92 => max_mandate_days = 732".to_owned(),
        "charter.toml: keeps_mandates_of = [] => keeps_mandates_of = [\"all\"]".to_owned(),
        with_keys(""),
        with_keys("\"key\""),
        with_keys(&format!("\"{witness}\"")),
        with_keys(&format!("\"{key}\", \"{key}\"")),
        with_keys(&format!("\"{key}\", \"{same}\"")),
        with_keys(&format!("\"{key}\"")),
        with_ledger(&format!("witnesses = [{{ vkey = \"{key}\", url = \"https://w.example\" }}]")),
        with_ledger(&format!("witnesses = [{{ vkey = \"{witness}\", url = \"w.example\" }}]")),
        with_ledger(&format!("witnesses = [{{ vkey = \"{witness}\", url = \"https://w.example\" }}]\nthreshold = 2")),
        with_ledger("wait_for = [\"export\"]"),
        with_ledger(&format!("witnesses = [{{ vkey = \"{witness}\", url = \"https://w.example\" }}]\nthreshold = 1\nwait_for = [\"exprot\"]")),
        with_ledger(&format!("witnesses = [{{ vkey = \"{witness}\", url = \"https://w.example\" }}]\nthreshold = 1\nwait_for = [\"export\"]")),
        with_ledger(&format!("witnesses = [{{ vkey = \"{witness}\", url = \"https://w.example\" }}]\nthreshold = 1\nwait_for = [\"export\", \"judge\"]")),
        format!("{} ;; {}", with_keys(&format!("\"{key}\"")), with_ledger(&format!("witnesses = [{{ vkey = \"{borrowed}\", url = \"https://w.example\" }}]"))),
        "charter.toml: break_glass_minutes = 60 => break_glass_minutes = 61".to_owned(),
        "charter.toml: break_glass_minutes = 60 => break_glas_minutes = 60".to_owned(),
        "charter.toml: idle_minutes = 15 => idle_minutes = 0".to_owned(),
        "charter.toml: idle_minutes = 15 => idle_minutes = 15\ntoken_days = 367".to_owned(),
        "charter.toml: group = 1 => group = 5".to_owned(),
        "charter.toml: group = 1 => group = 2".to_owned(),
        "charter.toml: clear_years = 6 => clear_years = 600".to_owned(),
        "charter.toml: checked = \"2026-11-24\" => checked = \"lately\"".to_owned(),
        "charter.toml: confidence = \"recalled\" => confidence = \"sure\"".to_owned(),
        "charter.toml: [[retention]]\ngroup = 3 => [[retention]]\ngroup = 4".to_owned(),
        "charter.toml: retention = 3 => retention = 3\nrestricted = true".to_owned(),
        "charter.toml: data_classes = [\"health\"] => data_classes = [\"health\", \"health\"]".to_owned(),
        "charter.toml: id = \"local-firms\" => id = \"no-bribery\"".to_owned(),
        "charter.toml: law = \"bribery\" => law = \"\"".to_owned(),
        "charter.toml: kind = \"exclusion-ground\" => kind = \"dislike\"".to_owned(),
        "charter.toml: organisation = \"Example Constabulary\" => organisation = \"Two\\nlines\"".to_owned(),
    ];
    let report = check(&changes.iter().map(String::as_str).collect::<Vec<_>>());
    snapshot("trust", &report);
    let whole: String = DEFAULT[0].1.split("[authority]").next().unwrap().to_owned()
        + DEFAULT[0].1.split("# Purposes.").nth(1).map(|rest| format!("# Purposes.{rest}")).unwrap().as_str();
    let mut files = setting::default_texts();
    files[0].1 = whole;
    assert!(load(&files).contains("the charter has no `[authority]`, so nobody could sign it; add the section"), "{}", load(&files));
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
