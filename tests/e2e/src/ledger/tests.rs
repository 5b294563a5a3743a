//! What the ledger tells of what it saw.

use axum::http::{HeaderMap, HeaderValue};
use bytes::Bytes;
use serde_json::json;

use super::{CANARY, CANARY_MIDDLE, Ending, Ledger, NEW_CANARY, Ruling, has_canary};

#[test]
fn the_key_is_free_to_go_to_mistral_in_one_header_only() {
    let ledger = Ledger::default();
    let mut headers = HeaderMap::new();
    let bearer = HeaderValue::from_str(&format!("Bearer {CANARY}")).expect("ASCII");
    headers.insert("authorization", bearer.clone());
    ledger.request("api.mistral.ai", "GET", "/v1/models", &headers, &Bytes::new()).answered();
    assert_eq!(ledger.leaks(), Vec::<String>::new());

    ledger.request("pages.test", "GET", "/", &headers, &Bytes::new()).answered();
    assert_eq!(ledger.leaks(), ["authorization header to pages.test"]);

    headers.insert("x-api-key", bearer);
    ledger.request("api.mistral.ai", "GET", "/v1/models", &headers, &Bytes::new()).answered();
    ledger.request("api.mistral.ai", "GET", &format!("/?{CANARY_MIDDLE}"), &HeaderMap::new(), &Bytes::new());
    ledger.request("api.mistral.ai", "POST", "/v1/chat", &HeaderMap::new(), &Bytes::from(CANARY));
    ledger.contact("evil.test", Ruling::Refused, &format!("CONNECT evil.test:443\r\nx: {CANARY}"));
    let leaks = ledger.leaks();
    for place in ["header x-api-key", "URL api.mistral.ai", "body of POST", "the proxy for evil.test"] {
        assert!(leaks.iter().any(|leak| leak.contains(place)), "{place} is missing in {leaks:?}");
    }
}

#[test]
fn either_key_is_found_by_its_middle() {
    for key in [CANARY, NEW_CANARY] {
        assert!(has_canary(&format!("… {} …", key[10..26].to_uppercase())), "{key}");
        assert!(!has_canary(&format!("••••{}", &key[28..])), "{key}: the last four characters may be shown");
    }
    assert_ne!(CANARY[28..], NEW_CANARY[28..]);
}

#[test]
fn a_stranger_is_told_from_the_browsers_own_hosts() {
    let ledger = Ledger::default();
    for host in ["update.googleapis.com", "accounts.google.com", "notgoogle.com", "evil.test"] {
        ledger.contact(host, Ruling::Refused, "");
    }
    ledger.contact("api.mistral.ai", Ruling::Served, "");
    assert_eq!(ledger.strangers(), ["notgoogle.com", "evil.test"]);
}

#[test]
fn a_request_that_is_let_go_of_counts_as_dropped() {
    let ledger = Ledger::default();
    let open = ledger.request("api.mistral.ai", "GET", "/a", &HeaderMap::new(), &Bytes::new());
    ledger.request("api.mistral.ai", "GET", "/b", &HeaderMap::new(), &Bytes::new()).answered();
    let endings = || ledger.requests().iter().map(|request| request.ending).collect::<Vec<_>>();
    assert_eq!(endings(), [Ending::Open, Ending::Answered]);
    drop(open);
    assert_eq!(endings(), [Ending::Dropped, Ending::Answered]);
}

#[test]
fn a_post_is_kept_with_its_model_and_what_it_used() {
    let ledger = Ledger::default();
    let body = Bytes::from(r#"{"model":"ministral-3b-2512","max_tokens":1}"#);
    let answer = br#"{"usage":{"prompt_tokens":9,"completion_tokens":1}}"#;
    for method in ["POST", "GET"] {
        let entry =
            ledger.request("api.mistral.ai", method, "/v1/chat/completions", &HeaderMap::new(), &body);
        entry.answer(200, Some(answer));
        entry.answered();
    }
    let cut = ledger.request("api.mistral.ai", "POST", "/v1/ocr", &HeaderMap::new(), &body);
    cut.answer(200, None);
    drop(cut);
    let [told, untold] = &ledger.posts()[..] else { panic!("two posts") };
    assert_eq!(told.model().as_deref(), Some("ministral-3b-2512"));
    assert_eq!(
        (told.status, &told.usage),
        (Some(200), &Some(json!({ "prompt_tokens": 9, "completion_tokens": 1 })))
    );
    assert_eq!((untold.status, &untold.usage, untold.ending), (Some(200), &None, Ending::Dropped));
}
