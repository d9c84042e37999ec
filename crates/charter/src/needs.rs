//! What the program itself demands of an action, whatever schema and policies say.

/// Actions that touch neither evidence nor journal. Every other one is refused without a purpose.
const WITHOUT_PURPOSE: &[&str] = &[
    "break_glass_list",
    "charter_adopt",
    "charter_show",
    "issue_token",
    "ledger_publish",
    "ledger_status",
    "mandate_draft",
    "mandate_list",
    "mandate_revoke",
    "mandate_sign",
    "manage_people",
];

/// Actions that need a purpose and open no evidence: whoever checks must be able to when a charter has run out, and
/// break-glass access is asked for because there is no mandate.
const AROUND_EVIDENCE: &[&str] = &["break_glass_approve", "break_glass_request", "break_glass_review", "oversee", "read_journal"];

/// Actions whose answer the program holds back until witnesses have cosigned its entry, where the charter says so: what reads,
/// what hands evidence out, and the approval of an emergency access. A change of the home is durable before any witness
/// could be asked.
const CAN_WAIT: &[&str] = &[
    "break_glass_approve",
    "break_glass_list",
    "charter_show",
    "disclosures",
    "explain",
    "export",
    "ledger_publish",
    "ledger_status",
    "mandate_list",
    "neighbours",
    "open_entity",
    "oversee",
    "path",
    "read_journal",
    "review_list",
    "search",
    "timeline",
];

/// Whether an answer can be held back until witnesses have cosigned.
pub(crate) fn can_wait(action: &str) -> bool {
    CAN_WAIT.contains(&action)
}

/// Whether an action needs a purpose.
pub(crate) fn needs_purpose(action: &str) -> bool {
    !WITHOUT_PURPOSE.contains(&action)
}

/// Whether an action opens or changes evidence. An action that this program has never heard of does.
pub(crate) fn touches_evidence(action: &str) -> bool {
    needs_purpose(action) && !AROUND_EVIDENCE.contains(&action)
}
