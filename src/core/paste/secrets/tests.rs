//! What is masked, and what must stay readable.

use super::mask;

const LEGACY: &str = "q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3BnM";
const PREFIXED: &str = "mstrl_q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3BnM_0Ab9Zx";

#[test]
fn keys_are_told_by_their_looks() {
    for (text, masked) in [
        (LEGACY, "[key …3BnM]"),
        (PREFIXED, "[key …b9Zx]"),
        ("key q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3BnM, refused", "key [key …3BnM], refused"),
        ("?q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3BnM&x=1", "?[key …3BnM]&x=1"),
        ("mstrl_q7Wc2RtY9uPa4S", "[key …Pa4S]"),
        ("(sk-ant-api03-9fK2mQ7wRt5Yb1Lc8Vd3Xg6)", "([key …3Xg6])"),
        ("gsk_9fK2mQ7wRt5Yb1Lc8Vd3Xg6", "[key …3Xg6]"),
        ("eyJhbGciOi.eyJzdWIiOjF9.c2lnbmF0dXJl!", "[secret]!"),
    ] {
        assert_eq!(mask(text).text, masked);
    }
}

#[test]
fn secrets_are_told_by_what_stands_before_them() {
    for (text, masked) in [
        ("Authorization: Bearer hunter-two\nx", "Authorization: Bearer [secret]\nx"),
        ("> authorization: Basic bWU6cHc=", "> authorization: Basic [secret]"),
        (
            "'authorization': 'Bearer q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3BnM'",
            "'authorization': 'Bearer [key …3BnM]'",
        ),
        ("{\\\"api_key\\\": \\\"hunter-two\\\"}", "{\\\"api_key\\\": \\\"[secret]\\\"}"),
        ("curl -H 'x-api-key: hunter22' https://a", "curl -H 'x-api-key: [secret]' https://a"),
        ("Mistral(api_key='hunter-two', server=1)", "Mistral(api_key='[secret]', server=1)"),
        ("export MISTRAL_API_KEY=hunter22", "export MISTRAL_API_KEY=[secret]"),
        ("sent Bearer hunter22 twice", "sent Bearer [secret] twice"),
        ("set-cookie: __cf_bm=a.b-c; path=/; HttpOnly\nx: y", "set-cookie: [secret]\nx: y"),
        ("__cf_bm=a.b-c.12;", "__cf_bm=[secret];"),
        ("https://me:hunter22@proxy:8080/", "https://me:[secret]@proxy:8080/"),
        (
            "https://org.#q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3BnM:hunter22@proxy/",
            "https://org.#[key …3BnM]:[secret]@proxy/",
        ),
        ("?api_key=hunter22&x=1", "?api_key=[secret]&x=1"),
        ("password = \"correct horse\"", "password = \"[secret]\""),
    ] {
        assert_eq!(mask(text).text, masked);
    }
}

#[test]
fn what_is_no_secret_stays() {
    for text in [
        "\"request_id\":\"5f0c9be27d4a41838e6fd21b7a90c364\"",
        "mistral-correlation-id: 0192f7a1-5c1e-7b30-9d52-3f0c3a7a1b11",
        "cf-ray: 9a3f5c1e7b309d52-CDG",
        "model ft:open-mistral-7b:abcd1234:20260101:deadbeef, mistral-small-2603, voxtral-mini-transcribe-realtime-2602",
        "Authorization: Bearer $MISTRAL_API_KEY",
        "Authorization: Bearer YOUR_API_KEY",
        "api_key=os.environ[\"MISTRAL_API_KEY\"]",
        "Mistral(api_key=api_key)",
        "api_key: <your key>",
        "api_key=None, max_tokens=100",
        "HQSx...Ug6Y and mstrl_****************",
        "WWW-Authenticate: Bearer realm=\"x\"",
        "openai.AuthenticationError: Error code: 401 - {'detail': 'Invalid API Key'}",
        "https://api.mistral.ai/v1/models at https://user@host/",
        "Error at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)",
        "[key …3BnM] and [secret]",
    ] {
        assert_eq!(mask(text).text, text);
        assert_eq!(mask(text).count, 0);
    }
}

#[test]
fn every_secret_counts() {
    let masked = mask(&format!("{LEGACY} {PREFIXED} {LEGACY}"));
    assert_eq!((masked.text.as_str(), masked.count), ("[key …3BnM] [key …b9Zx] [key …3BnM]", 3));
}
