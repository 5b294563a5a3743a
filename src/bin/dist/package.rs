//! The packages that a program was compiled from, as cargo names them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::site::Fault;

/// A package with what its manifest says of whose it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The licences, in SPDX's words: `MIT OR Apache-2.0`.
    pub(crate) licence: String,
    /// Names, without addresses for mail.
    pub(crate) authors: String,
    pub(crate) repository: String,
    /// Where its sources are on this machine, if there is a place for them.
    pub(crate) folder: Option<PathBuf>,
}

/// The manifests of the packages in a program for `target`, from what cargo says that it made. What runs while compiling is made
/// for this machine and is not in it, and what belongs to this project is no other's work.
pub(crate) fn manifests(messages: &str, target: &str) -> BTreeSet<PathBuf> {
    let lines = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter(|message| !message["package_id"].as_str().unwrap_or_default().starts_with("path+"))
        .filter(|message| {
            let files = message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
            files.map(Path::new).any(|file| file.iter().any(|part| part == target))
        })
        .filter_map(|message| message["manifest_path"].as_str().map(PathBuf::from))
        .collect()
}

/// Reads a manifest.
pub(crate) fn read(manifest: &Path) -> Result<Package, Fault> {
    let text = fs::read_to_string(manifest).map_err(|error| Fault::Io(manifest.to_owned(), error))?;
    let package =
        parse(&text).map(|package| Package { folder: manifest.parent().map(Path::to_owned), ..package });
    package.ok_or_else(|| {
        Fault::Tool(manifest.display().to_string(), "names no licence, so it cannot be published".to_owned())
    })
}

/// The library that every program has, by what `rustc -vV` tells.
pub(crate) fn standard_library(told: &str) -> Option<Package> {
    Some(Package {
        name: "Rust standard library".to_owned(),
        version: told.lines().find_map(|line| line.strip_prefix("release: "))?.to_owned(),
        licence: "MIT OR Apache-2.0".to_owned(),
        authors: "The Rust Project Developers".to_owned(),
        repository: "https://github.com/rust-lang/rust".to_owned(),
        // Where a toolchain keeps its terms, if at all, depends on who has packed it.
        folder: None,
    })
}

/// Cargo writes the manifests of published packages anew, always alike: one value a line, lists over several.
fn parse(manifest: &str) -> Option<Package> {
    let (_, package) = manifest.split_once("[package]\n")?;
    let package = package.split("\n[").next()?;
    let value = |name: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""))?;
        line.split('"').next().map(str::to_owned)
    };
    let authors = package.split_once("authors = [").and_then(|(_, rest)| rest.split_once(']'));
    let quoted = authors.map_or("", |(list, _)| list).split('"').skip(1).step_by(2);
    let authors: Vec<&str> = quoted.map(|author| author.split(" <").next().unwrap_or(author)).collect();
    Some(Package {
        name: value("name")?,
        version: value("version")?,
        licence: value("license")?,
        authors: authors.join(", "),
        repository: value("repository").unwrap_or_default(),
        folder: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    const MANIFEST: &str = "# Made by cargo.\n\n[package]\nedition = \"2021\"\nname = \"a\"\nversion = \"1.2.0\"\nauthors = [\n    \
        \"One <one@a.test>\",\n    \"Two\",\n]\nlicense = \"MIT\"\nrepository = \"https://a.test/a\"\n\n\
        [package.metadata.docs]\nname = \"x\"\n\n[dependencies.b]\nversion = \"3\"\n";

    #[test]
    fn a_manifest_says_whose_a_package_is() {
        let package = parse(MANIFEST).unwrap();
        let Package { name, version, licence, authors, repository, .. } = package;
        let read = [name, version, licence, authors, repository];
        assert_eq!(read, ["a", "1.2.0", "MIT", "One, Two", "https://a.test/a"]);
        assert_eq!(parse(&MANIFEST.replace("license =", "license-file =")), None);
    }

    #[test]
    fn what_is_in_the_program_is_told_from_what_made_it() {
        let made = |id: &str, name: &str, file: &str| {
            format!(
                "{{\"reason\":\"compiler-artifact\",\"package_id\":\"{id}#{name}@1.0.0\",\"manifest_path\":\"/r/{name}/Cargo.toml\",\
                 \"filenames\":[\"/t/{file}\"]}}\n"
            )
        };
        let messages = [
            made("registry+x", "slab", "wasm32-unknown-unknown/release/deps/libslab.rlib"),
            made("registry+x", "slab", "wasm32-unknown-unknown/release/deps/libslab.rmeta"),
            made("registry+x", "syn", "release/deps/libsyn.rlib"),
            made("path+file:///src", "own", "wasm32-unknown-unknown/release/own.wasm"),
            "{\"reason\":\"build-script-executed\"}\nnot json\n".to_owned(),
        ];
        let found = manifests(&messages.concat(), "wasm32-unknown-unknown");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [PathBuf::from("/r/slab/Cargo.toml")]);
    }

    #[test]
    fn a_manifest_that_is_gone_or_names_no_licence_is_named() {
        let folder = Scratch::new().unwrap();
        let manifest = folder.path("Cargo.toml");
        assert!(read(&manifest).unwrap_err().to_string().contains("Cargo.toml"));
        folder.write("Cargo.toml", MANIFEST.replace("license", "x").as_bytes()).unwrap();
        assert!(read(&manifest).unwrap_err().to_string().contains("names no licence"));
        folder.write("Cargo.toml", MANIFEST.as_bytes()).unwrap();
        assert_eq!(read(&manifest).unwrap().folder.as_deref(), Some(folder.folder()));
    }

    #[test]
    fn the_standard_library_is_of_the_compilers_version() {
        let told = "rustc 1.95.0 (x 2026-01-01)\nbinary: rustc\nrelease: 1.95.0\n";
        assert_eq!(standard_library(told).unwrap().version, "1.95.0");
        assert_eq!(standard_library(""), None);
    }
}
