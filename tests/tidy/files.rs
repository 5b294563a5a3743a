//! What each file is held to by itself: its size, its first line, its words, and no look at the clock.

use super::Finding;
use super::source::{self, Source, holds_name};

/// Ways of reading the machine's clock.
const CLOCKS: [&str; 3] = ["Instant::now", "SystemTime", "elapsed()"];

/// What reads it all the same: it waits for a state, paces a stream, stamps bytes or needs the day, and asserts nothing of it.
const CLOCK_READERS: [&str; 7] = [
    "src/bin/dist/day.rs",
    "tests/e2e/src/mock.rs",
    "tests/e2e/src/pacer.rs",
    "tests/e2e/src/page.rs",
    "tests/e2e/src/stamp.rs",
    "tests/e2e/src/workbench.rs",
    "tests/examples/explain.rs",
];

const MOST_LINES: usize = 400;
const MOST_LINES_IN_MAIN: usize = 20;
const ONLY_SCRIPT: &str = "src/web/boot.js";

/// All rules of a single file.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let path = source.path.as_str();
    let mut findings = clocks(source);
    let mut find = |rule, line, reason: String| findings.push(Finding::new(rule, path, line, reason));
    let rust = source::extension(path) == "rs";
    let lines = source.text.lines().count();
    let ours = ["src/", "tests/", "xtask/"].iter().any(|folder| path.starts_with(folder));
    if rust && ours && lines > MOST_LINES {
        find("file-size", lines, format!("{lines} lines, {MOST_LINES} at most: split it"));
    }
    if path == "src/main.rs" && lines > MOST_LINES_IN_MAIN {
        find(
            "small-main",
            lines,
            format!("{lines} lines, {MOST_LINES_IN_MAIN} at most: it only starts the page"),
        );
    }
    let script = matches!(source::extension(path), "js" | "mjs" | "cjs" | "ts");
    if path.starts_with("src/") && script && path != ONLY_SCRIPT {
        find("one-script", 1, format!("{ONLY_SCRIPT} is the only JavaScript"));
    }
    if path.starts_with("src/") && rust && !source.text.starts_with("//!") {
        find("module-doc", 1, "begins without a `//!` line that says what the module is for".to_owned());
    }
    if path.starts_with("src/") {
        for (line, text) in &source.strings {
            if matches!(text.as_str(), "Invalid" | "Error") || text.to_lowercase().contains("oops") {
                find("plain-words", *line, format!("“{text}” does not say what is wrong and what to do"));
            }
        }
    }
    // Spelled in halves, so that this file passes its own rule.
    for marker in [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")] {
        for (index, text) in source.text.lines().enumerate() {
            if holds_name(text, marker) {
                find("no-leftovers", index + 1, format!("`{marker}`: finish it or leave it out"));
            }
        }
    }
    findings
}

/// Every look at the clock, tests included.
fn clocks(source: &Source) -> Vec<Finding> {
    let path = source.path.as_str();
    let timed = ["src/", "tests/"].iter().any(|folder| path.starts_with(folder));
    let mut findings = Vec::new();
    for (index, code) in source.with_tests.lines().enumerate() {
        let read = CLOCKS.iter().find(|name| holds_name(code, name));
        if let Some(name) = read.filter(|_| timed && !CLOCK_READERS.contains(&path)) {
            let why = "a busy machine is slow: count work or requests, or play the clock";
            findings.push(Finding::new("no-clock", path, index + 1, format!("`{name}`: {why}")));
        }
    }
    findings
}
