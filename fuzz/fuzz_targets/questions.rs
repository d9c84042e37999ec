//! Arbitrary text as a question, and as a text that it is looked for in: what is found can be shown.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: (&str, &str)| {
    let (question, text) = input;
    if let Ok(highlighter) = candour_search::Highlighter::new(question) {
        for place in highlighter.find(text).unwrap_or_default() {
            assert!(text.get(place).is_some());
        }
    }
});
