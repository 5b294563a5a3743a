//! Texts that no client of an API prints: curl, consoles, hand-written notes, and what only looks like a status.

use super::*;
use crate::core::mistral::error::ApiError;

fn message(paste: &Paste) -> Option<String> {
    match &paste.body {
        PastedBody::Bytes(bytes) => ApiError::read(bytes).message,
        _ => None,
    }
}

fn header<'p>(paste: &'p Paste, name: &str) -> Option<&'p str> {
    paste.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

const CURL_I: &str = "$ curl -i https://api.mistral.ai/v1/models -H \"Authorization: Bearer $MISTRAL_API_KEY\"\n\
    HTTP/1.1 200 Connection established\r\n\r\n\
    HTTP/2 429\r\ncontent-type: application/json\r\nX-RateLimit-Limit-Req-Minute: 0\r\ncontent-length: 59\r\n\r\n\
    {\"message\":\"Rate limit exceeded\",\"raw_status_code\":429}me@here:~$ ";

const CURL_V: &str = "* Host api.mistral.ai:443 was resolved.\n* ALPN: server accepted h2\n\
    > GET /v1/models HTTP/2\n> Host: api.mistral.ai\n> Authorization: Bearer abc\n> \n* Request completely sent off\n\
    < HTTP/2 401 \n< date: Tue, 24 Nov 2026 10:07:29 GMT\n< content-type: application/json\n< \n\
    { [28 bytes data]\n{\"detail\":\"Invalid API Key\"}* Connection #0 to host api.mistral.ai left intact\n";

#[test]
fn the_last_head_of_curl_counts() {
    let paste = Paste::read(CURL_I);
    assert_eq!((paste.form, paste.status), (Form::CurlHead, Some(429)));
    assert_eq!(header(&paste, "x-ratelimit-limit-req-minute"), Some("0"));
    assert_eq!(message(&paste).as_deref(), Some("Rate limit exceeded"));
    assert_eq!((paste.host.as_deref(), paste.path.as_deref()), (Some("api.mistral.ai"), Some("/v1/models")));
    let redirected = Paste::read(&format!("HTTP/1.1 301 Moved\nlocation: /v1\n\n{CURL_I}"));
    assert_eq!(redirected.status, Some(429));
    assert_eq!(header(&redirected, "location"), None);
}

#[test]
fn curl_tells_more_with_v() {
    let paste = Paste::read(CURL_V);
    assert_eq!((paste.form, paste.status), (Form::CurlVerbose, Some(401)));
    assert_eq!(message(&paste).as_deref(), Some("Invalid API Key"));
    assert_eq!(paste.headers.len(), 2);
    assert_eq!((paste.host.as_deref(), paste.path.as_deref()), (Some("api.mistral.ai"), Some("/v1/models")));
}

#[test]
fn curl_shows_whether_there_is_a_body() {
    for (text, body) in [
        ("HTTP/2 504\ncontent-length: 0\n\n", PastedBody::Empty),
        (
            "< HTTP/1.1 504 Gateway Timeout\n< content-length: 0\n< \n* Connection #0 left intact",
            PastedBody::Empty,
        ),
        ("HTTP/2 401\ncontent-type: application/json\ncontent-length: 28\n\n", PastedBody::Unknown),
        ("HTTP/2 401", PastedBody::Unknown),
        ("< HTTP/2 401 \n< a: b\n< ", PastedBody::Unknown),
        (
            "HTTP/2 503\nserver: x\n\nupstream connect error",
            PastedBody::Bytes(b"upstream connect error".to_vec()),
        ),
        (
            "HTTP/2 200\n\ndata: {\"id\":1}\n\ndata: [DONE]\n",
            PastedBody::Bytes(b"data: {\"id\":1}\n\ndata: [DONE]".to_vec()),
        ),
    ] {
        assert_eq!(Paste::read(text).body, body, "in {text}");
    }
}

#[test]
fn an_answer_can_break_off() {
    let paste = Paste::read(
        "HTTP/2 200\ncontent-length: 900\n\n{\"object\":\"li\ncurl: (56) Recv failure: Connection reset by peer",
    );
    assert_eq!((paste.status, paste.failure), (Some(200), Some(NoAnswer::Reset)));
    assert_eq!(paste.body, PastedBody::Bytes(b"{\"object\":\"li".to_vec()));
    let refused = Paste::read("HTTP/1.1 200 Connection established\n\ncurl: (35) Recv failure");
    assert_eq!((refused.status, refused.failure), (None, Some(NoAnswer::Handshake)));
}

