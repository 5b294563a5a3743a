//! What has changed from one table to another, in lines.

use std::collections::BTreeSet;

use serde_json::Value;

/// As many lines are read by nobody.
const MOST: usize = 40;

/// The changes from the old table to the new one, a line each.
pub(super) fn between(old: &str, new: &str) -> String {
    let (Ok(old), Ok(new)) = (serde_json::from_str::<Value>(old), serde_json::from_str::<Value>(new)) else {
        return "it cannot be read".to_owned();
    };
    let mut lines = Vec::new();
    collect("", &old, &new, &mut lines);
    if lines.is_empty() {
        lines.push("it says the same, written otherwise".to_owned());
    }
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.join("\n")
}

fn collect(place: &str, old: &Value, new: &Value, lines: &mut Vec<String>) {
    if let (Value::Object(old), Value::Object(new)) = (old, new) {
        for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let place = format!("{place}/{name}");
            match (old.get(name), new.get(name)) {
                (Some(old), Some(new)) => collect(&place, old, new, lines),
                (Some(old), None) => lines.push(format!("{place}: no more {old}")),
                (None, Some(new)) => lines.push(format!("{place}: new {new}")),
                (None, None) => {}
            }
        }
    } else if old != new {
        lines.push(format!("{place}: {old} has become {new}"));
    }
}
