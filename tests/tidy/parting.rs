//! What keeps the parts of the page apart: parts that do not know each other, one owner of the model, one place where
//! requests get their ids, adapters that only the runtime knows.

use super::Finding;
use super::paths;
use super::source::{Source, holds_name};

const PARTS: &str = "src/core/app/parts/";

/// What a part may name of `core::app` besides itself.
const SHARED: [&str; 18] = [
    "calls",
    "copied",
    "effect",
    "facts",
    "missing",
    "moment",
    "offered",
    "pasted",
    "raw_view",
    "reading",
    "sections",
    "step",
    "summary",
    "text_field",
    "timings",
    "transport",
    "turns",
    "words",
];

const APP: &str = "src/core/app/mod.rs";

/// Files besides [`APP`] that may change the model or add to what it can do.
const ALSO_PARENTS: &[&str] = &[
    "src/core/app/after_rest.rs",
    "src/core/app/input.rs",
    "src/core/app/key_lifetime.rs",
    "src/core/app/line.rs",
    "src/core/app/loading.rs",
    "src/core/app/of_key.rs",
    "src/core/app/overview.rs",
    "src/core/app/reported.rs",
    "src/core/app/rest.rs",
    "src/core/app/saying.rs",
    "src/core/app/scanner.rs",
    "src/core/app/speed.rs",
    "src/core/app/views.rs",
];

/// Signs of a file that has the model in its hands.
const PARENTAL: [&str; 2] = ["mut Model", "impl Model"];

const MINT: &str = "src/core/app/calls.rs";

/// What an adapter may name of `shell` besides itself: the handle, and what several of them stand on.
const HUB: [&str; 8] = ["clock", "document", "early", "environment", "fetch", "handle", "timer", "worker"];

/// All that brings together what is to stay apart.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let mut findings = parts(source);
    findings.extend(parents(source));
    findings.extend(minted(source));
    findings.extend(adapters(source));
    findings
}

/// The names that a file uses of a module, by their first segment behind it.
fn named_of<'n>(
    named: &'n [(usize, String)],
    module: &'n str,
) -> impl Iterator<Item = (usize, &'n str, &'n str)> {
    named.iter().filter_map(move |(line, path)| {
        let rest = path.strip_prefix(module)?;
        let rest = if rest.is_empty() { "self" } else { rest.strip_prefix("::")? };
        Some((*line, rest.split("::").next().unwrap_or_default(), rest))
    })
}

/// The module that a file below `folder` is, or is a part of; nothing for `mod.rs` itself.
pub(crate) fn module_in<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let name = path.strip_prefix(folder)?.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    (name != "mod").then_some(name)
}

/// A part names only what all parts share, and itself.
fn parts(source: &Source) -> Vec<Finding> {
    let Some(own) = module_in(&source.path, PARTS) else { return Vec::new() };
    let named = paths::named(source);
    let mut findings = Vec::new();
    for (line, first, rest) in named_of(&named, "core::app") {
        let is_own = rest.strip_prefix("parts::").and_then(|rest| rest.split("::").next()) == Some(own);
        if !SHARED.contains(&first) && !is_own {
            let reason = format!("core::app::{rest}: a part names only what all share, or itself");
            findings.push(Finding::new("parts-apart", &source.path, line, reason));
        }
    }
    findings
}

/// The code with every path that leads to the model cut down to its name.
fn unqualified(code: &str) -> String {
    let mut left = code;
    let mut short = String::with_capacity(code.len());
    while let Some((before, after)) = left.split_once("::Model") {
        short.push_str(before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
        short.push_str("Model");
        left = after;
    }
    short + left
}

/// Only the application itself has the model in its hands.
fn parents(source: &Source) -> Vec<Finding> {
    let path = source.path.as_str();
    if !path.starts_with("src/") || path == APP || ALSO_PARENTS.contains(&path) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (line, code) in source.lines() {
        // `mut super::Model` is the same as `mut Model`.
        let code = unqualified(code);
        if let Some(sign) = PARENTAL.iter().find(|sign| holds_name(&code, sign)) {
            let reason = format!("`{sign}`: only {APP} changes the model as a whole");
            findings.push(Finding::new("one-parent", path, line, reason));
        }
    }
    findings
}

/// Only one file gives requests their ids.
fn minted(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("src/") || source.path == MINT {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (line, _) in source.lines().filter(|(_, code)| holds_name(code, "RequestId::new")) {
        let reason = format!("`RequestId::new`: only {MINT} gives a request its id");
        findings.push(Finding::new("one-mint", &source.path, line, reason));
    }
    for (at, _) in source.code.match_indices("RequestId {") {
        let (before, rest) = source.code.split_at(at);
        let declares = ["struct", "impl", "for", "->", "enum", "mod"];
        let inside = rest.split_once('}').map_or("", |(inside, _)| inside);
        // What ends with two dots takes an id apart.
        let takes_apart = inside.trim_end().ends_with("..");
        if !declares.iter().any(|word| before.trim_end().ends_with(word)) && !takes_apart {
            let line = before.matches('\n').count() + 1;
            let reason = format!("`RequestId {{`: only {MINT} gives a request its id");
            findings.push(Finding::new("one-mint", &source.path, line, reason));
        }
    }
    findings
}

/// An adapter names the handle that it was given, and no other adapter.
fn adapters(source: &Source) -> Vec<Finding> {
    let Some(own) = module_in(&source.path, "src/shell/").filter(|own| *own != "runtime") else {
        return Vec::new();
    };
    let named = paths::named(source);
    let mut findings = Vec::new();
    for (line, first, rest) in named_of(&named, "shell") {
        if first != own && !HUB.contains(&first) {
            let reason = format!("shell::{rest}: an adapter names {} or itself", HUB.join(", "));
            findings.push(Finding::new("shell-star", &source.path, line, reason));
        }
    }
    findings
}
