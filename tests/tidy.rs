//! The invariants of the source tree that no compiler checks: layers, circles, banned names, sizes, wording, the code map,
//! the glossary.
//!
//! Each rule has an example in `tidy/examples.rs` that must break it.

#[path = "tidy/bans.rs"]
mod bans;
#[path = "tidy/budgets.rs"]
mod budgets;
#[path = "tidy/circles.rs"]
mod circles;
#[path = "tidy/examples.rs"]
mod examples;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/floors.rs"]
mod floors;
#[path = "tidy/glossary.rs"]
mod glossary;
#[path = "tidy/looks.rs"]
mod looks;
#[path = "tidy/map.rs"]
mod map;
#[path = "tidy/parting.rs"]
mod parting;
#[path = "tidy/paths.rs"]
mod paths;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/words.rs"]
mod words;
#[path = "tidy/workflows.rs"]
mod workflows;

use source::Source;
use std::fmt;
use std::fs;
use std::path::Path;

/// One broken rule.
struct Finding {
    rule: &'static str,
    path: String,
    line: usize,
    reason: String,
}

impl Finding {
    /// What is wrong in a line of a file.
    fn new(rule: &'static str, path: &str, line: usize, reason: String) -> Self {
        Self { rule, path: path.to_owned(), line, reason }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} ({})", self.path, self.line, self.reason, self.rule)
    }
}

/// All that is wrong with one file.
fn check(source: &Source) -> Vec<Finding> {
    let rules = [
        bans::check,
        floors::check,
        parting::check,
        glossary::check,
        files::check,
        words::check,
        looks::check,
    ];
    rules.into_iter().flat_map(|rule| rule(source)).collect()
}

/// What is wrong with files together, the modules of the core standing in the order of `floors`.
fn check_together(sources: &[Source], floors: &[&str]) -> Vec<Finding> {
    let mut findings = circles::check(sources);
    findings.extend(floors::check_list(sources, floors));
    findings.extend(map::check(sources));
    findings.extend(glossary::check_table(sources));
    findings.extend(budgets::check(sources));
    findings
}

/// Every text file of the tree but what is built or fetched.
fn sources(folder: &Path, root: &Path, found: &mut Vec<Source>) {
    const NOT_OURS: [&str; 4] = [".git", "target", "node_modules", "Cargo.lock"];
    let entries = fs::read_dir(folder).expect("a readable folder");
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let built = folder == root && name == "dist";
        if built || NOT_OURS.contains(&name.as_str()) || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            sources(&path, root, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let relative =
                path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            found.push(Source::new(&relative, &text));
        }
    }
}

#[test]
fn the_tree_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    sources(root, root, &mut found);
    for expected in
        ["src/lib.rs", "src/core/key/mod.rs", "src/bin/dist/main.rs", "tests/tidy.rs", "ARCHITECTURE.md"]
    {
        assert!(found.iter().any(|source| source.path == expected), "{expected} was not looked at");
    }
    let mut findings: Vec<Finding> = found.iter().flat_map(check).collect();
    findings.extend(check_together(&found, &floors::FLOORS));
    let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{} broken rules:\n{}", findings.len(), findings.join("\n"));
}
