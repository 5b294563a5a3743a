//! The error doctor: a text comes in, an explanation goes out, and nothing is sent.

use key_tester::core::app::{Copyable, DoctorMsg, DoctorView, Effect, Msg, Pasted, Piece, TextField};
use key_tester::core::explain::{Cause, Certainty};

use crate::talk::{KEY, MODELS, Talk};

const RATE_LIMITED: &str = "HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\n\r\n{\"object\":\"error\",\"message\":\"Rate limit exceeded\",\"type\":\"rate_limited\",\"code\":\"1300\"}";

fn edit(talk: &mut Talk, text: &str) -> DoctorView {
    talk.tell(Msg::Typed(TextField::Doctor, Pasted::new(text.to_owned())));
    talk.model.doctor_view()
}

fn view_of(text: &str) -> DoctorView {
    edit(&mut Talk::new(), text)
}

fn cause(view: &DoctorView) -> Option<Cause> {
    view.explanation.as_ref().map(|explanation| explanation.cause)
}

/// The text that is put in place of the one in the field.
fn filled(talk: &mut Talk) -> Option<String> {
    let effects = talk.take_effects();
    let fills = |effect: &Effect| matches!(effect, Effect::Fill(TextField::Doctor));
    assert!(effects.len() <= 1 && effects.iter().all(fills), "the doctor asks for {effects:?}");
    effects.first().map(|_| talk.model.text_for(TextField::Doctor).to_owned())
}

#[test]
fn a_pasted_error_is_explained_and_nothing_is_sent() {
    for (text, expected) in [
        ("Status 401. Body: {\"detail\":\"Invalid API Key\"}", Cause::InvalidKey),
        (RATE_LIMITED, Cause::RateLimited),
        ("curl: (6) Could not resolve host: api.mistral.ai", Cause::Blocked),
        ("HTTP/2 504 \n\n", Cause::GatewayTimeout),
    ] {
        let mut talk = Talk::new();
        let view = edit(&mut talk, text);
        assert_eq!((cause(&view), view.sentence), (Some(expected), ""), "{text}");
        assert!(view.explanation.is_some_and(|explanation| !explanation.evidence.is_empty()), "{text}");
        assert_eq!(talk.model.announcement(), expected.entry().headline);
        assert!(talk.take_effects().is_empty(), "{text}");
        talk.expect_no_send();
        assert_eq!((talk.sends, talk.probes(), talk.plays()), (0, 0, 0));
    }
}

#[test]
fn a_success_and_a_text_that_tells_nothing_are_said_to_be_such() {
    let success = view_of("HTTP/2 200\ncontent-type: application/json\n\n{\"object\":\"list\",\"data\":[]}");
    assert_eq!((cause(&success), success.sentence), (None, "Nothing is wrong here: this is a success."));
    let nothing = view_of("It does not work, please help.");
    assert_eq!(cause(&nothing), None);
    assert!(nothing.sentence.contains("curl -i"), "{}", nothing.sentence);
}

#[test]
fn secrets_are_masked_on_sight_and_kept_nowhere() {
    let mut talk = Talk::new();
    let text = format!("> authorization: Bearer {KEY}\n< HTTP/2 401\n\n{{\"detail\":\"Unauthorized\"}}");
    let view = edit(&mut talk, &text);
    let filled = filled(&mut talk).expect("the field is to lose the key");
    assert!(!filled.contains("Canary") && filled.contains("[key …"), "{filled}");
    assert!(filled.contains("HTTP/2 401"), "the rest stays: {filled}");
    assert_eq!(view.changes.trim(), "One secret in it was masked.");
    assert_eq!(cause(&view), Some(Cause::Unauthorized));
    for place in [format!("{:?}", talk.model), format!("{view:?}"), talk.log.clone()] {
        assert!(!place.contains("Canary"), "{place}");
    }
    let shown = view.excerpt.iter().flat_map(|line| &line.pieces).map(|piece| match piece {
        Piece::Plain(words) | Piece::Marked(words) => words.words(),
        Piece::Gap => "",
    });
    let shown: String = shown.collect();
    assert!(shown.contains("[key …") && !shown.contains("Canary"), "{shown}");
    for to_copy in [view.text, view.markdown] {
        let text = to_copy.expect("a text to copy").text;
        assert!(!text.words().contains("Canary"), "{}", text.words());
    }
}

/// What was copied may hold what only its looks tell from a secret, so it goes with the key.
#[test]
fn what_was_copied_of_a_pasted_text_is_forgotten_with_the_key() {
    let mut talk = Talk::new();
    let text = edit(&mut talk, RATE_LIMITED).text.expect("a text").text.words().to_owned();
    talk.tell(Msg::CopyPressed(Copyable::MaskedText, text)).tell(Msg::CopyEnded { succeeded: true });
    assert_eq!(talk.model.announcement(), "Copied the text.");
    assert_eq!(talk.model.doctor_view().text.and_then(|text| text.copied), Some(true));
    talk.tell(Msg::KeyForgotten);
    assert!(talk.model.copied().is_none());
}

