//! The explanations are complete and in the project's own words.

use key_tester::core::explain::{Cause, Certainty, Step, Verdict};

/// The causes of the model list's call, by their stable names. Spelt out: pages, reports and tests rely on them.
const NAMES: [&str; 25] = [
    "works",
    "empty",
    "other-vendor",
    "masked",
    "placeholder",
    "unsendable",
    "bad-request",
    "invalid-key",
    "unauthorized",
    "payment-required",
    "forbidden",
    "no-route",
    "not-found",
    "timeout",
    "rate-limited",
    "server-error",
    "unavailable",
    "gateway-timeout",
    "edge-error",
    "not-mistral",
    "offline",
    "blocked",
    "timed-out",
    "stopped",
    "stream-incomplete",
];

#[test]
fn the_names_are_the_agreed_ones_and_each_is_there_once() {
    let mut names = Cause::ALL.map(|cause| cause.entry().name);
    let mut agreed = NAMES;
    names.sort_unstable();
    agreed.sort_unstable();
    assert_eq!(names, agreed);
}

#[test]
fn the_verdicts_have_the_agreed_names() {
    let names = [
        (Verdict::Works, "works"),
        (Verdict::Limited, "limited"),
        (Verdict::Refused, "refused"),
        (Verdict::Unclear, "unclear"),
        (Verdict::Unreachable, "unreachable"),
        (Verdict::NotSent, "not-sent"),
    ];
    for (verdict, name) in names {
        assert_eq!(verdict.name(), name);
        assert!(Cause::ALL.iter().any(|cause| cause.entry().verdict == verdict), "no cause leads to {name}");
    }
}

#[test]
fn every_cause_says_what_happened_what_it_means_and_what_to_do() {
    for cause in Cause::ALL {
        let entry = cause.entry();
        assert!(entry.headline.ends_with('.') && entry.headline.len() <= 60, "{}", entry.headline);
        assert!(entry.meaning.ends_with('.'), "{}", entry.meaning);
        assert!(entry.verdict == Verdict::Works || !entry.next.is_empty(), "{} has no next step", entry.name);
        for step in entry.next {
            let (text, address) = match step {
                Step::Do(text) => (*text, "https://console.mistral.ai/"),
                Step::Visit(text, link) => {
                    assert!(!link.label.is_empty(), "{}", entry.name);
                    (*text, link.address)
                }
            };
            assert!(text.ends_with('.'), "{text}");
            let host = address.strip_prefix("https://").and_then(|rest| rest.split('/').next());
            assert!(host.is_some_and(|host| host.ends_with(".mistral.ai")), "{address}");
        }
    }
}

#[test]
fn no_two_causes_have_the_same_headline() {
    for cause in Cause::ALL {
        let twins = Cause::ALL.iter().filter(|other| other.entry().headline == cause.entry().headline);
        assert_eq!(twins.count(), 1, "{}", cause.entry().headline);
    }
}

#[test]
fn no_text_dodges_with_a_word() {
    for cause in Cause::ALL {
        let entry = cause.entry();
        let steps = entry.next.iter().map(|step| match step {
            Step::Do(text) | Step::Visit(text, _) => *text,
        });
        for text in [entry.headline, entry.meaning].into_iter().chain(steps) {
            let words = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
            assert!(!words.clone().any(|word| word == "invalid" || word == "oops"), "{text}");
            assert!(text.contains(' '), "{text} is not a sentence");
        }
    }
}

#[test]
fn a_guess_is_not_sold_as_certain() {
    for cause in [Cause::Blocked, Cause::Unauthorized] {
        assert_eq!(cause.entry().certainty, Certainty::Possible, "{cause:?}");
    }
    for certainty in [Certainty::Certain, Certainty::Likely, Certainty::Possible] {
        assert!(!certainty.label().is_empty());
    }
}
