//! The outside judges of the page: Lighthouse, the Nu HTML checker and actionlint, each of its own folder in
//! `target/tools/judges`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::install::{self, Steps};
use crate::npm::{Environment, ensure_npm, states};
use crate::process;
use crate::system::{self, Distribution};
use crate::workspace::Workspace;

/// How many steps [`ensure`] has.
pub(crate) const STEPS: usize = 3;

/// A judge of the registry of npm.
struct Judge {
    package: &'static str,
    version: &'static str,
    /// What is run of it, below its own folder.
    entry: &'static str,
}

const LIGHTHOUSE: Judge = Judge { package: "lighthouse", version: "12.8.2", entry: "cli/index.js" };
/// The last version that holds the checker itself. Later ones fetch it from elsewhere.
const NU: Judge = Judge { package: "vnu-jar", version: "25.11.25", entry: "build/dist/vnu.jar" };
/// The Go program compiled to wasm. The registry of Python has it too, but fetches the program from elsewhere.
const ACTIONLINT: Judge = Judge { package: "actionlint", version: "2.0.6", entry: "node.cjs" };

/// Runs actionlint on the files that it is given.
const LINT: &str = "xtask/src/judges/workflows.cjs";
const WORKFLOWS: &str = ".github/workflows";

impl Judge {
    fn ensure(&self, workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
        let Self { package, version, entry } = self;
        let what = format!("{package} {version}");
        let folder = workspace.tools().join("judges").join(package);
        let own = folder.join("node_modules").join(package);
        let place = own.join(entry);
        let manifest = fs::read_to_string(own.join("package.json")).unwrap_or_default();
        if place.is_file() && states(&manifest, version) {
            steps.found(&what, &format!("found ({})", place.display()));
            return Ok(place);
        }
        steps.work(&what, "installing it from npm, under a minute", || {
            ensure_npm(workspace)?;
            install::npm_install(workspace, &folder, &[&*format!("{package}@{version}")])
        })?;
        if place.is_file() {
            return Ok(place);
        }
        Err(Failure::new(format!("{what} came without {entry}"), place.display().to_string(), ""))
    }
}

/// Makes sure of those that judge the built page.
pub(crate) fn ensure(workspace: &Workspace, steps: &mut Steps) -> Result<Environment, Failure> {
    let lighthouse = LIGHTHOUSE.ensure(workspace, steps)?;
    let nu = NU.ensure(workspace, steps)?;
    let java = java(workspace, steps)?;
    Ok(vec![("E2E_LIGHTHOUSE", lighthouse.into()), ("E2E_NU", nu.into()), ("E2E_JAVA", java.into())])
}

fn java(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    const PACKAGE: &[&str] = &["default-jre-headless"];
    let said = env::var_os("E2E_JAVA").map(PathBuf::from).filter(|file| file.is_file());
    if let Some(place) = said.or_else(|| workspace.which("java")) {
        steps.found("Java", &format!("found ({})", place.display()));
        return Ok(place);
    }
    if system::is_root() && Distribution::detect() != Distribution::Other {
        steps.work("Java", "installing it with apt-get, under a minute", || {
            system::apt_install(workspace, PACKAGE)
        })?;
    }
    workspace.which("java").ok_or_else(|| {
        let mend = format!("{}\nor set E2E_JAVA to the path of java", system::apt_command(PACKAGE));
        Failure::new("Java is missing", "the Nu HTML checker runs on it", mend)
    })
}

/// Has actionlint read every workflow. That there is none is a fault too: the page would not be published.
pub(crate) fn lint_workflows(workspace: &Workspace) -> Result<(), Failure> {
    let files = workflows(workspace.root());
    if files.is_empty() {
        let what = format!("no workflow in {WORKFLOWS}");
        return Err(Failure::new(what, "nothing would publish the page", ""));
    }
    let actionlint = ACTIONLINT.ensure(workspace, &mut Steps::of(1))?;
    let mut node = workspace.command("node");
    node.arg(LINT).arg(actionlint).args(files);
    process::shown(&mut node, "mend the workflow")
}

/// The workflows of a checkout, as paths in it.
fn workflows(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join(WORKFLOWS)).into_iter().flatten().flatten();
    let is_yaml = |name: &PathBuf| name.extension().is_some_and(|kind| kind == "yml" || kind == "yaml");
    let mut files: Vec<PathBuf> =
        entries.map(|entry| Path::new(WORKFLOWS).join(entry.file_name())).filter(is_yaml).collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workflows_are_found_and_nothing_else() {
        let root = env::temp_dir().join(format!("xtask-workflows-{}", std::process::id()));
        assert_eq!(workflows(&root), Vec::<PathBuf>::new());
        fs::create_dir_all(root.join(WORKFLOWS)).expect("a folder");
        for name in ["b.yml", "a.yaml", "README.md"] {
            fs::write(root.join(WORKFLOWS).join(name), "").expect("written");
        }
        let wanted = ["a.yaml", "b.yml"].map(|name| Path::new(WORKFLOWS).join(name));
        assert_eq!(workflows(&root), wanted);
        fs::remove_dir_all(root).expect("removed");
    }
}
