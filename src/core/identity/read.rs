//! The reader of the two answers about a key's identity.

use super::{Identity, KeyInfo, Organization, Principal, PrincipalKind, Workspace};
use crate::core::mistral::wire::{printable, read_json};
use crate::core::time::Date;
use serde_json::Value;

/// Longest text that is shown, in characters: the length to which mail addresses are limited. What is longer ends in
/// `…`.
const MOST_CHARS: usize = 254;

/// Reads the answer to either call; `None` for a body that tells nothing of an owner.
pub fn read(body: &[u8]) -> Option<Identity> {
    let answer = read_json(body).ok()?;
    let mut identity = Identity {
        principal: principal(&answer),
        organization: part(&answer, "organization").and_then(organization),
        workspace: part(&answer, "workspace").and_then(workspace),
        key: part(&answer, "api_key").or_else(|| part(&answer, "key")).and_then(key),
    };
    if identity == Identity::default() {
        return None;
    }
    // Beside an owner a bare date can only be the key's.
    if let Some(expires) = expiry(&answer) {
        let key = identity.key.get_or_insert(KeyInfo { id: None, name: None, expires: None });
        key.expires = key.expires.or(Some(expires));
    }
    Some(identity)
}

/// An object in an object.
fn part<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.get(name).filter(|part| part.is_object())
}

/// The first of the fields that has a text, made fit for showing.
fn text(value: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| printable(value.get(name)?.as_str()?, MOST_CHARS))
}

/// Beside the person, or in an object of its own. An id alone could be anything's, so the fields of a person have to be
/// there, if only empty.
fn principal(answer: &Value) -> Option<Principal> {
    const OF_A_PERSON: [&str; 3] = ["email", "first_name", "last_name"];
    let of_a_person = |answer: &&Value| OF_A_PERSON.iter().any(|name| answer.get(name).is_some());
    let told = part(answer, "principal").or_else(|| Some(answer).filter(of_a_person))?;
    let service = told.get("principal_type").and_then(Value::as_str) == Some("service_account");
    let whole = [text(told, &["first_name"]), text(told, &["last_name"])];
    let whole: Vec<String> = whole.into_iter().flatten().collect();
    let principal = Principal {
        kind: if service { PrincipalKind::ServiceAccount } else { PrincipalKind::User },
        name: text(told, &["name"]).or_else(|| printable(&whole.join(" "), MOST_CHARS)),
        email: text(told, &["email"]),
        id: text(told, &["service_account_id", "id"]),
    };
    let anything = principal.name.is_some() || principal.email.is_some() || principal.id.is_some();
    anything.then_some(principal)
}

fn organization(told: &Value) -> Option<Organization> {
    let (id, name) = (text(told, &["id"]), text(told, &["name"]));
    let (tier, kind) = (text(told, &["org_tier", "tier"]), text(told, &["kind"]));
    let anything = id.is_some() || name.is_some() || tier.is_some() || kind.is_some();
    anything.then_some(Organization { id, name, tier, kind })
}

fn workspace(told: &Value) -> Option<Workspace> {
    let (id, name) = (text(told, &["id"]), text(told, &["name"]));
    (id.is_some() || name.is_some()).then_some(Workspace { id, name })
}

/// Reads names of fields, not whatever there is: another of them may be the key.
fn key(told: &Value) -> Option<KeyInfo> {
    let (id, name, expires) = (text(told, &["id", "key_id"]), text(told, &["name"]), expiry(told));
    (id.is_some() || name.is_some() || expires.is_some()).then_some(KeyInfo { id, name, expires })
}

/// The day under any of the names that Mistral's API has for it elsewhere.
fn expiry(told: &Value) -> Option<Date> {
    const NAMES: [&str; 4] = ["expires_at", "expiration_date", "expiration", "expires"];
    NAMES.iter().find_map(|name| Date::parse(told.get(name)?.as_str()?))
}
