//! Counts what ran, from the output of `cargo test`, so that a suite that silently vanished is noticed.

use std::fmt;

/// Which package's tests an output is of: the same word means different things in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suite {
    Page,
    Xtask,
    Browser,
}

/// What a test holds, told by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Conversation,
    Property,
    Markup,
    Tidy,
    Unit,
    Sdk,
    Judge,
    Chromium,
    Firefox,
    WebKit,
}

/// The kinds that `cargo xtask check` looks at.
pub(crate) const QUICK_KINDS: &[Kind] = &[Kind::Conversation, Kind::Tidy, Kind::Unit];
/// The kinds that need no browser.
pub(crate) const CORE_KINDS: &[Kind] =
    &[Kind::Conversation, Kind::Property, Kind::Markup, Kind::Tidy, Kind::Unit];
/// All kinds.
pub(crate) const ALL_KINDS: &[Kind] = &[
    Kind::Conversation,
    Kind::Property,
    Kind::Markup,
    Kind::Tidy,
    Kind::Unit,
    Kind::Sdk,
    Kind::Judge,
    Kind::Chromium,
    Kind::Firefox,
    Kind::WebKit,
];

impl Kind {
    /// `path` is the test program's source file and the test's own path.
    fn of(suite: Suite, path: &str) -> Self {
        let words: &[(&str, Self)] = match suite {
            Suite::Page => &[
                ("conversation", Self::Conversation),
                ("propert", Self::Property),
                ("markup", Self::Markup),
                ("tidy", Self::Tidy),
            ],
            Suite::Xtask => &[],
            Suite::Browser if path.contains("journey") => {
                &[("chromium", Self::Chromium), ("firefox", Self::Firefox), ("webkit", Self::WebKit)]
            }
            Suite::Browser => &[("judges", Self::Judge), ("sdk", Self::Sdk)],
        };
        words.iter().find(|(word, _)| path.contains(word)).map_or(Self::Unit, |&(_, kind)| kind)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Conversation => "conversations",
            Self::Property => "properties",
            Self::Markup => "markup tests",
            Self::Tidy => "tidy rules",
            Self::Unit => "other unit tests",
            Self::Sdk => "mock checks by the official SDK",
            Self::Judge => "verdicts of outside judges",
            Self::Chromium => "browser journeys in Chromium",
            Self::Firefox => "browser journeys in Firefox",
            Self::WebKit => "browser journeys in WebKit",
        }
    }
}

/// How many tests ended how.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: Vec<Kind>,
    failed: usize,
    ignored: Vec<String>,
}

impl Tally {
    /// Adds the tests of one run of `cargo test`.
    pub(crate) fn add(&mut self, suite: Suite, output: &str) {
        let mut program = String::new();
        let mut kinds = Vec::new();
        // Tests whose result did not follow on the same line, because the test wrote to the terminal itself.
        let mut unsettled = Vec::new();
        for line in output.lines().map(without_colours) {
            let line = line.trim();
            if let Some(started) = line.strip_prefix("Running ").or_else(|| line.strip_prefix("Doc-tests ")) {
                started.split(" (").next().unwrap_or_default().clone_into(&mut program);
            } else if let Some(counts) = line.strip_prefix("test result: ") {
                let passed = counted(counts, "passed");
                kinds.append(&mut unsettled);
                kinds.resize(passed, Kind::Unit);
                self.passed.append(&mut kinds);
                self.failed += counted(counts, "failed");
            } else if let Some((path, result)) =
                line.strip_prefix("test ").and_then(|line| line.split_once(" ... "))
            {
                let kind = Kind::of(suite, &format!("{program}::{path}"));
                match result.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default() {
                    "ok" => kinds.push(kind),
                    // Counted by the result line, which is there even if the test's own line is torn.
                    "FAILED" => {}
                    "ignored" => self.ignored.push(path.to_owned()),
                    _ => unsettled.push(kind),
                }
            }
        }
    }

    /// What must not be: failed or ignored tests, or none of a kind that `wanted` names. `None` when all is well.
    pub(crate) fn objection(&self, wanted: &[Kind]) -> Option<String> {
        if self.has_failures() {
            return Some(format!("{} tests failed", self.failed));
        }
        if !self.ignored.is_empty() {
            return Some(format!("ignored tests prove nothing: {}", self.ignored.join(", ")));
        }
        let absent: Vec<&str> =
            wanted.iter().filter(|&&kind| self.of(kind) == 0).map(|kind| kind.name()).collect();
        (!absent.is_empty()).then(|| format!("none ran of these: {}", absent.join(", ")))
    }

    pub(crate) fn has_failures(&self) -> bool {
        self.failed > 0
    }

    fn of(&self, kind: Kind) -> usize {
        self.passed.iter().filter(|&&passed| passed == kind).count()
    }

