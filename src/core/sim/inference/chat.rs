//! `POST /v1/chat/completions`.

use serde_json::Value;

use super::completion::Completion;
use super::picture::Picture;
use super::prompt::Prompt;
use super::reply::reply;
use super::request::{self, Fields};
use super::{admit, prompt, prose, schema_filler};
use crate::core::models::reasoning::Reasoning;
use crate::core::sim::{Answer, Exchange, answers, catalogue};

/// Every field the endpoint takes. Any other is 422.
const FIELDS: &[&str] = &[
    "model",
    "messages",
    "temperature",
    "top_p",
    "max_tokens",
    "min_tokens",
    "stream",
    "stream_options",
    "stop",
    "random_seed",
    "metadata",
    "response_format",
    "tools",
    "tool_choice",
    "presence_penalty",
    "frequency_penalty",
    "repetition_penalty",
    "top_k",
    "logprobs",
    "top_logprobs",
    "n",
    "prediction",
    "parallel_tool_calls",
    "reasoning_effort",
    "prompt_mode",
    "guardrails",
    "prompt_cache_key",
    "service_tier",
    "safe_prompt",
];

/// A request that is in order, as far as that can be told without its model.
struct Asked<'a> {
    prompt: Prompt<'a>,
    form: Form<'a>,
    max_tokens: Option<u64>,
    stream: bool,
    logprobs: bool,
    /// Whether the request asks for the likeliest tokens only.
    greedy: bool,
    effort: Option<&'a str>,
}

/// The form in which the answer is wanted.
enum Form<'a> {
    /// Words.
    Prose,
    /// JSON that the schema describes.
    Json(&'a Value),
    /// A call of the tool of that name, with arguments that the schema describes.
    Call(&'a str, &'a Value),
}

/// Answers a request for a completion, whole or as a stream.
pub(super) fn complete(exchange: &mut Exchange<'_>) -> Result<Answer, Answer> {
    let fields = request::object(exchange.body)?;
    let model = request::string(&fields, "model")?;
    let (admission, asked) = admit(exchange, model, |entry| entry.can(catalogue::CHAT), read(&fields))?;
    if asked.logprobs {
        return Err(answers::unsupported("Logprobs are not enabled for this model"));
    }
    let reasons = Reasoning::of(admission.entry.name).is_some_and(|model| model.reasons_with(asked.effort));
    if asked.greedy && reasons {
        // The words and the code are on record, the type is not.
        let words = "top_p must be 1 when using greedy sampling.";
        return Err(answers::error(400, words, "invalid_request_invalid_args", "3054"));
    }
    let picture = match asked.prompt.picture {
        Some(_) if !admission.entry.can(catalogue::VISION) => {
            return Err(answers::unsupported("Image input is not enabled for this model"));
        }
        Some(address) => Some(Picture::load(address)?),
        None => None,
    };

    let last = &asked.prompt.last;
    let tokens = match (&asked.form, picture) {
        (Form::Json(schema) | Form::Call(_, schema), _) => prose::tokens(&schema_filler::json(schema, last)),
        (Form::Prose, Some(picture)) => prose::tokens(picture.colour()),
        (Form::Prose, None) => prose::answer_to(last),
    };
    let mut completion = Completion::new(exchange, model, asked.prompt.tokens, tokens, asked.max_tokens);
    if let Form::Call(tool, _) = asked.form {
        completion = completion.calling(tool);
    }
    Ok(reply(&completion, exchange, &admission, asked.stream))
}

fn read(fields: &Fields) -> Result<Asked<'_>, Answer> {
    request::closed(fields, &["body"], FIELDS)?;
    let number = |name: &str| fields.get(name).and_then(Value::as_f64);
    Ok(Asked {
        max_tokens: request::count(fields, "max_tokens", 0)?,
        stream: request::flag(fields, "stream")?,
        logprobs: request::flag(fields, "logprobs")?,
        // Some models that reason have a default of their own, so no `top_p` is not 1 either.
        greedy: number("temperature").is_some_and(|heat| heat <= 0.0)
            && number("top_p").is_none_or(|share| share < 1.0),
        effort: request::optional_string(fields, "reasoning_effort")?,
        form: form(fields)?,
        prompt: prompt::read(fields)?,
    })
}

/// A schema that anything fits, for what comes without one.
const ANYTHING: &Value = &Value::Null;

fn form(fields: &Fields) -> Result<Form<'_>, Answer> {
    let forced = match fields.get("tool_choice") {
        None | Some(Value::Null) => false,
        Some(Value::String(choice)) => match choice.as_str() {
            "any" | "required" => true,
            "auto" | "none" => false,
            _ => {
                return Err(request::invalid(
                    "enum",
                    &["body", "tool_choice"],
                    "Input should be 'auto', 'none', 'any' or 'required'",
                    &Value::String(choice.clone()),
                ));
            }
        },
        Some(_) => true,
    };
    if forced {
        return call(fields);
    }
    let Some(format) = fields.get("response_format").filter(|format| !format.is_null()) else {
        return Ok(Form::Prose);
    };
    match format.get("type").and_then(Value::as_str).unwrap_or("text") {
        "text" => Ok(Form::Prose),
        "json_object" => Ok(Form::Json(ANYTHING)),
        "json_schema" => {
            let place = ["body", "response_format", "json_schema"];
            let missing = || request::invalid("missing", &place, "Field required", format);
            format.pointer("/json_schema/schema").map(Form::Json).ok_or_else(missing)
        }
        _ => Err(request::invalid(
            "enum",
            &["body", "response_format", "type"],
            "Input should be 'text', 'json_object' or 'json_schema'",
            format,
        )),
    }
}

/// The call that the request insists on: of the tool that it names, or of the first.
fn call(fields: &Fields) -> Result<Form<'_>, Answer> {
    let wanted = fields.get("tool_choice").and_then(|choice| choice.pointer("/function/name"));
    let tools = fields.get("tools").and_then(Value::as_array).into_iter().flatten();
    let functions = tools.filter_map(|tool| tool.get("function"));
    let mut named = functions.filter_map(|function| Some((function.get("name")?, function)));
    let found = named.find(|(name, _)| wanted.is_none_or(|wanted| wanted == *name));
    match found {
        Some((Value::String(name), function)) => {
            Ok(Form::Call(name, function.get("parameters").unwrap_or(ANYTHING)))
        }
        _ => Err(answers::unsupported("Tool choice does not name one of the tools")),
    }
}
