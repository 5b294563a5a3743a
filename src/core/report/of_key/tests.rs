//! Reports of keys, whatever the texts in them are.

use std::sync::Arc;

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::{Checked, KeyMark, KeyReport, Now, Print, ReportedModel, ReportedTiming, WarmCalls};
use crate::core::access::Outcome;
use crate::core::bench::Rate;
use crate::core::explain::{Cause, Verdict};
use crate::core::features::Feature;
use crate::core::identity::Fact;
use crate::core::mistral::Endpoint;
use crate::core::mistral::limits::RateLimits;
use crate::core::models::Access;
use crate::core::prices::Dollars;
use crate::core::report::{Report, Unreadable};
use crate::core::time::{Span, UtcSecond};

fn report() -> KeyReport {
    KeyReport {
        made: UtcSecond::parse("2026-11-30T14:02:11Z").expect("a time"),
        simulated: false,
        version: "0.2.0".to_owned(),
        commit: Some("eb01689".to_owned()),
        browser: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)".to_owned(),
        endpoint: Endpoint::Global,
        verdict: Verdict::Limited,
        cause: Cause::Works,
        evidence: vec!["api.mistral.ai answered with status 200 after 143 ms.".to_owned()],
        key: Some(KeyMark {
            tail: "Tu6e".to_owned(),
            print: Some(Print { salt: "00ff".to_owned(), fingerprint: "1a2b3c4d".to_owned() }),
        }),
        first_call: Some(Span::from_millis(143)),
        warm_calls: Some(WarmCalls {
            count: 9,
            median: Span::from_millis(41),
            fastest: Span::from_millis(39),
            slowest: Span::from_millis(52),
        }),
        spent: Dollars::from_millionths(9_600),
        models: vec![
            model("mistral-small-2603", Access::Callable),
            model("mistral-large-2512", Access::ZeroQuota),
            model("codestral-2508", Access::Unchecked),
        ],
        features: vec![(Feature::Chat, Checked::Works), (Feature::Ocr, Checked::Refused)],
        owner: Vec::new(),
        measurement: None,
    }
}

fn model(id: &str, access: Access) -> ReportedModel {
    let callable = access == Access::Callable;
    ReportedModel {
        id: id.to_owned(),
        listed: true,
        access,
        answered_after: callable.then_some(Span::from_millis(300)),
        timing: callable.then_some(ReportedTiming {
            first_token: Span::from_millis(214),
            rate: Some(Rate::from_thousandths(57_000)),
            calls: 5,
        }),
    }
}

const SUMMARY: &str = "**This key works, with limits.** (verdict `limited`, cause `works`)

MEANING

- Key: `••••Tu6e` fingerprint 1a2b3c4d, salt 00ff
- Host: api.mistral.ai
- Made: 30 Nov 2026 14:02 UTC
- Round trip: median 41 ms of 9 warm calls, 39 ms to 52 ms; first call 143 ms
- Models: 3 listed; 1 of 2 callable; 1 with zero quota
- zero quota: `mistral-large-2512`
- Features: works (chat); refused (ocr)
- First token: `mistral-small-2603` after 214 ms, 57.0 tok/s, by 5 calls
- Cost: about $0.0096, for scan, checks and measurement
- Page: `0.2.0`, `eb01689` (version, commit)
- Browser: `Mozilla/5.0 (X11; Linux x86_64; rv:140.0)`

Why we think so:

```text
api.mistral.ai answered with status 200 after 143 ms.
```

Whoever holds the key can check the fingerprint: `printf %s \"00ff$MISTRAL_API_KEY\" | sha256sum | cut -c1-8`
";

#[test]
fn a_summary_says_in_some_twenty_lines_what_came_of_a_key() {
    let expected = SUMMARY.replace("MEANING", Cause::Works.entry().meaning);
    assert_eq!(report().markdown().replace('\u{a0}', " "), expected);
    assert!((15..=30).contains(&expected.lines().count()));
    let refused = KeyReport {
        simulated: true,
        verdict: Verdict::Refused,
        cause: Cause::InvalidKey,
        warm_calls: None,
        models: Vec::new(),
        ..report()
    };
    assert!(refused.markdown().starts_with("**Simulated: "));
}

