//! Schema and caption of every entity, per marking, so that a chart of thousands needs no look into the database.

use candour_model::{
    id::{EntityNo, MarkingNo, SchemaNo},
    ontology::{Ontology, Schema},
    visible::Visible,
};

/// Rank of a text that is no caption.
pub(crate) const NO_CAPTION: u8 = u8::MAX;

/// What one marking's statements say an entity is.
#[derive(Clone, Copy)]
struct Entry {
    marking: MarkingNo,
    schema: SchemaNo,
    rank: u8,
    start: u32,
    length: u16,
}

/// Entries of all entities, in order of entity number.
#[derive(Default)]
pub(crate) struct Captions {
    text: Vec<u8>,
    entries: Vec<Entry>,
    ends: Vec<u32>,
}

/// The entries of one entity while its statements are read.
#[derive(Default)]
pub(crate) struct Gathering {
    open: Vec<(MarkingNo, SchemaNo, u8, String)>,
}

impl Gathering {
    /// Takes one statement in. `rank` is the place of its property among the caption properties, 0 the best.
    pub(crate) fn add(&mut self, marking: MarkingNo, schema: &Schema, rank: u8, value: &str) {
        let entry = match self.open.iter().position(|known| known.0 == marking) {
            Some(position) => self.open.get_mut(position),
            None => {
                self.open.push((marking, schema.no, NO_CAPTION, String::new()));
                self.open.last_mut()
            }
        };
        let Some(entry) = entry else { return };
        entry.1 = more_specific(entry.1, schema.no);
        // The first of equals stays: the order in which statements came does not depend on hidden ones.
        if rank < entry.2 {
            entry.2 = rank;
            entry.3.clear();
            entry.3.push_str(value);
        }
    }
}

impl Captions {
    /// Ends one entity; entities come in order of number, those without statements too.
    pub(crate) fn push(&mut self, gathered: &mut Gathering) {
        gathered.open.sort_by_key(|entry| entry.0);
        for (marking, schema, rank, text) in gathered.open.drain(..) {
            let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            let kept = short(&text);
            self.text.extend_from_slice(kept.as_bytes());
            self.entries.push(Entry { marking, schema, rank, start, length: u16::try_from(kept.len()).unwrap_or(0) });
        }
        self.ends.push(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
    }

    /// How many entities have been ended.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// Most specific schema that visible statements give an entity.
    pub(crate) fn schema(&self, entity: EntityNo, visible: &Visible) -> Option<&'static Schema> {
        let seen = self.entries(entity).iter().filter(|entry| visible.sees(entry.marking)).map(|entry| entry.schema);
        Ontology::builtin().by_no(seen.reduce(more_specific)?)
    }

    /// Best caption among visible statements.
    pub(crate) fn text(&self, entity: EntityNo, visible: &Visible) -> Option<&str> {
        self.best(entity, visible).map(|(_, text)| text)
    }

    /// Best caption among visible statements with its rank, 0 the best.
    pub(crate) fn best(&self, entity: EntityNo, visible: &Visible) -> Option<(u8, &str)> {
        let seen = self.entries(entity).iter().filter(|entry| visible.sees(entry.marking) && entry.rank != NO_CAPTION);
        let best = seen.min_by_key(|entry| entry.rank)?;
        let start = usize::try_from(best.start).ok()?;
        let text = std::str::from_utf8(self.text.get(start..start + usize::from(best.length))?).ok()?;
        Some((best.rank, text))
    }

    fn entries(&self, entity: EntityNo) -> &[Entry] {
        let index = usize::try_from(entity.0).unwrap_or(usize::MAX);
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let bounds = usize::try_from(start).ok().zip(self.ends.get(index).and_then(|end| usize::try_from(*end).ok()));
        bounds.and_then(|(start, end)| self.entries.get(start..end)).unwrap_or_default()
    }
}

/// The schema that says more; of two that are no kind of each other the one with more ancestors, then the first by name.
pub(super) fn more_specific(a: SchemaNo, b: SchemaNo) -> SchemaNo {
    let ontology = Ontology::builtin();
    let (Some(left), Some(right)) = (ontology.by_no(a), ontology.by_no(b)) else { return a };
    if let Some(common) = ontology.common(left, right) {
        return common.no;
    }
    let depth = |schema: &Schema| schema.ancestors.len();
    if (depth(right), &left.name) > (depth(left), &right.name) { b } else { a }
}

/// A caption is cut for charts; the whole value stands on the entity's page.
fn short(text: &str) -> &str {
    match text.char_indices().nth(120) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(name: &str) -> &'static Schema {
        Ontology::builtin().schema(name).unwrap()
    }

    #[test]
    fn captions_come_from_what_is_visible() {
        let mut captions = Captions::default();
        let mut gathering = Gathering::default();
        gathering.add(MarkingNo(0), schema("LegalEntity"), 1, "alias");
        gathering.add(MarkingNo(1), schema("Person"), 0, "true name");
        captions.push(&mut gathering);
        captions.push(&mut gathering);
        let both: Visible = [MarkingNo(0), MarkingNo(1)].into_iter().collect();
        let one: Visible = [MarkingNo(0)].into_iter().collect();
        assert_eq!(captions.text(EntityNo(0), &both), Some("true name"));
        assert_eq!(captions.text(EntityNo(0), &one), Some("alias"));
        assert_eq!(captions.schema(EntityNo(0), &both).unwrap().name, "Person");
        assert_eq!(captions.schema(EntityNo(0), &one).unwrap().name, "LegalEntity");
        assert_eq!(captions.text(EntityNo(1), &both), None);
        assert_eq!(captions.schema(EntityNo(7), &both).map(|schema| schema.name.as_str()), None);
    }

    #[test]
    fn the_more_specific_schema_does_not_depend_on_order() {
        for (a, b) in [("Person", "Company"), ("Thing", "Person"), ("Vehicle", "Address"), ("Offence", "Call")] {
            let (a, b) = (schema(a).no, schema(b).no);
            assert_eq!(more_specific(a, b), more_specific(b, a));
        }
    }
}
