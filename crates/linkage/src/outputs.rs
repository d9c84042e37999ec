//! What a run writes: pairs, clusters, model, report. A file bears its name only once it is whole.

mod clusters;
mod model;
mod numbers;
mod pairs;
mod part;

use std::{
    fs,
    path::{Path, PathBuf},
};

use candour_resolve::Linkage;

use crate::{
    error::LinkageError,
    input::{Input, Sides},
    report,
    spec::Spec,
};
pub(crate) use part::Part;

/// The files, in the order in which they are written.
const FILES: [&str; 4] = ["pairs.csv", "clusters.csv", "model.json", "report.html"];

/// A folder that results go to.
#[derive(Debug)]
pub struct Outputs {
    folder: PathBuf,
    /// Files of an earlier run that are replaced.
    pub replaced: Vec<&'static str>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Pairs.
    pub pairs: u64,
    /// Clusters, those of one record among them.
    pub clusters: u64,
}

impl Outputs {
    /// Makes the folder, and sees what is in it: before anything is resolved, so that nothing is resolved for nothing.
    ///
    /// # Errors
    /// If it cannot be made, or what would be replaced is a file that is read.
    pub fn open(folder: &Path, sides: &Sides, spec: &Spec) -> Result<Self, LinkageError> {
        fs::create_dir_all(folder).map_err(LinkageError::unwritten(folder))?;
        let mut read: Vec<&Path> = vec![spec.path()];
        match sides {
            Sides::One(file) => read.push(file),
            Sides::Two(left, right) => read.extend([left.as_path(), right.as_path()]),
        }
        let mut replaced = Vec::new();
        for name in FILES {
            let path = folder.join(name);
            if !path.exists() {
                continue;
            }
            let same = |other: &&Path| other.canonicalize().ok().zip(path.canonicalize().ok()).is_some_and(|(left, right)| left == right);
            if read.iter().any(same) {
                return Err(LinkageError::Output { path, what: "is read from".to_owned(), remedy: "choose another folder" });
            }
            replaced.push(name);
        }
        Ok(Self { folder: folder.to_owned(), replaced })
    }

    /// Writes everything.
    ///
    /// # Errors
    /// If the disk does not take it; then no file has been replaced.
    pub fn write(&self, spec: &Spec, input: &Input, linkage: &Linkage) -> Result<Written, LinkageError> {
        let mut parts = Vec::new();
        let [to_pairs, to_clusters, to_model, to_report] = FILES.map(|name| self.folder.join(name));
        let (part, pairs) = pairs::write(Part::create(to_pairs)?, input, linkage)?;
        parts.push(part);
        let (part, clusters) = clusters::write(Part::create(to_clusters)?, input, linkage)?;
        parts.push(part);
        parts.push(model::write(Part::create(to_model)?, spec, linkage)?);
        parts.push(report::write(Part::create(to_report)?, spec, input, linkage)?);
        parts.into_iter().try_for_each(Part::finish)?;
        Ok(Written { pairs, clusters })
    }
}
