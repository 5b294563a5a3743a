//! The workload for bigger engines: what their files are made from comes on the first press, or does not.

use key_tester::core::app::{
    Copyable, Effect, Exported, ExportedFile, Focus, KeyTestMsg, LabMsg, Missing, Msg, Section,
};
use key_tester::core::bench::{Call, PlanKind};
use key_tester::core::export::{Engine, TEMPLATES};

use crate::talk::calls::list_of;
use crate::talk::{KEY, MODELS, Talk};

const SMALL: &str = "mistral-small-latest";
const LARGE: &str = "mistral-large-latest";

/// Something was measured.
fn measured() -> Talk {
    let mut talk = Talk::with_models(&[SMALL, LARGE]);
    measure(&mut talk);
    talk
}

fn measure(talk: &mut Talk) {
    talk.lab(LabMsg::PlanChosen(PlanKind::Quick)).lab(LabMsg::Pressed);
    while talk.take_up() {
        talk.stream(100, 20, 5);
    }
    talk.take_effects();
}

/// What is asked for since the last look: whether past the cache.
fn asked(talk: &mut Talk) -> Vec<bool> {
    let load = |effect: &Effect| match effect {
        Effect::LoadTemplates { past_cache } => Some(*past_cache),
        _ => None,
    };
    talk.take_effects().iter().filter_map(load).collect()
}

fn shown(talk: &Talk) -> Option<Exported> {
    talk.model.lab_export().expect("engines").shown
}

fn file(talk: &Talk) -> ExportedFile {
    match shown(talk) {
        Some(Exported::File(file)) => file,
        other => panic!("there is no file but {other:?}"),
    }
}

fn arrives(talk: &mut Talk) {
    talk.lab(LabMsg::TemplatesRead(Ok(TEMPLATES.to_owned())));
}

#[test]
fn the_first_press_asks_and_all_engines_have_their_files_by_it() {
    let mut talk = measured();
    assert_eq!(shown(&talk), None);
    talk.lab(LabMsg::EnginePressed(Engine::Locust));
    assert_eq!((asked(&mut talk), shown(&talk)), (vec![false], Some(Exported::Coming)));
    // Another one meanwhile, or none: what comes is for whichever is looked at then.
    talk.lab(LabMsg::EnginePressed(Engine::K6));
    assert_eq!((asked(&mut talk), shown(&talk)), (vec![], Some(Exported::Coming)));
    arrives(&mut talk);
    assert_eq!(file(&talk).name, Engine::K6.file_name());
    assert_eq!(talk.model.announcement(), "mistral-k6.js is ready.");
    for engine in [Engine::Locust, Engine::GuideLlm] {
        talk.lab(LabMsg::EnginePressed(engine));
        let file = file(&talk);
        assert_eq!(file.name, engine.file_name());
        assert!(file.text.contains(SMALL) && file.text.contains("MISTRAL_API_KEY"), "{}", file.text);
    }
    assert!(asked(&mut talk).is_empty(), "what is there is not loaded again");
}

#[test]
fn an_engine_that_is_put_away_meanwhile_says_nothing() {
    for text in [Ok(TEMPLATES.to_owned()), Err(Missing::Lost)] {
        let mut talk = measured();
        talk.lab(LabMsg::EnginePressed(Engine::K6)).lab(LabMsg::EnginePressed(Engine::K6));
        let before = talk.model.announcement().to_owned();
        talk.lab(LabMsg::TemplatesRead(text));
        assert_eq!((shown(&talk), talk.model.announcement()), (None, before.as_str()));
    }
}

