//! The report: what leaves the page of an outcome, what never does, and what is shown of a file that comes back.

use key_tester::core::app::{
    Checks, Copyable, Effect, Exported, FeaturesMsg, FileField, IdentityMsg, LabMsg, ModelTableMsg, Msg,
    OwnerBox, ReportMsg, ScanMsg, ShownReport, SnippetMsg, Surroundings,
};
use key_tester::core::bench::PlanKind;
use key_tester::core::doctor::examples::Example;
use key_tester::core::explain::{Cause, Probe, Verdict};
use key_tester::core::export::{Engine, TEMPLATES};
use key_tester::core::http::HttpEvent;
use key_tester::core::models::Access;
use key_tester::core::report::KeyReport;
use key_tester::core::sim::Scenario;
use key_tester::core::snippet::{Language, Task};

use super::gallery::shown as exhibit;
use crate::talk::calls::{ANSWER, BAD_KEY, LIMITED, list_of, model_in};
use crate::talk::{KEY, MODELS, Talk};

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Tells what the browser alone knows, as often as that is asked for.
fn surround(talk: &mut Talk) -> Vec<Effect> {
    let mut left = Vec::new();
    loop {
        let effects = talk.take_effects();
        let asked = effects.iter().any(|effect| matches!(effect, Effect::ReadSurroundings));
        left.extend(effects);
        if !asked {
            return left;
        }
        talk.tell(Msg::Report(ReportMsg::SurroundingsRead(Surroundings {
            wall: 1_796_047_331_000,
            salt: *b"\0\x01\x02\x03\xff\xfe\xfd\xfc",
            browser: BROWSER.to_owned(),
            commit: Some("eb01689c0ffee5eb01689c0ffee5eb01689c0ffe".to_owned()),
        })));
    }
}

/// What a message puts on the clipboard or into a file, if anything.
fn left(talk: &mut Talk, msg: Msg) -> Option<String> {
    talk.take_effects();
    talk.tell(msg);
    surround(talk).into_iter().find_map(|effect| match effect {
        Effect::Copy(text) | Effect::Save { text, .. } => Some(text),
        _ => None,
    })
}

fn summary(talk: &mut Talk) -> String {
    left(talk, Msg::Report(ReportMsg::CopyPressed)).expect("a summary")
}

fn file(talk: &mut Talk) -> String {
    left(talk, Msg::Report(ReportMsg::SavePressed)).expect("a file")
}

/// A key of whose models one answers, and one has no quota.
fn scanned() -> Talk {
    let mut talk = Talk::with_models(&["mistral-small-2603", "mistral-large-2512"]);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    talk.answer_all(|request| match model_in(request).as_str() {
        "mistral-large-2512" => (429, LIMITED),
        _ => (200, ANSWER),
    });
    talk
}

/// Everything in the demo that a press does.
fn played(scenario: Scenario) -> Talk {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(scenario)).play_on();
    for msg in [
        Msg::Scan(ScanMsg::Pressed),
        Msg::Features(FeaturesMsg::Pressed(Checks::Free)),
        Msg::Features(FeaturesMsg::Pressed(Checks::Paid)),
        Msg::Identity(IdentityMsg::Pressed),
        Msg::Lab(LabMsg::PlanChosen(PlanKind::Quick)),
        Msg::Lab(LabMsg::Pressed),
    ] {
        talk.tell(msg).play_on();
    }
    talk
}

