//! Finds the key in a line of code, a header, a command or a whole `.env` file.

use super::glyphs::{BLANKS, is_quote};
use super::{Repair, recognise};
use crate::core::work;

/// How many characters before a `=` or `:` may belong to the name of a key.
const NAME_WINDOW: usize = 96;

/// Shortest word behind `Bearer` in running text that is taken for a key.
const BEARER_LEAST: usize = 8;

/// Header names that carry a key.
const HEADERS: [&str; 4] = ["authorization", "proxy-authorization", "x-api-key", "api-key"];

/// Words that may stand before the name of a key.
const LEADS: [&str; 21] = [
    "-", "export", "set", "setx", "env", "const", "let", "var", "final", "declare", "-x", "-gx", "-e", "-h",
    "--env", "--header", "curl", "my", "the", "mistral", "api",
];

/// Words that make what follows a key even without `=`, as in `setx NAME value`.
const SETTERS: [&str; 3] = ["set", "setx", "env"];

/// A value with its name in front.
pub(super) struct Named<'t> {
    /// How the name is to be called when it is removed.
    pub(super) repair: Repair,
    /// The value, which may be wrapped in further layers.
    pub(super) value: &'t str,
    name: &'t str,
}

/// The value of `NAME=value`, `"name": value`, `Header: value`, `setx NAME value` and the like, if the name is
/// that of a key and nothing but such words stands before it.
pub(super) fn naming(text: &str) -> Option<Named<'_>> {
    work::step(text.len().min(NAME_WINDOW));
    for (at, operator) in text.char_indices().take(NAME_WINDOW) {
        if operator == '\n' {
            break;
        }
        if matches!(operator, ':' | '=' | ',')
            && let Some((before, rest)) = text.split_at_checked(at)
            && let Some(named) = assigned(before, operator, rest)
        {
            return Some(named);
        }
    }
    set_by_word(text)
}

fn assigned<'t>(before: &'t str, operator: char, rest: &'t str) -> Option<Named<'t>> {
    work::step(before.len());
    let value = rest
        .strip_prefix(":=")
        .or_else(|| rest.strip_prefix("=>"))
        .or_else(|| rest.strip_prefix(operator))?;
    // A comparison, or the padding of Base64.
    if value.starts_with('=') {
        return None;
    }
    let value = value.trim_start_matches(BLANKS);
    // `SetEnvironmentVariable('NAME', 'value')`, but not `getenv("NAME", "")`.
    let call = || before.to_ascii_lowercase();
    if operator == ','
        && !(before.ends_with(is_quote) && call().contains("set") && value.starts_with(is_quote))
    {
        return None;
    }
    // The value is missing, and a remark says so.
    let value = if value.starts_with("# ") { "" } else { value };
    let head =
        before.trim_end_matches(|c| BLANKS.contains(&c) || is_quote(c) || matches!(c, ']' | ')' | '\\'));
    let prefix = head.trim_end_matches(is_name_character);
    let name = head.strip_prefix(prefix)?;
    let opened = prefix.trim_end_matches(is_quote).ends_with(['(', '{', '[']);
    let introduced = words(prefix).all(|word| LEADS.iter().any(|lead| lead.eq_ignore_ascii_case(word)));
    if !names_a_key(name)
        || (value.is_empty() && !names_only_a_key(name))
        || !(introduced || opened)
        || prefix.contains("${")
        || words(prefix).any(recognise::is_mistral)
    {
        return None;
    }
    // What the name's side has opened is closed behind the value.
    let value = if opened { value.trim_end_matches(['}', ')', ']', ';', ',', ' ', '\n']) } else { value };
    let header = operator == ':' && HEADERS.iter().any(|header| header.eq_ignore_ascii_case(name));
    Some(Named { repair: if header { Repair::Header } else { Repair::Assignment }, value, name })
}

/// `setx NAME value`, `set -gx NAME value`, `ENV NAME value`, `--api-key value`.
fn set_by_word(text: &str) -> Option<Named<'_>> {
    let (first, mut rest) = first_word(text)?;
    let mut name = first;
    if SETTERS.iter().any(|setter| setter.eq_ignore_ascii_case(first)) {
        (name, rest) = first_word(rest.trim_start())?;
        if name.starts_with('-') {
            (name, rest) = first_word(rest.trim_start())?;
        }
    } else if !first.starts_with("--") {
        return None;
    }
    let value = rest.trim_start();
    (name.chars().all(is_name_character) && names_a_key(name) && !value.is_empty()).then_some(Named {
        repair: Repair::Assignment,
        value,
        name,
    })
}

