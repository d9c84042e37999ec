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