#[test]
fn consoles_say_why_no_answer_came() {
    for (text, failure) in [
        (
            "Access to fetch at 'https://api.mistral.ai/v1/models' from origin 'https://example.org' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
            NoAnswer::Cors,
        ),
        (
            "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.mistral.ai/v1/models. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing).",
            NoAnswer::Cors,
        ),
        (
            "Fetch API cannot load https://api.mistral.ai/v1/models due to access control checks.",
            NoAnswer::Cors,
        ),
        ("TypeError: Failed to fetch", NoAnswer::Unknown),
        ("TypeError: NetworkError when attempting to fetch resource.", NoAnswer::Unknown),
        ("TypeError: Load failed", NoAnswer::Unknown),
        ("GET https://api.mistral.ai/v1/models net::ERR_BLOCKED_BY_CLIENT", NoAnswer::BlockedByClient),
        ("GET https://api.mistral.ai/v1/models net::ERR_NAME_NOT_RESOLVED", NoAnswer::Dns),
        ("GET https://api.mistral.ai/v1/models net::ERR_INTERNET_DISCONNECTED", NoAnswer::Offline),
        ("GET https://api.mistral.ai/v1/models net::ERR_CERT_AUTHORITY_INVALID", NoAnswer::Certificate),
        ("GET https://api.mistral.ai/v1/models net::ERR_CONNECTION_TIMED_OUT", NoAnswer::TimedOut),
        (
            "Refused to connect to 'https://api.mistral.ai/v1/models' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
            NoAnswer::Policy,
        ),
    ] {
        let paste = Paste::read(text);
        assert_eq!(
            (paste.form, paste.status, paste.failure),
            (Form::Browser, None, Some(failure)),
            "in {text}"
        );
        assert_eq!(paste.host.is_some(), text.contains("://"), "in {text}");
    }
    let both = Paste::read(
        "blocked by CORS policy\nPOST https://api.mistral.ai/v1/chat/completions net::ERR_FAILED 520",
    );
    assert_eq!((both.status, both.failure), (Some(520), Some(NoAnswer::Cors)));
}

#[test]
fn programs_say_why_no_answer_came() {
    for (text, failure) in [
        ("Error: getaddrinfo ENOTFOUND api.mistral.ai", NoAnswer::Dns),
        ("connect ECONNREFUSED 127.0.0.1:443", NoAnswer::Refused),
        ("code: 'ETIMEDOUT'", NoAnswer::TimedOut),
        ("Error: read ECONNRESET", NoAnswer::Reset),
        ("code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'", NoAnswer::Certificate),
        (
            "Error: self-signed certificate in certificate chain; code: 'SELF_SIGNED_CERT_IN_CHAIN'",
            NoAnswer::Certificate,
        ),
        (
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate",
            NoAnswer::Certificate,
        ),
        ("httpx.ReadTimeout: The read operation timed out", NoAnswer::TimedOut),
        ("httpx.ConnectTimeout", NoAnswer::TimedOut),
        ("curl: (28) Connection timed out after 1001 milliseconds", NoAnswer::TimedOut),
        ("curl: (60) SSL certificate problem: self-signed certificate", NoAnswer::Certificate),
    ] {
        let paste = Paste::read(text);
        assert_eq!((paste.status, paste.failure), (None, Some(failure)), "in {text}");
    }
}

#[test]
fn a_status_needs_a_telling_word() {
    for (text, status) in [
        ("401", Some(401)),
        ("HTTP 401", Some(401)),
        ("Status: 401", Some(401)),
        ("status code 429", Some(429)),
        ("status_code=429", Some(429)),
        ("{\"status\": 404, \"error\": \"Not Found\"}", Some(404)),
        ("127.0.0.1 - - \"POST /v1/chat/completions HTTP/1.1\" 503 28", Some(503)),
        ("2026-11-24 10:00:00,429 ERROR 401 Unauthorized", Some(401)),
        ("try 1: status 429, try 2: status 503", Some(503)),
        ("API error occurred: Status 429. Body: {}\nfastapi.HTTPException: status_code=500", Some(429)),
        ("  File \"/app/main.py\", line 401, in <module>", None),
        ("2026-11-24T10:00:00.429Z connected to port 443", None),
        ("process finished with exit status 127", None),
        ("it took 404 ms and 500 tokens", None),
        ("status 4291", None),
        ("http://127.0.0.1:500", None),
        ("status 700", None),
        ("line 401 {", None),
    ] {
        assert_eq!(Paste::read(text).status, status, "in {text}");
    }
}

