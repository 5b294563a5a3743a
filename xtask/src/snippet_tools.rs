//! What the programs need that the page hands out, where the other tools do not bring it: Mistral's TypeScript SDK with the
//! compiler that checks its types. `undici` leads the fetch of Node.js through the tests' proxy; version 6 is for every
//! Node.js since 18.

use crate::failure::Failure;
use crate::install::Steps;
use crate::npm::{Environment, Set};
use crate::workspace::Workspace;

/// How many steps [`ensure`] has.
pub(crate) const STEPS: usize = 1;

pub(crate) const SNIPPETS: Set = Set("snippets");

/// Makes sure of them.
pub(crate) fn ensure(workspace: &Workspace, steps: &mut Steps) -> Result<Environment, Failure> {
    SNIPPETS.ensure(workspace, steps, "typescript")?;
    Ok(vec![("E2E_SNIPPETS", SNIPPETS.folder(workspace).into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page's own command takes the newest SDK; here it is a good one.
    #[test]
    fn no_version_is_one_that_was_malicious() {
        let title = SNIPPETS.title(&Workspace::find()).expect("a lock file");
        assert!(title.contains("@mistralai/mistralai "), "{title}");
        for malicious in ["2.2.2", "2.2.3", "2.2.4"] {
            assert!(!title.contains(&format!("@mistralai/mistralai {malicious}")), "{title}");
        }
    }
}
