//! What stands around an answer in the texts that people paste: frames, prefixes, wrappers, languages, cut bodies.

use super::*;
use proptest::prelude::*;
use proptest::sample::select;

fn message(paste: &Paste) -> Option<String> {
    match &paste.body {
        PastedBody::Bytes(bytes) => ApiError::read(bytes).message,
        _ => None,
    }
}

#[test]
fn what_every_line_begins_with_is_taken_off() {
    let bare = "HTTP/2 429\nx-ratelimit-limit-req-minute: 0\n\n{\"message\":\"Rate limit exceeded\"}";
    for prefix in [
        "app-1  | ",
        "2026-10-07T10:01:02.1234567Z ",
        "2026-04-23 22:20:55.208 | ",
        "[2026-04-23 22:20:55] ",
        "I/flutter (14252): ",
        "web[31]: ",
        "test\tRun curl\t",
        "app-1  | 2026-10-07T10:01:02+02:00 ",
        "\u{1b}[32mapp-1  | \u{1b}[0m",
        "│ ",
    ] {
        let text: Vec<String> = bare.lines().map(|line| format!("{prefix}{line}")).collect();
        let paste = Paste::read(&text.join("\n"));
        assert_eq!((paste.form, paste.status), (Form::CurlHead, Some(429)), "{prefix}");
        assert_eq!(paste.headers.len(), 1, "{prefix}");
        assert_eq!(message(&paste).as_deref(), Some("Rate limit exceeded"), "{prefix}");
    }
    // One line without it, and it is no prefix.
    let paste = Paste::read("app-1  | HTTP/2 429\nHTTP/2 401");
    assert_eq!(paste.status, Some(401));
    let framed = "╭── Error ──╮\n│ status 401 │\n│ {\"detail\":\"Unauthorized\"} │\n╰───────────╯";
    assert_eq!(message(&Paste::read(framed)).as_deref(), Some("Unauthorized"));
}

