//! What of the files never changes: a text for each engine with places for what does, `{{seed}}`.
//!
//! The program does not carry these texts, which only a press needs: the builder publishes them as one file. Its name does not end
//! with `.js`, though one of them is a script: no page could be made to run it.

use super::Engine;

/// The texts, in the order of [`Engine::ALL`], as they are published. The program must not name this.
pub const TEMPLATES: &str = concat!(
    include_str!("locust.txt"),
    "\u{c}",
    include_str!("k6.txt"),
    "\u{c}",
    include_str!("guidellm.txt")
);

/// What stands between two texts.
const BETWEEN: char = '\u{c}';

/// The text for an engine.
pub(super) fn of(engine: Engine, templates: &str) -> &str {
    let place = Engine::ALL.iter().position(|other| *other == engine);
    place.and_then(|place| templates.split(BETWEEN).nth(place)).unwrap_or_default()
}

/// A line of each text by which it is known.
pub fn telling_lines() -> impl Iterator<Item = &'static str> {
    TEMPLATES.split(BETWEEN).filter_map(|text| text.lines().max_by_key(|line| line.len()))
}

/// Puts values into their places; one without a value stays. What a value holds is no place.
pub(super) fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, place)) = rest.split_once("{{") {
        let Some((name, after)) = place.split_once("}}") else { break };
        out.push_str(before);
        match values.iter().find(|(other, _)| *other == name) {
            Some((_, value)) => out.push_str(value),
            None => out.extend(["{{", name, "}}"]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
