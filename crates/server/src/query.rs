//! The part of an address after `?`, in which a name may stand several times.

use std::str::FromStr;

use crate::problem::Problem;

/// Names and values, decoded.
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Reads a query string.
    pub(crate) fn parse(query: Option<&str>) -> Self {
        let bytes = query.unwrap_or_default().as_bytes();
        Self(form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// The first value of a name.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All non-empty values of a name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    }

    /// A number, where one is given.
    pub(crate) fn number<N: FromStr>(&self, name: &str) -> Result<Option<N>, Problem> {
        match self.one(name) {
            None | Some("") => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| Problem::bad_request(format!("`{name}={text}` is no number that fits; give a whole number"))),
        }
    }

    /// Whether a switch is on.
    pub(crate) fn is_on(&self, name: &str) -> Result<bool, Problem> {
        match self.one(name) {
            Some("" | "1" | "true") => Ok(true),
            None | Some("0" | "false") => Ok(false),
            Some(text) => Err(Problem::bad_request(format!("`{name}={text}` is neither on nor off; give `true` or `false`"))),
        }
    }

    /// A value that must be there.
    pub(crate) fn needed(&self, name: &str) -> Result<String, Problem> {
        self.one(name).filter(|value| !value.is_empty()).map(str::to_owned).ok_or_else(|| Problem::bad_request(format!("`{name}` is missing; add `?{name}=`")))
    }
}
