//! From what people wrote to what is meant.

use std::path::Path;

use candour_model::marking::SpecialCategory;
use candour_resolve::{Fixed, KINDS, Kind, Options};
use serde::Deserialize as _;
use serde_saphyr::Spanned;

use super::{
    ColumnSpec, Spec,
    document::{BlockingDoc, ColumnDoc, FullDoc, ModelDoc, SpecDoc},
};
use crate::{error::LinkageError, special};

/// Checks a spec.
pub(crate) fn spec(path: &Path, document: SpecDoc) -> Result<Spec, LinkageError> {
    let wrong = Wrong { path, mandate: document.mandate.as_deref() };
    if document.columns.is_empty() {
        return Err(wrong.at(None, "names no columns", "write `columns:` and below it each column with its kind, such as `surname: surname`"));
    }
    let mut columns = Vec::new();
    for (name, doc) in &document.columns {
        let line = Some(line(doc));
        let full = match &doc.value {
            ColumnDoc::Kind(kind) => FullDoc { kind: kind.clone(), list: false, class: None },
            ColumnDoc::Full(full) => full.clone(),
        };
        wrong.special(line, name, full.class.as_deref())?;
        let kind = wrong.kind(line, name, &full.kind)?;
        match document.comparisons.get(name) {
            Some(other) if other.value == "none" => {}
            Some(other) => columns.push(ColumnSpec { name: name.clone(), kind: wrong.kind(Some(self::line(other)), name, &other.value)?, list: full.list }),
            None => columns.push(ColumnSpec { name: name.clone(), kind, list: full.list }),
        }
    }
    let known = |name: &String| document.columns.contains_key(name);
    if let Some((name, at)) = document.comparisons.iter().find(|(name, _)| !known(name)) {
        return Err(wrong.unknown(Some(line(at)), "comparisons", name, &document));
    }
    for (key, side) in [("left", &document.left), ("right", &document.right)] {
        for (name, own) in &side.columns {
            if !known(name) {
                return Err(wrong.unknown(None, key, name, &document));
            }
            wrong.special(None, own, None)?;
        }
    }
    if columns.is_empty() {
        return Err(wrong.at(None, "compares no column", "leave at least one column out of `comparisons`, or give it a kind there"));
    }
    let options = options(&wrong, &document)?;
    Ok(Spec { path: path.to_owned(), id: document.id, columns, left: document.left, right: document.right, options })
}

fn options(wrong: &Wrong<'_>, document: &SpecDoc) -> Result<Options, LinkageError> {
    let mut options = Options { one_to_one: document.one_to_one, ..Options::default() };
    if let Some(threshold) = &document.threshold {
        options.threshold = wrong.probability("threshold", threshold)?;
    }
    if let Some(floor) = &document.floor {
        options.floor = wrong.probability("floor", floor)?;
    }
    if options.floor > options.threshold {
        if document.floor.is_some() {
            let place = document.floor.as_ref().map(line);
            return Err(wrong.at(
                place,
                &format!("the floor `{}` is above the threshold `{}`", options.floor, options.threshold),
                "lower the one or raise the other",
            ));
        }
        options.floor = options.threshold;
    }
    blocking(wrong, &document.blocking, &mut options)?;
    options.fixed = fixed(wrong, &document.model)?;
    Ok(options)
}

fn blocking(wrong: &Wrong<'_>, blocking: &BlockingDoc, options: &mut Options) -> Result<(), LinkageError> {
    if let Some(budget) = &blocking.comparisons_per_record {
        if !(budget.value.is_finite() && budget.value > 0.0) {
            return Err(wrong.at(Some(line(budget)), &format!("`comparisons_per_record: {}` is no number above 0", budget.value), "the usual one is 32"));
        }
        options.comparisons_per_record = budget.value;
    }
    if blocking.rules.iter().any(Vec::is_empty) {
        return Err(wrong.at(None, "a rule of `blocking` names no column", "write each rule as a list, such as `[surname, dob]`"));
    }
    options.rules.clone_from(&blocking.rules);
    Ok(())
}

fn fixed(wrong: &Wrong<'_>, model: &ModelDoc) -> Result<Fixed, LinkageError> {
    let mut fixed = Fixed::default();
    if let Some(prior) = &model.prior {
        fixed.prior = Some(wrong.probability("prior", prior)?);
    }
    for (field, levels) in &model.fields {
        for (says, chances) in levels {
            for (name, chance) in [("m", chances.value.m), ("u", chances.value.u)] {
                if chance.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) {
                    return Err(wrong.at(Some(line(chances)), &format!("`{name}` of `{says}` is no probability"), "give a number between 0 and 1"));
                }
            }
            fixed.cells.push((field.clone(), says.clone(), chances.value.m, chances.value.u));
        }
    }
    Ok(fixed)
}

fn line<T>(spanned: &Spanned<T>) -> u64 {
    spanned.referenced.line()
}

/// Says what is wrong with a spec.
struct Wrong<'s> {
    path: &'s Path,
    mandate: Option<&'s str>,
}

impl Wrong<'_> {
    fn at(&self, line: Option<u64>, what: &str, remedy: &str) -> LinkageError {
        LinkageError::Spec { path: self.path.to_owned(), place: place(line), what: what.to_owned(), remedy: remedy.to_owned() }
    }

    fn kind(&self, line: Option<u64>, column: &str, word: &str) -> Result<Kind, LinkageError> {
        KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind).ok_or_else(|| {
            let known = KINDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            self.at(line, &format!("`{word}`, the kind of the column `{column}`, is no kind"), &format!("the kinds are {known}"))
        })
    }

    fn special(&self, line: Option<u64>, column: &str, class: Option<&str>) -> Result<(), LinkageError> {
        let declared = match class {
            None => None,
            Some(word) => {
                let class = SpecialCategory::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word));
                Some(class.map_err(|_| {
                    self.at(
                        line,
                        &format!("`{word}`, the class of the column `{column}`, is no special category"),
                        "leave `class` out where the data are of none",
                    )
                })?)
            }
        };
        match declared.or_else(|| special::category_of(column)) {
            None => Ok(()),
            Some(category) => Err(LinkageError::Special {
                path: self.path.to_owned(),
                place: place(line),
                column: column.to_owned(),
                category: special::word(category),
                named: self.mandate.map(|mandate| format!(", so `{mandate}` cannot be looked up")).unwrap_or_default(),
            }),
        }
    }

    fn unknown(&self, line: Option<u64>, key: &str, name: &str, document: &SpecDoc) -> LinkageError {
        let known = document.columns.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        self.at(line, &format!("`{key}` names the column `{name}`, which `columns` does not"), &format!("name one of {known}, or add it to `columns`"))
    }

    fn probability(&self, key: &str, value: &Spanned<f64>) -> Result<f64, LinkageError> {
        if value.value > 0.0 && value.value < 1.0 {
            return Ok(value.value);
        }
        Err(self.at(Some(line(value)), &format!("`{key}: {}` is no probability", value.value), "give a number between 0 and 1"))
    }
}

fn place(line: Option<u64>) -> String {
    line.map(|line| format!(", line {line}")).unwrap_or_default()
}
