//! Files of the home that only their owner may read.

use std::{fs, path::Path};

use crate::{error::ActionError, home::write_secret};

/// Puts a new text in the place of an old one. Whoever reads, even after a power cut, finds one or the other, whole.
pub(crate) fn replace_secret(path: &Path, text: &str) -> Result<(), ActionError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    write_secret(beside, text)?;
    fs::rename(beside, path).map_err(ActionError::file(path))?;
    // The new name is durable only with its folder. Where folders cannot be synchronised the old text may come back.
    if let Some(folder) = path.parent()
        && let Ok(folder) = fs::File::open(folder)
    {
        drop(folder.sync_all());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_replaced_whole_and_stays_its_owners() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        for text in ["a longer first text", "second"] {
            replace_secret(&path, text).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }
}
