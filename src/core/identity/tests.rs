//! Both answers, as Mistral's specification and SDK have them.

use super::*;

const USER: &str = r#"{"id":"u-1","email":"ada@example.com","first_name":"Ada","last_name":"Lovelace",
    "workspace":{"id":"w-1","name":"Research"},"organization":{"id":"o-1","name":"Engines Ltd"},
    "api_key":{"id":"k-1","name":"laptop","key":"not-for-showing"}}"#;
const PERSON: &str = r#"{"principal":{"principal_type":"user","id":"u-1","email":"ada@example.com",
    "first_name":"Ada","last_name":null},
    "organization":{"id":"o-1","name":"Engines","org_tier":"scale","internal":false,"kind":"team"},
    "workspace":{"id":"w-1","name":"Research"}}"#;
const SERVICE: &str = r#"{"principal":{"principal_type":"service_account","service_account_id":"s-1","name":"deploy"},
    "organization":null,"workspace":null}"#;

fn of(body: &str) -> Identity {
    read(body.as_bytes()).expect("an identity")
}

fn lines(identity: &Identity) -> Vec<(&'static str, String)> {
    identity.lines().into_iter().map(|(fact, value)| (fact.label(), value)).collect()
}

fn said(told: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    told.iter().map(|(label, value)| (*label, (*value).to_owned())).collect()
}

#[test]
fn the_older_call_names_the_key_and_the_newer_the_plan() {
    let (me, whoami) = (of(USER), of(PERSON));
    assert_eq!(
        lines(&me),
        said(&[
            ("Workspace", "Research"),
            ("Organisation", "Engines Ltd"),
            ("Key name", "laptop"),
            ("Belongs to", "Ada Lovelace, ada@example.com"),
        ])
    );
    assert_eq!(
        lines(&whoami),
        said(&[
            ("Workspace", "Research"),
            ("Organisation", "Engines"),
            ("Plan tier", "scale"),
            ("Belongs to", "Ada, ada@example.com"),
        ])
    );
    assert_eq!(whoami.organization.as_ref().and_then(|it| it.kind.as_deref()), Some("team"));
    let both = me.clone().merge(whoami.clone());
    assert_eq!(
        lines(&both),
        said(&[
            ("Workspace", "Research"),
            ("Organisation", "Engines Ltd"),
            ("Plan tier", "scale"),
            ("Key name", "laptop"),
            ("Belongs to", "Ada Lovelace, ada@example.com"),
        ])
    );
    assert!(!format!("{both:?}").contains("not-for-showing"));
    assert_eq!(lines(&whoami.merge(me)).len(), 5);
}

#[test]
fn a_service_account_is_one_whichever_answer_says_so() {
    let service = of(SERVICE);
    assert_eq!(lines(&service), said(&[("Belongs to", "service account deploy")]));
    let me = of(
        r#"{"id":"s-1","email":null,"first_name":null,"last_name":null,"api_key":{"id":"k-1","name":null}}"#,
    );
    assert_eq!(lines(&me), said(&[("Key name", "k-1"), ("Belongs to", "s-1")]));
    let both = me.merge(service);
    assert_eq!(lines(&both), said(&[("Key name", "k-1"), ("Belongs to", "service account deploy")]));
}

#[test]
fn what_is_told_of_somebody_else_is_not_mixed_in() {
    let other = of(
        r#"{"principal":{"id":"u-2","email":"eve@example.com"},"organization":{"id":"o-2","org_tier":"free"}}"#,
    );
    let merged = of(r#"{"email":null,"id":"u-1","organization":{"id":"o-1"}}"#).merge(other);
    assert_eq!(lines(&merged), said(&[("Organisation", "o-1"), ("Belongs to", "u-1")]));
}

#[test]
fn the_end_of_a_key_is_read_wherever_the_api_may_put_it() {
    for body in [
        r#"{"api_key":{"id":"k","expires_at":"2027-01-31T00:00:00Z"}}"#,
        r#"{"api_key":{"id":"k","expires_at":null,"expiration_date":"2027-01-31"}}"#,
        r#"{"api_key":{"id":"k","expiration":"2027-01-31"}}"#,
        r#"{"key":{"key_id":"k","expires":"2027-01-31"}}"#,
        r#"{"api_key":{"id":"k"},"expires_at":"2027-01-31"}"#,
        r#"{"api_key":{"id":"k","expires_at":"2027-01-31"},"expires_at":"2099-01-01"}"#,
    ] {
        assert_eq!(lines(&of(body)), said(&[("Key name", "k"), ("Key expires", "2027-01-31")]), "{body}");
    }
    let only = of(r#"{"workspace":{"id":"w"},"expiration_date":"2027-01-31"}"#);
    assert_eq!(lines(&only), said(&[("Workspace", "w"), ("Key expires", "2027-01-31")]));
}

#[test]
fn a_body_that_tells_nothing_of_an_owner_is_none() {
    for body in [
        "",
        "<html></html>",
        "null",
        "[]",
        "{}",
        "\"ada@example.com\"",
        r#"{"detail":"Unauthorized"}"#,
        r#"{"id":"u-1"}"#,
        r#"{"id":"mistral-embed","name":"mistral-embed","object":"model","description":"x"}"#,
        r#"{"object":"client.session","expires_at":"2027-01-31","client_secret":{"value":"s"}}"#,
        r#"{"key":"HQSxfB7IaJRKNHRv0e5OAYJNO1h2Ug6Y"}"#,
        r#"{"email":null,"first_name":"","last_name":" ","workspace":null,"organization":{},"api_key":[]}"#,
        r#"{"email":"ada@example.com""#,
    ] {
        assert_eq!(read(body.as_bytes()), None, "{body}");
    }
}

#[test]
fn wrong_types_cost_a_detail_and_texts_are_cleaned() {
    let identity = of(
        r#"{"email":["x"],"first_name":7,"last_name":" Love\u202elace\n II ","id":{},"workspace":"w",
            "organization":{"id":3,"name":"Engines","org_tier":{}},"api_key":{"name":false,"expires_at":1798675200}}"#,
    );
    assert_eq!(lines(&identity), said(&[("Organisation", "Engines"), ("Belongs to", "Lovelace II")]));
    let long = of(&format!(r#"{{"workspace":{{"name":"{}"}}}}"#, "w".repeat(10_000)));
    assert_eq!(lines(&long)[0].1.chars().count(), 255);
}
