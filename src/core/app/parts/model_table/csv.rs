//! The rows that were found as a table for other programs, after RFC 4180: numbers without units, in the order on the screen.

use super::Table;
use crate::core::bench::Rate as Speed;
use crate::core::models::{Capability, ModelRow};
use crate::core::prices::{Dollars, Price, Rate};
use crate::core::time::Span;

/// The heads of the columns.
const HEAD: [&str; 18] = [
    "Model",
    "Other names",
    "Listed",
    "Family",
    "Abilities",
    "Access",
    "Answer ms",
    "Price in USD",
    "Price out USD",
    "Price for",
    "Context tokens",
    "First token ms",
    "Tokens per second",
    "Calls timed",
    "Doubtful",
    "Month USD",
    "Ends",
    "Use instead",
];

impl Table {
    /// All rows that were found, drawn or not.
    pub fn csv(&self) -> String {
        let mut text = String::new();
        line(&mut text, HEAD.iter().copied());
        for row in self.found() {
            line(&mut text, self.fields(row).iter().map(String::as_str));
        }
        text
    }

    fn fields(&self, row: &ModelRow) -> [String; HEAD.len()] {
        let price = row.price.map(|price| price.at(self.endpoint));
        let (input, output) = price.map(amounts).unwrap_or_default();
        let (outcome, timing) = (self.outcome(row), self.timing(row));
        let abilities: Vec<&str> = row.capabilities.iter().map(Capability::label).collect();
        let after = outcome.and_then(|outcome| outcome.answered_after);
        let end = row.retirement.as_ref();
        [
            row.name.clone(),
            row.aliases().join(" "),
            yes(row.listed),
            row.family.label().to_owned(),
            abilities.join(", "),
            self.access(row).label().to_owned(),
            number(after.map(Span::as_micros)),
            input,
            output,
            price.map(|price| price.unit().to_owned()).unwrap_or_default(),
            row.context.map(|tokens| tokens.to_string()).unwrap_or_default(),
            number(timing.map(|timing| timing.first_token.as_micros())),
            number(timing.and_then(|timing| timing.rate).map(Speed::thousandths)),
            timing.map(|timing| timing.calls.to_string()).unwrap_or_default(),
            timing.map(|timing| yes(timing.doubtful)).unwrap_or_default(),
            self.monthly(row).map(dollars).unwrap_or_default(),
            end.map(|end| end.date.to_string()).unwrap_or_default(),
            end.and_then(|end| end.replacement.clone()).unwrap_or_default(),
        ]
    }
}

/// What is sent and what is answered, in dollars for a unit.
fn amounts(price: Price) -> (String, String) {
    match price.rate {
        Rate::Free => (dollars(Dollars::ZERO), String::new()),
        Rate::Tokens { input, output, .. } => (dollars(input), output.map(dollars).unwrap_or_default()),
        Rate::Pages { plain: price, .. } | Rate::Minutes(price) | Rate::Characters(price) => {
            (dollars(price), String::new())
        }
    }
}

fn dollars(amount: Dollars) -> String {
    amount.to_string().replace('$', "")
}

fn yes(whether: bool) -> String {
    if whether { "yes" } else { "no" }.to_owned()
}

/// A number of thousandths, with one decimal at most.
fn number(thousandths: Option<u64>) -> String {
    let Some(thousandths) = thousandths else { return String::new() };
    let tenths = thousandths.saturating_add(50) / 100;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// Adds a line of fields.
fn line<'f>(text: &mut String, fields: impl Iterator<Item = &'f str>) {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&quoted(field));
    }
    text.push_str("\r\n");
}

/// A field as it is written. Names come from outside: one that a table program would take for a formula begins with `'`, so that it is
/// a text there.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{field}") } else { field.to_owned() };
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::{line, number, quoted};
    use proptest::prelude::*;

    /// The lines of a text in this format, each as its fields.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut lines, mut fields, mut field, mut inside) = (Vec::new(), Vec::new(), String::new(), false);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if inside && letters.peek() == Some(&'"') => {
                    field.push('"');
                    letters.next();
                }
                '"' => inside = !inside,
                ',' if !inside => fields.push(std::mem::take(&mut field)),
                '\r' if !inside && letters.peek() == Some(&'\n') => {
                    letters.next();
                    fields.push(std::mem::take(&mut field));
                    lines.push(std::mem::take(&mut fields));
                }
                letter => field.push(letter),
            }
        }
        lines
    }

    proptest! {
        #[test]
        fn property_what_is_written_is_read_again(all in prop::collection::vec("([=+@\"',\r\n-]|.){0,12}", 1..6)) {
            let mut text = String::new();
            line(&mut text, all.iter().map(String::as_str));
            line(&mut text, std::iter::once("next"));
            let lines = read(&text);
            prop_assert_eq!(lines.len(), 2);
            for (own, written) in all.iter().zip(&lines[0]) {
                prop_assert!(written == own || *written == format!("'{own}"), "{own:?} {written:?}");
                prop_assert!(!written.starts_with(['=', '+', '-', '@']), "{written:?} is a formula");
            }
            prop_assert_eq!(lines[0].len(), all.len());
        }
    }

    #[test]
    fn fields_are_quoted_only_where_they_have_to_be() {
        assert_eq!(quoted("mistral-small-2603"), "mistral-small-2603");
        assert_eq!(quoted("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(["-1", "+1", "@x"].map(quoted), ["'-1", "'+1", "'@x"]);
    }

    #[test]
    fn numbers_have_one_decimal_at_most() {
        assert_eq!([Some(231_000), Some(57_649), None].map(number), ["231", "57.6", ""]);
    }
}
