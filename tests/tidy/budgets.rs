//! A budget is told to those who read what changed: its number stands with its name in an entry of `CHANGELOG.md`.

use super::Finding;
use super::source::Source;

const BUDGETS: &str = "src/bin/dist/size.rs";
const CHANGELOG: &str = "CHANGELOG.md";

/// Every budget that no entry names with its number.
pub(crate) fn check(sources: &[Source]) -> Vec<Finding> {
    let text =
        |path: &str| sources.iter().find(|source| source.path == path).map(|source| source.text.as_str());
    let (Some(budgets), Some(changelog)) = (text(BUDGETS), text(CHANGELOG)) else { return Vec::new() };
    let entries: Vec<String> = changelog.split("\n- ").map(words).collect();
    let mut findings = Vec::new();
    for (index, line) in budgets.lines().enumerate() {
        let Some((name, bytes)) = budget(line) else { continue };
        let size = format!(" {} kb ", bytes / 1000);
        let told = |entry: &String| entry.contains(&format!(" {name} ")) && entry.contains(&size);
        if !entries.iter().any(told) {
            let reason =
                format!("no entry of {CHANGELOG} names “{name}” with its{}", size.replace("kb ", "kB"));
            findings.push(Finding::new("budget-changelog", BUDGETS, index + 1, reason));
        }
    }
    findings
}

/// The name and the bytes of a budget: `const FIRST_LOAD: usize = 90_000;`.
fn budget(line: &str) -> Option<(String, usize)> {
    let (name, bytes) = line.strip_prefix("const ")?.strip_suffix(';')?.split_once(": usize = ")?;
    Some((name.to_lowercase().replace('_', " "), bytes.replace('_', "").parse().ok()?))
}

/// The words of a text, in small letters, with a space around each.
fn words(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!(" {} ", words.join(" "))
}
