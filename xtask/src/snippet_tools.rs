//! What the programs need that the page hands out, where the other tools do not bring it: Mistral's TypeScript SDK with the
//! compiler that checks its types, in `target/tools/snippets`.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::install::{self, Steps};
use crate::npm::{Environment, ensure_npm, states};
use crate::workspace::Workspace;

/// How many steps [`ensure`] has.
pub(crate) const STEPS: usize = 1;

/// Package and version. Of the SDK, 2.2.2 to 2.2.4 were malicious: the page's own command takes the newest, and this is a good
/// one. `undici` leads the fetch of Node.js through the tests' proxy; version 6 is for every Node.js since 18.
const PACKAGES: [(&str, &str); 4] = [
    ("@mistralai/mistralai", "2.7.0"),
    ("typescript", "5.9.3"),
    ("@types/node", "20.19.9"),
    ("undici", "6.29.1"),
];

/// Makes sure of them.
pub(crate) fn ensure(workspace: &Workspace, steps: &mut Steps) -> Result<Environment, Failure> {
    let folder = workspace.tools().join("snippets");
    let named: Vec<String> = PACKAGES.iter().map(|(name, version)| format!("{name}@{version}")).collect();
    let what = named.join(", ");
    if PACKAGES.iter().all(|(name, version)| is_there(&folder, name, version)) {
        steps.found(&what, &format!("found ({})", folder.display()));
    } else {
        steps.work(&what, "installing them from npm, under a minute", || {
            ensure_npm(workspace)?;
            let packages: Vec<&str> = named.iter().map(String::as_str).collect();
            install::npm_install(workspace, &folder, &packages)
        })?;
    }
    Ok(vec![("E2E_SNIPPETS", folder.into())])
}

fn is_there(folder: &Path, name: &str, version: &str) -> bool {
    let manifest = folder.join("node_modules").join(name).join("package.json");
    fs::read_to_string(manifest).is_ok_and(|manifest| states(&manifest, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_version_is_one_that_was_malicious() {
        let (_, sdk) = PACKAGES[0];
        assert!(!["2.2.2", "2.2.3", "2.2.4"].contains(&sdk));
        assert!(PACKAGES.iter().all(|(_, version)| version.split('.').count() == 3), "each is pinned");
    }

    #[test]
    fn a_package_is_there_in_its_own_version_only() {
        let folder = std::env::temp_dir().join(format!("xtask-snippets-{}", std::process::id()));
        let place = folder.join("node_modules/@types/node");
        fs::create_dir_all(&place).expect("a folder");
        fs::write(place.join("package.json"), "{\"version\": \"20.19.9\"}").expect("written");
        assert!(is_there(&folder, "@types/node", "20.19.9"));
        assert!(!is_there(&folder, "@types/node", "20.19.8") && !is_there(&folder, "undici", "6.29.1"));
        fs::remove_dir_all(folder).expect("removed");
    }
}
