//! Names that must not stand in some folder.

use super::Finding;
use super::paths;
use super::source::{Source, holds_name};

/// Names that code in some folder must not use.
pub(crate) struct Ban {
    pub(crate) rule: &'static str,
    /// Beginning of the paths it holds for.
    within: &'static str,
    /// Beginnings of paths it does not hold for.
    except: &'static [&'static str],
    /// Words of code; where one begins or ends with a letter, the name must begin or end there too.
    names: &'static [&'static str],
    why: &'static str,
}

/// Every ban.
pub(crate) const BANS: [Ban; 9] = [
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

/// Every banned name in a file.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let path = source.path.as_str();
    let named = paths::named(source);
    let mut findings = Vec::new();
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
                findings.push(Finding::new(ban.rule, path, line, format!("`{name}`: {}", ban.why)));
            }
        }
    }
    findings
}
