//! Takes off what terminals, containers and collectors of logs put around the lines of a text, so that the rest reads as
//! if it had been copied at its source.

use super::lead::LEADS;
use super::{python, scan};
use std::borrow::Cow;

/// Rounds of taking off: a container's name, then a time, then a program's name.
const MOST_LAYERS: usize = 4;

/// How a line begins that a frame of a terminal is drawn around, with `|` between.
const FRAME: &str = "╭|╰|┌|└|├|━|─|═|+--|+==|┏|┗|╔|╚";

/// A text without colours, and without what *every* line of it begins with.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let mut plain = without_colours(text);
    for _ in 0..MOST_LAYERS {
        let mut around = LEADS.iter().chain(&[border as fn(&str) -> Option<&str>]);
        let Some(bare) = around.find_map(|take_off| without(&plain, *take_off)) else { break };
        plain = Cow::Owned(bare);
    }
    plain
}

/// A text without what all of its lines have around them; `None` if one has it not.
fn without(text: &str, take_off: fn(&str) -> Option<&str>) -> Option<String> {
    let (mut bare, mut rest, mut lines) = (String::with_capacity(text.len()), text, 0_usize);
    while !rest.is_empty() {
        let (line, behind) = scan::line(rest);
        rest = behind;
        if !scan::begins(line.trim_start(), FRAME) && !line.trim().is_empty() {
            bare.push_str(take_off(line)?);
            lines += 1;
        }
        bare.push('\n');
    }
    // One line alone shows no pattern.
    (lines > 1).then(|| bare.trim().to_owned())
}

/// The sides of a frame: `│ … │`.
fn border(line: &str) -> Option<&str> {
    let inner = line.trim();
    let side = inner.chars().next().filter(|side| matches!(side, '│' | '┃' | '║' | '|' | '▌' | '▏'))?;
    let inner = inner.strip_prefix(side)?;
    Some(inner.strip_suffix(side).unwrap_or(inner).trim_end())
}

/// A text without the codes that colour it, also where the sign that begins them was lost on the way: `[92m`.
fn without_colours(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let (mut rest, mut kept) = (text, text);
    while let Some(at) = scan::find(rest, "[", 0) {
        let (code, behind) = scan::leading(rest.get(at + 1..).unwrap_or_default(), false, "0123456789;?");
        let before = rest.get(..at).unwrap_or_default();
        let escaped = before.ends_with('\u{1b}');
        rest = behind;
        let letter = behind.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
        if letter && (escaped || (!code.is_empty() && behind.starts_with('m'))) {
            let end = kept.len() - behind.len() - code.len() - 1 - usize::from(escaped);
            plain.push_str(kept.get(..end).unwrap_or_default());
            rest = behind.get(1..).unwrap_or_default();
            kept = rest;
        }
    }
    if plain.is_empty() && kept.len() == text.len() {
        return Cow::Borrowed(text);
    }
    plain.push_str(kept);
    Cow::Owned(plain)
}

/// An HTTP answer that stands in a text as one string of another language, `"HTTP/2 400 \r\ndate: …"`, without its escapes.
pub(super) fn escaped_answer(text: &str) -> Option<String> {
    let start = scan::find(text, "HTTP/", 0)?;
    let answer = text.get(start..)?;
    let (line, _) = scan::line(answer);
    let status = scan::before(line, "\\r\\n");
    // Only behind a status line is it an answer's head.
    if status.len() == line.len() || !scan::leading(status, true, "/.").1.starts_with(' ') {
        return None;
    }
    let mut escaped = false;
    let end = answer.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    let string = answer.get(..end.unwrap_or(answer.len()))?;
    let (bytes, _) = python::unescaped(string.as_bytes(), string.len());
    String::from_utf8(bytes).ok()
}

/// The events in byte strings of Python, `b'data: {…}\n\n'`, one after the other; empty without any.
pub(super) fn printed_events(text: &str) -> String {
    const DATA: &str = "data:";
    let (mut events, mut from) = (String::new(), 0);
    while let Some(at) = scan::find(text, DATA, from) {
        from = at + DATA.len();
        let (before, string) = text.split_at_checked(at).unwrap_or_default();
        // Without a blank and JSON it may be the address of a picture.
        if !scan::ends(before, "b'|b\"") || !scan::begins(string, "data: |data:{|data:[") {
            continue;
        }
        let quote = before.as_bytes().last().copied().unwrap_or_default();
        let mut escaped = false;
        let end = string.bytes().position(|byte| {
            let ends = byte == quote && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let string = string.get(..end.unwrap_or(string.len())).unwrap_or_default();
        let (bytes, _) = python::unescaped(string.as_bytes(), string.len());
        events.push_str(&String::from_utf8_lossy(&bytes));
        events.push('\n');
        from = at + string.len();
    }
    events
}
