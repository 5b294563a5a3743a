//! States of a rotation: the new key entered, both compared, the old one watched until it is refused.

use key_tester::core::app::{Msg, RotationMsg, TextField};

use super::super::talk::Talk;
use super::super::talk::calls::{BAD_KEY, NEW_KEY, list_of};
use super::{told, with};

const LIST: [&str; 2] = ["mistral-small-2603", "ministral-3b-2512"];
const OWNER: &str =
    r#"{"workspace":{"id":"w1","name":"Looms <b>&</b>"},"api_key":{"id":"k1","name":"night shift"}}"#;

fn typed(text: &str) -> Talk {
    told(Talk::with_models(&LIST), Msg::Typed(TextField::NewKey, text.into()))
}

/// Answers the requests that wait, one after the other, with these.
fn answers(talk: &mut Talk, answers: &[(u16, &[u8])]) {
    for (status, body) in answers {
        while !talk.is_asked() && talk.next_tick() {}
        talk.take_first().reply(*status, body);
    }
}

/// Both compared; whether the new one lists the same.
pub fn compared(same: bool) -> Talk {
    let (old, new) = (list_of(LIST), list_of(if same { LIST } else { [LIST[0], "<i>codestral</i>"] }));
    with(typed(NEW_KEY), |talk| {
        talk.tell(Msg::Rotation(RotationMsg::OwnerTicked));
        talk.tell(Msg::Rotation(RotationMsg::Submitted(NEW_KEY.into())));
        answers(talk, &[(200, &old), (200, &new)]);
        answers(talk, &[(200, OWNER.as_bytes()), (200, b"{}"), (200, OWNER.as_bytes()), (200, b"{}")]);
    })
}

/// The watch, after it was answered once.
pub fn watching() -> Talk {
    with(compared(true), |talk| {
        talk.tell(Msg::Rotation(RotationMsg::WatchPressed));
        answers(talk, &[(200, &list_of(LIST))]);
    })
}

/// The refusal seen.
pub fn seen() -> Talk {
    with(watching(), |talk| answers(talk, &[(401, BAD_KEY.as_bytes()), (200, &list_of(LIST))]))
}

pub fn states() -> Vec<(&'static str, Talk)> {
    let rotation = Msg::Rotation;
    vec![
        ("rotation: new key typed", typed(NEW_KEY)),
        ("rotation: unsendable key typed", typed("mstrl_Kanarienvögel")),
        ("rotation: new key revealed", told(typed(NEW_KEY), rotation(RotationMsg::RevealToggled))),
        ("rotation: comparing", told(typed(NEW_KEY), rotation(RotationMsg::Submitted(NEW_KEY.into())))),
        ("rotation: compared", compared(true)),
        ("rotation: compared, another list", compared(false)),
        ("rotation: watching", watching()),
        ("rotation: watch stopped", told(watching(), rotation(RotationMsg::Stopped))),
        ("rotation: seen", seen()),
        ("rotation: old key forgotten", told(seen(), rotation(RotationMsg::OldForgotten))),
        (
            "rotation: no number of days",
            told(typed(NEW_KEY), Msg::Typed(TextField::RotationDays, "soon".into())),
        ),
    ]
}
