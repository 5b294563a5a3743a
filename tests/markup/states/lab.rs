//! The latency lab: before, under way, after, and what can go wrong.

use key_tester::core::app::{Effect, LabField, LabMsg, Missing, Msg, TextField};
use key_tester::core::bench::{Measure, PlanKind};
use key_tester::core::chart::Kind;
use key_tester::core::export::{Engine, TEMPLATES};
use key_tester::core::report::Unreadable;
use key_tester::core::sim::Scenario;

use super::super::talk::Talk;
use super::super::talk::calls::LIMITED;
use super::behind::{FOUR, ODD};
use super::{demo, with};

fn chosen(models: &[&str], plan: PlanKind) -> Talk {
    with(Talk::with_models(models), |talk| {
        talk.lab(LabMsg::PlanChosen(plan));
    })
}

fn told(talk: Talk, msg: LabMsg) -> Talk {
    with(talk, |talk| {
        talk.lab(msg);
    })
}

/// Two calls measured, the third one half way.
pub fn under_way() -> Talk {
    with(told(chosen(&FOUR, PlanKind::Quick), LabMsg::Pressed), |talk| {
        for _ in 0..3 {
            assert!(talk.take_up());
            talk.stream(200, 20, 12);
        }
        assert!(talk.take_up());
        talk.stream_begun(180);
    })
}

/// A comparison that went well but for one call.
pub fn compared() -> Talk {
    with(told(chosen(&FOUR, PlanKind::Compare), LabMsg::Pressed), |talk| {
        for call in 0.. {
            if !talk.take_up() {
                break;
            }
            if call == 7 {
                talk.reply(503, r#"{"message":"Service unavailable."}"#);
            } else {
                talk.stream(if call % 2 == 0 { 180 } else { 260 }, 20, 12);
            }
        }
    })
}

/// The report of a measurement, as it was saved.
pub fn report(mut talk: Talk) -> (Talk, String) {
    talk.take_effects();
    talk.lab(LabMsg::SavePressed);
    let saved = talk.take_effects().into_iter().find_map(|effect| match effect {
        Effect::Save { text, .. } => Some(text),
        _ => None,
    });
    (talk, saved.expect("a report"))
}

/// The same, held against itself.
fn against_itself() -> Talk {
    let (talk, text) = report(compared());
    told(talk, LabMsg::ReportRead(Ok(text)))
}

/// An engine was pressed, and what its file is made from came, did not come, or is on its way.
fn exported(engine: Engine, came: Option<Result<String, Missing>>) -> Talk {
    with(told(compared(), LabMsg::EnginePressed(engine)), |talk| {
        if let Some(text) = came {
            talk.lab(LabMsg::TemplatesRead(text));
        }
    })
}

pub fn states() -> Vec<(&'static str, Talk)> {
    let limited = with(told(chosen(&FOUR, PlanKind::Load), LabMsg::Pressed), |talk| {
        for _ in 0..4 {
            assert!(talk.take_up());
            talk.stream(200, 20, 12);
        }
        assert!(talk.take_up());
        talk.reply(429, LIMITED);
    });
    let doubtful = with(under_way(), |talk| {
        talk.stall(key_tester::core::time::Span::from_millis(300), 0).stream_on(20, 12);
    });
    let custom = |field, text: &str| {
        with(chosen(&FOUR, PlanKind::Custom), |talk| {
            talk.tell(Msg::Typed(TextField::Lab(field), text.into()));
        })
    };
    vec![
        ("lab, comparison", chosen(&FOUR, PlanKind::Compare)),
        ("lab, own numbers", custom(LabField::Rounds, "30")),
        ("lab, a number that does not fit", custom(LabField::Rounds, "many")),
        ("lab, odd names", chosen(&ODD, PlanKind::Compare)),
        ("lab, begun", told(chosen(&FOUR, PlanKind::Quick), LabMsg::Pressed)),
        ("lab, under way", under_way()),
        ("lab, stopped", told(under_way(), LabMsg::Stopped)),
        ("lab, compared", compared()),
        ("lab, another time shown", told(compared(), LabMsg::MeasureChosen(Measure::Whole))),
        ("lab, limited", limited),
        ("lab, doubtful", doubtful),
        ("lab, a table", told(compared(), LabMsg::TableToggled { plot: Kind::Strip, open: true })),
        ("lab, Locust", exported(Engine::Locust, Some(Ok(TEMPLATES.to_owned())))),
        ("lab, GuideLLM", exported(Engine::GuideLlm, Some(Ok(TEMPLATES.to_owned())))),
        ("lab, a file on its way", exported(Engine::K6, None)),
        ("lab, a file that does not come", exported(Engine::K6, Some(Err(Missing::Lost)))),
        ("lab, a file that was changed", exported(Engine::K6, Some(Err(Missing::Changed)))),
        ("lab, a file that is gone", exported(Engine::K6, Some(Err(Missing::Gone)))),
        ("lab, an older report", against_itself()),
        ("lab, a report too large", told(compared(), LabMsg::ReportRead(Err(Unreadable::TooLarge)))),
        ("lab, no report", told(compared(), LabMsg::ReportRead(Ok("not JSON".to_owned())))),
        (
            "lab, demo",
            with(demo(Scenario::Works), |talk| {
                talk.lab(LabMsg::PlanChosen(PlanKind::Load)).lab(LabMsg::Pressed).play_on();
            }),
        ),
    ]
}
