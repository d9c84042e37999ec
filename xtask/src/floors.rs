//! Imports go strictly down, never sideways; see `ARCHITECTURE.md`.

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Crate and floor.
const FLOORS: &[(&str, u8)] = &[
    ("candour-model", 1),
    ("candour-ledger", 1),
    ("candour-town", 1),
    ("candour-charter", 2),
    ("candour-store", 2),
    ("candour-search", 2),
    ("candour-intake", 2),
    ("candour-extract", 2),
    ("candour-resolve", 2),
    ("candour-links", 2),
    ("candour-gate", 2),
    ("candour-oversight", 2),
    ("candour-actions", 3),
    ("candour-linkage", 3),
    ("candour-server", 4),
    ("candour-cli", 5),
];

/// Rooms that hold evidence: floors 4 and 5 reach them through `actions` alone.
const EVIDENCE: &[&str] = &["candour-store", "candour-search", "candour-links"];

/// Library and the only rooms that may name it.
const PRIVATE: &[(&str, &[&str])] = &[
    ("rusqlite", &["candour-store"]),
    ("tantivy", &["candour-search"]),
    ("cedar-policy", &["candour-charter"]),
    ("axum", &["candour-server"]),
    ("tokio", &["candour-server", "candour-cli"]),
];

/// Every import that goes up, sideways or past `actions`.
pub(crate) fn problems() -> Vec<String> {
    let metadata = match MetadataCommand::new().no_deps().exec() {
        Ok(metadata) => metadata,
        Err(error) => return vec![format!("cargo metadata: {error}")],
    };
    let floor = |name: &str| FLOORS.iter().find(|(known, _)| *known == name).map(|(_, floor)| *floor);
    let mut problems = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        let Some(own) = floor(name) else {
            if !matches!(name, "xtask" | "candour-testkit") {
                problems.push(format!("{name} stands on no floor; add it to xtask/src/floors.rs and ARCHITECTURE.md"));
            }
            continue;
        };
        for dependency in package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development) {
            let wanted = dependency.name.as_str();
            if floor(wanted).is_some_and(|other| other >= own) {
                problems.push(format!("{name} (floor {own}) imports {wanted}, which is not below it"));
            }
            if own >= 4 && EVIDENCE.contains(&wanted) {
                problems.push(format!("{name} imports {wanted}, which holds evidence; go through candour-actions"));
            }
            if let Some((_, rooms)) = PRIVATE.iter().find(|(library, _)| *library == wanted)
                && !rooms.contains(&name)
            {
                problems.push(format!("{name} names {wanted}, which belongs to {}", rooms.join(", ")));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    #[test]
    fn imports_go_down() {
        assert_eq!(super::problems(), Vec::<String>::new());
    }
}
