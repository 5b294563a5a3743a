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
        ("AQ.Ab8RN6Kq2mXv9TzLw4cYh7PsJd1G.", "[key …Jd1G]."),
        ("rt_9fK2mQ7wRt5Yb1Lc8Vd3Xg6", "[key …3Xg6]"),
        ("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", "[key …nXvC]"),
        ("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", "[key …nXvC]"),
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
        "headers={'authorization':'Bearer '+KEY}); r.raise_for_status()",
        "OpenAI(api_key=os.getenv(\"MISTRAL_API_KEY\", \"\"), base_url=\"https://api.mistral.ai/v1\")",
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

/// Forms of programs that break lines: Claude Code's terminal, curl 8 `--trace-ascii`, Rich 13 (tables and logs), docker
/// compose 2, JSON with the text of a log inside, shells.
#[test]
fn what_is_broken_over_lines_goes_whole() {
    for (text, masked) in [
        (
            "  ⎿  $ curl -H \"Authorization: Bearer q7Wc2RtY9uPa4SdF6g\n     Hj8KlZ1xCv3BnM\"\n     {\"detail\":1}",
            "  ⎿  $ curl -H \"Authorization: Bearer [key …3BnM]\"\n     {\"detail\":1}",
        ),
        (
            "002d: Authorization: Bearer mstrl_q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3BnM_0Ab\n006d: 9Zx\n0072: Accept: */*",
            "002d: Authorization: Bearer [key …b9Zx]\n0072: Accept: */*",
        ),
        (
            "0000: 6789 Authorization: Bea\n0040: rer hunter22\n004e: Accept: */*",
            "0000: 6789 Authorization: Bea\n0040: rer [secret]\n004e: Accept: */*",
        ),
        (
            "│ prod │ q7Wc2RtY9uPa4S │ 401 │\n│      │ dF6gHj8KlZ1xCv │     │\n│      │ 3BnM           │     │",
            "│ prod │ [key …3BnM] │ 401 │\n│      │            │     │",
        ),
        (
            "[10:11:12] ERROR  Bearer q7Wc2RtY9uPa     client.py:33\n                  4SdF6gHj8KlZ1xCv3BnM refused",
            "[10:11:12] ERROR  Bearer [key …3BnM]     client.py:33\n                   refused",
        ),
        (
            "app-1  | x-api-key: hunter22abc\napp-1  | 9fK2mQ7w\napp-1  | 401 Unauthorized",
            "app-1  | x-api-key: [secret]\napp-1  | 401 Unauthorized",
        ),
        ("{\"log\":\"Bearer q7Wc2RtY9uPa4SdF6g\\nHj8KlZ1xCv3BnM\"}", "{\"log\":\"Bearer [key …3BnM]\"}"),
        ("Bearer q7Wc2RtY9uPa4SdF6g\\\n  Hj8KlZ1xCv3BnM", "Bearer [key …3BnM]"),
        ("?api_key=q7Wc2RtY9uPa4SdF6g%0AHj8KlZ1xCv3BnM&x=1", "?api_key=[key …3BnM]&x=1"),
        ("q7Wc2RtY9uPa\n  4SdF6gHj8KlZ\n  1xCv3BnM was refused", "[key …3BnM] was refused"),
        ("sk-proj-9fK2mQ7wRt5Y\nb1Lc8Vd3Xg6 was", "[key …3Xg6] was"),
        ("eyJhbGciOiJIUzI1NiIsIn\n  R5cCI6IkpXVCJ9.eyJzdWIiOi\n  J9.dozjgNryP4J3", "[secret]"),
        ("password:\n  hunter22\n", "password:\n  [secret]\n"),
    ] {
        assert_eq!(mask(text).text, masked);
        assert_eq!(mask(masked).text, masked);
    }
}

