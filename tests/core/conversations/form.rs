//! The form, before anything is sent.

use key_tester::core::app::{Effect, Focus, KeyFormMsg, Msg, Pasted, TextField, Tone};
use key_tester::core::mistral::Endpoint;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::{KEY, MODELS, Talk, model_list};

#[test]
fn typing_is_read_offline() {
    for (text, tone, words) in [
        ("", Tone::Plain, "Nothing is sent"),
        (KEY, Tone::Good, "Looks like a Mistral key"),
        ("Bearer mstrl_CanaryThatSingsInTheMine00000000_Sing42", Tone::Good, "Removed “Bearer”."),
        ("YOUR_API_KEY", Tone::Doubtful, "placeholder"),
        ("mstrl_Kanarienvögel", Tone::Bad, "“ö”"),
    ] {
        let mut talk = Talk::new();
        talk.paste(text);
        let form = talk.model.form_view();
        assert_eq!(form.tone, tone, "{text}");
        assert!(form.hint.contains(words), "{text}: {}", form.hint);
        assert!(talk.model.card().is_none(), "a verdict comes with the button only");
        talk.expect_no_send();
    }
}

#[test]
fn the_field_warms_the_connection_to_the_chosen_host() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu)));
    talk.take_effects();
    talk.tell(Msg::KeyForm(KeyFormMsg::Focused));
    assert!(matches!(talk.take_effects().as_slice(), [Effect::Preconnect(Endpoint::Eu)]));
}

#[test]
fn a_revealed_key_is_hidden_again_when_it_is_sent() {
    let mut talk = Talk::new();
    talk.paste(KEY).tell(Msg::KeyForm(KeyFormMsg::RevealToggled));
    assert!(talk.model.form_view().revealed);
    talk.submit().expect_send(MODELS);
    assert!(!talk.model.form_view().revealed);
}

#[test]
fn what_is_sent_is_what_stands_in_the_field_at_that_moment() {
    let mut talk = Talk::new();
    talk.tell(Msg::Typed(TextField::Key, Pasted::new("YOUR_API_KEY".into())));
    talk.paste(KEY).submit().expect_send(MODELS);
}

#[test]
fn the_button_says_that_it_tests_until_there_is_a_verdict() {
    let mut talk = Talk::new();
    talk.paste(KEY);
    assert_eq!(talk.model.form_view().go, "Test key");
    talk.submit().expect_send(MODELS);
    assert_eq!(talk.model.form_view().go, "Testing…");
    talk.take_effects();
    talk.answer(200, &[], model_list());
    assert_eq!((talk.model.form_view().go, talk.focused()), ("Test key", Some(Focus::Verdict)));
    // With a verdict on the screen, the button is the first to show that another one is on its way.
    talk.submit();
    assert_eq!(talk.model.form_view().go, "Testing…");
    talk.time_passes(Span::from_secs(20));
    assert_eq!(talk.model.form_view().go, "Test key");
    talk.tell(Msg::DemoEntered(Scenario::Works));
    assert_eq!(talk.model.form_view().go, "Test key", "the demo is not this button's");
}
