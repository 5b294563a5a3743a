//! What Firefox compiles of itself at its first start, kept for the profiles that come after.
//!
//! Half of the start of a fresh profile is Firefox compiling its own scripts. Nothing of a page or of a user is among them, so a
//! profile that finds them there is as fresh as one that does not.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Where a profile has them.
const FOLDER: &str = "startupCache";

/// By what Firefox knows a profile for one of its own version, and does not throw them away.
const VERSION: &str = "compatibility.ini";

/// The files of the first profile that a Firefox has left in good order, by their paths in it.
static KEPT: OnceLock<Vec<(PathBuf, Vec<u8>)>> = OnceLock::new();

/// Keeps what the Firefox that has ended has left in its profile, if nothing is kept yet. Without it the next start is slower, and
/// that is all.
pub(super) fn keep(profile: &Path) {
    if KEPT.get().is_none()
        && let Ok(files) = read(profile)
    {
        // Two that end at once leave the same.
        let _ = KEPT.set(files);
    }
}

fn read(profile: &Path) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = vec![(VERSION.into(), fs::read(profile.join(VERSION))?)];
    for entry in fs::read_dir(profile.join(FOLDER))? {
        let entry = entry?;
        files.push((Path::new(FOLDER).join(entry.file_name()), fs::read(entry.path())?));
    }
    Ok(files)
}

/// Puts what is kept into a new profile.
pub(super) fn prepare(profile: &Path) -> io::Result<()> {
    let Some(files) = KEPT.get() else { return Ok(()) };
    fs::create_dir_all(profile.join(FOLDER))?;
    files.iter().try_for_each(|(path, bytes)| fs::write(profile.join(path), bytes))
}
