//! A home on disk: where its parts lie, what it is called and whose it is.

use std::{
    fs,
    path::{Path, PathBuf},
};

use candour_charter::Charter;
use candour_ledger::{Note, SigningKey};
use candour_store::Outside;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// What a new home needs to know.
#[derive(Debug, Clone)]
pub struct NewHome {
    /// Name of the organisation.
    pub organisation: String,
    /// Whether `--as` may stand for a signed-in person.
    pub example: bool,
    /// Free text that tells how the home was made, such as the seed of a demonstration town.
    pub made_by: String,
}

/// `home.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HomeFile {
    pub(crate) organisation: String,
    /// Origin line of the log's checkpoints.
    pub(crate) origin: String,
    /// An example home trusts the name given with `--as`; a production home asks for a token.
    pub(crate) example: bool,
    #[serde(default)]
    pub(crate) made_by: String,
}

/// A home that exists.
#[derive(Debug, Clone)]
pub struct Home {
    path: PathBuf,
    file: HomeFile,
}

impl Home {
    /// Makes the folder, its keys, its signed charter and its `home.toml`. `outside` gives the time and the randomness of the
    /// keys.
    pub(crate) fn make(path: &Path, new: &NewHome, outside: &Outside) -> Result<(Self, Charter, Note), ActionError> {
        // Without a store nothing was ever kept in it: a home whose making was broken off, by a full disk for one.
        if path.join("home.toml").exists() && path.join("candour.db").exists() {
            return Err(ActionError::Store(candour_store::StoreError::HomeExists(path.to_owned())));
        }
        if new.organisation.trim().is_empty() {
            return Err(ActionError::BadInput("the organisation has no name; give one with `--org NAME`".to_owned()));
        }
        let file = HomeFile { organisation: new.organisation.clone(), origin: origin(&new.organisation), example: new.example, made_by: new.made_by.clone() };
        let home = Self { path: path.to_owned(), file };
        for folder in [path.to_owned(), home.keys(), home.charter(), home.rejects()] {
            fs::create_dir_all(&folder).map_err(ActionError::file(&folder))?;
        }
        let (charter, note) = home.make_charter(outside)?;
        // The key of a making that was broken off is as good as a new one, and may be the only one of its kind.
        let key = match home.log_key() {
            Ok(key) if key.name() == home.file.origin => key,
            _ => SigningKey::generate(&home.file.origin, drawn(outside)).map_err(candour_store::StoreError::from)?,
        };
        write_secret(&home.log_key_file(), &key.to_private_text())?;
        let public = home.keys().join("log.vkey");
        fs::write(&public, format!("{}\n", key.vkey())).map_err(ActionError::file(&public))?;
        let text = toml::to_string(&home.file).map_err(|error| ActionError::damaged(path, error))?;
        let file = path.join("home.toml");
        fs::write(&file, text).map_err(ActionError::file(&file))?;
        Ok((home, charter, note))
    }

