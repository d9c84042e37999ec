//! The interface is described in `docs/openapi.json`, and the description is what is served.

use std::path::Path;

use crate::house::House;

#[test]
fn the_committed_description_is_that_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let now = format!("{}\n", candour_server::openapi());
    if std::env::var_os("CANDOUR_TEST_UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        now == committed,
        "docs/openapi.json is not what the program serves; CANDOUR_TEST_UPDATE=1 cargo test -p candour-server description writes it anew"
    );
    assert_eq!(format!("{}\n", String::from_utf8(House::make().get("/openapi.json").bytes).unwrap()), now);
}
