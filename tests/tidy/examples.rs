//! Proof that every rule can fail, and that none fails what is allowed.

use super::bans::BANS;
use super::glossary::SAY;
use super::source::Source;
use super::words::AVOID;
use super::{check, check_together};

/// Path, text, and the rules that it must break with the line.
type Example = (&'static str, String, &'static [(&'static str, usize)]);

fn examples() -> Vec<Example> {
    let text = |lines: &str| format!("//! What it is for.\n{lines}\n");
    let mut examples: Vec<Example> = vec![
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
        ("tests/core/a.rs", text("assert!(begun.elapsed() < TIMEOUT);"), &[("no-clock", 2)]),
        ("tests/e2e/tests/browser/a.rs", text("let t = std::time::SystemTime::now();"), &[("no-clock", 2)]),
        ("src/core/time.rs", text("use super::key::ApiKey;"), &[("floors", 2)]),
        ("src/core/key/clean.rs", text("use crate::core::http::Method;"), &[("floors", 2)]),
        ("src/core/mistral/wire.rs", text("use crate::core::{time, models::Model};"), &[("floors", 2)]),
        ("src/core/report/csv.rs", text("use super::super::app::Model;"), &[("floors", 2)]),
        ("src/core/prices/mod.rs", text("use crate::core::{endpoint, models, work};"), &[("floors", 2)]),
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
        (
            "src/core/a.rs",
            text("struct Errand;\nlet a = self.take_in_all(MOST_PATIENCE);"),
            &[("glossary", 2), ("glossary", 3), ("glossary", 3)],
        ),
        ("src/core/explain/silence.rs", text("fn f() {}"), &[("glossary", 1)]),
        ("style/views.css", "@layer views {\n  .embers-busy {\n".to_owned(), &[("glossary", 2)]),
    ];
    examples.extend(said_otherwise());
    examples.extend(AVOID.iter().map(|(word, _)| -> Example {
        ("src/ui/a.rs", text(&format!("p().child(\"This {word} reads badly.\")")), &[("page-words", 2)])
    }));
    examples.push(("index.html", "<p>Press it once more.</p>\n".to_owned(), &[("page-words", 1)]));
    examples.push((
        "style/a.css",
        "@layer views {\n  .a {\n    font-size: 0.9rem;\n".to_owned(),
        &[("type-scale", 3)],
    ));
    let tokens =
        "--ground: light-dark(oklch(98% 0 0), oklch(16% 0 0));\n--ring: oklch(72% 0.19 48);\n--ink: red;\n";
    examples.push((
        "style/tokens.css",
        tokens.to_owned(),
        &[("contrast", 2), ("contrast", 3), ("contrast", 3), ("tokens", 1)],
    ));
    let sizes: String =
        ["1", "2", "3", "4", "5", "6", "7", "8"].map(|size| ["--t", size, ": 1rem;\n"].concat()).concat();
    examples.push(("style/tokens.css", sizes, &[("type-scale", 1), ("tokens", 1)]));
    examples.extend(parting());
    examples
}

/// Each word of the glossary's list in a name of its own.
fn said_otherwise() -> impl Iterator<Item = Example> {
    SAY.iter().map(|(word, _)| {
        ("src/ui/a.rs", format!("//! What it is for.\nfn a_{word}_b() {{}}\n"), &[("glossary", 2)][..])
    })
}

/// Examples of what brings together what is to stay apart.
fn parting() -> Vec<Example> {
    let text = |lines: &str| format!("//! What it is for.\n{lines}\n");
    let part = "src/core/app/parts/scan/view.rs";
    vec![
        (part, text("use crate::core::app::Model;"), &[("parts-apart", 2)]),
        (part, text("use crate::core::app::{facts::Facts, parts::lab::Lab};"), &[("parts-apart", 2)]),
        (part, text("use super::super::lab::Lab;"), &[("parts-apart", 2)]),
        (part, text("use super::super::super::session::Moment;"), &[("parts-apart", 2)]),
        ("src/core/app/parts/doctor.rs", text("use super::lab;"), &[("parts-apart", 2)]),
        ("src/core/app/lab/run.rs", text("fn f(m: &mut Model) {}"), &[("one-parent", 2)]),
        ("src/core/app/lab/run.rs", text("fn f<'a>(m: &'a mut Model) {}"), &[("one-parent", 2)]),
        ("src/core/app/table.rs", text("impl Model {\n}"), &[("one-parent", 2)]),
        ("src/core/app/table.rs", text("impl super::Model {\n}"), &[("one-parent", 2)]),
        ("src/ui/a.rs", text("fn f(m: &'a mut crate::core::app::Model) {}"), &[("one-parent", 2)]),
        (
            "src/core/app/parts/doctor.rs",
            text("let id = RequestId { owner, number: 3 };\nlet ids = [RequestId {\n    owner,\n}];"),
            &[("one-mint", 2), ("one-mint", 3)],
        ),
        ("src/core/app/turns.rs", text("let id = RequestId::new(owner, 3);"), &[("one-mint", 2)]),
        ("src/shell/http.rs", text("use super::runtime::Handle;"), &[("shell-star", 2)]),
        ("src/shell/http/read.rs", text("use crate::shell::{clock, keyboard::on};"), &[("shell-star", 2)]),
        ("src/shell/timer.rs", text("use crate::shell::stamp;"), &[("shell-star", 2)]),
    ]
}

/// Files, the order of the core's modules in them, and the rules that they must break together with path and line.
type Together = (
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
    &'static [(&'static str, &'static str, usize)],
);

/// Examples that no file breaks by itself.
const TOGETHER: &[Together] = &[
    (
        &[
            ("src/core/a.rs", "//! A.\nuse super::b::B;"),
            ("src/core/b.rs", "use crate::core::c;"),
            ("src/core/c.rs", "use super::a::A;"),
            ("src/core/d.rs", "use super::a::A;"),
        ],
        &["a", "b", "c", "d"],
        &[("no-circles", "src/core/a.rs", 2)],
    ),
    // A re-export hides no circle.
    (
        &[
            ("src/core/a/mod.rs", "mod one;\nmod two;\npub use one::One;\npub use two::Two as Second;"),
            ("src/core/a/one.rs", "use crate::core::a::Second;"),
            ("src/core/a/two.rs", "use super::One;"),
        ],
        &["a"],
        &[("no-circles", "src/core/a/one.rs", 1)],
    ),
    (
        &[
            ("xtask/src/main.rs", "mod a;\nmod b;"),
            ("xtask/src/a.rs", "use crate::b::B;"),
            ("xtask/src/b.rs", "use crate::a::A;"),
        ],
        &[],
        &[("no-circles", "xtask/src/a.rs", 1)],
    ),
    (&[("src/core/a.rs", "")], &[], &[("floors", "tests/tidy/floors.rs", 1)]),
    (&[("src/core/a.rs", "")], &["a", "b"], &[("floors", "tests/tidy/floors.rs", 1)]),
    (
        &[
            (
                "ARCHITECTURE.md",
                "## Code map\n| `src/core/a/`, `b.rs`, `a/c.rs` | x |\n| `tests/` | y |\n## Glossary\n\
                 | term | meaning | where |\n|---|---|---|\n| warm call | x | `src/core/d.rs` |\n| cold | y | `e.rs` |\n",
            ),
            ("src/core/a/mod.rs", ""),
            ("src/core/d.rs", ""),
        ],
        &["a", "d"],
        &[
            ("code-map", "ARCHITECTURE.md", 2),
            ("code-map", "ARCHITECTURE.md", 2),
            ("code-map", "ARCHITECTURE.md", 3),
            ("code-map", "ARCHITECTURE.md", 1),
            ("glossary", "ARCHITECTURE.md", 7),
            ("glossary", "ARCHITECTURE.md", 8),
        ],
    ),
    (&[("ARCHITECTURE.md", "## Code map\n")], &[], &[("glossary", "ARCHITECTURE.md", 1)]),
    // A number of another budget, or of another entry, does not count.
    (
        &[
            ("src/bin/dist/size.rs", "const FIRST_LOAD: usize = 125_000;\nconst VERDICT: usize = 90_000;\n"),
            (
                "CHANGELOG.md",
                "# Changelog\n- The first load may be 120 kB (was\n  110).\n- Another 125 kB.\n- The verdict may be 90 kB.\n",
            ),
        ],
        &[],
        &[("budget-changelog", "src/bin/dist/size.rs", 1)],
    ),
    // Nor does what an older entry allowed, nor a byte more than is told.
    (
        &[
            ("src/bin/dist/size.rs", "const FIRST_LOAD: usize = 125_001;\nconst VERDICT: usize = 120_000;\n"),
            (
                "CHANGELOG.md",
                "# Changelog\n- The first load is 90 kB and may be 125 kB.\n- The verdict may be 110 kB.\n- The verdict may be 120 kB, the first load may be 126 kB.\n",
            ),
        ],
        &[],
        &[("budget-changelog", "src/bin/dist/size.rs", 1), ("budget-changelog", "src/bin/dist/size.rs", 2)],
    ),
    // What is allowed: a parent that hands its child on, a child that names it, a tree of `use`, a map that is complete.
    (
        &[
            (
                "ARCHITECTURE.md",
                "## Code map\n| `src/core/a/`, `b.rs`, `a/one.rs` | x |\n## Glossary\n| other one | x | `src/core/a/mod.rs` |\n\
                 ## More\n| c | x | `c.rs` |\n",
            ),
            (
                "src/core/a/mod.rs",
                "mod one;\npub use crate::core::a::one::One;\npub use self::one::OtherOne;",
            ),
            ("src/core/a/one.rs", "use super::{Kind, OtherOne};\nuse crate::core::{b::{self, B}};"),
            ("src/core/b.rs", "#[cfg(test)]\nmod tests { use crate::core::a::One; }"),
        ],
        &["b", "a"],
        &[],
    ),
];

#[test]
fn every_rule_can_fail() {
    for (path, text, expected) in examples() {
        let found: Vec<_> = check(&Source::new(path, &text)).iter().map(|f| (f.rule, f.line)).collect();
        assert_eq!(found, expected, "{path}:\n{text}");
    }
    for (files, floors, expected) in TOGETHER {
        let sources: Vec<Source> = files.iter().map(|(path, text)| Source::new(path, text)).collect();
        let findings = check_together(&sources, floors);
        let found: Vec<_> = findings.iter().map(|f| (f.rule, f.path.as_str(), f.line)).collect();
        assert_eq!(found, *expected, "{files:?}");
    }
    let others = [
        "floors",
        "no-circles",
        "code-map",
        "glossary",
        "budget-changelog",
        "parts-apart",
        "one-parent",
        "one-mint",
        "shell-star",
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
        let together =
            TOGETHER.iter().any(|(_, _, expected)| expected.iter().any(|(name, ..)| *name == rule));
        assert!(proven || together, "no example breaks {rule}");
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
        ("tests/e2e/src/page.rs", "let deadline = Instant::now() + within;"),
        ("src/core/key/clean.rs", "use crate::core::work;"),
        ("src/core/mistral/chunk.rs", "use crate::core::sse::Decoder;"),
        ("src/core/a.rs", "use crate::core::sse::begins; // no Decoder\nlet decoder = TextDecoder::new();"),
        ("src/core/app/mod.rs", "use crate::core::{models, round_trip::Check};\nuse super::http;"),
        ("src/core/models/rows.rs", "use super::prices;\nuse crate::core::copy;"),
        ("src/ui/app.rs", "let prefetched = 1; a.unwrap_or_default(); view! { <p style:--x=y/> }"),
        ("src/shell/handle.rs", "use leptos::prelude::*;"),
        ("src/bin/dist.rs", "println!(\"done\");"),
        ("src/core/a.rs", "let a = \"Invalid model\";"),
        (
            "src/core/app/parts/scan/view.rs",
            "use super::Scan;\nuse crate::core::app::{facts::Facts, parts::scan::Due, step::Step};",
        ),
        ("src/core/app/parts/mod.rs", "use crate::core::app::Model;\nuse super::session;"),
        ("src/core/app/mod.rs", "impl Model {}\npub fn update(model: &mut Model) {}"),
        ("src/core/app/lab/run.rs", "fn f(m: &Model, rows: &mut ModelRows) {}"),
        ("src/core/app/calls.rs", "let id = RequestId { owner, number };"),
        (
            "src/core/http.rs",
            "pub struct RequestId {\n    a: u8,\n}\nimpl RequestId {}\nfn f() -> RequestId {\n}",
        ),
        ("src/core/app/page.rs", "let RequestId { owner, .. } = id;"),
        (
            "src/shell/http/read.rs",
            "use super::Sent;\nuse crate::shell::{clock::stamp, handle::Handle, http};",
        ),
        ("src/shell/runtime.rs", "use super::{http, keyboard};"),
        (
            "src/core/a.rs",
            "// errand\nlet a = \"silence\";\nlet preflight = take(in_flight, upbeat);\nfn to_take(in_a: u8) {}",
        ),
    ] {
        let findings = check(&Source::new(path, &format!("//! What it is for.\n{lines}\n")));
        let found: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
