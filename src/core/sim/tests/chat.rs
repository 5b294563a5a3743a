//! Chat in other forms: calls of tools, JSON, pictures; and code.

use serde_json::{Value, json};

use super::inference::events;
use super::{CHAT, FIM, ask, picture, post, sent};
use crate::core::sim::Scenario;

fn asked(prompt: &Value, extra: &Value) -> Value {
    let mut request =
        json!({"model": "mistral-small-latest", "messages": [{"role": "user", "content": prompt}]});
    for (name, value) in extra.as_object().expect("an object") {
        request[name.as_str()] = value.clone();
    }
    request
}

fn tool(name: &str, parameters: &Value) -> Value {
    json!({"type": "function", "function": {"name": name, "parameters": parameters}})
}

#[test]
fn a_forced_call_is_one_whole_call_with_arguments_that_fit() {
    let weather = json!({
        "type": "object",
        "properties": {
            "city": {"type": "string"}, "days": {"type": "integer"}, "unit": {"enum": ["celsius", "kelvin"]},
            "note": {"type": "string"},
        },
        "required": ["city", "days", "unit"],
    });
    let tools = json!([tool("weather", &weather), tool("clock", &json!({"type": "object"}))]);
    for (choice, name, arguments) in [
        (json!("any"), "weather", r#"{"city":"Lyon","days":3,"unit":"celsius"}"#),
        (json!("required"), "weather", r#"{"city":"Lyon","days":3,"unit":"celsius"}"#),
        (json!({"type": "function", "function": {"name": "clock"}}), "clock", "{}"),
    ] {
        let extra = json!({"tools": tools, "tool_choice": choice});
        let request = asked(&json!("What is the weather in Lyon?"), &extra);
        let (status, answer) = sent(CHAT, &request);
        assert_eq!(status, 200, "{answer}");
        let choice = &answer["choices"][0];
        assert_eq!(
            (&choice["finish_reason"], &choice["message"]["content"]),
            (&json!("tool_calls"), &json!(""))
        );
        let calls = &choice["message"]["tool_calls"];
        assert_eq!(calls[0]["function"], json!({"name": name, "arguments": arguments}));
        assert_eq!((calls[0]["id"].as_str().map(str::len), &calls[0]["index"]), (Some(9), &json!(0)));
        consistent(&answer["usage"]);

        let mut request = request;
        request["stream"] = json!(true);
        let chunks = events(&ask(Scenario::Works, &post(CHAT, &request.to_string())));
        assert_eq!(chunks.len(), 2, "the role, and the whole call");
        let last = &chunks[1];
        assert_eq!(last["choices"][0]["delta"]["tool_calls"][0]["function"], calls[0]["function"]);
        assert_eq!(
            (&last["choices"][0]["finish_reason"], &last["usage"]),
            (&json!("tool_calls"), &answer["usage"])
        );
    }
    for choice in ["auto", "none"] {
        let (_, answer) = sent(CHAT, &asked(&json!("Hi"), &json!({"tools": tools, "tool_choice": choice})));
        assert_eq!(answer["choices"][0]["finish_reason"], "stop");
    }
    let cut = json!({"tools": tools, "tool_choice": "any", "max_tokens": 1});
    assert_eq!(sent(CHAT, &asked(&json!("Hi"), &cut)).1["choices"][0]["finish_reason"], "length");
    let none = json!({"tools": tools, "tool_choice": {"function": {"name": "x"}}});
    assert_eq!(sent(CHAT, &asked(&json!("Hi"), &none)).1["code"], "3051");
    assert_eq!(sent(CHAT, &asked(&json!("Hi"), &json!({"tool_choice": "some"}))).0, 422);
}

fn consistent(usage: &Value) {
    let count = |name: &str| usage[name].as_u64().expect("a count");
    assert_eq!(count("total_tokens"), count("prompt_tokens") + count("completion_tokens"));
    assert!(count("prompt_tokens") > 0);
}

#[test]
fn structured_output_fits_the_schema() {
    let schema = json!({
        "type": "object",
        "$defs": {"Place": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}},
        "properties": {
            "place": {"$ref": "#/$defs/Place"},
            "flag": {"type": "boolean"},
            "score": {"type": "number", "minimum": 0.0, "maximum": 0.5},
            "year": {"type": "integer", "minimum": 1900},
            "tags": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}, "minItems": 2},
            "maybe": {"type": ["string", "null"]},
            "either": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "kind": {"const": "city"},
            "none": {"type": "null"},
        },
    });
    let format =
        json!({"type": "json_schema", "json_schema": {"name": "x", "schema": schema, "strict": true}});
    let (_, answer) = sent(CHAT, &asked(&json!("Tell me."), &json!({"response_format": format})));
    let content = answer["choices"][0]["message"]["content"].as_str().expect("text");
    assert_eq!(
        serde_json::from_str::<Value>(content).expect("JSON"),
        json!({
            "place": {"name": "Paris"}, "flag": true, "score": 0.5, "year": 1900, "tags": ["a", "a"],
            "maybe": "Paris", "either": 3, "kind": "city", "none": null,
        })
    );
    consistent(&answer["usage"]);
    let object = json!({"response_format": {"type": "json_object"}});
    let (_, answer) = sent(CHAT, &asked(&json!("Who was Ada, in JSON?"), &object));
    assert_eq!(answer["choices"][0]["message"]["content"], r#"{"answer":"JSON"}"#);
    for format in [json!({"type": "xml"}), json!({"type": "json_schema"})] {
        assert_eq!(sent(CHAT, &asked(&json!("Hi"), &json!({"response_format": format}))).0, 422);
    }
}

