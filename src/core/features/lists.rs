//! Lists as proofs: a list that came may be read. Its entries are the user's, and are counted, not shown.

use crate::core::features::Feature;
use crate::core::monthly_cost::grouped;
use serde_json::Value;

/// Looks for a list: the array alone, or `data` or `items` with one.
///
/// # Errors
/// A sentence that says that there is none.
pub(super) fn proof(feature: Feature, json: &Value) -> Result<String, String> {
    let named = || ["data", "items"].into_iter().find_map(|name| json.get(name)?.as_array());
    let entries = json.as_array().or_else(named).ok_or("The answer is JSON, but no list.")?;
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
