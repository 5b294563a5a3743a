//! Which modules a source file names: imports and inline paths, with braces expanded.

use super::source::Source;

/// Where a crate of the workspace begins; of two that fit a file, the first is its own.
pub(crate) const ROOTS: [&str; 5] =
    ["src/bin/dist/", "src/", "xtask/src/", "tests/e2e/src/", "tests/fuzz/src/"];

/// A path in a file's code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The line it begins on.
    pub(crate) line: usize,
    /// The crate that it is looked up in, one of [`ROOTS`]; empty for a crate from elsewhere.
    pub(crate) root: &'static str,
    /// Its segments from that crate on, between `::`.
    pub(crate) path: String,
    /// What the thing is called here: the last segment, or what stands behind `as`.
    pub(crate) name: String,
    /// Whether `pub use` hands it on, which needs nothing of it.
    pub(crate) passed_on: bool,
}

/// Every path that begins with `crate`, `super` or `std`, with the line it begins on.
pub(crate) fn named(source: &Source) -> Vec<(usize, String)> {
    mentions(source).into_iter().map(|mention| (mention.line, mention.path)).collect()
}

/// The same paths with all that is to be known of them.
///
/// `super` is resolved from the file's place; inside an inline module it would be one step less, and such a path
/// then names nothing a rule knows.
pub(crate) fn mentions(source: &Source) -> Vec<Mention> {
    let (own, module) = module_of(&source.path);
    let mut found = Vec::new();
    for word in ["crate", "super", "std", "key_tester"] {
        for (at, _) in source.code.match_indices(&format!("{word}::")) {
            let (before, rest) = source.code.split_at(at);
            // Inside a longer path or name, as in `super::super::a` or `mystd::`; or a visibility, which takes nothing.
            let inside = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
            if inside || before.ends_with("pub(in ") {
                continue;
            }
            let line = before.matches('\n').count() + 1;
            let passed_on = before.trim_end().strip_suffix("use").is_some_and(is_public);
            let root = match word {
                "std" => "",
                "key_tester" => "src/",
                _ => own,
            };
            for (path, name) in expanded(rest) {
                let path = resolve(&path, &module);
                found.push(Mention { line, root, path, name, passed_on });
            }
        }
    }
    found
}

/// What the file hands on of its own child modules: `pub use child::Thing;`.
pub(crate) fn handed_on(source: &Source) -> Vec<Mention> {
    let (root, module) = module_of(&source.path);
    let mut found = Vec::new();
    for (at, _) in source.code.match_indices("use ") {
        let (before, rest) = source.code.split_at(at);
        if !is_public(before) {
            continue;
        }
        let line = before.matches('\n').count() + 1;
        for (path, name) in expanded(rest.trim_start_matches("use ")) {
            let first = path.split("::").next().unwrap_or_default();
            if source.code.contains(&format!("mod {first};")) {
                let path = module.iter().map(String::as_str).chain([path.as_str()]);
                let path = path.collect::<Vec<_>>().join("::");
                found.push(Mention { line, root, path, name, passed_on: true });
            }
        }
    }
    found.extend(mentions(source).into_iter().filter(|mention| mention.passed_on));
    found
}

/// Whether a text ends with `pub` or `pub(…)`.
fn is_public(before: &str) -> bool {
    let before = before.trim_end();
    let before = match before.strip_suffix(')') {
        Some(inside) => inside.rsplit_once('(').map_or(inside, |(before, _)| before),
        None => before,
    };
    before.ends_with("pub")
}

/// The paths of the `use` tree that begins here, each with the name it gets.
fn expanded(rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    expand(&mut rest.chars().peekable(), String::new(), &mut found);
    found
}

