//! Finds Mistral's key in settings of several vendors, where the name of a section says whose it is.

use super::extract::{is_name_character, names_a_secret};
use super::glyphs::{BLANKS, is_quote};
use crate::core::work;

/// How many bytes before a `:`, `=` or `]` may belong to a name.
const NAME_WINDOW: usize = 96;

/// Names whose value says whose settings these are.
const WHOSE: [&str; 5] = ["provider", "vendor", "name", "type", "service"];

/// The only value of a key in settings named after Mistral, where a section's name says so or other keys stand beside,
/// and what follows it in its line: `"Mistral": { "ApiKey": "…"`, `mistral:` over `api_key: …`, `[mistral]` over
/// `api_key = …`, `provider: mistral` beside `api_key: …`.
pub(super) fn mistral_value(text: &str) -> Option<&str> {
    let (mut inside, mut nested, mut sectioned, mut found) = (false, false, false, None);
    let (mut mistrals, mut others) = (0, 0);
    work::step(text.len());
    for (at, operator) in text.match_indices([':', '=', ']']) {
        let (before, behind) = text.split_at_checked(at)?;
        let behind = behind.get(operator.len()..)?.trim_start_matches(' ');
        let name = name_before(before).to_ascii_lowercase();
        work::step(NAME_WINDOW.min(at));
        if name.is_empty() {
            continue;
        }
        if operator == "]" || behind.starts_with(['{', '\n']) {
            // A section at once within another belongs to it.
            inside = name.contains("mistral") || inside && nested;
            nested = true;
        } else if names_a_secret(&name) {
            if inside || name.contains("mistral") {
                mistrals += 1;
                sectioned |= inside;
                found = Some(behind);
            } else {
                others += 1;
            }
        } else {
            nested = false;
            if WHOSE.contains(&name.as_str()) {
                let value = behind.trim_start_matches(is_quote).get(..7).unwrap_or_default();
                inside = value.eq_ignore_ascii_case("mistral");
            }
        }
    }
    found.filter(|_| mistrals == 1 && (sectioned || others > 0))?.split('\n').next()
}

/// The name that ends a text, without its quotes.
fn name_before(text: &str) -> &str {
    let window =
        text.get(text.ceil_char_boundary(text.len().saturating_sub(NAME_WINDOW))..).unwrap_or_default();
    let head = window.trim_end_matches(|c| BLANKS.contains(&c) || is_quote(c));
    head.get(head.trim_end_matches(is_name_character).len()..).unwrap_or_default()
}
