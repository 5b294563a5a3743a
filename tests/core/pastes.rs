//! What clients really print when a call fails, and what is read out of it.
//!
//! The texts were printed by the clients named here, run against a server that answers as Mistral does; then hosts and
//! paths were put in their place and long traces shortened. Versions: mistralai 1.9 and 3.7 (Python), 2.7 (TypeScript),
//! openai 3.54 (Python) and 6.49 (Node), langchain-mistralai 1.1, @langchain/mistralai 1.2, litellm 1.106, httpx 0.28,
//! requests 2.34, aiohttp 3.14, curl 7.88.

use key_tester::core::mistral::error::ApiError;
use key_tester::core::paste::NoAnswer::{Dns, Refused, TimedOut};
use key_tester::core::paste::secrets::mask;
use key_tester::core::paste::{Form, NoAnswer, Paste, PastedBody};

/// What a text tells of the body.
#[derive(Debug, PartialEq)]
enum Told {
    /// The message in it.
    Words(String),
    Nothing,
    Empty,
}

impl Told {
    fn of(body: &PastedBody) -> Self {
        match body {
            PastedBody::Bytes(bytes) => Self::Words(ApiError::read(bytes).message.unwrap_or_default()),
            PastedBody::Unknown => Self::Nothing,
            PastedBody::Empty => Self::Empty,
        }
    }
}

const KEY: Option<&str> = Some("Invalid API Key");
const GATEWAY: Option<&str> = Some("Unauthorized");
const TIER: Option<&str> = Some("This model is not available in your subscription tier");
const EXTRA: Option<&str> = Some("body.store: Extra inputs are not permitted, isn't it");
const RATE: Option<&str> = Some("Rate limit exceeded");
const EDGE: Option<&str> = Some("mistral.ai | 520: Web server is returning an unknown error");
const HIDDEN: Option<&str> = None;
const EMPTY: Option<&str> = Some("");

/// Text, form, status, message of the body, and whether Mistral's host is named in it.
type Answered = (&'static str, Form, u16, Option<&'static str>, bool);

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../fixtures/paste/", $name, ".txt"))
    };
}