#[test]
fn a_file_has_the_stable_names() {
    let text = report().json();
    for line in [
        r#""schema":"mistral-key-tester/report/1","#,
        r#""made":"2026-11-30T14:02:11Z","#,
        r#""page":{"version":"0.2.0","commit":"eb01689"},"#,
        r#""verdict":"limited","#,
        r#""cause":"works","#,
        r#""key":{"tail":"Tu6e","salt":"00ff","fingerprint":"1a2b3c4d"},"#,
        r#"{"id":"mistral-large-2512","listed":true,"access":"zero-quota","answered_us":null},"#,
        r#"{"feature":"ocr","state":"refused"}]"#,
    ] {
        assert!(text.lines().any(|own| own == line), "{line} is no line of\n{text}");
    }
}

#[test]
fn a_report_of_a_measurement_alone_and_one_without_are_told_apart() {
    let measured = crate::core::report::tests::measured();
    assert_eq!(KeyReport::read(&measured.json()), Err(Unreadable::NoVerdict));
    assert_eq!(Report::read(&report().json()), Err(Unreadable::NoMeasurement));
    let whole = KeyReport { measurement: Some(measured.clone()), ..report() }.fit();
    let text = whole.json();
    assert_eq!(KeyReport::read(&text), Ok(whole));
    let read = Report::read(&text).expect("a measurement");
    assert_eq!((&read.series, read.workload), (&measured.series, measured.workload));
    for (there, instead) in [
        ("\"verdict\":\"limited\"", "\"verdict\":7"),
        ("\"verdict\":\"limited\"", "\"verdict\":\"dubious\""),
        ("\"cause\":\"works\"", "\"cause\":[]"),
        ("14:02:11Z", "noon"),
        ("\"verdict\":\"limited\"", "\"verdicts\":1"),
    ] {
        assert_eq!(
            KeyReport::read(&report().json().replace(there, instead)),
            Err(Unreadable::NotReport),
            "{instead}"
        );
    }
}

#[test]
fn what_has_changed_since_is_told() {
    let now = Now {
        simulated: false,
        verdict: Verdict::Refused,
        cause: Cause::InvalidKey,
        same_key: Some(true),
        outcomes: Arc::new(
            ["mistral-small-2603", "mistral-large-2512"].map(|id| (id.to_owned(), zero_quota())).into(),
        ),
    };
    assert_eq!(
        report().changes(&now),
        [
            "It is the same key.",
            "The verdict was limited (works), and now is refused (invalid-key).",
            "mistral-small-2603: was callable, now zero quota.",
            "Access to 1 model is the same.",
        ]
    );
    let unscanned = Now {
        outcomes: Arc::default(),
        same_key: None,
        verdict: Verdict::Limited,
        cause: Cause::Works,
        ..now
    };
    assert_eq!(report().changes(&unscanned).len(), 2);
}

fn zero_quota() -> Arc<Outcome> {
    Arc::new(Outcome {
        access: Access::ZeroQuota,
        answered_after: None,
        note: String::new(),
        explanation: None,
        limits: RateLimits::default(),
    })
}