    /// The line that ends the output.
    pub(crate) fn line(&self) -> String {
        format!("{} passed, {} failed", self.passed.len(), self.failed)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &kind in ALL_KINDS {
            writeln!(f, "{:>6}  {}", self.of(kind), kind.name())?;
        }
        write!(f, "{:>6}  ignored", self.ignored.len())
    }
}

/// The number before `word` in `ok. 12 passed; 0 failed; 0 ignored; …`.
fn counted(counts: &str, word: &str) -> usize {
    let mut words = counts.split([' ', ';']).filter(|word| !word.is_empty()).peekable();
    while let Some(number) = words.next() {
        if words.peek() == Some(&word) {
            return number.parse().unwrap_or_default();
        }
    }
    0
}

/// A line without the colour codes that cargo writes to a terminal.
fn without_colours(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut parts = line.split('\u{1b}');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        text.push_str(part.split_once('m').map_or(part, |(_, rest)| rest));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
\u{1b}[1m\u{1b}[92m   Compiling\u{1b}[0m mistral-key-tester v0.1.0 (/src)
\u{1b}[1m\u{1b}[92m     Running\u{1b}[0m unittests src/lib.rs (target/debug/deps/key_tester-0123)

running 3 tests
test core::key::tests::a_key_is_cleaned ... ok
test core::key::properties::any_text_is_safe ... ok
test ui::markup::the_field_has_a_label ... ok

test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s

     Running tests/core.rs (target/debug/deps/core-0123)

running 2 tests
test conversations::a_markup_of_words ... ok
test conversations::b - should panic ... ok

test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s

     Running tests/tidy.rs (target/debug/deps/tidy-0123)
test the_core_knows_no_browser ... ok
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

   Doc-tests key_tester
test src/core/key.rs - core::key (line 10) ... ok
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.30s
";

    const BROWSER: &str = "\
     Running tests/browser/main.rs (target/debug/deps/browser-0123)
test journeys::chromium::paste_works ... ok
test journeys::firefox::paste_works ... ok
test journeys::firefox::stop has been running for over 60 seconds
test journeys::firefox::stop ... Starting the driver
ok
test journeys::webkit::paste_works ... ok
test sdk::lists_models ... ok
test proxy::refuses_other_hosts ... ok

test result: ok. 6 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 61.00s

     Running tests/judges.rs (target/debug/deps/judges-0123)
test lighthouse_gives_full_marks ... ok
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 60.00s
";

    fn tally(outputs: &[(Suite, &str)]) -> Tally {
        let mut tally = Tally::default();
        for (suite, output) in outputs {
            tally.add(*suite, output);
        }
        tally
    }

    #[test]
    fn tests_are_counted_by_what_they_hold() {
        let tally = tally(&[(Suite::Page, PAGE), (Suite::Browser, BROWSER)]);
        assert_eq!(
            ALL_KINDS.iter().map(|&kind| tally.of(kind)).collect::<Vec<_>>(),
            [2, 1, 1, 1, 3, 1, 1, 1, 2, 1]
        );
        assert_eq!(tally.line(), "14 passed, 0 failed");
        assert_eq!(tally.objection(ALL_KINDS), None);
        assert!(tally.to_string().contains("     2  browser journeys in Firefox\n"), "{tally}");
        assert!(tally.to_string().ends_with("     0  ignored"), "{tally}");
    }

    #[test]
    fn tests_of_this_tool_are_unit_tests_whatever_their_name() {
        let output = PAGE.replace("conversations", "tidy");
        let tally = tally(&[(Suite::Xtask, &output)]);
        assert_eq!(tally.of(Kind::Unit), 7);
    }

    #[test]
    fn a_suite_that_vanished_is_objected_to() {
        let without = PAGE.replace("conversations::", "talks::");
        let tally = tally(&[(Suite::Page, &without)]);
        assert_eq!(tally.objection(CORE_KINDS), Some("none ran of these: conversations".into()));
        assert_eq!(tally.objection(&[Kind::Tidy]), None);
    }

    #[test]
    fn an_ignored_test_is_objected_to_by_name() {
        let output = "test a::b ... ignored, flaky\ntest c ... ok\n\
                      test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured\n";
        let tally = tally(&[(Suite::Page, output)]);
        assert_eq!(tally.objection(&[]), Some("ignored tests prove nothing: a::b".into()));
        assert_eq!(tally.line(), "1 passed, 0 failed");
    }

    #[test]
    fn a_failed_test_is_counted_once() {
        let output = "test a ... FAILED\ntest b ... ok\n\n---- a stdout ----\ntest result of a: wrong\n\
                      test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured\n";
        let tally = tally(&[(Suite::Page, output)]);
        assert_eq!(tally.line(), "1 passed, 1 failed");
        assert_eq!(tally.objection(&[]), Some("1 tests failed".into()));
    }
}
