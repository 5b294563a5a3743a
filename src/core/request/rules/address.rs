//! Where a request goes: Mistral's host, over TLS, with `/v1` once and the path of a call once.

use super::Case;
use super::editor::Changes;
use crate::core::lifecycle::{is_mistrals, without_provider};
use crate::core::request::read::{Address, Purpose, Request};
use crate::core::request::schema::Call;

/// Hosts that stand where Mistral's should, and why they do not answer.
const HOSTS: [(&str, &str); 6] = [
    (
        "codestral.mistral.ai",
        "This host takes keys of its own and has been going out of service since July 2026. With an API key Codestral answers at api.mistral.ai.",
    ),
    ("api.mistral.com", "Mistral’s API is at api.mistral.ai."),
    ("mistral.ai", "Mistral’s API is at api.mistral.ai."),
    ("www.mistral.ai", "Mistral’s API is at api.mistral.ai."),
    ("console.mistral.ai", "The console is for people. The API is at api.mistral.ai."),
    (
        "api.openai.com",
        "That is OpenAI’s host, which refuses a key of Mistral’s. Mistral’s is api.mistral.ai.",
    ),
];

pub(super) fn repair(case: &Case<'_>, changes: &mut Changes) {
    give_home(case, changes);
    for address in &case.request.addresses {
        let Some((to, why)) = repaired(address, case.call, has_messages(case)) else { continue };
        let reason = changes.reason("the address", why.join(" "));
        changes.replace(address.span.clone(), to, reason);
    }
}

/// Whether the model that a request names is one of Mistral's.
fn names_mistral(request: &Request) -> bool {
    let model = request.body.as_ref().and_then(|body| body.root.get("model")?.text()).unwrap_or_default();
    is_mistrals(without_provider(model))
}

/// Whether a request goes to `OpenAI`, with a model of its own.
pub fn is_others(request: &Request) -> bool {
    let of_openai = |address: &Address| address.text.to_ascii_lowercase().contains("://api.openai.com");
    request.addresses.iter().any(of_openai) && !names_mistral(request)
}

/// A client of `OpenAI`'s that is to run a model of Mistral's asks `OpenAI` unless it is told otherwise.
fn give_home(case: &Case<'_>, changes: &mut Changes) {
    let Some((at, words)) = &case.request.homeless else { return };
    if names_mistral(case.request) {
        let why = "Without an address OpenAI’s client asks OpenAI, which refuses a key of Mistral’s.";
        let reason = changes.reason("the address", why);
        changes.replace(*at..*at, words.clone(), reason);
    }
}

fn has_messages(case: &Case<'_>) -> bool {
    case.request.body.as_ref().is_some_and(|body| body.root.get("messages").is_some())
}

/// The address as it should be, and why; none where it is right, or none of an API.
fn repaired(address: &Address, call: Option<Call>, messages: bool) -> Option<(String, Vec<&'static str>)> {
    let (scheme, rest) = address.text.split_once("://")?;
    let (place, query) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    let (host, path) = place.split_at(place.find('/').unwrap_or(place.len()));
    let lower = host.to_ascii_lowercase();
    let base = address.purpose != Purpose::Call;
    let mut why = Vec::new();
    let (path, of_path) = self::path(path, address.purpose, call, messages);
    let wrong = HOSTS.into_iter().find(|(wrong, _)| *wrong == lower);
    let of_api = lower.starts_with("api.") && lower.ends_with(".mistral.ai");
    // A page about keys is no address of a call.
    let calls = base || is_call(&path) || path.contains("/v1");
    if !calls || !(of_api || wrong.is_some()) {
        return None;
    }
    let host = match wrong {
        Some((_, because)) => {
            why.push(because);
            "api.mistral.ai"
        }
        None => host,
    };
    why.extend(of_path);
    if scheme != "https" {
        why.push("Mistral’s hosts answer over https.");
    }
    (!why.is_empty()).then(|| (format!("https://{host}{path}{query}"), why))
}

fn is_call(path: &str) -> bool {
    Call::of_path(path.trim_end_matches('/')).is_some()
}

/// The path as it should be, and why.
fn path(path: &str, purpose: Purpose, call: Option<Call>, messages: bool) -> (String, Option<&'static str>) {
    let mut out = path.to_owned();
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    let slashes = (out != path).then_some("The path has two slashes in a row.");
    let once = once(&out);
    if once != out {
        return (own(&once, purpose, call, messages).0, Some("Part of the path stands there twice."));
    }
    let (out, why) = own(&out, purpose, call, messages);
    (out, why.or(slashes))
}

/// A path in which nothing stands twice in a row.
fn once(path: &str) -> String {
    let mut out = path.to_owned();
    for part in ["/v1", "/chat/completions", "/embeddings", "/fim/completions"] {
        let twice = [part, part].concat();
        while out.contains(&twice) {
            out = out.replace(&twice, part);
        }
        // As a base address with a whole path in it gives: `/v1/chat/completions/v1/chat/completions`.
        let whole = ["/v1", part, "/v1", part].concat();
        if part != "/v1" && out.ends_with(&whole) {
            out = out.replace(&whole, &["/v1", part].concat());
        }
    }
    out
}

