//! Two keys, for rotation: the new one beside the old one, on a press, and never a third.

use key_tester::core::app::{
    Copyable, Effect, Focus, Msg, Place, RotationMark, RotationMsg, RotationPress, RotationView, ScanMsg,
    Section, TextField, Tone, Which,
};
use key_tester::core::identity::{ME, WHOAMI};
use key_tester::core::key::ApiKey;
use key_tester::core::sim::Scenario;

use crate::talk::calls::{ANSWER, BAD_KEY, NEW_KEY, list_of};
use crate::talk::{KEY, MODELS, Talk};

pub(super) const LIST: [&str; 2] = ["mistral-small-2603", "ministral-3b-2512"];
const OWNER: &str = r#"{"workspace":{"id":"w1","name":"Looms"},"organization":{"id":"o1","name":"Engines"},"api_key":{"id":"k1","name":"night shift"},"principal":{"name":"Ada"}}"#;

pub(super) fn view(talk: &Talk) -> RotationView {
    talk.model.rotation_view()
}

pub(super) fn offers(talk: &Talk, press: RotationPress) -> bool {
    view(talk).presses.contains(&press)
}

pub(super) fn rotation(msg: RotationMsg) -> Msg {
    Msg::Rotation(msg)
}

pub(super) fn submitted(text: &str) -> Msg {
    rotation(RotationMsg::Submitted(text.into()))
}

/// Waits for the next request and takes it up: this one, with this key.
pub(super) fn expect<'t>(talk: &'t mut Talk, key: &str, path: &str) -> &'t mut Talk {
    while !talk.is_asked() && talk.next_tick() {}
    assert!(talk.is_asked(), "{path} is to be asked");
    talk.take_first().expect_no_send();
    let request = talk.request();
    let bearer = request.key.as_ref().map(ApiKey::bearer).expect("a key");
    assert_eq!((request.path, bearer.strip_prefix("Bearer ")), (path, Some(key)));
    assert_eq!(request.endpoint, talk.model.facts().tested_at);
    talk
}

/// A key that works, and a new one that was compared with it and lists the same.
pub(super) fn compared() -> Talk {
    let mut talk = Talk::with_models(&LIST);
    talk.tell(submitted(NEW_KEY));
    expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST));
    expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST)).expect_no_send();
    talk
}

pub(super) fn answer(talk: &Talk, question: &str) -> (RotationMark, String) {
    let lines = view(talk).lines;
    let line = lines.iter().find(|line| line.question.contains(question)).expect("a line");
    (line.mark, line.answer.clone())
}

#[test]
fn nothing_is_offered_before_a_key_works_and_nothing_in_the_demo() {
    let mut talk = Talk::new();
    assert_eq!(view(&talk).state, "untested");
    assert!(view(&talk).note.is_some_and(|note| note.starts_with("Test the old key first")));
    talk.tell(submitted(NEW_KEY)).expect_no_send();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play();
    assert_eq!(view(&talk).state, "demo");
    talk.tell(Msg::Typed(TextField::NewKey, NEW_KEY.into())).tell(submitted(NEW_KEY)).expect_no_send();
    assert!(!format!("{:?}", talk.model).contains("Sendable"), "no field takes it");
    assert_eq!((view(&talk).keys, talk.plays()), (None, 0));
    let mut refused = Talk::asked();
    refused.reply(401, BAD_KEY);
    assert_eq!(view(&refused).state, "untested");
}

#[test]
fn what_is_typed_is_read_and_sent_nowhere() {
    let mut talk = Talk::with_models(&LIST);
    assert_eq!((view(&talk).state, view(&talk).tone), ("entry", Tone::Plain));
    for (text, tone, words) in [
        (NEW_KEY.to_owned(), Tone::Good, "Looks like a Mistral key"),
        (format!("  MISTRAL_API_KEY={NEW_KEY}\n"), Tone::Good, "Removed the variable name."),
        ("YOUR_API_KEY".to_owned(), Tone::Doubtful, "placeholder"),
        ("vögel".to_owned(), Tone::Bad, "Character 2"),
    ] {
        talk.tell(Msg::Typed(TextField::NewKey, text.as_str().into()));
        let view = view(&talk);
        assert!(view.tone == tone && view.hint.contains(words), "{view:?}");
    }
    talk.tell(rotation(RotationMsg::RevealToggled));
    assert!(view(&talk).revealed);
    talk.expect_end();
}

