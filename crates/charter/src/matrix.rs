//! The golden matrix: every role against every action and marking, as the policies decide, in a form to compare and read.

use std::fmt;

use candour_model::{marking::Classification, purpose::Purpose};

use crate::{actor::Actor, charter::Charter, explain};

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
    /// Ids of the purposes for which it works.
    pub purposes: Vec<String>,
}

/// What one role sees for one purpose when cleared for everything and a member of every compartment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// Id of the role.
    pub role: String,
    /// Id of the purpose.
    pub purpose: String,
    /// Ids of the charter's markings.
    pub markings: Vec<String>,
}

impl Cell {
    /// Whether it works at all.
    #[must_use]
    pub fn allowed(&self) -> bool {
        self.without_purpose || !self.purposes.is_empty()
    }
}

impl Charter {
    /// Asks for every role and action, without a purpose and with each, as [`Charter::decide`] would decide it.
    #[must_use]
    pub fn matrix(&self) -> Matrix {
        let actions: Vec<String> = self.actions().map(str::to_owned).collect();
        // The decision without its words: words of refusals are made from this matrix.
        let allowed = |actor: &Actor, action: &str, purpose: Option<&Purpose>| {
            let asker = self.world.asker(actor);
            asker.is_ok_and(|asker| self.verdict(&asker, actor, action, purpose).is_ok_and(|answer| answer.allowed))
        };
        let cell = |action: &String, actor: &Actor| Cell {
            without_purpose: allowed(actor, action, None),
            purposes: self
                .purposes()
                .iter()
                .map(|rule| full(&rule.id))
                .filter(|purpose| allowed(actor, action, Some(purpose)))
                .map(|purpose| purpose.id)
                .collect(),
        };
        let examples: Vec<Actor> = self.roles().iter().map(explain::example).collect();
        let cells = actions.iter().map(|action| examples.iter().map(|actor| cell(action, actor)).collect()).collect();
        Matrix { roles: self.roles().iter().map(|role| role.id.clone()).collect(), actions, cells, sights: self.sights(&examples) }
    }

    fn sights(&self, examples: &[Actor]) -> Vec<Sight> {
        let compartments: Vec<String> = self.markings().iter().filter_map(|marking| marking.compartment.clone()).collect();
        let cleared = examples.iter().map(|actor| Actor { clearance: Classification::TopSecret, compartments: compartments.clone(), ..actor.clone() });
        let mut sights = Vec::new();
        for actor in cleared {
            for rule in self.purposes() {
                let numbered = || (0_u16..).map(candour_model::id::MarkingNo).zip(self.markings());
                let visible = self.visible(&actor, &full(&rule.id), numbered());
                let markings: Vec<String> = numbered().filter(|(number, _)| visible.sees(*number)).map(|(_, marking)| marking.id.clone()).collect();
                if !markings.is_empty() {
                    sights.push(Sight { role: actor.id.clone(), purpose: rule.id.clone(), markings });
                }
            }
        }
        sights
    }
}

/// A purpose with whatever it may need.
fn full(id: &str) -> Purpose {
    Purpose { id: id.to_owned(), case: Some("example".to_owned()), reason: Some("example".to_owned()), mandate: None }
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
                let sees = self.sights.iter().find(|sight| sight.role == *role && sight.purpose == *purpose).map(|sight| sight.markings.join(", "));
                if !may.is_empty() || sees.is_some() {
                    rows.push(vec![format!("`{purpose}`"), role.clone(), may.join(", "), sees.unwrap_or_else(|| "nothing".to_owned())]);
                }
            }
        }
        table(&rows)
    }

    /// Actions that a role may do for a purpose and not without one.
    fn actions_for<'a>(&'a self, role: &'a str, purpose: &'a str) -> impl Iterator<Item = &'a String> {
        let works = move |action: &&String| self.cell(role, action).is_some_and(|cell| !cell.without_purpose && cell.purposes.iter().any(|id| id == purpose));
        self.actions.iter().filter(works)
    }
}

impl fmt::Display for Matrix {
    /// Every cell in full: `action: role (purposes)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (action, cells) in self.actions.iter().zip(&self.cells) {
            writeln!(f, "{action}")?;
            for (role, cell) in self.roles.iter().zip(cells) {
                let without = if cell.without_purpose { " without a purpose," } else { "" };
                let purposes = if cell.purposes.is_empty() { "never".to_owned() } else { cell.purposes.join(" ") };
                writeln!(f, "  {role}:{without} {purposes}")?;
            }
        }
        writeln!(f, "see")?;
        for sight in &self.sights {
            writeln!(f, "  {} for {}: {}", sight.role, sight.purpose, sight.markings.join(" "))?;
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
