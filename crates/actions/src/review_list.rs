//! What is due for review: every visible record with the day on which somebody has to say whether it is still needed.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    retention::{self, DecidedView, Due},
    sealed::{Answer, Sealed},
    view::instant,
    world::Sight,
};

/// Milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// Most records of one answer.
const MOST: usize = 1000;

/// What is due.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewsView {
    /// All visible records.
    pub total: u64,
    /// Those that are due by now.
    pub overdue: u64,
    /// Those that fall due within the charter's notice, without those that are due by now.
    pub soon: u64,
    /// How long that notice is, in days.
    pub notice_days: u32,
    /// A page of them, first due first.
    pub due: Vec<DueView>,
}

/// A record that falls due.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DueView {
    /// Its id; a merged record has its own.
    pub id: String,
    /// Schema name.
    pub schema: String,
    /// Caption.
    pub caption: String,
    /// Number of the retention group that is due first.
    pub group: u8,
    /// What the charter calls it.
    pub group_label: String,
    /// When the newest of it was recorded, RFC 3339.
    pub held_since: String,
    /// When it falls due, RFC 3339.
    pub due: String,
    /// The records that it is merged with.
    pub merged_with: Vec<String>,
    /// Since when it has been restricted, RFC 3339.
    pub restricted_since: Option<String>,
    /// Whether a record of this id was erased before and has been brought in again.
    pub has_returned: bool,
    /// The decision that stands.
    pub decided: Option<DecidedView>,
}

impl Desk {
    /// Up to `limit` records from `offset` on, first due first.
    pub fn review_list(&self, who: &Who, limit: usize, offset: usize) -> Result<Answer<ReviewsView>, ActionError> {
        self.answer(who, Action::ReviewList, &format!("{limit} from {offset}"), |access| {
            if limit > MOST {
                return Err(ActionError::BadInput(format!("`{limit}` records are more than one answer holds; ask for up to {MOST}")));
            }
            let view = self.reviews_due(access, limit, offset)?;
            let results = view.due.iter().map(|due| due.id.clone()).collect();
            Ok(Sealed::under(access, view, results))
        })
    }

    fn reviews_due(&self, access: &Access, limit: usize, offset: usize) -> Result<ReviewsView, ActionError> {
        let world = self.world()?;
        let sight = Sight::new(&world, access.visible());
        let (groups, notice_days) = self.with_charter(|charter| (charter.retention().to_vec(), charter.thresholds().review_notice_days));
        let now = self.now();
        self.store().read(|reader| {
            let reviews = retention::reviews(reader, access)?;
            let returned = reader.has_returned(access.visible())?;
            let mut all = retention::all_due(reader, access, &sight, &groups, &reviews)?;
            all.sort_by(|a, b| (a.due, world.ids.get(a.entity)).cmp(&(b.due, world.ids.get(b.entity))));
            let overdue = all.iter().filter(|due| due.due <= now).count();
            let noticed = now.saturating_add(i64::from(notice_days).saturating_mul(DAY));
            let soon = all.iter().filter(|due| due.due <= noticed).count() - overdue;
            let mut page = Vec::new();
            for Due { entity, group, newest, due } in all.iter().skip(offset).take(limit) {
                let id = world.ids.get(*entity);
                let others = sight.members(*entity).into_iter().filter(|member| member != entity);
                page.push(DueView {
                    id: id.to_owned(),
                    schema: sight.kind(*entity).schema.to_owned(),
                    caption: sight.caption(*entity),
                    group: *group,
                    group_label: groups.iter().find(|known| known.group == *group).map(|known| known.label.clone()).unwrap_or_default(),
                    held_since: instant(*newest),
                    due: instant(*due),
                    merged_with: others.map(|other| world.ids.get(other).to_owned()).collect(),
                    restricted_since: reader.restricted_since(*entity)?.map(instant),
                    has_returned: returned(id),
                    decided: reviews.get(entity).map(retention::Review::view),
                });
            }
            Ok(ReviewsView { total: count(all.len()), overdue: count(overdue), soon: count(soon), notice_days, due: page })
        })
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