#[test]
fn what_is_no_new_key_is_not_sent_and_says_why() {
    for (text, words) in [
        ("", "There is no key here yet"),
        ("vögel", "Character 2"),
        ("YOUR_API_KEY", "placeholder"),
        ("sk-ant-api03-9fK2mQ7wRt5Yb1Lc8Vd3Xg6Zh4Jn0PsAa", "not a Mistral one"),
        (KEY, "This is the key that is tested already."),
        ("Bearer mstrl_CanaryThatSingsInTheMine00000000_Sing42", "This is the key that is tested already."),
    ] {
        let mut talk = Talk::with_models(&LIST);
        talk.tell(submitted(text));
        assert!(talk.model.announcement().contains(words), "{text}: {}", talk.model.announcement());
        assert_eq!(talk.focused(), Some(Focus::Text(TextField::NewKey)), "{text}");
        assert!(view(&talk).hint.contains(words) || text.is_empty(), "{:?}", view(&talk));
        assert_eq!((view(&talk).keys, view(&talk).revealed), (None, false));
        talk.expect_end();
    }
}

#[test]
fn a_new_key_that_looks_doubtful_is_compared_on_a_second_press() {
    let placeholder = "YOUR_API_KEY";
    let mut talk = Talk::with_models(&LIST);
    talk.tell(Msg::Typed(TextField::NewKey, placeholder.into())).tell(submitted(placeholder));
    let hint = view(&talk).hint;
    assert!(hint.ends_with("Press again to compare it all the same."), "{hint}");
    assert_eq!(talk.model.announcement(), hint);
    talk.expect_no_send();
    // Another text is told of anew.
    talk.tell(Msg::Typed(TextField::NewKey, "YOUR_KEY".into()));
    assert!(!view(&talk).hint.contains("Press again"));
    talk.tell(submitted("YOUR_KEY")).tell(submitted(placeholder)).expect_no_send();
    talk.tell(submitted(placeholder));
    expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST));
    expect(&mut talk, placeholder, MODELS).reply(401, BAD_KEY).expect_no_send();
    assert_eq!(answer(&talk, "Works"), (RotationMark::Bad, "No: Mistral refuses it.".to_owned()));
}

#[test]
fn both_lists_are_asked_and_stand_side_by_side() {
    let mut talk = Talk::with_models(&LIST);
    talk.tell(Msg::Typed(TextField::NewKey, NEW_KEY.into())).take_effects();
    talk.tell(submitted(NEW_KEY));
    assert_eq!(talk.model.announcement(), "Comparing the two keys.");
    let filled = |effect: &Effect| matches!(effect, Effect::Fill(TextField::NewKey));
    assert!(talk.take_effects().iter().any(filled), "the key stands in no field any more");
    assert_eq!(view(&talk).state, "comparing");
    expect(&mut talk, KEY, MODELS).tell(submitted(NEW_KEY)).expect_no_send();
    talk.reply(200, list_of(LIST));
    expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of([LIST[0], "codestral-2508"]));
    talk.expect_end();
    let view = view(&talk);
    assert_eq!(view.keys, Some([("••••ng42".to_owned(), "tested above"), ("••••ne77".to_owned(), "")]));
    let cells: Vec<(&str, [&str; 2])> =
        view.cells.iter().map(|(label, [old, new])| (*label, [old.as_str(), new.as_str()])).collect();
    assert_eq!(cells, [("Mistral said", ["Accepted", "Accepted"]), ("Models listed", ["2", "2"])]);
    assert_eq!(
        answer(&talk, "models"),
        (
            RotationMark::Bad,
            format!("No. Only the old one lists {}. Only the new one lists codestral-2508.", LIST[1])
        )
    );
    assert!(talk.model.announcement().starts_with("The keys are compared. Same models? No."));
    let refocused = |effect: &Effect| matches!(effect, Effect::Refocus(Focus::Row(Section::Key)));
    assert!(talk.take_effects().iter().any(refocused), "a focus that is lost is caught");
    talk.tell(Msg::Addressed(Place::Proof));
    let ledger = talk.model.ledger_view();
    let sent = ledger.rows.iter().filter(|row| format!("{row:?}").contains("rotation")).count();
    assert_eq!(sent, 2, "{ledger:?}");
    assert!(ledger.headline.contains(", all with your keys."), "{}", ledger.headline);
}

