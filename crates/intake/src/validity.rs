//! When a record says that something held: dates cleaned like any others, the end not before the beginning.

use candour_model::{
    types::{Context, TypeKind},
    validity::is_backwards,
};

/// A beginning or an end as it is stored, or why it is none. `format` is a pattern such as `%d/%m/%Y`.
pub(crate) fn date(raw: &str, format: Option<&str>) -> Result<String, String> {
    let date = TypeKind::Date.clean(raw, &Context { countries: &[], format }).map_err(|refusal| refusal.to_string())?;
    Ok(date.into_owned())
}

/// Refuses an end before its beginning.
pub(crate) fn check_order(from: Option<&str>, to: Option<&str>) -> Result<(), String> {
    match (from, to) {
        (Some(from), Some(to)) if is_backwards(from, to) => {
            Err(format!("`valid_to` is `{to}`, before `valid_from`, which is `{from}`; correct one of them, or leave it out"))
        }
        _ => Ok(()),
    }
}
