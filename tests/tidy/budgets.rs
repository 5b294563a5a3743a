//! A budget is told to those who read what changed: the newest entry of `CHANGELOG.md` on it says what it may be.

use super::Finding;
use super::source::Source;

const BUDGETS: &str = "src/bin/dist/size.rs";
const CHANGELOG: &str = "CHANGELOG.md";

/// Every budget of which the newest entry says another number, or no entry any.
pub(crate) fn check(sources: &[Source]) -> Vec<Finding> {
    let text =
        |path: &str| sources.iter().find(|source| source.path == path).map(|source| source.text.as_str());
    let (Some(budgets), Some(changelog)) = (text(BUDGETS), text(CHANGELOG)) else { return Vec::new() };
    let entries: Vec<String> = changelog.split("\n- ").map(words).collect();
    let mut findings = Vec::new();
    for (index, line) in budgets.lines().enumerate() {
        let Some((name, bytes)) = budget(line) else { continue };
        let size = bytes.div_ceil(1000);
        if entries.iter().find_map(|entry| told(entry, &name)) != Some(size) {
            let reason =
                format!("the newest entry of {CHANGELOG} on “{name}” does not say it may be {size} kB");
            findings.push(Finding::new("budget-changelog", BUDGETS, index + 1, reason));
        }
    }
    findings
}

/// The kilobytes that an entry allows a budget: `the first load may be 90 kB`, with any words before `may be`.
fn told(entry: &str, name: &str) -> Option<usize> {
    let (_, after) = entry.split_once(&format!(" {name} "))?;
    // The next word may begin with the blank that ends this one.
    let after = format!(" {after}");
    let size = |words: &str| words.split_once(" kb ")?.0.parse().ok();
    after.split(" may be ").skip(1).find_map(size)
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