#[test]
fn whose_keys_they_are_is_asked_only_with_the_box_ticked() {
    let mut talk = compared();
    assert_eq!(answer(&talk, "workspace").0, RotationMark::Unknown);
    assert_eq!(view(&talk).requests, "2 requests, free.");
    talk.tell(rotation(RotationMsg::OwnerTicked)).expect_end();
    assert_eq!(view(&talk).requests, "At most 6 requests, free.");
    talk.tell(rotation(RotationMsg::ComparedAgain));
    for key in [KEY, NEW_KEY] {
        expect(&mut talk, key, MODELS).reply(200, list_of(LIST));
    }
    for key in [KEY, NEW_KEY] {
        expect(&mut talk, key, ME).reply(200, OWNER);
        expect(&mut talk, key, WHOAMI).reply(200, "{}");
    }
    talk.expect_end();
    assert_eq!(answer(&talk, "workspace"), (RotationMark::Good, "Yes: “Looms”.".to_owned()));
    let shown = format!("{:?}", view(&talk));
    assert!(shown.contains("night shift") && shown.contains("Engines") && !shown.contains("Ada"), "{shown}");
    assert!(!format!("{:?}", talk.model).contains("Looms"), "the state prints no name");
}

#[test]
fn what_an_answer_quotes_of_either_key_is_cut_out() {
    let mut talk = Talk::with_models(&LIST);
    talk.tell(rotation(RotationMsg::OwnerTicked)).tell(submitted(NEW_KEY));
    expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST.into_iter().chain([NEW_KEY])));
    expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST.into_iter().chain([KEY])));
    for key in [KEY, NEW_KEY] {
        let quoted = format!("{KEY} {NEW_KEY}");
        expect(&mut talk, key, ME).reply(200, OWNER.replace("night shift", &quoted));
        expect(&mut talk, key, WHOAMI).reply(200, "{}");
    }
    let shown = format!("{:?}", view(&talk));
    assert!(!shown.contains("Canary") && !shown.contains("SecondBird"), "{shown}");
    assert!(shown.contains("[key …ng42]") && shown.contains("[key …ne77]"), "{shown}");
}

#[test]
fn neither_key_is_in_any_state_message_or_effect() {
    let mut talk = compared();
    talk.tell(Msg::Typed(TextField::NewKey, NEW_KEY.into())).tell(rotation(RotationMsg::WatchPressed));
    expect(&mut talk, KEY, MODELS).reply(401, BAD_KEY);
    expect(&mut talk, NEW_KEY, MODELS).tell(rotation(RotationMsg::RevealToggled));
    for place in
        [format!("{:?} {:#?}", talk.model, talk.model), talk.log.clone(), format!("{:?}", view(&talk))]
    {
        for piece in ["CanaryThat", "SecondBird"] {
            assert!(!place.contains(piece), "{piece}: {place:.2000}");
        }
    }
    assert!(talk.log.contains("Send {"), "the log holds the requests");
}

#[test]
fn the_new_key_is_kept_back_and_masked_like_the_old_one() {
    for key in [KEY, NEW_KEY] {
        let mut talk = compared();
        talk.take_effects();
        talk.tell(Msg::CopyPressed(Copyable::Code, format!("key = \"{key}\"")));
        let copies =
            |talk: &mut Talk| talk.take_effects().iter().any(|effect| matches!(effect, Effect::Copy(_)));
        assert!(!copies(&mut talk), "{key}");
        assert!(talk.model.announcement().starts_with("Not copied"));
        // A piece of it is no secret by its looks.
        let piece = key.get(8..22).expect("a piece");
        talk.tell(Msg::CopyPressed(Copyable::Code, piece.to_owned()));
        assert!(!copies(&mut talk), "{piece}");
        talk.tell(Msg::Typed(TextField::Doctor, piece.into()));
        assert!(!talk.model.text_for(TextField::Doctor).contains(piece), "{piece}");
        talk.tell(Msg::Typed(TextField::Filter, piece.into()));
        assert_eq!(talk.model.table().query.text, "");
    }
}

#[test]
fn the_new_key_takes_the_place_of_the_old_one_on_a_press_and_is_scanned() {
    let mut talk = Talk::with_models(&LIST);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|_| (200, ANSWER));
    talk.tell(submitted(NEW_KEY));
    expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST));
    expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
    assert!(offers(&talk, RotationPress::Test(Which::New)));
    talk.tell(rotation(RotationMsg::OtherTested));
    expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
    talk.tell(rotation(RotationMsg::Stopped));
    for _ in 0..5 {
        expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
    }
    assert_eq!(talk.model.facts().held_of_pair(), Some(Which::New));
    assert_eq!(
        view(&talk).keys,
        Some([("••••ng42".to_owned(), ""), ("••••ne77".to_owned(), "tested above")])
    );
    assert!(offers(&talk, RotationPress::Forget(Which::Old)));
    assert!(answer(&talk, "Works").1.starts_with("Not tried."));
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    while talk.is_asked() || talk.next_tick() {
        if talk.is_asked() {
            talk.take_first().reply(200, ANSWER);
        }
    }
    assert_eq!(answer(&talk, "Works").0, RotationMark::Good, "{:?}", view(&talk));
    // And back.
    talk.tell(rotation(RotationMsg::OtherTested));
    expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST));
    assert_eq!(talk.model.facts().held_of_pair(), Some(Which::Old));
}

