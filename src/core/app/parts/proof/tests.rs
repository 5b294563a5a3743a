//! The part by itself: attempts in their turn, files held against the list.

use sha2::{Digest, Sha256};

use super::files::LIST;
use super::{Attempt, Look, Msg, Proof, Result, Tried, Violation};
use crate::core::app::calls::Calls;
use crate::core::app::effect::Effect;
use crate::core::key::hex;
use crate::core::ledger::Seen;
use crate::core::policy::directives;
use crate::core::time::Timestamp;

/// A part of the page by itself.
#[derive(Default)]
struct Alone {
    proof: Proof,
    calls: Calls,
}

impl Alone {
    /// What a message asks for.
    fn tell(&mut self, msg: Msg) -> Vec<Effect> {
        self.proof.update(msg, &mut self.calls).effects
    }

    /// The attempt that a message has made.
    fn attempt(&mut self, msg: Msg) -> Option<Attempt> {
        match self.tell(msg).as_slice() {
            [] => None,
            [Effect::TryLeak { attempt, .. }] => Some(*attempt),
            other => panic!("{other:?}"),
        }
    }

    /// The file that a message has read: its name and its address.
    fn file(&mut self, msg: Msg) -> Option<(String, String)> {
        match self.tell(msg).as_slice() {
            [] => None,
            [Effect::ReadFile { name, address, .. }] => Some((name.clone(), address.clone())),
            other => panic!("{other:?}"),
        }
    }

    /// Has all files read that the list names; each has these bytes here.
    fn check(&mut self, list: &str, here: impl Fn(&str) -> Option<Vec<u8>>) {
        let mut next = self.file(Msg::CheckPressed);
        while let Some((name, _)) = next {
            let bytes = if name == LIST { Some(list.as_bytes().to_vec()) } else { here(&name) };
            next = self.file(Msg::FileRead { name, bytes });
        }
    }

    /// The same where the site has another page by now.
    fn check_after(&mut self, list: &str, page: &[u8], now: &[u8]) {
        let mut next = self.file(Msg::CheckPressed);
        let mut pages = [page, now].into_iter();
        while let Some((name, _)) = next {
            let bytes = if name == LIST { Some(list.as_bytes()) } else { pages.next() };
            next = self.file(Msg::FileRead { name, bytes: bytes.map(<[u8]>::to_vec) });
        }
    }

    fn headline(&self) -> String {
        self.proof.files_view(&self.calls).headline
    }
}

fn violation(blocked: &str, directive: &str) -> Msg {
    Msg::Refused(Violation { blocked: blocked.to_owned(), directive: directive.to_owned() })
}

fn sum(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes))
}

/// The attempt that comes after this one was looked at.
fn looked(page: &mut Alone, attempt: Attempt, tried: Tried, look: Look) -> Option<Attempt> {
    page.attempt(Msg::Tried { attempt, tried, look })
}

#[test]
fn each_way_is_tried_once_and_in_turn() {
    let mut page = Alone::default();
    let mut tried = Vec::new();
    let mut next = page.attempt(Msg::LeakPressed);
    assert_eq!(page.attempt(Msg::LeakPressed), None, "it goes on");
    while let Some(attempt) = next {
        assert!(page.proof.is_trying());
        tried.push(attempt);
        assert_eq!(looked(&mut page, attempt, Tried::Taken, Look::Early), None, "nothing was said yet");
        let rule = if attempt.name().ends_with("worker") { "worker-src" } else { "connect-src" };
        page.attempt(violation(&attempt.address().replace("./", "https://pages.test/x/"), rule));
        next = looked(&mut page, attempt, Tried::Taken, Look::Early);
    }
    assert_eq!(tried, Attempt::ALL);
    let view = page.proof.leak_view();
    assert!(!view.leaks && !view.running && !page.proof.is_trying());
    assert_eq!(view.headline, "23 ways tried. Your browser let none through.");
    assert!(view.rows.iter().all(|row| row.words.starts_with("refused by ")), "{view:?}");
}

#[test]
fn what_is_not_refused_is_said() {
    let mut page = Alone::default();
    let mut next = page.attempt(Msg::LeakPressed);
    let mut results = [Tried::Taken, Tried::Threw, Tried::Absent].into_iter();
    while let Some(attempt) = next {
        // The clock of one that was looked at before comes too late.
        assert_eq!(looked(&mut page, Attempt::Fetch, Tried::Taken, Look::Early), None);
        next = looked(&mut page, attempt, results.next().unwrap_or(Tried::Threw), Look::Late);
    }
    let view = page.proof.leak_view();
    let of = |place: usize| view.rows[place].result.clone();
    assert_eq!([of(0), of(1), of(2)], [Some(Result::NotRefused), Some(Result::Threw), Some(Result::Absent)]);
    assert!(
        view.leaks && view.headline.starts_with("23 ways tried. Your browser did not refuse "),
        "{}",
        view.headline
    );
}

