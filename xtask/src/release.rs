//! The page, by the builder (`src/bin/dist/`), which prints its size and judges it.

use std::path::Path;
use std::process::Command;

use crate::build_tools::{self, Accepts};
use crate::failure::Failure;
use crate::install::Steps;
use crate::process;
use crate::workspace::Workspace;

/// Builds `dist/` with the tools that are accepted.
pub(crate) fn build(workspace: &Workspace, accepts: Accepts) -> Result<(), Failure> {
    build_in_way(workspace, accepts, "--release", "cargo xtask dist")
}

/// Builds the page in one file alone into `dist/`.
pub(crate) fn single(workspace: &Workspace) -> Result<(), Failure> {
    build_in_way(workspace, Accepts::Pinned, "--single", "cargo xtask dist --single")
}

fn build_in_way(workspace: &Workspace, accepts: Accepts, way: &str, again: &str) -> Result<(), Failure> {
    let mut steps = Steps::of(build_tools::STEPS + 1);
    build_tools::ensure(workspace, &mut steps, accepts)?;
    steps.work("Release page", "two minutes when nothing is built yet", || {
        let mend = format!("mend what it names above, then: {again}");
        process::shown(&mut builder(workspace, way, &workspace.dist()), &mend)
    })
}

/// The builder, at work on a folder: `--release`, `--single` or `--dev`.
pub(crate) fn builder(workspace: &Workspace, profile: &str, folder: &Path) -> Command {
    let mut command = workspace.command("cargo");
    command
        .args(["run", "--locked", "--no-default-features", "--features", "dist", "--bin", "dist", "--"])
        .arg(profile)
        .arg(folder);
    command
}
