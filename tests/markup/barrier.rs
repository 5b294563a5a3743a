//! What stands in place of the key form where no key is taken.

use key_tester::core::app::Msg;

use crate::states::{measured, page, told};
use crate::talk::Talk;

#[test]
fn a_framed_page_has_no_key_field() {
    let page = page(Talk::framed());
    assert_eq!(page.named("input").count() + page.named("form").count() + page.named("button").count(), 0);
    assert_eq!(page.id("framed").attribute("role"), Some("alert"));
    assert!(page.named("a").any(|link| link.attribute("href") == Some("./")));
}

#[test]
fn a_controlled_page_has_no_key_field_and_says_why() {
    for talk in [Talk::controlled(), told(measured(), Msg::WorkerTookOver)] {
        let page = page(talk);
        assert!(page.elements.iter().all(|element| element.attribute("id") != Some("api-key")));
        let said = &page.id("controlled").text;
        assert!(said.contains("service worker") && said.contains("private window"), "{said}");
        for id in ["error-text", "code-text", "try-demo"] {
            assert_eq!(page.id(id).attribute("id"), Some(id), "what needs no key stays");
        }
    }
}
