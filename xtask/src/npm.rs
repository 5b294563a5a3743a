//! What all tools of the tests share that come from the registry of npm, and the settings in which they are named to the tests.

use std::ffi::OsString;

use crate::failure::Failure;
use crate::system::{self, Distribution};
use crate::workspace::Workspace;

/// Settings for the tests' processes.
pub(crate) type Environment = Vec<(&'static str, OsString)>;

/// Makes sure of Node.js and npm.
pub(crate) fn ensure_npm(workspace: &Workspace) -> Result<(), Failure> {
    let packages = ["nodejs", "npm"];
    let has_both = || packages.iter().all(|name| workspace.which(name.trim_end_matches("js")).is_some());
    if !has_both() && system::is_root() && Distribution::detect() != Distribution::Other {
        system::apt_install(workspace, &packages)?;
    }
    if has_both() {
        return Ok(());
    }
    let why = "axe-core, the judges of the page and what its programs need are packages of npm";
    Err(Failure::new("Node.js or npm is missing", why, system::apt_command(&packages)))
}

/// Whether a manifest of npm is of `version`.
pub(crate) fn states(manifest: &str, version: &str) -> bool {
    let tight: String = manifest.split_whitespace().collect();
    tight.contains(&format!("\"version\":\"{version}\""))
}

#[cfg(test)]
mod tests {
    use super::states;

    #[test]
    fn a_version_is_read_off_a_manifest_however_it_is_spaced() {
        assert!(states("{\n  \"version\": \"12.8.2\",\n}", "12.8.2"));
        assert!(states("{\"version\":\"25.11.25\"}", "25.11.25"));
        assert!(!states("{\"version\":\"12.8.21\"}", "12.8.2"));
    }
}
