//! Fields that take text: nothing of a secret stays in any of them but the key's.

use key_tester::core::app::{Barrier, Effect, LabField, LabMsg, Msg, Pasted, TextField};
use key_tester::core::monthly_cost::Field;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::{KEY, Talk};

/// What is pasted by mistake: a key of each format, with and without what stands around it.
const SECRETS: [&str; 5] = [
    KEY,
    "  mstrl_CanaryThatSingsInTheMine00000000_Sing42\n",
    "Canary43Sings7InThe9Mine00000000",
    "MISTRAL_API_KEY=Canary43Sings7InThe9Mine00000000",
    "Authorization: Bearer Canary43Sings7InThe9Mine00000000",
];

/// A word or a number is asked for in each of these.
const SHORT: [TextField; 13] = [
    TextField::Filter,
    TextField::Calculator(Field::Input),
    TextField::Calculator(Field::Output),
    TextField::Calculator(Field::Requests),
    TextField::Calculator(Field::Cached),
    TextField::Lab(LabField::Rounds),
    TextField::Lab(LabField::AtOnce),
    TextField::Lab(LabField::Answer),
    TextField::Lab(LabField::Pause),
    TextField::Lab(LabField::Cap),
    TextField::Lab(LabField::Seed),
    TextField::LabModel,
    TextField::RotationDays,
];

/// The fields that the last messages have filled anew.
fn filled(talk: &mut Talk) -> Vec<TextField> {
    let fill = |effect| if let Effect::Fill(field) = effect { Some(field) } else { None };
    talk.take_effects().into_iter().filter_map(fill).collect()
}

/// Every message with the text of a field in it, and that field.
fn messages(text: &str) -> Vec<(TextField, Msg)> {
    let pasted = || Pasted::from(text);
    let typed = |field| (field, Msg::Typed(field, pasted()));
    let chosen = (TextField::LabModel, Msg::Lab(LabMsg::ModelChosen(pasted())));
    SHORT.into_iter().chain([TextField::Doctor, TextField::Code]).map(typed).chain([chosen]).collect()
}

#[test]
fn nothing_of_a_secret_stays_in_any_field_but_the_keys() {
    for secret in SECRETS {
        for (field, msg) in messages(secret) {
            let mut talk = Talk::with_all_models();
            talk.take_effects();
            talk.tell(msg);
            assert_eq!(filled(&mut talk), [field], "{secret}");
            let left = talk.model.text_for(field).to_owned();
            for place in [left.clone(), format!("{:?}", talk.model), talk.log.clone()] {
                assert!(!place.contains("Canary") && !place.contains("Sing4"), "{field:?} {secret}: {place}");
            }
            if SHORT.contains(&field) {
                assert_eq!(left, "", "{field:?}");
                assert_eq!(talk.model.announcement(), "That looked like a key, so it was taken out.");
                assert!(talk.model.secret_was_taken_out(), "Undo is not to bring it back");
            }
            assert!(talk.model.table().found().len() > 1, "{field:?}: the table shows all");
        }
    }
}

/// A demo shows what was pasted into the real field, and says nothing "simulated" of it.
#[test]
fn in_the_demo_too() {
    for (field, msg) in messages(KEY) {
        let mut talk = Talk::new();
        talk.tell(Msg::DemoEntered(Scenario::Works)).play();
        talk.take_effects();
        talk.tell(msg);
        assert_eq!(filled(&mut talk), [field]);
        assert!(!talk.model.announcement().contains("Simulated"), "{}", talk.model.announcement());
    }
}

#[test]
fn what_is_no_secret_stays() {
    let mut talk = Talk::with_all_models();
    let names: Vec<String> = talk.model.facts().rows.iter().map(|row| row.name.clone()).collect();
    talk.take_effects();
    let words = [
        "small",
        "vision 2512",
        "1 000",
        "2 k",
        "10 M",
        "0 %",
        "4294967295",
        "",
        "key",
        "sk-",
        "no such model",
    ];
    for text in words.into_iter().map(str::to_owned).chain(names) {
        for (field, msg) in messages(&text) {
            talk.tell(msg);
            assert_eq!(filled(&mut talk), [], "{text} in {field:?}");
        }
        assert_eq!(talk.model.table().query.text, text);
        assert_eq!(talk.model.calculator().text(Field::Input), text);
        assert_eq!(talk.model.lab_choice().field(LabField::Rounds), text);
    }
    assert!(!talk.model.secret_was_taken_out());
}

