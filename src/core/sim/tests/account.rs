//! Identity, and the lists of what a workspace holds.

use serde_json::{Value, json};

use super::{ask, body, get, parsed};
use crate::core::sim::Scenario;

fn read(path: &str) -> Value {
    let answer = ask(Scenario::Works, &get(path));
    assert_eq!(answer.status, 200, "{path}");
    parsed(&answer)
}

#[test]
fn a_key_belongs_to_an_invented_person() {
    let me = read("/v1/users/me");
    assert_eq!(me["email"], "demo@example.com");
    assert_eq!(
        (&me["workspace"]["name"], &me["organization"]["name"]),
        (&json!("Demo workspace"), &json!("Example Org"))
    );
    assert_eq!(me["api_key"]["name"], "demo key");
    let who = read("/v1/whoami");
    assert_eq!((&who["principal"]["principal_type"], &who["principal"]["id"]), (&json!("user"), &me["id"]));
    assert_eq!(who["workspace"], me["workspace"]);
    assert_eq!(who["organization"]["id"], me["organization"]["id"]);
}

#[test]
fn a_list_has_its_envelope_and_as_many_entries_as_were_asked_for() {
    for (path, entries, size, most) in [
        ("/v1/files", "/data", "page_size", 2),
        ("/v1/batch/jobs", "/data", "page_size", 1),
        ("/v1/agents/pages", "/data", "page_size", 2),
        ("/v1/agents", "", "page_size", 2),
        ("/v1/conversations", "", "page_size", 1),
        ("/v1/libraries", "/data", "page_size", 1),
        ("/v1/audio/voices", "/items", "limit", 2),
    ] {
        for (query, expected) in [
            (String::new(), most),
            (format!("?{size}=1"), 1),
            (format!("?page=0&{size}=50"), most),
            (format!("?{size}=0"), most),
            (format!("?{size}=x"), most),
        ] {
            let list = read(&format!("{path}{query}"));
            let found = list.pointer(entries).and_then(Value::as_array).expect("entries");
            assert_eq!(found.len(), expected, "{path}{query}");
            assert!(found.iter().all(|entry| entry["id"].is_string() && entry.get("created_at").is_some()));
        }
    }
}

#[test]
fn envelopes_tell_how_much_there_is() {
    assert_eq!(read("/v1/files?page_size=1")["total"], 2);
    assert_eq!(read("/v1/batch/jobs?page_size=1")["total"], 1);
    assert!(read("/v1/agents/pages?page_size=1")["next_page_token"].is_string());
    assert!(read("/v1/agents/pages")["next_page_token"].is_null());
    let voices = read("/v1/audio/voices?limit=1");
    let counts = ["total", "page", "page_size", "total_pages"].map(|name| voices[name].as_u64());
    assert_eq!(counts, [Some(2), Some(1), Some(1), Some(2)]);
}

#[test]
fn everything_is_refused_with_a_revoked_key() {
    for path in ["/v1/users/me", "/v1/whoami", "/v1/files?page_size=1"] {
        let answer = ask(Scenario::RevokedKey, &get(path));
        assert_eq!((answer.status, body(&answer).as_str()), (401, r#"{"detail":"Invalid API Key"}"#));
    }
}