#[test]
fn an_answer_inside_a_string_is_read_as_one() {
    let lisp = r#""HTTP/2 429 \r\nx-ratelimit-limit-req-minute: 0\r\n\r\n{\"message\":\"Rate limit exceeded\"}\n(1 . 2)""#;
    let paste = Paste::read(lisp);
    assert_eq!((paste.status, paste.headers.len()), (Some(429), 1));
    let python = "return_value=(b'HTTP/1.1', 429, b'Too Many Requests', [(b'Date', b'Fri'), (b'X-RateLimit-Limit-Req-Minute', b'0')])";
    let paste = Paste::read(python);
    assert_eq!(paste.headers.last(), Some(&("x-ratelimit-limit-req-minute".to_owned(), "0".to_owned())));
    let events =
        Paste::read(r#"got b'data: {"id":"a"}\n\n' and b'data: {"object":"error","message":"gone"}\n\n'"#);
    let kept = "data: {\"id\":\"a\"}\n\n\ndata: {\"object\":\"error\",\"message\":\"gone\"}\n\n\n";
    assert_eq!(events.body, PastedBody::Bytes(kept.into()));
}

#[test]
fn whose_answer_it_is_counts_before_where_it_stands() {
    for (text, status) in [
        ("HTTP/2 404\n\n{}\nHTTP/2 200\n\n{}", Some(404)),
        ("status 404, then status 200", Some(404)),
        (
            "INFO GET /health HTTP/1.1\" 200\nERROR 400, message='Bad Request', url='https://api.mistral.ai/v1/x'",
            Some(400),
        ),
        (
            "POST https://api.mistral.ai/v1/chat/completions \"HTTP/1.1 429\"\nour own answer: status 500",
            Some(429),
        ),
        ("GET https://api.example.org/x \"HTTP/1.1 401\"\nstatus 429", Some(429)),
        ("Mistral API error (413): 413 status code (no body)", Some(413)),
        ("返回错误代码422", Some(422)),
        ("код ошибки: 429", Some(429)),
        ("HTTP-Fehler 404", Some(404)),
        ("Código: 401", Some(401)),
        ("process exited with code 137", None),
    ] {
        assert_eq!(Paste::read(text).status, status, "in {text}");
    }
    for (text, status, words) in [
        (
            r#"{ status: 502, message: 'Mistral API error 403: {"object":"error","message":"tier","type":"tier_not_allowed","code":"1910","raw_status_code":403}' }"#,
            403,
            "tier",
        ),
        (
            r#"{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"object\":\"error\",\"message\":\"Tool call id\",\"code\":\"3280\"}"}}}"#,
            400,
            "Tool call id",
        ),
        (
            r#"{"name":"AI_APICallError","statusCode":401,"message":"Failed","responseBody":"{\"detail\":\"Unauthorized\"}"}"#,
            401,
            "Unauthorized",
        ),
        (
            r#"{"custom_id":"1","response":{"status_code":400,"body":"{\"object\":\"error\",\"message\":\"Invalid model: m\",\"code\":\"1500\"}"},"error":null}"#,
            400,
            "Invalid model: m",
        ),
    ] {
        let paste = Paste::read(text);
        assert_eq!((paste.status, message(&paste).as_deref()), (Some(status), Some(words)), "in {text}");
    }
}

#[test]
fn clients_name_the_status_in_words() {
    for (text, status) in [
        ("Prism\\Prism\\Exceptions\\PrismRateLimitedException", 429),
        ("RubyLLM::UnauthorizedError", 401),
        ("mistralai.exceptions.MistralAuthenticationError", 401),
        ("API error from mistral (model: m): Rate limit exceeded. Please wait.", 429),
        ("Clé API invalide", 401),
        ("La clave de API no válida", 401),
        ("API 密钥无效", 401),
        ("слишком много запросов", 429),
        ("APICallError [AI_APICallError]: Unauthorized\n    at x", 401),
        ("Error from the AI: Not Found", 404),
        ("ServiceUnavailableException", 503),
    ] {
        let paste = Paste::read(text);
        assert_eq!(paste.status, Some(status), "in {text}");
        assert!(paste.status_word.is_some(), "in {text}");
    }
    for text in ["API error occurred: {}", "Not Found here is nothing", "unauthorized to say"] {
        assert_eq!(Paste::read(text).status, None, "in {text}");
    }
    assert_eq!(Paste::read("RateLimitError: status 401").status_word, None, "a number is better");
}

#[test]
fn a_program_without_a_key_says_so() {
    use Unsent::{Missing, Nothing, Unsendable};
    for (text, unsent) in [
        ("MISTRAL_API_KEY is not set", Some(Missing)),
        ("httpcore.LocalProtocolError: Illegal header value b'Bearer '", Some(Missing)),
        ("ValueError: Did not find mistral_api_key, please add an environment variable", Some(Missing)),
        ("KeyError: 'MISTRAL_API_KEY'", Some(Missing)),
        ("The api_key client option must be set either by passing api_key", Some(Missing)),
        ("No API key found in request", Some(Missing)),
        ("Could not resolve placeholder 'MISTRAL_API_KEY' in value", Some(Missing)),
        ("Clé API manquante", Some(Missing)),
        ("Kein API-Schlüssel angegeben", Some(Missing)),
        ("Falta la clave de API", Some(Missing)),
        ("未设置 MISTRAL_API_KEY, 请配置", Some(Missing)),
        ("> authorization: Bearer undefined", Some(Nothing("undefined"))),
        ("authorization: Bearer None", Some(Nothing("none"))),
        ("Illegal header value b'Bearer abc\\n'", Some(Unsendable)),
        (
            "TypeError [ERR_INVALID_CHAR]: Invalid character in header content [\"authorization\"]",
            Some(Unsendable),
        ),
        ("net/http: invalid header field value for \"Authorization\"", Some(Unsendable)),
        (
            "UnicodeEncodeError: 'ascii' codec can't encode character '\\u201c' in position 7: ordinal not in range(128)",
            Some(Unsendable),
        ),
        ("Invalid API key. Please check your API key and try again.", None),
        ("API key is invalid or missing", None),
        ("Bearer nonesuch", None),
        ("client = OpenAI(api_key=os.getenv(\"MISTRAL_API_KEY\", \"\"))", None),
        ("status 401: Make sure it is valid and set the `MISTRAL_API_KEY` variable", None),
    ] {
        assert_eq!(Paste::read(text).unsent, unsent, "in {text}");
    }
}

#[test]
fn programs_of_all_languages_say_why_no_answer_came() {
    use NoAnswer::{
        BadAddress, Certificate, CertificateName, Dns, Garbled, Handshake, Offline, Proxy, Refused, Reset,
        TimedOut, Unknown,
    };
    for (text, failure) in [
        (
            "Post \"https://api.mistral.ai/v1/ocr\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
            TimedOut,
        ),
        ("dial tcp: lookup api.mistral.ai: no such host", Dns),
        ("tls: failed to verify certificate: x509: certificate signed by unknown authority", Certificate),
        ("x509: certificate is valid for proxy.example, not api.mistral.ai", CertificateName),
        ("java.net.UnknownHostException: api.mistral.ai", Dns),
        ("PKIX path building failed: unable to find valid certification path", Certificate),
        ("javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake", Handshake),
        ("java.net.SocketTimeoutException: timed out", TimedOut),
        (
            "java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.",
            Certificate,
        ),
        ("System.Net.Http.HttpRequestException: No such host is known. (api.mistral.ai:443)", Dns),
        (
            "The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot",
            Certificate,
        ),
        (
            "System.Threading.Tasks.TaskCanceledException: The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.",
            TimedOut,
        ),
        (
            "SocketException: Failed host lookup: 'api.mistral.ai' (OS Error: No address associated with hostname, errno = 7)",
            Dns,
        ),
        ("Error Domain=NSURLErrorDomain Code=-1001 \"The request timed out.\"", TimedOut),
        ("Error Domain=NSURLErrorDomain Code=-1009", Offline),
        ("cURL error 6: Could not resolve host: api.mistral.ai", Dns),
        ("cURL error 60: SSL certificate problem", Certificate),
        ("Faraday::ConnectionFailed (Failed to open TCP connection)", Unknown),
        ("Net::ReadTimeout with #<TCPSocket:(closed)>", TimedOut),
        ("httpx.RemoteProtocolError: peer closed connection without sending complete message body", Reset),
        ("httpx.ConnectError: All connection attempts failed", Unknown),
        ("reason: ReadError('')", Reset),
        ("[SSL: SSLV3_ALERT_BAD_RECORD_MAC] ssl/tls alert bad record mac (_ssl.c:2710)", Garbled),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch", CertificateName),
        ("requests.exceptions.ProxyError: HTTPSConnectionPool", Proxy),
        ("curl: (56) CONNECT tunnel failed, response 403", Proxy),
        ("code: 'UND_ERR_HEADERS_TIMEOUT'\nHeadersTimeoutError: Headers Timeout Error", TimedOut),
        ("TypeError: Failed to parse URL from [object Request]", BadAddress),
        ("unsupported protocol scheme \"\"", BadAddress),
        ("%Req.TransportError{reason: :timeout}", TimedOut),
        ("error sending request for url: connection refused (os error 111)", Refused),
    ] {
        let paste = Paste::read(text);
        assert_eq!((paste.status, paste.failure), (None, Some(failure)), "in {text}");
    }
}

#[test]
fn fields_of_an_error_are_found_in_what_is_no_whole_json() {
    for (text, words, kind, code) in [
        (
            r#"400 ("object":"error","message":"Unexpected role 'user'","type":"invalid_request_message_order","code":"32500")"#,
            "Unexpected role 'user'",
            Some("invalid_request_message_order"),
            Some("32500"),
        ),
        (
            r#"{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":{"model":"m","p (truncated...)"#,
            "body.messages: Field required",
            Some("missing"),
            None,
        ),
        (
            r#"{\"object\":\"error\",\"message\":\"Rate limit exceeded\",\"type\":\"rate_limited\",\"co"#,
            "Rate limit exceeded",
            Some("rate_limited"),
            None,
        ),
        (
            "“message”: “Invalid model: m”, “type”: “invalid_model”",
            "Invalid model: m",
            Some("invalid_model"),
            None,
        ),
        ("`message`: `Unauthorized`, `request_id`: `4d1f`", "Unauthorized", None, None),
        (
            "'message' => 'Too many inputs in request', 'code' => '3210'",
            "Too many inputs in request",
            None,
            Some("3210"),
        ),
    ] {
        let paste = Paste::read(text);
        let PastedBody::Bytes(bytes) = &paste.body else { panic!("no body in {text}") };
        let error = ApiError::read(bytes);
        assert_eq!(error.message.as_deref(), Some(words), "in {text}");
        assert_eq!((error.kind.as_deref(), error.code.as_deref()), (kind, code), "in {text}");
    }
    // A line of a log has a message too, which is not Mistral's.
    let log = "level=info msg=\"Starting\" error=\"status code: 404: \"";
    assert_eq!(Paste::read(log).body, PastedBody::Unknown);
}

proptest! {
    /// A collector of logs adds nothing to what is told.
    #[test]
    fn a_prefix_on_every_line_changes_nothing(
        prefix in select(vec!["app-1  | ", "2026-10-07T10:01:02.123Z ", "web[31]: ", "│ "]),
        status in 400_u16..600,
        words in "[a-z ]{1,40}",
    ) {
        let bare = format!("API error\nstatus {status}\n{{\"message\":\"{words}\"}}\nthe end");
        let (plain, prefixed) = (Paste::read(&bare), bare.lines().map(|line| format!("{prefix}{line}")));
        let prefixed = Paste::read(&prefixed.collect::<Vec<_>>().join("\n"));
        prop_assert_eq!(plain, prefixed);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}", piece in select(vec!["HTTP/1.1 401 \\r\\n", "b'data: ", "\u{1b}[", "[31m", "\"loc\":[", "api key", "│"])) {
        let _ = Paste::read(&format!("{text}{piece}{text}"));
        let _ = Paste::read(&format!("{piece}{text}\n{piece}"));
    }
}
