//! The machine: which distribution it is, and installing its packages where that is ours to do.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::lock;
use crate::process;
use crate::workspace::Workspace;

/// What matters of a Linux distribution here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Distribution {
    Debian,
    /// Has apt, but its chromium and firefox packages only install snaps.
    Ubuntu,
    Other,
}

impl Distribution {
    /// Reads `/etc/os-release`.
    pub(crate) fn detect() -> Self {
        Self::named_in(&fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    fn named_in(os_release: &str) -> Self {
        let field = |name: &str| {
            let line = os_release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            line.unwrap_or_default().trim_matches('"').to_owned()
        };
        let names = format!("{} {}", field("ID"), field("ID_LIKE"));
        let is = |wanted: &str| names.split_whitespace().any(|name| name == wanted);
        if is("ubuntu") {
            Self::Ubuntu
        } else if is("debian") {
            Self::Debian
        } else {
            Self::Other
        }
    }
}

/// May this process install packages? Only root may.
pub(crate) fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    // Real, effective, saved and file system user id.
    let ids = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap_or_default();
    ids.split_whitespace().nth(1) == Some("0")
}

/// Whether [`apt_install`] may be called.
pub(crate) fn can_install() -> bool {
    is_root() && Distribution::detect() != Distribution::Other
}

/// The line that installs `packages`, as the user would type it.
pub(crate) fn apt_command(packages: &[&str]) -> String {
    let sudo = if is_root() { "" } else { "sudo " };
    let packages = packages.join(" ");
    format!("{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {packages}")
}

/// Installs Debian packages, see [`can_install`]. One run at a time: apt does not wait for another one.
pub(crate) fn apt_install(workspace: &Workspace, packages: &[&str]) -> Result<(), Failure> {
    let log = |name: &str| workspace.tools().join("logs").join(name);
    let mend = apt_command(packages);
    let _held = lock::hold(&workspace.tools().join("apt"))?;
    let apt = || {
        let mut command = workspace.command("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    process::logged(apt().arg("update"), &log("apt-update.log"), &mend)?;
    process::logged(
        apt().args(["install", "-y", "--no-install-recommends"]).args(packages),
        &log("apt-install.log"),
        &mend,
    )
}

/// Is `program` the small script that Ubuntu ships in a browser's place, which starts a snap? A snap's confinement hides
/// the temporary profile that a driver gives it, so it is no browser for tests.
pub(crate) fn is_snap(program: &Path) -> bool {
    let target = fs::canonicalize(program).unwrap_or_else(|_| program.to_owned());
    if target.starts_with("/snap") || target.ends_with("bin/snap") {
        return true;
    }
    let is_small = fs::metadata(&target).is_ok_and(|data| data.len() < 64 * 1024);
    is_small && fs::read_to_string(&target).is_ok_and(|script| script.contains("/snap/bin/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions_are_told_apart() {
        let named = Distribution::named_in;
        assert_eq!(named("NAME=\"Debian GNU/Linux\"\nID=debian\n"), Distribution::Debian);
        assert_eq!(named("ID=ubuntu\nID_LIKE=debian\n"), Distribution::Ubuntu);
        assert_eq!(named("ID=pop\nID_LIKE=\"ubuntu debian\"\n"), Distribution::Ubuntu);
        assert_eq!(named("ID=fedora\n"), Distribution::Other);
        assert_eq!(named(""), Distribution::Other);
    }

    #[test]
    fn ubuntus_stand_in_for_a_browser_is_no_browser() {
        let folder = std::env::temp_dir().join(format!("xtask-snap-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let (stub, wrapper) = (folder.join("firefox"), folder.join("chromium"));
        fs::write(&stub, "#!/bin/sh\nexec /snap/bin/firefox \"$@\"\n").expect("written");
        fs::write(&wrapper, "#!/bin/sh\nexec /usr/lib/chromium/chromium \"$@\"\n").expect("written");
        assert!(is_snap(&stub));
        assert!(!is_snap(&wrapper));
        fs::remove_dir_all(folder).expect("removed");
    }
}
