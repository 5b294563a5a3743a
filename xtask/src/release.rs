//! The release page: `trunk build --release`, whose last step (`src/bin/dist.rs`) prints the size and judges it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build_tools;
use crate::failure::Failure;
use crate::install::Steps;
use crate::process;
use crate::workspace::Workspace;

/// Builds `dist/` from whatever the machine has.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Failure> {
    let mut steps = Steps::of(build_tools::STEPS + 1);
    build_tools::ensure(workspace, &mut steps)?;
    steps.work("Release page", "trunk build --release, about a minute when nothing is built yet", || {
        let mut trunk = trunk(workspace);
        process::shown(
            trunk.args(["build", "--release", "--offline"]),
            "mend what it names above, then: cargo xtask dist",
        )
    })
}

/// Trunk, with the environment of every wasm build that is started here. Give it `--offline`: see [`build_tools`].
pub(crate) fn trunk(workspace: &Workspace) -> Command {
    let mut command = workspace.command("trunk");
    command
        // A general RUSTFLAGS would replace those for wasm32 and rebuild the native steps.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", anonymous_paths(workspace))
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Below a compile error, which is the usual failure, Trunk's own backtrace only hides it.
        .env_remove("RUST_BACKTRACE");
    if env::var_os("NO_COLOR").is_some() {
        // Trunk 0.21 stops at NO_COLOR=1, because it reads the value as true or false.
        command.env_remove("NO_COLOR").env("TRUNK_COLOR", "never").env("CARGO_TERM_COLOR", "never");
    }
    command
}

/// Compiler flags that keep this machine's paths out of the wasm's panic messages, so that the same sources give the
/// same bytes everywhere.
fn anonymous_paths(workspace: &Workspace) -> String {
    let home = |variable: &str, folder: &str| {
        let own = || Some(PathBuf::from(env::var_os("HOME")?).join(folder));
        env::var_os(variable).map(PathBuf::from).or_else(own)
    };
    let mut renamed = vec![(workspace.root().to_owned(), "/src".to_owned())];
    if let Some(rustup) = home("RUSTUP_HOME", ".rustup") {
        renamed.push((rustup, "/rust".into()));
    }
    renamed.extend(standard_library(workspace));
    if let Some(cargo) = home("CARGO_HOME", ".cargo") {
        // One folder for each registry; its name depends on the registry's address and on cargo.
        let registries = fs::read_dir(cargo.join("registry/src")).into_iter().flatten().flatten();
        let mut registries: Vec<PathBuf> = registries.map(|entry| entry.path()).collect();
        registries.sort();
        renamed.extend(registries.into_iter().map(|registry| (registry, "/dep".into())));
    }
    remap_flags(&renamed)
}

/// With the component rust-src the standard library's paths lead into this machine; without it they do not.
fn standard_library(workspace: &Workspace) -> Option<(PathBuf, String)> {
    let ask = |arguments: &[&str]| {
        let output = workspace.command("rustc").args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let sources = Path::new(ask(&["--print", "sysroot"])?.trim()).join("lib/rustlib/src/rust");
    let version = ask(&["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "))?;
    Some((sources, format!("/rustc/{commit}")))
}

/// Where several match, rustc takes the last. The variable separates flags by spaces and knows no quotes: a folder with
/// a space in its name keeps it, which costs reproducible bytes but breaks nothing.
fn remap_flags(renamed: &[(PathBuf, String)]) -> String {
    let flags = renamed.iter().filter_map(|(from, to)| {
        let from = from.to_str().filter(|from| !from.contains(char::is_whitespace))?;
        Some(format!("--remap-path-prefix={from}={to}"))
    });
    flags.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_renamed_from_the_general_to_the_special() {
        let renamed =
            [("/home/me/x", "/src"), ("/home/my self/.cargo", "/lost"), ("/home/me/.cargo/a", "/dep")];
        let renamed = renamed.map(|(from, to)| (PathBuf::from(from), to.to_owned()));
        assert_eq!(
            remap_flags(&renamed),
            "--remap-path-prefix=/home/me/x=/src --remap-path-prefix=/home/me/.cargo/a=/dep"
        );
    }

    #[test]
    fn the_registrys_folder_is_always_renamed() {
        // This very crate has a dependency from the registry, so its folder is there before the first wasm build, and
        // the flags are the same in the first build and in the next.
        let flags = anonymous_paths(&Workspace::find());
        assert!(flags.contains("=/dep"), "{flags}");
        assert!(flags.contains("=/src"), "{flags}");
    }
}