/// It is told by their looks alone that there is no secret in these texts.
#[test]
fn what_was_typed_goes_with_the_key() {
    let went: [fn(&mut Talk); 3] = [
        |talk| {
            talk.idle(Span::from_secs(16 * 60));
        },
        |talk| {
            talk.tell(Msg::KeyForgotten);
        },
        |talk| {
            talk.tell(Msg::WorkerTookOver);
        },
    ];
    for (how, goes) in went.into_iter().enumerate() {
        let mut talk = Talk::with_all_models();
        for (field, text) in [
            (TextField::Filter, "hush-hush"),
            (TextField::Doctor, "hush-hush HTTP/2 504"),
            (TextField::Request, "hush-hush {\"model\": \"m\", \"messages\": []}"),
            (TextField::Code, "hush-hush mistral-large-2411"),
        ] {
            talk.tell(Msg::Typed(field, text.into()));
        }
        assert!(filled(&mut talk).is_empty());
        goes(&mut talk);
        let mut fields = filled(&mut talk);
        fields.retain(|field| *field != TextField::Key);
        assert_eq!(
            fields,
            [TextField::Doctor, TextField::Request, TextField::Code, TextField::Filter],
            "{how}"
        );
        for field in fields {
            assert_eq!(talk.model.text_for(field), "", "{how}");
        }
        assert_eq!(talk.model.table().query.text, "", "{how}");
        assert!(
            talk.model.doctor_view().explanation.is_none() && talk.model.lifecycle_view().checked.is_none()
        );
        assert!(!format!("{:?}", talk.model).contains("hush"), "{how}");
        if how == 1 {
            let heard = "The key is forgotten, and the pasted text with it.";
            assert_eq!(talk.model.announcement(), heard);
        }
    }
}

#[test]
fn what_is_pasted_under_a_worker_is_taken_out_as_well() {
    let mut talk = Talk::controlled();
    assert_eq!(talk.model.facts().barrier, Some(Barrier::Worker));
    for (field, msg) in messages(KEY) {
        talk.tell(msg);
        assert_eq!(filled(&mut talk), [field]);
    }
    assert!(!format!("{:?}", talk.model).contains("Canary"));
}

/// The text is looked at as far as a megabyte goes. What lies behind it goes from the field, though nothing comes before it.
#[test]
fn a_key_behind_a_megabyte_of_blanks_goes_too() {
    for field in [TextField::Doctor, TextField::Code] {
        let mut talk = Talk::new();
        talk.tell(Msg::Typed(field, format!("{}{KEY}", " ".repeat(1_000_000)).into()));
        assert_eq!(filled(&mut talk), [field]);
        assert_eq!(talk.model.text_for(field).trim(), "");
    }
}

/// A log cuts it, a program writes it in capitals: it is no key by its looks, but the page knows the one that it holds.
#[test]
fn pieces_of_the_key_that_is_held_go_too() {
    let (piece, loud) = ("aryThatSings", "NTHEMINE000000");
    for field in [TextField::Doctor, TextField::Code] {
        let text = format!("HTTP/2 401 ({piece}) mistral-large-2411 {loud}");
        let left = |talk: &mut Talk| {
            talk.tell(Msg::Typed(field, text.as_str().into()));
            talk.model.text_for(field).to_owned()
        };
        let mut talk = Talk::accepted();
        assert_eq!(left(&mut talk), "HTTP/2 401 ([key]) mistral-large-2411 [key]");
        assert!(filled(&mut talk).contains(&field));
        let again = talk.model.text_for(field).to_owned();
        talk.tell(Msg::Typed(field, again.as_str().into()));
        assert_eq!((filled(&mut talk).len(), talk.model.text_for(field)), (0, &*again), "it stays as it is");
        talk.tell(Msg::KeyForgotten);
        assert_eq!(left(&mut talk), text, "without a key they are nothing known");
    }
    let mut talk = Talk::accepted();
    talk.tell(Msg::Typed(TextField::Filter, piece.into()));
    assert!(filled(&mut talk).contains(&TextField::Filter) && talk.model.table().query.text.is_empty());
}