fn own(path: &str, purpose: Purpose, call: Option<Call>, messages: bool) -> (String, Option<&'static str>) {
    let trimmed = path.trim_end_matches('/');
    match purpose {
        Purpose::BaseWithVersion if trimmed.is_empty() => {
            ("/v1".to_owned(), Some("The base address of this client ends in /v1."))
        }
        Purpose::BaseWithVersion if trimmed != "/v1" && is_call(trimmed) => (
            "/v1".to_owned(),
            Some("The client adds the path of the call itself: its base address ends in /v1."),
        ),
        Purpose::BaseAlone if trimmed == "/v1" || is_call(trimmed) => (
            String::new(),
            Some("Mistral’s package adds /v1 and the path itself: its server address has neither."),
        ),
        Purpose::Call => match wanted(trimmed, call, messages) {
            Some((to, why)) => (to, Some(why)),
            None => (path.to_owned(), None),
        },
        _ => (path.to_owned(), None),
    }
}

/// The path that a call should have gone to.
fn wanted(path: &str, call: Option<Call>, messages: bool) -> Option<(String, &'static str)> {
    let versioned = ["/v1", path].concat();
    if Call::of_path(path).is_none() && Call::of_path(&versioned).is_some() {
        return Some((versioned, "Mistral’s paths begin with /v1."));
    }
    let behind = path.strip_prefix("/api").filter(|rest| Call::of_path(rest).is_some());
    if let Some(behind) = behind {
        return Some((behind.to_owned(), "Mistral’s paths begin with /v1."));
    }
    match path {
        "/v1/ocr/process" => Some((Call::Ocr.path().to_owned(), "Documents are read at /v1/ocr.")),
        "/v1/completions" | "/v1/chat" | "/v1" | "" if messages => {
            let call = call.filter(|call| *call == Call::Agents).unwrap_or(Call::Chat);
            Some((call.path().to_owned(), "Messages go to /v1/chat/completions."))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::repaired;
    use crate::core::request::read::{Address, Purpose};

    #[test]
    fn an_address_is_led_to_the_call() {
        for (from, purpose, to) in [
            ("https://api.mistral.ai/v1/chat/completions", Purpose::Call, None),
            ("https://api.eu.mistral.ai/v1/models", Purpose::Call, None),
            ("https://console.mistral.ai/api-keys", Purpose::Call, None),
            ("https://docs.mistral.ai/v1", Purpose::Call, None),
            (
                "https://api.mistral.ai/chat/completions",
                Purpose::Call,
                Some("https://api.mistral.ai/v1/chat/completions"),
            ),
            (
                "http://api.mistral.ai/v1/v1/embeddings",
                Purpose::Call,
                Some("https://api.mistral.ai/v1/embeddings"),
            ),
            (
                "https://api.openai.com/v1/chat/completions",
                Purpose::Call,
                Some("https://api.mistral.ai/v1/chat/completions"),
            ),
            (
                "https://codestral.mistral.ai/v1/fim/completions",
                Purpose::Call,
                Some("https://api.mistral.ai/v1/fim/completions"),
            ),
            (
                "https://api.mistral.ai/v1/chat/completions/chat/completions",
                Purpose::Call,
                Some("https://api.mistral.ai/v1/chat/completions"),
            ),
            ("https://api.mistral.ai//v1/ocr", Purpose::Call, Some("https://api.mistral.ai/v1/ocr")),
            (
                "https://api.mistral.ai/v1/ocr/process?x=1",
                Purpose::Call,
                Some("https://api.mistral.ai/v1/ocr?x=1"),
            ),
            (
                "https://api.mistral.ai/v1/completions",
                Purpose::Call,
                Some("https://api.mistral.ai/v1/chat/completions"),
            ),
            ("https://api.mistral.ai", Purpose::BaseWithVersion, Some("https://api.mistral.ai/v1")),
            ("https://api.mistral.ai/v1/", Purpose::BaseWithVersion, None),
            (
                "https://api.mistral.ai/v1/chat/completions",
                Purpose::BaseWithVersion,
                Some("https://api.mistral.ai/v1"),
            ),
            ("https://api.mistral.ai/v1", Purpose::BaseAlone, Some("https://api.mistral.ai")),
        ] {
            let address = |text: &str| Address { span: 0..0, text: text.to_owned(), purpose };
            let found = repaired(&address(from), None, true).map(|(to, _)| to);
            assert_eq!(found.as_deref(), to, "{from}");
            if let Some(to) = found {
                assert_eq!(repaired(&address(&to), None, true), None, "{to}");
            }
        }
    }
}