/// The shell puts the masked text into the field and reports that as an edit.
#[test]
fn a_masked_text_stays_as_it_is() {
    let mut talk = Talk::new();
    edit(&mut talk, &format!("401 {{\"detail\":\"Unauthorized\"}} {KEY} and api_key=Hush43Hush43Hush43"));
    let masked = filled(&mut talk).expect("a masked text");
    let first = talk.model.doctor_view();
    let again = edit(&mut talk, &masked);
    assert_eq!((filled(&mut talk), &again), (None, &first), "masked once, and still said");
    assert_eq!(again.changes.trim(), "2 secrets in it were masked.");
}

#[test]
fn an_emptied_field_leaves_nothing() {
    for blank in ["", " \n\t "] {
        let mut talk = Talk::new();
        edit(&mut talk, &format!("{RATE_LIMITED} {KEY}"));
        talk.tell(Msg::Doctor(DoctorMsg::LimitPersists(true)));
        assert_eq!(edit(&mut talk, blank), DoctorView::default());
        // What is pasted next begins anew.
        let view = edit(&mut talk, RATE_LIMITED);
        assert_eq!((cause(&view), view.limit_persists), (Some(Cause::RateLimited), Some(false)));
        assert_eq!(view.changes, "");
    }
}

#[test]
fn a_limit_that_persists_is_inferred_to_be_none_at_all() {
    let mut talk = Talk::new();
    let before = edit(&mut talk, RATE_LIMITED);
    assert_eq!((cause(&before), before.limit_persists), (Some(Cause::RateLimited), Some(false)));
    talk.tell(Msg::Doctor(DoctorMsg::LimitPersists(true)));
    let view = talk.model.doctor_view();
    assert_eq!(view.limit_persists, Some(true), "the box stays, so that it can be unticked");
    let explanation = view.explanation.expect("an explanation");
    assert_eq!((explanation.cause, explanation.certainty), (Cause::ZeroQuota, Certainty::Likely));
    let inferred = explanation.evidence.iter().find(|line| line.starts_with("Inferred, not read: "));
    assert!(inferred.is_some(), "{:?}", explanation.evidence);
    assert_eq!(talk.model.announcement(), Cause::ZeroQuota.entry().headline);
    talk.tell(Msg::Doctor(DoctorMsg::LimitPersists(false)));
    assert_eq!(talk.model.doctor_view(), before);
    talk.expect_no_send();
}

#[test]
fn the_box_is_there_only_where_it_decides() {
    let zero = "HTTP/2 429\nx-ratelimit-limit-req-minute: 0\n\n{\"message\":\"Rate limit exceeded\"}";
    let view = view_of(zero);
    assert_eq!((cause(&view), view.limit_persists), (Some(Cause::ZeroQuota), None), "read, not inferred");
    for text in ["401 {\"detail\":\"Unauthorized\"}", "It does not work.", ""] {
        assert_eq!(view_of(text).limit_persists, None, "{text}");
    }
    // Another text is another question.
    let mut talk = Talk::new();
    edit(&mut talk, RATE_LIMITED);
    talk.tell(Msg::Doctor(DoctorMsg::LimitPersists(true)));
    let view = edit(&mut talk, &format!("{RATE_LIMITED}\n"));
    assert_eq!((cause(&view), view.limit_persists), (Some(Cause::RateLimited), Some(false)));
}

#[test]
fn the_same_finding_is_said_once_however_much_is_typed() {
    let mut talk = Talk::new();
    let text = "HTTP/2 504\n\nNobody answered";
    edit(&mut talk, "HTTP/2 504");
    assert_eq!(talk.model.announcement(), Cause::GatewayTimeout.entry().headline);
    talk.tell(Msg::CopyPressed(Copyable::File, "x".into())).tell(Msg::CopyEnded { succeeded: true });
    edit(&mut talk, "HTTP/2 504\n");
    edit(&mut talk, "HTTP/2 504\n\n");
    assert_eq!(talk.model.announcement(), "Copied the file.");
    assert_eq!(cause(&edit(&mut talk, text)), Some(Cause::EdgeError));
    assert_eq!(talk.model.announcement(), Cause::EdgeError.entry().headline, "another finding is news");
}

#[test]
fn the_doctor_and_the_test_of_a_key_leave_each_other_alone() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
    let (card, view) = (talk.outcome(), edit(&mut talk, RATE_LIMITED));
    assert_eq!(talk.outcome(), card);
    talk.submit().expect_send(MODELS).answer(403, &[], "");
    assert_eq!((talk.cause(), &talk.model.doctor_view()), (Cause::Forbidden, &view));
    assert!(!talk.outcome().explanation.evidence.join(" ").contains("429"));
}

#[test]
fn what_was_pasted_is_real_even_beside_the_demo() {
    let mut talk = Talk::new();
    talk.tell(Msg::ExhibitChosen(Cause::Capacity)).play();
    edit(&mut talk, RATE_LIMITED);
    assert_eq!(talk.model.announcement(), Cause::RateLimited.entry().headline, "not said to be simulated");
    assert_eq!(talk.cause(), Cause::Capacity);
}

