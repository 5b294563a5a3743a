//! The explanations are complete and in the project's own words.

use key_tester::core::explain::{
    Caller, Cause, Certainty, Circumstances, Entry, Explanation, Likelihood, Link, Symptoms, Verdict, look_up,
};
use key_tester::core::guide::{LEADS, SECTIONS};

/// The causes by their stable names. Spelt out: pages, reports and tests rely on them.
const NAMES: [&str; 43] = [
    "works",
    "empty",
    "other-vendor",
    "masked",
    "placeholder",
    "unsendable",
    "invalid-model",
    "invalid-arguments",
    "context-too-long",
    "too-many-inputs",
    "message-order",
    "bad-request",
    "invalid-key",
    "unauthorized",
    "payment-required",
    "tier-not-allowed",
    "labs-not-enabled",
    "forbidden",
    "no-route",
    "not-found",
    "model-not-found",
    "model-retired",
    "too-large",
    "unknown-field",
    "validation",
    "rate-limited",
    "zero-quota",
    "requests-per-second",
    "capacity",
    "month-quota",
    "timeout",
    "server-error",
    "unavailable",
    "gateway-timeout",
    "edge-error",
    "not-mistral",
    "offline",
    "blocked",
    "csp",
    "timed-out",
    "stopped",
    "stream-error",
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
            assert!(step.words().ends_with('.'), "{}", step.words());
            let Some(Link { label, address }) = step.link() else { continue };
            assert!(!label.is_empty(), "{}", entry.name);
            let host = address.strip_prefix("https://").and_then(|rest| rest.split('/').next());
            assert!(host.is_some_and(|host| host.ends_with(".mistral.ai")), "{address}");
        }
    }
}

/// “Bearer twice” is no fault that this page can make, and a button of this page mends no program.
#[test]
fn a_caller_is_told_what_makes_sense_for_it() {
    let told = |status, body: &str, caller| {
        let symptoms = Symptoms::new(Some(status), Vec::new(), Some(body.as_bytes()));
        let circumstances = Circumstances { caller, ..Circumstances::default() };
        let finding = look_up(&symptoms).expect("a cause");
        Explanation::of_finding(finding, Vec::new(), &symptoms, &circumstances).sentences().join(" ")
    };
    let refused = |caller| told(401, r#"{"detail":"Unauthorized"}"#, caller);
    assert!(refused(Caller::Program).contains("“Bearer” twice"));
    assert!(!refused(Caller::Page).contains("“Bearer” twice"));
    let lost = |caller| told(404, r#"{"message":"no Route matched with those values"}"#, caller);
    assert!(lost(Caller::Page).contains("On this page") && !lost(Caller::Page).contains("In a program"));
    assert!(
        !lost(Caller::Program).contains("On this page") && lost(Caller::Program).contains("In a program")
    );
}

#[test]
fn no_two_causes_have_the_same_headline() {
    for cause in Cause::ALL {
        let twins = Cause::ALL.iter().filter(|other| other.entry().headline == cause.entry().headline);
        assert_eq!(twins.count(), 1, "{}", cause.entry().headline);
    }
}

/// Every sentence of a row.
fn sentences(entry: &'static Entry) -> Vec<&'static str> {
    let steps = entry.next.iter().map(|step| step.words());
    let suspects = entry.suspects.iter().map(|suspect| suspect.words);
    let own = [entry.headline, entry.meaning, entry.waiting.sentence];
    own.into_iter().chain(suspects).chain(steps).collect()
}

#[test]
fn every_sentence_is_one() {
    for cause in Cause::ALL {
        for text in sentences(cause.entry()) {
            let first = text.trim_start_matches('“').chars().next();
            assert!(first.is_some_and(|c| c.is_uppercase() || c.is_numeric()), "{text}");
            assert!(text.ends_with('.') && !text.ends_with(".."), "{text}");
            assert!(text.contains(' ') && text.trim() == text, "{text}");
            assert!(!text.contains("  ") && !text.contains('\n'), "{text}: broken over two lines");
            assert!(!text.contains(['"', '\'']), "{text}: quotation marks are curly");
            assert_eq!(text.matches('“').count(), text.matches('”').count(), "{text}");
        }
    }
}

#[test]
fn no_text_dodges_with_a_word() {
    let leads = SECTIONS.iter().map(|section| section.heading).chain(LEADS);
    for text in Cause::ALL.into_iter().flat_map(|cause| sentences(cause.entry())).chain(leads) {
        // What stands in quotation marks is Mistral's or a browser's.
        let own = text.split('“').enumerate().map(|(place, part)| {
            if place == 0 { part } else { part.split_once('”').map_or("", |(_, rest)| rest) }
        });
        for word in own.flat_map(|part| part.split(|c: char| !c.is_alphabetic())) {
            let word = word.to_lowercase();
            assert!(
                !["invalid", "oops", "sorry", "simply", "something’s"].contains(&word.as_str()),
                "{text}"
            );
        }
        assert!(!text.to_lowercase().contains("went wrong"), "{text}");
    }
}

#[test]
fn every_cause_but_success_names_who_can_fix_it() {
    for cause in Cause::ALL {
        let entry = cause.entry();
        assert_eq!(entry.fixers.is_empty(), cause == Cause::Works, "{cause:?}");
        assert_eq!(entry.who().is_empty(), cause == Cause::Works, "{cause:?}");
        for fixer in entry.fixers {
            assert_eq!(entry.fixers.iter().filter(|other| *other == fixer).count(), 1, "{cause:?} twice");
            assert!(entry.who().contains(fixer.label()), "{cause:?}: {}", entry.who());
        }
    }
    assert_eq!(Cause::Unauthorized.entry().who(), "you or your organisation’s administrator");
    assert_eq!(Cause::Blocked.entry().who(), "you, whoever runs your network or Mistral");
}

#[test]
fn suspects_stand_in_the_order_of_their_likelihood_and_each_is_another() {
    let rank = |likelihood| match likelihood {
        Likelihood::Likely => 0,
        Likelihood::Possible => 1,
        Likelihood::Unlikely => 2,
    };
    for cause in Cause::ALL {
        let suspects = cause.entry().suspects;
        assert!(suspects.is_sorted_by_key(|suspect| rank(suspect.likelihood)), "{cause:?}");
        for suspect in suspects {
            assert_eq!(suspects.iter().filter(|other| other.words == suspect.words).count(), 1, "{cause:?}");
            assert!(!suspect.likelihood.label().is_empty());
        }
    }
}

#[test]
fn what_is_not_certain_says_what_else_it_could_be() {
    // Of the month's tokens nothing else is known but the words, and those are quoted.
    for cause in Cause::ALL.into_iter().filter(|cause| *cause != Cause::MonthQuota) {
        let entry = cause.entry();
        assert!(entry.certainty == Certainty::Certain || !entry.suspects.is_empty(), "{cause:?}");
    }
}

#[test]
fn the_page_tests_again_only_where_waiting_helps() {
    for cause in Cause::ALL {
        let waiting = cause.entry().waiting;
        let useless = waiting.sentence == "Waiting does not help.";
        let starts =
            ["Waiting helps", "Waiting often helps"].iter().any(|start| waiting.sentence.starts_with(start));
        assert!(useless || starts, "{cause:?}: {}", waiting.sentence);
        if let Some(retest) = waiting.retest {
            assert!(!useless, "{cause:?}");
            let (every, during) = (retest.every.as_millis(), retest.during.as_millis());
            assert!(every >= 2_000 && during >= every && during <= 300_000, "{cause:?}: {every} {during}");
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
