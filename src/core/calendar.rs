//! A day for a calendar, as a file that calendars take: iCalendar, RFC 5545. One event without a time of day, with a reminder.

use crate::core::time::{Date, UtcSecond};
use crate::core::work;

/// The most octets of a line, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// Something to be done on a day.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The day.
    pub day: Date,
    /// What it is called in the calendar.
    pub title: &'a str,
    /// What is to be done, a line each.
    pub steps: &'a [&'a str],
    /// When the file was made; with the day it makes the name that no other event has.
    pub made: UtcSecond,
}

/// The event as a file.
pub fn file(event: &Event<'_>) -> String {
    let day = digits(&event.day.to_string());
    let made = digits(&event.made.to_string());
    let (title, steps) = (text(event.title), text(&event.steps.join("\n")));
    let mut out = String::new();
    for content in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mistral API key tester//Key rotation//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        &format!("UID:{made}-{day}@mistral-key-tester.invalid"),
        &format!("DTSTAMP:{made}"),
        &format!("DTSTART;VALUE=DATE:{day}"),
        &format!("SUMMARY:{title}"),
        &format!("DESCRIPTION:{steps}"),
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        &format!("DESCRIPTION:{title}"),
        // At nine in the morning of that day, wherever the user is.
        "TRIGGER:PT9H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ] {
        line(&mut out, content);
    }
    out
}

/// A date or time without what stands between its digits.
fn digits(iso: &str) -> String {
    iso.replace(['-', ':'], "")
}

/// A text as a value: what would end it is escaped (RFC 5545, 3.3.11). Other controls than a line break are none of a text.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    work::step(words.len());
    for character in words.chars() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// Appends a line, folded where it is longer than a line may be. No character is cut in two.
fn line(out: &mut String, content: &str) {
    let mut used = 0;
    work::step(content.len());
    for character in content.chars() {
        if used + character.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(character);
        used += character.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests;