#[test]
fn a_summary_tells_what_was_found_out_and_its_file_is_read_again() {
    let mut talk = scanned();
    let text = summary(&mut talk);
    for words in [
        "verdict `limited`, cause `works`",
        "- Key: `••••ng42` fingerprint ",
        ", salt 00010203fffefdfc",
        "- Made: 30 Nov 2026 14:02 UTC",
        "19 of 20 callable; 1 with zero quota",
        "- zero quota: `mistral-large-2512`",
        "- Browser: `Mozilla/5.0",
        "`eb01689c0ffee5eb01689c0ffee5eb01689c0ffe` (version, commit)",
        "answered with status 200",
    ] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    assert!((15..=30).contains(&text.lines().count()), "{text}");
    talk.tell(Msg::CopyEnded { succeeded: true });
    assert_eq!(talk.model.announcement(), "Copied the summary. It holds no key.");
    assert_eq!(talk.outcome().copied, Some(true));

    let text = file(&mut talk);
    let read = KeyReport::read(&text).expect("a report");
    assert_eq!((read.verdict, read.cause, read.simulated), (Verdict::Limited, Cause::Works, false));
    let access: Vec<(&str, Access)> =
        read.models.iter().map(|model| (model.id.as_str(), model.access)).collect();
    assert!(access.contains(&("mistral-small-2603", Access::Callable)), "{access:?}");
    assert_eq!(talk.model.announcement(), "Report saved. It holds no key.");
}

#[test]
fn every_outcome_has_a_summary_of_its_own() {
    for cause in Cause::ALL {
        let mut talk = exhibit(cause);
        let text = summary(&mut talk);
        assert!(text.starts_with("**Simulated: "), "{text}");
        assert!(text.contains(&format!("cause `{}`", cause.entry().name)), "{text}");
        assert!(text.lines().count() <= 40, "{text}");
        let read = KeyReport::read(&file(&mut talk)).expect("a report");
        assert_eq!((read.cause, read.simulated), (cause, true));
    }
    let mut held = Talk::new();
    held.paste("YOUR_API_KEY").submit();
    assert!(summary(&mut held).contains("- Key: not sent"));
    let mut refused = Talk::asked();
    refused.answer(401, &[], BAD_KEY);
    assert!(summary(&mut refused).contains("verdict `refused`, cause `invalid-key`"));
    let mut silent = Talk::asked();
    silent.fail("Failed to fetch", true).probed(Probe::OwnSite, true).probed(Probe::Host, false);
    assert!(summary(&mut silent).contains("verdict `unreachable`"));
}

#[test]
fn nothing_is_reported_before_there_is_an_outcome() {
    let mut talk = Talk::new();
    assert!(!talk.model.report_view().offered);
    assert_eq!(left(&mut talk, Msg::Report(ReportMsg::CopyPressed)), None);
    let mut running = Talk::asked();
    assert!(!running.model.report_view().offered);
    assert_eq!(left(&mut running, Msg::Report(ReportMsg::SavePressed)), None);
}

#[test]
fn whose_key_it_is_stays_out_unless_the_box_is_ticked() {
    let mut talk = played(Scenario::Works);
    assert_eq!(talk.model.report_view().owner, OwnerBox::Known { ticked: false });
    let owner = talk.model.identity_view().lines;
    let (_, name) = owner.last().expect("an owner");
    assert!(!summary(&mut talk).contains(name) && !file(&mut talk).contains(name));
    talk.tell(Msg::Report(ReportMsg::OwnerTicked));
    assert!(summary(&mut talk).contains(&format!(": `{name}`")) && file(&mut talk).contains(name));
    talk.tell(Msg::DemoLeft);
    assert_eq!(talk.model.report_view().owner, OwnerBox::Unknown);
}

#[test]
fn a_key_that_was_wiped_is_told_by_its_last_four_characters() {
    let mut talk = scanned();
    let before = file(&mut talk);
    talk.idle(key_tester::core::app::IDLE_LIMIT);
    assert!(talk.model.facts().key_was_wiped());
    let text = summary(&mut talk);
    assert!(text.contains("- Key: `••••ng42` without a fingerprint"), "{text}");
    talk.tell(Msg::Report(ReportMsg::FileRead(Ok(before))));
    assert!(changes(&talk).concat().contains("cannot be told"), "{:?}", changes(&talk));
}

