//! A model list of any length, for a page that must stay quick however many fine-tuned models an account has.

use std::fmt::Write as _;

/// The word that every tenth model of [`models`] has in its name.
pub const TENTH: &str = "tenth";

/// Families and sizes that names are made of, so that a search finds few or many.
const KINDS: [&str; 7] = ["ministral", "mistral", "codestral", "devstral", "magistral", "voxtral", "pixtral"];
const SIZES: [&str; 5] = ["small", "medium", "large", "nano", "mini"];

/// The body of `GET /v1/models` with `count` models, one card each, all with names of their own. All of them chat, every
/// seventh sees.
pub fn models(count: usize) -> String {
    let mut body = String::from("{\"object\":\"list\",\"data\":[");
    for number in 0..count {
        if number > 0 {
            body.push(',');
        }
        let (kind, size) = (KINDS[number % KINDS.len()], SIZES[number % SIZES.len()]);
        let tenth = if number.is_multiple_of(10) { "-tenth" } else { "" };
        let name = format!("{kind}-{size}-{number:04}{tenth}");
        let vision = number.is_multiple_of(7);
        let _ = write!(
            body,
            "{{\"id\":\"{name}\",\"object\":\"model\",\"created\":1795420800,\"owned_by\":\"mistralai\",\
             \"capabilities\":{{\"completion_chat\":true,\"function_calling\":true,\"vision\":{vision}}},\
             \"name\":\"{name}\",\"description\":\"Model {number} of a long list.\",\"max_context_length\":131072,\
             \"aliases\":[],\"deprecation\":null,\"default_model_temperature\":0.3,\"type\":\"base\"}}"
        );
    }
    body.push_str("]}");
    body
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::{TENTH, models};

    #[test]
    fn each_model_is_another() {
        let list: Value = serde_json::from_str(&models(1_000)).expect("JSON");
        let cards = list["data"].as_array().expect("a list");
        let names: BTreeSet<&str> = cards.iter().filter_map(|card| card["name"].as_str()).collect();
        assert_eq!((cards.len(), names.len()), (1_000, 1_000));
        assert_eq!(names.iter().filter(|name| name.contains(TENTH)).count(), 100);
    }
}