/// Reads one `use` tree and adds its paths.
fn expand(
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
    prefix: String,
    found: &mut Vec<(String, String)>,
) {
    let (mut path, mut behind) = (prefix, String::new());
    while let Some(&character) = rest.peek() {
        match character {
            '{' => {
                rest.next();
                loop {
                    expand(rest, path.clone(), found);
                    match rest.next() {
                        Some(',') => {}
                        _ => return,
                    }
                }
            }
            ':' | '*' | '_' => path.push(character),
            _ if character.is_alphanumeric() => path.push(character),
            _ if character.is_whitespace() && path.ends_with([':', ' ']) => {}
            _ if character.is_whitespace() => {
                // Inside braces: the rest of `name as other`, or room before a comma.
                while let Some(&c) =
                    rest.peek().filter(|c| !matches!(c, ',' | '}' | ';' | '(' | ')' | '{' | '=' | '>'))
                {
                    behind.push(c);
                    rest.next();
                }
                break;
            }
            _ => break,
        }
        rest.next();
    }
    if !path.ends_with(':') || path.is_empty() {
        let last = path.rsplit("::").next().unwrap_or_default();
        let name = behind.trim().strip_prefix("as ").unwrap_or(last).trim().to_owned();
        found.push((path, name));
    }
}

/// The crate of a file, and where it stands there: `src/core/mistral/wire.rs` is `core::mistral::wire` in `src/`.
pub(crate) fn module_of(path: &str) -> (&'static str, Vec<String>) {
    let root = ROOTS.into_iter().find(|root| path.starts_with(root)).unwrap_or_default();
    let inside = path.strip_prefix(root).unwrap_or(path);
    let inside = inside.strip_suffix("/mod.rs").or_else(|| inside.strip_suffix(".rs")).unwrap_or(inside);
    let parts = inside.split('/').filter(|part| *part != "lib" && *part != "main");
    (root, parts.map(str::to_owned).collect())
}

/// A path from the root of its crate on.
fn resolve(path: &str, module: &[String]) -> String {
    let mut segments: Vec<&str> = path.split("::").collect();
    let ups = segments.iter().take_while(|segment| **segment == "super").count();
    if ups > 0 {
        let base = &module[..module.len().saturating_sub(ups)];
        return base
            .iter()
            .map(String::as_str)
            .chain(segments.drain(..).skip(ups))
            .collect::<Vec<_>>()
            .join("::");
    }
    if matches!(segments.first(), Some(&("crate" | "key_tester"))) {
        segments.remove(0);
    }
    segments.join("::")
}

#[test]
fn braces_and_super_are_followed() {
    let text = "use crate::core::{app::Model, key, http::{self, HttpEvent as Event}, time::*};\n\
                use super::super::app;\nfn f(a: super::wire::Card) -> std::io::Result<()> {}\n\
                use std::{\n    collections::BTreeMap,\n    fs,\n};\nuse super::{sse, prices};\n";
    let source = Source::new("src/core/mistral/error.rs", text);
    let mut paths = named(&source);
    paths.sort();
    let paths: Vec<_> = paths.iter().map(|(line, path)| (*line, path.as_str())).collect();
    assert_eq!(
        paths,
        [
            (1, "core::app::Model"),
            (1, "core::http::HttpEvent"),
            (1, "core::http::self"),
            (1, "core::key"),
            (1, "core::time::*"),
            (2, "core::app"),
            (3, "core::mistral::wire::Card"),
            (3, "std::io::Result"),
            (4, "std::collections::BTreeMap"),
            (4, "std::fs"),
            (8, "core::mistral::prices"),
            (8, "core::mistral::sse"),
        ]
    );
}

#[test]
fn what_is_handed_on_is_known_by_its_name_here() {
    let text = "mod a;\npub use a::{B, c as d};\npub(in crate::core) use super::key::Key;\n\
                pub use leptos::El;\nuse a::E;\nfn f() -> crate::core::time::Span {}\n";
    let source = Source::new("src/core/x/mod.rs", text);
    let found = handed_on(&source);
    let found: Vec<_> = found.iter().map(|one| (one.line, &*one.name, &*one.path)).collect();
    assert_eq!(found, [(2, "B", "core::x::a::B"), (2, "d", "core::x::a::c"), (3, "Key", "core::key::Key")]);
}