const ANSWERED: [Answered; 57] = [
    (
        r#"API error occurred: Status 401. Body: {"detail":"Invalid API Key"}"#,
        Form::MistralSdk,
        401,
        KEY,
        false,
    ),
    (
        r#"API error occurred: Status 401 Content-Type "application/json; charset=utf-8". Body: {"message":"Unauthorized","request_id":"5f0c9be27d4a41838e6fd21b7a90c364"}"#,
        Form::MistralSdk,
        401,
        GATEWAY,
        false,
    ),
    (
        r#"API error occurred: Status 504 Content-Type text/plain. Body: """#,
        Form::MistralSdk,
        504,
        EMPTY,
        false,
    ),
    (
        "API error occurred: Status 429\nBody: {\"object\":\"error\",\"message\":\"Rate limit exceeded\",\"type\":\"rate_limited\",\"param\":null,\"code\":\"1300\",\"raw_status_code\":429}",
        Form::MistralSdk,
        429,
        RATE,
        false,
    ),
    (
        r#"SDKError('API error occurred', <Response [401 Unauthorized]>, '{"detail":"Invalid API Key"}')"#,
        Form::MistralPython,
        401,
        KEY,
        false,
    ),
    (
        "SDKError('API error occurred', <Response [504 Gateway Timeout]>, '')",
        Form::MistralPython,
        504,
        EMPTY,
        false,
    ),
    (
        r#"SDKError(message='API error occurred: Status 504 Content-Type text/plain. Body: ""', status_code=504, body='', headers=Headers({'content-length': '0'}), raw_response=<Response [504 Gateway Timeout]>)"#,
        Form::MistralPython,
        504,
        EMPTY,
        false,
    ),
    (file!("mistral-python-1-repr-520"), Form::MistralPython, 520, EDGE, false),
    (file!("mistral-python-3-repr-422"), Form::MistralPython, 422, EXTRA, false),
    (file!("mistral-python-3-repr-429"), Form::MistralPython, 429, RATE, false),
    (file!("mistral-python-3-traceback-401"), Form::MistralPython, 401, KEY, false),
    (file!("mistral-python-3-traceback-520"), Form::MistralPython, 520, EDGE, false),
    (file!("mistral-typescript-console-401"), Form::MistralTypeScript, 401, GATEWAY, true),
    (file!("mistral-typescript-console-422"), Form::MistralTypeScript, 422, EXTRA, true),
    (
        r#"API error occurred: {"detail":[{"loc":["body","store"],"msg":"Extra inputs are not permitted, isn't it","type":"extra_forbidden","input":false}],"request$":{},"response$":{},"body$":"{\"detail\":[]}"}"#,
        Form::MistralTypeScript,
        422,
        EXTRA,
        false,
    ),
    (
        r#"mistralai.models.httpvalidationerror.HTTPValidationError: {"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"Extra inputs are not permitted, isn't it","input":false}]}"#,
        Form::MistralPython,
        422,
        EXTRA,
        false,
    ),
    ("Error code: 401", Form::OpenAiPython, 401, HIDDEN, false),
    ("Error code: 401 - Unauthorized", Form::OpenAiPython, 401, GATEWAY, false),
    ("RateLimitError('Error code: 429 - Rate limit exceeded')", Form::OpenAiPython, 429, RATE, false),
    ("Error code: 401 - {'detail': 'Invalid API Key'}", Form::OpenAiPython, 401, KEY, false),
    (
        "openai.PermissionDeniedError: Error code: 403 - {'object': 'error', 'message': 'This model is not available in your subscription tier', 'type': 'tier_not_allowed', 'param': None, 'code': '1910', 'raw_status_code': 403}",
        Form::OpenAiPython,
        403,
        TIER,
        false,
    ),
    (
        r#"Error code: 422 - {'detail': [{'type': 'extra_forbidden', 'loc': ('body', 'store'), 'msg': "Extra inputs are not permitted, isn't it", 'input': False}]}"#,
        Form::OpenAiPython,
        422,
        EXTRA,
        false,
    ),
    (file!("openai-python-traceback-401"), Form::OpenAiPython, 401, GATEWAY, false),
    ("422 status code (no body)", Form::OpenAiNode, 422, HIDDEN, false),
    (r#"401 {"detail":"Invalid API Key"}"#, Form::Text, 401, KEY, false),
    (file!("openai-node-console-422"), Form::OpenAiNode, 422, HIDDEN, false),
    (file!("openai-node-console-520"), Form::OpenAiNode, 520, EDGE, false),
    (
        r#"Error response 401 while fetching https://api.mistral.ai/v1/chat/completions: {"detail":"Invalid API Key"}"#,
        Form::LangChain,
        401,
        KEY,
        true,
    ),
    (
        r#"HTTPStatusError('Error response 422 while fetching https://api.mistral.ai/v1/chat/completions: {"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"Extra inputs are not permitted, isn\'t it","input":false}]}')"#,
        Form::LangChain,
        422,
        EXTRA,
        true,
    ),
    (
        "Error response 504 while fetching https://api.mistral.ai/v1/chat/completions: ",
        Form::LangChain,
        504,
        EMPTY,
        true,
    ),
    (
        "HTTPStatusError('Error response 504 while fetching https://api.mistral.ai/v1/chat/completions: ')",
        Form::LangChain,
        504,
        EMPTY,
        true,
    ),
    (file!("langchain-python-traceback-403"), Form::LangChain, 403, TIER, true),
    (file!("langchain-js-console-429"), Form::LangChain, 429, RATE, true),
    (
        r#"litellm.AuthenticationError: AuthenticationError: MistralException - {"detail":"Invalid API Key"}"#,
        Form::LiteLlm,
        401,
        KEY,
        false,
    ),
    (
        r#"litellm.APIError: APIError: MistralException - {"object":"error","message":"This model is not available in your subscription tier","type":"tier_not_allowed","param":null,"code":"1910","raw_status_code":403}"#,
        Form::LiteLlm,
        403,
        TIER,
        false,
    ),
    (file!("litellm-traceback-401"), Form::LiteLlm, 401, KEY, true),
    (file!("litellm-traceback-422"), Form::LiteLlm, 422, EXTRA, true),
    (file!("litellm-traceback-504"), Form::LiteLlm, 504, EMPTY, true),
    (
        "Client error '401 Unauthorized' for url 'https://api.mistral.ai/v1/models'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/401",
        Form::Python,
        401,
        HIDDEN,
        true,
    ),
    (
        "Server error '520 ' for url 'https://api.mistral.ai/v1/models'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/520",
        Form::Python,
        520,
        HIDDEN,
        true,
    ),
    (file!("httpx-traceback-401"), Form::Python, 401, HIDDEN, true),
    (
        r#"INFO:httpx:HTTP Request: POST https://api.mistral.ai/v1/chat/completions "HTTP/1.1 429 Too Many Requests""#,
        Form::Text,
        429,
        HIDDEN,
        true,
    ),
    (
        "401 Client Error: Unauthorized for url: https://api.mistral.ai/v1/models",
        Form::Python,
        401,
        HIDDEN,
        true,
    ),
    ("520 Server Error:  for url: https://api.mistral.ai/v1/models", Form::Python, 520, HIDDEN, true),
    (
        "HTTPError('504 Server Error: Gateway Timeout for url: https://api.mistral.ai/v1/models')",
        Form::Python,
        504,
        HIDDEN,
        true,
    ),
    ("HTTP Error 401: Unauthorized", Form::Text, 401, HIDDEN, false),
    ("<HTTPError 520: ''>", Form::Python, 520, HIDDEN, false),
    ("401, message='Unauthorized', url='https://api.mistral.ai/v1/models'", Form::Python, 401, HIDDEN, true),
    ("520, message='', url='https://api.mistral.ai/v1/models'", Form::Python, 520, HIDDEN, true),
    (file!("aiohttp-repr-429"), Form::Python, 429, HIDDEN, true),
    ("Error: HTTP error! status: 401", Form::Text, 401, HIDDEN, false),
    ("AxiosError: Request failed with status code 429", Form::Node, 429, HIDDEN, false),
    (
        "HTTP status client error (401 Unauthorized) for url (https://api.mistral.ai/v1/models)",
        Form::Rust,
        401,
        HIDDEN,
        true,
    ),
    ("POST https://api.mistral.ai/v1/chat/completions 401 (Unauthorized)", Form::Text, 401, HIDDEN, true),
    (
        "Failed to load resource: the server responded with a status of 429 ()",
        Form::Browser,
        429,
        HIDDEN,
        false,
    ),
    (
        r#"{"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"Extra inputs are not permitted, isn't it","input":false}],"status_code":422}"#,
        Form::Json,
        422,
        EXTRA,
        false,
    ),
    (
        r#"{"level":"error","time":1,"msg":"API error occurred: Status 401. Body: {\"detail\":\"Invalid API Key\"}"}"#,
        Form::Log,
        401,
        KEY,
        false,
    ),
];

#[test]
fn every_answer_that_clients_print_is_read() {
    for (text, form, status, message, named) in ANSWERED {
        let paste = Paste::read(text);
        let told = match message {
            None => Told::Nothing,
            Some("") => Told::Empty,
            Some(words) => Told::Words(words.to_owned()),
        };
        assert_eq!(
            (paste.form, paste.status, Told::of(&paste.body), paste.failure),
            (form, Some(status), told, None),
            "in {text}"
        );
        assert_eq!(paste.host.as_deref(), named.then_some("api.mistral.ai"), "in {text}");
        if named {
            assert!(paste.path.is_some_and(|path| path.starts_with("/v1/")), "in {text}");
        }
    }
}

const FAILED: [(&str, Form, NoAnswer, Option<&str>); 18] = [
    (
        "Cannot connect to host 127.0.0.1:8080 ssl:default [Connect call failed ('127.0.0.1', 8080)]",
        Form::Python,
        Refused,
        Some("127.0.0.1"),
    ),
    ("[Errno 111] Connection refused", Form::Python, Refused, None),
    ("ConnectError('[Errno -2] Name or service not known')", Form::Python, Dns, None),
    ("<urlopen error [Errno -2] Name or service not known>", Form::Python, Dns, None),
    (file!("mistral-python-3-traceback-dns"), Form::MistralPython, Dns, None),
    (file!("mistral-typescript-console-refused"), Form::MistralTypeScript, Refused, None),
    (file!("openai-python-traceback-refused"), Form::OpenAiPython, Refused, None),
    (file!("openai-node-console-dns"), Form::OpenAiNode, Dns, Some("api.mistral.ai")),
    (file!("requests-traceback-dns"), Form::Python, Dns, Some("api.mistral.ai")),
    ("Connection error.", Form::Text, NoAnswer::Unknown, None),
    ("Unable to make request: TypeError: fetch failed", Form::Node, NoAnswer::Unknown, None),
    (
        "litellm.InternalServerError: InternalServerError: MistralException - [Errno 111] Connection refused",
        Form::LiteLlm,
        Refused,
        None,
    ),
    ("litellm.Timeout: Timeout Error: MistralException - ", Form::LiteLlm, TimedOut, None),
    (
        "Cannot connect to host api.mistral.ai:443 ssl:default [Name or service not known]",
        Form::Python,
        Dns,
        Some("api.mistral.ai"),
    ),
    ("curl: (6) Could not resolve host: api.mistral.ai", Form::CurlError, Dns, Some("api.mistral.ai")),
    (
        "curl: (7) Failed to connect to api.mistral.ai port 443 after 0 ms: Couldn't connect to server",
        Form::CurlError,
        Refused,
        Some("api.mistral.ai"),
    ),
    (
        "curl: (35) OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number",
        Form::CurlError,
        NoAnswer::Garbled,
        None,
    ),
    (
        "<urlopen error [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)>",
        Form::Python,
        NoAnswer::Garbled,
        None,
    ),
];

#[test]
fn every_failure_that_clients_print_is_read() {
    for (text, form, failure, host) in FAILED {
        let paste = Paste::read(text);
        assert_eq!((paste.form, paste.status, paste.failure), (form, None, Some(failure)), "in {text}");
        assert_eq!(paste.host.as_deref(), host, "in {text}");
    }
}

#[test]
fn headers_that_clients_print_are_read() {
    for text in [
        file!("mistral-python-3-repr-429"),
        file!("mistral-typescript-console-401"),
        file!("mistral-typescript-console-422"),
        file!("openai-node-console-422"),
        file!("aiohttp-repr-429"),
    ] {
        let headers = Paste::read(text).headers;
        let value =
            |name: &str| headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        assert_eq!(value("server"), Some("cloudflare"), "in {text}");
        assert_eq!(
            value("mistral-correlation-id"),
            Some("0192f7a1-5c1e-7b30-9d52-3f0c3a7a1b11"),
            "in {text}"
        );
        assert_eq!(value("user-agent"), None, "in {text}");
    }
}

#[test]
fn masking_takes_the_key_and_nothing_that_is_read() {
    let texts = ANSWERED.map(|(text, ..)| text).into_iter().chain(FAILED.map(|(text, ..)| text));
    let mut count = 0;
    for text in texts {
        let masked = mask(text);
        assert!(!masked.text.contains("q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3BnM"), "in {text}");
        assert_eq!(Paste::read(&masked.text), Paste::read(text));
        count += masked.count;
    }
    // One client prints the request with its error, and so the key.
    assert_eq!(count, 1);
}