/// Each in a form that leaves the first line bare, or that all lines share.
#[test]
fn what_programs_put_before_a_line_is_no_part_of_a_key() {
    for (text, masked) in [
        (
            "Authorization: Bearer q7Wc2RtY9uPa4SdF6gHj\napp-1  | 8KlZ1xCv3BnM\napp-1  | 401",
            "Authorization: Bearer [key …3BnM]\napp-1  | 401",
        ),
        ("[10:11:12] Bearer q7Wc2RtY9uPa4SdF6gHj\n[10:11:13] 8KlZ1xCv3BnM", "[10:11:12] Bearer [key …3BnM]"),
        ("// const key = \"q7Wc2RtY9uPa4SdF6gHj\n// 8KlZ1xCv3BnM\";", "// const key = \"[key …3BnM]\";"),
        ("{worker 7} Bearer hunter22abc\n{worker 7} 9fK2mQ7w", "{worker 7} Bearer [secret]"),
        ("E   q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3\nE   BnM was refused", "E   [key …3BnM] was refused"),
        ("q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3\nBNM was refused", "[key …3BNM] was refused"),
    ] {
        assert_eq!(mask(text).text, masked);
        assert_eq!(mask(masked).text, masked);
    }
}

#[test]
fn the_next_entry_of_a_log_stays() {
    for next in [
        "[10:11:12] INFO  Application startup complete",
        "2026-01-01 10:00:00,123 DEBUG something went wrong",
        "- 5f0c9be27d4a41838e6fd21b7a90c364",
        "// 0192f7a1-5c1e-7b30-9d52-3f0c3a7a1b11 is the id",
        "- 9f3c2ab the last commit",
        "app-1  | mistral-small-2603 failed",
        "[12:00:01] Authorization: none",
        "- PORT=8080",
    ] {
        let text = format!("Bearer hunter22\n{next}");
        assert_eq!(mask(&text).text, format!("Bearer [secret]\n{next}"));
    }
    let two = "[10:11:12] x-api-key: hunter22\n[10:11:12] x-api-key: hunter33";
    assert_eq!(mask(two).count, 2, "each is one of its own");
}

#[test]
fn a_key_in_groups_goes_whole() {
    for (text, masked) in [
        ("my key is Q7vN2xRk 8TbY4mWc 1pLs6Zd3 9hJf, see", "my key is [key …9hJf], see"),
        ("API key: Q7vN2xRk 8TbY4mWc 1pLs6Zd3 9hJf", "API key: [key …9hJf]"),
        ("api_key=Q7vN2xRk 8TbY4mWc 1pLs6Zd3 9hJf", "api_key=[key …9hJf]"),
        ("q7Wc2RtY 9uPa4SdF 6gHj8KlZ 1xCv3BnM was refused", "[key …3BnM] was refused"),
    ] {
        assert_eq!(mask(text).text, masked);
        assert_eq!(mask(masked).text, masked);
    }
    for text in [
        "the key is required by mistral-small-2603",
        "the key is sha256 encoded",
        "key gpt4 o1pro",
        "commits a1b2c3d4 e5f6a7b8 c9d0e1f2 a3b4c5d6",
        "000000a0 7b22 6465 7461 696c 223a 2255 6e61 7574",
    ] {
        assert_eq!(mask(text).text, text);
    }
}

#[test]
fn what_follows_a_secret_in_the_next_line_stays() {
    for (text, masked) in [
        ("Bearer hunter22\nUnauthorized", "Bearer [secret]\nUnauthorized"),
        ("Bearer hunter22\n\n{\"detail\":1}", "Bearer [secret]\n\n{\"detail\":1}"),
        ("api_key: hunter22\nmodel: x", "api_key: [secret]\nmodel: x"),
        ("api_key = \"hunter22\"\n\"base_url\" = 1", "api_key = \"[secret]\"\n\"base_url\" = 1"),
        ("MISTRAL_API_KEY=hunter22\nnode server.js", "MISTRAL_API_KEY=[secret]\nnode server.js"),
        (
            "x-api-key: hunter22\n5f0c9be27d4a41838e6fd21b7a90c364",
            "x-api-key: [secret]\n5f0c9be27d4a41838e6fd21b7a90c364",
        ),
        (
            "sk-proj-9fK2mQ7wRt5Yb1Lc8\n0192f7a1-5c1e-7b30-9d52-3f0c3a7a1b11",
            "[key …1Lc8]\n0192f7a1-5c1e-7b30-9d52-3f0c3a7a1b11",
        ),
        ("Bearer hunter22\nHTTP/1.1 401 Unauthorized", "Bearer [secret]\nHTTP/1.1 401 Unauthorized"),
        ("Bearer hunter22\n2026-11-29 401", "Bearer [secret]\n2026-11-29 401"),
        ("Bearer hunter22\nmistral-small-2603 failed", "Bearer [secret]\nmistral-small-2603 failed"),
    ] {
        assert_eq!(mask(text).text, masked);
    }
}

