//! The invariants of the source tree that no compiler checks: layers, banned names, sizes, wording.
//!
//! Each rule is a row of a table and has an example below that must break it.

#[path = "tidy/examples.rs"]
mod examples;
#[path = "tidy/paths.rs"]
mod paths;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/workflows.rs"]
mod workflows;

use source::Source;
use std::fmt;
use std::fs;
use std::path::Path;

/// Names that code in some folder must not use.
struct Ban {
    rule: &'static str,
    /// Beginning of the paths it holds for.
    within: &'static str,
    /// Beginnings of paths it does not hold for.
    except: &'static [&'static str],
    /// Words of code; where one begins or ends with a letter, the name must begin or end there too.
    names: &'static [&'static str],
    why: &'static str,
}

const BANS: [Ban; 9] = [
    Ban {
        rule: "pure-core",
        within: "src/core/",
        except: &[],
        names: &[
            "leptos",
            "web_sys",
            "js_sys",
            "gloo",
            "gloo_net",
            "gloo_timers",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "Instant::now",
            "SystemTime",
            "std::env",
            "std::fs",
            "std::net",
            "std::thread",
            "std::process",
            "async",
        ],
        why: "the core has no browser, no clock, no system and no async; such things enter as data",
    },
    Ban {
        rule: "ui-draws",
        within: "src/ui/",
        except: &[],
        names: &[
            "gloo_net",
            "js_sys",
            "wasm_bindgen_futures",
            "spawn_local",
            "fetch",
            "fetch_with_request",
            "fetch_with_str",
            "cookie",
            "set_cookie",
            "inner_html",
            "set_inner_html",
            "style=\"",
        ],
        why: "views read the model and send messages; the policy refuses inline styles",
    },
    Ban {
        rule: "shell-below-ui",
        within: "src/shell/",
        except: &[],
        names: &["crate::ui"],
        why: "the shell carries effects out and knows no view",
    },
    Ban {
        rule: "shell-without-leptos",
        within: "src/shell/",
        except: &["src/shell/handle.rs"],
        names: &["leptos"],
        why: "only the handle ties the shell to Leptos",
    },
    Ban {
        rule: "no-panic-shell",
        within: "src/shell/",
        except: &[],
        names: &[".unwrap()", ".expect("],
        why: "a panic ends the page; handle the case",
    },
    Ban {
        rule: "no-panic-ui",
        within: "src/ui/",
        except: &[],
        names: &[".unwrap()", ".expect("],
        why: "a panic ends the page; handle the case",
    },
    Ban {
        rule: "one-reader",
        within: "src/",
        except: &["src/core/sse.rs", "src/core/sse/", "src/core/mistral/chunk.rs"],
        names: &["Decoder"],
        why: "whoever rests on a stream rests on its chunks, so that all read it alike",
    },
    Ban {
        rule: "no-output",
        within: "src/",
        except: &["src/bin/"],
        names: &[
            "println!",
            "eprintln!",
            "print!",
            "eprint!",
            "dbg!",
            "console::log",
            "console::log_1",
            "console.log",
        ],
        why: "a page has no terminal, and a console keeps what it is told",
    },
    Ban {
        rule: "no-storage",
        within: "src/",
        except: &[],
        names: &[
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "local_storage",
            "session_storage",
            "indexed_db",
            "Storage",
            "IdbFactory",
            "CacheStorage",
            "caches",
            "HtmlDocument",
            "document.cookie",
            "gloo_storage",
            "serviceWorker.register",
            "serviceWorker?.register",
            "service_worker",
            "ServiceWorkerContainer",
        ],
        why: "closing the tab must leave nothing behind",
    },
];

/// Ways of reading the machine's clock.
const CLOCKS: [&str; 3] = ["Instant::now", "SystemTime", "elapsed()"];

/// What reads it all the same: it waits for a state, paces a stream, stamps bytes or needs the day, and asserts nothing of it.
const CLOCK_READERS: [&str; 6] = [
    "tests/e2e/src/mock.rs",
    "tests/e2e/src/pacer.rs",
    "tests/e2e/src/page.rs",
    "tests/e2e/src/stamp.rs",
    "tests/e2e/src/workbench.rs",
    "tests/examples/explain.rs",
];

