//! Every body that Mistral is known to refuse with, held against the cause it must lead to.
//!
//! A line for each: where it was seen, status, headers, body, cause, how sure. `recorded` are real exchanges, `seen` are
//! public reports, `documented` is what Mistral's own specification, documentation or clients name, `form` is what a
//! server or a network may send without anybody having written it down. Values that do not matter are made up.

use key_tester::core::doctor::{Diagnosed, diagnose};
use key_tester::core::exchange::Exchange;
use key_tester::core::explain::Cause::{self, *};
use key_tester::core::explain::Certainty::{self, Certain, Likely, Possible};
use key_tester::core::explain::{Finding, Symptoms, judge_completion, look_up};
use key_tester::core::http::{HttpEvent, TransportFailure};
use key_tester::core::time::Timestamp;
use std::fs;
use std::path::Path;

/// Source, status, headers (name and value, with a line each), body, cause, certainty.
type Row = (&'static str, u16, &'static str, &'static str, Cause, Certainty);

const EDGE_520: &str = "<!DOCTYPE html>\n<html><head><title>mistral.ai | 520: Web server is returning an unknown error</title></head><body></body></html>";
const PORTAL: &str = "<html><head><title>Guest network</title></head><body>Sign in</body></html>";
const RATE: &str = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300","raw_status_code":429}"#;
const ZERO: &str = "x-ratelimit-limit-req-minute: 0\nx-ratelimit-remaining-req-minute: 0";
const OLD: &str = "x-ratelimitbysize-limit-minute: 500000\nx-ratelimitbysize-remaining-minute: 0\nratelimitbysize-reset: 21";

#[rustfmt::skip]
static REFUSALS: &[Row] = &[
    // 401
    ("recorded 2026-08-15: models, a rejected key", 401, "mistral-correlation-id: 0", r#"{"detail":"Invalid API Key"}"#, InvalidKey, Certain),
    ("recorded 2026-08-15: chat, a rejected key; cline#13288", 401, "", r#"{"detail": "Invalid API Key"}"#, InvalidKey, Certain),
    ("seen: nextcloud/integration_openai#332 2026-01, OmniRoute#7638 2026-07 (a Vibe budget that is spent)", 401, "", r#"{"detail":"Unauthorized"}"#, Unauthorized, Possible),
    ("seen: cline#1734 2025-02 (the gateway)", 401, "", r#"{"message":"Unauthorized","request_id":"c61f00aa"}"#, Unauthorized, Possible),
    ("seen: simonw/llm-mistral#16 2025-01 (a Codestral key)", 401, "", r#"{"message":"Unauthorized","request_id":"0e1d22bb"}"#, Unauthorized, Possible),
    ("form: empty", 401, "", "", Unauthorized, Possible),
    ("documented: error glossary 2026-08", 401, "", r#"{"object":"error","message":"Unauthorized","type":"authentication_error","code":"unauthorized"}"#, Unauthorized, Possible),
    // 402
    ("form: no 402 of Mistral's is known", 402, "", r#"{"detail":"Payment required"}"#, PaymentRequired, Likely),
    // 403
    ("seen: free plan audit 2026-10-06, GENesis-AGI#1791", 403, "", r#"{"object":"error","message":"This model is not available in your subscription tier","type":"tier_not_allowed","param":null,"code":"1910","raw_status_code":403}"#, TierNotAllowed, Certain),
    ("form: the same, without a type", 403, "", r#"{"message":"This model is not available in your subscription tier"}"#, TierNotAllowed, Certain),
    ("seen: free plan audit 2026-10-06", 403, "", r#"{"object":"error","message":"Labs models are off","type":"labs_not_enabled","param":null,"code":"1913","raw_status_code":403}"#, LabsNotEnabled, Certain),
    ("seen: mistral-vibe#502 2026-03, continue#11800 2026-09", 403, "", "", Forbidden, Likely),
    ("documented: guardrail with block_on_error", 403, "", r#"{"object":"error","message":"Blocked by a guardrail","type":"guardrail","param":null,"code":null}"#, Forbidden, Likely),
    // 404
    ("seen: nextcloud/assistant#593 2026-06, pi-free#293 2026-07", 404, "", r#"{"message":"no Route matched with those values","request_id":"4e66bb7f"}"#, NoRoute, Certain),
    ("seen: dyad#883 2025-08", 404, "", r#"{"detail":"Not Found"}"#, NotFound, Likely),
    ("seen: free plan audit 2026-10-06", 404, "", r#"{"message":"Model devstral-medium-latest is deprecated."}"#, ModelRetired, Likely),
    ("seen: free plan audit 2026-10-06", 404, "", r#"{"message":"Model pixtral-large-latest was not found."}"#, ModelNotFound, Likely),
    ("documented: error glossary 2026-08", 404, "", r#"{"object":"error","message":"Nothing of that name","type":"not_found_error","code":"unknown_model"}"#, ModelNotFound, Certain),
    // 400
    ("recorded 2026-08-15, -20: chat, stream, embeddings", 400, "", r#"{"object":"error","message":"Invalid model: x","type":"invalid_model","param":null,"code":"1500","raw_status_code":400}"#, InvalidModel, Certain),
    ("seen: langchaingo#1233", 400, "", r#"{"object":"error","message":"Invalid model: x","type":"invalid_model","param":null,"code":"1500"}"#, InvalidModel, Certain),
    ("recorded 2026-08-15: logprobs", 400, "", r#"{"object":"error","message":"Logprobs are not enabled for this model","type":"invalid_request_invalid_args","param":null,"code":"3051","raw_status_code":400}"#, InvalidArguments, Likely),
    ("seen 2026: too many tokens, with the code of bad arguments", 400, "", r#"{"object":"error","message":"Prompt contains 159202 tokens and 0 draft tokens, too large for model with 131072 maximum context length","type":"invalid_request_invalid_args","param":null,"code":"3051","raw_status_code":400}"#, ContextTooLong, Certain),
    ("recorded 2026-08-15: embeddings", 400, "", r#"{"object":"error","message":"Too many inputs in request, split into more batches.","type":"invalid_request_prompt","param":null,"code":"3210","raw_status_code":400}"#, TooManyInputs, Certain),
    ("seen 2026: a tool's result out of place", 400, "", r#"{"object":"error","message":"Unexpected role 'tool' after role 'system'","type":"invalid_request_message_order","param":null,"code":"3230","raw_status_code":400}"#, MessageOrder, Certain),
    ("seen: free plan audit 2026-10-06", 400, "", r#"{"object":"error","message":"top_p must be 1 when using greedy sampling.","type":"invalid_request_error","param":null,"code":null}"#, InvalidArguments, Certain),
    ("seen: maid#672 2025-03", 400, "", r#"{"object":"error","message":"Assistant message must have either content or tool_calls, but not both.","type":"invalid_request_error","param":null,"code":null}"#, BadRequest, Possible),
    // 400, 413, 422: the phrases by which Mistral's own client tells a context that is too long
    ("documented: Mistral's client", 400, "", r#"{"message":"context_length_exceeded"}"#, ContextTooLong, Certain),
    ("documented: Mistral's client, as a code", 400, "", r#"{"error":{"message":"Too long","type":"invalid_request_error","code":"context_length_exceeded"}}"#, ContextTooLong, Certain),
    ("documented: Mistral's client", 422, "", r#"{"detail":"Context too long"}"#, ContextTooLong, Certain),
    ("documented: Mistral's client", 413, "", r#"{"message":"That is above the maximum context length"}"#, ContextTooLong, Certain),
    ("documented: Mistral's client", 400, "", r#"{"message":"The prompt exceeds the context window"}"#, ContextTooLong, Certain),
    ("documented: Mistral's client", 413, "", r#"{"message":"Input too large"}"#, ContextTooLong, Certain),
    ("documented: Mistral's client", 400, "", r#"{"message":"Messages couldn't fit with truncation"}"#, ContextTooLong, Certain),
    ("documented: Mistral's client", 400, "", r#"{"message":"Prompt is too long: 9 tokens"}"#, ContextTooLong, Certain),
    ("documented: Mistral's client, as a type", 422, "", r#"{"message":"No","type":"model_context_exceeded"}"#, ContextTooLong, Certain),
    ("documented: Mistral's client, as a code", 413, "", r#"{"message":"No","code":"prompt_too_long"}"#, ContextTooLong, Certain),
    ("form: empty", 413, "", "", TooLarge, Likely),
    ("form: of a proxy or of the edge", 413, "", "<html><head><title>413 Request Entity Too Large</title></head></html>", TooLarge, Likely),
    // 422, five shapes
    ("seen: openclaude#739 2026-04", 422, "", r#"{"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"Extra inputs are not permitted","input":false}]}"#, UnknownField, Certain),
    ("seen 2025-11: with a number as its code", 422, "", r#"{"object":"Error","detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted","input":1}],"message":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted","input":1}],"type":"invalid_request_error","code":3001}"#, UnknownField, Certain),
    ("seen: php-mistral#76 2025", 422, "", r#"{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","user"],"msg":"Extra inputs are not permitted","input":"a","url":"https://errors.pydantic.dev/2.6/v/extra_forbidden"}]},"type":"invalid_request_error","param":null,"code":null}"#, UnknownField, Certain),
    ("seen: mistral-go#2 2024-01", 422, "", r#"{"object":"error","message":"{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stop\"],\"msg\":\"Extra inputs are not permitted\",\"input\":[]}]}","type":"internal_error_proxy","param":null,"code":"1000"}"#, UnknownField, Certain),
    ("documented: observability endpoints", 422, "", r#"{"detail":{"message":"Not a known field of events","error_code":"OBS_FIELD"}}"#, Validation, Likely),
    ("seen: zeroclaw#2693 2026-03", 422, "", r#"{"detail":[{"type":"less_than_equal","loc":["body","temperature"],"msg":"Input should be less than or equal to 1.5","input":2,"ctx":{"le":1.5}}]}"#, Validation, Certain),
    ("form: the 2024 shape, a missing field", 422, "", r#"{"object":"error","message":{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":{}}]},"type":"invalid_request_error","param":null,"code":null}"#, Validation, Certain),
    ("documented: Mistral's client", 422, "", r#"{"message":"max_tokens_exceeded"}"#, Validation, Likely),
    ("seen: client-ts#64 (a client that hides the body)", 422, "", "", Validation, Likely),
    // 429
    ("seen: raycast#31107 2026-09, cline#9085 2026-02", 429, "", RATE, RateLimited, Likely),
    ("documented: retry-after", 429, "retry-after: 12", RATE, RateLimited, Likely),
    ("seen 2026-02-18: a minute used up", 429, "x-ratelimit-limit-req-minute: 60\nx-ratelimit-remaining-req-minute: 0", RATE, RateLimited, Likely),
    ("seen 2025-03-09: the older names", 429, OLD, RATE, RateLimited, Likely),
    ("documented: error glossary 2026-08", 429, "", r#"{"object":"error","message":"Slow down","type":"rate_limit_error","code":null}"#, RateLimited, Likely),
    ("form: empty", 429, "", "", RateLimited, Likely),
    ("seen: free plan audit 2026-10-06, the same body", 429, ZERO, RATE, ZeroQuota, Certain),
    ("form: no tokens instead of no requests", 429, "x-ratelimit-limit-tokens-minute: 0", RATE, ZeroQuota, Certain),
    ("seen: pydantic-ai#1885 2025", 429, "", r#"{"message":"Requests rate limit exceeded"}"#, RequestsPerSecond, Likely),
    ("seen 2026: with a code", 429, "", r#"{"object":"error","message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","param":null,"code":"3505","raw_status_code":429}"#, Capacity, Certain),
    ("seen: continue#6185 2025-06", 429, "", r#"{"object":"error","message":"Service tier capacity exceeded for this model.","type":"invalid_request_error","param":null,"code":null}"#, Capacity, Certain),
    ("seen 2026-09-22", 429, "", r#"{"object":"error","message":"Not enough capacity available for this request, please retry later.","type":"backend_out_of_capacity","param":null,"code":"3505"}"#, Capacity, Certain),
    ("seen 2026-02-18: the month in the headers", 429, "x-ratelimit-limit-tokens-month: 4000000\nx-ratelimit-remaining-tokens-month: 0", RATE, MonthQuota, Certain),
    ("seen 2024-07: the older name", 429, "x-ratelimitbysize-remaining-month: 0", RATE, MonthQuota, Certain),
    ("form: the month in words", 429, "", r#"{"message":"Monthly quota exceeded"}"#, MonthQuota, Likely),
    // The plan, whatever the status
    ("seen 2026-09: two public files, one of an incident of 25 September", 402, "", r#"{"object":"error","message":"API budget exhausted.","type":"billing_api_budget_exhausted","param":null,"code":"2303","raw_status_code":402}"#, PaymentRequired, Certain),
    ("form: the code alone", 402, "", r#"{"object":"error","message":"Stop","type":null,"param":null,"code":"2303"}"#, PaymentRequired, Certain),
    ("form: a sister type", 402, "", r#"{"object":"error","message":"Stop","type":"billing_vibe_budget_exhausted","param":null,"code":null}"#, PaymentRequired, Likely),
    ("form: the words alone", 402, "", r#"{"message":"API budget exhausted."}"#, PaymentRequired, Certain),
    ("seen 2026: a spent plan as 401", 401, "", r#"{"message":"Inactive subscription or usage limit reached","request_id":"4d1f0a7be35c9826fe0b71d4a9c83e52"}"#, PaymentRequired, Certain),
    ("seen 2024: the same as 403", 403, "", r#"{"message":"Inactive subscription or usage limit reached"}"#, PaymentRequired, Certain),
    ("form: half of these words", 401, "", r#"{"message":"Usage limit reached","request_id":"4d1f"}"#, PaymentRequired, Certain),
    ("seen 2026-08", 402, "", r#"{"detail":"Check your subscription on https://admin.mistral.ai/subscription"}"#, PaymentRequired, Certain),
    ("seen 2026: a test's constant", 402, "", r#"{"message":"Workspace monthly spending limit reached."}"#, PaymentRequired, Likely),
    // The request, as on record since 2024
    ("seen: livekit/agents#7308 2026-09-16", 400, "", r#"{"object":"error","message":"Model foo is currently not in use.","param":null,"code":"3003"}"#, InvalidModel, Certain),
    ("form: its words alone", 400, "", r#"{"message":"Model foo is currently not in use."}"#, InvalidModel, Certain),
    ("seen 2025-02: a LiteLLM proxy", 400, "", r#"{"error":{"message":"litellm.BadRequestError: You passed in model=m. There is no 'model_name' with this string","type":null,"param":null,"code":"400"}}"#, InvalidModel, Likely),
    ("seen: karthink/gptel#1203 2026-01", 400, "", r#"{"object":"error","message":"Tool call id was call_0aBcD1eFg but must be a-z, A-Z, 0-9, with a length of 9.","type":"invalid_function_call","param":null,"code":"3280"}"#, InvalidArguments, Certain),
    ("form: its code alone", 400, "", r#"{"object":"error","message":"Bad id","type":null,"param":null,"code":"3280"}"#, InvalidArguments, Certain),
    ("seen: spring-ai#1853 2024-12", 400, "", r#"{"object":"error","message":"Tool call id has to be defined.","type":"invalid_request_error","param":null,"code":null}"#, InvalidArguments, Certain),
    ("seen 2026", 400, "", r#"{"object":"error","message":"Audio input could not be decoded.","type":"invalid_request_file","param":null,"code":"3310"}"#, InvalidArguments, Certain),
    ("form: its type alone", 400, "", r#"{"object":"error","message":"File could not be fetched from url","type":"invalid_request_file","param":null,"code":null}"#, InvalidArguments, Certain),
    ("seen 2026", 400, "", r#"{"object":"error","message":"Document is not a valid PDF.","type":"document_parser_invalid_file","param":null,"code":"3740"}"#, InvalidArguments, Certain),
    ("seen 2026", 400, "", r#"{"object":"error","message":"Too many pages","type":"document_parser_too_many_pages","param":null,"code":"3730"}"#, InvalidArguments, Certain),
    ("seen 2026", 400, "", r#"{"object":"error","message":"top_k sampling is not enabled for this model","type":"invalid_request_error","param":null,"code":null}"#, InvalidArguments, Certain),
    ("seen 2026", 400, "", r#"{"object":"error","message":"Model m currently does not support builtin connectors.","type":"invalid_request_error","param":null,"code":null}"#, InvalidArguments, Likely),
    ("seen: semantic-router#297 2024-05", 400, "", r#"{"object":"error","message":"Too many tokens in batch. Max is 16384 got 17555","type":"invalid_request_error","param":null,"code":null}"#, TooManyInputs, Certain),
    ("seen: chroma#5597", 400, "", r#"{"object":"error","message":"Too many tokens overall, split into more batches.","type":"invalid_request_prompt","param":null,"code":"3210"}"#, TooManyInputs, Certain),
    ("seen 2026", 400, "", r#"{"object":"error","message":"Not the same number of function calls and responses","type":"invalid_request_message_order","param":null,"code":"3230"}"#, MessageOrder, Certain),
    ("seen: HA_MistralAI#21", 400, "", r#"{"object":"error","message":"Cannot append other inputs while function results are still missing.","type":"invalid_request_error","code":3001}"#, MessageOrder, Certain),
    ("form: its code alone", 400, "", r#"{"object":"error","message":"Bad value","type":null,"param":null,"code":"3054"}"#, InvalidArguments, Certain),
    ("seen 2026", 400, "", r#"{"object":"error","message":"Duplicate tool call id in assistant message","type":"invalid_request_message_order","param":null,"code":"3230"}"#, MessageOrder, Certain),
    ("form: the older validator", 422, "", r#"{"detail":[{"loc":["body","x"],"msg":"extra fields not permitted","type":"value_error.extra"}]}"#, UnknownField, Certain),
    // Others' words, which say nothing of a Mistral key
    ("form: OpenAI's", 401, "", r#"{"error":{"message":"Incorrect API key provided: sk-***. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","code":"invalid_api_key"}}"#, NotMistral, Likely),
    ("form: Anthropic's", 401, "", r#"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#, NotMistral, Likely),
    ("form: Google's", 400, "", r#"{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}"#, NotMistral, Likely),
    ("form: Groq's", 401, "", r#"{"error":{"message":"Invalid API Key","type":"invalid_request_error","code":"invalid_api_key"}}"#, NotMistral, Likely),
    ("form: OpenRouter's", 401, "", r#"{"error":{"message":"No auth credentials found","code":401}}"#, NotMistral, Likely),
    ("form: OpenRouter's", 402, "", r#"{"error":{"message":"Insufficient credits. Add more using https://openrouter.ai/settings/credits","code":402}}"#, NotMistral, Likely),
    ("form: OpenRouter's", 429, "", r#"{"error":{"message":"m:free is temporarily rate-limited upstream.","code":429}}"#, NotMistral, Likely),
    ("form: Azure's", 401, "", r#"{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}"#, NotMistral, Likely),
    ("form: a LiteLLM proxy's", 401, "", r#"{"error":{"message":"Authentication Error, LiteLLM Virtual Key expected.","type":"auth_error"}}"#, NotMistral, Likely),
    ("form: Ollama's", 404, "", r#"{"error":"model \"m\" not found, try pulling it first"}"#, NotMistral, Likely),
    // Mistral is full
    ("measured 2026", 429, "", r#"{"object":"error","message":"Capacity exceeded for this model.","type":"engine_max_pending_tokens","param":null,"code":"3810"}"#, Capacity, Certain),
    ("form: its code alone", 429, "", r#"{"object":"error","message":"Later","type":null,"param":null,"code":"3810"}"#, Capacity, Certain),
    ("seen: litellm#25078, the words with 503", 503, "", r#"{"object":"error","message":"Service tier capacity exceeded for this model."}"#, Capacity, Certain),
    // The edge network
    ("form: its text for programs", 429, "server: cloudflare", "error code: 1015", EdgeError, Certain),
    ("form: its text for programs", 403, "server: cloudflare", "error code: 1020", EdgeError, Certain),
    ("form: its text for programs", 403, "server: cloudflare", "error code: 1010", EdgeError, Certain),
    ("form: its text for programs", 403, "server: cloudflare", "error code: 1006", EdgeError, Certain),
    ("form: its text for programs", 403, "server: cloudflare", "error code: 1009", EdgeError, Certain),
    ("form: its text for programs", 409, "server: cloudflare", "error code: 1001", EdgeError, Certain),
    ("form: its page", 403, "content-type: text/html", "<!DOCTYPE html><title>Access denied | api.mistral.ai used Cloudflare to restrict access</title><h1><span>Error</span> <span>1020</span></h1>", EdgeError, Certain),
    ("form: its page for browsers", 403, "content-type: text/html", "<!DOCTYPE html><title>Attention Required! | Cloudflare</title>", EdgeError, Likely),
    ("form: a page with its header", 403, "content-type: text/html\nserver: cloudflare", "<html><title>403 Forbidden</title></html>", EdgeError, Likely),
    // 408 and 5xx
    ("form: empty", 408, "", "", Timeout, Likely),
    ("seen 2025", 500, "", r#"{"object":"error","message":"Service unavailable.","type":"internal_server_error","param":null,"code":"1000"}"#, ServerError, Certain),
    ("form: empty", 502, "", "", ServerError, Likely),
    ("form: JSON", 503, "", r#"{"message":"overloaded"}"#, Unavailable, Certain),
    ("seen: mistral-vibe#72 2025-12", 504, "", "", GatewayTimeout, Certain),
    ("seen: mistral-vibe#681 2026-05-11", 520, "content-type: text/html", EDGE_520, EdgeError, Likely),
    ("form: empty", 522, "", "", EdgeError, Likely),
    ("form: the edge's own name error", 530, "", "", EdgeError, Likely),
    ("documented: Mistral's client repeats after it", 529, "", "", Unavailable, Likely),
    ("icereed/paperless-gpt#947: the gateway before Mistral's servers", 503, "", "upstream connect error or disconnect/reset before headers. reset reason: overflow", Unavailable, Likely),
    ("form: a proxy's words", 503, "", "no healthy backend", EdgeError, Likely),
    // A body that breaks off takes nothing from its status
    ("form: cut", 401, "", r#"{"detail":"Inva"#, Unauthorized, Possible),
    ("form: cut", 429, "", r#"{"object":"error","message":"Rate li"#, RateLimited, Likely),
    ("form: cut", 500, "", r#"{"object":"error","mess"#, ServerError, Likely),
    // Others in Mistral's place
    ("form: a guest network", 401, "content-type: text/html", PORTAL, NotMistral, Likely),
    ("form: a firewall", 403, "content-type: text/html", PORTAL, NotMistral, Likely),
    ("form: another API", 404, "", r#"{"ok":false}"#, NotMistral, Likely),
    ("form: a proxy with a sign-in", 407, "", "", NotMistral, Certain),
    ("form: a network with a sign-in", 511, "content-type: text/html", PORTAL, NotMistral, Certain),
    ("form: a redirect", 302, "location: /login", "", NotMistral, Likely),
    // Without a row of their own
    ("documented: Mistral's client repeats after it", 409, "", "", BadRequest, Possible),
    ("documented: Mistral's client repeats after it", 425, "", "", BadRequest, Possible),
    ("form: a retired call", 410, "", r#"{"detail":"Gone"}"#, BadRequest, Possible),
];

/// Source, body, cause. The status is 200, and the certainty is the cause's own.
type Stream = (&'static str, &'static str, Option<Cause>);

const CHUNK: &str = r#"data: {"id":"a","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"ping"},"finish_reason":null}]}"#;
const LAST: &str = r#"data: {"id":"a","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"total_tokens":2,"completion_tokens":1}}"#;

#[rustfmt::skip]
static STREAMS: &[Stream] = &[
    ("recorded: the usual end", "data: [DONE]", None),
    ("documented: Mistral's client until the connection is lost", LAST, None),
    ("documented: the reason “error”; client-python#74", r#"data: {"id":"a","choices":[{"index":0,"delta":{},"finish_reason":"error"}]}"#, Some(StreamError)),
    ("documented: an error object in a line", r#"data: {"object":"error","message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","code":"3505"}"#, Some(StreamError)),
    ("documented: Mistral's client, an error inside", r#"data: {"error":{"type":"internal_error","message":"The model failed"}}"#, Some(StreamError)),
    ("documented: it just ends", CHUNK, Some(StreamIncomplete)),
];

fn headers(text: &str) -> Vec<(String, String)> {
    let pair = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    text.lines().map(|line| pair(line).expect("a name and a value")).collect()
}

/// What `curl -i` prints.
fn printed(status: u16, headers: &str, body: &str) -> String {
    let headers = headers.lines().fold(String::new(), |all, line| all + line + "\r\n");
    format!("HTTP/2 {status} \r\ndate: Mon, 23 Nov 2026 10:00:00 GMT\r\n{headers}\r\n{body}")
}

fn explained(text: &str) -> Option<(Cause, Certainty)> {
    match diagnose(text, false) {
        Diagnosed::Explained(explanation) => Some((explanation.cause, explanation.certainty)),
        Diagnosed::NothingWrong | Diagnosed::NotEnough => None,
    }
}

fn symptoms(row: &Row) -> Symptoms {
    Symptoms::new(Some(row.1), headers(row.2), Some(row.3.as_bytes()))
}

/// The lines that do not hold, all of them at once.
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} lines:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_known_refusal_gets_its_cause() {
    let told = |finding: Finding| (finding.cause, finding.certainty);
    let wrong = REFUSALS.iter().filter_map(|row| {
        let found = look_up(&symptoms(row)).map(told);
        (found != Some((row.4, row.5))).then(|| format!("{}: {} {} -> {found:?}", row.0, row.1, row.3))
    });
    none(&wrong.collect::<Vec<_>>());
}

#[test]
fn the_doctor_reads_the_same_in_what_curl_prints() {
    let wrong = REFUSALS.iter().filter_map(|row| {
        let found = explained(&printed(row.1, row.2, row.3));
        (found != Some((row.4, row.5))).then(|| format!("{}: {} {} -> {found:?}", row.0, row.1, row.3))
    });
    none(&wrong.collect::<Vec<_>>());
}

/// Without a status less is known. It must not turn into something else.
#[test]
fn a_body_without_its_status_leads_to_the_same_cause_or_to_none() {
    let wrong = REFUSALS.iter().filter_map(|row| {
        let found = look_up(&Symptoms::new(None, Vec::new(), Some(row.3.as_bytes())))?.cause;
        // What only the headers tell is not in the body.
        let by_header = found == RateLimited && matches!(row.4, ZeroQuota | MonthQuota);
        (found != row.4 && !by_header).then(|| format!("{}: {} -> {found:?}", row.0, row.3))
    });
    none(&wrong.collect::<Vec<_>>());
}

#[test]
fn words_that_only_mistral_uses_need_no_status() {
    let found = |message: &str| {
        let body = format!(r#"{{"message":"{message}"}}"#);
        look_up(&Symptoms::new(None, Vec::new(), Some(body.as_bytes()))).map(|finding| finding.cause)
    };
    assert_eq!(found("Rate limit exceeded"), Some(RateLimited));
    assert_eq!(found("Requests rate limit exceeded"), Some(RequestsPerSecond));
    assert_eq!(found("no Route matched with those values"), Some(NoRoute));
    assert_eq!(found("body.temperature: Input should be less than or equal to 1.5"), Some(Validation));
    assert_eq!(found("The model is overloaded for a month; this call is deprecated"), None);
    let typed = br#"{"object":"error","message":"Service unavailable.","type":"internal_server_error"}"#;
    let typed = look_up(&Symptoms::new(None, Vec::new(), Some(typed)));
    assert_eq!(typed.map(|finding| finding.cause), Some(ServerError));
}

#[test]
fn a_wait_that_mistral_asks_for_is_told() {
    let told = |header: &str| match diagnose(&printed(429, header, RATE), false) {
        Diagnosed::Explained(explanation) => explanation.waiting,
        other => panic!("{other:?}"),
    };
    assert_eq!(told("retry-after: 12"), "Waiting helps: Mistral asks to wait 12 seconds.");
    assert_eq!(told(OLD), "Waiting helps: Mistral asks to wait 21 seconds.");
    assert_eq!(told(&format!("{ZERO}\nretry-after: 12")), ZeroQuota.entry().waiting.sentence);
    // The older limits came with every answer; what is left of one says nothing about a refused key.
    let refused = diagnose(&printed(401, OLD, r#"{"detail":"Unauthorized"}"#), false);
    let Diagnosed::Explained(refused) = refused else { panic!("{refused:?}") };
    assert_eq!(refused.waiting, Unauthorized.entry().waiting.sentence);
}

fn streamed(body: &str, ending: HttpEvent) -> Option<Cause> {
    let mut exchange = Exchange::default();
    let headers = headers("content-type: text/event-stream; charset=utf-8");
    let events =
        [HttpEvent::Sent, HttpEvent::Opened { status: 200, headers }, HttpEvent::Chunk(body.into()), ending];
    for event in events {
        exchange.record(Timestamp::default(), event);
    }
    judge_completion(&exchange).err().map(|finding| finding.cause)
}

#[test]
fn every_end_of_a_stream_gets_its_cause() {
    let wrong = STREAMS.iter().filter_map(|(source, end, cause)| {
        let body = format!("{CHUNK}\n\n{end}\n\n");
        let judged = streamed(&body, HttpEvent::Closed);
        let pasted = explained(&body).map(|found| found.0);
        let head = printed(200, "content-type: text/event-stream; charset=utf-8", &body);
        let printed = explained(&head).map(|found| found.0);
        let all = [judged, pasted, printed];
        (all != [*cause; 3]).then(|| format!("{source}: {all:?}"))
    });
    none(&wrong.collect::<Vec<_>>());
    let lost = TransportFailure { message: "network error".to_owned(), online: true };
    assert_eq!(streamed(&format!("{CHUNK}\n\n"), HttpEvent::Failed(lost)), Some(StreamIncomplete));
}

#[test]
fn a_success_is_none_of_the_doctors_business_and_a_sign_in_page_is() {
    let list = r#"{"object":"list","data":[{"id":"ministral-3b-latest"}]}"#;
    assert_eq!(diagnose(&printed(200, "", list), false), Diagnosed::NothingWrong);
    assert_eq!(explained(&printed(200, "content-type: text/html", PORTAL)), Some((NotMistral, Likely)));
}

/// Status and body of a recorded answer, from a file of the form that the recorder writes: YAML with the body on one
/// line, in single quotes.
fn recorded(text: &str) -> Option<(u16, String)> {
    let (_, answer) = text.split_once("\nthen:\n")?;
    let after = |name: &str| answer.lines().find_map(|line| line.strip_prefix(name));
    let body = after("  body: ")?.strip_prefix('\'')?.strip_suffix('\'')?.replace("''", "'");
    Some((after("  status: ")?.parse().ok()?, body))
}

/// The recordings are not part of this tree. Where they lie beside it, each refusal in them has a specific cause.
#[test]
#[allow(clippy::print_stderr, reason = "a test that did nothing must say so")]
fn recorded_refusals_have_a_specific_cause() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/mistral/recorded");
    let Ok(files) = fs::read_dir(&folder) else {
        eprintln!("skipped: no recordings at ../shared/mistral/recorded");
        return;
    };
    let texts = files.map(|file| fs::read_to_string(file.expect("an entry").path()).expect("a text"));
    let refusals: Vec<_> =
        texts.filter_map(|text| recorded(&text)).filter(|(status, _)| *status >= 400).collect();
    assert!(!refusals.is_empty(), "the recordings hold refusals");
    for (status, body) in refusals {
        let finding = look_up(&Symptoms::new(Some(status), Vec::new(), Some(body.as_bytes())));
        let cause = finding.map(|finding| finding.cause);
        assert!(!matches!(cause, None | Some(BadRequest | NotMistral)), "{status} {body}: {cause:?}");
    }
}
