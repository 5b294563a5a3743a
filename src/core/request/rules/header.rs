//! How a request says who calls: `Authorization: Bearer` and the key, and for a command the kind of its body.

use super::Case;
use super::editor::Changes;
use crate::core::request::read::{Form, Header};

pub(super) fn repair(case: &Case<'_>, changes: &mut Changes) {
    let headers = &case.request.headers;
    let authorized = headers.iter().any(|header| header.name == "authorization");
    let mut moved = false;
    for header in headers {
        match header.name.as_str() {
            "content-type" => {}
            "authorization" => scheme(header, changes),
            // A second one that does not count harms nobody.
            _ if authorized || moved => {}
            _ => {
                moved = true;
                rename(case, header, changes);
            }
        }
    }
    if case.request.form == Form::Curl {
        key_in_address(case, authorized || moved, changes);
        kind_of_body(case, changes);
    }
}

const BEARER: &str = "Mistral reads the key from the header Authorization, behind the word Bearer.";

fn rename(case: &Case<'_>, header: &Header, changes: &mut Changes) {
    let written = case.text.get(header.named.clone()).unwrap_or_default();
    let reason = changes.reason(format!("the header {written}"), BEARER);
    changes.replace(header.named.clone(), "Authorization", reason);
    scheme_before(header, reason, changes);
}

/// Puts the word before the key, where it is not there.
fn scheme(header: &Header, changes: &mut Changes) {
    if let Some((from, to)) = &header.apart {
        let why = "A header is one word of the command: name and value in one pair of quotes.";
        let reason = changes.reason("the header Authorization", why);
        return changes.replace(from.clone(), format!("\"Authorization: {to}\""), reason);
    }
    if header.value.as_deref().is_some_and(|value| value.starts_with("Bearer Bearer ")) {
        let reason = changes.reason("the header Authorization", "The word Bearer stands there twice.");
        let start = header.valued.start;
        return changes.replace(start..start + "Bearer ".len(), "", reason);
    }
    let right =
        header.value.as_deref().is_none_or(|value| value.starts_with("Bearer ") || is_computed(value));
    if !right {
        let reason = changes.reason("the header Authorization", BEARER);
        scheme_before(header, reason, changes);
    }
}

/// Whether a value begins with what only the program knows: it may hold the word.
fn is_computed(value: &str) -> bool {
    value.starts_with(['{', '$', '%', '<']) || value.is_empty()
}

/// Words that stand before a key where `Bearer` should.
const OTHERS: [&str; 8] =
    ["bearer ", "Token ", "token ", "Basic ", "Key ", "Api-Key ", "ApiKey ", "Bearer: "];

fn scheme_before(header: &Header, reason: usize, changes: &mut Changes) {
    let start = header.valued.start;
    let Some(value) = &header.value else {
        return changes.replace(start..start, "\"Bearer \" + ", reason);
    };
    if value.starts_with("Bearer ") {
        return;
    }
    let other = OTHERS.into_iter().find(|other| value.starts_with(other)).map_or(0, str::len);
    changes.replace(start..start + other, "Bearer ", reason);
}

/// Names under which a key is put into an address.
const IN_ADDRESS: [&str; 5] = ["api_key=", "apikey=", "api-key=", "key=", "access_token="];

/// Moves a key from the address of a command into its header.
fn key_in_address(case: &Case<'_>, authorized: bool, changes: &mut Changes) {
    for address in &case.request.addresses {
        let Some((before, query)) = address.text.split_once('?') else { continue };
        let named = |part: &&str| IN_ADDRESS.iter().any(|name| part.to_ascii_lowercase().starts_with(name));
        let Some(part) = query.split('&').find(named) else { continue };
        let key = part.split_once('=').map_or("", |(_, key)| key);
        let rest: Vec<&str> = query.split('&').filter(|other| *other != part).collect();
        let to = if rest.is_empty() { before.to_owned() } else { format!("{before}?{}", rest.join("&")) };
        let reason = changes.reason("the address", format!("{BEARER} In an address it ends up in logs."));
        changes.replace(address.span.clone(), to, reason);
        if let Some(end) = case.request.command_end.filter(|_| !authorized && !key.is_empty()) {
            changes.replace(end..end, format!(" -H \"Authorization: Bearer {key}\""), reason);
        }
        return;
    }
}

const FORM: &str = "curl sends a body as a form unless it is told otherwise; Mistral reads JSON.";

/// Says of what kind the body of a command is: curl sends it as a form unless it is told.
fn kind_of_body(case: &Case<'_>, changes: &mut Changes) {
    let kind = case.request.headers.iter().find(|header| header.name == "content-type");
    let Some(body) = &case.request.body else { return };
    let words = case.text.get(..body.span().start).unwrap_or_default();
    let Some(end) = case.request.command_end.filter(|_| case.call.is_some()) else { return };
    match kind {
        None if !words.contains("--json") => {
            let reason = changes.reason("the header Content-Type", FORM);
            changes.replace(end..end, " -H 'Content-Type: application/json'", reason);
        }
        Some(header) if header.value.as_deref().is_some_and(|value| !value.contains("json")) => {
            let reason = changes.reason("the header Content-Type", FORM);
            changes.replace(header.valued.clone(), "application/json", reason);
        }
        _ => {}
    }
}
