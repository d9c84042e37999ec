//! The command line: global options and the list of commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::commands;

/// An open, accountable criminal-intelligence platform.
///
/// Everything is done for a declared purpose, and every look and every change is recorded in a ledger that outsiders can
/// verify.
#[derive(Debug, Parser)]
#[command(name = "candour", version, propagate_version = true, after_help = EXAMPLES, max_term_width = 120)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "Examples:
  candour init --home home --org 'Harrow City'
  candour import records/ --mapping mapping.yml --home home --as analyst --purpose demo
  candour search 'jane smith' --home home --as analyst --purpose demo
  candour ledger publish log/ --home home --as overseer
  candour verify log/ --key 'VKEY'

Exit codes: 0 done; 1 failed; 2 wrong usage or unreadable input; 3 refused by the charter; 4 verification failed.";

/// Options that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Globals {
    /// The home: a folder that holds store, keys, charter and index. [default: candour-home]
    #[arg(long, global = true, env = "CANDOUR_HOME", hide_env_values = true, value_name = "DIR")]
    home: Option<PathBuf>,
    /// Who acts. In an example home a name is enough.
    #[arg(long = "as", global = true, env = "CANDOUR_AS", hide_env_values = true, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,
    /// For what: the id of a purpose that the charter declares.
    #[arg(long, global = true, env = "CANDOUR_PURPOSE", hide_env_values = true, value_name = "PURPOSE")]
    pub(crate) purpose: Option<String>,
    /// Reference of the case, where the purpose asks for one.
    #[arg(long, global = true, env = "CANDOUR_CASE", hide_env_values = true, value_name = "REFERENCE")]
    pub(crate) case: Option<String>,
    /// Reason in words, where the purpose asks for one.
    #[arg(long, global = true, env = "CANDOUR_REASON", hide_env_values = true, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// Id of the mandate under which it is asked, where the purpose or the data ask for one.
    #[arg(long, global = true, env = "CANDOUR_MANDATE", hide_env_values = true, value_name = "ID")]
    pub(crate) mandate: Option<String>,
    /// Write the receipt of the answer into a file, for `candour verify`.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) keep_receipt: Option<PathBuf>,
    /// Print one JSON document on standard output.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print nothing but the result.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

impl Globals {
    /// The home that is meant.
    pub(crate) fn home(&self) -> PathBuf {
        self.home_or("candour-home")
    }

    /// The home that is meant, with another default.
    pub(crate) fn home_or(&self, default: &str) -> PathBuf {
        self.home.clone().unwrap_or_else(|| PathBuf::from(default))
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a home: store, keys, default charter, example people.
    Init(commands::init::Init),
    /// Make, load and serve an invented town.
    Demo(commands::demo::Demo),
    /// Serve the workspace and the HTTP interface of a home.
    Serve(commands::serve::Serve),
    /// Take files and folders in.
    Import(commands::import::Import),
    /// Find mentions in text; stores nothing.
    Extract(commands::extract::Extract),
    /// Find duplicates: merge the likely ones as proposed, queue the rest.
    Resolve(commands::resolve::Resolve),
    /// Say whether two records are the same.
    Judge(commands::judge::Judge),
    /// Take a record out of its cluster.
    Split(commands::split::Split),
    /// Show what speaks for and against two records being the same.
    Explain(commands::explain::Explain),
    /// Find which records of a file are of the same thing; needs no home.
    Dedupe(commands::dedupe::Dedupe),
    /// Find which records of two files are of the same thing; needs no home.
    Link(commands::link::Link),
    /// Score pairs of names; needs no home.
    Names(commands::names::Names),
    /// Screen names against a list; needs no home.
    Screen(commands::screen::Screen),
    /// Look for words.
    Search(commands::search::Search),
    /// Show everything visible about one thing.
    Entity(commands::entity::Entity),
    /// Show what a thing is linked with.
    Neighbours(commands::neighbours::Neighbours),
    /// Show how two things are linked.
    Path(commands::path::Path),
    /// Show events in order of time.
    Timeline(commands::timeline::Timeline),
    /// Hand evidence to somebody outside; recorded as a disclosure.
    Export(commands::export::Export),
    /// What is due for review, and what is decided of it.
    Review(commands::review::Review),
    /// Restrict what is held on a record, or lift the restriction.
    Restrict(commands::restrict::Restrict),
    /// Destroy what is held on a record.
    Erase(commands::erase::Erase),
    /// Show who was handed what is held on a thing.
    Disclosures(commands::disclosures::Disclosures),
    /// The ledger: state, proofs, public files.
    Ledger(commands::ledger::Ledger),
    /// Verify a published ledger; needs no home.
    Verify(commands::verify::Verify),
    /// Cosign the checkpoints of somebody's ledger as long as it only grows; needs no home.
    Witness(commands::witness::Witness),
    /// The charter: check, show, compare and sign it, put it into force.
    Charter(commands::charter::Charter),
    /// Keys of an authority: make one, show its verifier key; needs no home.
    Key(commands::key::Key),
    /// Mandates: what the authority permits for a while.
    Mandate(commands::mandate::Mandate),
    /// Emergency access with a second person, for an hour.
    BreakGlass(commands::break_glass::BreakGlass),
    /// The journal: who looked at what, and why.
    Journal(commands::journal::Journal),
    /// How the system is used: state of the log, usage, unexplained accesses, samples.
    Oversee(commands::oversee::Oversee),
    /// Who has an account: list, add, change, end, link.
    People(commands::people::People),
    /// Tokens for your own programs: issue, list, revoke.
    Token(commands::token::Token),
    /// Public contracts.
    Gate(commands::gate::Gate),
    /// Print completions for a shell.
    Completions(commands::completions::Completions),
    /// Write manual pages into a folder.
    Man(commands::man::Man),
}
