//! Arbitrary text as a value of every type: what is cleaned once stays as it is.
#![no_main]

use candour_model::types::{Context, TypeKind};

libfuzzer_sys::fuzz_target!(|raw: &str| {
    let context = Context { countries: &["gb"], format: None };
    for kind in TypeKind::ALL {
        if let Ok(once) = kind.clean(raw, &context) {
            assert_eq!(kind.clean(&once, &context).as_deref(), Ok(&*once), "{}", kind.name());
        }
    }
});
