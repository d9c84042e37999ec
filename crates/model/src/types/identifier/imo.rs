//! IMO numbers of ships and of shipping companies (IMO resolution A.1117(30)): seven digits, the last a check digit, stored
//! with `IMO` before them. Leading zeros that a spreadsheet took away are put back.

use std::borrow::Cow;

use crate::types::check::weighted;

pub(super) fn clean(text: &str) -> Result<String, Cow<'static, str>> {
    let mut runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| (5..=7).contains(&run.len())).collect();
    if runs.is_empty() {
        return Err("is no IMO number: it has seven digits, such as `IMO 9074729`".into());
    }
    runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
    let found = runs.into_iter().map(|run| format!("{run:0>7}")).find(|number| is_ship(number) || is_company(number));
    found
        .map(|number| format!("IMO{number}"))
        .ok_or(Cow::Borrowed("fails the check digit of an IMO number, both of a ship's and of a company's; compare it with the source"))
}

fn last(number: &str) -> u32 {
    number.chars().last().and_then(|c| c.to_digit(10)).unwrap_or(99)
}

fn is_ship(number: &str) -> bool {
    number != "0000000" && weighted(number, &[7, 6, 5, 4, 3, 2]) % 10 == last(number)
}

fn is_company(number: &str) -> bool {
    number != "0000000" && (11 - weighted(number, &[8, 6, 4, 2, 9, 7]) % 11) % 10 == last(number)
}