#[test]
fn a_third_key_ends_the_rotation() {
    let mut talk = compared();
    let new = talk.request().key.clone().expect("a key");
    talk.paste("mstrl_AThirdBirdFliesThroughTheMine00000_Bird33").submit().expect_send(MODELS);
    assert!(new.is_wiped());
    assert_eq!((view(&talk).keys, view(&talk).lines.len()), (None, 0));
    // The new key pasted above is no third one.
    let mut talk = compared();
    talk.paste(NEW_KEY).submit().expect_send(MODELS).answer(200, &[], list_of(LIST));
    assert_eq!(talk.model.facts().held_of_pair(), Some(Which::New));
    assert!(!view(&talk).lines.is_empty());
}

#[test]
fn a_comparison_waits_for_its_turn_and_can_be_stopped() {
    let mut talk = Talk::with_models(&LIST);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.take_up());
    talk.tell(submitted(NEW_KEY)).expect_no_send();
    assert_eq!(talk.model.announcement(), "The two keys wait for the scan to end.");
    let waiting = view(&talk);
    assert_eq!((waiting.state, waiting.note.as_deref()), ("waiting", Some("It waits for the scan to end.")));
    talk.tell(rotation(RotationMsg::Stopped));
    assert_eq!(talk.model.announcement(), "Stopped. The keys were not compared.");
    talk.reply(200, ANSWER).answer_all(|_| (200, ANSWER));
    let view = view(&talk);
    assert!(view.lines.is_empty(), "{view:?}");
    assert!(offers(&talk, RotationPress::CompareAgain) && !offers(&talk, RotationPress::Stop));
    // An answer that comes after the stop is nobody's.
    talk.tell(rotation(RotationMsg::ComparedAgain));
    let id = expect(&mut talk, KEY, MODELS).id();
    talk.tell(rotation(RotationMsg::Stopped));
    assert!(talk.aborted(id));
    talk.reply(200, list_of(LIST)).expect_end();
    assert!(self::view(&talk).lines.is_empty());
}

#[test]
fn an_address_leads_to_it() {
    let mut talk = Talk::new();
    talk.tell(Msg::Addressed(Place::Rotation));
    assert_eq!(talk.focused(), Some(Focus::Rotation));
    assert_eq!(
        Msg::of_address("#rotate").map(|msg| format!("{msg:?}")).as_deref(),
        Some("Addressed(Rotation)")
    );
}

#[test]
fn a_calendar_file_holds_the_day_and_the_steps_and_no_key() {
    let mut talk = compared();
    talk.take_effects();
    assert_eq!(view(&talk).next, "90 days from today. The steps are in it, and no key.");
    talk.tell(rotation(RotationMsg::SavePressed));
    let saved = talk.take_effects().into_iter().find_map(|effect| match effect {
        Effect::Save { name, text } => Some((name, text)),
        _ => None,
    });
    let (name, text) = saved.expect("a file");
    assert_eq!(name, "rotate-mistral-key.ics");
    for words in ["DTSTART;VALUE=DATE:", "SUMMARY:Rotate the Mistral API key\r\n", "Delete the old key."] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for piece in ["ng42", "ne77", "Canary", "••", "mstrl"] {
        assert!(!text.contains(piece), "{piece}: {text}");
    }
    assert_eq!(talk.model.announcement(), "Calendar file saved. It holds no key.");
    talk.tell(Msg::Typed(TextField::RotationDays, "30".into()));
    assert_eq!(view(&talk).next, "On 23 Dec 2026. The steps are in it, and no key.");
    talk.tell(Msg::Typed(TextField::RotationDays, "soon".into())).tell(rotation(RotationMsg::SavePressed));
    assert!(view(&talk).unreadable && view(&talk).next.contains("1 to 3650"));
    assert!(
        !talk.take_effects().iter().any(|effect| matches!(effect, Effect::Save { .. } | Effect::ReadTime(_)))
    );
    talk.expect_end();
}
