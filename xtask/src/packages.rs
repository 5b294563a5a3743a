//! What the tests need of the system. It is looked for before the first long step, and all that is missing is told at once.

use crate::failure::Failure;
use crate::install::Steps;
use crate::system;
use crate::workspace::Workspace;

/// Something that is not there.
#[derive(Debug)]
pub(crate) struct Missing {
    /// What it is, and where it was looked for.
    pub(crate) why: String,
    /// Debian's packages that bring it; none where they would not serve.
    pub(crate) packages: Vec<&'static str>,
    /// What else helps: commands, one a line, or nothing.
    pub(crate) instead: String,
}

/// Makes sure that `look` finds nothing missing, in one step: installs what it may.
pub(crate) fn ensure(workspace: &Workspace, look: impl Fn() -> Vec<Missing>) -> Result<(), Failure> {
    let what = "Node.js, browsers, Python and Java";
    let mut steps = Steps::of(1);
    let mut missing = look();
    let packages = packages(&missing);
    if system::can_install() && !packages.is_empty() {
        let doing = format!("installing {} with apt-get, a minute or two", packages.join(", "));
        steps.work(what, &doing, || system::apt_install(workspace, &packages))?;
        missing = look();
    } else if missing.is_empty() {
        steps.found(what, "found");
    }
    if missing.is_empty() { Ok(()) } else { Err(report(&missing)) }
}

fn packages(missing: &[Missing]) -> Vec<&'static str> {
    let mut packages: Vec<&str> = missing.iter().flat_map(|one| one.packages.iter().copied()).collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

fn report(missing: &[Missing]) -> Failure {
    let why: Vec<&str> = missing.iter().map(|one| one.why.as_str()).collect();
    let packages = packages(missing);
    let mut mend: Vec<String> = Vec::new();
    if !packages.is_empty() {
        mend.push(system::apt_command(&packages));
    }
    for one in missing.iter().filter(|one| !one.instead.is_empty()) {
        if !mend.contains(&one.instead) {
            mend.push(one.instead.clone());
        }
    }
    Failure::new("the tests lack programs", why.join("\n"), mend.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_missing_is_told_with_one_line_for_apt() {
        let one = |why: &str, packages: &[&'static str], instead: &str| Missing {
            why: why.into(),
            packages: packages.into(),
            instead: instead.into(),
        };
        let told = report(&[
            one("no node", &["nodejs", "npm"], ""),
            one("no firefox", &[], "npx this"),
            one("no chromium", &[], "npx this"),
            one("no java", &["default-jre-headless", "npm"], "or set E2E_JAVA"),
        ])
        .to_string();
        for why in ["no node", "no firefox", "no chromium", "no java"] {
            assert!(told.contains(why), "{told}");
        }
        assert_eq!(told.matches("apt-get install").count(), 1, "{told}");
        assert!(told.contains(" default-jre-headless nodejs npm\n"), "{told}");
        assert_eq!(told.matches("npx this").count(), 1, "{told}");
        assert!(told.ends_with("or set E2E_JAVA"), "{told}");
        let told = report(&[one("no firefox", &[], "npx this")]).to_string();
        assert!(!told.contains("apt-get"), "{told}");
    }
}
