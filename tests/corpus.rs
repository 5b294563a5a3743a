//! The saved inputs of the fuzz targets, and a few variations of each, without a fuzzer.

#[path = "fuzz/src/lib.rs"]
mod fuzz;

use std::collections::BTreeSet;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

/// What a target does with its bytes. It panics when a promise is broken.
type Target = fn(&[u8]);

/// Every target by its name.
const TARGETS: [(&str, Target); 7] = [
    ("code", fuzz::code),
    ("error", fuzz::error),
    ("key", fuzz::key),
    ("paste", fuzz::paste),
    ("report", fuzz::report),
    ("request", fuzz::request),
    ("sse", fuzz::sse),
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(name)
}

/// The files and folders in a folder, in the order of their names.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

/// File names in a folder, without their extensions.
fn names(folder: &Path) -> BTreeSet<String> {
    let stem = |path: &PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    entries(folder).iter().map(stem).collect()
}

/// The same each time: the front up to each tenth, and from there on; a byte changed at each tenth, in each of three
/// ways; all of it twice.
fn variations(seed: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![[seed, seed].concat()];
    for tenth in 0..10 {
        let at = seed.len() * tenth / 10;
        let (front, back) = seed.split_at(at);
        all.push(front.to_vec());
        all.push(back.to_vec());
        for bits in [0x01, 0x20, 0x80] {
            let mut changed = seed.to_vec();
            if let Some(byte) = changed.get_mut(at) {
                *byte ^= bits;
            }
            all.push(changed);
        }
    }
    all
}

/// Which of the inputs break the target.
fn findings(name: &str, target: Target) -> Vec<String> {
    let mut findings = Vec::new();
    for path in entries(&folder("corpus").join(name)) {
        let seed = fs::read(&path).expect("a readable file");
        for (number, input) in [seed.clone()].into_iter().chain(variations(&seed)).enumerate() {
            if panic::catch_unwind(|| target(&input)).is_err() {
                findings.push(format!("{}, variation {number}: {}", path.display(), input.escape_ascii()));
            }
        }
    }
    findings
}

#[test]
fn no_saved_input_breaks_its_target() {
    for (name, target) in TARGETS {
        let findings = findings(name, target);
        assert!(findings.is_empty(), "{name} breaks on:\n{}", findings.join("\n"));
    }
}

#[test]
fn every_target_has_inputs_and_is_replayed() {
    let replayed: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&folder("fuzz_targets")), replayed);
    assert_eq!(names(&folder("corpus")), replayed);
    let manifest = fs::read_to_string(folder("Cargo.toml")).expect("a manifest");
    for name in replayed {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is not built");
        let count = entries(&folder("corpus").join(&name)).len();
        assert!(
            (20..=60).contains(&count),
            "{name} has {count} inputs: too few to matter or too many to know"
        );
    }
}

#[test]
fn a_target_that_breaks_is_noticed() {
    let found = findings("error", |bytes| assert!(!bytes.ends_with(b"}"), "on purpose"));
    assert!(found.iter().any(|finding| finding.contains("variation 0")), "{found:?}");
}
