//! The golden matrix: what every role may do and see under the shipped charter. A change of the policies shows here.

use candour_charter::Charter;

#[test]
fn the_shipped_charter_grants_exactly_this() {
    insta::assert_snapshot!("matrix", Charter::builtin().unwrap().matrix().to_string());
}