#[test]
fn what_does_not_come_is_told_and_asked_for_past_the_cache() {
    let mut talk = measured();
    talk.lab(LabMsg::EnginePressed(Engine::Locust)).lab(LabMsg::TemplatesRead(Err(Missing::Lost)));
    let Some(Exported::Missing { words, again: true }) = shown(&talk) else { panic!("{:?}", shown(&talk)) };
    assert!(words.contains("Check your connection"), "{words}");
    assert_eq!(talk.model.announcement(), words);
    assert_eq!(asked(&mut talk), [false]);

    // Its button, twice; what comes then is not the one that was published.
    talk.lab(LabMsg::TemplatesPressed).lab(LabMsg::TemplatesPressed);
    assert_eq!(shown(&talk), Some(Exported::Coming));
    let effects = talk.take_effects();
    let loads = effects.iter().filter(|effect| matches!(effect, Effect::LoadTemplates { past_cache: true }));
    assert_eq!(loads.count(), 1);
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Refocus(Focus::Row(Section::Speed)))),
        "the button is gone"
    );

    talk.lab(LabMsg::TemplatesRead(Err(Missing::Changed)));
    let Some(Exported::Missing { words, again: true }) = shown(&talk) else { panic!("{:?}", shown(&talk)) };
    assert!(words.contains("not the one that was published"), "{words}");

    // Or a press on any engine.
    talk.lab(LabMsg::EnginePressed(Engine::K6));
    assert_eq!(asked(&mut talk), [true]);
    arrives(&mut talk);
    assert_eq!(file(&talk).name, Engine::K6.file_name());
    // What has come is missing no more.
    talk.lab(LabMsg::TemplatesRead(Err(Missing::Lost)));
    assert_eq!(file(&talk).name, Engine::K6.file_name());
}

#[test]
fn what_is_gone_with_a_publication_is_not_tried_again_and_the_report_comes_first() {
    let mut talk = measured();
    talk.lab(LabMsg::EnginePressed(Engine::Locust)).lab(LabMsg::TemplatesRead(Err(Missing::Gone)));
    let Some(Exported::Missing { words, again: false }) = shown(&talk) else { panic!("{:?}", shown(&talk)) };
    assert!(words.ends_with("Save the report, then reload the page."), "{words}");
}

#[test]
fn what_comes_after_the_key_was_forgotten_is_kept_and_not_shown() {
    let mut talk = measured();
    talk.lab(LabMsg::EnginePressed(Engine::Locust)).tell(Msg::KeyForgotten);
    assert_eq!(asked(&mut talk), [false]);
    let before = talk.model.announcement().to_owned();
    arrives(&mut talk);
    assert_eq!((talk.model.lab_export(), talk.model.announcement()), (None, before.as_str()));
    talk.paste(KEY).submit().expect_send(MODELS).answer(200, &[], list_of([SMALL, LARGE]));
    talk.expect_send(MODELS).tell(Msg::KeyTest(KeyTestMsg::Stopped));
    measure(&mut talk);
    talk.lab(LabMsg::EnginePressed(Engine::Locust));
    assert_eq!(file(&talk).name, Engine::Locust.file_name());
    assert!(asked(&mut talk).is_empty());
}

#[test]
fn an_engine_that_cannot_make_the_calls_says_so_whatever_comes() {
    let mut talk = Talk::with_all_models();
    talk.lab(LabMsg::ModelChosen("mistral-embed".into())).lab(LabMsg::Pressed);
    while talk.take_up() {
        assert_eq!(talk.request().path, Call::Embeddings.path());
        talk.reply(200, r#"{"object":"list","data":[{"embedding":[0.1]}],"usage":{"prompt_tokens":100,"total_tokens":100}}"#);
    }
    talk.lab(LabMsg::EnginePressed(Engine::GuideLlm));
    for text in [Err(Missing::Lost), Ok(TEMPLATES.to_owned())] {
        assert!(matches!(shown(&talk), Some(Exported::Refused(_))));
        talk.lab(LabMsg::TemplatesRead(text)).lab(LabMsg::TemplatesPressed);
    }
    assert!(matches!(shown(&talk), Some(Exported::Refused(_))));
}

#[test]
fn what_was_copied_is_not_read_out() {
    let mut talk = measured();
    for engine in Engine::ALL {
        talk.lab(LabMsg::EnginePressed(engine));
        arrives(&mut talk);
        talk.tell(Msg::CopyPressed(Copyable::File, file(&talk).text))
            .tell(Msg::CopyEnded { succeeded: true });
        assert_eq!(talk.model.announcement().trim_end(), "Copied the file.");
        assert_eq!(file(&talk).copied, Some(true), "{engine:?}");
    }
}
