//! The golden matrix: every role against every action and marking, as the policies decide, in a form to compare and read.

use std::{fmt, sync::Arc};

use candour_model::{id::MarkingNo, marking::Classification};

use crate::{
    actor::Actor,
    charter::Charter,
    grounds::Grounds,
    needs::{needs_purpose, touches_evidence},
    rules::{PurposeRule, Role},
    world::Asker,
};

/// What every role may do and see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Ids of the roles: the columns.
    pub roles: Vec<String>,
    /// Names of the actions: the rows.
    pub actions: Vec<String>,
    /// By action, then by role.
    pub cells: Vec<Vec<Cell>>,
    /// Who sees what, where anything is seen.
    pub sights: Vec<Sight>,
}

/// How one role may do one action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Whether it works without a purpose.
    pub without_purpose: bool,
    /// Ids of the purposes for which it works without a mandate.
    pub purposes: Vec<String>,
    /// Ids of those for which it works only under a mandate in force.
    pub with_mandate: Vec<String>,
}

/// What one role sees for one purpose when cleared for everything and a member of every compartment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// Id of the role.
    pub role: String,
    /// Id of the purpose.
    pub purpose: String,
    /// Ids of the charter's markings that are seen without a mandate.
    pub markings: Vec<String>,
    /// Ids of those that are seen only under a mandate in force that names all it may.
    pub with_mandate: Vec<String>,
}

impl Cell {
    /// Whether it works at all.
    #[must_use]
    pub fn allowed(&self) -> bool {
        self.without_purpose || !self.purposes.is_empty() || !self.with_mandate.is_empty()
    }
}

impl Sight {
    /// The markings, with a `*` after those that take a mandate.
    fn in_words(&self) -> String {
        let mandated = self.with_mandate.iter().map(|id| format!("{id}*"));
        self.markings.iter().cloned().chain(mandated).collect::<Vec<_>>().join(", ")
    }
}

impl Charter {
    /// Asks for every role and action, without a purpose and with each, as [`Charter::decide`] would decide it for a purpose
    /// that lacks nothing, and where a purpose takes mandates under one that names all it may.
    #[must_use]
    pub fn matrix(&self) -> Matrix {
        let actions: Vec<String> = self.actions().map(str::to_owned).collect();
        let examples: Vec<(String, Option<Arc<Asker>>)> =
            self.roles().iter().map(|role| (role.id.clone(), self.world.asker(&self.example(role)).ok())).collect();
        let cells = actions.iter().map(|action| examples.iter().map(|(_, asker)| self.cell(action, asker.as_deref())).collect()).collect();
        let sights = examples.iter().flat_map(|(role, asker)| self.sights(role, asker.as_deref())).collect();
        Matrix { roles: examples.into_iter().map(|(role, _)| role).collect(), actions, cells, sights }
    }

    /// Somebody who holds one role, is cleared for everything and is a member of every compartment.
    fn example(&self, role: &Role) -> Actor {
        let compartments = self.markings().iter().filter_map(|marking| marking.compartment.clone()).collect();
        Actor { id: role.id.clone(), name: role.label.clone(), roles: vec![role.id.clone()], clearance: Classification::TopSecret, compartments }
    }

    fn cell(&self, action: &str, asker: Option<&Asker>) -> Cell {
        let Some(asker) = asker else { return Cell::default() };
        let allowed = |purpose: Option<&str>, grounds: &Grounds<'_>| self.world.ask(asker, action, purpose, grounds).allowed;
        let barred = |rule: &PurposeRule| rule.needs_mandate && touches_evidence(action);
        let mut cell = Cell { without_purpose: !needs_purpose(action) && allowed(None, &Grounds::default()), ..Cell::default() };
        for rule in self.purposes() {
            if !barred(rule) && allowed(Some(&rule.id), &Grounds::default()) {
                cell.purposes.push(rule.id.clone());
            } else if rule.takes_mandates() && allowed(Some(&rule.id), &Grounds::fullest(rule)) {
                cell.with_mandate.push(rule.id.clone());
            }
        }
        cell
    }

    fn sights(&self, role: &str, asker: Option<&Asker>) -> Vec<Sight> {
        let Some(asker) = asker else { return Vec::new() };
        let ids = |purpose: &str, grounds: &Grounds<'_>| -> Vec<String> {
            let numbered = || (0_u16..).map(MarkingNo).zip(self.markings());
            let seen = self.seen(asker, purpose, grounds, numbered());
            numbered().filter(|(number, _)| seen.contains(number)).map(|(_, marking)| marking.id.clone()).collect()
        };
        let sight = |rule: &PurposeRule| {
            let markings = ids(&rule.id, &Grounds::default());
            let mandated = if rule.takes_mandates() { ids(&rule.id, &Grounds::fullest(rule)) } else { Vec::new() };
            let with_mandate = mandated.into_iter().filter(|id| !markings.contains(id)).collect();
            Sight { role: role.to_owned(), purpose: rule.id.clone(), markings, with_mandate }
        };
        self.purposes().iter().map(sight).filter(|sight| !sight.markings.is_empty() || !sight.with_mandate.is_empty()).collect()
    }
}

