//! Server-sent events, read as they arrive.
//!
//! The format is that of the [HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html), without
//! `id` and `retry`: they are for connections that are opened again, and nobody here opens one again.
//!
//! The cuts between the pieces mean nothing: the same bytes give the same events. A piece costs time by its own length
//! only, and what is kept between pieces is never more than one event, of at most [`MAX_EVENT`] bytes.

use crate::core::work;
use std::mem;

/// Longest data of an event that is kept, in bytes. An event of a chat is below 1 kB.
pub const MAX_EVENT: usize = 1 << 20;

/// Longest name of an event that is kept, in bytes.
pub const MAX_NAME: usize = 100;

/// Bytes of an unfinished line that are kept. A field's name and a byte order mark fit in besides the longest data, so
/// a line that is longer than this holds more data than is kept.
const MAX_LINE: usize = MAX_EVENT + 16;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// One event that has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// What its `event` line says. `None` for a plain message.
    pub name: Option<String>,
    /// Its `data` lines, with a line feed between them. Bytes that are not UTF-8 became `U+FFFD`.
    pub data: String,
    /// Whether data or name were longer than [`MAX_EVENT`] or [`MAX_NAME`]: the front is here, the rest is lost.
    pub cut: bool,
}

/// Turns bytes into events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoder {
    /// The front of the line that has not ended, and whether it has one.
    line: Vec<u8>,
    /// The last piece ended with a carriage return: a line feed now would belong to it.
    after_return: bool,
    /// The first line, which may begin with a byte order mark, is over.
    begun: bool,
    name: Vec<u8>,
    /// `None` until the first `data` line: one with nothing in it makes an event too.
    data: Option<Vec<u8>>,
    cut: bool,
}

impl Decoder {
    /// Takes the next piece, of any length, and gives the events that end in it.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            if mem::take(&mut self.after_return) && first == b'\n' {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            // Blank lines end no event here, and a stream may have millions.
            if self.begun && !self.unfinished() && !self.cut && is_line_end(first) {
                let blank = rest.iter().position(|byte| !is_line_end(*byte)).unwrap_or(rest.len());
                work::step(blank);
                self.after_return = rest.get(blank - 1) == Some(&b'\r');
                rest = rest.get(blank..).unwrap_or_default();
                continue;
            }
            let end = rest.iter().position(|byte| is_line_end(*byte));
            work::step(end.unwrap_or(rest.len()) + 1);
            let Some(end) = end else {
                append(&mut self.line, rest, MAX_LINE);
                break;
            };
            let (line, ending) = rest.split_at(end);
            if self.line.is_empty() {
                self.end_line(line, &mut events);
            } else {
                append(&mut self.line, line, MAX_LINE);
                let mut whole = mem::take(&mut self.line);
                self.end_line(&whole, &mut events);
                // The next line goes to the same place.
                whole.clear();
                self.line = whole;
            }
            self.after_return = ending.first() == Some(&b'\r');
            rest = ending.get(1..).unwrap_or_default();
        }
        events
    }

    /// Whether something has begun that no blank line has ended. Were this the end of the stream, it would be lost.
    pub fn unfinished(&self) -> bool {
        !self.line.is_empty() || !self.name.is_empty() || self.data.is_some()
    }

    /// Reads a line, given without its ending.
    fn end_line(&mut self, line: &[u8], events: &mut Vec<Event>) {
        let first = !mem::replace(&mut self.begun, true);
        let line = if first { line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line) } else { line };
        if line.is_empty() {
            events.extend(self.dispatch());
            return;
        }
        // A comment.
        if line.first() == Some(&b':') {
            return;
        }
        work::step(line.len());
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let field = parts.next().unwrap_or_default();
        let value = parts.next().unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let fits = match (field, &mut self.data) {
            (b"data", Some(data)) => append(data, b"\n", MAX_EVENT) && append(data, value, MAX_EVENT),
            (b"data", none) => append(none.insert(Vec::new()), value, MAX_EVENT),
            (b"event", _) => {
                self.name.clear();
                append(&mut self.name, value, MAX_NAME)
            }
            // Fields that mean nothing here.
            _ => true,
        };
        self.cut |= !fits;
    }

    /// Ends the event. One without data is none, and its name is forgotten.
    fn dispatch(&mut self) -> Option<Event> {
        let name = mem::take(&mut self.name);
        let cut = mem::take(&mut self.cut);
        let data = self.data.take()?;
        Some(Event { name: (!name.is_empty()).then(|| text(name)), data: text(data), cut })
    }
}

/// The first line of a text without its ending, and what follows it. Any of the format's three ends a line, and so does the
/// text's.
pub fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(text.len());
    work::step(end + 1);
    let (line, rest) = text.split_at(end);
    let behind = rest.strip_prefix(b"\r\n").or_else(|| rest.get(1..));
    (line, behind.unwrap_or_default())
}

/// Whether a line means nothing in front of an event: a blank one, a comment, a field for connections that are opened again.
pub fn means_nothing(line: &[u8]) -> bool {
    line.is_empty() || [b":".as_slice(), b"id:", b"retry:"].iter().any(|start| line.starts_with(start))
}

/// Whether the first line of a text that means something gives an event its data or its name.
pub fn begins(text: &[u8]) -> bool {
    let mut rest = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    while !rest.is_empty() {
        let (first, behind) = line(rest);
        if !means_nothing(first) {
            return first.starts_with(b"data:") || first.starts_with(b"event:");
        }
        rest = behind;
    }
    false
}

const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Appends as much as there is room for, and says whether that was all.
fn append(kept: &mut Vec<u8>, bytes: &[u8], most: usize) -> bool {
    let room = most.saturating_sub(kept.len());
    let fitting = bytes.get(..room);
    kept.extend_from_slice(fitting.unwrap_or(bytes));
    work::step(bytes.len().min(room));
    fitting.is_none() || bytes.len() == room
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
pub(in crate::core) mod forms;
#[cfg(test)]
mod tests;
