//! One file per command.

pub(crate) mod break_glass;
pub(crate) mod charter;
pub(crate) mod completions;
pub(crate) mod dedupe;
pub(crate) mod demo;
pub(crate) mod disclosures;
pub(crate) mod entity;
pub(crate) mod erase;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod gate;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod journal;
pub(crate) mod judge;
pub(crate) mod key;
pub(crate) mod ledger;
pub(crate) mod link;
pub(crate) mod man;
pub(crate) mod mandate;
pub(crate) mod names;
pub(crate) mod neighbours;
pub(crate) mod oversee;
pub(crate) mod path;
pub(crate) mod people;
pub(crate) mod resolve;
pub(crate) mod restrict;
pub(crate) mod review;
pub(crate) mod screen;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod split;
pub(crate) mod timeline;
pub(crate) mod token;
pub(crate) mod verify;
pub(crate) mod witness;

use crate::{
    Outcome,
    args::{Cli, Command},
};

/// Does what the command line says.
pub(crate) fn run(cli: &Cli) -> Outcome {
    let globals = &cli.globals;
    match &cli.command {
        Command::Init(command) => command.run(globals),
        Command::Demo(command) => command.run(globals),
        Command::Serve(command) => command.run(globals),
        Command::Import(command) => command.run(globals),
        Command::Extract(command) => command.run(globals),
        Command::Resolve(command) => command.run(globals),
        Command::Judge(command) => command.run(globals),
        Command::Split(command) => command.run(globals),
        Command::Explain(command) => command.run(globals),
        Command::Dedupe(command) => command.run(globals),
        Command::Link(command) => command.run(globals),
        Command::Names(command) => command.run(globals),
        Command::Screen(command) => command.run(globals),
        Command::Search(command) => command.run(globals),
        Command::Entity(command) => command.run(globals),
        Command::Neighbours(command) => command.run(globals),
        Command::Path(command) => command.run(globals),
        Command::Timeline(command) => command.run(globals),
        Command::Export(command) => command.run(globals),
        Command::Review(command) => command.run(globals),
        Command::Restrict(command) => command.run(globals),
        Command::Erase(command) => command.run(globals),
        Command::Disclosures(command) => command.run(globals),
        Command::Ledger(command) => command.run(globals),
        Command::Verify(command) => command.run(globals),
        Command::Witness(command) => command.run(globals),
        Command::Charter(command) => command.run(globals),
        Command::Key(command) => command.run(globals),
        Command::Mandate(command) => command.run(globals),
        Command::BreakGlass(command) => command.run(globals),
        Command::Journal(command) => command.run(globals),
        Command::Oversee(command) => command.run(globals),
        Command::People(command) => command.run(globals),
        Command::Token(command) => command.run(globals),
        Command::Gate(command) => command.run(globals),
        Command::Completions(command) => command.run(globals),
        Command::Man(command) => command.run(globals),
    }
}
