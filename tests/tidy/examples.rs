//! Proof that every rule can fail, and that none fails what is allowed.

use super::source::Source;
use super::{BANS, check};

/// Path, text, and the rules that it must break with the line.
type Example = (&'static str, String, &'static [(&'static str, usize)]);

fn examples() -> Vec<Example> {
    let text = |lines: &str| format!("//! What it is for.\n{lines}\n");
    vec![
        ("src/core/a.rs", text("use web_sys::Window;"), &[("pure-core", 2)]),
        ("src/core/a.rs", text("use std::{\n    fmt,\n    fs,\n};"), &[("pure-core", 2)]),
        ("src/core/a.rs", text("pub async fn f() {}"), &[("pure-core", 2)]),
        (
            "src/core/a.rs",
            text("let t = Instant::now();\nlet u = std::thread::spawn(f);"),
            &[("pure-core", 2), ("pure-core", 3), ("no-clock", 2)],
        ),
        (
            "src/core/key/tests.rs",
            text("use std::time::Instant;\nlet t = Instant::now();"),
            &[("no-clock", 3)],
        ),
        (
            "src/core/a.rs",
            text("#[cfg(test)]\nmod tests {\n    fn f() { t.elapsed(); }\n}"),
            &[("no-clock", 4)],
        ),
        ("tests/core/a.rs", text("assert!(begun.elapsed() < PATIENCE);"), &[("no-clock", 2)]),
        ("tests/e2e/tests/browser/a.rs", text("let t = std::time::SystemTime::now();"), &[("no-clock", 2)]),
        ("src/core/time.rs", text("use super::key::ApiKey;"), &[("core-layers", 2)]),
        ("src/core/key/clean.rs", text("use crate::core::http::Method;"), &[("core-layers", 2)]),
        ("src/core/mistral/wire.rs", text("use crate::core::{time, models::Model};"), &[("core-layers", 2)]),
        ("src/core/report/csv.rs", text("use super::super::app::Model;"), &[("core-layers", 2)]),
        ("src/ui/app.rs", text("spawn_local(run);"), &[("ui-draws", 2)]),
        (
            "src/ui/app.rs",
            text("view! { <p inner_html=x style=\"color:red\"/> }"),
            &[("ui-draws", 2), ("ui-draws", 2)],
        ),
        ("src/shell/http.rs", text("use crate::{core::key, ui::App};"), &[("shell-below-ui", 2)]),
        ("src/shell/http.rs", text("use leptos::prelude::*;"), &[("shell-without-leptos", 2)]),
        ("src/shell/http.rs", text("let a = b.unwrap();"), &[("no-panic-shell", 2)]),
        ("src/ui/app.rs", text("let a = b.expect(\"c\");"), &[("no-panic-ui", 2)]),
        ("src/core/bench/a.rs", text("use crate::core::sse::{Decoder, Event};"), &[("one-reader", 2)]),
        ("src/core/mistral/stream.rs", text("let decoder = Decoder::default();"), &[("one-reader", 2)]),
        ("src/core/a.rs", text("println!(\"{key}\");"), &[("no-output", 2)]),
        ("src/web/boot.js", "console.log(key);".to_owned(), &[("no-output", 1)]),
        ("src/shell/a.rs", text("window.local_storage();"), &[("no-storage", 2)]),
        ("src/web/boot.js", "window.localStorage.key = 1;".to_owned(), &[("no-storage", 1)]),
        ("src/web/boot.js", "navigator.serviceWorker?.register(url);".to_owned(), &[("no-storage", 1)]),
        ("src/web/boot.js", "navigator.serviceWorker?.controller;".to_owned(), &[]),
        ("src/shell/a.rs", text("navigator.service_worker();"), &[("no-storage", 2)]),
        ("tests/e2e/src/a.rs", text(&"\n".repeat(400)), &[("file-size", 402)]),
        ("src/main.rs", text(&"\n".repeat(20)), &[("small-main", 22)]),
        ("src/web/more.js", String::new(), &[("one-script", 1)]),
        ("src/core/a.rs", "use std::fmt;\n".to_owned(), &[("module-doc", 1)]),
        (
            "src/core/a.rs",
            text("let a = \"Invalid\";\nlet b = \"Oops, that failed\";"),
            &[("plain-words", 2), ("plain-words", 3)],
        ),
        ("README.md", concat!("a\nTO", "DO: b").to_owned(), &[("no-leftovers", 2)]),
    ]
}

#[test]
fn every_rule_can_fail() {
    for (path, text, expected) in examples() {
        let found: Vec<_> = check(&Source::new(path, &text)).iter().map(|f| (f.rule, f.line)).collect();
        assert_eq!(found, expected, "{path}:\n{text}");
    }
    let others = [
        "core-layers",
        "no-clock",
        "file-size",
        "small-main",
        "one-script",
        "module-doc",
        "plain-words",
        "no-leftovers",
    ];
    for rule in BANS.iter().map(|ban| ban.rule).chain(others) {
        let proven = examples().iter().any(|(_, _, expected)| expected.iter().any(|(name, _)| *name == rule));
        assert!(proven, "no example breaks {rule}");
    }
}

#[test]
fn what_is_allowed_passes() {
    for (path, lines) in [
        (
            "src/core/a.rs",
            "/// Handed to `fetch` by web_sys, async.\nlet a = \"localStorage\"; let asynchronous = 1;",
        ),
        (
            "src/core/a.rs",
            "fn f() {}\n#[cfg(test)]\nmod tests {\n    use std::fs;\n    fn g() { println!(); }\n}",
        ),
        ("src/core/key/mod.rs", "use crate::core::time::Span;\nuse super::time;\nmod clean;"),
        ("src/core/key/tests.rs", "use std::fs;\n// Instant::now()\nlet elapsed = 1;"),
        ("tests/e2e/src/page.rs", "let deadline = Instant::now() + patience;"),
        ("src/core/key/clean.rs", "use crate::core::work;"),
        ("src/core/mistral/chunk.rs", "use crate::core::sse::Decoder;"),
        ("src/core/a.rs", "use crate::core::sse::begins; // no Decoder\nlet decoder = TextDecoder::new();"),
        ("src/core/app/mod.rs", "use crate::core::{models, round_trip::Check};\nuse super::http;"),
        ("src/core/models/rows.rs", "use super::prices;\nuse crate::core::copy;"),
        ("src/ui/app.rs", "let prefetched = 1; a.unwrap_or_default(); view! { <p style:--x=y/> }"),
        ("src/shell/handle.rs", "use leptos::prelude::*;"),
        ("src/bin/dist.rs", "println!(\"done\");"),
        ("src/core/a.rs", "let a = \"Invalid model\";"),
    ] {
        let findings = check(&Source::new(path, &format!("//! What it is for.\n{lines}\n")));
        let found: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