#[test]
fn a_picture_has_the_colour_of_its_palette() {
    for (colour, name) in [
        ([250, 5, 9], "Red."),
        ([0, 128, 0], "Green."),
        ([0, 255, 0], "Green."),
        ([20, 30, 200], "Blue."),
        ([240, 240, 20], "Yellow."),
        ([9, 9, 9], "Black."),
        ([250, 250, 250], "White."),
        ([120, 130, 120], "Grey."),
    ] {
        let url = picture(colour, "");
        for image in [json!(url), json!({"url": url})] {
            let content =
                json!([{"type": "text", "text": "Which colour?"}, {"type": "image_url", "image_url": image}]);
            let (_, answer) = sent(CHAT, &asked(&content, &json!({})));
            assert_eq!(answer["choices"][0]["message"]["content"], name);
            assert!(answer["usage"]["prompt_tokens"].as_u64() > Some(16), "a picture counts");
        }
    }
}

#[test]
fn a_picture_that_cannot_be_seen_is_refused() {
    let with = |model: &str, url: &str| {
        let content = json!([{"type": "text", "text": "?"}, {"type": "image_url", "image_url": url}]);
        let (status, answer) = sent(CHAT, &asked(&content, &json!({"model": model})));
        (status, answer["code"].as_str().map(str::to_owned))
    };
    let red = picture([255, 0, 0], "");
    assert_eq!(with("codestral-latest", &red), (400, Some("3051".to_owned())));
    let cut = red.get(..red.len() - 8).expect("a longer picture");
    for url in
        ["data:image/png;base64,AAAA", "data:image/png;base64,é", "data:,x", "https://example.com/a.png"]
    {
        assert_eq!(with("mistral-small-latest", url), (400, Some("3310".to_owned())), "{url}");
    }
    assert_eq!(with("mistral-small-latest", cut).0, 200, "the palette is there");
    let bare = "data:image/png;base64,iVBORw0KGgo=";
    assert_eq!(with("mistral-small-latest", bare).0, 200);
}

#[test]
fn a_model_that_reasons_takes_temperature_0_with_top_p_1_only() {
    for (model, effort, top_p, code) in [
        ("mistral-large-4", None, None, Some("3054")),
        ("mistral-large-4", None, Some(json!(0.9)), Some("3054")),
        ("mistral-large-4", None, Some(json!(1)), None),
        ("mistral-large-4", Some("low"), Some(json!(1.0)), None),
        ("zai-glm-5-3", None, None, Some("3054")),
        ("mistral-small-latest", None, None, None),
        ("mistral-small-latest", Some("none"), None, None),
        ("mistral-medium-3-5", Some("high"), None, Some("3054")),
        ("mistral-medium-3-5", Some("high"), Some(json!(1)), None),
        ("ministral-3b-latest", None, None, None),
    ] {
        let mut request = asked(&json!("Hi"), &json!({"temperature": 0}));
        request["model"] = json!(model);
        if let Some(effort) = effort {
            request["reasoning_effort"] = json!(effort);
        }
        if let Some(top_p) = top_p {
            request["top_p"] = top_p;
        }
        let (status, answer) = sent(CHAT, &request);
        assert_eq!((status == 400, answer["code"].as_str()), (code.is_some(), code), "{request}: {answer}");
        if code.is_some() {
            assert_eq!(answer["message"], "top_p must be 1 when using greedy sampling.");
        }
        request["temperature"] = json!(0.2);
        assert_eq!(sent(CHAT, &request).0, 200, "{request}");
    }
    let usage = asked(&json!("Hi"), &json!({"stream": true, "stream_options": {"include_usage": true}}));
    assert_eq!(ask(Scenario::Works, &post(CHAT, &usage.to_string())).status, 200, "taken since 2026");
}

#[test]
fn code_goes_on_where_the_prompt_ends() {
    let request = json!({
        "model": "codestral-latest", "prompt": "def add(a, b):\n    return a +", "suffix": "\n", "max_tokens": 8,
        "temperature": 0, "stop": ["\n"], "random_seed": 1,
    });
    let (status, answer) = sent(FIM, &request);
    assert_eq!((status, &answer["object"]), (200, &json!("chat.completion")));
    assert_eq!(answer["choices"][0]["message"]["content"], " b");
    assert_eq!(answer["choices"][0]["finish_reason"], "stop");
    consistent(&answer["usage"]);
    let with = |name: &str, value: Value| {
        let mut request = request.clone();
        request[name] = value;
        request
    };
    assert_eq!(sent(FIM, &with("min_tokens", json!(3))).1["usage"]["completion_tokens"], 3);
    assert_eq!(sent(FIM, &with("max_tokens", json!(0))).1["choices"][0]["finish_reason"], "length");
    let stream = ask(Scenario::Works, &post(FIM, &with("stream", json!(true)).to_string()));
    assert_eq!(events(&stream).len(), 2);
    assert_eq!(sent(FIM, &with("model", json!("mistral-small-latest"))).1["code"], "1500");
    for (name, value) in
        [("prompt", json!(1)), ("suffix", json!([])), ("messages", json!([])), ("max_tokens", json!(-1))]
    {
        assert_eq!(sent(FIM, &with(name, value)).0, 422, "{name}");
    }
}
