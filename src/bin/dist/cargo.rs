//! Compiles the program, with no path of this machine in it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::finish::Profile;
use super::package::{self, Package};
use super::site::Fault;

/// The program's name: its binary in Cargo.toml, and its file.
pub(crate) const PROGRAM: &str = "mistral-key-tester";

/// Where it runs.
const TARGET: &str = "wasm32-unknown-unknown";

/// Rust flags for that target alone. A general RUSTFLAGS would replace them and rebuild the native steps.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// A compiled program, and the packages from elsewhere that are in it.
pub(crate) struct Compiled {
    pub(crate) wasm: Vec<u8>,
    pub(crate) packages: Vec<Package>,
}

/// Compiles the program of the checkout `root` and reads it.
pub(crate) fn program(root: &Path, profile: Profile) -> Result<Compiled, Fault> {
    let mut cargo = command(root, "cargo");
    cargo
        .args(["build", "--locked", "--target", TARGET, "--bin", PROGRAM])
        .args((profile == Profile::Release).then_some("--release"))
        .arg("--message-format=json-render-diagnostics")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env(FLAGS, anonymous_paths(root))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    let output =
        cargo.output().map_err(|error| Fault::Tool("cargo".to_owned(), format!("did not run: {error}")))?;
    if !output.status.success() {
        return Err(Fault::Tool("cargo build".to_owned(), format!("{}, see above", output.status)));
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let file = artifact(&messages)
        .ok_or_else(|| Fault::Tool("cargo build".to_owned(), format!("made no {PROGRAM}.wasm")))?;
    let wasm = fs::read(&file).map_err(|error| Fault::Io(file, error))?;
    Ok(Compiled { wasm, packages: packages(root, &messages)? })
}

/// What is in the program besides what is written here. That there is nothing is a misread message.
fn packages(root: &Path, messages: &str) -> Result<Vec<Package>, Fault> {
    let manifests = package::manifests(messages, TARGET);
    if manifests.is_empty() {
        return Err(Fault::Tool(
            "cargo build".to_owned(),
            "names no package that is in the program".to_owned(),
        ));
    }
    let library = rustc(root, &["-vV"]).as_deref().and_then(package::standard_library);
    let library =
        library.ok_or_else(|| Fault::Tool("rustc -vV".to_owned(), "tells no version".to_owned()))?;
    manifests.iter().map(|manifest| package::read(manifest)).chain([Ok(library)]).collect()
}

/// What the compiler says to a question.
fn rustc(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = command(root, "rustc").args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A command in the checkout. The tools that the checkout has installed come before those of the machine, and what `cargo run`
/// has set for this program does not reach another one.
pub(crate) fn command(root: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root).env("PATH", path(root));
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start)) {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// `PATH` with the tools of the checkout in front.
fn path(root: &Path) -> OsString {
    let tools = root.join("target/tools");
    let own = env::var_os("PATH").unwrap_or_default();
    let folders = [tools.join("npm/binaryen/node_modules/.bin"), tools.join("bin")].into_iter();
    env::join_paths(folders.chain(env::split_paths(&own))).unwrap_or(own)
}

/// The program's file, by what cargo says that it made: one JSON object a line.
fn artifact(messages: &str) -> Option<PathBuf> {
    let lines = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    lines
        .filter(|message| message["reason"] == "compiler-artifact" && message["target"]["name"] == PROGRAM)
        .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .find(|file| file.extension().is_some_and(|extension| extension == "wasm"))
}

/// Compiler flags that keep this machine's paths out of the program's panic messages, so that the same sources give the same
/// bytes everywhere.
fn anonymous_paths(root: &Path) -> String {
    let home = |variable: &str, folder: &str| {
        let own = || Some(PathBuf::from(env::var_os("HOME")?).join(folder));
        env::var_os(variable).map(PathBuf::from).or_else(own)
    };
    let mut renamed = vec![(root.to_owned(), "/src".to_owned())];
    if let Some(rustup) = home("RUSTUP_HOME", ".rustup") {
        renamed.push((rustup, "/rust".into()));
    }
    renamed.extend(standard_library(root));
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
fn standard_library(root: &Path) -> Option<(PathBuf, String)> {
    let sources = Path::new(rustc(root, &["--print", "sysroot"])?.trim()).join("lib/rustlib/src/rust");
    let version = rustc(root, &["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "))?;
    Some((sources, format!("/rustc/{commit}")))
}

/// Where several match, rustc takes the last. The variable separates flags by spaces and knows no quotes: a folder with a
/// space in its name keeps it, which costs reproducible bytes but breaks nothing.
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
        // The builder itself has crates from the registry, so its folder is there before the first build of the program, and
        // the flags are the same in the first and in the next.
        let flags = anonymous_paths(Path::new(env!("CARGO_MANIFEST_DIR")));
        assert!(flags.contains("=/dep"), "{flags}");
        assert!(flags.contains("=/src"), "{flags}");
    }

    #[test]
    fn the_program_is_told_from_what_else_cargo_made() {
        let messages = "\
            {\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"leptos\"},\"filenames\":[\"/t/libleptos.rlib\"]}\n\
            {\"reason\":\"build-script-executed\"}\n\
            not json\n\
            {\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"mistral-key-tester\"},\
            \"filenames\":[\"/t/mistral-key-tester.d\",\"/t/mistral-key-tester.wasm\"]}\n";
        assert_eq!(artifact(messages), Some("/t/mistral-key-tester.wasm".into()));
        assert_eq!(artifact(""), None);
    }
}
