//! The legal ways of writing the same events, for tests of whoever reads them.

/// How an event is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// How its lines end.
    pub end: &'static str,
    /// Whether a blank follows the colon.
    pub blank: bool,
    /// Whether comments and fields that mean nothing stand around it.
    pub noise: bool,
    /// Whether data that is an object is broken into two lines.
    pub broken: bool,
}

/// The three ends of a line.
pub const ENDS: [&str; 3] = ["\n", "\r", "\r\n"];

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Every form.
pub fn forms() -> Vec<Form> {
    let with = |bits: u8, end| Form { end, blank: bits & 1 > 0, noise: bits & 2 > 0, broken: bits & 4 > 0 };
    ENDS.into_iter().flat_map(|end| (0..8).map(move |bits| with(bits, end))).collect()
}

/// An event with `data`, its blank line behind it.
pub fn event(data: &str, form: Form) -> String {
    let Form { end, blank, noise, broken } = form;
    let field = if blank { "data: " } else { "data:" };
    let mut text = String::new();
    if noise {
        text.extend([": ping", end, end, ":", end, "id: 7", end, "retry:10", end, "event: chunk", end]);
    }
    let (first, rest) = data.split_at(usize::from(broken && data.starts_with('{')));
    for line in [first, rest].into_iter().filter(|line| !line.is_empty()) {
        text.extend([field, line, end]);
    }
    text + end
}

/// The same events in every form, with a byte order mark and without.
pub fn all(events: &[&str]) -> Vec<String> {
    let written = |form| -> String { events.iter().map(|data| event(data, form)).collect() };
    let plain: Vec<String> = forms().into_iter().map(written).collect();
    let marked = plain.iter().map(|text| [BYTE_ORDER_MARK, text].concat());
    marked.chain(plain.iter().cloned()).collect()
}