    /// Writes the shipped charter for the organisation and signs it with keys of an authority that is made here: one in an
    /// example home, three of which two must sign in a production home, where they go to three people and leave the machine.
    fn make_charter(&self, outside: &Outside) -> Result<(Charter, Note), ActionError> {
        let (count, threshold) = if self.is_example() { (1, 1) } else { (3, 2) };
        let place = self.file.origin.trim_end_matches("/log");
        let make = |number| SigningKey::generate(&format!("{place}/authority-{number}"), drawn(outside)).map_err(candour_store::StoreError::from);
        let keys = (1..=count).map(make).collect::<Result<Vec<_>, _>>()?;
        let public: Vec<String> = keys.iter().map(SigningKey::vkey).collect();
        for (name, text) in candour_charter::shipped_for(self.organisation(), &public, threshold, outside.now()) {
            let file = self.charter().join(&name);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder).map_err(ActionError::file(folder))?;
            }
            fs::write(&file, text).map_err(ActionError::file(&file))?;
        }
        for (number, key) in (1..).zip(&keys) {
            write_secret(&self.authority_key_file(number), &key.to_private_text())?;
        }
        let charter = Charter::load(&self.charter())?;
        let (first, others) = keys.split_first().ok_or_else(|| ActionError::BadInput("an authority has keys".to_owned()))?;
        let mut note = Note::sign(&charter.statement(), first).map_err(candour_store::StoreError::from)?;
        for key in others {
            note.add_signature(key).map_err(candour_store::StoreError::from)?;
        }
        let file = self.charter().join("charter.note");
        fs::write(&file, note.to_string()).map_err(ActionError::file(&file))?;
        Ok((charter, note))
    }

    /// Where `init` leaves a key of the authority for whoever is to hold it; from 1.
    #[must_use]
    pub fn authority_key_file(&self, number: usize) -> PathBuf {
        self.keys().join(format!("authority-{number}.key"))
    }

    /// Reads an existing home's `home.toml`.
    pub(crate) fn read(path: &Path) -> Result<Self, ActionError> {
        let file = path.join("home.toml");
        if !file.exists() {
            return Err(ActionError::Store(candour_store::StoreError::NoHome(path.to_owned())));
        }
        let text = fs::read_to_string(&file).map_err(ActionError::file(&file))?;
        let parsed = toml::from_str(&text).map_err(|error| ActionError::damaged(&file, error))?;
        Ok(Self { path: path.to_owned(), file: parsed })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Name of the organisation.
    #[must_use]
    pub fn organisation(&self) -> &str {
        &self.file.organisation
    }

    /// Whether `--as` may stand for a signed-in person here.
    #[must_use]
    pub fn is_example(&self) -> bool {
        self.file.example
    }

    /// How it was made.
    #[must_use]
    pub fn made_by(&self) -> &str {
        &self.file.made_by
    }

    pub(crate) fn origin(&self) -> &str {
        &self.file.origin
    }

    pub(crate) fn log_key(&self) -> Result<SigningKey, ActionError> {
        let file = self.log_key_file();
        let text = fs::read_to_string(&file).map_err(ActionError::file(&file))?;
        SigningKey::parse(text.trim()).map_err(|error| ActionError::damaged(&file, error))
    }

    pub(crate) fn charter(&self) -> PathBuf {
        self.path.join("charter")
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.path.join("index")
    }

    pub(crate) fn rejects(&self) -> PathBuf {
        self.path.join("rejects")
    }

    pub(crate) fn people(&self) -> PathBuf {
        self.path.join("people.toml")
    }

    fn keys(&self) -> PathBuf {
        self.path.join("keys")
    }

    fn log_key_file(&self) -> PathBuf {
        self.keys().join("log.key")
    }
}

/// `candour.invalid/<organisation>/log`: an origin must be unique to the log, and no organisation's domain is known here.
fn origin(organisation: &str) -> String {
    let mapped: String = organisation.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let words: Vec<&str> = mapped.split('-').filter(|word| !word.is_empty()).collect();
    let name = if words.is_empty() { "home".to_owned() } else { words.join("-") };
    format!("candour.invalid/{name}/log")
}

/// 32 bytes of randomness.
fn drawn(outside: &Outside) -> [u8; 32] {
    let mut seed = [0; 32];
    (outside.random)(&mut seed);
    seed
}

/// Writes a file that only its owner may read.
pub(crate) fn write_secret(path: &Path, text: &str) -> Result<(), ActionError> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(ActionError::file(path))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(ActionError::file(path))
}

#[cfg(test)]
mod tests {
    #[test]
    fn origins_are_made_of_the_organisations_name() {
        for (name, expected) in
            [("Harrow Mere City", "candour.invalid/harrow-mere-city/log"), ("  ", "candour.invalid/home/log"), ("A&B", "candour.invalid/a-b/log")]
        {
            assert_eq!(super::origin(name), expected);
        }
    }
}