/// What a module of the core may import besides itself and `work`, which counts for all. One that is not listed may import
/// all but `app`.
const LAYERS: [(&str, &[&str]); 10] = [
    ("time", &[]),
    ("fact", &["time"]),
    ("sse", &[]),
    ("key", &["time", "fact"]),
    ("http", &["time", "key", "mistral"]),
    ("mistral", &["time", "key", "http", "sse", "json"]),
    ("report", &["time", "json", "mistral", "explain", "bench"]),
    ("chart", &["time", "bench"]),
    ("export", &["time", "mistral", "json", "literal", "bench"]),
    ("snippet", &["fact", "mistral", "literal"]),
];

const MOST_LINES: usize = 400;
const MOST_LINES_IN_MAIN: usize = 20;
const ONLY_SCRIPT: &str = "src/web/boot.js";

/// One broken rule.
struct Finding {
    rule: &'static str,
    path: String,
    line: usize,
    reason: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} ({})", self.path, self.line, self.reason, self.rule)
    }
}

/// All that is wrong with one file.
fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |rule, line, reason: String| {
        findings.push(Finding { rule, path: source.path.clone(), line, reason });
    };
    let path = source.path.as_str();
    let named = paths::named(source);

    for ban in &BANS {
        if !path.starts_with(ban.within) || ban.except.iter().any(|except| path.starts_with(except)) {
            continue;
        }
        for name in ban.names {
            let in_code = source.lines().filter(|(_, code)| holds_name(code, name)).map(|(line, _)| line);
            let bare = name.trim_start_matches("crate::");
            let in_paths = named
                .iter()
                .filter(|(_, found)| {
                    name.contains("::") && (found == bare || found.starts_with(&format!("{bare}::")))
                })
                .map(|(line, _)| *line);
            let mut lines: Vec<usize> = in_code.chain(in_paths).collect();
            lines.sort_unstable();
            lines.dedup();
            for line in lines {
                find(ban.rule, line, format!("`{name}`: {}", ban.why));
            }
        }
    }

    if let Some(module) = core_module(path) {
        for (line, found) in &named {
            let Some(other) = found.strip_prefix("core::").and_then(|rest| rest.split("::").next()) else {
                continue;
            };
            if other != module
                && other.starts_with(char::is_lowercase)
                && other != "self"
                && !may_import(module, other)
            {
                find("core-layers", *line, format!("core::{module} must not import core::{other}"));
            }
        }
    }

    let timed = ["src/", "tests/"].iter().any(|folder| path.starts_with(folder));
    for (index, code) in source.with_tests.lines().enumerate() {
        let read = CLOCKS.iter().find(|name| holds_name(code, name));
        if let Some(name) = read.filter(|_| timed && !CLOCK_READERS.contains(&path)) {
            let why = "a busy machine is slow: count work or requests, or play the clock";
            find("no-clock", index + 1, format!("`{name}`: {why}"));
        }
    }

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

/// Whether a name stands in a line, not as part of a longer one.
fn holds_name(line: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(is_word) && name.starts_with(is_word);
        let after = line[at + name.len()..].chars().next().is_some_and(is_word) && name.ends_with(is_word);
        !before && !after
    })
}

/// The module of the core that a file belongs to. `src/core/mod.rs` belongs to none.
fn core_module(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/core/")?;
    let module = inside.split('/').next()?;
    let module = module.strip_suffix(".rs").unwrap_or(module);
    (module != "mod").then_some(module)
}

fn may_import(module: &str, other: &str) -> bool {
    match LAYERS.iter().find(|(name, _)| *name == module) {
        Some((_, allowed)) => other == "work" || allowed.contains(&other),
        None => module == "app" || other != "app",
    }
}

/// Every text file of the tree but what is built or fetched.
fn sources(folder: &Path, root: &Path, found: &mut Vec<Source>) {
    const NOT_OURS: [&str; 5] = [".git", "target", "dist", "node_modules", "Cargo.lock"];
    let entries = fs::read_dir(folder).expect("a readable folder");
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) || path.is_symlink() {
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
    for expected in ["src/lib.rs", "src/core/key/mod.rs", "tests/tidy.rs", "Cargo.toml"] {
        assert!(found.iter().any(|source| source.path == expected), "{expected} was not looked at");
    }
    let findings: Vec<String> = found.iter().flat_map(check).map(|finding| finding.to_string()).collect();
    assert!(findings.is_empty(), "{} broken rules:\n{}", findings.len(), findings.join("\n"));
}
