//! Packages of npm, installed from the lock files in `xtask/tools`, and the settings in which tools are named to the tests.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::install::Steps;
use crate::lock::{self, Lock};
use crate::packages::Missing;
use crate::process;
use crate::system;
use crate::workspace::Workspace;

/// Settings for the tests' processes.
pub(crate) type Environment = Vec<(&'static str, OsString)>;

/// npm's names for what a set is asked for and for all that this brings, both of which `npm ci` reads.
const MANIFEST: &str = "package.json";
const LOCK: &str = "package-lock.json";

/// Packages that are installed together: the name of their folder in `xtask/tools`.
pub(crate) struct Set(pub(crate) &'static str);

impl Set {
    /// Where it is installed.
    pub(crate) fn folder(&self, workspace: &Workspace) -> PathBuf {
        workspace.npm_set(self.0)
    }

    fn lock(&self, workspace: &Workspace) -> Result<Lock, Failure> {
        Lock::read(workspace, &format!("{}/{LOCK}", self.0))
    }

    /// Its packages with their versions, as a reader wants them.
    pub(crate) fn title(&self, workspace: &Workspace) -> Result<String, Failure> {
        Ok(self.lock(workspace)?.npm_packages().join(", "))
    }

    /// A file or folder of it, below `node_modules`, if the set is installed in the committed versions.
    pub(crate) fn find(&self, workspace: &Workspace, entry: &str) -> Result<Option<PathBuf>, Failure> {
        let folder = self.folder(workspace);
        let place = folder.join("node_modules").join(entry);
        let is_current = self.lock(workspace)?.is_installed_in(&folder);
        Ok(Some(place).filter(|place| is_current && place.exists()))
    }

    /// Keeps other runs from it while the file lives.
    pub(crate) fn hold(&self, workspace: &Workspace) -> Result<File, Failure> {
        lock::hold(&self.folder(workspace))
    }

    /// Installs it in place of what was there, if `entry` of it then serves. No package runs anything of its own, and each is held
    /// against its hash.
    pub(crate) fn install(
        &self,
        workspace: &Workspace,
        entry: &str,
        serves: impl FnOnce(&Path) -> bool,
    ) -> Result<(), Failure> {
        let lock = self.lock(workspace)?;
        lock.install_in(&self.folder(workspace), |folder| {
            let own = lock.file().with_file_name(MANIFEST);
            let copies = [(own.as_path(), MANIFEST), (lock.file(), LOCK)];
            for (from, to) in copies {
                fs::copy(from, folder.join(to)).map_err(|error| {
                    Failure::new(format!("cannot copy {}", from.display()), error.to_string(), "")
                })?;
            }
            let mut command = workspace.command("npm");
            command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]).arg(folder);
            let log = workspace.tools().join(format!("logs/npm-{}.log", self.0));
            process::logged(&mut command, &log, lock::AGAIN)?;
            if serves(&folder.join("node_modules").join(entry)) {
                return Ok(());
            }
            let what = format!("{} does not serve", lock.npm_packages().join(", "));
            Err(Failure::new(what, format!("{entry} is not in it or does not run on this Node.js"), ""))
        })
    }

    /// Makes sure of it in one step, and says where `entry` is.
    pub(crate) fn ensure(
        &self,
        workspace: &Workspace,
        steps: &mut Steps,
        entry: &str,
    ) -> Result<PathBuf, Failure> {
        let title = self.title(workspace)?;
        let _held = self.hold(workspace)?;
        if let Some(place) = self.find(workspace, entry)? {
            steps.found(&title, &format!("found ({})", place.display()));
            return Ok(place);
        }
        steps.work(&title, "installing it from npm, under a minute", || {
            ensure_npm(workspace)?;
            self.install(workspace, entry, Path::exists)
        })?;
        Ok(self.folder(workspace).join("node_modules").join(entry))
    }
}

/// Debian's packages of Node.js and npm.
pub(crate) const PACKAGES: [&str; 2] = ["nodejs", "npm"];

/// Whether Node.js and npm are there.
pub(crate) fn has_npm(workspace: &Workspace) -> bool {
    absent(workspace, &["node", "npm"]).is_empty()
}

fn absent<'a>(workspace: &Workspace, programs: &[&'a str]) -> Vec<&'a str> {
    programs.iter().copied().filter(|name| workspace.which(name).is_none()).collect()
}

/// Makes sure of Node.js and npm.
pub(crate) fn ensure_npm(workspace: &Workspace) -> Result<(), Failure> {
    if !has_npm(workspace) && system::can_install() {
        system::apt_install(workspace, &PACKAGES)?;
    }
    if has_npm(workspace) {
        return Ok(());
    }
    Err(Failure::new("Node.js or npm is missing", "it is not on PATH", system::apt_command(&PACKAGES)))
}

/// What is missing of Node.js and npm. Where all of `sets` is installed already, npm is not needed.
pub(crate) fn missing(workspace: &Workspace, sets: &[&Set]) -> Option<Missing> {
    let installed =
        |set: &&Set| set.lock(workspace).is_ok_and(|lock| lock.is_installed_in(&set.folder(workspace)));
    let wanted: &[&str] = if sets.iter().all(installed) { &["node"] } else { &["node", "npm"] };
    let absent = absent(workspace, wanted);
    (!absent.is_empty()).then(|| Missing {
        why: format!("Node.js and npm: not on PATH: {}", absent.join(", ")),
        packages: PACKAGES.into(),
        instead: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_has_a_lock_file_that_pins_each_package_by_version_and_hash() {
        let workspace = Workspace::find();
        let folders = fs::read_dir(workspace.locks()).expect("the lock files").flatten();
        let mut seen = 0;
        for folder in folders.filter(|folder| folder.path().join(MANIFEST).is_file()) {
            let name: &'static str = folder.file_name().into_string().expect("a name").leak();
            let lock = Set(name).lock(&workspace).expect("a lock file");
            let packages = lock.npm_packages();
            assert!(!packages.is_empty(), "{name}");
            for package in packages {
                let (_, version) = package.split_once(' ').expect("a version");
                let numbers: Vec<&str> = version.split('.').collect();
                assert_eq!(numbers.len(), 3, "{package} of {name}");
                assert!(numbers.iter().all(|number| number.parse::<u32>().is_ok()), "{package} of {name}");
            }
            let text = fs::read_to_string(lock.file()).expect("readable");
            assert_eq!(
                text.matches("\"resolved\": ").count(),
                text.matches("\"integrity\": ").count(),
                "{name}"
            );
            seen += 1;
        }
        assert!(seen > 0);
    }
}
