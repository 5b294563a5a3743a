//! The status that a client means where it prints none: by the name of its exception, or by a sentence of its own.
//!
//! Clients of all languages name their exceptions after the status, and those made for people reword the answer. Neither
//! is Mistral's answer itself, so what is read from it is never certain.

use super::scan;

/// A status told by words, and the words.
pub(super) type Told = (u16, &'static str);

/// In lower case, with `|` between; the first row that is found decides. Not `BadRequestError`: `LiteLLM` calls a 422 so too.
/// Nor `HTTPError` and the like, which are said of every status.
const NAMES: [(u16, &str); 16] = [
    (422, "httpvalidationerror:|httpvalidationerror(|unprocessableentit"),
    (402, "paymentrequired|payment_required"),
    (403, "permissiondenied|permission_denied|forbiddenerror|forbiddenexception|accessdenied"),
    (
        401,
        "authenticationerror|authentication_error|authenticationexception|authenticationfailed|autherror|authexception|\
            unauthorizederror|unauthorizedexception|unauthorizedaccess|invalidapikey|invalid_api_key",
    ),
    (
        429,
        "ratelimiterror|ratelimitexce|ratelimited|rate_limited|rate_limit_e|model_rate_limit|toomanyrequests|too_many_requests|throttlingexc",
    ),
    (413, "requesttoolarge|payloadtoolarge|contenttoolarge|entitytoolarge|request_too_large"),
    (404, "notfounderror|notfoundexception|not_found_error|model_not_found|was not found.\""),
    (504, "gatewaytimeout"),
    (503, "serviceunavailable|overloadederror|overloadedexception|provideroverloaded"),
    (500, "internalservererror|internal_server_error"),
    // Sentences: words that people read, in the languages of the programs that reword what Mistral says.
    (
        401,
        "invalid api key|incorrect api key|api key is invalid|api key not valid|api key is not valid|invalid api token|\
            check your api key|clé api invalide|clé d’api invalide|clé d'api invalide|ungültiger api|api-schlüssel ist ungültig|\
            nieprawidłowy klucz api|nieprawidłowy api|api key non valid|chiave api non valid|chave de api inválida|chave api inválida|clave de api no válida|\
            clave api no válida|clave de api inválida|clave api inválida|api ключ недейств|неверный api|api-ключ недейств|\
            密钥无效|无效的 api|无效的api|api key 无效|api key无效|apiキーが無効|apiキーが正しく",
    ),
    (
        429,
        "rate limit exceeded|ratelimit exceeded|rate limit reached|rate limit hit|hit a rate limit|hit the rate limit|provider rate limit|\
            exceeded the rate limit|exceeded your rate limit|rate limited|rate-limited|rate limit error|ratenlimit|przekroczono limit|\
            too many requests|limite de requêtes|limite de débit|trop de requêtes|zu viele anfragen|\
            anfragelimit|demasiadas solicitudes|límite de solicitudes|límite de peticiones|muitas requisições|\
            muitas solicitações|limite de requisições|troppe richieste|limite di richieste|слишком много запросов|\
            请求过于频繁|请求过多|速率限制|频率限制|リクエストが多すぎ|レート制限",
    ),
    (402, "payment required|insufficient credit|budget exhausted"),
    (404, "model not found|unknown model|no such model"),
    (
        503,
        "service unavailable|temporarily unavailable|service indisponible|dienst nicht verfügbar|服务不可用|服务暂时不可用",
    ),
    (504, "gateway time-out|gateway timeout"),
];

/// What HTTP calls its statuses, in lower case.
const PHRASES: [(u16, &str); 12] = [
    (401, "unauthorized"),
    (403, "forbidden"),
    (404, "not found"),
    (400, "bad request"),
    (402, "payment required"),
    (413, "payload too large"),
    (422, "unprocessable entity"),
    (422, "unprocessable content"),
    (429, "too many requests"),
    (500, "internal server error"),
    (502, "bad gateway"),
    (503, "service unavailable"),
];

/// The status that a name or a sentence stands for, and the word that says so.
pub(super) fn status(lower: &str) -> Option<Told> {
    let named = NAMES.iter().find_map(|(status, words)| {
        let word = words.split('|').find(|word| scan::find(lower, word, 0).is_some())?;
        Some((*status, word))
    });
    named.or_else(|| PHRASES.into_iter().find(|(_, phrase)| is_alone(lower, phrase)))
}

/// Whether all that a client says is a phrase: behind a colon or a quote, at the end of a line or a text.
fn is_alone(lower: &str, phrase: &str) -> bool {
    scan::find(lower, phrase, 0).is_some_and(|at| {
        let before = lower.get(..at).unwrap_or_default();
        let (rest, _) = scan::line(lower.get(at + phrase.len()..).unwrap_or_default());
        scan::ends(before, ": |\"|'|“") && scan::skip(rest, " .,\"'`)]}").trim_start_matches('”').len() < 2
    })
}