#[test]
fn a_page_in_a_frame_reads_nothing() {
    let mut talk = Talk::framed();
    assert_eq!(edit(&mut talk, RATE_LIMITED), DoctorView::default());
    assert!(talk.take_effects().is_empty());
}

#[test]
fn a_very_long_text_is_looked_at_as_far_as_it_goes() {
    let mut talk = Talk::new();
    let view = edit(&mut talk, &format!("{RATE_LIMITED}\n{}", "ü".repeat(2_000_000)));
    assert!(view.explanation.is_some());
    assert_eq!(view.changes, "Only the first megabyte was read. The rest was dropped.");
    // What is not looked at could hold a key, so it does not stay in the field.
    assert!(filled(&mut talk).is_some_and(|text| text.len() <= 1_000_000));
    let view = edit(&mut talk, &"é".repeat(2_000_000));
    assert_eq!(cause(&view), None);
    assert!(!view.sentence.is_empty());
}

#[test]
fn what_another_host_says_is_not_taken_for_mistrals() {
    let groq = "401 Client Error: Unauthorized for url: https://api.groq.com/openai/v1/chat/completions {\"error\":{\"message\":\"Invalid API Key\"}}";
    let azure = "401 Client Error: Unauthorized for url: https://example.openai.azure.com/openai/v1/chat/completions {\"error\":{\"message\":\"Access denied\"}}";
    for text in [groq, azure] {
        assert_eq!(cause(&view_of(text)), Some(Cause::NotMistral), "{text}");
    }
    // A gateway passes Mistral's own errors on; then they are explained, and not called certain.
    for address in
        ["http://localhost:4000/v1/chat/completions", "https://gateway.example/v1/chat/completions"]
    {
        let text = format!(
            "403 {address} {{\"object\":\"error\",\"message\":\"no\",\"type\":\"tier_not_allowed\",\"code\":\"1910\"}}"
        );
        let explanation = view_of(&text).explanation.expect("an explanation");
        assert_eq!(
            (explanation.cause, explanation.certainty),
            (Cause::TierNotAllowed, Certainty::Likely),
            "{text}"
        );
    }
}

#[test]
fn a_status_of_success_is_none_with_an_error_in_it() {
    let head = "HTTP/2 200\ncontent-type: application/json\n\n";
    let error = r#"{"object":"error","message":"no","type":"tier_not_allowed","code":"1910"}"#;
    assert_eq!(cause(&view_of(&format!("{head}{error}"))), Some(Cause::TierNotAllowed));
    assert_eq!(
        cause(&view_of(&format!("{head}{{\"object\":\"list\",\"data\":"))),
        Some(Cause::StreamIncomplete)
    );
}

#[test]
fn the_note_about_secrets_is_about_the_text_in_the_field() {
    let mut talk = Talk::new();
    let view = edit(&mut talk, &format!("401 Authorization: Bearer {KEY}"));
    assert!(view.changes.contains("masked"));
    let masked = filled(&mut talk).expect("it is filled in");
    assert!(edit(&mut talk, &masked).changes.contains("masked"), "the field comes back as it was filled");
    assert_eq!(edit(&mut talk, RATE_LIMITED).changes, "");
}

/// Nobody pauses an ad blocker for a Python program.
#[test]
fn a_program_is_not_told_what_helps_a_browser() {
    for text in [
        "curl: (6) Could not resolve host: api.mistral.ai",
        "curl: (7) Failed to connect to api.mistral.ai port 443: Connection refused",
        "curl: (60) SSL certificate problem: unable to get local issuer certificate",
        "httpx.ReadTimeout: The read operation timed out",
    ] {
        let explanation = view_of(text).explanation.expect("an explanation");
        let words = format!("{:?} {:?}", explanation.next, explanation.suspects);
        assert!(!words.contains("blocker") && !words.contains("this page"), "{text}: {words}");
    }
}

#[test]
fn a_retired_model_is_named_with_what_replaces_it() {
    let view = view_of("Error code: 400 - {'message': 'Invalid model: pixtral-large-2411', 'code': '1500'}");
    assert_eq!(cause(&view), Some(Cause::InvalidModel));
    let notes = view.explanation.expect("an explanation").notes.join(" ");
    assert!(notes.contains("Mistral advises mistral-medium-3-5 instead."), "{notes}");
}

/// `error code: 1020` is the edge network's own text; Mistral's codes are written like it.
#[test]
fn a_code_of_mistrals_is_not_taken_for_one_of_the_edge_network() {
    assert_eq!(cause(&view_of("Status 403. Body: error code: 1020")), Some(Cause::EdgeError));
    assert_eq!(cause(&view_of("error code: 1500, the bot says")), Some(Cause::InvalidModel));
    assert_eq!(cause(&view_of("Error code: 1300 – Rate limit exceeded")), Some(Cause::RateLimited));
}
