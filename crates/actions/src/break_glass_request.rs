//! Asking for emergency access: which compartments, for which purpose, and why it cannot wait.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    glasses::{GlassEvent, GlassRecord, KIND},
    sealed::Answer,
    view::instant,
};

/// An emergency access.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GlassView {
    /// Id.
    pub id: String,
    /// Who asked.
    pub requester: String,
    /// For which purpose.
    pub purpose: String,
    /// In which case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Why it cannot wait.
    pub reason: String,
    /// Compartments that it opens.
    pub opens: Vec<String>,
    /// When; RFC 3339.
    pub requested_at: String,
    /// One word: `requested`, `lapsed`, `open`, `over` or `reviewed`.
    pub state: String,
    /// Who agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    /// When; RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_at: Option<String>,
    /// Until when it opens anything; RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<String>,
    /// When its review is due, as long as it is open; RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_due_at: Option<String>,
    /// Whether it is later than that.
    pub review_overdue: bool,
    /// Who closed the review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
    /// When; RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed_at: Option<String>,
    /// What the reviewer found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<String>,
}

impl GlassView {
    /// An emergency access as it stands at an instant, where reviews are due so many days after the end.
    pub(crate) fn of(record: &GlassRecord, now: i64, review_days: u32) -> Self {
        let due = record.review_due(review_days);
        let (approved, reviewed) = (record.approved.as_ref(), record.reviewed.as_ref());
        Self {
            id: record.id.clone(),
            requester: record.requested.by.clone(),
            purpose: record.purpose.clone(),
            case: record.case.clone(),
            reason: record.requested.text.clone(),
            opens: record.opens.clone(),
            requested_at: instant(record.requested.at),
            state: record.phase(now).word().to_owned(),
            approver: approved.map(|word| word.by.clone()),
            approved_at: approved.map(|word| instant(word.at)),
            ends_at: record.ends().map(instant),
            review_due_at: due.map(instant),
            review_overdue: due.is_some_and(|due| due <= now),
            reviewer: reviewed.map(|word| word.by.clone()),
            reviewed_at: reviewed.map(|word| instant(word.at)),
            finding: reviewed.map(|word| word.text.clone()),
        }
    }
}

impl Desk {
    /// Asks. It opens nothing until a second person agrees.
    pub fn break_glass_request(&self, who: &Who, opens: &[String], reason: &str) -> Result<Answer<GlassView>, ActionError> {
        let query = opens.join(" ");
        let access = self.decide(who, Action::BreakGlassRequest, &query)?;
        let requested = self.request_glass(who, &access, &query, opens, reason);
        let (id, receipt) = self.or_record(who, &access, &query, requested)?;
        self.glass_answer(&id, receipt)
    }

    fn request_glass(&self, who: &Who, access: &Access, query: &str, opens: &[String], reason: &str) -> Result<(String, crate::Receipt), ActionError> {
        let wrong = ActionError::BadInput;
        let in_force = self.in_force();
        let purpose = access.purpose().cloned().ok_or_else(|| wrong("state the purpose of the emergency access".to_owned()))?;
        if opens.is_empty() {
            return Err(wrong("name at least one compartment to open".to_owned()));
        }
        // Those that the charter declares are public; whether others are in use is nothing to find out here.
        let declared: Vec<&str> = in_force.charter.markings().iter().filter_map(|marking| marking.compartment.as_deref()).collect();
        if let Some(unknown) = opens.iter().find(|compartment| !declared.contains(&compartment.as_str())) {
            return Err(wrong(format!("the charter declares no compartment `{unknown}`; it declares {}", declared.join(", "))));
        }
        if reason.trim().is_empty() {
            return Err(wrong("say why it cannot wait; a reviewer reads it".to_owned()));
        }
        let id = in_force.glasses.next_id();
        let event = GlassEvent::Requested { purpose: purpose.id, case: purpose.case, reason: reason.trim().to_owned(), opens: opens.to_vec() };
        let receipt = self.glass_event(who, access, query, &id, &format!("{id} requested"), &event)?;
        Ok((id, receipt))
    }

    /// Appends an event of an emergency access.
    pub(crate) fn glass_event(
        &self,
        who: &Who,
        access: &Access,
        query: &str,
        id: &str,
        outcome: &str,
        event: &GlassEvent,
    ) -> Result<crate::Receipt, ActionError> {
        let (subject, actor) = (id.to_owned(), who.actor.id.clone());
        let body = serde_json::to_string(event).map_err(|error| ActionError::BadInput(error.to_string()))?;
        let changed = self.change_rules(access, who, query, outcome, move |transaction| transaction.append_event(KIND, &subject, &actor, &body).map(drop))?;
        Ok(changed.receipt)
    }

    /// An emergency access as it stands now.
    pub(crate) fn glass_answer(&self, id: &str, receipt: crate::Receipt) -> Result<Answer<GlassView>, ActionError> {
        let now = self.now();
        let in_force = self.in_force();
        let days = in_force.charter.thresholds().break_glass_review_days;
        let value = in_force.glasses.get(id).map(|record| GlassView::of(record, now, days)).ok_or_else(|| no_glass(id))?;
        Ok(Answer { value, receipt })
    }
}

/// There is none with that id.
pub(crate) fn no_glass(id: &str) -> ActionError {
    ActionError::BadInput(format!("there is no emergency access `{id}`; `candour break-glass list` shows those there are"))
}
