//! The tests' Python: Mistral's own SDK, which the mock is held against, and Locust, which runs an exported workload. Both come
//! from the lock file in `xtask/tools/python`, into an environment of their own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::install::Steps;
use crate::lock::{self, Lock};
use crate::packages::Missing;
use crate::process;
use crate::system;
use crate::version::Version;
use crate::workspace::Workspace;

const LOCK: &str = "python/requirements.txt";

/// The oldest Python that the lock file is made for.
const OLDEST: &str = "3.11";

/// Debian ships venv as a package of its own.
const PACKAGES: [&str; 2] = ["python3", "python3-venv"];

/// Makes sure of them, in one step, and says where their Python is.
pub(crate) fn ensure(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    let lock = Lock::read(workspace, LOCK)?;
    let folder = folder(workspace);
    let (sdk, locust) = (lock.python_package("mistralai"), lock.python_package("locust"));
    let what = format!("{sdk} (Mistral's Python SDK), {locust}");
    let _held = lock::hold(&folder)?;
    if is_installed(workspace, &lock) {
        steps.found(&what, &format!("found ({})", folder.display()));
        return Ok(python(&folder));
    }
    steps.work(&what, "installing them from PyPI, about 30 seconds", || {
        let base = base(workspace)?;
        lock.install_in(&folder, |folder| install(workspace, &base, folder, lock.file()))
    })?;
    Ok(python(&folder))
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.tools().join("python")
}

fn python(folder: &Path) -> PathBuf {
    folder.join("bin/python")
}

/// An environment looks for its packages below the version of the Python that it was made with: once that of the system is
/// another one, they are all there and none is found.
fn is_installed(workspace: &Workspace, lock: &Lock) -> bool {
    let folder = folder(workspace);
    let mut imports = workspace.command(python(&folder));
    imports.args(["-c", "import mistralai, locust"]);
    lock.is_installed_in(&folder) && imports.output().is_ok_and(|output| output.status.success())
}

/// Every file is held against its hash, and none is built here: building runs what a package brings.
fn install(workspace: &Workspace, base: &Path, folder: &Path, lock: &Path) -> Result<(), Failure> {
    let log = |name: &str| workspace.tools().join("logs").join(name);
    let mut venv = workspace.command(base);
    venv.args(["-m", "venv"]).arg(folder);
    process::logged(&mut venv, &log("venv.log"), lock::AGAIN)?;
    let mut pip = workspace.command(python(folder));
    pip.args(["-m", "pip", "install", "--no-input", "--disable-pip-version-check"]);
    pip.args(["--require-hashes", "--only-binary", ":all:", "-r"]).arg(lock);
    process::logged(&mut pip, &log("pip.log"), lock::AGAIN)?;
    let mut imports = workspace.command(python(folder));
    imports.args(["-c", "import mistralai, locust"]);
    process::logged(&mut imports, &log("python.log"), lock::AGAIN)?;
    leave_python_alone(&folder.join("bin"))
        .map_err(|error| Failure::new(format!("cannot write to {}", folder.display()), error.to_string(), ""))
}

/// Removes all other programs: they name the folder that they were written into, which gets another name. What is installed is
/// run by `python -m`.
fn leave_python_alone(programs: &Path) -> io::Result<()> {
    for entry in fs::read_dir(programs)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with("python") {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// A Python that is new enough and can make environments.
fn base(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let able = candidates(workspace).into_iter().find(|place| objection(workspace, place).is_none());
    able.ok_or_else(|| {
        Failure::new("there is no Python for the tests", seen(workspace), system::apt_command(&PACKAGES))
    })
}

/// What is missing of Python, unless nothing has to be installed with it.
pub(crate) fn missing(workspace: &Workspace) -> Option<Missing> {
    let installed = Lock::read(workspace, LOCK).is_ok_and(|lock| is_installed(workspace, &lock));
    if installed || base(workspace).is_ok() {
        return None;
    }
    Some(Missing {
        why: seen(workspace),
        packages: PACKAGES.into(),
        instead: format!("or put a python3 of {OLDEST} or newer first on PATH"),
    })
}

/// Why none will do.
fn seen(workspace: &Workspace) -> String {
    let objections = candidates(workspace).into_iter().filter_map(|place| objection(workspace, &place));
    let seen = objections.collect::<Vec<_>>().join(", ");
    let seen = if seen.is_empty() { "there is no python3 on PATH".to_owned() } else { seen };
    format!("Python {OLDEST} or newer with its module venv, for Mistral's SDK and Locust: {seen}")
}

fn candidates(workspace: &Workspace) -> Vec<PathBuf> {
    let system = Some(PathBuf::from("/usr/bin/python3")).filter(|place| place.is_file());
    let mut places: Vec<PathBuf> = workspace.which("python3").into_iter().chain(system).collect();
    places.dedup();
    places
}

/// Why this Python will not do.
fn objection(workspace: &Workspace, place: &Path) -> Option<String> {
    let version = workspace.version_of(place);
    let has_venv = workspace.command(place).args(["-c", "import ensurepip"]).output();
    judge(version.as_ref(), has_venv.is_ok_and(|output| output.status.success()))
        .map(|why| format!("{}: {why}", place.display()))
}

fn judge(version: Option<&Version>, has_venv: bool) -> Option<String> {
    let Some(version) = version else { return Some("it does not run".to_owned()) };
    if Some(version) < Version::first_in(OLDEST).as_ref() {
        return Some(format!("it is Python {version}"));
    }
    (!has_venv).then(|| "it lacks the module ensurepip, which venv needs".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_python_is_refused_for_a_reason_that_is_told() {
        let version = |text| Version::first_in(text);
        assert_eq!(judge(version("Python 3.11.2").as_ref(), true), None);
        assert_eq!(judge(version("Python 3.9.2").as_ref(), true), Some("it is Python 3.9.2".into()));
        assert_eq!(judge(None, true), Some("it does not run".into()));
        assert!(judge(version("Python 3.13.0").as_ref(), false).is_some_and(|why| why.contains("ensurepip")));
    }

    #[test]
    fn the_lock_file_names_both_packages_and_the_python_it_is_for() {
        let lock = Lock::read(&Workspace::find(), LOCK).expect("the lock file");
        for name in ["mistralai", "locust"] {
            assert!(Version::first_in(&lock.python_package(name)).is_some(), "{name}");
        }
        let text = fs::read_to_string(lock.file()).expect("readable");
        assert!(text.contains(&format!("--python-version {OLDEST} ")), "it was made for another Python");
    }
}
