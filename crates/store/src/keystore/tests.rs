//! Keys come and go, one file each, readable by nobody else.

use tempfile::TempDir;

use super::*;

fn keystore(home: &Path) -> Keystore {
    let drawn = AtomicU64::new(1);
    let random = move |bytes: &mut [u8]| bytes.fill(u8::try_from(drawn.fetch_add(1, Ordering::Relaxed)).unwrap());
    Keystore::open(home, Outside::new(|| 0, random)).unwrap()
}

#[test]
fn a_key_is_made_found_again_and_destroyed() {
    let home = TempDir::new().unwrap();
    let first = keystore(home.path());
    let (a, b) = (first.create_next().unwrap(), first.create_next().unwrap());
    assert_eq!((a.no(), b.no()), (0, 1));
    assert_ne!(a.check(), b.check());
    let again = keystore(home.path());
    assert_eq!(again.numbers().unwrap(), [0, 1]);
    assert_eq!(again.key(0).unwrap().check(), a.check());
    again.destroy(0).unwrap();
    again.destroy(0).unwrap();
    assert!(matches!(again.key(0), Err(StoreError::KeyLost { segment: 0, .. })));
    assert_eq!(again.numbers().unwrap(), [1]);
    // A number is not given again while a later one is known.
    assert_eq!(again.create_next().unwrap().no(), 2);
}

#[test]
fn a_key_that_was_not_finished_is_gone_and_what_is_no_key_is_called_so() {
    let home = TempDir::new().unwrap();
    drop(keystore(home.path()));
    let folder = home.path().join(FOLDER);
    fs::write(folder.join("000000000004.new"), "half").unwrap();
    fs::write(folder.join("000000000003.key"), "candour-segment-key/v1\nabc\n").unwrap();
    let again = keystore(home.path());
    assert!(!folder.join("000000000004.new").exists());
    assert!(again.key(3).err().unwrap().to_string().contains("holds no key"));
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = TempDir::new().unwrap();
    let keystore = keystore(home.path());
    keystore.create_next().unwrap();
    keystore.set_high_water("a checkpoint\n").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.path().join(FOLDER)), 0o700);
    for file in fs::read_dir(home.path().join(FOLDER)).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
    assert_eq!(keystore.high_water().unwrap().as_deref(), Some("a checkpoint\n"));
}
