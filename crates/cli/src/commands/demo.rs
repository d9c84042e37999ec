//! `candour demo`: makes, loads and serves an invented town.

use std::{
    collections::BTreeMap,
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    time::Instant,
};

use candour_actions::{Desk, ImportRequest, Imported, NewHome, Purpose, ResolveRequest, Who};
use candour_town::{Form, NAME, Size, Town, Written};
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::serve;
use crate::{Outcome, args::Globals, failure::Failure, outside, printing};

/// Where the demonstration lives unless `--home` says otherwise.
const HOME: &str = "candour-demo";

/// Arguments of `demo`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candour demo --port 8460

Everything in the town is invented: people, addresses, telephones, companies, offences, reports, contracts.")]
pub(crate) struct Demo {
    /// Port; 0 takes a free one.
    #[arg(long, default_value_t = 8460, value_name = "N")]
    port: u16,
    /// Another seed makes another town.
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Make and load the town, but do not serve it.
    #[arg(long)]
    no_serve: bool,
}

/// What was loaded; kept beside the town's files so that a second start need not load it again.
#[derive(Serialize, Deserialize)]
struct Loaded {
    counts: BTreeMap<String, u64>,
}

impl Demo {
    pub(crate) fn run(&self, globals: &Globals) -> Outcome {
        let home = globals.home_or(HOME);
        let desk = self.open(&home)?;
        let folder = home.join("town");
        let done = folder.join("loaded.json");
        let loaded = match fs::read(&done).ok().and_then(|text| serde_json::from_slice(&text).ok()) {
            Some(loaded) => loaded,
            None => self.load(globals, &desk, &folder, &done)?,
        };
        desk.warm()?;
        if self.no_serve {
            let links = serve::sign_in_links(&desk, "http://127.0.0.1:8460")?;
            let value = json!({ "home": home, "url": null, "sign_in": links, "counts": loaded.counts });
            return printing::result(globals, &value, || {
                format!("the town of {NAME} is in `{}`; serve it with: candour demo --home {}", home.display(), home.display())
            });
        }
        serve::serve(globals, desk, SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)), candour_server::Options::default(), |globals, desk, url| {
            let links = serve::sign_in_links(desk, url)?;
            let value = json!({ "home": home, "url": url, "sign_in": links, "counts": loaded.counts });
            printing::result(globals, &value, || format!("the invented town of {NAME}, in `{}`\n{}", home.display(), serve::words(url, &links)))
        })
    }

    fn open(&self, home: &Path) -> Result<Desk, Failure> {
        let made_by = format!("demo seed {}", self.seed);
        if !home.join("home.toml").exists() {
            let new = NewHome { organisation: format!("{NAME} City"), example: true, made_by };
            return Ok(Desk::init(home, &new, outside::real()?)?);
        }
        let desk = Desk::open(home, outside::real()?)?;
        if desk.home().made_by() != made_by {
            let what = desk.home().made_by().to_owned();
            return Err(Failure::Usage(format!(
                "`{}` is a home made by `{what}`, not by `{made_by}`; give another `--home`, or serve it with `candour serve`",
                home.display()
            )));
        }
        Ok(desk)
    }

    fn load(&self, globals: &Globals, desk: &Desk, folder: &Path, done: &Path) -> Result<Loaded, Failure> {
        let started = Instant::now();
        printing::note(globals, &format!("making the invented town of {NAME} (seed {})", self.seed));
        let written = Town::generate(self.seed, &Size::default()).write(folder).map_err(|error| Failure::Failed(error.to_string()))?;
        let who = |actor: &str| -> Result<Who, Failure> { Ok(Who { actor: desk.person(actor)?.actor(), purpose: Some(Purpose::plain("demo")) }) };
        let imported = import_all(desk, &who("analyst")?, &written)?;
        printing::note(
            globals,
            &format!("loaded {} entities and {} statements in {:.1} s", imported.entities, imported.statements, started.elapsed().as_secs_f64()),
        );
        let resolved = desk.resolve(&who("reviewer")?, &ResolveRequest::default())?.value;
        printing::note(globals, &format!("found {} pairs of records alike in {:.1} s", resolved.pairs, resolved.seconds));
        let mut counts: BTreeMap<String, u64> =
            written.counts.iter().map(|(name, count)| ((*name).to_owned(), u64::try_from(*count).unwrap_or_default())).collect();
        counts.insert("entities".to_owned(), imported.entities);
        counts.insert("links".to_owned(), imported.links);
        counts.insert("statements".to_owned(), imported.statements);
        counts.insert("rejected".to_owned(), imported.rejected);
        counts.insert("clusters".to_owned(), resolved.clusters);
        let loaded = Loaded { counts };
        let text = serde_json::to_string_pretty(&loaded).map_err(|error| Failure::Failed(error.to_string()))?;
        fs::write(done, text).map_err(|error| Failure::Failed(format!("`{}`: {error}", done.display())))?;
        Ok(loaded)
    }
}

fn import_all(desk: &Desk, who: &Who, written: &Written) -> Result<Imported, Failure> {
    let mut sum = Imported::default();
    for import in written.imports.iter().filter(|import| import.form != Form::Contracts) {
        let request = ImportRequest {
            paths: import.paths.clone(),
            mapping: import.mapping.clone(),
            dataset: import.dataset.map(str::to_owned),
            marking: import.marking.map(str::to_owned),
            grade: None,
            lawful_basis: "invented for a demonstration".to_owned(),
        };
        let done = desk.import(who, &request, &mut |_| ())?.value;
        sum.entities += done.entities;
        sum.links += done.links;
        sum.statements += done.statements;
        sum.rejected += done.rejected;
    }
    Ok(sum)
}
