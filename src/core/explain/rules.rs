//! The rules from the symptoms of an answer to its cause: a table, read from the top; the first line that fits decides.
//!
//! A line fits by status and by one sign. Signs come before statuses of their own, because the same status has many
//! causes; the last lines take whatever is left of a status. The sources are dated records of real answers, Mistral's
//! documentation and public reports; `tests/core/bodies.rs` holds every line against the bodies that led to it.

use crate::core::explain::Certainty::{Certain, Likely, Possible};
use crate::core::explain::symptoms::Symptoms;
use crate::core::explain::{Cause, Certainty};
use crate::core::mistral::limits::{Measure, RateLimits};

/// A line of the table.
struct Rule {
    /// First and last status it is about.
    status: (u16, u16),
    /// The sign that must be there besides.
    sign: Sign,
    cause: Cause,
    certainty: Certainty,
    /// Why that follows, for the reader of the card. Empty where the cause's own text says it.
    because: &'static str,
}

/// A sign in an answer besides its status.
enum Sign {
    /// Nothing in particular. Needs a known status.
    Any,
    /// The body cannot be Mistral's. Needs a known status.
    Foreign,
    /// Mistral's `code`.
    Code(&'static str),
    /// Mistral's `type`.
    Kind(&'static str),
    /// Message, `type` or `code` contain this, in lower case.
    Says(&'static str),
    /// The same with words that others use as well. Needs a known status.
    Mentions(&'static str),
    /// The gateway's `request_id`.
    RequestId,
    /// A limit is zero.
    NoAllowance,
    /// Nothing is left of the month.
    MonthUsedUp,
    /// A page or a text of the edge network with an error of its own, numbered from the first to the last.
    Edge(u16, u16),
    /// A list of faults with their places in the request.
    Faults,
    /// A page that the edge network wrote, by its words or by the header that names it.
    EdgePage,
}

use Sign::{
    Any, Code, Edge, EdgePage, Faults, Foreign, Kind, Mentions, MonthUsedUp, NoAllowance, RequestId, Says,
};

const fn rule(
    (from, to): (u16, u16),
    sign: Sign,
    cause: Cause,
    certainty: Certainty,
    because: &'static str,
) -> Rule {
    Rule { status: (from, to), sign, cause, certainty, because }
}

/// Statuses that say that the request, not the server, is to blame.
const REFUSED: (u16, u16) = (400, 499);
/// Statuses of every failure.
const ANY_ERROR: (u16, u16) = (400, 599);
/// Statuses with which Mistral has said that it is full.
const FULL: (u16, u16) = (429, 503);
/// Statuses with which a too long context was refused.
const TOO_LONG: (u16, u16) = (400, 422);

const fn only(status: u16) -> (u16, u16) {
    (status, status)
}

#[rustfmt::skip]
static RULES: &[Rule] = &[
    // What answers in Mistral's place.
    rule(REFUSED, Says("platform.openai.com"), Cause::NotMistral, Likely, "Its words are those of OpenAI: the program asked there, not Mistral."),
    rule(REFUSED, Says("wrong api endpoint"), Cause::NotMistral, Likely, "Its words are those of Microsoft’s Azure: the program asked there, not Mistral."),
    rule(REFUSED, Says("invokemodel"), Cause::NotMistral, Likely, "Its words are those of Amazon Bedrock: the program asked there, not Mistral."),
    rule(REFUSED, Says("aiplatform."), Cause::NotMistral, Likely, "Its words are those of Google’s Vertex AI: the program asked there, not Mistral."),
    rule(REFUSED, Says("invalid x-api-key"), Cause::NotMistral, Likely, "Its words are those of Anthropic: the program asked there, not Mistral."),
    rule(REFUSED, Says("api key not valid. please pass"), Cause::NotMistral, Likely, "Its words are those of Google: the program asked there, not Mistral."),
    rule(REFUSED, Code("invalid_api_key"), Cause::NotMistral, Likely, "Mistral has no code “invalid_api_key”; OpenAI and Groq have."),
    rule(REFUSED, Says("no auth credentials found"), Cause::NotMistral, Likely, "Its words are those of OpenRouter, which wants a key of its own."),
    rule(REFUSED, Says("openrouter.ai"), Cause::NotMistral, Likely, "Its words are those of OpenRouter, which has keys, credit and limits of its own."),
    rule(REFUSED, Says("rate-limited upstream"), Cause::NotMistral, Likely, "Its words are those of OpenRouter: its free models share one limit among all its users."),
    rule(REFUSED, Says("litellm virtual key"), Cause::NotMistral, Likely, "Its words are those of a LiteLLM proxy, which wants a key of its own."),
    rule(REFUSED, Says("try pulling it first"), Cause::NotMistral, Likely, "Its words are those of Ollama, which runs models on your own machine."),
    rule(REFUSED, Says("incorrect api key provided"), Cause::NotMistral, Likely, "Its words are those of OpenAI: the program asked there, not Mistral."),
    rule(only(511), Any, Cause::NotMistral, Certain, "511 is the status of networks that want a sign-in of their own."),
    rule(ANY_ERROR, Edge(1015, 1015), Cause::EdgeError, Certain, "Error 1015 is of the edge network in front of Mistral: this network address calls too often. Pause, then call more slowly."),
    rule(ANY_ERROR, Edge(1006, 1008), Cause::EdgeError, Certain, "Errors 1006 to 1008 are of the edge network in front of Mistral: it has banned this network address."),
    rule(ANY_ERROR, Edge(1009, 1009), Cause::EdgeError, Certain, "Error 1009 is of the edge network in front of Mistral: it turns calls from this country away."),
    rule(ANY_ERROR, Edge(1010, 1010), Cause::EdgeError, Certain, "Error 1010 is of the edge network in front of Mistral: it turns this program away by the looks of its calls, such as its user agent."),
    rule(ANY_ERROR, Edge(1012, 1020), Cause::EdgeError, Certain, "It is an error of the edge network in front of Mistral: a rule of its firewall turned this call away."),
    rule(ANY_ERROR, Edge(1000, 1199), Cause::EdgeError, Certain, "Its number is one of the edge network in front of Mistral, not of Mistral’s servers."),
    rule(REFUSED, EdgePage, Cause::EdgeError, Likely, "The page is one of the edge network in front of Mistral, which turned this call away before Mistral saw it."),
    rule(only(504), Says("upstream request timeout"), Cause::GatewayTimeout, Likely, "These words are those of the gateway before Mistral’s servers."),
    rule(only(503), Says("upstream connect error"), Cause::Unavailable, Likely, "These words are those of the gateway, which could not reach Mistral’s servers or is full."),
    rule((500, 599), Foreign, Cause::EdgeError, Likely, "Mistral’s own errors are JSON; this is not."),
    rule(only(408), Any, Cause::Timeout, Likely, ""),
    rule((300, 399), Any, Cause::NotMistral, Likely, "Mistral’s API is not known to send redirects."),
    rule(only(407), Any, Cause::NotMistral, Certain, "Only a proxy answers 407: it wants a sign-in of its own."),
    rule(only(413), Foreign, Cause::TooLarge, Likely, "It is not Mistral’s JSON: a proxy or the edge network may have set this limit."),
    rule(REFUSED, Foreign, Cause::NotMistral, Likely, "Mistral’s own refusals are JSON or empty; this is neither."),

    // The plan. Mistral has said this with 401, 402 and 403; the words are not about the key, whatever the status.
    rule(REFUSED, Kind("billing_api_budget_exhausted"), Cause::PaymentRequired, Certain, "This type is Mistral’s for an API budget that is used up."),
    rule(REFUSED, Code("2303"), Cause::PaymentRequired, Certain, "Code 2303 is Mistral’s for an API budget that is used up."),
    rule(REFUSED, Says("billing_"), Cause::PaymentRequired, Likely, "Its type speaks of billing."),
    rule(REFUSED, Says("budget exhausted"), Cause::PaymentRequired, Certain, "These are Mistral’s words for a budget that is used up."),
    rule(REFUSED, Says("inactive subscription"), Cause::PaymentRequired, Certain, "Its words speak of the plan, not of the key."),
    rule(REFUSED, Says("usage limit reached"), Cause::PaymentRequired, Certain, "Its words speak of the plan, not of the key."),
    rule(REFUSED, Says("check your subscription"), Cause::PaymentRequired, Certain, "Its words speak of the plan, not of the key."),
    rule(REFUSED, Says("spending limit"), Cause::PaymentRequired, Likely, "Its words speak of the spending limit, not of the key."),

    // Limits, strongest sign first.
    rule(only(429), NoAllowance, Cause::ZeroQuota, Certain, "The limit in its headers is zero, not used up."),
    rule(only(429), MonthUsedUp, Cause::MonthQuota, Certain, "Its headers say that no token of this month is left."),
    rule(FULL, Kind("service_tier_capacity_exceeded"), Cause::Capacity, Certain, "This type is Mistral’s for its own lack of capacity."),
    rule(FULL, Kind("backend_out_of_capacity"), Cause::Capacity, Certain, "This type is Mistral’s for its own lack of capacity."),
    rule(FULL, Kind("engine_max_pending_tokens"), Cause::Capacity, Certain, "This type is Mistral’s for its own lack of capacity."),
    rule(FULL, Code("3810"), Cause::Capacity, Certain, "Code 3810 is Mistral’s for its own lack of capacity."),
    rule(FULL, Code("3505"), Cause::Capacity, Certain, "Code 3505 is Mistral’s for its own lack of capacity."),
    rule(FULL, Says("capacity exceeded"), Cause::Capacity, Certain, "Its words are those for Mistral’s own lack of capacity."),
    rule(FULL, Says("not enough capacity"), Cause::Capacity, Certain, "Its words are those for Mistral’s own lack of capacity."),
    rule(only(429), Says("requests rate limit exceeded"), Cause::RequestsPerSecond, Likely, "These words are those of the gateway’s limit per second."),
    rule(only(429), Mentions("month"), Cause::MonthQuota, Likely, "Its words speak of the month."),
    rule(only(429), Kind("rate_limited"), Cause::RateLimited, Likely, "This type is Mistral’s for a limit of the workspace; it does not say which."),
    rule(only(429), Says("rate limit exceeded"), Cause::RateLimited, Likely, ""),
    rule(only(429), Any, Cause::RateLimited, Likely, ""),

    // The key.
    rule(only(401), Says("invalid api key"), Cause::InvalidKey, Certain, "These are Mistral’s words for a key that it does not know."),
    rule(only(401), RequestId, Cause::Unauthorized, Possible, "A request id in the body is the gateway’s, which refused keys of other products and new keys like this."),
    rule(only(401), Says("unauthorized"), Cause::Unauthorized, Possible, "“Unauthorized” alone is what Mistral answers in several situations."),
    rule(only(401), Any, Cause::Unauthorized, Possible, ""),
    rule(only(402), Any, Cause::PaymentRequired, Likely, ""),
    rule(only(403), Kind("tier_not_allowed"), Cause::TierNotAllowed, Certain, "This type is Mistral’s for a model outside the plan."),
    rule(only(403), Code("1910"), Cause::TierNotAllowed, Certain, "Code 1910 is Mistral’s for a model outside the plan."),
    rule(only(403), Says("subscription tier"), Cause::TierNotAllowed, Certain, "Its words are those for a model outside the plan."),
    rule(only(403), Kind("labs_not_enabled"), Cause::LabsNotEnabled, Certain, "This type is Mistral’s for Labs models that are switched off."),
    rule(only(403), Code("1913"), Cause::LabsNotEnabled, Certain, "Code 1913 is Mistral’s for Labs models that are switched off."),
    rule(only(403), Any, Cause::Forbidden, Likely, ""),

    // The request. A context that is too long comes with several statuses and codes, so its words come first.
    rule(TOO_LONG, Says("maximum context length"), Cause::ContextTooLong, Certain, ""),
    rule(TOO_LONG, Says("context_length_exceeded"), Cause::ContextTooLong, Certain, ""),
    rule(TOO_LONG, Says("context too long"), Cause::ContextTooLong, Certain, ""),
    rule(TOO_LONG, Says("exceeds the context window"), Cause::ContextTooLong, Certain, ""),
    rule(TOO_LONG, Says("model_context_exceeded"), Cause::ContextTooLong, Certain, ""),
    rule(TOO_LONG, Says("prompt is too long"), Cause::ContextTooLong, Certain, ""),
    rule(TOO_LONG, Says("prompt_too_long"), Cause::ContextTooLong, Certain, ""),
    rule(TOO_LONG, Says("input too large"), Cause::ContextTooLong, Certain, ""),
    rule(TOO_LONG, Says("couldn't fit with truncation"), Cause::ContextTooLong, Certain, ""),
    rule(only(400), Kind("invalid_model"), Cause::InvalidModel, Certain, "This type is Mistral’s for a name it does not know."),
    rule(only(400), Code("1500"), Cause::InvalidModel, Certain, "Code 1500 is Mistral’s for a name it does not know."),
    rule(only(400), Says("invalid model"), Cause::InvalidModel, Certain, ""),
    rule(only(400), Says("passed in model="), Cause::InvalidModel, Likely, "These are words of a LiteLLM proxy: its own list has no model of that name."),
    rule(only(400), Code("3003"), Cause::InvalidModel, Certain, "Code 3003 is Mistral’s for a model that is not in service."),
    rule(only(400), Says("currently not in use"), Cause::InvalidModel, Certain, "These are Mistral’s words for a model that is not in service."),
    rule(only(400), Code("3054"), Cause::InvalidArguments, Certain, "Code 3054 is Mistral’s for temperature 0 without top_p 1."),
    rule(only(400), Kind("invalid_function_call"), Cause::InvalidArguments, Certain, "This type is Mistral’s for a tool call that is not in its form."),
    rule(only(400), Code("3280"), Cause::InvalidArguments, Certain, "Code 3280 is Mistral’s for a tool call that is not in its form."),
    rule(only(400), Says("duplicate tool call id"), Cause::MessageOrder, Certain, "Its words say that two tool calls have one id."),
    rule(only(400), Says("tool call id"), Cause::InvalidArguments, Certain, "Its words name the id of a tool call."),
    rule(only(400), Kind("invalid_request_message_order"), Cause::MessageOrder, Certain, "This type is Mistral’s for messages out of order."),
    rule(only(400), Says("number of function calls and responses"), Cause::MessageOrder, Certain, "Each tool call needs one result, and each result a call."),
    rule(only(400), Says("function results are still missing"), Cause::MessageOrder, Certain, "Each tool call needs its result first."),
    rule(only(400), Code("3230"), Cause::MessageOrder, Certain, "Code 3230 is Mistral’s for messages out of order."),
    rule(only(400), Says("unexpected role"), Cause::MessageOrder, Certain, ""),
    rule(only(400), Says("roles must alternate"), Cause::MessageOrder, Certain, ""),
    rule(only(400), Says("expected last role"), Cause::MessageOrder, Certain, ""),
    rule(only(400), Says("too many inputs"), Cause::TooManyInputs, Certain, ""),
    rule(only(400), Says("too many tokens in batch"), Cause::TooManyInputs, Certain, ""),
    rule(only(400), Says("too many tokens overall"), Cause::TooManyInputs, Certain, ""),
    rule(only(400), Says("split into more batches"), Cause::TooManyInputs, Certain, ""),
    rule(only(400), Code("3210"), Cause::TooManyInputs, Likely, "Code 3210 came with too many texts in one request."),
    rule(only(400), Kind("invalid_request_invalid_args"), Cause::InvalidArguments, Likely, "This type is Mistral’s for a setting that the model does not take."),
    rule(only(400), Code("3051"), Cause::InvalidArguments, Likely, "Code 3051 is Mistral’s for a setting that the model does not take."),
    rule(only(400), Code("3310"), Cause::InvalidArguments, Certain, "Code 3310 is Mistral’s for a file that it cannot fetch or decode."),
    rule(only(400), Kind("invalid_request_file"), Cause::InvalidArguments, Certain, "This type is Mistral’s for a file that it cannot fetch or decode."),
    rule(only(400), Says("document_parser_"), Cause::InvalidArguments, Certain, "This type is of Mistral’s document reader."),
    rule(only(400), Says("not enabled for this model"), Cause::InvalidArguments, Certain, ""),
    rule(only(400), Says("does not support"), Cause::InvalidArguments, Likely, "Its words say that the model does not offer it."),
    rule(only(400), Says("greedy sampling"), Cause::InvalidArguments, Certain, "Temperature 0 is greedy sampling, which leaves top_p nothing to do."),
    rule(only(413), Any, Cause::TooLarge, Likely, ""),
    rule(only(422), Kind("extra_forbidden"), Cause::UnknownField, Certain, "“extra_forbidden” means a field that is not in Mistral’s schema."),
    rule(only(422), Says("extra inputs are not permitted"), Cause::UnknownField, Certain, ""),
    rule(only(422), Says("extra fields not permitted"), Cause::UnknownField, Certain, ""),
    rule(only(422), Says("extra_forbidden"), Cause::UnknownField, Certain, ""),
    rule(only(422), Faults, Cause::Validation, Certain, "It lists places in the request."),
    rule(only(422), Says("body."), Cause::Validation, Certain, "Its words name a place in the request."),
    rule(only(422), Any, Cause::Validation, Likely, ""),

    // Addresses and models.
    rule(only(404), Says("no route matched"), Cause::NoRoute, Certain, "These are the words of Mistral’s gateway for a path it does not serve."),
    rule(only(404), Mentions("is deprecated"), Cause::ModelRetired, Likely, ""),
    rule(only(404), Code("unknown_model"), Cause::ModelNotFound, Certain, "This code is documented for a model that does not exist."),
    rule(only(404), Mentions("model "), Cause::ModelNotFound, Likely, "Its words name a model."),
    rule(only(404), Any, Cause::NotFound, Likely, ""),
    rule(only(410), Mentions("model "), Cause::ModelRetired, Likely, "410 means that it was there once."),

    // Servers.
    rule(only(503), Any, Cause::Unavailable, Certain, ""),
    rule(only(529), Any, Cause::Unavailable, Likely, "529 is used for an overloaded service."),
    rule(only(504), Any, Cause::GatewayTimeout, Certain, ""),
    rule((520, 530), Any, Cause::EdgeError, Likely, "520 to 530 are statuses of the edge network in front of Mistral, not of Mistral’s servers."),
    rule((500, 599), Kind("internal_server_error"), Cause::ServerError, Certain, "This type is Mistral’s for a fault of its own."),
    rule((500, 599), Any, Cause::ServerError, Likely, ""),
    rule(REFUSED, Any, Cause::BadRequest, Possible, ""),
];

/// The finding of the table for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The cause.
    pub cause: Cause,
    /// The certainty of the cause.
    pub certainty: Certainty,
    /// Why that follows; may be empty.
    pub because: &'static str,
}

impl Finding {
    /// The finding that needs no further reason than the cause's own text.
    pub(super) fn plain(cause: Cause) -> Self {
        Self { cause, certainty: cause.entry().certainty, because: "" }
    }
}

/// Looks up the symptoms of a refusal. `None` for a success, or when neither status nor body tells anything.
pub fn look_up(symptoms: &Symptoms) -> Option<Finding> {
    Some(found(row(symptoms)?, symptoms.status.is_none()))
}

/// Looks up symptoms that others may have passed on with a status of their own: Mistral's words outrank a status that alone
/// would decide.
pub fn look_up_reworded(symptoms: &Symptoms) -> Option<Finding> {
    reworded(symptoms).map(|(rule, lowered)| found(rule, lowered))
}

/// The line of the table that decides about such symptoms, and whether that is less certain without their status.
fn reworded(symptoms: &Symptoms) -> Option<(&'static Rule, bool)> {
    let by_status = row(symptoms);
    if by_status.is_none_or(|rule| matches!(rule.sign, Any | Foreign)) {
        let words = Symptoms { status: None, ..symptoms.clone() };
        // “Unauthorized” is said by everybody, and of everything.
        let fits = |rule: &Rule| {
            symptoms.status.is_some_and(|status| (rule.status.0..=rule.status.1).contains(&status))
        };
        let row = row(&words)
            .filter(|rule| !matches!(rule.sign, Says(words) if !is_telling(words)))
            // What the status itself tells more exactly stays.
            .filter(|rule| by_status.is_none() || !fits(rule));
        if let Some(rule) = row {
            return Some((rule, true));
        }
    }
    Some((by_status?, symptoms.status.is_none()))
}

/// What decided besides the status, for whoever shows it in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core) enum Telling {
    /// Nothing that stands in a text by itself.
    Nothing,
    /// Mistral's `code`.
    Code(&'static str),
    /// Mistral's `type`.
    Kind(&'static str),
    /// Words of the message, in lower case.
    Words(&'static str),
    /// The gateway's `request_id`.
    RequestId,
    /// A list of faults.
    Faults,
    /// Headers with this in their names that say `0`.
    ZeroHeader(&'static str),
    /// The number of the edge network's own error.
    Edge,
}

/// What decided about such symptoms besides their status.
pub(in crate::core) fn telling(symptoms: &Symptoms) -> Telling {
    match reworded(symptoms).map(|(rule, _)| &rule.sign) {
        Some(Code(code)) => Telling::Code(code),
        Some(Kind(kind)) => Telling::Kind(kind),
        Some(Says(words) | Mentions(words)) => Telling::Words(words),
        Some(RequestId) => Telling::RequestId,
        Some(Faults) => Telling::Faults,
        Some(NoAllowance) => Telling::ZeroHeader("ratelimit-limit"),
        Some(MonthUsedUp) => Telling::ZeroHeader("remaining-tokens-month"),
        Some(Edge(..)) => Telling::Edge,
        Some(Any | Foreign | EdgePage) | None => Telling::Nothing,
    }
}

/// Whether a code is one of Mistral's that has a line here.
pub fn is_known_code(code: &str) -> bool {
    RULES.iter().any(|rule| matches!(rule.sign, Code(known) if known == code))
}

/// The first words of Mistral's that stand in a text in lower case.
pub fn telling_words(lower: &str) -> Option<&'static str> {
    RULES.iter().find_map(|rule| match rule.sign {
        Says(words) if is_telling(words) && lower.contains(words) => Some(words),
        _ => None,
    })
}

/// Whether words are more than one, so that others hardly write them by chance.
fn is_telling(words: &str) -> bool {
    words.contains([' ', '_', '.']) || words == "invokemodel"
}

fn row(symptoms: &Symptoms) -> Option<&'static Rule> {
    let limits = RateLimits::read(&symptoms.headers);
    RULES.iter().find(|rule| {
        let in_range = |status: u16| (rule.status.0..=rule.status.1).contains(&status);
        // Without a status the body's own marks are enough, though others may write the same words.
        symptoms.status.is_none_or(in_range) && shows(symptoms, &limits, &rule.sign)
    })
}

fn found(rule: &Rule, lowered: bool) -> Finding {
    let certainty = if lowered { rule.certainty.at_most_likely() } else { rule.certainty };
    Finding { cause: rule.cause, certainty, because: rule.because }
}

fn shows(symptoms: &Symptoms, limits: &RateLimits, sign: &Sign) -> bool {
    let error = symptoms.error();
    match sign {
        Any => symptoms.status.is_some(),
        Foreign => symptoms.status.is_some() && symptoms.is_foreign(),
        Code(code) => error.is_some_and(|error| error.code.as_deref() == Some(code)),
        Kind(kind) => error.is_some_and(|error| error.kind.as_deref() == Some(kind)),
        Says(words) => symptoms.says(words),
        Mentions(words) => symptoms.status.is_some() && symptoms.says(words),
        RequestId => symptoms.status.is_some() && error.is_some_and(|error| error.request_id.is_some()),
        NoAllowance => {
            limits.zero() == Some(Measure::RequestsPerMinute)
                || limits.zero() == Some(Measure::TokensPerMinute)
        }
        MonthUsedUp => limits.used_up() == Some(Measure::TokensPerMonth),
        Edge(first, last) => {
            let number = error.and_then(|error| error.edge);
            number.is_some_and(|number| (*first..=*last).contains(&number))
        }
        Faults => error.is_some_and(|error| !error.faults.is_empty()),
        EdgePage => symptoms.is_foreign() && symptoms.is_of_the_edge(),
    }
}
