//! Rebuilds the page while it is served: looks twice a second whether a source has changed.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::process;
use crate::release;
use crate::workspace::Workspace;

/// How often sources are looked at.
const PAUSE: Duration = Duration::from_millis(500);
/// What a page is made of.
const SOURCES: [&str; 6] = ["Cargo.toml", "Cargo.lock", "build.rs", "index.html", "src", "style"];

/// Builds the page into `folder` again whenever a source changes. What does not compile leaves the page as it is.
pub(super) fn rebuild(workspace: &Workspace, folder: &Path) {
    let mut before = state(workspace.root());
    loop {
        thread::sleep(PAUSE);
        let now = state(workspace.root());
        if now == before {
            continue;
        }
        before = now;
        println!("\nA source has changed: building.");
        match process::shown(&mut release::builder(workspace, "--dev", folder), "") {
            Ok(()) => println!("Built; the page loads itself again."),
            Err(failure) => println!("{failure}\nThe page stays as it was until the next change."),
        }
    }
}

/// How many sources there are, and when the last one changed. Whatever is written, added or removed changes one of them.
fn state(root: &Path) -> (usize, Option<SystemTime>) {
    SOURCES.iter().fold((0, None), |state, name| look(&root.join(name), state))
}

fn look(path: &Path, (count, latest): (usize, Option<SystemTime>)) -> (usize, Option<SystemTime>) {
    let Ok(data) = fs::metadata(path) else { return (count, latest) };
    let state = (count + 1, latest.max(data.modified().ok()));
    if !data.is_dir() {
        return state;
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.fold(state, |state, entry| look(&entry.path(), state))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    #[test]
    fn a_source_that_is_written_or_added_or_removed_is_noticed() {
        let root = std::env::temp_dir().join(format!("xtask-watch-{}", std::process::id()));
        let file = root.join("src/core/a.rs");
        fs::create_dir_all(root.join("src/core")).expect("a folder");
        fs::write(&file, "1").expect("written");
        let first = state(&root);
        assert_eq!(state(&root), first);
        let later = SystemTime::now() + Duration::from_secs(5);
        File::options().write(true).open(&file).and_then(|file| file.set_modified(later)).expect("touched");
        let written = state(&root);
        assert_ne!(written, first);
        fs::write(root.join("src/b.rs"), "1").expect("written");
        let added = state(&root);
        assert_ne!(added, written);
        fs::remove_file(root.join("src/b.rs")).expect("removed");
        assert_ne!(state(&root), added);
        fs::remove_dir_all(root).expect("removed");
    }
}
