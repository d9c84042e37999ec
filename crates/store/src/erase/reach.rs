//! How far what concerns an entity reaches: itself, links that have it as an end, and whatever refers to any of these.

use std::collections::{BTreeMap, BTreeSet};

use candour_model::{
    id::EntityNo,
    ontology::{Ontology, Schema},
    types::TypeKind,
};
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    error::StoreError,
    names::{Names, SymbolNo},
};

/// What concerns some entities.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    /// The entities, and links that are nothing but links.
    pub(crate) whole: BTreeSet<EntityNo>,
    /// Of things that one document takes for a link and another for something else: the rows of the link.
    pub(crate) link_rows: BTreeMap<EntityNo, Vec<i64>>,
    /// Statements of others that refer to any of these.
    pub(crate) references: BTreeSet<(EntityNo, i64)>,
}

impl Reach {
    /// One pass over the statements for the entities, and one more for links of links as long as there are any.
    pub(crate) fn of(connection: &Connection, names: &Names, entities: &[EntityNo]) -> Result<Self, StoreError> {
        let mut reach = Self { whole: entities.iter().copied().collect(), ..Self::default() };
        let references = References::of(names);
        let mut new = ids(connection, reach.whole.iter().copied())?;
        while !new.is_empty() {
            let mut links = BTreeSet::new();
            references.scan(connection, &new, |entity, seq, is_end| {
                if is_end {
                    links.insert(entity);
                } else {
                    reach.references.insert((entity, seq));
                }
            })?;
            let mut found = Vec::new();
            links.retain(|link| !reach.whole.contains(link));
            for link in links {
                let (rows, is_whole) = references.link_rows(connection, link)?;
                if is_whole {
                    reach.whole.insert(link);
                    found.push(link);
                } else {
                    reach.link_rows.insert(link, rows);
                }
            }
            new = ids(connection, found)?;
        }
        let Self { whole, link_rows, references } = &mut reach;
        references.retain(|(entity, seq)| !whole.contains(entity) && !link_rows.get(entity).is_some_and(|rows| rows.contains(seq)));
        Ok(reach)
    }

    /// Whether a statement is concerned.
    pub(crate) fn covers(&self, entity: EntityNo, seq: i64) -> bool {
        self.whole.contains(&entity) || self.link_rows.get(&entity).is_some_and(|rows| rows.contains(&seq)) || self.references.contains(&(entity, seq))
    }

    /// Every entity of which something is concerned.
    pub(crate) fn touched(&self) -> BTreeSet<EntityNo> {
        let others = self.references.iter().map(|(entity, _)| *entity);
        self.whole.iter().chain(self.link_rows.keys()).copied().chain(others).collect()
    }
}

/// What a property that refers to entities is to its schema.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// One of the two ends of a link.
    End,
    /// Any other reference.
    Reference,
}

/// Which stored schemata and properties refer to entities.
struct References {
    roles: FxHashMap<(u32, u32), Role>,
    links: FxHashSet<u32>,
    props: String,
}

impl References {
    fn of(names: &Names) -> Self {
        let known: Vec<(u32, &str)> = (0..).map_while(|no| names.symbol(SymbolNo(no)).map(|name| (no, name))).collect();
        let schemata: Vec<(u32, &Schema)> = known.iter().filter_map(|(no, name)| Ontology::builtin().schema(name).map(|schema| (*no, schema))).collect();
        let mut roles = FxHashMap::default();
        let mut props = BTreeSet::new();
        for (schema_no, schema) in &schemata {
            for (prop_no, name) in &known {
                let Some(prop) = schema.prop(name).filter(|prop| prop.kind == TypeKind::Entity) else { continue };
                let is_end = schema.edge.as_ref().is_some_and(|edge| edge.source == prop.no || edge.target == prop.no);
                roles.insert((*schema_no, *prop_no), if is_end { Role::End } else { Role::Reference });
                props.insert(prop_no.to_string());
            }
        }
        let links = schemata.iter().filter(|(_, schema)| schema.edge.is_some()).map(|(no, _)| *no).collect();
        Self { roles, links, props: props.into_iter().collect::<Vec<_>>().join(",") }
    }

    /// Calls `each` with every statement whose value is one of these ids, and whether it is the end of a link.
    fn scan(&self, connection: &Connection, ids: &FxHashSet<String>, mut each: impl FnMut(EntityNo, i64, bool)) -> Result<(), StoreError> {
        let mut query = connection.prepare(&format!("SELECT entity, seq, schema, prop, value FROM statement WHERE prop IN ({})", self.props))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if !ids.contains(row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?) {
                continue;
            }
            if let Some(role) = self.roles.get(&(row.get(2)?, row.get(3)?)) {
                each(EntityNo(row.get(0)?), row.get(1)?, *role == Role::End);
            }
        }
        Ok(())
    }

    /// The rows that take an entity for a link, and whether there are no others.
    fn link_rows(&self, connection: &Connection, entity: EntityNo) -> Result<(Vec<i64>, bool), StoreError> {
        let mut query = connection.prepare_cached("SELECT seq, schema FROM statement WHERE entity = ?")?;
        let mut rows = query.query([entity.0])?;
        let (mut found, mut is_whole) = (Vec::new(), true);
        while let Some(row) = rows.next()? {
            if self.links.contains(&row.get(1)?) {
                found.push(row.get(0)?);
            } else {
                is_whole = false;
            }
        }
        Ok((found, is_whole))
    }
}

fn ids(connection: &Connection, entities: impl IntoIterator<Item = EntityNo>) -> Result<FxHashSet<String>, StoreError> {
    let mut query = connection.prepare_cached("SELECT id FROM entity WHERE no = ?")?;
    entities.into_iter().map(|entity| Ok(query.query_row([entity.0], |row| row.get(0))?)).collect()
}
