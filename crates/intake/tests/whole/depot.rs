//! The example of the guide does what the guide says.

use std::path::Path;

use candour_intake::{Defaults, Mapping, Plan};

use crate::reading;

#[test]
fn the_depot_goes_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/depot");
    let mapping = Mapping::load(&folder.join("mapping.yml")).unwrap();
    let plan = Plan::make(std::slice::from_ref(&folder), Some(&mapping), &Defaults::default()).unwrap();
    assert_eq!(plan.unmapped, [folder.join("mapping.yml")]);
    let outcome: String = plan.steps.iter().map(|step| reading::render(&reading::read(step, 0, 100).unwrap())).collect();
    insta::assert_snapshot!(outcome);
}
