//! What a list proves: that it may be read. What is in it is the user's and is counted, not shown.

use crate::core::exchange::Exchange;
use crate::core::features::{Feature, State, judge};
use crate::core::mistral::wire::{MAX_ID, read_json};
use crate::core::prices::calculator::grouped;
use serde_json::Value;

/// Looks for a list: the array alone, or `data` or `items` with one.
///
/// # Errors
/// A sentence that says that there is none.
pub(super) fn proof(feature: Feature, json: &Value) -> Result<String, String> {
    let entries = entries(json).ok_or("The answer is JSON, but no list.")?;
    let total = json.get("total").or_else(|| json.pointer("/pagination/total_items")).and_then(Value::as_u64);
    let listed = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    Ok(match total.unwrap_or(listed).max(listed) {
        0 => "The list came, and is empty.".to_owned(),
        count => {
            let (one, many) = nouns(feature);
            let noun = if count == 1 { one } else { many };
            let more = if total.is_some() { "; the first page was read" } else { " on the first page" };
            format!("{} {noun}{more}.", grouped(count))
        }
    })
}

/// The id of the first voice of a list that came.
pub(super) fn first_voice(voices: &Exchange) -> Option<String> {
    if !matches!(judge(Feature::Voices, voices), State::Works { .. }) {
        return None;
    }
    let json = read_json(&voices.answer()?.body).ok()?;
    let id = entries(&json)?.first()?.get("id")?.as_str()?;
    (!id.is_empty() && id.len() <= MAX_ID).then(|| id.to_owned())
}

fn entries(json: &Value) -> Option<&Vec<Value>> {
    json.as_array().or_else(|| ["data", "items"].into_iter().find_map(|name| json.get(name)?.as_array()))
}

const fn nouns(feature: Feature) -> (&'static str, &'static str) {
    match feature {
        Feature::Files => ("file", "files"),
        Feature::Batch => ("batch job", "batch jobs"),
        Feature::Agents => ("agent", "agents"),
        Feature::Conversations => ("conversation", "conversations"),
        Feature::Libraries => ("library", "libraries"),
        Feature::Voices => ("voice", "voices"),
        _ => ("entry", "entries"),
    }
}
