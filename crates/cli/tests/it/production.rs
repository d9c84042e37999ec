//! A home for real records takes nobody at their word.

use serde_json::Value;

use crate::home::{Ran, binary};

#[test]
fn only_a_token_signs_in() {
    let folder = tempfile::tempdir().unwrap();
    let run = |token: &str, args: &[&str]| {
        let mut command = binary();
        command.current_dir(&folder).args(["--home", "home", "--purpose", "demo", "--json"]).args(args);
        if !token.is_empty() {
            command.env("CANDOUR_TOKEN", token);
        }
        Ran::of(&command.output().unwrap())
    };
    let made: Value = serde_json::from_str(&run("", &["init", "--production"]).out).unwrap();
    let token = made["tokens"]["analyst"].as_str().unwrap();
    assert_eq!((token.len(), made["example"].as_bool()), (64, Some(false)));

    assert_eq!(run(token, &["search", "*"]).code, Some(0));
    for (token, args, expected) in [
        ("", &["--as", "analyst", "search", "*"][..], "put your sign-in token into CANDOUR_TOKEN"),
        ("", &["search", "*"], "nobody asks"),
        (&token[1..], &["search", "*"], "not valid"),
    ] {
        let ran = run(token, args);
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(ran.err.contains(expected), "{ran:?}");
    }
    // The token stands nowhere in the home.
    for file in ["people.toml", "home.toml"] {
        assert!(!std::fs::read_to_string(folder.path().join("home").join(file)).unwrap().contains(token), "{file}");
    }
}

#[test]
fn an_administrator_says_who_there_is_and_people_issue_tokens() {
    let folder = tempfile::tempdir().unwrap();
    let run = |token: &str, args: &[&str]| {
        let mut command = binary();
        command.current_dir(&folder).args(["--home", "home", "--json"]).args(args).env("CANDOUR_TOKEN", token);
        Ran::of(&command.output().unwrap())
    };
    let json = |ran: &Ran| -> Value { serde_json::from_str(&ran.out).unwrap_or_else(|_| Value::String(format!("{ran:?}"))) };
    let mut make = binary();
    let made: Value =
        serde_json::from_str(&Ran::of(&make.current_dir(&folder).args(["--home", "home", "--json", "init", "--production"]).output().unwrap()).out).unwrap();
    let administrator = made["tokens"]["administrator"].as_str().unwrap();

    let added = run(administrator, &["people", "add", "ann-quill", "--name", "Ann Quill", "--role", "analyst", "--clearance", "official"]);
    let link = json(&added)["token"].as_str().unwrap_or_else(|| panic!("{added:?}")).to_owned();
    assert_eq!(run(&link, &["people", "list"]).code, Some(3), "an analyst manages nobody");
    assert_eq!(run(administrator, &["people", "change", "administrator", "--role", "administrator", "--role", "analyst"]).code, Some(3));

    let issued = run(&link, &["token", "issue", "--label", "report", "--for", "crime-investigation"]);
    let token = json(&issued)["token"].as_str().unwrap_or_else(|| panic!("{issued:?}")).to_owned();
    for (args, expected) in [
        (&["--case", "7", "search", "*"][..], Some(0)),
        (&["--purpose", "crime-investigation", "--case", "7", "search", "*"], Some(0)),
        (&["--purpose", "intelligence-development", "--case", "7", "--reason", "curious", "search", "*"], Some(3)),
        (&["token", "issue", "--label", "another", "--for", "crime-investigation"], Some(3)),
        (&["token", "list"], Some(3)),
    ] {
        assert_eq!(run(&token, args).code, expected, "{args:?}");
    }
    let id = json(&issued)["about"]["id"].as_str().unwrap().to_owned();
    assert_eq!(run(&link, &["token", "revoke", &id]).code, Some(0));
    assert_eq!(run(&token, &["--case", "7", "search", "*"]).code, Some(3));
    assert_eq!(run(administrator, &["people", "end", "ann-quill"]).code, Some(0));
    assert_eq!(run(&link, &["token", "list"]).code, Some(3));
    for file in ["people.toml", "credentials.json"] {
        let text = std::fs::read_to_string(folder.path().join("home").join(file)).unwrap();
        assert!(!text.contains(&token) && !text.contains(&link), "{file}");
    }
}