#[test]
fn a_refusal_is_counted_for_the_way_that_it_is_about() {
    let mut page = Alone::default();
    let meant = |page: &mut Alone, attempt: Attempt, blocked: &str, directive: &str| {
        page.proof = Proof::default();
        let mut next = page.attempt(Msg::LeakPressed);
        while next != Some(attempt) {
            next = looked(page, next.expect("one more"), Tried::Absent, Look::Late);
        }
        page.attempt(violation(blocked, directive));
        looked(page, attempt, Tried::Taken, Look::Early).is_some() || !page.proof.is_trying()
    };
    for (attempt, blocked, directive) in [
        (Attempt::Fetch, "https://fetch.leak-test.invalid/?key=made-up", "connect-src"),
        (Attempt::WebSocket, "wss", "connect-src"),
        (Attempt::Eval, "eval", "script-src"),
        (Attempt::Eval, "trusted-types-sink", "require-trusted-types-for"),
        (Attempt::InlineScript, "inline", "script-src-elem"),
        (Attempt::Worker, "https://pages.test/x/leak-test-worker.js?key=made-up", "worker-src"),
        (Attempt::Base, "https://base.leak-test.invalid/?key=made-up", "base-uri"),
    ] {
        assert!(meant(&mut page, attempt, blocked, directive), "{attempt:?} {blocked}");
    }
    // Words about something else: another way, or what an extension does meanwhile.
    for (attempt, blocked, directive) in [
        (Attempt::Fetch, "https://xhr.leak-test.invalid/?key=made-up", "connect-src"),
        (Attempt::Fetch, "https://fetcher.leak-test.invalid/", "connect-src"),
        (Attempt::Fetch, "inline", "style-src-attr"),
        (Attempt::Eval, "inline", "script-src-elem"),
        (Attempt::InlineHandler, "eval", "script-src"),
        (Attempt::Worker, "inline", "script-src-elem"),
        (Attempt::Image, "https", "img-src"),
    ] {
        assert!(!meant(&mut page, attempt, blocked, directive), "{attempt:?} {blocked}");
    }
}

#[test]
fn a_refusal_names_a_line_of_the_policy() {
    let directives = directives(&[]);
    let lines: Vec<&str> = directives.iter().map(|line| line.name).collect();
    for (rule, line) in [
        ("font-src", "default-src"),
        ("style-src-attr", "style-src"),
        ("script-src-elem", "script-src"),
        ("require-trusted-types-for", "require-trusted-types-for"),
        ("base-uri", "base-uri"),
    ] {
        let mut page = Alone::default();
        page.attempt(Msg::LeakPressed);
        page.attempt(violation(&Attempt::Fetch.address(), rule));
        looked(&mut page, Attempt::Fetch, Tried::Taken, Look::Early);
        assert_eq!(page.proof.leak_view().rows[0].words, format!("refused by {line}"));
        assert!(lines.contains(&line), "{line} of {lines:?}");
    }
}