fn changes(talk: &Talk) -> Vec<String> {
    match talk.model.report_view().shown {
        Some(ShownReport::Read { changes, .. }) => changes,
        other => panic!("no report is shown but {other:?}"),
    }
}

#[test]
fn a_saved_report_is_shown_and_compared() {
    let text = file(&mut scanned());
    let mut talk = Talk::new();
    talk.tell(Msg::Report(ReportMsg::FileChosen));
    assert!(matches!(surround(&mut talk).as_slice(), [Effect::ReadReport(FileField::Shown)]));
    talk.tell(Msg::Report(ReportMsg::FileRead(Ok(text.clone()))));
    assert_eq!(talk.model.announcement(), "Report of 30 Nov 2026 14:02 UTC.");
    let Some(ShownReport::Read { title, verdict, cause, evidence, told, .. }) =
        talk.model.report_view().shown
    else {
        panic!("no report")
    };
    assert_eq!(
        (title.as_str(), verdict, cause),
        ("Report of 30 Nov 2026 14:02 UTC", Verdict::Limited, "works")
    );
    assert!(!evidence.is_empty());
    assert!(
        told.iter()
            .any(|line| line.label == "callable" && line.quoted.contains(&"mistral-small-2603".to_owned())),
        "{told:?}"
    );
    assert_eq!(changes(&talk), [""; 0]);

    // The same key is tested, and refused.
    talk.paste(KEY).submit().expect_send(MODELS).answer(401, &[], BAD_KEY);
    assert_eq!(
        changes(&talk),
        ["It is the same key.", "The verdict was limited (works), and now is refused (invalid-key)."]
    );
    let other = "mstrl_AnotherBirdInTheMine000000000000_Bird7";
    talk.paste(other).submit().expect_send(MODELS).answer(401, &[], BAD_KEY);
    assert_eq!(changes(&talk)[0], "It is another key.");
    talk.tell(Msg::Report(ReportMsg::Closed));
    assert_eq!(talk.model.report_view().shown, None);

    talk.tell(Msg::Report(ReportMsg::FileRead(Ok("{}".to_owned()))));
    assert!(matches!(talk.model.report_view().shown, Some(ShownReport::Unreadable(_))));
    talk.tell(Msg::KeyForgotten);
    assert_eq!(talk.model.report_view().shown, None);
}

/// Ways in which somebody may write a key.
fn forms() -> Vec<String> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    vec![
        KEY.to_owned(),
        KEY.to_uppercase(),
        KEY[6..38].to_owned(),
        KEY[10..25].to_owned(),
        STANDARD.encode(KEY),
        STANDARD.encode(format!("user:{KEY}")),
        "sk-proj-9fK2mQ7wRt5Yb1Lc8Vd3Xg6Zh4Jn0PsAa".to_owned(),
        "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF".to_owned(),
    ]
}

fn assert_silent(text: &str, secret: &str) {
    let body = &secret[..secret.len() - 4];
    assert!(!text.to_lowercase().contains(&body.to_lowercase()), "{body} is in\n{text}");
}

