//! What a row says of all statements of an entity: marking, grade, kind and valid time.

use candour_model::{entity::Draft, statement::Kind};

use super::Row;
use crate::{
    mapping::{
        compile::kind_of,
        recipe::{Col, DateSetting, Entity, Value},
    },
    validity,
};

/// The column, why its cell is no such setting, and the cell.
type Wrong = (Col, String, String);

impl Row<'_> {
    /// What the mapping or the row says of all statements of an entity; or what is wrong with it, and in which column.
    pub(super) fn settings(&self, entity: &Entity, draft: &mut Draft) -> Result<(), Wrong> {
        draft.marking = match &entity.marking {
            None => None,
            Some(Value::Literal(id)) => Some(id.clone()),
            // No marking never means everyone: an empty cell is refused, not defaulted.
            Some(Value::Column(column)) => {
                let id = self.cell(*column);
                if id.is_empty() {
                    return Err((*column, "the row has no marking; write one, or give the mapping a literal".to_owned(), String::new()));
                }
                if self.bound.markings.is_some_and(|markings| !markings.contains(id.as_ref())) {
                    return Err((*column, format!("there is no marking `{id}`; use one that the charter declares"), id.into_owned()));
                }
                Some(id.into_owned())
            }
        };
        draft.grade = self.setting(entity.grade.as_ref(), |text| text.parse().map_err(|error| format!("{error}")))?;
        draft.kind = self.setting(entity.kind.as_ref(), kind_of)?.unwrap_or(Kind::Fact);
        if entity.valid_from.is_some() || entity.valid_to.is_some() {
            self.validity(entity, draft)?;
        }
        Ok(())
    }

    fn setting<T: Copy>(&self, setting: Option<&Value<T>>, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Wrong> {
        match setting {
            None => Ok(None),
            Some(Value::Literal(value)) => Ok(Some(*value)),
            Some(Value::Column(column)) => {
                let text = self.cell(*column);
                if text.is_empty() {
                    return Ok(None);
                }
                parse(&text).map(Some).map_err(|reason| (*column, reason, text.into_owned()))
            }
        }
    }

    fn validity(&self, entity: &Entity, draft: &mut Draft) -> Result<(), Wrong> {
        draft.valid_from = self.date(entity.valid_from.as_ref())?;
        draft.valid_to = self.date(entity.valid_to.as_ref())?;
        let column = [&entity.valid_to, &entity.valid_from].into_iter().flatten().find_map(DateSetting::column);
        match (column, validity::check_order(draft.valid_from.as_deref(), draft.valid_to.as_deref())) {
            (Some(column), Err(reason)) => Err((column, reason, self.cell(column).into_owned())),
            // Two literals were compared when the mapping was read.
            _ => Ok(()),
        }
    }

    fn date(&self, setting: Option<&DateSetting>) -> Result<Option<String>, Wrong> {
        match setting {
            None => Ok(None),
            Some(DateSetting { value: Value::Literal(date), .. }) => Ok(Some(date.clone())),
            Some(DateSetting { value: Value::Column(column), format }) => {
                let text = self.cell(*column);
                if text.is_empty() {
                    return Ok(None);
                }
                validity::date(&text, format.as_deref()).map(Some).map_err(|reason| (*column, reason, text.into_owned()))
            }
        }
    }
}
