//! States of the report: offered, kept back, shown again.

use key_tester::core::app::{Copyable, Effect, IdentityMsg, Msg, ReportMsg, Surroundings};
use key_tester::core::sim::Scenario;

use super::super::talk::{KEY, Talk};
use super::{demo, measured};

/// The file that a press saves.
pub fn saved(talk: &mut Talk) -> String {
    talk.tell(Msg::Report(ReportMsg::SavePressed)).tell(Msg::Report(ReportMsg::SurroundingsRead(
        Surroundings {
            wall: 1_796_047_331_000,
            salt: [7; 8],
            browser: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)".to_owned(),
            commit: None,
        },
    )));
    let text = |effect| if let Effect::Save { text, .. } = effect { Some(text) } else { None };
    talk.take_effects().into_iter().find_map(text).expect("a file")
}

/// What somebody saved is shown where nothing was tested.
pub fn shown() -> Talk {
    let text = saved(&mut demo(Scenario::Works));
    read(Talk::new(), text)
}

/// The owner of the key is known.
pub fn with_owner() -> Talk {
    let mut talk = demo(Scenario::Works);
    talk.tell(Msg::Identity(IdentityMsg::Pressed)).play();
    talk
}

/// A text that holds a key was to be copied.
pub fn kept_back() -> Talk {
    super::told(measured(), Msg::CopyPressed(Copyable::ModelId, format!("ft:{KEY}")))
}

fn read(talk: Talk, text: String) -> Talk {
    super::told(talk, Msg::Report(ReportMsg::FileRead(Ok(text))))
}

pub fn states() -> Vec<(&'static str, Talk)> {
    let compared = {
        let mut talk = measured();
        let text = saved(&mut talk);
        read(talk, text)
    };
    vec![
        ("report: owner known", with_owner()),
        ("report: kept back", kept_back()),
        ("report: shown", shown()),
        ("report: compared", compared),
        ("report: unreadable", read(Talk::new(), "{}".to_owned())),
    ]
}