/// The text up to the first blank, if that is near, and the text behind it.
fn first_word(text: &str) -> Option<(&str, &str)> {
    let (at, _) = text.char_indices().take(NAME_WINDOW).find(|&(_, character)| character == ' ')?;
    text.split_at_checked(at)
}

pub(super) fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

fn names_a_key(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    !recognise::is_mistral(name)
        && ["key", "token", "secret", "auth", "bearer", "mistral"].iter().any(|word| lower.contains(word))
}

/// Whether a name in lower case is that of a secret, whosever it is.
pub(super) fn names_a_secret(name: &str) -> bool {
    ["key", "token", "secret"].iter().any(|word| name.contains(word))
}

/// Such as `MISTRAL_API_KEY`, so clearly a name that even an empty value does not make it a key.
fn names_only_a_key(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    HEADERS.contains(&lower.as_str())
        || (lower.contains(['_', '-']) && (lower.ends_with("key") || lower.ends_with("token")))
}

/// In a text of several lines the only one that gives Mistral's key its value, as in a `.env` file.
pub(super) fn mistral_line(text: &str) -> Option<&str> {
    let mut lines =
        text.split('\n').map(|line| line.trim_matches(BLANKS)).filter(|line| !line.is_empty()).peekable();
    work::step(text.len());
    let (mut sole, mut count) = (Sole::None, 0);
    while let Some(line) = lines.next() {
        count += 1;
        let complete = !lines.peek().copied().is_some_and(may_continue_a_key);
        let is_mistral = |named: &Named<'_>| {
            let name = named.name.to_ascii_lowercase();
            name.contains("mistral") && names_a_secret(&name)
        };
        if complete && naming(line).as_ref().is_some_and(is_mistral) {
            sole.see(line);
        }
    }
    if count > 1 { sole.get() } else { None }
}

/// A line with a single bare word may be the other half of a key that was wrapped.
fn may_continue_a_key(line: &str) -> bool {
    !line.contains(['=', ':', '#', ' ']) && line.contains(|c: char| c.is_ascii_alphanumeric())
}

/// The only word of a text that is a Mistral key, else the only one that follows `Bearer`.
pub(super) fn key(text: &str) -> Option<&str> {
    work::step(text.len());
    let (mut prefixed, mut legacy, mut bearer) = (Sole::None, Sole::None, Sole::None);
    let mut after_bearer = false;
    for word in words(text) {
        if recognise::is_prefixed(word) {
            prefixed.see(word);
        } else if recognise::is_legacy(word) && has_both_cases(word) {
            legacy.see(word);
        }
        if after_bearer && word.len() >= BEARER_LEAST && word.contains(|c: char| c.is_ascii_digit()) {
            bearer.see(word);
        }
        after_bearer = word.eq_ignore_ascii_case("bearer");
    }
    let found = prefixed.get().or(legacy.get()).or(bearer.get())?;
    (found.len() < text.len()).then_some(found)
}

/// The only word of a text that has the format of a Mistral key.
pub(super) fn mistral_key(text: &str) -> Option<&str> {
    key(text).filter(|word| recognise::is_mistral(word))
}

/// Random letters practically always have both. Request ids and checksums have one.
fn has_both_cases(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_lowercase()) && word.contains(|c: char| c.is_ascii_uppercase())
}

/// The words of a text, without the punctuation of prose, code and shells around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let separates = |c: char| {
        BLANKS.contains(&c)
            || is_quote(c)
            || matches!(
                c,
                ',' | ';' | ':' | '<' | '>' | '(' | ')' | '{' | '}' | '[' | ']' | '|' | '&' | '\\' | '$'
            )
    };
    text.split(separates)
        .map(|word| word.rsplit_once('=').map_or(word, |(_, value)| value).trim_matches('.'))
        .filter(|word| !word.is_empty())
}

/// The one value seen, if only one was.
#[derive(Clone, Copy)]
enum Sole<'t> {
    None,
    One(&'t str),
    Several,
}

impl<'t> Sole<'t> {
    fn see(&mut self, value: &'t str) {
        *self = match *self {
            Self::None => Self::One(value),
            Self::One(seen) if seen == value => Self::One(seen),
            _ => Self::Several,
        };
    }

    fn get(self) -> Option<&'t str> {
        match self {
            Self::One(value) => Some(value),
            Self::None | Self::Several => None,
        }
    }
}
