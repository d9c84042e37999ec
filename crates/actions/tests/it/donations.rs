//! A published file of FollowTheMoney entities goes in and comes out equal.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use candour_actions::{ExportFormat, ExportRequest};
use serde_json::Value;

use crate::home::TestHome;

/// Entities by id, the values of each property in order.
fn entities(text: &str) -> BTreeMap<String, Value> {
    let mut entities = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut entity: Value = serde_json::from_str(line).unwrap();
        for values in entity["properties"].as_object_mut().unwrap().values_mut() {
            values.as_array_mut().unwrap().sort_by_key(ToString::to_string);
        }
        let id = entity["id"].as_str().unwrap().to_owned();
        assert!(entities.insert(id, entity).is_none());
    }
    entities
}

#[test]
fn donations_come_out_as_they_went_in() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ftm/donations.ijson");
    let Ok(text) = fs::read_to_string(&file) else {
        println!("skipped: `{}` is not there", file.display());
        return;
    };
    let home = TestHome::new();
    let analyst = home.who("analyst", "demo");
    let imported = home.import(&analyst, "donations.ijson", &text, "open").value;
    assert_eq!((imported.entities, imported.rejected, imported.rejects_file), (474, 0, None::<PathBuf>));

    let supervisor = home.who("supervisor", "demo");
    let request = ExportRequest { format: ExportFormat::Ftm, query: None, to: "a test".to_owned() };
    let (exported, mut out) = home.desk.export(&supervisor, &request).unwrap().value.into_reader().unwrap();
    assert_eq!(exported.entities, 474);
    assert_eq!(entities(&std::io::read_to_string(&mut out).unwrap()), entities(&text));

    let again = home.import(&analyst, "donations.ijson", &text, "open").value;
    assert_eq!((again.entities, again.statements, again.done_before), (0, 0, 1));
}
