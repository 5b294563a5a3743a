//! Names that move, models that retire, and ids in pasted code.

use super::*;
use crate::core::mistral::wire::parse_models;
use crate::core::models::rows;
use crate::core::paste::MOST_BYTES;

fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn of(cards: &str) -> Vec<ModelRow> {
    rows(&parse_models(cards.as_bytes()).expect("a list of models").cards)
}

fn fixture() -> Vec<ModelRow> {
    of(include_str!("../../../tests/fixtures/models/list.json"))
}

const TODAY: Date = Date { year: 2026, month: 8, day: 30 };

/// The names of what is found, each with its state.
fn found(text: &str, rows: &[ModelRow]) -> Vec<(String, &'static str)> {
    let findings = check(text, rows, TODAY).findings;
    findings.into_iter().map(|finding| (finding.id, finding.state.name())).collect()
}

fn ids(text: &str) -> Vec<String> {
    found(text, &[]).into_iter().map(|(id, _)| id).collect()
}

#[test]
fn a_name_that_moves_points_to_the_id_that_stays() {
    let pointers = aliases(&of(r#"[{"id":"m-14b-latest","name":"m-14b-2512","aliases":["m-14b-2512"]},
            {"id":"m-3b-2512","name":"m-3b-2512","aliases":["m-3b-latest","m-code-latest"],"deprecation":"2027-01-31"},
            {"id":"mid-latest","name":"mid-latest","aliases":["mid","mid-3-5","mid-2604","mid-2606"]},
            {"id":"ocr-latest","name":"ocr-latest","aliases":["ocr","ocr-4","ocr-4-1"]},
            {"id":"lone-latest","name":"lone-latest","aliases":["lone"]},{"id":"other-2512"}]"#));
    let told: Vec<(&str, &str, bool)> = pointers
        .iter()
        .map(|pointer| (pointer.alias.as_str(), pointer.model.as_str(), pointer.retirement.is_some()))
        .collect();
    assert_eq!(
        told,
        [
            ("lone-latest", "lone-latest", false),
            ("m-3b-latest", "m-3b-2512", true),
            ("m-14b-latest", "m-14b-2512", false),
            ("m-code-latest", "m-3b-2512", true),
            ("mid-latest", "mid-2604", false),
            ("ocr-latest", "ocr-4-1", false),
        ]
    );
    assert!(aliases(&[]).is_empty());
}

#[test]
fn what_answers_although_it_is_not_listed_is_fine() {
    let mut rows =
        of(r#"[{"id":"mistral-small-2603"},{"id":"mistral-large-4","aliases":["mistral-large-4-0"]}]"#);
    rows.iter_mut().find(|row| row.name == "mistral-large-4").expect("a row").listed = false;
    let findings = check("mistral-large-4-0 mistral-small-2603", &rows, TODAY).findings;
    let told: Vec<(&str, &str)> =
        findings.iter().map(|finding| (finding.state.name(), finding.sentence.as_str())).collect();
    assert_eq!(told, [("fine", "Not on this key’s list, but it answers."), ("fine", "On this key’s list."),]);
}

#[test]
fn code_of_any_kind_is_read() {
    for text in [
        "client.chat.complete(model=\"mistral-large-2411\", messages=[])",
        "const model: string = 'mistral-large-2411';",
        "model: mistral-large-2411",
        "  - mistral-large-2411",
        "mistral-large-2411:",
        "model = \"mistral/mistral-large-2411\"",
        "MISTRAL_MODEL=mistral-large-2411",
        "{\"model\":\"mistral-large-2411\"}",
        "\"{\\\"model\\\":\\\"mistral-large-2411\\\"}\\n\"",
        "curl -d '{\"model\": \"mistral-large-2411\"}' https://api.mistral.ai/v1/chat/completions",
        "curl https://api.mistral.ai/v1/models/mistral-large-2411",
        "We moved to mistral-large-2411.",
        "Use `mistral-large-2411`, or “mistral-large-2411”!",
        "<code>mistral-large-2411</code>",
        "Agent('mistral:mistral-large-2411')",
        "openrouter: mistralai/mistral-large-2411",
        "${MODEL:-mistral-large-2411}",
        "_mistral-large-2411_",
    ] {
        assert_eq!(ids(text), ["mistral-large-2411"], "{text}");
    }
}

#[test]
fn what_is_no_id_of_the_api_is_left_alone() {
    for text in [
        "pip install mistral-common==1.5.0 mistral-inference-1.6.0 mistralai",
        "mistral-common-1.5.0-py3-none-any.whl mistral-client-0.4 mistral-sdk-2 mistral-vibe-2 mistral-vibe-latest",
        "import { Mistral } from '@mistralai/mistralai'; @mistralai/mistralai-azure-1",
        "mistral-key mistral-api-key mistral-api-key-1 mistral-small mistral- mistral mistral-ai",
        "https://mistral.ai/news/mistral-large-2407 https://mistral-large-2402.example.com/v1",
        "./mistral-config.json mistral-large-2402.json models/mistral-large-2402 codestral-2405.py",
        "mistralai/Mistral-7B-Instruct-v0.3 Mistral-Large-2411 MISTRAL-LARGE-2411 xmistral-large-2411",
        "mistral-7b-instruct-v0.2 mistralai/mistral-small-3.1-24b-instruct pixtral-12b-base",
        "mistral.mistral-large-2402-v1:0 mistral-small:24b codestral@2405 azure/mistral-large-2411",
        "@cf/mistral/mistral-7b-instruct-v0.1 mistral_large_2411 mistral-large-$VERSION f\"mistral-small-{version}\"",
        "ft:gpt-3.5-turbo:acme::abc gpt-4o-2024-08-06 claude-3-5-sonnet-latest glm-0.9.9 llama-3 labs-1",
        "ministral codestral-style labs-mistral orchestral-2 model:ministral",
        "",
        "\u{feff}",
    ] {
        assert!(ids(text).is_empty(), "{text}: {:?}", ids(text));
    }
    let long = format!("mistral-large-{}", "2".repeat(10_000));
    assert!(ids(&long).is_empty());
}

/// Forms of public code: prefixes of `LiteLLM` and `OpenRouter`, lists of `LibreChat`, constants of Spring AI and `LangChain4j`.
#[test]
fn what_the_line_calls_a_model_is_told_whatever_its_looks() {
    for (text, expected) in [
        ("model: mistral-ultra", &[("mistral-ultra", "unknown")][..]),
        ("names = ['mistral-giant-9999', 'mistral-hackathon-2024']", &[("mistral-giant-9999", "unknown")]),
        ("client.chat(model=\"mistral-huge\")", &[("mistral-huge", "unknown")]),
        ("--model devstral-next", &[("devstral-next", "unknown")]),
        (".modelName(\"open-mixtral\")", &[("open-mixtral", "unknown")]),
        ("model: mistral/ultra", &[("ultra", "unknown")]),
        ("\"mistral/mistral-ultra\"", &[("mistral-ultra", "unknown")]),
        ("text-completion-codestral/codestral-2405", &[("codestral-2405", "retired")]),
        ("model=openrouter/mistralai/mistral-large-2411", &[("mistral-large-2411", "retired")]),
        (
            "default: [\"mistral-tiny\", \"mistral-small\"]",
            &[("mistral-tiny", "retired"), ("mistral-small", "unknown")],
        ),
        ("mistral-large-3-25-12", &[("mistral-large-3-25-12", "unknown")]),
        (".model(MistralAiApi.ChatModel.OPEN_MIXTRAL_7B.getName())", &[("open-mixtral-7b", "retired")]),
        (
            "import static a.MistralAiChatModelName.MISTRAL_LARGE_LATEST;",
            &[("mistral-large-latest", "moving")],
        ),
    ] {
        let expected: Vec<_> = expected.iter().map(|(id, state)| ((*id).to_owned(), *state)).collect();
        assert_eq!(found(text, &[]), expected, "{text}");
    }
}

/// Forms of Continue's settings, LM Studio, Ollama, Hugging Face, and of environments and tools with Mistral in the name.
#[test]
fn what_others_serve_and_what_is_no_model_is_left_alone() {
    for text in [
        "- name: Codestral (local)\n  provider: lmstudio\n  model: codestral-22b-v0.1\n  apiBase: http://localhost:1234/v1",
        "- model: devstral-small-2507\n  provider: ollama",
        "{ \"provider\": \"groq\", \"model\": \"mistral-saba-24b\" }",
        "model: codestral-22b-v0.1",
        "mistral-7b-instruct-v0.2.Q4_K_M.gguf ministral-8b-q4",
        "model: mistralai/Mistral-7B-Instruct-v0.3",
        "model: gpt-4o-2024-08-06, model: claude-3-5-sonnet-latest",
        "model: mistral:latest",
        "from 'mistral/client-python'; https://github.com/mistralai/client-python mistralai/cookbook-2",
        "MISTRAL_API_KEY MISTRAL_MODEL=x MISTRAL_MAX_TOKENS MISTRAL_LARGE_PRICE_2",
        "MISTRAL_EMBED = \"x\"; OPEN_MIXTRAL_7B(\"x\")",
        "{\"mistral-small\": 1} the mistral-small model",
        "modelling mistral-things-here",
    ] {
        assert!(ids(text).is_empty(), "{text}: {:?}", ids(text));
    }
    let both =
        "- provider: ollama\n  model: devstral-small-2507\n- provider: mistral\n  model: devstral-small-2507";
    assert_eq!(check(both, &[], TODAY).findings[0].lines, [4]);
}

#[test]
fn a_listed_id_is_judged_by_the_list() {
    let rows = fixture();
    let text = "devstral-2512 mistral-medium-latest codestral-2508 glm-5-2 mistral-large-2411 mistral-large-latest \
                mistral-huge-2701 labs-example-1-0 ft:ministral-3b-latest:00000000:20260101:cafe0001 mistral-embed \
                ft:open-mistral-7b:0:1:2";
    assert_eq!(
        found(text, &rows),
        [
            ("mistral-large-2411", "retired"),
            ("devstral-2512", "retiring"),
            ("glm-5-2", "retiring"),
            ("ft:open-mistral-7b:0:1:2", "unknown"),
            ("mistral-embed", "unknown"),
            ("mistral-huge-2701", "unknown"),
            ("mistral-large-latest", "unknown"),
            ("mistral-medium-latest", "moving"),
            ("codestral-2508", "fine"),
            ("ft:ministral-3b-latest:00000000:20260101:cafe0001", "fine"),
            ("labs-example-1-0", "fine"),
        ]
        .map(|(id, state)| (id.to_owned(), state))
    );
}

#[test]
fn without_a_list_what_is_in_service_is_known() {
    assert_eq!(
        found(
            "mistral-small-2603 mistral-embed mistral-small-latest mistral-huge-2701 deepseek-v4-1-flash-1017",
            &[]
        ),
        [
            ("mistral-huge-2701", "unknown"),
            ("mistral-small-latest", "moving"),
            ("deepseek-v4-1-flash-1017", "known"),
            ("mistral-embed", "known"),
            ("mistral-small-2603", "known"),
        ]
        .map(|(id, state)| (id.to_owned(), state))
    );
}

#[test]
fn no_name_in_service_is_retired_or_told_by_its_price() {
    let today = date("2026-11-25");
    for id in check::IN_SERVICE {
        let finding = check(id, &[], today).findings.into_iter().next().expect(id);
        let expected = if id.ends_with(LATEST) { "moving" } else { "known" };
        assert_eq!((finding.id.as_str(), finding.state.name()), (id, expected));
        assert_eq!(crate::core::prices::Price::of(&[id.to_owned()]), None, "{id}");
    }
}

#[test]
fn each_state_says_what_it_means() {
    let rows = fixture();
    let said = |text: &str, rows: &[ModelRow], today: &str| {
        let findings = check(text, rows, date(today)).findings;
        findings.into_iter().next().map(|finding| (finding.state, finding.sentence)).expect("a finding")
    };
    let medium = || Some("mistral-medium-3-5".to_owned());
    assert_eq!(
        said("mistral-large-2411", &rows, "2026-11-25"),
        (
            State::Retired { on: Some(date("2026-05-31")), replacement: medium() },
            "Retired 31 May 2026.".to_owned()
        )
    );
    assert_eq!(
        said("devstral-latest", &rows, "2026-09-01").1,
        "Retired 31 Aug 2026, but still on this key’s list."
    );
    assert_eq!(
        said("devstral-2512", &rows, "2026-08-29"),
        (
            State::Retiring { date: date("2026-08-31"), days: 2, replacement: medium() },
            "Due to retire 31 Aug 2026, in 2 days.".to_owned()
        )
    );
    assert_eq!(
        said("mistral-medium-latest", &rows, "2026-11-25"),
        (
            State::Moving { to: Some("mistral-medium-2604".to_owned()) },
            "Alias of mistral-medium-2604 today. Pin the dated id to avoid surprises.".to_owned()
        )
    );
    for (text, rows, sentence) in [
        ("mistral-tiny", &rows[..], "Retired before 2026."),
        (
            "mistral-small-latest",
            &[],
            "An alias: Mistral points it to newer models. Pin a dated id to avoid surprises.",
        ),
        ("mistral-large-5", &rows, "Not a name this page knows, and not on this key’s list either."),
        ("mistral-embed", &rows, "Not on this key’s list."),
        ("mistral-large-5", &[], "Not a name this page knows. Test a key to look it up in that key’s list."),
        ("codestral-2508", &rows, "On this key’s list."),
        ("codestral-2508", &[], "In service. Test a key to see whether it may use this model."),
    ] {
        assert_eq!(said(text, rows, "2026-11-25").1, sentence);
    }
}

#[test]
fn lines_are_counted_as_editors_do_and_the_first_are_kept() {
    let checked = check("a\r\nmistral-embed mistral-embed\n\n\"mistral-embed\"\n", &[], TODAY);
    assert_eq!((checked.lines, checked.cut), (4, false));
    assert_eq!((&checked.findings[0].lines[..], checked.findings[0].count), (&[2, 4][..], 2));
    assert_eq!(checked.findings[0].place(), "lines 2, 4");
    assert_eq!(check("mistral-embed", &[], TODAY).findings[0].place(), "line 1");
    let checked = check(&"mistral-embed\n".repeat(50), &[], TODAY);
    assert_eq!((checked.findings[0].lines.len(), checked.findings[0].count), (MOST_LINES, 50));
    let place = checked.findings[0].place();
    assert!(place.starts_with("lines 1, 2,") && place.ends_with(", …"), "{place}");
    assert_eq!(check("", &[], TODAY), Checked::default());
}

#[test]
fn what_lies_behind_the_limit_is_not_looked_at_and_that_is_said() {
    let start = format!("codestral-2508\n{} ", "é ".repeat(MOST_BYTES / 3 - 20));
    let text = format!("{start}{} ministral-8b-2410", "mistral-large-2411".repeat(100));
    let checked = check(&text, &[], TODAY);
    assert!(checked.cut);
    assert_eq!(checked.findings.len(), 1, "half a word is none: {:?}", checked.findings);
    assert_eq!((checked.lines, checked.findings[0].id.as_str()), (2, "codestral-2508"));
}

/// Names in programs and settings that people posted, by what the tables know of them without a key.
#[test]
fn names_that_people_use_are_what_the_record_says() {
    let today = date("2026-11-29");
    for (id, state) in [
        ("mistral-tiny", "retired"),
        ("zai-glm-5-2", "retired"),
        ("codestral-2405", "retired"),
        ("open-codestral-mamba", "retired"),
        ("codestral-mamba-latest", "retired"),
        ("open-mixtral-8x7b", "retired"),
        ("open-mixtral-7b", "retired"),
        ("devstral-small-latest", "retired"),
        ("mistral-code-agent-latest", "retired"),
        ("mistral-small-2312", "retired"),
        ("voxtral-mini-transcribe-2507", "retired"),
        ("labs-mistral-small-creative", "retired"),
        ("mistral-moderation-latest", "retired"),
        ("mistral-ocr-4-0", "retired"),
        ("labs-leanstral-1-5-1", "retired"),
        ("mistral-large-2512", "retiring"),
        ("mistral-medium-3-5", "retiring"),
        ("voxtral-mini-2602", "retiring"),
        ("codestral-latest", "moving"),
        ("mistral-large-latest", "moving"),
        ("mistral-vibe-cli-latest", "moving"),
        ("voxtral-mini-transcribe-latest", "moving"),
        ("voxtral-small-transcribe-latest", "moving"),
        ("voxtral-mini-transcribe-realtime-latest", "moving"),
        ("mistral-medium", "known"),
        ("mistral-large-4", "known"),
        ("mistral-ocr-4-1", "known"),
        ("mistral-large-3-25-12", "unknown"),
        ("mistral-medium-3-5-26-04", "unknown"),
        ("mistral-small-4-0-26-03", "unknown"),
        ("ministral-3-14b-25-12", "unknown"),
        ("mistral-small-creative-25-12", "unknown"),
        ("magistral-medium-1-2-25-09", "unknown"),
    ] {
        let told: Vec<&str> =
            check(id, &[], today).findings.iter().map(|finding| finding.state.name()).collect();
        assert_eq!(told, [state], "{id}");
    }
}

#[test]
fn an_announced_end_is_told_as_its_sources_and_hides_nothing() {
    let said = |id: &str, rows: &[ModelRow], today: &str| {
        check(id, rows, date(today)).findings.into_iter().next().expect("a finding").sentence
    };
    let id = "mistral-large-2512";
    assert_eq!(
        said(id, &[], "2026-11-29"),
        "Due to retire 30 Apr 2027, in 152 days, according to LiteLLM’s list."
    );
    assert_eq!(said(id, &[], "2027-05-01"), "Retired 30 Apr 2027, according to LiteLLM’s list.");
    let medium = of(r#"[{"id":"mistral-medium-latest","aliases":["mistral-medium","mistral-medium-3-5"]}]"#);
    assert_eq!(said(id, &medium, "2026-11-29"), "Not on this key’s list.");
    assert!(said("mistral-medium-3-5", &medium, "2026-11-29").starts_with("Due to retire 30 Apr 2027"));
    for (id, words) in [("mistral-medium-latest", "Pin"), ("mistral-medium", "On this key’s list.")] {
        let said = said(id, &medium, "2026-11-29");
        assert!(said.contains(words), "{said}: this name moves on");
    }
}
