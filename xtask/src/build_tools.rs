//! What the builder needs besides cargo: the wasm target and wasm-opt. All else that it uses are crates.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::install::Steps;
use crate::npm::{self, Set};
use crate::process;
use crate::system;
use crate::version::Version;
use crate::workspace::Workspace;

/// How many steps [`ensure`] takes.
pub(crate) const STEPS: usize = 2;

const TARGET: &str = "wasm32-unknown-unknown";
const BINARYEN: Set = Set("binaryen");
/// Below `node_modules`.
const WASM_OPT: &str = ".bin/wasm-opt";
/// The oldest wasm-opt that was seen to handle what rustc emits: Debian 12's.
const OLDEST_WASM_OPT: &str = "108";

/// Which tools may build a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accepts {
    /// Those that are pinned alone: anybody else's build of the same sources then has the same bytes.
    Pinned,
    /// Others that do, where the pinned ones cannot be had: the page is looked at on this machine.
    Others,
}

/// Makes sure of all of it, in [`STEPS`] steps.
pub(crate) fn ensure(workspace: &Workspace, steps: &mut Steps, accepts: Accepts) -> Result<(), Failure> {
    if accepts == Accepts::Pinned {
        check_compiler(workspace)?;
    }
    ensure_target(workspace, steps)?;
    wasm_opt(workspace, steps, accepts)
}

/// Fails unless the compiler in use is the one that rust-toolchain.toml pins.
fn check_compiler(workspace: &Workspace) -> Result<(), Failure> {
    let pinned = workspace.pinned_channel()?;
    let found = workspace.version_of(Path::new("rustc"));
    if found.is_some() && found == Version::first_in(&pinned) {
        return Ok(());
    }
    let found = found.map_or_else(|| "no rustc".to_owned(), |version| format!("rustc {version}"));
    Err(Failure::new(
        format!("the page to publish is compiled with Rust {pinned} alone, and this is {found}"),
        "another compiler makes other bytes, which nobody could check",
        format!("rustup toolchain install {pinned}\nand unset RUSTUP_TOOLCHAIN"),
    ))
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

/// Wants the one that is pinned, for the same sources give the same bytes only with the same wasm-opt. Where it cannot be had and
/// others are accepted, one that is on the machine or in the distribution does.
fn wasm_opt(workspace: &Workspace, steps: &mut Steps, accepts: Accepts) -> Result<(), Failure> {
    let pinned = || {
        let place = BINARYEN.find(workspace, WASM_OPT)?;
        Ok(place.filter(|place| workspace.version_of(place).is_some()))
    };
    let title = format!("wasm-opt ({})", BINARYEN.title(workspace)?);
    let _held = BINARYEN.hold(workspace)?;
    if let Some(place) = pinned()? {
        steps.found(&title, &found_at(&place));
        return Ok(());
    }
    // As root, npm itself comes first: otherwise the bytes would depend on whether something else has installed it before.
    let has_npm = npm::has_npm(workspace);
    if has_npm || system::can_install() {
        let runs = |place: &Path| workspace.version_of(place).is_some();
        let doing = if has_npm {
            "installing it from npm, a few seconds"
        } else {
            "installing npm with apt-get, and it from npm, a minute"
        };
        let installed = steps.work(&title, doing, || {
            npm::ensure_npm(workspace)?;
            BINARYEN.install(workspace, WASM_OPT, runs)
        });
        let Err(failure) = installed else { return Ok(()) };
        if accepts == Accepts::Pinned {
            return Err(failure);
        }
        println!("{failure}\n      … so another wasm-opt is looked for");
        steps.repeat();
    }
    if accepts == Accepts::Pinned {
        return Err(Failure::new(
            format!("{title} is missing"),
            "the page to publish is made with this one alone: another makes other bytes, which nobody could check",
            system::apt_command(&npm::PACKAGES),
        ));
    }
    let oldest = Version::first_in(OLDEST_WASM_OPT);
    let found = || usable(workspace, "wasm-opt", |version| Some(version) >= oldest.as_ref());
    if let Some((place, version)) = found() {
        steps.found(&format!("wasm-opt {version}"), &found_at(&place));
        return Ok(());
    }
    let packages = ["binaryen"];
    if system::can_install() {
        steps.work("wasm-opt", "installing Debian's package binaryen", || {
            system::apt_install(workspace, &packages)
        })?;
    }
    if found().is_some() {
        return Ok(());
    }
    Err(Failure::new(
        format!("wasm-opt (version {OLDEST_WASM_OPT} or newer) is missing"),
        "it comes with npm, which is not there or too old, or with a package of the distribution",
        format!("{}\nor: {}", system::apt_command(&npm::PACKAGES), system::apt_command(&packages)),
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
