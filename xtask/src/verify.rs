//! `cargo xtask dist --verify`: whether the page that is built here can be built again elsewhere, byte for byte.
//!
//! The first build is the usual one. The second is of a clone, in a folder, with a cargo home and with a target folder of its own, so
//! it reuses nothing that was compiled; what was downloaded it shares.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::build_tools::{self, Accepts};
use crate::failure::Failure;
use crate::install::Steps;
use crate::process;
use crate::release;
use crate::workspace::Workspace;

/// What the builder takes the day from.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

const MEND: &str = "mend what it names above, then: cargo xtask dist --verify";

/// Builds the commit that is checked out twice and compares every file.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let commit = clean_commit(workspace)?;
    let epoch = epoch();
    let folder = workspace.root().join("target/verify");
    let (checkout, home) = (folder.join("checkout"), folder.join("home"));
    let broken = |error: io::Error| {
        Failure::new(format!("cannot work in {}", folder.display()), error.to_string(), "")
    };
    let mut steps = Steps::of(build_tools::STEPS + 3);
    build_tools::ensure(workspace, &mut steps, Accepts::Pinned)?;
    steps.work("First build", &format!("{commit}, here"), || {
        let mut builder = release::builder(workspace, "--release", &workspace.dist());
        process::shown(builder.env(EPOCH, &epoch), MEND)
    })?;
    steps.work("Second folder and second home", "a clone, and what cargo has downloaded", || {
        clear(&folder).map_err(broken)?;
        clone(workspace, &commit, &checkout)?;
        fill_home(&cargo_home(), &home).map_err(broken)
    })?;
    let second = Workspace::at(checkout);
    let page = folder.join("dist");
    steps.work("Second build", "from nothing, some ten minutes", || {
        let mut builder = release::builder(&second, "--release", &page);
        builder
            .env(EPOCH, &epoch)
            .env("CARGO_HOME", &home)
            .env("CARGO_TARGET_DIR", second.root().join("target"))
            // Both builds take the same tools.
            .env("PATH", workspace.path());
        process::shown(&mut builder, MEND)
    })?;
    let mut comparison = release::builder(workspace, "--compare", &workspace.dist());
    process::shown(comparison.arg(&page), "")?;
    // What is left costs disk space only, and not little.
    for left in [second.root(), &home] {
        let _ = clear(left);
    }
    let count = fs::read_dir(workspace.dist()).map_err(broken)?.count();
    println!("all {count} files equal, built in two folders with two homes");
    Ok(())
}

/// The commit, of which no file may have been changed: the clone would not have the changes.
fn clean_commit(workspace: &Workspace) -> Result<String, Failure> {
    let needed = || {
        Failure::new(
            "only a commit can be built again",
            "this is no checkout, or git does not read it",
            "git clone the repository",
        )
    };
    let changes =
        told(git(workspace, &["status", "--porcelain", "--untracked-files=normal"])).ok_or_else(needed)?;
    if !changes.is_empty() {
        return Err(Failure::new(
            "only a commit can be built again, and files of it were changed",
            changes,
            "git commit or git stash, then: cargo xtask dist --verify",
        ));
    }
    told(git(workspace, &["rev-parse", "HEAD"])).ok_or_else(needed)
}

fn git(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut git = workspace.command("git");
    git.args(arguments);
    git
}

/// What a command prints, if it succeeds.
fn told(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

fn clone(workspace: &Workspace, commit: &str, folder: &Path) -> Result<(), Failure> {
    let mut clone = git(workspace, &["clone", "--quiet", "--no-checkout"]);
    process::shown(clone.arg(workspace.root()).arg(folder), "")?;
    let mut switch = git(workspace, &["-C"]);
    process::shown(switch.arg(folder).args(["switch", "--quiet", "--detach", commit]), "")
}

/// The second that both builds are told, so that midnight may pass between them.
fn epoch() -> String {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    env::var(EPOCH).ok().filter(|given| !given.is_empty()).unwrap_or_else(|| now().to_string())
}

/// Where cargo keeps what it has downloaded.
fn cargo_home() -> PathBuf {
    let usual = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(usual, PathBuf::from)
}

/// Gives a new home the packages and settings of another one. What was unpacked or compiled there, and who may publish, stays.
fn fill_home(from: &Path, home: &Path) -> io::Result<()> {
    fs::create_dir_all(home)?;
    for settings in ["config.toml", "config"] {
        if from.join(settings).is_file() {
            fs::copy(from.join(settings), home.join(settings))?;
        }
    }
    for packages in ["registry/cache", "registry/index"] {
        if from.join(packages).is_dir() {
            copy(&from.join(packages), &home.join(packages))?;
        }
    }
    Ok(())
}

/// Copies a folder. A package is never written to again, so a link to it does.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let is_package = from.extension().is_some_and(|extension| extension == "crate");
        if entry.file_type()?.is_dir() {
            copy(&from, &to)?;
        } else if !is_package || fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}

fn clear(folder: &Path) -> io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_home_has_the_packages_and_no_secret() {
        let scratch = env::temp_dir().join(format!("xtask-home-{}", std::process::id()));
        let (from, home) = (scratch.join("from"), scratch.join("home"));
        for (name, text) in [
            ("config.toml", "[net]\n"),
            ("credentials.toml", "secret"),
            ("registry/cache/x/a-1.0.0.crate", "packed"),
            ("registry/index/x/.cache/a", "1.0.0"),
            ("registry/src/x/a-1.0.0/lib.rs", "unpacked"),
        ] {
            let file = from.join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            fs::write(file, text).expect("written");
        }
        fill_home(&from, &home).expect("filled");
        let read = |name: &str| fs::read_to_string(home.join(name)).ok();
        assert_eq!(read("registry/cache/x/a-1.0.0.crate").as_deref(), Some("packed"));
        assert_eq!(read("registry/index/x/.cache/a").as_deref(), Some("1.0.0"));
        assert_eq!(read("config.toml").as_deref(), Some("[net]\n"));
        assert!(!home.join("credentials.toml").exists() && !home.join("registry/src").exists());
        fs::remove_dir_all(scratch).expect("removed");
    }
}
