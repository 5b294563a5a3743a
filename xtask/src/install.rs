//! Steps with progress, and installing tools into `target/tools` from the crate registry.

use std::fs;
use std::time::Instant;

use crate::failure::Failure;
use crate::process::{self, spoken};
use crate::workspace::Workspace;

/// Numbered lines: what is done now, and how long it took.
pub(crate) struct Steps {
    total: usize,
    done: usize,
}

impl Steps {
    /// `total` steps will follow.
    pub(crate) fn of(total: usize) -> Self {
        Self { total, done: 0 }
    }

    fn next(&mut self) -> String {
        self.done += 1;
        format!("[{}/{}]", self.done, self.total)
    }

    /// The last step did not settle the matter: the next one has its number.
    pub(crate) fn repeat(&mut self) {
        self.done = self.done.saturating_sub(1);
    }

    /// A step with nothing to do.
    pub(crate) fn found(&mut self, what: &str, place: &str) {
        println!("{} {what}: {place}", self.next());
    }

    /// A step with work to do, announced before and timed after.
    pub(crate) fn work(
        &mut self,
        what: &str,
        doing: &str,
        work: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        println!("{} {what}: {doing}", self.next());
        let started = Instant::now();
        work()?;
        println!("      done in {}", spoken(started.elapsed()));
        Ok(())
    }
}

/// A program of the crate registry.
pub(crate) struct Crate<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: &'a str,
}

/// `cargo install` into `target/tools`.
///
/// Built for a quick build rather than a quick program: link-time optimization alone costs minutes. The build has its
/// own target folder, removed after, and none of the user's compiler flags.
pub(crate) fn cargo_install(workspace: &Workspace, package: &Crate<'_>) -> Result<(), Failure> {
    let tools = workspace.tools();
    let build = tools.join("build").join(package.name);
    let mut command = workspace.command("cargo");
    command
        .args(["install", package.name, "--version", package.version, "--locked", "--force", "--root"])
        .arg(&tools)
        .env("CARGO_TARGET_DIR", &build)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env_remove("CARGO_BUILD_TARGET")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTFLAGS");
    let log = tools.join(format!("logs/{}.log", package.name));
    let mend = format!("{}\nor put {} on PATH", process::typed(&command), package.name);
    process::logged(&mut command, &log, &mend)?;
    // Left-overs of a build cost disk space only, so a failure to remove them is no failure.
    let _ = fs::remove_dir_all(build);
    Ok(())
}
