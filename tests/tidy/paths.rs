//! Which modules a source file names: imports and inline paths, with braces expanded.

use super::source::Source;

/// Every path that begins with `crate`, `super` or `std`, with the line it begins on.
///
/// `super` is resolved from the file's place; inside an inline module it would be one step less, and such a path
/// then names nothing a rule knows.
pub(crate) fn named(source: &Source) -> Vec<(usize, String)> {
    let module = module_of(&source.path);
    let mut paths = Vec::new();
    for root in ["crate", "super", "std", "key_tester"] {
        for (at, _) in source.code.match_indices(&format!("{root}::")) {
            let (before, rest) = source.code.split_at(at);
            // Inside a longer path or name, as in `super::super::a` or `mystd::`.
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = before.matches('\n').count() + 1;
            let mut found = Vec::new();
            expand(&mut rest.chars().peekable(), String::new(), &mut found);
            paths.extend(found.into_iter().map(|path| (line, resolve(&path, &module))));
        }
    }
    paths
}

/// Reads one `use` tree and adds its paths.
fn expand(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, prefix: String, found: &mut Vec<String>) {
    let mut path = prefix;
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
                while rest
                    .peek()
                    .is_some_and(|&c| !matches!(c, ',' | '}' | ';' | '(' | ')' | '{' | '=' | '>'))
                {
                    rest.next();
                }
                break;
            }
            _ => break,
        }
        rest.next();
    }
    if !path.ends_with(':') || path.is_empty() {
        found.push(path);
    }
}

/// `src/core/mistral/wire.rs` is `core::mistral::wire`.
fn module_of(path: &str) -> Vec<String> {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    let inside = inside.strip_suffix("/mod.rs").or_else(|| inside.strip_suffix(".rs")).unwrap_or(inside);
    inside.split('/').filter(|part| *part != "lib" && *part != "main").map(str::to_owned).collect()
}

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
