//! The answer as it arrives: the cuts between its pieces mean nothing.

use key_tester::core::explain::Cause;
use key_tester::core::http::HttpEvent;

use crate::talk::Talk;

const LIST: &str =
    r#"{"object":"list","data":[{"id":"mistral-small-latest","description":"Petit modèle, déjà prêt"}]}"#;

#[test]
fn a_list_cut_at_any_byte_is_the_same_list() {
    let whole = {
        let mut talk = Talk::asked();
        talk.answer(200, &[], LIST);
        talk.model.facts().rows.clone()
    };
    assert_eq!(whole.len(), 1);
    for cut in 0..=LIST.len() {
        let (front, back) = LIST.as_bytes().split_at(cut);
        let mut talk = Talk::asked();
        talk.event(HttpEvent::Sent).opened(200, &[]);
        talk.event(HttpEvent::Chunk(front.to_vec())).event(HttpEvent::Chunk(back.to_vec()));
        assert!(talk.model.facts().testing, "no verdict before the end");
        talk.event(HttpEvent::Closed);
        assert_eq!(talk.model.facts().rows, whole, "cut at {cut}");
    }
}

#[test]
fn a_list_cut_short_is_not_taken_for_a_whole_one() {
    for end in 0..LIST.len() {
        let mut broken = Talk::asked();
        broken.event(HttpEvent::Sent).opened(200, &[]);
        broken.event(HttpEvent::Chunk(LIST.as_bytes()[..end].to_vec())).fail("network error", true);
        assert_eq!(broken.cause(), Cause::StreamIncomplete, "broken off at {end}");
        let mut closed = Talk::asked();
        closed.answer(200, &[], &LIST.as_bytes()[..end]);
        // Nothing at all could be anybody's answer.
        let cause = if end == 0 { Cause::NotMistral } else { Cause::StreamIncomplete };
        assert_eq!(closed.cause(), cause, "closed at {end}");
    }
}