#[test]
fn bodies_are_cut_out_of_what_stands_around() {
    for (text, expected) in [
        ("x {\"detail\":\"a } b\"} y", "a } b"),
        ("{'message': 'it\\'s \"so\"', 'ok': None}", "it's \"so\""),
        ("b'{\"detail\":\"Invalid API Key\"}'", "Invalid API Key"),
        (r#"said: "{\"message\":\"say \\\"hi\\\"\"}""#, "say \"hi\""),
        (r#"body='{"message":"say \\"hi\\""}'"#, "say \"hi\""),
        ("{\"a\":1} then {\"detail\":\"first\"} then {\"detail\":\"last\"}", "last"),
        ("status 401 {\"detail\":\"its own\"} then {\"detail\":\"another\"}", "its own"),
        (
            "sent {\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]} got {\"detail\":\"Unauthorized\"}",
            "Unauthorized",
        ),
        ("{\"detail\":\"wrapped by a\nterminal\"}", "wrapped by a terminal"),
        ("error <html><title>502 Bad Gateway</title></html> at line 3", "502 Bad Gateway"),
    ] {
        assert_eq!(message(&Paste::read(text)).as_deref(), Some(expected), "in {text}");
    }
    let page = Paste::read("<!DOCTYPE html>\n<title>x</title></html>");
    assert_eq!((page.form, page.status), (Form::Html, None));
    let events = Paste::read("data: {\"id\":\"a\"}\n\ndata: {\"error\":{\"message\":\"gone\"}}");
    assert_eq!(events.form, Form::EventStream);
    let kept = b"data: {\"id\":\"a\"}\n\ndata: {\"error\":{\"message\":\"gone\"}}".to_vec();
    assert_eq!(events.body, PastedBody::Bytes(kept));
    let scripted =
        Paste::read("Status 520 <html><title>520</title><script>f({\"message\":\"x\"})</script></html>");
    assert_eq!(message(&scripted).as_deref(), Some("520"));
}

#[test]
fn only_what_was_called_is_the_place() {
    for (text, host, path) in [
        ("https://api.eu.mistral.ai/v1/models?x=1", Some("api.eu.mistral.ai"), Some("/v1/models")),
        (
            "base https://api.mistral.ai then POST https://api.mistral.ai/v1/chat/completions.",
            Some("api.mistral.ai"),
            Some("/v1/chat/completions"),
        ),
        (
            "http://user:pw@localhost:4000/v1/models see https://docs.mistral.ai/v1",
            Some("localhost"),
            Some("/v1/models"),
        ),
        ("see https://errors.pydantic.dev/2.6/v/extra_forbidden", None, None),
        ("https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/401", None, None),
        ("://", None, None),
    ] {
        let paste = Paste::read(text);
        assert_eq!((paste.host.as_deref(), paste.path.as_deref()), (host, path), "in {text}");
    }
}

#[test]
fn nothing_is_read_into_nothing() {
    for text in ["", " \n", "hello", "{", "{}", "[]", "null", "“quoted”", "é{'"] {
        let paste = Paste::read(text);
        assert_eq!((paste.status, paste.failure, paste.host), (None, None, None), "in {text}");
    }
}

#[test]
fn a_stream_in_any_legal_form_is_read_as_one() {
    for text in crate::core::sse::forms::all(&[r#"{"id":"a"}"#, "[DONE]"]) {
        let whole = text.trim_start_matches('\u{feff}').trim();
        for (pasted, form) in [(text.clone(), Form::EventStream), (format!("it said\n{whole}"), Form::Text)] {
            let paste = Paste::read(&pasted);
            let PastedBody::Bytes(body) = &paste.body else { panic!("{pasted:?}") };
            let body = String::from_utf8_lossy(body);
            assert_eq!(paste.form, form, "{pasted:?}");
            assert!(whole.ends_with(&*body) && body.contains("\"id\":\"a\""), "{pasted:?}: {body}");
        }
    }
    let printed = Paste::read(r#"b'data:{"id":"a"}\r\n\r\n' b'data: [DONE]\r\n\r\n' b'data:image/png'"#);
    let kept = b"data:{\"id\":\"a\"}\r\n\r\n\ndata: [DONE]\r\n\r\n\n".to_vec();
    assert_eq!(printed.body, PastedBody::Bytes(kept));
}
