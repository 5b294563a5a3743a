//! What a call was about, read off its bytes: the model that it asks for, and what its answer says that this used. With
//! the page's own readers out of play, a bill made from it can disagree with the page.

use serde_json::Value;

/// The model that a request names, in JSON or in a form.
pub fn model(body: &[u8]) -> Option<String> {
    if let Ok(json) = serde_json::from_slice::<Value>(body) {
        return Some(json.get("model")?.as_str()?.to_owned());
    }
    let form = String::from_utf8_lossy(body);
    let (_, after) = form.split_once("name=\"model\"\r\n\r\n")?;
    after.split("\r\n").next().map(str::to_owned)
}

/// `usage` or `usage_info` of an answer, as it stands there; of a stream, the last that an event has.
pub fn of_answer(body: &[u8]) -> Option<Value> {
    if let Some(usage) = in_json(body) {
        return Some(usage);
    }
    let events = body.split(|byte| *byte == b'\n').filter_map(|line| line.strip_prefix(b"data: "));
    events.rev().find_map(in_json)
}

fn in_json(json: &[u8]) -> Option<Value> {
    let answer: Value = serde_json::from_slice(json).ok()?;
    let usage = ["usage", "usage_info"].into_iter().find_map(|name| answer.get(name))?;
    usage.is_object().then(|| usage.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{model, of_answer};

    #[test]
    fn the_model_is_read_off_json_and_off_a_form() {
        assert_eq!(
            model(br#"{"model":"ministral-3b-2512","messages":[]}"#).as_deref(),
            Some("ministral-3b-2512")
        );
        let form =
            b"--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nvoxtral-mini-2602\r\n--x\r\n\
            Content-Disposition: form-data; name=\"file\"\r\n\r\nRIFF\xff\xfe\r\n--x--\r\n";
        assert_eq!(model(form).as_deref(), Some("voxtral-mini-2602"));
        assert_eq!(model(b""), None);
        assert_eq!(model(b"{\"input\":\"Hi\"}"), None);
    }

    #[test]
    fn the_usage_is_kept_as_it_was_told() {
        let usage = json!({ "prompt_tokens": 9, "completion_tokens": 1 });
        let whole = json!({ "id": "x", "usage": usage }).to_string();
        assert_eq!(of_answer(whole.as_bytes()), Some(usage.clone()));
        let stream = format!("data: {{\"choices\":[]}}\n\ndata: {whole}\n\ndata: [DONE]\n\n");
        assert_eq!(of_answer(stream.as_bytes()), Some(usage));
        let pages = json!({ "pages_processed": 1 });
        assert_eq!(of_answer(json!({ "usage_info": pages }).to_string().as_bytes()), Some(pages));
        for nothing in ["", "{}", r#"{"usage":null}"#, r#"{"message":"no"}"#] {
            assert_eq!(of_answer(nothing.as_bytes()), None, "{nothing}");
        }
    }
}
