//! What the builder needs besides cargo: the wasm target and wasm-opt. All else that it uses are crates.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::install::{self, Crate, Steps};
use crate::process;
use crate::system::{self, Distribution};
use crate::version::Version;
use crate::workspace::Workspace;

/// How many steps [`ensure`] takes.
pub(crate) const STEPS: usize = 2;

const TARGET: &str = "wasm32-unknown-unknown";
const BINARYEN_NPM: &str = "binaryen@132.0.0";
const WASM_OPT_CRATE: &str = "0.116.1";
/// The oldest wasm-opt that was seen to handle what rustc emits: Debian 12's.
const OLDEST_WASM_OPT: &str = "108";

/// Makes sure of all of it, in [`STEPS`] steps.
pub(crate) fn ensure(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    ensure_target(workspace, steps)?;
    wasm_opt(workspace, steps)
}

/// Makes sure of what rust-toolchain.toml lists. rustup installs it unasked unless it is old or told not to.
pub(crate) fn ensure_toolchain(workspace: &Workspace) -> Result<(), Failure> {
    let mut steps = Steps::of(2);
    let runs = |subcommand: &str| {
        let output = workspace.command("cargo").args([subcommand, "--version"]).output();
        output.is_ok_and(|output| output.status.success())
    };
    let toolchain = workspace.toolchain()?;
    if runs("clippy") && runs("fmt") {
        steps.found("clippy and rustfmt", &format!("found in toolchain {toolchain}"));
    } else {
        steps.work("clippy and rustfmt", "adding them with rustup, a few seconds", || {
            let mut rustup = workspace.command("rustup");
            rustup.args(["component", "add", "clippy", "rustfmt", "--toolchain", &toolchain]);
            let mend = process::typed(&rustup);
            process::logged(&mut rustup, &workspace.tools().join("logs/rustup.log"), &mend)
        })?;
    }
    ensure_target(workspace, &mut steps)
}

/// Makes sure of the target that the program is compiled for, in one step.
pub(crate) fn ensure_target(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    let toolchain = workspace.toolchain()?;
    let what = format!("Rust target {TARGET}");
    if target_is_installed(workspace) {
        steps.found(&what, &format!("found in toolchain {toolchain}"));
        return Ok(());
    }
    let mend = format!("rustup target add {TARGET} --toolchain {toolchain}");
    if workspace.which("rustup").is_none() {
        return Err(Failure::new(
            format!("the Rust target {TARGET} is missing"),
            "the page is compiled to WebAssembly, and without rustup this command cannot add the target",
            format!(
                "install rustup (https://rustup.rs), then: {mend}\nor your distribution's package of that target"
            ),
        ));
    }
    steps.work(&what, "adding it with rustup, a few seconds", || {
        let mut rustup = workspace.command("rustup");
        rustup.args(["target", "add", TARGET, "--toolchain", &toolchain]);
        process::logged(&mut rustup, &workspace.tools().join("logs/rustup.log"), &mend)?;
        if target_is_installed(workspace) {
            return Ok(());
        }
        Err(Failure::new(
            format!("rustup added {TARGET}, but rustc does not see it"),
            "the rustc on PATH is not the one of that toolchain",
            "put ~/.cargo/bin first on PATH",
        ))
    })
}

/// Asks rustc rather than rustup: a distribution's toolchain has no rustup.
fn target_is_installed(workspace: &Workspace) -> bool {
    let output = workspace.command("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    let Ok(output) = output else { return false };
    let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let Ok(files) = fs::read_dir(folder) else { return false };
    files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
}

fn wasm_opt(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    let oldest = Version::first_in(OLDEST_WASM_OPT);
    let found = || usable(workspace, "wasm-opt", |version| Some(version) >= oldest.as_ref());
    if let Some((place, version)) = found() {
        steps.found(&format!("wasm-opt {version}"), &found_at(&place));
        return Ok(());
    }
    let has = |program: &str| workspace.which(program).is_some();
    if has("node") && has("npm") {
        let mut works = false;
        steps.work("wasm-opt 132", "installing it from npm, a few seconds", || {
            install::npm_install(workspace, &workspace.tools(), &[BINARYEN_NPM])?;
            works = found().is_some();
            Ok(())
        })?;
        if works {
            return Ok(());
        }
        println!("      … it does not run on this machine's Node.js (too old?), so another one is needed");
        let _ = fs::remove_dir_all(workspace.tools().join("node_modules"));
        steps.repeat();
    }
    if has("c++") {
        return steps.work("wasm-opt 116", "building it from the crate registry, about 7 minutes", || {
            let package = Crate { name: "wasm-opt", version: WASM_OPT_CRATE };
            install::cargo_install(workspace, &package)
        });
    }
    let packages = ["binaryen"];
    if system::is_root() && Distribution::detect() != Distribution::Other {
        steps.work("wasm-opt", "installing Debian's package binaryen", || {
            system::apt_install(workspace, &packages)
        })?;
    }
    if found().is_some() {
        return Ok(());
    }
    Err(Failure::new(
        format!("wasm-opt (version {OLDEST_WASM_OPT} or newer) is missing"),
        "it can be installed from npm or built from the crate registry, but there is neither npm nor a C++ compiler",
        format!("{}\nor: {}", system::apt_command(&packages), system::apt_command(&["nodejs", "npm"])),
    ))
}

fn found_at(place: &Path) -> String {
    format!("found ({})", place.display())
}

/// The program that a child process will find under `name`, if its version is accepted. One that an earlier lock file
/// left in `target/tools` is removed, so that it does not hide a better one on `PATH`.
pub(crate) fn usable(
    workspace: &Workspace,
    name: &str,
    accepts: impl Fn(&Version) -> bool,
) -> Option<(PathBuf, Version)> {
    let accepted = |place: PathBuf| {
        let version = workspace.version_of(&place)?;
        accepts(&version).then_some((place, version))
    };
    let place = workspace.which(name)?;
    if let Some(found) = accepted(place.clone()) {
        return Some(found);
    }
    if place.starts_with(workspace.tools()) {
        fs::remove_file(&place).ok()?;
        return accepted(workspace.which(name)?);
    }
    None
}
