//! Answers that are made to keep the page busy: what is too much is left out and said, and nothing costs more than its share.

use key_tester::core::app::{FeaturesMsg, KeyTestMsg, ModelTableMsg, Msg, Page, Raw};
use key_tester::core::features::Feature;
use key_tester::core::http::HttpEvent;
use key_tester::core::models::MOST_ROWS;
use key_tester::core::work::{grows_with_size, steps_of};

use crate::talk::Talk;
use crate::talk::calls::{list_of, one};

/// A list of one model with so many names.
fn aliases(count: usize) -> String {
    let names: Vec<String> = (0..count).map(|number| format!("\"alias-{number:05}\"")).collect();
    format!(r#"{{"object":"list","data":[{{"id":"mistral-small-2603","aliases":[{}]}}]}}"#, names.join(","))
}

/// A key that lists this, with everything drawn.
fn drawn(list: impl AsRef<[u8]>) -> Talk {
    let mut talk = Talk::listing(list);
    talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    assert!(
        !format!("{:?}", Page::of(&talk.model).differs(&Page::of(&talk.model), &talk.model)).contains("true")
    );
    talk
}

#[test]
fn of_fifty_thousand_names_twelve_are_drawn_and_the_rest_is_counted() {
    let mut talk = drawn(aliases(50_000));
    let model = "mistral-small-2603".to_owned();
    talk.tell(Msg::ModelTable(ModelTableMsg::AliasesToggled { model, open: true }));
    let table = talk.model.table();
    let line = table.line(&table.rows[0]);
    assert_eq!(line.also, "also alias-00000 + 49999");
    assert!(line.aliases.ends_with("alias-00011 … and 49\u{202f}988 more"), "{}", line.aliases);
}

#[test]
fn five_thousand_models_are_taken_and_the_rest_is_said() {
    let names: Vec<String> = (0..10_000).map(|number| format!("model-{number}")).collect();
    let talk = drawn(list_of(names.iter().map(String::as_str)));
    assert_eq!(talk.models(), MOST_ROWS);
    let said = talk.model.table().of_left_out().expect("a sentence");
    assert_eq!(
        said.replace('\u{202f}', " "),
        "The list has 10 000 models, and this page takes 5 000 of them."
    );
}

#[test]
fn names_that_pile_up_marks_are_left_out_and_counted() {
    let pile = format!("mistral-{}", "\u{301}".repeat(100));
    let long = "m".repeat(1 << 20);
    let talk = drawn(list_of(["mistral-small-2603", &pile, &long]));
    assert_eq!(talk.models(), 1);
    assert_eq!(
        talk.model.table().of_left_out().as_deref(),
        Some("2 entries of the list are left out: they have no id that this page can call.")
    );
    let described = r#"[{"id":"m","description":"DESCRIPTION"}]"#.replace("DESCRIPTION", &pile);
    let rows = drawn(described).model.facts().rows.clone();
    assert!(rows[0].description.as_ref().is_some_and(|words| words.len() < 40));
}

#[test]
fn a_raw_answer_is_shown_by_its_beginning_until_all_of_it_is_wanted() {
    let list = list_of((0..3_000).map(|_| "mistral-small-2603"));
    assert!(list.len() > 200_000);
    let mut talk = drawn(&list);
    let shown = |talk: &Talk| match talk.outcome().raw {
        Raw::Open { answer, goes_on, .. } => (answer.len(), goes_on),
        other => panic!("{other:?}"),
    };
    let (beginning, goes_on) = shown(&talk);
    assert!(goes_on && beginning < 150_000, "{beginning}");
    talk.tell(Msg::KeyTest(KeyTestMsg::RawExtended));
    let (whole, goes_on) = shown(&talk);
    assert!(!goes_on && whole > list.len(), "{whole}");
    // Drawn anew, it tells that it is open.
    talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    assert_eq!(shown(&talk), (whole, false));
    talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: false }));
    talk.tell(Msg::KeyTest(KeyTestMsg::RawExtended));
    assert_eq!(talk.outcome().raw, Raw::Closed, "what is folded is not unfolded");
}

#[test]
fn a_check_shows_the_beginning_of_its_answer_until_all_of_it_is_wanted() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    talk.tell(one(Feature::Chat)).answer_all(|_| (500, "x".repeat(200_000)));
    talk.tell(Msg::Features(FeaturesMsg::EvidenceToggled { feature: Feature::Chat, open: true }));
    let goes_on = |talk: &Talk| matches!(talk.feature(Feature::Chat).raw, Raw::Open { goes_on: true, .. });
    assert!(goes_on(&talk));
    talk.tell(Msg::Features(FeaturesMsg::EvidenceExtended));
    talk.tell(Msg::Features(FeaturesMsg::EvidenceToggled { feature: Feature::Chat, open: true }));
    assert!(!goes_on(&talk));
}

#[test]
fn no_list_costs_more_than_its_share() {
    type List = fn(usize) -> Vec<u8>;
    let of_names = |count: usize| {
        let names: Vec<String> = (0..count).map(|number| format!("model-{number:05}")).collect();
        list_of(names.iter().map(String::as_str))
    };
    let marks = |count: usize| list_of(["a", &"\u{301}".repeat(count)]);
    let deep = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count)).into_bytes();
    let lists: [(&str, List); 4] = [
        ("aliases", |count| aliases(count).into_bytes()),
        ("models", of_names),
        ("marks", marks),
        ("levels", deep),
    ];
    for (name, list) in lists {
        let grows = grows_with_size(500, |count| {
            let list = list(count);
            steps_of(|| {
                let mut talk = Talk::asked();
                talk.answer(200, &[], &list).tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
                Page::of(&talk.model)
            })
        });
        assert_eq!(grows, Ok(()), "{name}");
    }
}

#[test]
fn headers_and_streams_of_nothing_cost_no_more_than_their_share() {
    for piece in ["\n", "\r\n", ":\n", ": word\n", "id:\n", "data\n", "event\n\n", "\u{feff}\n"] {
        let grows = grows_with_size(2_000, |count| {
            let mut talk = Talk::with_models(&["mistral-small-2603"]);
            talk.tell(one(Feature::Streaming));
            assert!(talk.take_up());
            talk.opened(200, &[("content-type", "text/event-stream")]);
            let bytes = piece.repeat(count).into_bytes();
            steps_of(|| talk.event(HttpEvent::Chunk(bytes)).event(HttpEvent::Closed).model.sent())
        });
        assert_eq!(grows, Ok(()), "{piece:?}");
    }
    let grows = grows_with_size(500, |count| {
        let names: Vec<String> = (0..count).map(|number| format!("x-header-{number}")).collect();
        let headers: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "a value")).collect();
        steps_of(|| {
            let mut talk = Talk::asked();
            talk.answer(429, &headers, "{}").tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
            Page::of(&talk.model)
        })
    });
    assert_eq!(grows, Ok(()), "headers");
}

#[test]
fn pieces_of_a_stream_without_a_word_have_nothing_drawn() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    talk.tell(one(Feature::Streaming));
    assert!(talk.take_up());
    talk.opened(200, &[("content-type", "text/event-stream")]);
    talk.draws.clear();
    for _ in 0..100 {
        talk.event(HttpEvent::Chunk(b"\n\n:\n\n".to_vec()));
    }
    assert!(talk.draws.iter().all(|draw| *draw == key_tester::core::app::Draw::Nothing));
}
