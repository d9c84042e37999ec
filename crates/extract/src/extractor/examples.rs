//! How the tables of examples are checked: true ones must be found whole with their value, false ones not at all.

use crate::{Kind, extract};

/// A text with `⟦`...`⟧` around what must be found, and the value.
pub(crate) type True = (&'static str, &'static str);

/// Checks both tables with every extractor at work, so that one cannot take what is another's.
pub(crate) fn check(kind: Kind, truths: &[True], falsehoods: &[&str]) {
    for (marked, value) in truths {
        let (before, rest) = marked.split_once('⟦').expect("a true example marks its span");
        let (span, after) = rest.split_once('⟧').expect("a true example marks its span");
        let text = [before, span, after].concat();
        let found: Vec<_> = extract(&text).into_iter().filter(|mention| mention.kind == kind).collect();
        let [mention] = found.as_slice() else { panic!("{kind} in {text:?}: {found:?}") };
        assert_eq!((mention.start, mention.text.as_str(), mention.value.as_str()), (before.chars().count(), span, *value), "{kind} in {text:?}");
    }
    for text in falsehoods {
        let found: Vec<_> = extract(text).into_iter().filter(|mention| mention.kind == kind).collect();
        assert!(found.is_empty(), "{kind} in {text:?}: {found:?}");
    }
}
