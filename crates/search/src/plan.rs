//! What a question means: for each word of it, where and how to look.

use crate::{
    fields::{Area, WORDED},
    syntax::{Item, Syntax},
    words::{compact, words_of},
};

/// How to look in one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// This word.
    Word(String),
    /// Every word that begins so.
    Prefix(String),
    /// Words side by side.
    Phrase(Phrase),
}

/// Words side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// All words but the last; at least one.
    pub(crate) first: Vec<String>,
    /// The last word.
    pub(crate) last: String,
    /// Whether the last word is only the beginning of one.
    pub(crate) open: bool,
}

/// One way to satisfy a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// Where to look.
    pub(crate) area: Area,
    /// For what.
    pub(crate) pattern: Pattern,
}

/// A word or phrase of the question: any of its sources satisfies it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Clause {
    pub(crate) sources: Vec<Source>,
}

/// What a question means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    /// An entity must satisfy all of these.
    pub(crate) wanted: Vec<Clause>,
    /// And none of these.
    pub(crate) unwanted: Vec<Clause>,
}

/// An identifier may be typed in up to this many groups; an IBAN printed in fours has nine.
const GROUPS: usize = 10;

impl Plan {
    /// Interprets a question.
    pub(crate) fn new(syntax: &Syntax) -> Self {
        let (unwanted, wanted): (Vec<_>, Vec<_>) = syntax.entries.iter().partition(|entry| entry.unwanted);
        let wanted: Vec<&Item> = wanted.into_iter().map(|entry| &entry.item).collect();
        let mut clauses: Vec<Clause> = wanted.iter().map(|item| Clause::new(item)).collect();
        join_groups(&wanted, &mut clauses);
        Self { wanted: clauses, unwanted: unwanted.into_iter().map(|entry| Clause::new(&entry.item)).collect() }
    }

    /// Interprets what has been typed so far of a name or an identifier: the last word may not be finished, and nothing
    /// is an operator. Texts are not looked at.
    pub(crate) fn of_beginning(typed: &str) -> Self {
        let unfinished = typed.chars().next_back().is_some_and(|last| !last.is_whitespace());
        let mut items: Vec<Item> = typed.split_whitespace().filter(|piece| !compact(piece).is_empty()).map(Item::word).collect();
        if let Some(last) = items.last_mut() {
            last.star = unfinished;
        }
        let mut plan = Self::new(&items.into_iter().collect());
        for clause in &mut plan.wanted {
            clause.sources.retain(|source| source.area != Area::Texts);
        }
        plan
    }
}

impl Clause {
    fn new(item: &Item) -> Self {
        let mut parts: Vec<String> = words_of(&item.text).into_iter().filter(|word| !word.joined).map(|word| word.text).collect();
        let one = compact(&item.text);
        let mut clause = Self::default();
        let Some(last) = parts.pop() else { return clause };
        if parts.is_empty() {
            // The word itself counts for more than all the words that begin so, because it is rarer.
            clause.add(&WORDED, &Pattern::Word(last.clone()));
            if item.star {
                clause.add(&WORDED, &Pattern::Prefix(last));
            }
        } else {
            clause.add(&WORDED, &Pattern::Phrase(Phrase { first: parts, last, open: item.star }));
            if !item.quoted {
                clause.add(&WORDED, &ending(one.clone(), item.star));
            }
        }
        clause.add(&[Area::Compact], &ending(one, item.star));
        clause
    }

    fn add(&mut self, areas: &[Area], pattern: &Pattern) {
        self.sources.extend(areas.iter().map(|area| Source { area: *area, pattern: pattern.clone() }));
    }
}

fn ending(word: String, star: bool) -> Pattern {
    if star { Pattern::Prefix(word) } else { Pattern::Word(word) }
}

/// Neighbouring words may be one identifier in groups, as `07009 33322`: whatever holds it satisfies each of them. Only
/// what holds a digit is tried, so that names cost nothing.
fn join_groups(items: &[&Item], clauses: &mut [Clause]) {
    let ones: Vec<Option<String>> = items.iter().map(|item| (!item.quoted).then(|| compact(&item.text))).collect();
    for start in 0..items.len() {
        let mut joined = String::new();
        for (end, (one, item)) in ones.iter().zip(items).enumerate().skip(start).take(GROUPS) {
            let Some(one) = one else { break };
            joined.push_str(one);
            if end > start && joined.contains(|c: char| c.is_ascii_digit()) {
                let pattern = ending(compact(&joined), item.star);
                for clause in clauses.iter_mut().take(end + 1).skip(start) {
                    clause.add(&[Area::Compact], &pattern);
                }
            }
            if item.star {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(plan: &Plan) -> String {
        let source = |source: &Source| match &source.pattern {
            Pattern::Word(word) => format!("{}:{word}", source.area.rule().name),
            Pattern::Prefix(word) => format!("{}:{word}*", source.area.rule().name),
            Pattern::Phrase(Phrase { first, last, open }) => {
                format!("{}:\"{} {last}{}\"", source.area.rule().name, first.join(" "), if *open { "*" } else { "" })
            }
        };
        let clause = |clause: &Clause| clause.sources.iter().map(source).collect::<Vec<_>>().join(" | ");
        let wanted = plan.wanted.iter().map(|wanted| format!("+ {}", clause(wanted)));
        let unwanted = plan.unwanted.iter().map(|unwanted| format!("- {}", clause(unwanted)));
        wanted.chain(unwanted).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn questions_are_interpreted() {
        let plan = |text: &str| written(&Plan::new(&Syntax::parse(text).unwrap()));
        insta::assert_snapshot!(plan("*"), @"");
        insta::assert_snapshot!(plan("Zoë"), @"+ names:zoe | identifiers:zoe | texts:zoe | compact:zoe");
        insta::assert_snapshot!(plan("smi* -\"van Dyk\""), @r#"
        + names:smi | identifiers:smi | texts:smi | names:smi* | identifiers:smi* | texts:smi* | compact:smi*
        - names:"van dyk" | identifiers:"van dyk" | texts:"van dyk" | compact:vandyk
        "#);
        insta::assert_snapshot!(plan("O'Bri*"), @r#"+ names:"o bri*" | identifiers:"o bri*" | texts:"o bri*" | names:obri* | identifiers:obri* | texts:obri* | compact:obri*"#);
        insta::assert_snapshot!(plan("Amir 07009 33322"), @r"
        + names:amir | identifiers:amir | texts:amir | compact:amir | compact:amir07009 | compact:amir0700933322
        + names:07009 | identifiers:07009 | texts:07009 | compact:07009 | compact:amir07009 | compact:amir0700933322 | compact:0700933322
        + names:33322 | identifiers:33322 | texts:33322 | compact:33322 | compact:amir0700933322 | compact:0700933322
        ");
    }

    #[test]
    fn beginnings_are_interpreted() {
        let plan = |text: &str| written(&Plan::of_beginning(text));
        insta::assert_snapshot!(plan("Jon -Sm"), @r"
        + names:jon | identifiers:jon | compact:jon
        + names:sm | identifiers:sm | names:sm* | identifiers:sm* | compact:sm*
        ");
        insta::assert_snapshot!(plan("Jon "), @"+ names:jon | identifiers:jon | compact:jon");
        insta::assert_snapshot!(plan(" - "), @"");
    }
}
