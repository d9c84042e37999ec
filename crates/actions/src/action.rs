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
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
