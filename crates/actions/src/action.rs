//! The names of all things a person may do. One name runs through the house: Cedar action, file, route, command,
//! ledger kind, test.

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// A thing a person may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name used everywhere.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

actions! {
    /// Take records in.
    Import = "import",
    /// Find duplicates.
    Resolve = "resolve",
    /// Say whether two records are the same.
    Judge = "judge",
    /// Undo a merge.
    Split = "split",
    /// Show why two records match.
    Explain = "explain",
    /// Look for words.
    Search = "search",
    /// See everything about one thing.
    OpenEntity = "open_entity",
    /// See what a thing is linked with.
    Neighbours = "neighbours",
    /// Find how two things are linked.
    Path = "path",
    /// See events in order of time.
    Timeline = "timeline",
    /// Hand evidence to somebody outside.
    Export = "export",
    /// Read the private journal.
    ReadJournal = "read_journal",
    /// See the state of the log.
    LedgerStatus = "ledger_status",
    /// Write the log's public files.
    LedgerPublish = "ledger_publish",
    /// Read the charter in force.
    CharterShow = "charter_show",
    /// Put a signed charter into force.
    CharterAdopt = "charter_adopt",
    /// Write a mandate down, for others to sign.
    MandateDraft = "mandate_draft",
    /// Add signatures to a mandate.
    MandateSign = "mandate_sign",
    /// End a mandate before its time.
    MandateRevoke = "mandate_revoke",
    /// See which mandates there are.
    MandateList = "mandate_list",
    /// Ask for emergency access.
    BreakGlassRequest = "break_glass_request",
    /// Grant somebody else's emergency access.
    BreakGlassApprove = "break_glass_approve",
    /// Close the review of an emergency access.
    BreakGlassReview = "break_glass_review",
    /// See which emergency accesses there were.
    BreakGlassList = "break_glass_list",
    /// See what is due for review.
    ReviewList = "review_list",
    /// Decide whether something is kept.
    ReviewDecide = "review_decide",
    /// Destroy what is held on one thing.
    Erase = "erase",
    /// Restrict what is held on one thing, or lift the restriction.
    Restrict = "restrict",
    /// See who was handed what is held on one thing.
    Disclosures = "disclosures",
    /// Watch over how the system is used.
    Oversee = "oversee",
    /// Add, change and end people's accounts.
    ManagePeople = "manage_people",
    /// Make a token for a program of one's own.
    IssueToken = "issue_token",
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