#[test]
fn no_way_carries_anything_but_a_made_up_key_to_a_host_of_nobody() {
    for attempt in Attempt::ALL {
        let address = attempt.address();
        let own = address.starts_with("./leak-test-") && attempt.name().ends_with("worker");
        assert!(own || address.ends_with(".leak-test.invalid/?key=made-up"), "{address}");
        assert!(attempt.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
    }
}

#[test]
fn files_are_held_against_the_list() {
    let (page_file, script) = (b"<!doctype html>".to_vec(), b"run()".to_vec());
    let list = format!("{}  index.html\n{}  boot-1.js\n", sum(&page_file), sum(&script));
    let mut page = Alone::default();
    page.check(&list, |name| Some(if name == "index.html" { page_file.clone() } else { script.clone() }));
    let view = page.proof.files_view(&page.calls);
    assert_eq!(
        (view.headline.as_str(), view.differs, view.running),
        ("All 2 files are what the list says.", false, false)
    );
    assert_eq!(view.list, sum(list.as_bytes()));
    // One byte more, and a file that does not come.
    page.check(&list, |name| (name == "index.html").then(|| b"<!doctype html>\n".to_vec()));
    let view = page.proof.files_view(&page.calls);
    assert!(view.differs && view.headline.starts_with("2 files are not what the list says."), "{view:?}");
    let words: Vec<&str> = view.rows.iter().map(|row| row.words.as_str()).collect();
    assert!(words[0].starts_with("differs: here it is ") && words[1] == "could not be read", "{words:?}");
}

#[test]
fn the_page_itself_is_read_under_its_own_address() {
    let mut page = Alone::default();
    assert_eq!(page.file(Msg::CheckPressed), Some((LIST.to_owned(), LIST.to_owned())));
    let list = format!("{}  index.html\n", "0".repeat(64)).into_bytes();
    let next = page.file(Msg::FileRead { name: LIST.to_owned(), bytes: Some(list) });
    assert_eq!(next, Some(("index.html".to_owned(), String::new())));
}

#[test]
fn what_is_no_list_is_told_and_nothing_of_it_is_asked_for() {
    let hash = "0".repeat(64);
    for list in [
        String::new(),
        "<!doctype html>".to_owned(),
        format!("{hash}  ../other/secret\n"),
        format!("{hash}  https://evil.test/\n"),
        format!("{hash} index.html\n"),
        format!("{}  index.html\n", "0".repeat(63)),
        format!("{hash}  a\n").repeat(101),
    ] {
        let mut page = Alone::default();
        page.check(&list, |_| panic!("nothing is asked for"));
        assert!(page.headline().contains("cannot be read"), "{list}");
    }
    let mut page = Alone::default();
    page.file(Msg::CheckPressed);
    page.file(Msg::FileRead { name: LIST.to_owned(), bytes: None });
    assert!(page.headline().contains("no list"));
}

#[test]
fn a_file_that_the_browser_has_loaded_and_the_list_has_not_is_shown() {
    let mut page = Alone::default();
    page.tell(Msg::Watched { base: "https://pages.test/x/".to_owned(), tells: true });
    let seen = |name: &str| Seen {
        address: format!("https://pages.test/x/{name}"),
        initiator: "script".to_owned(),
        at: Timestamp::default(),
        bytes: 1,
    };
    page.tell(Msg::Seen(vec![seen("a.js"), seen("spy.js"), seen(LIST), seen("")]));
    page.check(&format!("{}  a.js\n", sum(b"a")), |_| Some(b"a".to_vec()));
    let view = page.proof.files_view(&page.calls);
    let odd: Vec<&str> =
        view.rows.iter().filter(|row| row.same == Some(false)).map(|row| row.name.as_str()).collect();
    assert_eq!((odd, view.differs), (vec!["spy.js"], true));
    assert!(view.headline.starts_with("1 file is not what the list says."), "{}", view.headline);
}

#[test]
fn what_was_tried_is_no_stranger() {
    let mut page = Alone::default();
    page.tell(Msg::Watched { base: "https://pages.test/x/".to_owned(), tells: true });
    let seen =
        |address: String| Seen { address, initiator: "img".to_owned(), at: Timestamp::default(), bytes: 0 };
    let tried = Attempt::ALL.map(|attempt| {
        let address = attempt.address();
        seen(address.strip_prefix("./").map_or(address.clone(), |own| format!("https://pages.test/x/{own}")))
    });
    page.tell(Msg::LeakPressed);
    page.tell(Msg::Seen(tried.to_vec()));
    assert!(page.calls.ledger().strangers().is_empty() && page.calls.ledger().own_files().is_empty());
    page.tell(Msg::Seen(vec![
        seen("https://image.leak-test.invalid/?key=another".to_owned()),
        seen("https://evil.test/?to=https://image.leak-test.invalid/?key=made-up".to_owned()),
        seen("https://evil.test/leak-test-worker.js?key=made-up".to_owned()),
    ]));
    assert_eq!(page.calls.ledger().strangers().len(), 3);
}

#[test]
fn a_tab_that_is_older_than_what_is_published_is_asked_to_reload() {
    let list = format!("{}  index.html\n", sum(b"new"));
    let mut page = Alone::default();
    page.check_after(&list, b"old", b"new");
    let view = page.proof.files_view(&page.calls);
    assert!(view.headline.starts_with("A newer version of this page") && !view.differs, "{view:?}");
    page.check_after(&list, b"old", b"other");
    let view = page.proof.files_view(&page.calls);
    assert!(view.headline.starts_with("1 file is not what the list says.") && view.differs, "{view:?}");
}