#[test]
fn of_a_key_that_somebody_cut_more_than_its_ends_goes() {
    for (text, masked) in [
        ("Bearer q7Wc2RtY9uPa4…", "Bearer [secret]"),
        ("api_key='q7Wc2RtY9uPa4...'", "api_key='[secret]'"),
        ("key mstrl_q7Wc2RtY9… was", "key [secret]… was"),
        ("key sk-proj-9fK2mQ7***** was", "key [secret]***** was"),
        ("key …Hj8KlZ1xCv3BnM was", "key …[secret] was"),
    ] {
        assert_eq!(mask(text).text, masked);
        assert_eq!(mask(masked).text, masked);
    }
    for text in
        ["HQSx...Ug6Y", "sk-...Ab12", "call_0aBcD1eFg...", "chatcmpl-9fK2mQ7wRt...", "Bearer token..."]
    {
        assert_eq!(mask(text).text, text);
    }
}

/// As httpcore's debug log, Node's `rawHeaders` and cookies in a Lisp string have them.
#[test]
fn lists_of_headers_are_read_in_pairs() {
    for (text, masked) in [
        (
            "[(b'Authorization', b'Bearer hunter22'), (b'Accept', b'*')]",
            "[(b'Authorization', b'Bearer [secret]'), (b'Accept', b'*')]",
        ),
        ("[ 'x-api-key', 'hunter22', 'accept', '*/*' ]", "[ 'x-api-key', '[secret]', 'accept', '*/*' ]"),
        (
            "\\r\\nset-cookie: __cf_bm=aB-1.0.1-xY; path=/\\r\\nserver: x",
            "\\r\\nset-cookie: [secret]\\r\\nserver: x",
        ),
    ] {
        assert_eq!(mask(text).text, masked);
    }
}

#[test]
fn a_password_of_words_is_a_secret_and_a_placeholder_of_words_is_none() {
    assert_eq!(mask("password: \"correct-horse-battery\"").text, "password: \"[secret]\"");
    for text in [
        "api_key: \"votre_cle_mistral_ici\"",
        "MISTRAL_API_KEY=tu_clave_aqui # aqui",
        "api_key='SUA-CHAVE-AQUI'",
    ] {
        assert_eq!(mask(text).text, text);
    }
}

/// `curl --trace` of curl 8, `xxd` and `hexdump -C` in their own forms.
#[test]
fn a_dump_with_a_secret_is_shown_as_text() {
    let request = "GET /v1/models HTTP/1.1\r\nAuthorization: Bearer q7Wc2RtY9uPa4SdF6gHj8KlZ1xCv3BnM\r\nAccept: */*\r\n";
    let dump = |offset: &str, pair: usize, half: &str, text: &str| {
        let rows = text.as_bytes().chunks(16).enumerate().map(|(row, bytes)| {
            let hex = bytes.iter().enumerate().map(|(at, byte)| {
                let blank = if at % pair == pair - 1 { " " } else { "" };
                format!("{byte:02x}{blank}{}", if at == 7 { half } else { "" })
            });
            let shown: String = bytes
                .iter()
                .map(|&byte| if byte.is_ascii_graphic() { char::from(byte) } else { '.' })
                .collect();
            let width = 16 * 2 + 16 / pair + half.len();
            format!("{:04x}{offset}{:width$}{shown}\n", row * 16, hex.collect::<String>())
        });
        rows.collect::<String>()
    };
    for (offset, pair, half) in [(": ", 1, ""), (": ", 2, ""), ("  ", 1, " ")] {
        let dumped = |text: &str| format!("=> Send header\n{}401\n", dump(offset, pair, half, text));
        let masked = mask(&dumped(request));
        let shown = "GET /v1/models HTTP/1.1\nAuthorization: Bearer [key …3BnM]\nAccept: */*";
        assert_eq!(masked.text, format!("=> Send header\n0000{offset}{shown}\n401\n"));
        assert_eq!(masked.count, 1);
        assert_eq!(mask(&masked.text).text, masked.text);
        // What has none stays as it is.
        let without =
            dumped("HTTP/1.1 401 Unauthorized\r\nx-request-id: 5f0c9be27d4a41838e6fd21b7a90c364\r\n");
        assert_eq!(mask(&without).text, without);
    }
}