impl Matrix {
    /// Whether a role may do an action for any purpose or none; `false` for names that are not in the matrix.
    #[must_use]
    pub fn allowed(&self, role: &str, action: &str) -> bool {
        self.cell(role, action).is_some_and(Cell::allowed)
    }

    /// How a role may do an action.
    #[must_use]
    pub fn cell(&self, role: &str, action: &str) -> Option<&Cell> {
        let column = self.roles.iter().position(|known| known == role)?;
        let row = self.actions.iter().position(|known| known == action)?;
        self.cells.get(row)?.get(column)
    }

    /// Ids of the roles that may do an action for any purpose or none.
    pub fn able<'a>(&'a self, action: &'a str) -> impl Iterator<Item = &'a str> {
        self.roles.iter().map(String::as_str).filter(move |role| self.allowed(role, action))
    }

    /// Role against action, as a Markdown table: `yes` with a purpose, `always` without one as well.
    #[must_use]
    pub fn actions_table(&self) -> String {
        let word = |cell: &Cell| match cell {
            Cell { without_purpose: true, .. } => "always",
            cell if cell.allowed() => "yes",
            _ => "-",
        };
        let header = std::iter::once("action".to_owned()).chain(self.roles.iter().cloned()).collect();
        let rows = self.actions.iter().zip(&self.cells).map(|(action, cells)| {
            let words = cells.iter().map(|cell| word(cell).to_owned());
            std::iter::once(format!("`{action}`")).chain(words).collect()
        });
        table(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
    }

    /// Purpose by purpose, what each role may do and see, as a Markdown table.
    #[must_use]
    pub fn purposes_table(&self, charter: &Charter) -> String {
        let header = ["purpose", "role", "may", "sees at most"].map(str::to_owned).to_vec();
        let mut rows = vec![header];
        for purpose in charter.purposes().iter().map(|purpose| &purpose.id) {
            for role in &self.roles {
                let may: Vec<String> = self.actions_for(role, purpose).map(|action| format!("`{action}`")).collect();
                let sees = self.sights.iter().find(|sight| sight.role == *role && sight.purpose == *purpose).map(Sight::in_words);
                if !may.is_empty() || sees.is_some() {
                    rows.push(vec![format!("`{purpose}`"), role.clone(), may.join(", "), sees.unwrap_or_else(|| "nothing".to_owned())]);
                }
            }
        }
        table(&rows)
    }

    /// Actions that a role may do for a purpose and not without one.
    fn actions_for<'a>(&'a self, role: &'a str, purpose: &'a str) -> impl Iterator<Item = &'a String> {
        let of = move |cell: &Cell| !cell.without_purpose && cell.purposes.iter().chain(&cell.with_mandate).any(|id| id == purpose);
        let works = move |action: &&String| self.cell(role, action).is_some_and(of);
        self.actions.iter().filter(works)
    }
}

impl fmt::Display for Matrix {
    /// Every cell in full: `action: role (purposes)`, with a `*` after what takes a mandate.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (action, cells) in self.actions.iter().zip(&self.cells) {
            writeln!(f, "{action}")?;
            for (role, cell) in self.roles.iter().zip(cells) {
                let without = if cell.without_purpose { " without a purpose," } else { "" };
                let mandated = cell.with_mandate.iter().map(|id| format!("{id}*"));
                let purposes: Vec<String> = cell.purposes.iter().cloned().chain(mandated).collect();
                let purposes = if purposes.is_empty() { "never".to_owned() } else { purposes.join(" ") };
                writeln!(f, "  {role}:{without} {purposes}")?;
            }
        }
        writeln!(f, "see")?;
        for sight in &self.sights {
            writeln!(f, "  {} for {}: {}", sight.role, sight.purpose, sight.in_words())?;
        }
        Ok(())
    }
}

/// Rows as a Markdown table with columns of even width, the first row being the header.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default().max(3);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |cells: &[String]| widths.iter().zip(cells).map(|(width, cell)| format!("| {cell:<width$} ")).collect::<String>() + "|\n";
    let rule = widths.iter().map(|width| format!("| {} ", "-".repeat(*width))).collect::<String>() + "|\n";
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        text.push_str(&line(row));
        if number == 0 {
            text.push_str(&rule);
        }
    }
    text
}