/// Texts that mean something to whoever reads Markdown, HTML, a table or mail.
fn hostile() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "@everyone",
        "#1",
        "https://evil.example/x",
        "www.evil.example",
        "`",
        "```",
        "````",
        "\n",
        "\r\n",
        "<img src=x>",
        "</pre><script>",
        "![a](b)",
        "[a](b)",
        "**",
        "- [ ] x",
        "|",
        "=1+1",
        "+1",
        "\"",
        "\\",
        "\u{202e}",
        "&#35;1",
        "~~~",
        "mail@evil.example",
        "GH-1",
        " ",
        "a",
        "    ",
        "\u{2028}",
        "> ",
        "# ",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn any_report() -> impl Strategy<Value = KeyReport> {
    let micros = || any::<u64>().prop_map(Span::from_micros);
    let timing = (micros(), option::of(any::<u64>()), any::<u64>()).prop_map(|(first_token, rate, calls)| {
        ReportedTiming { first_token, rate: rate.map(Rate::from_thousandths), calls }
    });
    let model = (
        hostile().prop_map(|id| format!("a{id}")),
        any::<bool>(),
        select(Access::ALL.to_vec()),
        option::of(micros()),
        option::of(timing),
    )
        .prop_map(|(id, listed, access, answered_after, timing)| ReportedModel {
            id,
            listed,
            access,
            answered_after,
            timing,
        });
    let texts = (hostile(), option::of(hostile()), hostile(), prop::collection::vec(hostile(), 0..4));
    let kinds = (
        select(Endpoint::ALL.to_vec()),
        select(Verdict::ALL.to_vec()),
        select(Cause::ALL.to_vec()),
        any::<bool>(),
    );
    let key = option::of(("[!-~]{0}|[!-~]{4}", option::of(("[0-9a-f]{16}", "[0-9a-f]{8}"))));
    let warm = option::of((any::<u64>(), micros(), micros(), micros()));
    let lists = (
        prop::collection::vec(model, 0..5),
        subsequence(Feature::ALL.to_vec(), 0..5),
        select(Checked::ALL.to_vec()),
        option::of(hostile()),
    );
    (texts, kinds, key, (option::of(micros()), warm, any::<u64>(), any::<u64>()), lists).prop_map(
        |(texts, kinds, key, (first_call, warm, spent, made), (models, features, checked, owner))| {
            KeyReport {
                made: UtcSecond::of_unix_millis(made),
                simulated: kinds.3,
                version: texts.0,
                commit: texts.1,
                browser: texts.2,
                endpoint: kinds.0,
                verdict: kinds.1,
                cause: kinds.2,
                evidence: texts.3,
                key: key.map(|(tail, print)| KeyMark {
                    tail,
                    print: print.map(|(salt, fingerprint)| Print { salt, fingerprint }),
                }),
                first_call,
                warm_calls: warm.map(|(count, median, fastest, slowest)| WarmCalls {
                    count,
                    median,
                    fastest,
                    slowest,
                }),
                spent: Dollars::from_picodollars(spent),
                models,
                features: features.into_iter().map(|feature| (feature, checked)).collect(),
                owner: owner.map(|name| (Fact::BelongsTo, format!("a{name}"))).into_iter().collect(),
                measurement: None,
            }
            .fit()
        },
    )
}

/// What is left of Markdown without fences and code: where marks count.
fn outside_code(text: &str) -> String {
    let (mut left, mut fence) = (String::new(), None::<String>);
    for line in text.lines() {
        match &fence {
            Some(end) if line == end => fence = None,
            Some(_) => {}
            None if line.starts_with("```") => {
                fence = Some(line.chars().take_while(|c| *c == '`').collect());
            }
            None => {
                assert_eq!(line.matches('`').count() % 2, 0, "{line:?}");
                left.extend(line.split('`').step_by(2));
                left.push('\n');
            }
        }
    }
    assert_eq!(fence, None, "{text}");
    left
}

proptest! {
    #[test]
    fn property_a_report_is_read_as_it_was(report in any_report()) {
        prop_assert_eq!(KeyReport::read(&report.json()), Ok(report));
    }

    #[test]
    fn property_no_word_of_others_stands_outside_code(report in any_report()) {
        let text = report.markdown();
        let outside = outside_code(&text);
        for mark in ["@", "evil", "<", "](", "http", "#", "|", "GH-"] {
            prop_assert!(!outside.contains(mark), "{mark} in {outside}");
        }
        prop_assert!(text.lines().count() < 40, "{text}");
    }

    #[test]
    fn property_any_change_of_a_file_is_read_or_refused(
        report in any_report(), at in any::<Index>(), piece in "[\\[\\]{}\",:0-9a-z]{0,3}",
    ) {
        let mut text: Vec<char> = report.json().chars().collect();
        let at = at.index(text.len());
        let end = (at + 2).min(text.len());
        text.splice(at..end, piece.chars());
        match KeyReport::read(&text.into_iter().collect::<String>()) {
            Ok(read) => prop_assert_eq!(KeyReport::read(&read.json()), Ok(read)),
            Err(why) => prop_assert!(why.sentence().len() > 60),
        }
    }
}
