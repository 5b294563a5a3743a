//! `cargo xtask trunk`: whether Trunk makes the same page. It runs the builder as its hook.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::build_tools::{self, Accepts};
use crate::failure::Failure;
use crate::process;
use crate::release;
use crate::version::Version;
use crate::workspace::Workspace;

/// The oldest Trunk whose hooks are told where its files are.
const OLDEST: &str = "0.21";

/// Builds the page both ways and compares every byte. Installs nothing: nobody needs Trunk for this project.
pub(crate) fn compare(workspace: &Workspace) -> Result<(), Failure> {
    let wanted = workspace.locked("wasm-bindgen")?;
    let oldest = Version::first_in(OLDEST);
    let has_trunk = build_tools::usable(workspace, "trunk", |version| Some(version) >= oldest.as_ref());
    let has_bindgen = build_tools::usable(workspace, "wasm-bindgen", |version| *version == wanted);
    if has_trunk.is_none() || has_bindgen.is_none() {
        return Err(Failure::new(
            format!("this needs Trunk ({OLDEST} or newer) and wasm-bindgen {wanted}"),
            "both are for this comparison alone",
            format!(
                "cargo install trunk --locked\ncargo install wasm-bindgen-cli --version {wanted} --locked"
            ),
        ));
    }
    release::build(workspace, Accepts::Pinned)?;
    let folder = workspace.root().join("target/trunk-page");
    let mut trunk = workspace.command("trunk");
    trunk
        .args(["build", "--release", "--offline", "--dist"])
        .arg(&folder)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk 0.21 stops at NO_COLOR=1, because it reads the value as true or false.
        .env_remove("NO_COLOR");
    process::shown(&mut trunk, "cargo xtask trunk")?;
    let io = |error: io::Error| Failure::new("cannot compare the pages", error.to_string(), "");
    let differing = differing(&files(&workspace.dist()).map_err(io)?, &files(&folder).map_err(io)?);
    if differing.is_empty() {
        println!("Trunk makes the same page, byte for byte.");
        return Ok(());
    }
    Err(Failure::new("Trunk makes another page", differing.join(", "), ""))
}

/// Names and contents.
type Files = BTreeMap<String, Vec<u8>>;

fn files(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    Ok(files)
}

/// The names of files that are not the same on both sides.
fn differing(one: &Files, other: &Files) -> Vec<String> {
    let mut names: Vec<String> =
        one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name)).cloned().collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named_once() {
        let files = |files: &[(&str, &str)]| -> Files {
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let one = files(&[("a", "1"), ("b", "1"), ("c", "1")]);
        assert_eq!(differing(&one, &one), Vec::<String>::new());
        assert_eq!(differing(&one, &files(&[("a", "1"), ("b", "2"), ("d", "1")])), ["b", "c", "d"]);
    }
}