#[test]
fn no_form_of_a_secret_leaves_the_page_in_a_report() {
    for secret in forms() {
        // As the name of a model, in the words of a refusal, in those of the browser.
        let model = format!("ft:{secret}:1");
        let mut named = Talk::listing(list_of([model.as_str(), "mistral-small-2603"]));
        let mut refused = Talk::asked();
        refused.answer(401, &[], format!(r#"{{"message":"Unknown key {secret}","request_id":"{secret}"}}"#));
        let mut silent = Talk::asked();
        silent.event(HttpEvent::Sent).fail(&format!("cannot send Bearer {secret}"), true);
        let mut handed_over = 0;
        for talk in [&mut named, &mut refused, &mut silent] {
            for msg in [ReportMsg::CopyPressed, ReportMsg::SavePressed] {
                if let Some(text) = left(talk, Msg::Report(msg)) {
                    assert_silent(&text, &secret);
                    handed_over += 1;
                }
            }
        }
        assert_eq!(handed_over, 6, "each is handed over without the secret: {secret}");
        // What is no report is kept back.
        for msg in [
            Msg::CopyPressed(Copyable::ModelId, model.clone()),
            Msg::CopyPressed(Copyable::MaskedText, format!("status 401\nwords: {secret}")),
        ] {
            assert_eq!(left(&mut named, msg), None, "{secret}");
            let why = named.model.report_view().kept_back.expect("a sentence");
            assert!(
                why.starts_with("Not copied: the text holds something that looks like a secret ("),
                "{why}"
            );
            assert_eq!(named.model.announcement().trim_end_matches('\u{a0}'), why);
            assert_silent(&why, &secret);
        }
        // A model whose name quotes the key itself is left out of the table; other secrets in names keep the file back.
        if let Some(table) = left(&mut named, Msg::ModelTable(ModelTableMsg::SavePressed)) {
            assert!(!table.contains("ft:"), "{table}");
            assert_silent(&table, &secret);
        } else {
            let why = named.model.report_view().kept_back.expect("a sentence");
            assert!(why.starts_with("Not saved: "), "{why}");
        }
        assert!(
            left(&mut named, Msg::CopyPressed(Copyable::ModelId, "mistral-small-2603".to_owned())).is_some()
        );
        assert_eq!(named.model.report_view().kept_back, None);
    }
}

fn leaves(talk: &mut Talk, kind: Copyable, text: &str) {
    let out = left(talk, Msg::CopyPressed(kind, text.to_owned()));
    assert_eq!(out.as_deref(), Some(text), "{:?}", talk.model.report_view().kept_back);
}

#[test]
fn whatever_the_page_itself_writes_may_leave_it() {
    for scenario in Scenario::ALL {
        let mut talk = played(scenario);
        summary(&mut talk);
        file(&mut talk);
        talk.tell(Msg::Report(ReportMsg::OwnerTicked));
        summary(&mut talk);
        let table = talk.model.table();
        assert!(left(&mut talk, Msg::ModelTable(ModelTableMsg::SavePressed)).is_some(), "{scenario:?}");
        for line in table.found() {
            leaves(&mut talk, Copyable::ModelId, &line.name);
        }
        if talk.model.report_view().has_samples {
            for msg in [LabMsg::SavePressed, LabMsg::SaveSamplesPressed] {
                assert!(left(&mut talk, Msg::Lab(msg)).is_some(), "{scenario:?}");
            }
            talk.lab(LabMsg::TemplatesRead(Ok(TEMPLATES.to_owned())));
            for engine in Engine::ALL {
                talk.lab(LabMsg::EnginePressed(engine));
                if let Some(Exported::File(file)) = talk.model.lab_export().and_then(|export| export.shown) {
                    leaves(&mut talk, Copyable::File, &file.text);
                    leaves(&mut talk, Copyable::Command, &file.how);
                }
            }
        }
    }
    let mut talk = played(Scenario::Works);
    for language in Language::ALL {
        for task in Task::ALL {
            talk.tell(Msg::Snippet(SnippetMsg::LanguageChosen(language)))
                .tell(Msg::Snippet(SnippetMsg::TaskChosen(task)));
            if let Ok(program) = talk.model.snippet_view().program {
                leaves(&mut talk, Copyable::Code, &program);
            }
        }
    }
    for example in Example::ALL {
        talk.tell(Msg::Doctor(key_tester::core::app::DoctorMsg::ExampleChosen(example)));
        let view = talk.model.doctor_view();
        for copied in [&view.text, &view.markdown].into_iter().flatten() {
            leaves(&mut talk, Copyable::Explanation, copied.text.words());
        }
    }
    for text in ["eb01689c0ffee5eb01689c0ffee5eb01689c0ffe".to_owned(), "0123456789abcdef".repeat(4)] {
        leaves(&mut talk, Copyable::Command, &format!("{text}  index.html"));
    }
}
