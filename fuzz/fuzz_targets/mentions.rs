//! Arbitrary text for mentions: each stands where it says.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let characters: Vec<char> = text.chars().collect();
    for mention in candour_extract::extract(text) {
        let there: String = characters[mention.start..mention.end].iter().collect();
        assert_eq!(there, mention.text);
    }
});
